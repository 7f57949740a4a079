//! Inputs, by the rule of `rule.rs`.

use crate::rule::{self, IMAGINARY};
use isonum::{Array, Complex32, Complex64, DType, Element};

/// An array of random elements.
#[derive(Clone, Debug)]
pub struct Input {
    /// What the statements of peers call it.
    pub name: &'static str,
    /// The element type.
    pub dtype: DType,
    /// Its lengths.
    pub shape: Vec<usize>,
    /// The lower end of the range.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Two inputs of different seeds have nothing in common.
    pub seed: u64,
    /// The expression, in NumPy, of the view of the array that is read; empty for all of it.
    pub view: &'static str,
}

impl Input {
    /// The array.
    ///
    /// # Panics
    /// If `T` is not the input's type.
    pub fn array<T: Uniform>(&self) -> Array<T> {
        assert_eq!(self.dtype, T::DTYPE);
        let n = self.shape.iter().product::<usize>() as u64;
        let matrix = self.shape.len() > 1;
        let at = |seed: u64, i: u64| self.low + (self.high - self.low) * rule::unit(seed, i, matrix);
        let element = |i| T::of(at(self.seed, i), || at(self.seed + IMAGINARY, i));
        (0..n).map(element).collect::<Array<T>>().reshape(&self.shape[..])
    }
}

/// An element type that has uniformly distributed elements.
pub trait Uniform: Element {
    /// The element for a real number, or two. Integers are rounded up, so that ranges above zero have no zero.
    fn of(x: f64, y: impl Fn() -> f64) -> Self;
}

macro_rules! uniform_types {
    ($($t:ty: |$x:ident, $y:ident| $value:expr;)*) => {$(
        impl Uniform for $t {
            fn of($x: f64, $y: impl Fn() -> f64) -> Self {
                $value
            }
        }
    )*};
}
uniform_types! {
    f32: |x, _y| x as f32;
    f64: |x, _y| x;
    i8: |x, _y| x.ceil() as i8;
    i16: |x, _y| x.ceil() as i16;
    i32: |x, _y| x.ceil() as i32;
    i64: |x, _y| x.ceil() as i64;
    u8: |x, _y| x.ceil() as u8;
    u16: |x, _y| x.ceil() as u16;
    u32: |x, _y| x.ceil() as u32;
    u64: |x, _y| x.ceil() as u64;
    bool: |x, _y| x.ceil() as i64 & 1 == 1;
    Complex32: |x, y| Complex32::new(x as f32, y() as f32);
    Complex64: |x, y| Complex64::new(x, y());
}

/// Element `i` of an array of this seed and range.
pub fn uniform<T: Uniform>(seed: u64, i: u64, low: f64, high: f64) -> T {
    let at = |seed: u64| low + (high - low) * rule::unit(seed, i, false);
    T::of(at(seed), || at(seed + IMAGINARY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_fill_the_range() {
        let input = Input {
            name: "a",
            dtype: DType::F32,
            shape: vec![1000],
            low: -6.0,
            high: 6.0,
            seed: 1,
            view: "",
        };
        let array = input.array::<f32>();
        assert_eq!(array.shape(), [1000]);
        assert!(array.min() >= -6.0 && array.min() < -5.9 && array.max() < 6.0 && array.max() > 5.9);
        assert!(array.mean().abs() < 0.4);

        let normal = Input { shape: vec![100, 100], ..input }.array::<f32>();
        assert!(normal.mean().abs() < 0.05 && (normal.std() - 1.0).abs() < 0.05);
        assert!(normal.max() > 3.0 && normal.min() < -3.0);
    }
}
