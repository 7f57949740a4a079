//! The steps that run tests under other choices than the default: every backend the machine has, and every
//! combination of features.
//!
//! A test that did not run looks like one that passed. So the step says beforehand which backends the machine
//! must have (asking the CPU, not the library), and wants a line of proof from each run: the test [`PROOF`] of
//! the facade prints what `isonum::backend` says in that process,
//!
//! ```text
//! isonum::backend current=avx2 available=avx512,avx2,scalar
//! ```

use crate::step::{ALIKE, Context, Outcome, Run};
use crate::test::{all_tests, closing_lines, nextest};
use std::collections::BTreeSet;

const FACADE: &str = "isonum";
/// The packages whose tests depend on the backend, as nextest selects them.
const TESTED: &str = "package(isonum-runtime) + package(isonum)";
/// The test target of the facade that prints the line of proof, and how that begins.
const PROOF: &str = "backends";
const PROOF_LINE: &str = "isonum::backend ";
/// Overrides the choice of the backend by name.
const CHOICE: &str = "ISONUM_BACKEND";

/// The small test of the facade that runs for every combination of features.
const SMOKE: &str = "smoke";
/// The features of the facade that leave a backend out, and the one for threads.
const BACKEND_FEATURES: &[&str] = &["avx2", "avx512", "neon"];
const THREADS_FEATURE: &str = "rayon";

/// The step `backends`.
pub(crate) fn backends(context: &Context) -> Result<Outcome, String> {
    if !context.has_target(FACADE, "test", PROOF) {
        return Err(format!(
            "crates/ops/tests/{PROOF}.rs is missing: it must print a line `{PROOF_LINE}current=… available=…,…`"
        ));
    }
    let expected = expected();
    for level in &expected {
        // The whole workspace, here and below: with some of its packages features differ, and all is built anew.
        let proof = format!("test --workspace --test {PROOF} -- --nocapture");
        let output = context.run(&Run::cargo(&proof).env(CHOICE, *level))?;
        check_proof(&output, level, &expected)?;
        // The first is the default, which the step `tests` has run.
        if *level != expected[0] {
            let run = match nextest(context) {
                true => all_tests(context).arg("-E").arg(TESTED),
                false => all_tests(context),
            };
            run_tests(context, &run.env(CHOICE, *level))?;
        }
    }
    Ok(Outcome::Passed(expected.join(", ")))
}

/// The backends that this machine must have, the preferred one first.
fn expected() -> Vec<&'static str> {
    let mut levels = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        macro_rules! has {
            ($($feature:tt)*) => { true $(&& std::is_x86_feature_detected!($feature))* };
        }
        let avx2 = has!("avx2" "fma" "bmi1" "bmi2" "popcnt");
        if avx2 && has!("avx512f" "avx512bw" "avx512dq" "avx512vl" "avx512cd") {
            levels.push("avx512");
        }
        if avx2 {
            levels.push("avx2");
        }
    }
    if cfg!(target_arch = "aarch64") {
        levels.push("neon");
    }
    levels.push("scalar");
    levels
}

/// Whether the output of a run proves that it used `level`, and that all `expected` were there to use.
fn check_proof(output: &str, level: &str, expected: &[&str]) -> Result<(), String> {
    let mut lines = output.lines().filter_map(|line| line.split_once(PROOF_LINE).map(|(_, rest)| rest));
    let Some(line) = lines.next_back() else {
        return Err(format!("{CHOICE}={level}: test `{PROOF}` printed no line `{PROOF_LINE}…`; did it run?"));
    };
    let value =
        |key: &str| line.split_whitespace().find_map(|word| word.strip_prefix(key)).unwrap_or_default();
    let (current, available) = (value("current="), value("available="));
    if current != level {
        return Err(format!("{CHOICE}={level}: the tests ran on `{current}`"));
    }
    let available: BTreeSet<&str> = available.split(',').collect();
    match expected.iter().find(|level| !available.contains(**level)) {
        Some(missing) => {
            Err(format!("this machine has {missing}, but isonum::backend::available() does not: {line}"))
        }
        None => Ok(()),
    }
}

/// Runs tests; none at all is a failure.
fn run_tests(context: &Context, run: &Run) -> Result<(), String> {
    let output = context.run(run)?;
    match closing_lines(&output).next() {
        Some(_) => Ok(()),
        None => Err(format!("{output}\nno test ran\nto repeat: {run}")),
    }
}

/// The step `features`.
pub(crate) fn features(context: &Context) -> Result<Outcome, String> {
    let facade = context.packages().find(|p| p["name"] == FACADE);
    let features = facade.and_then(|p| p["features"].as_object()).ok_or("no package isonum")?;
    let features: BTreeSet<&str> = features.keys().map(String::as_str).collect();
    let combinations = combinations(&features)?;
    for combination in &combinations {
        let run = format!("test -p {FACADE} {ALIKE} --test {SMOKE} --no-default-features");
        let run = Run::cargo(&run).arg(format!("--features={}", of_facade(combination)));
        run_tests(context, &run)?;
    }
    let remark = match combinations.len() {
        1 => "none at all; the facade has no features yet".into(),
        n => format!("{n} combinations"),
    };
    Ok(Outcome::Passed(remark))
}

/// The combinations to test: nothing, each backend alone, and all without threads.
fn combinations<'a>(features: &BTreeSet<&'a str>) -> Result<Vec<Vec<&'a str>>, String> {
    let mut combinations = vec![vec![]];
    if features.is_empty() {
        return Ok(combinations);
    }
    let expected = BACKEND_FEATURES.iter().chain([&THREADS_FEATURE]);
    let missing: Vec<&str> = expected.copied().filter(|f| !features.contains(f)).collect();
    if !missing.is_empty() {
        return Err(format!("the facade has features, but lacks {}", missing.join(", ")));
    }
    let backends: Vec<&str> = features.iter().copied().filter(|f| BACKEND_FEATURES.contains(f)).collect();
    combinations.extend(backends.iter().map(|f| vec![*f]));
    combinations.push(backends);
    Ok(combinations)
}

/// As cargo takes them where more than one package is selected.
fn of_facade(features: &[&str]) -> String {
    features.iter().map(|feature| format!("{FACADE}/{feature}")).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backend_that_did_not_run_is_a_failure() {
        let expected = ["avx2", "scalar"];
        let good = "running 1 test\ntest x ... isonum::backend current=avx2 available=avx2,scalar\nok";
        assert_eq!(check_proof(good, "avx2", &expected), Ok(()));
        assert!(check_proof(good, "scalar", &expected).unwrap_err().contains("ran on `avx2`"));
        assert!(check_proof("test result: ok", "avx2", &expected).unwrap_err().contains("did it run?"));
        let partial = "isonum::backend current=scalar available=scalar";
        assert!(check_proof(partial, "scalar", &expected).unwrap_err().contains("has avx2"));
    }

    #[test]
    fn scalar_is_everywhere_and_last() {
        assert_eq!(expected().last(), Some(&"scalar"));
    }

    #[test]
    fn once_there_are_features_all_must_be_there() {
        assert_eq!(combinations(&BTreeSet::new()), Ok(vec![vec![]]));
        assert!(combinations(&BTreeSet::from(["default", "avx2"])).is_err());
        let all = BTreeSet::from(["default", "avx2", "avx512", "neon", "rayon"]);
        assert_eq!(combinations(&all).unwrap().len(), 5);
    }
}
