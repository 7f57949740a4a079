//! Shapes and indices as users write them: one integer or several, of any type that is handy.

use crate::{Dims, Error, Result};
use isonum_core::axes::AxisIndex;

/// What names one element: an integer for each axis, negative ones counted from the end.
///
/// `i`, `[i, j]`, `(i, j)`, and slices of `i32`, `i64`, `isize` or `usize`; `()` for an array without axes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an index",
    label = "expected an integer, or an array, tuple or slice of integers"
)]
pub trait IntoIndex {
    /// Calls `f` with the positions.
    fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R;
}

/// What names a shape: an integer for each axis; in [`reshape`](crate::reshape), −1 for one that is to be found.
///
/// `n`, `[n, m]`, `(n, m)`, and slices of `i32`, `i64`, `isize` or `usize`; `()` for no axes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shape",
    label = "expected an integer, or an array, tuple or slice of integers"
)]
pub trait IntoShape {
    /// The lengths, as given.
    ///
    /// # Errors
    /// If one does not fit into `isize`.
    fn into_shape(self) -> Result<Dims<isize>>;
}

/// The shape of `ndim` numbers: each as `isize`, cut to it, and as it is.
#[inline]
fn shape_of(
    ndim: usize,
    saturated: impl Fn(usize) -> isize,
    exact: impl Fn(usize) -> i128,
) -> Result<Dims<isize>> {
    let shape = Dims::from_fn(ndim, saturated);
    if shape.contains(&isize::MAX)
        && let Some(axis) = (0..ndim).find(|&axis| exact(axis) > isize::MAX as i128)
    {
        let message = format!("axis {axis} must be at most {}, found {}", isize::MAX, exact(axis));
        return Err(Error::invalid_argument("shape", message));
    }
    Ok(shape)
}

/// The lengths of a shape that has none to be found.
pub(crate) fn lengths(shape: impl IntoShape) -> Result<Dims<usize>> {
    let given = shape.into_shape()?;
    if let Some(axis) = given.iter().position(|&n| n < 0) {
        let message = format!("axis {axis} must not be negative, found {}", given[axis]);
        return Err(Error::invalid_argument("shape", message));
    }
    Ok(given.iter().map(|&n| n as usize).collect())
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl IntoIndex for $type {
            #[inline(always)]
            fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R {
                f(&[self.to_axis()])
            }
        }
        impl IntoShape for $type {
            #[inline]
            fn into_shape(self) -> Result<Dims<isize>> {
                [self].into_shape()
            }
        }
    )*};
}

integers! { i32 i64 isize usize }

impl<I: AxisIndex, const N: usize> IntoIndex for [I; N] {
    #[inline(always)]
    fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R {
        f(&self.map(AxisIndex::to_axis))
    }
}

impl<I: AxisIndex, const N: usize> IntoShape for [I; N] {
    #[inline]
    fn into_shape(self) -> Result<Dims<isize>> {
        self.as_slice().into_shape()
    }
}

impl<I: AxisIndex> IntoIndex for &[I] {
    #[inline]
    fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R {
        f(&Dims::from_fn(self.len(), |axis| self[axis].to_axis()))
    }
}

impl<I: AxisIndex> IntoShape for &[I] {
    #[inline]
    fn into_shape(self) -> Result<Dims<isize>> {
        shape_of(self.len(), |axis| self[axis].to_axis(), |axis| self[axis].exact())
    }
}

macro_rules! by_slice {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<I: AxisIndex $($generics)*> IntoIndex for $type {
            #[inline]
            fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R {
                self.as_slice().with_index(f)
            }
        }
        impl<I: AxisIndex $($generics)*> IntoShape for $type {
            #[inline]
            fn into_shape(self) -> Result<Dims<isize>> {
                self.as_slice().into_shape()
            }
        }
    )*};
}

by_slice! {
    [] Vec<I>;
    [] &Vec<I>;
    [, const N: usize] &[I; N];
}

impl IntoIndex for &Dims<usize> {
    #[inline]
    fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R {
        self[..].with_index(f)
    }
}

impl IntoShape for &Dims<usize> {
    #[inline]
    fn into_shape(self) -> Result<Dims<isize>> {
        self[..].into_shape()
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: AxisIndex),*> IntoIndex for ($($name,)*) {
            #[inline(always)]
            fn with_index<R>(self, f: impl FnOnce(&[isize]) -> R) -> R {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                f(&[$($name.to_axis()),*])
            }
        }
        impl<$($name: AxisIndex),*> IntoShape for ($($name,)*) {
            #[inline]
            fn into_shape(self) -> Result<Dims<isize>> {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                let (saturated, exact): (&[isize], &[i128]) = (&[$($name.to_axis()),*], &[$($name.exact()),*]);
                shape_of(saturated.len(), |axis| saturated[axis], |axis| exact[axis])
            }
        }
    )*};
}

tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling() {
        let n = 3usize;
        let shape = |s: Result<Dims<isize>>| s.unwrap().to_vec();
        assert_eq!(shape(5.into_shape()), [5]);
        assert_eq!(shape([n, 2].into_shape()), [3, 2]);
        assert_eq!(shape((n, -1).into_shape()), [3, -1]);
        assert_eq!(shape([2, -1].into_shape()), [2, -1]);
        assert_eq!(shape((&[n][..]).into_shape()), [3]);
        assert_eq!(shape(vec![n].into_shape()), [3]);
        assert!(().into_shape().unwrap().is_empty());
        assert_eq!((1, n, -2).with_index(|i| i.to_vec()), [1, 3, -2]);
        assert_eq!([0, -1].with_index(|i| i.to_vec()), [0, -1]);
        assert_eq!(().with_index(|i| i.len()), 0);
    }

    #[test]
    fn lengths_are_not_negative() {
        let error = lengths((2, -3)).unwrap_err().to_string();
        assert_eq!(error, "shape: axis 1 must not be negative, found -3");
    }

    #[test]
    fn lengths_fit() {
        let (most, n) = (isize::MAX as usize, usize::MAX);
        assert_eq!(lengths([most, 2]).unwrap()[..], [most, 2]);
        let message = format!("shape: axis 1 must be at most {most}, found {n}");
        let errors = [lengths([2, n]), lengths((2, n)), lengths(&[most, n][..]), lengths(vec![2, n])];
        for result in errors {
            assert_eq!(result.unwrap_err().to_string(), message);
        }
        assert!(lengths(n).unwrap_err().to_string().contains("axis 0"));
        assert!((-1, n).into_shape().is_err());
    }
}
