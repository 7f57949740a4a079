//! The instruction set for generic code that is no fixed kernel.

use isonum_kernels::{Isa, Scalar};

/// An instruction set that this machine has, and the proof of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Level {
    /// One lane, portable.
    Scalar(Scalar),
    /// AVX2 and FMA.
    #[cfg(all(target_arch = "x86_64", feature = "avx2"))]
    Avx2(isonum_kernels_x86::Avx2),
    /// AVX-512 F, BW, DQ, VL, CD.
    #[cfg(all(target_arch = "x86_64", feature = "avx512"))]
    Avx512(isonum_kernels_x86::Avx512),
    /// NEON.
    #[cfg(all(target_arch = "aarch64", feature = "neon"))]
    Neon(isonum_kernels_arm::Neon),
}

/// Code that is generic over the instruction set.
///
/// Everything that [`Program::run`] calls down to the vector methods must be `#[inline(always)]`, or it is
/// compiled without the instructions of the set and runs many times slower.
pub trait Program {
    /// What it computes.
    type Output;
    /// Runs on vectors of `isa`.
    fn run<S: Isa>(self, isa: S) -> Self::Output;
}

impl Level {
    /// Runs `program` with the instructions of this level enabled.
    pub fn run<P: Program>(self, program: P) -> P::Output {
        match self {
            Level::Scalar(isa) => program.run(isa),
            #[cfg(all(target_arch = "x86_64", feature = "avx2"))]
            Level::Avx2(isa) => isa.run(|isa| program.run(isa)),
            #[cfg(all(target_arch = "x86_64", feature = "avx512"))]
            Level::Avx512(isa) => isa.run(|isa| program.run(isa)),
            #[cfg(all(target_arch = "aarch64", feature = "neon"))]
            Level::Neon(isa) => isa.run(|isa| program.run(isa)),
        }
    }
}
