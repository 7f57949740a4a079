//! The natural logarithm.

use super::poly::horner;
use super::{ROUNDER, ROUNDER_F32, mend};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::SimdFloat;

/// The bits of the smallest normal number.
const NORMAL: i64 = 0x0010_0000_0000_0000;
/// The bits of infinity.
const INFINITE: i64 = 0x7ff0_0000_0000_0000;
/// All but the bits of the mantissa.
const EXPONENT: i64 = !0x000f_ffff_ffff_ffff;
/// The same three of `f32`.
const NORMAL_F32: i32 = 0x0080_0000;
const INFINITE_F32: i32 = 0x7f80_0000;
const EXPONENT_F32: i32 = !0x007f_ffff;

// <generated: log.py>
/// The bits of the first number of the first interval, 1 − 0.7/32.
const OFFSET: i64 = 0x3fef4ccd00000000;
/// ln 2/16, its first bits, a multiple of 2⁻⁴³.
const PART_HI: f64 = f64::from_bits(0x3fa6_2e42_fefa_4000);
/// ln 2/16 − `PART_HI`.
const PART_LO: f64 = f64::from_bits(0xbd08_432a_1b0e_2634);
/// 1/c, short.
const INVERSE: [f64; 16] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0x3fee_8000_0000_0000),
    f64::from_bits(0x3fec_c000_0000_0000),
    f64::from_bits(0x3feb_4000_0000_0000),
    f64::from_bits(0x3fe9_e000_0000_0000),
    f64::from_bits(0x3fe8_a000_0000_0000),
    f64::from_bits(0x3fe7_8000_0000_0000),
    f64::from_bits(0x3fe6_7000_0000_0000),
    f64::from_bits(0x3fe5_8000_0000_0000),
    f64::from_bits(0x3fe4_a000_0000_0000),
    f64::from_bits(0x3fe3_e000_0000_0000),
    f64::from_bits(0x3fe3_2000_0000_0000),
    f64::from_bits(0x3fe2_7000_0000_0000),
    f64::from_bits(0x3fe1_c000_0000_0000),
    f64::from_bits(0x3fe1_0000_0000_0000),
    f64::from_bits(0x3fe0_8000_0000_0000),
];
/// ln c − j·ln 2/16 to a multiple of 2⁻⁴³.
const LOG_HI: [f64; 16] = [
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x3f73_3338_ad2c_0000),
    f64::from_bits(0x3f94_f216_3acc_8000),
    f64::from_bits(0x3f9f_745a_1fc0_8000),
    f64::from_bits(0x3fa4_0e55_6186_4000),
    f64::from_bits(0x3fa7_3a1c_4028_0000),
    f64::from_bits(0x3fa8_fd01_bfbc_4000),
    f64::from_bits(0x3faa_7f05_6f25_8000),
    f64::from_bits(0x3faa_2b02_20c9_0000),
    f64::from_bits(0x3fa9_42a8_5331_0000),
    f64::from_bits(0x3fa6_0b78_2927_4000),
    f64::from_bits(0x3fa3_8f0f_5e7b_c000),
    f64::from_bits(0x3fa0_1f4f_97bf_8000),
    f64::from_bits(0x3f9a_cbdd_10b2_0000),
    f64::from_bits(0x3f9a_a4aa_7bc6_0000),
    f64::from_bits(0x3f89_b3d5_def9_0000),
];
/// ln c − j·ln 2/16 − `LOG_HI`.
const LOG_LO: [f64; 16] = [
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0xbd0a_b001_85a6_26c7),
    f64::from_bits(0x3cf2_caa7_bc5a_f53b),
    f64::from_bits(0xbd28_4a27_16b7_ace1),
    f64::from_bits(0x3d21_35c6_c762_edc9),
    f64::from_bits(0xbd15_2700_8fe2_caad),
    f64::from_bits(0xbd1e_fb2c_f8ce_d008),
    f64::from_bits(0x3d14_b7fd_791f_cfbd),
    f64::from_bits(0xbd2a_0b35_9c65_2090),
    f64::from_bits(0x3d23_839f_3cc8_b775),
    f64::from_bits(0xbd27_bd67_0fcf_5d86),
    f64::from_bits(0x3d29_39d6_0c54_df0c),
    f64::from_bits(0xbcfb_88fb_1669_f1ef),
    f64::from_bits(0x3cf8_36b2_a088_7104),
    f64::from_bits(0x3d21_3809_75af_7b77),
    f64::from_bits(0xbd2f_90f1_0341_9371),
];
/// (ln(1 + r) − r)/r² on |r| ≤ 0.0306, minimax, relative error 2^-56.0.
const LOG: [f64; 8] = [
    f64::from_bits(0xbfe0_0000_0000_0000),
    f64::from_bits(0x3fd5_5555_5555_54ed),
    f64::from_bits(0xbfd0_0000_0005_a0d0),
    f64::from_bits(0x3fc9_9999_99ba_9b6f),
    f64::from_bits(0xbfc5_5554_6002_c910),
    f64::from_bits(0x3fc2_4923_06ce_a595),
    f64::from_bits(0xbfc0_0648_b7fd_6d1c),
    f64::from_bits(0x3fbc_8039_38a3_83de),
];
/// ln 2/16, its first bits, a multiple of 2⁻⁴⁶.
const WIDE_PART_HI: f64 = f64::from_bits(0x3fa6_2e42_fefa_3800);
/// ln 2/16 − `WIDE_PART_HI`.
const WIDE_PART_LO: f64 = f64::from_bits(0x3cee_f357_93c7_6730);
/// 1/c, of 28 bits.
const WIDE_INVERSE: [f64; 16] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0x3fee_7a06_cc00_0000),
    f64::from_bits(0x3fec_c3f2_bc00_0000),
    f64::from_bits(0x3feb_3c32_0800_0000),
    f64::from_bits(0x3fe9_db67_f600_0000),
    f64::from_bits(0x3fe8_9da5_1000_0000),
    f64::from_bits(0x3fe7_7ccd_8600_0000),
    f64::from_bits(0x3fe6_749b_9a00_0000),
    f64::from_bits(0x3fe5_82e1_c000_0000),
    f64::from_bits(0x3fe4_a528_5600_0000),
    f64::from_bits(0x3fe3_d83e_2200_0000),
    f64::from_bits(0x3fe3_1aba_8c00_0000),
    f64::from_bits(0x3fe2_6a81_c000_0000),
    f64::from_bits(0x3fe1_c75b_7c00_0000),
    f64::from_bits(0x3fe1_2e5b_6a00_0000),
    f64::from_bits(0x3fe0_9f77_3000_0000),
];
/// ln c − j·ln 2/16, nearly a multiple of 2⁻⁴⁶; or aside of one (see the generator).
const WIDE_LOG: [f64; 16] = [
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x3f76_55bb_bb57_0000),
    f64::from_bits(0x3f94_6580_2909_2000),
    f64::from_bits(0x3fa0_01ad_f1a5_37da),
    f64::from_bits(0x3fa4_6944_418c_8000),
    f64::from_bits(0x3fa7_6b16_cbca_0800),
    f64::from_bits(0x3fa9_42ae_d45b_cd9a),
    f64::from_bits(0x3faa_15ea_f73f_8800),
    f64::from_bits(0x3fa9_e665_fb4f_484d),
    f64::from_bits(0x3fa8_c2af_fbb9_a800),
    f64::from_bits(0x3fa6_d375_22c9_9000),
    f64::from_bits(0x3fa4_1c41_5dec_fa0a),
    f64::from_bits(0x3fa0_b7f1_2e82_290a),
    f64::from_bits(0x3f99_23c2_7540_7000),
    f64::from_bits(0x3f8f_9633_58fc_8000),
    f64::from_bits(0x3f75_0187_9498_8000),
];
/// (ln(1 + r) − r)/r² on |r| ≤ 0.0298, relative error 2^-50.5.
const WIDE: [f64; 7] = [
    f64::from_bits(0xbfe0_0000_0000_0000),
    f64::from_bits(0x3fd5_5555_5559_3e1f),
    f64::from_bits(0xbfd0_0000_0004_f2f9),
    f64::from_bits(0x3fc9_9998_c884_eef7),
    f64::from_bits(0xbfc5_5554_72b9_1771),
    f64::from_bits(0x3fc2_4f59_6b23_4723),
    f64::from_bits(0xbfc0_060b_61b1_3121),
];
/// As `OFFSET`, of an `f32`.
const NATIVE_OFFSET: i32 = 0x3f7a6668;
/// ln 2/16, its first bits, a multiple of 2⁻¹⁷.
const NATIVE_PART_HI: f32 = f32::from_bits(0x3d31_7000);
/// ln 2/16 − `NATIVE_PART_HI`.
const NATIVE_PART_LO: f32 = f32::from_bits(0x3605_fdf4);
/// 1/c, short.
const NATIVE_INVERSE: [f32; 16] = [
    f32::from_bits(0x3f80_0000),
    f32::from_bits(0x3f74_0000),
    f32::from_bits(0x3f68_0000),
    f32::from_bits(0x3f58_0000),
    f32::from_bits(0x3f50_0000),
    f32::from_bits(0x3f44_0000),
    f32::from_bits(0x3f3c_0000),
    f32::from_bits(0x3f33_8000),
    f32::from_bits(0x3f2c_0000),
    f32::from_bits(0x3f24_0000),
    f32::from_bits(0x3f20_0000),
    f32::from_bits(0x3f18_0000),
    f32::from_bits(0x3f14_0000),
    f32::from_bits(0x3f10_0000),
    f32::from_bits(0x3f08_0000),
    f32::from_bits(0x3f04_0000),
];
/// ln c − j·ln 2/16 to a multiple of 2⁻¹⁷.
const NATIVE_HI: [f32; 16] = [
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3b99_8000),
    f32::from_bits(0x3c41_4000),
    f32::from_bits(0x3d23_9000),
    f32::from_bits(0x3d0c_b800),
    f32::from_bits(0x3d4e_a800),
    f32::from_bits(0x3d47_e800),
    f32::from_bits(0x3d53_f800),
    f32::from_bits(0x3d51_5800),
    f32::from_bits(0x3d62_f800),
    f32::from_bits(0x3d16_b000),
    f32::from_bits(0x3d37_5800),
    f32::from_bits(0x3ce6_4000),
    f32::from_bits(0x3c47_a000),
    f32::from_bits(0x3cd5_2000),
    f32::from_bits(0x3c4d_a000),
];
/// ln c − j·ln 2/16 − `NATIVE_HI`.
const NATIVE_LO: [f32; 16] = [
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x364e_2b4b),
    f32::from_bits(0x35da_f2f8),
    f32::from_bits(0x35e2_c189),
    f32::from_bits(0xb62e_137b),
    f32::from_bits(0x3594_5970),
    f32::from_bits(0x335f_de18),
    f32::from_bits(0x342d_e4b1),
    f32::from_bits(0x3388_3239),
    f32::from_bits(0x3666_86bd),
    f32::from_bits(0xb61a_491a),
    f32::from_bits(0xb665_8f76),
    f32::from_bits(0xb5ff_925c),
    f32::from_bits(0xb60b_bece),
    f32::from_bits(0x362a_7bc6),
    f32::from_bits(0xb4a8_841e),
];
/// (ln(1 + r) − r)/r² on |r| ≤ 0.0365, relative error 2^-30.4.
const NATIVE: [f32; 4] = [
    f32::from_bits(0xbeff_fffd),
    f32::from_bits(0x3eaa_aaa5),
    f32::from_bits(0xbe80_2411),
    f32::from_bits(0x3e4d_2013),
];
// </generated>

/// Where x is positive, normal and finite: one comparison of the bits, in a ring turned so that these come first.
#[inline(always)]
fn usual<S: SimdFloat<f64>>(bits: Reg<i64, S>) -> Mask<f64, S> {
    let turned = bits + bits.with(i64::MIN.wrapping_sub(NORMAL));
    Mask::from_raw(bits.isa(), turned.lt(bits.with(i64::MIN + (INFINITE - NORMAL))).raw)
}

/// `(n, count, z)` with x = z 2^k, z in the 16 intervals, n = 16 k + the number of the interval, `count` = n.
#[inline(always)]
fn split<S: SimdFloat<f64>>(bits: Reg<i64, S>) -> (Reg<i64, S>, Reg<f64, S>, Reg<f64, S>) {
    let from = bits - bits.with(OFFSET);
    let n = from.shr_const::<48>();
    let z = Reg::from_bits(bits - (from & bits.with(EXPONENT)));
    let count: Reg<f64, S> = Reg::from_bits(n + n.with(ROUNDER.to_bits() as i64));
    (n, count - count.with(ROUNDER), z)
}

/// ln of the number with these bits; the exponent may lie below the normal ones.
#[inline(always)]
fn log_bits<S: SimdFloat<f64>>(bits: Reg<i64, S>) -> Reg<f64, S> {
    let (n, count, z) = split(bits);
    let r = z.mul_add(Reg::lookup16(&INVERSE, n), z.with(-1.0));
    let high = count.mul_add(z.with(PART_HI), Reg::lookup16(&LOG_HI, n));
    let low = count.mul_add(z.with(PART_LO), Reg::lookup16(&LOG_LO, n));
    let sum = high + r;
    let low = low + ((high - sum) + r);
    (r * r).mul_add(horner(r, &LOG), low) + sum
}

/// ln x; −∞ for ±0, NaN for negative numbers.
///
/// *Method*
/// 1. x = z 2^k with z in [0.978, 1.956); 16 intervals of z by the bits.
/// 2. r = z/c − 1, where 1/c comes from a table and is so short that r is exact or nearly so. |r| ≤ 1/32. In
///    the interval around 1, c is 1.
/// 3. k ln 2 + ln c in two words; the first is exact, its sum with r is kept with its error.
/// 4. ln(1 + r) = r + r² L(r), L of degree 7.
///
/// Zeros, subnormal, negative and infinite numbers and NaN go to `log_one`.
///
/// *Accuracy*: 0.67 ULP, the largest over 3·10⁶ points in each range of `tests/math.rs`;
/// next to 1.08, elsewhere 0.6.
///
/// *Source*: P. T. P. Tang, "Table-driven implementation of the logarithm function in IEEE floating-point
/// arithmetic", ACM TOMS 16 (1990); intervals by integer subtraction as in ARM's optimized-routines.
#[inline(always)]
pub fn log_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let bits = x.to_bits();
    let y = log_bits(bits);
    let usual = usual(bits);
    if !usual.all() {
        return mend(x, y, !usual, log_one);
    }
    y
}

/// [`log_f64`] of one number for which it sets no lane aside.
fn log_one(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x < 0.0 {
        return f64::NAN;
    }
    if !x.is_finite() {
        return x + x;
    }
    let scaled = (x * f64::from_bits(0x4350_0000_0000_0000)).to_bits() as i64;
    log_bits(Reg::splat(Scalar, scaled - (54 << 52))).raw
}

/// ln of positive finite `f32` values in `f64`; rounded to `f32`, the result is correctly rounded for all of them.
///
/// *Method*: as [`log_f64`], with 1/c of 28 bits (r stays exact), chosen so that ln c − j ln 2/16 is a multiple
/// of 2⁻⁴⁶ but for 2⁻⁵⁹ or less: no table of low words. L has degree 6. Five inputs whose nearest double is a tie
/// of two `f32` are decided by entries that stand between such multiples (see the generator).
///
/// *Accuracy*: 0 of 2³² misrounded (exhaustive, `checks/tests/wide.rs`).
///
/// *Source*: as [`log_f64`]; S. Gal, "Computing elementary functions: a new approach for achieving high accuracy
/// and good performance" (1986).
#[inline(always)]
pub fn log_f32_wide<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let bits = x.to_bits();
    let (n, count, z) = split(bits);
    let r = z.mul_add(Reg::lookup16(&WIDE_INVERSE, n), z.with(-1.0));
    let high = count.mul_add(z.with(WIDE_PART_HI), Reg::lookup16(&WIDE_LOG, n));
    let low = count.mul_add(z.with(WIDE_PART_LO), r);
    high + (r * r).mul_add(horner(r, &WIDE), low)
}

/// Where [`log_f32_wide`] holds: positive and finite.
#[inline(always)]
pub fn positive_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Mask<f32, S> {
    between_f32(x, 1)
}

/// As [`log_f32_wide`], of one number that is not positive or not finite.
pub fn log_f32_rare(x: f64) -> f64 {
    log_one(x)
}

/// Where x is at least the positive number with the bits `first`, and finite; as `usual`.
#[inline(always)]
fn between_f32<S: SimdFloat<f32>>(x: Reg<f32, S>, first: i32) -> Mask<f32, S> {
    let bits = x.to_bits();
    let turned = bits + bits.with(i32::MIN.wrapping_sub(first));
    Mask::from_raw(x.isa(), turned.lt(bits.with(i32::MIN + (INFINITE_F32 - first))).raw)
}

/// ln of the number with these bits; the exponent may lie below the normal ones.
#[inline(always)]
fn log_bits_f32<S: SimdFloat<f32>>(bits: Reg<i32, S>) -> Reg<f32, S> {
    let from = bits - bits.with(NATIVE_OFFSET);
    let n = from.shr_const::<19>();
    let z: Reg<f32, S> = Reg::from_bits(bits - (from & bits.with(EXPONENT_F32)));
    let count: Reg<f32, S> = Reg::from_bits(n + n.with(ROUNDER_F32.to_bits() as i32));
    let count = count - z.with(ROUNDER_F32);
    let r = z.mul_add(Reg::lookup16(&NATIVE_INVERSE, n), z.with(-1.0));
    let high = count.mul_add(z.with(NATIVE_PART_HI), Reg::lookup16(&NATIVE_HI, n));
    let low = count.mul_add(z.with(NATIVE_PART_LO), Reg::lookup16(&NATIVE_LO, n));
    let sum = high + r;
    let low = low + ((high - sum) + r);
    (r * r).mul_add(horner(r, &NATIVE), low) + sum
}

/// ln x in `f32`; −∞ for ±0, NaN for negative numbers.
///
/// *Method*: as [`log_f64`], with r exact next to 1; L has degree 3.
///
/// *Accuracy*: 0.54 ULP at most over all `f32`, and it never falls (exhaustive, `docs/accuracy.md`).
///
/// *Source*: as [`log_f64`].
#[inline(always)]
pub fn log_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let bits = x.to_bits();
    let y = log_bits_f32(bits);
    let usual = between_f32(x, NORMAL_F32);
    if !usual.all() {
        return mend(x, y, !usual, log_one_f32);
    }
    y
}

/// [`log_f32`] of one number for which it sets no lane aside.
fn log_one_f32(x: f32) -> f32 {
    if x == 0.0 {
        return f32::NEG_INFINITY;
    }
    if x < 0.0 {
        return f32::NAN;
    }
    if !x.is_finite() {
        return x + x;
    }
    let scaled = (x * f32::from_bits(0x4b80_0000)).to_bits() as i32;
    log_bits_f32(Reg::splat(Scalar, scaled - (24 << 23))).raw
}
