//! isonum-fft
