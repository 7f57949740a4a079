//! Iterators over elements, lanes and positions of an axis, of views and mutable views alike.
//!
//! Elements come in C order whatever the strides; contiguous views iterate as slices do.

use super::{View, ViewMut};
use crate::dims::Dims;
use crate::layout::{Layout, Offsets};
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::Range;
use std::ptr::NonNull;

/// The layout of `view` without `axis`, and the layout of `axis` alone. Without elements, positions have no
/// distance, so that no pointer leaves the memory.
fn take_apart(layout: &Layout, axis: usize) -> (Layout, Layout) {
    let keep = |stride: isize| if layout.is_empty() { 0 } else { stride };
    let (mut shape, mut strides) = (Dims::new(), Dims::new());
    for (i, (&n, &stride)) in layout.shape().iter().zip(layout.strides()).enumerate() {
        if i != axis {
            shape.push(n);
            strides.push(keep(stride));
        }
    }
    let lane = Layout::new(&layout.shape()[axis..=axis], &[keep(layout.strides()[axis])][..]);
    (Layout::new(shape, strides), lane)
}

macro_rules! iterators {
    ($elements:ident, $lanes:ident, $positions:ident, $view:ident, $slice:ident, $reference:ty, $as_slice:expr,
     $as_ref:ident, $make:path, $kind:literal) => {
        #[doc = concat!("The elements of a ", $kind, " in C order.")]
        pub struct $elements<'a, T>(Elements<std::slice::$slice<'a, T>, T>);

        // SAFETY: an iterator is the view it was made from.
        unsafe impl<'a, T> Send for $elements<'a, T> where $view<'a, T>: Send {}
        // SAFETY: as above.
        unsafe impl<'a, T> Sync for $elements<'a, T> where $view<'a, T>: Sync {}

        impl<'a, T> $elements<'a, T> {
            #[inline]
            pub(super) fn new(view: $view<'a, T>) -> Self {
                let (data, offsets) = (view.data, view.layout.clone());
                match $as_slice(view) {
                    Some(slice) => $elements(Elements::Slice(slice)),
                    None => $elements(Elements::Strided(data, offsets.offsets())),
                }
            }
        }

        impl<'a, T> Iterator for $elements<'a, T> {
            type Item = $reference;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                match &mut self.0 {
                    Elements::Slice(slice) => slice.next(),
                    Elements::Strided(data, offsets) => {
                        // SAFETY: an offset of the layout is an element of the view, each given once.
                        offsets.next().map(|offset| unsafe { data.offset(offset).$as_ref() })
                    }
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                match &self.0 {
                    Elements::Slice(slice) => slice.size_hint(),
                    Elements::Strided(_, offsets) => offsets.size_hint(),
                }
            }

            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                match &mut self.0 {
                    Elements::Slice(slice) => slice.nth(n),
                    Elements::Strided(data, offsets) => {
                        // SAFETY: as in `next`.
                        offsets.nth(n).map(|offset| unsafe { data.offset(offset).$as_ref() })
                    }
                }
            }

            #[inline]
            fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
                match self.0 {
                    Elements::Slice(slice) => slice.fold(init, f),
                    Elements::Strided(mut data, offsets) => offsets.fold(init, |value, offset| {
                        // A method of `&mut data` and of `&data` alike.
                        let _ = &mut data;
                        // SAFETY: as in `next`.
                        f(value, unsafe { data.offset(offset).$as_ref() })
                    }),
                }
            }
        }

        impl<T> DoubleEndedIterator for $elements<'_, T> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                match &mut self.0 {
                    Elements::Slice(slice) => slice.next_back(),
                    Elements::Strided(data, offsets) => {
                        // SAFETY: as in `next`.
                        offsets.next_back().map(|offset| unsafe { data.offset(offset).$as_ref() })
                    }
                }
            }
        }

        impl<T> ExactSizeIterator for $elements<'_, T> {}
        impl<T> FusedIterator for $elements<'_, T> {}

        impl<T> fmt::Debug for $elements<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($elements)).field("len", &self.len()).finish()
            }
        }

        #[doc = concat!("The one-dimensional views along an axis of a ", $kind, ", in C order of the others.")]
        pub struct $lanes<'a, T> {
            data: NonNull<T>,
            lane: Layout,
            starts: Offsets,
            view: PhantomData<$view<'a, T>>,
        }

        // SAFETY: an iterator is the view it was made from.
        unsafe impl<'a, T> Send for $lanes<'a, T> where $view<'a, T>: Send {}
        // SAFETY: as above.
        unsafe impl<'a, T> Sync for $lanes<'a, T> where $view<'a, T>: Sync {}

        impl<'a, T> $lanes<'a, T> {
            pub(super) fn new(view: $view<'a, T>, axis: usize) -> Self {
                let (others, lane) = take_apart(&view.layout, axis);
                $lanes { data: view.data, lane, starts: others.offsets(), view: PhantomData }
            }

            fn lane(&self, offset: isize) -> $view<'a, T> {
                // SAFETY: a lane is elements of the view; each lane is given once.
                unsafe { $make(self.data.offset(offset).as_ptr(), self.lane.clone()) }
            }
        }

        impl<'a, T> Iterator for $lanes<'a, T> {
            type Item = $view<'a, T>;
            fn next(&mut self) -> Option<Self::Item> {
                self.starts.next().map(|offset| self.lane(offset))
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.starts.size_hint()
            }
            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                self.starts.nth(n).map(|offset| self.lane(offset))
            }
        }

        impl<T> DoubleEndedIterator for $lanes<'_, T> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.starts.next_back().map(|offset| self.lane(offset))
            }
        }

        impl<T> ExactSizeIterator for $lanes<'_, T> {}
        impl<T> FusedIterator for $lanes<'_, T> {}

        impl<T> fmt::Debug for $lanes<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($lanes)).field("len", &self.len()).finish()
            }
        }

        #[doc = concat!("The views at each position of an axis of a ", $kind, ", without that axis.")]
        pub struct $positions<'a, T> {
            data: NonNull<T>,
            others: Layout,
            stride: isize,
            left: Range<usize>,
            view: PhantomData<$view<'a, T>>,
        }

        // SAFETY: an iterator is the view it was made from.
        unsafe impl<'a, T> Send for $positions<'a, T> where $view<'a, T>: Send {}
        // SAFETY: as above.
        unsafe impl<'a, T> Sync for $positions<'a, T> where $view<'a, T>: Sync {}

        impl<'a, T> $positions<'a, T> {
            pub(super) fn new(view: $view<'a, T>, axis: usize) -> Self {
                let (others, lane) = take_apart(&view.layout, axis);
                let (stride, left) = (lane.strides()[0], 0..lane.len());
                $positions { data: view.data, others, stride, left, view: PhantomData }
            }

            fn part(&self, i: usize) -> $view<'a, T> {
                // SAFETY: each position is elements of the view and given once.
                unsafe { $make(self.data.offset(i as isize * self.stride).as_ptr(), self.others.clone()) }
            }
        }

        impl<'a, T> Iterator for $positions<'a, T> {
            type Item = $view<'a, T>;
            fn next(&mut self) -> Option<Self::Item> {
                self.left.next().map(|i| self.part(i))
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.left.size_hint()
            }
            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                self.left.nth(n).map(|i| self.part(i))
            }
        }

        impl<T> DoubleEndedIterator for $positions<'_, T> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.left.next_back().map(|i| self.part(i))
            }
        }

        impl<T> ExactSizeIterator for $positions<'_, T> {}
        impl<T> FusedIterator for $positions<'_, T> {}

        impl<T> fmt::Debug for $positions<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($positions)).field("len", &self.len()).finish()
            }
        }
    };
}

/// Neighbours, or a first element and offsets.
#[derive(Clone)]
#[allow(clippy::large_enum_variant)] // lives on the stack, and a box would allocate
enum Elements<S, T> {
    Slice(S),
    Strided(NonNull<T>, Offsets),
}

iterators! {
    Iter, Lanes, AxisIter, View, Iter, &'a T, |view: View<'a, T>| view.as_slice().map(|s| s.iter()),
    as_ref, View::from_raw_parts, "view"
}

iterators! {
    IterMut, LanesMut, AxisIterMut, ViewMut, IterMut, &'a mut T,
    |view: ViewMut<'a, T>| view.into_slice().map(|s| s.iter_mut()),
    as_mut, ViewMut::from_raw_parts_unchecked, "mutable view"
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter(match &self.0 {
            Elements::Slice(slice) => Elements::Slice(slice.clone()),
            Elements::Strided(data, offsets) => Elements::Strided(*data, offsets.clone()),
        })
    }
}
