//! Logarithms to the bases of e, 2 and 10.

use super::log_tables::*;
use super::poly::horner;
use super::{ROUNDER, ROUNDER_F32, mend};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Simd, SimdFloat};

/// Where x is at least the positive number with the bits `first`, and finite: one comparison of the bits, in a ring turned
/// so that these come first.
macro_rules! between {
    ($x:ident, $first:expr, $t:ident as $bits:ident) => {{
        let first: $bits = $first;
        let bits = $x.to_bits();
        let turned = bits + bits.with($bits::MIN.wrapping_sub(first));
        let last = $bits::MIN + ($t::INFINITY.to_bits() as $bits - first);
        Mask::from_raw($x.isa(), turned.lt(bits.with(last)).raw)
    }};
}

/// Floats whose logarithms are made here.
pub(super) trait LogLane: FloatLane {
    /// The constants of the natural logarithm.
    const NATURAL: Base<Self>;

    /// One unit of the exponent, in the bits.
    const EXPONENT_ONE: Self::Bits;

    /// Where x is positive, normal and finite.
    fn usual<S: SimdFloat<Self>>(x: Reg<Self, S>) -> Mask<Self, S>;
    /// The parts of the number with these bits; its exponent may lie below the normal ones.
    fn split<S: SimdFloat<Self>>(bits: Reg<Self::Bits, S>) -> Split<Self, S>;
    /// The bits that positive x would have if the exponents of normal numbers went on below the smallest.
    fn unbounded_bits(x: Self) -> Self::Bits;
}

/// x = z 2ᵏ, z in one of 16 intervals around numbers c.
pub(super) struct Split<T: FloatLane, S: SimdFloat<T>> {
    /// 16 k + the number of the interval.
    pub(super) n: Reg<T::Bits, S>,
    /// The same as a float.
    pub(super) count: Reg<T, S>,
    /// z.
    pub(super) z: Reg<T, S>,
    /// 1/c.
    pub(super) inverse: Reg<T, S>,
    /// 2⁻ᵏ; 0 for the largest k of all.
    pub(super) scale: Reg<T, S>,
}

macro_rules! log_lane {
    ($t:ident as $bits:ident, mantissa $mantissa:literal, $offset:ident $inverse:ident $rounder:ident $natural:ident) => {
        impl LogLane for $t {
            const NATURAL: Base<$t> = $natural;
            const EXPONENT_ONE: $bits = 1 << $mantissa;

            #[inline(always)]
            fn usual<S: SimdFloat<$t>>(x: Reg<$t, S>) -> Mask<$t, S> {
                between!(x, 1 << $mantissa, $t as $bits)
            }
            #[inline(always)]
            fn split<S: SimdFloat<$t>>(bits: Reg<$bits, S>) -> Split<$t, S> {
                let from = bits - bits.with($offset);
                let power = from & bits.with(!((1 << $mantissa) - 1));
                let n = from.shr_const::<{ $mantissa - 4 }>();
                let count: Reg<$t, S> = Reg::from_bits(n + n.with($rounder.to_bits() as $bits));
                let one: $t = 1.0;
                Split {
                    n,
                    count: count - count.with($rounder),
                    z: Reg::from_bits(bits - power),
                    inverse: Reg::lookup16(&$inverse, n),
                    scale: Reg::from_bits(bits.with(one.to_bits() as $bits) - power),
                }
            }
            fn unbounded_bits(x: $t) -> $bits {
                let one: $t = 1.0;
                let up = ($mantissa + 1) << $mantissa;
                let scaled = x * $t::from_bits(one.to_bits() + up);
                scaled.to_bits() as $bits - up as $bits
            }
        }
    };
}
log_lane!(f64 as i64, mantissa 52, OFFSET INVERSE ROUNDER NATURAL);
log_lane!(f32 as i32, mantissa 23, OFFSET_F32 INVERSE_F32 ROUNDER_F32 NATURAL_F32);

/// log c + log(1 + r).
#[inline(always)]
fn combine<T: FloatLane, S: SimdFloat<T>>(x: Split<T, S>, r: Reg<T, S>, base: &Base<T>) -> Reg<T, S> {
    let high = x.count.mul_add(r.with(base.part_high), Reg::lookup16(&base.high, x.n));
    let mut low = Reg::lookup16(&base.low, x.n);
    if base.part_low != T::ZERO {
        low = x.count.mul_add(r.with(base.part_low), low);
    }
    let Some([unit, rest]) = base.unit else {
        let sum = high + r;
        let low = low + ((high - sum) + r);
        return (r * r).mul_add(horner(r, base.curve), low) + sum;
    };
    let line = r * r.with(unit);
    let sum = high + line;
    let low = r.mul_add(r.with(rest), low) + (r.mul_add(r.with(unit), -line) + ((high - sum) + line));
    (r * r).mul_add(horner(r, base.curve), low) + sum
}

/// The logarithm of the number with these bits; its exponent may lie below the normal ones.
#[inline(always)]
fn log_bits<T: LogLane, S: SimdFloat<T>>(bits: Reg<T::Bits, S>, base: &Base<T>) -> Reg<T, S> {
    let x = T::split(bits);
    let r = x.z.mul_add(x.inverse, x.z.with(-T::ONE));
    combine(x, r, base)
}

/// A logarithm; zeros, subnormal, negative and infinite numbers and NaN go to `one`.
#[inline(always)]
fn logarithm<T: LogLane, S: SimdFloat<T>>(x: Reg<T, S>, base: &Base<T>, one: fn(T) -> T) -> Reg<T, S> {
    let y = log_bits(x.to_bits(), base);
    let usual = T::usual(x);
    if !usual.all() {
        return mend(x, y, !usual, one);
    }
    y
}

/// A logarithm of one number for which [`logarithm`] sets no lane aside.
fn logarithm_one<T: LogLane>(x: T, base: &Base<T>) -> T
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    if x == T::ZERO {
        return T::neg_infinity();
    }
    if x < T::ZERO {
        return T::nan();
    }
    if !x.is_finite() {
        return x + x;
    }
    log_bits(Reg::splat(Scalar, T::unbounded_bits(x)), base).raw
}

/// ln x, as [`log_f64`] and [`log_f32`] give it.
#[inline(always)]
pub(super) fn natural<T: LogLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    logarithm(x, &T::NATURAL, |x| logarithm_one(x, &T::NATURAL))
}

/// ln 2x of one number that is normal and positive, infinite, or NaN.
pub(super) fn log_twice<T: LogLane>(x: T) -> T
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    if !x.is_finite() {
        return x;
    }
    let bits = Reg::splat(Scalar, x).to_bits();
    log_bits(bits + bits.with(T::EXPONENT_ONE), &T::NATURAL).raw
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
    natural(x)
}

/// log₂ x; −∞ for ±0, NaN for negative numbers. Of powers of two exactly.
///
/// *Method*: as [`log_f64`], with r/ln 2 in two words. k + j/16 is exact.
///
/// *Accuracy*: 0.72 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`log_f64`].
#[inline(always)]
pub fn log2_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    logarithm(x, &BINARY, |x| logarithm_one(x, &BINARY))
}

/// log₁₀ x; −∞ for ±0, NaN for negative numbers. Of powers of ten that are doubles exactly.
///
/// *Method*: as [`log_f64`], with r/ln 10 in two words.
///
/// *Accuracy*: 0.64 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`log_f64`].
#[inline(always)]
pub fn log10_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    logarithm(x, &COMMON, |x| logarithm_one(x, &COMMON))
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
    let Split { n, count, z, .. } = f64::split(x.to_bits());
    let r = z.mul_add(Reg::lookup16(&WIDE_INVERSE, n), z.with(-1.0));
    let high = count.mul_add(z.with(WIDE_PART_HI), Reg::lookup16(&WIDE_LOG, n));
    let low = count.mul_add(z.with(WIDE_PART_LO), r);
    high + (r * r).mul_add(horner(r, &WIDE), low)
}

/// Where [`log_f32_wide`] holds: positive and finite.
#[inline(always)]
pub fn positive_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Mask<f32, S> {
    between!(x, 1, f32 as i32)
}

/// As [`log_f32_wide`], of one number that is not positive or not finite.
pub fn log_f32_rare(x: f64) -> f64 {
    logarithm_one(x, &NATURAL)
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
    natural(x)
}

/// log₂ x in `f32`; −∞ for ±0, NaN for negative numbers. Of powers of two exactly.
///
/// *Method*: as [`log2_f64`], with r exact next to 1; the curve has degree 3.
///
/// *Accuracy*: 0.55 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`log_f64`].
#[inline(always)]
pub fn log2_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    logarithm(x, &BINARY_F32, |x| logarithm_one(x, &BINARY_F32))
}

/// log₁₀ x in `f32`; −∞ for ±0, NaN for negative numbers. Of powers of ten that are floats exactly.
///
/// *Method*: as [`log10_f64`], with r exact next to 1; the curve has degree 3.
///
/// *Accuracy*: 0.53 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`log_f64`].
#[inline(always)]
pub fn log10_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    logarithm(x, &COMMON_F32, |x| logarithm_one(x, &COMMON_F32))
}
