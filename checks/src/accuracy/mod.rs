//! Accuracy: the largest error of each function, and where it is.
//!
//! A [`Task`] is a set of inputs of one function and element type: all 2³² of `f32`, or so many of a range. It is cut into
//! parts of 2¹⁶ inputs, each made from its number alone, so that threads can share them, a run can stop and go on, and
//! another machine draws the same.

mod judge;
mod run;
mod tally;

use crate::oracle::{Function, Random, Range, Reference, Slope, reference};
use isonum_core::DType;
use isonum_core::registry::{Accuracy, Row, Unary};
pub use judge::{Checked, Judge, same};
pub use run::{Setting, others, run};
pub use tally::Tally;

/// The inputs of a part.
pub const PART: u64 = 1 << 16;

/// Which inputs.
#[derive(Clone, Copy)]
pub enum Inputs {
    /// Every number of 32 bits.
    All,
    /// So many of the range of the operation's row.
    Row(u64),
    /// So many of any bits.
    Any(u64),
    /// So many of a range of the function.
    Range(&'static Range, u64),
}

/// Inputs of one operation and element type.
#[derive(Clone)]
pub struct Task {
    /// The operation.
    pub row: &'static Row<Unary>,
    /// What it should give.
    pub reference: Reference,
    /// Of the inputs: `F32` or `F64`.
    pub dtype: DType,
    /// Which.
    pub inputs: Inputs,
    /// Chooses among the inputs of a range.
    pub seed: u64,
}

/// The rows of functions and roundings of one argument, each with what it should give; and the names of those of which
/// that is not known.
pub fn subjects() -> (Vec<(&'static Row<Unary>, Reference)>, Vec<&'static str>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for row in Unary::ROWS.iter().filter(|row| row.class.contains(DType::F32)) {
        match reference(row.name) {
            Some(reference) => known.push((row, reference)),
            None => unknown.push(row.name),
        }
    }
    (known, unknown)
}

/// The tasks of one operation: `points` inputs of each range; with `exhaustive`, every number of `f32` in place of those.
pub fn tasks(
    row: &'static Row<Unary>,
    reference: Reference,
    points: u64,
    exhaustive: bool,
    seed: u64,
) -> Vec<Task> {
    let task = |dtype, inputs| Task { row, reference, dtype, inputs, seed };
    let mut tasks = match exhaustive {
        true => vec![task(DType::F32, Inputs::All)],
        false => vec![task(DType::F32, Inputs::Row(points)), task(DType::F32, Inputs::Any(points))],
    };
    tasks.extend([task(DType::F64, Inputs::Row(points)), task(DType::F64, Inputs::Any(points))]);
    if let Reference::Function(Function { ranges, .. }) = reference {
        tasks.extend(ranges.iter().map(|range| task(DType::F64, Inputs::Range(range, points))));
    }
    tasks
}

impl Task {
    /// `exp/float32/all`.
    pub fn name(&self) -> String {
        let inputs = match self.inputs {
            Inputs::All => "all".to_owned(),
            Inputs::Row(_) => format!("[{}, {}]", self.row.input.0, self.row.input.1),
            Inputs::Any(_) => "any bits".to_owned(),
            Inputs::Range(range, _) => range.name.to_owned(),
        };
        format!("{}/{}/{inputs}", self.row.name, self.dtype)
    }

    /// The number of its parts.
    pub fn parts(&self) -> u64 {
        match self.inputs {
            Inputs::All => (1 << 32) / PART,
            Inputs::Row(points) | Inputs::Any(points) | Inputs::Range(_, points) => points.div_ceil(PART),
        }
    }

    /// The inputs of a part. Of all numbers, one more than the part has: neighbours are compared.
    fn part<T: Checked>(&self, part: u64) -> Vec<T> {
        let draw: &dyn Fn(&mut Random) -> T = match self.inputs {
            Inputs::All => {
                let first = part * PART;
                return (first..(first + PART + 1).min(1 << 32)).map(T::of_bits).collect();
            }
            Inputs::Row(_) => &|random| {
                let (low, high) = self.row.input;
                T::of_real(random.within(low, high))
            },
            Inputs::Any(_) => &|random| T::of_bits(random.bits() >> (64 - 8 * size_of::<T>())),
            Inputs::Range(range, _) => &|random| T::of_real((range.draw)(random)),
        };
        let name = self.name().bytes().fold(self.seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte));
        let mut random = Random(name ^ part << 40);
        let mut inputs: Vec<T> = (0..PART).map(|_| draw(&mut random)).collect();
        if let (Inputs::Range(..), Reference::Function(function)) = (self.inputs, self.reference)
            && function.slope != Slope::Neither
        {
            // Every other one is the neighbour of that before, so that a fall where tables change is seen.
            inputs.chunks_exact_mut(2).for_each(|pair| pair[1] = T::of_bits(pair[0].bits() + 1));
        }
        inputs
    }

    /// Whether a tally is what the registry says of the operation; the first thing that is not.
    pub fn complaint(&self, tally: &Tally) -> Option<String> {
        let allowed = match self.row.accuracy {
            Accuracy::Ulp(single, double) => {
                if self.dtype == DType::F32 {
                    single
                } else {
                    double
                }
            }
            _ => 0.5,
        };
        // Bounds next to a half are those of functions that are rounded correctly.
        let exact = allowed < 0.501;
        let at = |bits: u64| format!("0x{bits:x} ({:e})", self.input(bits));
        if tally.units > allowed {
            let error = if tally.units.is_finite() {
                format!("{:.4} ULP", tally.units)
            } else {
                "a wrong kind of result".into()
            };
            return Some(format!("{error} at {}, at most {allowed} allowed", at(tally.worst)));
        }
        if let (true, Some(first)) = (exact, tally.first_misrounded) {
            return Some(format!(
                "{} results are not correctly rounded, the first at {}",
                tally.misrounded,
                at(first)
            ));
        }
        if tally.falls > 0 {
            return Some(format!("goes the wrong way {} times between neighbours", tally.falls));
        }
        (tally.asymmetric > 0)
            .then(|| format!("{} results are not those of the negative argument", tally.asymmetric))
    }

    /// The input of those bits.
    pub fn input(&self, bits: u64) -> f64 {
        if self.dtype == DType::F32 { f64::from(f32::from_bits(bits as u32)) } else { f64::from_bits(bits) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_known() {
        let (known, unknown) = subjects();
        assert!(unknown.is_empty(), "add to checks/src/oracle/table.rs: {}", unknown.join(", "));
        assert!(known.len() >= 15);
    }

    #[test]
    fn parts_are_drawn_anew_and_the_same_again() {
        let (known, _) = subjects();
        let (row, reference) = known.iter().find(|(row, _)| row.name == "exp").unwrap();
        let tasks = tasks(row, *reference, 3 * PART, false, 5);
        let part = |k: u64| tasks[2].part::<f64>(k);
        assert_eq!(part(1), part(1));
        assert_ne!(part(1), part(2));
        assert!(part(0).iter().all(|x| (-6.0..6.0).contains(x)));
        assert_eq!(tasks[2].parts(), 3);
        assert_eq!(tasks[2].name(), "exp/float64/[-6, 6]");
    }

    #[test]
    fn rising_functions_are_seen_at_neighbours() {
        let (known, _) = subjects();
        let (row, reference) = known.iter().find(|(row, _)| row.name == "tanh").unwrap();
        let last = tasks(row, *reference, PART, false, 5).pop().unwrap();
        let part = last.part::<f64>(0);
        assert!(part.chunks_exact(2).all(|pair| pair[1].to_bits() == pair[0].to_bits() + 1));
    }

    #[test]
    fn all_numbers_are_in_the_parts() {
        let (known, _) = subjects();
        let task = &tasks(known[0].0, known[0].1, 0, true, 0)[0];
        let bits = |k: u64| task.part::<f32>(k).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(0).len() as u64, PART + 1);
        assert_eq!(bits(1)[0], bits(0)[PART as usize]);
        assert_eq!(*bits(task.parts() - 1).last().unwrap(), u32::MAX);
    }
}
