//! Reductions to truth: any, all, and how many.

use super::drive::{Merge, Reduction, reduce, reduce_all};
use crate::backend;
use crate::place::Place;
use isonum_core::backend::{Extremum, Fold, ROW_BLOCK};
use isonum_core::operand::{Filled, Input, Operand, Out, Rows};
use isonum_core::registry::{Binary, Compare};
use isonum_core::{Backend, DType, Element, Kernels, Result, View};
use std::mem::MaybeUninit;

/// The bytes of the truth values of a piece of a block of rows.
const TRUTH_BYTES: usize = 8 << 10;

/// The number of columns below which rows are not worth a call each.
const FEW: usize = 64;

/// Calls `f` with truth values of pieces of rows: where in the row, which, and whether they differ from zero.
fn truths<T: Element>(kernels: &dyn Kernels<T>, x: Rows<'_, T>, mut f: impl FnMut(usize, Rows<'_, bool>)) {
    if T::DTYPE == DType::Bool {
        // SAFETY: the elements are bools.
        return f(0, unsafe { Rows::from_raw(x.pointer(0).cast(), x.rows(), x.len(), x.stride()) });
    }
    let mut truth = [MaybeUninit::<bool>::uninit(); TRUTH_BYTES];
    let truth = truth.as_mut_ptr().cast::<bool>();
    debug_assert!(x.rows() <= ROW_BLOCK);
    let width = TRUTH_BYTES / x.rows();
    let mut at = 0;
    while at < x.len() {
        let n = width.min(x.len() - at);
        // SAFETY: columns `at..at + n`; there is room for the truth values, which the kernel writes.
        let piece = unsafe {
            let x = Rows::from_raw(x.pointer(0).add(at), x.rows(), n, x.stride());
            let out = Out::from_raw(truth, x.rows(), n, n as isize);
            let _ = kernels.compare(Compare::NotEqual, Operand::Slice(x), Operand::Scalar(T::ZERO), out);
            Rows::from_raw(truth.cast_const(), x.rows(), n, n as isize)
        };
        f(at, piece);
        at += n;
    }
}

/// Columns `at..at + len` of the one row of an output.
fn piece<'o, A: Copy>(out: &mut Out<'o, A>, at: usize, len: usize) -> Out<'o, A> {
    assert!(at + len <= out.len());
    // SAFETY: the columns are inside of the output, and pieces are used one after the other.
    unsafe { Out::from_raw(out.pointer(0).add(at), 1, len, 0) }
}

struct Count<'a, T> {
    kernels: &'a dyn Kernels<T>,
    bools: &'a dyn Kernels<bool>,
    u8: &'a dyn Kernels<u8>,
    merge: Merge<'a, i64>,
}

impl<'a, T: Element> Count<'a, T> {
    fn new(backend: &'a dyn Backend) -> Self {
        let merge = Merge { kernels: backend.i64(), op: Binary::Add };
        Count { kernels: T::kernels(backend), bools: backend.bool(), u8: backend.u8(), merge }
    }
}

impl<T: Element> Reduction<T> for Count<'_, T> {
    type Partial = i64;
    fn empty(&self) -> i64 {
        0
    }
    #[inline(always)]
    fn lane(&self, _: usize, x: Input<'_, T>) -> i64 {
        match x {
            Input::Slice(x) => self.kernels.count_nonzero(x) as i64,
            Input::Blocks(blocks) => {
                let mut count = 0;
                while let Some(x) = blocks.next_block() {
                    count += self.kernels.count_nonzero(x);
                }
                count as i64
            }
        }
    }
    fn rows<'o>(&self, _: usize, x: Rows<'_, T>, mut out: Out<'o, i64>) -> Filled<'o> {
        // A block has so few rows that counts fit a byte.
        const { assert!(ROW_BLOCK <= u8::MAX as usize) };
        let mut counts = [MaybeUninit::<u8>::uninit(); TRUTH_BYTES];
        truths(self.kernels, x, |at, truth| {
            if truth.len() < FEW {
                let _ = self.bools.fold_rows(Fold::Sum, truth, piece(&mut out, at, truth.len()));
                return;
            }
            let counts = &mut counts[..truth.len()];
            // SAFETY: truth values are bytes, 0 and 1.
            let row = |r: usize| unsafe { Rows::from_raw(truth.pointer(r).cast::<u8>(), 1, truth.len(), 0) };
            let mut sums = row(0);
            for r in 1..truth.rows() {
                let before = if r == 1 { Operand::Slice(sums) } else { Operand::Out };
                Out::with_uninit(counts, |out| {
                    let _ = self.u8.binary(Binary::Add, before, Operand::Slice(row(r)), out);
                });
            }
            if truth.rows() > 1 {
                // SAFETY: just written.
                sums = unsafe { Rows::from_raw(counts.as_ptr().cast::<u8>(), 1, truth.len(), 0) };
            }
            let _ = self.u8.cast(sums, i64::any_out(piece(&mut out, at, truth.len())));
        });
        // SAFETY: the pieces are all of it.
        unsafe { out.assume_filled() }
    }
    fn merge(&self, into: &mut [i64], after: &[i64]) {
        self.merge.merge(into, after)
    }
}

/// `any` is the largest truth value, `all` the smallest.
struct Truth<'a, T> {
    op: Extremum,
    kernels: &'a dyn Kernels<T>,
    bools: &'a dyn Kernels<bool>,
}

impl<'a, T: Element> Truth<'a, T> {
    fn new(op: Extremum, backend: &'a dyn Backend) -> Self {
        Truth { op, kernels: T::kernels(backend), bools: backend.bool() }
    }
    #[inline(always)]
    fn of(&self, x: &[T]) -> bool {
        match self.op {
            Extremum::Max => self.kernels.any(x),
            Extremum::Min => self.kernels.all(x),
        }
    }
}

impl<T: Element> Reduction<T> for Truth<'_, T> {
    type Partial = bool;
    #[inline(always)]
    fn empty(&self) -> bool {
        self.op == Extremum::Min
    }
    #[inline(always)]
    fn lane(&self, _: usize, x: Input<'_, T>) -> bool {
        match x {
            Input::Slice(x) => self.of(x),
            Input::Blocks(blocks) => {
                while let Some(x) = blocks.next_block() {
                    let truth = self.of(x);
                    if self.is_final(&truth) {
                        return truth;
                    }
                }
                self.empty()
            }
        }
    }
    fn rows<'o>(&self, _: usize, x: Rows<'_, T>, mut out: Out<'o, bool>) -> Filled<'o> {
        truths(self.kernels, x, |at, truth| {
            let _ = self.bools.extremum_rows(self.op, truth, piece(&mut out, at, truth.len()));
        });
        // SAFETY: the pieces are all of it.
        unsafe { out.assume_filled() }
    }
    fn merge(&self, into: &mut [bool], after: &[bool]) {
        let op = match self.op {
            Extremum::Max => Binary::BitOr,
            Extremum::Min => Binary::BitAnd,
        };
        Merge { kernels: self.bools, op }.merge(into, after)
    }
    #[inline(always)]
    fn is_final(&self, truth: &bool) -> bool {
        *truth != self.empty()
    }
}

/// Whether any element along `axes` is not zero; false for none. NaN is not zero.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn any<T: Element, P: Place<bool>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    backend::try_current(|b| {
        reduce("any", x, axes, keep_dims, place, T::kernels(b), &Truth::new(Extremum::Max, b))
    })?
}

/// Whether all elements along `axes` are not zero; true for none. NaN is not zero.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn all<T: Element, P: Place<bool>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    backend::try_current(|b| {
        reduce("all", x, axes, keep_dims, place, T::kernels(b), &Truth::new(Extremum::Min, b))
    })?
}

/// Whether any of all elements is not zero.
///
/// # Errors
/// If there is no backend.
pub fn any_of<T: Element>(x: &View<'_, T>) -> Result<bool> {
    backend::try_current(|b| reduce_all(x, T::kernels(b), &Truth::new(Extremum::Max, b)))
}

/// Whether all of all elements are not zero.
///
/// # Errors
/// If there is no backend.
pub fn all_of<T: Element>(x: &View<'_, T>) -> Result<bool> {
    backend::try_current(|b| reduce_all(x, T::kernels(b), &Truth::new(Extremum::Min, b)))
}

/// The number of elements along `axes` that are not zero. NaN is not zero.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn count_nonzero<T: Element, P: Place<i64>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    backend::try_current(|b| {
        reduce("count_nonzero", x, axes, keep_dims, place, T::kernels(b), &Count::new(b))
    })?
}

/// The number of all elements that are not zero.
///
/// # Errors
/// If there is no backend.
pub fn count_nonzero_all<T: Element>(x: &View<'_, T>) -> Result<usize> {
    backend::try_current(|b| reduce_all(x, T::kernels(b), &Count::new(b)) as usize)
}
