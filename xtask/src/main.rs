//! The project's tasks: `cargo xtask <task>`.
//!
//! Nothing here is part of the library. Each task is a module; [`step`] runs commands for all of them and says,
//! when one fails, how to repeat it.

mod arm;
mod backends;
mod bench;
#[cfg(test)]
mod broken;
mod check;
mod debian;
mod layering;
mod loops;
mod neon;
mod peers;
mod source;
mod step;
mod symbols;
mod test;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tests, checks and tools of isonum.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run everything a change must pass: format, lints, layering, symbols, tests, backends, features
    ///
    /// One line per step; the output of a step is shown only if it fails. Stops at the first failure.
    Test(TestOptions),
    /// Prove the same bits on every backend, and the accuracy of functions; see `check --help`
    #[command(disable_help_flag = true)]
    Check {
        /// For the checks themselves
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measure the cases of `benches/` beside those of NumPy and other peers: tables of ratios, the worst first
    ///
    /// All sides take turns, and their results are compared. The peers: see `setup --peers`.
    Bench(Box<bench::Options>),
    /// Install what a task needs beyond Rust itself
    Setup {
        /// The aarch64 compiler, linker and emulator for `test --arm`: Debian packages, needs root
        #[arg(long, required_unless_present_any = ["peers", "valgrind"])]
        arm: bool,
        /// Valgrind, which counts instructions for `bench instructions` and `test`: a Debian package, needs root
        #[arg(long)]
        valgrind: bool,
        /// Peers for `bench`, in a Python environment under the target directory (needs python3 with venv): NumPy, SciPy,
        /// bottleneck and numexpr, or those named, with commas; torch, jax and mkl_fft are large
        #[arg(long, num_args = 0..=1, value_delimiter = ',', default_missing_value = "", value_name = "PEERS")]
        peers: Option<Vec<String>>,
        /// Print the commands, and run none
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(clap::Args)]
struct TestOptions {
    /// Leave out the slow steps (marked in --list): for the minute before a commit
    #[arg(long)]
    quick: bool,
    /// Run only these steps (several with commas)
    #[arg(long, value_name = "STEP", value_delimiter = ',', conflicts_with = "quick",
          value_parser = PossibleValuesParser::new(test::names()))]
    only: Vec<String>,
    /// List the steps and what each is for
    #[arg(long)]
    list: bool,
    /// Run the remaining steps after a failure, too
    #[arg(long)]
    keep_going: bool,
    /// Show the output of every step while it runs
    #[arg(long, short)]
    verbose: bool,
    /// Build the tests for aarch64 and run them under qemu instead (see `setup --arm`)
    #[arg(long, conflicts_with_all = ["quick", "only", "list"])]
    arm: bool,
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Test(options) => run_tests(&options),
        Task::Check { arguments } => match check::run(&arguments) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Task::Bench(options) => step::Context::new(false).and_then(|context| bench::run(&options, &context)),
        Task::Setup { arm, valgrind, peers, dry_run } => {
            setup(arm, valgrind, peers.as_deref(), dry_run).map(|()| true)
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn setup(arm: bool, valgrind: bool, peers: Option<&[String]>, dry_run: bool) -> Result<(), String> {
    if arm {
        arm::setup(dry_run)?;
    }
    if valgrind {
        bench::instructions::setup(dry_run)?;
    }
    if let Some(names) = peers {
        let named: Vec<String> = names.iter().filter(|name| !name.is_empty()).cloned().collect();
        peers::setup(&step::Context::new(false)?, &named, dry_run)?;
    }
    Ok(())
}

/// Whether every step passed.
fn run_tests(options: &TestOptions) -> Result<bool, String> {
    if options.list {
        print!("{}", test::list());
        return Ok(true);
    }
    let context = step::Context::new(options.verbose)?;
    let steps =
        if options.arm { arm::STEPS.iter().collect() } else { test::select(options.quick, &options.only) };
    Ok(step::run_all(&context, &steps, options.keep_going))
}
