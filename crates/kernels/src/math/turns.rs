//! Sine, cosine and tangent of multiples of π: of angles in half turns.
//!
//! The remainder by a multiple of 1/2 is exact, for arguments of any size, so no lane is set aside. Results that are 0, ±1 or
//! ±∞ are exact, with the signs of C23's Annex F: work is done on |x|, results 0 of sine and cosine are made +0, and the sign
//! of x is put back at the end.

use super::poly::horner;
use super::{ROUNDER, SIGN, tan, trig};
use crate::reg::{Mask, Reg};
use crate::simd::SimdFloat;

// <generated: turns.py>
/// π, rounded.
const PI_HI: f64 = f64::from_bits(0x4009_21fb_5444_2d18);
/// π − `PI_HI`.
const PI_LO: f64 = f64::from_bits(0x3ca1_a626_3314_5c07);
/// sin(π r)/r over r² on |r| ≤ 1/2, minimax, relative error 2^-52.5.
const WIDE_SIN: [f64; 8] = [
    f64::from_bits(0x4009_21fb_5444_2d17),
    f64::from_bits(0xc014_abbc_e625_bd49),
    f64::from_bits(0x4004_66bc_6775_094d),
    f64::from_bits(0xbfe3_2d2c_ce15_bfda),
    f64::from_bits(0x3fb5_0783_23fc_6c11),
    f64::from_bits(0xbf7e_3062_083c_b000),
    f64::from_bits(0x3f3e_89c6_0d7f_fa60),
    f64::from_bits(0xbef6_2595_504e_05a3),
];
/// 2 tan(π r/2)/r over r² on |r| ≤ 1/4, minimax, relative error 2^-52.9.
const WIDE_TAN: [f64; 9] = [
    f64::from_bits(0x4009_21fb_5444_2d19),
    f64::from_bits(0x4004_abbc_e625_b615),
    f64::from_bits(0x4004_66bc_6783_ab84),
    f64::from_bits(0x4004_5fff_9241_99db),
    f64::from_bits(0x4004_5f4a_1404_fea9),
    f64::from_bits(0x4004_5ead_e831_695a),
    f64::from_bits(0x4004_6d1d_4690_d671),
    f64::from_bits(0x4003_8842_e5ba_85a1),
    f64::from_bits(0x400b_2af4_e5db_0211),
];
// </generated>

/// |x| less the nearest multiple of 2: in [−1, 1], and exact.
#[inline(always)]
fn turn<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let ax = x.abs();
    (ax * x.with(0.5)).rint().neg_mul_add(x.with(2.0), ax)
}

/// `(n, r)` with |x| = n/2 + r but for a multiple of 2; |r| ≤ 1/4.
#[inline(always)]
fn halves<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>) {
    let y = turn(x);
    let shifted = y.mul_add(x.with(2.0), x.with(ROUNDER));
    let n = shifted - x.with(ROUNDER);
    (shifted.to_bits(), n.neg_mul_add(x.with(0.5), y))
}

/// π r in two words.
#[inline(always)]
fn angle<S: SimdFloat<f64>>(r: Reg<f64, S>) -> (Reg<f64, S>, Reg<f64, S>) {
    let high = r * r.with(PI_HI);
    (high, r.mul_add(r.with(PI_LO), r.mul_add(r.with(PI_HI), -high)))
}

/// `y` with the sign of x put on top of its own.
#[inline(always)]
fn with_sign<S: SimdFloat<f64>>(y: Reg<f64, S>, x: Reg<f64, S>) -> Reg<f64, S> {
    let sign = Reg::splat(x.isa(), SIGN);
    Reg::from_bits(y.to_bits() ^ (x.to_bits() & sign))
}

/// The sine of a number of quarter turns n and of π r; zeros are +0.
#[inline(always)]
fn sine<S: SimdFloat<f64>>(n: Reg<i64, S>, r: Reg<f64, S>) -> Reg<f64, S> {
    let (high, low) = angle(r);
    let (large, small) = trig::quadrant(n, high, low);
    trig::signed(small + large, n, n.with(0)) + r.with(0.0)
}

/// sin(π x); ±0 for integers, with the sign of x, and NaN for ±∞.
///
/// *Method*
/// 1. |x| = 2 m + n/2 + r, exactly; |r| ≤ 1/4.
/// 2. π r in two words, by a fused step.
/// 3. The sine of n quarter turns and that, as in [`sin_f64`](super::sin_f64).
///
/// *Accuracy*: 0.99 ULP next to the smallest normal numbers, elsewhere 0.79, the largest over 10⁶ points in each of the
/// ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`sin_f64`](super::sin_f64); ISO/IEC 9899:2024, F.10.1.13.
#[inline(always)]
pub fn sinpi_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (n, r) = halves(x);
    with_sign(sine(n, r), x)
}

/// cos(π x); +0 halfway between integers, and NaN for ±∞.
///
/// *Method*: as [`sinpi_f64`], with n one larger.
///
/// *Accuracy*: 0.79 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`sinpi_f64`].
#[inline(always)]
pub fn cospi_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (n, r) = halves(x);
    sine(n + n.with(1), r)
}

/// tan(π x); ±0 for integers, ±∞ halfway between them, and NaN for ±∞.
///
/// *Method*: as [`sinpi_f64`], with the quotient of [`tan_f64`](super::tan_f64). Where r is 0, the result is 0 for even n and
/// ∞ for odd n, with the sign of sine and cosine together.
///
/// *Accuracy*: 0.99 ULP next to the smallest normal numbers, elsewhere 0.68, the largest over 10⁶ points in each of the
/// ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`tan_f64`](super::tan_f64); ISO/IEC 9899:2024, F.10.1.14.
#[inline(always)]
pub fn tanpi_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (n, r) = halves(x);
    let (high, low) = angle(r);
    let exact = odd(n).select(r.with(f64::INFINITY), r.with(0.0));
    let y = r.eq(r.with(0.0)).select(exact, tan::quotient(n, high, low));
    with_sign(turned(y, n, r), x)
}

#[inline(always)]
fn odd<S: SimdFloat<f64>>(n: Reg<i64, S>) -> Mask<f64, S> {
    Mask::from_raw(n.isa(), (n & n.with(1)).eq(n.with(1)).raw)
}

/// A tangent, or its inverse for odd n, with the sign of n: every odd one is negative; where r is 0, 2 and 3 are.
#[inline(always)]
fn turned<S: SimdFloat<f64>>(y: Reg<f64, S>, n: Reg<i64, S>, r: Reg<f64, S>) -> Reg<f64, S> {
    let (first, second) = (Reg::from_bits(n.shl_const::<63>()), Reg::from_bits(n.shl_const::<62>()));
    let sign = r.eq(r.with(0.0)).select(second, first);
    with_sign(y, sign)
}

/// sin(π x) of `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them.
///
/// *Method*: |x| = 2 m + y, exactly, and y = n + r, n the nearest integer; r W(r²), W of degree 7, on |r| ≤ 1/2.
///
/// *Accuracy*: no misrounded one among every seventh `f32`.
///
/// *Source*: as [`sinpi_f64`].
#[inline(always)]
pub fn sinpi_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let y = turn(x);
    let shifted = y + x.with(ROUNDER);
    let r = y - (shifted - x.with(ROUNDER));
    let y = Reg::from_bits(r.to_bits() ^ shifted.to_bits().shl_const::<63>());
    with_sign(horner(r * r, &WIDE_SIN).mul_add(y, x.with(0.0)), x)
}

/// cos(π x) of `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them.
///
/// *Method*: as [`sinpi_f32_wide`], of 1/2 − |y|, which is exact where the result is small.
///
/// *Accuracy*: no misrounded one among every seventh `f32`.
///
/// *Source*: as [`sinpi_f64`].
#[inline(always)]
pub fn cospi_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let r = x.with(0.5) - turn(x).abs();
    horner(r * r, &WIDE_SIN) * r
}

/// tan(π x) of `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them.
///
/// *Method*: n and r as for [`tanpi_f64`], t = 2 tan(π r/2) = r W(r²), W of degree 8, and t/(1 − t²/4) or its inverse.
///
/// *Accuracy*: no misrounded one among every seventh `f32`.
///
/// *Source*: as [`tanpi_f64`].
#[inline(always)]
pub fn tanpi_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let (n, r) = halves(x);
    let odd = odd(n);
    let t = horner(r * r, &WIDE_TAN) * r;
    let q = t.neg_mul_add(t * x.with(0.25), x.with(1.0));
    with_sign(turned(odd.select(q, t) / odd.select(t, q), n, r), x)
}
