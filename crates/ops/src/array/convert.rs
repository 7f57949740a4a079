//! Into arrays and out of them: vectors, slices, nested arrays, iterators, scalars.

use super::lengths;
use crate::collect::with_capacity;
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Given, IntoShape, Result};
use isonum_core::{Error, Storage, View, ViewMut};
use isonum_runtime::elementwise;

/// The elements with memory of their own or shared, for operations that rearrange.
pub(crate) fn storage<T: Element>(array: impl ArrayLike<T>) -> Result<Storage<T>> {
    array.give(|given| match given {
        Given::Owned(array) => Ok(array),
        Given::Shared(array) => Ok(array.clone()),
        Given::View(view) => elementwise::copy(&view),
    })
}

twins! {
    /// Anything that can be read as an array, as an [`Array`].
    ///
    /// An array, or a reference to one, shares its memory; a `Vec` gives its own; anything else is copied.
    ///
    /// # Panics
    /// If there is no memory for a copy.
    ///
    /// # Examples
    /// ```
    /// use isonum::asarray;
    /// fn total(x: impl isonum::ArrayLike<f64>) -> f64 {
    ///     asarray(x).ravel().iter().sum()
    /// }
    /// assert_eq!(total([[1.0, 2.0], [3.0, 4.0]]), 10.0);
    /// ```
    fn asarray try_asarray [T: Element] (a: impl ArrayLike<T>) -> Array<T> {
        storage(a).map(Array)
    }
}

/// The elements of a slice of all elements, in C order and the given shape.
fn fit<'a, T: Element>(shape: impl IntoShape, data: &'a [T]) -> Result<View<'a, T>> {
    View::from_shape(data, &resolved(shape, data.len())?)
}

/// A shape of `len` elements, one axis of which may be −1.
fn resolved(shape: impl IntoShape, len: usize) -> Result<crate::Dims<usize>> {
    let given = shape.into_shape()?;
    match given.contains(&-1) {
        true => isonum_core::resolve_shape(len, &given),
        false => lengths(&given[..]),
    }
}

/// The only element, for the operation that errors name.
fn only<T: Element>(operation: &'static str, array: &ArrayView<'_, T>) -> Result<T> {
    match array.iter().next() {
        Some(&item) if array.len() == 1 => Ok(item),
        _ => Err(Error::shape_mismatch(operation, &[], array.shape())),
    }
}

impl<T: Element> Array<T> {
    twin_methods! { Self;
        /// The elements of a vector, in one dimension. Takes its memory without a copy.
        ///
        /// # Panics
        /// If there is no memory for a header.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = Array::from_vec(vec![1.0, 2.0, 3.0]);
        /// assert_eq!(a.shape(), [3]);
        /// ```
        fn from_vec try_from_vec [] (vec: Vec<T>) -> Self {
            let len = vec.len();
            Storage::from_vec(vec, &[len]).map(Array)
        }

        /// The elements of a vector in C order, as an array of `shape`, one axis of which may be −1. Takes the
        /// vector's memory without a copy.
        ///
        /// # Panics
        /// If the shape has another number of elements than the vector.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = Array::from_shape([2, 2], vec![1, 2, 3, 4]);
        /// assert_eq!(a, [[1, 2], [3, 4]]);
        /// ```
        #[doc(alias = "from_shape_vec")]
        fn from_shape try_from_shape [] (shape: impl IntoShape, data: Vec<T>) -> Self {
            let shape = resolved(shape, data.len())?;
            Storage::from_vec(data, &shape).map(Array)
        }

        /// Rows of equal length, as a matrix.
        ///
        /// # Panics
        /// If a row has another length than the first.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let rows = vec![vec![1, 2], vec![3, 4], vec![5, 6]];
        /// assert_eq!(Array::from_rows(&rows), [[1, 2], [3, 4], [5, 6]]);
        /// ```
        fn from_rows try_from_rows [] (rows: &[impl AsRef<[T]>]) -> Self {
            let n = rows.first().map_or(0, |row| row.as_ref().len());
            let lengths = rows.iter().map(|row| row.as_ref().len());
            if let Some((index, len)) = lengths.enumerate().find(|&(_, len)| len != n) {
                return Err(Error::join("from_rows", index, &[len], &[n], Some(0)));
            }
            let shape = [rows.len(), n];
            let mut data = with_capacity(isonum_core::Layout::contiguous_for::<T>(&shape)?.len())?;
            rows.iter().for_each(|row| data.extend_from_slice(row.as_ref()));
            Storage::from_vec(data, &shape).map(Array)
        }
    }

    twin_methods! { self;
        /// The elements in C order. Copies nothing if they came from a `Vec`, all of them in their order, and no
        /// other array shares them.
        ///
        /// # Panics
        /// If there is no memory for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[1, 2], [3, 4]].into_vec(), [1, 2, 3, 4]);
        /// ```
        fn into_vec try_into_vec [] () -> Vec<T> {
            self.0.into_vec()
        }

        /// The only element.
        ///
        /// # Panics
        /// If there is not exactly one element.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(Array::from(2.5).into_scalar(), 2.5);
        /// ```
        fn into_scalar try_into_scalar [] () -> T {
            only("into_scalar", &self.view())
        }
    }

    /// The elements in C order, if they are neighbours in memory in that order; see
    /// [`is_contiguous`](Array::is_contiguous).
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.as_slice(), Some(&[1, 2, 3, 4][..]));
    /// assert_eq!(a.t().as_slice(), None);
    /// ```
    #[inline]
    pub fn as_slice(&self) -> Option<&[T]> {
        self.0.as_slice()
    }

    /// The elements in C order to write, if they are neighbours in memory in that order. Copies first if another
    /// array shares the memory.
    ///
    /// # Panics
    /// If there is no memory for a copy; [`try_view_mut`](Self::try_view_mut) and
    /// [`ArrayViewMut::as_slice_mut`] do not.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let mut a = array![3, 1, 2];
    /// a.as_slice_mut().unwrap().sort();
    /// assert_eq!(a, [1, 2, 3]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn as_slice_mut(&mut self) -> Option<&mut [T]> {
        self.write().or_panic().into_slice()
    }
}

impl<'a, T: Element> ArrayView<'a, T> {
    twin_methods! { Self;
        /// The elements of a slice in C order, as an array of `shape`, one axis of which may be −1.
        ///
        /// # Panics
        /// If the shape has another number of elements than the slice.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = ArrayView::from_shape((2, -1), &[1, 2, 3, 4, 5, 6]);
        /// assert_eq!(a, [[1, 2, 3], [4, 5, 6]]);
        /// ```
        fn from_shape try_from_shape [] (shape: impl IntoShape, data: &'a [T]) -> Self {
            fit(shape, data).map(ArrayView)
        }
    }

    /// The elements in C order, if they are neighbours in memory in that order.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.row(1).as_slice(), Some(&[3, 4][..]));
    /// ```
    #[inline]
    pub fn as_slice(&self) -> Option<&'a [T]> {
        self.0.as_slice()
    }
}

impl<'a, T: Element> ArrayViewMut<'a, T> {
    twin_methods! { Self;
        /// The elements of a slice in C order to write, as an array of `shape`, one axis of which may be −1.
        ///
        /// # Panics
        /// If the shape has another number of elements than the slice.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut data = [0; 4];
        /// ArrayViewMut::from_shape((2, 2), &mut data).slice_mut(s![.., 0]).fill(7);
        /// assert_eq!(data, [7, 0, 7, 0]);
        /// ```
        fn from_shape try_from_shape [] (shape: impl IntoShape, data: &'a mut [T]) -> Self {
            let shape = resolved(shape, data.len())?;
            ViewMut::from_shape(data, &shape).map(ArrayViewMut)
        }
    }

    /// The elements in C order, if they are neighbours in memory in that order.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let mut a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.row_mut(1).as_slice(), Some(&[3, 4][..]));
    /// ```
    #[inline]
    pub fn as_slice(&self) -> Option<&[T]> {
        self.0.as_slice()
    }

    /// The elements in C order to write, if they are neighbours in memory in that order.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let mut a = array![[4, 3], [2, 1]];
    /// a.row_mut(0).as_slice_mut().unwrap().sort();
    /// assert_eq!(a, [[3, 4], [2, 1]]);
    /// ```
    #[inline]
    pub fn as_slice_mut(&mut self) -> Option<&mut [T]> {
        self.0.as_slice_mut()
    }
}

on_arrays! {
    /// The elements in C order, copied.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(array![[1, 2], [3, 4]].t().to_vec(), [1, 3, 2, 4]);
    /// ```
    pub fn to_vec(&self) -> Vec<T> {
        match self.as_slice() {
            Some(slice) => slice.to_vec(),
            None => self.iter().copied().collect(),
        }
    }

    twin_methods! { &self;
        /// The only element.
        ///
        /// # Panics
        /// If there is not exactly one element.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![[7]].item(), 7);
        /// assert!(array![1, 2].try_item().is_err());
        /// ```
        fn item try_item [] () -> T {
            only("item", &self.view())
        }

        /// A copy in C order that shares no memory, or the array itself where it is contiguous: the form to hand
        /// to code that wants [`as_slice`](Self::as_slice).
        ///
        /// # Panics
        /// If there is no memory for it.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![[1, 2], [3, 4]].t();
        /// assert_eq!(a.to_contiguous().as_slice(), Some(&[1, 3, 2, 4][..]));
        /// ```
        #[doc(alias = "ascontiguousarray")]
        fn to_contiguous try_to_contiguous [] () -> Array<T> {
            match ArrayLike::as_storage(self) {
                Some(array) if array.layout().is_contiguous() => Ok(Array(array.clone())),
                _ => elementwise::contiguous(&ArrayLike::view(self)).map(Array),
            }
        }

        /// An [`Array`] of these elements: of an array a clone, which shares the memory; of a view a copy, which
        /// keeps the order of the axes in memory.
        ///
        /// # Panics
        /// If there is no memory for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![[1, 2], [3, 4]];
        /// let column: Array<i32> = a.view().column(0).to_array();
        /// assert_eq!(column, [1, 3]);
        /// ```
        fn to_array try_to_array [] () -> Array<T> {
            storage(self).map(Array)
        }
    }
}

macro_rules! into_array {
    ($([$($generics:tt)*] $type:ty, |$data:ident| $storage:expr;)*) => {$(
        impl<T: Element, $($generics)*> From<$type> for Array<T> {
            #[track_caller]
            fn from($data: $type) -> Self {
                Array($storage.or_panic())
            }
        }
    )*};
}

into_array! {
    [] Vec<T>, |a| Ok::<_, Error>(Array::from_vec(a).0);
    [] &Vec<T>, |a| storage(a);
    [] &[T], |a| storage(a);
    [] ArrayView<'_, T>, |a| elementwise::copy(&a.0);
    [] &ArrayView<'_, T>, |a| elementwise::copy(&a.0);
    [] ArrayViewMut<'_, T>, |a| elementwise::copy(&a.0.view());
    [const N: usize] [T; N], |a| storage(a);
    [const N: usize] &[T; N], |a| storage(a);
    [const N: usize, const M: usize] [[T; M]; N], |a| storage(a);
    [const N: usize, const M: usize] &[[T; M]; N], |a| storage(a);
    [const M: usize] Vec<[T; M]>, |a| storage(a);
    [const M: usize] &[[T; M]], |a| storage(a);
    [const N: usize, const M: usize, const L: usize] [[[T; L]; M]; N], |a| storage(a);
    [const M: usize, const L: usize] Vec<[[T; L]; M]>, |a| storage(a);
    [const N: usize, const M: usize, const L: usize, const K: usize] [[[[T; K]; L]; M]; N],
        |a| Storage::from_vec(a.as_flattened().as_flattened().as_flattened().to_vec(), &[N, M, L, K]);
}

impl<T: Element> From<T> for Array<T> {
    /// An array without axes.
    fn from(value: T) -> Self {
        Array(Storage::full(&[], value).or_panic())
    }
}

impl<T: Element> From<Storage<T>> for Array<T> {
    fn from(storage: Storage<T>) -> Self {
        Array(storage)
    }
}

impl<T: Element> From<Array<T>> for Storage<T> {
    fn from(array: Array<T>) -> Self {
        array.0
    }
}

impl<T: Element> From<Array<T>> for Vec<T> {
    fn from(array: Array<T>) -> Self {
        array.into_vec()
    }
}

impl<T: Element> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Array(Storage::from_values(values).or_panic())
    }
}

impl<T: Element> Default for Array<T> {
    /// An array of no elements, in one dimension.
    fn default() -> Self {
        Array::from_vec(Vec::new())
    }
}

macro_rules! into_view {
    ($([$($generics:tt)*] $type:ty, |$data:ident| $view:expr;)*) => {$(
        impl<'a, T: Element, $($generics)*> From<$type> for ArrayView<'a, T> {
            #[inline]
            fn from($data: $type) -> Self {
                ArrayView($view)
            }
        }
    )*};
}

into_view! {
    [] View<'a, T>, |a| a;
    [] &'a Array<T>, |a| a.0.view();
    [] &ArrayView<'a, T>, |a| a.0.clone();
    [] ArrayViewMut<'a, T>, |a| a.0.into_view();
    [] &'a ArrayViewMut<'_, T>, |a| a.0.view();
    [] &'a [T], |a| View::from_slice(a);
    [] &'a Vec<T>, |a| View::from_slice(a);
    [const N: usize] &'a [T; N], |a| View::from_slice(a);
    [const N: usize, const M: usize] &'a [[T; M]; N], |a| ArrayLike::view(a);
}

impl<'a, T: Element> From<ArrayView<'a, T>> for View<'a, T> {
    fn from(view: ArrayView<'a, T>) -> Self {
        view.0
    }
}

macro_rules! into_view_mut {
    ($([$($generics:tt)*] $type:ty, |$data:ident| $view:expr;)*) => {$(
        impl<'a, T: Element, $($generics)*> From<$type> for ArrayViewMut<'a, T> {
            #[inline]
            #[track_caller]
            fn from($data: $type) -> Self {
                ArrayViewMut($view)
            }
        }
    )*};
}

into_view_mut! {
    [] ViewMut<'a, T>, |a| a;
    [] &'a mut Array<T>, |a| a.write().or_panic();
    [] &'a mut ArrayViewMut<'_, T>, |a| a.0.reborrow();
    [] &'a mut [T], |a| ViewMut::from_slice(a);
    [] &'a mut Vec<T>, |a| ViewMut::from_slice(a);
    [const N: usize] &'a mut [T; N], |a| ViewMut::from_slice(a);
    [const N: usize, const M: usize] &'a mut [[T; M]; N], |a| a.into();
}

impl<'a, T: Element> From<ArrayViewMut<'a, T>> for ViewMut<'a, T> {
    fn from(view: ArrayViewMut<'a, T>) -> Self {
        view.0
    }
}

/// An [`Array`] from nested lists of elements, or of one element many times.
///
/// To depth four; for more, [`reshape`](Array::reshape). Lists of different lengths do not compile. The elements
/// have one type: `array![1.0, 2.0]` is an `Array<f64>`, `array![1.0f32, 2.0]` an `Array<f32>`.
///
/// # Examples
/// ```
/// use isonum::prelude::*;
/// assert_eq!(array![1.0, 2.0, 3.0].shape(), [3]);
/// assert_eq!(array![[1, 2, 3], [4, 5, 6]].shape(), [2, 3]);
/// assert_eq!(array![[[0.0; 4]; 3]; 2].shape(), [2, 3, 4]);
/// let none: Array<f64> = array![];
/// assert_eq!(none.shape(), [0]);
/// ```
#[macro_export]
macro_rules! array {
    () => { $crate::Array::from_vec(::std::vec::Vec::new()) };
    ($($elements:tt)+) => { $crate::Array::from([$($elements)+]) };
}
