//! A little of everything, for every combination of features: `cargo xtask test --only features`.
//!
//! What a feature leaves out must not change what is left, so tests here compare with values written down, and
//! use nothing that a feature could take away.

use isonum::prelude::*;

#[test]
fn arrays_of_every_kind() {
    let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    assert_eq!((&a * 2.0 + [1.0, 0.0, -1.0]).sum_axis(0), [12.0, 14.0, 16.0]);
    assert_eq!(a.slice(s![.., ..;-2]).t(), [[3.0, 6.0], [1.0, 4.0]]);
    assert_eq!(isonum::where_(a.greater(3.0), &a, 0.0).max(), 6.0);
    assert_eq!(isonum::exp([0.0, f64::NEG_INFINITY]), [1.0, 0.0]);
}

#[test]
fn large_arrays_are_as_exact_as_small_ones() {
    // Exact in any order.
    let n = 300_000i64;
    let a = Array::<f64>::arange(0.0, n as f64, 1.0);
    assert_eq!(a.sum(), (n * (n - 1) / 2) as f64);
    assert_eq!((&a + &a).max(), 2.0 * (n - 1) as f64);
    assert_eq!(a.reshape((3, -1)).argmax_axis(1), [99_999i64; 3]);
}

#[test]
fn what_features_ask_for_is_there() {
    let available = isonum::backend::available();
    assert!(available.contains(&"scalar"));
    #[cfg(target_arch = "x86_64")]
    {
        use std::is_x86_feature_detected as has;
        let avx2 = has!("avx2") && has!("fma") && has!("bmi1") && has!("bmi2") && has!("popcnt");
        let avx512 =
            has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl") && has!("avx512cd");
        assert_eq!(available.contains(&"avx2"), avx2 && cfg!(feature = "avx2"), "{available:?}");
        assert_eq!(available.contains(&"avx512"), avx512 && cfg!(feature = "avx512"), "{available:?}");
    }
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    assert_eq!(available.contains(&"neon"), cfg!(feature = "neon"), "{available:?}");
    let three = isonum::threads::with(3, isonum::threads::count);
    assert_eq!(three, if cfg!(feature = "rayon") { 3 } else { 1 });
}
