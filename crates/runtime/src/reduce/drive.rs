//! What all reductions share: what one has to say, and the two ways to run it.

use super::parts::Parts;
use super::{columns, lanes};
use crate::place::Place;
use isonum_core::operand::{Filled, Input, Operand, Out, Rows};
use isonum_core::registry::Binary;
use isonum_core::{Element, Kernels, Layout, Result, View};

/// A reduction of elements of `T` by partial results.
///
/// Outputs have numbers: their place in the memory of the result.
pub(super) trait Reduction<T: Element>: Sync {
    /// A partial result.
    type Partial: Element;
    /// The result of no elements.
    fn empty(&self) -> Self::Partial;
    /// A chunk of the elements of output `output`. Not empty.
    fn lane(&self, output: usize, x: Input<'_, T>) -> Self::Partial;
    /// A block of rows of outputs `output..`, one for each column. Not empty.
    fn rows<'o>(&self, output: usize, x: Rows<'_, T>, out: Out<'o, Self::Partial>) -> Filled<'o>;
    /// Takes in the results of what comes later: `into = into ∘ after`.
    fn merge(&self, into: &mut [Self::Partial], after: &[Self::Partial]);
    /// Whether nothing that comes later changes this result.
    #[inline(always)]
    fn is_final(&self, _: &Self::Partial) -> bool {
        false
    }
}

/// The time of one element in nanoseconds, for the cost model: memory at 20 GB/s.
pub(crate) const fn ns_each<T>() -> f64 {
    size_of::<T>() as f64 / 20.0
}

/// Merges by an elementwise operation.
#[derive(Clone, Copy)]
pub(super) struct Merge<'a, A> {
    pub(super) kernels: &'a dyn Kernels<A>,
    pub(super) op: Binary,
}

impl<A: Element> Merge<'_, A> {
    #[inline]
    pub(super) fn merge(&self, into: &mut [A], after: &[A]) {
        Out::with_init(into, |out| {
            let _ = self.kernels.binary(self.op, Operand::Out, Operand::Slice(Rows::one(after)), out);
        });
    }
}

/// A pointer that tasks write different elements through.
pub(crate) struct Target<T>(*mut T);

// SAFETY: those who make one let no two tasks write the same element.
unsafe impl<T: Send> Send for Target<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for Target<T> {}

impl<T> Clone for Target<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Target<T> {}

impl<T> Target<T> {
    pub(crate) fn new(data: *mut T) -> Self {
        Target(data)
    }
    /// The element at `at`, without a check.
    #[inline(always)]
    pub(crate) fn at(self, at: usize) -> *mut T {
        self.0.wrapping_add(at)
    }
}

/// Reduces `axes` of an array, for `operation`.
pub(super) fn reduce<T: Element, R: Reduction<T>, P: Place<R::Partial>>(
    operation: &'static str,
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
    kernels: &dyn Kernels<T>,
    reduction: &R,
) -> Result<P::Filled> {
    let parts = Parts::new(x.layout(), axes, keep_dims)?;
    // SAFETY: there is room for every output, and every one is written.
    unsafe {
        place.fill(operation, &parts.out, |out| {
            reduce_to(x, &parts, kernels, reduction, out);
            Ok(())
        })
    }
}

/// Writes the results of a view that has been taken apart, each to its place.
///
/// # Safety
/// `parts` are those of `x`. There is room for every output at `out`, which nobody else touches.
pub(super) unsafe fn reduce_to<T: Element, R: Reduction<T>>(
    x: &View<'_, T>,
    parts: &Parts,
    kernels: &dyn Kernels<T>,
    reduction: &R,
    out: *mut R::Partial,
) {
    if parts.reduced.is_empty() {
        // SAFETY: the caller's.
        (0..parts.kept.len()).for_each(|i| unsafe { out.add(i).write(reduction.empty()) });
    } else if parts.kept.is_empty() {
    } else if parts.columns || columns::is_narrow(parts) {
        // SAFETY: the caller's.
        unsafe { columns::run(x, parts, kernels, reduction, Target::new(out)) }
    } else {
        // SAFETY: the caller's.
        unsafe { lanes::run(x, &parts.kept, &parts.reduced, kernels, reduction, Target::new(out)) }
    }
}

/// Reduces all axes. Allocates nothing up to rank five.
#[inline]
pub(super) fn reduce_all<T: Element, R: Reduction<T>>(
    x: &View<'_, T>,
    kernels: &dyn Kernels<T>,
    reduction: &R,
) -> R::Partial {
    if x.is_empty() {
        return reduction.empty();
    }
    // Sorted by stride, the elements of a dense view come in the order of memory.
    if x.len() <= isonum_core::backend::CHUNK
        && let Some(slice) = x.as_dense_slice()
    {
        return reduction.lane(0, Input::Slice(slice));
    }
    whole(x, kernels, reduction)
}

#[inline(never)]
fn whole<T: Element, R: Reduction<T>>(
    x: &View<'_, T>,
    kernels: &dyn Kernels<T>,
    reduction: &R,
) -> R::Partial {
    let sorted = x.in_memory_order();
    let reduced = sorted.layout().coalesced();
    let kept = Layout::new(isonum_core::Dims::new(), isonum_core::Dims::new());
    let mut result = reduction.empty();
    // SAFETY: one output.
    unsafe { lanes::run(&sorted, &kept, &reduced, kernels, reduction, Target::new(&mut result)) };
    result
}
