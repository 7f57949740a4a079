//! The angle of a point.

use super::arc::{ATAN, NATIVE_ATAN};
use super::poly::horner;
use super::{mend_two, with_sign};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Simd, SimdFloat};

/// Floats whose angles are made here.
trait AngleLane: FloatLane {
    const CENTRE: [Self; 8];
    const ANGLE: [Self; 8];
    const HALF_PI: [Self; 2];
    const POLYNOMIAL: &'static [Self];
    /// Quotients below are their own tangent of a difference.
    const SMALL: Self;
    /// Between these numbers no step leaves the range, nor does the error of their quotient.
    const RANGE: [Self; 2];
    /// Brings others between them.
    const SCALE: Self;
    /// Whether the errors of the quotient and of its sum with the angle of a centre are taken along.
    const FINE: bool;
    /// Quotients below are their own angle.
    const STRAIGHT: Self;

    /// About twice the logarithm of a/b to the base of two, cut to an integer.
    fn half_octaves<S: SimdFloat<Self>>(a: Reg<Self, S>, b: Reg<Self, S>) -> Reg<Self::Bits, S>;
    /// Where x is negative, or −0.
    fn is_negative<S: SimdFloat<Self>>(x: Reg<Self, S>) -> Mask<Self, S>;
}

macro_rules! angle_lane {
    ($t:ident as $bits:ident, shift $shift:literal, $centre:ident $angle:ident $half_pi:ident $half_pi_low:ident
     $polynomial:ident, fine $fine:literal, range $range:expr, scale $scale:expr, straight $straight:expr) => {
        impl AngleLane for $t {
            const CENTRE: [$t; 8] = $centre;
            const ANGLE: [$t; 8] = $angle;
            const HALF_PI: [$t; 2] = [$half_pi, $half_pi_low];
            const POLYNOMIAL: &'static [$t] = &$polynomial;
            const SMALL: $t = 0.09375;
            const FINE: bool = $fine;
            const RANGE: [$t; 2] = $range;
            const SCALE: $t = $scale;
            const STRAIGHT: $t = $straight;

            #[inline(always)]
            fn half_octaves<S: SimdFloat<$t>>(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$bits, S> {
                (a.to_bits() - b.to_bits()).shr_const::<$shift>()
            }
            #[inline(always)]
            fn is_negative<S: SimdFloat<$t>>(x: Reg<$t, S>) -> Mask<$t, S> {
                let bits = x.to_bits();
                Mask::from_raw(x.isa(), bits.lt(bits.with(0)).raw)
            }
        }
    };
}
angle_lane! {
    f64 as i64, shift 51, CENTRE ANGLE HALF_PI HALF_PI_LO ATAN, fine true,
    // 2⁻⁵⁰⁰ and 2⁵⁰⁰, 2²⁰⁰, 2⁻⁶⁰.
    range [f64::from_bits(0x20b0_0000_0000_0000), f64::from_bits(0x5f30_0000_0000_0000)],
    scale f64::from_bits(0x4c70_0000_0000_0000), straight f64::from_bits(0x3c30_0000_0000_0000)
}
angle_lane! {
    f32 as i32, shift 22, CENTRE_F32 ANGLE_F32 HALF_PI_F32 HALF_PI_LO_F32 NATIVE_ATAN, fine false,
    // 2⁻⁷⁸ and 2⁴⁰, 2³⁰, 2⁻³⁰.
    range [f32::from_bits(0x1880_0000), f32::from_bits(0x5380_0000)],
    scale f32::from_bits(0x4e80_0000), straight f32::from_bits(0x3080_0000)
}

// <generated: atan2.py>
/// Centres c whose atan is a number but for 2^-60.7 of it.
const CENTRE: [f64; 8] = [
    f64::from_bits(0x3fe9_dabc_d9fd_13b1),
    f64::from_bits(0x3fbb_b557_1981_3d29),
    f64::from_bits(0x3fc3_955f_fa16_49ab),
    f64::from_bits(0x3fca_195a_63cc_55d4),
    f64::from_bits(0x3fd3_8cc3_b576_245a),
    f64::from_bits(0x3fda_06c2_c758_baca),
    f64::from_bits(0x3fe3_7410_c4fb_76b5),
    f64::from_bits(0x3fe9_dabc_d9fd_13b1),
];
/// atan c.
const ANGLE: [f64; 8] = [
    f64::from_bits(0x3fe5_bf0a_c9c6_068d),
    f64::from_bits(0x3fbb_99d5_77e1_71a2),
    f64::from_bits(0x3fc3_6ecc_450f_22c0),
    f64::from_bits(0x3fc9_bf01_2dd9_6dca),
    f64::from_bits(0x3fd2_f945_f37a_c86c),
    f64::from_bits(0x3fd8_b81a_9b6c_dc24),
    f64::from_bits(0x3fe1_7aa5_2c14_7ebb),
    f64::from_bits(0x3fe5_bf0a_c9c6_068d),
];
/// π/2, rounded.
const HALF_PI: f64 = f64::from_bits(0x3ff9_21fb_5444_2d18);
/// π/2 − `HALF_PI`.
const HALF_PI_LO: f64 = f64::from_bits(0x3c91_a626_3314_5c07);
/// Centres c whose atan is a number but for 2^-35.6 of it.
const CENTRE_F32: [f32; 8] = [
    f32::from_bits(0x3f4e_d94f),
    f32::from_bits(0x3ddd_a3f5),
    f32::from_bits(0x3e1c_af28),
    f32::from_bits(0x3e50_c3e8),
    f32::from_bits(0x3e9c_61b8),
    f32::from_bits(0x3ed0_3945),
    f32::from_bits(0x3f1b_a361),
    f32::from_bits(0x3f4e_d94f),
];
/// atan c.
const ANGLE_F32: [f32; 8] = [
    f32::from_bits(0x3f2d_fa66),
    f32::from_bits(0x3ddc_c7fc),
    f32::from_bits(0x3e1b_7a72),
    f32::from_bits(0x3e4d_f165),
    f32::from_bits(0x3e97_c62a),
    f32::from_bits(0x3ec5_c390),
    f32::from_bits(0x3f0b_d73f),
    f32::from_bits(0x3f2d_fa66),
];
/// π/2, rounded.
const HALF_PI_F32: f32 = f32::from_bits(0x3fc9_0fdb);
/// π/2 − `HALF_PI_F32`.
const HALF_PI_LO_F32: f32 = f32::from_bits(0xb33b_bd2e);
// </generated>

/// The angle from the positive x axis to (x, y).
#[inline(always)]
fn angle<T: AngleLane, S: SimdFloat<T>>(y: Reg<T, S>, x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let Sides { a, b, .. } = sides(y, x);
    let angle = usual_angle(y, x);
    let [low, high] = T::RANGE;
    // Not so where either is NaN.
    let usual = (b.ge(x.with(low)) & b.le(x.with(high))) & (a.ge(x.with(low)) | a.eq(x.with(T::ZERO)));
    if !usual.all() {
        return mend_two(y, x, angle, !usual, angle_one);
    }
    angle
}

/// The coordinates of a point, without signs.
struct Sides<T: AngleLane, S: SimdFloat<T>> {
    /// |y| is the larger one.
    steep: Mask<T, S>,
    /// The smaller one.
    a: Reg<T, S>,
    /// The larger one; 1 of the origin, whose angle is that of 0/1.
    b: Reg<T, S>,
}

#[inline(always)]
fn sides<T: AngleLane, S: SimdFloat<T>>(y: Reg<T, S>, x: Reg<T, S>) -> Sides<T, S> {
    let (ax, ay) = (x.abs(), y.abs());
    let steep = ay.gt(ax);
    let b = steep.select(ay, ax);
    Sides { steep, a: steep.select(ax, ay), b: b.eq(x.with(T::ZERO)).select(x.with(T::ONE), b) }
}

/// [`angle`] where no step leaves the range.
#[inline(always)]
fn usual_angle<T: AngleLane, S: SimdFloat<T>>(y: Reg<T, S>, x: Reg<T, S>) -> Reg<T, S> {
    let (zero, one) = (x.with(T::ZERO), x.with(T::ONE));
    let (Sides { steep, a, b }, left) = (sides(y, x), T::is_negative(x));

    // a/b is the tangent of the angle of a centre and a difference, whose tangent is t + low.
    let interval = T::half_octaves(a, b);
    let small = a.lt(b * x.with(T::SMALL));
    let centre = small.select(zero, Reg::lookup8(&T::CENTRE, interval));
    let known = small.select(zero, Reg::lookup8(&T::ANGLE, interval));
    let product = centre * b;
    let numerator = if T::FINE { a - product } else { centre.neg_mul_add(b, a) };
    let denominator = centre.mul_add(a, b);
    let inverse = one / denominator;
    let t = numerator * inverse;
    let mut rest = t.neg_mul_add(denominator, numerator);
    if T::FINE {
        let numerator_low = centre.neg_mul_add(b, product);
        let denominator_low = centre.mul_add(a, b - denominator);
        rest = rest + t.neg_mul_add(denominator_low, numerator_low);
    }
    let z = t * t;
    let rest = (t * z).mul_add(horner(z, T::POLYNOMIAL), rest * inverse);

    // From an axis on or back to it.
    let [half, half_low] = T::HALF_PI;
    let axis = steep.select(x.with(half), left.select(x.with(half + half), zero));
    let axis_low = steep.select(x.with(half_low), left.select(x.with(half_low + half_low), zero));
    let back = steep.select(-zero, zero).to_bits() ^ (x.to_bits() & (-zero).to_bits());
    let toward = |v: Reg<T, S>| Reg::from_bits(v.to_bits() ^ back);
    let (known, t, rest) = (toward(known), toward(t), toward(rest));
    // Each summand is smaller than the one before, or that is zero.
    let head = axis + known;
    let errors = ((axis - head) + known) + axis_low;
    let angle = if T::FINE {
        let sum = head + t;
        sum + (rest + (((head - sum) + t) + errors))
    } else {
        head + ((t + rest) + errors)
    };
    with_sign(angle, y)
}

fn angle_one<T: AngleLane>(mut y: T, mut x: T) -> T
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let usual = |y: T, x: T| usual_angle(Reg::splat(Scalar, y), Reg::splat(Scalar, x)).raw;
    let (ax, ay) = (x.abs(), y.abs());
    let large = if ax < ay { ay } else { ax };
    if ax.partial_cmp(&ay).is_none() {
        return x + y;
    }
    if large.is_infinite() {
        // Beside an infinite coordinate a finite one is nothing; two infinite ones are equal.
        let limit = |v: T| if v.is_infinite() { T::ONE } else { T::ZERO };
        return usual(limit(y).copysign(y), limit(x).copysign(x));
    }
    if x > T::ZERO && ay < ax * T::STRAIGHT {
        return y / x;
    }
    let [_, high] = T::RANGE;
    let (mut scale, mut scaled) = (T::ONE, large);
    while scaled > high {
        scale = scale / T::SCALE;
        scaled = large * scale;
    }
    while scaled < T::ONE {
        scaled = scaled * T::SCALE;
        (y, x) = (y * T::SCALE, x * T::SCALE);
    }
    usual(y * scale, x * scale)
}

/// The angle from the positive x axis to the point (x, y), from −π to π; its sign is that of y, zeros too. NaN of NaN.
///
/// *Method*
/// 1. a/b is the quotient of the smaller and the larger coordinate. 7 intervals of half an octave by the difference of their bits;
///    below 3/32 there is one more, whose centre is 0.
/// 2. t = (a − c b)/(b + c a), the tangent of the difference from the angle of the centre c, with its error; |t| ≤ 0.11.
/// 3. atan c + (t + t³ A(t²)), A of degree 5, is added to the angle of an axis, or taken from it. The angle of the axis has a
///    second word, and the sum of the first with atan c its error.
///
/// *Accuracy*: 0.511 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/pairs.rs`.
///
/// *Source*: as [`atan_f64`](super::atan_f64).
#[inline(always)]
pub fn atan2_f64<S: SimdFloat<f64>>(y: Reg<f64, S>, x: Reg<f64, S>) -> Reg<f64, S> {
    angle(y, x)
}

/// The angle from the positive x axis to the point (x, y) in `f32`.
///
/// *Method*: as [`atan2_f64`]; A has degree 2, and numerator, denominator and the last sums are rounded.
///
/// *Accuracy*: 0.87 ULP, the largest over 10⁶ points in each of the ranges of `checks/src/oracle/pairs.rs`.
///
/// *Source*: as [`atan_f64`](super::atan_f64).
#[inline(always)]
pub fn atan2_f32<S: SimdFloat<f32>>(y: Reg<f32, S>, x: Reg<f32, S>) -> Reg<f32, S> {
    angle(y, x)
}
