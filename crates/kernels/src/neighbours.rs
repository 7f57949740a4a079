//! The neighbours of a float: `nextafter` and `spacing`, exact.
//!
//! *Method.* Floats of one sign are in the order of their bits, so that the next one away from zero has one more, and the
//! one towards zero one less. The step from zero is the number of the bits 1; that from the largest number is to infinity.

use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, SimdFloat};
use isonum_core::Element;

/// The next number from `a` towards `b`; `b` where they are equal, NaN if either is.
#[inline(always)]
pub(crate) fn next_after<T: FloatLane, S: SimdFloat<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
    let (bits, zero) = (a.to_bits(), a.with(T::ZERO));
    let one = bits.with(<T::Bits as Element>::ONE);
    let away = a.lt(b) & a.gt(zero) | b.lt(a) & a.lt(zero);
    let away: Mask<T::Bits, S> = Mask::from_raw(a.isa(), away.raw);
    let next = Reg::from_bits(bits + away.select(one, -one));
    let from_zero = smallest(a) | b & b.with(-T::ZERO);
    let next = a.eq(zero).select(from_zero, next);
    let next = a.eq(b).select(b, next);
    (a.is_nan() | b.is_nan()).select(a + b, next)
}

/// The distance to the next number away from zero, with the sign of `x`; of zeros the smallest number.
#[inline(always)]
pub(crate) fn spacing<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let bits = x.to_bits();
    let next = Reg::from_bits(bits + bits.with(<T::Bits as Element>::ONE));
    x.eq(x.with(T::ZERO)).select(smallest(x), next - x)
}

/// The smallest subnormal number.
#[inline(always)]
fn smallest<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    Reg::from_bits(x.to_bits().with(<T::Bits as Element>::ONE))
}
