//! The scalar backend against naive loops, and its stamp with FMA against the one without.

use isonum_kernels::agreement;
use isonum_kernels_scalar::Baseline;

#[test]
fn baseline_is_right() {
    agreement::check_naive(&Baseline);
}

// That a CPU with FMA gives the backend is tested with those of x86-64, where the CPU may be asked.
#[cfg(target_arch = "x86_64")]
#[test]
fn fused_agrees() {
    match isonum_kernels_scalar::Fused::detect() {
        Some(fused) => agreement::check(&fused, &Baseline),
        None => println!("skipped: the CPU has no FMA"),
    }
}
