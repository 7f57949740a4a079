//! Tests for aarch64 on another machine: `cargo xtask setup --arm` and `cargo xtask test --arm`.
//!
//! The compiler is Debian's `rustc-web`, because its standard library exists as an arm64 package next to it; the
//! emulator is `qemu-user`. Programs are linked statically: a dynamically linked one hangs under this emulator
//! when it starts a thread. Build results live in a folder of their own, as two compilers do not share one.

use crate::debian::{self, succeeds};
use crate::step::{Context, Outcome, Run, Step, When};
use crate::symbols;
use crate::test::closing_lines;
use std::process::Command;

pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "arm-tools",
        when: When::Always,
        run: tools,
        about: "compiler, linker and emulator are there",
    },
    Step {
        name: "arm-tests",
        when: When::Always,
        run: tests,
        about: "tests of the portable crates on aarch64",
    },
    Step {
        name: "arm-vectors",
        when: When::Always,
        run: vectors,
        about: "loops of NEON kernels move whole vectors",
    },
];

/// The crates whose tests run; the others have no code for the architecture that these do not test.
const PACKAGES: &[&str] =
    &["isonum-core", "isonum-kernels", "isonum-kernels-arm", "isonum-runtime", "isonum"];

const TARGET: &str = "aarch64-unknown-linux-gnu";
const RUSTC: &str = "/usr/bin/rustc";
const LINKER: &str = "aarch64-linux-gnu-gcc";
const RUNNER: &str = "qemu-aarch64";

const DEBIAN: &[&str] = &[
    "rustc-web",
    "libstd-rust-web-dev:arm64",
    "gcc-aarch64-linux-gnu",
    "libc6-dev-arm64-cross",
    "qemu-user",
];

/// Installs [`DEBIAN`] unless it is there, or prints how.
pub(crate) fn setup(dry_run: bool) -> Result<(), String> {
    let how = debian::Packages {
        what: "Tests for aarch64 need",
        names: DEBIAN,
        architecture: Some("arm64"),
        missing,
    };
    how.install(dry_run)
}

/// What of the tool chain does not run or is not there.
fn missing() -> Vec<String> {
    let mut missing = Vec::new();
    for (program, argument) in [(RUSTC, "--version"), (LINKER, "--version"), (RUNNER, "--version")] {
        if !succeeds(program, &[argument]) {
            missing.push(program.to_owned());
        }
    }
    let library = Command::new(RUSTC).args(["--print", "target-libdir", "--target", TARGET]).output();
    let library = library.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default();
    let std = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("libstd-");
    if !std::fs::read_dir(&library).is_ok_and(|entries| entries.flatten().any(std)) {
        missing.push(format!("the standard library for {TARGET}"));
    }
    missing
}

fn tools(_: &Context) -> Result<Outcome, String> {
    match missing() {
        none if none.is_empty() => Ok(Outcome::Passed(String::new())),
        missing => Err(format!("missing: {}\nto install: cargo xtask setup --arm", missing.join(", "))),
    }
}

/// Builds the tests for aarch64, and runs them unless `how` says otherwise.
fn test(context: &Context, how: &str) -> Run {
    // Doc tests are left out: they show usage, which does not differ between machines.
    let mut run = Run::cargo("test --lib --tests --target").arg(TARGET);
    for package in PACKAGES {
        run = run.arg("-p").arg(*package);
    }
    let variable = |what: &str| format!("CARGO_TARGET_{}_{what}", TARGET.to_uppercase().replace('-', "_"));
    how.split_whitespace()
        .fold(run, |run, word| run.arg(word))
        .env("RUSTC", RUSTC)
        .env("CARGO_TARGET_DIR", context.target.join("arm").to_string_lossy())
        .env(&variable("LINKER"), LINKER)
        .env(&variable("RUNNER"), RUNNER)
        .env(&variable("RUSTFLAGS"), "-C target-feature=+crt-static")
        // The first two would replace the flags above; the last one names libraries of the other compiler.
        .without("RUSTFLAGS")
        .without("CARGO_ENCODED_RUSTFLAGS")
        .without("LD_LIBRARY_PATH")
}

fn tests(context: &Context) -> Result<Outcome, String> {
    let output = context.run(&test(context, ""))?;
    let closing: Vec<&str> = closing_lines(&output).collect();
    if closing.is_empty() {
        return Err(format!("no tests ran in {}", PACKAGES.join(", ")));
    }
    closing.iter().for_each(|line| context.close_with(line));
    Ok(Outcome::Passed(String::new()))
}

/// The test of all kernels, which is in `isonum-kernels-arm` alone.
const ALL_KERNELS: &str = "agreement";

fn vectors(context: &Context) -> Result<Outcome, String> {
    let messages = context.stdout(&test(context, "--no-run --message-format=json-render-diagnostics"))?;
    symbols::neon_vectors(&messages, ALL_KERNELS).map(Outcome::Passed)
}
