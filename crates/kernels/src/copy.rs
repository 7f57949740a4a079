//! Copies between grids of any strides: packing, unpacking, reversing, transposing.
//!
//! Elements move as bits, so there is one instance for each size, and no access asks for alignment. Rows of
//! neighbours go through `memcpy`; steps of −1, 2, 3 and 4 have loops that vectorise; what lies along one axis in the
//! input and along the other in the output is transposed in square tiles of registers. Every other grid is walked in
//! the order that suits memory.

use crate::simd::Transpose;
use isonum_core::Element;
use isonum_core::operand::{Filled, Grid, Out};
use std::mem::MaybeUninit;

/// `out = x`, element by element. `T` is how the elements travel: unsigned integers of their size.
#[inline(always)]
pub fn copy<'o, E: Element, T: Copy, S: Transpose<T>>(
    isa: S,
    x: Grid<'_, E>,
    mut out: Out<'o, E>,
) -> Filled<'o> {
    const { assert!(size_of::<E>() == size_of::<T>()) }
    let (rows, len) = x.dim();
    crate::elementwise::check_fits(out.rows() == rows && out.len() == len, rows, len);
    if rows > 0 && len > 0 {
        let (from, (from_row, from_step)) = (x.pointer().cast::<T>(), x.strides());
        let (to, (to_row, to_step)) = (out.pointer(0).cast::<T>(), out.strides());
        // SAFETY: both grids have `rows × len` elements at these distances; elements are bits without padding.
        unsafe { GridCopy { from, from_row, from_step, to, to_row, to_step, rows, len }.run(isa) };
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}

/// A copy between two grids, element `(r, i)` from `from + r * from_row + i * from_step`, likewise to. The pointers may be
/// less aligned than `T` asks (a complex number of two `f32` travels as `u64`).
#[derive(Clone, Copy)]
struct GridCopy<T> {
    from: *const T,
    from_row: isize,
    from_step: isize,
    to: *mut T,
    to_row: isize,
    to_step: isize,
    rows: usize,
    len: usize,
}

/// Rows below this length are not worth a loop of their own.
const SHORT: usize = 8;

impl<T: Copy> GridCopy<T> {
    /// # Safety
    /// The grids have their elements: `from` is valid for reads of each, `to` for writes, and nobody else touches these.
    #[inline(always)]
    unsafe fn run<S: Transpose<T>>(mut self, isa: S) {
        // Rows have neighbours in the output, or else in the input; and no axis of one element is an inner one.
        let swapped = match (self.to_step, self.to_row) {
            (1, _) => false,
            (_, 1) => true,
            _ => self.from_step != 1 && self.from_row == 1,
        };
        if self.rows > 1 && (swapped || self.len == 1) {
            self = self.exchanged();
        }
        // SAFETY: the caller's.
        unsafe {
            // What is near in the input is far in the output.
            if self.to_step == 1
                && self.from_row != 0
                && self.from_row.abs() < self.from_step.abs()
                && self.rows > 1
            {
                return if self.from_row == -1 { self.upside_down() } else { self }.transpose(isa);
            }
            if self.len < SHORT && self.rows > self.len {
                self = self.exchanged();
            }
            self.walk();
        }
    }

    /// The same with rows and columns exchanged.
    #[inline(always)]
    fn exchanged(self) -> Self {
        GridCopy {
            from_row: self.from_step,
            from_step: self.from_row,
            to_row: self.to_step,
            to_step: self.to_row,
            rows: self.len,
            len: self.rows,
            ..self
        }
    }

    /// The same with the last row first.
    #[inline(always)]
    fn upside_down(self) -> Self {
        let last = self.rows as isize - 1;
        GridCopy {
            from: self.from.wrapping_offset(last * self.from_row),
            from_row: -self.from_row,
            to: self.to.wrapping_offset(last * self.to_row),
            to_row: -self.to_row,
            ..self
        }
    }

    /// Row by row; in strips of columns where neighbours in either grid are rows apart, so that lines of the cache
    /// that rows share are still there for the next one.
    ///
    /// # Safety
    /// The grids have their elements: `from` is valid for reads of each, `to` for writes, and nobody else touches these.
    #[inline(always)]
    unsafe fn walk(self) {
        const STRIP: usize = 128;
        let apart = self.from_row.abs() < self.from_step.abs() || self.to_row.abs() < self.to_step.abs();
        let strip = if self.rows > 1 && apart { STRIP } else { self.len };
        let mut start = 0;
        while start < self.len {
            let count = strip.min(self.len - start);
            for r in 0..self.rows as isize {
                // SAFETY: the caller's; the elements are inside of row `r`.
                unsafe {
                    let x = self.from.offset(r * self.from_row + start as isize * self.from_step);
                    let y = self.to.offset(r * self.to_row + start as isize * self.to_step);
                    copy_row(x, self.from_step, y, self.to_step, count);
                }
            }
            start += count;
        }
    }

    /// Rows of neighbours from columns of (almost) neighbours, in square tiles.
    ///
    /// # Safety
    /// The grids have their elements: `from` is valid for reads of each, `to` for writes, and nobody else touches these.
    #[inline(always)]
    unsafe fn transpose<S: Transpose<T>>(self, isa: S) {
        if self.rows < S::TILE || self.len < S::TILE {
            // SAFETY: the caller's.
            return unsafe { self.transpose_narrow(isa) };
        }
        // Tiles that are no cache line wide come in squares that are, so that a line is written at one go.
        let square = S::TILE.max(LINE / size_of::<T>());
        // Squares follow each other along the rows of the input, which suits the prefetchers. The block bounds the
        // rows of the output that are written in turns, a page each: on Zen 4 with AVX-512, transposed copies of
        // 2048² took 1.5 (8 bytes) and 1.9 (4 bytes) times a `memcpy` with 512 of them, 1.7 and 2.2 without a
        // bound, 1.7 and 3.2 with 64; following each other along the rows of the output, 2.6 at best.
        const BLOCK: usize = 512;
        // Where all rows of the output start at the same place in a line, lines are written whole from the second
        // square on.
        let within = self.to.addr() % LINE / size_of::<T>();
        let aligned = (self.to_row.unsigned_abs() * size_of::<T>()).is_multiple_of(LINE);
        let first_end = if aligned { square - within } else { square };
        for r in (0..self.rows).step_by(BLOCK) {
            let r_end = self.rows.min(r + BLOCK);
            let (mut i, mut i_end) = (0, first_end.min(self.len));
            while i < self.len {
                for r in (r..r_end).step_by(square) {
                    // SAFETY: the caller's; there is at least a tile.
                    unsafe { self.transpose_square(isa, r, r_end.min(r + square), i, i_end) };
                }
                (i, i_end) = (i_end, self.len.min(i_end + square));
            }
        }
    }

    /// Rows `r` to `r_end`, elements `i` to `i_end`. A last tile that is none moves back to be one, and writes some
    /// elements again.
    ///
    /// # Safety
    /// As for `run`; neither grid has fewer rows or elements than a tile, and the ranges are inside of both.
    #[inline(always)]
    unsafe fn transpose_square<S: Transpose<T>>(
        self,
        isa: S,
        mut r: usize,
        r_end: usize,
        i: usize,
        i_end: usize,
    ) {
        let mut packed = MaybeUninit::<Tile>::uninit();
        let start = i;
        while r < r_end {
            let mut i = start;
            while i < i_end {
                let (row, element) =
                    (r.min(self.rows - S::TILE) as isize, i.min(self.len - S::TILE) as isize);
                // SAFETY: the caller's; the tile is inside of both grids, and one fits the buffer.
                unsafe {
                    let mut x = self.from.offset(element * self.from_step + row * self.from_row);
                    let mut x_row = self.from_step;
                    if self.from_row != 1 {
                        let to = packed.as_mut_ptr().cast::<T>();
                        for k in 0..S::TILE {
                            let row = x.offset(k as isize * x_row);
                            copy_steps(row, self.from_row, to.add(k * S::TILE), 1, S::TILE);
                        }
                        (x, x_row) = (to, S::TILE as isize);
                    }
                    let y = self.to.offset(row * self.to_row + element);
                    isa.transpose_tile(x, x_row, y, self.to_row);
                }
                i += S::TILE;
            }
            r += S::TILE;
        }
    }

    /// The same where one axis is shorter than a tile: through tiles in a buffer that are used in part, or, where
    /// that would be a small part, element by element.
    ///
    /// # Safety
    /// The grids have their elements: `from` is valid for reads of each, `to` for writes, and nobody else touches these.
    #[inline(always)]
    unsafe fn transpose_narrow<S: Transpose<T>>(self, isa: S) {
        let (rows, len) = (self.rows.min(S::TILE), self.len.min(S::TILE));
        // Where a tile in part still beats one element after the other. The rows must have 16 bytes.
        let suffices = match size_of::<T>() {
            1 | 2 => 16,
            4 => 8,
            _ => usize::MAX,
        };
        if self.from_row != 1 || S::TILE * size_of::<T>() != LINE || rows.min(len) < suffices {
            // SAFETY: the caller's.
            return unsafe { if self.len < self.rows { self.exchanged() } else { self }.walk() };
        }
        let (mut x, mut y) = (Tile([[0; LINE]; LINE]), Tile([[0; LINE]; LINE]));
        for r in (0..self.rows).step_by(rows) {
            for i in (0..self.len).step_by(len) {
                // A last tile that is none moves back to be one.
                let (r, i) = (r.min(self.rows - rows) as isize, i.min(self.len - len) as isize);
                // SAFETY: the caller's; `rows` and `len` are at most a tile, whose rows are a line each, and at
                // least 16 bytes.
                unsafe {
                    for k in 0..len {
                        let row = self.from.offset((i + k as isize) * self.from_step + r);
                        copy_short(row.cast(), x.0[k].as_mut_ptr(), rows * size_of::<T>());
                    }
                    let tile = S::TILE as isize;
                    isa.transpose_tile(x.0.as_ptr().cast(), tile, y.0.as_mut_ptr().cast(), tile);
                    for k in 0..rows {
                        let row = self.to.offset((r + k as isize) * self.to_row + i);
                        copy_short(y.0[k].as_ptr(), row.cast(), len * size_of::<T>());
                    }
                }
            }
        }
    }
}

/// The bytes of a line of the cache.
const LINE: usize = 64;
/// A tile of rows that are a line each.
#[repr(align(64))]
struct Tile([[u8; LINE]; LINE]);

/// Copies 16 bytes or more, few of them.
///
/// # Safety
/// `from` is valid for reads of as many bytes, `to` for writes, and `bytes` is 16 or more.
#[inline(always)]
unsafe fn copy_short(from: *const u8, to: *mut u8, bytes: usize) {
    for start in (0..bytes).step_by(16) {
        let start = start.min(bytes - 16);
        // SAFETY: the caller's.
        unsafe {
            to.add(start).cast::<u128>().write_unaligned(from.add(start).cast::<u128>().read_unaligned())
        };
    }
}

/// A row of `len` elements at any distances, and of any alignment.
///
/// # Safety
/// `from` is valid for reads of `len` elements at its distance, `to` for writes at its own.
#[inline(always)]
unsafe fn copy_row<T: Copy>(from: *const T, from_step: isize, to: *mut T, to_step: isize, len: usize) {
    // SAFETY: the caller's: `len` elements at these distances.
    unsafe {
        match (from_step, to_step) {
            (1, 1) => {
                std::ptr::copy_nonoverlapping(from.cast::<u8>(), to.cast::<u8>(), len * size_of::<T>());
            }
            (-1, 1) => copy_steps(from, -1, to, 1, len),
            (0, 1) => copy_steps(from, 0, to, 1, len),
            (2, 1) => copy_steps(from, 2, to, 1, len),
            (3, 1) => copy_steps(from, 3, to, 1, len),
            (4, 1) => copy_steps(from, 4, to, 1, len),
            _ => copy_steps(from, from_step, to, to_step, len),
        }
    }
}

/// `len` elements, one after the other.
///
/// # Safety
/// As for [`copy_row`].
#[inline(always)]
unsafe fn copy_steps<T: Copy>(from: *const T, from_step: isize, to: *mut T, to_step: isize, len: usize) {
    for i in 0..len as isize {
        // SAFETY: the caller's.
        unsafe { to.offset(i * to_step).write_unaligned(from.offset(i * from_step).read_unaligned()) };
    }
}

/// Implements [`Transpose`] by plain loops, for sizes of elements without a transposition of registers.
#[macro_export]
macro_rules! plain_transpose {
    ($token:ty: $($t:ty)*) => {$(
        // SAFETY: a tile of `TILE × TILE` elements is read and written.
        unsafe impl $crate::simd::Transpose<$t> for $token {
            const TILE: usize = 8;
            #[inline(always)]
            unsafe fn transpose_tile(self, from: *const $t, from_row: isize, to: *mut $t, to_row: isize) {
                for k in 0..8 {
                    for j in 0..8 {
                        // SAFETY: the caller's.
                        unsafe { to.offset(k * to_row + j).write_unaligned(from.offset(j * from_row + k).read_unaligned()) };
                    }
                }
            }
        }
    )*};
}
crate::plain_transpose!(crate::Scalar: u8 u16 u32 u64 [u64; 2]);
