//! Views of slices, vectors and nested arrays. Of `Element`s only, so that the type of nested arrays is inferred.

use super::{View, ViewMut};
use crate::element::Element;
use crate::layout::Layout;

/// The contiguous layout of nested arrays.
///
/// # Panics
/// If a shape with an axis of length zero has others whose product overflows; arrays with elements fit.
#[inline]
pub(crate) fn nested(shape: &[usize]) -> Layout {
    Layout::contiguous(shape).unwrap_or_else(|error| panic!("{error}"))
}

impl<'a, T: Element> From<&'a [T]> for View<'a, T> {
    fn from(slice: &'a [T]) -> Self {
        View::from_slice(slice)
    }
}
impl<'a, T: Element> From<&'a Vec<T>> for View<'a, T> {
    fn from(vec: &'a Vec<T>) -> Self {
        View::from_slice(vec)
    }
}
impl<'a, T: Element, const N: usize> From<&'a [T; N]> for View<'a, T> {
    fn from(array: &'a [T; N]) -> Self {
        View::from_slice(array)
    }
}
impl<'a, T: Element, const N: usize, const M: usize> From<&'a [[T; M]; N]> for View<'a, T> {
    fn from(array: &'a [[T; M]; N]) -> Self {
        // SAFETY: nested arrays are contiguous, initialised and borrowed for `'a`.
        unsafe { View::from_raw_parts(array.as_ptr().cast(), nested(&[N, M])) }
    }
}
impl<'a, T: Element, const M: usize> From<&'a [[T; M]]> for View<'a, T> {
    fn from(rows: &'a [[T; M]]) -> Self {
        // SAFETY: as above.
        unsafe { View::from_raw_parts(rows.as_ptr().cast(), nested(&[rows.len(), M])) }
    }
}
impl<'a, T: Element> From<&'a mut [T]> for ViewMut<'a, T> {
    fn from(slice: &'a mut [T]) -> Self {
        ViewMut::from_slice(slice)
    }
}
impl<'a, T: Element> From<&'a mut Vec<T>> for ViewMut<'a, T> {
    fn from(vec: &'a mut Vec<T>) -> Self {
        ViewMut::from_slice(vec)
    }
}
impl<'a, T: Element, const N: usize> From<&'a mut [T; N]> for ViewMut<'a, T> {
    fn from(array: &'a mut [T; N]) -> Self {
        ViewMut::from_slice(array)
    }
}
impl<'a, T: Element, const N: usize, const M: usize> From<&'a mut [[T; M]; N]> for ViewMut<'a, T> {
    fn from(array: &'a mut [[T; M]; N]) -> Self {
        // SAFETY: nested arrays are contiguous, initialised and exclusively borrowed for `'a`.
        unsafe { ViewMut::from_raw_parts_unchecked(array.as_mut_ptr().cast(), nested(&[N, M])) }
    }
}
