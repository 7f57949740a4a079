//! Rows of complex numbers in pieces, as what kernels of their parts take: memory.

use crate::elementwise::{Kind, constant, kind, memory};
use isonum_core::operand::{Operand, Out, Rows};
use num_complex::Complex;
use std::mem::MaybeUninit;

/// The most numbers in a piece.
pub(super) const PIECE: usize = 256;

/// The pieces of `K` operands: those in memory as they are, constants as often as a piece is long.
///
/// No iterator with closures, which would be compiled without the instruction set.
pub(super) struct Pieces<'p, T: Copy, const K: usize> {
    operands: [&'p Operand<'p, Complex<T>>; K],
    /// Not cleared: that would cost more than a short row.
    values: [[MaybeUninit<Complex<T>>; PIECE]; K],
    rows: usize,
    len: usize,
    row: usize,
    start: usize,
}

/// A piece of each operand.
pub(super) struct Piece<T, const K: usize> {
    /// The row.
    pub row: usize,
    /// The place of the first number in it.
    pub start: usize,
    /// The number of numbers.
    pub len: usize,
    /// The parts of each operand, twice as many.
    pub parts: [*const T; K],
}

impl<'p, T: Copy, const K: usize> Pieces<'p, T, K> {
    /// From the first row on; the operands fit so many of so many numbers.
    #[inline(always)]
    pub(super) fn new(operands: [&'p Operand<'p, Complex<T>>; K], rows: usize, len: usize) -> Self {
        let values = [[MaybeUninit::uninit(); PIECE]; K];
        Pieces { operands, values, rows: if len > 0 { rows } else { 0 }, len, row: 0, start: 0 }
    }

    /// The next piece, valid until the one behind it is asked for. [`Operand::Out`] is what `out` holds.
    #[inline(always)]
    pub(super) fn next<U: Copy>(&mut self, out: &mut Out<'_, U>) -> Option<Piece<T, K>> {
        if self.start >= self.len {
            (self.row, self.start) = (self.row + 1, 0);
        }
        if self.row >= self.rows {
            return None;
        }
        let (row, start) = (self.row, self.start);
        let len = PIECE.min(self.len - start);
        let to = out.pointer(row).cast_const().cast();
        let mut parts = [std::ptr::null(); K];
        for ((parts, x), values) in parts.iter_mut().zip(self.operands).zip(&mut self.values) {
            *parts = match kind(x) {
                Kind::Memory => memory(x, row, to).0.wrapping_add(start).cast(),
                Kind::Constant => {
                    if start == 0 {
                        values[..len].fill(MaybeUninit::new(constant(x, row)));
                    }
                    values.as_ptr().cast()
                }
            };
        }
        self.start += len;
        Some(Piece { row, start, len, parts })
    }
}

/// So many complex numbers from `parts` on, as an operand of parts.
///
/// # Safety
/// They are there for `'a`, and nobody writes them but as the output of the same kernel.
#[inline(always)]
pub(super) unsafe fn part_operand<'a, T>(parts: *const T, len: usize) -> Operand<'a, T> {
    // SAFETY: the caller's; a complex number is two neighbouring parts (`repr(C)`).
    Operand::Slice(unsafe { Rows::from_raw(parts, 1, 2 * len, 0) })
}
