//! Running steps and commands: one line per step with its time, the output of a command when it fails, and the
//! command line that repeats it.

use serde_json::Value;
use std::cell::RefCell;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// Selects this package beside another one of which a program or test is built. Without it, cargo gives dependencies other
/// features than in builds of the workspace and of the checks (`syn` those that the facade asks for, and not those of `clap`), and
/// compiles every kernel once more.
pub(crate) const ALIKE: &str = "-p xtask";

/// What a step found, if it did not fail. The text is the remark on its line.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It looked, and all is well.
    Passed(String),
    /// It cannot run on this machine.
    Skipped(String),
}

/// When a step runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum When {
    Always,
    /// Not with `--quick`.
    NotQuick,
    /// Only where it is named.
    Named,
}

/// One step of `cargo xtask test`.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) when: When,
    pub(crate) run: fn(&Context) -> Result<Outcome, String>,
}

/// Where the workspace is, and what its steps share.
pub(crate) struct Context {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    /// `cargo metadata --no-deps`
    pub(crate) metadata: Value,
    verbose: bool,
    closing: RefCell<Vec<String>>,
}

impl Context {
    pub(crate) fn new(verbose: bool) -> Result<Self, String> {
        let mut context = Context {
            root: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
            target: PathBuf::new(),
            metadata: Value::Null,
            verbose: false,
            closing: RefCell::default(),
        };
        let text = context.stdout(&Run::cargo("metadata --no-deps --format-version 1"))?;
        context.metadata = serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
        let path =
            |key: &str| context.metadata[key].as_str().map(PathBuf::from).ok_or("cargo metadata: no path");
        (context.root, context.target) = (path("workspace_root")?, path("target_directory")?);
        context.verbose = verbose;
        Ok(context)
    }

    /// The members of the workspace, as `cargo metadata` describes them.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Value> {
        self.metadata["packages"].as_array().into_iter().flatten()
    }

    /// Whether `package` has a target (example, test, …) of this kind and name.
    pub(crate) fn has_target(&self, package: &str, kind: &str, name: &str) -> bool {
        self.packages()
            .filter(|p| p["name"] == package)
            .flat_map(|p| p["targets"].as_array().into_iter().flatten())
            .any(|t| t["name"] == name && t["kind"][0] == kind)
    }

    /// Keeps a line for the end of all output: a test runner's own count.
    pub(crate) fn close_with(&self, line: &str) {
        self.closing.borrow_mut().push(line.to_owned());
    }

    /// Runs a command; its output, standard error included, or the error with that output in it.
    pub(crate) fn run(&self, run: &Run) -> Result<String, String> {
        let failed = |e: std::io::Error| format!("{}: {e}", run.program);
        let (reader, writer) = std::io::pipe().map_err(failed)?;
        let mut command = run.command(&self.root);
        command.stdout(writer.try_clone().map_err(failed)?).stderr(writer);
        let mut child = command.spawn().map_err(failed)?;
        drop(command); // It holds the writing ends, without which the loop below would not end.
        if self.verbose {
            println!("$ {run}");
        }
        let (mut output, mut line) = (String::new(), Vec::new());
        let mut reader = BufReader::new(reader);
        while reader.read_until(b'\n', &mut line).map_err(failed)? > 0 {
            let text = String::from_utf8_lossy(&line);
            if self.verbose {
                print!("{text}");
            }
            output.push_str(&text);
            line.clear();
        }
        let status = child.wait().map_err(failed)?;
        if status.success() {
            return Ok(output);
        }
        let shown = if self.verbose { "" } else { output.trim_end() };
        Err(run.failure(status, shown))
    }

    /// Runs a command for its standard output alone.
    pub(crate) fn stdout(&self, run: &Run) -> Result<String, String> {
        if self.verbose {
            println!("$ {run}");
        }
        let mut command = run.command(&self.root);
        let done = command.stderr(Stdio::piped()).output().map_err(|e| format!("{}: {e}", run.program))?;
        if done.status.success() {
            return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
        }
        Err(run.failure(done.status, String::from_utf8_lossy(&done.stderr).trim_end()))
    }
}

/// A command with its arguments and variables. Printed, it is the line that repeats it in a shell.
pub(crate) struct Run {
    program: String,
    args: Vec<String>,
    set: Vec<(String, String)>,
    unset: Vec<&'static str>,
}

impl Run {
    /// `line` is split at blanks; see [`Run::arg`] for arguments that have some.
    pub(crate) fn new(program: &str, line: &str) -> Self {
        let args = line.split_whitespace().map(str::to_owned).collect();
        Run { program: program.to_owned(), args, set: Vec::new(), unset: Vec::new() }
    }

    pub(crate) fn cargo(line: &str) -> Self {
        Run::new("cargo", line)
    }

    pub(crate) fn arg(mut self, arg: impl Into<String>) -> Self {
        self.args.push(arg.into());
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set.push((key.to_owned(), value.into()));
        self
    }

    /// Without this variable, which the command would inherit.
    pub(crate) fn without(mut self, key: &'static str) -> Self {
        self.unset.push(key);
        self
    }

    fn command(&self, dir: &Path) -> Command {
        // The very cargo that runs this task, not another one that comes first in PATH.
        let cargo = (self.program == "cargo").then(|| std::env::var("CARGO").ok()).flatten();
        let mut command = Command::new(cargo.as_ref().unwrap_or(&self.program));
        for key in &self.unset {
            command.env_remove(key);
        }
        command
            .args(&self.args)
            .envs(self.set.iter().map(|(k, v)| (k, v)))
            .current_dir(dir)
            .stdin(Stdio::null());
        command
    }

    fn failure(&self, status: ExitStatus, output: &str) -> String {
        format!("{output}\n{}: {status}\nto repeat: {self}", self.program)
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for key in self.unset.iter().filter(|key| std::env::var_os(key).is_some()) {
            write!(f, "{key}= ")?;
        }
        for (key, value) in &self.set {
            write!(f, "{key}={} ", quoted(value))?;
        }
        write!(f, "{}", self.program)?;
        self.args.iter().try_for_each(|arg| write!(f, " {}", quoted(arg)))
    }
}

/// `word` as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Runs the steps in order and prints a line for each, then a summary; whether all passed.
pub(crate) fn run_all(context: &Context, steps: &[&Step], keep_going: bool) -> bool {
    let start = Instant::now();
    let (mut ran, mut unchecked, mut failed) = (0, Vec::new(), Vec::new());
    for step in steps {
        print!("{:<11}", step.name);
        if context.verbose {
            println!();
        }
        // A closed pipe is no reason to stop.
        let _ = std::io::stdout().flush();
        let began = Instant::now();
        let outcome = (step.run)(context);
        let seconds = began.elapsed().as_secs_f64();
        let (word, remark) = match &outcome {
            Ok(Outcome::Passed(remark)) => ("ok", remark.as_str()),
            Ok(Outcome::Skipped(why)) => ("skipped", why.as_str()),
            Err(_) => ("FAILED", ""),
        };
        println!("{}", format!("{seconds:7.1} s  {word:<6}  {remark}").trim_end());
        ran += 1;
        match outcome {
            Ok(Outcome::Passed(_)) => {}
            Ok(_) => unchecked.push(step.name),
            Err(message) => {
                println!("{}\n", message.trim_end());
                failed.push(step.name);
                if !keep_going {
                    break;
                }
            }
        }
    }
    println!("\n{}", summary(ran, steps.len(), &unchecked, &failed, start.elapsed().as_secs_f64()));
    context.closing.borrow().iter().for_each(|line| println!("{line}"));
    failed.is_empty()
}

fn summary(ran: usize, all: usize, unchecked: &[&str], failed: &[&str], seconds: f64) -> String {
    let passed = ran - unchecked.len() - failed.len();
    let mut text = format!("{passed} of {all} steps passed in {seconds:.1} s");
    if !unchecked.is_empty() {
        text += &format!(", without result: {}", unchecked.join(", "));
    }
    if !failed.is_empty() {
        text += &format!(", FAILED: {}", failed.join(", "));
    }
    if ran < all {
        text += &format!(", not run: {}", all - ran);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_prints_as_a_shell_takes_it() {
        let run = Run::cargo("doc --no-deps").env("RUSTDOCFLAGS", "-D warnings").arg("it's");
        assert_eq!(run.to_string(), r"RUSTDOCFLAGS='-D warnings' cargo doc --no-deps 'it'\''s'");
    }

    #[test]
    fn a_failure_has_output_and_command() {
        let context = Context::new(false).unwrap();
        assert_eq!(context.run(&Run::new("echo", "a b")).unwrap(), "a b\n");
        let message = context.run(&Run::new("sh", "-c").arg("echo out; echo err >&2; exit 3")).unwrap_err();
        assert!(message.starts_with("out\nerr\nsh: exit status: 3\nto repeat: sh -c "), "{message}");
        assert!(context.run(&Run::new("no-such-program", "")).is_err());
    }

    #[test]
    fn the_summary_counts_what_did_not_run() {
        assert_eq!(
            summary(3, 3, &["vectors"], &[], 1.0),
            "2 of 3 steps passed in 1.0 s, without result: vectors"
        );
        assert_eq!(
            summary(2, 3, &[], &["doc"], 1.0),
            "1 of 3 steps passed in 1.0 s, FAILED: doc, not run: 1"
        );
    }
}
