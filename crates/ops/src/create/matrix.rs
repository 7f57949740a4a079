//! Matrices: identities, diagonals, triangles.

use crate::array::{lengths, storage};
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Error, IntoShape, Result, Storage};

/// Rows and columns: `n` stands for a square.
fn rows_and_columns(shape: impl IntoShape) -> Result<(usize, usize)> {
    match lengths(shape)?[..] {
        [n] => Ok((n, n)),
        [n, m] => Ok((n, m)),
        ref other => {
            let message = format!("must be the rows, or rows and columns, found {} lengths", other.len());
            Err(Error::invalid_argument("shape", message))
        }
    }
}

/// Ones on the `k`-th diagonal, zeros elsewhere.
fn ones_on_diagonal<T: Element>(shape: impl IntoShape, k: isize) -> Result<Array<T>> {
    let (n, m) = rows_and_columns(shape)?;
    let mut matrix = Array(Storage::zeros(&[n, m])?);
    matrix.try_diagonal_mut(k)?.try_fill(T::ONE)?;
    Ok(matrix)
}

twins! {
    /// The identity matrix: ones on the diagonal, zeros elsewhere. `eye(3)` is square, `eye((3, 4))` is not.
    ///
    /// # Panics
    /// If the shape is not one or two lengths.
    ///
    /// # Examples
    /// ```
    /// use isonum::eye;
    /// assert_eq!(eye::<i32>(2), [[1, 0], [0, 1]]);
    /// assert_eq!(eye::<i32>((2, 3)), [[1, 0, 0], [0, 1, 0]]);
    /// ```
    #[doc(alias = "identity")]
    fn eye try_eye [T: Element] (shape: impl IntoShape) -> Array<T> {
        ones_on_diagonal(shape, 0)
    }

    /// Ones on the `k`-th diagonal above the main one (below, if negative), zeros elsewhere.
    ///
    /// # Panics
    /// If the shape is not one or two lengths.
    ///
    /// # Examples
    /// ```
    /// use isonum::eye_k;
    /// assert_eq!(eye_k::<i32>(3, 1), [[0, 1, 0], [0, 0, 1], [0, 0, 0]]);
    /// ```
    fn eye_k try_eye_k [T: Element] (shape: impl IntoShape, k: isize) -> Array<T> {
        ones_on_diagonal(shape, k)
    }

    /// Of a vector, the matrix with it on the `k`-th diagonal (above the main one, below if negative) and zeros
    /// elsewhere; of a matrix, that diagonal.
    ///
    /// # Panics
    /// If `a` has neither one nor two axes.
    ///
    /// # Examples
    /// ```
    /// use isonum::diag;
    /// assert_eq!(diag([1, 2], 0), [[1, 0], [0, 2]]);
    /// assert_eq!(diag([1, 2], -1), [[0, 0, 0], [1, 0, 0], [0, 2, 0]]);
    /// assert_eq!(diag([[1, 2], [3, 4]], 1), [2]);
    /// ```
    fn diag try_diag [T: Element] (a: impl ArrayLike<T>, k: isize) -> Array<T> {
        match a.view().shape() {
            [n] => {
                let n = n.saturating_add(k.unsigned_abs());
                let mut matrix = Array(Storage::zeros(&[n, n])?);
                matrix.try_diagonal_mut(k)?.try_assign(a)?;
                Ok(matrix)
            }
            [_, _] => storage(a)?.diagonal(k, 0, 1).map(Array),
            shape => {
                let message = format!("must have one or two axes, found {}", shape.len());
                Err(Error::invalid_argument("diag", message))
            }
        }
    }

    /// Ones at and below the `k`-th diagonal, zeros above.
    ///
    /// # Panics
    /// If the shape is not one or two lengths.
    ///
    /// # Examples
    /// ```
    /// use isonum::tri;
    /// assert_eq!(tri::<i32>((2, 3), 0), [[1, 0, 0], [1, 1, 0]]);
    /// ```
    fn tri try_tri [T: Element] (shape: impl IntoShape, k: isize) -> Array<T> {
        let (n, m) = rows_and_columns(shape)?;
        let inside = |i: usize| (i % m) as isize - (i / m) as isize <= k;
        Storage::from_fn(&[n, m], |i| if inside(i) { T::ONE } else { T::ZERO }).map(Array)
    }

    /// The lower triangle: the elements at and below the `k`-th diagonal of the last two axes, zeros above.
    ///
    /// # Panics
    /// If there are fewer than two axes.
    ///
    /// # Examples
    /// ```
    /// use isonum::tril;
    /// assert_eq!(tril([[1, 2], [3, 4]], 0), [[1, 0], [3, 4]]);
    /// assert_eq!(tril([[1, 2], [3, 4]], -1), [[0, 0], [3, 0]]);
    /// ```
    fn tril try_tril [T: Element] (a: impl ArrayLike<T>, k: isize) -> Array<T> {
        triangle("tril", a, |row, columns| {
            let end = row.saturating_add(k).saturating_add(1).clamp(0, columns);
            (end, columns)
        })
    }

    /// The upper triangle: the elements at and above the `k`-th diagonal of the last two axes, zeros below.
    ///
    /// # Panics
    /// If there are fewer than two axes.
    ///
    /// # Examples
    /// ```
    /// use isonum::triu;
    /// assert_eq!(triu([[1, 2], [3, 4]], 0), [[1, 2], [0, 4]]);
    /// ```
    fn triu try_triu [T: Element] (a: impl ArrayLike<T>, k: isize) -> Array<T> {
        triangle("triu", a, |row, columns| (0, row.saturating_add(k).clamp(0, columns)))
    }
}

/// `a` with zeros at the positions of each row that `zeros(row, columns)` names.
fn triangle<T: Element>(
    operation: &'static str,
    a: impl ArrayLike<T>,
    zeros: impl Fn(isize, isize) -> (isize, isize),
) -> Result<Array<T>> {
    let mut array = Array(storage(a)?);
    let &[.., rows, columns] = array.shape() else {
        return Err(Error::invalid_argument(operation, format!("needs two axes, found {}", array.ndim())));
    };
    if array.is_empty() {
        return Ok(array);
    }
    for (i, mut lane) in array.try_view_mut()?.rows_mut().enumerate() {
        let (from, to) = zeros((i % rows) as isize, columns as isize);
        isonum_runtime::elementwise::fill(lane.write()?.narrow(0, from as usize, to as usize)?, T::ZERO)?;
    }
    Ok(array)
}

impl<T: Element> Array<T> {
    twin_methods! { Self;
        /// As the function [`eye`].
        ///
        /// # Panics
        /// If the shape is not one or two lengths.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(Array::<f64>::eye(2), [[1.0, 0.0], [0.0, 1.0]]);
        /// ```
        fn eye try_eye [] (shape: impl IntoShape) -> Self {
            try_eye(shape)
        }
    }
}

on_arrays! {
    twin_methods! { &self;
        /// As the function [`diag`](fn@crate::diag).
        ///
        /// # Panics
        /// If there are neither one nor two axes.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].diag(0).diag(0), [[1, 0], [0, 4]]);
        /// ```
        fn diag try_diag [] (k: isize) -> Array<T> {
            try_diag(self, k)
        }

        /// As the function [`tril`](fn@crate::tril).
        ///
        /// # Panics
        /// If there are fewer than two axes.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].tril(0), [[1, 0], [3, 4]]);
        /// ```
        fn tril try_tril [] (k: isize) -> Array<T> {
            try_tril(self, k)
        }

        /// As the function [`triu`](fn@crate::triu).
        ///
        /// # Panics
        /// If there are fewer than two axes.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].triu(1), [[0, 2], [0, 0]]);
        /// ```
        fn triu try_triu [] (k: isize) -> Array<T> {
            try_triu(self, k)
        }
    }
}
