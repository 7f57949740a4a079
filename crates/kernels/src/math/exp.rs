//! The exponential function.

use super::poly::horner;
use super::{ROUNDER, mend};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::SimdFloat;

/// Beyond this size the result, or the exponent made for it, may leave the range of normal numbers.
const LIMIT: f64 = 708.0;
/// Above, the result overflows: ln(2¹⁰²⁴) is 709.7827….
const OVERFLOW: f64 = 709.8;
/// Below, the result rounds to zero: ln(2⁻¹⁰⁷⁵) is −745.1332….
const UNDERFLOW: f64 = -745.2;
/// One unit of the exponent, in the bits.
const EXPONENT_ONE: i64 = 1 << 52;

// <generated: exp.py>
/// 8/ln 2.
const INV_STEP: f64 = f64::from_bits(0x4027_1547_652b_82fe);
/// ln 2/8, rounded.
const STEP_HI: f64 = f64::from_bits(0x3fb6_2e42_fefa_39ef);
/// ln 2/8 − `STEP_HI`.
const STEP_LO: f64 = f64::from_bits(0x3c4a_bc9e_3b39_803f);
/// 2^(j/8) rounded, with j·2⁴⁹ taken from its bits.
pub(super) const POWER: [f64; 8] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0x3fef_72b8_3c7d_517b),
    f64::from_bits(0x3fef_06fe_0a31_b715),
    f64::from_bits(0x3fee_bfda_d536_2a27),
    f64::from_bits(0x3fee_a09e_667f_3bcd),
    f64::from_bits(0x3fee_ace5_422a_a0db),
    f64::from_bits(0x3fee_e89f_995a_d3ad),
    f64::from_bits(0x3fef_5818_dcfb_a487),
];
/// 2^(j/8) over the rounded value, minus 1.
const POWER_LO: [f64; 8] = [
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0xbc80_1b15_eaa5_9348),
    f64::from_bits(0x3c83_4d75_4db0_abb6),
    f64::from_bits(0x3c76_90ce_bb7a_afb0),
    f64::from_bits(0xbc93_b3ef_bf5e_2228),
    f64::from_bits(0x3c8d_b72f_c1f0_eab4),
    f64::from_bits(0x3c8c_1a77_92cb_3387),
    f64::from_bits(0x3c74_a385_a63d_07a7),
];
/// (eʳ − 1 − r)/r² on |r| ≤ ln 2/16, minimax, the error times r² at most 2^-57.3.
const EXP: [f64; 6] = [
    f64::from_bits(0x3fe0_0000_0000_0000),
    f64::from_bits(0x3fc5_5555_5555_5613),
    f64::from_bits(0x3fa5_5555_54e6_58c9),
    f64::from_bits(0x3f81_1111_1094_9c3d),
    f64::from_bits(0x3f56_c1b9_ffff_5032),
    f64::from_bits(0x3f2a_0200_690c_77e2),
];
/// As `EXP`, at most 2^-49.1.
const WIDE_EXP: [f64; 5] = [
    f64::from_bits(0x3fe0_0000_0000_0000),
    f64::from_bits(0x3fc5_5555_548c_20d4),
    f64::from_bits(0x3fa5_5555_5281_622f),
    f64::from_bits(0x3f81_115b_dd32_76ab),
    f64::from_bits(0x3f56_c256_33e9_45ee),
];
// </generated>

/// `(n, r, s)` with x = k ln 2/8 + r, s the bits of 2^(k/8), and k in the lowest bits of n; for |x| < 2¹².
///
/// The exponent of s may leave the range, which only the bits can hold.
#[inline(always)]
fn reduce<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>, Reg<i64, S>) {
    let shifted = x.mul_add(x.with(INV_STEP), x.with(ROUNDER));
    let k = shifted - x.with(ROUNDER);
    let n = shifted.to_bits();
    let r = k.neg_mul_add(x.with(STEP_HI), x);
    let r = k.neg_mul_add(x.with(STEP_LO), r);
    (n, r, Reg::lookup8(&POWER, n).to_bits() + n.shl_const::<49>())
}

/// `(s, p)` with eˣ = s (1 + p): steps 1 to 4 of [`exp_f64`].
#[inline(always)]
fn parts<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>) {
    let (n, r, s) = reduce(x);
    let p = horner(r, &EXP).mul_add(r, x.with(1.0));
    (s, p.mul_add(r, Reg::lookup8(&POWER_LO, n)))
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
    let (s, p) = (s.raw, p.raw);
    if x > 0.0 {
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
    let (_, r, s) = reduce(x);
    let s: Reg<f64, S> = Reg::from_bits(s);
    let p = horner(r, &WIDE_EXP).mul_add(r, x.with(1.0));
    s.mul_add(p * r, s)
}
