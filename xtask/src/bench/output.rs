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
    /// By case and variant, in the order in which they were measured.
    cases: Vec<((String, Variant), Map<String, Value>)>,
    variant: Variant,
}

/// The backend and the threads of a case.
type Variant = (Value, Value);

impl Output {
    pub(super) fn new(path: Option<PathBuf>, environment: Value) -> Output {
        let variant = (environment["backend"].clone(), environment["threads"].clone());
        Output { path, environment, cases: Vec::new(), variant }
    }

    /// Notes the version of a peer.
    pub(super) fn peer(&mut self, name: &str, version: &str) {
        self.environment["peers"][name] = version.into();
    }

    /// The backend of the cases from here on.
    pub(super) fn on_backend(&mut self, backend: &str) {
        self.variant.0 = backend.into();
    }

    /// The threads of the cases from here on.
    pub(super) fn on_threads(&mut self, threads: &str) {
        self.variant.1 = threads.into();
    }

    /// Adds a comparison.
    pub(super) fn add(&mut self, line: &Line) -> Result<(), String> {
        let key = (line.id.clone(), self.variant.clone());
        let place = match self.cases.iter().position(|(known, _)| *known == key) {
            Some(place) => place,
            None => {
                let ours = &line.measured.ours;
                let rate = |amount: f64| (amount > 0.0).then_some(amount / ours.median);
                let case = json!({
                    "id": line.id, "backend": self.variant.0, "threads": self.variant.1,
                    "median_ns": ours.median, "mad_ns": ours.mad,
                    "gb_per_s": rate(line.bytes), "gflop_per_s": rate(line.flops),
                    "limit_share": line.measured.limit, "peers": {},
                });
                self.cases.push((key, case.as_object().cloned().unwrap_or_default()));
                self.cases.len() - 1
            }
        };
        let times = |spread: &Spread| json!({ "median_ns": spread.median, "mad_ns": spread.mad });
        for other in &line.measured.others {
            let mut peer = times(&other.time);
            let (low, high) = other.ratio.quartiles;
            peer["ratio"] = json!({ "median": other.ratio.median, "quartiles": [low, high] });
            self.cases[place].1["peers"][&other.name] = peer;
        }
        self.write()
    }

    /// All of it.
    pub(super) fn value(&self) -> Value {
        let cases: Vec<&Map<String, Value>> = self.cases.iter().map(|(_, case)| case).collect();
        json!({ "schema": SCHEMA, "environment": self.environment, "cases": cases })
    }

    fn write(&self) -> Result<(), String> {
        let Some(path) = &self.path else { return Ok(()) };
        let fresh = path.with_extension("new");
        let write = || {
            std::fs::write(&fresh, format!("{:#}\n", self.value()))?;
            std::fs::rename(&fresh, path)
        };
        write().map_err(|error| format!("{}: {error}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::tests::line;

    #[test]
    fn every_case_is_written_at_once() {
        let path = std::env::temp_dir().join(format!("isonum-output-{}.json", std::process::id()));
        let mut output = Output::new(Some(path.clone()), json!({ "backend": "avx2", "threads": "1" }));
        output.peer("numpy", "2.4.6");
        output.add(&line("sum/f32/10", 10.0, &[("numpy", 20.0)])).unwrap();
        output.add(&line("sum/f32/10", 10.0, &[("contiguous", 20.0)])).unwrap();
        output.on_backend("scalar");
        output.add(&line("sum/f32/10", 10.0, &[("scalar", 20.0)])).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        let all: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&all["schema"], &all["environment"]["peers"]["numpy"]), (&json!(1), &json!("2.4.6")));
        assert_eq!(all["cases"].as_array().unwrap().len(), 2);
        let first = &all["cases"][0];
        assert_eq!((&first["id"], &first["gb_per_s"]), (&json!("sum/f32/10"), &json!(8.0)));
        assert_eq!((&first["threads"], &first["gflop_per_s"]), (&json!("1"), &Value::Null));
        assert_eq!(first["peers"]["numpy"]["median_ns"], json!(20.0));
        assert_eq!(first["peers"]["contiguous"]["ratio"]["median"], json!(2.0));
    }
}
