//! The benchmark cases, each defined once: what is computed, on which inputs, and the same in NumPy.
//!
//! A case is named `op/dtype/size`, with what sets it apart from the plain case as a fourth part: `/out` where the
//! output is given, `/row`, `/step2`… for the layout of its second operand. `src/main.rs` serves cases to
//! `cargo xtask bench`, which runs them side by side with those of a peer.

pub mod cases;
pub mod input;
pub mod limit;
pub mod work;

use input::Input;
use isonum::DType;
use work::Work;

/// One thing to measure.
pub struct Case {
    /// `op/dtype/size` or `op/dtype/size/variant`.
    pub id: String,
    /// The suite it belongs to.
    pub suite: Suite,
    /// The arrays that it reads.
    pub inputs: Vec<Input>,
    /// The statement that does the same in NumPy: its arrays by the names of the inputs, `o` for a given output.
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
    /// Everyday operations at three lengths, against a peer.
    Basics,
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
    pub const ALL: [Suite; 5] =
        [Suite::Basics, Suite::Matrices, Suite::Layouts, Suite::Small, Suite::Backends];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Suite::Basics => "basics",
            Suite::Matrices => "matrices",
            Suite::Layouts => "layouts",
            Suite::Small => "small",
            Suite::Backends => "backends",
        }
    }
}

/// NumPy's name of a dtype.
pub fn numpy_dtype(dtype: DType) -> &'static str {
    match dtype {
        DType::F32 => "float32",
        DType::F64 => "float64",
        _ => unreachable!("cases are of floats"),
    }
}
