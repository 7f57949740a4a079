//! Conversions between element types: Rust's `as`, extended to `bool` and complex numbers.

use isonum_core::operand::{AnyOut, Filled, Rows};
use isonum_core::{Complex32, Complex64, Element};
use num_complex::Complex;

/// `as` between any two element types.
pub trait As<U>: Element {
    /// The conversion.
    fn convert(self) -> U;
}

macro_rules! real {
    ($($t:ident)*) => {$(
        real!(@to $t: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64);
        impl As<bool> for $t {
            #[inline(always)]
            fn convert(self) -> bool { self != 0 as $t }
        }
        impl As<Complex32> for $t {
            #[inline(always)]
            fn convert(self) -> Complex32 { Complex::new(self as f32, 0.0) }
        }
        impl As<Complex64> for $t {
            #[inline(always)]
            fn convert(self) -> Complex64 { Complex::new(self as f64, 0.0) }
        }
        impl As<$t> for bool {
            #[inline(always)]
            fn convert(self) -> $t { self as u8 as $t }
        }
        impl As<$t> for Complex32 {
            #[inline(always)]
            fn convert(self) -> $t { self.re as $t }
        }
        impl As<$t> for Complex64 {
            #[inline(always)]
            fn convert(self) -> $t { self.re as $t }
        }
    )*};
    (@to $t:ident: $($u:ident)*) => {$(
        impl As<$u> for $t {
            #[inline(always)]
            fn convert(self) -> $u { self as $u }
        }
    )*};
}
real!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64);

impl As<bool> for bool {
    #[inline(always)]
    fn convert(self) -> bool {
        self
    }
}

macro_rules! complex {
    ($($t:ident $part:ident;)*) => {$(
        impl As<bool> for $t {
            #[inline(always)]
            fn convert(self) -> bool { self.re != 0.0 || self.im != 0.0 }
        }
        impl As<$t> for bool {
            #[inline(always)]
            fn convert(self) -> $t { Complex::new(self as u8 as $part, 0.0) }
        }
        impl As<Complex32> for $t {
            #[inline(always)]
            fn convert(self) -> Complex32 { Complex::new(self.re as f32, self.im as f32) }
        }
        impl As<Complex64> for $t {
            #[inline(always)]
            fn convert(self) -> Complex64 { Complex::new(self.re as f64, self.im as f64) }
        }
    )*};
}
complex!(Complex32 f32; Complex64 f64;);

/// A type that converts to every element type.
pub trait AsAny:
    As<f32>
    + As<f64>
    + As<i8>
    + As<i16>
    + As<i32>
    + As<i64>
    + As<u8>
    + As<u16>
    + As<u32>
    + As<u64>
    + As<bool>
    + As<Complex32>
    + As<Complex64>
{
}
impl<T> AsAny for T where
    T: As<f32>
        + As<f64>
        + As<i8>
        + As<i16>
        + As<i32>
        + As<i64>
        + As<u8>
        + As<u16>
        + As<u32>
        + As<u64>
        + As<bool>
        + As<Complex32>
        + As<Complex64>
{
}

/// `out = x as U`, whatever `U` the output has.
#[inline(always)]
pub fn cast<'o, T: AsAny>(x: Rows<'_, T>, out: AnyOut<'o>) -> Filled<'o> {
    macro_rules! arms {
        ($($variant:ident $u:ty;)*) => {
            match out {
                $(AnyOut::$variant(out) => crate::plain::convert(x, out, <T as As<$u>>::convert),)*
                _ => unreachable!("an element type without a conversion"),
            }
        };
    }
    arms! {
        F32 f32; F64 f64; I8 i8; I16 i16; I32 i32; I64 i64; U8 u8; U16 u16; U32 u32; U64 u64;
        Bool bool; C32 Complex32; C64 Complex64;
    }
}
