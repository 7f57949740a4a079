//! The machine's limit: how long the memory takes for the traffic of a case, with next to no work on it.

use crate::work::Work;
use isonum::Array;
use std::hint::black_box;

/// Inverts as many words as are written, and reads the rest.
struct Traffic {
    from: Array<u64>,
    to: Array<u64>,
    only_read: Array<u64>,
}

/// The traffic of a case that reads and writes so many bytes, in memory of the same kind.
pub fn traffic(read: usize, written: usize) -> Box<dyn Work> {
    let inverted = read.min(written) / 8;
    Box::new(Traffic {
        from: (0..inverted as u64).collect(),
        to: Array::zeros(inverted),
        only_read: (0..(read / 8 - inverted) as u64).collect(),
    })
}

impl Work for Traffic {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            isonum::bitwise_not_into(&self.from, black_box(&mut self.to));
            black_box(all_bits(self.only_read.as_slice().expect("contiguous")));
        }
    }

    fn sample(&mut self) -> Vec<f64> {
        self.run(1);
        Vec::new()
    }
}

/// Every bit that is set in any of the words: the least that can be made of them.
fn all_bits(words: &[u64]) -> u64 {
    let (blocks, rest) = words.as_chunks::<32>();
    let mut any = [0u64; 32];
    for block in blocks {
        for (any, word) in any.iter_mut().zip(block) {
            *any |= word;
        }
    }
    any.iter().chain(rest).fold(0, |any, word| any | word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read() {
        assert_eq!(all_bits(&[1; 33]), 1);
        let words: Vec<u64> = (0..64).map(|i| 1 << i).collect();
        assert_eq!(all_bits(&words), u64::MAX);
    }

    #[test]
    fn any_traffic_is_made() {
        for (read, written) in [(3 * 4096, 4096), (4096, 8), (0, 4096)] {
            traffic(read, written).run(2);
        }
    }
}
