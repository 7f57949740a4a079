//! Arrays as text.

use crate::{Array, ArrayView, ArrayViewMut, Element, format};
use std::fmt;

macro_rules! text {
    ($([$($life:lifetime)?] $type:ty, $self:ident => $view:expr;)*) => {$(
        /// As NumPy's `str`: `{:.3}` sets the digits after the point, `{:#}` never leaves elements out.
        impl<$($life,)? T: Element> fmt::Display for $type {
            fn fmt(&$self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                format::display(&$view, f)
            }
        }

        /// As NumPy's `repr`, with dtype, shape and strides.
        impl<$($life,)? T: Element> fmt::Debug for $type {
            fn fmt(&$self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                format::debug(&$view, f)
            }
        }
    )*};
}

text! {
    [] Array<T>, self => self.0.view();
    ['a] ArrayView<'a, T>, self => self.0;
    ['a] ArrayViewMut<'a, T>, self => self.0.view();
}
