//! Equality of arrays, exact and within a tolerance.

use crate::array;
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Number, Result};

/// How far apart numbers may be that are close; `Tolerance::default()` is NumPy's default.
///
/// # Examples
/// ```
/// use isonum::{Tolerance, allclose, allclose_with};
/// let (a, b) = ([1.0, f64::NAN], [1.000001, f64::NAN]);
/// assert!(!allclose(a, b));
/// assert!(allclose_with(a, b, Tolerance { equal_nan: true, ..Tolerance::default() }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Relative to the absolute value of the second operand; 1e-5 by default.
    pub rtol: f64,
    /// Absolute; 1e-8 by default.
    pub atol: f64,
    /// Whether NaN is close to NaN; not by default.
    pub equal_nan: bool,
}

impl Default for Tolerance {
    fn default() -> Self {
        Tolerance { rtol: 1e-5, atol: 1e-8, equal_nan: false }
    }
}

/// Not equal to itself; of a complex number, if a part is NaN.
#[allow(clippy::eq_op)]
fn is_nan<T: Number>(x: T) -> bool {
    x != x
}

/// Where `a` is close to `b`, for the operation that errors name.
fn close<T: Number>(
    operation: &'static str,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    Tolerance { rtol, atol, equal_nan }: Tolerance,
) -> Result<Array<bool>> {
    array::zip(operation, &a.view(), &b.view(), |a: T, b: T| {
        let size = b.distance_f64(T::ZERO);
        a == b
            || (size.is_finite() && a.distance_f64(b) <= atol + rtol * size)
            || (equal_nan && is_nan(a) && is_nan(b))
    })
}

/// Whether all of `a` is close to `b`, for the operation that errors name.
fn all_close<T: Number>(
    operation: &'static str,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    tolerance: Tolerance,
) -> Result<bool> {
    Ok(close(operation, a, b, tolerance)?.iter().all(|&close| close))
}

twins! {
    /// Where `a` is close to `b`: [`isclose_with`] the default [`Tolerance`], NumPy's: relative 1e-5, absolute 1e-8,
    /// NaN close to nothing.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::isclose;
    /// assert_eq!(isclose([1.0, 2.0, f64::NAN], [1.000001, 2.1, f64::NAN]), [true, false, false]);
    /// assert_eq!(isclose([1_000_000, 1], [1_000_001, 2]), [true, false]);
    /// ```
    fn isclose try_isclose [T: Number] (a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> Array<bool> {
        close("isclose", a, b, Tolerance::default())
    }

    /// Where `|a - b| <= atol + rtol * |b|`, computed in `f64`. The shapes broadcast.
    ///
    /// The distance of two integers is exact, and then rounded; that of complex numbers is their distance in the
    /// plane. With finite tolerances, what is infinite is close to what equals it only; NaN is close to
    /// nothing, or with `equal_nan` to NaN (a complex number is NaN if a part of it is). Where a tolerance is NaN, or a
    /// negative one is larger than the other, only equal elements are close.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, Tolerance, isclose_with};
    /// let absolute = Tolerance { rtol: 0.0, atol: 0.5, equal_nan: true };
    /// assert_eq!(isclose_with([1.0, 2.0, f64::NAN], [1.2, 2.6, f64::NAN], absolute), [true, false, true]);
    /// assert_eq!(isclose_with(Complex64::new(3.0, 4.0), Complex64::new(3.0, 4.25), absolute), true);
    /// ```
    fn isclose_with try_isclose_with [T: Number] (
        a: impl ArrayLike<T>, b: impl ArrayLike<T>, tolerance: Tolerance,
    ) -> Array<bool> {
        close("isclose_with", a, b, tolerance)
    }

    /// Whether all elements of `a` are close to those of `b`: [`allclose_with`] the default [`Tolerance`], NumPy's:
    /// relative 1e-5, absolute 1e-8, NaN close to nothing.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, or there is no memory to find out.
    ///
    /// # Examples
    /// ```
    /// use isonum::allclose;
    /// assert!(allclose([1.0, 1e-9], [1.000001, 0.0]));
    /// assert!(!allclose([1.0, f64::NAN], [1.0, f64::NAN]));
    /// ```
    fn allclose try_allclose [T: Number] (a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> bool {
        all_close("allclose", a, b, Tolerance::default())
    }

    /// Whether `|a - b| <= atol + rtol * |b|` for all elements; see [`isclose_with`].
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, or there is no memory to find out.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Tolerance, allclose_with};
    /// let absolute = Tolerance { rtol: 0.0, atol: 0.5, ..Tolerance::default() };
    /// assert!(allclose_with([[1.0, 2.0], [1.5, 2.5]], [1.2, 2.2], absolute));
    /// ```
    fn allclose_with try_allclose_with [T: Number] (
        a: impl ArrayLike<T>, b: impl ArrayLike<T>, tolerance: Tolerance,
    ) -> bool {
        all_close("allclose_with", a, b, tolerance)
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
        /// If the shapes do not broadcast to one, or there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1.0, 2.0].isclose(1.0), [true, false]);
        /// ```
        fn isclose try_isclose [] (b: impl ArrayLike<T>) -> Array<bool> where T: Number {
            try_isclose(self, b)
        }

        /// Where this is close to `b`, as the function [`isclose_with`](fn@crate::isclose_with).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one, or there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// use isonum::{Tolerance, array};
        /// let exact_but_nan = Tolerance { rtol: 0.0, atol: 0.0, equal_nan: true };
        /// assert_eq!(array![1.0, f64::NAN].isclose_with([1.1, f64::NAN], exact_but_nan), [false, true]);
        /// ```
        fn isclose_with try_isclose_with [] (b: impl ArrayLike<T>, tolerance: Tolerance) -> Array<bool>
        where T: Number {
            try_isclose_with(self, b, tolerance)
        }

        /// Whether all elements are close to those of `b`, as the function [`allclose`](fn@crate::allclose).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one, or there is no memory to find out.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert!(array![1.0, 2.0].sin().allclose([0.841471, 0.909297]));
        /// ```
        fn allclose try_allclose [] (b: impl ArrayLike<T>) -> bool where T: Number {
            try_allclose(self, b)
        }

        /// Whether all elements are close to those of `b`, as the function
        /// [`allclose_with`](fn@crate::allclose_with).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one, or there is no memory to find out.
        ///
        /// # Examples
        /// ```
        /// use isonum::{Tolerance, array};
        /// let a = array![100, 200];
        /// assert!(a.allclose_with([101, 198], Tolerance { rtol: 0.0, atol: 2.0, equal_nan: false }));
        /// ```
        fn allclose_with try_allclose_with [] (b: impl ArrayLike<T>, tolerance: Tolerance) -> bool
        where T: Number {
            try_allclose_with(self, b, tolerance)
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
