//! Reductions: whole, along axes, with options, of no elements, and what is refused.

use isonum::prelude::*;
use isonum::{ErrorKind, Result};

fn error<R>(result: Result<R>) -> String {
    result.err().map_or_else(|| "no error".into(), |error| error.to_string())
}

#[test]
fn whole_arrays() {
    let a = array![[1.0, 2.0], [3.0, 6.0]];
    assert_eq!((a.sum(), a.prod(), a.mean()), (12.0, 36.0, 3.0));
    assert_eq!((a.var(), a.std()), (3.5, 3.5f64.sqrt()));
    assert_eq!((a.max(), a.min(), a.argmax(), a.argmin()), (6.0, 1.0, 3, 0));
    assert_eq!((a.any(), a.all(), a.count_nonzero()), (true, true, 4));
    assert_eq!(a.sum_squares(), 50.0);
    assert_eq!(isonum::sum([1u8, 2, 3]), 6);
    assert_eq!(isonum::mean(vec![true, false]), 0.5);
    assert_eq!(isonum::max(7), 7);
    assert_eq!(a.t().argmax(), 3);
    assert_eq!(a.slice(s![..;-1]).argmax(), 1);
}

#[test]
fn along_axes() {
    let a = Array::<f64>::arange(0.0, 24.0, 1.0).reshape([2, 3, 4]);
    assert_eq!(a.sum_axis(0).shape(), [3, 4]);
    assert_eq!(a.sum_axis([0, -1]), [60.0, 92.0, 124.0]);
    assert_eq!(a.sum_axis(()), 276.0);
    assert_eq!(a.sum_axis(()).ndim(), 0);
    assert_eq!(a.sum_axis([0usize; 0]), a);
    assert_eq!(isonum::mean_axis(&a, vec![1i64, 2]), [5.5, 17.5]);
    assert_eq!(a.max_axis(2), [[3.0, 7.0, 11.0], [15.0, 19.0, 23.0]]);
    assert_eq!(a.argmin_axis(-2).shape(), [2, 4]);
    assert_eq!(a.view().min_axis(1usize), [[0.0, 1.0, 2.0, 3.0], [12.0, 13.0, 14.0, 15.0]]);
    assert_eq!(a.std_axis([0, 1, 2]), a.std());
    assert_eq!(a.any_axis(0).shape(), [3, 4]);
    assert_eq!(a.count_nonzero_axis([1, 2]), [11, 12]);
}

#[test]
fn results_have_the_documented_types() {
    let bytes = array![200u8, 100];
    let sum: u64 = bytes.sum();
    let mean: f64 = bytes.mean();
    let count: usize = bytes.count_nonzero();
    assert_eq!((sum, mean, count), (300, 150.0, 2));
    let truths: i64 = array![true, true].sum();
    assert_eq!(truths, 2);
    let mean: f32 = array![1.0f32, 2.0].mean();
    assert_eq!(mean, 1.5);
    assert_eq!(array![i64::MAX, 1].sum(), i64::MIN);
    let z = Complex64::new(1.0, 2.0);
    assert_eq!(array![z, z].sum(), z + z);
}

#[test]
fn options() {
    let a = array![[1.0, 2.0, 6.0], [4.0, 5.0, 9.0]];
    assert_eq!(a.over(1).keep_dims().mean(), [[3.0], [6.0]]);
    assert_eq!(a.over(()).keep_dims().sum().shape(), [1, 1]);
    assert_eq!(a.over([0, 1]).keep_dims().max(), [[9.0]]);
    assert_eq!(a.over(1).ddof(1).var(), [7.0, 7.0]);
    assert_eq!(a.over(1).ddof(1.0).std(), [7f64.sqrt(), 7f64.sqrt()]);
    assert_eq!(a.over(()).argmax(), 5);
    assert_eq!(a.over(()).keep_dims().argmax(), [[5]]);
    assert_eq!(a.over(0).argmax(), [1, 1, 1]);
    assert_eq!(&a - a.over(0).keep_dims().min(), [[0.0, 0.0, 0.0], [3.0, 3.0, 3.0]]);
}

#[test]
fn what_does_not_apply_is_an_error() {
    let a = array![[1.0, 2.0], [3.0, 4.0]];
    let refused = a.over(0).ddof(1).try_sum().unwrap_err();
    assert_eq!(refused.to_string(), "sum: ddof: does not apply");
    assert!(matches!(refused.kind(), ErrorKind::InvalidArgument { name: "ddof", .. }));
    assert_eq!(error(a.over(0).ddof(1).try_mean()), "mean: ddof: does not apply");
    assert_eq!(error(a.over(0).ddof(1).try_argmax()), "argmax: ddof: does not apply");
    assert_eq!(error(a.over([0, 1]).try_argmin()), "argmin: axes: takes one axis, or () for all, found 2");
    assert_eq!(error(a.try_sum_axis(2)), "sum: axis 2 is out of range for an array of 2 dimensions");
    assert_eq!(error(a.try_sum_axis([0, -2])), "sum: axis 0 is given more than once");
}

#[test]
fn no_elements() {
    let a = Array::<f64>::zeros([0, 3]);
    assert_eq!((a.sum(), a.prod()), (0.0, 1.0));
    assert!(a.mean().is_nan() && a.var().is_nan());
    assert!(!a.any() && a.all());
    assert_eq!(a.sum_axis(0), [0.0, 0.0, 0.0]);
    assert_eq!(a.sum_axis(1).shape(), [0]);
    assert_eq!(a.max_axis(1).shape(), [0]);
    assert_eq!(error(a.try_max()), "max of no elements: shape (0, 3)");
    assert_eq!(error(a.try_argmin()), "argmin of no elements: shape (0, 3)");
    assert_eq!(error(a.try_max_axis(0)), "max of no elements: axis 0 of shape (0, 3)");
    assert_eq!(a.cumsum().shape(), [0]);
    assert_eq!(a.cumsum_axis(0).shape(), [0, 3]);
}

#[test]
fn nan_propagates() {
    let a = array![[1.0, f64::NAN], [3.0, 4.0]];
    assert!(a.sum().is_nan() && a.max().is_nan() && a.min().is_nan() && a.mean().is_nan());
    assert_eq!((a.argmax(), a.argmin()), (1, 1));
    assert_eq!(a.max_axis(1)[1], 4.0);
    assert!(a.max_axis(1)[0].is_nan());
    assert!(a.all());
}

#[test]
fn scans() {
    let a = array![[1i16, 2, 3], [4, 5, 6]];
    assert_eq!(a.cumsum(), [1, 3, 6, 10, 15, 21]);
    assert_eq!(a.t().cumsum(), [1, 5, 7, 12, 15, 21]);
    assert_eq!(a.cumsum_axis(0), [[1, 2, 3], [5, 7, 9]]);
    assert_eq!(a.cumprod_axis(-1), [[1, 2, 6], [4, 20, 120]]);
    assert_eq!(isonum::cumprod([1.0, 0.5, 0.5]), [1.0, 0.5, 0.25]);
    assert_eq!(
        error(a.try_cumsum_axis(2)),
        "cumsum_axis: axis 2 is out of range for an array of 2 dimensions"
    );
}

#[test]
fn results_in_given_places() {
    let a = array![[1, 2, 3], [4, 5, 6]];
    let mut totals = Array::zeros([3, 3]);
    a.sum_axis_into(0, totals.row_mut(0));
    a.over(0).prod_into(totals.slice_mut(s![.., 1]));
    isonum::sum_axis_into(&a, 1, totals.slice_mut(s![..0;-1, -1]));
    assert_eq!(totals, [[5, 4, 9], [0, 10, 15], [0, 18, 6]]);
    a.over(()).keep_dims().argmax_into(totals.slice_mut(s![1..2, 0..1]));
    a.over(()).argmin_into(totals.slice_mut(s![2, 2]));
    assert_eq!(totals, [[5, 4, 9], [5, 10, 15], [0, 18, 0]]);
    let mut spread = [0.0f32; 3];
    array![[1.0f32, 2.0, 3.0], [3.0, 6.0, 3.0]].over(0).ddof(1).std_into(&mut spread[..]);
    assert_eq!(spread, [2f32.sqrt(), 8f32.sqrt(), 0.0]);

    assert_eq!(error(a.try_sum_axis_into(0, &mut totals)), "sum: expected shape (3,), found (3, 3)");
    assert_eq!(
        error(a.over(0).keep_dims().try_max_into(&mut array![0, 0, 0])),
        "max: expected shape (1, 3), found (3,)"
    );
    assert_eq!(error(a.over(0).ddof(1).try_sum_into(totals.row_mut(0))), "sum: ddof: does not apply");
    assert_eq!(
        error(a.try_mean_axis_into(5, &mut array![0.0])),
        "mean: axis 5 is out of range for an array of 2 dimensions"
    );
    assert_eq!(totals, [[5, 4, 9], [5, 10, 15], [0, 18, 0]], "untouched after errors");
}

#[test]
fn scans_in_given_places() {
    let a = array![[1i16, 2, 3], [4, 5, 6]];
    let mut out = Array::zeros([3, 2]);
    a.cumsum_axis_into(0, out.t_mut());
    assert_eq!(out, [[1, 5], [2, 7], [3, 9]]);
    a.t().cumprod_axis_into(0, &mut out);
    assert_eq!(out, [[1, 4], [2, 20], [6, 120]]);
    let mut line = [0i64; 6];
    a.cumsum_into(&mut line[..]);
    assert_eq!(line, [1, 3, 6, 10, 15, 21]);
    assert_eq!(error(a.try_cumsum_into(&mut out)), "cumsum: expected shape (6,), found (3, 2)");
    assert_eq!(
        error(isonum::try_cumprod_axis_into(&a, 1, &mut out)),
        "cumprod: expected shape (2, 3), found (3, 2)"
    );

    let mut b = array![[1.0, 2.0], [3.0, 4.0]];
    let before = b.clone();
    b.cumsum_axis_mut(0);
    b.slice_mut(s![.., ..;-1]).cumsum_axis_mut(-1);
    assert_eq!(b, [[3.0, 2.0], [10.0, 6.0]]);
    assert_eq!(before, [[1.0, 2.0], [3.0, 4.0]], "another array has its elements still");
    assert_eq!(
        error(b.try_cumsum_axis_mut(2)),
        "cumsum_axis_mut: axis 2 is out of range for an array of 2 dimensions"
    );
}

#[test]
fn bits_do_not_depend_on_threads_or_layout() {
    let a = Array::<f32>::linspace(-1.0, 3.0, 400_000).reshape([400, 1000]);
    let bits = |n| {
        isonum::threads::with(n, || {
            (a.sum().to_bits(), a.sum_axis(0).map(f32::to_bits), a.var_axis(1).map(f32::to_bits))
        })
    };
    let one = bits(1);
    for n in [2, 3, 7] {
        assert!(bits(n) == one, "{n} threads");
    }
    let strided = Array::<f32>::zeros([400, 2000]);
    let mut strided = strided.slice(s![.., ..;2]);
    strided.assign(&a);
    assert_eq!(strided.sum().to_bits(), a.sum().to_bits());
}
