//! Operations on shapes: other views of the same elements, arrays joined and repeated, elements picked.

mod join;
mod pick;
mod places;
mod repeat;

pub use join::*;
pub use pick::*;
pub use places::*;
pub use repeat::*;

use crate::array::storage;
use crate::macros::{OrPanic, twins};
use crate::{Array, ArrayLike, Element, IntoAxes, IntoShape, Result, Storage};
use isonum_core::axes::AxisIndex;
use isonum_runtime::elementwise;

/// The elements in C order as `shape`: shared if the strides allow it, else copied.
pub(crate) fn reshape_storage<T: Element>(array: &Storage<T>, shape: &[isize]) -> Result<Storage<T>> {
    let resolved = array.layout().resolve_shape(shape)?;
    match array.reshape_view(&resolved) {
        Some(view) => Ok(view),
        None => elementwise::contiguous(&array.view())?.reshape(shape),
    }
}

twins! {
    /// The elements in C order as `shape`, one axis of which may be −1. An array shares its memory where the
    /// strides allow it (of a contiguous array always); anything else is copied.
    ///
    /// # Panics
    /// If the elements do not fit the shape.
    ///
    /// # Examples
    /// ```
    /// use isonum::reshape;
    /// assert_eq!(reshape([1, 2, 3, 4, 5, 6], (2, -1)), [[1, 2, 3], [4, 5, 6]]);
    /// ```
    fn reshape try_reshape [T: Element] (a: impl ArrayLike<T>, shape: impl IntoShape) -> Array<T> {
        reshape_storage(&storage(a)?, &shape.into_shape()?).map(Array)
    }

    /// The elements in C order in one dimension; shares memory as [`reshape`] does.
    ///
    /// # Panics
    /// If there is no memory for a copy.
    ///
    /// # Examples
    /// ```
    /// use isonum::ravel;
    /// assert_eq!(ravel([[1, 2], [3, 4]]), [1, 2, 3, 4]);
    /// ```
    #[doc(alias = "flatten")]
    fn ravel try_ravel [T: Element] (a: impl ArrayLike<T>) -> Array<T> {
        try_reshape(a, -1)
    }

    /// The axes in reverse order; of a matrix, rows and columns exchanged. Of an array it shares the memory.
    ///
    /// # Panics
    /// If there is no memory for a copy of what is not an array.
    ///
    /// # Examples
    /// ```
    /// use isonum::transpose;
    /// assert_eq!(transpose([[1, 2, 3], [4, 5, 6]]), [[1, 4], [2, 5], [3, 6]]);
    /// ```
    fn transpose try_transpose [T: Element] (a: impl ArrayLike<T>) -> Array<T> {
        Ok(Array(storage(a)?.transpose()))
    }

    /// The axes in the order of `axes`, each named once. Of an array it shares the memory.
    ///
    /// # Panics
    /// If `axes` is not a permutation of the axes.
    ///
    /// # Examples
    /// ```
    /// use isonum::permute_dims;
    /// assert_eq!(permute_dims([[[1, 2, 3]]], [2, 0, 1]).shape(), [3, 1, 1]);
    /// ```
    #[doc(alias = "permute")]
    fn permute_dims try_permute_dims [T: Element] (a: impl ArrayLike<T>, axes: impl IntoAxes) -> Array<T> {
        Array(storage(a)?).try_permute_dims(axes)
    }

    /// Axes `first` and `second` exchanged. Of an array it shares the memory.
    ///
    /// # Panics
    /// If there is no such axis.
    ///
    /// # Examples
    /// ```
    /// use isonum::swapaxes;
    /// assert_eq!(swapaxes([[[1, 2, 3]]], 0, -1).shape(), [3, 1, 1]);
    /// ```
    fn swapaxes try_swapaxes [T: Element] (
        a: impl ArrayLike<T>, first: impl AxisIndex, second: impl AxisIndex,
    ) -> Array<T> {
        Array(storage(a)?).try_swapaxes(first, second)
    }

    /// Axis `from` moved to position `to`, the others in their order. Of an array it shares the memory.
    ///
    /// # Panics
    /// If there is no such axis or position.
    ///
    /// # Examples
    /// ```
    /// use isonum::moveaxis;
    /// assert_eq!(moveaxis([[[1, 2, 3]]], -1, 0).shape(), [3, 1, 1]);
    /// ```
    fn moveaxis try_moveaxis [T: Element] (
        a: impl ArrayLike<T>, from: impl AxisIndex, to: impl AxisIndex,
    ) -> Array<T> {
        Array(storage(a)?).try_moveaxis(from, to)
    }

    /// Without `axes`, which have length one; `()` removes all that have. Of an array it shares the memory.
    ///
    /// # Panics
    /// If a named axis is not there or has another length.
    ///
    /// # Examples
    /// ```
    /// use isonum::squeeze;
    /// assert_eq!(squeeze([[[1, 2, 3]]], ()), [1, 2, 3]);
    /// ```
    fn squeeze try_squeeze [T: Element] (a: impl ArrayLike<T>, axes: impl IntoAxes) -> Array<T> {
        Array(storage(a)?).try_squeeze(axes)
    }

    /// With new axes of length one at positions `axes` of the result. Of an array it shares the memory.
    ///
    /// # Panics
    /// If a position is not in the result, or given more than once.
    ///
    /// # Examples
    /// ```
    /// use isonum::expand_dims;
    /// assert_eq!(expand_dims([1, 2], 1), [[1], [2]]);
    /// ```
    fn expand_dims try_expand_dims [T: Element] (a: impl ArrayLike<T>, axes: impl IntoAxes) -> Array<T> {
        Array(storage(a)?).try_expand_dims(axes)
    }

    /// The elements repeated along axes of length one, and the whole along new first axes, up to `shape`. Of an
    /// array it shares the memory; repeated elements are the same element.
    ///
    /// # Panics
    /// If an axis is neither one nor that of `shape`.
    ///
    /// # Examples
    /// ```
    /// use isonum::broadcast_to;
    /// assert_eq!(broadcast_to([[1], [2]], (2, 3)), [[1, 1, 1], [2, 2, 2]]);
    /// ```
    fn broadcast_to try_broadcast_to [T: Element] (a: impl ArrayLike<T>, shape: impl IntoShape) -> Array<T> {
        Array(storage(a)?).try_broadcast_to(shape)
    }

    /// `axes` in the opposite direction; `()` means all. Of an array it shares the memory.
    ///
    /// # Panics
    /// If there is no such axis, or one is given more than once.
    ///
    /// # Examples
    /// ```
    /// use isonum::flip;
    /// assert_eq!(flip([[1, 2], [3, 4]], 1), [[2, 1], [4, 3]]);
    /// ```
    fn flip try_flip [T: Element] (a: impl ArrayLike<T>, axes: impl IntoAxes) -> Array<T> {
        Array(storage(a)?).try_flip(axes)
    }

    /// The diagonal of the first two axes, `k` places above the main one (below, if negative), as a new last
    /// axis instead of them. Of an array it shares the memory.
    ///
    /// # Panics
    /// If there are fewer than two axes.
    ///
    /// # Examples
    /// ```
    /// use isonum::diagonal;
    /// assert_eq!(diagonal([[1, 2], [3, 4]], 0), [1, 4]);
    /// ```
    fn diagonal try_diagonal [T: Element] (a: impl ArrayLike<T>, k: isize) -> Array<T> {
        Array(storage(a)?).try_diagonal(k)
    }
}

/// The shape that arrays of `shapes` broadcast to: aligned at the last axis, lengths equal or one.
///
/// # Errors
/// If two lengths of an axis are neither equal nor one.
///
/// # Examples
/// ```
/// use isonum::broadcast_shapes;
/// assert_eq!(broadcast_shapes(&[&[3, 1], &[4]])?, [3, 4]);
/// let error = broadcast_shapes(&[&[3], &[4]]).unwrap_err();
/// assert_eq!(error.to_string(), "broadcast_shapes: cannot broadcast (3,) with (4,): axis 0 is 3 and 4");
/// # Ok::<(), isonum::Error>(())
/// ```
pub fn broadcast_shapes(shapes: &[&[usize]]) -> Result<crate::Dims<usize>> {
    isonum_core::broadcast_shapes("broadcast_shapes", shapes)
}
