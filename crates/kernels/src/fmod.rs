//! Remainders of floats: `fmod`, of the division cut towards zero, which is exact; `remainder`, of the division rounded
//! down, and that quotient, `floor_divide`, which are made of it.
//!
//! *Method.* 1. `q = trunc(|a| / |b|)`; rounding can make it one too large, never too small. 2. While `q` fits the
//! significand, `r = |a| − q·|b|` is exact in one fused step, and one addition of `|b|` corrects `q`; where `q` is 0
//! (`b` infinite, too) `r` is `|a|`. 3. The sign is that of `a`. 4. If a quotient is too large, all lanes take Rust's
//! `%`. NaN quotients (of NaN, 0 / 0, ∞ / ∞) are no such case: there the remainder is NaN by itself.
//!
//! *Accuracy.* Exact: the remainder of two floats is a float. That of the division rounded down is one addition more, of
//! `b` where the signs differ, and correctly rounded. The quotient is the integer that is nearest to `(a − r) / b`, three
//! roundings, in NumPy's order: exact while it has two bits less than the significand.

use crate::elementwise::BinaryLanes;
use crate::ops::{FloorDivide, Fmod, Remainder};
use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, Simd, SimdFloat};

impl<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>> BinaryLanes<T, S> for Fmod {
    const SHORT: bool = false;
    #[inline(always)]
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        let (x, y) = (a.abs(), b.abs());
        let q = (x / y).trunc();
        // 2 to the power of the significand's width.
        let limit = a.with(T::from_f64(2.0) / <T as num_traits::Float>::epsilon());
        let zero = a.with(T::ZERO);
        let hard = q.ge(limit);
        let r = q.neg_mul_add(y, x);
        let r = r.lt(zero).select(r + y, r);
        let r = q.eq(zero).select(x, r);
        let sign = a & a.with(-T::ZERO);
        let r = r | sign;
        if hard.any() { exact(a, b) } else { r }
    }
}

/// All lanes by Rust's `%`, which agrees wherever the fast way is exact.
#[inline(always)]
fn exact<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
    let (mut x, mut y) = ([T::ZERO; 16], [T::ZERO; 16]);
    // SAFETY: no instruction set has more than 16 lanes of a float.
    unsafe {
        a.store(x.as_mut_ptr());
        b.store(y.as_mut_ptr());
    }
    remainders(&mut x[..<S as Simd<T>>::LANES], &y);
    // SAFETY: as above.
    unsafe { Reg::load(a.isa(), x.as_ptr()) }
}

#[cold]
#[inline(never)]
fn remainders<T: FloatLane + std::ops::Rem<Output = T>>(x: &mut [T], y: &[T]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x = *x % *y);
}

/// Where a remainder has not the sign of the divisor, which zero, too, may have. NaN is anywhere.
#[inline(always)]
fn differ<T: FloatLane, S: SimdFloat<T>>(rest: Reg<T, S>, b: Reg<T, S>) -> Mask<T, S> {
    let zero = b.with(T::ZERO);
    let sign = (rest ^ b) & b.with(-T::ZERO) | b.with(T::ONE);
    sign.lt(zero) & rest.ne(zero)
}

impl<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>> BinaryLanes<T, S> for Remainder {
    const SHORT: bool = false;
    #[inline(always)]
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        let zero = b.with(T::ZERO);
        let rest = Fmod::apply(a, b);
        let same = differ(rest, b).select(rest + b, rest);
        rest.eq(zero).select(b & -zero, same)
    }
}

impl<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>> BinaryLanes<T, S> for FloorDivide {
    const SHORT: bool = false;
    #[inline(always)]
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        let (zero, one) = (b.with(T::ZERO), b.with(T::ONE));
        // Nothing is taken off where the divisor is zero: the quotient is infinite, or NaN.
        let rest = b.eq(zero).select(zero, Fmod::apply(a, b));
        let quotient = (a - rest) / b;
        let quotient = differ(rest, b).select(quotient - one, quotient);
        let floor = quotient.floor();
        let nearest = (quotient - floor).gt(b.with(T::from_f64(0.5))).select(floor + one, floor);
        quotient.eq(zero).select((a ^ b) & -zero, nearest)
    }
}
