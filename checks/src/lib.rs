//! What `cargo xtask check` proves: that every operation gives the same bits on every backend, in every layout and on any
//! number of threads ([`bits`]); how exact functions are ([`accuracy`]), against what they should give ([`oracle`]); and
//! what they give for special values ([`special`]).
//!
//! All of it walks the operation registry: an operation is checked as soon as it has a row. A function asks for its value
//! in `oracle/functions.rs`, and for its lines in `special.rs`.

pub mod accuracy;
pub mod bits;
pub mod oracle;
pub mod progress;
pub mod special;
