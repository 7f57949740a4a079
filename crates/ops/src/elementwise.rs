//! Operations on each element, from the registry of `isonum-core`: one row there makes the functions and the
//! methods here, one line in [`examples`] their documentation.

mod binary;
mod close;
mod compare;
mod examples;
mod operation;
mod operators;
mod select;
mod ternary;
mod unary;

pub use binary::*;
pub use close::*;
pub use compare::*;
pub use select::*;
pub use ternary::*;
pub use unary::*;

use examples::example;
use operation::{accuracy, numpy_name, operation, operation_in_place, result_shape};
