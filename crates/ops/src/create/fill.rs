//! Arrays of one value, and arrays of what a function makes of their indices.

use crate::array::lengths;
use crate::macros::{OrPanic, twin_methods, twins};
use crate::{Array, ArrayLike, Dims, Element, IntoShape, Layout, Result, Storage, View};
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
        Storage::full(&lengths(shape)?, T::ONE).map(Array)
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
        filled_like(&a.view(), T::ONE)
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
        filled_like(&a.view(), value)
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
        of_indices(&lengths(shape)?, value)
    }
}

/// An array of the shape of `view`, every element `value`.
fn filled_like<T: Element>(view: &View<'_, T>, value: T) -> Result<Array<T>> {
    let mut out = Uninit::new(Layout::like(&[view.layout()], view.shape())?)?;
    let len = out.as_uninit_slice().len();
    Ok(Array(out.fill_from(std::iter::repeat_n(value, len))))
}

/// The array of `shape` of what `value` makes of each index.
fn of_indices<T: Element>(shape: &[usize], mut value: impl FnMut(&[usize]) -> T) -> Result<Array<T>> {
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
    Storage::from_fn(shape, next).map(Array)
}

impl<T: Element> Array<T> {
    twin_methods! { Self;
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
        fn zeros try_zeros [] (shape: impl IntoShape) -> Self {
            try_zeros(shape)
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
        fn ones try_ones [] (shape: impl IntoShape) -> Self {
            try_ones(shape)
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
        fn full try_full [] (shape: impl IntoShape, value: T) -> Self {
            try_full(shape, value)
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
        fn from_fn try_from_fn [const N: usize] (shape: [usize; N], value: impl FnMut([usize; N]) -> T) -> Self {
            let mut value = value;
            of_indices(&shape, |index| value(std::array::from_fn(|axis| index[axis])))
        }
    }
}
