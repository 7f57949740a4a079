//! Operators and elementwise functions: every combination of operands, broadcasting, reuse of memory, writing in
//! place, and the words of panics.

use isonum::prelude::*;
use isonum::{Tolerance, memory};
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
}

#[test]
fn mutable_views_are_operands_too() {
    let mut a = array![[1.0, 2.0], [3.0, 4.0]];
    let b = array![10.0, 20.0];
    let mut part = a.row_mut(0);
    assert_eq!(&part * 2.0, [2.0, 4.0]);
    assert_eq!(2.0 * &part, [2.0, 4.0]);
    assert_eq!(&part + &b, [11.0, 22.0]);
    assert_eq!(&b + &part, [11.0, 22.0]);
    assert_eq!(b.view() - part.view_mut(), [9.0, 18.0]);
    assert_eq!(&part + &part, [2.0, 4.0]);
    assert_eq!([1.0, 2.0][0] - &part, [0.0, -1.0]);
    assert_eq!(-&part, [-1.0, -2.0]);
    assert_eq!(part.view_mut() * 2.0, [2.0, 4.0]);
    assert_eq!(2.0 / part.view_mut(), [2.0, 1.0]);
    assert_eq!(-part, [-1.0, -2.0]);
    assert_eq!(!array![1u8].view_mut() & 3, [2]);
    // Nothing was written.
    assert_eq!(a, [[1.0, 2.0], [3.0, 4.0]]);
}

#[test]
fn assigning_methods_have_twins() {
    let mut a = array![[1, 2], [3, 4]];
    a.try_add_assign([10, 20]).unwrap();
    a.row_mut(0).try_shl_assign(1).unwrap();
    assert_eq!(a, [[22, 44], [13, 24]]);
    let errors = [
        ("sub_assign", a.try_sub_assign([1, 2, 3]).unwrap_err()),
        ("bitand_assign", a.view_mut().try_bitand_assign([1, 2, 3]).unwrap_err()),
    ];
    for (name, error) in errors {
        assert_eq!(error.to_string(), format!("{name}: cannot broadcast (3,) to (2, 2): axis 1 is 3 and 2"));
    }
    assert!(a.try_div_assign(0).is_err());
    assert_eq!(a, [[22, 44], [13, 24]]);
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
    use std::cell::RefCell;
    // Of this thread: other tests panic at the same time, on purpose.
    thread_local!(static PLACE: RefCell<(String, u32)> = RefCell::default());
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| (place.file().to_string(), place.line()));
        PLACE.set(place.unwrap_or_default());
    }));
    let start = line!();
    assert!(catch_unwind(|| array![1.0, 2.0] + array![1.0, 2.0, 3.0]).is_err());
    let operator = PLACE.take();
    assert!(catch_unwind(|| array![1.0, 2.0].exp_into(&mut [0.0])).is_err());
    let method = PLACE.take();
    assert!(catch_unwind(|| isonum::zeros::<f64>(-1)).is_err());
    let function = PLACE.take();
    assert!(catch_unwind(|| array![1.0, 2.0][2]).is_err());
    let index = PLACE.take();
    std::panic::set_hook(hook);
    for (i, (file, line)) in [operator, method, function, index].into_iter().enumerate() {
        assert!(file.ends_with("operators.rs"), "{file}");
        assert_eq!(line, start + 1 + 2 * i as u32);
    }
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
}

#[test]
fn closeness_of_floats() {
    let a = array![[1.0, f64::NAN], [-1.0, 0.0]];
    assert_eq!(a.isclose(&a), [[true, false], [true, true]]);
    assert_eq!(a.isclose_with(&a, Tolerance { equal_nan: true, ..Tolerance::default() }), [[true; 2]; 2]);
    let nan = Tolerance { equal_nan: true, ..Tolerance::default() };
    assert_eq!(isonum::isclose_with([f32::NAN, 1.0], [1.0, f32::NAN], nan), [false, false]);
    assert!(isonum::allclose([f64::INFINITY], [f64::INFINITY]));
    assert!(!isonum::allclose([f64::INFINITY], [f64::NEG_INFINITY]));
    assert!(!isonum::allclose([1.0], [f64::INFINITY]) && !isonum::allclose([f64::INFINITY], [1.0]));
    assert!(!isonum::allclose([f64::MAX], [-f64::MAX]));
    // Relative to the second operand.
    let half = Tolerance { rtol: 0.5, atol: 0.0, equal_nan: false };
    assert_eq!(isonum::isclose_with([2.0, 1.0], [1.0, 2.0], half), [false, true]);
    assert!(isonum::allclose(1.0f32, 1.000001f32) && !isonum::allclose(1.0f32, 1.0001f32));
}

#[test]
fn closeness_of_integers() {
    let exact = Tolerance { rtol: 0.0, atol: 0.0, equal_nan: false };
    assert_eq!(isonum::isclose([7u8, 255], [7, 0]), [true, false]);
    assert_eq!(isonum::isclose(array![i8::MIN, -128], [i8::MAX, -127]), [false, false]);
    // Closer than `f64` can tell from zero at this size.
    let large = i64::MAX;
    assert!(!isonum::allclose_with(large, large - 1, exact) && isonum::allclose(large, large - 1));
    let one = Tolerance { atol: 1.0, ..exact };
    assert_eq!(isonum::isclose_with([large, u32::MAX.into()], [large - 1, 1], one), [true, false]);
    assert_eq!(isonum::isclose_with([0u64, u64::MAX], [1, u64::MAX - 2], one), [true, false]);
    assert!(array![1_000_000, 3].allclose([1_000_001, 3]));
}

#[test]
fn closeness_of_complex_numbers() {
    let c = Complex64::new;
    let within = |atol| Tolerance { rtol: 0.0, atol, equal_nan: false };
    // A distance of five: three one way, four the other.
    let (a, b) = (array![c(1.0, 1.0), c(0.0, 0.0)], array![c(4.0, 5.0), c(0.0, 0.0)]);
    assert_eq!(a.isclose_with(&b, within(5.0)), [true, true]);
    assert_eq!(a.isclose_with(&b, within(4.999)), [false, true]);
    let half = Tolerance { rtol: 0.5, atol: 0.0, equal_nan: false };
    assert!(isonum::allclose_with(c(3.0, 2.0), c(3.0, 4.0), half));
    assert!(isonum::allclose(c(3e300, 4e300), c(3e300, 4.00001e300)));
    assert!(!isonum::allclose(c(1e-300, 1e-300), c(1.0, 1.0)));
    let (nan, other) = (c(f64::NAN, 1.0), c(2.0, f64::NAN));
    assert!(!isonum::allclose(nan, nan));
    let equal_nan = Tolerance { equal_nan: true, ..Tolerance::default() };
    assert!(isonum::allclose_with([nan, other], [other, nan], equal_nan));
    assert!(!isonum::allclose_with(nan, c(1.0, 1.0), equal_nan));
    let infinite = c(f64::INFINITY, 1.0);
    assert!(isonum::allclose(infinite, infinite) && !isonum::allclose(infinite, -infinite));
    assert!(isonum::allclose(Complex32::new(1.0, 2.0), Complex32::new(1.000001, 2.0)));
}

#[test]
fn closeness_names_itself() {
    let (a, b) = (array![1.0, 2.0], [1.0, 2.0, 3.0]);
    let rest = ": cannot broadcast (2,) with (3,): axis 0 is 2 and 3";
    let tolerance = Tolerance::default();
    let errors = [
        ("isclose", isonum::try_isclose(&a, b).unwrap_err()),
        ("isclose", a.try_isclose(b).unwrap_err()),
        ("isclose_with", a.try_isclose_with(b, tolerance).unwrap_err()),
        ("allclose", isonum::try_allclose(&a, b).unwrap_err()),
        ("allclose", a.try_allclose(b).unwrap_err()),
        ("allclose_with", a.try_allclose_with(b, tolerance).unwrap_err()),
    ];
    for (name, error) in errors {
        assert_eq!(error.to_string(), format!("{name}{rest}"));
        assert_eq!(error.operation(), Some(name));
    }
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

#[test]
fn parts_of_complex_numbers() {
    let c = Complex64::new;
    let mut z =
        array![[c(1.0, 2.0), c(3.0, 4.0), c(5.0, 6.0)], [c(-1.0, -2.0), c(-0.0, 0.0), c(0.5, f64::NAN)]];
    assert_eq!(z.real(), [[1.0, 3.0, 5.0], [-1.0, -0.0, 0.5]]);
    assert_eq!(z.imag().row(0), [2.0, 4.0, 6.0]);
    assert_eq!(z.t().imag().shape(), [3, 2]);
    assert_eq!(z.slice(s![0, ..;-1]).view().real(), [5.0, 3.0, 1.0]);
    assert_eq!(isonum::real(&z), z.real());
    assert_eq!(isonum::imag(z.row(0)), [2.0, 4.0, 6.0]);
    assert!(isonum::imag(&z).is_contiguous());
    // Views of the same memory, which operations read where it is.
    assert_eq!(z.real().sum(), 8.5);
    assert_eq!(z.real().row(0) * z.imag().row(0), [2.0, 12.0, 30.0]);
    let kept = z.clone();
    z.imag_mut().fill(1.0);
    z.row_mut(1).real_mut().assign([7.0, 8.0, 9.0]);
    assert_eq!(z, [[c(1.0, 1.0), c(3.0, 1.0), c(5.0, 1.0)], [c(7.0, 1.0), c(8.0, 1.0), c(9.0, 1.0)]]);
    assert_eq!(kept[[0, 0]], c(1.0, 2.0));
    assert_eq!(Array::<Complex32>::zeros([0, 3]).imag().shape(), [0, 3]);
    assert_eq!(array![Complex32::new(1.0, 2.0)].broadcast_to(3).imag(), [2.0f32; 3]);
}

#[test]
fn conjugates() {
    let c = Complex32::new;
    for n in 0..70 {
        let z = Array::from_fn([n], |[i]| c(i as f32, 3.0 - i as f32));
        let expected: Vec<_> = z.iter().map(|z| z.conj()).collect();
        for name in isonum::backend::available() {
            isonum::backend::with(isonum::backend::by_name(name).unwrap(), || {
                assert_eq!(z.conj(), expected, "{name} {n}");
                assert_eq!(isonum::conj(z.flip(0)).flip(0), expected, "{name} {n}");
            });
        }
    }
    let z = array![[c(1.0, 0.0), c(2.0, -0.0)], [c(3.0, f32::INFINITY), c(4.0, 1.0)]];
    let signs = z.conj().imag().map(|im| im.is_sign_negative());
    assert_eq!(signs, [[true, false], [true, true]]);
    assert_eq!(z.t().conj(), z.conj().t());
    assert_eq!(z.t().conj().strides(), z.t().strides());
    assert_eq!(z.row(1).view().conj()[1], c(4.0, -1.0));
    assert_eq!(isonum::conj(c(1.0, 2.0)).item(), c(1.0, -2.0));
    // What is given away is written over; what somebody holds is not.
    let kept = z.clone();
    assert_eq!(isonum::conj(z.clone()), kept.conj());
    let unique = array![c(0.0, 1.0), c(0.0, 2.0)];
    let first = unique.as_slice().unwrap().as_ptr();
    assert_eq!(isonum::conj(unique).as_slice().unwrap().as_ptr(), first);
    assert_eq!(kept, z);
}
