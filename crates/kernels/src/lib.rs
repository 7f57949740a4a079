//! The vector vocabulary, and every algorithm written once over it.
//!
//! Portable Rust: no instruction set is named here. The crates `isonum-kernels-scalar`, `-x86` and `-arm` hold a
//! token for each set and stamp these algorithms for it with [`backend!`].

#[doc(hidden)]
pub use isonum_core as core;

#[doc(hidden)]
pub mod agreement;
pub mod backend;
pub mod cast;
pub mod complex;
#[doc(hidden)]
pub mod conformance;
pub mod copy;
pub mod elementwise;
mod exponent;
pub mod extremum;
pub mod fmod;
pub mod fold;
pub mod logic;
pub mod math;
mod neighbours;
pub mod ops;
pub mod pair;
pub mod plain;
pub mod products;
pub mod random;
pub mod reg;
mod rows;
mod samples;
pub mod scalar;
pub mod scan;
pub mod simd;
mod stamp;
pub mod wide;
pub mod widen;

pub use reg::{Mask, Reg};
pub use scalar::Scalar;
pub use simd::{FloatLane, Isa, Lane, Program, Simd, SimdFloat, SimdInt, Token, Transpose};
