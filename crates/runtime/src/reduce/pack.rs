//! Elements of a reduction or scan in their order, wherever they lie: as a slice, or packed block by block.

use super::parts::position;
use crate::scratch::Scratch;
use isonum_core::backend::block_len;
use isonum_core::operand::{Blocks, Grid, Input, Out};
use isonum_core::{Element, Kernels, Layout};
use std::marker::PhantomData;
use std::ops::Range;

/// Elements in C order of a layout.
#[derive(Clone, Copy)]
pub(crate) struct Sequence<'a, T> {
    data: *const T,
    layout: &'a Layout,
    borrow: PhantomData<&'a [T]>,
}

impl<'a, T: Element> Sequence<'a, T> {
    /// The elements of `layout`, which is coalesced, the first at `data`.
    ///
    /// # Safety
    /// Every element of the layout is initialised and nobody writes it for `'a`.
    #[inline(always)]
    pub(crate) unsafe fn new(data: *const T, layout: &'a Layout) -> Self {
        Sequence { data, layout, borrow: PhantomData }
    }

    /// The number of elements.
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.layout.len()
    }

    /// A part, if its elements are neighbours in memory.
    #[inline(always)]
    pub(crate) fn slice(&self, part: Range<usize>) -> Option<&'a [T]> {
        let neighbours = match *self.layout.strides() {
            [] => true,
            [stride] => stride == 1,
            _ => false,
        };
        assert!(part.start <= part.end && part.end <= self.len(), "a part of the sequence");
        // SAFETY: the part is inside, and elements are neighbours.
        neighbours.then(|| unsafe { std::slice::from_raw_parts(self.data.add(part.start), part.len()) })
    }

    /// Calls `f` with a part as what kernels read.
    #[inline(always)]
    pub(crate) fn input<R>(
        &self,
        kernels: &dyn Kernels<T>,
        part: Range<usize>,
        f: impl FnOnce(Input<'_, T>) -> R,
    ) -> R {
        match self.slice(part.clone()) {
            Some(slice) => f(Input::Slice(slice)),
            None => f(Input::Blocks(&mut self.blocks(kernels, part))),
        }
    }

    /// A part in blocks, each packed when it is asked for.
    pub(crate) fn blocks(&self, kernels: &'a dyn Kernels<T>, part: Range<usize>) -> Packed<'a, T> {
        Packed { kernels, from: *self, left: part, scratch: Scratch::new() }
    }

    /// Copies the elements from position `at` on to `len` neighbours at `to`.
    ///
    /// # Safety
    /// There is room for `len` elements at `to`, which nobody else touches.
    pub(crate) unsafe fn pack(&self, kernels: &dyn Kernels<T>, at: usize, len: usize, to: *mut T) {
        assert!(at + len <= self.len(), "a part of the sequence");
        let copy = |from: isize, rows: usize, n: usize, row_stride: isize, stride: isize, to: *mut T| {
            // SAFETY: elements of the sequence, and room for as many.
            let _ = unsafe {
                let grid = Grid::from_raw(self.data.offset(from), rows, n, row_stride, stride);
                kernels.copy(grid, Out::from_raw(to, rows, n, n as isize))
            };
        };
        let (shape, strides) = (self.layout.shape(), self.layout.strides());
        let (Some((&n, rows)), Some((&stride, row_strides))) = (shape.split_last(), strides.split_last())
        else {
            return copy(0, 1, len, 0, 1, to);
        };
        let mut done = 0;
        while done < len {
            let (row, column) = ((at + done) / n, (at + done) % n);
            let (row_offset, rows_left, row_stride) = position(rows, row_strides, row);
            let from = row_offset + column as isize * stride;
            let left = len - done;
            // SAFETY: inside of the `len` elements.
            let to = unsafe { to.add(done) };
            if column > 0 || left < n {
                let count = left.min(n - column);
                copy(from, 1, count, 0, stride, to);
                done += count;
            } else {
                let rows = rows_left.min(left / n);
                copy(from, rows, n, row_stride, stride, to);
                done += rows * n;
            }
        }
    }
}

/// A part of a sequence, packed block by block.
pub(crate) struct Packed<'a, T: Element> {
    kernels: &'a dyn Kernels<T>,
    from: Sequence<'a, T>,
    left: Range<usize>,
    scratch: Scratch,
}

impl<T: Element> Blocks<T> for Packed<'_, T> {
    fn next_block(&mut self) -> Option<&[T]> {
        const { assert!(block_len::<T>() <= Scratch::capacity::<T>()) };
        let len = block_len::<T>().min(self.left.len());
        if len == 0 {
            return None;
        }
        let to = self.scratch.as_mut_ptr::<T>();
        // SAFETY: a block fits, and is initialised by packing.
        let block = unsafe {
            self.from.pack(self.kernels, self.left.start, len, to);
            std::slice::from_raw_parts(to, len)
        };
        self.left.start += len;
        Some(block)
    }
}

/// Copies `len` columns, `stride` apart, of some rows at the positions of `layout` to neighbours at `to`.
///
/// # Safety
/// The elements are initialised and nobody writes them; there is room for them at `to`.
pub(crate) unsafe fn pack_rows<T: Element>(
    kernels: &dyn Kernels<T>,
    data: *const T,
    layout: &Layout,
    mut rows: Range<usize>,
    stride: isize,
    len: usize,
    mut to: *mut T,
) {
    while !rows.is_empty() {
        let (start, left, row_stride) = position(layout.shape(), layout.strides(), rows.start);
        let count = left.min(rows.len());
        // SAFETY: the caller's.
        unsafe {
            let grid = Grid::from_raw(data.offset(start), count, len, row_stride, stride);
            let _ = kernels.copy(grid, Out::from_raw(to, count, len, len as isize));
            to = to.add(count * len);
        }
        rows.start += count;
    }
}
