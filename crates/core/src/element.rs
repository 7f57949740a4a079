//! The element types ("dtypes") of arrays, and the ladder of traits over them.
//!
//! Everything generic in the crates above is bounded by one of these sealed traits. A user's generic code
//! writes `T: Float` (or `Real`, `Number`, `Integer`) and nothing else: the ladder implies what kernels need.

use crate::backend::{Backend, Kernels};
use crate::operand::{AnyOut, Out};
use num_complex::Complex;
use std::fmt;

/// Single-precision complex number, two `f32`.
pub type Complex32 = Complex<f32>;
/// Double-precision complex number, two `f64`.
pub type Complex64 = Complex<f64>;

mod sealed {
    pub trait Sealed {}
}

macro_rules! dtypes {
    ($($variant:ident $type:ty, $name:literal, $method:ident;)*) => {
        /// The element types, as values.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum DType {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl DType {
            /// Every element type.
            pub const ALL: &'static [DType] = &[$(DType::$variant),*];

            /// The name as NumPy spells it, such as `"float64"`.
            pub const fn name(self) -> &'static str {
                match self { $(DType::$variant => $name,)* }
            }

            /// The size of one element in bytes.
            pub const fn size(self) -> usize {
                match self { $(DType::$variant => size_of::<$type>(),)* }
            }
        }

        $(
            impl sealed::Sealed for $type {}
        )*
    };
}

dtypes! {
    F32 f32, "float32", f32;
    F64 f64, "float64", f64;
    I8 i8, "int8", i8;
    I16 i16, "int16", i16;
    I32 i32, "int32", i32;
    I64 i64, "int64", i64;
    U8 u8, "uint8", u8;
    U16 u16, "uint16", u16;
    U32 u32, "uint32", u32;
    U64 u64, "uint64", u64;
    Bool bool, "bool", bool;
    C32 Complex32, "complex64", c32;
    C64 Complex64, "complex128", c64;
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A type that arrays can hold: `f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64`.
pub trait Element:
    sealed::Sealed
    + crate::ArrayLike<Self>
    + Copy
    + PartialEq
    + Default
    + fmt::Debug
    + fmt::Display
    + Send
    + Sync
    + 'static
{
    /// The type as a value.
    const DTYPE: DType;
    /// Zero, or `false`.
    const ZERO: Self;
    /// One, or `true`.
    const ONE: Self;
    /// What `sum`, `prod` and `cumsum` give: integers and bools widen to 64 bits (and wrap), others keep their type.
    type Sum: Element;
    /// What `mean`, `var` and `std` give: `f64` for integers and bools, others keep their type.
    type Mean: Element;

    /// The kernels of `backend` for this type.
    fn kernels(backend: &dyn Backend) -> &dyn Kernels<Self>;
    /// `out` with its element type as a value, for kernels that write any type.
    fn any_out<'o>(out: Out<'o, Self>) -> AnyOut<'o>;
    /// Whether the element differs from zero; NaN does.
    fn is_nonzero(self) -> bool {
        self != Self::ZERO
    }
}

/// Elements with an order: the real numbers and `bool`. Floats order as IEEE 754 compares, NaN is unordered.
pub trait Ordered: Element + PartialOrd {
    /// Whether the element is a NaN; never for integers and bools.
    fn is_nan(self) -> bool {
        false
    }
}

/// Numbers: everything but `bool`.
pub trait Number:
    Element
    + std::ops::Add<Output = Self>
    + std::ops::Sub<Output = Self>
    + std::ops::Mul<Output = Self>
    + std::ops::Div<Output = Self>
    + num_traits::NumCast
    + num_traits::ToPrimitive
{
    /// `|self - other|` in `f64`. Of integers the distance is exact and rounded once; of complex numbers it is within
    /// a few units in the last place, and the same bits on every machine.
    fn distance_f64(self, other: Self) -> f64;
}

/// Real numbers: integers and floats.
pub trait Real: Number + Ordered {
    /// The value as `f64`; 64-bit integers round to nearest.
    fn to_f64(self) -> f64;
    /// The nearest value of this type: saturating, fractions cut towards zero, NaN to 0 for integers.
    fn from_f64(x: f64) -> Self;
}

/// `f32` and `f64`.
pub trait Float: Real<Sum = Self, Mean = Self> + num_traits::Float + num_traits::FloatConst {
    /// The complex numbers whose parts are of this type.
    type Complex: ComplexFloat<Part = Self>;
}

/// The eight integer types. Arithmetic on arrays of them wraps.
pub trait Integer: Real + Bits {}

/// Elements with bitwise operations: integers and `bool`.
pub trait Bits: Ordered {}

/// Complex numbers.
pub trait ComplexFloat: Number<Sum = Self, Mean = Self> {
    /// The type of the parts.
    type Part: Float<Complex = Self>;
}

macro_rules! element {
    ($type:ty, $variant:ident, $method:ident, $zero:expr, $one:expr, $sum:ty, $mean:ty) => {
        impl Element for $type {
            const DTYPE: DType = DType::$variant;
            const ZERO: Self = $zero;
            const ONE: Self = $one;
            type Sum = $sum;
            type Mean = $mean;
            #[inline(always)]
            fn kernels(backend: &dyn Backend) -> &dyn Kernels<Self> {
                backend.$method()
            }
            #[inline(always)]
            fn any_out<'o>(out: Out<'o, Self>) -> AnyOut<'o> {
                AnyOut::$variant(out)
            }
        }
    };
}

macro_rules! integer {
    ($($type:ident $variant:ident $sum:ty;)*) => {$(
        element!($type, $variant, $type, 0, 1, $sum, f64);
        impl Ordered for $type {}
        impl Number for $type {
            #[inline(always)]
            fn distance_f64(self, other: Self) -> f64 { self.abs_diff(other) as f64 }
        }
        impl Real for $type {
            #[inline(always)]
            fn to_f64(self) -> f64 { self as f64 }
            #[inline(always)]
            fn from_f64(x: f64) -> Self { x as $type }
        }
        impl Bits for $type {}
        impl Integer for $type {}
    )*};
}

/// `√(re² + im²)` without overflow on the way, by operations that are correctly rounded: `f64::hypot` is the
/// system's. NaN of two infinities.
fn modulus(re: f64, im: f64) -> f64 {
    let (re, im) = (re.abs(), im.abs());
    let (large, small) = if re > im { (re, im) } else { (im, re) };
    if large == 0.0 {
        return small;
    }
    let ratio = small / large;
    large * (1.0 + ratio * ratio).sqrt()
}

macro_rules! float {
    ($($type:ident $variant:ident $complex:ident;)*) => {$(
        element!($type, $variant, $type, 0.0, 1.0, $type, $type);
        impl Ordered for $type {
            #[inline(always)]
            fn is_nan(self) -> bool { self != self }
        }
        impl Number for $type {
            #[inline(always)]
            fn distance_f64(self, other: Self) -> f64 { (self as f64 - other as f64).abs() }
        }
        impl Number for $complex {
            #[inline]
            fn distance_f64(self, other: Self) -> f64 {
                modulus(self.re as f64 - other.re as f64, self.im as f64 - other.im as f64)
            }
        }
        impl Real for $type {
            #[inline(always)]
            fn to_f64(self) -> f64 { self as f64 }
            #[inline(always)]
            fn from_f64(x: f64) -> Self { x as $type }
        }
        impl Float for $type {
            type Complex = $complex;
        }
    )*};
}

float! { f32 F32 Complex32; f64 F64 Complex64; }
integer! {
    i8 I8 i64; i16 I16 i64; i32 I32 i64; i64 I64 i64;
    u8 U8 u64; u16 U16 u64; u32 U32 u64; u64 U64 u64;
}

element!(bool, Bool, bool, false, true, i64, f64);
impl Ordered for bool {}
impl Bits for bool {}

element!(Complex32, C32, c32, Complex::new(0.0, 0.0), Complex::new(1.0, 0.0), Complex32, Complex32);
element!(Complex64, C64, c64, Complex::new(0.0, 0.0), Complex::new(1.0, 0.0), Complex64, Complex64);
impl ComplexFloat for Complex32 {
    type Part = f32;
}
impl ComplexFloat for Complex64 {
    type Part = f64;
}
