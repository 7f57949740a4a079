//! The command line.

use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// Proves what isonum promises: the same bits on every backend, and the accuracy of its functions
///
/// Without options it compares every operation of every element type on all backends of this machine, in every layout and
/// on one, two, three and seven threads, with scalar; measures the error of functions on a million inputs of each range;
/// and tests special values, NumPy's results and the digest of all bits. It ends with 1 where something is wrong.
///
/// Examples:
///   cargo xtask check --quick                      the minute before a commit
///   cargo xtask check --only bits add              every `add`
///   cargo xtask check --only accuracy exp/float64 --points 100000000
///   cargo xtask check --only accuracy --exhaustive --record
///                                                  all 2^32 inputs of each f32 function; docs/accuracy.md anew
///
/// Long runs of accuracy can be stopped and go on where they were.
#[derive(Parser)]
#[command(name = "cargo xtask check", bin_name = "cargo xtask check", verbatim_doc_comment)]
pub(crate) struct Options {
    /// Only what has one of these in its name, as in `exp/float64`
    filters: Vec<String>,
    /// Only these sections, several with commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<Section>,
    /// Fewer long operands, and fewer inputs of functions
    #[arg(long)]
    quick: bool,
    /// All 2³² inputs of each function of `f32`, in place of some of them
    #[arg(long)]
    pub(crate) exhaustive: bool,
    /// Inputs of each range of a function [default: 1000000; with --quick 200000]
    #[arg(long)]
    points: Option<u64>,
    /// Draws other inputs
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The backend whose accuracy is measured [default: that of the process]
    #[arg(long, value_name = "NAME")]
    pub(crate) backend: Option<String>,
    /// Begin anew, whatever was done before
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Where long runs keep their state [default: target/check]
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
    /// Enter the errors in docs/accuracy.json, and write docs/accuracy.md
    #[arg(long)]
    pub(crate) record: bool,
    /// Also write what was found to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// List what there is to check and what is missing, and check nothing
    #[arg(long)]
    pub(crate) list: bool,
}

/// A part of the checks.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// What functions give for zeros, infinities and NaN
    Special,
    /// Every operation on every backend
    Bits,
    /// The errors of functions
    Accuracy,
    /// NumPy's results, and the digest that every machine must reproduce
    Fixtures,
}

impl Section {
    /// In the order in which they run.
    pub(crate) const ALL: [Section; 4] =
        [Section::Special, Section::Bits, Section::Accuracy, Section::Fixtures];
}

impl Options {
    /// Whether a section is to run.
    pub(crate) fn wants(&self, section: Section) -> bool {
        match self.only.is_empty() {
            // Sections without names have nothing to filter.
            true => self.filters.is_empty() || matches!(section, Section::Bits | Section::Accuracy),
            false => self.only.contains(&section),
        }
    }

    /// Whether something of that name is to be checked.
    pub(crate) fn matches(&self, name: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|part| name.contains(part.as_str()))
    }

    /// Inputs of each range.
    pub(crate) fn points(&self) -> u64 {
        self.points.unwrap_or(if self.quick { 200_000 } else { 1_000_000 })
    }

    /// Whether long operands are fewer.
    pub(crate) fn quick(&self) -> bool {
        self.quick
    }
}
