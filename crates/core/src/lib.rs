//! The foundation of isonum: element types, shapes and views, buffers, errors, the operation registry, and the
//! interface between drivers and kernels.
//!
//! This crate knows shapes and memory, but no instruction set: algorithms live in `isonum-kernels`, and which
//! instructions run them is decided in `isonum-runtime`. Users depend on the facade, `isonum`.

pub mod array_like;
pub mod axes;
pub mod backend;
pub mod buffer;
pub mod bytes;
pub mod dims;
pub mod element;
pub mod error;
pub mod index_array;
mod large;
pub mod layout;
pub mod memory;
pub mod operand;
mod pool;
pub mod registry;
mod same;
pub mod slice;
pub mod storage;
pub mod view;

pub use array_like::{ArrayLike, Given, Glance};
pub use axes::{Axes, IntoAxes};
pub use backend::{Backend, Kernels};
pub use buffer::Buffer;
pub use dims::Dims;
pub use element::{
    Bits, Complex32, Complex64, ComplexFloat, DType, Element, Float, Integer, Number, Ordered, Real,
};
pub use error::{Error, ErrorKind, Result};
pub use index_array::IndexArray;
pub use layout::{Layout, broadcast_shapes, resolve_shape};
pub use slice::{Ellipsis, NewAxis, SliceItem};
pub use storage::{Storage, Uninit};
pub use view::{View, ViewMut};
