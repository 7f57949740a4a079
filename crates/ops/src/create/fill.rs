//! Arrays of one value, and arrays of what a function makes of their indices.

use crate::array::lengths;
use crate::macros::{OrPanic, twins};
use crate::{Array, ArrayLike, Dims, Element, IntoShape, Layout, Result, Storage};
use isonum_core::Uninit;

twins! {
    /// Zeros (`false`) of `shape`. Large arrays take no time: the system zeroes memory on first use.
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::zeros;
    /// assert_eq!(zeros::<f64>([2, 2]), [[0.0, 0.0], [0.0, 0.0]]);
    /// assert_eq!(zeros::<bool>(1), [false]);
    /// ```
    fn zeros try_zeros [T: Element] (shape: impl IntoShape) -> Array<T> {
        Storage::zeros(&lengths(shape)?).map(Array)
    }

    /// Ones (`true`) of `shape`.
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::ones;
    /// assert_eq!(ones::<u8>((1, 3)), [[1, 1, 1]]);
    /// ```
    fn ones try_ones [T: Element] (shape: impl IntoShape) -> Array<T> {
        try_full(shape, T::ONE)
    }

    /// An array of `shape`, every element `value`.
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::full;
    /// assert_eq!(full([2, 2], 7), [[7, 7], [7, 7]]);
    /// ```
    fn full try_full [T: Element] (shape: impl IntoShape, value: T) -> Array<T> {
        Storage::full(&lengths(shape)?, value).map(Array)
    }

    /// Zeros of the shape of `a`, with its axes in the same order in memory.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::zeros_like;
    /// assert_eq!(zeros_like([[1, 2], [3, 4]]), [[0, 0], [0, 0]]);
    /// ```
    fn zeros_like try_zeros_like [T: Element] (a: impl ArrayLike<T>) -> Array<T> {
        let view = a.view();
        // Fresh zeros of the shape in memory, then the axes back in their places.
        let order = Layout::like(&[view.layout()], view.shape())?.order();
        let shape: Dims<usize> = order.iter().map(|&axis| view.shape()[axis]).collect();
        let mut places = Dims::filled(order.len(), 0);
        order.iter().enumerate().for_each(|(place, &axis)| places[axis] = place as isize);
        Storage::zeros(&shape)?.permute(&places).map(Array)
    }

    /// Ones of the shape of `a`, with its axes in the same order in memory.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::ones_like;
    /// assert_eq!(ones_like([2.0, 3.0]), [1.0, 1.0]);
    /// ```
    fn ones_like try_ones_like [T: Element] (a: impl ArrayLike<T>) -> Array<T> {
        try_full_like(a, T::ONE)
    }

    /// An array of the shape of `a`, every element `value`, with its axes in the same order in memory.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::full_like;
    /// assert_eq!(full_like([[1, 2]], 9), [[9, 9]]);
    /// ```
    fn full_like try_full_like [T: Element] (a: impl ArrayLike<T>, value: T) -> Array<T> {
        let view = a.view();
        let mut out = Uninit::new(Layout::like(&[view.layout()], view.shape())?)?;
        let len = out.as_uninit_slice().len();
        Ok(Array(out.fill_from(std::iter::repeat_n(value, len))))
    }

    /// The array of `shape` whose element at each index is `value` of that index, called in C order.
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::fromfunction;
    /// let a = fromfunction((2, 3), |index| 10 * index[0] as i32 + index[1] as i32);
    /// assert_eq!(a, [[0, 1, 2], [10, 11, 12]]);
    /// ```
    fn fromfunction try_fromfunction [T: Element] (shape: impl IntoShape, value: impl FnMut(&[usize]) -> T)
        -> Array<T> {
        let (shape, mut value) = (lengths(shape)?, value);
        let mut index = Dims::filled(shape.len(), 0);
        let next = |_| {
            let x = value(&index);
            for axis in (0..shape.len()).rev() {
                index[axis] += 1;
                if index[axis] < shape[axis] {
                    break;
                }
                index[axis] = 0;
            }
            x
        };
        Storage::from_fn(&shape, next).map(Array)
    }
}

impl<T: Element> Array<T> {
    /// As the function [`zeros`].
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(Array::<f64>::zeros(2), [0.0, 0.0]);
    /// ```
    #[track_caller]
    pub fn zeros(shape: impl IntoShape) -> Self {
        zeros(shape)
    }

    /// As the function [`ones`].
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(Array::<i32>::ones(2), [1, 1]);
    /// ```
    #[track_caller]
    pub fn ones(shape: impl IntoShape) -> Self {
        ones(shape)
    }

    /// As the function [`full`].
    ///
    /// # Panics
    /// If the shape has a negative length or there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(Array::full([1, 2], 0.5), [[0.5, 0.5]]);
    /// ```
    #[doc(alias = "from_elem")]
    #[track_caller]
    pub fn full(shape: impl IntoShape, value: T) -> Self {
        full(shape, value)
    }

    /// The array of `shape` whose element at each index is `value` of that index, called in C order. The index is
    /// an array, so that `|[i, j]|` takes it apart; [`fromfunction`] is for a rank that is not known.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let table = Array::from_fn([2, 3], |[i, j]| (i + 1) as u32 * (j + 1) as u32);
    /// assert_eq!(table, [[1, 2, 3], [2, 4, 6]]);
    /// ```
    #[track_caller]
    pub fn from_fn<const N: usize>(shape: [usize; N], mut value: impl FnMut([usize; N]) -> T) -> Self {
        fromfunction(shape, |index| value(std::array::from_fn(|axis| index[axis])))
    }
}
