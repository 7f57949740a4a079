//! Serves the cases to `cargo xtask bench`: a line of JSON in, a line out.
//!
//! ```text
//! {"do": "list"}                                             every case, as one array
//! {"do": "prepare", "slot": 0, "id": "…"}                    makes inputs; {"sample": "…"}
//! {"do": "prepare", …, "backend": "…", "threads": 2}         the same, to run on these
//! {"do": "prepare", …, "slower": 10}                         the same, with every tenth call done twice
//! {"do": "prepare", "slot": 1, "shares": 0, …}              with the arrays of another slot; {"sample": "…"}
//! {"do": "prepare", "slot": 2, "read": 100, "written": 100}  that traffic, and no work: the machine's limit
//! {"do": "limits", "threads": 1, "sizes": [16384]}          what the machine can do, in 10⁹ a second
//! {"do": "count", "slot": 0}                                 one call, in a function called `counted`
//! {"do": "time", "slot": 0, "times": 100}                    {"ns": …} for all of the calls together
//! ```
//!
//! A slot holds one prepared case. Without a backend or threads, operations run on those of the process.

use isonum::{backend, threads};
use isonum_benches::{Case, Suite, cases, limit, machine, work::Work};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::rc::Rc;
use std::time::Instant;

/// A prepared case, and what it runs on.
struct Slot {
    work: Rc<RefCell<Box<dyn Work>>>,
    backend: Option<String>,
    threads: Option<usize>,
    /// So many percent of the calls are done once more: to see whether a comparison finds that.
    slower: u64,
}

impl Slot {
    fn run<R>(&mut self, f: impl FnOnce(&mut dyn Work) -> R) -> Result<R, String> {
        let work = &mut **self.work.borrow_mut();
        let on_threads = || match self.threads {
            None => f(work),
            Some(n) => threads::with(n, || f(work)),
        };
        match &self.backend {
            None => Ok(on_threads()),
            Some(name) => {
                let chosen = backend::by_name(name).map_err(|error| error.to_string())?;
                Ok(backend::with(chosen, on_threads))
            }
        }
    }
}

type Slots = HashMap<u64, Slot>;

fn main() -> std::io::Result<()> {
    let cases = cases::all();
    let mut slots = Slots::new();
    for line in std::io::stdin().lock().lines() {
        let answer = serde_json::from_str(&line?)
            .map_err(|error| error.to_string())
            .and_then(|request| answer(&request, &cases, &mut slots))
            .unwrap_or_else(|error| json!({ "error": error }));
        let mut out = std::io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(request: &Value, cases: &[Case], slots: &mut Slots) -> Result<Value, String> {
    let text = |key: &str| request[key].as_str();
    let number = |key: &str| request[key].as_u64().ok_or(format!("no number {key:?}"));
    match text("do") {
        Some("list") => Ok(json!({
            "cases": cases.iter().map(describe).collect::<Vec<_>>(),
            "suites": Suite::ALL.iter().map(|suite| suite.name()).collect::<Vec<_>>(),
            "missing": cases::missing(cases),
            "backends": backend::available(),
            "backend": backend::current(),
        })),
        Some("prepare") if !request["read"].is_null() => {
            let work = limit::traffic(number("read")? as usize, number("written")? as usize);
            let work = Rc::new(RefCell::new(work));
            slots.insert(number("slot")?, Slot { work, backend: None, threads: None, slower: 0 });
            Ok(json!({}))
        }
        Some("prepare") => {
            let work = match request["shares"].as_u64() {
                Some(other) => slots.get(&other).ok_or("an empty slot")?.work.clone(),
                None => {
                    let id = text("id").ok_or("no id")?;
                    let case = cases.iter().find(|case| case.id == id).ok_or(format!("no case {id}"))?;
                    Rc::new(RefCell::new((case.prepare)()))
                }
            };
            let slower = request["slower"].as_u64().unwrap_or(0);
            let threads = request["threads"].as_u64().map(|threads| threads as usize);
            let mut slot = Slot { work, backend: text("backend").map(str::to_owned), threads, slower };
            let sample = slot.run(|work| work.sample())?;
            slots.insert(number("slot")?, slot);
            let sample: Vec<String> = sample.iter().map(f64::to_string).collect();
            Ok(json!({ "sample": sample.join(" ") }))
        }
        Some("limits") => {
            let sizes = request["sizes"].as_array().into_iter().flatten();
            let sizes: Vec<usize> = sizes.filter_map(Value::as_u64).map(|size| size as usize).collect();
            let found =
                machine::limits(number("threads")? as usize, &sizes).map_err(|error| error.to_string())?;
            Ok(json!({ "f32": found.single, "f64": found.double, "memory": found.memory }))
        }
        Some("count") => {
            let slot = slots.get_mut(&number("slot")?).ok_or("an empty slot")?;
            // The first call finds plans made and memory taken.
            slot.run(|work| work.run(1))?;
            slot.run(counted)?;
            Ok(json!({}))
        }
        Some("time") => {
            let times = number("times")?;
            let slot = slots.get_mut(&number("slot")?).ok_or("an empty slot")?;
            let more = times as f64 * slot.slower as f64 / 100.0;
            let calls = times + more as u64;
            let ns = slot.run(|work| {
                let start = Instant::now();
                work.run(calls);
                start.elapsed().as_nanos() as f64
            })?;
            // The part of a call that there is none of takes as much as that of others.
            Ok(json!({ "ns": (ns * (times as f64 + more) / calls as f64) as u64 }))
        }
        _ => Err(format!("unknown request {request}")),
    }
}

/// A call of a case, to be found by its name in a program that is counted.
#[inline(never)]
fn counted(work: &mut dyn Work) {
    work.run(1);
}

fn describe(case: &Case) -> Value {
    let inputs: Vec<Value> = case
        .inputs
        .iter()
        .map(|input| {
            json!({
                "name": input.name, "dtype": input.dtype.name(), "shape": input.shape,
                "low": input.low, "high": input.high, "seed": input.seed, "view": input.view,
            })
        })
        .collect();
    let suites: Vec<&str> = case.suites.iter().map(|suite| suite.name()).collect();
    json!({
        "id": case.id, "suites": suites, "inputs": inputs, "numpy": case.numpy,
        "numpy_out": case.numpy_out, "tolerance": case.tolerance, "read": case.read, "written": case.written, "flops": case.flops,
        "base": case.base,
    })
}
