//! What a workload found, how runs of it compare, and the table of all.

use isonum::{Array, Real};
use std::error::Error;
use std::fmt;

/// The numbers that a workload computed, and what it says of them.
#[derive(Clone, Default)]
pub(crate) struct Outcome {
    pub(crate) numbers: Vec<f64>,
    pub(crate) summary: Vec<String>,
}

impl Outcome {
    /// Adds all elements of an array to the numbers that are compared.
    pub(crate) fn record<T: Real>(&mut self, array: &Array<T>) {
        self.numbers.extend(array.iter().map(|x| Real::to_f64(*x)));
    }

    /// Whether two runs gave the same bits. Where an outside engine takes part, close is enough.
    pub(crate) fn compare(&self, other: &Outcome, engine: Option<&str>) -> Result<String, Box<dyn Error>> {
        let pairs = || self.numbers.iter().zip(&other.numbers);
        if self.numbers.len() == other.numbers.len() && pairs().all(|(a, b)| a.to_bits() == b.to_bits()) {
            return Ok(match engine {
                Some(engine) => format!("same here; tolerance: {engine}"),
                None => "same".into(),
            });
        }
        if self.numbers.len() != other.numbers.len() {
            return Err(format!("{} and {} numbers", self.numbers.len(), other.numbers.len()).into());
        }
        let scale = other.numbers.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        // A NaN stays: no comparison with it is true.
        let larger = |m: f64, x: f64| if x <= m || m.is_nan() { m } else { x };
        let difference = pairs().map(|(a, b)| (a - b).abs()).fold(0.0, larger) / scale;
        match engine {
            Some(engine) if difference < 1e-6 => Ok(format!("tolerance: {difference:.0e} ({engine})")),
            _ => Err(format!("results differ by {difference:e} of the largest").into()),
        }
    }
}

/// One run.
pub(crate) struct Row {
    pub(crate) workload: &'static str,
    pub(crate) backend: &'static str,
    pub(crate) threads: usize,
    pub(crate) seconds: f64,
    pub(crate) speed_up: f64,
    pub(crate) bits: String,
}

/// All runs.
#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

impl Table {
    pub(crate) fn push(&mut self, row: Row) {
        self.0.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "workload     backend  threads   time [ms]  speed-up  bits")?;
        let mut last = "";
        for row in &self.0 {
            let workload = if row.workload == last { "" } else { row.workload };
            last = row.workload;
            writeln!(
                f,
                "{workload:<12} {:<8} {:>7} {:>11.1} {:>8.2}×  {}",
                row.backend,
                row.threads,
                row.seconds * 1e3,
                row.speed_up,
                row.bits
            )?;
        }
        write!(
            f,
            "Speed-up and bits are against scalar with one thread. matmul and rfft come from crates that choose"
        )?;
        writeln!(f, "\ntheir own instructions: between machines their last bits may differ.")
    }
}
