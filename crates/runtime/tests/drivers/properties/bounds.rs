//! Exact sums of floats, and how far from them sums in floating point may be.

use isonum_core::Float;

/// γ of `n` roundings (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, lemma 3.1): the product of `n`
/// factors `1 ± u` or their inverses is `1 ± γ`.
pub(crate) fn gamma<T: Float>(n: usize) -> f64 {
    let unit = num_traits::ToPrimitive::to_f64(&<T as num_traits::Float>::epsilon()).unwrap() / 2.0;
    let all = n as f64 * unit;
    // The bound itself is computed in `f64`, a few roundings.
    all / (1.0 - all) * (1.0 + 8.0 * f64::EPSILON)
}

/// The most additions that any element goes through in a reduction of `n`: 32 in the lanes of a block or down a block
/// of rows, six to fold the 64 lanes of `f32` to one, and as many as pairs of blocks and chunks are merged.
pub(crate) fn depth(n: usize) -> usize {
    n.saturating_sub(1).min(32 + 6 + n.next_power_of_two().trailing_zeros() as usize)
}

/// A sum without any rounding, of at most a hundred multiples of 2⁻⁸⁰ below 2⁴⁰, or a million below 2²⁷.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Exact {
    sum: i128,
    sizes: i128,
}

const SCALE: f64 = (1u128 << 80) as f64;

fn fixed(x: f64) -> i128 {
    let scaled = x * SCALE;
    assert!(scaled.fract() == 0.0 && scaled.abs() < (1u128 << 126) as f64, "{x:e} is out of range");
    scaled as i128
}

impl Exact {
    pub(crate) fn of(x: impl IntoIterator<Item = f64>) -> Exact {
        let mut exact = Exact::default();
        x.into_iter().for_each(|x| exact.add(x));
        exact
    }

    pub(crate) fn add(&mut self, x: f64) {
        self.sum += fixed(x);
        self.sizes += fixed(x).abs();
    }

    /// The sum, rounded once.
    pub(crate) fn sum(&self) -> f64 {
        self.sum as f64 / SCALE
    }

    /// The sum of the sizes, rounded once.
    pub(crate) fn sizes(&self) -> f64 {
        self.sizes as f64 / SCALE
    }

    /// Whether `found` may be the sum after so many additions.
    pub(crate) fn is_sum<T: Float>(&self, found: T, additions: usize) -> bool {
        let difference = (fixed(isonum_core::Real::to_f64(found)) - self.sum).abs() as f64 / SCALE;
        difference <= gamma::<T>(additions) * self.sizes()
    }
}

#[test]
fn exact_sums_tell_a_wrong_digit() {
    let exact = Exact::of([1.0, 2f64.powi(-60), -0.5]);
    assert!(exact.is_sum(0.5, 2) && !exact.is_sum(0.5, 0));
    assert!(!exact.is_sum(0.5 + 4.0 * f64::EPSILON, 2));
}
