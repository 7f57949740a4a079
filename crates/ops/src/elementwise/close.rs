//! Equality of arrays, exact and within a tolerance.

use crate::array;
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Float, Result};

/// NumPy's default of the relative tolerance.
const RTOL: f64 = 1e-5;
/// NumPy's default of the absolute tolerance.
const ATOL: f64 = 1e-8;

/// Whether `a` is within the tolerance of `b`. Infinities are close to themselves only, NaN to nothing.
fn close(a: f64, b: f64, rtol: f64, atol: f64) -> bool {
    a == b || (b.is_finite() && (a - b).abs() <= atol + rtol * b.abs())
}

twins! {
    /// Where `a` is close to `b`: [`isclose_with`] NumPy's tolerances, relative 1e-5 and absolute 1e-8.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one.
    ///
    /// # Examples
    /// ```
    /// use isonum::isclose;
    /// assert_eq!(isclose([1.0, 2.0, f64::NAN], [1.000001, 2.1, f64::NAN]), [true, false, false]);
    /// ```
    fn isclose try_isclose [T: Float] (a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> Array<bool> {
        try_isclose_with(a, b, RTOL, ATOL)
    }

    /// Where `|a - b| <= atol + rtol * |b|`, computed in `f64`. Infinities are close to themselves only, NaN to
    /// nothing. The shapes broadcast.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one.
    ///
    /// # Examples
    /// ```
    /// use isonum::isclose_with;
    /// assert_eq!(isclose_with([1.0, 2.0], [1.2, 2.6], 0.0, 0.5), [true, false]);
    /// ```
    fn isclose_with try_isclose_with [T: Float] (
        a: impl ArrayLike<T>, b: impl ArrayLike<T>, rtol: f64, atol: f64,
    ) -> Array<bool> {
        array::zip("isclose", &a.view(), &b.view(), |a: T, b: T| close(a.to_f64(), b.to_f64(), rtol, atol))
    }

    /// Whether all elements of `a` are close to those of `b`: [`allclose_with`] NumPy's tolerances, relative 1e-5
    /// and absolute 1e-8.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one.
    ///
    /// # Examples
    /// ```
    /// use isonum::allclose;
    /// assert!(allclose([1.0, 1e-9], [1.000001, 0.0]));
    /// assert!(!allclose([1.0, f64::NAN], [1.0, f64::NAN]));
    /// ```
    fn allclose try_allclose [T: Float] (a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> bool {
        try_allclose_with(a, b, RTOL, ATOL)
    }

    /// Whether `|a - b| <= atol + rtol * |b|` for all elements; see [`isclose_with`].
    ///
    /// # Panics
    /// If the shapes do not broadcast to one.
    ///
    /// # Examples
    /// ```
    /// use isonum::allclose_with;
    /// assert!(allclose_with([[1.0, 2.0], [1.5, 2.5]], [1.2, 2.2], 0.0, 0.5));
    /// ```
    fn allclose_with try_allclose_with [T: Float] (
        a: impl ArrayLike<T>, b: impl ArrayLike<T>, rtol: f64, atol: f64,
    ) -> bool {
        Ok(try_isclose_with(a, b, rtol, atol)?.iter().all(|&close| close))
    }
}

/// Whether `a` and `b` have the same shape and equal elements. Nothing is broadcast; NaN equals nothing, −0.0
/// equals 0.0. The same as `==` on arrays.
///
/// # Examples
/// ```
/// use isonum::array_equal;
/// assert!(array_equal([1, 2], vec![1, 2]));
/// assert!(!array_equal([1, 1], 1));
/// ```
pub fn array_equal<T: Element>(a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> bool {
    array::equal(&a.view(), &b.view())
}

on_arrays! {
    twin_methods! { &self;
        /// Where this is close to `b`, as the function [`isclose`](fn@crate::isclose).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1.0, 2.0].isclose(1.0), [true, false]);
        /// ```
        fn isclose try_isclose [] (b: impl ArrayLike<T>) -> Array<bool> where T: Float {
            try_isclose(self, b)
        }

        /// Whether all elements are close to those of `b`, as the function [`allclose`](fn@crate::allclose).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert!(array![1.0, 2.0].sin().allclose([0.841471, 0.909297]));
        /// ```
        fn allclose try_allclose [] (b: impl ArrayLike<T>) -> bool where T: Float {
            try_allclose(self, b)
        }
    }

    /// Whether this and `b` have the same shape and equal elements, as the function
    /// [`array_equal`](fn@crate::array_equal) and as `==`.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert!(array![1, 2].array_equal([1, 2]));
    /// ```
    pub fn array_equal(&self, b: impl ArrayLike<T>) -> bool {
        array_equal(self, b)
    }
}
