//! Runs cases beside peers, beside the case they vary, or beside themselves on other backends and threads.

use super::differ;
use super::measure::{Measured, Side, Taken, alone, measure};
use super::output::Output;
use super::peers::Peer;
use super::process::Process;
use super::report::{Line, progress, table};
use super::selection::Case;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The suite whose cases are run on each backend.
pub(super) const BACKENDS: &str = "backends";

/// What the reference of all backends is called.
pub(super) const SCALAR: &str = "scalar";

/// Bytes from which on the second-level cache holds no more of a case than a part.
const BEYOND_CACHES: f64 = 3e6;

/// Operations for each byte from which on a case is limited by arithmetic, and not by memory.
const ARITHMETIC: f64 = 1.0;

/// A ratio to a peer below this is measured again, twice: on a shared machine one case in some seventy comes out below it by
/// chance.
const REPEAT_BELOW: f64 = 0.95;
const ATTEMPTS: u32 = 3;

/// The slot of our process that limits are measured in.
const LIMIT: usize = 2;

/// What sides of one case differ in, if it is not the program.
#[derive(Clone, Copy)]
pub(super) enum Variants {
    Backends,
    Threads,
}

/// The processes that run cases: ours, and those of peers.
pub(super) struct Bench {
    processes: Vec<Process>,
    peers: Vec<Peer>,
    rounds: usize,
    /// Operations a second that the machine is able to do, by dtype.
    peak: BTreeMap<String, f64>,
    threads: String,
    /// The cases of which the sides had different results.
    pub(super) disagreed: Vec<String>,
    /// Peers that have no counterpart, and why, by case.
    unsupported: Vec<(String, String, String)>,
}

impl Bench {
    pub(super) fn new(ours: Process, peers: Vec<(Peer, Process)>, rounds: u32, threads: &str) -> Bench {
        let (peers, others): (Vec<Peer>, Vec<Process>) = peers.into_iter().unzip();
        let processes = std::iter::once(ours).chain(others).collect();
        Bench {
            processes,
            peers,
            rounds: rounds as usize,
            peak: BTreeMap::new(),
            threads: threads.to_owned(),
            disagreed: Vec::new(),
            unsupported: Vec::new(),
        }
    }

    /// How long each peer's call of next to nothing takes, as a line.
    pub(super) fn overheads(&mut self, smallest: &Case) -> Result<Option<String>, String> {
        let mut parts = Vec::new();
        for k in 0..self.peers.len() {
            if self.prepare_peer(k, smallest)?.is_some() {
                let side = Side::new(&self.peers[k].name, k + 1, 0);
                let ns = alone(&mut self.processes, &side, self.rounds)?.median;
                parts.push(format!("{} {}", side.name, super::report::duration(ns)));
            }
        }
        Ok((!parts.is_empty())
            .then(|| format!("a call on one element, which is in every figure: {}", parts.join(", "))))
    }

    /// Measures cases beside all peers and beside the cases that they vary, and prints the tables.
    pub(super) fn beside_peers(&mut self, cases: &[&Case], output: &mut Output) -> Result<(), String> {
        let mut tables = Vec::new();
        let with_peer: Vec<&Case> = cases.iter().copied().filter(|case| !case.numpy.is_empty()).collect();
        if !with_peer.is_empty() && !self.peers.is_empty() {
            let lines = self.each(&with_peer, output, Bench::against_peers)?;
            let names: Vec<&str> = self.peers.iter().map(|peer| &*peer.name).collect();
            let of = match &names[..] {
                [one] => (*one).to_owned(),
                several => format!("the fastest of {}", several.join(", ")),
            };
            tables.push(table(&format!("time of {of} over that of isonum"), "isonum", lines, true));
        }
        let varied: Vec<&Case> = cases.iter().copied().filter(|case| case.base.is_some()).collect();
        if !varied.is_empty() {
            let lines = self.each(&varied, output, |bench, case| bench.against_base(case).map(Some))?;
            tables.push(table("time over that of contiguous operands", "isonum", lines, false));
        }
        tables.iter().for_each(|table| print!("{table}"));
        self.print_unsupported();
        Ok(())
    }

    /// Measures cases with different backends or threads, on the same arrays: the first of `names` over the others.
    pub(super) fn variants(
        &mut self,
        cases: &[&Case],
        of: Variants,
        names: &[String],
        output: &mut Output,
    ) -> Result<(), String> {
        let (first, others) = names.split_first().ok_or("no variants")?;
        let (ours, title) = match of {
            Variants::Backends => {
                output.on_backend(first);
                (first.clone(), format!("time of {} over that of {first}", others.join(", ")))
            }
            Variants::Threads => {
                output.on_threads(first);
                let fewer = format!("time on fewer threads ({}) over that on {first}", others.join(", "));
                (threads_name(first), fewer)
            }
        };
        let lines =
            self.each(cases, output, |bench, case| bench.against_variants(case, of, names).map(Some))?;
        print!("{}", table(&title, &ours, lines, true));
        Ok(())
    }

    fn each(
        &mut self,
        cases: &[&Case],
        output: &mut Output,
        mut f: impl FnMut(&mut Bench, &Case) -> Result<Option<Measured>, String>,
    ) -> Result<Vec<Line>, String> {
        let mut lines = Vec::new();
        for (k, case) in cases.iter().enumerate() {
            progress(&format!("{}/{} {}", k + 1, cases.len(), case.id));
            if let Some(measured) = f(self, case).map_err(|error| format!("{}: {error}", case.id))? {
                let line = Line::of(case, measured);
                output.add(&line)?;
                lines.push(line);
            }
        }
        progress("");
        Ok(lines)
    }

    /// A prepared slot of ours, and elements of its result.
    fn ours(&mut self, id: &str, slot: usize, with: Value) -> Result<Vec<f64>, String> {
        let mut request = json!({ "do": "prepare", "slot": slot, "id": id });
        for (key, value) in with.as_object().into_iter().flatten() {
            request[key] = value.clone();
        }
        Ok(numbers(&self.processes[0].ask(request)?))
    }

    /// The time of a call of ours, with no other side.
    pub(super) fn alone(&mut self, case: &Case) -> Result<f64, String> {
        self.ours(&case.id, 0, json!({}))?;
        Ok(alone(&mut self.processes, &Side::new("isonum", 0, 0), self.rounds)?.median)
    }

    /// Elements of a peer's result; `None` where it has no counterpart.
    fn prepare_peer(&mut self, peer: usize, case: &Case) -> Result<Option<Vec<f64>>, String> {
        let request = json!({ "do": "prepare", "slot": 0, "case": case.whole });
        let answer = self.processes[peer + 1].ask(request)?;
        Ok(match answer["unsupported"].as_str() {
            Some(why) => {
                self.unsupported.push((self.peers[peer].name.clone(), case.id.clone(), why.to_owned()));
                None
            }
            None => Some(numbers(&answer)),
        })
    }

    /// `None` where no peer has a counterpart.
    fn against_peers(&mut self, case: &Case) -> Result<Option<Measured>, String> {
        let Some(mut taken) = self.beside_each(case)? else { return Ok(None) };
        let mut attempts = 1;
        let mut measured = taken.clone().measured();
        if measured.fastest().ratio.median < REPEAT_BELOW {
            // All of them count: to stop at the first good one would be to choose.
            while attempts < ATTEMPTS {
                taken = taken.and(self.beside_each(case)?.ok_or("a peer has changed its mind")?);
                attempts += 1;
            }
            measured = taken.measured();
        }
        measured.attempts = attempts;
        measured.limit = self.limit(case, measured.ours.median)?;
        Ok(Some(measured))
    }

    fn beside_each(&mut self, case: &Case) -> Result<Option<Taken>, String> {
        let mine = self.ours(&case.id, 0, json!({}))?;
        let known = self.unsupported.len();
        let mut sides = Vec::new();
        for k in 0..self.peers.len() {
            let Some(theirs) = self.prepare_peer(k, case)? else { continue };
            let name = self.peers[k].name.clone();
            if let Some(difference) = differ(&mine, &theirs, case.tolerance) {
                self.disagreed.push(format!("{} of {name}: {difference}", case.id));
            }
            sides.push(Side::new(&name, k + 1, 0));
        }
        if sides.is_empty() {
            return Ok(None);
        }
        // Another attempt says nothing new.
        let told = self.unsupported[..known].iter().any(|(_, id, _)| *id == case.id);
        if told {
            self.unsupported.truncate(known);
        }
        measure(&mut self.processes, &Side::new("isonum", 0, 0), &sides, self.rounds).map(Some)
    }

    fn against_variants(&mut self, case: &Case, of: Variants, names: &[String]) -> Result<Measured, String> {
        let mut sides = Vec::new();
        let mut first = Vec::new();
        for (k, name) in names.iter().enumerate() {
            let slot = if k == 0 { 0 } else { k + LIMIT };
            let (mut with, shown) = match of {
                Variants::Backends => (json!({ "backend": name }), name.clone()),
                Variants::Threads => (json!({ "threads": threads(name)? }), threads_name(name)),
            };
            if k > 0 {
                // On the same arrays: where arrays lie in memory makes a quarter of the time of a short case.
                with["shares"] = 0.into();
            }
            let sample = self.ours(&case.id, slot, with)?;
            if k == 0 {
                first = sample;
            } else if differ(&first, &sample, 0.0).is_some() {
                self.disagreed.push(format!("{}: {} and {name}", case.id, names[0]));
            }
            sides.push(Side::new(&shown, 0, slot));
        }
        Ok(measure(&mut self.processes, &sides[0], &sides[1..], self.rounds)?.measured())
    }

    /// How much longer this case takes than its base: the base is the other side.
    fn against_base(&mut self, case: &Case) -> Result<Measured, String> {
        self.ours(case.base.as_deref().unwrap_or(""), 0, json!({}))?;
        self.ours(&case.id, 1, json!({}))?;
        let [base, varied] = [("contiguous", 0), ("isonum", 1)].map(|(name, slot)| Side::new(name, 0, slot));
        let mut measured = measure(&mut self.processes, &base, &[varied], self.rounds)?.measured();
        // The base was first, so that the ratio is that of this case over it.
        let other = &mut measured.others[0];
        std::mem::swap(&mut measured.ours, &mut other.time);
        other.name = base.name;
        Ok(measured)
    }

    /// The least time of the case on this machine over ours: that of its traffic alone, where that is memory's and not the
    /// caches', or that of its operations.
    fn limit(&mut self, case: &Case, ours: f64) -> Result<Option<f64>, String> {
        if case.flops > ARITHMETIC * (case.read + case.written) {
            return Ok(self.peak(&case.dtype)?.map(|peak| case.flops / peak / ours));
        }
        let (read, written) = (case.read, case.written);
        if read + written < BEYOND_CACHES {
            return Ok(None);
        }
        self.processes[0]
            .ask(json!({ "do": "prepare", "slot": LIMIT, "read": read as u64, "written": written as u64 }))?;
        // Not in turns: another working set would push the others out of the last cache.
        Ok(Some(alone(&mut self.processes, &Side::new("limit", 0, LIMIT), self.rounds)?.median / ours))
    }

    /// Operations of a dtype in a nanosecond, at most.
    fn peak(&mut self, dtype: &str) -> Result<Option<f64>, String> {
        if self.peak.is_empty() {
            let request = json!({ "do": "limits", "threads": threads(&self.threads)?, "sizes": [] });
            let found = self.processes[0].ask(request)?;
            for dtype in ["f32", "f64"] {
                self.peak.extend(found[dtype].as_f64().map(|peak| (dtype.to_owned(), peak)));
            }
        }
        Ok(self.peak.get(dtype).copied())
    }

    fn print_unsupported(&self) {
        for peer in &self.peers {
            let of_peer: Vec<_> = self.unsupported.iter().filter(|(name, ..)| *name == peer.name).collect();
            if let Some((_, id, why)) = of_peer.first() {
                println!("{}: no counterpart of {} cases, such as {id} ({why})", peer.name, of_peer.len());
            }
        }
    }
}

/// How many threads that is.
fn threads(name: &str) -> Result<usize, String> {
    match name {
        "all" => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        number => number.parse().map_err(|_| format!("{number:?} is no number of threads, nor \"all\"")),
    }
}

fn threads_name(name: &str) -> String {
    if name == "1" { "1 thread".into() } else { format!("{name} threads") }
}

fn numbers(answer: &Value) -> Vec<f64> {
    answer["sample"].as_str().unwrap_or("").split(' ').filter_map(|x| x.parse().ok()).collect()
}
