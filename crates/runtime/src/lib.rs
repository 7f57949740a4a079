//! What stands between arrays and kernels: the choice of a backend, threads, and the drivers that take strided
//! views apart into the blocks that kernels work on.
//!
//! Drivers are generic over element types and otherwise compiled once: shapes, ranks and operations are values.

pub mod backend;
mod cost;
pub mod elementwise;
pub mod level;
pub mod place;
mod plan;
pub mod random;
pub mod reduce;
pub mod scan;
mod scratch;
pub mod threads;
