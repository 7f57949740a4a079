//! Running sums and products.

use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Result};
use isonum_core::axes::{AxisIndex, normalize_axis};
use isonum_core::backend::Fold;
use isonum_runtime::scan;

twins! {
    /// The running sums of all elements in C order, in one dimension. Integers and bools widen to 64 bits and wrap.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::cumsum([[1i64, 2], [3, 4]]), [1, 3, 6, 10]);
    /// ```
    fn cumsum try_cumsum [T: Element] (a: impl ArrayLike<T>) -> Array<T::Sum> {
        scan::scan_all(Fold::Sum, &a.view()).map(Array)
    }

    /// The running sums along `axis`. Integers and bools widen to 64 bits and wrap.
    ///
    /// # Panics
    /// If there is no such axis.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::cumsum_axis([[1i64, 2], [3, 4]], 0), [[1, 2], [4, 6]]);
    /// ```
    #[doc(alias = "cumulative_sum")]
    fn cumsum_axis try_cumsum_axis [T: Element] (a: impl ArrayLike<T>, axis: impl AxisIndex) -> Array<T::Sum> {
        let view = a.view();
        scan::scan(Fold::Sum, &view, normalize_axis(axis.to_axis(), view.ndim())?).map(Array)
    }

    /// The running products of all elements in C order, in one dimension. Integers and bools widen to 64 bits and
    /// wrap.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::cumprod([[1i64, 2], [3, 4]]), [1, 2, 6, 24]);
    /// ```
    fn cumprod try_cumprod [T: Element] (a: impl ArrayLike<T>) -> Array<T::Sum> {
        scan::scan_all(Fold::Prod, &a.view()).map(Array)
    }

    /// The running products along `axis`. Integers and bools widen to 64 bits and wrap.
    ///
    /// # Panics
    /// If there is no such axis.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::cumprod_axis([[1i64, 2], [3, 4]], -1), [[1, 2], [3, 12]]);
    /// ```
    #[doc(alias = "cumulative_prod")]
    fn cumprod_axis try_cumprod_axis [T: Element] (a: impl ArrayLike<T>, axis: impl AxisIndex) -> Array<T::Sum> {
        let view = a.view();
        scan::scan(Fold::Prod, &view, normalize_axis(axis.to_axis(), view.ndim())?).map(Array)
    }
}

on_arrays! {
    twin_methods! { &self;
        /// The running sums of all elements in C order, as the function [`cumsum`](fn@crate::cumsum).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1i64, 2, 3].cumsum(), [1, 3, 6]);
        /// ```
        fn cumsum try_cumsum [] () -> Array<T::Sum> {
            try_cumsum(self)
        }

        /// The running sums along `axis`, as the function [`cumsum_axis`](fn@crate::cumsum_axis).
        ///
        /// # Panics
        /// If there is no such axis.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1i64, 2], [3, 4]].cumsum_axis(1), [[1, 3], [3, 7]]);
        /// ```
        fn cumsum_axis try_cumsum_axis [] (axis: impl AxisIndex) -> Array<T::Sum> {
            try_cumsum_axis(self, axis)
        }

        /// The running products of all elements in C order, as the function [`cumprod`](fn@crate::cumprod).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1i64, 2, 3].cumprod(), [1, 2, 6]);
        /// ```
        fn cumprod try_cumprod [] () -> Array<T::Sum> {
            try_cumprod(self)
        }

        /// The running products along `axis`, as the function [`cumprod_axis`](fn@crate::cumprod_axis).
        ///
        /// # Panics
        /// If there is no such axis.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1i64, 2], [3, 4]].cumprod_axis(0), [[1, 2], [3, 8]]);
        /// ```
        fn cumprod_axis try_cumprod_axis [] (axis: impl AxisIndex) -> Array<T::Sum> {
            try_cumprod_axis(self, axis)
        }
    }
}
