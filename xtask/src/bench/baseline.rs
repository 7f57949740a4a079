//! Figures of an earlier run, under a name: `target/bench/NAME.json`, or a file of any path.

use super::environment::mismatch;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The version of the file's form, and of `--json`.
pub(super) const SCHEMA: u64 = 1;

/// Medians of attempts, in nanoseconds, by case.
pub(super) type Attempts = BTreeMap<String, Vec<f64>>;

/// The file of a name: a path, where it looks like one.
pub(super) fn path(target: &Path, name: &str) -> PathBuf {
    if name.contains(['/', '\\', '.']) {
        name.into()
    } else {
        target.join("bench").join(format!("{name}.json"))
    }
}

pub(super) fn save(path: &Path, environment: &Value, attempts: &Attempts) -> Result<(), String> {
    let text = json!({ "schema": SCHEMA, "environment": environment, "attempts": attempts });
    let write = || {
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(path, format!("{text:#}\n"))
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}

/// The attempts of a file, which must be of this machine and these choices.
pub(super) fn load(target: &Path, name: &str, environment: &Value) -> Result<Attempts, String> {
    let path = path(target, name);
    let at = |what: String| format!("{}: {what}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let known = names(target);
        let known = if known.is_empty() {
            "none is saved yet".into()
        } else {
            format!("there are {}", known.join(", "))
        };
        at(format!("{error}; {known}; to save one: cargo xtask bench --save {name}"))
    })?;
    let value: Value = serde_json::from_str(&text).map_err(|error| at(format!("no baseline: {error}")))?;
    if value["schema"] != SCHEMA {
        return Err(at(format!("schema {} instead of {SCHEMA}", value["schema"])));
    }
    if let Some(why) = mismatch(environment, &value["environment"]) {
        return Err(at(format!("does not compare: {why}")));
    }
    serde_json::from_value(value["attempts"].clone()).map_err(|error| at(format!("no baseline: {error}")))
}

/// What is saved.
fn names(target: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(target.join("bench")).into_iter().flatten().flatten();
    let name = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        name.strip_suffix(".json").map(str::to_owned)
    };
    let mut names: Vec<String> = entries.filter_map(name).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn baselines_are_kept_and_corrupt_ones_refused() {
        let target = std::env::temp_dir().join(format!("isonum-baseline-{}", std::process::id()));
        let here = json!({ "cpu": "a", "cores": 2, "backend": "avx2", "threads": "1" });
        let attempts = Attempts::from([("sum/f32/100".to_owned(), vec![1.5, 2.0, 1.75])]);
        let missing = load(&target, "main", &here).unwrap_err();
        assert!(
            missing.contains("none is saved yet; to save one: cargo xtask bench --save main"),
            "{missing}"
        );
        save(&path(&target, "main"), &here, &attempts).unwrap();
        assert_eq!(load(&target, "main", &here).unwrap(), attempts);
        let other = load(&target, "other", &here).unwrap_err();
        assert!(other.contains("there are main"), "{other}");

        let there = json!({ "cpu": "b", "cores": 2, "backend": "avx2", "threads": "1" });
        assert!(load(&target, "main", &there).unwrap_err().contains("does not compare: cpu is \"b\" here"));
        for (text, why) in [("{", "no baseline"), ("{\"schema\": 7}", "schema 7 instead of 1")] {
            std::fs::write(path(&target, "main"), text).unwrap();
            assert!(load(&target, "main", &here).unwrap_err().contains(why));
            assert_eq!(std::fs::read_to_string(path(&target, "main")).unwrap(), text, "it is left as it is");
        }
        std::fs::remove_dir_all(target).unwrap();
    }
}
