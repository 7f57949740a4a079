//! Where figures come from: the machine, the compiler, and the revision.

use crate::step::{Context, Run};
use serde_json::{Value, json};

/// What figures depend on beside the code. Those of different machines or choices are not compared.
pub(super) fn environment(context: &Context, backend: &str, threads: &str) -> Value {
    let first = |run: Run| context.stdout(&run).ok().and_then(|text| text.lines().next().map(str::to_owned));
    let revision = first(Run::new("git", "rev-parse HEAD"));
    let changed =
        context.stdout(&Run::new("git", "status --porcelain")).is_ok_and(|text| !text.trim().is_empty());
    json!({
        "cpu": cpu(),
        "cores": std::thread::available_parallelism().map_or(1, usize::from),
        "backend": backend,
        "threads": threads,
        "rustc": first(Run::new("rustc", "--version")),
        "revision": revision,
        "changed": changed,
    })
}

/// The processor's name.
fn cpu() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// Why figures of two environments do not compare.
pub(super) fn mismatch(a: &Value, b: &Value) -> Option<String> {
    let keys = ["cpu", "cores", "backend", "threads"];
    let differs = |key: &&&str| a[**key] != b[**key];
    keys.iter().find(differs).map(|key| format!("{key} is {} here, and was {}", a[*key], b[*key]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_machines_do_not_compare() {
        let here = json!({ "cpu": "a", "cores": 2, "backend": "avx2", "threads": "1", "revision": "x" });
        let mut there = here.clone();
        there["revision"] = "y".into();
        assert_eq!(mismatch(&here, &there), None);
        there["backend"] = "scalar".into();
        assert_eq!(mismatch(&here, &there).unwrap(), "backend is \"avx2\" here, and was \"scalar\"");
    }
}
