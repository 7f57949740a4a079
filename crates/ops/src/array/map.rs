//! Functions of the caller, applied to every element.

use crate::macros::{OrPanic, on_arrays, on_writable_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Dims, Element, Layout, Result};
use isonum_core::{Uninit, View, broadcast_shapes};

/// The axes of `layout` from the outermost in memory to the innermost, as `permute` takes them.
fn memory_order(layout: &Layout) -> Dims<isize> {
    layout.order().iter().map(|&axis| axis as isize).collect()
}

/// An array like `view`, of what `f` makes of its elements.
fn map<T: Element, U: Element>(view: &View<'_, T>, f: impl FnMut(T) -> U) -> Result<Array<U>> {
    let out = Uninit::new(Layout::like(&[view.layout()], view.shape())?)?;
    let view = view.permute(&memory_order(out.layout()))?;
    Ok(Array(match view.as_slice() {
        Some(slice) => out.fill_from(slice.iter().copied().map(f)),
        None => out.fill_from(view.iter().copied().map(f)),
    }))
}

twins! {
    /// What `f` makes of each pair of elements of two arrays, broadcast to one shape.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one.
    ///
    /// # Examples
    /// ```
    /// use isonum::prelude::*;
    /// let hours = isonum::zip_map([[8], [20]], [0, 30], |h, m| h * 60 + m);
    /// assert_eq!(hours, [[480, 510], [1200, 1230]]);
    /// ```
    #[doc(alias = "Zip")]
    #[doc(alias = "vectorize")]
    fn zip_map try_zip_map [A: Element, B: Element, U: Element] (
        a: impl ArrayLike<A>, b: impl ArrayLike<B>, f: impl FnMut(A, B) -> U,
    ) -> Array<U> {
        zip("zip_map", &a.view(), &b.view(), f)
    }
}

/// As [`zip_map`], for the operation that errors name.
pub(crate) fn zip<A: Element, B: Element, U: Element>(
    operation: &'static str,
    a: &View<'_, A>,
    b: &View<'_, B>,
    mut f: impl FnMut(A, B) -> U,
) -> Result<Array<U>> {
    let shape = broadcast_shapes(operation, &[a.shape(), b.shape()])?;
    let (a, b) = (a.broadcast_to(&shape)?, b.broadcast_to(&shape)?);
    let out = Uninit::new(Layout::like(&[a.layout(), b.layout()], &shape)?)?;
    let order = memory_order(out.layout());
    let (a, b) = (a.permute(&order)?, b.permute(&order)?);
    Ok(Array(match (a.as_slice(), b.as_slice()) {
        (Some(a), Some(b)) => out.fill_from(a.iter().zip(b).map(|(&a, &b)| f(a, b))),
        _ => out.fill_from(a.iter().zip(b.iter()).map(|(&a, &b)| f(a, b))),
    }))
}

on_arrays! {
    twin_methods! { &self;
        /// What `f` makes of each element, in an array of the same shape. `f` sees the elements in the order they
        /// have in memory.
        ///
        /// For what has a name here, the named function is faster: `a.sqrt()`, not `a.map(f64::sqrt)`.
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let a = array![[1, 2], [3, 4]];
        /// assert_eq!(a.map(|x| x as f64 / 2.0), [[0.5, 1.0], [1.5, 2.0]]);
        /// ```
        #[doc(alias = "mapv")]
        fn map try_map [U: Element] (f: impl FnMut(T) -> U) -> Array<U> {
            map(&ArrayLike::view(self), f)
        }
    }
}

on_writable_arrays! {
    twin_methods! { &mut self;
        /// Replaces each element by what `f` makes of it. `f` sees the elements in the order they have in memory.
        ///
        /// # Panics
        /// If the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![1, 2, 3];
        /// a.map_mut(|x| x * x);
        /// assert_eq!(a, [1, 4, 9]);
        /// ```
        #[doc(alias = "mapv_inplace")]
        fn map_mut try_map_mut [] (f: impl FnMut(T) -> T) -> () {
            let mut f = f;
            self.write()?.in_memory_order().into_iter().for_each(|x| *x = f(*x));
            Ok(())
        }
    }
}
