//! The logistic function and its inverse, and logarithms of sums of powers.
//!
//! Written once for `f64` and `f32`, from e⁻ᵗ of positive t as a sum of two numbers.

use super::exp::in_range;
use super::expm1::{Expm1Lane, sum_parts};
use super::log::natural;
use super::log1p::{Log1pLane, log_sum, log1p_parts};
use super::{mend, mend_two, twofold};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{Simd, SimdFloat};

/// What the family needs beyond exponentials and logarithms.
trait LogisticLane: Log1pLane + Expm1Lane {
    /// Up to this size of an argument its power is normal.
    const LIMIT: Self;
    /// ln 2 and its inverse, in two parts.
    const LN_2_PARTS: [Self; 2];
    const LOG2_E_PARTS: [Self; 2];
    /// Sums of powers whose logarithms are smaller than this have cancelled.
    const CANCELLED: Self;
    const SIXTEEN: Self;
    /// eˣ of a number below −`LIMIT`, rounded once.
    fn tiny_power(x: Self) -> Self;
    /// log₂(1 + 2ˣ), which is 2ˣ/ln 2, of a number below −`LIMIT`, rounded once.
    fn tiny_binary_log(x: Self) -> Self;
    /// The logarithm of a sum of powers that is next to 1.
    fn cancelled(a: Self, b: Self, binary: bool) -> Self;
}
impl LogisticLane for f64 {
    const LIMIT: f64 = 700.0;
    const LN_2_PARTS: [f64; 2] = [std::f64::consts::LN_2, f64::from_bits(0x3c7a_bc9e_3b39_803f)];
    const LOG2_E_PARTS: [f64; 2] = [std::f64::consts::LOG2_E, f64::from_bits(0x3c77_77d0_ffda_0d24)];
    const CANCELLED: f64 = 0.0625;
    const SIXTEEN: f64 = 16.0;
    fn tiny_binary_log(x: f64) -> f64 {
        if x < -1077.0 {
            return 0.0;
        }
        // With the logarithm of 1/ln 2 in the exponent.
        const LOG: f64 = f64::from_bits(0x3fd7_74f2_9bdd_6b9f);
        const LOG_LOW: f64 = f64::from_bits(0xbc77_c1fc_8982_991d);
        let x = Reg::splat(Scalar, x);
        let [t, low] = times(x, x.with(0.0), f64::LN_2_PARTS);
        let sum = t + t.with(LOG);
        let error = (t - sum) + t.with(LOG);
        let (s, p) = sum_parts(sum, error + (low + t.with(LOG_LOW)));
        in_range(s.raw, p.raw, false)
    }
    fn cancelled(a: f64, b: f64, binary: bool) -> f64 {
        twofold::log_of_sum(a, b, binary)
    }
    fn tiny_power(x: f64) -> f64 {
        if x < -745.2 {
            return 0.0;
        }
        let (s, p) = sum_parts(Reg::splat(Scalar, x), Reg::splat(Scalar, 0.0));
        in_range(s.raw, p.raw, false)
    }
}
impl LogisticLane for f32 {
    const LIMIT: f32 = 80.0;
    const LN_2_PARTS: [f32; 2] = [std::f32::consts::LN_2, f32::from_bits(0xb102_e308)];
    const LOG2_E_PARTS: [f32; 2] = [std::f32::consts::LOG2_E, f32::from_bits(0x32a5_7060)];
    const CANCELLED: f32 = 0.03125;
    const SIXTEEN: f32 = 16.0;
    fn tiny_binary_log(x: f32) -> f32 {
        (super::exp2_f64(Reg::splat(Scalar, f64::from(x))).raw * std::f64::consts::LOG2_E) as f32
    }
    fn cancelled(a: f32, b: f32, binary: bool) -> f32 {
        let (a, b) = (Reg::splat(Scalar, f64::from(a)), Reg::splat(Scalar, f64::from(b)));
        (if binary { log_add::<f64, Scalar, true>(a, b) } else { log_add::<f64, Scalar, false>(a, b) }).raw
            as f32
    }
    fn tiny_power(x: f32) -> f32 {
        super::exp_f64(Reg::splat(Scalar, f64::from(x))).raw as f32
    }
}

/// e^(x + low) of −`LIMIT` ≤ x ≤ 0, as a sum of two.
#[inline(always)]
fn power<T: LogisticLane, S: SimdFloat<T>>(x: Reg<T, S>, low: Reg<T, S>) -> [Reg<T, S>; 2] {
    let (s, p) = sum_parts(x, low);
    let s: Reg<T, S> = Reg::from_bits(s);
    let e = s.mul_add(p, s);
    [e, s.mul_add(p, s - e)]
}

/// 1/(1 + e⁻ˣ).
#[inline(always)]
fn logistic<T: LogisticLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (zero, one) = (x.with(T::ZERO), x.with(T::ONE));
    let ax = x.abs();
    let [e, e_low] = power(-ax, zero);
    let denominator = one + e;
    let low = (e - (denominator - one)) + e_low;
    // Of negative x e⁻ˣ is large; the quotient is taken by eˣ.
    let negative = x.lt(zero);
    let (numerator, numerator_low) = (negative.select(e, one), negative.select(e_low, zero));
    let inverse = one / denominator;
    let q = numerator * inverse;
    let rest = q.neg_mul_add(denominator, numerator) + q.neg_mul_add(low, numerator_low);
    let y = rest.mul_add(inverse, q);
    let usual = ax.le(x.with(T::LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, |x| match x.partial_cmp(&T::ZERO) {
            None => x,
            Some(std::cmp::Ordering::Less) => T::tiny_power(x),
            Some(_) => T::ONE,
        });
    }
    y
}

/// ln(1 + eˣ).
#[inline(always)]
fn positive_part<T: LogisticLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let zero = x.with(T::ZERO);
    let ax = x.abs();
    let [e, e_low] = power(-ax, zero);
    let y = add(zero.larger(x), log1p_parts(e, e_low));
    let usual = ax.le(x.with(T::LIMIT));
    if !usual.all() {
        return mend(x, y, !usual, |x| if x < T::ZERO { T::tiny_power(x) } else { x });
    }
    y
}

/// a + b + low, rounded once, or nearly so; `low` is small beside b.
#[inline(always)]
fn add<T: LogisticLane, S: SimdFloat<T>>(a: Reg<T, S>, [b, low]: [Reg<T, S>; 2]) -> Reg<T, S> {
    let sum = a + b;
    let back = sum - a;
    let error = (a - (sum - back)) + (b - back);
    sum + (error + low)
}

/// ln(p/(1 − p)).
#[inline(always)]
fn log_odds<T: LogisticLane, S: SimdFloat<T>>(p: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let one = p.with(T::ONE);
    let d = one - p;
    let d_low = (one - d) - p;
    let inverse = one / d;
    let q = p * inverse;
    let rest = q.neg_mul_add(d_low, q.neg_mul_add(d, p)) * inverse;
    let zero = p.eq(p.with(T::ZERO));
    let y = zero.select(p.with(T::neg_infinity()), log_sum(q, rest));
    let usual = zero | (p.ge(p.with(T::min_positive_value())) & p.lt(one));
    if !usual.all() {
        return mend(p, y, !usual, |p| match p >= T::ZERO {
            true if p == T::ONE => T::infinity(),
            true if p < T::ONE => natural(Reg::splat(Scalar, p)).raw,
            _ => T::nan(),
        });
    }
    y
}

/// ln(eᵃ + eᵇ), or log₂(2ᵃ + 2ᵇ) where it is `BINARY`.
#[inline(always)]
fn log_add<T: LogisticLane, S: SimdFloat<T>, const BINARY: bool>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (large, small) = (a.larger(b), b.smaller(a));
    let d = small - large;
    // The error of a difference, of numbers of any sizes.
    let back = d - small;
    let d_low = (small - (d - back)) - (large + back);
    let [sum, rest] = if BINARY {
        let [x, low] = times(d, d_low, T::LN_2_PARTS);
        let [e, e_low] = power(x, low);
        let [sum, rest] = log1p_parts(e, e_low);
        times(sum, rest, T::LOG2_E_PARTS)
    } else {
        let [e, e_low] = power(d, d_low);
        log1p_parts(e, e_low)
    };
    let y = add(large, [sum, rest]);
    // Where the logarithm and the larger number cancel, sums of two do not do.
    let cancelled =
        y.abs().lt(y.with(T::CANCELLED)) & (sum * y.with(T::SIXTEEN)).gt(-large) & large.lt(y.with(T::ZERO));
    // Not so where either is NaN or infinite.
    let usual = d.ge(d.with(-T::LIMIT)) & !cancelled;
    if !usual.all() {
        return mend_two(a, b, y, !usual, |a, b| {
            let (large, small) = if a < b { (b, a) } else { (a, b) };
            if large == small && !large.is_finite() {
                return large;
            }
            let x = small - large;
            if x >= -T::LIMIT {
                return T::cancelled(large, small, BINARY);
            }
            // NaN of NaN; else the small one is next to nothing beside the large one.
            large + if BINARY { T::tiny_binary_log(x) } else { T::tiny_power(x) }
        });
    }
    y
}

/// (x + low) c, as a sum of two.
#[inline(always)]
fn times<T: LogisticLane, S: SimdFloat<T>>(
    x: Reg<T, S>,
    low: Reg<T, S>,
    [c, c_low]: [T; 2],
) -> [Reg<T, S>; 2] {
    let product = x * x.with(c);
    let rest = x.mul_add(x.with(c), -product);
    [product, x.mul_add(x.with(c_low), low.mul_add(x.with(c), rest))]
}

/// The logistic function 1/(1 + e⁻ˣ).
///
/// *Method*: e = e^−|x| as in [`exp_f64`](super::exp_f64), with its error; 1/(1 + e) for positive x, e/(1 + e) for negative x, both
/// in two words, by one division.
///
/// *Accuracy*: 0.57 ULP, the largest over 10⁶ points in each of some ranges (`f32`: 0.532, over all of them).
///
/// *Source*: as [`exp_f64`](super::exp_f64).
#[inline(always)]
#[allow(private_bounds)]
pub fn sigmoid<T: LogisticLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    logistic(x)
}

/// ln(1 + eˣ).
///
/// *Method*: the larger of x and 0, and ln(1 + e^−|x|): the power with its error, the logarithm as in
/// [`log1p_f64`](super::log1p_f64), in two words.
///
/// *Accuracy*: 0.68 ULP, the largest over 10⁶ points in each of some ranges (`f32`: 0.558, over all of them).
///
/// *Source*: as [`log_f64`](super::log_f64) and [`exp_f64`](super::exp_f64).
#[inline(always)]
#[allow(private_bounds)]
pub fn softplus<T: LogisticLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    positive_part(x)
}

/// ln(p/(1 − p)); −∞ for ±0, ∞ for 1, NaN outside.
///
/// *Method*: the quotient in two words, then as [`log1p_f64`](super::log1p_f64).
///
/// *Accuracy*: 0.64 ULP, the largest over 10⁶ points in each of some ranges (`f32`: 0.545, over all of them).
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
#[allow(private_bounds)]
pub fn logit<T: LogisticLane, S: SimdFloat<T>>(p: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    log_odds(p)
}

/// ln(eᵃ + eᵇ).
///
/// *Method*: the larger of both, and ln(1 + e⁻ᵈ), d their difference with its error; as [`softplus`]. Where the two cancel, the sum
/// of the powers is computed to twice the digits.
///
/// *Accuracy*: 0.76 ULP (`f32`: 0.9), the largest over 10⁶ points in each of some ranges.
///
/// *Source*: as [`softplus`].
#[inline(always)]
#[allow(private_bounds)]
pub fn logaddexp<T: LogisticLane, S: SimdFloat<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    log_add::<T, S, false>(a, b)
}

/// log₂(2ᵃ + 2ᵇ).
///
/// *Method*: as [`logaddexp`], the difference times ln 2 and the logarithm over it in two words.
///
/// *Accuracy*: 0.76 ULP (`f32`: 0.9), the largest over 10⁶ points in each of some ranges.
///
/// *Source*: as [`softplus`].
#[inline(always)]
#[allow(private_bounds)]
pub fn logaddexp2<T: LogisticLane, S: SimdFloat<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    log_add::<T, S, true>(a, b)
}
