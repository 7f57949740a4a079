//! The foundation of isonum: element types, shapes and views, buffers, errors, the operation registry, and the
//! interface between drivers and kernels.
//!
//! This crate knows shapes and memory, but no instruction set: algorithms live in `isonum-kernels`, and which
//! instructions run them is decided in `isonum-runtime`. Users depend on the facade, `isonum`.

pub mod backend;
pub mod element;
pub mod operand;
pub mod registry;

pub use backend::{Backend, Kernels};
pub use element::{
    Bits, Complex32, Complex64, ComplexFloat, DType, Element, Float, Integer, Number, Ordered, Real,
};
