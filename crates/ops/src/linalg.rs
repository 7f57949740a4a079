//! Linear algebra. So far the matrix product; it comes from the crate `matrixmultiply`, which chooses its own
//! instructions: for floats the last bits may differ between machines.

use crate::macros::{OrPanic, on_arrays};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Error, Result};
use isonum_core::{Complex32, Complex64, DType, View, ViewMut};

/// `$body`, in which `$u` is the element type that the generic `$t` stands for.
macro_rules! by_dtype {
    ($t:ty, |$u:ident| $body:expr) => {
        by_dtype! { @ $t, $u, $body,
            F32 f32, F64 f64, I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64, Bool bool,
            C32 Complex32, C64 Complex64 }
    };
    (@ $t:ty, $u:ident, $body:expr, $($variant:ident $type:ty),*) => {
        match <$t>::DTYPE {
            $(DType::$variant => { type $u = $type; $body })*
            // `DType` may get more variants; this module would get them too.
            other => return Err(Error::invalid_argument("matmul", format!("has no product of {other}"))),
        }
    };
}

/// The matrix product of two arrays.
///
/// | `a` | `b` | result |
/// |---|---|---|
/// | `(m, k)` | `(k, n)` | `(m, n)` |
/// | `(k,)` | `(k,)` | `()`, the dot product |
/// | `(k,)` | `(…, k, n)` | `(…, n)` |
/// | `(…, m, k)` | `(k,)` | `(…, m)` |
/// | `(…, m, k)` | `(…, k, n)` | `(…, m, n)`: a stack of products, the axes in front broadcast |
///
/// The result is in C order. Integers wrap, bools multiply with `and` and add with `or`; for `k` = 0 all elements
/// are zero. NaN and infinities reach every element of their row or column. In NumPy: `matmul`, `@`.
///
/// *Accuracy*: integers are exact but for wrapping. Of floats each element has an error of at most about `k ε Σ|aᵢ bᵢ|`,
/// where ε is 2⁻²³ (`f32`) or 2⁻⁵² (`f64`); of random numbers, for `k` up to 65,536, it was measured to be at most
/// `7 ε Σ|aᵢ bᵢ|`, and `2 ε Σ|aᵢ bᵢ|` if they are of either sign. The order of the sum depends on shapes and strides,
/// never on threads.
///
/// # Panics
/// If `k` differs, an operand has no axes, the axes in front do not broadcast, or there is no memory for the result.
///
/// # Examples
/// ```
/// use isonum::linalg::matmul;
/// let a = [[1.0, 2.0], [3.0, 4.0]];
/// assert_eq!(matmul(a, [[0.0, 1.0], [1.0, 0.0]]), [[2.0, 1.0], [4.0, 3.0]]);
/// assert_eq!(matmul(a, [10.0, 1.0]), [12.0, 34.0]);
/// ```
#[track_caller]
pub fn matmul<T: Element>(a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> Array<T> {
    try_matmul(a, b).or_panic()
}

/// [`matmul`] with an error in place of the panic.
///
/// # Errors
/// Where [`matmul`] panics.
///
/// # Examples
/// ```
/// use isonum::linalg::try_matmul;
/// let error = try_matmul([[1.0, 2.0]], [1.0, 2.0, 3.0]).unwrap_err();
/// assert_eq!(error.to_string(), "matmul: (1, 2) with (3,): 2 columns and 3 elements differ");
/// ```
pub fn try_matmul<T: Element>(a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> Result<Array<T>> {
    let (a, b) = (a.view(), b.view());
    by_dtype!(T, |U| {
        let product = isonum_linalg::matmul(&same::<T, U>(a), &same::<T, U>(b))?;
        Ok(Array(product.same_type().expect("the type it came from")))
    })
}

/// [`matmul`], written to `out`.
///
/// # Panics
/// Where [`matmul`] does, or if `out` has another shape than the product.
///
/// # Examples
/// ```
/// use isonum::{array, linalg::matmul_into};
/// let mut out = array![0.0, 0.0];
/// matmul_into([[1.0, 2.0], [3.0, 4.0]], [10.0, 1.0], &mut out);
/// assert_eq!(out, [12.0, 34.0]);
/// ```
#[track_caller]
pub fn matmul_into<'o, T: Element>(
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    out: impl Into<ArrayViewMut<'o, T>>,
) {
    try_matmul_into(a, b, out).or_panic()
}

/// [`matmul_into`] with an error in place of the panic.
///
/// # Errors
/// Where [`matmul_into`] panics.
pub fn try_matmul_into<'o, T: Element>(
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    out: impl Into<ArrayViewMut<'o, T>>,
) -> Result<()> {
    let (a, b, out) = (a.view(), b.view(), out.into().0);
    by_dtype!(T, |U| {
        let out: ViewMut<'_, U> = out.same_type().expect("matched by dtype");
        isonum_linalg::matmul_into(&same::<T, U>(a), &same::<T, U>(b), out)
    })
}

fn same<T: Element, U: Element>(view: View<'_, T>) -> View<'_, U> {
    view.same_type().expect("matched by dtype")
}

on_arrays! {
    /// The matrix product with `b`: [`linalg::matmul`](crate::linalg::matmul).
    ///
    /// # Panics
    /// Where the function does.
    ///
    /// # Examples
    /// ```
    /// use isonum::array;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.matmul(&a.t()), [[5, 11], [11, 25]]);
    /// ```
    #[doc(alias = "dot")]
    #[track_caller]
    pub fn matmul(&self, b: impl ArrayLike<T>) -> Array<T> {
        matmul(self, b)
    }

    /// [`matmul`](Self::matmul) with an error in place of the panic.
    ///
    /// # Errors
    /// Where [`matmul`](Self::matmul) panics.
    pub fn try_matmul(&self, b: impl ArrayLike<T>) -> Result<Array<T>> {
        try_matmul(self, b)
    }
}
