//! The rows of the registry, over the facade: their forms, what NumPy computes for them, and a hash of each.
//!
//! One binary, because each of its parts compiles every operation for every element type.

mod forms;
mod golden;
mod near;
mod numpy;
mod shared;
