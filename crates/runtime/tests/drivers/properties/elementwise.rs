//! Elementwise operations: two-sided broadcasting, all ways to give an operand, outputs with gaps, operations in place.

use crate::properties::arrays::{Array, Placement, placement, words};
use crate::properties::naive::Naive;
use crate::properties::of_dtype;
use isonum_core::registry::{Accuracy, Binary, Compare, Predicate, Ternary, Unary};
use isonum_core::{Complex32, Complex64, DType, Given, Real, Storage, View, ViewMut};
use isonum_runtime::elementwise;
use proptest::prelude::*;

/// Three operands that broadcast, and the places of an output.
#[derive(Clone, Debug)]
pub(crate) struct Operands {
    operands: [Placement; 3],
    /// Of the shape that they broadcast to.
    shape: Vec<usize>,
    /// Of that shape, for what is written.
    out: Placement,
}

impl Operands {
    pub(crate) fn first(&self) -> &Placement {
        &self.operands[0]
    }
}

/// Without some leading axes, and with one element along some others.
fn part(shape: &[usize]) -> impl Strategy<Value = Vec<usize>> + use<> {
    let shape = shape.to_vec();
    let missing = prop_oneof![3 => Just(0), 1 => 0..=shape.len()];
    let ones = prop_oneof![3 => Just(0u8), 1 => any::<u8>()];
    (missing, ones).prop_map(move |(missing, ones)| {
        let axes = (missing..shape.len()).map(|axis| if ones >> axis & 1 == 1 { 1 } else { shape[axis] });
        axes.collect()
    })
}

/// The shape that `shapes` broadcast to.
fn together(shapes: &[Vec<usize>]) -> Vec<usize> {
    let ndim = shapes.iter().map(Vec::len).max().unwrap();
    let len = |axis: usize| {
        let lens = shapes.iter().filter_map(|shape| shape.get((axis + shape.len()).checked_sub(ndim)?));
        lens.copied().find(|&n| n != 1).unwrap_or(1)
    };
    (0..ndim).map(len).collect()
}

/// Operands for arrays of about `shape`.
pub(crate) fn operands(shape: Vec<usize>) -> impl Strategy<Value = Operands> {
    let parts = (part(&shape), part(&shape), part(&shape));
    parts.prop_flat_map(|(a, b, c)| {
        let shape = together(&[a.clone(), b.clone(), c.clone()]);
        let operand = |shape| placement(shape, true);
        let operands = [operand(a), operand(b), operand(c)];
        (operands, placement(shape.clone(), false)).prop_map(move |(operands, out)| Operands {
            operands,
            shape: shape.clone(),
            out,
        })
    })
}

/// The operands of one type, and their elements where they meet.
struct Case<T> {
    arrays: [Array<T>; 3],
    shape: Vec<usize>,
    cells: [Vec<T>; 3],
}

impl<T: Naive> Case<T> {
    fn new(operands: &Operands, shape: &[usize], seed: u64) -> Case<T> {
        let array = |i: usize| Array::new(&operands.operands[i], seed ^ i as u64, T::any);
        let arrays = [0, 1, 2].map(array);
        let cells = [0, 1, 2].map(|i| match together(&[arrays[i].shape.clone(), shape.to_vec()]) == shape {
            true => arrays[i].broadcast(shape),
            false => vec![],
        });
        Case { arrays, shape: shape.to_vec(), cells }
    }

    /// Of those before `n` alone.
    fn of_first(operands: &Operands, n: usize, seed: u64) -> Case<T> {
        let shapes = operands.operands[..n].iter().map(Placement::shape).collect::<Vec<_>>();
        Case::new(operands, &together(&shapes), seed)
    }

    /// Operand `i` in one of the ways to give one, the same each time.
    fn given(&self, i: usize) -> Given<'_, T> {
        let storage = &self.arrays[i].storage;
        match (storage.len() + i) % 3 {
            0 => Given::Shared(storage),
            1 => Given::View(storage.view()),
            // Its own where it was copied, else shared with the one here.
            _ if storage.len().is_multiple_of(2) => Given::Owned(storage.view().to_storage().unwrap()),
            _ => Given::Owned(storage.clone()),
        }
    }

    fn expected<V>(&self, of: impl Fn(T, T, T) -> V) -> Vec<V> {
        let at = |i: usize, k: usize| self.cells[i].get(k).copied().unwrap_or(T::ZERO);
        let n = self.shape.iter().product();
        (0..n).map(|k| of(at(0, k), at(1, k), at(2, k))).collect()
    }
}

#[track_caller]
fn same<T: Naive>(what: &str, shape: &[usize], found: &Storage<T>, expected: &[T]) {
    assert_eq!(found.shape(), shape, "{what}");
    assert!(found.layout().is_dense(), "{what}");
    same_cells(what, found.iter().copied(), expected);
}

#[track_caller]
fn same_cells<T: Naive>(what: &str, found: impl Iterator<Item = T>, expected: &[T]) {
    let mut n = 0;
    for (i, (found, &expected)) in found.zip(expected).enumerate() {
        assert_eq!(
            found.bits(),
            expected.bits(),
            "{what} of {}: element {i} is {found}, not {expected}",
            T::DTYPE
        );
        n += 1;
    }
    assert_eq!(n, expected.len(), "{what}: as many elements");
}

pub(crate) fn check(dtype: DType, operands: &Operands, seed: u64) {
    of_dtype!(dtype, [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64], check_type(operands, seed));
    of_dtype!(dtype, [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64], check_casts(operands, seed));
}

fn check_type<T: Naive>(operands: &Operands, seed: u64) {
    let one = Case::<T>::of_first(operands, 1, seed);
    for row in Unary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let found = elementwise::unary(row.op, one.given(0)).unwrap();
        if one.cells[0].first().is_none_or(|&x| T::unary(row.op, x).is_some()) {
            same(row.name, &one.shape, &found, &one.expected(|a, _, _| T::unary(row.op, a).unwrap()));
        } else {
            check_function(row.op, &one, &found);
        }
    }
    let two = Case::<T>::of_first(operands, 2, seed);
    for row in Binary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let found = elementwise::binary(row.op, two.given(0), two.given(1));
        let may_fail = elementwise::may_fail::<T>(row.op);
        let fails = |&x: &T| {
            may_fail
                && if row.op == Binary::Power { T::predicate(Predicate::SignBit, x) } else { x == T::ZERO }
        };
        if !two.cells[0].is_empty() && two.cells[1].iter().any(fails) {
            let why = match row.op {
                Binary::Power => "negative powers of integers are fractions: convert to floats first",
                _ => "division of an integer by zero",
            };
            assert_eq!(found.unwrap_err().to_string(), format!("{}: {why}", row.name));
        } else if let Accuracy::Ulp(..) = row.accuracy_for(T::DTYPE) {
            let found = found.unwrap();
            assert_eq!(found.shape(), two.shape);
            let is_right = two.expected(|a, b, _| move |y| (T::is_function_of_two(row.op, a, b, y), a, b));
            for (is_right, &y) in is_right.iter().zip(found.iter()) {
                let (is_right, a, b) = is_right(y);
                assert!(is_right, "{} of {a} and {b} is not {y}", row.name);
            }
        } else if !may_fail || !two.cells[0].is_empty() {
            same(row.name, &two.shape, &found.unwrap(), &two.expected(|a, b, _| T::binary(row.op, a, b)));
        }
    }
    for row in Compare::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let found = elementwise::compare(row.op, two.given(0), two.given(1)).unwrap();
        same(row.name, &two.shape, &found, &two.expected(|a, b, _| T::compare(row.op, a, b)));
    }
    for row in Predicate::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let found = elementwise::predicate(row.op, one.given(0)).unwrap();
        same(row.name, &one.shape, &found, &one.expected(|a, _, _| T::predicate(row.op, a)));
    }
    let three = Case::<T>::new(operands, &operands.shape, seed);
    for row in Ternary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let found = elementwise::ternary(row.op, three.given(0), three.given(1), three.given(2)).unwrap();
        same(row.name, &three.shape, &found, &three.expected(|a, b, c| T::ternary(row.op, a, b, c)));
    }
    let condition = Array::new(&operands.operands[0], seed, bool::any);
    let found =
        elementwise::select(Given::Shared(&condition.storage), three.given(1), three.given(2)).unwrap();
    let conditions = condition.broadcast(&three.shape);
    let choices = three.expected(|_, b, c| (b, c));
    let expected: Vec<T> =
        conditions.iter().zip(choices).map(|(&yes, (b, c))| if yes { b } else { c }).collect();
    same("where", &three.shape, &found, &expected);
    let copied = elementwise::copy(&one.arrays[0].storage.view()).unwrap();
    same("copy", &one.shape, &copied, &one.cells[0]);
}

/// A function with an error bound: within it, and the same bits as for the element alone.
fn check_function<T: Naive>(op: Unary, case: &Case<T>, found: &Storage<T>) {
    assert_eq!(found.shape(), case.shape);
    for (i, (&x, &y)) in case.cells[0].iter().zip(found.iter()).enumerate() {
        assert!(T::is_function(op, x, y), "{} of {x} is not {y}", op.name());
        // Of many elements some.
        if case.cells[0].len() < 3000 || i % 997 == 0 {
            let alone = elementwise::unary(op, Given::View(View::from_scalar(&x))).unwrap();
            same_cells(op.name(), alone.iter().copied(), &[y]);
        }
    }
}

fn check_casts<T: Naive + Real>(operands: &Operands, seed: u64) {
    let case = Case::<T>::of_first(operands, 1, seed);
    macro_rules! to {
        ($($to:ident)*) => {$(
            let found = elementwise::cast::<T, $to>(case.given(0)).unwrap();
            // Integers to 64 bits by way of `i128`, as `f64` does not hold all of them.
            let cast = |x: T| match x.to_i128() {
                Some(whole) if T::DTYPE != DType::F32 && T::DTYPE != DType::F64 => whole as $to,
                _ => Real::to_f64(x) as $to,
            };
            same("astype", &case.shape, &found, &case.expected(|x, _, _| cast(x)));
        )*};
    }
    to! { f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 }
    let found = elementwise::cast::<T, bool>(case.given(0)).unwrap();
    same("astype", &case.shape, &found, &case.expected(|x, _, _| x != T::ZERO));
}

pub(crate) fn check_outputs(dtype: DType, operands: &Operands, seed: u64) {
    of_dtype!(
        dtype,
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64],
        check_outputs_of(operands, seed)
    );
}

/// Every form that writes, on memory of random elements: those of the output are the result, the others as before.
fn check_outputs_of<T: Naive>(operands: &Operands, seed: u64) {
    let case = Case::<T>::new(operands, &operands.shape, seed);
    let [a, b, c] = [0, 1, 2].map(|i| case.arrays[i].storage.view());
    let out = &operands.out;
    let places = out.places();
    let memory: Vec<T> = words(!seed).map(T::any).take(out.memory_len()).collect();
    let old: Vec<T> = places.iter().map(|&at| memory[at]).collect();
    let check = |what: &str, expected: &[T], run: &dyn Fn(ViewMut<'_, T>)| {
        let mut found = memory.clone();
        run(out.view_mut(&mut found));
        let mut whole = memory.clone();
        places.iter().zip(expected).for_each(|(&at, &x)| whole[at] = x);
        same_cells(what, found.into_iter(), &whole);
    };
    let zipped =
        |x: &[T], y: &[T], op| x.iter().zip(y).map(|(&x, &y)| T::binary(op, x, y)).collect::<Vec<_>>();
    let [x, y, z] = &case.cells;
    for row in Binary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        if elementwise::may_fail::<T>(row.op) {
            continue;
        }
        let op = row.op;
        if let Accuracy::Ulp(..) = row.accuracy_for(T::DTYPE) {
            // Each pair of elements alone.
            let zipped = |x: &[T], y: &[T]| {
                let one = |(x, y)| {
                    let [x, y] = [x, y].map(|x| Given::View(View::from_scalar(x)));
                    *elementwise::binary(op, x, y).unwrap().iter().next().unwrap()
                };
                x.iter().zip(y).map(one).collect::<Vec<T>>()
            };
            check(row.name, &zipped(x, y), &|out| {
                elementwise::binary_to(op, Some(&a), Some(&b), out).unwrap()
            });
            check(row.name, &zipped(&old, y), &|out| {
                elementwise::binary_to(op, None, Some(&b), out).unwrap()
            });
            check(row.name, &zipped(x, &old), &|out| {
                elementwise::binary_to(op, Some(&a), None, out).unwrap()
            });
            continue;
        }
        check(row.name, &zipped(x, y, op), &|out| {
            elementwise::binary_to(op, Some(&a), Some(&b), out).unwrap()
        });
        check(row.name, &zipped(&old, y, op), &|out| {
            elementwise::binary_to(op, None, Some(&b), out).unwrap()
        });
        check(row.name, &zipped(x, &old, op), &|out| {
            elementwise::binary_to(op, Some(&a), None, out).unwrap()
        });
        check(row.name, &zipped(&old, &old, op), &|out| elementwise::binary_to(op, None, None, out).unwrap());
    }
    for row in Unary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let of = |x: &[T]| x.iter().map(|&x| T::unary(row.op, x)).collect::<Option<Vec<T>>>();
        if let Some(expected) = of(x) {
            check(row.name, &expected, &|out| elementwise::unary_to(row.op, Some(&a), out).unwrap());
        }
        if let Some(expected) = of(&old) {
            check(row.name, &expected, &|out| elementwise::unary_to(row.op, None, out).unwrap());
        }
    }
    for row in Ternary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let run = |x: &[T], z: &[T]| -> Vec<T> {
            x.iter().zip(y).zip(z).map(|((&x, &y), &z)| T::ternary(row.op, x, y, z)).collect()
        };
        let (op, b) = (row.op, Some(&b));
        check(row.name, &run(x, z), &|o| elementwise::ternary_to(op, Some(&a), b, Some(&c), o).unwrap());
        check(row.name, &run(&old, z), &|o| elementwise::ternary_to(op, None, b, Some(&c), o).unwrap());
        check(row.name, &run(x, &old), &|o| elementwise::ternary_to(op, Some(&a), b, None, o).unwrap());
    }
    let condition = Array::new(&operands.operands[2], seed, bool::any);
    let conditions = condition.broadcast(&case.shape);
    let chosen = |yes: &[T]| -> Vec<T> {
        conditions.iter().zip(yes.iter().zip(y)).map(|(&c, (&yes, &no))| if c { yes } else { no }).collect()
    };
    let view = condition.storage.view();
    check("where", &chosen(x), &|out| elementwise::select_to(&view, Some(&a), Some(&b), out).unwrap());
    check("where", &chosen(&old), &|out| elementwise::select_to(&view, None, Some(&b), out).unwrap());
    check("copy", x, &|out| elementwise::copy_to(&a, out).unwrap());
    let value = T::any(seed);
    check("fill", &vec![value; places.len()], &|out| elementwise::fill(out, value).unwrap());
}
