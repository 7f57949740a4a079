//! Borrowed arrays: a pointer, a layout and a lifetime.
//!
//! [`View`] and [`ViewMut`] are what drivers work on. Both are always aligned and all their elements are
//! initialised; a `ViewMut` moreover never names an element twice. Neither owns anything or counts references.
//! The safe operations keep these promises, so the crates above need no `unsafe` to take arrays apart.

mod convert;
mod iter;
mod mutable;
mod operations;
mod parts;

pub(crate) use convert::nested;
pub use iter::{AxisIter, AxisIterMut, Iter, IterMut, Lanes, LanesMut};
pub use mutable::ViewMut;
pub(crate) use operations::{layout_accessors, repeating_operations, view_operations};

use crate::axes::{IntoAxes, normalize_axis};
use crate::dims::Dims;
use crate::error::Result;
use crate::layout::Layout;
use crate::slice::SliceItem;
use std::fmt;
use std::marker::PhantomData;
use std::ptr::NonNull;

/// A borrowed array of `T`.
///
/// Cloning copies the layout, not the elements. View operations take time that depends on the rank alone.
pub struct View<'a, T> {
    /// The first element; dangling where there are none.
    data: NonNull<T>,
    layout: Layout,
    borrow: PhantomData<&'a [T]>,
}

// SAFETY: a view is a set of shared references.
unsafe impl<T: Sync> Send for View<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for View<'_, T> {}

impl<T> Clone for View<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        View { data: self.data, layout: self.layout.clone(), borrow: PhantomData }
    }
}

impl<'a, T> View<'a, T> {
    /// The elements of `layout`, the first at `data`.
    ///
    /// # Safety
    /// `data` is aligned and not null. Every element of the layout is in the allocation of `data`, initialised,
    /// and nobody writes it for `'a`.
    #[inline(always)]
    pub unsafe fn from_raw_parts(data: *const T, layout: Layout) -> Self {
        debug_assert!(!data.is_null() && data.is_aligned());
        // SAFETY: the caller's promise.
        View { data: unsafe { NonNull::new_unchecked(data.cast_mut()) }, layout, borrow: PhantomData }
    }

    /// The elements of a slice, in one dimension.
    #[inline]
    pub fn from_slice(slice: &'a [T]) -> Self {
        let layout = Layout::contiguous(&[slice.len()]).expect("a slice has a length that fits");
        // SAFETY: a slice is contiguous, initialised and borrowed for `'a`.
        unsafe { Self::from_raw_parts(slice.as_ptr(), layout) }
    }

    /// One element, in zero dimensions.
    #[inline]
    pub fn from_scalar(value: &'a T) -> Self {
        // SAFETY: a reference is aligned, initialised and borrowed for `'a`.
        unsafe { Self::from_raw_parts(value, Layout::new(Dims::new(), Dims::new())) }
    }

    /// The elements of a slice in C order, as an array of `shape`.
    ///
    /// # Errors
    /// If the slice has another number of elements.
    pub fn from_shape(slice: &'a [T], shape: &[usize]) -> Result<Self> {
        let layout = Layout::contiguous(shape)?;
        if layout.len() != slice.len() {
            return Err(crate::Error::length_mismatch(shape, slice.len()));
        }
        // SAFETY: the slice has as many elements, contiguous, initialised and borrowed for `'a`.
        Ok(unsafe { Self::from_raw_parts(slice.as_ptr(), layout) })
    }

    /// A view with another layout.
    ///
    /// # Safety
    /// Every element of `layout`, `offset` from the first, is an element of this view.
    #[inline(always)]
    unsafe fn with(&self, offset: isize, layout: Layout) -> Self {
        // SAFETY: the caller's promise; without elements, offsets are zero.
        View { data: unsafe { self.data.offset(offset) }, layout, borrow: PhantomData }
    }

    /// The first element; dangling, but aligned, where there are none.
    #[inline(always)]
    pub fn as_ptr(&self) -> *const T {
        self.data.as_ptr()
    }

    layout_accessors! {}

    /// The elements in C order, if they are neighbours in that order.
    #[inline]
    pub fn as_slice(&self) -> Option<&'a [T]> {
        // SAFETY: contiguous, initialised and borrowed for `'a`.
        self.layout.is_contiguous().then(|| unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) })
    }

    /// The elements in the order they have in memory, if there are no gaps; see [`Layout::is_dense`].
    #[inline]
    pub fn as_dense_slice(&self) -> Option<&'a [T]> {
        // SAFETY: dense, initialised and borrowed for `'a`.
        self.layout.is_dense().then(|| unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) })
    }

    /// The element at `index`, negative positions counted from the end; `None` if there is no such element.
    #[inline]
    pub fn get(&self, index: &[isize]) -> Option<&'a T> {
        self.at(index).ok()
    }

    /// The element at `index`, negative positions counted from the end.
    ///
    /// # Errors
    /// If there are not as many indices as axes, or one is out of bounds.
    #[inline]
    pub fn at(&self, index: &[isize]) -> Result<&'a T> {
        let offset = self.layout.offset_of(index)?;
        // SAFETY: the index is in bounds, so this is an element of the view.
        Ok(unsafe { self.data.offset(offset).as_ref() })
    }

    /// The first element in C order; `None` if there are none.
    #[inline]
    pub fn first(&self) -> Option<&'a T> {
        if self.is_empty() {
            return None;
        }
        // SAFETY: there are elements, and `data` is the first.
        Some(unsafe { self.data.as_ref() })
    }

    /// The elements in C order.
    #[inline]
    pub fn iter(&self) -> Iter<'a, T> {
        Iter::new(self.clone())
    }

    /// The one-dimensional views along `axis`, in C order of the other axes.
    ///
    /// # Errors
    /// If there is no such axis.
    pub fn lanes(&self, axis: isize) -> Result<Lanes<'a, T>> {
        Ok(Lanes::new(self.clone(), normalize_axis(axis, self.ndim())?))
    }

    /// The views at each position of `axis`, without that axis.
    ///
    /// # Errors
    /// If there is no such axis.
    pub fn axis_iter(&self, axis: isize) -> Result<AxisIter<'a, T>> {
        Ok(AxisIter::new(self.clone(), normalize_axis(axis, self.ndim())?))
    }

    /// The parts before and from position `index` of `axis`.
    ///
    /// # Errors
    /// If there is no such axis, or the index is beyond its end.
    pub fn split_at(&self, axis: isize, index: usize) -> Result<(Self, Self)> {
        let n = self.shape()[normalize_axis(axis, self.ndim())?];
        Ok((self.narrow(axis, 0, index)?, self.narrow(axis, index, n)?))
    }

    view_operations! { self (&self) "view" }
    repeating_operations! { self (&self) "view" }
}

impl<'a, T> IntoIterator for View<'a, T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        Iter::new(self)
    }
}

impl<'a, T> IntoIterator for &View<'a, T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for View<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("layout", &self.layout).field("data", &self.as_ptr()).finish()
    }
}
