//! The inputs of the conformance suite: special values with each other and with random ones.

use crate::samples::{Random, Sample};

/// Not below the lanes of any vector; inputs come in multiples of it.
pub(super) const PADDING: usize = 128;
/// How many random inputs join the special ones.
pub(super) const RANDOM: usize = 4096;

/// Every special value, and random ones.
pub(super) fn singles<T: Sample>() -> Vec<[T; 1]> {
    let mut random = Random(4);
    let random = (0..RANDOM).map(|_| T::random(random.next()));
    padded(specials().into_iter().chain(random).map(|x| [x]).collect())
}

/// Every special value with every other, and random ones with each other and with special ones.
pub(super) fn pairs<T: Sample>() -> Vec<[T; 2]> {
    let (all, mut random) = (specials::<T>(), Random(5));
    let mut pairs: Vec<[T; 2]> = all.iter().flat_map(|&a| all.iter().map(move |&b| [a, b])).collect();
    for i in 0..RANDOM {
        let (x, special) = (T::random(random.next()), all[i % all.len()]);
        pairs.extend([[x, T::random(random.next())], [x, special], [special, x], [x, x]]);
    }
    padded(pairs)
}

/// Repeats the first inputs up to a multiple of every vector length.
pub(super) fn padded<I: Copy>(mut inputs: Vec<I>) -> Vec<I> {
    let length = inputs.len().next_multiple_of(PADDING);
    inputs.extend_from_within(..length - inputs.len());
    inputs
}

pub(super) fn specials<T: Sample>() -> Vec<T> {
    T::specials()
}
