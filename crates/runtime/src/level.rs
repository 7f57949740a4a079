//! The instruction set for generic code that is no fixed kernel.

pub use isonum_kernels::Program;
use isonum_kernels::Scalar;

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
    #[cfg(all(target_arch = "aarch64", target_endian = "little", feature = "neon"))]
    Neon(isonum_kernels_arm::Neon),
}

impl Level {
    /// Runs `program` with the instructions of this level enabled.
    pub fn run<P: Program>(self, program: P) -> P::Output {
        match self {
            Level::Scalar(isa) => program.run(isa),
            #[cfg(all(target_arch = "x86_64", feature = "avx2"))]
            Level::Avx2(isa) => isa.run(program),
            #[cfg(all(target_arch = "x86_64", feature = "avx512"))]
            Level::Avx512(isa) => isa.run(program),
            #[cfg(all(target_arch = "aarch64", target_endian = "little", feature = "neon"))]
            Level::Neon(isa) => isa.run(program),
        }
    }
}
