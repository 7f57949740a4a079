//! Arrays as text.

use crate::{Array, ArrayView, ArrayViewMut, Element};
use isonum_core::View;
use std::fmt::{self, Display, Formatter};

/// Nested lists.
fn lists<T: Element>(view: &View<'_, T>, f: &mut Formatter<'_>) -> fmt::Result {
    if view.ndim() == 0 {
        return view.iter().try_for_each(|x| Display::fmt(x, f));
    }
    f.write_str("[")?;
    for (i, part) in view.axis_iter(0).map_err(|_| fmt::Error)?.enumerate() {
        if i > 0 {
            f.write_str(if part.ndim() == 0 { " " } else { "\n" })?;
        }
        lists(&part, f)?;
    }
    f.write_str("]")
}

macro_rules! text {
    ($([$($life:lifetime)?] $type:ty, $name:literal, $self:ident => $view:expr;)*) => {$(
        impl<$($life,)? T: Element> fmt::Display for $type {
            fn fmt(&$self, f: &mut Formatter<'_>) -> fmt::Result {
                lists(&$view, f)
            }
        }

        impl<$($life,)? T: Element> fmt::Debug for $type {
            fn fmt(&$self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($name, "("))?;
                lists(&$view, f)?;
                write!(f, ", dtype={}, shape={:?}, strides={:?})", T::DTYPE, $self.shape(), $self.strides())
            }
        }
    )*};
}

text! {
    [] Array<T>, "Array", self => self.0.view();
    ['a] ArrayView<'a, T>, "ArrayView", self => self.0;
    ['a] ArrayViewMut<'a, T>, "ArrayViewMut", self => self.0.view();
}
