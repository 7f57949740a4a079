//! `bench compare REV`: another revision of the repository and this one, in turns.

use super::measure::{Side, measure};
use super::process::Process;
use super::report::{duration, progress};
use super::selection::{Case, Known};
use super::verdict::Verdict;
use super::{Selection, our_command, with_threads};
use crate::step::{Context, Run};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Options {
    /// The revision that ours is compared with: a commit, branch or tag
    revision: String,
    #[command(flatten)]
    selection: Selection,
    /// Ours does so many percent of its calls once more, to see whether that is found
    #[arg(long, default_value_t = 0, hide = true)]
    pretend_slower: u64,
}

/// While attempts contradict each other, there are more, up to so many times as asked for.
const MORE: usize = 3;

/// A case, and its time over that of before in each attempt.
pub(super) struct Change {
    id: String,
    ratios: Vec<f64>,
    verdict: Verdict,
    /// Nanoseconds of a call, where both were measured in one run.
    times: Option<[f64; 2]>,
}

impl Change {
    pub(super) fn new(id: &str, ratios: Vec<f64>, noise: f64) -> Change {
        let verdict = Verdict::of(&ratios, noise / 100.0);
        Change { id: id.to_owned(), ratios, verdict, times: None }
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.ratios.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    fn median(&self) -> f64 {
        self.sorted()[self.ratios.len() / 2]
    }
}

pub(super) fn any_regression(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.verdict == Verdict::Regression)
}

/// What has changed, regressions first, and how many cases have not.
pub(super) fn table(title: &str, changes: &[Change]) -> String {
    let rank = |verdict| match verdict {
        Verdict::Regression => 0,
        Verdict::Inconclusive => 1,
        Verdict::Improvement => 2,
        Verdict::Noise => 3,
    };
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by(|a, b| rank(a.verdict).cmp(&rank(b.verdict)).then(b.median().total_cmp(&a.median())));
    let width = changes.iter().map(|change| change.id.len()).max().unwrap_or(0).max(4);
    let mut text = format!("\n{title}\n{:<width$}  {:<12}  ratio  range\n", "case", "verdict");
    for change in &sorted {
        let range = change.sorted();
        let times =
            change.times.map(|[now, before]| format!("  {} after {}", duration(now), duration(before)));
        text += &format!(
            "{:<width$}  {:<12}  {:>5.2}  {:.2}–{:.2}{}\n",
            change.id,
            change.verdict,
            change.median(),
            range[0],
            range[range.len() - 1],
            times.unwrap_or_default()
        );
    }
    let count = |verdict| changes.iter().filter(|change| change.verdict == verdict).count();
    text + &format!(
        "{} cases: {} regressions, {} improvements, {} inconclusive, {} noise\n",
        changes.len(),
        count(Verdict::Regression),
        count(Verdict::Improvement),
        count(Verdict::Inconclusive),
        count(Verdict::Noise)
    )
}

pub(super) fn run(options: &Options, context: &Context) -> Result<bool, String> {
    let selection = &options.selection;
    let program = build(context, &options.revision)?;
    let threads = selection.one_number_of_threads()?;
    // New processes for each attempt, and one attempt at all cases after the other: where programs and arrays lie in
    // memory is part of the noise, and so is a neighbour who is busy for some seconds.
    let start = || -> Result<[Process; 2], String> {
        Ok([
            Process::start("isonum", &mut our_command(context, threads)?)?,
            Process::start("revision", &mut with_threads(Command::new(&program), threads))?,
        ])
    };
    let mut processes = start()?;
    let list = json!({ "do": "list" });
    let (known, known_before) =
        (Known::of(&processes[0].ask(list.clone())?), Known::of(&processes[1].ask(list)?));
    let selected = selection.cases(&known)?;
    let in_both = |case: &&Case| known_before.cases.iter().any(|other| other.id == case.id);
    let cases: Vec<&Case> = selected.iter().copied().filter(in_both).collect();
    if cases.len() < selected.len() {
        println!("{} cases are not in {}", selected.len() - cases.len(), options.revision);
    }
    let attempts = selection.attempts as usize;
    let mut changes: Vec<Change> =
        cases.iter().map(|case| Change::new(&case.id, vec![], selection.noise)).collect();
    for attempt in 1..=MORE * attempts {
        for (k, (case, change)) in cases.iter().zip(&mut changes).enumerate() {
            if attempt > attempts && change.verdict != Verdict::Inconclusive {
                continue;
            }
            progress(&format!("attempt {attempt}, {}/{} {}", k + 1, cases.len(), case.id));
            one(&mut processes, case, selection, options.pretend_slower, change)
                .map_err(|error| format!("{}: {error}", case.id))?;
        }
        if attempt >= attempts && changes.iter().all(|change| change.verdict != Verdict::Inconclusive) {
            break;
        }
        processes = start()?;
    }
    progress("");
    print!("{}", table(&format!("time over that of {}", options.revision), &changes));
    Ok(!(selection.fail_on_regression && any_regression(&changes)))
}

/// One more attempt.
fn one(
    processes: &mut [Process; 2],
    case: &Case,
    selection: &Selection,
    pretend_slower: u64,
    change: &mut Change,
) -> Result<(), String> {
    let prepare = json!({ "do": "prepare", "slot": 0, "id": case.id, "slower": pretend_slower });
    processes[0].ask(prepare)?;
    processes[1].ask(json!({ "do": "prepare", "slot": 0, "id": case.id }))?;
    let [ours, before] = [("isonum", 0), ("before", 1)].map(|(name, process)| Side::new(name, process, 0));
    let measured = measure(processes, &ours, &[before], selection.rounds as usize)?.measured();
    let before = measured.fastest();
    let mut ratios = std::mem::take(&mut change.ratios);
    ratios.push(1.0 / before.ratio.median);
    let times = change.times.or(Some([measured.ours.median, before.time.median]));
    *change = Change { times, ..Change::new(&case.id, ratios, selection.noise) };
    Ok(())
}

/// The program that runs the cases of a revision, built in a work tree under the target directory.
fn build(context: &Context, revision: &str) -> Result<PathBuf, String> {
    let commit =
        context.stdout(&Run::new("git", "rev-parse --verify --quiet").arg(format!("{revision}^{{commit}}")));
    let commit = commit.map_err(|_| format!("no revision {revision:?}; `git log --oneline` lists them"))?;
    let commit = commit.trim();
    let tree = context.target.join("bench").join(commit);
    let path = tree.to_string_lossy().into_owned();
    if !tree.join("Cargo.toml").exists() {
        context.run(&Run::new("git", "worktree prune"))?;
        context.run(&Run::new("git", "worktree add --detach --force").arg(path.clone()).arg(commit))?;
    }
    println!("building {}", &commit[..commit.len().min(12)]);
    // A folder of build results for all revisions: what they have in common is built once.
    let target = context.target.join("bench/target");
    let build = Run::cargo("build --release --package isonum-benches --manifest-path")
        .arg(format!("{path}/Cargo.toml"))
        .env("CARGO_TARGET_DIR", target.to_string_lossy());
    context.run(&build)?;
    Ok(target.join("release/isonum-benches"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regressions_come_first() {
        let changes = [
            Change::new("same", vec![1.0, 1.01, 0.99], 5.0),
            Change::new("faster", vec![0.5, 0.6, 0.5], 5.0),
            Change::new("slower", vec![1.2, 1.1, 1.3], 5.0),
        ];
        let text = table("title", &changes);
        assert!(text.find("slower") < text.find("faster") && text.find("faster") < text.find("same"));
        assert!(text.contains("slower  regression     1.20  1.10–1.30\n"), "{text}");
        assert!(
            text.ends_with("3 cases: 1 regressions, 1 improvements, 0 inconclusive, 1 noise\n"),
            "{text}"
        );
        assert!(any_regression(&changes) && !any_regression(&changes[..2]));
    }
}
