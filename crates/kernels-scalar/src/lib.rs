//! isonum-kernels-scalar
