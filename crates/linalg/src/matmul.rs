//! `matmul`: the rules of shapes, and the stack of matrices taken apart into products of two.

use crate::gemm::{Gemm, Product};
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
    let mut out = Uninit::new(Layout::contiguous_for::<T>(&operands.shape())?)?;
    let layout = out.layout().clone();
    // SAFETY: fresh memory and a layout without overlap, of the operands' shape.
    unsafe {
        operands.multiply(out.as_mut_ptr(), &layout);
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
pub fn matmul_into<T: MatmulElement>(
    a: &View<'_, T>,
    b: &View<'_, T>,
    mut out: ViewMut<'_, T>,
) -> Result<()> {
    let operands = Operands::new(a, b)?;
    let shape = operands.shape();
    if out.shape() != &shape[..] {
        return Err(Error::shape_mismatch("matmul", &shape, out.shape()));
    }
    let layout = out.layout().clone();
    // SAFETY: a mutable view names each element once, and nobody else has them; it has the operands' shape.
    unsafe { operands.multiply(out.as_mut_ptr(), &layout) };
    Ok(())
}

/// Two operands that fit.
struct Operands<'v, 'a, T> {
    a: &'v View<'a, T>,
    b: &'v View<'a, T>,
    m: usize,
    k: usize,
    n: usize,
    /// The shape of the stack of matrices.
    stack: Dims<usize>,
}

/// The axes of an operand before those of its matrix or vector.
fn in_front<T>(axes: &[T]) -> &[T] {
    &axes[..axes.len().saturating_sub(2)]
}

impl<'v, 'a, T: MatmulElement> Operands<'v, 'a, T> {
    fn new(a: &'v View<'a, T>, b: &'v View<'a, T>) -> Result<Self> {
        let (m, k, l, n) = match (a.shape(), b.shape()) {
            (&[k], &[l]) => (1, k, l, 1),
            (&[k], &[.., l, n]) => (1, k, l, n),
            (&[.., m, k], &[l]) => (m, k, l, 1),
            (&[.., m, k], &[.., l, n]) => (m, k, l, n),
            _ => return Err(Error::matmul(a.shape(), b.shape())),
        };
        if k != l {
            return Err(Error::matmul(a.shape(), b.shape()));
        }
        let stacks = [in_front(a.shape()), in_front(b.shape())];
        let stack = broadcast_shapes("matmul", &stacks).map_err(|error| match *error.kind() {
            // With the shapes as they were given.
            ErrorKind::Broadcast { axis, sizes, .. } => {
                Error::broadcast("matmul", &[a.shape(), b.shape()], axis, sizes)
            }
            _ => error,
        })?;
        Ok(Operands { a, b, m, k, n, stack })
    }

    /// The shape of the result.
    fn shape(&self) -> Dims<usize> {
        let mut shape = self.stack.clone();
        if self.a.ndim() > 1 {
            shape.push(self.m);
        }
        if self.b.ndim() > 1 {
            shape.push(self.n);
        }
        shape
    }

    /// Computes all products.
    ///
    /// # Safety
    /// The elements of `layout`, which has the shape of the result, from `out` on are distinct, may be written, and
    /// nobody else has them.
    unsafe fn multiply(&self, out: *mut T, layout: &Layout) {
        if layout.is_empty() {
            return;
        }
        if self.k == 0 {
            // SAFETY: an element of the output.
            layout.offsets().for_each(|offset| unsafe { out.offset(offset).write(T::ZERO) });
            return;
        }
        let (c_stack, c_matrix) = layout.strides().split_at(self.stack.len());
        let first = Product {
            m: self.m,
            k: self.k,
            n: self.n,
            a: self.a.as_ptr(),
            a_strides: match *self.a.strides() {
                [column] => [0, column],
                [.., row, column] => [row, column],
                [] => unreachable!("no axes"),
            },
            b: self.b.as_ptr(),
            b_strides: match *self.b.strides() {
                [row] => [row, 0],
                [.., row, column] => [row, column],
                [] => unreachable!("no axes"),
            },
            c: out,
            c_strides: match *c_matrix {
                [] => [0, 0],
                [row] if self.a.ndim() > 1 => [row, 0],
                [column] => [0, column],
                [row, column, ..] => [row, column],
            },
        };
        if self.stack.is_empty() {
            // SAFETY: the views promise the operands, the caller the output.
            return unsafe { T::product(first) };
        }
        if let Some(all) = self.as_one(&first, c_stack) {
            // SAFETY: the same elements.
            return unsafe { T::product(all) };
        }
        let offsets = |strides: &[isize]| Layout::new(self.stack.clone(), strides).offsets();
        let (a, b) = (offsets(&self.stack_strides(self.a)), offsets(&self.stack_strides(self.b)));
        for ((a, b), c) in a.zip(b).zip(offsets(c_stack)) {
            // SAFETY: as above; these are offsets of matrices of the stacks.
            unsafe {
                T::product(Product {
                    a: first.a.offset(a),
                    b: first.b.offset(b),
                    c: first.c.offset(c),
                    ..first
                });
            }
        }
    }

    /// The strides of an operand along the axes of the stack, zero where it repeats.
    fn stack_strides(&self, operand: &View<'_, T>) -> Dims<isize> {
        let (shape, strides) = (in_front(operand.shape()), in_front(operand.strides()));
        let skip = self.stack.len() - shape.len();
        Dims::from_fn(self.stack.len(), |axis| match axis.checked_sub(skip) {
            Some(axis) if shape[axis] != 1 => strides[axis],
            _ => 0,
        })
    }

    /// The stack as one product: where there is one matrix on the right, and the rows of all matrices on the left
    /// are the same distance apart, and those of the output.
    fn as_one(&self, first: &Product<T>, c_stack: &[isize]) -> Option<Product<T>> {
        if self.b.ndim() > 2 || self.a.ndim() < 2 {
            return None;
        }
        let a_stack = self.stack_strides(self.a);
        let mut all = *first;
        for (axis, &n) in self.stack.iter().enumerate().rev() {
            let (a, c) = (a_stack[axis], c_stack[axis]);
            let follows = |outer: isize, row: isize| outer == row.wrapping_mul(all.m as isize);
            if all.m == 1 {
                (all.a_strides[0], all.c_strides[0]) = (a, c);
            } else if n != 1 && !(follows(a, all.a_strides[0]) && follows(c, all.c_strides[0])) {
                return None;
            }
            all.m *= n;
        }
        Some(all)
    }
}
