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
    /// The same, of integers of 64 bits by their halves, for instruction sets that do not convert them.
    #[inline(always)]
    fn convert_by_halves(self) -> U {
        self.convert()
    }
}

/// Rust's `as` from floats to integers, in steps that compilers make vectors of: cut towards zero, what is outside is the
/// nearest value, NaN is zero. `as` itself takes .75 ns an element on every instruction set.
///
/// Where floats hold every value of the integer type, they are limited before they are converted; else what was outside
/// is corrected afterwards, of unsigned types above only.
macro_rules! float_to_integer {
    ($t:ident: held $($held:ident via $via:ident)*; signed $($signed:ident)*; unsigned $($unsigned:ident)*;) => {
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
        $(impl As<$signed> for $t {
            #[inline(always)]
            fn convert(self) -> $signed {
                // SAFETY: finite, and its integer part is a value of the type.
                float_to_integer!(@signed self $t $signed, |x| unsafe { x.to_int_unchecked() })
            }
            #[inline(always)]
            fn convert_by_halves(self) -> $signed {
                if size_of::<$signed>() < 8 {
                    return self.convert();
                }
                float_to_integer!(@signed self $t $signed, |x| integer_of_halves(x as f64) as $signed)
            }
        })*
        $(impl As<$unsigned> for $t {
            #[inline(always)]
            fn convert(self) -> $unsigned {
                // SAFETY: finite, and its integer part is a value of the type.
                float_to_integer!(@unsigned self $t $unsigned, |x| unsafe { x.to_int_unchecked() })
            }
            #[inline(always)]
            fn convert_by_halves(self) -> $unsigned {
                if size_of::<$unsigned>() < 8 {
                    return self.convert();
                }
                float_to_integer!(@unsigned self $t $unsigned, |x| integer_of_halves(x as f64) as $unsigned)
            }
        })*
    };
    (@signed $self:ident $t:ident $u:ident, |$x:ident| $integer:expr) => {{
        const LOWEST: $t = $u::MIN as $t;
        // One more than the largest: a power of two, so exact.
        const END: $t = ($u::MAX / 2 + 1) as $t * 2.0;
        #[allow(clippy::manual_range_contains)] // That has a branch.
        let inside = ($self >= LOWEST) & ($self < END);
        let $x = if inside { $self } else { 0.0 };
        let x: $u = $integer;
        let x = if $self < LOWEST { $u::MIN } else { x };
        if $self >= END { $u::MAX } else { x }
    }};
    (@unsigned $self:ident $t:ident $u:ident, |$x:ident| $integer:expr) => {{
        const END: $t = ($u::MAX / 2 + 1) as $t * 2.0;
        const LARGEST: $t = END.next_down();
        // NaN last: compilers exchange the two limits, and NaN is at one of them then.
        let x = if $self < 0.0 { 0.0 } else { $self };
        let x = if x > LARGEST { LARGEST } else { x };
        let $x = if x.is_nan() { 0.0 } else { x };
        let x: $u = $integer;
        if $self >= END { $u::MAX } else { x }
    }};
}
float_to_integer! { f32: held i8 via i32 i16 via i32 u8 via i32 u16 via i32; signed i32 i64; unsigned u32 u64; }
float_to_integer! { f64: held i8 via i32 i16 via i32 i32 via i32 u8 via i32 u16 via i32 u32 via u32; signed i64; unsigned u64; }

/// 2⁵²: doubles from here to twice as much are integers, which their lowest 52 bits count.
const COUNTED: f64 = (1_u64 << 52) as f64;

/// The integer part of a number from −2⁶³ to below 2⁶⁴, as two integers of 32 bits.
#[inline(always)]
fn integer_of_halves(x: f64) -> u64 {
    const HALF: f64 = (1_u64 << 32) as f64;
    let x = x.trunc();
    let high = (x * (1.0 / HALF)).floor();
    let low = high.mul_add(-HALF, x);
    // Both are exact. What is below zero has its two's complement in the lowest bits, for there is more to borrow from.
    let high = (high + 1.5 * COUNTED).to_bits();
    let low = (low + COUNTED).to_bits();
    (high << 32) | (low & 0xffff_ffff)
}

/// `x as f64`: both halves as the lowest bits of doubles that are as large as their places, and one rounding.
#[inline(always)]
fn double_of_halves(x: i64) -> f64 {
    // 2⁸⁴, of which the lowest bit counts 2³², and 2⁶³ for the sign.
    const HIGH: f64 = COUNTED * (1_u64 << 32) as f64 + (1_u64 << 63) as f64;
    let low = f64::from_bits((x as u64 & 0xffff_ffff) | COUNTED.to_bits());
    let high = f64::from_bits(((x as u64) >> 32) ^ HIGH.to_bits());
    (high - (HIGH + COUNTED)) + low
}

impl As<f64> for i64 {
    #[inline(always)]
    fn convert(self) -> f64 {
        self as f64
    }
    #[inline(always)]
    fn convert_by_halves(self) -> f64 {
        double_of_halves(self)
    }
}
impl As<f32> for u64 {
    #[inline(always)]
    fn convert(self) -> f32 {
        self as f32
    }
    #[inline(always)]
    fn convert_by_halves(self) -> f32 {
        // The nearest double and then the nearest `f32` are not always the nearest. Where doubles do not hold every integer,
        // the lowest 11 bits become one: whether any of them is set.
        let some = ((self & 0x7ff) + 0x7ff) & 0x800;
        let rounded = (self & !0x7ff) | some;
        (if self < 1 << 53 { self } else { rounded }) as f64 as f32
    }
}

macro_rules! real {
    ($($t:ident: $($u:ident)*;)*) => {$(
        real!(@to $t: $($u)*);
        impl As<bool> for $t {
            #[inline(always)]
            fn convert(self) -> bool { self != 0 as $t }
        }
        impl As<Complex32> for $t {
            #[inline(always)]
            fn convert(self) -> Complex32 { Complex::new(As::<f32>::convert(self), 0.0) }
            #[inline(always)]
            fn convert_by_halves(self) -> Complex32 { Complex::new(As::<f32>::convert_by_halves(self), 0.0) }
        }
        impl As<Complex64> for $t {
            #[inline(always)]
            fn convert(self) -> Complex64 { Complex::new(As::<f64>::convert(self), 0.0) }
            #[inline(always)]
            fn convert_by_halves(self) -> Complex64 { Complex::new(As::<f64>::convert_by_halves(self), 0.0) }
        }
        impl As<$t> for bool {
            #[inline(always)]
            fn convert(self) -> $t { self as u8 as $t }
        }
        impl As<$t> for Complex32 {
            #[inline(always)]
            fn convert(self) -> $t { self.re.convert() }
            #[inline(always)]
            fn convert_by_halves(self) -> $t { self.re.convert_by_halves() }
        }
        impl As<$t> for Complex64 {
            #[inline(always)]
            fn convert(self) -> $t { self.re.convert() }
            #[inline(always)]
            fn convert_by_halves(self) -> $t { self.re.convert_by_halves() }
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
    i64: f32 i8 i16 i32 i64 u8 u16 u32 u64;
    u8: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u16: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u32: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
    u64: f64 i8 i16 i32 i64 u8 u16 u32 u64;
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
                $(AnyOut::$variant(out) if S::CONVERTS_64 => plain::convert(x, out, <T as As<$u>>::convert),)*
                $(AnyOut::$variant(out) => plain::convert(x, out, <T as As<$u>>::convert_by_halves),)*
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
                (DType::I32 | DType::U32, DType::I8 | DType::U8) => {
                    low_bytes32(isa, from.cast(), to.cast(), len)
                }
                (DType::I64 | DType::U64, DType::I8 | DType::U8) => {
                    low_bytes64(isa, from.cast(), to.cast(), len)
                }
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
            if $n * <S as Simd<$t>>::LANES != <S as Simd<u8>>::LANES {
                return 0;
            }
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
                let (want, types) = ($x as $u, concat!("from ", stringify!($t), " to ", stringify!($u)));
                assert_eq!(As::<$u>::convert($x), want, "{:?} {types}", $x);
                assert_eq!(As::<$u>::convert_by_halves($x), want, "{:?} {types}, by halves", $x);
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

    #[test]
    fn halves_of_integers_become_floats_as_rust_has_it() {
        let check = |x: u64| {
            for x in [x, x.wrapping_neg()] {
                assert_eq!(As::<f32>::convert_by_halves(x), x as f32, "{x}");
                let x = x as i64;
                assert_eq!(As::<f64>::convert_by_halves(x), x as f64, "{x}");
            }
        };
        // Around all powers of two, and half-way between floats of both types, with and without something beyond.
        for power in 0..64 {
            for other in 0..power.max(1) {
                for near in -3..=3 {
                    check((1_u64 << power).wrapping_add(1 << other).wrapping_add_signed(near));
                    check((1_u64 << power).wrapping_sub(1 << other).wrapping_add_signed(near));
                    check((1_u64 << power).wrapping_add(3 << other).wrapping_add_signed(near));
                }
            }
        }
        let mut x = 1_u64;
        for _ in 0..100_000 {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            check(x);
            check(x >> (x & 63));
        }
    }
}
