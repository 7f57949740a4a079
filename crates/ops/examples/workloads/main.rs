//! Four workloads on real data, on every backend of this machine, with one thread and with all.
//!
//! `cargo run --release --example workloads` writes pictures and a plot to `target/workloads/` and prints what each
//! workload found, how long it took, and whether all backends gave the same bits.

mod image;
mod learning;
mod monte_carlo;
mod report;
mod signal;

use indicatif::{ProgressBar, ProgressStyle};
use isonum::{backend, threads};
use report::{Outcome, Row, Table};
use std::error::Error;
use std::path::Path;
use std::time::Instant;

/// A workload: computes on the backend and threads of the moment, and writes its files where asked to.
type Run = fn(data: &Path, write_to: Option<&Path>) -> Result<Outcome, Box<dyn Error>>;

/// Name, function, and the outside engine whose last bits are its own.
const WORKLOADS: [(&str, Run, Option<&str>); 4] = [
    ("image", image::run, None),
    ("learning", learning::run, Some("matmul")),
    ("signal", signal::run, Some("rfft")),
    ("Monte Carlo", monte_carlo::run, None),
];

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/workloads");
    std::fs::create_dir_all(&out)?;
    let out = out.canonicalize()?;

    let mut counts = vec![1, threads::count()];
    counts.dedup();
    // The slowest first, which the others are compared with.
    let mut names = backend::available();
    names.reverse();

    let bar = ProgressBar::new((WORKLOADS.len() * names.len() * counts.len() + 1) as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    let mut table = Table::default();
    let mut found = Vec::new();
    for (workload, run, engine) in WORKLOADS {
        bar.set_message(format!("{workload}: files"));
        let scalar = backend::by_name("scalar")?;
        let first = backend::with(scalar, || threads::with(1, || run(&data, Some(&out))))?;
        let mut slowest = None;
        for &name in &names {
            for &count in &counts {
                bar.set_message(format!("{workload} on {name}, threads: {count}"));
                let start = Instant::now();
                let outcome =
                    backend::with(backend::by_name(name)?, || threads::with(count, || run(&data, None)))?;
                let seconds = start.elapsed().as_secs_f64();
                table.push(Row {
                    workload,
                    backend: name,
                    threads: count,
                    seconds,
                    speed_up: *slowest.get_or_insert(seconds) / seconds,
                    bits: outcome.compare(&first, engine)?,
                });
                bar.inc(1);
            }
        }
        found.push((workload, first.summary));
    }
    bar.set_message("Monte Carlo, 20 seeds");
    found.push(("Monte Carlo", monte_carlo::twenty_seeds()?));
    bar.finish_and_clear();

    for (workload, lines) in found {
        lines.iter().for_each(|line| println!("{workload}: {line}"));
    }
    println!("\n{table}");
    println!("Files in {}. {:.1} s in all.", out.display(), start.elapsed().as_secs_f64());
    Ok(())
}
