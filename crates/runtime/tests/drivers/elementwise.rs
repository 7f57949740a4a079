//! Elementwise drivers against plain loops, on arrays of many shapes and strides, backends and thread counts.

use isonum_core::registry::{Binary, Compare, Ternary, Unary};
use isonum_core::{Element, Given, Number, SliceItem, Storage, View, s};
use isonum_runtime::elementwise::*;
use isonum_runtime::{backend, threads};

/// An array of small integers that are not symmetric in any way.
fn numbers<T: Number>(shape: &[usize]) -> Storage<T> {
    Storage::from_fn(shape, |i| num_traits::NumCast::from(((i * 7 + i / 13) % 101) as i8 - 50).unwrap())
        .unwrap()
}

/// Arrays of `shape` with all kinds of strides: contiguous, Fortran order, steps, reversed, permuted, repeated.
fn layouts<T: Number>(shape: &[usize]) -> Vec<Storage<T>> {
    let ndim = shape.len();
    let mut all = vec![numbers::<T>(shape)];
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    let axes: Vec<isize> = (0..ndim as isize).rev().collect();
    all.push(numbers::<T>(&reversed).permute(&axes).unwrap());
    for step in [2isize, 3, -1, -2] {
        for only in 0..=ndim {
            let along = |axis: usize| only == ndim || axis == only;
            let wide: Vec<usize> = shape
                .iter()
                .enumerate()
                .map(|(axis, &n)| if along(axis) { n * step.unsigned_abs() } else { n })
                .collect();
            let items: Vec<SliceItem> =
                (0..ndim).map(|axis| if along(axis) { s![..;step][0] } else { s![..][0] }).collect();
            let a = numbers::<T>(&wide).slice(&items).unwrap();
            assert_eq!(a.shape(), shape);
            all.push(a);
        }
    }
    for axis in 0..ndim {
        let mut one = shape.to_vec();
        one[axis] = 1;
        all.push(numbers::<T>(&one).broadcast_to(shape).unwrap());
    }
    all.push(numbers::<T>(&[]).broadcast_to(shape).unwrap());
    all
}

const SHAPES: &[&[usize]] = &[
    &[],
    &[0],
    &[1],
    &[5],
    &[300],
    &[5000],
    &[3, 0, 2],
    &[2, 3],
    &[1, 40],
    &[40, 1],
    &[70, 90],
    &[1000, 2],
    &[2, 1000],
    &[3, 1, 50],
    &[4, 5, 6],
    &[40, 3, 3],
    &[2, 3, 1, 2, 4, 3, 2],
];

fn list<T: Element>(view: &View<'_, T>) -> Vec<T> {
    view.iter().copied().collect()
}

fn check_binary<T: Number>(expected: impl Fn(T, T) -> T) {
    for shape in SHAPES {
        let all = layouts::<T>(shape);
        for (i, a) in all.iter().enumerate() {
            for (j, b) in all.iter().enumerate() {
                let want: Vec<T> = a.iter().zip(b.iter()).map(|(&a, &b)| expected(a, b)).collect();
                let sum = binary(Binary::Subtract, Given::Shared(a), Given::View(b.view())).unwrap();
                assert_eq!(sum.shape(), *shape);
                assert_eq!(list(&sum.view()), want, "{shape:?}: {i} with {j}");
            }
            // In place, with elements that are not neighbours, on either side.
            let b = &all[0];
            for right in [false, true] {
                let mut out = a.clone();
                if out.view_mut().is_err() {
                    continue;
                }
                let target = out.view_mut().unwrap();
                let operand = Some(&b.view()).cloned();
                let want: Vec<T> = match right {
                    false => a.iter().zip(b.iter()).map(|(&a, &b)| expected(a, b)).collect(),
                    true => a.iter().zip(b.iter()).map(|(&a, &b)| expected(b, a)).collect(),
                };
                match right {
                    false => binary_to(Binary::Subtract, None, operand.as_ref(), target).unwrap(),
                    true => binary_to(Binary::Subtract, operand.as_ref(), None, target).unwrap(),
                }
                assert_eq!(list(&out.view()), want, "{shape:?}: in place {i}, {right}");
            }
        }
    }
}

#[test]
fn binary_operations_of_all_layouts() {
    check_binary::<f64>(|a, b| a - b);
    check_binary::<f32>(|a, b| a - b);
    check_binary::<i8>(|a, b| a.wrapping_sub(b));
    check_binary::<i32>(|a, b| a - b);
    check_binary::<isonum_core::Complex64>(|a, b| a - b);
}

#[test]
fn outputs_with_gaps_leave_the_gaps_alone() {
    for shape in [&[7usize][..], &[300], &[40, 30], &[90, 3], &[5, 6, 7]] {
        let wide: Vec<usize> = shape.iter().map(|n| 3 * n).collect();
        let items: Vec<SliceItem> = shape.iter().map(|_| s![1..;3][0]).collect();
        for x in layouts::<f32>(shape) {
            let mut whole = Storage::full(&wide, -7.0f32).unwrap();
            let mut view = whole.view_mut().unwrap();
            let out = view.reborrow().slice(&items).unwrap();
            unary_to(Unary::Square, Some(&x.view()), out).unwrap();
            let written = whole.slice(&items).unwrap();
            assert!(x.iter().zip(written.iter()).all(|(x, y)| x * x == *y));
            let others = whole.iter().filter(|&&x| x == -7.0).count();
            assert_eq!(others, whole.len() - x.len(), "{shape:?}");
        }
    }
}

#[test]
fn broadcasting_is_two_sided_and_refuses_what_does_not_fit() {
    let a = numbers::<f64>(&[4, 1, 3]);
    let b = numbers::<f64>(&[5, 1]);
    let sum = binary(Binary::Add, Given::Shared(&a), Given::Shared(&b)).unwrap();
    assert_eq!(sum.shape(), [4, 5, 3]);
    for (i, x) in sum.iter().enumerate() {
        let (p, q, r) = (i / 15, i / 3 % 5, i % 3);
        let (x_a, x_b) = (
            a.view().at(&[p as isize, 0, r as isize]).copied().unwrap(),
            b.view().iter().nth(q).copied().unwrap(),
        );
        assert_eq!(*x, x_a + x_b);
    }
    let c = numbers::<f64>(&[2]);
    let error = binary(Binary::Add, Given::Shared(&a), Given::Shared(&c)).unwrap_err();
    assert_eq!(error.to_string(), "add: cannot broadcast (4, 1, 3) with (2,): axis 2 is 3 and 2");
    let mut out = numbers::<f64>(&[3]);
    let error = unary_to(Unary::Exp, Some(&a.view()), out.view_mut().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "cannot broadcast (4, 1, 3) to (3,): 3 axes do not fit in 1");
}

#[test]
fn ternary_compare_select_cast_copy_of_all_layouts() {
    for shape in SHAPES {
        let all = layouts::<f32>(shape);
        for (i, x) in all.iter().enumerate() {
            let y = &all[(i + 3) % all.len()];
            let z = &all[(i + 7) % all.len()];
            let got = ternary(Ternary::MulAdd, Given::Shared(x), Given::Shared(y), Given::Shared(z)).unwrap();
            let want: Vec<f32> =
                x.iter().zip(y.iter()).zip(z.iter()).map(|((x, y), z)| x.mul_add(*y, *z)).collect();
            assert_eq!(list(&got.view()), want);

            let less = compare(Compare::Less, Given::Shared(x), Given::Shared(y)).unwrap();
            let want: Vec<bool> = x.iter().zip(y.iter()).map(|(x, y)| x < y).collect();
            assert_eq!(list(&less.view()), want, "{shape:?} {i}");

            let got = select(Given::Shared(&less), Given::Shared(x), Given::Shared(z)).unwrap();
            let want: Vec<f32> =
                want.iter().zip(x.iter()).zip(z.iter()).map(|((&c, &x), &z)| if c { x } else { z }).collect();
            assert_eq!(list(&got.view()), want, "{shape:?} {i}");

            let wide = cast::<f32, i64>(Given::Shared(x)).unwrap();
            assert!(x.iter().zip(wide.iter()).all(|(x, y)| *x as i64 == *y), "{shape:?} {i}");
            let narrow = cast::<f32, i8>(Given::Shared(x)).unwrap();
            assert!(x.iter().zip(narrow.iter()).all(|(x, y)| *x as i8 == *y), "{shape:?} {i}");

            let copied = copy(&x.view()).unwrap();
            assert_eq!(list(&copied.view()), list(&x.view()), "{shape:?} {i}");
            let in_order = contiguous(&x.view()).unwrap();
            assert_eq!(in_order.as_slice().unwrap(), list(&x.view()), "{shape:?} {i}");
            let mut out = y.clone();
            copy_to(&x.view(), out.view_mut().unwrap()).unwrap();
            assert_eq!(list(&out.view()), list(&x.view()), "{shape:?} {i}");
            fill(out.view_mut().unwrap(), 3.0).unwrap();
            assert!(out.iter().all(|&x| x == 3.0));
        }
    }
}

#[test]
fn memory_given_away_is_used_again() {
    let a = numbers::<f64>(&[30, 40]);
    let pointer = a.as_ptr();
    let b = numbers::<f64>(&[40]);
    let want: Vec<f64> = a.iter().zip(b.iter().cycle()).map(|(a, b)| (a + b) * 2.0).collect();
    let sum = binary(Binary::Add, Given::Owned(a), Given::Shared(&b)).unwrap();
    let twice = binary(Binary::Multiply, Given::View(View::from_scalar(&2.0)), Given::Owned(sum)).unwrap();
    assert_eq!(twice.as_ptr(), pointer);
    assert_eq!(list(&twice.view()), want);
    // Not where somebody else sees it.
    let kept = twice.clone();
    let other = unary(Unary::Negative, Given::Owned(twice)).unwrap();
    assert_ne!(other.as_ptr(), pointer);
    assert_eq!(list(&kept.view()), want);
}

#[test]
fn integers_are_not_divided_by_zero() {
    let a = numbers::<i32>(&[100]);
    let mut b = Storage::full(&[100], 3).unwrap();
    assert!(binary(Binary::Divide, Given::Shared(&a), Given::Shared(&b)).is_ok());
    *b.view_mut().unwrap().at_mut(&[77]).unwrap() = 0;
    for op in [Binary::Divide, Binary::Fmod] {
        let error = binary(op, Given::Shared(&a), Given::Shared(&b)).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: division of an integer by zero", op.name()));
        let mut out = a.clone();
        assert!(binary_to(op, None, Some(&b.view()), out.view_mut().unwrap()).is_err());
        assert_eq!(list(&out.view()), list(&a.view()), "nothing is written");
    }
}

#[test]
fn same_bits_on_every_backend_and_any_number_of_threads() {
    let shapes: [&[usize]; 3] = [&[100_000], &[300, 500], &[50_000, 3]];
    for shape in shapes {
        for x in layouts::<f64>(shape).into_iter().chain([numbers::<f64>(shape)]) {
            let run = || list(&unary(Unary::Sin, Given::Shared(&x)).unwrap().view());
            let scalar = backend::by_name("scalar").unwrap();
            let reference = threads::with(1, || backend::with(scalar, run));
            for name in backend::available() {
                for n in [1, 2, 3, 7] {
                    let before = threads::tasks();
                    let got = threads::with(n, || backend::with(backend::by_name(name).unwrap(), run));
                    assert!(n == 1 || threads::tasks() > before, "was split");
                    assert!(
                        got.iter().zip(&reference).all(|(a, b)| a.to_bits() == b.to_bits()),
                        "{name} {n}"
                    );
                }
            }
        }
    }
}

/// Outputs beyond the last cache take stores of their own.
#[test]
fn outputs_beyond_the_cache_have_the_same_bits() {
    let n = if cfg!(target_arch = "aarch64") { 100_003 } else { 5_000_003 };
    let a = Storage::from_fn(&[n], |i| (i % 1009) as f64 - 500.0).unwrap();
    let b = Storage::from_fn(&[n], |i| (i % 997) as f64 / 7.0).unwrap();
    // Not at a boundary of registers.
    let (a, b) = (a.slice(&s![1..]).unwrap(), b.slice(&s![..-1]).unwrap());
    let run = || {
        let mut out = Storage::full(&[n], 7.0).unwrap();
        binary_to(
            Binary::Add,
            Some(&a.view()),
            Some(&b.view()),
            out.view_mut().unwrap().slice(&s![1..]).unwrap(),
        )
        .unwrap();
        let scaled =
            binary(Binary::Multiply, Given::Shared(&a), Given::View(View::from_scalar(&2.5))).unwrap();
        let squares = unary(Unary::Square, Given::Shared(&b)).unwrap();
        (out, scaled, squares)
    };
    for name in backend::available() {
        for threads in [1, 3] {
            let chosen = backend::by_name(name).unwrap();
            let (out, scaled, squares) = threads::with(threads, || backend::with(chosen, run));
            assert_eq!(out.at(&[0]).unwrap(), &7.0);
            let all = a.iter().zip(b.iter()).zip(out.iter().skip(1)).zip(scaled.iter().zip(squares.iter()));
            for (((x, y), sum), (scaled, square)) in all {
                assert!(*sum == x + y && *scaled == x * 2.5 && *square == y * y, "{name}, {threads} threads");
            }
        }
    }
}
