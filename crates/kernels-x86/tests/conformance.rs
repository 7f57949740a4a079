//! The conformance suite on every token of the crate.
#![cfg(target_arch = "x86_64")]

mod expected;

use isonum_kernels::conformance;

#[test]
fn avx2() {
    expected::avx2().into_iter().for_each(conformance::check);
}

#[test]
fn avx512() {
    expected::avx512().into_iter().for_each(conformance::check);
}

#[test]
fn scalar_has_fma() {
    let fused = isonum_kernels_scalar::Fused::detect();
    assert_eq!(fused.is_some(), std::arch::is_x86_feature_detected!("fma"));
}
