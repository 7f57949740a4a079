//! `bench instructions`: how many instructions a few cases take, counted by callgrind. Of all figures the only ones that are the
//! same in every run, and so the ones that a gate can compare with a file.
//!
//! Valgrind has no AVX-512: the backends are AVX2 and scalar.

use super::our_command;
use super::process::Process;
use crate::debian::{Packages, succeeds};
use crate::step::{Context, Outcome, Run};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Options {
    /// Keep the counts in `benches/instructions.json`, which later ones are compared with
    #[arg(long)]
    record: bool,
}

/// The cases: an everyday one of each kind of loop.
const CASES: [&str; 16] = [
    "add/f64/8",
    "add/f64/10000",
    "add/f32/10000/out",
    "add_2d/f32/512/transposed",
    "broadcast_add/f32/512",
    "exp/f32/10000",
    "exp/f64/10000",
    "log/f64/10000",
    "sin/f64/10000",
    "tanh/f32/10000",
    "sum/f64/10000",
    "var/f32/10000",
    "argmax/f32/10000",
    "mean_axis0/f32/512",
    "cumsum/f64/10000",
    "slice/f64/100",
];
const BACKENDS: [&str; 2] = ["avx2", "scalar"];

/// More instructions than this, over those of the file, are a regression.
const TOLERANCE: f64 = 1.05;
/// Another compiler makes other code.
const OTHER_COMPILER: f64 = 1.25;

/// Instructions of a call, by backend and case.
type Counts = BTreeMap<String, BTreeMap<String, u64>>;

fn file(context: &Context) -> PathBuf {
    context.root.join("benches/instructions.json")
}

/// Whether nothing takes more than it did; prints what differs.
pub(super) fn run(options: &Options, context: &Context) -> Result<bool, String> {
    let counts = count(context)?;
    let rustc = context.stdout(&Run::new("rustc", "--version"))?.trim().to_owned();
    if options.record {
        let text = format!("{:#}\n", json!({ "rustc": rustc, "counts": counts }));
        std::fs::write(file(context), text).map_err(|error| error.to_string())?;
        println!("{} counts written", counts.values().map(BTreeMap::len).sum::<usize>());
        return Ok(true);
    }
    let compared = compare(&counts, &load(&file(context))?, &rustc);
    print!("{}", compared.text);
    Ok(compared.more == 0)
}

/// Installs valgrind unless it is there, or prints how.
pub(crate) fn setup(dry_run: bool) -> Result<(), String> {
    let what = "Counting instructions needs";
    Packages { what, names: &[VALGRIND], architecture: None, missing }.install(dry_run)
}

const VALGRIND: &str = "valgrind";

fn missing() -> Vec<String> {
    let there = succeeds(VALGRIND, &["--version"]);
    if there { Vec::new() } else { vec![VALGRIND.to_owned()] }
}

/// The step of `cargo xtask test`.
pub(crate) fn step(context: &Context) -> Result<Outcome, String> {
    if !cfg!(target_arch = "x86_64") {
        return Ok(Outcome::Skipped("the counts are of x86-64".into()));
    }
    if !missing().is_empty() {
        return Ok(Outcome::Skipped("without valgrind: cargo xtask setup --valgrind".into()));
    }
    let rustc = context.stdout(&Run::new("rustc", "--version"))?.trim().to_owned();
    let compared = compare(&count(context)?, &load(&file(context))?, &rustc);
    match compared.more {
        0 => Ok(Outcome::Passed(compared.summary)),
        _ => Err(format!("{}to accept them: cargo xtask bench instructions --record", compared.text)),
    }
}

/// Counts all cases on all backends.
fn count(context: &Context) -> Result<Counts, String> {
    let folder = context.target.join("bench/callgrind");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    BACKENDS.iter().map(|backend| Ok(((*backend).to_owned(), count_on(context, backend, &folder)?))).collect()
}

/// One process runs all cases. Callgrind writes a file at the end of each call of `counted`, with what that call took.
fn count_on(context: &Context, backend: &str, folder: &Path) -> Result<BTreeMap<String, u64>, String> {
    // Without a wildcard: the options of one function are kept under its pattern.
    const FUNCTION: &str = "isonum_benches::counted";
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)?.flatten() {
        std::fs::remove_file(entry.path()).map_err(failed)?;
    }
    let program = our_command(context, "1")?.get_program().to_owned();
    let mut command = Command::new(VALGRIND);
    command
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--toggle-collect={FUNCTION}"))
        .arg(format!("--dump-after={FUNCTION}"))
        .arg(format!("--callgrind-out-file={}", folder.join("out").display()))
        .arg(program)
        .env("ISONUM_BACKEND", backend)
        .env("ISONUM_NUM_THREADS", "1")
        .stderr(std::process::Stdio::null());
    let mut process = Process::start(VALGRIND, &mut command)?;
    for (k, case) in CASES.iter().enumerate() {
        process.ask(json!({ "do": "prepare", "slot": k, "id": case }))?;
        process.ask(json!({ "do": "count", "slot": k }))?;
    }
    let counted = |k: usize| {
        let path = folder.join(format!("out.{}", k + 1));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        total(&text).ok_or_else(|| format!("{}: no totals", path.display()))
    };
    CASES.iter().enumerate().map(|(k, case)| Ok(((*case).to_owned(), counted(k)?))).collect()
}

/// The sum that a file of callgrind states.
fn total(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("totals:").or(line.strip_prefix("summary:")));
    line?.split_whitespace().next()?.parse().ok()
}

fn load(path: &Path) -> Result<Value, String> {
    let failed = |error: &dyn std::fmt::Display| {
        format!("{}: {error}; to write it: cargo xtask bench instructions --record", path.display())
    };
    let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}

struct Compared {
    text: String,
    summary: String,
    /// Cases that take more instructions than they may.
    more: usize,
}

fn compare(now: &Counts, before: &Value, rustc: &str) -> Compared {
    let same = before["rustc"] == rustc;
    let tolerance = if same { TOLERANCE } else { OTHER_COMPILER };
    let (mut text, mut more, mut less, mut all) = (String::new(), 0, 0, 0);
    for (backend, counts) in now {
        for (case, &count) in counts {
            all += 1;
            let Some(known) = before["counts"][backend][case].as_u64() else {
                more += 1;
                text += &format!("{backend} {case}: not in the file\n");
                continue;
            };
            let ratio = count as f64 / known as f64;
            if ratio > tolerance {
                more += 1;
            } else if ratio < 1.0 / tolerance {
                less += 1;
            } else {
                continue;
            }
            text += &format!("{backend} {case}: {count} instructions after {known}, {ratio:.2}\n");
        }
    }
    let mut summary =
        format!("{all} counts, {more} more and {less} less than {:.0}% off", 100.0 * (tolerance - 1.0));
    if !same {
        summary += &format!("; the file is of {}", before["rustc"].as_str().unwrap_or("another compiler"));
    }
    text += &format!("{summary}\n");
    Compared { text, summary, more }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_read() {
        assert_eq!(total("version: 1\nevents: Ir\n\ntotals: 1234\n"), Some(1234));
        assert_eq!(total("events: Ir\n"), None);
    }

    #[test]
    fn more_instructions_are_found() {
        let before = json!({ "rustc": "1.95", "counts": { "avx2": { "exp/f64/100": 1000 } } });
        let now = |count| Counts::from([("avx2".into(), BTreeMap::from([("exp/f64/100".into(), count)]))]);
        assert_eq!(compare(&now(1040), &before, "1.95").more, 0);
        let compared = compare(&now(1100), &before, "1.95");
        assert_eq!(compared.more, 1);
        assert!(compared.text.starts_with("avx2 exp/f64/100: 1100 instructions after 1000, 1.10\n"));
        assert_eq!(compare(&now(1100), &before, "1.96").more, 0, "another compiler");
        assert!(compare(&now(500), &before, "1.95").text.contains("1 less"));
        assert_eq!(compare(&now(10), &json!({}), "1.95").more, 1, "a case that is not in the file");
    }
}
