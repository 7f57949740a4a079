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
pub mod rule;
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
    /// Floating-point operations, where it is usual to count them; else 0.
    pub flops: f64,
    /// The case that this one is measured against, in place of a peer.
    pub base: Option<String>,
    /// Makes the inputs and what is timed.
    pub prepare: Box<dyn Fn() -> Box<dyn Work>>,
}

macro_rules! suites {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// Which question a case answers.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Suite {
            $($(#[$doc])* $variant,)*
        }

        impl Suite {
            /// All of them.
            pub const ALL: &[Suite] = &[$(Suite::$variant),*];

            /// Its name on the command line.
            pub fn name(self) -> &'static str {
                match self {
                    $(Suite::$variant => $name,)*
                }
            }
        }
    };
}

suites! {
    /// Some of all the others, in under two minutes.
    Quick "quick";
    /// Everyday operations at three lengths.
    Basics "basics";
    /// Every elementwise operation of the registry at three lengths, for `f32` and `f64`.
    Math "math";
    /// Reductions and scans: whole at three lengths, and along either axis of matrices.
    Reduce "reduce";
    /// Six operations on matrices of three sizes.
    Matrices "matrices";
    /// Operands that are broadcast, transposed, with steps or reversed, against contiguous ones.
    Layouts "layouts";
    /// A few elements: what a call costs.
    Small "small";
    /// Three operations from 16 to 16 million elements.
    Sizes "sizes";
    /// Odd, narrow and three-dimensional shapes, against as many elements in a row: are there cliffs?
    Grid "grid";
    /// What other array libraries have published figures of.
    Figures "figures";
    /// Products of matrices and vectors.
    Linalg "linalg";
    /// Transforms of powers of two, other products of small primes, and a prime.
    Fft "fft";
    /// Expressions of several operations, as programs have them.
    Workloads "workloads";
    /// Every operation for every element type at 10,000 elements: each backend against scalar.
    Backends "backends";
}

/// The name of a dtype in those of cases: `f32`; complex numbers by all of their bits, as `c64`.
pub fn short_name(dtype: DType) -> String {
    let name = dtype.name();
    let digits = name.trim_start_matches(char::is_alphabetic);
    // "float32", "uint8", "complex64"; "bool" has no digits.
    if digits.is_empty() { name.into() } else { format!("{}{digits}", &name[..1]) }
}
