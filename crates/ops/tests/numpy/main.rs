//! Results compared with those of NumPy 2: elementwise operations, reductions, slices, broadcasting. The scripts
//! in `tools/fixtures` of the same names write the files and describe them.

#[path = "../shared/mod.rs"]
mod shared;

mod elementwise;
mod near;
mod reductions;
mod shapes;
