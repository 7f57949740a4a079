//! `--json`: what was measured, written anew after each case, so that what is done is kept when a run is stopped.

use super::baseline::SCHEMA;
use super::measure::Spread;
use super::report::Line;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// The file, if one is wanted, and what is in it.
pub(super) struct Output {
    path: Option<PathBuf>,
    environment: Value,
    /// By case and backend, in the order in which they were measured.
    cases: Vec<((String, String), Map<String, Value>)>,
    backend: String,
}

impl Output {
    pub(super) fn new(path: Option<PathBuf>, environment: Value) -> Output {
        let backend = environment["backend"].as_str().unwrap_or("").to_owned();
        Output { path, environment, cases: Vec::new(), backend }
    }

    /// Notes the version of a peer.
    pub(super) fn peer(&mut self, name: &str, version: &Value) {
        self.environment["peers"][name] = version.clone();
    }

    /// The backend of the cases from here on.
    pub(super) fn on(&mut self, backend: &str) {
        self.backend = backend.to_owned();
    }

    /// Adds a comparison.
    pub(super) fn add(&mut self, other: &str, line: &Line) -> Result<(), String> {
        let key = (line.id.clone(), self.backend.clone());
        let times = |spread: &Spread| json!({ "median_ns": spread.median, "mad_ns": spread.mad });
        let place = match self.cases.iter().position(|(known, _)| *known == key) {
            Some(place) => place,
            None => {
                let ours = &line.measured.ours;
                let case = json!({
                    "id": line.id, "backend": self.backend, "median_ns": ours.median, "mad_ns": ours.mad,
                    "gb_per_s": line.bytes / ours.median, "limit_share": line.measured.limit, "peers": {},
                });
                self.cases.push((key, case.as_object().cloned().unwrap_or_default()));
                self.cases.len() - 1
            }
        };
        let mut peer = times(&line.measured.other);
        let ratio = &line.measured.ratio;
        peer["ratio"] =
            json!({ "median": ratio.median, "quartiles": [ratio.quartiles.0, ratio.quartiles.1] });
        self.cases[place].1["peers"][other] = peer;
        self.write()
    }

    fn write(&self) -> Result<(), String> {
        let Some(path) = &self.path else { return Ok(()) };
        let cases: Vec<&Map<String, Value>> = self.cases.iter().map(|(_, case)| case).collect();
        let all = json!({ "schema": SCHEMA, "environment": self.environment, "cases": cases });
        let fresh = path.with_extension("new");
        let write = || {
            std::fs::write(&fresh, format!("{all:#}\n"))?;
            std::fs::rename(&fresh, path)
        };
        write().map_err(|error| format!("{}: {error}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::measure::Measured;

    #[test]
    fn every_case_is_written_at_once() {
        let path = std::env::temp_dir().join(format!("isonum-output-{}.json", std::process::id()));
        let mut output = Output::new(Some(path.clone()), json!({ "backend": "avx2" }));
        output.peer("numpy", &json!("2.4.6"));
        let spread = |median| Spread { median, quartiles: (median, median), mad: 0.0 };
        let line = |id: &str| Line {
            id: id.into(),
            bytes: 80.0,
            measured: Measured { ours: spread(10.0), other: spread(20.0), ratio: spread(2.0), limit: None },
        };
        output.add("numpy", &line("sum/f32/10")).unwrap();
        output.add("contiguous", &line("sum/f32/10")).unwrap();
        output.on("scalar");
        output.add("scalar", &line("sum/f32/10")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        let all: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&all["schema"], &all["environment"]["peers"]["numpy"]), (&json!(1), &json!("2.4.6")));
        assert_eq!(all["cases"].as_array().unwrap().len(), 2);
        let first = &all["cases"][0];
        assert_eq!((&first["id"], &first["gb_per_s"]), (&json!("sum/f32/10"), &json!(8.0)));
        assert_eq!(first["peers"]["numpy"]["median_ns"], json!(20.0));
        assert_eq!(first["peers"]["contiguous"]["ratio"]["median"], json!(2.0));
    }
}
