//! Arrays of coordinates.

use crate::array::{lengths, storage};
use crate::macros::{OrPanic, twins};
use crate::{Array, ArrayLike, Dims, Element, Error, IntoShape, Result};

/// Which of the first two axes of a grid the first coordinate runs along.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Indexing {
    /// Cartesian: the first coordinate along axis 1, the second along axis 0.
    #[default]
    Xy,
    /// Of matrices: the first coordinate along axis 0.
    Ij,
}

twins! {
    /// The grid over coordinate vectors: for each vector an array of the grid's shape that has its coordinate at
    /// every point.
    ///
    /// Nothing is copied: the vectors are broadcast.
    ///
    /// # Panics
    /// If a coordinate array has more than one axis.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Indexing, array, meshgrid};
    /// let (x, y) = (array![1, 2, 3], array![10, 20]);
    /// let [xs, ys] = &meshgrid(&[&x, &y], Indexing::Xy)[..] else { unreachable!() };
    /// assert_eq!(*xs, [[1, 2, 3], [1, 2, 3]]);
    /// assert_eq!(*ys, [[10, 10, 10], [20, 20, 20]]);
    /// assert_eq!(meshgrid(&[&x, &y], Indexing::Ij)[1], [[10, 20], [10, 20], [10, 20]]);
    /// ```
    fn meshgrid try_meshgrid [T: Element] (coordinates: &[impl ArrayLike<T>], indexing: Indexing)
        -> Vec<Array<T>> {
        let arrays = coordinates.iter().map(|a| storage(a)).collect::<Result<Vec<_>>>()?;
        if let Some((i, array)) = arrays.iter().enumerate().find(|(_, array)| array.ndim() > 1) {
            let message = format!("must be vectors, but array {i} has {} axes", array.ndim());
            return Err(Error::invalid_argument("coordinates", message));
        }
        let n = arrays.len();
        let axis_of = |i: usize| if indexing == Indexing::Xy && i < 2 && n > 1 { 1 - i } else { i };
        let mut shape = Dims::filled(n, 0);
        arrays.iter().enumerate().for_each(|(i, array)| shape[axis_of(i)] = array.len());
        let grid = arrays.into_iter().enumerate().map(|(i, array)| {
            let mut along = Dims::filled(n, 1);
            along[axis_of(i)] = -1;
            array.reshape(&along)?.broadcast_to(&shape).map(Array)
        });
        grid.collect()
    }

    /// The indices of `shape`: for each axis an array of that shape that has at every place its position on the
    /// axis.
    ///
    /// Nothing is copied: ranges are broadcast.
    ///
    /// # Panics
    /// If the shape has a negative length.
    ///
    /// # Examples
    /// ```
    /// use isonum::indices;
    /// let ij = indices((2, 3));
    /// assert_eq!(ij[0], [[0, 0, 0], [1, 1, 1]]);
    /// assert_eq!(ij[1], [[0, 1, 2], [0, 1, 2]]);
    /// ```
    #[doc(alias = "mgrid")]
    fn indices try_indices [] (shape: impl IntoShape) -> Vec<Array<i64>> {
        let ranges = lengths(shape)?.iter().map(|&n| crate::try_arange(0, n as i64, 1)).collect::<Result<Vec<_>>>()?;
        try_meshgrid(&ranges, Indexing::Ij)
    }
}
