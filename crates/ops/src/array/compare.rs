//! Equality of whole arrays.

use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element};
use isonum_core::View;

/// Whether both have the same shape and equal elements.
pub(crate) fn equal<T: Element>(a: &View<'_, T>, b: &View<'_, T>) -> bool {
    if a.shape() != b.shape() {
        return false;
    }
    let same_order = a.strides() == b.strides();
    match (a.as_dense_slice(), b.as_dense_slice()) {
        (Some(a), Some(b)) if same_order => equal_slices(a, b),
        _ => a.iter().eq(b.iter()),
    }
}

/// Blocks without an early exit, which the compiler turns into vector code.
fn equal_slices<T: Element>(a: &[T], b: &[T]) -> bool {
    const BLOCK: usize = 256;
    a.chunks(BLOCK)
        .zip(b.chunks(BLOCK))
        .all(|(a, b)| a.iter().zip(b).fold(true, |equal, (a, b)| equal & (a == b)))
}

macro_rules! equality {
    ($([$($life:lifetime)?] $type:ty;)*) => {$(
        /// Whether two arrays have the same shape and equal elements, as [`array_equal`](crate::array_equal);
        /// nothing is broadcast, NaN equals nothing. Element by element it is [`equal`](crate::equal).
        impl<$($life,)? T: Element, A: ArrayLike<T> + ?Sized> PartialEq<A> for $type {
            fn eq(&self, other: &A) -> bool {
                equal(&ArrayLike::view(self), &other.view())
            }
        }
    )*};
}

equality! { [] Array<T>; ['a] ArrayView<'a, T>; ['a] ArrayViewMut<'a, T>; }

impl<T: Element + Eq> Eq for Array<T> {}
impl<T: Element + Eq> Eq for ArrayView<'_, T> {}
impl<T: Element + Eq> Eq for ArrayViewMut<'_, T> {}
