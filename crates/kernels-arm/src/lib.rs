//! isonum-kernels-arm
