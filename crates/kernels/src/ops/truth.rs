//! Comparisons and predicates: from registers to truth values.

use super::{
    BinaryKernel, BitAnd, BitOr, BitXor, CompareKernel, Equal, Greater, GreaterEqual, IsFinite, IsInf, IsNan,
    IsNegInf, IsPosInf, Less, LessEqual, LogicalAnd, LogicalNot, LogicalOr, LogicalXor, NotEqual,
    PredicateKernel, SignBit, bytes_operand,
};
use crate::plain::check_operand;
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Isa, Lane, Simd, SimdFloat};
use crate::{complex, logic};
use isonum_core::operand::{Filled, Operand, Out};
use num_complex::Complex;

/// A comparison of registers.
pub trait CompareLanes<T: Lane, S: Simd<T>> {
    /// The comparison.
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Mask<T, S>;
}

/// A predicate of a register.
pub trait PredicateLanes<T: Lane, S: Simd<T>> {
    /// The predicate.
    fn apply(x: Reg<T, S>) -> Mask<T, S>;
}

// ---- comparisons

macro_rules! compare_lanes {
    ($($op:ident: |$a:ident, $b:ident| $body:expr;)*) => {$(
        impl<T: Lane, S: Simd<T>> CompareLanes<T, S> for $op {
            #[inline(always)]
            fn apply($a: Reg<T, S>, $b: Reg<T, S>) -> Mask<T, S> { $body }
        }
        impl<T: Lane, S: Simd<T>> CompareKernel<T, S> for $op
        where
            Scalar: Simd<T>,
        {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, T>, b: Operand<'_, T>, out: Out<'o, bool>) -> Filled<'o> {
                logic::compare::<T, S, Self>(isa, a, b, out)
            }
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
    LogicalAnd: |a, b| !(is_zero(a) | is_zero(b));
    LogicalOr: |a, b| !(is_zero(a) & is_zero(b));
    LogicalXor: |a, b| (is_zero(a) | is_zero(b)) & !(is_zero(a) & is_zero(b));
}

#[inline(always)]
fn is_zero<T: Lane, S: Simd<T>>(x: Reg<T, S>) -> Mask<T, S> {
    x.eq(x.with(T::ZERO))
}

macro_rules! of_bools {
    (compare $($op:ident)*) => {$(
        impl<S: Isa> CompareKernel<bool, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, bool>, b: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
                logic::compare::<u8, S, Self>(isa, bytes_operand(a), bytes_operand(b), out)
            }
        }
    )*};
    (bitwise $($op:ident by $bits:ident;)*) => {$(
        impl<S: Isa> CompareKernel<bool, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, bool>, b: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
                check_operand(&a, out.rows(), out.len());
                check_operand(&b, out.rows(), out.len());
                <$bits as BinaryKernel<bool, S>>::run(isa, a, b, out)
            }
        }
    )*};
}
of_bools! { compare Equal NotEqual Less LessEqual Greater GreaterEqual }
of_bools! { bitwise LogicalAnd by BitAnd; LogicalOr by BitOr; LogicalXor by BitXor; }

macro_rules! of_complex {
    ($($op:ident by $function:ident, $argument:expr;)*) => {$(
        of_complex!(@ f32 $op $function $argument);
        of_complex!(@ f64 $op $function $argument);
    )*};
    (@ $t:ident $op:ident $function:ident $argument:expr) => {
        impl<S: SimdFloat<$t>> CompareKernel<Complex<$t>, S> for $op {
            #[inline(always)]
            fn run<'o>(
                isa: S,
                a: Operand<'_, Complex<$t>>,
                b: Operand<'_, Complex<$t>>,
                out: Out<'o, bool>,
            ) -> Filled<'o> {
                complex::$function(isa, a, b, out, $argument)
            }
        }
    };
}
of_complex! {
    Equal by compare, true;
    NotEqual by compare, false;
    LogicalAnd by logical, |a, b| a & b;
    LogicalOr by logical, |a, b| a | b;
    LogicalXor by logical, |a, b| a ^ b;
}

// ---- predicates

macro_rules! predicates {
    ($op:ident for $t:ty, $simd:ident) => {
        impl<S: $simd<$t>> PredicateKernel<$t, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, $t>, out: Out<'o, bool>) -> Filled<'o> {
                logic::predicate::<$t, S, Self>(isa, x, out)
            }
        }
    };
    (float $($op:ident: |$x:ident| $body:expr;)*) => {$(
        impl<T: FloatLane, S: SimdFloat<T>> PredicateLanes<T, S> for $op {
            #[inline(always)]
            fn apply($x: Reg<T, S>) -> Mask<T, S> { $body }
        }
        predicates!($op for f32, SimdFloat);
        predicates!($op for f64, SimdFloat);
    )*};
    (integer $($t:ident)*) => {$(
        predicates!(always $t, IsNan false, IsInf false, IsNegInf false, IsPosInf false, IsFinite true);
    )*};
    (signed $($t:ident)*) => {$(
        impl<S: Simd<$t>> PredicateLanes<$t, S> for SignBit {
            #[inline(always)]
            fn apply(x: Reg<$t, S>) -> Mask<$t, S> { negative(x) }
        }
        predicates!(SignBit for $t, Simd);
    )*};
    (unsigned $($t:ident)*) => {$(
        predicates!(always $t, SignBit false);
    )*};
    (always $t:ident $(, $op:ident $value:literal)*) => {$(
        impl<S: Isa> PredicateKernel<$t, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, $t>, out: Out<'o, bool>) -> Filled<'o> {
                logic::always(isa, $value, x, out)
            }
        }
    )*};
    (complex $($op:ident of $which:ident;)*) => {$(
        predicates!(@complex f32 $op $which);
        predicates!(@complex f64 $op $which);
    )*};
    (@complex $t:ident $op:ident $which:ident) => {
        impl<S: SimdFloat<$t>> PredicateKernel<Complex<$t>, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, x: Operand<'_, Complex<$t>>, out: Out<'o, bool>) -> Filled<'o> {
                complex::predicate::<$t, S, Self>(isa, x, out, predicates!(@$which))
            }
        }
    };
    (@either) => { |re, im| re | im };
    (@both) => { |re, im| re & im };
}
predicates! { float
    IsNan: |x| x.is_nan();
    IsInf: |x| x.abs().eq(x.with(T::infinity()));
    IsFinite: |x| x.abs().lt(x.with(T::infinity()));
    IsNegInf: |x| x.eq(x.with(-T::infinity()));
    IsPosInf: |x| x.eq(x.with(T::infinity()));
    SignBit: |x| Mask::from_raw(x.isa(), negative(x.to_bits()).raw);
}
predicates! { integer i8 i16 i32 i64 u8 u16 u32 u64 }
predicates! { signed i8 i16 i32 i64 }
predicates! { unsigned u8 u16 u32 u64 }
predicates! { always bool, IsNan false, IsInf false, IsFinite true }
predicates! { complex
    IsNan of either;
    IsInf of either;
    IsFinite of both;
    LogicalNot of both;
}

#[inline(always)]
fn negative<T: Lane, S: Simd<T>>(x: Reg<T, S>) -> Mask<T, S> {
    x.lt(x.with(T::ZERO))
}

impl<T: Lane, S: Simd<T>> PredicateLanes<T, S> for LogicalNot {
    #[inline(always)]
    fn apply(x: Reg<T, S>) -> Mask<T, S> {
        is_zero(x)
    }
}

impl<T: Lane, S: Simd<T>> PredicateKernel<T, S> for LogicalNot
where
    Scalar: Simd<T>,
{
    #[inline(always)]
    fn run<'o>(isa: S, x: Operand<'_, T>, out: Out<'o, bool>) -> Filled<'o> {
        logic::predicate::<T, S, Self>(isa, x, out)
    }
}

impl<S: Isa> PredicateKernel<bool, S> for LogicalNot {
    #[inline(always)]
    fn run<'o>(isa: S, x: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
        check_operand(&x, out.rows(), out.len());
        <BitXor as BinaryKernel<bool, S>>::run(isa, x, Operand::Scalar(true), out)
    }
}
