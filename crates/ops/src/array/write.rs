//! Writing: access that copies what is shared, and assignment.

use crate::macros::{OrPanic, on_writable_arrays, twin_methods};
use crate::{Array, ArrayLike, ArrayViewMut, Element, Result};
use isonum_core::ViewMut;
use isonum_runtime::elementwise;

impl<T: Element> Array<T> {
    /// The elements to write, copied first where another array would see it.
    #[inline]
    pub(crate) fn write(&mut self) -> Result<ViewMut<'_, T>> {
        self.0.make_writable(|view| elementwise::copy(view))?;
        self.0.view_mut()
    }

    twin_methods! { &mut self;
        /// The elements to write, borrowed: copied first if another array shares them or the array overlaps
        /// itself.
        ///
        /// Loops that write single elements are fastest through one `view_mut`, which asks this once.
        ///
        /// # Panics
        /// If there is no memory for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = Array::zeros([2, 2]);
        /// let mut view = a.view_mut();
        /// for i in 0..2 {
        ///     view[[i, i]] = 1.0;
        /// }
        /// assert_eq!(a, [[1.0, 0.0], [0.0, 1.0]]);
        /// ```
        fn view_mut try_view_mut [] () -> ArrayViewMut<'_, T> {
            self.write().map(ArrayViewMut)
        }
    }
}

impl<T: Element> ArrayViewMut<'_, T> {
    /// The elements to write; never an error.
    #[inline]
    pub(crate) fn write(&mut self) -> Result<ViewMut<'_, T>> {
        Ok(self.0.reborrow())
    }

    /// The same elements, for a shorter time.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let mut a = array![1, 2, 3];
    /// let mut part = a.slice_mut(s![1..]);
    /// part.view_mut().fill(0);
    /// part[0] = 9;
    /// assert_eq!(a, [1, 9, 0]);
    /// ```
    #[inline]
    pub fn view_mut(&mut self) -> ArrayViewMut<'_, T> {
        ArrayViewMut(self.0.reborrow())
    }
}

on_writable_arrays! {
    twin_methods! { &mut self;
        /// Writes the elements of `values`, broadcast to this shape, over these.
        ///
        /// # Panics
        /// If `values` does not broadcast to this shape.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = Array::zeros([2, 3]);
        /// a.assign([1, 2, 3]);
        /// a.slice_mut(s![1, 1..]).assign(0);
        /// assert_eq!(a, [[1, 2, 3], [1, 0, 0]]);
        /// ```
        #[doc(alias = "copyto")]
        fn assign try_assign [] (values: impl ArrayLike<T>) -> () {
            let values = values.view();
            elementwise::copy_to(&values, self.write()?)
        }

        /// Writes `value` to every element.
        ///
        /// # Panics
        /// If the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut a = array![1, 2, 3];
        /// a.fill(7);
        /// assert_eq!(a, [7, 7, 7]);
        /// ```
        fn fill try_fill [] (value: T) -> () {
            elementwise::fill(self.write()?, value)
        }
    }
}
