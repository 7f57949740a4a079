//! The vector vocabulary on NEON, against the scalar token.

#![cfg(target_arch = "aarch64")]

use isonum_kernels::conformance;
use isonum_kernels_arm::Neon;

#[test]
fn neon() {
    conformance::check(Neon::detect().expect("every target of this crate has NEON"));
}
