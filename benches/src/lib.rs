//! The benchmark cases.
