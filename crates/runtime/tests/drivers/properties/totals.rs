//! Sums and products, whole, along axes and running: those of integers and bools wrap and are exact, those of floats
//! within the error of their order of adding.

use crate::properties::arrays::{Array, Placement};
use crate::properties::bounds::{Exact, depth, gamma};
use crate::properties::given;
use crate::properties::naive::{Naive, rough};
use crate::properties::of_dtype;
use crate::properties::reductions::Groups;
use isonum_core::backend::Fold;
use isonum_core::{Complex32, Complex64, DType, Storage};
use isonum_runtime::place::New;
use isonum_runtime::{reduce, scan};

/// An element type whose sums and products can be told right from wrong.
pub(crate) trait Totals: Naive<Sum: Naive> {
    /// An element to add, or one to multiply.
    fn element(op: Fold, word: u64) -> Self;
    /// Whether `found` may be the total of the elements, any of which has gone through so many operations at most.
    fn is_total(op: Fold, elements: &[Self], found: Self::Sum, operations: usize) -> bool;
}

macro_rules! integers {
    ($($t:ident $sum:ident;)*) => {$(
        impl Totals for $t {
            fn element(op: Fold, word: u64) -> $t {
                // Products of even numbers are soon zero.
                let odd = op == Fold::Prod && word >> 32 & 15 > 0;
                $t::any(word) | odd as $t
            }
            fn is_total(op: Fold, elements: &[$t], found: $sum, _: usize) -> bool {
                // All digits that wrapping leaves are the last ones of `i128`, too.
                let wide = elements.iter().map(|&x| x as i128);
                let total = match op {
                    Fold::Sum => wide.fold(0, i128::wrapping_add),
                    Fold::Prod => wide.fold(1, i128::wrapping_mul),
                };
                found == total as $sum
            }
        }
    )*};
}
integers! { i8 i64; i16 i64; i32 i64; i64 i64; u8 u64; u16 u64; u32 u64; u64 u64; }

impl Totals for bool {
    fn element(op: Fold, word: u64) -> bool {
        op == Fold::Prod && word >> 32 & 15 > 0 || bool::any(word)
    }
    fn is_total(op: Fold, elements: &[bool], found: i64, _: usize) -> bool {
        found
            == match op {
                Fold::Sum => elements.iter().filter(|&&x| x).count() as i64,
                Fold::Prod => !elements.contains(&false) as i64,
            }
    }
}

macro_rules! floats {
    ($($t:ident $complex:ident;)*) => {$(
        impl Totals for $t {
            fn element(op: Fold, word: u64) -> $t {
                match op {
                    Fold::Sum => rough(word) as $t,
                    // So near one that a product of 200,000 is in range, were all of them the same, as along a repeated
                    // axis: e⁷³.
                    Fold::Prod => (rough(word).signum() * (1.0 + rough(word.rotate_left(17)) / 700_000.0)) as $t,
                }
            }
            fn is_total(op: Fold, elements: &[$t], found: $t, operations: usize) -> bool {
                let wide = elements.iter().map(|&x| x as f64);
                match op {
                    Fold::Sum => Exact::of(wide).is_sum(found, operations),
                    Fold::Prod => {
                        // The reference has its own roundings, one for each element.
                        let product: f64 = wide.product();
                        let roundings = gamma::<$t>(operations) + 2.0 * gamma::<f64>(elements.len() + 1);
                        (found as f64 - product).abs() <= roundings * product.abs()
                    }
                }
            }
        }
        impl Totals for $complex {
            fn element(op: Fold, word: u64) -> $complex {
                let unit = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][(word >> 60) as usize % 4];
                match op {
                    Fold::Sum => <$complex>::new(rough(word) as $t, rough(word.rotate_left(31)) as $t),
                    // Products of which are exact.
                    Fold::Prod => <$complex>::new(unit.0, unit.1),
                }
            }
            fn is_total(op: Fold, elements: &[$complex], found: $complex, operations: usize) -> bool {
                match op {
                    Fold::Sum => {
                        let re = Exact::of(elements.iter().map(|x| x.re as f64));
                        let im = Exact::of(elements.iter().map(|x| x.im as f64));
                        re.is_sum(found.re, operations) && im.is_sum(found.im, operations)
                    }
                    Fold::Prod => found == elements.iter().fold(<$complex>::ONE, |a, &b| a * b),
                }
            }
        }
    )*};
}
floats! { f32 Complex32; f64 Complex64; }

/// The same bits.
#[track_caller]
fn same<T: Naive>(what: &str, a: &Storage<T>, b: &Storage<T>) {
    assert_eq!(a.shape(), b.shape(), "{what}");
    for (a, b) in a.iter().zip(b.iter()) {
        assert!(a.bits() == b.bits(), "{what} of {}: {a} of the view, {b} of its copy", T::DTYPE);
    }
}

pub(crate) fn check(dtype: DType, place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    of_dtype!(
        dtype,
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64],
        check_type(place, axes, keep_dims, seed)
    );
}

fn check_type<T: Totals>(place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    for op in [Fold::Sum, Fold::Prod] {
        let array = Array::new(place, seed, |word| T::element(op, word));
        let (x, copy) = (array.storage.view(), array.storage.view().to_storage().unwrap());
        // Products have no promise of pairs.
        let operations = |n: usize| if op == Fold::Sum { depth(n) } else { n };
        let found = reduce::fold(op, &x, axes, keep_dims, New).unwrap();
        let is_right = |group: &[T], found| T::is_total(op, group, found, operations(group.len()));
        Groups::new(&array, axes, keep_dims).check(&format!("{op:?}"), &found, is_right);
        given::check("fold", &found, seed, |out| reduce::fold(op, &x, axes, keep_dims, out));
        same("fold", &found, &reduce::fold(op, &copy.view(), axes, keep_dims, New).unwrap());
        let all = reduce::fold_all(op, &x).unwrap();
        assert!(is_right(&array.cells, all), "{op:?} of {} {}: {all}", array.cells.len(), T::DTYPE);
        assert_eq!(all.bits(), reduce::fold_all(op, &copy.view()).unwrap().bits());
    }
}

pub(crate) fn check_scans(dtype: DType, place: &Placement, seed: u64) {
    of_dtype!(
        dtype,
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64],
        check_scans_of(place, seed)
    );
}

fn check_scans_of<T: Totals>(place: &Placement, seed: u64) {
    for op in [Fold::Sum, Fold::Prod] {
        let array = Array::new(place, seed, |word| T::element(op, word));
        let (x, copy) = (array.storage.view(), array.storage.view().to_storage().unwrap());
        for axis in 0..array.shape.len() {
            let found = scan::scan(op, &x, axis, New).unwrap();
            given::check("scan", &found, seed, |out| scan::scan(op, &x, axis, out));
            same("scan", &found, &scan::scan(op, &copy.view(), axis, New).unwrap());
            let lanes = Groups::new(&array, &[axis], false);
            assert_eq!(found.shape(), array.shape);
            // The lanes of the result, by the same model.
            let cells = found.iter().copied().collect();
            let found = Array { shape: array.shape.clone(), cells, storage: found };
            let found = Groups::new(&found, &[axis], false);
            for (lane, found) in lanes.groups.iter().zip(&found.groups) {
                running(op, lane, found);
            }
        }
        let found = scan::scan_all(op, &x, New).unwrap();
        assert_eq!(found.shape(), [array.cells.len()]);
        given::check("scan_all", &found, seed, |out| scan::scan_all(op, &x, out));
        same("scan_all", &found, &scan::scan_all(op, &x.to_contiguous().unwrap().view(), New).unwrap());
        running(op, &array.cells, found.as_slice().unwrap());
    }
}

/// Each total is that of the elements up to it.
fn running<T: Totals>(op: Fold, lane: &[T], found: &[T::Sum]) {
    assert_eq!(lane.len(), found.len());
    for (i, &found) in found.iter().enumerate() {
        // Of long ones some.
        if i < 300 || i % 9973 == 0 || i + 1 == lane.len() {
            let before = &lane[..=i];
            let is_right = T::is_total(op, before, found, if op == Fold::Sum { i } else { i + 1 });
            assert!(is_right, "running {op:?} of {}: {found} at {i}", T::DTYPE);
        }
    }
}
