//! What operations accept as an array.
//!
//! Every free function of the facade takes its arrays as
//!
//! ```
//! use isonum_core::{ArrayLike, Float};
//! fn median<T: Float>(a: impl ArrayLike<T>) -> T {
//!     a.view().iter().copied().fold(T::zero(), |m, x| m.max(x)) // (a stand-in)
//! }
//! let vec = vec![1.0, 2.0];
//! assert_eq!(median(&vec), 2.0);
//! assert_eq!(median([[1.0f32, 2.0], [3.0, 4.0]]), 4.0);
//! assert_eq!(median(&vec[1..]), 2.0);
//! assert_eq!(median(5.0), 5.0);
//! ```
//!
//! that is **by value, `impl ArrayLike<T>`, one for each operand**. `&A` is an array-like where `A` is, so callers
//! write `&a` where they keep the array and a plain scalar where they mean one (`maximum(&a, 0.0)`), and `T` is
//! inferred, also that of a literal from the other operand. A parameter `&A` instead would ask for `&0.0`.
//! Given an array by value, an operation may reuse its memory: [`ArrayLike::give`].

use crate::element::{Complex32, Complex64, Element};
use crate::layout::Layout;
use crate::operand::{Operand, Rows};
use crate::storage::Storage;
use crate::view::{View, ViewMut, nested};

/// What can be read as an array of `T`: arrays and views, slices, vectors, nested arrays to depth three, scalars,
/// and references to these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read as an array of `{T}`",
    label = "not an array of `{T}`",
    note = "arrays and views of `{T}`, `{T}` itself, `Vec<{T}>`, `[{T}]`, `[{T}; N]`, `[[{T}; M]; N]`, and \
            references to them can; dtypes do not convert by themselves, `astype` does it"
)]
pub trait ArrayLike<T: Element> {
    /// The elements to read.
    ///
    /// Ask once and keep the view: a foreign implementation may answer differently the next time.
    fn view(&self) -> View<'_, T>;

    /// The owned array, where this is one or a reference to one: its memory can be shared.
    fn as_storage(&self) -> Option<&Storage<T>> {
        None
    }

    /// What can be seen of the operand without making a view of it, for operations on a few elements.
    #[inline(always)]
    fn glance(&self) -> Glance<'_, T> {
        Glance::OTHER
    }

    /// The owned array, where this is one and not a reference: an operation may write its result over it.
    #[inline(always)]
    fn as_owned_mut(&mut self) -> Option<&mut Storage<T>> {
        None
    }

    /// Hands the array to `f` in the form that leaves `f` the most choice.
    #[inline(always)]
    fn give<R>(self, f: impl FnOnce(Given<'_, T>) -> R) -> R
    where
        Self: Sized,
    {
        match self.as_storage() {
            Some(array) => f(Given::Shared(array)),
            None => f(Given::View(self.view())),
        }
    }
}

/// An array as an operation receives it.
#[derive(Debug)]
pub enum Given<'a, T> {
    /// An array of its own, whose memory the result may have.
    Owned(Storage<T>),
    /// A reference to an owned array: its memory can be shared.
    Shared(&'a Storage<T>),
    /// Elements to read.
    View(View<'a, T>),
}

impl<T> Given<'_, T> {
    /// Shape and strides.
    #[inline(always)]
    pub fn layout(&self) -> &Layout {
        match self {
            Given::Owned(array) => array.layout(),
            Given::Shared(array) => array.layout(),
            Given::View(view) => view.layout(),
        }
    }

    /// The first element; dangling, but aligned, where there are none.
    #[inline(always)]
    pub fn as_ptr(&self) -> *const T {
        match self {
            Given::Owned(array) => array.as_ptr(),
            Given::Shared(array) => array.as_ptr(),
            Given::View(view) => view.as_ptr(),
        }
    }

    /// The elements to read.
    #[inline]
    pub fn view(&self) -> View<'_, T> {
        // SAFETY: pointer and layout are those of an array or view that is borrowed as long.
        unsafe { View::from_raw_parts(self.as_ptr(), self.layout().clone()) }
    }

    /// The length of each axis.
    #[inline(always)]
    pub fn shape(&self) -> &[usize] {
        self.layout().shape()
    }
}

/// What an operation sees of an operand at a glance: a scalar, or borrowed elements.
#[derive(Clone, Copy, Debug)]
pub struct Glance<'a, T>(Seen<'a, T>);

#[derive(Clone, Copy, Debug)]
enum Seen<'a, T> {
    Scalar(T),
    /// The first element, and where the others are.
    Elements(*const T, &'a Layout),
    Other,
}

impl<'a, T: Copy> Glance<'a, T> {
    /// Nothing that can be seen so quickly, or an array that is given away.
    pub const OTHER: Self = Glance(Seen::Other);

    /// One value.
    #[inline(always)]
    pub fn scalar(value: T) -> Self {
        Glance(Seen::Scalar(value))
    }

    /// The elements of a view.
    #[inline(always)]
    pub fn view(view: &'a View<'_, T>) -> Self {
        Glance(Seen::Elements(view.as_ptr(), view.layout()))
    }

    /// The elements of an owned array that stays.
    #[inline(always)]
    pub fn storage(array: &'a Storage<T>) -> Self {
        Glance(Seen::Elements(array.as_ptr(), array.layout()))
    }

    /// The layout of borrowed elements.
    #[inline(always)]
    pub fn layout(&self) -> Option<&'a Layout> {
        match self.0 {
            Seen::Elements(_, layout) => Some(layout),
            _ => None,
        }
    }

    /// As an operand of an operation on all elements of `layout`, which are in C order without gaps: a scalar, or
    /// the elements of another such array of that shape.
    #[inline(always)]
    pub fn operand(&self, layout: &Layout) -> Option<Operand<'a, T>> {
        match self.0 {
            Seen::Scalar(value) => Some(Operand::Scalar(value)),
            Seen::Elements(first, own) if own.is_standard() && own.has_shape(layout.shape()) => {
                // SAFETY: the elements are those of a view or an array that is borrowed for `'a`.
                Some(Operand::Slice(unsafe { Rows::from_raw(first, 1, own.len(), 0) }))
            }
            _ => None,
        }
    }
}

// One by one: a blanket `for T` would overlap with `&A` in the compiler's eyes.
macro_rules! scalars {
    ($($type:ty)*) => {$(
        impl ArrayLike<$type> for $type {
            #[inline]
            fn view(&self) -> View<'_, $type> {
                View::from_scalar(self)
            }
            #[inline(always)]
            fn glance(&self) -> Glance<'_, $type> {
                Glance::scalar(*self)
            }
        }
    )*};
}

scalars! { f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64 }

impl<T: Element, A: ArrayLike<T> + ?Sized> ArrayLike<T> for &A {
    #[inline]
    fn view(&self) -> View<'_, T> {
        (**self).view()
    }
    #[inline]
    fn as_storage(&self) -> Option<&Storage<T>> {
        (**self).as_storage()
    }
    #[inline(always)]
    fn glance(&self) -> Glance<'_, T> {
        match (**self).as_storage() {
            Some(array) => Glance::storage(array),
            None => (**self).glance(),
        }
    }
}

impl<T: Element, A: ArrayLike<T> + ?Sized> ArrayLike<T> for &mut A {
    #[inline]
    fn view(&self) -> View<'_, T> {
        (**self).view()
    }
    #[inline]
    fn as_storage(&self) -> Option<&Storage<T>> {
        (**self).as_storage()
    }
    #[inline(always)]
    fn glance(&self) -> Glance<'_, T> {
        match (**self).as_storage() {
            Some(array) => Glance::storage(array),
            None => (**self).glance(),
        }
    }
}

impl<T: Element> ArrayLike<T> for Storage<T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        self.view()
    }
    #[inline]
    fn as_storage(&self) -> Option<&Storage<T>> {
        Some(self)
    }
    #[inline(always)]
    fn as_owned_mut(&mut self) -> Option<&mut Storage<T>> {
        Some(self)
    }
    #[inline(always)]
    fn give<R>(self, f: impl FnOnce(Given<'_, T>) -> R) -> R {
        f(Given::Owned(self))
    }
}

impl<T: Element> ArrayLike<T> for View<'_, T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        self.clone()
    }
    #[inline(always)]
    fn glance(&self) -> Glance<'_, T> {
        Glance::view(self)
    }
}

impl<T: Element> ArrayLike<T> for ViewMut<'_, T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        self.view()
    }
}

impl<T: Element> ArrayLike<T> for [T] {
    #[inline]
    fn view(&self) -> View<'_, T> {
        View::from_slice(self)
    }
}

impl<T: Element> ArrayLike<T> for Vec<T> {
    #[inline]
    fn view(&self) -> View<'_, T> {
        View::from_slice(self)
    }
    fn give<R>(self, f: impl FnOnce(Given<'_, T>) -> R) -> R {
        let shape = [self.len()];
        // A vector fits its own shape, and taking it over can fail only for want of memory for a header.
        match Storage::from_vec(self, &shape) {
            Ok(array) => f(Given::Owned(array)),
            Err(error) => panic!("{error}"),
        }
    }
}

impl<T: Element, const N: usize> ArrayLike<T> for [T; N] {
    #[inline]
    fn view(&self) -> View<'_, T> {
        View::from_slice(self)
    }
}

macro_rules! nested_arrays {
    ($($(#[$doc:meta])* [$($axis:ident)*] $type:ty, |$a:ident| $shape:expr;)*) => {$(
        impl<T: Element $(, const $axis: usize)*> ArrayLike<T> for $type {
            #[inline]
            fn view(&self) -> View<'_, T> {
                let $a = self;
                // SAFETY: nested arrays are contiguous, initialised, and borrowed as long as the view.
                unsafe { View::from_raw_parts($a.as_ptr().cast(), nested(&$shape)) }
            }
        }
    )*};
}

nested_arrays! {
    [M] [[T; M]], |a| [a.len(), M];
    [M] Vec<[T; M]>, |a| [a.len(), M];
    [N M] [[T; M]; N], |_a| [N, M];
    [M L] [[[T; L]; M]], |a| [a.len(), M, L];
    [M L] Vec<[[T; L]; M]>, |a| [a.len(), M, L];
    [N M L] [[[T; L]; M]; N], |_a| [N, M, L];
}

#[cfg(test)]
#[allow(clippy::needless_borrows_for_generic_args)] // every spelling is a case
mod tests {
    use super::*;
    use crate::element::{Float, Ordered};

    fn shape<T: Element>(a: impl ArrayLike<T>) -> Vec<usize> {
        a.view().shape().to_vec()
    }

    fn largest<T: Float>(a: impl ArrayLike<T>) -> T {
        a.view().iter().fold(T::neg_infinity(), |m, &x| m.max(x))
    }

    /// The first elements, larger of the two: two operands that infer each other.
    fn maximum<T: Ordered>(a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> T {
        let (a, b) = (a.view().first().copied(), b.view().first().copied());
        let (a, b) = (a.unwrap(), b.unwrap());
        if b > a { b } else { a }
    }

    #[test]
    fn element_types_are_inferred() {
        let vec = vec![1.0, 2.0];
        assert_eq!(largest(&vec), 2.0);
        assert_eq!(largest(&vec[..1]), 1.0);
        assert_eq!(largest([1.0, 3.0]), 3.0);
        assert_eq!(largest(&[1.0, 3.0]), 3.0);
        assert_eq!(largest([[1.0, 2.0], [3.0, 4.0]]), 4.0);
        assert_eq!(largest(&[[1.0f32, 2.0], [3.0, 4.0]]), 4.0f32);
        assert_eq!(largest(vec![[[1.0], [5.0]]]), 5.0);
        assert_eq!(largest(2.5), 2.5);
        assert_eq!(largest(&2.5), 2.5);
        let array = Storage::from_vec(vec, &[2]).unwrap();
        assert_eq!(largest(&array), 2.0);
        assert_eq!(largest(array.view()), 2.0);
        assert_eq!(largest(&&array), 2.0);
        assert_eq!(largest(array), 2.0);
    }

    #[test]
    fn literals_take_the_type_of_the_other_operand() {
        let a = [1.5f32, 0.0];
        let low: f32 = maximum(&a, 0.0);
        let high: f32 = maximum(2.0, &a);
        assert_eq!((low, high), (1.5, 2.0));
        let bytes: u8 = maximum(&vec![7u8], 3);
        assert_eq!(bytes, 7);
        assert_eq!(maximum(1, 2), 2);
    }

    #[test]
    fn generic_code_passes_arrays_on() {
        fn twice<T: Float>(a: &[T], b: &Storage<T>) -> T {
            maximum(a, b) + maximum(&[T::one(), T::zero()], &a.to_vec())
        }
        let b = Storage::full(&[1], 3.0).unwrap();
        assert_eq!(twice(&[2.0], &b), 5.0);
    }

    #[test]
    fn nested_arrays_have_their_shapes() {
        assert_eq!(shape([[[0u8; 4]; 3]; 2]), [2, 3, 4]);
        assert_eq!(shape(vec![[[0u8; 4]; 3]; 2]), [2, 3, 4]);
        assert_eq!(shape(&[[[0u8; 4]; 3]; 2][..1]), [1, 3, 4]);
        assert_eq!(shape(&[[0i64; 3]; 2][..]), [2, 3]);
        assert_eq!(shape(vec![[true; 3]; 2]), [2, 3]);
        assert_eq!(shape([[0.0f64; 0]; 2]), [2, 0]);
        assert!(shape(Complex64::ONE).is_empty());
    }

    #[test]
    fn memory_is_shared_or_given() {
        let array = Storage::full(&[3], 1.0).unwrap();
        fn shared<T: Element>(a: impl ArrayLike<T>) -> bool {
            a.as_storage().is_some()
        }
        fn given<T: Element>(a: impl ArrayLike<T>) -> bool {
            a.give(|a| matches!(a, Given::Owned(a) if a.is_unique()))
        }
        assert!(shared(&array) && !shared(array.view()) && !given(&array));
        assert!(given(array) && given(vec![1.0]) && !given([1.0]));
    }
}
