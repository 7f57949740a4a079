//! The scalar backend against naive loops, and its stamp with FMA against the one without.

use isonum_kernels::agreement;
use isonum_kernels_scalar::Baseline;

#[test]
fn baseline_is_right() {
    agreement::check_naive(&Baseline);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn fused_agrees() {
    let expected = std::arch::is_x86_feature_detected!("fma");
    match isonum_kernels_scalar::Fused::detect() {
        Some(fused) => agreement::check(&fused, &Baseline),
        None if expected => panic!("the CPU has FMA, but no backend"),
        None => println!("skipped: the CPU has no FMA"),
    }
}
