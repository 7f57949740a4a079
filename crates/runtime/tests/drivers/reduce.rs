//! Reductions and scans against plain loops, on arrays of many shapes and strides.

use isonum_core::backend::{Extremum, Fold};
use isonum_core::{Complex64, Element, Number, Ordered, Real, SliceItem, Storage, View, s};
use isonum_runtime::place::New;
use isonum_runtime::{reduce, scan};
use num_traits::NumCast;

/// An array of small integers, most of them near zero, so that sums and most products are exact in every type.
fn numbers<T: Number>(shape: &[usize]) -> Storage<T> {
    Storage::from_fn(shape, |i| {
        NumCast::from([1, 0, 3, 1, 2, 5, 1, 4, 1, 1, 2][(i * 7 + i / 13) % 11]).unwrap()
    })
    .unwrap()
}

/// Arrays of `shape` with all kinds of strides: contiguous, Fortran order, steps, reversed, permuted, repeated.
fn layouts<T: Element>(shape: &[usize], make: impl Fn(&[usize]) -> Storage<T>) -> Vec<Storage<T>> {
    let ndim = shape.len() as isize;
    let mut all = vec![make(shape)];
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    let axes: Vec<isize> = (0..ndim).rev().collect();
    all.push(make(&reversed).permute(&axes).unwrap());
    if let [a, b, c] = *shape {
        all.push(make(&[b, a, c]).permute(&[1, 0, 2]).unwrap());
        all.push(make(&[c, a, b]).permute(&[1, 2, 0]).unwrap());
    }
    for step in [2isize, -1, -3] {
        for only in 0..=shape.len() {
            let along = |axis: usize| only == shape.len() || axis == only;
            let wide: Vec<usize> = (0..shape.len())
                .map(|axis| if along(axis) { shape[axis] * step.unsigned_abs() } else { shape[axis] })
                .collect();
            let items: Vec<SliceItem> =
                (0..shape.len()).map(|axis| if along(axis) { s![..;step][0] } else { s![..][0] }).collect();
            all.push(make(&wide).slice(&items).unwrap());
        }
    }
    for axis in 0..shape.len() {
        let mut one = shape.to_vec();
        one[axis] = 1;
        all.push(make(&one).broadcast_to(shape).unwrap());
    }
    all.push(make(&[]).broadcast_to(shape).unwrap());
    all
}

/// Every set of axes of an array of rank `ndim`.
fn axis_sets(ndim: usize) -> Vec<Vec<usize>> {
    (0..1usize << ndim).map(|set| (0..ndim).filter(|axis| set >> axis & 1 == 1).collect()).collect()
}

/// The elements that each result comes from, in C order of the results.
fn groups<T: Element>(x: &View<'_, T>, axes: &[usize]) -> Vec<Vec<T>> {
    let kept: Vec<usize> = (0..x.ndim()).filter(|axis| !axes.contains(axis)).collect();
    let order: Vec<isize> = kept.iter().chain(axes).map(|&axis| axis as isize).collect();
    let outputs = kept.iter().map(|&axis| x.shape()[axis]).product();
    let n: usize = axes.iter().map(|&axis| x.shape()[axis]).product();
    let all: Vec<T> = x.permute(&order).unwrap().iter().copied().collect();
    (0..outputs).map(|i| all[i * n..(i + 1) * n].to_vec()).collect()
}

/// Compares a result with that of a plain function of its elements.
#[track_caller]
fn same<T: Element, A: Element>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    found: &Storage<A>,
    of: impl Fn(&[T]) -> A,
) {
    let shape: Vec<usize> = (0..x.ndim())
        .filter(|axis| keep_dims || !axes.contains(axis))
        .map(|axis| if axes.contains(&axis) { 1 } else { x.shape()[axis] })
        .collect();
    assert_eq!(found.shape(), shape);
    assert!(found.layout().is_dense());
    for (found, group) in found.iter().zip(groups(x, axes)) {
        let expected = of(&group);
        let is_nan = |a: A, b: A| a != b;
        let nans = is_nan(*found, *found) && is_nan(expected, expected);
        assert!(*found == expected || nans, "{found} {expected}: {:?} {axes:?}", x.layout());
    }
}

const SHAPES: &[&[usize]] = &[
    &[],
    &[0],
    &[1],
    &[7],
    &[3000],
    &[0, 3],
    &[3, 0],
    &[5, 6],
    &[70, 90],
    &[2100, 2],
    &[3, 1500],
    &[4, 1, 6],
    &[3, 0, 2],
    &[33, 5, 40],
    &[2, 70, 3],
    &[3, 2, 4, 5],
];

fn shapes() -> impl Iterator<Item = &'static [usize]> {
    SHAPES.iter().copied()
}

fn sums<T: Number>()
where
    T::Sum: Number,
{
    for x in shapes().flat_map(|shape| layouts(shape, numbers::<T>)) {
        let x = x.view();
        let widen = |x: &T| <T::Sum as NumCast>::from(*x).unwrap();
        let sum = |x: &[T]| x.iter().map(widen).fold(T::Sum::ZERO, |a, b| a + b);
        for axes in axis_sets(x.ndim()) {
            for keep_dims in [false, true] {
                let found = reduce::fold(Fold::Sum, &x, &axes, keep_dims, New).unwrap();
                same(&x, &axes, keep_dims, &found, sum);
                let found = reduce::count_nonzero(&x, &axes, keep_dims, New).unwrap();
                same(&x, &axes, keep_dims, &found, |x| x.iter().filter(|x| x.is_nonzero()).count() as i64);
                let found = reduce::any(&x, &axes, keep_dims, New).unwrap();
                same(&x, &axes, keep_dims, &found, |x| x.iter().any(|x| x.is_nonzero()));
                let found = reduce::all(&x, &axes, keep_dims, New).unwrap();
                same(&x, &axes, keep_dims, &found, |x| x.iter().all(|x| x.is_nonzero()));
            }
        }
        let all: Vec<T> = x.iter().copied().collect();
        assert_eq!(reduce::fold_all(Fold::Sum, &x).unwrap(), sum(&all));
        assert_eq!(reduce::any_of(&x).unwrap(), all.iter().any(|x| x.is_nonzero()));
        assert_eq!(reduce::all_of(&x).unwrap(), all.iter().all(|x| x.is_nonzero()));
        let count = all.iter().filter(|x| x.is_nonzero()).count();
        assert_eq!(reduce::count_nonzero_all(&x).unwrap(), count);
        running(&x, widen, |a, b| a + b);
    }
}

/// Scans against a running sum.
fn running<T: Element>(
    x: &View<'_, T>,
    widen: impl Fn(&T) -> T::Sum,
    add: impl Fn(T::Sum, T::Sum) -> T::Sum,
) {
    let scanned = |x: &[T]| -> Vec<T::Sum> {
        let mut sum: Option<T::Sum> = None;
        x.iter()
            .map(|x| {
                let next = sum.map_or(widen(x), |sum| add(sum, widen(x)));
                sum = Some(next);
                next
            })
            .collect()
    };
    let all: Vec<T> = x.iter().copied().collect();
    assert_eq!(scan::scan_all(Fold::Sum, x, New).unwrap().into_vec().unwrap(), scanned(&all));
    for axis in 0..x.ndim() {
        let found = scan::scan(Fold::Sum, x, axis, New).unwrap();
        assert_eq!(found.shape(), x.shape());
        let expected: Vec<T::Sum> = groups(x, &[axis]).iter().flat_map(|group| scanned(group)).collect();
        let found: Vec<T::Sum> = groups(&found.view(), &[axis]).concat();
        assert_eq!(found, expected, "{:?} {axis}", x.layout());
    }
}

#[test]
fn sums_of_floats() {
    sums::<f64>();
    sums::<f32>();
    sums::<Complex64>();
}

#[test]
fn sums_of_integers() {
    sums::<i8>();
    sums::<u16>();
    sums::<i64>();
}

#[test]
fn sums_of_bools() {
    let make = |shape: &[usize]| Storage::from_fn(shape, |i| (i * 7 + i / 13) % 5 > 1).unwrap();
    for x in shapes().flat_map(|shape| layouts(shape, make)) {
        let x = x.view();
        for axes in axis_sets(x.ndim()) {
            let found = reduce::fold(Fold::Sum, &x, &axes, false, New).unwrap();
            same(&x, &axes, false, &found, |x| x.iter().filter(|x| **x).count() as i64);
            let found = reduce::any(&x, &axes, true, New).unwrap();
            same(&x, &axes, true, &found, |x| x.contains(&true));
            let found = reduce::mean(&x, &axes, false, New).unwrap();
            same(&x, &axes, false, &found, |v| v.iter().filter(|x| **x).count() as f64 / v.len() as f64);
        }
        running(&x, |x| *x as i64, |a, b| a + b);
    }
}

#[test]
fn products() {
    let make = |shape: &[usize]| {
        Storage::from_fn(shape, |i| [1.0, -1.0, 2.0, 0.5, -2.0, -0.5][(i * 5 + i / 7) % 6]).unwrap()
    };
    for x in shapes().flat_map(|shape| layouts(shape, make)) {
        let x = x.view();
        // Powers of two as exponents and signs, so that products of thousands neither overflow nor round.
        let product = |x: &[f64]| {
            let exponent: f64 = x.iter().map(|x| x.abs().log2()).sum();
            let negative = x.iter().filter(|x| **x < 0.0).count() % 2 == 1;
            exponent.exp2() * if negative { -1.0 } else { 1.0 }
        };
        for axes in axis_sets(x.ndim()) {
            let exponent = |g: &Vec<f64>| g.iter().map(|x: &f64| x.abs().log2()).sum::<f64>();
            if groups(&x, &axes).iter().any(|g| exponent(g).abs() > 900.0) {
                continue;
            }
            let found = reduce::fold(Fold::Prod, &x, &axes, false, New).unwrap();
            same(&x, &axes, false, &found, product);
        }
    }
    let x = Storage::from_vec((1..=25u8).collect(), &[25]).unwrap();
    let expected = (1..=25u64).fold(1u64, u64::wrapping_mul);
    assert_eq!(reduce::fold_all(Fold::Prod, &x.view()).unwrap(), expected);
    assert_eq!(*scan::scan(Fold::Prod, &x.view(), 0, New).unwrap().iter().next_back().unwrap(), expected);
}

fn statistics<T: Real>(tolerance: f64)
where
    T::Mean: Real,
{
    let near = |found: T::Mean, expected: f64| -> bool {
        let found = Real::to_f64(found);
        found == expected
            || (found.is_nan() && expected.is_nan())
            || (found - expected).abs() <= tolerance * expected.abs()
    };
    let mean = |x: &[T]| x.iter().map(|x| Real::to_f64(*x)).sum::<f64>() / x.len() as f64;
    let var = |x: &[T], ddof: f64| {
        let mean = mean(x);
        let squares = x.iter().map(|x| (Real::to_f64(*x) - mean).powi(2)).sum::<f64>();
        squares / (x.len() as f64 - ddof).max(0.0)
    };
    for x in shapes().flat_map(|shape| layouts(shape, numbers::<T>)) {
        let x = x.view();
        for axes in axis_sets(x.ndim()) {
            let groups = groups(&x, &axes);
            let each = |found: Storage<T::Mean>, of: &dyn Fn(&[T]) -> f64, what: &str| {
                assert_eq!(found.len(), groups.len());
                for (found, group) in found.iter().zip(&groups) {
                    let expected = of(group);
                    assert!(near(*found, expected), "{what} {found} {expected} {:?} {axes:?}", x.layout());
                }
            };
            each(reduce::mean(&x, &axes, false, New).unwrap(), &mean, "mean");
            each(reduce::var(&x, &axes, true, 0.0, New).unwrap(), &|x| var(x, 0.0), "var");
            each(reduce::std(&x, &axes, false, 1.0, New).unwrap(), &|x| var(x, 1.0).sqrt(), "std");
        }
        let all: Vec<T> = x.iter().copied().collect();
        assert!(near(reduce::mean_all(&x).unwrap(), mean(&all)));
        assert!(near(reduce::var_all(&x, 1.0).unwrap(), var(&all, 1.0)));
        assert!(near(reduce::std_all(&x, 0.0).unwrap(), var(&all, 0.0).sqrt()));
    }
}

#[test]
fn means_and_variances() {
    statistics::<f64>(1e-13);
    statistics::<f32>(1e-6);
    statistics::<i16>(1e-13);
    statistics::<u64>(1e-13);
}

#[test]
fn means_of_large_integers_do_not_wrap() {
    let x = Storage::from_vec(vec![i64::MAX; 6], &[2, 3]).unwrap();
    assert_eq!(reduce::mean_all(&x.view()).unwrap(), i64::MAX as f64);
    for axis in [0, 1] {
        let means = reduce::mean(&x.view(), &[axis], false, New).unwrap();
        assert!(means.iter().all(|&mean| mean == i64::MAX as f64));
    }
    assert_eq!(reduce::fold_all(Fold::Sum, &x.view()).unwrap(), i64::MAX.wrapping_mul(6));
}

fn order<T: Ordered>(make: impl Fn(&[usize]) -> Storage<T>) {
    for op in [Extremum::Max, Extremum::Min] {
        // The place of the first extreme or NaN.
        let place = |x: &[T]| {
            let beats = |a: T, b: T| match op {
                Extremum::Max => a > b,
                Extremum::Min => a < b,
            };
            let better = |best: usize, i: usize| !x[best].is_nan() && (x[i].is_nan() || beats(x[i], x[best]));
            (0..x.len()).reduce(|best, i| if better(best, i) { i } else { best }).unwrap()
        };
        for x in shapes().flat_map(|shape| layouts(shape, &make)) {
            let x = x.view();
            for axes in axis_sets(x.ndim()) {
                let empty = axes.iter().any(|&axis| x.shape()[axis] == 0);
                let kept: usize =
                    (0..x.ndim()).filter(|a| !axes.contains(a)).map(|axis| x.shape()[axis]).product();
                let found = reduce::extremum(op, &x, &axes, true, New);
                assert_eq!(found.is_err(), empty && kept > 0, "{:?} {axes:?}", x.layout());
                if let Ok(found) = found {
                    same(&x, &axes, true, &found, |x| x[place(x)]);
                }
            }
            for axis in 0..x.ndim() {
                if let Ok(found) = reduce::arg_extremum(op, &x, axis, false, New) {
                    same(&x, &[axis], false, &found, |x| place(x) as i64);
                }
            }
            let all: Vec<T> = x.iter().copied().collect();
            if all.is_empty() {
                assert!(reduce::extremum_all(op, &x).is_err() && reduce::arg_extremum_all(op, &x).is_err());
            } else {
                let (value, expected) = (reduce::extremum_all(op, &x).unwrap(), all[place(&all)]);
                assert!(value == expected || (value.is_nan() && expected.is_nan()));
                assert_eq!(reduce::arg_extremum_all(op, &x).unwrap(), place(&all), "{:?}", x.layout());
            }
        }
    }
}

fn scattered(i: usize) -> usize {
    (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % 1000
}

#[test]
fn extremes() {
    order(|shape| Storage::from_fn(shape, |i| scattered(i) as f64 - 500.0).unwrap());
    order(|shape| Storage::from_fn(shape, |i| scattered(i) as f32 - 500.0).unwrap());
    order(|shape| Storage::from_fn(shape, |i| (scattered(i) % 200) as u8).unwrap());
    order(|shape| Storage::from_fn(shape, |i| scattered(i) as i64 - 500).unwrap());
    order(|shape| Storage::from_fn(shape, |i| scattered(i) % 3 == 1).unwrap());
}

#[test]
fn extremes_with_nans() {
    let make = |shape: &[usize]| {
        Storage::from_fn(shape, |i| if scattered(i) < 15 { f64::NAN } else { scattered(i / 3) as f64 })
            .unwrap()
    };
    order(make);
    order(|shape| Storage::from_fn(shape, |i| i as f32).unwrap());
    order(|shape| Storage::from_fn(shape, |i| -(i as f32)).unwrap());
}

#[test]
fn empty_reductions_say_so() {
    let x = Storage::<f64>::zeros(&[3, 0, 2]).unwrap();
    let message = |axes: &[usize]| {
        reduce::extremum(Extremum::Max, &x.view(), axes, false, New).map(|x| x.len()).unwrap_err().to_string()
    };
    assert_eq!(message(&[1]), "max of no elements: axis 1 of shape (3, 0, 2)");
    assert_eq!(message(&[0, 1, 2]), "max of no elements: shape (3, 0, 2)");
    let error = reduce::arg_extremum(Extremum::Min, &x.view(), 1, false, New).unwrap_err();
    assert_eq!(error.to_string(), "argmin of no elements: axis 1 of shape (3, 0, 2)");
    assert_eq!(reduce::extremum(Extremum::Max, &x.view(), &[0], false, New).unwrap().shape(), [0, 2]);
    assert!(reduce::mean_all(&x.view()).unwrap().is_nan());
    assert!(reduce::var(&x.view(), &[1], false, 0.0, New).unwrap().iter().all(|x| x.is_nan()));
}

#[test]
fn signs_of_zero() {
    let empty = Storage::<f64>::zeros(&[0]).unwrap();
    assert_eq!(reduce::fold_all(Fold::Sum, &empty.view()).unwrap().to_bits(), 0);
    for n in [1, 5, 100, 3000] {
        let x = Storage::full(&[n, n.min(40)], -0.0f64).unwrap();
        assert_eq!(reduce::fold_all(Fold::Sum, &x.view()).unwrap().to_bits(), (-0.0f64).to_bits());
        for axis in [0, 1] {
            let sums = reduce::fold(Fold::Sum, &x.view(), &[axis], false, New).unwrap();
            assert!(sums.iter().all(|x| x.to_bits() == (-0.0f64).to_bits()));
        }
    }
    // Of equal elements the first, down columns.
    let x = Storage::from_vec(vec![-0.0f64, 0.0, 0.0, -0.0], &[2, 2]).unwrap();
    let max = reduce::extremum(Extremum::Max, &x.view(), &[0], false, New).unwrap();
    assert_eq!(max.iter().map(|x| x.to_bits()).collect::<Vec<_>>(), [(-0.0f64).to_bits(), 0]);
}

#[test]
fn dot_products() {
    for n in [0usize, 1, 5, 1000, 70_000, 200_001] {
        for (step_a, step_b) in [(1, 1), (2, 1), (1, -1), (3, 2)] {
            let make = |step: isize| numbers::<f64>(&[n * step.unsigned_abs()]).slice(&s![..;step]).unwrap();
            let (a, b) = (make(step_a), make(step_b));
            let expected: f64 = a.iter().zip(b.iter()).map(|(a, b)| a * b).sum();
            assert_eq!(reduce::dot(&a.view(), &b.view()).unwrap(), expected);
        }
    }
    let x = numbers::<f64>(&[3, 4]);
    assert!(reduce::dot(&x.view(), &x.view()).is_err());
}

#[test]
fn squares() {
    for x in shapes().flat_map(|shape| layouts(shape, numbers::<f32>)) {
        let x = x.view();
        for axes in axis_sets(x.ndim()) {
            let found = reduce::sum_squares(&x, &axes, false, New).unwrap();
            same(&x, &axes, false, &found, |x| x.iter().map(|x| x * x).sum());
        }
        let expected: f32 = x.iter().map(|x| x * x).sum();
        assert_eq!(reduce::sum_squares_all(&x).unwrap(), expected);
    }
}

#[test]
fn sums_of_many_floats_are_accurate() {
    let n = 10_000_000;
    let x = Storage::from_fn(&[n], |i| 1.0 + (i % 7) as f32 * 1e-3).unwrap();
    let exact: f64 = x.iter().map(|&x| x as f64).sum();
    let close = |found: f32, exact: f64| (found as f64 - exact).abs() < 1e-6 * exact;
    assert!(close(reduce::fold_all(Fold::Sum, &x.view()).unwrap(), exact));
    let columns = x.reshape(&[n as isize / 4, 4]).unwrap();
    let sums = reduce::fold(Fold::Sum, &columns.view(), &[0], false, New).unwrap();
    for (i, sum) in sums.iter().enumerate() {
        let exact: f64 = x.iter().skip(i).step_by(4).map(|&x| x as f64).sum();
        assert!(close(*sum, exact), "{sum} {exact}");
    }
}
