//! Where the largest and the smallest elements are.
//!
//! The answer (the first of equals, the first NaN if there is one) does not depend on the order in which elements
//! are looked at, so pieces merge in any way.

use super::columns::is_narrow;
use super::drive::{Target, ns_each};
use super::extremum::refuse_empty;
use super::pack::{Sequence, pack_rows};
use super::parts::{Parts, position, without_last};
use crate::place::Place;
use crate::{backend, threads};
use isonum_core::backend::{CHUNK, Extremum, ROW_BLOCK};
use isonum_core::operand::{Blocks, Operand, Out, Rows};
use isonum_core::registry::Compare;
use isonum_core::{Backend, Buffer, Dims, Error, Kernels, Layout, Ordered, Result, View};
use std::mem::MaybeUninit;
use std::ops::Range;

/// What the operations are called.
const NAMES: [&str; 2] = ["argmax", "argmin"];

/// An element and its place.
#[derive(Clone, Copy)]
struct Best<T> {
    value: T,
    at: usize,
}

impl<T: Ordered> Best<T> {
    /// The better of this and one that comes later.
    #[inline(always)]
    fn or(self, op: Extremum, later: Best<T>) -> Best<T> {
        let further = match op {
            Extremum::Max => later.value > self.value,
            Extremum::Min => later.value < self.value,
        };
        if !self.value.is_nan() && (further || later.value.is_nan()) { later } else { self }
    }
}

/// The most groups of chunks that threads take.
const GROUPS: usize = 256;

/// The best of a slice, whose first element is at place `start`.
#[inline(always)]
fn of_slice<T: Ordered>(kernels: &dyn Kernels<T>, op: Extremum, x: &[T], start: usize) -> Best<T> {
    let at = kernels.arg_extremum(op, x).expect("a piece has elements");
    Best { value: x[at], at: start + at }
}

/// The best of a part of a sequence. Not empty.
fn of_sequence<T: Ordered>(
    kernels: &dyn Kernels<T>,
    op: Extremum,
    x: &Sequence<'_, T>,
    part: Range<usize>,
) -> Best<T> {
    if let Some(slice) = x.slice(part.clone()) {
        return of_slice(kernels, op, slice, part.start);
    }
    let mut best: Option<Best<T>> = None;
    let mut start = part.start;
    let mut blocks = x.blocks(kernels, part);
    while let Some(block) = blocks.next_block() {
        let later = of_slice(kernels, op, block, start);
        best = Some(best.map_or(later, |best| best.or(op, later)));
        start += block.len();
    }
    best.expect("a part has elements")
}

/// The place of the largest or smallest of all elements in C order: the first of equals, the first NaN if there is
/// one.
///
/// # Errors
/// If there are no elements.
pub fn arg_extremum_all<T: Ordered>(op: Extremum, x: &View<'_, T>) -> Result<usize> {
    if x.is_empty() {
        return Err(Error::empty_reduction(NAMES[op as usize], None, x.shape()));
    }
    backend::try_current(|backend| {
        let kernels = T::kernels(backend);
        if x.len() <= CHUNK
            && let Some(slice) = x.as_slice()
        {
            return of_slice(kernels, op, slice, 0).at;
        }
        let layout = x.layout().coalesced();
        let kept = Layout::new(Dims::new(), Dims::new());
        let mut at = 0i64;
        // SAFETY: one output.
        unsafe { lanes(x, &kept, &layout, kernels, op, Target::new(&mut at)) };
        at as usize
    })
}

/// The places of the largest or smallest elements along `axis`: the first of equals, the first NaN if there is one.
///
/// # Errors
/// If there are results of no elements, there is no memory, or the place has another shape.
pub fn arg_extremum<T: Ordered, P: Place<i64>>(
    op: Extremum,
    x: &View<'_, T>,
    axis: usize,
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    refuse_empty(op, NAMES, x.shape(), &[axis])?;
    let parts = Parts::new(x.layout(), &[axis], keep_dims)?;
    let write = |backend: &dyn Backend, target: Target<i64>| {
        let kernels = T::kernels(backend);
        let neighbours = matches!(parts.reduced.strides(), [] | [1]);
        if parts.out.is_empty() {
        } else if parts.columns || (is_narrow(&parts) && (!neighbours || x.shape()[axis] <= SHORT)) {
            // SAFETY: there is room for every output.
            unsafe { columns(x, &parts, kernels, backend.bool(), op, target) };
        } else {
            // SAFETY: as above.
            unsafe { lanes(x, &parts.kept, &parts.reduced, kernels, op, target) };
        }
    };
    // SAFETY: every output is written.
    unsafe {
        place.fill(NAMES[op as usize], &parts.out, |out| {
            backend::try_current(|backend| write(backend, Target::new(out)))
        })
    }
}

/// The place of the largest or smallest of all elements, as an array of `ndim` axes of length one; see
/// [`arg_extremum_all`].
///
/// # Errors
/// If there are no elements, there is no memory, or the place has another shape.
pub fn arg_extremum_whole<T: Ordered, P: Place<i64>>(
    op: Extremum,
    x: &View<'_, T>,
    ndim: usize,
    place: P,
) -> Result<P::Filled> {
    let at = arg_extremum_all(op, x)? as i64;
    let layout = Layout::contiguous(&Dims::filled(ndim, 1))?;
    // SAFETY: the one element is written.
    unsafe {
        place.fill(NAMES[op as usize], &layout, |out| {
            out.write(at);
            Ok(())
        })
    }
}

/// Writes every output; each is a sequence.
///
/// # Safety
/// `kept` and `reduced` together are the axes of `x`, without positions. There is room for every output at `out`,
/// which nobody else touches.
unsafe fn lanes<T: Ordered>(
    x: &View<'_, T>,
    kept: &Layout,
    reduced: &Layout,
    kernels: &dyn Kernels<T>,
    op: Extremum,
    out: Target<i64>,
) {
    let (outputs, n) = (kept.len(), reduced.len());
    // SAFETY: an output's elements are elements of `x`.
    let sequence = |offset: isize| unsafe { Sequence::new(x.as_ptr().offset(offset), reduced) };
    let chunks = n.div_ceil(CHUNK);
    let group = chunks.div_ceil(GROUPS / outputs.min(GROUPS)) * CHUNK;
    let groups = n.div_ceil(group);
    let few = outputs < 4 * threads::count() && groups > 1 && outputs * groups <= GROUPS;
    if few && threads::pays((outputs * n) as f64 * ns_each::<T>()) {
        let mut partials = [Best { value: T::ZERO, at: 0 }; GROUPS];
        let target = Target::new(partials.as_mut_ptr());
        threads::split(outputs * groups, 1, group as f64 * ns_each::<T>(), |range| {
            for item in range {
                let offset = kept.offsets().nth(item / groups).expect("an output");
                let start = item % groups * group;
                let best = of_sequence(kernels, op, &sequence(offset), start..n.min(start + group));
                // SAFETY: every item has its place.
                unsafe { target.at(item).write(best) };
            }
        });
        for (output, partials) in partials[..outputs * groups].chunks(groups).enumerate() {
            let best = partials.iter().copied().reduce(|best, later| best.or(op, later));
            // SAFETY: the caller's.
            unsafe { out.at(output).write(best.expect("at least one group").at as i64) };
        }
        return;
    }
    threads::split(outputs, 1, n as f64 * ns_each::<T>(), |range| {
        let mut offsets = kept.offsets();
        if range.start > 0 {
            offsets.nth(range.start - 1);
        }
        for (output, offset) in range.zip(offsets) {
            let best = of_sequence(kernels, op, &sequence(offset), 0..n);
            // SAFETY: the caller's; ranges of tasks are disjoint.
            unsafe { out.at(output).write(best.at as i64) };
        }
    });
}

/// The most elements of a sequence of neighbours that are better searched as columns.
const SHORT: usize = 8;
/// The most columns of a tile.
const TILE: usize = 512;
/// The bytes of a packed block of rows.
const PACK_BYTES: usize = 32 << 10;

/// Writes every output; each is a column.
///
/// Blocks of rows are reduced to their extremes, and these compared with the best so far. Only the block that holds
/// a column's best is searched for its place.
///
/// # Safety
/// `parts` are those of `x`. There is room for every output at `out`, which nobody else touches.
unsafe fn columns<T: Ordered>(
    x: &View<'_, T>,
    parts: &Parts,
    kernels: &dyn Kernels<T>,
    bools: &dyn Kernels<bool>,
    op: Extremum,
    out: Target<i64>,
) {
    let (outer, width, stride) = without_last(&parts.kept);
    let (rows, outputs) = (parts.reduced.len(), parts.kept.len());
    let columns = Columns { kernels, bools, op, reduced: &parts.reduced, stride };
    let most = if stride == 1 { TILE } else { TILE.min(PACK_BYTES / (ROW_BLOCK * size_of::<T>())) };
    // Narrower tiles where there are few, so that threads find work.
    let tile = if outputs < most * threads::count() * 2 { most.min(64) } else { most };
    let tiles = width.div_ceil(tile);
    // Writes the places among `rows` of the columns of some tiles.
    let each = |range: Range<usize>, rows: Range<usize>, out: Target<i64>| {
        let mut last = (usize::MAX, 0);
        for item in range {
            let (position, column) = (item / tiles, item % tiles * tile);
            if last.0 != position {
                last = (position, outer.offsets().nth(position).expect("an outer position"));
            }
            let n = tile.min(width - column);
            // SAFETY: elements of `x`; the caller's for the outputs, of which every item has its own.
            unsafe {
                let data = x.as_ptr().offset(last.1 + column as isize * stride);
                columns.tile(data, rows.clone(), n, out.at(position * width + column));
            }
        }
    };
    let items = outer.len() * tiles;
    let groups = (rows / (2 * ROW_BLOCK)).min(4 * threads::count());
    if items < 2 * threads::count()
        && groups > 1
        && threads::pays((rows * outputs) as f64 * ns_each::<T>())
        && let Ok(places) = Buffer::<i64>::uninit(groups * outputs)
    {
        let target = Target::new(places.as_ptr());
        threads::split(groups, 1, (rows / groups * outputs) as f64 * ns_each::<T>(), |range| {
            for g in range {
                each(
                    0..items,
                    rows * g / groups..rows * (g + 1) / groups,
                    Target::new(target.at(g * outputs)),
                );
            }
        });
        for (output, offset) in parts.kept.offsets().enumerate() {
            let best = |g: usize| {
                // SAFETY: all places have been written, and are those of elements.
                unsafe {
                    let at = *target.at(g * outputs + output) as usize;
                    let row = position(parts.reduced.shape(), parts.reduced.strides(), at).0;
                    Best { value: *x.as_ptr().offset(offset + row), at }
                }
            };
            let best = (0..groups).map(best).reduce(|best, later| best.or(op, later));
            // SAFETY: the caller's.
            unsafe { out.at(output).write(best.expect("at least one group").at as i64) };
        }
        return;
    }
    threads::split(items, 1, (rows * tile) as f64 * ns_each::<T>(), |range| each(range, 0..rows, out));
}

/// What all tiles share.
struct Columns<'a, T> {
    kernels: &'a dyn Kernels<T>,
    bools: &'a dyn Kernels<bool>,
    op: Extremum,
    reduced: &'a Layout,
    stride: isize,
}

impl<T: Ordered> Columns<'_, T> {
    /// Some columns, the first element of row 0 at `data`.
    ///
    /// # Safety
    /// `rows` of `len ≤ TILE` columns are initialised and nobody writes them. There is room for `len` outputs at
    /// `out`, which nobody else touches.
    unsafe fn tile(&self, data: *const T, rows: Range<usize>, len: usize, out: *mut i64) {
        assert!(len <= TILE);
        let mut best = [const { MaybeUninit::<T>::uninit() }; TILE];
        let mut here = [const { MaybeUninit::<T>::uninit() }; TILE];
        let mut truth = [const { MaybeUninit::<bool>::uninit() }; TILE];
        let step = self.reduced.strides().first().copied().unwrap_or(0);
        // Until the end, outputs hold the first row of the block with the best.
        for start in rows.clone().step_by(ROW_BLOCK) {
            let block = start..rows.end.min(start + ROW_BLOCK);
            let to = if start == rows.start { &mut best } else { &mut here };
            // SAFETY: the caller's.
            Out::with_uninit(&mut to[..len], |out| unsafe { self.extremes(data, block, out) });
            if start == rows.start {
                // SAFETY: the caller's.
                (0..len).for_each(|i| unsafe { out.add(i).write(start as i64) });
                continue;
            }
            // SAFETY: both have been written.
            let (best, here) = unsafe {
                (
                    std::slice::from_raw_parts_mut(best.as_mut_ptr().cast::<T>(), len),
                    std::slice::from_raw_parts(here.as_ptr().cast::<T>(), len),
                )
            };
            let no_further = match self.op {
                Extremum::Max => Compare::LessEqual,
                Extremum::Min => Compare::GreaterEqual,
            };
            let (a, b) = (Operand::Slice(Rows::one(here)), Operand::Slice(Rows::one(best)));
            Out::with_uninit(&mut truth[..len], |out| {
                let _ = self.kernels.compare(no_further, a, b, out);
            });
            // SAFETY: just written.
            let truth = unsafe { std::slice::from_raw_parts(truth.as_ptr().cast::<bool>(), len) };
            if self.bools.all(truth) {
                continue;
            }
            for i in (0..len).filter(|&i| !truth[i]) {
                if !best[i].is_nan() {
                    best[i] = here[i];
                    // SAFETY: the caller's.
                    unsafe { out.add(i).write(start as i64) };
                }
            }
        }
        for (i, best) in best[..len].iter().enumerate() {
            // SAFETY: elements of the columns; best values and outputs have been written.
            unsafe {
                let best = best.assume_init();
                let start = *out.add(i) as usize;
                let column = data.offset(i as isize * self.stride);
                let is_best = |r: &usize| {
                    let x = *column.offset(*r as isize * step);
                    x == best || (x.is_nan() && best.is_nan())
                };
                let at = (start..rows.end.min(start + ROW_BLOCK)).find(is_best);
                out.add(i).write(at.expect("the best is an element") as i64);
            }
        }
    }

    /// The extremes of a block of rows.
    ///
    /// # Safety
    /// As for [`Columns::tile`].
    unsafe fn extremes(&self, data: *const T, rows: Range<usize>, out: Out<'_, T>) {
        let (count, len) = (rows.len(), out.len());
        if self.stride == 1 {
            let (start, _, step) = position(self.reduced.shape(), self.reduced.strides(), rows.start);
            // SAFETY: the caller's: rows at one distance from each other.
            let x = unsafe { Rows::from_raw(data.offset(start), count, len, step) };
            let _ = self.kernels.extremum_rows(self.op, x, out);
            return;
        }
        let mut scratch = [const { MaybeUninit::<u64>::uninit() }; PACK_BYTES / 8];
        let packed = scratch.as_mut_ptr().cast::<T>();
        // SAFETY: the caller's; tiles are narrow enough for the packed rows.
        let x = unsafe {
            pack_rows(self.kernels, data, self.reduced, rows, self.stride, len, packed);
            Rows::from_raw(packed, count, len, len as isize)
        };
        let _ = self.kernels.extremum_rows(self.op, x, out);
    }
}
