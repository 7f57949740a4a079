//! isonum
