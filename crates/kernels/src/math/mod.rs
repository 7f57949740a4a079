//! Mathematical functions, each written once over [`Reg`].
//!
//! The bits are the same on every instruction set because every step is an operation of IEEE 754 or moves bits:
//! sums, products, fused multiply-add, division, table lookups, integer arithmetic. No reciprocal
//! approximations, no call into the system's library, no contraction left to the compiler.
//!
//! Where a result needs other steps (overflow, subnormal numbers, huge arguments), the main path computes
//! something without meaning in those lanes, and one test per register sends them to `mend`, which replaces
//! them and no others, each by a function of one number that runs the same algorithm on
//! [`Scalar`](crate::Scalar).
//!
//! `*_f64` takes and gives `f64`, `*_f32` works in `f32` throughout. `*_f32_wide` takes `f32` values widened to
//! `f64`; what it gives, rounded to `f32`, is the correctly rounded function. Its lanes out of range are found and
//! mended by [`wide`](crate::wide), in `f32`, with `*_f32_rare`.
//!
//! The default for `f32` is the wide form where it is as fast as NumPy's AVX-512 code (`exp`, `sin`, `cos`), else the
//! native one.
//!
//! The parts between `// <generated: NAME>` and `// </generated>` are written by `tools/generators/NAME`.

mod arc;
mod atan2;
mod erf;
mod exp;
mod exp_tables;
mod expm1;
mod log;
mod log1p;
mod log_tables;
mod logistic;
mod payne_hanek;
mod poly;
mod pow;
mod root;
mod rsqrt;
mod tan;
mod tanh;
mod trig;
mod turns;
mod twofold;

pub use arc::{acos_f32, acos_f64, asin_f32, asin_f64, atan_f32, atan_f64};
pub use atan2::{atan2_f32, atan2_f64};
pub use erf::{erf, erfc};
pub use exp::{exp_f32_wide, exp_f64, exp2_f32, exp2_f64, exp10_f32, exp10_f64};
pub use expm1::{cosh_f32, cosh_f64, expm1_f32, expm1_f64, sinh_f32, sinh_f64};
pub use log::{
    log_f32, log_f32_rare, log_f32_wide, log_f64, log2_f32, log2_f64, log10_f32, log10_f64, positive_f32,
};
pub use log1p::{acosh_f32, acosh_f64, asinh_f32, asinh_f64, atanh_f32, atanh_f64, log1p_f32, log1p_f64};
pub use logistic::{logaddexp, logaddexp2, logit, sigmoid, softplus};
pub use pow::{pow_f32, pow_f64};
pub use root::{cbrt_f32, cbrt_f64, hypot};
pub use rsqrt::rsqrt;
pub use tan::{tan_f32, tan_f64};
pub use tanh::{tanh_f32, tanh_f64};
pub use trig::{cos_f32_rare, cos_f32_wide, cos_f64, moderate_f32, sin_f32_rare, sin_f32_wide, sin_f64};
pub use turns::{cospi_f32_wide, cospi_f64, sinpi_f32_wide, sinpi_f64, tanpi_f32_wide, tanpi_f64};

use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, Simd, SimdFloat};

/// 1.5·2⁵²: added to a number of less than 2⁵¹, it leaves the nearest integer in the lowest bits of the sum.
const ROUNDER: f64 = f64::from_bits(0x4338_0000_0000_0000);
/// 1.5·2²³: the same for `f32` and numbers of less than 2²².
const ROUNDER_F32: f32 = f32::from_bits(0x4b40_0000);
/// The sign of an `f64`.
const SIGN: i64 = i64::MIN;
/// No register has more lanes.
const MOST_LANES: usize = 32;

/// Where [`exp_f32_wide`] holds: everywhere.
#[inline(always)]
pub fn any_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Mask<f32, S> {
    let bits = x.to_bits();
    Mask::from_raw(x.isa(), bits.eq(bits).raw)
}

/// y, without a sign or with that of x, with the sign of x.
#[inline(always)]
fn with_sign<T: FloatLane, S: SimdFloat<T>>(y: Reg<T, S>, x: Reg<T, S>) -> Reg<T, S> {
    let sign = -y.with(T::ZERO);
    y | (x & sign)
}

/// `y` with the flagged lanes replaced by `one` of the lane of `x`.
///
/// Registers travel through memory: a vector argument of a function that is not inlined has no fixed ABI.
#[inline(always)]
fn mend<T: FloatLane, S: SimdFloat<T>>(
    x: Reg<T, S>,
    y: Reg<T, S>,
    flagged: Mask<T, S>,
    one: fn(T) -> T,
) -> Reg<T, S> {
    const { assert!(<S as Simd<T>>::LANES <= MOST_LANES) };
    let lanes = <S as Simd<T>>::LANES;
    let (mut xs, mut ys, mut flags) = ([T::ZERO; MOST_LANES], [T::ZERO; MOST_LANES], [0; MOST_LANES]);
    // SAFETY: the arrays hold as many lanes as the register, by the assertion.
    unsafe {
        x.store(xs.as_mut_ptr());
        y.store(ys.as_mut_ptr());
        Simd::<T>::store_mask(x.isa(), flags.as_mut_ptr(), flagged.raw);
    }
    mend_lanes(&xs[..lanes], &mut ys[..lanes], &flags[..lanes], one);
    // SAFETY: as above.
    unsafe { Reg::load(x.isa(), ys.as_ptr()) }
}

/// [`mend`] of a function of two arguments.
#[inline(always)]
fn mend_two<T: FloatLane, S: SimdFloat<T>>(
    x: Reg<T, S>,
    y: Reg<T, S>,
    z: Reg<T, S>,
    flagged: Mask<T, S>,
    one: fn(T, T) -> T,
) -> Reg<T, S> {
    const { assert!(<S as Simd<T>>::LANES <= MOST_LANES) };
    let lanes = <S as Simd<T>>::LANES;
    let [mut xs, mut ys, mut zs] = [[T::ZERO; MOST_LANES]; 3];
    let mut flags = [0; MOST_LANES];
    // SAFETY: the arrays hold as many lanes as the register, by the assertion.
    unsafe {
        x.store(xs.as_mut_ptr());
        y.store(ys.as_mut_ptr());
        z.store(zs.as_mut_ptr());
        Simd::<T>::store_mask(x.isa(), flags.as_mut_ptr(), flagged.raw);
    }
    mend_lanes_two(&xs[..lanes], &ys[..lanes], &mut zs[..lanes], &flags[..lanes], one);
    // SAFETY: as above.
    unsafe { Reg::load(x.isa(), zs.as_ptr()) }
}

#[cold]
#[inline(never)]
fn mend_lanes_two<T: Copy>(xs: &[T], ys: &[T], zs: &mut [T], flags: &[u8], one: fn(T, T) -> T) {
    for (((x, y), z), flag) in xs.iter().zip(ys).zip(zs).zip(flags) {
        if *flag != 0 {
            *z = one(*x, *y);
        }
    }
}

#[cold]
#[inline(never)]
fn mend_lanes<T: Copy>(xs: &[T], ys: &mut [T], flags: &[u8], one: fn(T) -> T) {
    for ((x, y), flag) in xs.iter().zip(ys).zip(flags) {
        if *flag != 0 {
            *y = one(*x);
        }
    }
}
