//! Elements picked by index or by mask.

use crate::collect::{try_collect, with_capacity};
use crate::macros::{OrPanic, on_arrays, on_writable_arrays, twin_methods, twins};
use crate::{
    Array, ArrayLike, ArrayView, ArrayViewMut, Dims, Element, Error, IndexArray, Integer, Result, Storage,
    View,
};
use isonum_core::axes::{AxisIndex, normalize_axis};
use isonum_runtime::elementwise;

/// An index as a position on `axis` of length `n`; negative ones count from the end.
#[inline]
fn position<I: Integer>(index: I, axis: usize, n: usize) -> Result<usize> {
    let at = index.to_isize().map(|at| if at < 0 { at.wrapping_add(n as isize) } else { at });
    match at.and_then(|at| usize::try_from(at).ok()) {
        Some(at) if at < n => Ok(at),
        // Every integer type fits.
        _ => Err(Error::index_out_of_bounds(index.to_i128().unwrap_or_default(), axis, n)),
    }
}

/// All positions, checked.
fn positions<I: Integer>(indices: &View<'_, I>, axis: usize, n: usize) -> Result<Vec<usize>> {
    try_collect(indices.iter().map(|&index| position(index, axis, n)))
}

/// The parts of `view` at `positions` of `axis`, as a C-order array of `shape`.
fn gather<T: Element>(
    view: &View<'_, T>,
    positions: &[usize],
    axis: usize,
    shape: &[usize],
) -> Result<Array<T>> {
    let contiguous;
    let slice = match view.as_slice() {
        Some(slice) => slice,
        None => {
            contiguous = elementwise::contiguous(view)?;
            contiguous.as_slice().unwrap_or_default()
        }
    };
    let outer: usize = view.shape()[..axis].iter().product();
    let inner: usize = view.shape()[axis + 1..].iter().product();
    let n = view.shape()[axis];
    let len = isonum_core::Layout::contiguous_for::<T>(shape)?.len();
    let mut out = with_capacity(len)?;
    if len > 0 {
        for block in 0..outer {
            let block = &slice[block * n * inner..][..n * inner];
            match inner {
                1 => out.extend(positions.iter().map(|&at| block[at])),
                _ => positions.iter().for_each(|&at| out.extend_from_slice(&block[at * inner..][..inner])),
            }
        }
    }
    Storage::from_vec(out, shape).map(Array)
}

twins! {
    /// The parts of `a` at `indices` of `axis`. The axes of `indices` take the place of `axis`; negative indices
    /// count from the end. Indices are integers of any type, `usize` too.
    ///
    /// # Panics
    /// If an index is out of bounds or there is no such axis.
    ///
    /// # Examples
    /// ```
    /// use isonum::take;
    /// let a = [[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(take(a, [2, 0], 1), [[3, 1], [6, 4]]);
    /// assert_eq!(take(a, [[0], [-1]], 0), [[[1, 2, 3]], [[4, 5, 6]]]);
    /// let odd: Vec<usize> = (0..3).filter(|i| i % 2 == 1).collect();
    /// assert_eq!(take(a, &odd, 1), [[2], [5]]);
    /// ```
    #[doc(alias = "index_select")]
    #[doc(alias = "gather")]
    fn take try_take [T: Element, I: Integer] (
        a: impl ArrayLike<T>, indices: impl IndexArray<I>, axis: impl AxisIndex,
    ) -> Array<T> {
        let (view, indices) = (a.view(), indices.indices());
        let axis = normalize_axis(axis.to_axis(), view.ndim())?;
        let positions = positions(&indices, axis, view.shape()[axis])?;
        let shape = [&view.shape()[..axis], indices.shape(), &view.shape()[axis + 1..]].concat();
        gather(&view, &positions, axis, &shape)
    }

    /// Of each lane of `a` along `axis`, the elements at the indices in the same lane of `indices`: what
    /// `argmax_axis` and sorting by index leave, turned into values. The other axes broadcast against each other.
    ///
    /// # Panics
    /// If the arrays differ in rank, other axes do not broadcast, or an index is out of bounds.
    ///
    /// # Examples
    /// ```
    /// use isonum::{array, take_along_axis};
    /// let a = array![[1, 9, 3], [4, 5, 6]];
    /// let largest = a.over(1).keep_dims().argmax();
    /// assert_eq!(take_along_axis(&a, &largest, 1), [[9], [6]]);
    /// ```
    fn take_along_axis try_take_along_axis [T: Element, I: Integer] (
        a: impl ArrayLike<T>, indices: impl IndexArray<I>, axis: impl AxisIndex,
    ) -> Array<T> {
        let (view, indices) = (a.view(), indices.indices());
        let axis = normalize_axis(axis.to_axis(), view.ndim())?;
        if indices.ndim() != view.ndim() {
            return Err(Error::axis_count(view.ndim(), indices.ndim()));
        }
        // One shape but for `axis`, where each keeps its length.
        let one = |shape: &[usize]| {
            let mut shape = Dims::from_slice(shape);
            shape[axis] = 1;
            shape
        };
        let (left, right) = (one(view.shape()), one(indices.shape()));
        let mut shape = isonum_core::broadcast_shapes("take_along_axis", &[&left, &right])?;
        let n = view.shape()[axis];
        shape[axis] = n;
        let view = view.broadcast_to(&shape)?;
        shape[axis] = indices.shape()[axis];
        let indices = indices.broadcast_to(&shape)?;
        let mut out = Storage::zeros(&shape)?;
        let lanes = view.lanes(axis as isize)?.zip(indices.lanes(axis as isize)?);
        for (mut to, (from, indices)) in out.view_mut()?.lanes(axis as isize)?.zip(lanes) {
            for (to, &index) in to.iter_mut().zip(indices.iter()) {
                *to = *from.at(&[position(index, axis, n)? as isize])?;
            }
        }
        Ok(Array(out))
    }

    /// The elements of `a` where `mask`, broadcast to its shape, is true, in C order in one dimension.
    ///
    /// # Panics
    /// If the mask does not broadcast to the shape of `a`.
    ///
    /// # Examples
    /// ```
    /// use isonum::{array, extract};
    /// let a = array![[1, -2], [-3, 4]];
    /// assert_eq!(extract(a.less(0), &a), [-2, -3]);
    /// ```
    #[doc(alias = "mask")]
    #[doc(alias = "masked_select")]
    fn extract try_extract [T: Element] (mask: impl ArrayLike<bool>, a: impl ArrayLike<T>) -> Array<T> {
        let (mask, view) = (mask.view(), a.view());
        let mask = mask.broadcast_to(view.shape())?;
        let picked = mask.iter().zip(view.iter()).filter(|(keep, _)| **keep).map(|(_, &x)| Ok(x));
        Array::try_from_vec(try_collect(picked)?)
    }

    /// The parts of `a` at the positions of `axis` where `mask` is true.
    ///
    /// # Panics
    /// If there is no such axis or the mask has not its length.
    ///
    /// # Examples
    /// ```
    /// use isonum::compress;
    /// assert_eq!(compress([true, false, true], [[1, 2, 3], [4, 5, 6]], 1), [[1, 3], [4, 6]]);
    /// ```
    fn compress try_compress [T: Element] (
        mask: impl ArrayLike<bool>, a: impl ArrayLike<T>, axis: impl AxisIndex,
    ) -> Array<T> {
        let (mask, view) = (mask.view(), a.view());
        let axis = normalize_axis(axis.to_axis(), view.ndim())?;
        if mask.shape() != &view.shape()[axis..=axis] {
            return Err(Error::shape_mismatch("compress", &view.shape()[axis..=axis], mask.shape()));
        }
        let places = mask.iter().enumerate().filter(|(_, keep)| **keep);
        let positions = try_collect(places.map(|(at, _)| Ok(at)))?;
        let mut shape = Dims::from_slice(view.shape());
        shape[axis] = positions.len();
        gather(&view, &positions, axis, &shape)
    }
}

on_arrays! {
    twin_methods! { &self;
        /// The parts at `indices` of `axis`, as the function [`take`](fn@crate::take).
        ///
        /// # Panics
        /// If an index is out of bounds or there is no such axis.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![10, 20, 30].take([-1, 0, 0], 0), [30, 10, 10]);
        /// ```
        fn take try_take [I: Integer] (indices: impl IndexArray<I>, axis: impl AxisIndex) -> Array<T> {
            try_take(self, indices, axis)
        }

        /// The elements at the indices in each lane, as the function
        /// [`take_along_axis`](fn@crate::take_along_axis).
        ///
        /// # Panics
        /// If the arrays differ in rank, other axes do not broadcast, or an index is out of bounds.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].take_along_axis([[1], [0]], 1), [[2], [3]]);
        /// ```
        fn take_along_axis try_take_along_axis [I: Integer] (indices: impl IndexArray<I>, axis: impl AxisIndex)
            -> Array<T> {
            try_take_along_axis(self, indices, axis)
        }

        /// The elements where `mask`, broadcast to this shape, is true, in C order in one dimension; as the
        /// function [`extract`](fn@crate::extract).
        ///
        /// # Panics
        /// If the mask does not broadcast to this shape.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![3, 1, 2];
        /// assert_eq!(a.extract(a.greater(1)), [3, 2]);
        /// ```
        #[doc(alias = "mask")]
        #[doc(alias = "masked_select")]
        fn extract try_extract [] (mask: impl ArrayLike<bool>) -> Array<T> {
            try_extract(mask, self)
        }

        /// The parts at the positions of `axis` where `mask` is true, as the function
        /// [`compress`](fn@crate::compress).
        ///
        /// # Panics
        /// If there is no such axis or the mask has not its length.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].compress([false, true], 0), [[3, 4]]);
        /// ```
        fn compress try_compress [] (mask: impl ArrayLike<bool>, axis: impl AxisIndex) -> Array<T> {
            try_compress(mask, self, axis)
        }
    }
}

on_writable_arrays! {
    twin_methods! { &mut self;
        /// Writes `values`, broadcast to this shape, where `mask`, broadcast alike, is true.
        ///
        /// # Panics
        /// If the mask or the values do not broadcast to this shape.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![1.0, f64::NAN, 3.0];
        /// a.mask_assign(a.not_equal(&a), 0.0);
        /// assert_eq!(a, [1.0, 0.0, 3.0]);
        /// ```
        #[doc(alias = "putmask")]
        #[doc(alias = "masked_fill")]
        fn mask_assign try_mask_assign [] (mask: impl ArrayLike<bool>, values: impl ArrayLike<T>) -> () {
            let (mask, values) = (mask.view(), values.view());
            elementwise::select_to(&mask, Some(&values), None, self.write()?)
        }
    }
}
