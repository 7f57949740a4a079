//! The kernels of NEON against those of the scalar backend.
#![cfg(all(target_arch = "aarch64", target_endian = "little"))]

use isonum_kernels::agreement;
use isonum_kernels_arm::Neon;
use isonum_kernels_scalar::Baseline;

#[test]
fn neon() {
    agreement::check(&Neon::detect().expect("every target of this crate has NEON"), &Baseline);
}
