//! Operations that look at the same elements in another way: slices, transposes, broadcasts.
//!
//! Of an `Array` they give an `Array` that shares the memory, of a view a view. They take time that depends on
//! the number of axes alone.

use crate::macros::{OrPanic, on_writable_arrays, twin_methods};
use crate::{Array, ArrayView, ArrayViewMut, Element, IntoAxes, IntoShape, Result, SliceItem};
use isonum_core::Error;
use isonum_core::axes::AxisIndex;

use super::lengths;

/// The methods for `$self`, whose core value is `$source`; `$out` makes the `$type` they return of one.
macro_rules! view_methods {
    ($([$($life:lifetime)?] $array:ty, &$self:ident => $source:expr, $out:path, $type:ty;)*) => {$(
        impl<$($life,)? T: Element> $array {
            twin_methods! { &$self;
                /// The part that `items` name, best written with [`s!`](crate::s): indices, ranges, `range;step`,
                /// `NewAxis` and `Ellipsis`. Items can be data, too: an array, slice or `Vec` of [`SliceItem`].
                ///
                /// # Panics
                /// If there are more items than axes, an index is out of bounds (ranges are cut to the axis), a
                /// step is zero, or there are two ellipses.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2, 3, 4], [5, 6, 7, 8]];
                /// assert_eq!(a.slice(s![1]), [5, 6, 7, 8]);
                /// assert_eq!(a.slice(s![.., 1..-1]), [[2, 3], [6, 7]]);
                /// assert_eq!(a.slice(s![0, ..;-2]), [4, 2]);
                /// assert_eq!(a.slice(s![Ellipsis, 0, NewAxis]), [[1], [5]]);
                /// ```
                fn slice try_slice [] (items: impl AsRef<[SliceItem]>) -> $type {
                    $source.slice(items.as_ref()).map($out)
                }

                /// Position `index` of `axis`, without that axis; negative counts from the end.
                ///
                /// # Panics
                /// If there is no such axis or position.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2, 3], [4, 5, 6]];
                /// assert_eq!(a.index_axis(1, -1), [3, 6]);
                /// ```
                fn index_axis try_index_axis [] (axis: impl AxisIndex, index: impl AxisIndex) -> $type {
                    $source.index_axis(axis.to_axis(), index.to_axis()).map($out)
                }

                /// Row `index` of a matrix: position `index` of the first axis.
                ///
                /// # Panics
                /// If there is no such row.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// assert_eq!(array![[1, 2], [3, 4]].row(-1), [3, 4]);
                /// ```
                fn row try_row [] (index: impl AxisIndex) -> $type {
                    $source.index_axis(0, index.to_axis()).map($out)
                }

                /// Column `index` of a matrix: position `index` of the last axis.
                ///
                /// # Panics
                /// If there is no such column.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// assert_eq!(array![[1, 2], [3, 4]].column(0), [1, 3]);
                /// ```
                fn column try_column [] (index: impl AxisIndex) -> $type {
                    $source.index_axis(-1, index.to_axis()).map($out)
                }

                /// Positions `from..to` of `axis`.
                ///
                /// # Panics
                /// If there is no such axis, or `from..to` is not a range of it.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// assert_eq!(array![[1, 2, 3], [4, 5, 6]].narrow(1, 1, 3), [[2, 3], [5, 6]]);
                /// ```
                fn narrow try_narrow [] (axis: impl AxisIndex, from: usize, to: usize) -> $type {
                    $source.narrow(axis.to_axis(), from, to).map($out)
                }

                /// The parts before and from position `index` of `axis`.
                ///
                /// # Panics
                /// If there is no such axis, or the index is beyond its end.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let (head, tail) = array![1, 2, 3, 4].split_at(0, 1);
                /// assert_eq!(head, [1]);
                /// assert_eq!(tail, [2, 3, 4]);
                /// ```
                fn split_at try_split_at [] (axis: impl AxisIndex, index: usize) -> ($type, $type) {
                    let axis = axis.to_axis();
                    let n = $self.shape()[isonum_core::axes::normalize_axis(axis, $self.ndim())?];
                    let head = $source.narrow(axis, 0, index)?;
                    Ok(($out(head), $out($source.narrow(axis, index, n)?)))
                }

                /// The axes in the order of `axes`, each named once.
                ///
                /// # Panics
                /// If `axes` is not a permutation of the axes.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = Array::<f64>::zeros([2, 3, 4]);
                /// assert_eq!(a.permute_dims([2, 0, 1]).shape(), [4, 2, 3]);
                /// ```
                #[doc(alias = "permute")]
                fn permute_dims try_permute_dims [] (axes: impl IntoAxes) -> $type {
                    let axes = axes.into_axes();
                    let axes = axes.given().ok_or_else(|| Error::axis_count($self.ndim(), 0))?;
                    $source.permute(axes).map($out)
                }

                /// Axes `a` and `b` exchanged.
                ///
                /// # Panics
                /// If there is no such axis.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// assert_eq!(Array::<f64>::zeros([2, 3, 4]).swapaxes(0, -1).shape(), [4, 3, 2]);
                /// ```
                #[doc(alias = "swap_axes")]
                fn swapaxes try_swapaxes [] (a: impl AxisIndex, b: impl AxisIndex) -> $type {
                    $source.swap_axes(a.to_axis(), b.to_axis()).map($out)
                }

                /// Axis `from` moved to position `to`, the others in their order.
                ///
                /// # Panics
                /// If there is no such axis or position.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// assert_eq!(Array::<f64>::zeros([2, 3, 4]).moveaxis(0, -1).shape(), [3, 4, 2]);
                /// ```
                #[doc(alias = "move_axis")]
                fn moveaxis try_moveaxis [] (from: impl AxisIndex, to: impl AxisIndex) -> $type {
                    $source.move_axis(from.to_axis(), to.to_axis()).map($out)
                }

                /// Without `axes`, which have length one; `()` removes all that have.
                ///
                /// # Panics
                /// If a named axis is not there or has another length.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = Array::<f64>::zeros([1, 3, 1]);
                /// assert_eq!(a.squeeze(0).shape(), [3, 1]);
                /// assert_eq!(a.squeeze(()).shape(), [3]);
                /// ```
                fn squeeze try_squeeze [] (axes: impl IntoAxes) -> $type {
                    $source.squeeze(axes).map($out)
                }

                /// With new axes of length one at positions `axes` of the result.
                ///
                /// # Panics
                /// If a position is not in the result, or given more than once.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![1, 2, 3];
                /// assert_eq!(a.expand_dims(0).shape(), [1, 3]);
                /// assert_eq!(a.expand_dims([0, -1]).shape(), [1, 3, 1]);
                /// ```
                #[doc(alias = "unsqueeze")]
                #[doc(alias = "insert_axis")]
                fn expand_dims try_expand_dims [] (axes: impl IntoAxes) -> $type {
                    $source.expand_dims(axes).map($out)
                }

                /// `axes` in the opposite direction; `()` means all.
                ///
                /// # Panics
                /// If there is no such axis, or one is given more than once.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2], [3, 4]];
                /// assert_eq!(a.flip(0), [[3, 4], [1, 2]]);
                /// assert_eq!(a.flip(()), [[4, 3], [2, 1]]);
                /// ```
                #[doc(alias = "fliplr")]
                #[doc(alias = "flipud")]
                #[doc(alias = "invert_axis")]
                fn flip try_flip [] (axes: impl IntoAxes) -> $type {
                    $source.flip(axes).map($out)
                }

                /// The elements repeated along axes of length one, and the whole along new first axes, up to
                /// `shape`. Nothing is copied: repeated elements are the same element.
                ///
                /// # Panics
                /// If an axis is neither one nor that of `shape`.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![1, 2, 3].broadcast_to([2, 3]);
                /// assert_eq!(a, [[1, 2, 3], [1, 2, 3]]);
                /// assert_eq!(a.strides(), [0, 1]);
                /// ```
                #[doc(alias = "expand")]
                fn broadcast_to try_broadcast_to [] (shape: impl IntoShape) -> $type {
                    $source.broadcast_to(&lengths(shape)?).map($out)
                }

                /// The diagonal of the first two axes, `k` places above the main one (below, if negative), as a
                /// new last axis instead of them.
                ///
                /// # Panics
                /// If there are fewer than two axes.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2, 3], [4, 5, 6]];
                /// assert_eq!(a.diagonal(0), [1, 5]);
                /// assert_eq!(a.diagonal(1), [2, 6]);
                /// assert_eq!(a.diagonal(-1), [4]);
                /// ```
                fn diagonal try_diagonal [] (k: isize) -> $type {
                    $source.diagonal(k, 0, 1).map($out)
                }

                /// Every window of lengths `window` along `axes` (`()` for all): these axes count windows, and
                /// new last axes, one for each, the positions in a window. Nothing is copied.
                ///
                /// # Panics
                /// If there are not as many lengths as axes, or one is zero or longer than its axis.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![1.0, 2.0, 6.0, 3.0];
                /// assert_eq!(a.windows(2, ()), [[1.0, 2.0], [2.0, 6.0], [6.0, 3.0]]);
                /// assert_eq!(a.windows(2, ()).over(-1).mean(), [1.5, 4.0, 4.5]);
                /// ```
                #[doc(alias = "sliding_window_view")]
                #[doc(alias = "unfold")]
                fn windows try_windows [] (window: impl IntoShape, axes: impl IntoAxes) -> $type {
                    $source.windows(&lengths(window)?, axes).map($out)
                }
            }

            /// The axes in reverse order; of a matrix, rows and columns exchanged.
            ///
            /// # Examples
            /// ```
            /// # use isonum::prelude::*;
            /// assert_eq!(array![[1, 2, 3], [4, 5, 6]].transpose(), [[1, 4], [2, 5], [3, 6]]);
            /// ```
            #[doc(alias = "reversed_axes")]
            pub fn transpose(&$self) -> $type {
                $out($source.transpose())
            }

            /// Short for [`transpose`](Self::transpose).
            ///
            /// # Examples
            /// ```
            /// # use isonum::prelude::*;
            /// assert_eq!(array![[1, 2, 3]].t().shape(), [3, 1]);
            /// ```
            pub fn t(&$self) -> $type {
                $self.transpose()
            }
        }
    )*};
}

view_methods! {
    [] Array<T>, &self => self.0, Array, Array<T>;
    ['a] ArrayView<'a, T>, &self => self.0, ArrayView, ArrayView<'a, T>;
    ['a] ArrayViewMut<'a, T>, &self => self.0.view(), ArrayView, ArrayView<'_, T>;
}

on_writable_arrays! {
    twin_methods! { &mut self;
        /// The part that `items` name, to write; see [`slice`](Self::slice).
        ///
        /// # Panics
        /// As [`slice`](Self::slice).
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = Array::zeros([2, 4]);
        /// a.slice_mut(s![.., ..;2]).assign([1, 2]);
        /// assert_eq!(a, [[1, 0, 2, 0], [1, 0, 2, 0]]);
        /// ```
        fn slice_mut try_slice_mut [] (items: impl AsRef<[SliceItem]>) -> ArrayViewMut<'_, T> {
            self.write()?.slice(items.as_ref()).map(ArrayViewMut)
        }

        /// Position `index` of `axis`, to write; see [`index_axis`](Self::index_axis).
        ///
        /// # Panics
        /// If there is no such axis or position.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![[1, 2], [3, 4]];
        /// a.index_axis_mut(1, 0).fill(0);
        /// assert_eq!(a, [[0, 2], [0, 4]]);
        /// ```
        fn index_axis_mut try_index_axis_mut [] (axis: impl AxisIndex, index: impl AxisIndex)
            -> ArrayViewMut<'_, T> {
            self.write()?.index_axis(axis.to_axis(), index.to_axis()).map(ArrayViewMut)
        }

        /// Row `index` of a matrix, to write.
        ///
        /// # Panics
        /// If there is no such row.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![[1, 2], [3, 4]];
        /// a.row_mut(0).assign([7, 8]);
        /// assert_eq!(a, [[7, 8], [3, 4]]);
        /// ```
        fn row_mut try_row_mut [] (index: impl AxisIndex) -> ArrayViewMut<'_, T> {
            self.write()?.index_axis(0, index.to_axis()).map(ArrayViewMut)
        }

        /// Column `index` of a matrix, to write.
        ///
        /// # Panics
        /// If there is no such column.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![[1, 2], [3, 4]];
        /// a.column_mut(-1).assign([7, 8]);
        /// assert_eq!(a, [[1, 7], [3, 8]]);
        /// ```
        fn column_mut try_column_mut [] (index: impl AxisIndex) -> ArrayViewMut<'_, T> {
            self.write()?.index_axis(-1, index.to_axis()).map(ArrayViewMut)
        }

        /// The diagonal of the first two axes, to write; see [`diagonal`](Self::diagonal).
        ///
        /// # Panics
        /// If there are fewer than two axes.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = Array::zeros([2, 2]);
        /// a.diagonal_mut(0).assign([1, 2]);
        /// assert_eq!(a, [[1, 0], [0, 2]]);
        /// ```
        #[doc(alias = "fill_diagonal")]
        fn diagonal_mut try_diagonal_mut [] (k: isize) -> ArrayViewMut<'_, T> {
            self.write()?.diagonal(k, 0, 1).map(ArrayViewMut)
        }

        /// The parts before and from position `index` of `axis`, both to write.
        ///
        /// # Panics
        /// If there is no such axis, or the index is beyond its end.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![1, 2, 3];
        /// let (mut head, tail) = a.split_at_mut(0, 1);
        /// head[0] += tail[1];
        /// assert_eq!(a, [4, 2, 3]);
        /// ```
        fn split_at_mut try_split_at_mut [] (axis: impl AxisIndex, index: usize)
            -> (ArrayViewMut<'_, T>, ArrayViewMut<'_, T>) {
            let (head, tail) = self.write()?.split_at(axis.to_axis(), index)?;
            Ok((ArrayViewMut(head), ArrayViewMut(tail)))
        }

        /// The axes in reverse order, to write.
        ///
        /// # Panics
        /// If the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = Array::zeros([2, 3]);
        /// a.t_mut().assign([1, 2]);
        /// assert_eq!(a, [[1, 1, 1], [2, 2, 2]]);
        /// ```
        fn t_mut try_t_mut [] () -> ArrayViewMut<'_, T> {
            Ok(ArrayViewMut(self.write()?.transpose()))
        }
    }
}
