//! Choices by a condition, and conversions between element types.

use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Result};
use isonum_runtime::elementwise;

twins! {
    /// The elements of `yes` where `condition` is true, of `no` elsewhere. All three broadcast to one shape.
    ///
    /// In NumPy: `where`.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one.
    ///
    /// # Examples
    /// ```
    /// use isonum::prelude::*;
    /// let a = array![3.0, -1.0, 2.0];
    /// assert_eq!(isonum::where_(a.greater(0.0), &a, 0.0), [3.0, 0.0, 2.0]);
    /// ```
    #[doc(alias = "where")]
    #[doc(alias = "select")]
    fn where_ try_where [T: Element] (
        condition: impl ArrayLike<bool>, yes: impl ArrayLike<T>, no: impl ArrayLike<T>,
    ) -> Array<T> {
        condition.give(|c| yes.give(|yes| no.give(|no| elementwise::select(c, yes, no)))).map(Array)
    }

    /// The elements converted to `U`, as Rust's `as` does: floats to integers are cut towards zero and saturate,
    /// NaN gives 0; to `bool` whether they differ from zero; complex to real drops the imaginary part.
    ///
    /// The result keeps the order of the axes in memory.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::astype;
    /// assert_eq!(astype::<i32, f64>([1.9, -1.9, 3e99, f64::NAN]), [1, -1, i32::MAX, 0]);
    /// ```
    fn astype try_astype [U: Element, T: Element] (a: impl ArrayLike<T>) -> Array<U> {
        a.give(|a| elementwise::cast(a)).map(Array)
    }
}

on_arrays! {
    twin_methods! { &self;
        /// The elements converted to `U`, as Rust's `as` does; as the function [`astype`](fn@crate::astype).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![0.5, 1.5, -2.5];
        /// assert_eq!(a.astype::<i32>(), [0, 1, -2]);
        /// assert_eq!(a.greater(0.0).astype::<u8>(), [1, 1, 0]);
        /// ```
        #[doc(alias = "cast")]
        fn astype try_astype [U: Element] () -> Array<U> {
            try_astype(self)
        }
    }
}

macro_rules! on_conditions {
    ($($type:ty)*) => {$(
        impl $type {
            twin_methods! { &self;
                /// The elements of `yes` where this is true, of `no` elsewhere, as the function
                /// [`where_`](fn@crate::where_).
                ///
                /// # Panics
                /// If the shapes do not broadcast to one.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![3.0, -1.0, 2.0];
                /// assert_eq!(a.greater(0.0).where_(&a, 0.0), [3.0, 0.0, 2.0]);
                /// ```
                #[doc(alias = "where")]
                #[doc(alias = "select")]
                fn where_ try_where [T: Element] (yes: impl ArrayLike<T>, no: impl ArrayLike<T>) -> Array<T> {
                    try_where(self, yes, no)
                }
            }
        }
    )*};
}

on_conditions! { Array<bool> ArrayView<'_, bool> ArrayViewMut<'_, bool> }
