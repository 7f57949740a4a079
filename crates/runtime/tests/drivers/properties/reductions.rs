//! Reductions whose results are elements, places, counts or truth: all of them exact.

use crate::properties::arrays::{Array, Placement, steps, sums};
use crate::properties::given;
use crate::properties::naive::Naive;
use crate::properties::of_dtype;
use isonum_core::backend::Extremum;
use isonum_core::{Complex32, Complex64, DType, Element, Ordered, Storage};
use isonum_runtime::place::New;
use isonum_runtime::reduce;

/// The axes of an array that are in the set.
pub(crate) fn axes(place: &Placement, set: usize) -> Vec<usize> {
    (0..place.shape().len()).filter(|axis| set >> axis & 1 == 1).collect()
}

/// A reduction of one array: the shape of the results, and the elements that each is made of, in C order.
pub(crate) struct Groups<T> {
    pub(crate) shape: Vec<usize>,
    pub(crate) groups: Vec<Vec<T>>,
}

impl<T: Element> Groups<T> {
    pub(crate) fn new(array: &Array<T>, axes: &[usize], keep_dims: bool) -> Groups<T> {
        let steps = steps(&array.shape);
        let (mut kept, mut reduced, mut shape) = (vec![], vec![], vec![]);
        for (axis, list) in steps.into_iter().enumerate() {
            let is_reduced = axes.contains(&axis);
            if !is_reduced || keep_dims {
                shape.push(if is_reduced { 1 } else { list.len() });
            }
            if is_reduced { &mut reduced } else { &mut kept }.push(list);
        }
        let within = sums(&reduced);
        let groups =
            sums(&kept).iter().map(|at| within.iter().map(|i| array.cells[at + i]).collect()).collect();
        Groups { shape, groups }
    }

    /// Whether there is a result of no elements.
    fn has_empty(&self) -> bool {
        self.groups.iter().any(Vec::is_empty)
    }

    /// Compares each result with the elements it comes from.
    #[track_caller]
    pub(crate) fn check<A: Element>(
        &self,
        what: &str,
        found: &Storage<A>,
        is_right: impl Fn(&[T], A) -> bool,
    ) {
        assert_eq!(found.shape(), self.shape, "{what}");
        assert!(found.layout().is_dense(), "{what}");
        assert_eq!(found.len(), self.groups.len(), "{what}");
        for (i, (&found, group)) in found.iter().zip(&self.groups).enumerate() {
            let some = &group[..group.len().min(10)];
            assert!(
                is_right(group, found),
                "{what} {i} of {}, {} like {some:?}: {found}",
                T::DTYPE,
                group.len()
            );
        }
    }
}

pub(crate) fn check(dtype: DType, place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    of_dtype!(
        dtype,
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64],
        truth(place, axes, keep_dims, seed)
    );
    of_dtype!(
        dtype,
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool],
        extremes(place, axes, keep_dims, seed)
    );
}

fn truth<T: Naive>(place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    // Zeros alone, ones alone, few of one among the other, all values.
    let element = move |word: u64| match (seed % 5, word.is_multiple_of(50)) {
        (0, _) | (2, false) | (3, true) => T::ZERO,
        (1, _) | (2, true) | (3, false) => T::ONE,
        _ => T::any(word),
    };
    let array = Array::new(place, seed, element);
    let x = array.storage.view();
    let groups = Groups::new(&array, axes, keep_dims);
    let is_true = |x: &T| *x != T::ZERO;
    groups
        .check("any", &reduce::any(&x, axes, keep_dims, New).unwrap(), |g, any| any == g.iter().any(is_true));
    groups
        .check("all", &reduce::all(&x, axes, keep_dims, New).unwrap(), |g, all| all == g.iter().all(is_true));
    given::check("any", &reduce::any(&x, axes, keep_dims, New).unwrap(), seed, |out| {
        reduce::any(&x, axes, keep_dims, out)
    });
    let count = reduce::count_nonzero(&x, axes, keep_dims, New).unwrap();
    given::check("count_nonzero", &count, seed, |out| reduce::count_nonzero(&x, axes, keep_dims, out));
    groups.check("count_nonzero", &count, |g, n| n == g.iter().filter(|x| is_true(x)).count() as i64);
    assert_eq!(reduce::any_of(&x).unwrap(), array.cells.iter().any(is_true));
    assert_eq!(reduce::all_of(&x).unwrap(), array.cells.iter().all(is_true));
    let count = array.cells.iter().filter(|x| is_true(x)).count();
    assert_eq!(reduce::count_nonzero_all(&x).unwrap(), count);
}

/// The place of the first NaN, else that of the first of the largest or smallest.
fn place_of<T: Ordered>(op: Extremum, group: &[T]) -> usize {
    let mut best = 0;
    for (i, &x) in group.iter().enumerate() {
        if group[best].is_nan() {
            break;
        }
        let beats = match op {
            Extremum::Max => x > group[best],
            Extremum::Min => x < group[best],
        };
        if x.is_nan() || beats {
            best = i;
        }
    }
    best
}

fn extremes<T: Naive + Ordered>(place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    // With and without NaN.
    let array = Array::new(place, seed, |word| match T::any(word) {
        x if x.is_nan() && !seed.is_multiple_of(3) => T::ONE,
        x => x,
    });
    let x = array.storage.view();
    let groups = Groups::new(&array, axes, keep_dims);
    let same = |a: T, b: T| a == b || (a.is_nan() && b.is_nan());
    for op in [Extremum::Max, Extremum::Min] {
        let found = reduce::extremum(op, &x, axes, keep_dims, New);
        assert_eq!(found.is_err(), groups.has_empty(), "{op:?} {axes:?}");
        if let Ok(found) = found {
            given::check("extremum", &found, seed, |out| reduce::extremum(op, &x, axes, keep_dims, out));
            groups.check("extremum", &found, |g, found| same(found, g[place_of(op, g)]));
        }
        if let [axis] = *axes {
            let found = reduce::arg_extremum(op, &x, axis, keep_dims, New);
            assert_eq!(found.is_err(), groups.has_empty(), "arg {op:?} {axes:?}");
            if let Ok(found) = found {
                given::check("arg", &found, seed, |out| reduce::arg_extremum(op, &x, axis, keep_dims, out));
                groups.check("arg", &found, |g, found| found == place_of(op, g) as i64);
            }
        }
        let (all, arg) = (reduce::extremum_all(op, &x), reduce::arg_extremum_all(op, &x));
        assert_eq!((all.is_err(), arg.is_err()), (array.cells.is_empty(), array.cells.is_empty()));
        if let (Ok(all), Ok(arg)) = (all, arg) {
            let expected = place_of(op, &array.cells);
            assert!(arg == expected && same(all, array.cells[expected]), "{op:?} is {all} at {arg}");
        }
    }
}
