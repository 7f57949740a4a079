//! Reductions whose innermost axis is reduced: each output is one sequence of elements.
//!
//! A sequence is cut in chunks of [`CHUNK`] elements, which merge pairwise by chunk index. Threads take outputs,
//! or, where there are few, groups of 2ᵏ chunks, which are subtrees of the same tree.

use super::drive::{Reduction, Target, ns_each};
use super::pack::Sequence;
use crate::threads;
use isonum_core::backend::CHUNK;
use isonum_core::{Element, Kernels, Layout, View};
use std::ops::Range;

/// The most groups of chunks.
const GROUPS: usize = 256;

/// Partial results of 1, 2, 4, … pieces: the digits of a binary counter.
pub(super) struct Pairwise<A> {
    levels: [Option<A>; 48],
    pieces: usize,
}

impl<A: Copy> Pairwise<A> {
    pub(super) fn new() -> Self {
        Pairwise { levels: [None; 48], pieces: 0 }
    }

    /// Takes in the next piece.
    pub(super) fn push(&mut self, mut piece: A, mut merge: impl FnMut(A, A) -> A) {
        let mut level = 0;
        while let Some(before) = self.levels[level].take() {
            piece = merge(before, piece);
            level += 1;
        }
        self.levels[level] = Some(piece);
        self.pieces += 1;
    }

    /// All pieces together, `None` of none.
    pub(super) fn finish(self, mut merge: impl FnMut(A, A) -> A) -> Option<A> {
        let levels = self.levels.into_iter().flatten();
        levels.reduce(|after, before| merge(before, after))
    }
}

/// Writes every output.
///
/// # Safety
/// `kept` and `reduced` together are the axes of `x`, without positions. There is room for every output at `out`,
/// which nobody else touches.
pub(super) unsafe fn run<T: Element, R: Reduction<T>>(
    x: &View<'_, T>,
    kept: &Layout,
    reduced: &Layout,
    kernels: &dyn Kernels<T>,
    reduction: &R,
    out: Target<R::Partial>,
) {
    let (outputs, n) = (kept.len(), reduced.len());
    // SAFETY: an output's elements are elements of `x`.
    let sequence = |offset: isize| unsafe { Sequence::new(x.as_ptr().offset(offset), reduced) };
    let chunks = n.div_ceil(CHUNK);
    let group = chunks.div_ceil(GROUPS / outputs.min(GROUPS)).next_power_of_two();
    let groups = chunks.div_ceil(group);
    let few = outputs < 4 * threads::count() && groups > 1 && outputs * groups <= GROUPS;
    if few && threads::pays(outputs as f64 * n as f64 * ns_each::<T>()) {
        let mut partials = [reduction.empty(); GROUPS];
        let target = Target::new(partials.as_mut_ptr());
        let ns = (group * CHUNK) as f64 * ns_each::<T>();
        threads::split(outputs * groups, 1, ns, |range| {
            for item in range {
                let (output, g) = (item / groups, item % groups);
                let offset = kept.offsets().nth(output).expect("an output");
                let part = g * group..chunks.min((g + 1) * group);
                let partial = fold(&sequence(offset), part, output, kernels, reduction);
                // SAFETY: every item has its place.
                unsafe { target.at(item).write(partial) };
            }
        });
        for output in 0..outputs {
            let mut tree = Pairwise::new();
            for &partial in &partials[output * groups..(output + 1) * groups] {
                tree.push(partial, |a, b| merge(reduction, a, b));
            }
            let result = tree.finish(|a, b| merge(reduction, a, b)).expect("at least one group");
            // SAFETY: the caller's.
            unsafe { out.at(output).write(result) };
        }
        return;
    }
    threads::split(outputs, 1, n as f64 * ns_each::<T>(), |range| {
        let mut offsets = kept.offsets();
        if range.start > 0 {
            offsets.nth(range.start - 1);
        }
        for (output, offset) in range.zip(offsets) {
            let result = fold(&sequence(offset), 0..chunks, output, kernels, reduction);
            // SAFETY: the caller's; ranges of tasks are disjoint.
            unsafe { out.at(output).write(result) };
        }
    });
}

/// Some chunks of one output.
#[inline]
fn fold<T: Element, R: Reduction<T>>(
    sequence: &Sequence<'_, T>,
    chunks: Range<usize>,
    output: usize,
    kernels: &dyn Kernels<T>,
    reduction: &R,
) -> R::Partial {
    let chunk = |i: usize| {
        let part = i * CHUNK..sequence.len().min((i + 1) * CHUNK);
        sequence.input(kernels, part, |x| reduction.lane(output, x))
    };
    if chunks.len() == 1 {
        return chunk(chunks.start);
    }
    let mut tree = Pairwise::new();
    for i in chunks {
        let partial = chunk(i);
        if reduction.is_final(&partial) {
            return partial;
        }
        tree.push(partial, |a, b| merge(reduction, a, b));
    }
    tree.finish(|a, b| merge(reduction, a, b)).unwrap_or_else(|| reduction.empty())
}

fn merge<T: Element, R: Reduction<T>>(
    reduction: &R,
    mut before: R::Partial,
    after: R::Partial,
) -> R::Partial {
    reduction.merge(std::slice::from_mut(&mut before), &[after]);
    before
}
