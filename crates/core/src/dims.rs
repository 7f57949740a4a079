//! A small vector of axes: one value for each axis of an array.
//!
//! Shapes and strides are copied with every view, so they live inline up to rank five and allocate only
//! beyond. Any rank works.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// The highest rank that allocates nothing.
const INLINE: usize = 5;

/// One `T` for each axis: a vector that allocates only for ranks above five.
///
/// Dereferences to a slice.
pub struct Dims<T: Copy> {
    rank: usize,
    places: Places<T>,
}

/// Not an enum: whatever holds the axes would keep its own tag in the tag's unused values, and be moved around it in
/// pieces, which the processor cannot put together in time.
union Places<T: Copy> {
    /// Up to `INLINE` axes, and values without meaning behind them.
    inline: [T; INLINE],
    /// More: a boxed slice of `rank` values.
    heap: NonNull<T>,
}

// SAFETY: values are reached through references of `&self` and `&mut self` only.
unsafe impl<T: Copy + Send> Send for Dims<T> {}
// SAFETY: as above.
unsafe impl<T: Copy + Sync> Sync for Dims<T> {}

impl<T: Copy> Dims<T> {
    /// Whether the values lie in the vector itself, so that its bytes are all of it.
    #[inline(always)]
    pub(crate) fn is_inline(&self) -> bool {
        self.rank <= INLINE
    }

    /// The values of `boxed`, which are more than `INLINE`.
    #[cold]
    fn from_box(boxed: Box<[T]>) -> Self {
        let rank = boxed.len();
        assert!(rank > INLINE, "few axes live inline");
        let heap = NonNull::from(Box::leak(boxed)).cast();
        Dims { rank, places: Places { heap } }
    }
}

impl<T: Copy> Drop for Dims<T> {
    #[inline(always)]
    fn drop(&mut self) {
        #[cold]
        #[inline(never)]
        fn free<T: Copy>(heap: NonNull<T>, rank: usize) {
            // SAFETY: the values were leaked by `from_box`, and go once.
            drop(unsafe { Box::from_raw(NonNull::slice_from_raw_parts(heap, rank).as_ptr()) });
        }
        if !self.is_inline() {
            // SAFETY: above `INLINE`, the values are on the heap.
            free(unsafe { self.places.heap }, self.rank);
        }
    }
}

impl<T: Copy> Clone for Dims<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        if self.is_inline() {
            // Byte for byte: part by part, the next move would read the parts before they are written, and wait.
            // SAFETY: an inline vector of `Copy` values owns nothing.
            unsafe { std::ptr::read(self) }
        } else {
            Self::from_box((**self).into())
        }
    }
}

impl<T: Copy + Default> Dims<T> {
    /// No axes.
    #[inline]
    pub fn new() -> Self {
        Self::filled(0, T::default())
    }

    /// `rank` times `value`.
    #[inline]
    pub fn filled(rank: usize, value: T) -> Self {
        if rank <= INLINE {
            Dims { rank, places: Places { inline: [value; INLINE] } }
        } else {
            Self::from_box(vec![value; rank].into())
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
            let inline = std::array::from_fn(|i| values.get(i).copied().unwrap_or_default());
            Dims { rank: values.len(), places: Places { inline } }
        } else {
            Self::from_box(values.into())
        }
    }

    /// Appends an axis.
    #[inline]
    pub fn push(&mut self, value: T) {
        if self.rank < INLINE {
            // SAFETY: below `INLINE`, the values are inline.
            unsafe { self.places.inline[self.rank] = value };
            self.rank += 1;
        } else {
            self.insert(self.rank, value);
        }
    }

    /// Inserts an axis before axis `at`.
    ///
    /// # Panics
    /// If `at` is above the rank.
    #[inline]
    pub fn insert(&mut self, at: usize, value: T) {
        let rank = self.rank;
        assert!(at <= rank, "insertion at {at} of {rank} axes");
        if rank < INLINE {
            // SAFETY: below `INLINE`, the values are inline.
            let inline = unsafe { &mut self.places.inline };
            inline.copy_within(at..rank, at + 1);
            inline[at] = value;
            self.rank += 1;
        } else {
            *self = Self::from_fn(rank + 1, |axis| match axis.cmp(&at) {
                Ordering::Less => self[axis],
                Ordering::Equal => value,
                Ordering::Greater => self[axis - 1],
            });
        }
    }

    /// Removes axis `at` and returns its value.
    ///
    /// # Panics
    /// If there is no such axis.
    #[inline]
    pub fn remove(&mut self, at: usize) -> T {
        let rank = self.rank;
        assert!(at < rank, "removal at {at} of {rank} axes");
        let value = self[at];
        if rank <= INLINE {
            // SAFETY: up to `INLINE`, the values are inline.
            unsafe { self.places.inline.copy_within(at + 1..rank, at) };
            self.rank -= 1;
        } else {
            *self = Self::from_fn(rank - 1, |axis| self[axis + (axis >= at) as usize]);
        }
        value
    }
}

impl<T: Copy> Deref for Dims<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: `rank` values lie inline up to `INLINE`, on the heap above.
        unsafe {
            let first = if self.is_inline() {
                (&raw const self.places.inline).cast()
            } else {
                self.places.heap.as_ptr()
            };
            std::slice::from_raw_parts(first, self.rank)
        }
    }
}

impl<T: Copy> DerefMut for Dims<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as for `deref`.
        unsafe {
            let first = if self.is_inline() {
                (&raw mut self.places.inline).cast()
            } else {
                self.places.heap.as_ptr()
            };
            std::slice::from_raw_parts_mut(first, self.rank)
        }
    }
}

impl<T: Copy + Default> Default for Dims<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Copy + fmt::Debug> fmt::Debug for Dims<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Copy + PartialEq> PartialEq for Dims<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
impl<T: Copy + Eq> Eq for Dims<T> {}
impl<T: Copy + PartialEq> PartialEq<[T]> for Dims<T> {
    fn eq(&self, other: &[T]) -> bool {
        **self == *other
    }
}
impl<T: Copy + PartialEq> PartialEq<&[T]> for Dims<T> {
    fn eq(&self, other: &&[T]) -> bool {
        **self == **other
    }
}
impl<T: Copy + PartialEq, const N: usize> PartialEq<[T; N]> for Dims<T> {
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

impl<'d, T: Copy> IntoIterator for &'d Dims<T> {
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
