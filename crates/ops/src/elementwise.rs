//! Operations on each element, from the registry of `isonum-core`: one row there makes the functions and the
//! methods here, one line in [`examples`] their documentation.

mod binary;
mod close;
mod compare;
mod complex;
mod composed;
mod examples;
mod operation;
mod operators;
mod predicate;
mod select;
mod ternary;
mod unary;

pub use binary::*;
pub use close::*;
pub use compare::*;
pub use complex::*;
pub use composed::*;
pub use predicate::*;
pub use select::*;
pub use ternary::*;
pub use unary::*;

use crate::{Array, Element, Given, Result};
use examples::example;
use isonum_runtime::elementwise as runtime;
use operation::{accuracy, numpy_name, operation, operation_in_place, result_shape};

/// An array that was given away and has become the result.
#[inline(always)]
fn owned<T: Element>(array: Given<'_, T>) -> Result<Array<T>> {
    match array {
        Given::Owned(array) => Ok(Array(array)),
        Given::Shared(array) => Ok(Array(array.clone())),
        Given::View(view) => runtime::copy(&view).map(Array),
    }
}
