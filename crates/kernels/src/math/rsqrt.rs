//! The reciprocal square root.
//!
//! *Method.* 1. `s` is the square root, `y = 1 / s`, both correctly rounded. 2. What the roundings left, each exact in one
//! fused step: `t = s² − x`, `e = s y − 1`. 3. `y + y (t y² / 2 − e)` takes them off. 4. Small arguments are scaled by a power
//! of four, so that `t` is no subnormal number.
//!
//! *Accuracy.* The correction is of a relative 2⁻⁵² (`f32`: 2⁻²³) and known to as much of itself, so the last rounding is all
//! that is left: below 0.501 ULP. Without it, errors reach 1.5 ULP next to powers of four.

use crate::reg::Reg;
use crate::simd::{FloatLane, SimdFloat};

/// 2⁻⁹⁰⁰, 2¹⁰⁰ and its square.
const SCALE: [f64; 3] = [
    f64::from_bits(0x07b0_0000_0000_0000),
    f64::from_bits(0x4630_0000_0000_0000),
    f64::from_bits(0x4c70_0000_0000_0000),
];
/// For `f32`, 2⁻¹⁰⁰, 2³⁰ and its square.
const SCALE_F32: [f64; 3] = [
    f64::from_bits(0x39b0_0000_0000_0000),
    f64::from_bits(0x41d0_0000_0000_0000),
    f64::from_bits(0x43b0_0000_0000_0000),
];

/// `1 / √x`; ±∞ for zeros, 0 for ∞.
#[inline(always)]
pub fn rsqrt<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    // Arguments below the bound are multiplied by the square of `up`, and so their results by `up`.
    let powers = if size_of::<T>() == 4 { SCALE_F32 } else { SCALE };
    let [bound, up, squared] = powers.map(|power| x.with(T::from_f64(power)));
    let (one, half) = (x.with(T::ONE), x.with(T::from_f64(0.5)));
    let small = x.lt(bound);
    let x = small.select(x * squared, x);
    let s = x.sqrt();
    let y = one / s;
    let (t, e) = (s.mul_add(s, -x), s.mul_add(y, -one));
    let correction = (t * y).mul_add(y * half, -e);
    // Of zeros and infinities there is none.
    let y = correction.is_nan().select(y, y.mul_add(correction, y));
    small.select(y * up, y)
}
