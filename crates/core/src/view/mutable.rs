//! The mutable view.

use super::{AxisIterMut, IterMut, LanesMut, View, layout_accessors, view_operations};
use crate::axes::{IntoAxes, normalize_axis};
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::slice::SliceItem;
use std::fmt;
use std::marker::PhantomData;
use std::ptr::NonNull;

/// A mutably borrowed array of `T`, in which no element has two places.
///
/// View operations consume it; [`ViewMut::reborrow`] keeps the original for later.
pub struct ViewMut<'a, T> {
    /// The first element; dangling where there are none.
    pub(super) data: NonNull<T>,
    pub(super) layout: Layout,
    borrow: PhantomData<&'a mut [T]>,
}

// SAFETY: a mutable view is a set of distinct mutable references.
unsafe impl<T: Send> Send for ViewMut<'_, T> {}
// SAFETY: shared, it gives shared references.
unsafe impl<T: Sync> Sync for ViewMut<'_, T> {}

impl<'a, T> ViewMut<'a, T> {
    /// The elements of `layout`, the first at `data`.
    ///
    /// # Errors
    /// If elements of the layout overlap.
    ///
    /// # Safety
    /// `data` is aligned and not null. Every element of the layout is in the allocation of `data`, initialised,
    /// and nobody else reads or writes it for `'a`.
    #[inline]
    pub unsafe fn from_raw_parts(data: *mut T, layout: Layout) -> Result<Self> {
        if layout.overlaps_itself() {
            return Err(Error::overlap(layout.shape(), layout.strides()));
        }
        // SAFETY: the caller's promise, and no overlap.
        Ok(unsafe { Self::from_raw_parts_unchecked(data, layout) })
    }

    /// As [`ViewMut::from_raw_parts`], without a look at the layout.
    ///
    /// # Safety
    /// As there, and the layout does not overlap itself.
    #[inline(always)]
    pub unsafe fn from_raw_parts_unchecked(data: *mut T, layout: Layout) -> Self {
        debug_assert!(!data.is_null() && data.is_aligned());
        // SAFETY: the caller's promise.
        ViewMut { data: unsafe { NonNull::new_unchecked(data) }, layout, borrow: PhantomData }
    }

    /// The elements, where they are in C order without gaps.
    #[inline(always)]
    pub fn as_standard_mut(&mut self) -> Option<&mut [T]> {
        // SAFETY: the elements are neighbours, initialised and borrowed.
        self.layout
            .is_standard()
            .then(|| unsafe { std::slice::from_raw_parts_mut(self.data.as_ptr(), self.layout.len()) })
    }

    /// The elements of a slice, in one dimension.
    #[inline]
    pub fn from_slice(slice: &'a mut [T]) -> Self {
        let layout = Layout::contiguous(&[slice.len()]).expect("a slice has a length that fits");
        // SAFETY: a slice is contiguous, initialised and borrowed for `'a`.
        unsafe { Self::from_raw_parts_unchecked(slice.as_mut_ptr(), layout) }
    }

    /// The elements of a slice in C order, as an array of `shape`.
    ///
    /// # Errors
    /// If the slice has another number of elements.
    pub fn from_shape(slice: &'a mut [T], shape: &[usize]) -> Result<Self> {
        let layout = Layout::contiguous(shape)?;
        if layout.len() != slice.len() {
            return Err(Error::length_mismatch(shape, slice.len()));
        }
        // SAFETY: the slice has as many elements, contiguous, initialised and borrowed for `'a`.
        Ok(unsafe { Self::from_raw_parts_unchecked(slice.as_mut_ptr(), layout) })
    }

    /// A view with another layout.
    ///
    /// # Safety
    /// Every element of `layout`, `offset` from the first, is an element of this view, and none has two places.
    #[inline(always)]
    unsafe fn with(self, offset: isize, layout: Layout) -> Self {
        // SAFETY: the caller's promise; without elements, offsets are zero.
        ViewMut { data: unsafe { self.data.offset(offset) }, layout, borrow: PhantomData }
    }

    /// The first element; dangling, but aligned, where there are none.
    #[inline(always)]
    pub fn as_ptr(&self) -> *const T {
        self.data.as_ptr()
    }

    /// The first element; dangling, but aligned, where there are none.
    #[inline(always)]
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.data.as_ptr()
    }

    layout_accessors! {}

    /// The same elements, for a shorter time.
    #[inline]
    pub fn reborrow(&mut self) -> ViewMut<'_, T> {
        ViewMut { data: self.data, layout: self.layout.clone(), borrow: PhantomData }
    }

    /// The elements to read.
    #[inline]
    pub fn view(&self) -> View<'_, T> {
        // SAFETY: this view's promises, and nobody writes while it is borrowed.
        unsafe { View::from_raw_parts(self.as_ptr(), self.layout.clone()) }
    }

    /// The elements to read, for as long as they are borrowed.
    #[inline]
    pub fn into_view(self) -> View<'a, T> {
        // SAFETY: this view's promises, and it is used up.
        unsafe { View::from_raw_parts(self.data.as_ptr(), self.layout) }
    }

    /// The elements in C order, if they are neighbours in that order.
    #[inline]
    pub fn as_slice(&self) -> Option<&[T]> {
        // SAFETY: contiguous and initialised; nobody writes while this is borrowed.
        self.layout.is_contiguous().then(|| unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) })
    }

    /// The elements in C order, if they are neighbours in that order.
    #[inline]
    pub fn as_slice_mut(&mut self) -> Option<&mut [T]> {
        self.reborrow().into_slice()
    }

    /// The elements in C order, if they are neighbours in that order, for as long as they are borrowed.
    #[inline]
    pub fn into_slice(self) -> Option<&'a mut [T]> {
        let len = self.len();
        // SAFETY: contiguous, initialised and exclusively borrowed for `'a`.
        let slice = || unsafe { std::slice::from_raw_parts_mut(self.data.as_ptr(), len) };
        self.layout.is_contiguous().then(slice)
    }

    /// The elements in the order they have in memory, if there are no gaps ([`Layout::is_dense`]), for as long as
    /// they are borrowed.
    #[inline]
    pub fn into_dense_slice(self) -> Option<&'a mut [T]> {
        let len = self.len();
        // SAFETY: dense, initialised and exclusively borrowed for `'a`.
        let slice = || unsafe { std::slice::from_raw_parts_mut(self.data.as_ptr(), len) };
        self.layout.is_dense().then(slice)
    }

    /// The element at `index`, negative positions counted from the end; `None` if there is no such element.
    #[inline]
    pub fn get(&self, index: &[isize]) -> Option<&T> {
        self.at(index).ok()
    }

    /// The element at `index` to read, negative positions counted from the end.
    ///
    /// # Errors
    /// If there are not as many indices as axes, or one is out of bounds.
    #[inline]
    pub fn at(&self, index: &[isize]) -> Result<&T> {
        let offset = self.layout.offset_of(index)?;
        // SAFETY: the index is in bounds, so this is an element of the view.
        Ok(unsafe { self.data.offset(offset).as_ref() })
    }

    /// The element at `index`, negative positions counted from the end; `None` if there is no such element.
    #[inline]
    pub fn get_mut(&mut self, index: &[isize]) -> Option<&mut T> {
        self.at_mut(index).ok()
    }

    /// The element at `index`, negative positions counted from the end.
    ///
    /// # Errors
    /// If there are not as many indices as axes, or one is out of bounds.
    #[inline]
    pub fn at_mut(&mut self, index: &[isize]) -> Result<&mut T> {
        let offset = self.layout.offset_of(index)?;
        // SAFETY: the index is in bounds, so this is an element of the view.
        Ok(unsafe { self.data.offset(offset).as_mut() })
    }

    /// The elements in C order, to read.
    pub fn iter(&self) -> super::Iter<'_, T> {
        super::Iter::new(self.view())
    }

    /// The elements in C order.
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut::new(self.reborrow())
    }

    /// The one-dimensional views along `axis`, in C order of the other axes.
    ///
    /// # Errors
    /// If there is no such axis.
    pub fn lanes(self, axis: isize) -> Result<LanesMut<'a, T>> {
        let axis = normalize_axis(axis, self.ndim())?;
        Ok(LanesMut::new(self, axis))
    }

    /// The views at each position of `axis`, without that axis.
    ///
    /// # Errors
    /// If there is no such axis.
    pub fn axis_iter(self, axis: isize) -> Result<AxisIterMut<'a, T>> {
        let axis = normalize_axis(axis, self.ndim())?;
        Ok(AxisIterMut::new(self, axis))
    }

    /// The parts before and from position `index` of `axis`.
    ///
    /// # Errors
    /// If there is no such axis, or the index is beyond its end.
    pub fn split_at(self, axis: isize, index: usize) -> Result<(Self, Self)> {
        let n = self.shape()[normalize_axis(axis, self.ndim())?];
        let (start, before) = self.layout.narrow(axis, 0, index)?;
        let (middle, after) = self.layout.narrow(axis, index, n)?;
        // SAFETY: the two parts name different elements of this view, each once, and it is used up.
        unsafe {
            let whole = ViewMut { data: self.data, layout: before.clone(), borrow: PhantomData };
            Ok((whole.with(start, before), self.with(middle, after)))
        }
    }

    view_operations! { self (self) "view" }
}

impl<'a, T> IntoIterator for ViewMut<'a, T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        IterMut::new(self)
    }
}

impl<T: fmt::Debug> fmt::Debug for ViewMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ViewMut").field("layout", &self.layout).field("data", &self.as_ptr()).finish()
    }
}
