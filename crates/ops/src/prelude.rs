//! What most programs use: the array types, the macros, the traits of element types.
//!
//! Functions stay where they are (`isonum::exp`), so that none of them hides one of the program's own.
//!
//! ```
//! use isonum::prelude::*;
//!
//! fn standardize<T: Float>(a: &Array<T>) -> Array<T> {
//!     (a - a.over(0).keep_dims().mean()) / a.over(0).keep_dims().std()
//! }
//! assert_eq!(standardize(&array![[1.0], [3.0]]), [[-1.0], [1.0]]);
//! ```

pub use crate::{
    Array, ArrayLike, ArrayView, ArrayViewMut, Bits, Complex32, Complex64, ComplexFloat, Element, Ellipsis,
    Float, Integer, NewAxis, Number, Ordered, Real, SliceItem, array, s,
};
