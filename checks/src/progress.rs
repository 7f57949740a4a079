//! How far a long run is: a bar on a terminal, nothing elsewhere.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of so many steps.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar at its beginning. It shows only where the error output is a terminal.
    pub fn new(steps: u64) -> Progress {
        let bar = ProgressBar::new(steps);
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {elapsed} of {duration}  {msg}");
        bar.set_style(style.expect("a fixed template"));
        Progress(bar)
    }

    /// What is being done.
    pub fn show(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }

    /// One step is done.
    pub fn step(&self) {
        self.0.inc(1);
    }

    /// So many steps are done.
    pub fn to(&self, steps: u64) {
        self.0.set_position(steps);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
