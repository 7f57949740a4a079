//! isonum-linalg
