//! `matmul`: the rules of shapes, and the stack of matrices taken apart into products of two.

use crate::gemm::{Gemm, Product};
use isonum_core::layout::checked_len;
use isonum_core::{
    Dims, Element, Error, ErrorKind, Layout, Result, Storage, Uninit, View, ViewMut, broadcast_shapes,
};

/// The element types of matrix products: all of them.
///
/// Integers wrap; `bool` multiplies with `and` and adds with `or`.
pub trait MatmulElement: Element + Gemm {}
impl<T: Element + Gemm> MatmulElement for T {}

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
/// Operands may have any strides, repeat and share elements. The result is in C order, with the operands' element
/// type: integers wrap, `bool` is the `or` of `and`s, and for `k` = 0 all elements are zero. Nothing is skipped:
/// NaN and infinities reach every element of their row or column. A complex operand is not conjugated.
///
/// # Errors
/// If `k` differs, an operand has no axes, the axes in front do not broadcast, or there is no memory for the result.
///
/// # Accuracy
/// Integers are exact modulo 2ᵇ. For floats each element has an error of at most about k ε Σ|aᵢ bᵢ|. The order of
/// the sum depends on shapes and strides, never on threads; but the products come from the crate `matrixmultiply`,
/// which chooses instructions by itself, so the last bits may differ between machines, and `ISONUM_BACKEND` has no
/// say.
///
/// # Examples
/// ```
/// use isonum_core::View;
/// use isonum_linalg::matmul;
/// let a = [[1.0, 2.0], [3.0, 4.0]];
/// let x = [10.0, 1.0];
/// let y = matmul(&View::from(&a), &View::from(&x))?;
/// assert_eq!(y.as_slice().unwrap(), [12.0, 34.0]);
/// let b = matmul(&View::from(&a), &View::from(&a).transpose())?;
/// assert_eq!(b.as_slice().unwrap(), [5.0, 11.0, 11.0, 25.0]);
/// let error = matmul(&View::from(&a), &View::from(&[1.0, 2.0, 3.0])).unwrap_err();
/// assert_eq!(error.to_string(), "matmul: (2, 2) with (3,): 2 columns and 3 elements differ");
/// # Ok::<(), isonum_core::Error>(())
/// ```
pub fn matmul<T: MatmulElement>(a: &View<'_, T>, b: &View<'_, T>) -> Result<Storage<T>> {
    let operands = Operands::new(a, b)?;
    let mut out = Uninit::new(Layout::contiguous_for::<T>(&operands.result_shape())?)?;
    let stack =
        out.layout().reshape_view(&operands.stack_shape()).expect("a contiguous layout can be any shape");
    // SAFETY: fresh memory, a layout without overlap of the shape that the operands need.
    unsafe {
        operands.multiply(out.as_mut_ptr(), &stack)?;
        Ok(out.assume_init())
    }
}

/// [`matmul`], written to `out`.
///
/// # Errors
/// As [`matmul`], and if `out` has another shape than the result.
///
/// # Examples
/// ```
/// use isonum_core::{View, ViewMut};
/// use isonum_linalg::matmul_into;
/// let a = [[1, 2], [3, 4]];
/// let mut squares = [[0; 2]; 2];
/// matmul_into(&View::from(&a), &View::from(&a), ViewMut::from(&mut squares))?;
/// assert_eq!(squares, [[7, 10], [15, 22]]);
/// # Ok::<(), isonum_core::Error>(())
/// ```
pub fn matmul_into<T: MatmulElement>(a: &View<'_, T>, b: &View<'_, T>, out: ViewMut<'_, T>) -> Result<()> {
    let operands = Operands::new(a, b)?;
    let shape = operands.result_shape();
    if out.shape() != &shape[..] {
        return Err(Error::shape_mismatch("matmul", &shape, out.shape()));
    }
    let ndim = operands.batch.len();
    let mut out = match (operands.a_is_vector, operands.b_is_vector) {
        (false, false) => out,
        (true, false) => out.expand_dims(ndim)?,
        (false, true) => out.expand_dims(ndim + 1)?,
        (true, true) => out.expand_dims([ndim, ndim + 1])?,
    };
    let stack = out.layout().clone();
    // SAFETY: a mutable view names each element once and nobody else reads them; it has the shape needed.
    unsafe { operands.multiply(out.as_mut_ptr(), &stack) }
}

/// Two operands that fit: as stacks of matrices.
struct Operands<'a, T> {
    /// `(…, m, k)`.
    a: View<'a, T>,
    /// `(…, k, n)`.
    b: View<'a, T>,
    a_is_vector: bool,
    b_is_vector: bool,
    /// The shape of the stack.
    batch: Dims<usize>,
}

impl<'a, T: MatmulElement> Operands<'a, T> {
    fn new(a: &View<'a, T>, b: &View<'a, T>) -> Result<Self> {
        let unfit = || Error::matmul(a.shape(), b.shape());
        let (a_is_vector, b_is_vector) = (a.ndim() == 1, b.ndim() == 1);
        let rows = if a_is_vector { a.expand_dims(0)? } else { a.clone() };
        let columns = if b_is_vector { b.expand_dims(1)? } else { b.clone() };
        let ([a_batch @ .., _, k], [b_batch @ .., l, _]) = (rows.shape(), columns.shape()) else {
            return Err(unfit());
        };
        if k != l {
            return Err(unfit());
        }
        let batch = broadcast_shapes("matmul", &[a_batch, b_batch]).map_err(|error| match *error.kind() {
            // The shapes as they were given.
            ErrorKind::Broadcast { axis, sizes, .. } => {
                Error::broadcast("matmul", &[a.shape(), b.shape()], axis, sizes)
            }
            _ => error,
        })?;
        Ok(Operands { a: rows, b: columns, a_is_vector, b_is_vector, batch })
    }

    /// `(m, k, n)`.
    fn dimensions(&self) -> (usize, usize, usize) {
        let [.., m, k] = *self.a.shape() else { unreachable!("a matrix") };
        (m, k, self.b.shape()[self.b.ndim() - 1])
    }

    /// `(…, m, n)`.
    fn stack_shape(&self) -> Dims<usize> {
        let (m, _, n) = self.dimensions();
        self.batch.iter().copied().chain([m, n]).collect()
    }

    /// [`Self::stack_shape`] without the axes that vectors do not have.
    fn result_shape(&self) -> Dims<usize> {
        let (m, _, n) = self.dimensions();
        let ends = [(!self.a_is_vector).then_some(m), (!self.b_is_vector).then_some(n)];
        self.batch.iter().copied().chain(ends.into_iter().flatten()).collect()
    }

    /// Computes all products.
    ///
    /// # Safety
    /// The elements of `stack`, which has the shape [`Self::stack_shape`], from `out` on are distinct, may be
    /// written, and nobody else uses them.
    unsafe fn multiply(&self, out: *mut T, stack: &Layout) -> Result<()> {
        let (m, k, n) = self.dimensions();
        if stack.is_empty() {
            return Ok(());
        }
        if k == 0 {
            // SAFETY: an element of the output.
            stack.offsets().for_each(|offset| unsafe { out.offset(offset).write(T::ZERO) });
            return Ok(());
        }
        // One matrix on the right: the rows of all matrices on the left are those of one, if strides allow it.
        if self.b.ndim() == 2 && !self.batch.is_empty() {
            let all = checked_len(&self.batch)? * m;
            if let (Some(a), Some(c)) = (self.a.reshape_view(&[all, k]), stack.reshape_view(&[all, n])) {
                // SAFETY: the views promise the operands, the caller the output.
                unsafe { T::product(one(&a, &self.b, out, c.strides())) };
                return Ok(());
            }
        }
        let shape =
            |matrix: [usize; 2]| -> Dims<usize> { self.batch.iter().copied().chain(matrix).collect() };
        let (a, b) = (self.a.broadcast_to(&shape([m, k]))?, self.b.broadcast_to(&shape([k, n]))?);
        let first = one(&a, &b, out, stack.strides());
        let offsets = |layout: &Layout| {
            let ndim = self.batch.len();
            Layout::new(&layout.shape()[..ndim], &layout.strides()[..ndim]).offsets()
        };
        for ((a, b), c) in offsets(a.layout()).zip(offsets(b.layout())).zip(offsets(stack)) {
            // SAFETY: the views promise the operands, the caller the output.
            unsafe {
                T::product(Product {
                    a: first.a.offset(a),
                    b: first.b.offset(b),
                    c: first.c.offset(c),
                    ..first
                });
            }
        }
        Ok(())
    }
}

/// The product of the first matrices of two stacks, to `c`; the last two strides are those of the matrices.
fn one<T>(a: &View<'_, T>, b: &View<'_, T>, c: *mut T, c_strides: &[isize]) -> Product<T> {
    let last = |strides: &[isize]| [strides[strides.len() - 2], strides[strides.len() - 1]];
    Product {
        m: a.shape()[a.ndim() - 2],
        k: a.shape()[a.ndim() - 1],
        n: b.shape()[b.ndim() - 1],
        a: a.as_ptr(),
        a_strides: last(a.strides()),
        b: b.as_ptr(),
        b_strides: last(b.strides()),
        c,
        c_strides: last(c_strides),
    }
}
