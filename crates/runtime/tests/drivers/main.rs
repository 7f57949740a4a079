//! The drivers: against plain loops, on random arrays, and for the same bits everywhere.
//!
//! One program, because each of its parts compiles every driver for every element type.

mod elementwise;
mod properties;
mod reduce;
mod reduce_bits;
mod same_bits;
