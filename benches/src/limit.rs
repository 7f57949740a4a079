//! The machine's limit: how long the memory takes for the traffic of a case, with next to no work on it.

use crate::machine::read;
use crate::work::Work;
use isonum::Array;
use isonum_runtime::backend;
use isonum_runtime::level::Level;
use std::hint::black_box;

/// Inverts as many words as are written, and reads the rest.
struct Traffic {
    from: Array<u64>,
    to: Array<u64>,
    only_read: Array<u64>,
    level: Level,
}

/// The traffic of a case that reads and writes so many bytes, in memory of the same kind.
pub fn traffic(bytes_read: usize, written: usize) -> Box<dyn Work> {
    let inverted = bytes_read.min(written) / 8;
    Box::new(Traffic {
        from: (0..inverted as u64).collect(),
        to: Array::zeros(inverted),
        only_read: (0..(bytes_read / 8 - inverted) as u64).collect(),
        level: backend::level().expect("the backend of the process"),
    })
}

impl Work for Traffic {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            isonum::bitwise_not_into(&self.from, black_box(&mut self.to));
            black_box(read(self.level, self.only_read.as_slice().expect("contiguous")));
        }
    }

    fn sample(&mut self) -> Vec<f64> {
        self.run(1);
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_traffic_is_made() {
        for (read, written) in [(3 * 4096, 4096), (4096, 8), (0, 4096)] {
            traffic(read, written).run(2);
        }
    }
}
