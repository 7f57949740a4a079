//! Iterators: over elements, over the lanes along an axis, over the positions of an axis.

use crate::macros::{OrPanic, on_writable_arrays, twin_methods};
use crate::{Array, ArrayView, ArrayViewMut, Dims, Element, Result};
use isonum_core::axes::AxisIndex;
use isonum_core::view as core;
use std::iter::FusedIterator;

macro_rules! iterators {
    ($($(#[$meta:meta])* $name:ident gives $view:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name<'a, T>(core::$name<'a, T>);

        impl<'a, T: Element> Iterator for $name<'a, T> {
            type Item = $view<'a, T>;
            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map($view)
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                self.0.nth(n).map($view)
            }
        }

        impl<T: Element> DoubleEndedIterator for $name<'_, T> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().map($view)
            }
        }

        impl<T: Element> ExactSizeIterator for $name<'_, T> {}
        impl<T: Element> FusedIterator for $name<'_, T> {}
    )*};
}

iterators! {
    /// The one-dimensional views along an axis, in C order of the other axes. Made by [`Array::lanes`] and
    /// [`Array::rows`].
    Lanes gives ArrayView;
    /// The one-dimensional views along an axis to write. Made by [`Array::lanes_mut`] and [`Array::rows_mut`].
    LanesMut gives ArrayViewMut;
    /// The views at each position of an axis, without that axis. Made by [`Array::axis_iter`] and
    /// [`Array::outer_iter`].
    AxisIter gives ArrayView;
    /// The views at each position of an axis to write. Made by [`Array::axis_iter_mut`] and
    /// [`Array::outer_iter_mut`].
    AxisIterMut gives ArrayViewMut;
}

/// Elements with their indices, in C order. Made by [`Array::indexed_iter`].
#[derive(Clone, Debug)]
pub struct IndexedIter<'a, T> {
    elements: core::Iter<'a, T>,
    shape: Dims<usize>,
    next: Dims<usize>,
}

impl<'a, T: Element> Iterator for IndexedIter<'a, T> {
    type Item = (Dims<usize>, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        let element = self.elements.next()?;
        let index = self.next.clone();
        for axis in (0..self.shape.len()).rev() {
            self.next[axis] += 1;
            if self.next[axis] < self.shape[axis] {
                break;
            }
            self.next[axis] = 0;
        }
        Some((index, element))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.elements.size_hint()
    }
}

impl<T: Element> ExactSizeIterator for IndexedIter<'_, T> {}
impl<T: Element> FusedIterator for IndexedIter<'_, T> {}

/// Iteration to read, with the lifetime `$v` of the elements.
macro_rules! reading {
    ($([$($life:lifetime)?] $type:ty, $v:lifetime, $self:ident => $view:expr;)*) => {$(
        impl<$($life,)? T: Element> $type {
            /// The elements in C order.
            ///
            /// # Examples
            /// ```
            /// # use isonum::prelude::*;
            /// let a = array![[1, 2], [3, 4]];
            /// assert!(a.t().iter().eq(&[1, 3, 2, 4]));
            /// ```
            #[inline]
            pub fn iter(&$self) -> core::Iter<$v, T> {
                $view.into_iter()
            }

            /// The elements in C order, each with its index.
            ///
            /// # Examples
            /// ```
            /// # use isonum::prelude::*;
            /// let a = array![[1, 2], [3, 4]];
            /// for (index, &x) in a.indexed_iter() {
            ///     assert_eq!(a[&index], x);
            /// }
            /// ```
            #[doc(alias = "ndenumerate")]
            pub fn indexed_iter(&$self) -> IndexedIter<$v, T> {
                let shape = Dims::from_slice($self.shape());
                IndexedIter { elements: $self.iter(), next: Dims::filled(shape.len(), 0), shape }
            }

            twin_methods! { &$self;
                /// The one-dimensional views along `axis`, in C order of the other axes.
                ///
                /// # Panics
                /// If there is no such axis.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2, 3], [4, 5, 6]];
                /// let columns: Vec<_> = a.lanes(0).map(|lane| lane.to_vec()).collect();
                /// assert_eq!(columns, [[1, 4], [2, 5], [3, 6]]);
                /// ```
                fn lanes try_lanes [] (axis: impl AxisIndex) -> Lanes<$v, T> {
                    $view.lanes(axis.to_axis()).map(Lanes)
                }

                /// The one-dimensional views along the last axis: of a matrix, its rows.
                ///
                /// # Panics
                /// If there are no axes.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
                /// let sums: Vec<_> = a.rows().map(|row| row.sum()).collect();
                /// assert_eq!(sums, [6.0, 15.0]);
                /// ```
                fn rows try_rows [] () -> Lanes<$v, T> {
                    $view.lanes(-1).map(Lanes)
                }

                /// The views at each position of `axis`, without that axis.
                ///
                /// # Panics
                /// If there is no such axis.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let a = array![[1, 2, 3], [4, 5, 6]];
                /// let columns: Vec<_> = a.axis_iter(1).map(|column| column.to_vec()).collect();
                /// assert_eq!(columns, [[1, 4], [2, 5], [3, 6]]);
                /// ```
                #[doc(alias = "unstack")]
                fn axis_iter try_axis_iter [] (axis: impl AxisIndex) -> AxisIter<$v, T> {
                    $view.axis_iter(axis.to_axis()).map(AxisIter)
                }

                /// The views at each position of the first axis.
                ///
                /// # Panics
                /// If there are no axes.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let images = Array::<u8>::zeros([10, 28, 28]);
                /// assert!(images.outer_iter().all(|image| image.shape() == [28, 28]));
                /// ```
                fn outer_iter try_outer_iter [] () -> AxisIter<$v, T> {
                    $view.axis_iter(0).map(AxisIter)
                }
            }
        }
    )*};
}

reading! {
    [] Array<T>, '_, self => self.0.view();
    ['a] ArrayView<'a, T>, 'a, self => self.0.clone();
    ['a] ArrayViewMut<'a, T>, '_, self => self.0.view();
}

on_writable_arrays! {
    twin_methods! { &mut self;
        /// The elements in C order, to write.
        ///
        /// # Panics
        /// If the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![1, 2, 3];
        /// a.iter_mut().for_each(|x| *x *= 2);
        /// assert_eq!(a, [2, 4, 6]);
        /// ```
        fn iter_mut try_iter_mut [] () -> core::IterMut<'_, T> {
            Ok(self.write()?.into_iter())
        }

        /// The one-dimensional views along `axis`, to write.
        ///
        /// # Panics
        /// If there is no such axis, or the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![[3, 2], [1, 4]];
        /// a.lanes_mut(1).for_each(|mut lane| lane.as_slice_mut().unwrap().sort());
        /// assert_eq!(a, [[2, 3], [1, 4]]);
        /// ```
        fn lanes_mut try_lanes_mut [] (axis: impl AxisIndex) -> LanesMut<'_, T> {
            self.write()?.lanes(axis.to_axis()).map(LanesMut)
        }

        /// The one-dimensional views along the last axis, to write.
        ///
        /// # Panics
        /// If there are no axes, or the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![[1.0, 3.0], [1.0, 1.0]];
        /// for mut row in a.rows_mut() {
        ///     let sum = row.sum();
        ///     row /= sum;
        /// }
        /// assert_eq!(a, [[0.25, 0.75], [0.5, 0.5]]);
        /// ```
        fn rows_mut try_rows_mut [] () -> LanesMut<'_, T> {
            self.write()?.lanes(-1).map(LanesMut)
        }

        /// The views at each position of `axis`, to write.
        ///
        /// # Panics
        /// If there is no such axis, or the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = Array::zeros([2, 3]);
        /// for (i, mut column) in a.axis_iter_mut(1).enumerate() {
        ///     column.fill(i as f64);
        /// }
        /// assert_eq!(a, [[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]);
        /// ```
        fn axis_iter_mut try_axis_iter_mut [] (axis: impl AxisIndex) -> AxisIterMut<'_, T> {
            self.write()?.axis_iter(axis.to_axis()).map(AxisIterMut)
        }

        /// The views at each position of the first axis, to write.
        ///
        /// # Panics
        /// If there are no axes, or the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![[1, 2], [3, 4]];
        /// a.outer_iter_mut().next().unwrap().fill(0);
        /// assert_eq!(a, [[0, 0], [3, 4]]);
        /// ```
        fn outer_iter_mut try_outer_iter_mut [] () -> AxisIterMut<'_, T> {
            self.write()?.axis_iter(0).map(AxisIterMut)
        }
    }
}

impl<'a, T: Element> IntoIterator for &'a Array<T> {
    type Item = &'a T;
    type IntoIter = core::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: Element> IntoIterator for &'a mut Array<T> {
    type Item = &'a mut T;
    type IntoIter = core::IterMut<'a, T>;
    #[track_caller]
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: Element> IntoIterator for Array<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    #[track_caller]
    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T: Element> IntoIterator for ArrayView<'a, T> {
    type Item = &'a T;
    type IntoIter = core::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T: Element> IntoIterator for &ArrayView<'a, T> {
    type Item = &'a T;
    type IntoIter = core::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: Element> IntoIterator for ArrayViewMut<'a, T> {
    type Item = &'a mut T;
    type IntoIter = core::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
