//! The scalar backend: every kernel on one lane, in portable Rust, as fast as the compiler makes it.
//!
//! It is stamped twice, from the same source: once for the baseline of the target, and on x86-64 once more with
//! FMA. Without that instruction a fused multiply-add is a call of the C library, some twenty times slower, and the
//! bits are the same.

use isonum_kernels::backend::Stamp;
use isonum_kernels::{Scalar, backend};

/// The scalar backend of the target's baseline.
#[derive(Clone, Copy, Debug)]
pub struct Baseline;

impl Stamp for Baseline {
    type Token = Scalar;
    #[inline(always)]
    fn token(&self) -> Scalar {
        Scalar
    }
}

backend!(
    #[inline(never)]
    Baseline,
    Scalar,
    "scalar"
);

#[cfg(target_arch = "x86_64")]
pub use fused::Fused;

#[cfg(target_arch = "x86_64")]
mod fused {
    use super::*;

    cpufeatures::new!(features, "fma");

    /// The scalar backend for CPUs with FMA.
    #[derive(Clone, Copy, Debug)]
    pub struct Fused(());

    impl Fused {
        /// The backend, where the CPU has FMA.
        #[inline]
        pub fn detect() -> Option<Fused> {
            features::get().then_some(Fused(()))
        }
    }

    impl Stamp for Fused {
        type Token = Scalar;
        #[inline(always)]
        fn token(&self) -> Scalar {
            Scalar
        }
    }

    backend!(
        #[target_feature(enable = "fma")]
        Fused,
        Scalar,
        "scalar"
    );
}
