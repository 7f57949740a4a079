//! Arrays repeated, shifted and cut.

use crate::array::storage;
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Dims, Element, Error, IntoShape, Result, Storage};
use isonum_core::axes::{AxisIndex, normalize_axis};
use isonum_runtime::elementwise;

twins! {
    /// Each element along `axis` repeated `n` times.
    ///
    /// # Panics
    /// If there is no such axis.
    ///
    /// # Examples
    /// ```
    /// use isonum::repeat;
    /// assert_eq!(repeat([[1, 2]], 2, 1), [[1, 1, 2, 2]]);
    /// assert_eq!(repeat([[1, 2]], 2, 0), [[1, 2], [1, 2]]);
    /// ```
    #[doc(alias = "repeat_interleave")]
    fn repeat try_repeat [T: Element] (a: impl ArrayLike<T>, n: usize, axis: impl AxisIndex) -> Array<T> {
        let array = storage(a)?;
        let axis = normalize_axis(axis.to_axis(), array.ndim())?;
        // A new axis behind it, of length n, then both joined.
        let mut shape = Dims::from_slice(array.shape());
        shape.insert(axis + 1, n);
        let spread = array.expand_dims(axis + 1)?.broadcast_to(&shape)?;
        let n = array.shape()[axis].checked_mul(n).ok_or_else(|| Error::size_overflow(&shape))?;
        let mut joined = Dims::from_slice(array.shape());
        joined[axis] = n;
        let signed: Dims<isize> = joined.iter().map(|&n| n as isize).collect();
        elementwise::contiguous(&spread.view())?.reshape(&signed).map(Array)
    }

    /// The array repeated as a tile: `n[i]` times along axis `i`. Missing axes come first, in `n` and in the array.
    ///
    /// # Panics
    /// If a count is negative.
    ///
    /// # Examples
    /// ```
    /// use isonum::tile;
    /// assert_eq!(tile([1, 2], 2), [1, 2, 1, 2]);
    /// assert_eq!(tile([1, 2], (2, 2)), [[1, 2, 1, 2], [1, 2, 1, 2]]);
    /// assert_eq!(tile([[1], [2]], 3), [[1, 1, 1], [2, 2, 2]]);
    /// ```
    fn tile try_tile [T: Element] (a: impl ArrayLike<T>, n: impl IntoShape) -> Array<T> {
        let counts = crate::array::lengths(n)?;
        let view = a.view();
        let ndim = counts.len().max(view.ndim());
        let padded = |lengths: &[usize], axis: usize| {
            (axis + lengths.len()).checked_sub(ndim).map_or(1, |i| lengths[i])
        };
        // Each axis twice, the repeats before the elements, then pairs joined.
        let (mut apart, mut spread, mut joined) = (Dims::new(), Dims::new(), Dims::new());
        for axis in 0..ndim {
            let (times, n) = (padded(&counts, axis), padded(view.shape(), axis));
            apart.push(1);
            apart.push(n as isize);
            spread.push(times);
            spread.push(n);
            let product = times.checked_mul(n).ok_or_else(|| Error::size_overflow(&[times, n]))?;
            joined.push(product as isize);
        }
        let apart: Storage<T> = super::reshape_storage(&storage(a)?, &apart)?;
        elementwise::contiguous(&apart.broadcast_to(&spread)?.view())?.reshape(&joined).map(Array)
    }

    /// The elements moved `shift` places along `axis`; those that leave the end come back at the beginning.
    ///
    /// # Panics
    /// If there is no such axis.
    ///
    /// # Examples
    /// ```
    /// use isonum::roll;
    /// assert_eq!(roll([1, 2, 3, 4], 1, 0), [4, 1, 2, 3]);
    /// assert_eq!(roll([1, 2, 3, 4], -1, 0), [2, 3, 4, 1]);
    /// ```
    fn roll try_roll [T: Element] (a: impl ArrayLike<T>, shift: isize, axis: impl AxisIndex) -> Array<T> {
        let view = a.view();
        let axis = normalize_axis(axis.to_axis(), view.ndim())?;
        let n = view.shape()[axis];
        if n == 0 {
            return storage(a).map(Array);
        }
        let (head, tail) = view.split_at(axis as isize, n - shift.rem_euclid(n as isize) as usize)?;
        crate::try_concatenate(&[tail, head], axis)
    }
}

on_arrays! {
    twin_methods! { &self;
        /// As the function [`repeat`](fn@crate::repeat).
        ///
        /// # Panics
        /// If there is no such axis.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1, 2].repeat(2, 0), [1, 1, 2, 2]);
        /// ```
        fn repeat try_repeat [] (n: usize, axis: impl AxisIndex) -> Array<T> {
            try_repeat(self, n, axis)
        }

        /// As the function [`tile`](fn@crate::tile).
        ///
        /// # Panics
        /// If a count is negative.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1, 2].tile((2, 1)), [[1, 2], [1, 2]]);
        /// ```
        fn tile try_tile [] (n: impl IntoShape) -> Array<T> {
            try_tile(self, n)
        }

        /// As the function [`roll`](fn@crate::roll).
        ///
        /// # Panics
        /// If there is no such axis.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1, 2, 3].roll(1, 0), [3, 1, 2]);
        /// ```
        fn roll try_roll [] (shift: isize, axis: impl AxisIndex) -> Array<T> {
            try_roll(self, shift, axis)
        }
    }
}
