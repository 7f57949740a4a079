//! Inputs, by one rule here and in `numpy_peer.py`.
//!
//! Element `i` of an input with seed `s` is `low + (high − low) · u`, computed in `f64` and rounded to the dtype,
//! with `u` the upper 53 bits of SplitMix64's output for counter `s · 2³² + i`, as a fraction of 2⁵³.

use isonum::{Array, DType, Float};

/// An array of uniformly distributed elements.
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
        let element = |i| T::from_f64(self.low + (self.high - self.low) * fraction((self.seed << 32) + i));
        (0..n).map(element).collect::<Array<T>>().reshape(&self.shape[..])
    }
}

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
            shape: vec![100, 10],
            low: -6.0,
            high: 6.0,
            seed: 1,
            view: "",
        };
        let array = input.array::<f32>();
        assert_eq!(array.shape(), [100, 10]);
        assert!(array.min() >= -6.0 && array.min() < -5.9 && array.max() < 6.0 && array.max() > 5.9);
        assert!(array.mean().abs() < 0.4);
    }
}
