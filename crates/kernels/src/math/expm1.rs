//! eˣ − 1, and the hyperbolic sine and cosine, for `f64` and `f32` alike.
//!
//! x = k step + r as in `exp`, e^(k step) from the table of powers of two; sums keep their errors.

use super::exp::{self, ExpLane, in_range, parts};
use super::exp_tables::*;
use super::poly::horner;
use super::{mend, with_sign};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{FloatLane, SimdFloat};

/// Beyond this size powers, or their halves, may leave the range of normal numbers.
const LIMIT: f64 = 707.0;
const LIMIT_F32: f32 = 86.0;
/// Above, eˣ overflows, and eˣ/2: ln 2¹⁰²⁴ is 709.7827…, and ln 2 more.
const OVERFLOW: f64 = 709.8;
const HALF_OVERFLOW: f64 = 710.5;
/// One unit of the exponent, in the bits.
const EXPONENT_ONE: i64 = 1 << 52;

/// The constants of the family.
pub(super) trait Expm1Lane: ExpLane {
    /// One over the step, and the step in two parts.
    const STEP: [Self; 3];
    /// (eʳ − 1 − r)/r².
    const EXPM1: &'static [Self];
    /// (sinh r − r)/r³ over r².
    const SINH: &'static [Self];
    /// (cosh r − 1)/r² over r².
    const COSH: &'static [Self];
    /// 1/2.
    const HALF: Self;
}
impl Expm1Lane for f64 {
    const STEP: [f64; 3] = [INV_STEP, STEP_HI, STEP_LO];
    const EXPM1: &'static [f64] = &EXPM1;
    const SINH: &'static [f64] = &SINH;
    const COSH: &'static [f64] = &COSH;
    const HALF: f64 = 0.5;
}
impl Expm1Lane for f32 {
    const STEP: [f32; 3] = [INV_STEP_F32, STEP_HI_F32, STEP_LO_F32];
    const EXPM1: &'static [f32] = &EXPM1_F32;
    const SINH: &'static [f32] = &SINH_F32;
    const COSH: &'static [f32] = &COSH_F32;
    const HALF: f32 = 0.5;
}

/// x = k step + r + low.
struct Reduced<T: FloatLane, S: SimdFloat<T>> {
    /// k in the lowest bits.
    n: Reg<T::Bits, S>,
    r: Reg<T, S>,
    low: Reg<T, S>,
}

#[inline(always)]
fn reduce<T: Expm1Lane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reduced<T, S> {
    let [inverse, high, low] = T::STEP;
    let (high, low) = (x.with(high), x.with(low));
    let shifted = x.mul_add(x.with(inverse), x.with(T::WHOLE));
    let k = shifted - x.with(T::WHOLE);
    let t = k.neg_mul_add(high, x);
    let r = k.neg_mul_add(low, t);
    Reduced { n: shifted.to_bits(), r, low: k.neg_mul_add(low, t - r) }
}

/// `(s, p)` with e^(x + low) = s (1 + p), the exponent of s unbounded; `low` is at most some units of the last place of x.
#[inline(always)]
pub(super) fn sum_parts<T: Expm1Lane, S: SimdFloat<T>>(
    x: Reg<T, S>,
    low: Reg<T, S>,
) -> (Reg<T::Bits, S>, Reg<T, S>) {
    let [inverse, step, step_low] = T::STEP;
    let (n, r) = exp::reduce(x, inverse, step, step_low);
    let r = r + low;
    (T::power(n), r + (r * r).mul_add(horner(r, T::EXPM1), T::power_low(n)))
}

/// eˣ − 1 of numbers whose power is normal: s is 2^(k/steps) rounded, q its rest and that of eʳ − r.
#[inline(always)]
fn expm1<T: Expm1Lane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let one = x.with(T::ONE);
    let Reduced { n, r, low } = reduce(x);
    let s: Reg<T, S> = Reg::from_bits(T::power(n));
    let rest = T::power_low(n);
    let q = (r * r).mul_add(horner(r, T::EXPM1), rest.mul_add(r, rest) + low);
    // s − 1 and its error, whichever is larger.
    let base = s - one;
    let back = base - s;
    let error = (s - (base - back)) - (one + back);
    let head = s.mul_add(r, base);
    let rest = s.mul_add(q, s.mul_add(r, base - head) + error);
    with_sign(head + rest, x)
}

/// eˣ − 1; −0 of −0.
///
/// *Method*: x = k ln 2/8 + r + low and s = 2^(k/8) as in [`exp_f64`](super::exp_f64). The sum of s − 1 and s r is kept
/// with its errors, those of s − 1, of r and of the table included; s (eʳ − 1 − r) is added to them. For k = 0 the sum is x
/// itself.
///
/// *Accuracy*: 0.62 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
pub fn expm1_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let y = expm1(x);
    let usual = x.abs().le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, expm1_one);
    }
    y
}

/// [`expm1_f64`] of one number for which it sets no lane aside.
fn expm1_one(x: f64) -> f64 {
    if x < 0.0 {
        return -1.0;
    }
    if x > OVERFLOW || x.is_nan() {
        return x + f64::INFINITY;
    }
    let (s, p) = parts(Reg::splat(Scalar, x));
    in_range(s.raw, p.raw, true)
}

/// eˣ − 1 in `f32`.
///
/// *Method*: as [`expm1_f64`], with sixteenths.
///
/// *Accuracy*: 0.52 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
pub fn expm1_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let y = expm1(x);
    let usual = x.abs().le(x.with(LIMIT_F32));
    if !usual.all() {
        return mend(x, y, !usual, |x| expm1_f64(Reg::splat(Scalar, f64::from(x))).raw as f32);
    }
    y
}

/// Half the sum and half the difference of 2^(k/steps) and 2^(−k/steps), each with its error, for k ≥ 0.
#[inline(always)]
fn half_sums<T: Expm1Lane, S: SimdFloat<T>>(n: Reg<T::Bits, S>, half: Reg<T, S>) -> [[Reg<T, S>; 2]; 2] {
    let m = -n;
    let up = half * Reg::from_bits(T::power(n));
    let down = half * Reg::from_bits(T::power(m));
    let (up_low, down_low) = (up * T::power_low(n), down * T::power_low(m));
    let sum = up + down;
    let difference = up - down;
    [
        [sum, ((up - sum) + down) + (up_low + down_low)],
        [difference, ((up - difference) - down) + (up_low - down_low)],
    ]
}

/// sinh x of numbers whose powers are normal.
#[inline(always)]
fn sinh<T: Expm1Lane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let Reduced { n, r, low } = reduce(x.abs());
    let [[sum, sum_error], [difference, error]] = half_sums(n, x.with(T::HALF));
    let z = r * r;
    let head = sum.mul_add(r, difference);
    let rest = sum_error.mul_add(r, sum.mul_add(r, difference - head) + error);
    let rest = sum.mul_add((z * r).mul_add(horner(z, T::SINH), low), rest);
    let rest = difference.mul_add(z * horner(z, T::COSH), rest);
    with_sign(head + rest, x)
}

/// cosh x of numbers whose powers are normal.
#[inline(always)]
fn cosh<T: Expm1Lane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let Reduced { n, r, low } = reduce(x.abs());
    let [[sum, error], [difference, _]] = half_sums(n, x.with(T::HALF));
    let z = r * r;
    let head = difference.mul_add(r, sum);
    let rest = difference.mul_add(r, sum - head) + error;
    let rest = difference.mul_add((z * r).mul_add(horner(z, T::SINH), low), rest);
    head + sum.mul_add(z * horner(z, T::COSH), rest)
}

/// sinh x; sinh(−x) is −sinh(x) to the bit.
///
/// *Method*: |x| = k ln 2/8 + r as in [`exp_f64`](super::exp_f64); a and b are half the sum and half the difference of
/// 2^(k/8) and 2^(−k/8). sinh |x| is a sinh r + b cosh r: the sum of b and a r, kept with its error, and the rest.
///
/// *Accuracy*: 0.62 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
pub fn sinh_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let y = sinh(x);
    let usual = x.abs().le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, |x| half_exp(x.abs()).copysign(x));
    }
    y
}

/// cosh x; cosh(−x) is cosh(x) to the bit.
///
/// *Method*: as [`sinh_f64`]: a cosh r + b sinh r.
///
/// *Accuracy*: 0.64 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
pub fn cosh_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let y = cosh(x);
    let usual = x.abs().le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, |x| half_exp(x.abs()));
    }
    y
}

/// eˣ/2 of one positive number above `LIMIT`, or NaN.
fn half_exp(x: f64) -> f64 {
    if x > HALF_OVERFLOW || x.is_nan() {
        return x + f64::INFINITY;
    }
    let (s, p) = parts(Reg::splat(Scalar, x));
    // The bits of 2^1024 and more are those of negative numbers.
    in_range(s.raw.wrapping_sub(EXPONENT_ONE), p.raw, true)
}

/// sinh x in `f32`.
///
/// *Method*: as [`sinh_f64`], with sixteenths.
///
/// *Accuracy*: 0.51 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
pub fn sinh_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let y = sinh(x);
    let usual = x.abs().le(x.with(LIMIT_F32));
    if !usual.all() {
        return mend(x, y, !usual, |x| sinh_f64(Reg::splat(Scalar, f64::from(x))).raw as f32);
    }
    y
}

/// cosh x in `f32`.
///
/// *Method*: as [`cosh_f64`], with sixteenths.
///
/// *Accuracy*: 0.52 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
pub fn cosh_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let y = cosh(x);
    let usual = x.abs().le(x.with(LIMIT_F32));
    if !usual.all() {
        return mend(x, y, !usual, |x| cosh_f64(Reg::splat(Scalar, f64::from(x))).raw as f32);
    }
    y
}
