//! The exponential functions, to the bases of e, 2 and 10.

use super::exp_tables::*;
use super::poly::horner;
use super::{ROUNDER, ROUNDER_F32, mend};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{FloatLane, SimdFloat};

/// Beyond this size the result, or the exponent made for it, may leave the range of normal numbers.
const LIMIT: f64 = 708.0;
/// Above, the result overflows: ln(2¹⁰²⁴) is 709.7827….
const OVERFLOW: f64 = 709.8;
/// Below, the result rounds to zero: ln(2⁻¹⁰⁷⁵) is −745.1332….
const UNDERFLOW: f64 = -745.2;
/// One unit of the exponent, in the bits.
const EXPONENT_ONE: i64 = 1 << 52;

/// 1.5·2⁴⁹: added to a number of less than 2¹², it leaves the nearest multiple of 1/8, and in the lowest bits how many.
const ROUNDER_EIGHTHS: f64 = f64::from_bits(0x4308_0000_0000_0000);
/// 1.5·2¹⁹: the same of sixteenths for `f32` and numbers of less than 2⁸.
const ROUNDER_SIXTEENTHS: f32 = f32::from_bits(0x4940_0000);
/// Beyond this size 2ˣ, or the exponent made for it, may leave the range of normal numbers.
const LIMIT2: f64 = 1021.0;
const LIMIT2_F32: f32 = 125.0;
/// The same of 10ˣ.
const LIMIT10: f64 = 307.0;
const LIMIT10_F32: f32 = 37.5;
/// Above, 10ˣ overflows: log₁₀ 2¹⁰²⁴ is 308.2547….
const OVERFLOW10: f64 = 308.3;
/// Below, 10ˣ rounds to zero: log₁₀ 2⁻¹⁰⁷⁵ is −323.607….
const UNDERFLOW10: f64 = -323.7;

/// `(n, r)` with x = k step + r, and k in the lowest bits of n; for |x| less than 2⁹ steps of f64's exponents.
///
/// The first of the two fused steps is exact.
#[inline(always)]
pub(super) fn reduce<T: ExpLane, S: SimdFloat<T>>(
    x: Reg<T, S>,
    inverse: T,
    high: T,
    low: T,
) -> (Reg<T::Bits, S>, Reg<T, S>) {
    let shifted = x.mul_add(x.with(inverse), x.with(T::WHOLE));
    let k = shifted - x.with(T::WHOLE);
    let r = k.neg_mul_add(x.with(high), x);
    (shifted.to_bits(), k.neg_mul_add(x.with(low), r))
}

/// Floats with tables of powers of two: in steps of 2^(1/8) for `f64`, of 2^(1/16) for `f32`.
pub(super) trait ExpLane: FloatLane {
    /// Added to a number of less than half its last place, it leaves the nearest integer in the lowest bits.
    const WHOLE: Self;
    /// The bits of 2^(k/steps) rounded, of k in the lowest bits of n; the exponent may leave the range, which only the bits
    /// can hold.
    fn power<S: SimdFloat<Self>>(n: Reg<Self::Bits, S>) -> Reg<Self::Bits, S>;
    /// What 2^(k/steps) is over its rounded value, minus 1.
    fn power_low<S: SimdFloat<Self>>(n: Reg<Self::Bits, S>) -> Reg<Self, S>;
}

impl ExpLane for f64 {
    const WHOLE: f64 = ROUNDER;
    #[inline(always)]
    fn power<S: SimdFloat<f64>>(n: Reg<i64, S>) -> Reg<i64, S> {
        Reg::lookup8(&POWER, n).to_bits() + n.shl_const::<49>()
    }
    #[inline(always)]
    fn power_low<S: SimdFloat<f64>>(n: Reg<i64, S>) -> Reg<f64, S> {
        Reg::lookup8(&POWER_LO, n)
    }
}

impl ExpLane for f32 {
    const WHOLE: f32 = ROUNDER_F32;
    #[inline(always)]
    fn power<S: SimdFloat<f32>>(n: Reg<i32, S>) -> Reg<i32, S> {
        Reg::lookup16(&POWER_F32, n).to_bits() + n.shl_const::<19>()
    }
    #[inline(always)]
    fn power_low<S: SimdFloat<f32>>(n: Reg<i32, S>) -> Reg<f32, S> {
        Reg::lookup16(&POWER_LO_F32, n)
    }
}

/// `(s, p)` with eˣ = s (1 + p), the exponent of s unbounded: steps 1 to 4 of [`exp_f64`].
#[inline(always)]
pub(super) fn parts<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>) {
    let (n, r) = reduce(x, INV_STEP, STEP_HI, STEP_LO);
    let p = horner(r, &EXP).mul_add(r, x.with(1.0));
    (f64::power(n), p.mul_add(r, f64::power_low(n)))
}

/// eˣ.
///
/// *Method*
/// 1. k is the integer nearest to 8x/ln 2, made by adding 1.5·2⁵².
/// 2. r = x − k ln 2/8 in two fused steps; the first is exact. |r| ≤ 0.0434.
/// 3. p = eʳ − 1 as r (1 + r E(r)), E of degree 5, plus the relative low word of the table.
/// 4. s = 2^(k/8) from a table of 8, its exponent set by an integer sum.
/// 5. eˣ = s + s p, fused.
///
/// Lanes with |x| > 708 or NaN go to `exp_one`: steps 1 to 4 are the same, the exponent is moved into range,
/// and subnormal results are rounded once, from a sum of two parts.
///
/// *Accuracy*: 0.65 ULP, the largest over 3·10⁶ points in each range of `tests/math.rs`,
/// subnormal results included.
///
/// *Source*: P. T. P. Tang, "Table-driven implementation of the exponential function in IEEE floating-point
/// arithmetic", ACM TOMS 15 (1989); the biased table and the subnormal sum are those of ARM's optimized-routines.
#[inline(always)]
pub fn exp_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (s, p) = parts(x);
    let s = Reg::from_bits(s);
    let y = s.mul_add(p, s);
    let usual = x.abs().le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, exp_one);
    }
    y
}

/// [`exp_f64`] of one number for which it sets no lane aside.
fn exp_one(x: f64) -> f64 {
    if x > OVERFLOW {
        return f64::INFINITY;
    }
    if x < UNDERFLOW {
        return 0.0;
    }
    if x.is_nan() {
        return x + x;
    }
    let (s, p) = parts(Reg::splat(Scalar, x));
    in_range(s.raw, p.raw, x > 0.0)
}

/// s (1 + p), where the exponent of s is next to the largest or beyond, or next to the smallest or beyond.
pub(super) fn in_range(s: i64, p: f64, large: bool) -> f64 {
    if large {
        let s = f64::from_bits((s - EXPONENT_ONE) as u64);
        return s.mul_add(p, s) * 2.0;
    }
    // All is scaled by 2¹⁰²²: subnormal results stand below 1, and a sum with 1 rounds at their last place.
    let s = f64::from_bits((s + 1022 * EXPONENT_ONE) as u64);
    let mut y = s.mul_add(p, s);
    if y < 1.0 {
        let low = s.mul_add(p, s - y);
        let sum = 1.0 + y;
        let low = ((1.0 - sum) + y) + low;
        y = (sum + low) - 1.0;
    }
    y * f64::MIN_POSITIVE
}

/// eˣ of `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them.
///
/// *Method*: as [`exp_f64`], with a polynomial of one degree less and without the low words of the table. The
/// argument is first brought into [−110, 100], where all results that differ as `f32` lie, so that no lane is set
/// aside.
///
/// *Accuracy*: 0 of 2³² misrounded (exhaustive, `docs/accuracy.md`).
///
/// *Source*: as [`exp_f64`].
#[inline(always)]
pub fn exp_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let x = x.larger(x.with(-110.0)).smaller(x.with(100.0));
    let (n, r) = reduce(x, INV_STEP, STEP_HI, STEP_LO);
    let s: Reg<f64, S> = Reg::from_bits(f64::power(n));
    let p = horner(r, &WIDE_EXP).mul_add(r, x.with(1.0));
    s.mul_add(p * r, s)
}

/// `(s, p)` with 2ˣ = s (1 + p); r is exact.
#[inline(always)]
fn parts2<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>) {
    let shifted = x + x.with(ROUNDER_EIGHTHS);
    let r = x - (shifted - x.with(ROUNDER_EIGHTHS));
    let n = shifted.to_bits();
    (f64::power(n), horner(r, &EXP2).mul_add(r, f64::power_low(n)))
}

/// 2ˣ; of integers exactly.
///
/// *Method*: as [`exp_f64`], with r = x − k/8, which is exact, and 2ʳ − 1 = r E(r), E of degree 6.
///
/// *Accuracy*: 0.59 ULP, the largest over 10⁶ points in each range of `docs/accuracy.md`, subnormal results included.
///
/// *Source*: as [`exp_f64`].
#[inline(always)]
pub fn exp2_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (s, p) = parts2(x);
    let s = Reg::from_bits(s);
    let y = s.mul_add(p, s);
    let usual = x.abs().le(x.with(LIMIT2));
    if !usual.all() {
        return mend(x, y, !usual, exp2_one);
    }
    y
}

/// [`exp2_f64`] of one number for which it sets no lane aside.
fn exp2_one(x: f64) -> f64 {
    if x > 1024.0 {
        return f64::INFINITY;
    }
    if x < -1075.0 {
        return 0.0;
    }
    if x.is_nan() {
        return x + x;
    }
    let (s, p) = parts2(Reg::splat(Scalar, x));
    in_range(s.raw, p.raw, x > 0.0)
}

/// 2ˣ in `f32`; of integers exactly.
///
/// *Method*: as [`exp2_f64`], with sixteenths; 2ʳ − 1 = r ln 2 + r² E(r), E of degree 2. That sum is taken so that it
/// never falls as r grows: the product by ln 2 comes last, and the rest is known to much less than it grows by.
///
/// *Accuracy*: 0.52 ULP at most over all `f32`, and it never falls (exhaustive, `docs/accuracy.md`).
///
/// *Source*: as [`exp_f64`].
#[inline(always)]
pub fn exp2_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let shifted = x + x.with(ROUNDER_SIXTEENTHS);
    let r = x - (shifted - x.with(ROUNDER_SIXTEENTHS));
    let n = shifted.to_bits();
    let s: Reg<f32, S> = Reg::from_bits(f32::power(n));
    let curved = (r * r).mul_add(horner(r, &EXP2_F32), f32::power_low(n));
    let p = r.mul_add(x.with(LN_2_F32), curved);
    let y = s.mul_add(p, s);
    let usual = x.abs().le(x.with(LIMIT2_F32));
    if !usual.all() {
        return mend(x, y, !usual, exp2_one_f32);
    }
    y
}

/// [`exp2_f32`] of one number for which it sets no lane aside.
fn exp2_one_f32(x: f32) -> f32 {
    exp2_f64(Reg::splat(Scalar, f64::from(x))).raw as f32
}

/// `(s, p)` with 10ˣ = s (1 + p).
#[inline(always)]
fn parts10<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>) {
    let (n, r) = reduce(x, INV_STEP10, STEP10_HI, STEP10_LO);
    let low = r.mul_add(x.with(LN_10_LO), f64::power_low(n));
    let curved = (r * r).mul_add(horner(r, &EXP10), low);
    (f64::power(n), r.mul_add(x.with(LN_10_HI), curved))
}

/// 10ˣ; of integers correctly rounded, and exactly where the power is a double.
///
/// *Method*: as [`exp_f64`], with r = x − k log₁₀ 2/8 and 10ʳ − 1 = r ln 10 + r² E(r), ln 10 in two words, E of degree 5.
///
/// *Accuracy*: 0.59 ULP, the largest over 10⁶ points in each range of `docs/accuracy.md`, subnormal results included.
///
/// *Source*: as [`exp_f64`].
#[inline(always)]
pub fn exp10_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (s, p) = parts10(x);
    let s = Reg::from_bits(s);
    let y = s.mul_add(p, s);
    let usual = x.abs().le(x.with(LIMIT10));
    if !usual.all() {
        return mend(x, y, !usual, exp10_one);
    }
    y
}

/// [`exp10_f64`] of one number for which it sets no lane aside.
fn exp10_one(x: f64) -> f64 {
    if x > OVERFLOW10 {
        return f64::INFINITY;
    }
    if x < UNDERFLOW10 {
        return 0.0;
    }
    if x.is_nan() {
        return x + x;
    }
    let (s, p) = parts10(Reg::splat(Scalar, x));
    in_range(s.raw, p.raw, x > 0.0)
}

/// 10ˣ in `f32`.
///
/// *Method*: as [`exp2_f32`], with r = x − k log₁₀ 2/16 in two fused steps.
///
/// *Accuracy*: 0.54 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`exp_f64`].
#[inline(always)]
pub fn exp10_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let (n, r) = reduce(x, INV_STEP10_F32, STEP10_HI_F32, STEP10_LO_F32);
    let s: Reg<f32, S> = Reg::from_bits(f32::power(n));
    let curved = (r * r).mul_add(horner(r, &EXP10_F32), f32::power_low(n));
    let p = r.mul_add(x.with(LN_10_F32), curved);
    let y = s.mul_add(p, s);
    let usual = x.abs().le(x.with(LIMIT10_F32));
    if !usual.all() {
        return mend(x, y, !usual, exp10_one_f32);
    }
    y
}

/// [`exp10_f32`] of one number for which it sets no lane aside.
fn exp10_one_f32(x: f32) -> f32 {
    exp10_f64(Reg::splat(Scalar, f64::from(x))).raw as f32
}
