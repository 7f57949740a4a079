//! Sums, products and dot products.

use super::drive::{Merge, Reduction, Target, ns_each, reduce, reduce_all};
use super::lanes::Pairwise;
use super::pack::Sequence;
use crate::place::Place;
use crate::{backend, threads};
use isonum_core::backend::{CHUNK, Fold};
use isonum_core::operand::{Filled, Input, Out, Rows};
use isonum_core::registry::Binary;
use isonum_core::{Backend, Element, Error, Kernels, Result, View};
use std::ops::Range;

/// A sum or product in the element's type of sums.
pub(super) struct Folding<'a, T: Element> {
    op: Fold,
    kernels: &'a dyn Kernels<T>,
    merge: Merge<'a, T::Sum>,
}

impl<'a, T: Element> Folding<'a, T> {
    pub(super) fn new(op: Fold, backend: &'a dyn Backend) -> Self {
        let merge = Merge { kernels: T::Sum::kernels(backend), op: binary(op) };
        Folding { op, kernels: T::kernels(backend), merge }
    }
}

/// The operation of two partial results.
pub(crate) fn binary(op: Fold) -> Binary {
    match op {
        Fold::Sum => Binary::Add,
        Fold::Prod => Binary::Multiply,
    }
}

impl<T: Element> Reduction<T> for Folding<'_, T> {
    type Partial = T::Sum;
    #[inline(always)]
    fn empty(&self) -> T::Sum {
        match self.op {
            Fold::Sum => T::Sum::ZERO,
            Fold::Prod => T::Sum::ONE,
        }
    }
    #[inline(always)]
    fn lane(&self, _: usize, x: Input<'_, T>) -> T::Sum {
        self.kernels.fold(self.op, x)
    }
    fn rows<'o>(&self, _: usize, x: Rows<'_, T>, out: Out<'o, T::Sum>) -> Filled<'o> {
        self.kernels.fold_rows(self.op, x, out)
    }
    fn merge(&self, into: &mut [T::Sum], after: &[T::Sum]) {
        self.merge.merge(into, after)
    }
}

/// The sums or products along `axes`: 0 or 1 for no elements.
///
/// Integers and bools widen to 64 bits and wrap. Float sums round at most about 37 + log2(n / 1024) times.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn fold<T: Element, P: Place<T::Sum>>(
    op: Fold,
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    let name = ["sum", "prod"][op as usize];
    backend::try_current(|b| reduce(name, x, axes, keep_dims, place, T::kernels(b), &Folding::new(op, b)))?
}

/// The sum or product of all elements; see [`fold()`]. Allocates nothing up to rank five.
///
/// # Errors
/// If there is no backend.
#[inline]
pub fn fold_all<T: Element>(op: Fold, x: &View<'_, T>) -> Result<T::Sum> {
    backend::try_current(|b| reduce_all(x, T::kernels(b), &Folding::new(op, b)))
}

/// The sum of products of two one-dimensional views of the same length.
///
/// Floats multiply and add in one rounding; integers and bools widen to 64 bits and wrap.
///
/// # Errors
/// If the views are not one-dimensional or differ in length.
pub fn dot<T: Element>(a: &View<'_, T>, b: &View<'_, T>) -> Result<T::Sum> {
    if a.ndim() != 1 || a.shape() != b.shape() {
        return Err(Error::shape_mismatch("dot", a.shape(), b.shape()));
    }
    if a.is_empty() {
        return Ok(T::Sum::ZERO);
    }
    backend::try_current(|backend| {
        let kernels = T::kernels(backend);
        match (a.as_slice(), b.as_slice()) {
            (Some(a), Some(b)) if a.len() <= CHUNK => kernels.dot(a, b),
            _ => dot_chunks(a, b, kernels, Folding::<T>::new(Fold::Sum, backend).merge),
        }
    })
}

/// The most groups of chunks that threads take.
const GROUPS: usize = 256;

fn dot_chunks<T: Element>(
    a: &View<'_, T>,
    b: &View<'_, T>,
    kernels: &dyn Kernels<T>,
    merge: Merge<'_, T::Sum>,
) -> T::Sum {
    let (a_layout, b_layout) = (a.layout().coalesced(), b.layout().coalesced());
    // SAFETY: the elements of the views.
    let sequences =
        || unsafe { (Sequence::new(a.as_ptr(), &a_layout), Sequence::new(b.as_ptr(), &b_layout)) };
    let n = a.len();
    let merge = |mut before: T::Sum, after: T::Sum| {
        merge.merge(std::slice::from_mut(&mut before), &[after]);
        before
    };
    let chunk = |i: usize| {
        let part = i * CHUNK..n.min((i + 1) * CHUNK);
        let (a, b) = sequences();
        match (a.slice(part.clone()), b.slice(part.clone())) {
            (Some(a), Some(b)) => kernels.dot(a, b),
            _ => dot_packed(a, b, part, kernels),
        }
    };
    let chunks = n.div_ceil(CHUNK);
    let group = chunks.div_ceil(GROUPS).next_power_of_two();
    let mut partials = [T::Sum::ZERO; GROUPS];
    let target = Target::new(partials.as_mut_ptr());
    let ns = (2 * group * CHUNK) as f64 * ns_each::<T>();
    threads::split(chunks.div_ceil(group), 1, ns, |range| {
        for g in range {
            let mut tree = Pairwise::new();
            (g * group..chunks.min((g + 1) * group)).for_each(|i| tree.push(chunk(i), merge));
            // SAFETY: every group has its place.
            unsafe { target.at(g).write(tree.finish(merge).expect("at least one chunk")) };
        }
    });
    let mut tree = Pairwise::new();
    partials[..chunks.div_ceil(group)].iter().for_each(|&partial| tree.push(partial, merge));
    tree.finish(merge).expect("at least one group")
}

/// A chunk of which at least one operand has gaps.
#[cold]
fn dot_packed<T: Element>(
    a: Sequence<'_, T>,
    b: Sequence<'_, T>,
    part: Range<usize>,
    kernels: &dyn Kernels<T>,
) -> T::Sum {
    let pack = |x: Sequence<'_, T>| {
        let mut packed = Vec::<T>::with_capacity(part.len());
        // SAFETY: there is room, and packing initialises it.
        unsafe {
            x.pack(kernels, part.start, part.len(), packed.as_mut_ptr());
            packed.set_len(part.len());
        }
        packed
    };
    let (x, y);
    let a = match a.slice(part.clone()) {
        Some(a) => a,
        None => {
            x = pack(a);
            &x
        }
    };
    let b = match b.slice(part.clone()) {
        Some(b) => b,
        None => {
            y = pack(b);
            &y
        }
    };
    kernels.dot(a, b)
}
