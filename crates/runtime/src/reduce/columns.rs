//! Reductions whose innermost axis is kept: outputs are columns, and rows are combined.
//!
//! Blocks of [`ROW_BLOCK`] rows are combined in order, and merge pairwise by block index. Columns go in tiles whose
//! partial results stay in the first cache; their width changes no result. Threads take outputs, or, where there
//! are few, groups of 2ᵏ blocks, which are subtrees of the same tree.
//!
//! Short sequences take this way too, transposed, so that one kernel call serves many of them: up to
//! [`NARROW`] rows, each element a partial result, fold in half until one row is left. That is how kernels fold the
//! lanes of a sequence.

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

/// The most elements of a sequence that is reduced as a column.
const NARROW: usize = 32;
/// The least number of sequences that are reduced as columns.
const MANY: usize = 4;

/// Whether outputs are so many short sequences that they are better reduced as columns. A function of the shape.
#[inline]
pub(super) fn is_narrow(parts: &Parts) -> bool {
    !parts.columns && parts.reduced.len() <= NARROW && parts.kept.len() >= MANY
}

#[repr(align(64))]
struct Aligned<const N: usize>([MaybeUninit<u8>; N]);

/// The columns of a view that has been taken apart, in units of up to [`UNIT`].
struct Units<'a, T> {
    x: &'a View<'a, T>,
    /// The kept axes but the innermost.
    outer: Layout,
    /// The number of columns at each of their positions, and the distance between them.
    width: usize,
    stride: isize,
}

impl<'a, T: Element> Units<'a, T> {
    fn new(x: &'a View<'a, T>, parts: &Parts) -> Self {
        let (outer, width, stride) = without_last(&parts.kept);
        Units { x, outer, width, stride }
    }

    fn each(&self) -> usize {
        self.width.div_ceil(UNIT)
    }

    fn len(&self) -> usize {
        self.outer.len() * self.each()
    }

    /// Calls `f` with the columns of a range of units: the first element of one, the number of its output, how many
    /// there are.
    fn columns(&self, range: Range<usize>, f: impl Fn(*const T, usize, usize)) {
        let each = self.each();
        let mut offsets = self.outer.offsets();
        let mut unit = range.start;
        let mut offset = offsets.nth(unit / each);
        while unit < range.end {
            let first = unit % each;
            let last = each.min(first + range.end - unit);
            let (from, to) = (first * UNIT, self.width.min(last * UNIT));
            let start = offset.expect("an outer position") + from as isize * self.stride;
            // SAFETY: an element of `x`.
            f(unsafe { self.x.as_ptr().offset(start) }, unit / each * self.width + from, to - from);
            unit += last - first;
            offset = offsets.next();
        }
    }

    /// Calls `f` with all columns, in parallel. `rows` is how many elements a column has.
    fn all(&self, rows: usize, f: impl Fn(*const T, usize, usize) + Sync) {
        let ns = rows as f64 * ns_each::<T>() * self.width as f64 / self.each() as f64;
        threads::split(self.len(), 1, ns, |range| self.columns(range, &f));
    }
}

/// The most columns of one call of [`tiles`].
pub(super) const TILE: usize = 512;

/// Whether [`tiles`] has enough work for all threads.
pub(super) fn are_many(parts: &Parts) -> bool {
    (parts.columns || is_narrow(parts)) && parts.kept.len() >= 2 * TILE && !parts.reduced.is_empty()
}

/// Calls `f` with columns in tiles, for reductions that do more than one thing with a tile: the first element of
/// one, the number of its output, how many there are.
pub(super) fn tiles<T: Element>(x: &View<'_, T>, parts: &Parts, f: impl Fn(*const T, usize, usize) + Sync) {
    let units = Units::new(x, parts);
    units.all(parts.reduced.len(), |data, output, len| {
        for at in (0..len).step_by(TILE) {
            // SAFETY: an element of `x`.
            let data = unsafe { data.offset(at as isize * units.stride) };
            f(data, output + at, TILE.min(len - at));
        }
    });
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
    let units = Units::new(x, parts);
    let columns = Columns::new(parts, kernels, reduction);
    let (rows, outputs) = (parts.reduced.len(), parts.kept.len());
    let blocks = rows.div_ceil(ROW_BLOCK);
    let few = units.len() < 2 * threads::count() && blocks > 1;
    if few && threads::pays((rows * outputs) as f64 * ns_each::<T>()) {
        let group = blocks.div_ceil(GROUPS).next_power_of_two() * ROW_BLOCK;
        let groups = rows.div_ceil(group);
        if let Ok(partials) = Buffer::<R::Partial>::uninit(outputs * groups) {
            let target = Target::new(partials.as_ptr());
            threads::split(groups, 1, (group * outputs) as f64 * ns_each::<T>(), |range| {
                for g in range {
                    let part = g * group..rows.min((g + 1) * group);
                    units.columns(0..units.len(), |data, output, len| {
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
    units.all(rows, |data, output, len| {
        // SAFETY: the elements of rows and columns; the caller's for the output.
        unsafe { columns.fold(data, 0..rows, output, out.at(output), len) }
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

/// How columns are reduced.
pub(super) struct Columns<'a, T, R> {
    kernels: &'a dyn Kernels<T>,
    reduction: &'a R,
    /// The reduced axes: the rows.
    reduced: &'a Layout,
    /// The distance between columns.
    stride: isize,
    /// Whether the columns are short sequences.
    narrow: bool,
}

impl<'a, T: Element, R: Reduction<T>> Columns<'a, T, R> {
    pub(super) fn new(parts: &'a Parts, kernels: &'a dyn Kernels<T>, reduction: &'a R) -> Self {
        let stride = parts.kept.strides().last().copied().unwrap_or(1);
        Columns { kernels, reduction, reduced: &parts.reduced, stride, narrow: !parts.columns }
    }

    /// Rows `rows` of `len` columns, the first element of row 0 at `data`.
    ///
    /// # Safety
    /// These are initialised and nobody writes them. There is room for `len` outputs at `out`, which nobody else
    /// touches.
    pub(super) unsafe fn fold(
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
        if self.narrow {
            width = (TILE_BYTES / size)
                .min(PACK_BYTES / (rows.len() * size_of::<T>()))
                .min(STACK_BYTES / (rows.len() * size));
        } else if self.stride != 1 || self.reduced.ndim() > 1 {
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
        if self.narrow {
            // SAFETY: the caller's.
            return unsafe { self.narrow(data, rows, output, out, len) };
        }
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

    /// [`Columns::fold`] of short sequences.
    ///
    /// # Safety
    /// As for [`Columns::fold`].
    unsafe fn narrow(
        &self,
        data: *const T,
        rows: Range<usize>,
        output: usize,
        out: *mut R::Partial,
        len: usize,
    ) {
        let mut stack = Aligned([MaybeUninit::uninit(); STACK_BYTES]);
        let mut scratch = Aligned([MaybeUninit::uninit(); PACK_BYTES]);
        let partials = stack.0.as_mut_ptr().cast::<R::Partial>();
        let packed = scratch.0.as_mut_ptr().cast::<T>();
        let mut left = rows.len();
        // SAFETY: the caller's; `fold` has made tiles narrow enough for both.
        unsafe {
            pack_rows(self.kernels, data, self.reduced, rows, self.stride, len, packed);
            for r in 0..left {
                let x = Rows::from_raw(packed.add(r * len).cast_const(), 1, len, 0);
                let _ = self.reduction.rows(output, x, Out::from_raw(partials.add(r * len), 1, len, 0));
            }
            while left > 1 {
                let half = left.next_power_of_two() / 2;
                let into = std::slice::from_raw_parts_mut(partials, (left - half) * len);
                let after = std::slice::from_raw_parts(partials.add(half * len), (left - half) * len);
                self.reduction.merge(into, after);
                left = half;
            }
            std::ptr::copy_nonoverlapping(partials, out, len);
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
