//! The exponential functions, to the base of e and of 2.

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

/// 1.5·2⁴⁹: added to a number of less than 2¹², it leaves the nearest multiple of 1/8, and in the lowest bits how many.
const ROUNDER_EIGHTHS: f64 = f64::from_bits(0x4308_0000_0000_0000);
/// 1.5·2¹⁹: the same of sixteenths for `f32` and numbers of less than 2⁸.
const ROUNDER_SIXTEENTHS: f32 = f32::from_bits(0x4940_0000);
/// Beyond this size 2ˣ, or the exponent made for it, may leave the range of normal numbers.
const LIMIT2: f64 = 1021.0;
const LIMIT2_F32: f32 = 125.0;

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
/// (2ʳ − 1)/r on |r| ≤ 1/16, the error times r at most 2^-58.2.
const EXP2: [f64; 7] = [
    f64::from_bits(0x3fe6_2e42_fefa_39ef),
    f64::from_bits(0x3fce_bfbd_ff82_c78d),
    f64::from_bits(0x3fac_6b08_d704_b547),
    f64::from_bits(0x3f83_b2ab_6ef6_a550),
    f64::from_bits(0x3f55_d87f_e2cf_f0fc),
    f64::from_bits(0x3f24_30e6_0f2c_faba),
    f64::from_bits(0x3eef_fe42_b595_c214),
];
/// 2^(j/16) rounded, with j·2¹⁹ taken from its bits.
const NATIVE_POWER: [f32; 16] = [
    f32::from_bits(0x3f80_0000),
    f32::from_bits(0x3f7d_aac3),
    f32::from_bits(0x3f7b_95c2),
    f32::from_bits(0x3f79_c3d3),
    f32::from_bits(0x3f78_37f0),
    f32::from_bits(0x3f76_f532),
    f32::from_bits(0x3f75_fed7),
    f32::from_bits(0x3f75_583f),
    f32::from_bits(0x3f75_04f3),
    f32::from_bits(0x3f75_08a4),
    f32::from_bits(0x3f75_672a),
    f32::from_bits(0x3f76_248c),
    f32::from_bits(0x3f77_44fd),
    f32::from_bits(0x3f78_ccdf),
    f32::from_bits(0x3f7a_c0c7),
    f32::from_bits(0x3f7d_257d),
];
/// 2^(j/16) over the rounded value, minus 1.
const NATIVE_POWER_LO: [f32; 16] = [
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3346_cb6a),
    f32::from_bits(0xb24e_0611),
    f32::from_bits(0x334b_2482),
    f32::from_bits(0x3309_2801),
    f32::from_bits(0x331b_85f2),
    f32::from_bits(0xb305_1aa8),
    f32::from_bits(0xb200_6c56),
    f32::from_bits(0x3293_02ae),
    f32::from_bits(0xb302_e5a2),
    f32::from_bits(0x31b3_d0e5),
    f32::from_bits(0x31d1_daf2),
    f32::from_bits(0xb27c_e182),
    f32::from_bits(0xb1b4_b0da),
    f32::from_bits(0xb1d2_90be),
    f32::from_bits(0x31b0_a147),
];
/// ln 2, rounded.
const NATIVE_LN_2: f32 = f32::from_bits(0x3f31_7218);
/// (2ʳ − 1 − r `NATIVE_LN_2`)/r² on |r| ≤ 1/32, the error times r² at most 2^-35.3.
const NATIVE_EXP2: [f32; 3] =
    [f32::from_bits(0x3e75_fdf0), f32::from_bits(0x3d63_56cb), f32::from_bits(0x3c1d_94cf)];
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
    in_range(s.raw, p.raw, x > 0.0)
}

/// s (1 + p), where the exponent of s is next to the largest or beyond, or next to the smallest or beyond.
fn in_range(s: i64, p: f64, large: bool) -> f64 {
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
    let (_, r, s) = reduce(x);
    let s: Reg<f64, S> = Reg::from_bits(s);
    let p = horner(r, &WIDE_EXP).mul_add(r, x.with(1.0));
    s.mul_add(p * r, s)
}

/// `(n, r, s)` with x = k/8 + r, s the bits of 2^(k/8), and k in the lowest bits of n; for |x| < 2¹². r is exact.
#[inline(always)]
fn reduce2<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>, Reg<i64, S>) {
    let shifted = x + x.with(ROUNDER_EIGHTHS);
    let r = x - (shifted - x.with(ROUNDER_EIGHTHS));
    let n = shifted.to_bits();
    (n, r, Reg::lookup8(&POWER, n).to_bits() + n.shl_const::<49>())
}

/// `(s, p)` with 2ˣ = s (1 + p).
#[inline(always)]
fn parts2<S: SimdFloat<f64>>(x: Reg<f64, S>) -> (Reg<i64, S>, Reg<f64, S>) {
    let (n, r, s) = reduce2(x);
    (s, horner(r, &EXP2).mul_add(r, Reg::lookup8(&POWER_LO, n)))
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
    let s: Reg<f32, S> = Reg::from_bits(Reg::lookup16(&NATIVE_POWER, n).to_bits() + n.shl_const::<19>());
    let curved = (r * r).mul_add(horner(r, &NATIVE_EXP2), Reg::lookup16(&NATIVE_POWER_LO, n));
    let p = r.mul_add(x.with(NATIVE_LN_2), curved);
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
