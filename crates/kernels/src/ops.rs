//! The operations of the registry as types: what each does to registers, or to elements that are not lanes.
//!
//! One unit struct for each row of the registry, implementing the kernel trait of its family for every element
//! type of its class. A missing implementation is a compile error in every backend.

use crate::complex::{self, Product, Quotient};
use crate::elementwise::{self, BinaryLanes, TernaryLanes, UnaryLanes};
use crate::math;
use crate::pair::Pair;
use crate::plain;
use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, Isa, Lane, Simd, SimdFloat, SimdInt};
use crate::wide::{self, WideLanes};
use isonum_core::operand::{Filled, Operand, Out, Rows};
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

/// A comparison of registers, and of elements that are not lanes.
pub trait CompareLanes<T: Lane, S: Simd<T>> {
    /// The comparison.
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Mask<T, S>;
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
    BitNot for Lane on SimdInt: |x| !x;
}

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
    Exp exp_f64 by unary_pairs, exp_f32_wide by wide, ones behind false;
    Exp2 exp2_f64 by unary_pairs, exp2_f32 by unary_pairs, ones behind false;
    Log log_f64 by unary_pairs, log_f32 by unary_pairs, ones behind true;
    Sin sin_f64 by unary, sin_f32_wide by wide, ones behind false;
    Cos cos_f64 by unary, cos_f32_wide by wide, ones behind false;
    Tan tan_f64 by unary_pairs, tan_f32 by unary_pairs, ones behind false;
    Asin asin_f64 by unary_pairs, asin_f32 by unary_pairs, ones behind false;
    Acos acos_f64 by unary_pairs, acos_f32 by unary_pairs, ones behind false;
    Atan atan_f64 by unary_pairs, atan_f32 by unary_pairs, ones behind false;
    Sinpi sinpi_f64 by unary, sinpi_f32_wide by wide, ones behind false;
    Cospi cospi_f64 by unary, cospi_f32_wide by wide, ones behind false;
    Tanpi tanpi_f64 by unary, tanpi_f32_wide by wide, ones behind false;
    Tanh tanh_f64 by unary_pairs, tanh_f32 by unary_pairs, ones behind false;
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
    BitAnd for Lane on SimdInt: |a, b| a & b;
    BitOr for Lane on SimdInt: |a, b| a | b;
    BitXor for Lane on SimdInt: |a, b| a ^ b;
    ShiftLeft for Lane on SimdInt: |a, b| a.shl(b);
    ShiftRight for Lane on SimdInt: |a, b| a.shr(b);
}

macro_rules! divisions {
    (float $($t:ty)*) => {$(
        impl<S: SimdFloat<$t>> BinaryLanes<$t, S> for Divide {
            #[inline(always)]
            fn apply(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$t, S> { a / b }
        }
        impl<S: SimdFloat<$t>> BinaryKernel<$t, S> for Divide {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                elementwise::binary::<$t, S, Self>(isa, a, b, out)
            }
        }
        impl<S: SimdFloat<$t>> BinaryKernel<$t, S> for Fmod {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                elementwise::binary::<$t, S, Self>(isa, a, b, out)
            }
        }
    )*};
    (integer $($t:ty: $divide:expr, $remainder:expr;)*) => {$(
        impl<S> BinaryKernel<$t, S> for Divide {
            #[inline(always)]
            fn run<'o>(_: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                plain::binary(a, b, out, $divide)
            }
        }
        impl<S> BinaryKernel<$t, S> for Fmod {
            #[inline(always)]
            fn run<'o>(_: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                plain::binary(a, b, out, $remainder)
            }
        }
    )*};
}
divisions!(float f32 f64);
divisions! { integer
    i8: quotient::i8, remainder::i8;
    i16: quotient::i16, remainder::i16;
    i32: quotient::i32, remainder::i32;
    u8: quotient::u8, remainder::u8;
    u16: quotient::u16, remainder::u16;
    u32: quotient::u32, remainder::u32;
    // No instruction set here divides vectors of integers, and no float holds these: 1.7 ns an element on Zen 4, on vector
    // backends and on scalar.
    i64: i64::wrapping_div, i64::wrapping_rem;
    u64: u64::wrapping_div, u64::wrapping_rem;
}

/// Quotients of integers by division of floats, which are vectors.
///
/// The quotient of floats that hold both integers, cut, is that of the integers: it could only differ if rounding reached
/// the next integer `n`, which is `1 / b` or more away, and that is more than half a unit in the last place of `n` where
/// `n b < 2^24` (`f32`; here at most 2^17) or `2^53` (`f64`; at most 2^33).
///
/// Nobody divides by zero, drivers see to that; who does gets 0, and as a remainder the dividend.
mod quotient {
    macro_rules! quotients {
        ($($t:ident in $float:ident via $via:ident;)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                let q = $float::from(a) / $float::from(b);
                let q = if b == 0 { 0.0 } else { q };
                // `MIN / -1` wraps.
                let q = if q > $t::MAX as $float { $t::MIN as $float } else { q };
                // SAFETY: finite, and its integer part is a value of both types.
                unsafe { q.to_int_unchecked::<$via>() as $t }
            }
        )*};
    }
    quotients! {
        i8 in f32 via i32;
        i16 in f32 via i32;
        i32 in f64 via i32;
        u8 in f32 via i32;
        u16 in f32 via i32;
        u32 in f64 via u32;
    }
}

/// What the quotients leave.
mod remainder {
    macro_rules! remainders {
        ($($t:ident)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                a.wrapping_sub(super::quotient::$t(a, b).wrapping_mul(b))
            }
        )*};
    }
    remainders!(i8 i16 i32 u8 u16 u32);
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

// ---- comparisons

macro_rules! compare_lanes {
    ($($op:ident: |$a:ident, $b:ident| $body:expr;)*) => {$(
        impl<T: Lane, S: Simd<T>> CompareLanes<T, S> for $op {
            #[inline(always)]
            fn apply($a: Reg<T, S>, $b: Reg<T, S>) -> Mask<T, S> { $body }
        }
    )*};
}

compare_lanes! {
    Equal: |a, b| a.eq(b);
    NotEqual: |a, b| a.ne(b);
    Less: |a, b| a.lt(b);
    LessEqual: |a, b| a.le(b);
    Greater: |a, b| a.gt(b);
    GreaterEqual: |a, b| a.ge(b);
}

// ---- bool: bytes that are 0 or 1

/// The same rows as bytes.
#[inline(always)]
pub fn bytes<'a>(x: Rows<'a, bool>) -> Rows<'a, u8> {
    // SAFETY: a `bool` is a byte that is 0 or 1, and the rows are the same.
    unsafe { Rows::from_raw(x.pointer(0).cast(), x.rows(), x.len(), x.stride()) }
}

/// The same operand as bytes.
#[inline(always)]
pub fn bytes_operand<'a>(x: Operand<'a, bool>) -> Operand<'a, u8> {
    match x {
        Operand::Slice(x) => Operand::Slice(bytes(x)),
        Operand::Column(x) => Operand::Column(bytes(x)),
        Operand::Scalar(x) => Operand::Scalar(x as u8),
        Operand::Out => Operand::Out,
    }
}

/// The same elements as bytes.
#[inline(always)]
pub fn byte_slice(x: &[bool]) -> &[u8] {
    // SAFETY: a `bool` is a byte that is 0 or 1.
    unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), x.len()) }
}

/// The same output as bytes.
///
/// # Safety
/// Only zeros and ones are written.
#[inline(always)]
pub unsafe fn bytes_out<'o>(mut out: Out<'o, bool>) -> Out<'o, u8> {
    let (rows, len, (row_stride, stride)) = (out.rows(), out.len(), out.strides());
    // SAFETY: the same elements; the caller's for what is written.
    unsafe { Out::from_raw_grid(out.pointer(0).cast(), rows, len, row_stride, stride) }
}

macro_rules! bool_binary {
    ($($op:ident as $lanes:ident;)*) => {$(
        impl<S: Isa> BinaryKernel<bool, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, bool>, b: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
                // SAFETY: the operation maps zeros and ones to zeros and ones.
                let out = unsafe { bytes_out(out) };
                elementwise::binary::<u8, S, $lanes>(isa, bytes_operand(a), bytes_operand(b), out)
            }
        }
    )*};
}
bool_binary! {
    Add as BitOr;
    Multiply as BitAnd;
    Maximum as BitOr;
    Minimum as BitAnd;
    BitAnd as BitAnd;
    BitOr as BitOr;
    BitXor as BitXor;
}

impl<S: Isa> UnaryKernel<bool, S> for BitNot {
    #[inline(always)]
    fn run<'o>(isa: S, x: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
        <BitXor as BinaryKernel<bool, S>>::run(isa, x, Operand::Scalar(true), out)
    }
}

impl<S: Isa> TernaryKernel<bool, S> for Clip {
    #[inline(always)]
    fn run<'o>(
        isa: S,
        a: Operand<'_, bool>,
        b: Operand<'_, bool>,
        c: Operand<'_, bool>,
        out: Out<'o, bool>,
    ) -> Filled<'o> {
        // SAFETY: the operation returns one of its operands.
        let out = unsafe { bytes_out(out) };
        elementwise::ternary::<u8, S, Clip>(isa, bytes_operand(a), bytes_operand(b), bytes_operand(c), out)
    }
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
    Square(x): UnaryKernel unary by Product on neighbours, |x| x * x;
    Add(a b): BinaryKernel binary by Add on parts, |a, b| a + b;
    Subtract(a b): BinaryKernel binary by Subtract on parts, |a, b| a - b;
    Multiply(a b): BinaryKernel binary by Product on neighbours, |a, b| a * b;
    Divide(a b): BinaryKernel binary by Quotient on neighbours, complex::divide;
}
