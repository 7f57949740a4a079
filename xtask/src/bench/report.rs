//! What was measured, as tables.

use super::measure::Measured;
use std::io::{IsTerminal, Write};

/// A comparison of one case, as a line of a table.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) bytes: f64,
    pub(super) measured: Measured,
}

/// A table of comparisons, the worst first; `high_is_good` says which that is.
pub(super) fn table(title: &str, other: &str, mut lines: Vec<Line>, high_is_good: bool) -> String {
    lines.sort_by(|a, b| a.measured.ratio.median.total_cmp(&b.measured.ratio.median));
    if !high_is_good {
        lines.reverse();
    }
    let width = lines.iter().map(|line| line.id.len()).max().unwrap_or(0).max(4);
    let mut text = format!(
        "\n{title}\n{:<width$}  {:>10}  {:>10}  {:>7}  {:>13}  {:>6}  {:>5}\n",
        "case", "isonum", other, "ratio", "quartiles", "GB/s", "limit"
    );
    for line in &lines {
        let (ours, theirs, ratio) = (&line.measured.ours, &line.measured.other, &line.measured.ratio);
        let limit = line.measured.limit.map_or(String::new(), |part| format!("{:.0}%", 100.0 * part));
        let mark = if line.measured.at_limit() { "  at the limit" } else { "" };
        text += &format!(
            "{:<width$}  {:>10}  {:>10}  {:>7.2}  {:>6.2}–{:<6.2}  {:>6.1}  {limit:>5}{mark}\n",
            line.id,
            duration(ours.median),
            duration(theirs.median),
            ratio.median,
            ratio.quartiles.0,
            ratio.quartiles.1,
            line.bytes / ours.median,
        );
    }
    let mean =
        lines.iter().map(|line| line.measured.ratio.median.ln()).sum::<f64>() / lines.len().max(1) as f64;
    text + &format!("{} cases, geometric mean {:.2}\n", lines.len(), mean.exp())
}

/// What is being measured, on one line of a terminal.
pub(super) fn progress(text: &str) {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        let _ = write!(out, "\r\x1b[K{text}");
        let _ = out.flush();
    }
}

/// Three significant digits and a unit.
pub(super) fn duration(ns: f64) -> String {
    let (value, unit) = match ns {
        _ if ns < 1e3 => (ns, "ns"),
        _ if ns < 1e6 => (ns / 1e3, "µs"),
        _ => (ns / 1e6, "ms"),
    };
    let digits = if value < 10.0 {
        2
    } else if value < 100.0 {
        1
    } else {
        0
    };
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::measure::Spread;

    #[test]
    fn durations_have_three_digits() {
        assert_eq!(["9.87 ns", "12.3 µs", "456 ms"], [9.871, 12_345.0, 455.9e6].map(duration));
    }

    #[test]
    fn the_worst_comes_first() {
        let line = |id: &str, ours: f64, other: f64| Line {
            id: id.into(),
            bytes: 1.0,
            measured: Measured {
                ours: Spread::of(vec![ours]),
                other: Spread::of(vec![other]),
                ratio: Spread::of(vec![other / ours]),
                limit: Some(0.9 / ours),
            },
        };
        let text = table("t", "NumPy", vec![line("fast", 1.0, 2.0), line("slow", 2.0, 1.0)], true);
        assert!(text.find("slow") < text.find("fast"));
        assert!(text.contains("90%  at the limit\n") && text.contains("45%\n"), "{text}");
        assert!(text.ends_with("2 cases, geometric mean 1.00\n"));
    }
}
