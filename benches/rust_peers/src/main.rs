//! The side of Rust's crates in `cargo xtask bench`: `isonum-rust-peers CRATE`, a line of JSON in, a line out.
//!
//! `prepare` takes a case as `isonum-benches` lists it. Each crate does by the operation's name what its users would write,
//! or says that it does not have it. Results are new; no variants of layout or given outputs.

mod crates;
#[path = "../../src/rule.rs"]
mod rule;

use crates::{Crate, Work};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let library = crates::by_name(&name);
    let mut slots = HashMap::new();
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let answer = match &library {
            Some(library) => {
                answer(&request, library, &mut slots).unwrap_or_else(|why| json!({ "unsupported": why }))
            }
            None => json!({ "error": format!("no crate {name:?}") }),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(
    request: &Value,
    library: &Crate,
    slots: &mut HashMap<u64, Box<dyn Work>>,
) -> Result<Value, String> {
    let number = |key: &str| request[key].as_u64().unwrap_or(0);
    match request["do"].as_str() {
        Some("version") => Ok(json!({ "version": library.version })),
        Some("prepare") => {
            let case = &request["case"];
            let mut work = (library.prepare)(case).ok_or("it is not one of this crate's operations")?;
            let sample: Vec<String> = work.sample().iter().map(f64::to_string).collect();
            slots.insert(number("slot"), work);
            Ok(json!({ "sample": sample.join(" ") }))
        }
        Some("time") => {
            let work = slots.get_mut(&number("slot")).ok_or("an empty slot")?;
            let start = Instant::now();
            work.run(number("times"));
            Ok(json!({ "ns": start.elapsed().as_nanos() as u64 }))
        }
        _ => Err(format!("unknown request {request}")),
    }
}
