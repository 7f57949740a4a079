//! Running sums and products along an axis.
//!
//! The innermost axis (the one with the smallest stride) is scanned by the kernel, lane by lane, packed where a lane
//! has gaps. Along any other axis rows are added to the row before, in tiles of columns. Which of the two depends
//! on the order of the strides alone, so bits do not depend on gaps. Threads take lanes or tiles.

use crate::place::Place;
use crate::reduce::pack::{Sequence, pack_rows};
use crate::reduce::parts::{pick, position, without_last};
use crate::reduce::{Target, binary, ns_each};
use crate::scratch::Scratch;
use crate::{backend, threads};
use isonum_core::backend::{Fold, ROW_BLOCK};
use isonum_core::operand::{Blocks, Operand, Out, Rows};
use isonum_core::{Backend, Element, Kernels, Layout, Result, View};

/// What the operations are called.
const NAMES: [&str; 2] = ["cumsum", "cumprod"];

/// The running sums or products along `axis`, in the axis order of `x`.
///
/// Integers and bools widen to 64 bits and wrap.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn scan<T: Element, P: Place<T::Sum>>(
    op: Fold,
    x: &View<'_, T>,
    axis: usize,
    place: P,
) -> Result<P::Filled> {
    if x.ndim() == 1 {
        // The short way of small arrays, where there are no gaps.
        return scan_all(op, x, place);
    }
    let layout = x.layout();
    let write = |backend: &dyn Backend, target: Target<T::Sum>| {
        let order = layout.order();
        let innermost = order.iter().rev().find(|&&a| layout.shape()[a] != 1);
        // SAFETY: there is room for every element of the result.
        unsafe {
            match innermost {
                Some(&a) if a != axis => scan_rows(op, x, axis, &order, backend, target),
                _ => scan_lanes(op, x, axis, &order, backend, target),
            }
        }
    };
    // SAFETY: every element is written.
    unsafe {
        place.fill(NAMES[op as usize], &Layout::like(&[layout], x.shape())?, |out| match x.is_empty() {
            true => Ok(()),
            false => backend::try_current(|backend| write(backend, Target::new(out))),
        })
    }
}

/// The running sums or products of all elements in C order, in one dimension.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn scan_all<T: Element, P: Place<T::Sum>>(op: Fold, x: &View<'_, T>, place: P) -> Result<P::Filled> {
    let write = |backend: &dyn Backend, out: *mut T::Sum| {
        let kernels = T::kernels(backend);
        match x.as_slice() {
            // SAFETY: there is room for as many elements.
            Some(slice) => unsafe {
                let _ = kernels.scan(op, slice, None, Out::from_raw(out, 1, slice.len(), 0));
            },
            // SAFETY: as above; the elements of `x`.
            None => unsafe {
                let layout = x.layout().coalesced();
                lane(op, kernels, &Sequence::new(x.as_ptr(), &layout), out)
            },
        }
    };
    // SAFETY: every element is written.
    unsafe {
        place.fill(NAMES[op as usize], &Layout::contiguous(&[x.len()])?, |out| match x.is_empty() {
            true => Ok(()),
            false => backend::try_current(|backend| write(backend, out)),
        })
    }
}

/// One lane.
///
/// # Safety
/// There is room for as many elements at `out`, which nobody else touches.
unsafe fn lane<T: Element>(op: Fold, kernels: &dyn Kernels<T>, x: &Sequence<'_, T>, out: *mut T::Sum) {
    let mut carry = None;
    let mut at = 0;
    let mut piece = |x: &[T]| {
        // SAFETY: the caller's: pieces are written behind each other.
        let to = unsafe { Out::from_raw(out.add(at), 1, x.len(), 0) };
        carry = kernels.scan(op, x, carry, to).1;
        at += x.len();
    };
    match x.slice(0..x.len()) {
        Some(x) => piece(x),
        None => {
            let mut blocks = x.blocks(kernels, 0..x.len());
            while let Some(block) = blocks.next_block() {
                piece(block);
            }
        }
    }
}

/// Scans the innermost axis.
///
/// # Safety
/// There is room for every element of `x`, in the order of its axes without gaps, at `out`.
unsafe fn scan_lanes<T: Element>(
    op: Fold,
    x: &View<'_, T>,
    axis: usize,
    order: &[usize],
    backend: &dyn Backend,
    out: Target<T::Sum>,
) {
    let kernels = T::kernels(backend);
    let outer = pick(x.layout(), order.iter().copied().filter(|&a| a != axis));
    let inner = pick(x.layout(), std::iter::once(axis));
    let n = inner.len();
    threads::split(outer.len(), 1, n as f64 * (ns_each::<T>() + ns_each::<T::Sum>()), |range| {
        let mut offsets = outer.offsets();
        if range.start > 0 {
            offsets.nth(range.start - 1);
        }
        let neighbours = matches!(inner.strides(), [] | [1]);
        for (i, offset) in range.zip(offsets) {
            if neighbours {
                // SAFETY: as below.
                unsafe {
                    let lane = std::slice::from_raw_parts(x.as_ptr().offset(offset), n);
                    let _ = kernels.scan(op, lane, None, Out::from_raw(out.at(i * n), 1, n, 0));
                }
                continue;
            }
            // SAFETY: a lane's elements are elements of `x`; the caller's for the output.
            unsafe {
                let sequence = Sequence::new(x.as_ptr().offset(offset), &inner);
                lane(op, kernels, &sequence, out.at(i * n));
            }
        }
    });
}

/// The least number of columns of a task.
const UNIT: usize = 64;

/// Scans an axis that is not the innermost.
///
/// # Safety
/// As for [`scan_lanes`].
unsafe fn scan_rows<T: Element>(
    op: Fold,
    x: &View<'_, T>,
    axis: usize,
    order: &[usize],
    backend: &dyn Backend,
    out: Target<T::Sum>,
) {
    let at = order.iter().position(|&a| a == axis).expect("an order names every axis");
    let outside = pick(x.layout(), order[..at].iter().copied());
    let rows = pick(x.layout(), std::iter::once(axis));
    let inside = pick(x.layout(), order[at + 1..].iter().copied());
    let row_len = inside.len();
    let (middle, width, stride) = without_last(&inside);
    let scan = RowScan { op, backend, rows: &rows, stride, row_len };
    let units = width.div_ceil(UNIT);
    let ns = (ns_each::<T>() + 2.0 * ns_each::<T::Sum>()) * rows.len() as f64 * width as f64 / units as f64;
    threads::split(outside.len() * middle.len() * units, 1, ns, |range| {
        let mut unit = range.start;
        while unit < range.end {
            let first = unit % units;
            let last = units.min(first + range.end - unit);
            let (from, to) = (first * UNIT, width.min(last * UNIT));
            let (o, m) = (unit / units / middle.len(), unit / units % middle.len());
            let start = position(outside.shape(), outside.strides(), o).0
                + position(middle.shape(), middle.strides(), m).0
                + from as isize * stride;
            // SAFETY: columns of `x`; the caller's for the output.
            unsafe {
                let to_first = out.at(o * rows.len() * row_len + m * width + from);
                scan.columns::<T>(x.as_ptr().offset(start), to - from, to_first);
            }
            unit += last - first;
        }
    });
}

/// What all tiles share.
struct RowScan<'a> {
    op: Fold,
    backend: &'a dyn Backend,
    /// The scanned axis.
    rows: &'a Layout,
    /// The distance between columns.
    stride: isize,
    /// The distance between rows of the output.
    row_len: usize,
}

impl RowScan<'_> {
    /// Scans down `len` columns.
    ///
    /// # Safety
    /// Elements are initialised and nobody writes them. There is room for as many outputs, which nobody else touches.
    unsafe fn columns<T: Element>(&self, data: *const T, len: usize, out: *mut T::Sum) {
        let width = Scratch::capacity::<T::Sum>().min(Scratch::capacity::<T>());
        for at in (0..len).step_by(width) {
            // SAFETY: the caller's; the columns from `at` on.
            unsafe {
                self.tile(data.offset(at as isize * self.stride), width.min(len - at), out.add(at));
            }
        }
    }

    /// Scans down as many columns as fit in a scratch.
    ///
    /// # Safety
    /// As for [`RowScan::columns`].
    unsafe fn tile<T: Element>(&self, data: *const T, len: usize, out: *mut T::Sum) {
        let (kernels, sums) = (T::kernels(self.backend), <T::Sum as Element>::kernels(self.backend));
        let (mut packed, mut wide) = (Scratch::new(), Scratch::new());
        let op = binary(self.op);
        // Rows that are packed at once: as many as fit.
        let block = (Scratch::capacity::<T>() / len).clamp(1, ROW_BLOCK);
        for start in (0..self.rows.len()).step_by(block) {
            let rows = start..self.rows.len().min(start + block);
            // SAFETY: the caller's; a tile fits in each scratch. Rows of the output do not overlap, and those before
            // have been written.
            unsafe {
                let x = if self.stride == 1 {
                    let (offset, _, step) = position(self.rows.shape(), self.rows.strides(), start);
                    Rows::from_raw(data.offset(offset), rows.len(), len, step)
                } else {
                    let to = packed.as_mut_ptr::<T>();
                    pack_rows(kernels, data, self.rows, rows.clone(), self.stride, len, to);
                    Rows::from_raw(to.cast_const(), rows.len(), len, len as isize)
                };
                for r in rows {
                    let to = out.add(r * self.row_len);
                    let row = Rows::one(x.row(r - start));
                    if r == 0 {
                        let _ = kernels.cast(row, T::Sum::any_out(Out::from_raw(to, 1, len, 0)));
                        continue;
                    }
                    let row = if T::DTYPE == T::Sum::DTYPE {
                        Rows::from_raw(row.pointer(0).cast::<T::Sum>(), 1, len, 0)
                    } else {
                        let wide = wide.as_mut_ptr::<T::Sum>();
                        let _ = kernels.cast(row, T::Sum::any_out(Out::from_raw(wide, 1, len, 0)));
                        Rows::from_raw(wide.cast_const(), 1, len, 0)
                    };
                    let before = Rows::from_raw(to.sub(self.row_len).cast_const(), 1, len, 0);
                    let out = Out::from_raw(to, 1, len, 0);
                    let _ = sums.binary(op, Operand::Slice(before), Operand::Slice(row), out);
                }
            }
        }
    }
}
