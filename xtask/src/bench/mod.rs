//! `cargo xtask bench`: the cases of `benches/` beside NumPy's, beside another backend or layout of ours, or beside
//! ourselves of before.

mod baseline;
mod compare;
mod compile;
mod environment;
pub(crate) mod instructions;
mod limits;
mod measure;
mod output;
mod peers;
mod performance;
mod plots;
mod process;
mod report;
mod selection;
mod suites;
mod verdict;

use crate::step::{ALIKE, Context, Run};
use baseline::Attempts;
use environment::environment;
use output::Output;
use process::Process;
use report::progress;
use selection::{Case, Known};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use suites::{BACKENDS, Bench, SCALAR, Variants};

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
    /// Count the instructions of a few cases under valgrind, and compare them with the checked-in counts: free of noise
    Instructions(instructions::Options),
    /// Write PERFORMANCE.md and plots from files of --json: the environment of the first, and the cases of all
    Report {
        /// Where to
        folder: PathBuf,
        /// What `bench --json` has written
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Which cases, and how.
#[derive(clap::Args)]
struct Selection {
    /// Only cases whose names contain one of these
    filters: Vec<String>,
    /// Suites to run, several with commas; see --list [default: quick, or all where there are filters]
    #[arg(long, value_delimiter = ',')]
    suite: Vec<String>,
    /// Threads on all sides: a number, or "all"; several with commas compare them with each other
    #[arg(long, default_value = "1", value_delimiter = ',')]
    threads: Vec<String>,
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
    /// For what compares no numbers of threads.
    fn one_number_of_threads(&self) -> Result<&str, String> {
        match &self.threads[..] {
            [one] => Ok(one),
            _ => Err("--threads: one number here".into()),
        }
    }

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
    /// Peers, several with commas: numpy, scipy, bottleneck, numexpr, torch, jax, mkl_fft of Python; ndarray, faer,
    /// matrixmultiply, rustfft of Rust; see `cargo xtask setup --peers`
    #[arg(long, default_value = "numpy", value_delimiter = ',', value_name = "PEERS")]
    vs: Vec<String>,
    /// Compare backends in place of peers: the first with the others, as in avx512,avx2,scalar
    #[arg(long, value_delimiter = ',', value_name = "BACKENDS", conflicts_with = "vs")]
    backend: Vec<String>,
    /// A Python that has the peers [default: the one of `setup --peers`, else python3]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Also write what is measured to this file, case by case
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also write PERFORMANCE.md and plots to this folder
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Measure what a program pays before it runs: seconds to build, crates, bytes
    #[arg(long)]
    compile: bool,
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
        Some(Task::Instructions(options)) => instructions::run(options, context),
        Some(Task::Report { folder, files }) => report_of(folder, files),
        None => run_cases(&options.run, context),
    }
}

fn run_cases(options: &RunOptions, context: &Context) -> Result<bool, String> {
    if options.compile {
        return compile::run(context);
    }
    let selection = &options.selection;
    for name in &options.vs {
        crate::peers::find(name)?;
    }
    let threads = selection.threads.join(",");
    let most = selection.threads.last().map_or("1", |last| last);
    let mut ours = Process::start("isonum", &mut our_command(context, most)?)?;
    let listed = ours.ask(json!({ "do": "list" }))?;
    let known = Known::of(&listed);
    if options.list {
        return list(&known, selection);
    }
    let cases = selection.cases(&known)?;
    let backend = listed["backend"].as_str().unwrap_or("");
    let environment = environment(context, backend, &threads);
    if options.save.is_some() || options.baseline.is_some() {
        selection.one_number_of_threads()?;
        return against_before(options, context, ours, &cases, &environment);
    }
    let mut output = Output::new(options.json.clone(), environment);
    let (of_backends, others): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.is_in(BACKENDS));
    let with_peers = options.backend.is_empty() && selection.threads.len() == 1;
    let mut peers = Vec::new();
    if with_peers && !others.is_empty() {
        peers = peers::start(context, &options.vs, options.python.as_ref(), &threads)?;
        for (peer, _) in &peers {
            println!("{}", peer.version);
            output.peer(&peer.name, &peer.version);
        }
    }
    let mut bench = Bench::new(ours, peers, selection.rounds, most);
    if !options.backend.is_empty() {
        bench.variants(&cases, Variants::Backends, &options.backend, &mut output)?;
    } else if !with_peers {
        let most_first: Vec<String> = selection.threads.iter().rev().cloned().collect();
        bench.variants(&cases, Variants::Threads, &most_first, &mut output)?;
    } else {
        if let Some(smallest) = known.cases.iter().find(|case| case.id == SMALLEST) {
            bench.overheads(smallest)?.iter().for_each(|line| println!("{line}; threads: {threads}"));
        }
        bench.beside_peers(&others, &mut output)?;
        for backend in known.backends.iter().filter(|name| *name != SCALAR && !of_backends.is_empty()) {
            let pair = [backend.clone(), SCALAR.to_owned()];
            bench.variants(&of_backends, Variants::Backends, &pair, &mut output)?;
        }
    }
    if let Some(folder) = &options.report {
        let written = performance::write(folder, &output.value())?;
        println!("in {}: {}", folder.display(), written.join(", "));
    }
    bench.disagreed.iter().for_each(|case| println!("results differ: {case}"));
    Ok(bench.disagreed.is_empty())
}

/// A report of several runs.
fn report_of(folder: &std::path::Path, files: &[PathBuf]) -> Result<bool, String> {
    let mut all: Option<serde_json::Value> = None;
    for file in files {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = std::fs::read_to_string(file).map_err(|error| failed(&error))?;
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        if value["schema"] != baseline::SCHEMA {
            return Err(failed(&format!("schema {} instead of {}", value["schema"], baseline::SCHEMA)));
        }
        match &mut all {
            None => all = Some(value),
            Some(all) => performance::add(all, &value).map_err(|error| failed(&error))?,
        }
    }
    let written = performance::write(folder, &all.unwrap_or_default())?;
    println!("in {}: {}", folder.display(), written.join(", "));
    Ok(true)
}

/// The case that shows what a call costs.
const SMALLEST: &str = "add/f64/1/out";

/// The cases, and what has none.
fn list(known: &Known, selection: &Selection) -> Result<bool, String> {
    for case in known.select(&selection.suite, &selection.filters)? {
        let numpy = case.numpy.replace('\n', "; ");
        println!("{:<34} {:<24} {numpy}", case.id, case.suites.join(","));
    }
    if selection.filters.is_empty() && !known.missing.is_empty() {
        println!("\nnot there yet: {}", known.missing.join(", "));
    }
    Ok(true)
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
    let mut bench = Bench::new(ours, Vec::new(), selection.rounds, "1");
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
    context.run(&Run::cargo(&format!("build --release -p isonum-benches {ALIKE} --bin isonum-benches")))?;
    Ok(with_threads(Command::new(context.target.join("release/isonum-benches")), threads))
}

/// A command of ours that uses so many threads.
fn with_threads(mut command: Command, threads: &str) -> Command {
    if threads != "all" {
        command.env("ISONUM_NUM_THREADS", threads);
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
