//! The error function and its complement, for `f64` and `f32` alike.
//!
//! Both from the same two parts: next to 0 a polynomial of the error function, beyond 5/8 e⁻ˣ² times a polynomial over
//! t = (x − A)/(x + A), which takes all larger x to a small interval.

use super::expm1::{Expm1Lane, sum_parts};
use super::poly::horner;
use super::{mend, with_sign};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{Simd, SimdFloat};

/// What the two functions need beyond exponentials.
trait ErfLane: Expm1Lane {
    const MIDDLE: Self;
    /// The polynomial, what its first coefficient leaves, and its derivative.
    const SCALED: &'static [Self];
    const SCALED_LO: Self;
    const SLOPE: &'static [Self];
    /// 2/√π − 1 in two parts, and the polynomial next to 0.
    const FIRST: [Self; 2];
    const SMALL: &'static [Self];
    /// Below, the polynomial next to 0.
    const BORDER: Self;
    /// From here on the error function is 1.
    const ONE_FROM: Self;
    /// Up to here its complement is normal.
    const NORMAL: Self;
    /// Its complement of one number beyond that.
    fn tiny(x: Self) -> Self;
    /// The bits of a number times 2ⁿ.
    fn raise<S: SimdFloat<Self>>(bits: Reg<Self::Bits, S>, n: i32) -> Reg<Self::Bits, S>;
}
impl ErfLane for f64 {
    const MIDDLE: f64 = MIDDLE;
    const SCALED: &'static [f64] = &SCALED;
    const SCALED_LO: f64 = SCALED_LO;
    const SLOPE: &'static [f64] = &SLOPE;
    const FIRST: [f64; 2] = [FIRST, FIRST_LO];
    const SMALL: &'static [f64] = &SMALL;
    const BORDER: f64 = 0.625;
    const ONE_FROM: f64 = 6.0;
    const NORMAL: f64 = 26.0;
    fn tiny(x: f64) -> f64 {
        if x > 27.3 {
            return 0.0;
        }
        // Of a power 2²⁰⁰ larger, brought to where subnormal results round at the last place of a sum with 1.
        let Tail { high, low } = tail(Reg::splat(Scalar, x), 200);
        let up = f64::from_bits((1023 + 822) << 52);
        let (high, low) = (high.raw * up, low.raw * up);
        let mut y = high + low;
        if y < 1.0 {
            let sum = 1.0 + y;
            let rest = ((1.0 - sum) + y) + ((high - y) + low);
            y = (sum + rest) - 1.0;
        }
        y * f64::MIN_POSITIVE
    }
    #[inline(always)]
    fn raise<S: SimdFloat<f64>>(bits: Reg<i64, S>, n: i32) -> Reg<i64, S> {
        bits + bits.with(i64::from(n) << 52)
    }
}
impl ErfLane for f32 {
    const MIDDLE: f32 = MIDDLE_F32;
    const SCALED: &'static [f32] = &SCALED_F32;
    const SCALED_LO: f32 = SCALED_LO_F32;
    const SLOPE: &'static [f32] = &SLOPE_F32;
    const FIRST: [f32; 2] = [FIRST_F32, FIRST_LO_F32];
    const SMALL: &'static [f32] = &SMALL_F32;
    const BORDER: f32 = 0.625;
    const ONE_FROM: f32 = 4.0;
    const NORMAL: f32 = 9.0;
    fn tiny(x: f32) -> f32 {
        erfc(Reg::splat(Scalar, f64::from(x))).raw as f32
    }
    #[inline(always)]
    fn raise<S: SimdFloat<f32>>(bits: Reg<i32, S>, n: i32) -> Reg<i32, S> {
        bits + bits.with(n << 23)
    }
}

// <generated: erf.py>
/// The middle of the map t = (x − A)/(x + A).
const MIDDLE: f64 = f64::from_bits(0x4008_0000_0000_0000);
/// erfc(x) e^(x²) (x + A) over t on [5/8, 27.3], minimax, right to 2^-59.6.
const SCALED: [f64; 24] = [
    f64::from_bits(0x3ff1_2f21_ddd9_f5e2),
    f64::from_bits(0xbfec_44c4_71ba_a376),
    f64::from_bits(0x3fe2_e326_945d_e2b8),
    f64::from_bits(0xbfd3_deb2_1415_dcd7),
    f64::from_bits(0x3fbe_995f_11b1_6f23),
    f64::from_bits(0xbf9b_7899_3d6a_a21c),
    f64::from_bits(0xbf53_dd3e_710c_95b4),
    f64::from_bits(0x3f68_dae3_a209_f5b8),
    f64::from_bits(0xbf41_f78e_1104_00f4),
    f64::from_bits(0xbf32_238f_b413_7709),
    f64::from_bits(0x3f1c_3251_b255_9d96),
    f64::from_bits(0x3eff_dfe4_8b2b_965a),
    f64::from_bits(0xbef2_5173_b755_a52d),
    f64::from_bits(0xbed3_ea6f_3b2b_fd81),
    f64::from_bits(0x3ec7_294e_305b_d5bf),
    f64::from_bits(0x3eb0_b7c6_5f92_4fb9),
    f64::from_bits(0xbe9a_8c25_4418_060a),
    f64::from_bits(0xbe8f_01f8_187a_27ce),
    f64::from_bits(0x3e59_ae49_f89d_fe7e),
    f64::from_bits(0x3e6c_6b73_a114_e8c1),
    f64::from_bits(0x3e57_08e5_6b78_8bde),
    f64::from_bits(0xbe51_9812_ad02_1f63),
    f64::from_bits(0xbe46_e2ae_0dd2_9d78),
    f64::from_bits(0x3e3b_002c_cbdc_a751),
];
/// What the first of `SCALED` leaves.
const SCALED_LO: f64 = f64::from_bits(0xbc99_6327_164d_1f41);
/// Its derivative, right to 0.004.
const SLOPE: [f64; 4] = [
    f64::from_bits(0xbfec_24d8_bc2b_a89f),
    f64::from_bits(0x3ff3_0ba2_14d1_839c),
    f64::from_bits(0xbfef_cb0f_eaf7_4dec),
    f64::from_bits(0x3fdb_fcf3_6d1b_48c2),
];
/// 2/√π − 1.
const FIRST: f64 = f64::from_bits(0x3fc0_6eba_8214_db69);
/// 2/√π − 1 − `FIRST`.
const FIRST_LO: f64 = f64::from_bits(0xbc6c_a38a_dd60_2500);
/// (erf(x)/x − 2/√π)/x² over x² below (5/8)², minimax, the error times x² at most 2^-64.9.
const SMALL: [f64; 12] = [
    f64::from_bits(0xbfd8_1274_6b03_79e7),
    f64::from_bits(0x3fbc_e2f2_1a04_2c70),
    f64::from_bits(0xbf9b_82ce_3128_fd49),
    f64::from_bits(0x3f75_65bc_d114_30c1),
    f64::from_bits(0xbf4c_02db_552c_ea96),
    f64::from_bits(0x3f1f_9a38_9ebf_4c52),
    f64::from_bits(0xbeef_4e54_fe08_672b),
    f64::from_bits(0x3ebb_c50f_6c57_e744),
    f64::from_bits(0xbe89_361e_355e_aea3),
    f64::from_bits(0x3e6e_0d28_9c6c_adac),
    f64::from_bits(0xbe66_412a_d5b7_3f2a),
    f64::from_bits(0x3e52_8b85_7e4a_3f12),
];
/// The middle of the map t = (x − A)/(x + A).
const MIDDLE_F32: f32 = f32::from_bits(0x4000_0000);
/// erfc(x) e^(x²) (x + A) over t on [5/8, 10.1], minimax, right to 2^-30.2.
const SCALED_F32: [f32; 11] = [
    f32::from_bits(0x3f82_c339),
    f32::from_bits(0xbf2f_e9c3),
    f32::from_bits(0x3e8f_16f7),
    f32::from_bits(0xbd15_4522),
    f32::from_bits(0xbcb0_35fa),
    f32::from_bits(0x3bd4_966d),
    f32::from_bits(0x3b4a_02b7),
    f32::from_bits(0xba66_8981),
    f32::from_bits(0xba22_14e6),
    f32::from_bits(0x38ec_b875),
    f32::from_bits(0x3875_84f6),
];
/// What the first of `SCALED_F32` leaves.
const SCALED_LO_F32: f32 = f32::from_bits(0xb295_9dd2);
/// Its derivative, right to 0.001.
const SLOPE_F32: [f32; 4] = [
    f32::from_bits(0xbf30_0522),
    f32::from_bits(0x3f0e_7488),
    f32::from_bits(0xbdcb_7ca3),
    f32::from_bits(0xbd8c_4a78),
];
/// 2/√π − 1.
const FIRST_F32: f32 = f32::from_bits(0x3e03_75d4);
/// 2/√π − 1 − `FIRST_F32`.
const FIRST_LO_F32: f32 = f32::from_bits(0x3085_36da);
/// (erf(x)/x − 2/√π)/x² over x² below (5/8)², minimax, the error times x² at most 2^-33.4.
const SMALL_F32: [f32; 6] = [
    f32::from_bits(0xbec0_93a3),
    f32::from_bits(0x3de7_175e),
    f32::from_bits(0xbcdc_0ce0),
    f32::from_bits(0x3baa_6219),
    f32::from_bits(0xba50_3640),
    f32::from_bits(0x3871_fe34),
];
// </generated>

/// A sum of two.
struct Tail<T: ErfLane, S: SimdFloat<T>> {
    high: Reg<T, S>,
    low: Reg<T, S>,
}

/// 1 − erf x, of x ≥ 5/8, times 2ᵘᵖ.
#[inline(always)]
fn tail<T: ErfLane, S: SimdFloat<T>>(x: Reg<T, S>, up: i32) -> Tail<T, S> {
    let (one, middle) = (x.with(T::ONE), x.with(T::MIDDLE));
    // The sum and the difference, and their errors: exact, as either number is the larger one.
    let (large, small) = (x.larger(middle), middle.smaller(x));
    let sum = large + small;
    let sum_low = small - (sum - large);
    let gap = large - small;
    let gap_low = (large - gap) - small;
    let inverse = one / sum;
    let inverse_low = sum_low.neg_mul_add(inverse, sum.neg_mul_add(inverse, one)) * inverse;
    let size = gap * inverse;
    let size_low = (size.neg_mul_add(sum, gap) + size.neg_mul_add(sum_low, gap_low)) * inverse;
    let before = x.lt(middle);
    let (t, t_low) = (before.select(-size, size), before.select(-size_low, size_low));

    // The first two steps with their errors.
    let (first, second) = (x.with(T::SCALED[0]), x.with(T::SCALED[1]));
    let rest = horner(t, &T::SCALED[2..]);
    let bent = t.mul_add(rest, second);
    let bent_low = t.mul_add(rest, second - bent);
    let p = t.mul_add(bent, first);
    let p_low = t.mul_add(bent, first - p)
        + t_low.mul_add(horner(t, T::SLOPE), t.mul_add(bent_low, x.with(T::SCALED_LO)));

    let square = x * x;
    let (s, e) = sum_parts(-square, x.neg_mul_add(x, square));
    let s: Reg<T, S> = Reg::from_bits(T::raise(s, up));
    let power = s.mul_add(e, s);
    let power_low = s.mul_add(e, s - power);

    let u = power * inverse;
    let u_low = power.mul_add(inverse, -u) + power.mul_add(inverse_low, power_low * inverse);
    let high = u * p;
    let low = u.mul_add(p, -high) + u.mul_add(p_low, u_low * p);
    Tail { high, low }
}

/// erf x/x − 1, of x below 5/8.
#[inline(always)]
fn excess<T: ErfLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let square = x * x;
    let [first, low] = T::FIRST;
    x.with(first) + square.mul_add(horner(square, T::SMALL), x.with(low))
}

/// c − y.
#[inline(always)]
fn less<T: ErfLane, S: SimdFloat<T>>(c: Reg<T, S>, y: Tail<T, S>) -> Reg<T, S> {
    let rest = c - y.high;
    rest + (((c - rest) - y.high) - y.low)
}

/// The error function, 2/√π times the integral of e⁻ᵗ² from 0 to x.
///
/// *Method*
/// 1. Below 5/8, x + x (2/√π − 1 + x² P(x²)), P of degree 11.
/// 2. Beyond, 1 − erfc |x|: t = (|x| − 3)/(|x| + 3), erfc x = e⁻ˣ² Q(t)/(|x| + 3), Q of degree 22. The square, the power, the
///    quotients and Q are sums of two numbers; e⁻ˣ² is that of [`exp_f64`](super::exp_f64).
///
/// *Accuracy*: 0.68 ULP (`f32`: 0.674, the largest over all of them), next to 5/8.
///
/// *Source*: M. M. Shepherd and J. G. Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞", Mathematics of
/// Computation 36 (1981).
#[inline(always)]
#[allow(private_bounds)]
pub fn erf<T: ErfLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let ax = x.abs();
    let border = x.with(T::BORDER);
    let beyond = less(x.with(T::ONE), tail(ax.smaller(x.with(T::ONE_FROM)).larger(border), 0));
    let small = ax.mul_add(excess(ax), ax);
    with_sign(ax.lt(border).select(small, beyond), x)
}

/// 1 − erf x.
///
/// *Method*: as [`erf`]; 1 − x − x (…) below 5/8, 2 − erfc |x| of negative x beyond.
///
/// *Accuracy*: 0.86 ULP (`f32`: 0.835, the largest over all of them), next to 5/8 and where the result is subnormal.
///
/// *Source*: as [`erf`].
#[inline(always)]
#[allow(private_bounds)]
pub fn erfc<T: ErfLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let ax = x.abs();
    let (one, border) = (x.with(T::ONE), x.with(T::BORDER));
    let far = tail(ax.smaller(x.with(T::NORMAL)).larger(border), 0);
    let positive = far.high + far.low;
    let beyond = x.lt(x.with(T::ZERO)).select(less(one + one, far), positive);
    let rest = one - x;
    let near = rest + x.neg_mul_add(excess(x), (one - rest) - x);
    let y = ax.lt(border).select(near, beyond);
    let usual = !x.gt(x.with(T::NORMAL));
    if !usual.all() {
        return mend(x, y, !usual, T::tiny);
    }
    y
}
