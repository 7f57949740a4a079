//! Two sides, measured in turns.

use super::process::Process;

/// Median, quartiles, and the median distance from the median.
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

/// Nanoseconds of a call on both sides, and by how much the other takes longer: the ratio of each round.
pub(super) struct Measured {
    pub(super) ours: Spread,
    pub(super) other: Spread,
    pub(super) ratio: Spread,
    /// The time that the memory needs for the traffic alone, over ours; where it was measured.
    pub(super) limit: Option<f64>,
}

impl Measured {
    /// Whether there is hardly more to gain: the memory is busy nearly all the time.
    pub(super) fn at_limit(&self) -> bool {
        self.limit.is_some_and(|part| part >= AT_LIMIT)
    }
}

/// The part of the time from which on a case is called at the machine's limit.
const AT_LIMIT: f64 = 0.85;

/// The time that a batch of calls takes, about.
const BATCH_NS: f64 = 8e6;

/// One side of a comparison: a prepared slot of a process.
pub(super) struct Side {
    pub(super) process: usize,
    pub(super) slot: usize,
}

impl Side {
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

/// Measures both sides in turns, each first as often as the other. Then the limit, if any: in turns, a third
/// working set would push the other two out of the last cache.
pub(super) fn measure(
    processes: &mut [Process],
    ours: &Side,
    other: &Side,
    limit: Option<&Side>,
    rounds: usize,
) -> Result<Measured, String> {
    let times = [ours.calls(processes)?, other.calls(processes)?];
    let sides = [ours, other];
    let mut taken = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for turn in [round % 2, 1 - round % 2] {
            let side = sides[turn];
            // The other side has pushed this one out of the caches, and the fewer calls a batch has, the more would the
            // first ones, which are not the subject, weigh.
            processes[side.process].time(side.slot, times[turn].div_ceil(4))?;
            taken[turn].push(processes[side.process].time(side.slot, times[turn])?);
        }
    }
    let ratios = taken[0].iter().zip(&taken[1]).map(|(ours, other)| other / ours).collect();
    let [ours, other] = taken.map(Spread::of);
    let limit = match limit {
        None => None,
        Some(side) => Some(alone(processes, side, rounds)?.median / ours.median),
    };
    Ok(Measured { ours, other, ratio: Spread::of(ratios), limit })
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
}
