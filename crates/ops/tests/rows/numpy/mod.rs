//! Results compared with those of NumPy 2: elementwise operations, reductions, slices, broadcasting. The scripts
//! in `tools/fixtures` of the same names write the files and describe them.

mod calls;
mod elementwise;
mod reductions;
mod shapes;
