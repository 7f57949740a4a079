//! The NEON instruction set of 64-bit ARM: its token and its vectors, and the algorithms stamped for it.
//!
//! On every other architecture this crate is empty. The runtime is its only user.

#![cfg(target_arch = "aarch64")]

#[cfg(target_endian = "big")]
compile_error!("the NEON backend is for little-endian machines: leave the feature `neon` out");

pub mod neon;

pub use neon::Neon;
