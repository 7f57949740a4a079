//! isonum-kernels-x86
