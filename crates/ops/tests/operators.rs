//! Operators and elementwise functions: every combination of operands, broadcasting, reuse of memory, writing in
//! place, and the words of panics.

use isonum::memory;
use isonum::prelude::*;
use std::panic::{UnwindSafe, catch_unwind};

fn message<R>(f: impl FnOnce() -> R + UnwindSafe) -> String {
    match catch_unwind(f) {
        Ok(_) => "no panic".into(),
        Err(payload) => *payload.downcast::<String>().unwrap_or_default(),
    }
}

#[test]
fn every_combination_of_operands() {
    let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![10.0, 20.0]);
    let sum = [[11.0, 22.0], [13.0, 24.0]];
    assert_eq!(&a + &b, sum);
    assert_eq!(&b + &a, sum);
    assert_eq!(a.clone() + &b, sum);
    assert_eq!(&a + b.clone(), sum);
    assert_eq!(a.clone() + b.clone(), sum);
    assert_eq!(a.view() + b.view(), sum);
    assert_eq!(&a.view() + &b.view(), sum);
    assert_eq!(&a + b.view(), sum);
    assert_eq!(a.view() + &b, sum);
    assert_eq!(&a + [10.0, 20.0], sum);
    assert_eq!(&a + vec![10.0, 20.0], sum);
    assert_eq!(&a + &[10.0, 20.0][..], sum);
    let mut c = a.clone();
    assert_eq!(&c.view_mut() + &b, sum);
}

#[test]
fn scalars_on_both_sides() {
    let a = array![1.0, 2.0, 4.0];
    assert_eq!(&a - 1.0, [0.0, 1.0, 3.0]);
    assert_eq!(1.0 - &a, [0.0, -1.0, -3.0]);
    assert_eq!(8.0 / a.view(), [8.0, 4.0, 2.0]);
    assert_eq!(2.0 * &a.view(), [2.0, 4.0, 8.0]);
    assert_eq!(1.0 + a, [2.0, 3.0, 5.0]);
    // The literal takes the type of the array.
    assert_eq!(2.0 * array![0.5f32] + 1.0, [2.0f32]);
    assert_eq!(7 % array![2u8, 4], [1, 3]);
    assert_eq!(1 << array![0i64, 3], [1, 8]);
    assert_eq!(true & array![true, false], [true, false]);
    let i = Complex64::new(0.0, 1.0);
    assert_eq!(i * array![i, Complex64::ONE], [-Complex64::ONE, i]);
}

#[test]
fn generic_code_needs_one_bound() {
    fn horner<T: Float>(x: &Array<T>, coefficients: &[T]) -> Array<T> {
        let zero = isonum::zeros_like(x);
        coefficients.iter().rev().fold(zero, |sum, &c| sum * x + c)
    }
    assert_eq!(horner(&array![0.0, 1.0, 2.0], &[1.0, 2.0, 3.0]), [1.0, 6.0, 17.0]);
}

#[test]
fn prefix_operators() {
    let a = array![1, -2];
    assert_eq!(-&a, [-1, 2]);
    assert_eq!(-a.view(), [-1, 2]);
    assert_eq!(!&a, [-2, 1]);
    assert_eq!(!array![true, false], [false, true]);
    assert_eq!(-a, [-1, 2]);
}

#[test]
fn integers_wrap_and_divide_as_documented() {
    assert_eq!(array![i32::MAX] + 1, [i32::MIN]);
    assert_eq!(array![0u8] - 1, [255]);
    assert_eq!(array![7, -7] / 2, [3, -3]);
    assert_eq!(array![7, -7] % 4, [3, -3]);
    assert_eq!(array![i32::MIN] / -1, [i32::MIN]);
    assert_eq!(array![true] + true, [true]);
    assert_eq!(message(|| array![1, 2] / array![1, 0]), message(|| isonum::divide([1], 0)));
    assert_ne!(message(|| array![1] / 0), "no panic");
    assert!(isonum::try_divide([1], 0).is_err());
    assert!(array![1].try_fmod_mut(0).is_err());
}

#[test]
fn broadcasting_from_both_sides() {
    let (column, row) = (array![[1], [2], [3]], array![[10, 20]]);
    let sum = [[11, 21], [12, 22], [13, 23]];
    assert_eq!(&column + &row, sum);
    assert_eq!(row.clone() + column.clone(), sum);
    assert_eq!(isonum::add([[1], [2], [3]], [10, 20]), sum);
    assert_eq!((Array::<f64>::zeros([0, 3]) + 1.0).shape(), [0, 3]);
    assert_eq!((Array::<f64>::zeros([2, 1, 3]) + Array::zeros([4, 1])).shape(), [2, 4, 3]);
}

#[test]
fn panics_name_operation_shapes_and_axis() {
    let (a, b) = (Array::<f64>::zeros([3, 4]), Array::<f64>::zeros(2));
    let expected = "add: cannot broadcast (3, 4) with (2,): axis 1 is 4 and 2";
    let (x, y) = (a.clone(), b.clone());
    assert_eq!(message(move || &x + &y), expected);
    assert_eq!(isonum::try_add(&a, &b).unwrap_err().to_string(), expected);
    let (mut x, y) = (a.clone(), b.clone());
    assert!(message(move || x += &y).contains("cannot broadcast (2,) to (3, 4): axis 1 is 2 and 4"));
    // Not even when the memory is shared, and both could broadcast to a third shape.
    let mut row = Array::<f64>::zeros([1, 4]);
    let kept = row.clone();
    assert!(row.try_add_mut(&a).is_err());
    assert_eq!(row, kept);
    drop(kept);
    assert!(row.try_add_mut(&a).is_err());
}

#[test]
fn panics_are_reported_where_the_caller_is() {
    use std::sync::Mutex;
    static LINE: Mutex<Option<(String, u32)>> = Mutex::new(None);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| {
        *LINE.lock().unwrap() = info.location().map(|l| (l.file().to_string(), l.line()));
    }));
    let line = line!() + 1;
    let caught = catch_unwind(|| array![1.0, 2.0] + array![1.0, 2.0, 3.0]);
    std::panic::set_hook(hook);
    assert!(caught.is_err());
    // Other tests panic at the same time, on purpose; all of them in this file.
    let (file, at) = LINE.lock().unwrap().clone().unwrap();
    assert!(file.ends_with("operators.rs"), "{file}:{at} for {line}");
}

#[test]
fn operators_by_value_reuse_memory() {
    let n = 1000;
    let b = Array::<f64>::ones(n);
    let a = Array::<f64>::ones(n);
    let address = a.as_slice().unwrap().as_ptr();
    let before = memory::stats();
    let c = (a + &b) * 2.0 - 1.0;
    let after = memory::stats();
    assert_eq!(after.allocations + after.pool_hits, before.allocations + before.pool_hits);
    assert_eq!(c.as_slice().unwrap().as_ptr(), address);
    assert_eq!(c, Array::full(n, 3.0));
    // The right operand's, too.
    let c = isonum::sqrt(&b + c);
    assert_eq!(c.as_slice().unwrap().as_ptr(), address);
}

#[test]
fn shared_memory_is_never_reused() {
    let a = array![1.0, 2.0];
    let kept = a.clone();
    let b = a + 1.0;
    assert_eq!(kept, [1.0, 2.0]);
    assert_eq!(b, [2.0, 3.0]);
    let part = b.slice(s![..1]);
    let mut c = b;
    c += 10.0;
    assert_eq!(part, [2.0]);
    assert_eq!(c, [12.0, 13.0]);
}

#[test]
fn assigning_operators() {
    let mut a = array![[1, 2], [3, 4]];
    a += 1;
    a *= &array![1, 10];
    a -= [[2], [4]];
    assert_eq!(a, [[0, 28], [0, 46]]);
    a %= 10;
    a /= 2;
    a <<= 2;
    a >>= 1;
    a |= 1;
    a &= 0b111;
    a ^= 0b1;
    assert_eq!(a, [[0, 0], [0, 6]]);
    let mut row = a.row_mut(0);
    row += array![5, 6];
    row.sub_assign(1);
    assert_eq!(a, [[4, 5], [0, 6]]);
    let b = a.clone();
    a += &b;
    assert_eq!(a, [[8, 10], [0, 12]]);
    assert_eq!(b, [[4, 5], [0, 6]]);
}

#[test]
fn in_place_and_into() {
    let mut a = array![4.0, 9.0];
    let kept = a.clone();
    a.sqrt_mut();
    assert_eq!((a.clone(), kept.clone()), (array![2.0, 3.0], array![4.0, 9.0]));
    let mut out = Array::zeros([2, 2]);
    kept.sqrt_into(&mut out);
    assert_eq!(out, [[2.0, 3.0], [2.0, 3.0]]);
    kept.add_into(1.0, out.column_mut(0));
    assert_eq!(out, [[5.0, 3.0], [10.0, 3.0]]);
    let mut slice = [0.0; 2];
    isonum::multiply_into(&kept, 2.0, &mut slice);
    assert_eq!(slice, [8.0, 18.0]);
    let mut truth = vec![false; 2];
    kept.greater_into(5.0, &mut truth);
    assert_eq!(truth, [false, true]);
    let error = kept.try_sqrt_into(&mut [0.0; 3]).unwrap_err().to_string();
    assert!(error.contains("(2,)") && error.contains("(3,)"), "{error}");
    // What another array shares is left alone.
    let shared = out.clone();
    kept.sqrt_into(&mut out);
    assert_eq!(shared, [[5.0, 3.0], [10.0, 3.0]]);
    out.slice_mut(s![0]).clip_mut(0.0, 2.5);
    assert_eq!(out, [[2.0, 2.5], [2.0, 3.0]]);
}

#[test]
fn array_likes_infer_each_other() {
    let a = array![0.5f32, -0.5];
    assert_eq!(isonum::maximum(&a, 0.0), [0.5, 0.0]);
    assert_eq!(isonum::maximum(0.0, &a), [0.5, 0.0]);
    assert_eq!(isonum::clip(&a, -0.1, 0.1), [0.1, -0.1]);
    assert_eq!(isonum::exp(0.0).item(), 1.0);
    assert_eq!(isonum::minimum(vec![1u8, 5], [3, 3]), [1, 3]);
    assert_eq!(isonum::mul_add(&a, 2.0, &a), [1.5, -1.5]);
    let total: f64 = isonum::add(1.0, 2.0).into_scalar();
    assert_eq!(total, 3.0);
}

#[test]
fn comparisons_and_choices() {
    let a = array![[1.0, f64::NAN], [-1.0, 0.0]];
    assert_eq!(a.equal(&a), [[true, false], [true, true]]);
    assert_eq!(a.greater(0.0), [[true, false], [false, false]]);
    assert_eq!(isonum::where_(a.less(0.0), -1, [[1], [2]]), [[1, 1], [-1, 2]]);
    assert_eq!(array![-0.0].equal(0.0), [true]);
    assert!(a.isclose(&a).slice(s![1]).all());
    assert!(isonum::allclose([f64::INFINITY], [f64::INFINITY]));
    assert!(!isonum::allclose([f64::INFINITY], [f64::NEG_INFINITY]));
    assert!(!isonum::allclose([1.0], [f64::INFINITY]));
    let error = isonum::try_isclose([1.0, 2.0], [1.0, 2.0, 3.0]).unwrap_err().to_string();
    assert_eq!(error, "isclose: cannot broadcast (2,) with (3,): axis 0 is 2 and 3");
}

#[test]
fn conversions_between_dtypes() {
    let a = array![[1.7, -1.7], [300.0, f64::NAN]];
    assert_eq!(a.astype::<u8>(), [[1, 0], [255, 0]]);
    assert_eq!(a.t().astype::<i32>(), [[1, 300], [-1, 0]]);
    assert_eq!(array![0, 2].astype::<bool>(), [false, true]);
    assert_eq!(array![true].astype::<Complex32>(), [Complex32::ONE]);
    assert_eq!(isonum::astype::<f32, _>(vec![0.1f64]), [0.1f32]);
}

#[test]
fn results_keep_the_order_of_axes() {
    let f = Array::<f64>::ones([3, 2]).t();
    let sum = &f + 1.0;
    assert_eq!(sum.strides(), f.strides());
    assert_eq!(f.map(|x| x).strides(), f.strides());
    assert_eq!(isonum::zeros_like(&f).strides(), f.strides());
    assert_eq!(isonum::full_like(&f, 2.0).strides(), f.strides());
    // Whether memory is shared or reused makes no difference.
    let (kept, mut unique) = (f.clone(), isonum::ones_like(&f));
    let shared = f + 1.0;
    unique += 1.0;
    assert_eq!(shared.strides(), unique.strides());
    assert_eq!(kept.strides(), unique.strides());
}
