//! The operations of the registry as types: what each does to registers, or to elements that are not lanes.
//!
//! One unit struct for each row of the registry, implementing the kernel trait of its family for every element
//! type of its class. A missing implementation is a compile error in every backend.

mod bools;
mod integers;
mod truth;

pub use bools::{byte_slice, bytes, bytes_operand, bytes_out};
pub use truth::{CompareLanes, PredicateLanes};

use crate::complex::{self, Product, Quotient};
use crate::elementwise::{self, BinaryLanes, TernaryLanes, UnaryLanes};
use crate::exponent;
use crate::math;
use crate::neighbours;
use crate::pair::Pair;
use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, Isa, Lane, Simd, SimdFloat, SimdInt};
use crate::wide::{self, WideLanes};
use isonum_core::operand::{Filled, Operand, Out};
use isonum_core::{DType, Element};
use num_complex::Complex;

/// A whole kernel of one operand.
pub trait UnaryKernel<T: Element, S> {
    /// `out = op(x)`.
    fn run<'o>(isa: S, x: Operand<'_, T>, out: Out<'o, T>) -> Filled<'o>;
}

/// A whole kernel of two operands.
pub trait BinaryKernel<T: Element, S> {
    /// `out = op(a, b)`.
    fn run<'o>(isa: S, a: Operand<'_, T>, b: Operand<'_, T>, out: Out<'o, T>) -> Filled<'o>;
}

/// A whole kernel of three operands.
pub trait TernaryKernel<T: Element, S> {
    /// `out = op(a, b, c)`.
    fn run<'o>(
        isa: S,
        a: Operand<'_, T>,
        b: Operand<'_, T>,
        c: Operand<'_, T>,
        out: Out<'o, T>,
    ) -> Filled<'o>;
}

/// A whole kernel of a comparison.
pub trait CompareKernel<T: Element, S> {
    /// `out = op(a, b)`; neither operand may be the output.
    fn run<'o>(isa: S, a: Operand<'_, T>, b: Operand<'_, T>, out: Out<'o, bool>) -> Filled<'o>;
}

/// A whole kernel of a predicate.
pub trait PredicateKernel<T: Element, S> {
    /// `out = op(x)`; the operand may not be the output.
    fn run<'o>(isa: S, x: Operand<'_, T>, out: Out<'o, bool>) -> Filled<'o>;
}

macro_rules! structs {
    ([] $($variant:ident $name:ident for $class:ident, numpy $numpy:literal, $accuracy:ident $(($($ulp:literal),*))?,
       input ($low:literal, $high:literal), $line:literal;)*) => {
        $(#[doc = $line] #[derive(Clone, Copy, Debug)] pub struct $variant;)*
    };
}
isonum_core::unary_operations!([structs]);
isonum_core::binary_operations!([structs]);
isonum_core::compare_operations!([structs]);
isonum_core::predicate_operations!([structs]);
isonum_core::ternary_operations!([structs]);

// ---- one operand

macro_rules! unary_lanes {
    ($($op:ident for $lane:ident on $simd:ident: |$x:ident| $body:expr;)*) => {$(
        impl<T: $lane, S: $simd<T>> UnaryLanes<T, S> for $op {
            const SHORT: bool = true;
            #[inline(always)]
            fn apply($x: Reg<T, S>) -> Reg<T, S> { $body }
        }
        impl<T: $lane, S: $simd<T>> UnaryKernel<T, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, T>, out: Out<'o, T>) -> Filled<'o> {
                elementwise::unary::<T, S, Self>(isa, x, out)
            }
        }
    )*};
}

unary_lanes! {
    Negative for Lane on Simd: |x| -x;
    Abs for Lane on Simd: |x| x.abs();
    Sign for Lane on Simd: |x| sign(x);
    Square for Lane on Simd: |x| x * x;
    Reciprocal for FloatLane on SimdFloat: |x| x.with(T::ONE) / x;
    Sqrt for FloatLane on SimdFloat: |x| x.sqrt();
    Floor for FloatLane on SimdFloat: |x| x.floor();
    Ceil for FloatLane on SimdFloat: |x| x.ceil();
    Trunc for FloatLane on SimdFloat: |x| x.trunc();
    Rint for FloatLane on SimdFloat: |x| x.rint();
    Positive for Lane on Simd: |x| x;
    Fract for FloatLane on SimdFloat: |x| fract(x);
    NanToNum for FloatLane on SimdFloat: |x| nan_to_num(x);
    Spacing for FloatLane on SimdFloat: |x| neighbours::spacing(x);
    Deg2Rad for FloatLane on SimdFloat: |x| x * x.with(T::from_f64(DEGREE));
    Rad2Deg for FloatLane on SimdFloat: |x| x * x.with(T::from_f64(RADIAN));
    BitNot for Lane on SimdInt: |x| !x;
}

/// π/180, rounded to `f64`; rounded again it is the nearest `f32`.
const DEGREE: f64 = f64::from_bits(0x3f91_df46_a252_9d39);
/// 180/π, the same.
const RADIAN: f64 = f64::from_bits(0x404c_a5dc_1a63_c1f8);

#[inline(always)]
fn sign<T: Lane, S: Simd<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let zero = x.with(T::ZERO);
    let one = x.with(T::ONE);
    if matches!(T::DTYPE, DType::F32 | DType::F64) {
        // −0 is the sign bit alone; zeros, of either sign, and NaN take in +0.
        let signed = (x & -zero) | one;
        return x.abs().gt(zero).select(signed, x + zero);
    }
    let positive = x.gt(zero).select(one, zero);
    x.lt(zero).select(-one, positive)
}

#[inline(always)]
fn fract<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let whole = x.trunc();
    let zero = x & x.with(-T::ZERO);
    // Of infinities, too, the fraction is zero.
    whole.eq(x).select(zero, (x - whole) | zero)
}

#[inline(always)]
fn nan_to_num<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>) -> Reg<T, S> {
    let finite = x.smaller(x.with(T::max_value())).larger(x.with(T::min_value()));
    x.is_nan().select(x.with(T::ZERO), finite)
}

macro_rules! float_functions {
    ($($op:ident $f64:ident by $loop64:ident, $f32:ident by $loop32:ident, ones behind $ones:literal;)*) => {$(
        float_functions!(@lanes f64, $op $f64 $loop64 $ones);
        float_functions!(@$loop32 $op $f32 $ones);
    )*};
    (@lanes $t:ty, $op:ident $function:ident $loop:ident $ones:literal) => {
        impl<S: SimdFloat<$t>> UnaryLanes<$t, S> for $op {
            const ONES_BEHIND: bool = $ones;
            #[inline(always)]
            fn apply(x: Reg<$t, S>) -> Reg<$t, S> { math::$function(x) }
        }
        impl<S: SimdFloat<$t>> UnaryKernel<$t, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                elementwise::$loop::<$t, S, Self>(isa, x, out)
            }
        }
    };
    (@wide $op:ident $function:ident $ones:literal) => {
        impl<S: Isa> UnaryKernel<f32, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, f32>, out: Out<'o, f32>) -> Filled<'o> {
                wide::unary::<S, Self>(isa, x, out)
            }
        }
    };
    (@$loop:ident $op:ident $function:ident $ones:literal) => {
        float_functions!(@lanes f32, $op $function $loop $ones);
    };
}

// The loop of each is the faster one; the sine of `f64` has too many coefficients for two registers at a time.
float_functions! {
    Cbrt cbrt_f64 by unary_pairs, cbrt_f32 by unary_pairs, ones behind true;
    Exp exp_f64 by unary_pairs, exp_f32_wide by wide, ones behind false;
    Exp2 exp2_f64 by unary_pairs, exp2_f32 by unary_pairs, ones behind false;
    Exp10 exp10_f64 by unary_pairs, exp10_f32 by unary_pairs, ones behind false;
    Expm1 expm1_f64 by unary_pairs, expm1_f32 by unary_pairs, ones behind false;
    Rsqrt rsqrt by unary, rsqrt by unary, ones behind false;
    Log log_f64 by unary_pairs, log_f32 by unary_pairs, ones behind true;
    Log2 log2_f64 by unary_pairs, log2_f32 by unary_pairs, ones behind true;
    Log10 log10_f64 by unary_pairs, log10_f32 by unary_pairs, ones behind true;
    Log1p log1p_f64 by unary_pairs, log1p_f32 by unary_pairs, ones behind false;
    Sin sin_f64 by unary, sin_f32_wide by wide, ones behind false;
    Cos cos_f64 by unary, cos_f32_wide by wide, ones behind false;
    Sinh sinh_f64 by unary_pairs, sinh_f32 by unary_pairs, ones behind false;
    Cosh cosh_f64 by unary_pairs, cosh_f32 by unary_pairs, ones behind false;
    Tan tan_f64 by unary_pairs, tan_f32 by unary_pairs, ones behind false;
    Asin asin_f64 by unary_pairs, asin_f32 by unary_pairs, ones behind false;
    Acos acos_f64 by unary_pairs, acos_f32 by unary_pairs, ones behind false;
    Atan atan_f64 by unary_pairs, atan_f32 by unary_pairs, ones behind false;
    Sinpi sinpi_f64 by unary, sinpi_f32_wide by wide, ones behind false;
    Cospi cospi_f64 by unary, cospi_f32_wide by wide, ones behind false;
    Tanpi tanpi_f64 by unary_pairs, tanpi_f32_wide by wide, ones behind false;
    Tanh tanh_f64 by unary_pairs, tanh_f32 by unary_pairs, ones behind false;
    Erf erf by unary_pairs, erf by unary_pairs, ones behind false;
    Erfc erfc by unary_pairs, erfc by unary_pairs, ones behind false;
    Sigmoid sigmoid by unary_pairs, sigmoid by unary_pairs, ones behind false;
    Softplus softplus by unary_pairs, softplus by unary_pairs, ones behind false;
    Logit logit by unary_pairs, logit by unary_pairs, ones behind false;
    Asinh asinh_f64 by unary_pairs, asinh_f32 by unary_pairs, ones behind false;
    Acosh acosh_f64 by unary_pairs, acosh_f32 by unary_pairs, ones behind true;
    Atanh atanh_f64 by unary_pairs, atanh_f32 by unary_pairs, ones behind false;
}

/// Correctly rounded functions of `f32`; of those that have a native one as well, for who wants that.
macro_rules! wide_functions {
    ($($op:ident $function:ident, total $total:literal, $usual:ident, $rare:expr;)*) => {$(
        impl WideLanes for $op {
            const TOTAL: bool = $total;
            #[inline(always)]
            fn apply<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> { math::$function(x) }
            #[inline(always)]
            fn usual<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Mask<f32, S> { math::$usual(x) }
            fn rare(x: f64) -> f64 { $rare(x) }
        }
    )*};
}

wide_functions! {
    Exp exp_f32_wide, total true, any_f32, |x| x;
    Log log_f32_wide, total false, positive_f32, math::log_f32_rare;
    Sin sin_f32_wide, total false, moderate_f32, math::sin_f32_rare;
    Cos cos_f32_wide, total false, moderate_f32, math::cos_f32_rare;
    Sinpi sinpi_f32_wide, total true, any_f32, |x| x;
    Cospi cospi_f32_wide, total true, any_f32, |x| x;
    Tanpi tanpi_f32_wide, total true, any_f32, |x| x;
}

// ---- two operands

macro_rules! binary_lanes {
    ($($op:ident for $lane:ident on $simd:ident: |$a:ident, $b:ident| $body:expr;)*) => {$(
        impl<T: $lane, S: $simd<T>> BinaryLanes<T, S> for $op {
            #[inline(always)]
            fn apply($a: Reg<T, S>, $b: Reg<T, S>) -> Reg<T, S> { $body }
        }
        impl<T: $lane, S: $simd<T>> BinaryKernel<T, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, T>, b: Operand<'_, T>, out: Out<'o, T>) -> Filled<'o> {
                elementwise::binary::<T, S, Self>(isa, a, b, out)
            }
        }
    )*};
}

binary_lanes! {
    Add for Lane on Simd: |a, b| a + b;
    Subtract for Lane on Simd: |a, b| a - b;
    Multiply for Lane on Simd: |a, b| a * b;
    Maximum for Lane on Simd: |a, b| b.ne(b).select(b, a.larger(b));
    Minimum for Lane on Simd: |a, b| b.ne(b).select(b, a.smaller(b));
    CopySign for FloatLane on SimdFloat: |a, b| a.abs() | b & b.with(-T::ZERO);
    Heaviside for FloatLane on SimdFloat: |a, b| heaviside(a, b);
    BitAnd for Lane on SimdInt: |a, b| a & b;
    BitOr for Lane on SimdInt: |a, b| a | b;
    BitXor for Lane on SimdInt: |a, b| a ^ b;
    ShiftLeft for Lane on SimdInt: |a, b| a.shl(b);
    ShiftRight for Lane on SimdInt: |a, b| a.shr(b);
}

#[inline(always)]
fn heaviside<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>, at_zero: Reg<T, S>) -> Reg<T, S> {
    let (zero, one) = (x.with(T::ZERO), x.with(T::ONE));
    let step = x.gt(zero).select(one, x.lt(zero).select(zero, x));
    x.eq(zero).select(at_zero, step)
}

/// The kernels of what only floats have, or have in a way of their own.
macro_rules! float_binary {
    ($($op:ident)*) => {$(
        float_binary!(@ $op f32);
        float_binary!(@ $op f64);
    )*};
    (@ $op:ident $t:ty) => {
        impl<S: SimdFloat<$t>> BinaryKernel<$t, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                elementwise::binary::<$t, S, Self>(isa, a, b, out)
            }
        }
    };
}
float_binary! { Divide Fmod FloorDivide Remainder Fmax Fmin NextAfter Scalb Power LogAddExp LogAddExp2 Hypot Atan2 }

macro_rules! exponents {
    ($($t:ident $logb:ident $scalb:ident;)*) => {$(
        impl<S: SimdFloat<$t>> UnaryLanes<$t, S> for Logb {
            const SHORT: bool = true;
            #[inline(always)]
            fn apply(x: Reg<$t, S>) -> Reg<$t, S> { exponent::$logb(x) }
        }
        impl<S: SimdFloat<$t>> UnaryKernel<$t, S> for Logb {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                elementwise::unary::<$t, S, Self>(isa, x, out)
            }
        }
        impl<S: SimdFloat<$t>> BinaryLanes<$t, S> for Scalb {
            const SHORT: bool = false;
            #[inline(always)]
            fn apply(x: Reg<$t, S>, n: Reg<$t, S>) -> Reg<$t, S> { exponent::$scalb(x, n) }
        }
    )*};
}
exponents! { f32 logb_f32 scalb_f32; f64 logb_f64 scalb_f64; }

macro_rules! float_functions_of_two {
    ($($op:ident $f64:ident $f32:ident;)*) => {$(
        float_functions_of_two!(@ $op f64 $f64);
        float_functions_of_two!(@ $op f32 $f32);
    )*};
    (@ $op:ident $t:ident $function:ident) => {
        impl<S: SimdFloat<$t>> BinaryLanes<$t, S> for $op {
            const SHORT: bool = false;
            #[inline(always)]
            fn apply(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$t, S> { math::$function(a, b) }
        }
    };
}
float_functions_of_two! {
    Power pow_f64 pow_f32;
    LogAddExp logaddexp logaddexp;
    LogAddExp2 logaddexp2 logaddexp2;
    Hypot hypot hypot;
    Atan2 atan2_f64 atan2_f32;
}

macro_rules! float_lanes {
    ($($op:ident, short $short:literal: |$a:ident, $b:ident| $body:expr;)*) => {$(
        impl<T: FloatLane, S: SimdFloat<T>> BinaryLanes<T, S> for $op {
            const SHORT: bool = $short;
            #[inline(always)]
            fn apply($a: Reg<T, S>, $b: Reg<T, S>) -> Reg<T, S> { $body }
        }
    )*};
}
float_lanes! {
    Divide, short true: |a, b| a / b;
    Fmax, short true: |a, b| a.is_nan().select(b, a.larger(b));
    Fmin, short true: |a, b| a.is_nan().select(b, a.smaller(b));
    NextAfter, short false: |a, b| neighbours::next_after(a, b);
}

// ---- three operands

macro_rules! ternary_lanes {
    ($($op:ident for $lane:ident on $simd:ident: |$a:ident, $b:ident, $c:ident| $body:expr;)*) => {$(
        impl<T: $lane, S: $simd<T>> TernaryLanes<T, S> for $op {
            #[inline(always)]
            fn apply($a: Reg<T, S>, $b: Reg<T, S>, $c: Reg<T, S>) -> Reg<T, S> { $body }
        }
        impl<T: $lane, S: $simd<T>> TernaryKernel<T, S> for $op {
            #[inline(always)]
            fn run<'o>(
                isa: S,
                a: Operand<'_, T>,
                b: Operand<'_, T>,
                c: Operand<'_, T>,
                out: Out<'o, T>,
            ) -> Filled<'o> {
                elementwise::ternary::<T, S, Self>(isa, a, b, c, out)
            }
        }
    )*};
}

ternary_lanes! {
    MulAdd for FloatLane on SimdFloat: |a, b, c| a.mul_add(b, c);
    Clip for Lane on Simd: |a, b, c| Minimum::apply(Maximum::apply(a, b), c);
}

// ---- complex numbers

macro_rules! complex {
    ($($op:ident($($x:ident)*): $kernel:ident $function:ident by $lanes:ident on $registers:ident, $number:expr;)*) => {$(
        complex!(@f32 $op($($x)*): $kernel $function by $lanes on $registers, $number);
        complex!(@f64 $op($($x)*): $kernel $function by $lanes on $registers, $number);
    )*};
    (@$t:ident $op:ident($($x:ident)*): $kernel:ident $function:ident by $lanes:ident on $registers:ident, $number:expr) => {
        impl<S: SimdFloat<$t>> $kernel<Complex<$t>, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, $($x: Operand<'_, Complex<$t>>,)* out: Out<'o, Complex<$t>>) -> Filled<'o> {
                let isa = complex!(@value $registers isa);
                complex::$function::<$t, S, complex!(@type $registers), $lanes>(isa, $($x,)* out, $number)
            }
        }
    };
    (@type parts) => { S };
    (@type neighbours) => { Pair<S> };
    (@value parts $isa:ident) => { $isa };
    (@value neighbours $isa:ident) => { Pair($isa) };
}
complex! {
    Negative(x): UnaryKernel unary by Negative on parts, |x| -x;
    Positive(x): UnaryKernel unary by Positive on parts, |x| x;
    Square(x): UnaryKernel unary by Product on neighbours, |x| x * x;
    Add(a b): BinaryKernel binary by Add on parts, |a, b| a + b;
    Subtract(a b): BinaryKernel binary by Subtract on parts, |a, b| a - b;
    Multiply(a b): BinaryKernel binary by Product on neighbours, |a, b| a * b;
    Divide(a b): BinaryKernel binary by Quotient on neighbours, complex::divide;
}
