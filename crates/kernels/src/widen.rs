//! Reductions whose accumulator has another type than the elements: integers in 64 bits, deviations in `f64`.
//!
//! Plain loops over elements, which the compiler vectorises; no iterators with closures, as these are not always
//! inlined into the function that has the instruction set. Deviations convert a block and share the `f64` algorithm.

use crate::cast::As;
use crate::fold::{Combine, Walk};
use crate::products::Deviations;
use crate::scalar::Scalar;
use crate::simd::{Lane, Simd, SimdFloat};
use isonum_core::backend::block_len;
use isonum_core::operand::{Filled, Input, Out, Rows};
use isonum_core::{Element, Real};
use num_traits::{WrappingAdd, WrappingMul};
use std::mem::MaybeUninit;

/// The sum of all elements: of a block in `N`, of blocks in `W`. The sum of 8 KiB of elements fits `N`, whose lanes
/// are fewer bytes, so that more elements are added at once.
#[inline(always)]
pub fn sum<T: As<N>, N: As<W> + WrappingAdd, W: Element + WrappingAdd>(x: Input<'_, T>) -> W {
    let mut result = W::ZERO;
    let mut walk = Walk::new(x);
    while let Some(block) = walk.next() {
        let mut sum = N::ZERO;
        for x in block {
            sum = sum.wrapping_add(&x.convert());
        }
        result = result.wrapping_add(&sum.convert());
    }
    result
}

/// The product of all elements.
#[inline(always)]
pub fn prod<T: As<W>, W: Element + WrappingMul>(x: Input<'_, T>) -> W {
    let mut result = W::ONE;
    let mut walk = Walk::new(x);
    while let Some(block) = walk.next() {
        for x in block {
            result = result.wrapping_mul(&x.convert());
        }
    }
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

/// The sum of products: of a block in `N`, which it fits, of blocks in `W`.
#[inline(always)]
pub fn dot<T: As<N>, N: As<W> + WrappingAdd + WrappingMul, W: Element + WrappingAdd>(a: &[T], b: &[T]) -> W {
    assert_eq!(a.len(), b.len(), "dot: both operands have the same number of elements");
    let mut result = W::ZERO;
    let step = block_len::<T>();
    for (a, b) in a.chunks(step).zip(b.chunks(step)) {
        let mut sum = N::ZERO;
        for (x, y) in a.iter().zip(b) {
            sum = sum.wrapping_add(&x.convert().wrapping_mul(&y.convert()));
        }
        result = result.wrapping_add(&sum.convert());
    }
    result
}

/// The length of converted pieces: one block of `f64`.
const PIECE: usize = 1024;

/// Running sums and products in a wider type.
#[inline(always)]
pub fn scan<'o, T: As<W>, W: Lane, S: Simd<W>, C: Combine<W, S> + Combine<W, Scalar>, const R: usize>(
    isa: S,
    x: &[T],
    start: Option<W>,
    mut out: Out<'o, W>,
) -> (Filled<'o>, Option<W>)
where
    Scalar: Simd<W>,
{
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1 && out.is_rows(), 1, len);
    let mut carry = start;
    let mut converted = [const { MaybeUninit::<W>::uninit() }; PIECE];
    for (from, to) in x.chunks(PIECE).zip(out.row_mut(0).chunks_mut(PIECE)) {
        for (to, x) in converted.iter_mut().zip(from) {
            to.write(x.convert());
        }
        // SAFETY: as many have been written.
        let piece: &[W] = unsafe { std::slice::from_raw_parts(converted.as_ptr().cast(), from.len()) };
        // SAFETY: a piece of the output, as it is.
        let to = unsafe { Out::from_raw(to.as_mut_ptr().cast::<W>(), 1, to.len(), 0) };
        (_, carry) = crate::scan::scan::<W, S, C, R>(isa, piece, carry, to);
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
    let mut deviations = Deviations::<S, R>::new(isa, center);
    // Not cleared: that would cost more than a short sum.
    let mut converted = [const { MaybeUninit::<f64>::uninit() }; PIECE];
    let mut walk = Walk::new(x);
    while let Some(block) = walk.next() {
        if T::DTYPE == isonum_core::DType::F64 {
            // SAFETY: `T` is `f64`.
            deviations.push(unsafe { std::slice::from_raw_parts(block.as_ptr().cast(), block.len()) });
            continue;
        }
        for piece in block.chunks(PIECE) {
            for (to, x) in converted.iter_mut().zip(piece) {
                to.write(x.convert());
            }
            // SAFETY: as many have been written.
            deviations.push(unsafe { std::slice::from_raw_parts(converted.as_ptr().cast(), piece.len()) });
        }
    }
    deviations.finish()
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
