//! `cargo xtask bench`: the cases of `benches/` beside NumPy's, beside another backend or layout of ours, or beside
//! ourselves of before.

mod baseline;
mod compare;
mod environment;
mod limits;
mod measure;
mod output;
mod process;
mod report;
mod selection;
mod suites;
mod verdict;

use crate::step::{Context, Run};
use baseline::Attempts;
use environment::environment;
use output::Output;
use process::Process;
use report::progress;
use selection::{Case, Known};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use suites::Bench;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    run: RunOptions,
}

#[derive(clap::Subcommand)]
enum Task {
    /// Build another revision of the repository, and run its cases and ours in turns: what a change has made of them
    ///
    /// The honest way on a noisy machine. Ends with 1 where --fail-on-regression is given and there is one.
    Compare(compare::Options),
    /// Measure what the machine can do: multiply-adds, and traffic of each level of memory, on one thread and on all
    Limits,
}

/// Which cases, and how.
#[derive(clap::Args)]
struct Selection {
    /// Only cases whose names contain one of these
    filters: Vec<String>,
    /// Suites to run, several with commas; see --list [default: quick, or all where there are filters]
    #[arg(long, value_delimiter = ',')]
    suite: Vec<String>,
    /// Threads on both sides: a number, or "all"
    #[arg(long, default_value = "1")]
    threads: String,
    /// How often each side is measured, in turns
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u32).range(3..))]
    rounds: u32,
    /// A change of so many percent counts as one
    #[arg(long, default_value_t = 5.0, value_name = "PERCENT")]
    noise: f64,
    /// How often all cases are measured, for a verdict on a change
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(3..))]
    attempts: u32,
    /// End with 1 if a case has become slower
    #[arg(long)]
    fail_on_regression: bool,
}

impl Selection {
    fn cases<'k>(&self, known: &'k Known) -> Result<Vec<&'k Case>, String> {
        let quick = self.suite.is_empty() && self.filters.is_empty();
        let default = if quick { vec!["quick".to_owned()] } else { Vec::new() };
        known.select(if quick { &default } else { &self.suite }, &self.filters)
    }
}

#[derive(clap::Args)]
struct RunOptions {
    #[command(flatten)]
    selection: Selection,
    /// List the cases, and run none
    #[arg(long)]
    list: bool,
    /// A Python that has NumPy [default: the one of `setup --peers`, else python3]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Also write what is measured to this file, case by case
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure our side only, and keep it under this name (or in this file) for --baseline
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// Measure our side only, and compare it with what was saved
    #[arg(long, value_name = "NAME")]
    baseline: Option<String>,
}

/// Whether all results agreed, and nothing has become slower where that matters.
pub(crate) fn run(options: &Options, context: &Context) -> Result<bool, String> {
    match &options.task {
        Some(Task::Compare(options)) => compare::run(options, context),
        Some(Task::Limits) => limits::run(context),
        None => run_cases(&options.run, context),
    }
}

fn run_cases(options: &RunOptions, context: &Context) -> Result<bool, String> {
    let selection = &options.selection;
    let mut ours = Process::start("isonum", &mut our_command(context, &selection.threads)?)?;
    let listed = ours.ask(json!({ "do": "list" }))?;
    let known = Known::of(&listed);
    if options.list {
        let cases = known.select(&selection.suite, &selection.filters)?;
        for case in cases {
            println!("{:<34} {:<24} {}", case.id, case.suites.join(","), case.numpy);
        }
        return Ok(true);
    }
    let cases = selection.cases(&known)?;
    let backend = listed["backend"].as_str().unwrap_or("");
    let environment = environment(context, backend, &selection.threads);
    if options.save.is_some() || options.baseline.is_some() {
        return against_before(options, context, ours, &cases, &environment);
    }
    let mut output = Output::new(options.json.clone(), environment);
    let mut processes = vec![ours];
    if cases.iter().any(|case| !case.is_in(suites::BACKENDS)) {
        let numpy = numpy_command(context, options.python.as_ref(), &selection.threads);
        processes.push(Process::start("NumPy", &mut { numpy })?);
        let answer = processes[1].ask(json!({ "do": "version" }))?;
        output.peer("numpy", &answer["version"]);
        println!("{}; {} threads on both sides", answer["version"].as_str().unwrap_or(""), selection.threads);
    }
    let mut bench = Bench::new(processes, selection.rounds as usize);
    bench.run(&cases, &known.backends, &mut output)?;
    bench.disagreed.iter().for_each(|case| println!("results differ: {case}"));
    Ok(bench.disagreed.is_empty())
}

/// Our side alone, several times, to be kept or compared with what was kept.
fn against_before(
    options: &RunOptions,
    context: &Context,
    ours: Process,
    cases: &[&Case],
    environment: &serde_json::Value,
) -> Result<bool, String> {
    let selection = &options.selection;
    // First, so that nothing is measured in vain.
    let before = options.baseline.as_ref().map(|name| baseline::load(&context.target, name, environment));
    let before = before.transpose()?;
    let mut bench = Bench::new(vec![ours], selection.rounds as usize);
    let mut attempts = Attempts::new();
    for attempt in 1..=selection.attempts {
        for (k, case) in cases.iter().enumerate() {
            progress(&format!("{attempt}. {}/{} {}", k + 1, cases.len(), case.id));
            attempts.entry(case.id.clone()).or_default().push(bench.alone(case)?);
        }
    }
    progress("");
    if let Some(name) = &options.save {
        let path = baseline::path(&context.target, name);
        baseline::save(&path, environment, &attempts)?;
        println!("{} cases saved in {}", attempts.len(), path.display());
    }
    let Some(before) = before else { return Ok(true) };
    let changes: Vec<compare::Change> = attempts
        .iter()
        .filter_map(|(id, now)| {
            let before = before.get(id)?;
            let ratios = now.iter().flat_map(|now| before.iter().map(move |before| now / before)).collect();
            Some(compare::Change::new(id, ratios, selection.noise))
        })
        .collect();
    let unknown = attempts.len() - changes.len();
    print!("{}", compare::table("time over that of the baseline", &changes));
    if unknown > 0 {
        println!("{unknown} cases are not in the baseline");
    }
    Ok(!(selection.fail_on_regression && compare::any_regression(&changes)))
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
    Ok(with_threads(Command::new(context.target.join("release/isonum-benches")), threads))
}

/// A command of ours that uses so many threads.
fn with_threads(mut command: Command, threads: &str) -> Command {
    if threads != "all" {
        command.env("ISONUM_NUM_THREADS", threads);
    }
    command
}

fn numpy_command(context: &Context, python: Option<&PathBuf>, threads: &str) -> Command {
    let installed = crate::peers::python(context);
    let python = python.cloned().unwrap_or(if installed.exists() { installed } else { "python3".into() });
    let mut command = Command::new(python);
    command.arg(context.root.join("benches/numpy_peer.py"));
    if threads != "all" {
        command.env("OPENBLAS_NUM_THREADS", threads).env("OMP_NUM_THREADS", threads);
    }
    command
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
