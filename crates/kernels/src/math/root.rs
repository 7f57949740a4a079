//! The cube root, and the square root of a sum of two squares.
//!
//! Written once for `f64` and `f32`: an approximation whose error is then measured exactly, by fused steps, and taken off.

use super::arc::{HALF_INVERSE_ROOT, NATIVE_HALF_INVERSE_ROOT};
use super::poly::horner;
use super::{ROUNDER, ROUNDER_F32, mend, mend_two, with_sign};
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Simd, SimdFloat};

/// Floats whose roots are made here.
trait RootLane: FloatLane {
    /// The inverse cube root in [1, 2).
    const SEED: &'static [Self];
    /// (1 − e)^(−2/3) − 1 over e.
    const FACTOR: [Self; 2];
    const THIRD: Self;
    /// Between these numbers squares and their errors are in range.
    const SQUARES: (Self, Self);
    /// Brings all others between them.
    const SCALE: Self;
    /// 2 to the power of a third of the bits of a significand and its sign.
    const SUBNORMAL: (Self, Self);

    /// `x = m 2^(3k)`, m in one of three octaves; the significand of x in [1, 2), the inverse cube root of the octave, m,
    /// and the bits that add k to an exponent.
    fn thirds<S: SimdFloat<Self>>(x: Reg<Self, S>) -> [Reg<Self, S>; 4];
    /// About 1/(2 √z), right to 3.4 percent.
    fn half_inverse_root<S: SimdFloat<Self>>(z: Reg<Self, S>) -> Reg<Self, S>;
    /// y with those bits added.
    fn add_exponent<S: SimdFloat<Self>>(y: Reg<Self, S>, k: Reg<Self, S>) -> Reg<Self, S>;
    /// Where x is positive, normal and finite.
    #[inline(always)]
    fn normal<S: SimdFloat<Self>>(x: Reg<Self, S>) -> Mask<Self, S> {
        x.ge(x.with(Self::min_positive_value())) & x.le(x.with(Self::max_value()))
    }
}

macro_rules! root_lane {
    ($t:ident as $bits:ident, mantissa $mantissa:literal, thirds $thirds:literal, $rounder:ident,
     $seed:ident $octave:ident $half_inverse:ident, squares $squares:expr, scale $scale:expr,
     subnormal $subnormal:expr) => {
        impl RootLane for $t {
            const SEED: &'static [$t] = &$seed;
            const FACTOR: [$t; 2] = [2.0 / 3.0, 5.0 / 9.0];
            const THIRD: $t = 1.0 / 3.0;
            const SQUARES: ($t, $t) = $squares;
            const SCALE: $t = $scale;
            const SUBNORMAL: ($t, $t) = $subnormal;

            #[inline(always)]
            fn thirds<S: SimdFloat<$t>>(x: Reg<$t, S>) -> [Reg<$t, S>; 4] {
                let one: $t = 1.0;
                let bits = x.to_bits();
                let n = bits.shr_const::<$mantissa>();
                let count: Reg<$t, S> = Reg::from_bits(n + n.with($rounder.to_bits() as $bits));
                let third =
                    (count - count.with($rounder)).mul_add(x.with(1.0 / 3.0), x.with($rounder)).to_bits();
                let thrice = third + third + third;
                let power = (thrice - thrice.with(3 * $thirds)).shl_const::<$mantissa>();
                let mantissa = bits & bits.with((1 << $mantissa) - 1);
                [
                    Reg::from_bits(mantissa | bits.with(one.to_bits() as $bits)),
                    Reg::lookup8(&$octave, n - thrice),
                    Reg::from_bits(bits - power),
                    Reg::from_bits((third - third.with($thirds)).shl_const::<$mantissa>()),
                ]
            }
            #[inline(always)]
            fn half_inverse_root<S: SimdFloat<$t>>(z: Reg<$t, S>) -> Reg<$t, S> {
                let bits = z.to_bits();
                Reg::from_bits(bits.with($half_inverse) - bits.shr_const::<1>())
            }
            #[inline(always)]
            fn add_exponent<S: SimdFloat<$t>>(y: Reg<$t, S>, k: Reg<$t, S>) -> Reg<$t, S> {
                Reg::from_bits(y.to_bits() + k.to_bits())
            }
        }
    };
}
root_lane! {
    f64 as i64, mantissa 52, thirds 341, ROUNDER,
    SEED OCTAVE HALF_INVERSE_ROOT,
    squares (f64::from_bits(0x23d0_0000_0000_0000), f64::from_bits(0x5fe0_0000_0000_0000)),
    scale f64::from_bits(0x6bb0_0000_0000_0000),
    subnormal (18_014_398_509_481_984.0, 1.0 / 262_144.0)
}
root_lane! {
    f32 as i32, mantissa 23, thirds 42, ROUNDER_F32,
    SEED_F32 OCTAVE_F32 NATIVE_HALF_INVERSE_ROOT,
    squares (f32::from_bits(0x2b80_0000), f32::from_bits(0x5e80_0000)),
    scale f32::from_bits(0x6c80_0000),
    subnormal (16_777_216.0, 1.0 / 256.0)
}

// <generated: root.py>
/// x^(−1/3) on [1, 2], minimax, right to 2^-14.7 of itself.
const SEED: [f64; 5] = [
    f64::from_bits(0x3ffa_b831_5523_f9e4),
    f64::from_bits(0xbff2_c3ae_6b72_c981),
    f64::from_bits(0x3fe6_407d_c00f_2772),
    f64::from_bits(0xbfcc_4fe4_8bef_ec71),
    f64::from_bits(0x3f9d_44cc_a08e_0c85),
];
/// 2^(−s/3) of the octaves.
const OCTAVE: [f64; 8] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0x3fe9_65fe_a53d_6e3d),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0x3ff4_28a2_f98d_728b),
];
/// x^(−1/3) on [1, 2], minimax, right to 2^-11.9 of itself.
const SEED_F32: [f32; 4] = [
    f32::from_bits(0x3fc5_5b29),
    f32::from_bits(0xbf4f_53a4),
    f32::from_bits(0x3ea2_a8ee),
    f32::from_bits(0xbd4c_7c25),
];
/// 2^(−s/3) of the octaves.
const OCTAVE_F32: [f32; 8] = [
    f32::from_bits(0x3fa1_4518),
    f32::from_bits(0x3f80_0000),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3fcb_2ff5),
];
// </generated>

/// ∛x.
#[inline(always)]
fn cube_root<T: RootLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let ax = x.abs();
    let y = with_sign(normal_cube_root(ax), x);
    let usual = T::normal(ax);
    if !usual.all() {
        return mend(x, y, !usual, |x| {
            if x == T::ZERO || !x.is_finite() {
                return x + x;
            }
            let (up, down) = T::SUBNORMAL;
            normal_cube_root(Reg::splat(Scalar, x.abs() * up)).raw.copysign(x) * down
        });
    }
    y
}

/// ∛x of positive normal x.
#[inline(always)]
fn normal_cube_root<T: RootLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let one = x.with(T::ONE);
    let [significand, octave, m, k] = T::thirds(x);
    let t = horner(significand, T::SEED) * octave;
    let square = t * t;
    let y = m * square;
    let e = y.neg_mul_add(t, one);
    let factor = e.mul_add(horner(e, &T::FACTOR), one);
    let y = y * factor;
    let high = y * y;
    let low = y.mul_add(y, -high);
    let off = low.neg_mul_add(y, high.neg_mul_add(y, m));
    let slope = (square * factor) * x.with(T::THIRD);
    T::add_exponent(off.mul_add(slope, y), k)
}

/// √(x² + y²).
#[inline(always)]
fn hypotenuse<T: RootLane, S: SimdFloat<T>>(x: Reg<T, S>, y: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (ax, ay) = (x.abs(), y.abs());
    let (large, small) = (ax.larger(ay), ay.smaller(ax));
    let [h, more, inverse] = hypotenuse_parts(large, small);
    let h = more.mul_add(inverse, h);
    let (low, high) = T::SQUARES;
    // Not so where either is NaN.
    let usual =
        (large.ge(x.with(low)) | large.eq(x.with(T::ZERO))) & ax.le(x.with(high)) & ay.le(x.with(high));
    if !usual.all() {
        return mend_two(x, y, h, !usual, hypotenuse_one);
    }
    h
}

/// √(x² + y²) of a large and a small number, both positive: h + more · inverse.
#[inline(always)]
fn hypotenuse_parts<T: RootLane, S: SimdFloat<T>>(large: Reg<T, S>, small: Reg<T, S>) -> [Reg<T, S>; 3] {
    let square = large * large;
    let sum = small.mul_add(small, square);
    let h = sum.sqrt();
    let seed = T::half_inverse_root(sum);
    let inverse = (h + h).neg_mul_add(seed, large.with(T::ONE)).mul_add(seed, seed);
    // What x² + y² has more than h²: the difference of the two large squares is exact.
    let root = h * h;
    let errors = large.mul_add(large, -square) - h.mul_add(h, -root);
    let more = small.mul_add(small, square - root) + errors;
    [h, more, inverse]
}

fn hypotenuse_one<T: RootLane>(x: T, y: T) -> T
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    let (x, y) = (x.abs(), y.abs());
    if x == T::infinity() || y == T::infinity() {
        return T::infinity();
    }
    let (large, small) = if y > x { (y, x) } else { (x, y) };
    let parts = |scale: T| {
        let [h, more, inverse] =
            hypotenuse_parts(Reg::splat(Scalar, large * scale), Reg::splat(Scalar, small * scale));
        (h.raw, more.raw * inverse.raw)
    };
    if large >= T::min_positive_value() + T::min_positive_value() {
        let scale = if large > T::ONE { T::ONE / T::SCALE } else { T::SCALE };
        let (h, more) = parts(scale);
        return (h + more) / scale;
    }
    // Where normal numbers begin at 1, subnormal results round at the last place of a sum with 1.
    let (h, more) = parts(T::ONE / T::min_positive_value());
    let mut y = h + more;
    if y < T::ONE {
        let sum = T::ONE + y;
        let low = ((T::ONE - sum) + y) + ((h - y) + more);
        y = (sum + low) - T::ONE;
    }
    y * T::min_positive_value()
}

/// ∛x, with the sign of x.
///
/// *Method*
/// 1. x = m 2^(3k), m in one of three octaves. t is about 1/∛m: a polynomial of degree 4 in the significand, times a constant
///    of the octave; right to 2⁻¹³.
/// 2. e = 1 − m t³; y = m t² (1 − e)^(−2/3), by the first terms of the series, right to 2⁻³⁴.
/// 3. m − y³, by fused steps, over 3 y² is added to y.
///
/// *Accuracy*: 0.50 ULP; no result of 10⁶ points in each range is rounded wrongly.
#[inline(always)]
pub fn cbrt_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    cube_root(x)
}

/// ∛x in `f32`, with the sign of x.
///
/// *Method*: as [`cbrt_f64`]; the polynomial has degree 3, and one term of the series is enough.
///
/// *Accuracy*: of all 3·2²³ significands one is rounded wrongly, by 2⁻²⁵ of a unit; it never falls.
#[inline(always)]
pub fn cbrt_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    cube_root(x)
}

/// √(x² + y²), of `f32` and `f64` alike; infinite where either is, NaN of NaN else.
///
/// *Method*: h = √(x² + y²) of the rounded sum; what x² + y² has more than h², exact but for one rounding, times 1/(2 h) of ten
/// bits is added. Numbers whose squares leave the range are scaled.
///
/// *Accuracy*: 0.501 ULP.
///
/// *Source*: C. F. Borges, "An improved algorithm for hypot(a, b)" (2019).
#[inline(always)]
#[allow(private_bounds)]
pub fn hypot<T: RootLane, S: SimdFloat<T>>(x: Reg<T, S>, y: Reg<T, S>) -> Reg<T, S>
where
    Scalar: SimdFloat<T> + Simd<T, Raw = T>,
{
    hypotenuse(x, y)
}
