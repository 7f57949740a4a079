//! The kernels of both instruction sets against those of the scalar backend.
#![cfg(target_arch = "x86_64")]

use isonum_core::Backend;
use isonum_kernels::agreement;
use isonum_kernels_scalar::{Baseline, Fused};
use isonum_kernels_x86::{Avx2, Avx512};

/// Runs the suite. A machine that has the instructions, as the standard library sees it, must give a token, so
/// that nothing passes by not running.
fn check<B: Backend>(name: &str, backend: Option<B>, expected: bool) {
    match backend {
        // The stamp with FMA, where there is one: it is the faster one, and its own test compares it with the other.
        Some(backend) => match Fused::detect() {
            Some(scalar) => agreement::check(&backend, &scalar),
            None => agreement::check(&backend, &Baseline),
        },
        None if expected => panic!("{name}: the CPU has it, but no token"),
        None => println!("{name}: skipped, the CPU does not have it"),
    }
}

macro_rules! detected {
    ($($feature:tt)*) => { $(std::arch::is_x86_feature_detected!($feature))&&* };
}

#[test]
fn scalar_has_fma() {
    assert_eq!(Fused::detect().is_some(), detected!("fma"));
}

#[test]
fn avx2() {
    check("avx2", Avx2::detect(), detected!("avx2" "fma" "bmi1" "bmi2" "popcnt"));
}

#[test]
fn avx512() {
    let avx2 = detected!("avx2" "fma" "bmi1" "bmi2" "popcnt");
    let avx512 = detected!("avx512f" "avx512bw" "avx512dq" "avx512vl" "avx512cd");
    check("avx512", Avx512::detect(), avx2 && avx512);
}
