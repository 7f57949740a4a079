//! Runs cases beside a peer, beside the case they vary, or on each backend beside scalar.

use super::differ;
use super::measure::{Measured, Side, alone, measure};
use super::output::Output;
use super::process::Process;
use super::report::{Line, progress, table};
use super::selection::Case;
use serde_json::{Value, json};

/// The suite whose cases are run on each backend.
pub(super) const BACKENDS: &str = "backends";

/// Bytes from which on the second-level cache holds no more of a case than a part.
const BEYOND_CACHES: f64 = 3e6;

/// The processes that run cases: ours, and NumPy's where there is one.
pub(super) struct Bench {
    processes: Vec<Process>,
    rounds: usize,
    /// The cases of which the sides had different results.
    pub(super) disagreed: Vec<String>,
}

impl Bench {
    pub(super) fn new(processes: Vec<Process>, rounds: usize) -> Bench {
        Bench { processes, rounds, disagreed: Vec::new() }
    }

    /// Measures all cases, each beside what it is for, and prints the tables.
    pub(super) fn run(
        &mut self,
        cases: &[&Case],
        backends: &[String],
        output: &mut Output,
    ) -> Result<(), String> {
        let (of_backends, others): (Vec<&Case>, Vec<&Case>) =
            cases.iter().partition(|case| case.is_in(BACKENDS));
        let mut tables = Vec::new();
        let (with_peer, without): (Vec<&Case>, Vec<&Case>) =
            others.iter().partition(|case| !case.numpy.is_empty());
        if !with_peer.is_empty() {
            let lines = self.each(&with_peer, output, "numpy", Bench::against_numpy)?;
            tables.push(table("time of NumPy over that of isonum", "NumPy", lines, true));
        }
        without.iter().for_each(|case| println!("{}: has no counterpart in NumPy", case.id));
        let varied: Vec<&Case> = others.iter().copied().filter(|case| case.base.is_some()).collect();
        if !varied.is_empty() {
            let lines = self.each(&varied, output, "contiguous", Bench::against_base)?;
            tables.push(table("time over that of contiguous operands", "contiguous", lines, false));
        }
        for backend in backends.iter().filter(|backend| *backend != "scalar" && !of_backends.is_empty()) {
            output.on(backend);
            let against = |bench: &mut Bench, case: &Case| bench.against_scalar(case, backend);
            let lines = self.each(&of_backends, output, "scalar", against)?;
            tables.push(table(&format!("time of scalar over that of {backend}"), "scalar", lines, true));
        }
        tables.iter().for_each(|table| print!("{table}"));
        Ok(())
    }

    fn each(
        &mut self,
        cases: &[&Case],
        output: &mut Output,
        other: &str,
        mut f: impl FnMut(&mut Bench, &Case) -> Result<Measured, String>,
    ) -> Result<Vec<Line>, String> {
        let mut lines = Vec::new();
        for (k, case) in cases.iter().enumerate() {
            progress(&format!("{}/{} {}", k + 1, cases.len(), case.id));
            let measured = f(self, case).map_err(|error| format!("{}: {error}", case.id))?;
            let line = Line { id: case.id.clone(), bytes: case.read + case.written, measured };
            output.add(other, &line)?;
            lines.push(line);
        }
        progress("");
        Ok(lines)
    }

    /// A prepared slot of ours, and elements of its result.
    fn ours(&mut self, id: &str, slot: usize, backend: Option<&str>) -> Result<(Side, Vec<f64>), String> {
        let request = json!({ "do": "prepare", "slot": slot, "id": id, "backend": backend });
        let sample = numbers(&self.processes[0].ask(request)?);
        Ok((Side { process: 0, slot }, sample))
    }

    /// The time of a call of ours, with no other side.
    pub(super) fn alone(&mut self, case: &Case) -> Result<f64, String> {
        let (side, _) = self.ours(&case.id, 0, None)?;
        Ok(alone(&mut self.processes, &side, self.rounds)?.median)
    }

    fn against_numpy(&mut self, case: &Case) -> Result<Measured, String> {
        let (ours, mine) = self.ours(&case.id, 0, None)?;
        let theirs = self.processes[1].ask(json!({ "do": "prepare", "slot": 0, "case": case.whole }))?;
        if let Some(difference) = differ(&mine, &numbers(&theirs), case.tolerance) {
            self.disagreed.push(format!("{}: {difference}", case.id));
        }
        let limit = self.limit(case)?;
        measure(&mut self.processes, &ours, &Side { process: 1, slot: 0 }, limit.as_ref(), self.rounds)
    }

    fn against_scalar(&mut self, case: &Case, backend: &str) -> Result<Measured, String> {
        let (ours, mine) = self.ours(&case.id, 0, Some(backend))?;
        // On the same arrays: where arrays lie in memory makes a quarter of the time of a short case.
        let request = json!({ "do": "prepare", "slot": 1, "shares": ours.slot, "backend": "scalar" });
        let theirs = numbers(&self.processes[0].ask(request)?);
        let scalar = Side { process: 0, slot: 1 };
        if differ(&mine, &theirs, 0.0).is_some() {
            self.disagreed.push(format!("{}: {backend} and scalar", case.id));
        }
        measure(&mut self.processes, &ours, &scalar, None, self.rounds)
    }

    /// How much longer this layout takes than the base: the base is "ours".
    fn against_base(&mut self, case: &Case) -> Result<Measured, String> {
        let (base, _) = self.ours(case.base.as_deref().unwrap_or(""), 0, None)?;
        let (varied, _) = self.ours(&case.id, 1, None)?;
        let measured = measure(&mut self.processes, &base, &varied, None, self.rounds)?;
        Ok(Measured { ours: measured.other, other: measured.ours, ..measured })
    }

    /// The traffic of the case without its work, where that is memory's and not the caches'.
    fn limit(&mut self, case: &Case) -> Result<Option<Side>, String> {
        let (read, written) = (case.read, case.written);
        if read + written < BEYOND_CACHES {
            return Ok(None);
        }
        self.processes[0]
            .ask(json!({ "do": "prepare", "slot": 2, "read": read as u64, "written": written as u64 }))?;
        Ok(Some(Side { process: 0, slot: 2 }))
    }
}

fn numbers(answer: &Value) -> Vec<f64> {
    answer["sample"].as_str().unwrap_or("").split(' ').filter_map(|x| x.parse().ok()).collect()
}
