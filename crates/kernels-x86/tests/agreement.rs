//! The kernels of both instruction sets against those of the scalar backend.
#![cfg(target_arch = "x86_64")]

mod expected;

use isonum_core::Backend;
use isonum_kernels::agreement;
use isonum_kernels_scalar::{Baseline, Fused};

fn check(backend: impl Backend) {
    // The stamp with FMA, where there is one: it is the faster one, and its own test compares it with the other.
    match Fused::detect() {
        Some(scalar) => agreement::check(&backend, &scalar),
        None => agreement::check(&backend, &Baseline),
    }
}

#[test]
fn scalar_has_fma() {
    assert_eq!(Fused::detect().is_some(), std::arch::is_x86_feature_detected!("fma"));
}

#[test]
fn avx2() {
    expected::avx2().into_iter().for_each(check);
}

#[test]
fn avx512() {
    expected::avx512().into_iter().for_each(check);
}
