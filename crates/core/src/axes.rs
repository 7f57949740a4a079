//! Axes as users name them: one or several, from the front or (negative) from the back, or `()` for all.

use crate::dims::Dims;
use crate::error::{Error, Result};

/// Axes as given, before the rank of an array is known.
///
/// Made by [`IntoAxes`] from `()` (all axes), an integer, or an array, slice or `Vec` of integers. Negative axes
/// count from the back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axes(Given);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Given {
    All,
    Some(Dims<isize>),
}

impl Axes {
    /// All axes.
    pub fn all() -> Self {
        Axes(Given::All)
    }

    /// Whether this is "all axes", not a list of them.
    pub fn is_all(&self) -> bool {
        self.0 == Given::All
    }

    /// The axes as given; `None` for all.
    pub fn given(&self) -> Option<&[isize]> {
        match &self.0 {
            Given::All => None,
            Given::Some(axes) => Some(axes),
        }
    }

    /// The axes of an array of rank `ndim`, from the front, in the order given.
    ///
    /// # Errors
    /// If an axis is out of range or given more than once.
    pub fn normalize(&self, ndim: usize) -> Result<Dims<usize>> {
        let Given::Some(given) = &self.0 else {
            return Ok(Dims::from_fn(ndim, |axis| axis));
        };
        let mut axes = Dims::filled(given.len(), 0);
        for i in 0..given.len() {
            let axis = normalize_axis(given[i], ndim)?;
            if axes[..i].contains(&axis) {
                return Err(Error::repeated_axis(axis));
            }
            axes[i] = axis;
        }
        Ok(axes)
    }
}

/// The axis counted from the front, of an array of rank `ndim`.
///
/// # Errors
/// If there is no such axis.
#[inline]
pub fn normalize_axis(axis: isize, ndim: usize) -> Result<usize> {
    let n = ndim as isize;
    match if axis < 0 { axis.wrapping_add(n) } else { axis } {
        normal if (0..n).contains(&normal) => Ok(normal as usize),
        _ => Err(Error::axis_out_of_range(axis, ndim)),
    }
}

/// What names axes: `()` for all, an integer, or an array, slice or `Vec` of integers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name axes",
    label = "expected `()` (all axes), an integer, or an array, slice or `Vec` of integers"
)]
pub trait IntoAxes {
    /// The axes as a value.
    fn into_axes(self) -> Axes;
}

/// Integers that name an axis: `i32`, `i64`, `isize` and `usize`.
pub trait AxisIndex: Copy {
    /// The axis; what does not fit saturates and is out of range of every array.
    fn to_axis(self) -> isize;

    /// The number itself.
    fn exact(self) -> i128;
}

macro_rules! axis_index {
    ($($type:ty)*) => {$(
        impl AxisIndex for $type {
            #[inline(always)]
            fn to_axis(self) -> isize {
                isize::try_from(self).unwrap_or(if self > 0 { isize::MAX } else { isize::MIN })
            }
            #[inline(always)]
            fn exact(self) -> i128 {
                self as i128
            }
        }

        impl IntoAxes for $type {
            #[inline]
            fn into_axes(self) -> Axes {
                Axes(Given::Some(Dims::filled(1, self.to_axis())))
            }
        }
    )*};
}

impl AxisIndex for isize {
    #[inline(always)]
    fn to_axis(self) -> isize {
        self
    }
    #[inline(always)]
    fn exact(self) -> i128 {
        self as i128
    }
}

impl IntoAxes for isize {
    #[inline]
    fn into_axes(self) -> Axes {
        Axes(Given::Some(Dims::filled(1, self)))
    }
}

axis_index! { i32 i64 usize }

impl IntoAxes for () {
    fn into_axes(self) -> Axes {
        Axes::all()
    }
}
impl IntoAxes for Axes {
    fn into_axes(self) -> Axes {
        self
    }
}
impl IntoAxes for &Axes {
    fn into_axes(self) -> Axes {
        self.clone()
    }
}
impl<I: AxisIndex> IntoAxes for &[I] {
    fn into_axes(self) -> Axes {
        Axes(Given::Some(Dims::from_fn(self.len(), |i| self[i].to_axis())))
    }
}
impl<I: AxisIndex, const N: usize> IntoAxes for [I; N] {
    fn into_axes(self) -> Axes {
        self.as_slice().into_axes()
    }
}
impl<I: AxisIndex, const N: usize> IntoAxes for &[I; N] {
    fn into_axes(self) -> Axes {
        self.as_slice().into_axes()
    }
}
impl<I: AxisIndex> IntoAxes for Vec<I> {
    fn into_axes(self) -> Axes {
        self.as_slice().into_axes()
    }
}
impl<I: AxisIndex> IntoAxes for &Vec<I> {
    fn into_axes(self) -> Axes {
        self.as_slice().into_axes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(axes: impl IntoAxes, ndim: usize) -> Result<Dims<usize>> {
        axes.into_axes().normalize(ndim)
    }

    #[test]
    fn every_spelling() {
        assert_eq!(axes((), 3).unwrap(), [0, 1, 2]);
        assert_eq!(axes(-1, 3).unwrap(), [2]);
        assert_eq!(axes(1usize, 3).unwrap(), [1]);
        assert_eq!(axes([0, -1], 3).unwrap(), [0, 2]);
        assert_eq!(axes(&[2usize, 0][..], 3).unwrap(), [2, 0]);
        assert_eq!(axes(vec![1i64], 3).unwrap(), [1]);
        let vec = vec![1isize];
        assert_eq!(axes(&vec, 3).unwrap(), [1]);
        assert_eq!(axes(vec, 3).unwrap(), [1]);
        assert_eq!(axes((), 0).unwrap(), []);
    }

    #[test]
    fn refusals() {
        let message = |r: Result<Dims<usize>>| r.unwrap_err().to_string();
        assert_eq!(message(axes(3, 2)), "axis 3 is out of range for an array of 2 dimensions");
        assert_eq!(message(axes(-3, 2)), "axis -3 is out of range for an array of 2 dimensions");
        assert_eq!(message(axes([1, -1], 2)), "axis 1 is given more than once");
        assert!(axes(isize::MIN, 2).is_err());
        assert!(axes(usize::MAX, 2).is_err());
    }
}
