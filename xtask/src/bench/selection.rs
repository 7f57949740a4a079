//! The cases as the program that runs them lists them, and which of them are wanted.

use super::suites::BACKENDS;
use serde_json::Value;

/// A case.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// `op/dtype/size`, or with a variant.
    pub(super) id: String,
    pub(super) suites: Vec<String>,
    /// Bytes that are read and written.
    pub(super) read: f64,
    pub(super) written: f64,
    /// Floating-point operations; 0 where they are not counted.
    pub(super) flops: f64,
    /// `f32` or another, as in the name.
    pub(super) dtype: String,
    /// How far results of a peer may be off.
    pub(super) tolerance: f64,
    /// The statement in NumPy; empty where it has none.
    pub(super) numpy: String,
    /// The case that this one is measured against.
    pub(super) base: Option<String>,
    /// All of it, for a peer.
    pub(super) whole: Value,
}

impl Case {
    fn of(value: &Value) -> Case {
        let number = |key: &str| value[key].as_f64().unwrap_or(0.0);
        Case {
            id: text(value, "id").to_owned(),
            suites: texts(&value["suites"]).map(str::to_owned).collect(),
            read: number("read"),
            written: number("written"),
            flops: number("flops"),
            dtype: text(value, "id").split('/').nth(1).unwrap_or("").to_owned(),
            tolerance: number("tolerance"),
            numpy: text(value, "numpy").to_owned(),
            base: value["base"].as_str().map(str::to_owned),
            whole: value.clone(),
        }
    }

    /// Whether it belongs to a suite.
    pub(super) fn is_in(&self, suite: &str) -> bool {
        self.suites.iter().any(|name| name == suite)
    }
}

/// All cases, as a suite.
const FULL: &str = "full";

/// Every case, suite and backend that there is.
pub(super) struct Known {
    pub(super) cases: Vec<Case>,
    pub(super) suites: Vec<String>,
    pub(super) backends: Vec<String>,
    /// Operations that have none yet, because the library does not have them.
    pub(super) missing: Vec<String>,
}

impl Known {
    pub(super) fn of(listed: &Value) -> Known {
        let names = |key: &str| texts(&listed[key]).map(str::to_owned).collect();
        let cases = listed["cases"].as_array().into_iter().flatten().map(Case::of).collect();
        Known { cases, suites: names("suites"), backends: names("backends"), missing: names("missing") }
    }

    /// The cases of some suites, or of any if there are none, with one of `filters` in their names.
    pub(super) fn select(&self, suites: &[String], filters: &[String]) -> Result<Vec<&Case>, String> {
        let known = |suite: &&String| *suite == FULL || self.suites.contains(suite);
        if let Some(unknown) = suites.iter().find(|suite| !known(suite)) {
            return Err(format!("no suite {unknown:?}; there are {}, {FULL}", self.suites.join(", ")));
        }
        let full = suites.iter().any(|suite| suite == FULL);
        // Names alone mean what users call: drivers by themselves belong to a suite of their own.
        let by_default = |case: &Case| suites.is_empty() && !case.is_in(BACKENDS);
        let by_suite =
            |case: &&Case| full || by_default(case) || suites.iter().any(|suite| case.is_in(suite));
        let by_name =
            |case: &&Case| filters.is_empty() || filters.iter().any(|part| case.id.contains(part.as_str()));
        if let Some(lost) =
            filters.iter().find(|part| !self.cases.iter().any(|case| case.id.contains(part.as_str())))
        {
            return Err(format!("no case has {lost:?} in its name{}", self.nearest(lost)));
        }
        let cases: Vec<&Case> = self.cases.iter().filter(by_suite).filter(by_name).collect();
        if cases.is_empty() {
            let all = if suites.is_empty() { "any suite".into() } else { suites.join(", ") };
            return Err(format!("no case of {all} has {} in its name", filters.join(" or ")));
        }
        Ok(cases)
    }

    /// Operations that begin like a name that there is not, or all.
    fn nearest(&self, name: &str) -> String {
        let mut operations: Vec<&str> =
            self.cases.iter().map(|case| case.id.split('/').next().unwrap_or("")).collect();
        operations.sort_unstable();
        operations.dedup();
        let start: String = name.chars().take(2).collect();
        let alike: Vec<&str> = operations.iter().copied().filter(|op| op.starts_with(&start)).collect();
        let shown = if alike.is_empty() { operations } else { alike };
        format!("; operations are {}", shown.join(", "))
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

pub(super) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn known() -> Known {
        let case = |id: &str, suites: &[&str]| json!({ "id": id, "suites": suites, "read": 8, "base": null });
        Known::of(&json!({
            "suites": ["quick", "math"],
            "backends": ["scalar"],
            "cases": [case("exp/f32/100", &["math"]), case("sum/f32/100", &["quick", "math"])],
        }))
    }

    fn ids(suites: &[&str], filters: &[&str]) -> Result<Vec<String>, String> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let known = known();
        let selected = known.select(&owned(suites), &owned(filters));
        selected.map(|cases| cases.iter().map(|case| case.id.clone()).collect())
    }

    #[test]
    fn suites_and_names_select() {
        assert_eq!(ids(&["math"], &[]).unwrap().len(), 2);
        assert_eq!(ids(&["quick"], &[]).unwrap(), ["sum/f32/100"]);
        assert_eq!(ids(&["full"], &[]).unwrap().len(), 2);
        assert_eq!(
            ids(&[], &["exp", "nothing"]).unwrap_err(),
            "no case has \"nothing\" in its name; operations are exp, sum"
        );
    }

    #[test]
    fn what_is_not_there_is_named() {
        assert_eq!(ids(&["slow"], &[]).unwrap_err(), "no suite \"slow\"; there are quick, math, full");
        assert_eq!(ids(&["quick"], &["exp"]).unwrap_err(), "no case of quick has exp in its name");
        assert!(ids(&[], &["exq"]).unwrap_err().ends_with("operations are exp"));
    }
}
