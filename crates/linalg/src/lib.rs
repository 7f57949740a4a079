//! Linear algebra on [`View`](isonum_core::View)s: what the facade's `linalg` and its matrix products are made of.
//!
//! - [`matmul()`], [`matmul_into`]: products of matrices, vectors and stacks of them, for all element types.
//!
//! `unsafe` is in two places: `gemm`, where foreign code is handed pointers, and `plain`, the loops for what it does
//! not do (integers, vectors, tiny matrices). `matmul` proves to them that the pointers are right.

mod gemm;
mod matmul;
mod plain;

pub use matmul::{MatmulElement, matmul, matmul_into};
