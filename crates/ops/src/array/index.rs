//! Single elements, by index.

use crate::macros::{OrPanic, on_arrays, on_writable_arrays};
use crate::{Array, ArrayView, ArrayViewMut, Element, IntoIndex};
use std::ops::{Index, IndexMut};

on_arrays! {
    /// The element at `index`, an integer for each axis, negative ones counted from the end; `None` if there is
    /// no such element.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.get((1, -1)), Some(&4));
    /// assert_eq!(a.get((2, 0)), None);
    /// ```
    #[inline]
    pub fn get(&self, index: impl IntoIndex) -> Option<&T> {
        index.with_index(|index| self.0.at(index).ok())
    }
}

on_writable_arrays! {
    /// The element at `index` to write; `None` if there is no such element. Copies first if another array shares
    /// the memory.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let mut a = array![1, 2, 3];
    /// if let Some(last) = a.get_mut(-1) {
    ///     *last = 9;
    /// }
    /// assert_eq!(a, [1, 2, 9]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn get_mut(&mut self, index: impl IntoIndex) -> Option<&mut T> {
        let view = self.write().or_panic();
        index.with_index(|index| view.into_at(index).ok())
    }
}

macro_rules! index {
    ($([$($life:lifetime)?] $type:ty;)*) => {$(
        /// The element at an index: `a[i]`, `a[[i, j]]`, `a[(i, j)]`; negative positions count from the end.
        ///
        /// Panics if there are not as many indices as axes, or one is out of bounds.
        impl<$($life,)? T: Element, I: IntoIndex> Index<I> for $type {
            type Output = T;

            #[inline]
            #[track_caller]
            fn index(&self, index: I) -> &T {
                index.with_index(|index| self.0.at(index)).or_panic()
            }
        }
    )*};
}

index! { [] Array<T>; ['a] ArrayView<'a, T>; ['a] ArrayViewMut<'a, T>; }

macro_rules! index_mut {
    ($([$($life:lifetime)?] $type:ty;)*) => {$(
        impl<$($life,)? T: Element, I: IntoIndex> IndexMut<I> for $type {
            #[inline]
            #[track_caller]
            fn index_mut(&mut self, index: I) -> &mut T {
                let view = self.write().or_panic();
                index.with_index(|index| view.into_at(index)).or_panic()
            }
        }
    )*};
}

index_mut! { [] Array<T>; ['a] ArrayViewMut<'a, T>; }
