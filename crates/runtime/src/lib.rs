//! isonum-runtime
