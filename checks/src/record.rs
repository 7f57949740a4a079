//! The record of measured errors: `docs/accuracy.json`, and the table that is made from it.

use isonum_check::accuracy::{Inputs, Tally, Task};
use isonum_core::registry::Accuracy;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

/// What was measured of one task.
pub(crate) struct Record {
    name: String,
    backend: String,
    seed: u64,
    /// What the registry allows.
    allowed: f64,
    exhaustive: bool,
    pub(crate) tally: Tally,
    /// The worst input.
    at: f64,
    /// Inputs on which other backends were compared.
    pub(crate) others: Option<u64>,
}

impl Record {
    pub(crate) fn new(task: &Task, backend: &str, tally: Tally) -> Record {
        let allowed = match task.row.accuracy {
            Accuracy::Ulp(single, _) if task.name().contains("/float32/") => single,
            Accuracy::Ulp(_, double) => double,
            _ => 0.5,
        };
        let (exhaustive, at) = (matches!(task.inputs, Inputs::All), task.input(tally.worst));
        let (name, backend) = (task.name(), backend.to_owned());
        Record { name, backend, seed: task.seed, allowed, exhaustive, tally, at, others: None }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "name": self.name, "backend": self.backend, "seed": self.seed, "exhaustive": self.exhaustive,
            "allowed_ulp": self.allowed, "worst": format!("{:e}", self.at), "other_backends_compared_on": self.others,
            "tally": self.tally.to_json(),
        })
    }
}

/// Enters records in `accuracy.json` of that folder, in the place of those of the same names, and writes the table anew.
pub(crate) fn add(folder: &Path, records: &[Record]) -> Result<(), String> {
    let path = folder.join("accuracy.json");
    let mut all = match std::fs::read_to_string(&path) {
        Err(_) => json!({ "schema": 1, "records": {} }),
        Ok(text) => serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?,
    };
    let known = all["records"].as_object_mut().ok_or(format!("{}: no records", path.display()))?;
    let command: Vec<String> = std::env::args().skip(1).collect();
    for record in records {
        let mut json = record.to_json();
        json["command"] = format!("cargo xtask check {}", command.join(" ")).into();
        known.insert(record.name.clone(), json);
    }
    crate::write(&path, &format!("{all:#}\n"))?;
    crate::write(&folder.join("accuracy.md"), &table(&all))
}

/// The table as Markdown.
fn table(all: &Value) -> String {
    let mut text = String::from(
        "# Accuracy\n\n\
         Written by `cargo xtask check --record` from `accuracy.json`, which also has the commands, seeds and inputs. Errors\n\
         are in units of the last place (ULP) of the exact value; at most half a unit is correctly rounded. All backends give\n\
         the same bits, so one is measured; on every 211th number of `f32` the others are compared with it.\n\n\
         | function/type/inputs | number of inputs | largest error | allowed | at | not correctly rounded |\n\
         |---|---:|---:|---:|---|---:|\n",
    );
    for (name, record) in all["records"].as_object().into_iter().flatten() {
        let tally = &record["tally"];
        let (error, at) = match tally["max_ulp"].as_f64() {
            Some(0.0) => ("exact".into(), ""),
            Some(units) => (format!("{units:.4}"), record["worst"].as_str().unwrap_or("")),
            None => ("wrong".into(), record["worst"].as_str().unwrap_or("")),
        };
        let allowed = &record["allowed_ulp"];
        writeln!(
            text,
            "| `{name}` | {} | {error} | {allowed} | {at} | {} |",
            tally["count"], tally["misrounded"]
        )
        .expect("text");
    }
    text
}
