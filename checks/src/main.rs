//! `cargo xtask check`.

mod operations;
mod options;
mod record;

use clap::Parser;
use isonum_check::accuracy::{self, Setting, Tally, Task};
use isonum_check::bits::{self, Extent, Layout};
use isonum_check::progress::Progress;
use isonum_check::special;
use isonum_core::Backend;
use isonum_runtime::backend;
use options::{Options, Section};
use record::Record;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

fn main() -> ExitCode {
    let options = Options::parse();
    let done = if options.list { list(&options).map(|()| true) } else { run(&options) };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("in the workspace")
}

/// What a section found.
struct Finding {
    name: &'static str,
    /// What was done.
    summary: String,
    /// What is wrong.
    complaints: Vec<String>,
    /// The same for programs.
    json: Value,
}

/// Whether everything is as it should be.
fn run(options: &Options) -> Result<bool, String> {
    let available = backend::available();
    let chosen = match &options.backend {
        Some(name) => backend::by_name(name).map_err(|error| error.to_string())?.name().to_owned(),
        None => backend::current(),
    };
    println!("backends {}; accuracy on {chosen}; {} cores", available.join(", "), cores());
    let mut good = true;
    let mut found = Vec::new();
    for section in Section::ALL.into_iter().filter(|&section| options.wants(section)) {
        let start = Instant::now();
        let done = match section {
            Section::Special => check_special()?,
            Section::Bits => check_bits(options)?,
            Section::Accuracy => check_accuracy(options, &chosen)?,
            Section::Fixtures => check_fixtures()?,
        };
        let verdict = if done.complaints.is_empty() { "ok" } else { "FAILED" };
        println!("{:<10}{verdict}  {:.1} s  {}", done.name, start.elapsed().as_secs_f64(), done.summary);
        done.complaints.iter().for_each(|complaint| println!("  {complaint}"));
        good &= done.complaints.is_empty();
        found.push(json!({
            "section": done.name, "seconds": start.elapsed().as_secs_f64(), "complaints": done.complaints,
            "found": done.json,
        }));
    }
    if let Some(path) = &options.json {
        let environment = json!({ "backends": available, "backend": chosen, "cores": cores(), "arch": std::env::consts::ARCH });
        let all = json!({ "schema": 1, "environment": environment, "sections": found });
        write(path, &format!("{all:#}\n"))?;
    }
    Ok(good)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn check_special() -> Result<Finding, String> {
    let (count, mut complaints) = special::check().map_err(|error| error.to_string())?;
    complaints.extend(special::missing().iter().map(|name| format!("{name} has no special values")));
    let summary = format!("{count} results");
    Ok(Finding { name: "special", summary, complaints, json: json!({ "compared": count }) })
}

fn check_bits(options: &Options) -> Result<Finding, String> {
    let mut operations = operations::all();
    operations.retain(|operation| options.matches(&format!("{}/{}", operation.name, operation.dtype)));
    let extent = if options.quick() { Extent::Quick } else { Extent::Full };
    let progress = Progress::new(operations.len() as u64);
    let backends = backend::available().into_iter().map(backend::by_name).collect::<Result<Vec<_>, _>>();
    let backends = backends.map_err(|error| error.to_string())?;
    let backends: Vec<&dyn Backend> = backends.into_iter().map(|backend| backend as &dyn Backend).collect();
    let found =
        bits::compare(&operations, &backends, extent, &progress).map_err(|error| error.to_string())?;
    drop(progress);
    let summary = format!(
        "{} operations and types, {} comparisons with scalar, {} of them split among threads",
        operations.len(),
        found.compared,
        found.split
    );
    let json = json!({ "operations": operations.len(), "compared": found.compared, "split": found.split });
    Ok(Finding { name: "bits", summary, complaints: found.differences, json })
}

/// The tasks that are asked for, and the functions whose values are not known.
fn tasks(options: &Options) -> (Vec<Task>, Vec<&'static str>) {
    let (subjects, unknown) = accuracy::subjects();
    let points = options.points();
    let of = |(row, reference)| accuracy::tasks(row, reference, points, options.exhaustive, options.seed);
    let mut tasks: Vec<Task> = subjects.into_iter().flat_map(of).collect();
    tasks.retain(|task| options.matches(&task.name()));
    (tasks, unknown)
}

fn check_accuracy(options: &Options, backend: &str) -> Result<Finding, String> {
    let (tasks, unknown) = tasks(options);
    let state =
        (!options.fresh).then(|| options.state.clone().unwrap_or_else(|| root().join("target/check")));
    let setting = Setting { backend: backend.to_owned(), workers: cores(), state, build: build()? };
    let mut complaints: Vec<String> = unknown
        .iter()
        .map(|name| format!("{name}: no value to compare with, in checks/src/oracle/table.rs"))
        .collect();
    let mut records = Vec::new();
    for task in &tasks {
        let progress = Progress::new(task.parts());
        progress.show(&task.name());
        let tally = accuracy::run(task, &setting, &progress)?;
        drop(progress);
        println!("  {}", line(task, &tally));
        complaints.extend(task.complaint(&tally).map(|complaint| format!("{}: {complaint}", task.name())));
        let mut record = Record::new(task, &setting.backend, tally);
        if matches!(task.inputs, accuracy::Inputs::All) {
            let (compared, differ) = accuracy::others(task, &setting)?;
            record.others = Some(compared);
            if differ > 0 {
                complaints.push(format!("{}: {differ} results of other backends differ", task.name()));
            }
        }
        records.push(record);
    }
    if options.record {
        record::add(&root().join("docs"), &records)?;
    }
    let points: u64 = records.iter().map(|record| record.tally.count).sum();
    let summary = format!("{} ranges, {points} inputs", tasks.len());
    let json = records.iter().map(Record::to_json).collect();
    Ok(Finding { name: "accuracy", summary, complaints, json })
}

fn line(task: &Task, tally: &Tally) -> String {
    let start = format!("{:<52} {:>10} inputs ", task.name(), tally.count);
    if tally.units == 0.0 {
        return format!("{start} as they should be, to the bit");
    }
    let undecided = match tally.undecided {
        0 => String::new(),
        n => format!("; {n} next to a tie, undecided"),
    };
    let worst = task.input(tally.worst);
    let rounded = if tally.misrounded == 0 { "all".into() } else { format!("all but {}", tally.misrounded) };
    format!("{start} at most {:.4} ULP at {worst:e}; {rounded} correctly rounded{undecided}", tally.units)
}

/// A number that says which program this is.
fn build() -> Result<String, String> {
    let read = || std::fs::read(std::env::current_exe()?);
    let program = read().map_err(|error| format!("this program's file: {error}"))?;
    // FNV-1a, of words.
    let words = program.chunks(8).map(|bytes| bytes.iter().fold(0, |word: u64, &b| word << 8 | u64::from(b)));
    let hash = words
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, word| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3));
    Ok(format!("{hash:016x}"))
}

/// NumPy's results and the digest of bits, which are tests of the facade.
fn check_fixtures() -> Result<Finding, String> {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let arguments = ["test", "--workspace", "--test", "rows"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output();
    let output = output.map_err(|error| format!("cargo: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let summary = "the digest of all bits, and NumPy's results".to_owned();
    let complaints = match output.status.success() {
        true => Vec::new(),
        false => {
            vec![format!("cargo {}\n{text}{}", arguments.join(" "), String::from_utf8_lossy(&output.stderr))]
        }
    };
    Ok(Finding { name: "fixtures", summary, complaints, json: Value::Null })
}

/// What there is to check, and what is missing.
fn list(options: &Options) -> Result<(), String> {
    let layouts = Layout::ALL.map(Layout::name).join(", ");
    println!("bits: each in the layouts {layouts}");
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for operation in operations::all() {
        let dtype = operation.dtype.to_string();
        if options.matches(&format!("{}/{dtype}", operation.name)) {
            match lines.iter_mut().find(|(name, _)| *name == operation.name) {
                Some((_, dtypes)) => dtypes.push(dtype),
                None => lines.push((operation.name, vec![dtype])),
            }
        }
    }
    lines.iter().for_each(|(name, dtypes)| println!("  {name:<22} {}", dtypes.join(" ")));
    let (tasks, unknown) = tasks(options);
    println!("accuracy: {} inputs of each range, or all", options.points());
    tasks.iter().for_each(|task| println!("  {}", task.name()));
    println!("missing");
    let unknown = unknown.iter().map(|name| format!("{name}: the value of the function"));
    let missing: Vec<String> =
        unknown.chain(special::missing().iter().map(|name| format!("{name}: special values"))).collect();
    missing.iter().for_each(|line| println!("  {line}"));
    if missing.is_empty() {
        println!("  nothing");
    }
    Ok(())
}
