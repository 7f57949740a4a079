//! `--report DIR`: what was measured as `PERFORMANCE.md` with plots, losses first. Reads what `--json` writes.

use super::plots;
use super::report::{duration, mean};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// A ratio to the fastest peer below this is called a loss.
const LOSS: f64 = 0.95;
/// The part of the time that the machine needs at least, from which on there is hardly more to gain.
const AT_LIMIT: f64 = 0.85;

/// A case as `--json` has it.
pub(super) struct Figure {
    pub(super) op: String,
    pub(super) dtype: String,
    pub(super) size: String,
    /// What follows the size in the name.
    pub(super) variant: String,
    pub(super) backend: String,
    pub(super) threads: String,
    pub(super) ns: f64,
    pub(super) gb_per_s: Option<f64>,
    pub(super) gflop_per_s: Option<f64>,
    pub(super) limit: Option<f64>,
    /// Nanoseconds, and the ratio to ours.
    pub(super) peers: BTreeMap<String, (f64, f64)>,
}

/// Names of other sides that are no peers.
const OURSELVES: [&str; 2] = ["contiguous", "scalar"];

impl Figure {
    fn of(case: &Value) -> Option<Figure> {
        let mut parts = case["id"].as_str()?.splitn(4, '/').map(str::to_owned);
        let text = |key: &str| case[key].as_str().unwrap_or("").to_owned();
        let peers = case["peers"].as_object()?.iter().filter_map(|(name, peer)| {
            Some((name.clone(), (peer["median_ns"].as_f64()?, peer["ratio"]["median"].as_f64()?)))
        });
        Some(Figure {
            op: parts.next()?,
            dtype: parts.next()?,
            size: parts.next()?,
            variant: parts.next().unwrap_or_default(),
            backend: text("backend"),
            threads: text("threads"),
            ns: case["median_ns"].as_f64()?,
            gb_per_s: case["gb_per_s"].as_f64(),
            gflop_per_s: case["gflop_per_s"].as_f64(),
            limit: case["limit_share"].as_f64(),
            peers: peers.collect(),
        })
    }

    pub(super) fn id(&self) -> String {
        let id = format!("{}/{}/{}", self.op, self.dtype, self.size);
        if self.variant.is_empty() { id } else { format!("{id}/{}", self.variant) }
    }

    /// The elements of a row, or of a square.
    pub(super) fn elements(&self) -> Option<f64> {
        self.size.parse().ok()
    }

    /// Whether the size is a number of elements, and not the side of a square, which moves more bytes.
    pub(super) fn is_row(&self) -> bool {
        const MOST: f64 = 64.0;
        let bytes = self.gb_per_s.unwrap_or(0.0) * self.ns;
        self.elements().is_some_and(|n| bytes <= MOST * n)
    }

    /// The fastest peer and the ratio to it.
    pub(super) fn fastest(&self) -> Option<(&str, f64)> {
        let is_peer = |name: &str| !OURSELVES.contains(&name) && !name.contains("thread");
        let peers = self.peers.iter().filter(|(name, _)| is_peer(name));
        peers.map(|(name, &(_, ratio))| (&**name, ratio)).min_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn at_limit(&self) -> bool {
        self.limit.is_some_and(|limit| limit >= AT_LIMIT)
    }
}

/// Adds the peers of another run, and those of its cases that are not there yet.
pub(super) fn add(all: &mut Value, more: &Value) -> Result<(), String> {
    let cpu = |value: &Value| value["environment"]["cpu"].as_str().unwrap_or("unknown").to_owned();
    if cpu(all) != cpu(more) {
        return Err(format!("measured on {}, the files before on {}", cpu(more), cpu(all)));
    }
    let peers = more["environment"]["peers"].as_object().into_iter().flatten();
    let peers: Vec<_> = peers.map(|(name, version)| (name.clone(), version.clone())).collect();
    if let Some(known) = all["environment"]["peers"].as_object_mut() {
        known.extend(peers);
    }
    let (Some(cases), Some(more)) = (all["cases"].as_array_mut(), more["cases"].as_array()) else {
        return Err("no cases".into());
    };
    let compared = |case: &Value| -> Vec<String> {
        let peers = case["peers"].as_object().into_iter().flatten();
        peers
            .map(|(peer, _)| format!("{} {} {} {peer}", case["id"], case["backend"], case["threads"]))
            .collect()
    };
    let known: HashSet<String> = cases.iter().flat_map(compared).collect();
    let is_new = |case: &&Value| !compared(case).iter().any(|name| known.contains(name));
    cases.extend(more.iter().filter(is_new).cloned());
    Ok(())
}

/// Writes `PERFORMANCE.md` and the plots to a folder; the names of what was written.
pub(super) fn write(folder: &Path, measured: &Value) -> Result<Vec<String>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let figures: Vec<Figure> =
        measured["cases"].as_array().into_iter().flatten().filter_map(Figure::of).collect();
    let plots = plots::draw(folder, &figures).map_err(|error| failed(&error))?;
    let text = markdown(&measured["environment"], &figures, &plots);
    std::fs::write(folder.join("PERFORMANCE.md"), text).map_err(|error| failed(&error))?;
    Ok(std::iter::once("PERFORMANCE.md".to_owned()).chain(plots.into_iter().map(|plot| plot.file)).collect())
}

fn markdown(environment: &Value, figures: &[Figure], plots: &[plots::Plot]) -> String {
    let of = |key: &str| environment[key].as_str().unwrap_or("unknown").to_owned();
    let peers = environment["peers"].as_object().into_iter().flatten();
    let peers: Vec<&str> = peers.filter_map(|(_, version)| version.as_str()).collect();
    let mut text = format!(
        "# Performance\n\nWritten by `cargo xtask bench --report`; the method is in `docs/benchmarking.md`. Ratios are the time \
         of the fastest peer over ours: above 1, isonum is faster.\n\n\
         - machine: {}, {} cores\n- backend: {}; threads on all sides: {}\n- {}, revision {}\n- peers: {}\n",
        of("cpu"),
        environment["cores"],
        of("backend"),
        of("threads"),
        of("rustc"),
        &of("revision").chars().take(12).collect::<String>(),
        if peers.is_empty() { "none".into() } else { peers.join("; ") },
    );
    let mut compared: Vec<(&Figure, &str, f64)> =
        figures.iter().filter_map(|f| f.fastest().map(|(name, ratio)| (f, name, ratio))).collect();
    compared.sort_by(|a, b| a.2.total_cmp(&b.2));
    let (limited, free): (Vec<_>, Vec<_>) =
        compared.iter().copied().filter(|(.., ratio)| *ratio < LOSS).partition(|(f, ..)| f.at_limit());
    text += &format!("\n## Losses: ratios below {LOSS}\n\n");
    text += &if free.is_empty() { "None.\n".to_owned() } else { rows(&free) };
    if !limited.is_empty() {
        text += "\nAt the machine's limit, where neither side can be faster:\n\n";
        text += &rows(&limited);
    }
    if !compared.is_empty() {
        text += &format!(
            "\n## All {} cases\n\nGeometric mean of the ratios: {:.2}.\n",
            compared.len(),
            mean(compared.iter().map(|(.., ratio)| *ratio))
        );
    }
    for plot in plots {
        text += &format!("\n![{}]({})\n", plot.title, plot.file);
    }
    if !compared.is_empty() {
        text += &format!("\n{}", rows(&compared));
    }
    text
}

/// A table of cases.
fn rows(of: &[(&Figure, &str, f64)]) -> String {
    let mut text = String::from(
        "| case | isonum | fastest peer | its time | ratio | GB/s | GFLOP/s | share of the limit |\n\
         |---|--:|---|--:|--:|--:|--:|--:|\n",
    );
    for (figure, name, ratio) in of {
        let number = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x:.1}"));
        text += &format!(
            "| {} | {} | {name} | {} | {ratio:.2} | {} | {} | {} |\n",
            figure.id(),
            duration(figure.ns),
            duration(figure.peers[*name].0),
            number(figure.gb_per_s),
            number(figure.gflop_per_s),
            figure.limit.map_or(String::new(), |limit| format!("{:.0} %", 100.0 * limit)),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn case(id: &str, ns: f64, limit: Option<f64>, peers: Value) -> Value {
        json!({ "id": id, "backend": "avx2", "threads": "1", "median_ns": ns, "limit_share": limit, "peers": peers })
    }

    #[test]
    fn runs_are_added_up() {
        let run = |cpu: &str, peer: &str, id: &str| {
            json!({
                "environment": { "cpu": cpu, "peers": { peer: peer } },
                "cases": [{ "id": id, "backend": "avx2", "threads": 1, "peers": { "numpy": {}, peer: {} } }],
            })
        };
        let mut all = run("a", "numpy", "exp");
        add(&mut all, &run("a", "torch", "exp")).unwrap();
        add(&mut all, &run("a", "torch", "sin")).unwrap();
        assert_eq!(all["cases"].as_array().map(Vec::len), Some(2));
        assert_eq!(all["environment"]["peers"], json!({ "numpy": "numpy", "torch": "torch" }));
        assert!(add(&mut all, &run("b", "torch", "cos")).unwrap_err().contains("measured on b"));
    }

    #[test]
    fn squares_are_told_from_rows() {
        let figure = |id: &str, bytes: f64| {
            let mut case = case(id, 10.0, None, json!({}));
            case["gb_per_s"] = json!(bytes / 10.0);
            Figure::of(&case).unwrap()
        };
        assert!(figure("add/f64/100", 2400.0).is_row());
        assert!(!figure("matvec/f64/50", 20_800.0).is_row());
        assert!(!figure("add/f64/100x2", 4800.0).is_row());
    }

    #[test]
    fn losses_come_first_and_ourselves_are_no_peer() {
        let peer = |ns: f64, ratio: f64| json!({ "median_ns": ns, "ratio": { "median": ratio } });
        let cases = [
            case("exp/f32/100", 10.0, None, json!({ "numpy": peer(20.0, 2.0), "torch": peer(9.0, 0.9) })),
            case("add/f32/1000000", 10.0, Some(0.95), json!({ "numpy": peer(9.0, 0.9) })),
            case("sin/f32/100", 10.0, None, json!({ "scalar": peer(5.0, 0.5) })),
            case("sum/f32/100", 10.0, None, json!({ "numpy": peer(30.0, 3.0) })),
        ];
        let figures: Vec<Figure> = cases.iter().filter_map(Figure::of).collect();
        assert_eq!(figures.len(), 4);
        let text = markdown(&json!({ "cpu": "a machine", "peers": { "numpy": "numpy 2" } }), &figures, &[]);
        let losses = text.find("| exp/f32/100 | 10.0 ns | torch | 9.00 ns | 0.90 |").unwrap();
        assert!(losses < text.find("At the machine's limit").unwrap(), "{text}");
        assert!(text.contains("## All 3 cases") && !text.contains("sin/f32"), "{text}");
        assert!(text.contains("a machine") && text.contains("peers: numpy 2"));
    }
}
