//! Inputs, by one rule here and in `numpy_peer.py`.
//!
//! Element `i` of an input with seed `s` is `low + (high − low) · u`, computed in `f64` and rounded to the dtype,
//! with `u` the upper 53 bits of SplitMix64's output for counter `s · 2³² + i`, as a fraction of 2⁵³.
//!
//! Matrices are standard normal, or as good as: `u` is the mean of twelve such fractions, for counters from
//! `s · 2³² + 12 · i`, between −6 and 6, which has mean 0 and variance 1.

use isonum::{Array, Complex32, Complex64, DType, Element, Float};

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
    pub fn array<T: Float>(&self) -> Array<T> {
        assert_eq!(self.dtype, T::DTYPE);
        let n = self.shape.iter().product::<usize>() as u64;
        let terms = if self.shape.len() > 1 { NORMAL } else { 1 };
        let element = |i| {
            let first = (self.seed << 32) + i * terms;
            let sum = (first..first + terms).map(fraction).fold(0.0, |sum, u| sum + u);
            T::from_f64(self.low + (self.high - self.low) * (sum / terms as f64))
        };
        (0..n).map(element).collect::<Array<T>>().reshape(&self.shape[..])
    }
}

/// An element type that has uniformly distributed elements.
pub trait Uniform: Element {
    /// The element for a real number, or two. Integers are rounded up, so that ranges above zero have no zero.
    fn of(x: f64, y: f64) -> Self;
}

macro_rules! uniform_types {
    ($($t:ty: |$x:ident, $y:ident| $value:expr;)*) => {$(
        impl Uniform for $t {
            fn of($x: f64, $y: f64) -> Self {
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
    Complex32: |x, y| Complex32::new(x as f32, y as f32);
    Complex64: |x, y| Complex64::new(x, y);
}

/// Element `i` of an array of this seed and range.
pub fn uniform<T: Uniform>(seed: u64, i: u64, low: f64, high: f64) -> T {
    let at = |seed: u64| low + (high - low) * fraction((seed << 32) + i);
    T::of(at(seed), at(seed + 16))
}

/// The number of fractions whose mean is an element of a matrix.
const NORMAL: u64 = 12;

fn fraction(counter: u64) -> f64 {
    let mut z = counter.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    (z >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // The first output for seed 0, as published with the generator.
        assert_eq!(fraction(0), (0xE220_A839_7B1D_CDAFu64 >> 11) as f64 / (1u64 << 53) as f64);
    }

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
