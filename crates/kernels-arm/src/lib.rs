//! The NEON instruction set of 64-bit ARM: its token and its vectors, and the algorithms stamped for it.
//!
//! On every other architecture, and on big-endian machines, this crate is empty. The runtime is its only user.

#![cfg(all(target_arch = "aarch64", target_endian = "little"))]

pub mod neon;

pub use neon::Neon;
