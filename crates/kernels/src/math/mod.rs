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
//! `*_f64` takes and gives `f64`. `*_f32_wide` takes `f32` values widened to `f64`; what it gives, rounded to
//! `f32`, is the correctly rounded function for every `f32`. `tanh_f32` works in `f32` throughout.
//!
//! The parts between `// <generated: NAME>` and `// </generated>` are written by `tools/generators/NAME`.

mod exp;
mod log;
mod payne_hanek;
mod poly;
mod tanh;
mod trig;

pub use exp::{exp_f32_wide, exp_f64};
pub use log::{log_f32_wide, log_f64};
pub use tanh::{tanh_f32, tanh_f64};
pub use trig::{cos_f32_wide, cos_f64, sin_f32_wide, sin_f64};

use crate::reg::{Mask, Reg};
use crate::simd::Isa;

/// 1.5·2⁵²: added to a number of less than 2⁵¹, it leaves the nearest integer in the lowest bits of the sum.
const ROUNDER: f64 = f64::from_bits(0x4338_0000_0000_0000);
/// The sign of an `f64`.
const SIGN: i64 = i64::MIN;
/// No register has more lanes of `f64`.
const MOST_LANES: usize = 32;

/// `y` with the flagged lanes replaced by `one` of the lane of `x`.
///
/// Registers travel through memory: a vector argument of a function that is not inlined has no fixed ABI.
#[inline(always)]
fn mend<S: Isa>(x: Reg<f64, S>, y: Reg<f64, S>, flagged: Mask<f64, S>, one: fn(f64) -> f64) -> Reg<f64, S> {
    const { assert!(<S as crate::Simd<f64>>::LANES <= MOST_LANES) };
    let lanes = <S as crate::Simd<f64>>::LANES;
    let (mut xs, mut ys, mut flags) = ([0.0; MOST_LANES], [0.0; MOST_LANES], [0; MOST_LANES]);
    // SAFETY: the arrays hold as many lanes as the register, by the assertion.
    unsafe {
        x.store(xs.as_mut_ptr());
        y.store(ys.as_mut_ptr());
        crate::Simd::<f64>::store_mask(x.isa(), flags.as_mut_ptr(), flagged.raw);
    }
    mend_lanes(&xs[..lanes], &mut ys[..lanes], &flags[..lanes], one);
    // SAFETY: as above.
    unsafe { Reg::load(x.isa(), ys.as_ptr()) }
}

#[cold]
#[inline(never)]
fn mend_lanes(xs: &[f64], ys: &mut [f64], flags: &[u8], one: fn(f64) -> f64) {
    for ((x, y), flag) in xs.iter().zip(ys).zip(flags) {
        if *flag != 0 {
            *y = one(*x);
        }
    }
}
