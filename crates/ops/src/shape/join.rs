//! Arrays joined to one.

use crate::macros::{OrPanic, twins};
use crate::{Array, ArrayLike, Dims, Element, Error, Result, Storage, View};
use isonum_core::axes::{AxisIndex, normalize_axis};
use isonum_runtime::elementwise;

/// The shape of the first of `views`.
fn first_shape<'a, T>(operation: &'static str, views: &'a [View<'_, T>]) -> Result<&'a [usize]> {
    let first =
        views.first().ok_or_else(|| Error::invalid_argument(operation, "needs at least one array"))?;
    Ok(first.shape())
}

/// Whether all `views` have the shape `first`, but for the lengths of `axis`.
fn check<T>(
    operation: &'static str,
    views: &[View<'_, T>],
    first: &[usize],
    axis: Option<usize>,
) -> Result<()> {
    for (index, view) in views.iter().enumerate() {
        let shape = view.shape();
        let differ = |&at: &usize| Some(at) != axis && shape[at] != first[at];
        let other = if shape.len() == first.len() { (0..shape.len()).find(differ) } else { None };
        if other.is_some() || shape.len() != first.len() {
            return Err(Error::join(operation, index, shape, first, other));
        }
    }
    Ok(())
}

/// The views one after the other along `axis`.
fn join<T: Element>(operation: &'static str, views: &[View<'_, T>], axis: isize) -> Result<Array<T>> {
    let mut shape = Dims::from_slice(first_shape(operation, views)?);
    let axis = normalize_axis(axis, shape.len())?;
    check(operation, views, &shape, Some(axis))?;
    for view in &views[1..] {
        shape[axis] =
            shape[axis].checked_add(view.shape()[axis]).ok_or_else(|| Error::size_overflow(&shape))?;
    }
    let mut out = Storage::zeros(&shape)?;
    let mut rest = out.view_mut()?;
    for view in views {
        let (part, behind) = rest.split_at(axis as isize, view.shape()[axis])?;
        elementwise::copy_to(view, part)?;
        rest = behind;
    }
    Ok(Array(out))
}

fn views<T: Element>(arrays: &[impl ArrayLike<T>]) -> Vec<View<'_, T>> {
    arrays.iter().map(|array| array.view()).collect()
}

/// The views as arrays of at least `ndim` axes: new axes come first.
fn at_least<T: Element>(mut views: Vec<View<'_, T>>, ndim: usize) -> Result<Vec<View<'_, T>>> {
    for view in &mut views {
        while view.ndim() < ndim {
            *view = view.expand_dims(0)?;
        }
    }
    Ok(views)
}

twins! {
    /// The arrays one after the other along `axis`, in C order. All other axes have the same lengths.
    ///
    /// # Panics
    /// If there are no arrays, their shapes differ elsewhere, or there is no such axis.
    ///
    /// # Examples
    /// ```
    /// use isonum::{array, concatenate};
    /// let (a, b) = (array![[1, 2]], array![[3, 4], [5, 6]]);
    /// assert_eq!(concatenate(&[&a, &b], 0), [[1, 2], [3, 4], [5, 6]]);
    /// ```
    #[doc(alias = "concat")]
    #[doc(alias = "cat")]
    fn concatenate try_concatenate [T: Element] (arrays: &[impl ArrayLike<T>], axis: impl AxisIndex) -> Array<T> {
        join("concatenate", &views(arrays), axis.to_axis())
    }

    /// The arrays, all of one shape, along a new axis at position `axis` of the result.
    ///
    /// # Panics
    /// If there are no arrays, their shapes differ, or there is no such position.
    ///
    /// # Examples
    /// ```
    /// use isonum::stack;
    /// assert_eq!(stack(&[[1, 2], [3, 4]], 0), [[1, 2], [3, 4]]);
    /// assert_eq!(stack(&[[1, 2], [3, 4]], -1), [[1, 3], [2, 4]]);
    /// ```
    fn stack try_stack [T: Element] (arrays: &[impl ArrayLike<T>], axis: impl AxisIndex) -> Array<T> {
        let views = views(arrays);
        check("stack", &views, first_shape("stack", &views)?, None)?;
        let axis = axis.to_axis();
        let views = views.iter().map(|view| view.expand_dims(axis)).collect::<Result<Vec<_>>>()?;
        join("stack", &views, axis)
    }

    /// The arrays one under the other: along the first axis, vectors taken as rows.
    ///
    /// # Panics
    /// If there are no arrays, or their other axes differ.
    ///
    /// # Examples
    /// ```
    /// use isonum::vstack;
    /// assert_eq!(vstack(&[[1, 2], [3, 4]]), [[1, 2], [3, 4]]);
    /// ```
    #[doc(alias = "row_stack")]
    fn vstack try_vstack [T: Element] (arrays: &[impl ArrayLike<T>]) -> Array<T> {
        join("vstack", &at_least(views(arrays), 2)?, 0)
    }

    /// The arrays side by side: along the second axis, vectors along their only one.
    ///
    /// # Panics
    /// If there are no arrays, or their other axes differ.
    ///
    /// # Examples
    /// ```
    /// use isonum::hstack;
    /// assert_eq!(hstack(&[vec![1, 2], vec![3]]), [1, 2, 3]);
    /// assert_eq!(hstack(&[[[1], [2]], [[3], [4]]]), [[1, 3], [2, 4]]);
    /// ```
    fn hstack try_hstack [T: Element] (arrays: &[impl ArrayLike<T>]) -> Array<T> {
        let views = at_least(views(arrays), 1)?;
        let axis = if views.first().is_some_and(|view| view.ndim() == 1) { 0 } else { 1 };
        join("hstack", &views, axis)
    }
}
