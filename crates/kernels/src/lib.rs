//! The vector vocabulary, and every algorithm written once over it.
//!
//! Portable Rust: no instruction set is named here. The crates `isonum-kernels-scalar`, `-x86` and `-arm` hold a
//! token for each set and stamp these algorithms for it with `backend!`.

#[doc(hidden)]
pub mod conformance;
pub mod math;
pub mod reg;
pub mod scalar;
pub mod simd;

pub use reg::{Mask, Reg};
pub use scalar::Scalar;
pub use simd::{FloatLane, Isa, Lane, Simd, SimdFloat, SimdInt, Token};
