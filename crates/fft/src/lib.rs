//! isonum-fft

#![forbid(unsafe_code)]
