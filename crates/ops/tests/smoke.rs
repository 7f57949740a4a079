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
fn the_scalar_backend_is_there() {
    assert!(isonum::backend::available().contains(&"scalar"));
    assert!(isonum::threads::count() >= 1);
}
