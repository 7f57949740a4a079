//! How far results may lie from NumPy's.

use crate::shared::{Canonical, Value};
use isonum::{Complex32, Complex64};

pub(crate) trait Near: Value {
    /// The distance from one to the next number of a float or of the parts of a complex number.
    const EPSILON: f64 = 0.0;

    /// Whether two values are the same, or the parts of floats no more than `allowed` apart.
    fn near(self, other: Self, _allowed: f64) -> bool {
        self.canonical() == other.canonical()
    }

    /// How many floats lie between two values: 0 of the same value or two NaNs. Zeros of both signs, and values of
    /// other types, are the same or not.
    fn ulps(self, other: Self) -> f64 {
        if self.canonical() == other.canonical() { 0.0 } else { f64::INFINITY }
    }

    /// The absolute value.
    fn size(self) -> f64;
}

macro_rules! near {
    ($($float:ident $signed:ident $complex:ident;)*) => {$(
        impl Near for $float {
            const EPSILON: f64 = $float::EPSILON as f64;
            fn near(self, other: Self, allowed: f64) -> bool {
                self.canonical() == other.canonical() || f64::from((self - other).abs()) <= allowed
            }
            fn ulps(self, other: Self) -> f64 {
                // Floats in order are integers in order.
                let place = |x: $float| {
                    let bits = x.to_bits() as $signed;
                    (if bits < 0 { $signed::MIN - bits } else { bits }) as i128
                };
                if self.canonical() == other.canonical() {
                    0.0
                } else if self == other || self.is_nan() || other.is_nan() {
                    f64::INFINITY
                } else {
                    place(self).abs_diff(place(other)) as f64
                }
            }
            fn size(self) -> f64 {
                self.abs().into()
            }
        }
        impl Near for $complex {
            const EPSILON: f64 = $float::EPSILON as f64;
            fn near(self, other: Self, allowed: f64) -> bool {
                let parts = self.re.near(other.re, allowed) && self.im.near(other.im, allowed);
                // Which part is NaN depends on whether NumPy multiplies by 1 or divides by `n + 0i`.
                parts || self.is_nan() && other.is_nan()
            }
            fn size(self) -> f64 {
                self.re.size().hypot(self.im.size())
            }
        }
    )*};
    ($($other:ident)*) => {$(
        impl Near for $other {
            fn size(self) -> f64 {
                (self as i128).unsigned_abs() as f64
            }
        }
    )*};
}
near! { f32 i32 Complex32; f64 i64 Complex64; }
near! { i8 i16 i32 i64 u8 u16 u32 u64 bool }
