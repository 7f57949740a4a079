//! The tangent.
//!
//! All work is done on |x|, and the sign is set at the end: −0 stays −0, and tan(−x) is −tan(x) to the bit.

use super::poly::horner;
use super::trig::{LIMIT, reduce};
use super::{ROUNDER_F32, SIGN, mend, payne_hanek};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::SimdFloat;

/// Up to this size of an `f32` the multiple of π/2 has at most 11 bits, and three words of π are enough.
const NATIVE_LIMIT: f32 = 2048.0;

// <generated: tan.py>
/// (2 tan(r/2) − r)/r³ over r² on |r| ≤ π/4, minimax, the error times r² at most 2^-58.7.
const TAN: [f64; 9] = [
    f64::from_bits(0x3fb5_5555_5555_5575),
    f64::from_bits(0x3f81_1111_1110_d161),
    f64::from_bits(0x3f4b_a1ba_1bfa_02ab),
    f64::from_bits(0x3f16_64f4_6a2e_4505),
    f64::from_bits(0x3ee2_26e9_174b_4acf),
    f64::from_bits(0x3ead_6be8_87ad_b11a),
    f64::from_bits(0x3e77_f251_1483_4919),
    f64::from_bits(0x3e42_515d_c98f_7d37),
    f64::from_bits(0x3e15_8db0_2e2c_afb4),
];
/// 2/π.
const NATIVE_INV_HALF_PI: f32 = f32::from_bits(0x3f22_f983);
/// π/2, rounded.
const NATIVE_HALF_PI_1: f32 = f32::from_bits(0x3fc9_0fdb);
/// π/2 − `NATIVE_HALF_PI_1`, its first 13 bits: a multiple by 11 bits is exact.
const NATIVE_HALF_PI_2: f32 = f32::from_bits(0xb33b_c000);
/// π/2 − `NATIVE_HALF_PI_1` − `NATIVE_HALF_PI_2`.
const NATIVE_HALF_PI_3: f32 = f32::from_bits(0x2c34_611a);
/// 1/3, rounded, or next to that.
const NATIVE_THIRD: f32 = f32::from_bits(0x3eaa_aab0);
/// ((tan r − r)/r³ − `NATIVE_THIRD`)/r² over r² on |r| ≤ π/4, minimax, relative error of tan r 2^-29.5.
const NATIVE_TAN: [f32; 6] = [
    f32::from_bits(0x3e08_86d0),
    f32::from_bits(0x3d5d_6ca0),
    f32::from_bits(0x3cae_6374),
    f32::from_bits(0x3c31_548b),
    f32::from_bits(0x38d9_61fb),
    f32::from_bits(0x3b8f_31b1),
];
// </generated>

/// tan(r + low) for even n, −cot(r + low) with the opposite sign for odd n; |r| ≤ π/4.
///
/// Of t = 2 tan(r/2), in two words, tan r = t/(1 − t²/4), and the cotangent is the inverse of that: one quotient, corrected
/// by its remainder, which holds the second words.
#[inline(always)]
pub(super) fn quotient<S: SimdFloat<f64>>(n: Reg<i64, S>, r: Reg<f64, S>, low: Reg<f64, S>) -> Reg<f64, S> {
    let one = r.with(1.0);
    let odd = Mask::from_raw(n.isa(), (n & n.with(1)).eq(n.with(1)).raw);
    let z = r * r;
    let low = low.mul_add(z * r.with(0.25), low);
    let rest = (z * r).mul_add(horner(z, &TAN), low);
    let t = r + rest;
    let t_low = rest - (t - r);
    let half = t * r.with(0.5);
    let q = half.neg_mul_add(half, one);
    let q_low = half.neg_mul_add(t_low, half.neg_mul_add(half, one - q));
    let (a, a_low) = (odd.select(q, t), odd.select(q_low, t_low));
    let (b, b_low) = (odd.select(t, q), odd.select(t_low, q_low));
    let inverse = one / b;
    let y = a * inverse;
    let rest = y.neg_mul_add(b, a) + y.neg_mul_add(b_low, a_low);
    rest.mul_add(inverse, y)
}

/// `y` with the sign of x, turned for odd n.
#[inline(always)]
fn signed<S: SimdFloat<f64>>(y: Reg<f64, S>, n: Reg<i64, S>, x: Reg<i64, S>) -> Reg<f64, S> {
    Reg::from_bits(y.to_bits() ^ ((n.shl_const::<63>() ^ x) & n.with(SIGN)))
}

/// tan x; NaN for ±∞.
///
/// *Method*
/// 1. |x| = n π/2 + r + low, n the nearest integer, as for [`sin_f64`](super::sin_f64).
/// 2. t = 2 tan(r/2) = r + r³ T(r²), T of degree 8, in two words.
/// 3. For even n t/(1 − t²/4), for odd n the inverse: one reciprocal, and a correction by the remainder.
/// 4. The sign from n and x.
///
/// *Accuracy*: 0.69 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: W. J. Cody and W. Waite, "Software manual for the elementary functions" (1980), with fused steps; the
/// tangent of twice an angle keeps the polynomial short and the part that is rounded small.
#[inline(always)]
pub fn tan_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let ax = x.abs();
    let (n, r, low) = reduce(ax);
    let y = signed(quotient(n, r, low), n, x.to_bits());
    let usual = ax.le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, tan_one);
    }
    y
}

/// [`tan_f64`] of one number beyond `LIMIT`, or NaN.
fn tan_one(x: f64) -> f64 {
    if !x.is_finite() {
        return f64::NAN;
    }
    let (n, r, low) = payne_hanek::reduce(x);
    let n = Reg::splat(Scalar, n);
    let y = quotient(n, Reg::splat(Scalar, r), Reg::splat(Scalar, low));
    signed(y, n, Reg::splat(Scalar, x.to_bits() as i64)).raw
}

/// tan x in `f32`; NaN for ±∞.
///
/// *Method*
/// 1. |x| = n π/2 + r + low, n the nearest integer, as in [`tan_f64`]. What three words of π miss is below 2⁻⁵¹, and no
///    number of that size is nearer than 2⁻²⁷ to a multiple of π/2.
/// 2. t = tan(r + low) = r + rest with rest = r (r²/3 + r⁴ T(r²)) + low (1 + r² + r⁴), T of degree 5; r² is taken with its
///    error.
/// 3. For odd n the inverse, 1/t, corrected by its remainder 1 − (r + rest)/t.
///
/// Larger numbers and NaN go to `tan_one_f32`.
///
/// *Accuracy*: 0.92 ULP over all `f32` from 1/32 to 2048.
///
/// *Source*: as [`tan_f64`].
#[inline(always)]
pub fn tan_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let one = x.with(1.0);
    let ax = x.abs();
    let shifted = ax.mul_add(x.with(NATIVE_INV_HALF_PI), x.with(ROUNDER_F32));
    let count = shifted - x.with(ROUNDER_F32);
    let n = shifted.to_bits();
    let odd = Mask::from_raw(x.isa(), (n & n.with(1)).eq(n.with(1)).raw);
    let first = count.neg_mul_add(x.with(NATIVE_HALF_PI_1), ax);
    let r = count.neg_mul_add(x.with(NATIVE_HALF_PI_2), first);
    let low = count.neg_mul_add(x.with(NATIVE_HALF_PI_2), first - r);
    let low = count.neg_mul_add(x.with(NATIVE_HALF_PI_3), low);
    let z = r * r;
    let low = low.mul_add(z.mul_add(z, z), low);
    // Where r is large, what rounding takes from r² counts; the slope there is nearly that of this line.
    let z_low = r.mul_add(r, -z) * x.with(0.55);
    let curved = z.mul_add(z * horner(z, &NATIVE_TAN), z_low);
    let rest = z.mul_add(x.with(NATIVE_THIRD), curved).mul_add(r, low);
    let inverse = one / (r + rest);
    let remainder = inverse.neg_mul_add(rest, inverse.neg_mul_add(r, one));
    let y = odd.select(inverse, r) + odd.select(remainder * inverse, rest);
    let y = Reg::from_bits(y.to_bits() ^ ((n.shl_const::<31>() ^ x.to_bits()) & n.with(i32::MIN)));
    let usual = ax.le(x.with(NATIVE_LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, tan_one_f32);
    }
    y
}

/// [`tan_f32`] of one number beyond `NATIVE_LIMIT`, or NaN.
fn tan_one_f32(x: f32) -> f32 {
    tan_f64(Reg::splat(Scalar, f64::from(x))).raw as f32
}
