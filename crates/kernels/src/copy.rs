//! Copies between grids of any strides: packing, unpacking, reversing, transposing.
//!
//! Elements move as bits, so there is one instance for each size, and no access asks for alignment (a `Complex32`
//! moves as a `u64` and is aligned as an `f32`). Rows of neighbours go through `memcpy`;
//! distances of −1 and 2 have loops that vectorise; a grid that is contiguous along the other axis is transposed
//! in square tiles of registers.

use crate::simd::Transpose;
use isonum_core::operand::{Filled, Grid, Out};

/// `out = x`, element by element.
#[inline(always)]
pub fn copy<'o, T: Copy, S: Transpose<T>>(isa: S, x: Grid<'_, T>, mut out: Out<'o, T>) -> Filled<'o> {
    let (rows, len) = x.dim();
    crate::elementwise::check_fits(out.rows() == rows && out.len() == len, rows, len);
    if rows > 0 && len > 0 {
        let (from, to) = (x.pointer(), out.pointer(0));
        // SAFETY: both grids have `rows × len` elements at these distances.
        unsafe { copy_grid(isa, from, x.strides(), to, out.strides(), rows, len) };
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}

#[inline(always)]
unsafe fn copy_grid<T: Copy, S: Transpose<T>>(
    isa: S,
    from: *const T,
    (from_row, from_step): (isize, isize),
    to: *mut T,
    (to_row, to_step): (isize, isize),
    rows: usize,
    len: usize,
) {
    // SAFETY: the caller's; every access is to element `(r, i)` of a grid.
    unsafe {
        if to_step == 1 && from_row == 1 && from_step != 1 && rows > 1 && len > 1 {
            transpose(isa, from, from_step, to, to_row, rows, len);
        } else if from_step == 1 && to_row == 1 && to_step != 1 && rows > 1 && len > 1 {
            // The same with the axes exchanged: rows of the output are columns of the input.
            transpose(isa, from, from_row, to, to_step, len, rows);
        } else if len == 1 || (from_row == 1 && to_row == 1 && rows > 1) {
            // Walk down the columns instead.
            for i in 0..len as isize {
                let (x, y) = (from.offset(i * from_step), to.offset(i * to_step));
                copy_row(x, from_row, y, to_row, rows);
            }
        } else {
            for r in 0..rows as isize {
                copy_row(from.offset(r * from_row), from_step, to.offset(r * to_row), to_step, len);
            }
        }
    }
}

#[inline(always)]
unsafe fn copy_row<T: Copy>(from: *const T, from_step: isize, to: *mut T, to_step: isize, len: usize) {
    // SAFETY: the caller's: `len` elements at these distances.
    unsafe {
        match (from_step, to_step) {
            (1, 1) => {
                let bytes = len * size_of::<T>();
                std::ptr::copy_nonoverlapping(from.cast::<u8>(), to.cast::<u8>(), bytes)
            }
            (-1, 1) => {
                let first = from.offset(1 - len as isize);
                for i in 0..len {
                    put(to.add(i), first.add(len - 1 - i));
                }
            }
            (2, 1) => {
                for i in 0..len {
                    put(to.add(i), from.add(2 * i));
                }
            }
            (3, 1) => {
                for i in 0..len {
                    put(to.add(i), from.add(3 * i));
                }
            }
            (0, 1) => {
                let x = from.read_unaligned();
                for i in 0..len {
                    to.add(i).write_unaligned(x);
                }
            }
            _ => {
                for i in 0..len as isize {
                    put(to.offset(i * to_step), from.offset(i * from_step));
                }
            }
        }
    }
}

/// One element.
///
/// # Safety
/// `from` may be read and `to` written.
#[inline(always)]
pub unsafe fn put<T: Copy>(to: *mut T, from: *const T) {
    // SAFETY: the caller's.
    unsafe { to.write_unaligned(from.read_unaligned()) }
}

/// `to[r][i] = from[i][r]`: `rows` rows of the output, `to_row` apart; `len` rows of the input, `from_row` apart.
#[inline(always)]
unsafe fn transpose<T: Copy, S: Transpose<T>>(
    isa: S,
    from: *const T,
    from_row: isize,
    to: *mut T,
    to_row: isize,
    rows: usize,
    len: usize,
) {
    let tile = S::TILE;
    // Blocks of input rows that stay in the first cache while the columns are walked.
    const BLOCK: usize = 64;
    let mut block = 0;
    while block < len {
        let end = len.min(block + BLOCK);
        let mut r = 0;
        while r < rows {
            let height = tile.min(rows - r);
            let mut i = block;
            while i < end {
                let width = tile.min(end - i);
                // SAFETY: the tile is inside of both grids.
                unsafe {
                    let x = from.offset(i as isize * from_row + r as isize);
                    let y = to.offset(r as isize * to_row + i as isize);
                    if height == tile && width == tile {
                        isa.transpose_tile(x, from_row, y, to_row);
                    } else {
                        for k in 0..height {
                            for j in 0..width {
                                let from = x.offset(j as isize * from_row + k as isize);
                                put(y.offset(k as isize * to_row + j as isize), from);
                            }
                        }
                    }
                }
                i += width;
            }
            r += height;
        }
        block = end;
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
                        unsafe { $crate::copy::put(to.offset(k * to_row + j), from.offset(j * from_row + k)) };
                    }
                }
            }
        }
    )*};
}
crate::plain_transpose!(crate::Scalar: u8 u16 u32 u64 [u64; 2]);
