//! Sine and cosine.
//!
//! In `f64` all work is done on |x|, and the sign is set at the end: −0 stays −0, and sin(−x) is −sin(x) to the bit.

use super::payne_hanek;
use super::poly::{horner, horner_blend};
use super::{ROUNDER, SIGN, mend};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::SimdFloat;

/// Up to this size the multiple of π/2 has at most 25 bits.
pub(super) const LIMIT: f64 = 33_554_432.0;
/// For `f32` arguments two words of π are enough up to this size.
const WIDE_LIMIT: f32 = 1_073_741_824.0;

// <generated: trig.py>
/// 2/π.
const INV_HALF_PI: f64 = f64::from_bits(0x3fe4_5f30_6dc9_c883);
/// π/2, rounded.
const HALF_PI_1: f64 = f64::from_bits(0x3ff9_21fb_5444_2d18);
/// π/2 − `HALF_PI_1`, its first 28 bits: a multiple by 25 bits is exact.
const HALF_PI_2: f64 = f64::from_bits(0x3c91_a626_3400_0000);
/// π/2 − `HALF_PI_1` − `HALF_PI_2`.
const HALF_PI_3: f64 = f64::from_bits(0xbacd_747f_23e3_2ed7);
/// (sin r − r)/r³ over r² on |r| ≤ π/4, minimax, relative error 2^-57.9.
const SIN: [f64; 6] = [
    f64::from_bits(0xbfc5_5555_5555_5548),
    f64::from_bits(0x3f81_1111_1110_f75b),
    f64::from_bits(0xbf2a_01a0_19bf_1e2a),
    f64::from_bits(0x3ec7_1de3_55ed_c595),
    f64::from_bits(0xbe5a_e5e5_4607_c7be),
    f64::from_bits(0x3de5_d8e3_4591_280a),
];
/// (cos r − 1 + r²/2)/r⁴ over r² on |r| ≤ π/4, minimax, relative error 2^-63.9.
const COS: [f64; 6] = [
    f64::from_bits(0x3fa5_5555_5555_554b),
    f64::from_bits(0xbf56_c16c_16c1_5017),
    f64::from_bits(0x3efa_01a0_19c8_f6e7),
    f64::from_bits(0xbe92_7e4f_7f1c_e110),
    f64::from_bits(0x3e21_ee9d_bfaa_cb28),
    f64::from_bits(0xbda8_fa69_b8f0_0fe7),
];
/// 1/π.
const INV_PI: f64 = f64::from_bits(0x3fd4_5f30_6dc9_c883);
/// π, rounded.
const PI_HI: f64 = f64::from_bits(0x4009_21fb_5444_2d18);
/// π − `PI_HI`.
const PI_LO: f64 = f64::from_bits(0x3ca1_a626_3314_5c07);
/// π/2, a multiple of 2⁻²⁰.
const SHORT_HALF_PI_HI: f64 = f64::from_bits(0x3ff9_21fb_0000_0000);
/// π/2 − `SHORT_HALF_PI_HI`.
const SHORT_HALF_PI_LO: f64 = f64::from_bits(0x3e95_110b_4611_a626);
/// (sin r)/r over r² on |r| ≤ π/2, minimax, relative error 2^-52.4.
const WIDE_SIN: [f64; 8] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0xbfc5_5555_5555_5507),
    f64::from_bits(0x3f81_1111_1110_c361),
    f64::from_bits(0xbf2a_01a0_19b5_0c8d),
    f64::from_bits(0x3ec7_1de3_8408_0b18),
    f64::from_bits(0xbe5a_e636_4cfc_020d),
    f64::from_bits(0x3de6_0e8c_3c00_4ea2),
    f64::from_bits(0xbd69_f4c4_438a_bb35),
];
// </generated>

/// `(n, r, low)` with |x| = n π/2 + r + low, for |x| ≤ `LIMIT`; `ax` is |x|.
///
/// n π/2 is taken off in three parts. The first step is exact (all is a multiple of 2⁻⁵³ below 1), and so is
/// n `HALF_PI_2`, which makes `low` the exact error of the second step, less n `HALF_PI_3`: next to a multiple
/// of π/2 nothing is lost.
#[inline(always)]
pub(super) fn reduce<S: SimdFloat<f64>>(ax: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>, Reg<f64, S>) {
    let shifted = ax.mul_add(ax.with(INV_HALF_PI), ax.with(ROUNDER));
    let n = shifted - ax.with(ROUNDER);
    let t = n.neg_mul_add(ax.with(HALF_PI_1), ax);
    let r = n.neg_mul_add(ax.with(HALF_PI_2), t);
    let low = n.neg_mul_add(ax.with(HALF_PI_2), t - r);
    (shifted.to_bits(), r, n.neg_mul_add(ax.with(HALF_PI_3), low))
}

/// sin(r + low) for even n, else cos(r + low), as the sum of a large and a small summand.
#[inline(always)]
pub(super) fn quadrant<S: SimdFloat<f64>>(
    n: Reg<i64, S>,
    r: Reg<f64, S>,
    low: Reg<f64, S>,
) -> (Reg<f64, S>, Reg<f64, S>) {
    let one = r.with(1.0);
    let odd = Mask::from_raw(n.isa(), (n & n.with(1)).eq(n.with(1)).raw);
    let z = r * r;
    // 1 − z/2 and its error: the head of the cosine, and the derivative of the sine.
    let head = z.neg_mul_add(r.with(0.5), one);
    let error = z.neg_mul_add(r.with(0.5), one - head);
    let tail = low.mul_add(odd.select(-r, head), odd.select(error, r.with(0.0)));
    let cube = z * odd.select(z, r);
    (odd.select(head, r), cube.mul_add(horner_blend(z, odd, &COS, &SIN), tail))
}

/// `y` with the sign of quadrant n put on top of that of `sign`.
#[inline(always)]
pub(super) fn signed<S: SimdFloat<f64>>(y: Reg<f64, S>, n: Reg<i64, S>, sign: Reg<i64, S>) -> Reg<f64, S> {
    Reg::from_bits(y.to_bits() ^ ((n.shl_const::<62>() ^ sign) & n.with(SIGN)))
}

/// sin x; NaN for ±∞.
///
/// *Method*
/// 1. |x| = n π/2 + r + low, n the nearest integer (`reduce`; `payne_hanek` for |x| > 2²⁵).
/// 2. For even n: r + (r³ S(r²) + low (1 − r²/2)). For odd n: the cosine, (1 − r²/2) + (error of that + r⁴ C(r²)
///    − low r). S and C have degree 5; their coefficients are blended, so that both cost one evaluation.
/// 3. The sign from n and x.
///
/// *Accuracy*: 0.79 ULP, the largest over 3·10⁶ points in each range of `tests/math.rs`
/// (huge arguments and neighbours of multiples of π/4 included).
///
/// *Source*: W. J. Cody and W. Waite, "Software manual for the elementary functions" (1980), with fused steps;
/// the order of the sums is fdlibm's.
#[inline(always)]
pub fn sin_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let ax = x.abs();
    let (n, r, low) = reduce(ax);
    let (large, small) = quadrant(n, r, low);
    let y = signed(small + large, n, x.to_bits());
    let usual = ax.le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, sin_one);
    }
    y
}

/// cos x; NaN for ±∞.
///
/// *Method*: as [`sin_f64`], with n one larger.
///
/// *Accuracy*: 0.79 ULP, the largest over 3·10⁶ points in each range of `tests/math.rs`
/// (huge arguments and neighbours of multiples of π/4 included).
///
/// *Source*: as [`sin_f64`].
#[inline(always)]
pub fn cos_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let ax = x.abs();
    let (n, r, low) = reduce(ax);
    let n = n + n.with(1);
    let (large, small) = quadrant(n, r, low);
    let y = signed(small + large, n, n.with(0));
    let usual = ax.le(x.with(LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, cos_one);
    }
    y
}

/// [`sin_f64`] of one number beyond `LIMIT`, or NaN.
fn sin_one(x: f64) -> f64 {
    far(x, 0, x.to_bits() as i64, false)
}

/// [`cos_f64`] of one number beyond `LIMIT`, or NaN.
fn cos_one(x: f64) -> f64 {
    far(x, 1, 0, false)
}

/// As [`sin_f32_wide`], of one number beyond its range, or NaN.
pub fn sin_f32_rare(x: f64) -> f64 {
    far(x, 0, x.to_bits() as i64, true)
}

/// As [`cos_f32_wide`], of one number beyond its range, or NaN.
pub fn cos_f32_rare(x: f64) -> f64 {
    far(x, 1, 0, true)
}

/// The sine of |x|, `more` quadrants further, with a sign.
///
/// If `odd`, the last sum is rounded to odd: inexact results get an odd last bit, so that rounding them to `f32`
/// is the same as rounding the sum once (S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded sums:
/// proved algorithms using rounding to odd", 2008).
fn far(x: f64, more: i64, sign: i64, odd: bool) -> f64 {
    if !x.is_finite() {
        return f64::NAN;
    }
    let (n, r, low) = payne_hanek::reduce(x);
    let n = Reg::splat(Scalar, n + more);
    let (large, small) = quadrant(n, Reg::splat(Scalar, r), Reg::splat(Scalar, low));
    let (large, small) = (large.raw, small.raw);
    let mut y = small + large;
    let rest = (large - y) + small;
    if odd && rest != 0.0 && y.to_bits() & 1 == 0 {
        y = if rest > 0.0 { y.next_up() } else { y.next_down() };
    }
    signed(Reg::splat(Scalar, y), n, Reg::splat(Scalar, sign)).raw
}

/// Where [`sin_f32_wide`] and [`cos_f32_wide`] hold: up to 2³⁰.
#[inline(always)]
pub fn moderate_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Mask<f32, S> {
    x.abs().le(x.with(WIDE_LIMIT))
}

/// sin x of `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them up to 2³⁰
/// ([`moderate_f32`]).
///
/// *Method*
/// 1. x = n π + r in two fused steps, n the nearest integer; the first is exact.
/// 2. r (1 + r² W(r²)), W of degree 6, on |r| ≤ π/2, with the sign of n on r. Every step is odd in x, zeros
///    included.
///
/// Larger numbers and NaN go to [`sin_f32_rare`].
///
/// *Accuracy*: 0 of 2³² misrounded (exhaustive, `docs/accuracy.md`).
///
/// *Source*: as [`sin_f64`].
#[inline(always)]
pub fn sin_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let shifted = x.mul_add(x.with(INV_PI), x.with(ROUNDER));
    let n = shifted - x.with(ROUNDER);
    let r = n.neg_mul_add(x.with(PI_HI), x);
    let r = n.neg_mul_add(x.with(PI_LO), r);
    half_turn(r, shifted)
}

/// cos x of `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them up to 2³⁰
/// ([`moderate_f32`]).
///
/// *Method*: as [`sin_f32_wide`], of x + π/2. The first bits of π/2 are added to x, where that is exact or the
/// result not near to zero; the rest of it and of n π, both small, meet before they are added.
///
/// *Accuracy*: 0 of 2³² misrounded (exhaustive, `docs/accuracy.md`).
///
/// *Source*: as [`sin_f64`].
#[inline(always)]
pub fn cos_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let t = x + x.with(SHORT_HALF_PI_HI);
    let shifted = t.mul_add(x.with(INV_PI), x.with(ROUNDER));
    let n = shifted - x.with(ROUNDER);
    let low = n.neg_mul_add(x.with(PI_LO), x.with(SHORT_HALF_PI_LO));
    let r = n.neg_mul_add(x.with(PI_HI), t) + low;
    half_turn(r, shifted)
}

/// sin(n π + r) for |r| ≤ π/2, n in the lowest bits of `shifted`.
#[inline(always)]
fn half_turn<S: SimdFloat<f64>>(r: Reg<f64, S>, shifted: Reg<f64, S>) -> Reg<f64, S> {
    let signed: Reg<f64, S> = Reg::from_bits(r.to_bits() ^ shifted.to_bits().shl_const::<63>());
    horner(r * r, &WIDE_SIN) * signed
}
