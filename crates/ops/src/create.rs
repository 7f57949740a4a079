//! New arrays: of one value, of ranges, of matrices' shapes, of functions.

mod fill;
mod grid;
mod matrix;
mod range;

pub use fill::*;
pub use grid::*;
pub use matrix::*;
pub use range::*;
