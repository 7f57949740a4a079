//! Arithmetic of complex numbers: on registers of parts where that is the same, else on real and imaginary parts in
//! registers of their own.

use super::pieces::{Pieces, part_operand};
use crate::elementwise::{self, BinaryLanes, Kind, UnaryLanes, check_fits, kind};
use crate::pair::Pair;
use crate::plain;
use crate::reg::Reg;
use crate::simd::{FloatLane, Simd, SimdFloat};
use isonum_core::Element;
use isonum_core::operand::{Filled, Operand, Out, Rows};
use num_complex::Complex;

/// Two neighbouring registers of parts: as many numbers as one has lanes.
pub(super) type Neighbours<T, S> = Reg<T, Pair<S>>;

/// Real parts and imaginary parts, in the same order.
#[inline(always)]
pub(super) fn unzip<T: FloatLane, S: SimdFloat<T>>(x: Neighbours<T, S>) -> Complex<Reg<T, S>> {
    let isa = x.isa().0;
    let (re, im) = SimdFloat::<T>::unzip(isa, x.raw.0, x.raw.1);
    Complex { re: Reg::from_raw(isa, re), im: Reg::from_raw(isa, im) }
}

/// What [`unzip`] was given.
#[inline(always)]
pub(super) fn zip<T: FloatLane, S: SimdFloat<T>>(x: Complex<Reg<T, S>>) -> Neighbours<T, S> {
    let isa = x.re.isa();
    Reg::from_raw(Pair(isa), SimdFloat::<T>::zip(isa, x.re.raw, x.im.raw))
}

/// The product, each of its four products and two sums rounded.
#[inline(always)]
pub(super) fn product<T: FloatLane, S: SimdFloat<T>>(
    a: Complex<Reg<T, S>>,
    b: Complex<Reg<T, S>>,
) -> Complex<Reg<T, S>> {
    Complex { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }
}

/// Products of complex numbers.
pub struct Product;
/// Quotients of complex numbers.
pub struct Quotient;

impl<T: FloatLane, S: SimdFloat<T>> BinaryLanes<T, Pair<S>> for Product {
    const SHORT: bool = false;
    #[inline(always)]
    fn apply(a: Neighbours<T, S>, b: Neighbours<T, S>) -> Neighbours<T, S> {
        zip(product(unzip(a), unzip(b)))
    }
}

impl<T: FloatLane, S: SimdFloat<T>> UnaryLanes<T, Pair<S>> for Product {
    #[inline(always)]
    fn apply(x: Neighbours<T, S>) -> Neighbours<T, S> {
        let x = unzip(x);
        zip(product(x, x))
    }
}

impl<T: FloatLane, S: SimdFloat<T>> BinaryLanes<T, Pair<S>> for Quotient {
    const SHORT: bool = false;
    /// As [`divide`], of which every lane takes the way that its numbers ask for.
    #[inline(always)]
    fn apply(a: Neighbours<T, S>, b: Neighbours<T, S>) -> Neighbours<T, S> {
        let (a, b) = (unzip(a), unzip(b));
        let by_real = b.re.abs().ge(b.im.abs());
        let (large, small) = (by_real.select(b.re, b.im), by_real.select(b.im, b.re));
        let ratio = small / large;
        let scale = large.with(T::ONE) / (large + small * ratio);
        let (first, second) = (by_real.select(a.re, a.im), by_real.select(a.im, a.re));
        let (product, other) = (first * ratio, second * ratio);
        let re = (first + other) * scale;
        let im = by_real.select(second - product, product - second) * scale;
        // Not where the other part is NaN.
        let zero = by_real & large.eq(large.with(T::ZERO));
        if !zero.any() {
            return zip(Complex { re, im });
        }
        let large = large.abs();
        zip(Complex { re: zero.select(a.re / large, re), im: zero.select(a.im / large, im) })
    }
}

/// `a / b` after Smith (1962): scaled by the larger part of `b`, so that neither square overflows.
#[inline(always)]
pub fn divide<T: FloatLane>(a: Complex<T>, b: Complex<T>) -> Complex<T> {
    if b.re.abs() >= b.im.abs() {
        if b.re.abs() == T::ZERO && b.im.abs() == T::ZERO {
            return Complex::new(a.re / b.re.abs(), a.im / b.re.abs());
        }
        let ratio = b.im / b.re;
        let scale = T::ONE / (b.re + b.im * ratio);
        Complex::new((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
    } else {
        let ratio = b.re / b.im;
        let scale = T::ONE / (b.im + b.re * ratio);
        Complex::new((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
    }
}

/// An operand in memory as one of parts.
#[inline(always)]
fn parts<'a, T: Copy>(x: &Operand<'a, Complex<T>>) -> Operand<'a, T> {
    match x {
        // SAFETY: a number is two neighbouring parts (`repr(C)`).
        Operand::Slice(x) => Operand::Slice(unsafe {
            Rows::from_raw(x.pointer(0).cast(), x.rows(), 2 * x.len(), 2 * x.stride())
        }),
        _ => Operand::Out,
    }
}

/// An output as one of parts.
///
/// # Safety
/// Its brand says nothing: what is filled is `out`.
#[inline(always)]
unsafe fn part_out<'s, T: Copy>(out: &mut Out<'_, Complex<T>>) -> Out<'s, T> {
    let (rows, len, (stride, _)) = (out.rows(), out.len(), out.strides());
    // SAFETY: the caller's; a number is two neighbouring parts (`repr(C)`).
    unsafe { Out::from_raw(out.pointer(0).cast(), rows, 2 * len, 2 * stride) }.streaming(out.streams())
}

/// `out = op(x)`, by `F` on registers of `V`, which hold parts. On one lane, and of a constant, number by number.
#[inline(always)]
pub fn unary<'o, T: FloatLane, S: Simd<T>, V: Simd<T>, F: UnaryLanes<T, V>>(
    isa: V,
    x: Operand<'_, Complex<T>>,
    mut out: Out<'o, Complex<T>>,
    op: impl Fn(Complex<T>) -> Complex<T> + Copy,
) -> Filled<'o>
where
    Complex<T>: Element,
{
    if S::LANES == 1 || matches!(kind(&x), Kind::Constant) {
        return plain::unary(x, out, op);
    }
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.fits(rows, len) && out.is_rows(), rows, len);
    // SAFETY: each has twice as many parts as numbers, and the kernel fills those of the output.
    unsafe {
        let _filled = elementwise::unary::<T, V, F>(isa, parts(&x), part_out(&mut out));
        out.assume_filled()
    }
}

/// `out = op(a, b)`, by `F` on registers of `V`, which hold parts. On one lane, number by number.
#[inline(always)]
pub fn binary<'o, T: FloatLane, S: Simd<T>, V: Simd<T>, F: BinaryLanes<T, V>>(
    isa: V,
    a: Operand<'_, Complex<T>>,
    b: Operand<'_, Complex<T>>,
    mut out: Out<'o, Complex<T>>,
    op: impl Fn(Complex<T>, Complex<T>) -> Complex<T> + Copy,
) -> Filled<'o>
where
    Complex<T>: Element,
{
    if S::LANES == 1 {
        return plain::binary(a, b, out, op);
    }
    let (rows, len) = (out.rows(), out.len());
    check_fits(a.fits(rows, len) && b.fits(rows, len) && out.is_rows(), rows, len);
    // SAFETY: each has twice as many parts as numbers, and the kernel fills those of the output.
    unsafe {
        if let (Kind::Memory, Kind::Memory) = (kind(&a), kind(&b)) {
            let _filled = elementwise::binary::<T, V, F>(isa, parts(&a), parts(&b), part_out(&mut out));
            return out.assume_filled();
        }
        let mut pieces = Pieces::new([&a, &b], rows, len);
        while let Some(piece) = pieces.next(&mut out) {
            let [a, b] = [part_operand(piece.parts[0], piece.len), part_operand(piece.parts[1], piece.len)];
            let to = out.pointer(piece.row).add(piece.start).cast();
            let _filled = elementwise::binary::<T, V, F>(isa, a, b, Out::from_raw(to, 1, 2 * piece.len, 0));
        }
        out.assume_filled()
    }
}
