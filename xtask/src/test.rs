//! The steps of `cargo xtask test`, in the order in which they run: the quick and likely ones first.

use crate::bench::instructions;
use crate::step::When::{Always, Named, NotQuick};
use crate::step::{Context, Outcome, Run, Step};
use crate::{backends, layering, symbols};

#[rustfmt::skip]
const STEPS: &[Step] = &[
    Step { name: "fmt", when: Always, run: fmt, about: "sources are formatted as rustfmt does" },
    Step { name: "clippy", when: Always, run: clippy, about: "no warnings; the facade without features, too" },
    Step { name: "doc", when: Always, run: doc, about: "documentation builds without warnings" },
    Step { name: "layering", when: Always, run: layering::check, about: "which crate may know what; long files; unfinished work" },
    Step { name: "intrinsics", when: NotQuick, run: symbols::intrinsics, about: "no intrinsic was left a function of its own (release build)" },
    Step { name: "vectors", when: NotQuick, run: symbols::vectors, about: "loops of vector kernels move whole vectors (release build)" },
    Step { name: "tests", when: Always, run: tests, about: "all tests, by cargo-nextest where installed, and doc tests" },
    Step { name: "check", when: NotQuick, run: check, about: "the quick part of `cargo xtask check` (release build)" },
    Step { name: "counts", when: NotQuick, run: instructions::step, about: "no more instructions than benches/instructions.json says; needs valgrind" },
    Step { name: "backends", when: NotQuick, run: backends::backends, about: "tests again on every other backend of this machine" },
    Step { name: "features", when: NotQuick, run: backends::features, about: "the facade with each combination of features" },
    Step { name: "asan", when: Named, run: asan, about: "tests under AddressSanitizer; needs a nightly toolchain" },
];

/// The names of all steps.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name)
}

/// The steps of these names; where there are none, those that need not be named, without the slow ones if it must be
/// quick.
pub(crate) fn select(quick: bool, only: &[String]) -> Vec<&'static Step> {
    let selected = |step: &&Step| match step.when {
        _ if !only.is_empty() => only.iter().any(|name| name == step.name),
        Always => true,
        NotQuick => !quick,
        Named => false,
    };
    STEPS.iter().filter(selected).collect()
}

/// A table of the steps.
pub(crate) fn list() -> String {
    let line = |step: &Step| {
        let when = match step.when {
            Always => "",
            NotQuick => " (not with --quick)",
            Named => " (only where named)",
        };
        format!("{:<11}{}{when}\n", step.name, step.about)
    };
    STEPS.iter().map(line).collect()
}

fn passed() -> Result<Outcome, String> {
    Ok(Outcome::Passed(String::new()))
}

fn fmt(context: &Context) -> Result<Outcome, String> {
    context.run(&Run::cargo("fmt --all --check -- --color never"))?;
    passed()
}

fn clippy(context: &Context) -> Result<Outcome, String> {
    context.run(&Run::cargo("clippy --workspace --all-targets -- -D warnings"))?;
    context.run(&Run::cargo("clippy -p isonum --no-default-features -- -D warnings"))?;
    context.run(&Run::cargo("clippy -p isonum-check --all-targets --features oracle -- -D warnings"))?;
    passed()
}

fn doc(context: &Context) -> Result<Outcome, String> {
    context.run(&Run::cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
    passed()
}

/// Whether cargo-nextest is installed.
pub(crate) fn nextest(context: &Context) -> bool {
    context.run(&Run::cargo("nextest --version")).is_ok()
}

/// All tests but those of the documentation.
pub(crate) fn all_tests(context: &Context) -> Run {
    Run::cargo(match nextest(context) {
        true => "nextest run --workspace",
        false => "test --workspace --lib --bins --tests",
    })
}

fn tests(context: &Context) -> Result<Outcome, String> {
    let nextest = nextest(context);
    let mut output = context.run(&all_tests(context))?;
    output += &context.run(&Run::cargo("test --doc --workspace"))?;
    closing_lines(&output).for_each(|line| context.close_with(line));
    Ok(Outcome::Passed(if nextest { "" } else { "without cargo-nextest" }.into()))
}

fn check(context: &Context) -> Result<Outcome, String> {
    let output = crate::check::quick(context)?;
    let closing = output.lines().filter(|line| line.contains("  ok  ") || line.contains("  FAILED  "));
    closing.for_each(|line| context.close_with(line));
    passed()
}

/// What runs under AddressSanitizer: the crates that own memory or take pointers to it, with the suites of their kernels
/// for scalar and x86, and the facade. One command, so that features are the same and kernels are built once. The tests
/// with guard pages are left out: they wait for the signal that the sanitizer catches.
const SANITIZED: &str = "-p isonum-core -p isonum-kernels -p isonum-kernels-scalar -p isonum-kernels-x86 \
                         -p isonum-runtime -p isonum-linalg -p isonum-fft -p isonum -p isonum-check \
                         --lib --test agreement --test allocations --test array --test backends --test conformance \
                         --test creation --test drivers --test fft --test indexing \
                         --test matmul --test model --test operators --test random \
                         --test reductions --test rows";

fn asan(context: &Context) -> Result<Outcome, String> {
    // The sanitizer is an option that only a nightly compiler takes.
    // Whoever names the step wants it to run.
    let host = context.stdout(&Run::new("rustup", "run nightly rustc --print host-tuple"));
    let host = host.map_err(|e| format!("{e}\nto install: rustup toolchain install nightly"))?;
    // With a target named, build scripts and procedural macros do without it.
    let run = format!("run nightly cargo test --no-fail-fast --target {} {SANITIZED}", host.trim());
    let run = Run::new("rustup", &run)
        .env("RUSTFLAGS", "-Zsanitizer=address --cfg isonum_no_pool")
        // Tests ask for more memory than there is, to see the error.
        .env("ASAN_OPTIONS", "allocator_may_return_null=1")
        .env("CARGO_TARGET_DIR", context.target.join("asan").to_string_lossy())
        // Would replace the flags above.
        .without("CARGO_ENCODED_RUSTFLAGS");
    let output = context.run(&run)?;
    match closing_lines(&output).count() {
        0 => Err(format!("{output}\nno test ran\nto repeat: {run}")),
        _ => passed(),
    }
}

/// The lines in which a test runner counts, without those that counted nothing.
pub(crate) fn closing_lines(output: &str) -> impl Iterator<Item = &str> {
    let counts = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("Summary [")
            || line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed; 0 ign")
    };
    output.lines().filter(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_leaves_out_the_slow_steps() {
        let names = |quick| select(quick, &[]).iter().map(|s| s.name).collect::<Vec<_>>();
        assert_eq!(names(true), ["fmt", "clippy", "doc", "layering", "tests"]);
        assert_eq!(names(false).len(), STEPS.len() - 1);
    }

    #[test]
    fn one_step_can_be_selected() {
        assert_eq!(select(false, &["asan".into()]).len(), 1);
        assert_eq!(list().lines().count(), STEPS.len());
    }

    #[test]
    fn counts_are_kept_and_empty_counts_are_not() {
        let output = "\
running 0 tests
test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Summary [   0.010s] 2 tests run: 2 passed, 0 skipped
test result: ok. 10 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(closing_lines(output).count(), 2);
    }
}
