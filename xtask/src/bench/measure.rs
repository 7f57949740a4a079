//! Several sides of a case, measured in turns.

use super::process::Process;

/// Median, quartiles, and the median distance from the median.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) quartiles: (f64, f64),
    pub(super) mad: f64,
}

impl Spread {
    pub(super) fn of(mut values: Vec<f64>) -> Spread {
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
        let (median, quartiles) = (at(0.5), (at(0.25), at(0.75)));
        let mut distances: Vec<f64> = values.iter().map(|value| (value - median).abs()).collect();
        distances.sort_by(f64::total_cmp);
        Spread { median, quartiles, mad: distances[(distances.len() - 1) / 2] }
    }
}

/// One side of a comparison: a prepared slot of a process, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) name: String,
    pub(super) process: usize,
    pub(super) slot: usize,
}

impl Side {
    pub(super) fn new(name: &str, process: usize, slot: usize) -> Side {
        Side { name: name.to_owned(), process, slot }
    }

    /// Calls for a batch; warms up on the way.
    fn calls(&self, processes: &mut [Process]) -> Result<u64, String> {
        let mut times = 1;
        loop {
            let ns = processes[self.process].time(self.slot, times)?;
            if ns * times as f64 > BATCH_NS / 4.0 {
                return Ok((BATCH_NS / ns).ceil().max(1.0) as u64);
            }
            times *= 4;
        }
    }
}

/// The time that a batch of calls takes, about.
const BATCH_NS: f64 = 8e6;

/// Nanoseconds of a call in each round: of our side, and of the others.
#[derive(Clone)]
pub(super) struct Taken {
    ours: Vec<f64>,
    others: Vec<(String, Vec<f64>)>,
}

impl Taken {
    /// The rounds of both.
    pub(super) fn and(mut self, more: Taken) -> Taken {
        self.ours.extend(more.ours);
        for ((_, rounds), (_, more)) in self.others.iter_mut().zip(more.others) {
            rounds.extend(more);
        }
        self
    }

    pub(super) fn measured(self) -> Measured {
        let Taken { ours, others } = self;
        let other = |(name, rounds): (String, Vec<f64>)| {
            let ratio = Spread::of(ours.iter().zip(&rounds).map(|(ours, other)| other / ours).collect());
            Other { name, time: Spread::of(rounds), ratio }
        };
        let others = others.into_iter().map(other).collect();
        Measured { ours: Spread::of(ours), others, limit: None, attempts: 1 }
    }
}

/// Another side: nanoseconds of a call, and by how much it takes longer than ours: the ratio of each round.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) time: Spread,
    pub(super) ratio: Spread,
}

/// What was measured of a case.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) ours: Spread,
    pub(super) others: Vec<Other>,
    /// The time that the machine needs at least, over ours; where it is known.
    pub(super) limit: Option<f64>,
    /// How often it was measured, each time with new arrays.
    pub(super) attempts: u32,
}

/// The part of the time from which on a case is called at the machine's limit.
const AT_LIMIT: f64 = 0.85;

impl Measured {
    /// The fastest of the others.
    ///
    /// # Panics
    /// Where there is none.
    pub(super) fn fastest(&self) -> &Other {
        let by_ratio = |a: &&Other, b: &&Other| a.ratio.median.total_cmp(&b.ratio.median);
        self.others.iter().min_by(by_ratio).expect("another side")
    }

    /// Whether there is hardly more to gain.
    pub(super) fn at_limit(&self) -> bool {
        self.limit.is_some_and(|part| part >= AT_LIMIT)
    }
}

/// Measures all sides in turns, each first as often as any other.
pub(super) fn measure(
    processes: &mut [Process],
    ours: &Side,
    others: &[Side],
    rounds: usize,
) -> Result<Taken, String> {
    let sides: Vec<&Side> = std::iter::once(ours).chain(others).collect();
    let times: Vec<u64> = sides.iter().map(|side| side.calls(processes)).collect::<Result<_, _>>()?;
    let mut taken = vec![Vec::with_capacity(rounds); sides.len()];
    for round in 0..rounds {
        for turn in 0..sides.len() {
            let turn = (round + turn) % sides.len();
            let side = sides[turn];
            // The other sides have pushed this one out of the caches, and the fewer calls a batch has, the more would the
            // first ones, which are not the subject, weigh.
            processes[side.process].time(side.slot, times[turn].div_ceil(4))?;
            taken[turn].push(processes[side.process].time(side.slot, times[turn])?);
        }
    }
    let mut taken = taken.into_iter();
    let ours = taken.next().unwrap_or_default();
    Ok(Taken { ours, others: others.iter().map(|side| side.name.clone()).zip(taken).collect() })
}

/// The time of a call of one side alone.
pub(super) fn alone(processes: &mut [Process], side: &Side, rounds: usize) -> Result<Spread, String> {
    let times = side.calls(processes)?;
    let taken = (0..rounds).map(|_| processes[side.process].time(side.slot, times));
    Ok(Spread::of(taken.collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_of_the_sorted_values() {
        let spread = Spread::of(vec![5.0, 1.0, 3.0, 2.0, 4.0]);
        assert_eq!((spread.median, spread.quartiles, spread.mad), (3.0, (2.0, 4.0), 1.0));
        assert_eq!(Spread::of(vec![7.0]).quartiles, (7.0, 7.0));
    }

    #[test]
    fn ratios_are_of_rounds_and_attempts_add_up() {
        let taken = |ours: &[f64], a: &[f64], b: &[f64]| Taken {
            ours: ours.to_vec(),
            others: vec![("a".into(), a.to_vec()), ("b".into(), b.to_vec())],
        };
        // A round in which everything took three times as long changes times and no ratio.
        let first = taken(&[1.0, 3.0, 1.0], &[2.0, 6.0, 2.0], &[1.5, 4.5, 1.5]);
        let measured = first.and(taken(&[1.0, 1.0], &[2.0, 2.0], &[1.5, 1.5])).measured();
        assert_eq!(measured.others[0].ratio.quartiles, (2.0, 2.0));
        assert_eq!((&*measured.fastest().name, measured.fastest().ratio.median), ("b", 1.5));
        assert_eq!(measured.others[0].time.median, 2.0);
    }
}
