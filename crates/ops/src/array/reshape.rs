//! The elements in C order, in another shape.

use crate::macros::{OrPanic, twin_methods};
use crate::{Array, ArrayView, ArrayViewMut, Element, IntoShape, Result, Storage};
use isonum_core::Error;

impl<T: Element> Array<T> {
    twin_methods! { &self;
        /// The elements in C order as `shape`, one axis of which may be −1. Shares the memory if the strides
        /// allow it (of a contiguous array always), else copies.
        ///
        /// # Panics
        /// If the elements do not fit the shape.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![1, 2, 3, 4, 5, 6];
        /// assert_eq!(a.reshape([2, 3]), [[1, 2, 3], [4, 5, 6]]);
        /// assert_eq!(a.reshape((3, -1)).t(), [[1, 3, 5], [2, 4, 6]]);
        /// ```
        fn reshape try_reshape [] (shape: impl IntoShape) -> Array<T> {
            crate::shape::reshape_storage(&self.0, &shape.into_shape()?).map(Array)
        }

        /// The elements in C order in one dimension. Shares the memory if the strides allow it, else copies.
        ///
        /// # Panics
        /// If there is no memory for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].t().ravel(), [1, 3, 2, 4]);
        /// ```
        #[doc(alias = "flatten")]
        fn ravel try_ravel [] () -> Array<T> {
            self.try_reshape(-1)
        }
    }
}

macro_rules! copying_reshape {
    ($($type:ty;)*) => {$(
        impl<T: Element> $type {
            twin_methods! { &self;
                /// The elements in C order as `shape`, one axis of which may be −1, copied. See
                /// [`ArrayView::reshape_view`] for a view.
                ///
                /// # Panics
                /// If the elements do not fit the shape.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2], [3, 4]];
                /// assert_eq!(a.view().t().reshape(4), [1, 3, 2, 4]);
                /// ```
                fn reshape try_reshape [] (shape: impl IntoShape) -> Array<T> {
                    let array: Storage<T> = self.try_to_contiguous()?.0;
                    array.reshape(&shape.into_shape()?).map(Array)
                }

                /// The elements in C order in one dimension, copied.
                ///
                /// # Panics
                /// If there is no memory for a copy.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// assert_eq!(array![[1, 2], [3, 4]].view().t().ravel(), [1, 3, 2, 4]);
                /// ```
                #[doc(alias = "flatten")]
                fn ravel try_ravel [] () -> Array<T> {
                    self.try_reshape(-1)
                }
            }
        }
    )*};
}

copying_reshape! { ArrayView<'_, T>; ArrayViewMut<'_, T>; }

impl<'a, T: Element> ArrayView<'a, T> {
    twin_methods! { &self;
        /// The elements in C order as `shape`, one axis of which may be −1, where they are.
        ///
        /// # Panics
        /// If the elements do not fit the shape, or the strides do not allow it without a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![1, 2, 3, 4];
        /// assert_eq!(a.view().reshape_view([2, 2]), [[1, 2], [3, 4]]);
        /// ```
        fn reshape_view try_reshape_view [] (shape: impl IntoShape) -> ArrayView<'a, T> {
            let shape = self.layout().resolve_shape(&shape.into_shape()?)?;
            self.0.reshape_view(&shape).map(ArrayView).ok_or_else(|| {
                Error::invalid_argument("reshape_view", format!("strides {:?} need a copy", self.strides()))
            })
        }
    }
}
