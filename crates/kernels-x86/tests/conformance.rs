//! The conformance suite on every token of the crate.
#![cfg(target_arch = "x86_64")]

use isonum_kernels::{Isa, conformance};
use isonum_kernels_x86::{Avx2, Avx512};

/// Runs the suite. A machine that has the instructions, as the standard library sees it, must give a token, so
/// that nothing passes by not running.
fn check<S: Isa>(token: Option<S>, expected: bool) {
    match token {
        Some(isa) => conformance::check(isa),
        None if expected => panic!("{}: the CPU has it, but no token", S::NAME),
        None => println!("{}: skipped, the CPU does not have it", S::NAME),
    }
}

macro_rules! detected {
    ($($feature:tt)*) => { $(std::arch::is_x86_feature_detected!($feature))&&* };
}

#[test]
fn avx2() {
    check(Avx2::detect(), detected!("avx2" "fma" "bmi1" "bmi2" "popcnt"));
}

#[test]
fn avx512() {
    let avx2 = detected!("avx2" "fma" "bmi1" "bmi2" "popcnt");
    check(Avx512::detect(), avx2 && detected!("avx512f" "avx512bw" "avx512dq" "avx512vl" "avx512cd"));
}
