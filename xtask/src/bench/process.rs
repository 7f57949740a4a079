//! The programs that run cases: ours and NumPy's, each a child that answers a line of JSON with a line of JSON.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A child that runs cases.
pub(super) struct Process {
    name: String,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Process {
    pub(super) fn start(name: &str, command: &mut Command) -> Result<Process, String> {
        let failed = |error| format!("{name} does not start: {error}");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        let (to, from) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Ok(Process { name: name.to_owned(), child, to, from: BufReader::new(from) })
    }

    /// The answer to a request.
    pub(super) fn ask(&mut self, request: Value) -> Result<Value, String> {
        let failed =
            |error: &dyn std::fmt::Display| format!("{} gave no answer to {request}: {error}", self.name);
        writeln!(self.to, "{request}").map_err(|error| failed(&error))?;
        let mut line = String::new();
        self.from.read_line(&mut line).map_err(|error| failed(&error))?;
        if line.is_empty() {
            return Err(failed(&"it has ended"));
        }
        let answer: Value = serde_json::from_str(&line).map_err(|error| failed(&error))?;
        match answer["error"].as_str() {
            Some(error) => Err(format!("{}: {error}", self.name)),
            None => Ok(answer),
        }
    }

    /// Nanoseconds of a call, the mean of `times`.
    pub(super) fn time(&mut self, slot: usize, times: u64) -> Result<f64, String> {
        let answer = self.ask(json!({ "do": "time", "slot": slot, "times": times }))?;
        let ns = answer["ns"].as_f64().ok_or(format!("{}: no time in {answer}", self.name))?;
        Ok(ns / times as f64)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
