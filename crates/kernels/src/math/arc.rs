//! The inverse trigonometric functions.
//!
//! No lane is set aside. Inverse tangent and sine work on |x|, and the sign of x is put back at the end: −0 stays −0, and
//! f(−x) is −f(x) to the bit. What they do is written once for `f64` and `f32`.

use super::poly::horner;
use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, SimdFloat};

/// The numbers of the inverse tangent.
struct Arctangent<T, const N: usize> {
    centre: [T; 16],
    angle: [T; 16],
    half_pi_low: T,
    polynomial: [T; N],
    /// The lowest number of the first interval that the bits tell from others.
    first: T,
    /// The lowest number of the last interval.
    last: T,
    /// Below, the quotient is less than the difference from the centre by half.
    small: T,
}

/// The numbers of inverse sine and cosine.
struct Arcsine<T: FloatLane, const N: usize> {
    half: T,
    minus_two: T,
    half_pi: T,
    half_pi_ratio: T,
    half_inverse_root: T::Bits,
    polynomial: [T; N],
}

const DOUBLE_ATAN: Arctangent<f64, 6> = Arctangent {
    centre: CENTRE,
    angle: ANGLE,
    half_pi_low: HALF_PI_LO,
    polynomial: ATAN,
    first: 0.0625,
    last: 12.0,
    small: 0.75,
};
const SINGLE_ATAN: Arctangent<f32, 3> = Arctangent {
    centre: NATIVE_CENTRE,
    angle: NATIVE_ANGLE,
    half_pi_low: NATIVE_HALF_PI_LO,
    polynomial: NATIVE_ATAN,
    first: 0.0625,
    last: 12.0,
    small: 0.75,
};
const DOUBLE_ASIN: Arcsine<f64, 13> = Arcsine {
    half: 0.5,
    minus_two: -2.0,
    half_pi: HALF_PI,
    half_pi_ratio: HALF_PI_RATIO,
    half_inverse_root: HALF_INVERSE_ROOT,
    polynomial: ASIN,
};
const SINGLE_ASIN: Arcsine<f32, 5> = Arcsine {
    half: 0.5,
    minus_two: -2.0,
    half_pi: NATIVE_HALF_PI,
    half_pi_ratio: NATIVE_HALF_PI_RATIO,
    half_inverse_root: NATIVE_HALF_INVERSE_ROOT,
    polynomial: NATIVE_ASIN,
};

// <generated: arc.py>
/// π/2, rounded.
const HALF_PI: f64 = f64::from_bits(0x3ff9_21fb_5444_2d18);
/// π/2 − `HALF_PI`.
const HALF_PI_LO: f64 = f64::from_bits(0x3c91_a626_3314_5c07);
/// That over `HALF_PI`.
const HALF_PI_RATIO: f64 = f64::from_bits(0x3c86_78af_ae35_cdd1);
/// Centres c whose atan is a number but for 2^-63.8 of it; 0 in the first interval and in the last.
const CENTRE: [f64; 16] = [
    f64::from_bits(0x4003_152a_a412_de71),
    f64::from_bits(0x400b_5b15_0531_ecd4),
    f64::from_bits(0x4013_1ebb_16a5_91d4),
    f64::from_bits(0x401b_625e_9e74_723a),
    f64::from_bits(0x4023_2787_d86c_a5b1),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x3fbb_6d29_b4a9_eda8),
    f64::from_bits(0x3fc3_31b5_e05b_ed38),
    f64::from_bits(0x3fcb_6b9a_b42c_f5e1),
    f64::from_bits(0x3fd3_2dbe_071d_32f3),
    f64::from_bits(0x3fdb_668b_83cb_1906),
    f64::from_bits(0x3fe3_2305_343e_aeeb),
    f64::from_bits(0x3feb_5c5d_483a_30ae),
    f64::from_bits(0x3ff3_1584_dad4_2318),
    f64::from_bits(0x3ffb_565f_bb3c_86b7),
];
/// atan c; π/2 in the last interval.
const ANGLE: [f64; 16] = [
    f64::from_bits(0x3ff2_c7fc_367f_b781),
    f64::from_bits(0x3ff4_94a1_e4be_fe28),
    f64::from_bits(0x3ff5_d543_42d7_4159),
    f64::from_bits(0x3ff6_cfe2_1e63_4054),
    f64::from_bits(0x3ff7_77d8_085c_b7ec),
    f64::from_bits(0x3ff9_21fb_5444_2d18),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x3fbb_527b_e2a7_09b9),
    f64::from_bits(0x3fc3_0d5e_7875_12fd),
    f64::from_bits(0x3fcb_0316_c718_e18c),
    f64::from_bits(0x3fd2_a238_78d8_2632),
    f64::from_bits(0x3fd9_e3b0_7201_0c82),
    f64::from_bits(0x3fe1_3f35_98be_d95c),
    f64::from_bits(0x3fe6_a30d_e2ae_4734),
    f64::from_bits(0x3feb_f040_7c08_7000),
    f64::from_bits(0x3ff0_a90c_5d69_a0fb),
];
/// (atan t − t)/t³ over t² on |t| ≤ 0.1102, minimax, the error times t² at most 2^-61.4.
pub(super) const ATAN: [f64; 6] = [
    f64::from_bits(0xbfd5_5555_5555_5537),
    f64::from_bits(0x3fc9_9999_9998_1c51),
    f64::from_bits(0xbfc2_4924_8f2c_0aff),
    f64::from_bits(0x3fbc_71c1_200e_e20d),
    f64::from_bits(0xbfb7_42e7_eab7_c425),
    f64::from_bits(0x3fb2_fe2b_b6f8_20ea),
];
/// (asin s − s)/s³ over s² on |s| ≤ 1/2, minimax, the error times s² at most 2^-59.8.
const ASIN: [f64; 13] = [
    f64::from_bits(0x3fc5_5555_5555_5578),
    f64::from_bits(0x3fb3_3333_3332_df3e),
    f64::from_bits(0x3fa6_db6d_b722_85bd),
    f64::from_bits(0x3f9f_1c71_a8d1_04f0),
    f64::from_bits(0x3f96_e8bd_fb6c_5ed1),
    f64::from_bits(0x3f91_c49e_1c30_f911),
    f64::from_bits(0x3f8c_a20e_2052_b760),
    f64::from_bits(0x3f87_57ae_c73f_4330),
    f64::from_bits(0x3f86_176a_914e_060d),
    f64::from_bits(0x3f6e_29a9_873c_0642),
    f64::from_bits(0x3f96_49c5_64f9_b757),
    f64::from_bits(0xbf95_9609_c3b2_e1c2),
    f64::from_bits(0x3fa0_bb3b_f36d_9919),
];
/// From this half of the bits of z are taken for those of 1/(2 √z), right to 3.4 percent.
pub(super) const HALF_INVERSE_ROOT: i64 = 0x5fd6ec0000000000;
/// π/2, rounded.
const NATIVE_HALF_PI: f32 = f32::from_bits(0x3fc9_0fdb);
/// π/2 − `NATIVE_HALF_PI`.
const NATIVE_HALF_PI_LO: f32 = f32::from_bits(0xb33b_bd2e);
/// That over `NATIVE_HALF_PI`.
const NATIVE_HALF_PI_RATIO: f32 = f32::from_bits(0xb2ef_0965);
/// As `CENTRE`, but for 2^-35.0.
const NATIVE_CENTRE: [f32; 16] = [
    f32::from_bits(0x4018_a6e8),
    f32::from_bits(0x405a_d5a1),
    f32::from_bits(0x4098_f384),
    f32::from_bits(0x40db_1534),
    f32::from_bits(0x4119_3cde),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3ddb_665b),
    f32::from_bits(0x3e19_8c38),
    f32::from_bits(0x3e5b_5981),
    f32::from_bits(0x3e99_6c97),
    f32::from_bits(0x3edb_3138),
    f32::from_bits(0x3f19_11e8),
    f32::from_bits(0x3f5a_e6b7),
    f32::from_bits(0x3f98_a8e2),
    f32::from_bits(0x3fda_b0f1),
];
/// As `ANGLE`.
const NATIVE_ANGLE: [f32; 16] = [
    f32::from_bits(0x3f96_3f28),
    f32::from_bits(0x3fa4_a495),
    f32::from_bits(0x3fae_a9b6),
    f32::from_bits(0x3fb6_7f41),
    f32::from_bits(0x3fbb_bece),
    f32::from_bits(0x3fc9_0fdb),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3dda_90f5),
    f32::from_bits(0x3e18_6985),
    f32::from_bits(0x3e58_1587),
    f32::from_bits(0x3e95_1087),
    f32::from_bits(0x3ecf_1adc),
    f32::from_bits(0x3f09_f511),
    f32::from_bits(0x3f35_1aa1),
    f32::from_bits(0x3f5f_7f51),
    f32::from_bits(0x3f85_47dd),
];
/// As `ATAN`, at most 2^-34.8.
pub(super) const NATIVE_ATAN: [f32; 3] =
    [f32::from_bits(0xbeaa_aaa9), f32::from_bits(0x3e4c_c6fc), f32::from_bits(0xbe0f_61dd)];
/// As `ASIN`, at most 2^-27.6.
const NATIVE_ASIN: [f32; 5] = [
    f32::from_bits(0x3e2a_aae5),
    f32::from_bits(0x3d99_80b6),
    f32::from_bits(0x3d3a_44f2),
    f32::from_bits(0x3cc5_dc34),
    f32::from_bits(0x3d2c_e4d5),
];
/// As `HALF_INVERSE_ROOT`.
pub(super) const NATIVE_HALF_INVERSE_ROOT: i32 = 0x5eb76000;
// </generated>

/// `y` with the sign of x put on top of its own.
#[inline(always)]
fn signed<T: FloatLane, S: SimdFloat<T>>(y: Reg<T, S>, x: Reg<T, S>) -> Reg<T, S> {
    let sign = -x.with(T::ZERO);
    Reg::from_bits(y.to_bits() ^ (x.to_bits() & sign.to_bits()))
}

/// atan x. The bits above the first `SHIFT` count intervals of half an octave.
#[inline(always)]
fn arctangent<T: FloatLane, S: SimdFloat<T>, const N: usize, const SHIFT: i32>(
    x: Reg<T, S>,
    c: &Arctangent<T, N>,
) -> Reg<T, S> {
    let (zero, one) = (x.with(T::ZERO), x.with(T::ONE));
    let ax = x.abs();
    let interval = ax.larger(x.with(c.first)).smaller(x.with(c.last)).to_bits().shr_const::<SHIFT>();
    let centre = Reg::lookup16(&c.centre, interval);
    let last = ax.ge(x.with(c.last));
    let small = ax.lt(x.with(c.small));
    let off = ax - centre;
    let numerator = last.select(-one, small.select(off * (ax * -centre), off));
    let quotient = numerator / last.select(ax, ax.mul_add(centre, one));
    let off = small.select(off, zero);
    let t = off + quotient;
    let z = t * t;
    let rest = (t * z).mul_add(horner(z, &c.polynomial), last.select(x.with(c.half_pi_low), zero));
    signed(Reg::lookup16(&c.angle, interval) + (off + (rest + quotient)), x)
}

/// atan x.
///
/// *Method*
/// 1. 16 intervals of half an octave by the bits of |x|, the first from 0, the last from 12 to ∞.
/// 2. t = d/(1 + |x| c), the tangent of the difference from the angle of the centre c; |t| ≤ 0.11. d = |x| − c is exact. Below
///    3/4, where t is large beside the angle, it is taken as d − d |x| c/(1 + |x| c), whose quotient is small. In the first
///    interval c is 0 and t is |x|, in the last t is −1/|x|.
/// 3. atan c + (t + t³ A(t²)), A of degree 5; π/2 has a second word. The summands of t stay apart until the last sums.
///
/// *Accuracy*: 0.75 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: S. Gal, "Computing elementary functions: a new approach for achieving high accuracy and good performance"
/// (1986): centres c whose inverse tangent is almost a machine number need no table of low words.
#[inline(always)]
pub fn atan_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    arctangent::<_, _, _, 51>(x, &DOUBLE_ATAN)
}

/// atan x in `f32`.
///
/// *Method*: as [`atan_f64`]; A has degree 2.
///
/// *Accuracy*: 0.75 ULP, and it never falls: over every seventh `f32`.
///
/// *Source*: as [`atan_f64`].
#[inline(always)]
pub fn atan_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    arctangent::<_, _, _, 22>(x, &SINGLE_ATAN)
}

/// What asin |x| is made of.
struct Parts<T: FloatLane, S: SimdFloat<T>> {
    /// |x| > 1/2.
    large: Mask<T, S>,
    /// |x|, of large |x| √((1 − |x|)/2); NaN beyond 1.
    s: Reg<T, S>,
    /// What the inverse sine of that number, not rounded, has more.
    rest: Reg<T, S>,
}

#[inline(always)]
fn parts<T: FloatLane, S: SimdFloat<T>, const N: usize>(ax: Reg<T, S>, c: &Arcsine<T, N>) -> Parts<T, S> {
    let half = ax.with(c.half);
    let large = ax.gt(half);
    let z = large.select(ax.neg_mul_add(half, half), ax * ax);
    let s = large.select(z.sqrt(), ax);
    // The error of the root, of which few bits are needed.
    let bits = z.to_bits();
    let inverse = Reg::from_bits(bits.with(c.half_inverse_root) - bits.shr_const::<1>());
    let low = large.select(s.neg_mul_add(s, z) * inverse, ax.with(T::ZERO));
    Parts { large, s, rest: (s * z).mul_add(horner(z, &c.polynomial), low) }
}

/// base + factor · (s + rest), where base is 0, or a multiple of π/2 that is not smaller than the product.
#[inline(always)]
fn assemble<T: FloatLane, S: SimdFloat<T>, const N: usize>(
    base: Reg<T, S>,
    factor: Reg<T, S>,
    p: &Parts<T, S>,
    c: &Arcsine<T, N>,
) -> Reg<T, S> {
    let head = factor.mul_add(p.s, base);
    let error = factor.mul_add(p.s, base - head);
    head + factor.mul_add(p.rest, base.mul_add(base.with(c.half_pi_ratio), error))
}

#[inline(always)]
fn arcsine<T: FloatLane, S: SimdFloat<T>, const N: usize>(x: Reg<T, S>, c: &Arcsine<T, N>) -> Reg<T, S> {
    let p = parts(x.abs(), c);
    let base = p.large.select(x.with(c.half_pi), x.with(T::ZERO));
    let factor = p.large.select(x.with(c.minus_two), x.with(T::ONE));
    signed(assemble(base, factor, &p, c), x)
}

#[inline(always)]
fn arccosine<T: FloatLane, S: SimdFloat<T>, const N: usize>(x: Reg<T, S>, c: &Arcsine<T, N>) -> Reg<T, S> {
    let p = parts(x.abs(), c);
    let half_pi = x.with(c.half_pi);
    // 0 for large positive, π for large negative x.
    let base = p.large.select(half_pi - signed(half_pi, x), half_pi);
    let factor = p.large.select(-x.with(c.minus_two), -x.with(T::ONE));
    assemble(base, signed(factor, x), &p, c)
}

/// asin x; NaN beyond ±1.
///
/// *Method*
/// 1. Of |x| ≤ 1/2, |x| + |x|³ A(x²), A of degree 12.
/// 2. Of larger |x|, π/2 − 2 asin s with s = √((1 − |x|)/2). Under the root all is exact. Its rounding error is (z − s²)/(2 s),
///    for which a quotient to a few bits will do: the one whose bits are a constant less half of those of z.
/// 3. π/2 has two words, its first sum is taken with its error.
///
/// *Accuracy*: 0.63 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: W. J. Cody and W. Waite, "Software manual for the elementary functions" (1980); C. Lomont, "Fast inverse square
/// root" (2003), for the guess.
#[inline(always)]
pub fn asin_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    arcsine(x, &DOUBLE_ASIN)
}

/// asin x in `f32`; NaN beyond ±1.
///
/// *Method*: as [`asin_f64`]; A has degree 4.
///
/// *Accuracy*: 0.70 ULP, and it never falls: over every seventh `f32`.
///
/// *Source*: as [`asin_f64`].
#[inline(always)]
pub fn asin_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    arcsine(x, &SINGLE_ASIN)
}

/// acos x; NaN beyond ±1.
///
/// *Method*: as [`asin_f64`]: of |x| ≤ 1/2 π/2 − asin x, of x > 1/2 2 asin s, of x < −1/2 π − 2 asin s.
///
/// *Accuracy*: 0.61 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`asin_f64`].
#[inline(always)]
pub fn acos_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    arccosine(x, &DOUBLE_ASIN)
}

/// acos x in `f32`; NaN beyond ±1.
///
/// *Method*: as [`acos_f64`]; A has degree 4.
///
/// *Accuracy*: 0.67 ULP, and it never rises: over every seventh `f32`.
///
/// *Source*: as [`asin_f64`].
#[inline(always)]
pub fn acos_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    arccosine(x, &SINGLE_ASIN)
}
