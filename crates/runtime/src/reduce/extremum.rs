//! The largest and the smallest element.

use super::drive::{Merge, Reduction, reduce, reduce_all};
use crate::backend;
use crate::place::Place;
use isonum_core::backend::Extremum;
use isonum_core::operand::{Filled, Input, Out, Rows};
use isonum_core::registry::Binary;
use isonum_core::{Backend, Error, Kernels, Ordered, Result, View};

/// What the operations are called.
const NAMES: [&str; 2] = ["max", "min"];

struct Extreme<'a, T> {
    op: Extremum,
    kernels: &'a dyn Kernels<T>,
}

impl<'a, T: Ordered> Extreme<'a, T> {
    fn new(op: Extremum, backend: &'a dyn Backend) -> Self {
        Extreme { op, kernels: T::kernels(backend) }
    }
}

impl<T: Ordered> Reduction<T> for Extreme<'_, T> {
    type Partial = T;
    /// Never a result: no elements have been refused.
    #[inline(always)]
    fn empty(&self) -> T {
        T::ZERO
    }
    #[inline(always)]
    fn lane(&self, _: usize, x: Input<'_, T>) -> T {
        self.kernels.extremum(self.op, x).expect("a lane has elements")
    }
    fn rows<'o>(&self, _: usize, x: Rows<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        self.kernels.extremum_rows(self.op, x, out)
    }
    fn merge(&self, into: &mut [T], after: &[T]) {
        let op = match self.op {
            Extremum::Max => Binary::Maximum,
            Extremum::Min => Binary::Minimum,
        };
        Merge { kernels: self.kernels, op }.merge(into, after)
    }
}

/// Refuses a reduction of no elements to at least one result. `operations` are the names of max and min.
pub(super) fn refuse_empty(
    op: Extremum,
    operations: [&'static str; 2],
    shape: &[usize],
    axes: &[usize],
) -> Result<()> {
    let reduced = axes.iter().copied().find(|&axis| shape[axis] == 0);
    let kept_is_empty = (0..shape.len()).any(|axis| shape[axis] == 0 && !axes.contains(&axis));
    match reduced {
        Some(axis) if !kept_is_empty => {
            let axis = (axes.len() < shape.len() || shape.len() == 1).then_some(axis);
            Err(Error::empty_reduction(operations[op as usize], axis, shape))
        }
        _ => Ok(()),
    }
}

/// The largest or smallest elements along `axes`; NaN where any is NaN.
///
/// # Errors
/// If there are results of no elements, there is no memory, or the place has another shape.
pub fn extremum<T: Ordered, P: Place<T>>(
    op: Extremum,
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    refuse_empty(op, NAMES, x.shape(), axes)?;
    let name = NAMES[op as usize];
    backend::try_current(|b| reduce(name, x, axes, keep_dims, place, T::kernels(b), &Extreme::new(op, b)))?
}

/// The largest or smallest of all elements; NaN if any is NaN. Allocates nothing up to rank five.
///
/// # Errors
/// If there are no elements.
#[inline]
pub fn extremum_all<T: Ordered>(op: Extremum, x: &View<'_, T>) -> Result<T> {
    if x.is_empty() {
        return Err(Error::empty_reduction(NAMES[op as usize], None, x.shape()));
    }
    backend::try_current(|b| reduce_all(x, T::kernels(b), &Extreme::new(op, b)))
}
