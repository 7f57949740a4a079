//! Powers.

use super::exp::in_range;
use super::expm1::{Expm1Lane, sum_parts};
use super::log::{LogLane, Split};
use super::log_tables::Base;
use super::mend_two;
use super::poly::horner;
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{Simd, SimdFloat};

/// Floats whose powers are made here.
trait PowLane: LogLane + Expm1Lane {
    /// (ln(1 + r) − r + r²/2)/r³.
    const CURVE: &'static [Self];
    /// Up to this size of its logarithm a power is normal.
    const LIMIT: Self;
    const MINUS_HALF: Self;
    const TWO: Self;
    /// A power of one number for which no other way is right.
    fn pow_one(x: Self, y: Self) -> Self;
}
impl PowLane for f64 {
    const CURVE: &'static [f64] = &CURVE;
    const LIMIT: f64 = 708.0;
    const MINUS_HALF: f64 = -0.5;
    const TWO: f64 = 2.0;
    fn pow_one(x: f64, y: f64) -> f64 {
        pow_one(x, y)
    }
}
impl PowLane for f32 {
    const CURVE: &'static [f32] = &CURVE_F32;
    const LIMIT: f32 = 87.0;
    const MINUS_HALF: f32 = -0.5;
    const TWO: f32 = 2.0;
    fn pow_one(x: f32, y: f32) -> f32 {
        pow_f64(Reg::splat(Scalar, f64::from(x)), Reg::splat(Scalar, f64::from(y))).raw as f32
    }
}

/// Beyond these logarithms a power is infinite or zero: ln 2¹⁰²⁴ and ln 2⁻¹⁰⁷⁵.
const OVERFLOW: f64 = 709.8;
const UNDERFLOW: f64 = -745.2;

// <generated: pow.py>
/// (ln(1 + r) − r + r²/2)/r³ on |r| ≤ 0.03126, minimax, the error times r² at most 2^-68.0.
const CURVE: [f64; 9] = [
    f64::from_bits(0x3fd5_5555_5555_5555),
    f64::from_bits(0xbfcf_ffff_ffff_fefd),
    f64::from_bits(0x3fc9_9999_9999_a810),
    f64::from_bits(0xbfc5_5555_5578_3575),
    f64::from_bits(0x3fc2_4924_91ed_d405),
    f64::from_bits(0xbfbf_fffc_f72b_b699),
    f64::from_bits(0x3fbc_71c7_8cbd_d9f6),
    f64::from_bits(0xbfb9_a736_e8e3_f794),
    f64::from_bits(0x3fb7_4e81_a423_4243),
];
/// (ln(1 + r) − r + r²/2)/r³ on |r| ≤ 0.0313, minimax, the error times r² at most 2^-37.2.
const CURVE_F32: [f32; 4] = [
    f32::from_bits(0x3eaa_aaa9),
    f32::from_bits(0xbe7f_fffa),
    f32::from_bits(0x3e4c_fd0e),
    f32::from_bits(0xbe2a_e2db),
];
// </generated>

/// The natural logarithm of the number with these bits, as a sum of two.
#[inline(always)]
fn log_parts<T: PowLane, S: SimdFloat<T>>(bits: Reg<T::Bits, S>) -> (Reg<T, S>, Reg<T, S>) {
    let Base { part_high, part_low, high, low, .. } = &T::NATURAL;
    let Split { n, count, z, inverse, .. } = T::split(bits);
    // z/c − 1 and its error; the difference from 1 is exact.
    let quotient = z * inverse;
    let (near, rest) = (quotient - z.with(T::ONE), z.mul_add(inverse, -quotient));
    let r = near + rest;
    let r_low = (near - r) + rest;
    let high = count.mul_add(r.with(*part_high), Reg::lookup16(high, n));
    let low = count.mul_add(r.with(*part_low), Reg::lookup16(low, n));
    // r − r²/2, its errors kept.
    let minus_half = r.with(T::MINUS_HALF);
    let square = r * r;
    let square_low = r.mul_add(r, -square);
    let line = high + r;
    let line_low = ((high - line) + r) + r_low.neg_mul_add(r, r_low);
    let bent = square.mul_add(minus_half, line);
    let bent_low = square.mul_add(minus_half, line - bent);
    let errors = square_low.mul_add(minus_half, (line_low + bent_low) + low);
    let rest = (square * r).mul_add(horner(r, T::CURVE), errors);
    let sum = bent + rest;
    (sum, (bent - sum) + rest)
}

/// What makes xʸ of positive x: `(t, s, p)`, t about its logarithm, xʸ = s (1 + p), the exponent of s unbounded.
#[inline(always)]
#[allow(clippy::type_complexity)]
fn parts<T: PowLane, S: SimdFloat<T>>(
    bits: Reg<T::Bits, S>,
    y: Reg<T, S>,
) -> (Reg<T, S>, Reg<T::Bits, S>, Reg<T, S>) {
    let (high, low) = log_parts(bits);
    let t = y * high;
    let t_low = y.mul_add(low, y.mul_add(high, -t));
    let (s, p) = sum_parts(t, t_low);
    (t, s, p)
}

/// Where y is an integer, and where it is an odd one.
#[inline(always)]
fn integer<T: PowLane, S: SimdFloat<T>>(y: Reg<T, S>) -> (Mask<T, S>, Mask<T, S>) {
    let half = y * y.with(T::HALF);
    let whole = y.rint().eq(y);
    (whole, whole & half.rint().ne(half))
}

/// xʸ.
#[inline(always)]
fn power<T: PowLane, S: SimdFloat<T>>(x: Reg<T, S>, y: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (one, half, two) = (x.with(T::ONE), x.with(T::HALF), x.with(T::TWO));
    let (squares, inverses, roots) = (y.eq(two), y.eq(-one), y.eq(half));
    let simple = (squares | inverses) | roots;
    let mut exact = x;
    if simple.any() {
        // −∞ has the root of ∞, and −0 that of 0.
        let root = x.eq(x.with(T::neg_infinity())).select(-x, x.sqrt()) + x.with(T::ZERO);
        exact = squares.select(x * x, inverses.select(one / x, root));
        if simple.all() {
            return exact;
        }
    }
    let ax = x.abs();
    let (t, s, p) = parts(ax.to_bits(), y);
    let s = Reg::from_bits(s);
    let mut z = s.mul_add(p, s);
    let negative = x.lt(x.with(T::ZERO));
    if negative.any() {
        let (whole, odd) = integer(y);
        let of_negative = whole.select(odd.select(-z, z), x.with(T::nan()));
        z = negative.select(of_negative, z);
    }
    // Not so where y is NaN or infinite. The power of 0 is 1 whatever came out as the logarithm, which is always finite.
    let usual = (T::usual(ax) & t.abs().le(x.with(T::LIMIT))) | y.eq(x.with(T::ZERO));
    if !(usual | simple).all() {
        z = mend_two(x, y, z, !(usual | simple), T::pow_one);
    }
    if simple.any() {
        z = simple.select(exact, z);
    }
    z
}

/// Any xʸ but those of y = 2, −1 and 1/2.
fn pow_one(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let (whole, odd) = integer(Reg::splat(Scalar, y));
    let (whole, odd) = (whole.all(), odd.all());
    let sign = if odd { x } else { 1.0 };
    let ax = x.abs();
    if y.is_infinite() {
        let grows = (ax > 1.0) == (y > 0.0);
        return if ax == 1.0 {
            1.0
        } else if grows {
            f64::INFINITY
        } else {
            0.0
        };
    }
    if ax == 0.0 || ax == f64::INFINITY {
        let large = (ax > 1.0) == (y > 0.0);
        return if large { f64::INFINITY } else { 0.0 }.copysign(sign);
    }
    if x < 0.0 && !whole {
        return f64::NAN;
    }
    let bits = if ax < f64::MIN_POSITIVE { f64::unbounded_bits(ax) } else { ax.to_bits() as i64 };
    let (t, s, p) = parts(Reg::splat(Scalar, bits), Reg::splat(Scalar, y));
    let size = if t.raw > OVERFLOW {
        f64::INFINITY
    } else if t.raw < UNDERFLOW {
        0.0
    } else {
        in_range(s.raw, p.raw, t.raw > 0.0)
    };
    size.copysign(sign)
}

/// xʸ, of negative x for integers y only. Exactly x x for y = 2, 1/x for −1 and √x for 1/2; 1 for y = 0 and for x = 1, of NaN
/// too.
///
/// *Method*
/// 1. ln |x| as a sum of two numbers, as in [`log_f64`](super::log_f64): r − r²/2 with its errors, and r³ C(r), C of degree 8.
/// 2. t + low = y ln |x|, the product with its error.
/// 3. e^(t + low) as in [`exp_f64`](super::exp_f64), low added to the reduced argument.
///
/// Subnormal, zero and infinite x, infinite y, and results next to the ends of the range go to `pow_one`.
///
/// *Accuracy*: 0.59 ULP for usual arguments, 0.85 where x is next to 1 and the result next to an end of the range; the largest
/// over 10⁶ points in each of the ranges of `checks/src/oracle/pairs.rs`.
///
/// *Source*: as [`log_f64`](super::log_f64) and [`exp_f64`](super::exp_f64); ISO/IEC 9899:2024, F.10.4.5.
#[inline(always)]
pub fn pow_f64<S: SimdFloat<f64>>(x: Reg<f64, S>, y: Reg<f64, S>) -> Reg<f64, S> {
    power(x, y)
}

/// xʸ in `f32`.
///
/// *Method*: as [`pow_f64`]; C has degree 3.
///
/// *Accuracy*: 0.55 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/pairs.rs`.
///
/// *Source*: as [`pow_f64`].
#[inline(always)]
pub fn pow_f32<S: SimdFloat<f32>>(x: Reg<f32, S>, y: Reg<f32, S>) -> Reg<f32, S> {
    power(x, y)
}
