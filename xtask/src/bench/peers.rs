//! The programs that cases are compared with: Python's libraries in one environment, and Rust's crates.

use super::process::Process;
use crate::peers::{self, Kind};
use crate::step::{Context, Run};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

/// A peer that runs.
pub(super) struct Peer {
    pub(super) name: String,
    pub(super) version: String,
}

/// The variables that peers read, those of BLAS and of Rust's crates among them.
const THREADS: [&str; 5] =
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "MATMUL_NUM_THREADS"];

/// Starts those of `names` that are installed; says of the others how to get them.
pub(super) fn start(
    context: &Context,
    names: &[String],
    python: Option<&PathBuf>,
    threads: &str,
) -> Result<Vec<(Peer, Process)>, String> {
    let mut started = Vec::new();
    for name in names {
        let known = peers::find(name)?;
        let mut command = match known.kind {
            Kind::Python => python_command(context, name, python),
            Kind::Rust => {
                let mut command = Command::new(rust_program(context)?);
                command.arg(name);
                command
            }
        };
        if threads != "all" {
            command.envs(THREADS.map(|variable| (variable, threads)));
        }
        let version = Process::start(name, &mut command).and_then(|mut process| {
            let answer = process.ask(json!({ "do": "version" }))?;
            let version = answer["version"].as_str().unwrap_or("").to_owned();
            Ok((Peer { name: name.clone(), version }, process))
        });
        match version {
            Ok(peer) => started.push(peer),
            Err(error) => println!("{error}; to install it: cargo xtask setup --peers {name}"),
        }
    }
    Ok(started)
}

fn python_command(context: &Context, name: &str, python: Option<&PathBuf>) -> Command {
    let installed = peers::python(context);
    let python = python.cloned().unwrap_or(if installed.exists() { installed } else { "python3".into() });
    let mut command = Command::new(python);
    command.arg(context.root.join("benches/python_peer.py")).arg(name);
    command
}

/// The program with Rust's crates, built where it is not: a workspace of its own, whose crates are nobody else's concern.
fn rust_program(context: &Context) -> Result<PathBuf, String> {
    let target = context.target.join("peers/rust");
    let manifest = context.root.join("benches/rust_peers/Cargo.toml");
    let build = Run::cargo("build --release --locked --manifest-path")
        .arg(manifest.to_string_lossy())
        .env("CARGO_TARGET_DIR", target.to_string_lossy());
    context.run(&build)?;
    Ok(target.join("release/isonum-rust-peers"))
}
