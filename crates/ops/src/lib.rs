//! isonum

#![forbid(unsafe_code)]
