//! isonum

#![forbid(unsafe_code)]

#[allow(dead_code, reason = "called by the formatting traits of the array types")]
mod format;
pub mod io;
