//! Conversions between element types: Rust's `as`, extended to `bool` and complex numbers.

use crate::elementwise::check_fits;
use crate::plain;
use crate::reg::Reg;
use crate::simd::{Isa, Simd};
use isonum_core::operand::{AnyOut, Filled, Out, Rows};
use isonum_core::{Complex32, Complex64, DType, Element};
use num_complex::Complex;

/// `as` between any two element types.
pub trait As<U>: Element {
    /// The conversion.
    fn convert(self) -> U;
}

/// Rust's `as` from floats to integers, in steps that compilers make vectors of: cut towards zero, what is outside is the
/// nearest value, NaN is zero. `as` itself takes .75 ns an element on every instruction set.
///
/// Where floats hold every value of the integer type, they are limited before they are converted; else what was outside
/// is corrected afterwards, of unsigned types above only.
macro_rules! float_to_integer {
    ($t:ident: held $($held:ident via $via:ident)*; signed $($other:ident)*; unsigned $($unsigned:ident)*;) => {
        $(impl As<$held> for $t {
            #[inline(always)]
            fn convert(self) -> $held {
                const LOWEST: $t = $held::MIN as $t;
                const LARGEST: $t = $held::MAX as $t;
                let x = if self < LOWEST { LOWEST } else { self };
                let x = if x > LARGEST { LARGEST } else { x };
                let x = if x.is_nan() { 0.0 } else { x };
                // SAFETY: finite, and its integer part is a value of both types.
                unsafe { x.to_int_unchecked::<$via>() as $held }
            }
        })*
        $(impl As<$other> for $t {
            #[inline(always)]
            #[allow(clippy::manual_range_contains)] // That has a branch.
            fn convert(self) -> $other {
                const LOWEST: $t = $other::MIN as $t;
                // One more than the largest: a power of two, so exact.
                const END: $t = ($other::MAX / 2 + 1) as $t * 2.0;
                let inside = (self >= LOWEST) & (self < END);
                let x = if inside { self } else { 0.0 };
                // SAFETY: finite, and its integer part is a value of the type.
                let x: $other = unsafe { x.to_int_unchecked() };
                let x = if self < LOWEST { $other::MIN } else { x };
                if self >= END { $other::MAX } else { x }
            }
        })*
        $(impl As<$unsigned> for $t {
            #[inline(always)]
            fn convert(self) -> $unsigned {
                const END: $t = ($unsigned::MAX / 2 + 1) as $t * 2.0;
                // Zero for NaN.
                let x = if self > 0.0 { self } else { 0.0 };
                let x = if x < END { x } else { END.next_down() };
                // SAFETY: finite, and its integer part is a value of the type.
                let x: $unsigned = unsafe { x.to_int_unchecked() };
                if self >= END { $unsigned::MAX } else { x }
            }
        })*
    };
}
float_to_integer! { f32: held i8 via i32 i16 via i32 u8 via i32 u16 via i32; signed i32 i64; unsigned u32 u64; }
float_to_integer! { f64: held i8 via i32 i16 via i32 i32 via i32 u8 via i32 u16 via i32 u32 via u32; signed i64; unsigned u64; }

macro_rules! real {
    ($($t:ident: $($u:ident)*;)*) => {$(
        real!(@to $t: $($u)*);
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
            fn convert(self) -> $t { self.re.convert() }
        }
        impl As<$t> for Complex64 {
            #[inline(always)]
            fn convert(self) -> $t { self.re.convert() }
        }
    )*};
    (@to $t:ident: $($u:ident)*) => {$(
        impl As<$u> for $t {
            #[inline(always)]
            fn convert(self) -> $u { self as $u }
        }
    )*};
}
real! {
    f32: f32 f64;
    f64: f32 f64;
    i8: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    i16: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    i32: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    i64: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u8: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u16: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u32: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u64: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
}

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
pub fn cast<'o, T: AsAny, S: Isa>(isa: S, x: Rows<'_, T>, out: AnyOut<'o>) -> Filled<'o> {
    macro_rules! arms {
        ($($variant:ident $u:ty;)*) => {
            match out {
                AnyOut::C32(out) if T::DTYPE == DType::C64 => parts::<f64, f32, _, _>(x, out),
                AnyOut::C64(out) if T::DTYPE == DType::C32 => parts::<f32, f64, _, _>(x, out),
                AnyOut::I8(out) => to_bytes(isa, x, out),
                AnyOut::U8(out) => to_bytes(isa, x, out),
                AnyOut::Bool(out) => to_bytes(isa, x, out),
                $(AnyOut::$variant(out) => plain::convert(x, out, <T as As<$u>>::convert),)*
                _ => unreachable!("an element type without a conversion"),
            }
        };
    }
    arms! {
        F32 f32; F64 f64; I16 i16; I32 i32; I64 i64; U16 u16; U32 u32; U64 u64;
        C32 Complex32; C64 Complex64;
    }
}

/// Elements of one byte.
#[inline(always)]
fn to_bytes<'o, T: AsAny + As<U>, U: Element, S: Isa>(
    isa: S,
    x: Rows<'_, T>,
    mut out: Out<'o, U>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.rows() == rows && x.len() == len && out.is_rows(), rows, len);
    for r in 0..rows {
        let (from, to) = (x.pointer(r), out.pointer(r));
        // SAFETY: both rows have `len` elements, of the widths of the types named here.
        let done = unsafe {
            match (T::DTYPE, U::DTYPE) {
                (DType::I16 | DType::U16, DType::Bool) => not_zero(isa, from.cast(), to.cast(), len),
                (DType::I32 | DType::U32, DType::I8 | DType::U8) => low_bytes32(isa, from.cast(), to.cast(), len),
                (DType::I64 | DType::U64, DType::I8 | DType::U8) => low_bytes64(isa, from.cast(), to.cast(), len),
                _ => 0,
            }
        };
        for (to, x) in out.row_mut(r)[done..].iter_mut().zip(&x.row(r)[done..]) {
            to.write(x.convert());
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

macro_rules! packed {
    ($($(#[$meta:meta])* fn $name:ident($t:ty, $n:literal by $pack:ident): |$x:ident| $lane:expr;)*) => {$(
        $(#[$meta])*
        ///
        /// In whole registers of bytes, where the set packs them; returns how many elements that are.
        ///
        /// # Safety
        /// `from` has `len` elements, `to` as many bytes.
        #[inline(always)]
        unsafe fn $name<S: Isa>(isa: S, from: *const $t, to: *mut u8, len: usize) -> usize {
            let mut done = 0;
            while done + <S as Simd<u8>>::LANES <= len {
                let mut lanes = [Simd::<$t>::splat(isa, 0); $n];
                for (k, lane) in lanes.iter_mut().enumerate() {
                    // SAFETY: so many registers have a byte for each lane, and so many elements are left.
                    let $x = unsafe { Reg::<$t, S>::load(isa, from.add(done + k * <S as Simd<$t>>::LANES)) };
                    *lane = $lane.raw;
                }
                let Some(bytes) = isa.$pack(lanes) else { break };
                // SAFETY: as many bytes are left.
                unsafe { Simd::<u8>::store(isa, to.add(done), bytes) };
                done += <S as Simd<u8>>::LANES;
            }
            done
        }
    )*};
}
packed! {
    /// Whether elements are not zero.
    fn not_zero(u16, 2 by pack16): |x| x.smaller(x.with(1));
    /// The lowest byte of each element.
    fn low_bytes32(u32, 4 by pack32): |x| x & x.with(0xff);
    /// The lowest byte of each element.
    fn low_bytes64(u64, 8 by pack64): |x| x & x.with(0xff);
}

/// Complex numbers of parts `A` as such of parts `B`: twice as many parts.
#[inline(always)]
fn parts<'o, A: As<B>, B: Element, T: Element, U: Element>(
    x: Rows<'_, T>,
    mut out: Out<'o, U>,
) -> Filled<'o> {
    assert!(size_of::<T>() == 2 * size_of::<A>() && size_of::<U>() == 2 * size_of::<B>());
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.rows() == rows && x.len() == len && out.is_rows(), rows, len);
    // SAFETY: both have `rows` rows of `len` numbers of two parts each (`repr(C)`).
    unsafe {
        if rows > 0 && len > 0 {
            let x = Rows::from_raw(x.pointer(0).cast::<A>(), rows, 2 * len, 2 * x.stride());
            let out = Out::from_raw(out.pointer(0).cast::<B>(), rows, 2 * len, 2 * out.strides().0);
            let _filled = plain::convert(x, out, <A as As<B>>::convert);
        }
        out.assume_filled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_integers_as_rust_has_it() {
        macro_rules! check {
            ($x:ident $t:ident: $($u:ident)*) => {$(
                assert_eq!(As::<$u>::convert($x), $x as $u, "{:?} from {} to {}", $x, stringify!($t), stringify!($u));
            )*};
        }
        // Every exponent and sign, the ends of all integer types, and some of what is between.
        for bits in (0..=u32::MAX).step_by(4099) {
            let x = f32::from_bits(bits);
            check!(x f32: i8 i16 i32 i64 u8 u16 u32 u64);
            let x = f64::from_bits((u64::from(bits) << 32) | u64::from(bits.rotate_left(7)));
            check!(x f64: i8 i16 i32 i64 u8 u16 u32 u64);
        }
        for power in 0..=70 {
            let end = 2f64.powi(power);
            for x in [end, end.next_down(), end.next_up(), end - 0.5, end - 1.0, end + 0.5] {
                for x in [x, -x] {
                    check!(x f64: i8 i16 i32 i64 u8 u16 u32 u64);
                    let x = x as f32;
                    check!(x f32: i8 i16 i32 i64 u8 u16 u32 u64);
                }
            }
        }
    }
}
