//! The cube root, and the square root of a sum of two squares.
//!
//! Written once for `f64` and `f32`: an approximation whose error is then measured exactly, by fused steps, and taken off.

use super::arc::{HALF_INVERSE_ROOT, NATIVE_HALF_INVERSE_ROOT};
use super::poly::horner;
use super::{mend_two, with_sign};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Simd, SimdFloat};

/// Floats whose roots are made here.
trait RootLane: FloatLane {
    /// ((1 − e)^(−2/3) − 1)/e of what `inverse_cube_root` leaves.
    const FACTOR: &'static [Self];
    const THIRD: Self;
    /// From here on the cube of a root, and what it lacks, are in range; a power of eight that brings smaller numbers there,
    /// and the cube root of its inverse.
    const TINY: [Self; 3];
    /// Between these numbers squares and their errors are in range.
    const SQUARES: (Self, Self);
    /// Brings all others between them.
    const SCALE: Self;

    /// About x^(−1/3) of positive normal x: t, 1 − x t³ as far from 0 as `FACTOR` knows.
    fn inverse_cube_root<S: SimdFloat<Self>>(x: Reg<Self, S>) -> Reg<Self, S>;
    /// About 1/(2 √z), right to 3.4 percent.
    fn half_inverse_root<S: SimdFloat<Self>>(z: Reg<Self, S>) -> Reg<Self, S>;
}

macro_rules! root_lane {
    ($t:ident as $bits:ident, first $mantissa:literal cut $cut:literal, $seed:ident $half_inverse:ident,
     refined |$root:ident, $x:ident| $refined:expr, factor $factor:expr, tiny $tiny:expr,
     squares $squares:expr, scale $scale:expr) => {
        impl RootLane for $t {
            const FACTOR: &'static [$t] = $factor;
            const THIRD: $t = 1.0 / 3.0;
            const TINY: [$t; 3] = $tiny;
            const SQUARES: ($t, $t) = $squares;
            const SCALE: $t = $scale;

            #[inline(always)]
            fn inverse_cube_root<S: SimdFloat<$t>>($x: Reg<$t, S>) -> Reg<$t, S> {
                // As floats of one binade, whose last bits count, the bits of x become those of its root.
                let unit = ((1_u64 << $mantissa) as $t).to_bits() as $bits;
                let bits = $x.to_bits().shr_const::<$cut>();
                let count: Reg<$t, S> = Reg::from_bits(bits | bits.with(unit));
                let bits = count.neg_mul_add($x.with(1.0 / 3.0), $x.with($seed)).to_bits();
                let $root = Reg::from_bits(bits.shl_const::<$cut>());
                $refined
            }
            #[inline(always)]
            fn half_inverse_root<S: SimdFloat<$t>>(z: Reg<$t, S>) -> Reg<$t, S> {
                let bits = z.to_bits();
                Reg::from_bits(bits.with($half_inverse) - bits.shr_const::<1>())
            }
        }
    };
}
root_lane! {
    f64 as i64, first 51 cut 11, SEED HALF_INVERSE_ROOT,
    refined |t, x| {
        let e = (x * (t * t)).neg_mul_add(t, x.with(1.0));
        (t * e).mul_add(horner(e, &REFINED), t)
    },
    factor &[2.0 / 3.0, 5.0 / 9.0],
    // 2⁻⁹⁰⁰; 2¹⁸⁰ and 2⁻⁶⁰.
    tiny [f64::from_bits(0x07b0_0000_0000_0000), f64::from_bits(0x4b30_0000_0000_0000), f64::from_bits(0x3c30_0000_0000_0000)],
    squares (f64::from_bits(0x23d0_0000_0000_0000), f64::from_bits(0x5fe0_0000_0000_0000)),
    scale f64::from_bits(0x6bb0_0000_0000_0000)
}
root_lane! {
    f32 as i32, first 23 cut 8, SEED_F32 NATIVE_HALF_INVERSE_ROOT,
    refined |t, x| t,
    factor &FACTOR_F32,
    // 2⁻¹⁰⁰; 2⁵⁴ and 2⁻¹⁸.
    tiny [f32::from_bits(0x0d80_0000), f32::from_bits(0x5a80_0000), f32::from_bits(0x3680_0000)],
    squares (f32::from_bits(0x2b80_0000), f32::from_bits(0x5e80_0000)),
    scale f32::from_bits(0x6c80_0000)
}

// <generated: root.py>
/// 4/3 2^51, and what the bits of an inverse cube root have more than a third of those of x less.
const SEED: f64 = f64::from_bits(0x432f_fd32_813e_eb18);
/// ((1 − e)^(−1/3) − 1)/e on |e| ≤ 0.1021, minimax, times e right to 2^-18.5.
const REFINED: [f64; 3] = [
    f64::from_bits(0x3fd5_553d_7d0f_effa),
    f64::from_bits(0x3fcc_9ada_da0c_e3e4),
    f64::from_bits(0x3fc6_5c65_31fd_e240),
];
/// 4/3 2^23, and what they have more.
const SEED_F32: f32 = f32::from_bits(0x4b7f_4ca0);
/// ((1 − e)^(−2/3) − 1)/e on |e| ≤ 0.1021, minimax, times e right to 2^-25.7.
const FACTOR_F32: [f32; 5] = [
    f32::from_bits(0x3f2a_aaac),
    f32::from_bits(0x3f0e_37a5),
    f32::from_bits(0x3efc_d05a),
    f32::from_bits(0x3eea_c4fa),
    f32::from_bits(0x3edc_7375),
];
// </generated>

/// ∛x.
#[inline(always)]
fn cube_root<T: RootLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let ax = x.abs();
    let y = positive_cube_root(ax);
    let finite = ax.le(x.with(T::max_value()));
    let [tiny, up, down] = T::TINY;
    let usual = finite & ax.ge(x.with(tiny));
    if !usual.all() {
        let small = positive_cube_root(ax * x.with(up)) * x.with(down);
        let y = usual.select(y, finite.select(small, ax));
        return with_sign(y, x);
    }
    with_sign(y, x)
}

/// ∛x of `TINY` ≤ x < ∞.
#[inline(always)]
fn positive_cube_root<T: RootLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let one = x.with(T::ONE);
    let t = T::inverse_cube_root(x);
    let square = t * t;
    let y = x * square;
    let e = y.neg_mul_add(t, one);
    // (1 − e)^(−2/3).
    let factor = e.mul_add(horner(e, T::FACTOR), one);
    let y = y * factor;
    let high = y * y;
    let low = y.mul_add(y, -high);
    let off = low.neg_mul_add(y, high.neg_mul_add(y, x));
    let slope = (square * factor) * x.with(T::THIRD);
    off.mul_add(slope, y)
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
/// 1. t is about x^(−1/3): a third of the bits of x is taken from a constant; then e = 1 − x t³ is below 0.1021, and with a
///    polynomial of degree 2 in e, t is right to 2⁻¹⁸.
/// 2. e once more; y = x t² (1 + 2/3 e + 5/9 e²), right to 2⁻⁵⁰.
/// 3. x − y³, by fused steps, over 3 y² is added to y.
///
/// *Accuracy*: 0.50 ULP; no result of 10⁶ points in each range is rounded wrongly.
#[inline(always)]
pub fn cbrt_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    cube_root(x)
}

/// ∛x in `f32`, with the sign of x.
///
/// *Method*: as [`cbrt_f64`] without its first polynomial; (1 − e)^(−2/3) is one of degree 5.
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
