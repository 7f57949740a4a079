//! ln(1 + x), and the inverse hyperbolic functions, which are logarithms of sums; for `f64` and `f32` alike.

use super::log::{LogLane, Split, log_twice, natural};
use super::poly::horner;
use super::{mend, with_sign};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{Simd, SimdFloat};

/// What the family needs beyond logarithms.
pub(super) trait Log1pLane: LogLane {
    /// Up to here squares and sums are finite; beyond, 1 vanishes against the argument.
    const LARGE: Self;
    /// Up to here 1 + x is in the interval around 1.
    const SMALL: Self;
    /// 1/2.
    const HALF: Self;
}
impl Log1pLane for f64 {
    const LARGE: f64 = 1e150;
    const SMALL: f64 = 0.015625;
    const HALF: f64 = 0.5;
}
impl Log1pLane for f32 {
    const LARGE: f32 = 1e18;
    const SMALL: f32 = 0.015625;
    const HALF: f32 = 0.5;
}

/// ln(u + low), u at most 2 `LARGE` and `low` at most some units of its last place. Next to 1 it is relative to u − 1 + `low`.
///
/// As `log`, with `low` scaled and added to r.
#[inline(always)]
pub(super) fn log_sum<T: Log1pLane, S: SimdFloat<T>>(u: Reg<T, S>, low: Reg<T, S>) -> Reg<T, S> {
    let x = T::split(u.to_bits());
    let r = x.z.mul_add(x.inverse, x.z.with(-T::ONE));
    let low = (low * x.scale) * x.inverse;
    let [sum, rest] = curve(x, r, low);
    rest + sum
}

/// ln(1 + e + low) of e from 0 to 1, relative to itself, as a sum of two.
#[inline(always)]
pub(super) fn log1p_parts<T: Log1pLane, S: SimdFloat<T>>(e: Reg<T, S>, low: Reg<T, S>) -> [Reg<T, S>; 2] {
    let one = e.with(T::ONE);
    let u = one + e;
    let x = T::split(u.to_bits());
    // In the interval around 1, which c and the scale are then, e is r.
    let small = e.lt(e.with(T::SMALL));
    let r = small.select(e, x.z.mul_add(x.inverse, -one));
    let low = small.select(low, (((e - (u - one)) + low) * x.scale) * x.inverse);
    curve(x, r, low)
}

/// ln c + ln(1 + r + low), as a sum of two.
#[inline(always)]
fn curve<T: Log1pLane, S: SimdFloat<T>>(x: Split<T, S>, r: Reg<T, S>, low: Reg<T, S>) -> [Reg<T, S>; 2] {
    let Split { n, count, .. } = x;
    let high = count.mul_add(r.with(T::NATURAL.part_high), Reg::lookup16(&T::NATURAL.high, n));
    let sum = high + r;
    let rest = count.mul_add(r.with(T::NATURAL.part_low), Reg::lookup16(&T::NATURAL.low, n)) + low;
    let rest = rest + ((high - sum) + r);
    let r = r + low;
    [sum, (r * r).mul_add(horner(r, T::NATURAL.curve), rest)]
}

/// The square root of h + low.
#[inline(always)]
fn root<T: Log1pLane, S: SimdFloat<T>>(h: Reg<T, S>, low: Reg<T, S>) -> (Reg<T, S>, Reg<T, S>) {
    let s = h.sqrt();
    let rest = s.neg_mul_add(s, h) + low;
    // Of 0 the rest is 0 as well.
    (s, rest / (s + s).larger(s.with(T::min_positive_value())))
}

/// y, or where `usual` does not hold, `one` of x.
#[inline(always)]
fn finish<T: Log1pLane, S: SimdFloat<T>>(
    x: Reg<T, S>,
    y: Reg<T, S>,
    usual: Mask<T, S>,
    one: fn(T) -> T,
) -> Reg<T, S> {
    if !usual.all() {
        return mend(x, y, !usual, one);
    }
    y
}

/// ln(1 + x).
#[inline(always)]
fn log1p<T: Log1pLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let one = x.with(T::ONE);
    let (more, less) = (x.larger(one), x.smaller(one));
    // All of a small x is the rest.
    let u = x.abs().lt(x.with(T::SMALL)).select(one, more + less);
    let y = with_sign(log_sum(u, less - (u - more)), x);
    let usual = x.gt(x.with(-T::ONE)) & x.lt(x.with(T::LARGE));
    finish(x, y, usual, |x| {
        if x == -T::ONE {
            return T::neg_infinity();
        }
        // Beyond `LARGE` 1 vanishes; below −1 and of NaN it is NaN as well.
        natural(Reg::splat(Scalar, x)).raw
    })
}

/// arsinh x.
#[inline(always)]
fn asinh<T: Log1pLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (ax, one) = (x.abs(), x.with(T::ONE));
    let square = ax * ax;
    let low = ax.mul_add(ax, -square);
    let (more, less) = (square.larger(one), square.smaller(one));
    let h = more + less;
    let (s, rest) = root(h, (less - (h - more)) + low);
    let u = s + ax;
    let y = with_sign(log_sum(u, (ax - (u - s)) + rest), x);
    finish(x, y, ax.lt(x.with(T::LARGE)), |x| log_twice(x.abs()).copysign(x))
}

/// arcosh x.
#[inline(always)]
fn acosh<T: Log1pLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let one = x.with(T::ONE);
    let square = x * x;
    let h = square - one;
    let (s, rest) = root(h, ((square - h) - one) + x.mul_add(x, -square));
    let u = x + s;
    let y = log_sum(u, (s - (u - x)) + rest);
    let usual = x.ge(one) & x.lt(x.with(T::LARGE));
    finish(x, y, usual, |x| if x < T::ONE { T::nan() } else { log_twice(x) })
}

/// artanh x.
#[inline(always)]
fn atanh<T: Log1pLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (ax, one) = (x.abs(), x.with(T::ONE));
    let twice = ax + ax;
    let d = one - ax;
    let d_low = (one - d) - ax;
    let inverse = one / d;
    let q = twice * inverse;
    let rest = q.neg_mul_add(d_low, q.neg_mul_add(d, twice)) * inverse;
    let (more, less) = (q.larger(one), q.smaller(one));
    let u = more + less;
    let y = with_sign(log_sum(u, (less - (u - more)) + rest) * x.with(T::HALF), x);
    finish(x, y, ax.lt(one), |x| if x.abs() == T::ONE { T::infinity().copysign(x) } else { T::nan() })
}

/// ln(1 + x); −∞ for −1, NaN below, −0 of −0.
///
/// *Method*: u = 1 + x and its error; as [`log_f64`](super::log_f64), with the error, scaled as u is, added to r. Next to 0 r is x
/// in two parts.
///
/// *Accuracy*: 0.67 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn log1p_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    log1p(x)
}

/// arsinh x; arsinh(−x) is −arsinh(x) to the bit.
///
/// *Method*: ln(|x| + √(x² + 1)): x² + 1, its root and the sum with |x| in two words each, then as [`log1p_f64`].
///
/// *Accuracy*: 0.66 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn asinh_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    asinh(x)
}

/// arcosh x; NaN below 1.
///
/// *Method*: ln(x + √(x² − 1)), as [`asinh_f64`].
///
/// *Accuracy*: 0.66 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn acosh_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    acosh(x)
}

/// artanh x; ±∞ for ±1, NaN beyond; artanh(−x) is −artanh(x) to the bit.
///
/// *Method*: ln(1 + 2|x|/(1 − |x|))/2, the quotient in two words, then as [`log1p_f64`].
///
/// *Accuracy*: 0.67 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/table.rs`.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn atanh_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    atanh(x)
}

/// ln(1 + x) in `f32`; −∞ for −1, NaN below, −0 of −0.
///
/// *Method*: as [`log1p_f64`].
///
/// *Accuracy*: 0.54 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn log1p_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    log1p(x)
}

/// arsinh x in `f32`; arsinh(−x) is −arsinh(x) to the bit.
///
/// *Method*: as [`asinh_f64`].
///
/// *Accuracy*: 0.54 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn asinh_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    asinh(x)
}

/// arcosh x in `f32`; NaN below 1.
///
/// *Method*: as [`acosh_f64`].
///
/// *Accuracy*: 0.54 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn acosh_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    acosh(x)
}

/// artanh x in `f32`; ±∞ for ±1, NaN beyond; artanh(−x) is −artanh(x) to the bit.
///
/// *Method*: as [`atanh_f64`].
///
/// *Accuracy*: 0.53 ULP, the largest over 3·10⁵ points in each of some ranges.
///
/// *Source*: as [`log_f64`](super::log_f64).
#[inline(always)]
pub fn atanh_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    atanh(x)
}
