//! Reductions of complex numbers.

use crate::fold::{self, Combine, Sum, blocks};
use crate::simd::{FloatLane, SimdFloat};
use isonum_core::Element;
use isonum_core::backend::block_len;
use isonum_core::operand::{Blocks, Filled, Input, Out};
use num_complex::Complex;

/// The parts of complex numbers, one after the other.
#[inline(always)]
fn parts<T>(x: &[Complex<T>]) -> &[T] {
    // SAFETY: `Complex` is two neighbouring parts (`repr(C)`).
    unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), 2 * x.len()) }
}

struct Parts<'a, T>(&'a mut dyn Blocks<Complex<T>>);

impl<T: FloatLane> Blocks<T> for Parts<'_, T>
where
    Complex<T>: Element,
{
    fn next_block(&mut self) -> Option<&[T]> {
        self.0.next_block().map(parts)
    }
}

/// The sum of a chunk: real and imaginary parts in lanes of their own.
#[inline(always)]
pub fn sum<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, x: Input<'_, Complex<T>>) -> Complex<T>
where
    Complex<T>: Element,
    Sum: Combine<T, S>,
{
    let [re, im] = match x {
        Input::Slice(x) => fold::fold::<T, S, Sum, R>(isa, Input::Slice(parts(x)), 2),
        Input::Blocks(blocks) => fold::fold::<T, S, Sum, R>(isa, Input::Blocks(&mut Parts(blocks)), 2),
    };
    Complex::new(re, im)
}

/// The product of a chunk, in order.
#[inline(always)]
pub fn prod<T: FloatLane>(x: Input<'_, Complex<T>>) -> Complex<T>
where
    Complex<T>: Element,
{
    let mut result = Complex::new(T::ONE, T::ZERO);
    blocks(x, |x| result = x.iter().fold(result, |a, x| a * x));
    result
}

/// The sum of products (not conjugated) of a chunk: blocks in order, then their sums in order.
#[inline(always)]
pub fn dot<T: FloatLane>(a: &[Complex<T>], b: &[Complex<T>]) -> Complex<T>
where
    Complex<T>: Element,
{
    assert_eq!(a.len(), b.len(), "dot: both operands have the same number of elements");
    let zero = Complex::new(T::ZERO, T::ZERO);
    let step = block_len::<Complex<T>>();
    let block = |a: &[Complex<T>], b: &[Complex<T>]| a.iter().zip(b).fold(zero, |sum, (x, y)| sum + x * y);
    a.chunks(step).zip(b.chunks(step)).fold(zero, |sum, (a, b)| sum + block(a, b))
}

/// Running sums or products, in order.
#[inline(always)]
pub fn scan<'o, T: FloatLane>(
    x: &[Complex<T>],
    start: Option<Complex<T>>,
    mut out: Out<'o, Complex<T>>,
    op: impl Fn(Complex<T>, Complex<T>) -> Complex<T>,
) -> (Filled<'o>, Option<Complex<T>>) {
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1, 1, len);
    let mut last = start;
    for (to, x) in out.row_mut(0).iter_mut().zip(x) {
        let value = last.map_or(*x, |last| op(last, *x));
        to.write(value);
        last = Some(value);
    }
    // SAFETY: every element has been written.
    (unsafe { out.assume_filled() }, last)
}
