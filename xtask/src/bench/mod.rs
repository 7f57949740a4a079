//! `cargo xtask bench`: the cases of `benches/` beside NumPy's, or beside another backend or layout of ours.

mod measure;
mod process;
mod report;

use crate::step::{Context, Run};
use measure::{Measured, Side, measure};
use process::Process;
use report::{Line, table};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::Command;

/// The suites that are measured against NumPy, when no other is asked for.
const DEFAULT: &[&str] = &["basics", "matrices", "layouts", "small"];

/// What the layouts and backends are compared with.
const RATIO_TO_BASE: &str = "layouts";
const RATIO_TO_SCALAR: &str = "backends";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only cases whose names contain one of these
    filters: Vec<String>,
    /// Suites to run, several with commas; see --list
    #[arg(long, value_delimiter = ',')]
    suite: Vec<String>,
    /// List the cases, and run none
    #[arg(long)]
    list: bool,
    /// Threads on both sides: a number, or "all"
    #[arg(long, default_value = "1")]
    threads: String,
    /// How often each side is measured, in turns
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u32).range(3..))]
    rounds: u32,
    /// A Python that has NumPy [default: the one of `setup --peers`, else python3]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Also write every median and quartile to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Whether all results agreed.
pub(crate) fn run(options: &Options, context: &Context) -> Result<bool, String> {
    let mut ours = Process::start("isonum", &mut our_command(context, &options.threads)?)?;
    let listed = ours.ask(json!({ "do": "list" }))?;
    let known: Vec<&str> = texts(&listed["suites"]).collect();
    if let Some(unknown) = options.suite.iter().find(|suite| !known.contains(&suite.as_str())) {
        return Err(format!("no suite {unknown:?}; there are {}", known.join(", ")));
    }
    let wanted = |case: &&Value| {
        let (suite, id) = (text(case, "suite"), text(case, "id"));
        let by_suite = match options.suite.is_empty() {
            true => options.list || DEFAULT.contains(&suite),
            false => options.suite.iter().any(|wanted| wanted == suite),
        };
        by_suite
            && (options.filters.is_empty() || options.filters.iter().any(|part| id.contains(part.as_str())))
    };
    let cases = listed["cases"].as_array().into_iter().flatten();
    let cases: Vec<&Value> = cases.filter(wanted).collect();
    if options.list {
        for case in &cases {
            println!("{:<9} {:<28} {}", text(case, "suite"), text(case, "id"), text(case, "numpy"));
        }
        return Ok(true);
    }
    let mut processes = vec![ours];
    if cases.iter().any(|case| text(case, "suite") != RATIO_TO_SCALAR) {
        processes.push(Process::start("NumPy", &mut numpy_command(context, options))?);
        let answer = processes[1].ask(json!({ "do": "version" }))?;
        println!("{}; {} threads on both sides", text(&answer, "version"), options.threads);
    }
    let mut bench = Bench { processes, rounds: options.rounds as usize, disagreed: Vec::new() };
    let mut tables = Vec::new();
    let mut record = Vec::new();
    for &suite in &known {
        let cases: Vec<&Value> = cases.iter().copied().filter(|case| text(case, "suite") == suite).collect();
        if cases.is_empty() {
            continue;
        }
        let mut add = |title: &str, other: &str, lines: Vec<Line>, high_is_good| {
            record.extend(lines.iter().map(|line| as_json(suite, other, line)));
            tables.push(table(title, other, lines, high_is_good));
        };
        if suite == RATIO_TO_SCALAR {
            for backend in texts(&listed["backends"]).filter(|&backend| backend != "scalar") {
                let lines = bench.each(&cases, |bench, case| bench.against_scalar(case, backend))?;
                let title = format!("{suite}: time of scalar over that of {backend}");
                add(&title, "scalar", lines, true);
            }
            continue;
        }
        let lines = bench.each(&cases, Bench::against_numpy)?;
        add(&format!("{suite}: time of NumPy over that of isonum"), "NumPy", lines, true);
        if suite == RATIO_TO_BASE {
            let varied: Vec<&Value> = cases.iter().copied().filter(|case| !case["base"].is_null()).collect();
            let lines = bench.each(&varied, Bench::against_base)?;
            add("layouts: time over that of contiguous operands", "contiguous", lines, false);
        }
    }
    tables.iter().for_each(|table| print!("{table}"));
    if let Some(path) = &options.json {
        let text = serde_json::to_string_pretty(&record).expect("values of ours");
        std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    bench.disagreed.iter().for_each(|case| println!("results differ: {case}"));
    Ok(bench.disagreed.is_empty())
}

/// Bytes from which on the second-level cache holds no more of a case than a part.
const BEYOND_CACHES: f64 = 3e6;

struct Bench {
    processes: Vec<Process>,
    rounds: usize,
    /// The cases of which the sides had different results.
    disagreed: Vec<String>,
}

impl Bench {
    fn each(
        &mut self,
        cases: &[&Value],
        mut f: impl FnMut(&mut Bench, &Value) -> Result<Measured, String>,
    ) -> Result<Vec<Line>, String> {
        let mut lines = Vec::new();
        for (k, case) in cases.iter().enumerate() {
            let id = text(case, "id").to_owned();
            progress(&format!("{}/{} {id}", k + 1, cases.len()));
            let measured = f(self, case).map_err(|error| format!("{id}: {error}"))?;
            lines.push(Line { id, bytes: read(case) + written(case), measured });
        }
        progress("");
        Ok(lines)
    }

    /// A prepared slot of ours, and elements of its result.
    fn ours(
        &mut self,
        case: &Value,
        id: &str,
        slot: usize,
        backend: Option<&str>,
    ) -> Result<(Side, Vec<f64>), String> {
        let request =
            json!({ "do": "prepare", "slot": slot, "id": id, "suite": case["suite"], "backend": backend });
        let sample = numbers(&self.processes[0].ask(request)?);
        Ok((Side { process: 0, slot }, sample))
    }

    fn against_numpy(&mut self, case: &Value) -> Result<Measured, String> {
        let (ours, mine) = self.ours(case, text(case, "id"), 0, None)?;
        let theirs = self.processes[1].ask(json!({ "do": "prepare", "slot": 0, "case": case }))?;
        let tolerance = case["tolerance"].as_f64().unwrap_or(0.0);
        if let Some(difference) = differ(&mine, &numbers(&theirs), tolerance) {
            self.disagreed.push(format!("{}: {difference}", text(case, "id")));
        }
        let limit = self.limit(case)?;
        measure(&mut self.processes, &ours, &Side { process: 1, slot: 0 }, limit.as_ref(), self.rounds)
    }

    fn against_scalar(&mut self, case: &Value, backend: &str) -> Result<Measured, String> {
        let id = text(case, "id");
        let (ours, mine) = self.ours(case, id, 0, Some(backend))?;
        // On the same arrays: where arrays lie in memory makes a quarter of the time of a short case.
        let request = json!({ "do": "prepare", "slot": 1, "shares": ours.slot, "backend": "scalar" });
        let theirs = numbers(&self.processes[0].ask(request)?);
        let scalar = Side { process: 0, slot: 1 };
        if differ(&mine, &theirs, 0.0).is_some() {
            self.disagreed.push(format!("{id}: {backend} and scalar"));
        }
        measure(&mut self.processes, &ours, &scalar, None, self.rounds)
    }

    /// How much longer this layout takes than the base: the base is "ours".
    fn against_base(&mut self, case: &Value) -> Result<Measured, String> {
        let (base, _) = self.ours(case, text(case, "base"), 0, None)?;
        let (varied, _) = self.ours(case, text(case, "id"), 1, None)?;
        let measured = measure(&mut self.processes, &base, &varied, None, self.rounds)?;
        Ok(Measured { ours: measured.other, other: measured.ours, ..measured })
    }

    /// The traffic of the case without its work, where that is memory's and not the caches'.
    fn limit(&mut self, case: &Value) -> Result<Option<Side>, String> {
        let (read, written) = (read(case), written(case));
        if read + written < BEYOND_CACHES {
            return Ok(None);
        }
        self.processes[0]
            .ask(json!({ "do": "prepare", "slot": 2, "read": read as u64, "written": written as u64 }))?;
        Ok(Some(Side { process: 0, slot: 2 }))
    }
}

/// The first difference beyond the tolerance.
fn differ(a: &[f64], b: &[f64], tolerance: f64) -> Option<String> {
    if a.len() != b.len() {
        return Some(format!("{} and {} elements", a.len(), b.len()));
    }
    // Sums of terms of both signs cancel: differences count relative to the largest element.
    let largest = a.iter().chain(b).fold(0.0f64, |m, x| m.max(x.abs()));
    let off = |(x, y): &(&f64, &f64)| !((*x - *y).abs() <= tolerance * largest || x.is_nan() && y.is_nan());
    a.iter().zip(b).find(off).map(|(x, y)| format!("{x} and {y}"))
}

/// Our side, built for release.
fn our_command(context: &Context, threads: &str) -> Result<Command, String> {
    context.run(&Run::cargo("build --release --package isonum-benches"))?;
    let mut command = Command::new(context.target.join("release/isonum-benches"));
    if threads != "all" {
        command.env("ISONUM_NUM_THREADS", threads);
    }
    Ok(command)
}

fn numpy_command(context: &Context, options: &Options) -> Command {
    let installed = crate::peers::python(context);
    let python =
        options.python.clone().unwrap_or(if installed.exists() { installed } else { "python3".into() });
    let mut command = Command::new(python);
    command.arg(context.root.join("benches/numpy_peer.py"));
    if options.threads != "all" {
        command.env("OPENBLAS_NUM_THREADS", &options.threads).env("OMP_NUM_THREADS", &options.threads);
    }
    command
}

fn as_json(suite: &str, other: &str, line: &Line) -> Value {
    let spread = |s: &measure::Spread| json!([s.median, s.quartiles.0, s.quartiles.1]);
    let Measured { ours, other: theirs, ratio, limit } = &line.measured;
    json!({
        "suite": suite, "id": line.id, "other": other,
        "ns": spread(ours), "other_ns": spread(theirs), "ratio": spread(ratio), "limit": limit,
    })
}

/// What is being measured, on one line of a terminal.
fn progress(text: &str) {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        let _ = write!(out, "\r\x1b[K{text}");
        let _ = out.flush();
    }
}

fn read(case: &Value) -> f64 {
    case["read"].as_f64().unwrap_or(0.0)
}

fn written(case: &Value) -> f64 {
    case["written"].as_f64().unwrap_or(0.0)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn numbers(answer: &Value) -> Vec<f64> {
    text(answer, "sample").split(' ').filter_map(|x| x.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_found() {
        assert_eq!(differ(&[1.0, f64::NAN], &[1.0, f64::NAN], 0.0), None);
        assert_eq!(differ(&[1.0, 1e-9], &[1.0, 0.0], 1e-8), None);
        assert!(differ(&[1.0, 1e-9], &[1.0, 0.0], 1e-10).is_some());
        assert!(differ(&[1.0], &[f64::NAN], 1.0).is_some());
        assert!(differ(&[1.0], &[1.0, 2.0], 1.0).is_some());
    }
}
