//! Where elements are not zero, and how often integers occur.

use crate::collect::{try_collect, try_push};
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{
    Array, ArrayLike, ArrayView, ArrayViewMut, Element, Error, Float, IndexArray, Integer, Result, Storage,
    View,
};
use isonum_runtime::elementwise;

/// The index of each element that is not zero, in C order, one axis after the other.
fn places<T: Element>(view: &View<'_, T>) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for (index, x) in ArrayView(view.clone()).indexed_iter() {
        if x.is_nonzero() {
            for &i in index.iter() {
                try_push(&mut found, i as i64)?;
            }
        }
    }
    Ok(found)
}

/// The number that stands for each element, none of them negative.
fn bins<I: Integer>(operation: &'static str, view: &View<'_, I>) -> Result<Vec<usize>> {
    if view.ndim() != 1 {
        return Err(Error::invalid_argument(operation, format!("needs one axis, found {}", view.ndim())));
    }
    let bin = |x: &I| {
        let wrong = if *x < I::ZERO { "must not be negative" } else { "is too large" };
        x.to_usize().ok_or_else(|| Error::invalid_argument(operation, format!("{wrong}, found {x}")))
    };
    try_collect(view.iter().map(bin))
}

/// What `count` adds up in each bin.
fn count<C: Element>(bins: &[usize], n: usize, mut add: impl FnMut(&mut C, usize)) -> Result<Array<C>> {
    let n = bins.iter().max().map_or(0, |&largest| largest.saturating_add(1)).max(n);
    let mut counts = Storage::zeros(&[n])?;
    let mut view = counts.view_mut()?;
    if let Some(counts) = view.as_slice_mut() {
        bins.iter().enumerate().for_each(|(i, &bin)| add(&mut counts[bin], i));
    }
    Ok(Array(counts))
}

twins! {
    /// How often each number from 0 occurs in a vector of integers that are not negative, up to the largest. They are of
    /// any type, `usize` too.
    ///
    /// # Panics
    /// If there is not one axis, or an element is negative.
    ///
    /// # Examples
    /// ```
    /// use isonum::bincount;
    /// assert_eq!(bincount([0, 1, 1, 3]), [1, 2, 0, 1]);
    /// ```
    fn bincount try_bincount [I: Integer] (a: impl IndexArray<I>) -> Array<i64> {
        count(&bins("bincount", &a.indices())?, 0, |count, _| *count += 1)
    }

    /// [`bincount`] with at least `minlength` counts.
    ///
    /// # Panics
    /// If there is not one axis, or an element is negative.
    ///
    /// # Examples
    /// ```
    /// use isonum::bincount_min;
    /// assert_eq!(bincount_min([1u8, 1], 4), [0, 2, 0, 0]);
    /// ```
    fn bincount_min try_bincount_min [I: Integer] (a: impl IndexArray<I>, minlength: usize) -> Array<i64> {
        count(&bins("bincount_min", &a.indices())?, minlength, |count, _| *count += 1)
    }

    /// [`bincount_min`] where each element counts as its weight, added in order.
    ///
    /// # Panics
    /// If there is not one axis, an element is negative, or the weights have another shape.
    ///
    /// # Examples
    /// ```
    /// use isonum::bincount_weighted;
    /// assert_eq!(bincount_weighted([0, 2, 2], [0.5, 1.0, 2.0], 0), [0.5, 0.0, 3.0]);
    /// ```
    fn bincount_weighted try_bincount_weighted [I: Integer, T: Float] (
        a: impl IndexArray<I>, weights: impl ArrayLike<T>, minlength: usize,
    ) -> Array<T> {
        let (a, weights) = (a.indices(), weights.view());
        if a.shape() != weights.shape() {
            return Err(Error::shape_mismatch("bincount_weighted", a.shape(), weights.shape()));
        }
        let weights = try_collect(weights.iter().map(|&weight| Ok(weight)))?;
        count(&bins("bincount_weighted", &a)?, minlength, |sum, i| *sum = *sum + weights[i])
    }

    /// The indices of the elements that are not zero, in C order: for each axis a vector of positions.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::nonzero;
    /// let places = nonzero([[1, 0], [0, 2], [0, 3]]);
    /// assert_eq!(places[0], [0, 1, 2]);
    /// assert_eq!(places[1], [0, 1, 1]);
    /// ```
    fn nonzero try_nonzero [T: Element] (a: impl ArrayLike<T>) -> Vec<Array<i64>> {
        let places = try_argwhere(a)?;
        places.axis_iter(1).map(|axis| elementwise::contiguous(&axis.0).map(Array)).collect()
    }

    /// The indices of the elements that are not zero, in C order: one row for each, of shape `(n, ndim)`.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::argwhere;
    /// assert_eq!(argwhere([[true, false], [false, true]]), [[0, 0], [1, 1]]);
    /// ```
    fn argwhere try_argwhere [T: Element] (a: impl ArrayLike<T>) -> Array<i64> {
        let view = a.view();
        let places = places(&view)?;
        let n = match view.ndim() {
            0 => view.iter().filter(|x| x.is_nonzero()).count(),
            ndim => places.len() / ndim,
        };
        Storage::from_vec(places, &[n, view.ndim()]).map(Array)
    }

    /// The positions in C order of the elements that are not zero.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::flatnonzero;
    /// assert_eq!(flatnonzero([[1, 0], [0, 2]]), [0, 3]);
    /// ```
    fn flatnonzero try_flatnonzero [T: Element] (a: impl ArrayLike<T>) -> Array<i64> {
        let view = a.view();
        let found = view.iter().enumerate().filter(|(_, x)| x.is_nonzero());
        Array::try_from_vec(try_collect(found.map(|(i, _)| Ok(i as i64)))?)
    }
}

on_arrays! {
    twin_methods! { &self;
        /// The indices of the elements that are not zero, as the function [`nonzero`](fn@crate::nonzero).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![5, 0, 7];
        /// assert_eq!(a.nonzero()[0], [0, 2]);
        /// ```
        fn nonzero try_nonzero [] () -> Vec<Array<i64>> {
            try_nonzero(self)
        }

        /// The indices of the elements that are not zero, one row for each, as the function
        /// [`argwhere`](fn@crate::argwhere).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![[0, 5], [7, 0]];
        /// assert_eq!(a.argwhere(), [[0, 1], [1, 0]]);
        /// ```
        fn argwhere try_argwhere [] () -> Array<i64> {
            try_argwhere(self)
        }

        /// The positions in C order of the elements that are not zero, as the function
        /// [`flatnonzero`](fn@crate::flatnonzero).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![[0, 5], [7, 0]];
        /// assert_eq!(a.flatnonzero(), [1, 2]);
        /// ```
        fn flatnonzero try_flatnonzero [] () -> Array<i64> {
            try_flatnonzero(self)
        }

        /// How often each number from 0 occurs, as the function [`bincount`](fn@crate::bincount).
        ///
        /// # Panics
        /// If there is not one axis, or an element is negative.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![2, 0, 2].bincount(), [1, 0, 2]);
        /// ```
        fn bincount try_bincount [] () -> Array<i64> where T: Integer {
            try_bincount(self)
        }

        /// [`bincount`](Self::bincount) with at least `minlength` counts, as the function
        /// [`bincount_min`](fn@crate::bincount_min).
        ///
        /// # Panics
        /// If there is not one axis, or an element is negative.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1, 1].bincount_min(4), [0, 2, 0, 0]);
        /// ```
        fn bincount_min try_bincount_min [] (minlength: usize) -> Array<i64> where T: Integer {
            try_bincount_min(self, minlength)
        }

        /// [`bincount_min`](Self::bincount_min) where each element counts as its weight, as the function
        /// [`bincount_weighted`](fn@crate::bincount_weighted).
        ///
        /// # Panics
        /// If there is not one axis, an element is negative, or the weights have another shape.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![0, 2, 2].bincount_weighted([0.5, 1.0, 2.0], 0), [0.5, 0.0, 3.0]);
        /// ```
        fn bincount_weighted try_bincount_weighted [W: Float] (weights: impl ArrayLike<W>, minlength: usize)
            -> Array<W> where T: Integer {
            try_bincount_weighted(self, weights, minlength)
        }
    }
}
