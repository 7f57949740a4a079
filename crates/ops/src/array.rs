//! The array types: [`Array`], which owns its elements, and the borrowed [`ArrayView`] and [`ArrayViewMut`].
//!
//! All three are thin: a value of `isonum-core` each, with the methods that users call. What an operation does is
//! in the modules beside this one; what an array is (memory, strides, copy-on-write) is in the crates below.

mod compare;
mod convert;
mod given;
mod index;
mod iter;
mod map;
mod reshape;
mod text;
mod views;
mod write;

pub(crate) use compare::equal;
pub(crate) use convert::storage;
pub use convert::{asarray, try_asarray};
pub(crate) use given::lengths;
pub use given::{IntoIndex, IntoShape};
pub use iter::{AxisIter, AxisIterMut, IndexedIter, Lanes, LanesMut};
pub(crate) use map::zip;
pub use map::{try_zip_map, zip_map};

use crate::macros::on_arrays;
use crate::{ArrayLike, Element, Given, Glance, Layout, Storage, View, ViewMut};

/// An n-dimensional array of `T`.
///
/// An array is a value: no write is ever visible through another array. `clone`, [`slice`](Array::slice),
/// [`transpose`](Array::transpose), [`broadcast_to`](Array::broadcast_to), [`flip`](Array::flip) and, of
/// contiguous elements, [`reshape`](Array::reshape) take constant time and share the memory; the first write
/// after that copies ([`is_unique`](Array::is_unique) tells, [`memory::stats`](crate::memory::stats) counts).
/// For borrowed access without reference counts there are [`view`](Array::view) and
/// [`view_mut`](Array::view_mut).
///
/// # Examples
/// ```
/// use isonum::prelude::*;
/// let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// assert_eq!(a.shape(), [2, 3]);
/// assert_eq!(a[[1, -1]], 6.0);
/// assert_eq!(&a * 2.0 + [10.0, 20.0, 30.0], [[12.0, 24.0, 36.0], [18.0, 30.0, 42.0]]);
/// assert_eq!(a.sum_axis(0), [5.0, 7.0, 9.0]);
/// ```
#[derive(Clone)]
pub struct Array<T>(pub(crate) Storage<T>);

/// A borrowed array of `T`.
///
/// It has the methods and operators of [`Array`], and takes no reference count: while it lives, the array that it
/// came from cannot be written.
///
/// # Examples
/// ```
/// use isonum::prelude::*;
/// let data = vec![1, 2, 3, 4, 5, 6];
/// let matrix = ArrayView::from_shape((2, 3), &data);
/// assert_eq!(matrix.t().row(2), [3, 6]);
/// assert_eq!(&matrix + 10, [[11, 12, 13], [14, 15, 16]]);
/// ```
#[derive(Clone)]
pub struct ArrayView<'a, T>(pub(crate) View<'a, T>);

/// A mutably borrowed array of `T`, or a part of one. Writing to it writes to that array.
///
/// # Examples
/// ```
/// use isonum::prelude::*;
/// let mut a = array![[1, 2, 3], [4, 5, 6]];
/// a.slice_mut(s![.., 1..]).assign([[0], [9]]);
/// assert_eq!(a, [[1, 0, 0], [4, 9, 9]]);
/// ```
pub struct ArrayViewMut<'a, T>(pub(crate) ViewMut<'a, T>);

impl<T: Element> ArrayLike<T> for Array<T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        self.0.view()
    }
    #[inline]
    fn as_storage(&self) -> Option<&Storage<T>> {
        Some(&self.0)
    }
    #[inline(always)]
    fn as_owned_mut(&mut self) -> Option<&mut Storage<T>> {
        Some(&mut self.0)
    }
    #[inline(always)]
    fn give<R>(self, f: impl FnOnce(Given<'_, T>) -> R) -> R {
        f(Given::Owned(self.0))
    }
}

impl<T: Element> ArrayLike<T> for ArrayView<'_, T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        self.0.clone()
    }
    #[inline(always)]
    fn glance(&self) -> Glance<'_, T> {
        Glance::view(&self.0)
    }
    #[inline(always)]
    fn give<R>(self, f: impl FnOnce(Given<'_, T>) -> R) -> R {
        f(Given::View(self.0))
    }
}

impl<T: Element> ArrayLike<T> for ArrayViewMut<'_, T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        self.0.view()
    }
    #[inline(always)]
    fn give<R>(self, f: impl FnOnce(Given<'_, T>) -> R) -> R {
        f(Given::View(self.0.into_view()))
    }
}

on_arrays! {
    /// The length of each axis, outermost first; empty for a scalar.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(array![[1, 2, 3], [4, 5, 6]].shape(), [2, 3]);
    /// ```
    #[inline(always)]
    pub fn shape(&self) -> &[usize] {
        self.0.shape()
    }

    /// The distance between neighbours along each axis, in elements; zero where elements repeat, negative where
    /// they run backwards.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(a.strides(), [3, 1]);
    /// assert_eq!(a.flip(1).t().strides(), [-1, 3]);
    /// ```
    #[inline(always)]
    pub fn strides(&self) -> &[isize] {
        self.0.strides()
    }

    /// The number of axes.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(array![[1, 2, 3]].ndim(), 2);
    /// ```
    #[doc(alias = "rank")]
    #[inline(always)]
    pub fn ndim(&self) -> usize {
        self.0.ndim()
    }

    /// The number of elements.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(array![[1, 2, 3], [4, 5, 6]].len(), 6);
    /// ```
    #[doc(alias = "size")]
    #[doc(alias = "numel")]
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no elements: an axis has length zero.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert!(Array::<f64>::zeros([0, 3]).is_empty());
    /// ```
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The element type as a value.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(array![1.0f32].dtype().name(), "float32");
    /// ```
    #[inline(always)]
    pub fn dtype(&self) -> crate::DType {
        T::DTYPE
    }

    /// Shape and strides in one.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2, 3], [4, 5, 6]];
    /// assert!(a.layout().is_contiguous() && a.t().layout().is_fortran());
    /// ```
    #[inline(always)]
    pub fn layout(&self) -> &Layout {
        self.0.layout()
    }

    /// Whether the elements in C order are neighbours in memory.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2, 3], [4, 5, 6]];
    /// assert!(a.is_contiguous() && !a.t().is_contiguous());
    /// ```
    #[inline]
    pub fn is_contiguous(&self) -> bool {
        self.0.layout().is_contiguous()
    }
}

impl<T: Element> Array<T> {
    /// Whether no other array shares the memory.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![1, 2, 3];
    /// assert!(a.is_unique());
    /// let b = a.clone();
    /// assert!(!a.is_unique() && !b.is_unique());
    /// ```
    #[inline]
    pub fn is_unique(&self) -> bool {
        self.0.is_unique()
    }

    /// The elements to read, borrowed.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![1, 2, 3];
    /// assert_eq!(a.view() + 1, [2, 3, 4]);
    /// ```
    #[inline]
    pub fn view(&self) -> ArrayView<'_, T> {
        ArrayView(self.0.view())
    }
}

impl<'a, T: Element> ArrayView<'a, T> {
    /// The same elements; a view is as cheap to copy as to borrow.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![1, 2, 3];
    /// assert_eq!(a.view().view(), a);
    /// ```
    #[inline]
    pub fn view(&self) -> ArrayView<'a, T> {
        self.clone()
    }

    /// The elements of anything that can be read as an array.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// fn corner(matrix: &impl ArrayLike<f64>) -> f64 {
    ///     ArrayView::of(matrix)[[0, 0]]
    /// }
    /// assert_eq!(corner(&[[1.0, 2.0], [3.0, 4.0]]), 1.0);
    /// ```
    pub fn of(array: &'a (impl ArrayLike<T> + ?Sized)) -> Self {
        ArrayView(array.view())
    }
}

impl<T: Element> ArrayViewMut<'_, T> {
    /// The elements to read, while this view is borrowed.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let mut a = array![1, 2, 3];
    /// let part = a.slice_mut(s![1..]);
    /// assert_eq!(part.view(), [2, 3]);
    /// ```
    #[inline]
    pub fn view(&self) -> ArrayView<'_, T> {
        ArrayView(self.0.view())
    }
}
