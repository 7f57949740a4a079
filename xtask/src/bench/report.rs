//! What was measured, as tables.

use super::measure::Measured;
use super::selection::Case;
use std::io::{IsTerminal, Write};

/// A comparison of one case, as a line of a table.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) bytes: f64,
    pub(super) flops: f64,
    pub(super) measured: Measured,
}

impl Line {
    pub(super) fn of(case: &Case, measured: Measured) -> Line {
        Line { id: case.id.clone(), bytes: case.read + case.written, flops: case.flops, measured }
    }

    fn ratio(&self) -> f64 {
        self.measured.fastest().ratio.median
    }
}

/// A table of comparisons, the worst first; `high_is_good` says which that is.
pub(super) fn table(title: &str, ours: &str, mut lines: Vec<Line>, high_is_good: bool) -> String {
    lines.sort_by(|a, b| a.ratio().total_cmp(&b.ratio()));
    if !high_is_good {
        lines.reverse();
    }
    // Those that have a column, in the order in which they were named.
    let mut names: Vec<&str> = Vec::new();
    for other in lines.iter().flat_map(|line| &line.measured.others) {
        if !names.contains(&&*other.name) {
            names.push(&other.name);
        }
    }
    let several = names.len() > 1;
    let counts = lines.iter().any(|line| line.flops > 0.0);
    let width = lines.iter().map(|line| line.id.len()).max().unwrap_or(0).max(4);
    let mut text = format!("\n{title}\n{:<width$}  {ours:>10}", "case");
    names.iter().for_each(|name| text += &format!("  {name:>10}"));
    text += &format!("  {:>7}  {:>13}  {:>6}", "ratio", "quartiles", "GB/s");
    text += if counts { "  GFLOP/s  limit\n" } else { "  limit\n" };
    for line in &lines {
        let measured = &line.measured;
        let ratio = &measured.fastest().ratio;
        text += &format!("{:<width$}  {:>10}", line.id, duration(measured.ours.median));
        for name in &names {
            let other = measured.others.iter().find(|other| other.name == *name);
            text += &format!("  {:>10}", other.map_or("–".into(), |other| duration(other.time.median)));
        }
        text += &format!(
            "  {:>7.2}  {:>6.2}–{:<6.2}  {:>6.1}",
            ratio.median,
            ratio.quartiles.0,
            ratio.quartiles.1,
            line.bytes / measured.ours.median
        );
        if counts {
            let rate = line.flops / measured.ours.median;
            text += &if line.flops > 0.0 { format!("  {rate:>7.1}") } else { " ".repeat(9) };
        }
        text +=
            &format!("  {:>5}", measured.limit.map_or(String::new(), |part| format!("{:.0}%", 100.0 * part)));
        let mut remarks = Vec::new();
        if several {
            remarks.push(format!("to {}", measured.fastest().name));
        }
        if measured.at_limit() {
            remarks.push("at the limit".into());
        }
        if measured.attempts > 1 {
            remarks.push(format!("{} attempts", measured.attempts));
        }
        if !remarks.is_empty() {
            text += &format!("  {}", remarks.join(", "));
        }
        text.truncate(text.trim_end().len());
        text += "\n";
    }
    text + &format!("{} cases, geometric mean {:.2}\n", lines.len(), mean(lines.iter().map(Line::ratio)))
}

/// The geometric mean; 1 of nothing.
pub(super) fn mean(ratios: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = ratios.fold((0.0, 0), |(sum, n), ratio| (sum + ratio.ln(), n + 1));
    (sum / f64::from(n.max(1))).exp()
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
pub(super) mod tests {
    use super::*;
    use crate::bench::measure::{Other, Spread};

    /// A line with a time of ours, and of others.
    pub(in super::super) fn line(id: &str, ours: f64, others: &[(&str, f64)]) -> Line {
        let one = |value| Spread::of(vec![value]);
        let other = |&(name, time): &(&str, f64)| Other {
            name: name.into(),
            time: one(time),
            ratio: one(time / ours),
        };
        let others = others.iter().map(other).collect();
        let measured = Measured { ours: one(ours), others, limit: Some(0.9 / ours), attempts: 1 };
        Line { id: id.into(), bytes: 80.0, flops: 0.0, measured }
    }

    #[test]
    fn durations_have_three_digits() {
        assert_eq!(["9.87 ns", "12.3 µs", "456 ms"], [9.871, 12_345.0, 455.9e6].map(duration));
    }

    #[test]
    fn the_worst_comes_first() {
        let lines = vec![line("fast", 1.0, &[("NumPy", 2.0)]), line("slow", 2.0, &[("NumPy", 1.0)])];
        let text = table("t", "isonum", lines, true);
        assert!(text.find("slow") < text.find("fast"));
        assert!(text.contains("90%  at the limit\n") && text.contains("45%\n"), "{text}");
        assert!(text.ends_with("2 cases, geometric mean 1.00\n"));
    }

    #[test]
    fn of_several_the_fastest_counts() {
        let lines =
            vec![line("sum", 2.0, &[("numpy", 8.0), ("torch", 4.0)]), line("exp", 2.0, &[("numpy", 2.0)])];
        let text = table("t", "isonum", lines, true);
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[2].contains("numpy       torch"), "{text}");
        assert!(rows[3].starts_with("exp") && rows[3].contains("          –     1.00"), "{text}");
        assert!(rows[4].contains("2.00") && rows[4].ends_with("to torch"), "{text}");
    }
}
