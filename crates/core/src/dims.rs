//! A small vector of axes: one value for each axis of an array.
//!
//! Shapes and strides are copied with every view, so they live inline up to rank five and allocate only
//! beyond. Any rank works.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// The highest rank that allocates nothing.
const INLINE: usize = 5;

/// One `T` for each axis: a vector that allocates only for ranks above five.
///
/// Dereferences to a slice.
pub struct Dims<T>(Repr<T>);

enum Repr<T> {
    Inline(u8, [T; INLINE]),
    Heap(Vec<T>),
}

impl<T> Dims<T> {
    /// Whether the values lie in the vector itself, so that its bytes are all of it.
    #[inline(always)]
    pub(crate) fn is_inline(&self) -> bool {
        matches!(self.0, Repr::Inline(..))
    }
}

impl<T: Copy> Clone for Dims<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        match &self.0 {
            // Byte for byte: part by part, the next move would read the parts before they are written, and wait.
            // SAFETY: an inline vector of `Copy` values owns nothing.
            Repr::Inline(..) => unsafe { std::ptr::read(self) },
            Repr::Heap(heap) => Dims(Repr::Heap(heap.clone())),
        }
    }
}

impl<T: Copy + Default> Dims<T> {
    /// No axes.
    #[inline]
    pub fn new() -> Self {
        Dims(Repr::Inline(0, [T::default(); INLINE]))
    }

    /// `rank` times `value`.
    #[inline]
    pub fn filled(rank: usize, value: T) -> Self {
        if rank <= INLINE {
            Dims(Repr::Inline(rank as u8, [value; INLINE]))
        } else {
            Dims(Repr::Heap(vec![value; rank]))
        }
    }

    /// `value(axis)` for each axis in order.
    #[inline]
    pub fn from_fn(rank: usize, mut value: impl FnMut(usize) -> T) -> Self {
        let mut dims = Self::filled(rank, T::default());
        for (axis, slot) in dims.iter_mut().enumerate() {
            *slot = value(axis);
        }
        dims
    }

    /// A copy of `values`.
    #[inline]
    pub fn from_slice(values: &[T]) -> Self {
        if values.len() <= INLINE {
            // Place by place: a copy of a length known at run time would be a call.
            let data = std::array::from_fn(|i| values.get(i).copied().unwrap_or_default());
            Dims(Repr::Inline(values.len() as u8, data))
        } else {
            Dims(Repr::Heap(values.to_vec()))
        }
    }

    /// Appends an axis.
    #[inline]
    pub fn push(&mut self, value: T) {
        match &mut self.0 {
            Repr::Inline(len, data) if (*len as usize) < INLINE => {
                data[*len as usize] = value;
                *len += 1;
            }
            _ => self.insert(self.len(), value),
        }
    }

    /// Inserts an axis before axis `at`.
    ///
    /// # Panics
    /// If `at` is above the rank.
    #[inline]
    pub fn insert(&mut self, at: usize, value: T) {
        match &mut self.0 {
            Repr::Inline(len, data) if (*len as usize) < INLINE => {
                let n = *len as usize;
                assert!(at <= n, "insertion at {at} of {n} axes");
                data.copy_within(at..n, at + 1);
                data[at] = value;
                *len += 1;
            }
            Repr::Inline(_, data) => {
                let mut heap = Vec::with_capacity(2 * INLINE);
                heap.extend_from_slice(data);
                heap.insert(at, value);
                self.0 = Repr::Heap(heap);
            }
            Repr::Heap(heap) => heap.insert(at, value),
        }
    }

    /// Removes axis `at` and returns its value.
    ///
    /// # Panics
    /// If there is no such axis.
    #[inline]
    pub fn remove(&mut self, at: usize) -> T {
        match &mut self.0 {
            Repr::Inline(len, data) => {
                let n = *len as usize;
                assert!(at < n, "removal at {at} of {n} axes");
                let value = data[at];
                data.copy_within(at + 1..n, at);
                *len -= 1;
                value
            }
            Repr::Heap(heap) => heap.remove(at),
        }
    }
}

impl<T> Deref for Dims<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        match &self.0 {
            Repr::Inline(len, data) => &data[..*len as usize],
            Repr::Heap(heap) => heap,
        }
    }
}

impl<T> DerefMut for Dims<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Repr::Inline(len, data) => &mut data[..*len as usize],
            Repr::Heap(heap) => heap,
        }
    }
}

impl<T: Copy + Default> Default for Dims<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Dims<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Dims<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
impl<T: Eq> Eq for Dims<T> {}
impl<T: PartialEq> PartialEq<[T]> for Dims<T> {
    fn eq(&self, other: &[T]) -> bool {
        **self == *other
    }
}
impl<T: PartialEq> PartialEq<&[T]> for Dims<T> {
    fn eq(&self, other: &&[T]) -> bool {
        **self == **other
    }
}
impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for Dims<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        **self == *other
    }
}

impl<T: Copy + Default> FromIterator<T> for Dims<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut dims = Self::new();
        values.into_iter().for_each(|value| dims.push(value));
        dims
    }
}

impl<T: Copy + Default> From<&[T]> for Dims<T> {
    fn from(values: &[T]) -> Self {
        Self::from_slice(values)
    }
}

impl<'d, T> IntoIterator for &'d Dims<T> {
    type Item = &'d T;
    type IntoIter = std::slice::Iter<'d, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_shrinks_across_the_inline_rank() {
        let mut dims = Dims::new();
        for i in 0..10usize {
            dims.push(i);
        }
        assert_eq!(dims, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(dims.remove(3), 3);
        dims.insert(0, 7);
        assert_eq!(dims, [7, 0, 1, 2, 4, 5, 6, 7, 8, 9]);
        let small: Dims<usize> = dims[..4].into();
        assert_eq!(small, [7, 0, 1, 2]);
        assert_eq!(Dims::from_fn(3, |i| i * 2), [0, 2, 4]);
        assert_eq!(Dims::filled(7, 1usize).len(), 7);
    }

    #[test]
    fn inserts_and_removes_inline() {
        let mut dims: Dims<usize> = [1, 2, 3].into_iter().collect();
        dims.insert(1, 9);
        assert_eq!(dims, [1, 9, 2, 3]);
        assert_eq!(dims.remove(0), 1);
        assert_eq!(dims, [9, 2, 3]);
    }

    #[test]
    fn fits_in_six_words() {
        assert_eq!(size_of::<Dims<usize>>(), 48);
    }
}
