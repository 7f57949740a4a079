//! Reductions of strided views.
//!
//! *Order.* The order in which elements meet is a function of operation, dtype, shape and axis order (axes sorted
//! by stride) alone. The innermost axis decides:
//!
//! - It is reduced: the reduced axes, flattened in the sorted order, are one sequence for each output, cut in
//!   chunks of [`CHUNK`](isonum_core::backend::CHUNK) elements. A chunk is one call of a kernel, and chunks merge
//!   pairwise by index (`lanes.rs`).
//! - It is kept: rows are the reduced axes, flattened in the sorted order. Blocks of
//!   [`ROW_BLOCK`](isonum_core::backend::ROW_BLOCK) rows are combined in order, one kernel call for a tile of
//!   columns, and blocks merge pairwise by index (`columns.rs`).
//!
//! Gaps and negative strides only decide whether kernels read elements in place or packed (`pack.rs`).
//!
//! *Rooms.* `parts.rs` takes a layout apart, `drive.rs` has the trait that a reduction implements and what runs
//! it, and the other files are the reductions.
//!
//! Results have the kept axes, in the order that they have in the operand's memory; `place` says where they go.

mod arg;
mod columns;
mod deviations;
mod drive;
mod extremum;
mod lanes;
mod logic;
pub(crate) mod pack;
pub(crate) mod parts;
mod statistics;
mod sum;

pub(crate) use drive::{Target, ns_each};
pub(crate) use sum::binary;

pub use arg::{arg_extremum, arg_extremum_all, arg_extremum_whole};
pub use extremum::{extremum, extremum_all};
pub use logic::{all, all_of, any, any_of, count_nonzero, count_nonzero_all};
pub use statistics::{mean, mean_all, std, std_all, sum_squares, sum_squares_all, var, var_all};
pub use sum::{dot, fold, fold_all};
