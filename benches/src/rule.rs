//! The rule by which inputs are made, here, in `python_peer.py`, and in `rust_peers`, which includes this file.
//!
//! Element `i` of an input with seed `s` is `low + (high − low) · u`, computed in `f64` and rounded to the dtype,
//! with `u` the upper 53 bits of SplitMix64's output for counter `s · 2³² + i`, as a fraction of 2⁵³.
//!
//! Integers are rounded up. Imaginary parts are those of seed `s + 16`.
//!
//! Matrices are standard normal, or as good as: `u` is the mean of twelve such fractions, for counters from
//! `s · 2³² + 12 · i`, between −6 and 6, which has mean 0 and variance 1.

/// What the seed of imaginary parts is beyond that of real ones.
pub const IMAGINARY: u64 = 16;

/// The number of fractions whose mean is an element of a matrix.
const NORMAL: u64 = 12;

/// `u` of element `i`.
pub fn unit(seed: u64, i: u64, matrix: bool) -> f64 {
    let terms = if matrix { NORMAL } else { 1 };
    let first = (seed << 32) + i * terms;
    let sum = (first..first + terms).map(fraction).fold(0.0, |sum, u| sum + u);
    sum / terms as f64
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
}
