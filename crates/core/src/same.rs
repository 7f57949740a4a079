//! From a generic element type to the one it is: for code that has one implementation for each type.

use crate::{Element, Storage, View, ViewMut};

impl<'a, T: Element> View<'a, T> {
    /// The same view, if `T` is `U`.
    ///
    /// ```
    /// use isonum_core::View;
    /// let view = View::from_slice(&[1.0f32, 2.0]);
    /// assert!(view.clone().same_type::<f32>().is_some());
    /// assert!(view.same_type::<f64>().is_none());
    /// ```
    #[inline]
    pub fn same_type<U: Element>(self) -> Option<View<'a, U>> {
        // SAFETY: the types are the same, as each has a `DTYPE` of its own.
        (T::DTYPE == U::DTYPE)
            .then(|| unsafe { View::from_raw_parts(self.as_ptr().cast(), self.layout().clone()) })
    }
}

impl<'a, T: Element> ViewMut<'a, T> {
    /// The same view, if `T` is `U`.
    #[inline]
    pub fn same_type<U: Element>(mut self) -> Option<ViewMut<'a, U>> {
        // SAFETY: the types are the same, as each has a `DTYPE` of its own; `self` is gone.
        (T::DTYPE == U::DTYPE).then(|| unsafe {
            ViewMut::from_raw_parts_unchecked(self.as_mut_ptr().cast(), self.layout().clone())
        })
    }
}

impl<T: Element> Storage<T> {
    /// The same array, if `T` is `U`.
    #[inline]
    pub fn same_type<U: Element>(self) -> Option<Storage<U>> {
        // SAFETY: the types are the same, as each has a `DTYPE` of its own; `self` is forgotten for its copy.
        (T::DTYPE == U::DTYPE)
            .then(|| unsafe { std::mem::transmute_copy(&std::mem::ManuallyDrop::new(self)) })
    }
}
