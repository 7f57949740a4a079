//! The vector vocabulary on NEON, against the scalar token.

#![cfg(all(target_arch = "aarch64", target_endian = "little"))]

use isonum_kernels::conformance;
use isonum_kernels_arm::Neon;

#[test]
fn neon() {
    conformance::check(Neon::detect().expect("every target of this crate has NEON"));
}
