//! Reductions whose accumulator has another type than the elements: integers in 64 bits, deviations in `f64`.
//!
//! Loops over elements that the compiler vectorises; deviations convert a block and share the `f64` algorithm.

use crate::cast::As;
use crate::fold::{Combine, blocks};
use crate::simd::{Lane, Simd, SimdFloat};
use isonum_core::operand::{Blocks, Filled, Input, Out, Rows};
use isonum_core::{Element, Real};

/// All elements by an operation for which order does not matter.
#[inline(always)]
pub fn fold<T: As<W>, W: Copy>(x: Input<'_, T>, start: W, op: impl Fn(W, W) -> W + Copy) -> W {
    let mut result = start;
    blocks(x, |x| result = x.iter().fold(result, |a, x| op(a, x.convert())));
    result
}

/// The columns of up to 32 rows, in order of the rows.
#[inline(always)]
pub fn fold_rows<'o, T: As<W>, W: Element>(
    x: Rows<'_, T>,
    mut out: Out<'o, W>,
    op: impl Fn(W, W) -> W + Copy,
) -> Filled<'o> {
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1 && x.rows() > 0, 1, len);
    let to = out.row_mut(0);
    for (to, x) in to.iter_mut().zip(x.row(0)) {
        to.write(x.convert());
    }
    for r in 1..x.rows() {
        for (to, x) in to.iter_mut().zip(x.row(r)) {
            // SAFETY: written for the first row.
            to.write(op(unsafe { to.assume_init() }, x.convert()));
        }
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}

/// The sum of products, for which order does not matter.
#[inline(always)]
pub fn dot<T: As<W>, W: Copy>(a: &[T], b: &[T], start: W, op: impl Fn(W, W, W) -> W + Copy) -> W {
    assert_eq!(a.len(), b.len(), "dot: both operands have the same number of elements");
    a.iter().zip(b).fold(start, |sum, (x, y)| op(sum, x.convert(), y.convert()))
}

/// The length of converted pieces: one block of `f64`.
const PIECE: usize = 1024;

/// Running sums and products in a wider type.
#[inline(always)]
pub fn scan<'o, T: As<W>, W: Lane, S: Simd<W>, C: Combine<W, S>, const R: usize>(
    isa: S,
    x: &[T],
    start: Option<W>,
    mut out: Out<'o, W>,
) -> (Filled<'o>, Option<W>) {
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1 && out.is_rows(), 1, len);
    let mut carry = start;
    let mut piece = [W::ZERO; PIECE];
    for (from, to) in x.chunks(PIECE).zip(out.row_mut(0).chunks_mut(PIECE)) {
        let piece = &mut piece[..from.len()];
        piece.iter_mut().zip(from).for_each(|(to, x)| *to = x.convert());
        (_, carry) = crate::scan::scan::<W, S, C, R>(isa, piece, carry, Out::uninit(to));
    }
    // SAFETY: every piece has been written.
    (unsafe { out.assume_filled() }, carry)
}

/// The sum of `(x − center)²` of a chunk.
#[inline(always)]
pub fn squared_deviations<T: Real + As<f64>, S: SimdFloat<f64>, const R: usize>(
    isa: S,
    x: Input<'_, T>,
    center: f64,
) -> f64 {
    let mut converted = Converted { input: x, block: &[], scratch: [0.0; PIECE] };
    crate::fold::squared_deviations::<S, R>(isa, Input::Blocks(&mut converted), center)
}

/// A chunk of any real type as blocks of `f64`.
struct Converted<'a, T> {
    input: Input<'a, T>,
    block: &'a [T],
    scratch: [f64; PIECE],
}

impl<T: Real + As<f64>> Blocks<f64> for Converted<'_, T> {
    #[inline]
    fn next_block(&mut self) -> Option<&[f64]> {
        if self.block.is_empty() {
            match &mut self.input {
                Input::Slice(x) => self.block = std::mem::take(x),
                Input::Blocks(blocks) => {
                    let block = blocks.next_block()?;
                    // SAFETY: the block is not used after the next call of `next_block`, because it is asked for
                    // another one only when this one has been converted.
                    self.block = unsafe { std::slice::from_raw_parts(block.as_ptr(), block.len()) };
                }
            }
        }
        if self.block.is_empty() {
            return None;
        }
        let (piece, rest) = self.block.split_at(PIECE.min(self.block.len()));
        self.block = rest;
        self.scratch.iter_mut().zip(piece).for_each(|(to, x)| *to = x.convert());
        Some(&self.scratch[..piece.len()])
    }
}

/// The squared deviations down the columns of up to 32 rows, in order of the rows.
#[inline(always)]
pub fn squared_deviations_rows<'o, T: Real + As<f64>>(
    x: Rows<'_, T>,
    centers: &[f64],
    mut out: Out<'o, f64>,
) -> Filled<'o> {
    let len = out.len();
    let fits = x.len() == len && centers.len() == len && out.rows() == 1 && x.rows() > 0;
    crate::elementwise::check_fits(fits, 1, len);
    let to = out.row_mut(0);
    for ((to, x), center) in to.iter_mut().zip(x.row(0)).zip(centers) {
        let d = As::<f64>::convert(*x) - center;
        to.write(d * d);
    }
    for r in 1..x.rows() {
        for ((to, x), center) in to.iter_mut().zip(x.row(r)).zip(centers) {
            let d = As::<f64>::convert(*x) - center;
            // SAFETY: written for the first row.
            to.write(d.mul_add(d, unsafe { to.assume_init() }));
        }
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}
