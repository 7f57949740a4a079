//! The benchmark cases, each defined once: what is computed, on which inputs, and the same in NumPy.
//!
//! A case is named `op/dtype/size`, as in `sum/f32/1000000`, with what sets it apart from the plain case as a fourth part:
//! `/out` where the output is given, `/row`, `/step2`… for the layout of its second operand, `/kernel` where a driver is
//! called in place of the facade. A name stands for one case, which may belong to several suites. `src/main.rs` serves
//! cases to `cargo xtask bench`, which runs them side by side with those of a peer.

pub mod cases;
pub mod input;
pub mod limit;
pub mod machine;
pub mod work;

use input::Input;
use isonum::DType;
use work::Work;

/// One thing to measure.
pub struct Case {
    /// `op/dtype/size` or `op/dtype/size/variant`.
    pub id: String,
    /// The suites it belongs to.
    pub suites: Vec<Suite>,
    /// The arrays that it reads.
    pub inputs: Vec<Input>,
    /// The statement that does the same in NumPy: its arrays by the names of the inputs, `o` for a given output. Empty
    /// where it has none.
    pub numpy: String,
    /// How `o` is made, if there is one.
    pub numpy_out: Option<String>,
    /// The most by which results may differ, relative to the larger.
    pub tolerance: f64,
    /// Bytes that are read at least.
    pub read: usize,
    /// Bytes that are written.
    pub written: usize,
    /// The case that this one is measured against, in place of a peer.
    pub base: Option<String>,
    /// Makes the inputs and what is timed.
    pub prepare: Box<dyn Fn() -> Box<dyn Work>>,
}

/// Which question a case answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suite {
    /// Some of all the others, in under two minutes.
    Quick,
    /// Everyday operations at three lengths, against a peer.
    Basics,
    /// Every elementwise operation of the registry at three lengths, for `f32` and `f64`.
    Math,
    /// Reductions and scans: whole at three lengths, and along either axis of matrices.
    Reduce,
    /// Six operations on matrices of three sizes, against a peer.
    Matrices,
    /// Operands that are broadcast, transposed, with steps or reversed, against contiguous ones.
    Layouts,
    /// A few elements: what a call costs.
    Small,
    /// Every operation for every element type at 10,000 elements: each backend against scalar.
    Backends,
}

impl Suite {
    /// All of them.
    pub const ALL: [Suite; 8] = [
        Suite::Quick,
        Suite::Basics,
        Suite::Math,
        Suite::Reduce,
        Suite::Matrices,
        Suite::Layouts,
        Suite::Small,
        Suite::Backends,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Suite::Quick => "quick",
            Suite::Basics => "basics",
            Suite::Math => "math",
            Suite::Reduce => "reduce",
            Suite::Matrices => "matrices",
            Suite::Layouts => "layouts",
            Suite::Small => "small",
            Suite::Backends => "backends",
        }
    }
}

/// The name of a dtype in those of cases: `f32`; complex numbers by all of their bits, as `c64`.
pub fn short_name(dtype: DType) -> String {
    let name = dtype.name();
    let digits = name.trim_start_matches(char::is_alphabetic);
    // "float32", "uint8", "complex64"; "bool" has no digits.
    if digits.is_empty() { name.into() } else { format!("{}{digits}", &name[..1]) }
}
