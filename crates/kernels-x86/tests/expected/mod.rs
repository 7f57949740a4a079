//! Which tokens the machine must give, as the standard library sees it: nothing passes by not running.

use isonum_kernels::Isa;
use isonum_kernels_x86::{Avx2, Avx512};

macro_rules! detected {
    ($($feature:tt)*) => { $(std::arch::is_x86_feature_detected!($feature))&&* };
}

/// The token of AVX2. A CPU that has it must give it, and one that has not must not.
pub(crate) fn avx2() -> Option<Avx2> {
    found(Avx2::detect(), detected!("avx2" "fma" "bmi1" "bmi2" "popcnt"))
}

/// The token of AVX-512, which asks for AVX2 besides.
pub(crate) fn avx512() -> Option<Avx512> {
    let avx512 = detected!("avx512f" "avx512bw" "avx512dq" "avx512vl" "avx512cd");
    found(Avx512::detect(), avx512 && detected!("avx2" "fma" "bmi1" "bmi2" "popcnt"))
}

#[track_caller]
fn found<S: Isa>(token: Option<S>, expected: bool) -> Option<S> {
    assert_eq!(token.is_some(), expected, "{}: a token, and whether the CPU has it", S::NAME);
    if token.is_none() {
        println!("{}: skipped, the CPU does not have it", S::NAME);
    }
    token
}
