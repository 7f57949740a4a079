//! Elementwise drivers.
