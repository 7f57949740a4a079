//! Reductions whose innermost axis is kept: outputs are columns, and rows are combined.
//!
//! Blocks of [`ROW_BLOCK`] rows are combined in order, and merge pairwise by block index. Columns go in tiles whose
//! partial results stay in the first cache; their width changes no result. Threads take outputs, or, where there
//! are few, groups of 2ᵏ blocks, which are subtrees of the same tree.

use super::drive::{Reduction, Target, ns_each};
use super::lanes::Pairwise;
use super::pack::pack_rows;
use super::parts::{Parts, position, without_last};
use crate::threads;
use isonum_core::backend::ROW_BLOCK;
use isonum_core::operand::{Out, Rows};
use isonum_core::{Buffer, Element, Kernels, Layout, View};
use std::mem::MaybeUninit;
use std::ops::Range;

/// The bytes of the partial results of one block.
const TILE_BYTES: usize = 8 << 10;
/// The bytes of the partial results of a tile that wait to be merged.
const STACK_BYTES: usize = 64 << 10;
/// The bytes of a packed block.
const PACK_BYTES: usize = 32 << 10;
/// The least number of columns of a task.
const UNIT: usize = 64;
/// The most groups of blocks.
const GROUPS: usize = 64;

#[repr(align(64))]
struct Aligned<const N: usize>([MaybeUninit<u8>; N]);

/// What all tiles share.
struct Columns<'a, T, R> {
    kernels: &'a dyn Kernels<T>,
    reduction: &'a R,
    /// The reduced axes: the rows.
    reduced: &'a Layout,
    /// The distance between columns.
    stride: isize,
}

/// Writes every output.
///
/// # Safety
/// `parts` are those of `x`. There is room for every output at `out`, which nobody else touches.
pub(super) unsafe fn run<T: Element, R: Reduction<T>>(
    x: &View<'_, T>,
    parts: &Parts,
    kernels: &dyn Kernels<T>,
    reduction: &R,
    out: Target<R::Partial>,
) {
    let (outer, width, stride) = without_last(&parts.kept);
    let columns = Columns { kernels, reduction, reduced: &parts.reduced, stride };
    let rows = parts.reduced.len();
    let blocks = rows.div_ceil(ROW_BLOCK);
    let units = width.div_ceil(UNIT);
    let ns = rows as f64 * ns_each::<T>();
    // Calls `f` with the outputs of a range of units: the first element, the number of the first, how many.
    let each = |range: Range<usize>, f: &dyn Fn(*const T, usize, usize)| {
        let mut offsets = outer.offsets();
        let mut unit = range.start;
        let mut offset = offsets.nth(unit / units);
        while unit < range.end {
            let first = unit % units;
            let last = units.min(first + range.end - unit);
            let (from, to) = (first * UNIT, width.min(last * UNIT));
            let start = offset.expect("an outer position") + from as isize * stride;
            // SAFETY: an element of `x`.
            f(unsafe { x.as_ptr().offset(start) }, unit / units * width + from, to - from);
            unit += last - first;
            offset = offsets.next();
        }
    };
    let few = outer.len() * units < 2 * threads::count() && blocks > 1;
    if few && threads::pays(ns * parts.kept.len() as f64) {
        let group = blocks.div_ceil(GROUPS).next_power_of_two() * ROW_BLOCK;
        let groups = rows.div_ceil(group);
        let outputs = parts.kept.len();
        if let Ok(partials) = Buffer::<R::Partial>::uninit(outputs * groups) {
            let target = Target::new(partials.as_ptr());
            threads::split(groups, 1, (group * outputs) as f64 * ns_each::<T>(), |range| {
                for g in range {
                    let part = g * group..rows.min((g + 1) * group);
                    each(0..outer.len() * units, &|data, output, len| {
                        // SAFETY: the elements of rows and columns; every group has its outputs.
                        unsafe {
                            columns.fold(data, part.clone(), output, target.at(g * outputs + output), len)
                        }
                    });
                }
            });
            // SAFETY: all partial results have been written.
            let partials = unsafe { std::slice::from_raw_parts_mut(partials.as_ptr(), outputs * groups) };
            merge_groups(reduction, partials, outputs);
            // SAFETY: the caller's.
            unsafe { std::ptr::copy_nonoverlapping(partials.as_ptr(), out.at(0), outputs) };
            return;
        }
    }
    threads::split(outer.len() * units, 1, ns * width as f64 / units as f64, |range| {
        each(range, &|data, output, len| {
            // SAFETY: the elements of rows and columns; the caller's for the output.
            unsafe { columns.fold(data, 0..rows, output, out.at(output), len) }
        });
    });
}

/// Merges the rows of `partials`, `outputs` each, pairwise by index; the result is in the first.
fn merge_groups<T: Element, R: Reduction<T>>(reduction: &R, partials: &mut [R::Partial], outputs: usize) {
    let groups = partials.len() / outputs;
    let mut merge = |before: usize, after: usize| {
        let (head, tail) = partials.split_at_mut(after * outputs);
        reduction.merge(&mut head[before * outputs..(before + 1) * outputs], &tail[..outputs]);
        before
    };
    let mut tree = Pairwise::new();
    (0..groups).for_each(|group| tree.push(group, &mut merge));
    tree.finish(merge);
}

impl<T: Element, R: Reduction<T>> Columns<'_, T, R> {
    /// Rows `rows` of `len` columns, the first element of row 0 at `data`.
    ///
    /// # Safety
    /// These are initialised and nobody writes them. There is room for `len` outputs at `out`, which nobody else
    /// touches.
    unsafe fn fold(
        &self,
        data: *const T,
        rows: Range<usize>,
        output: usize,
        out: *mut R::Partial,
        len: usize,
    ) {
        let size = size_of::<R::Partial>();
        let waiting = rows.len().div_ceil(ROW_BLOCK).ilog2() as usize + 1;
        let mut width = (TILE_BYTES / size).min(STACK_BYTES / (waiting * size));
        if self.stride != 1 || self.reduced.ndim() > 1 {
            width = width.min(PACK_BYTES / (ROW_BLOCK * size_of::<T>()));
        }
        let mut at = 0;
        while at < len {
            let n = width.min(len - at);
            // SAFETY: the caller's; the columns from `at` on.
            unsafe {
                let data = data.offset(at as isize * self.stride);
                self.tile(data, rows.clone(), output + at, out.add(at), n);
            }
            at += n;
        }
    }

    /// [`Columns::fold`] of so few columns that all partial results fit.
    ///
    /// # Safety
    /// As for [`Columns::fold`].
    unsafe fn tile(
        &self,
        data: *const T,
        rows: Range<usize>,
        output: usize,
        out: *mut R::Partial,
        len: usize,
    ) {
        if rows.len() <= ROW_BLOCK {
            // SAFETY: the caller's.
            return unsafe { self.block(data, rows, output, out, len) };
        }
        let mut stack = Aligned([MaybeUninit::uninit(); STACK_BYTES]);
        let waiting = stack.0.as_mut_ptr().cast::<R::Partial>();
        // Results of 2ᵏ blocks, the largest first: the first at `out`, the others behind each other.
        let place = |depth: usize| match depth {
            0 => out,
            _ => waiting.wrapping_add((depth - 1) * len),
        };
        // SAFETY: places below `depth` have been written and do not overlap.
        let merge = |depth: usize| unsafe {
            let into = std::slice::from_raw_parts_mut(place(depth - 2), len);
            self.reduction.merge(into, std::slice::from_raw_parts(place(depth - 1), len));
        };
        let (mut depth, mut blocks) = (0, 0usize);
        for start in rows.clone().step_by(ROW_BLOCK) {
            let block = start..rows.end.min(start + ROW_BLOCK);
            // SAFETY: the caller's; `fold` has made tiles narrow enough for all places.
            unsafe { self.block(data, block, output, place(depth), len) };
            depth += 1;
            blocks += 1;
            for _ in 0..blocks.trailing_zeros() {
                merge(depth);
                depth -= 1;
            }
        }
        while depth > 1 {
            merge(depth);
            depth -= 1;
        }
    }

    /// One block of rows.
    ///
    /// # Safety
    /// As for [`Columns::fold`].
    #[inline]
    unsafe fn block(
        &self,
        data: *const T,
        rows: Range<usize>,
        output: usize,
        out: *mut R::Partial,
        len: usize,
    ) {
        // SAFETY: the caller's.
        let out = unsafe { Out::from_raw(out, 1, len, 0) };
        let (start, left, stride) = position(self.reduced.shape(), self.reduced.strides(), rows.start);
        if self.stride == 1 && left >= rows.len() {
            // SAFETY: the caller's: rows at one distance from each other.
            let x = unsafe { Rows::from_raw(data.offset(start), rows.len(), len, stride) };
            let _ = self.reduction.rows(output, x, out);
            return;
        }
        let mut scratch = Aligned([MaybeUninit::uninit(); PACK_BYTES]);
        let packed = scratch.0.as_mut_ptr().cast::<T>();
        // SAFETY: the caller's; `fold` has made tiles narrow enough for the packed rows.
        let x = unsafe {
            pack_rows(self.kernels, data, self.reduced, rows.clone(), self.stride, len, packed);
            Rows::from_raw(packed, rows.len(), len, len as isize)
        };
        let _ = self.reduction.rows(output, x, out);
    }
}
