//! Whether the checks find what they are for: copies of the workspace with one thing broken, each of which must fail.
//!
//! Each test builds the kernels once more, for some minutes:
//! `cargo nextest run -p xtask -j 1 --run-ignored only broken`. One after the other, as they share their build results.

use crate::step::{Context, Run};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// One at a time, where they run in one process.
static TURN: Mutex<()> = Mutex::new(());

/// A copy of the workspace in which `from` in `file` is replaced by `to`; what `cargo xtask` says of it when it fails.
fn broken(name: &str, file: &str, from: &str, to: &str, task: &str) -> String {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let context = Context::new(false).unwrap();
    let copy = context.target.join("broken").join(name);
    let _ = std::fs::remove_dir_all(&copy);
    copy_sources(&context, &copy);
    let path = copy.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{file} has changed: {from}");
    std::fs::write(&path, text.replace(from, to)).unwrap();
    let run = Run::cargo("run --quiet --package xtask --manifest-path")
        .arg(copy.join("Cargo.toml").to_string_lossy())
        .arg("--");
    let run = task.split_whitespace().fold(run, |run, word| run.arg(word));
    let run = run.env("CARGO_TARGET_DIR", context.target.join("broken/build").to_string_lossy());
    let failure = context.run(&run).expect_err("it must fail");
    std::fs::remove_dir_all(&copy).unwrap();
    failure
}

/// All files that git knows, as they are now.
fn copy_sources(context: &Context, to: &Path) {
    for file in context.stdout(&Run::new("git", "ls-files -z")).unwrap().split_terminator('\0') {
        let (from, to) = (context.root.join(file), to.join(file));
        if from.is_file() {
            std::fs::create_dir_all(to.parent().unwrap_or(&PathBuf::new())).unwrap();
            std::fs::copy(from, to).unwrap();
        }
    }
}

#[test]
#[ignore = "builds for minutes"]
fn broken_coefficients_of_one_backend_are_found() {
    let output = broken(
        "coefficients",
        "crates/kernels/src/math/exp.rs",
        "    let p = horner(r, &EXP).mul_add(r, x.with(1.0));\n    (s, p.mul_add",
        "    let mut c = EXP;\n    if S::NAME == \"avx2\" {\n        c.swap(4, 5);\n    }\n    \
         let p = horner(r, &c).mul_add(r, x.with(1.0));\n    (s, p.mul_add",
        "check --quick --only bits exp",
    );
    assert!(output.contains("exp of float64 on avx2"), "{output}");
}

#[test]
#[ignore = "builds for minutes"]
fn broken_inlining_is_found() {
    let output = broken(
        "inlining",
        "crates/kernels-x86/src/lib.rs",
        "        #[inline(always)]\n        #[allow(unused_unsafe)]",
        "        #[inline(never)]\n        #[allow(unused_unsafe)]",
        "test --only intrinsics",
    );
    assert!(output.contains("_mm256") || output.contains("_mm512"), "{output}");
}

#[test]
#[ignore = "builds for minutes"]
fn broken_lanes_are_found() {
    let output = broken(
        "lanes",
        "crates/kernels-x86/src/avx2/float.rs",
        "fn sqrt(self, a: $raw) -> $raw = $sqrt(a);",
        "fn sqrt(self, a: $raw) -> $raw = {
            let mut lanes: [$t; 32 / size_of::<$t>()] = core::mem::transmute(a);
            for lane in &mut lanes {
                *lane = core::hint::black_box(lane.sqrt());
            }
            core::mem::transmute(lanes)
        };",
        "test --only vectors",
    );
    assert!(output.contains("Kernels<f64>") && output.contains("::sqrt"), "{output}");
}

#[test]
#[ignore = "builds for minutes"]
fn broken_use_of_the_scalar_kernel_is_found() {
    let output = broken(
        "scalar",
        "crates/kernels/src/math/exp.rs",
        "    let (s, p) = parts(x);\n    let s = Reg::from_bits(s);",
        "    if S::NAME == \"avx2\" {
            let mut lanes = [0.0; 4];
            // SAFETY: as many as AVX2 has.
            unsafe { x.store(lanes.as_mut_ptr()) };
            let lanes = lanes.map(|lane| exp_f64(Reg::splat(Scalar, lane)).raw);
            // SAFETY: as above.
            return unsafe { Reg::load(x.isa(), lanes.as_ptr()) };
        }
        let (s, p) = parts(x);\n    let s = Reg::from_bits(s);",
        "test --only vectors",
    );
    assert!(output.contains("Kernels<f64>") && output.contains("::exp"), "{output}");
}
