//! The parts of complex numbers as views of real ones, in the same memory: every other element.

use super::{View, ViewMut};
use crate::dims::Dims;
use crate::element::ComplexFloat;
use crate::layout::Layout;

/// Where the parts are of complex numbers at `layout`, counted in parts.
fn layout_of_parts(layout: &Layout) -> Layout {
    // The places of elements are in memory, and so their double fits; other strides are never followed.
    let strides: Dims<isize> = layout.strides().iter().map(|stride| stride.saturating_mul(2)).collect();
    Layout::new(layout.shape(), strides)
}

/// The distance of part `index` of the first element from that element.
fn first_part<C: ComplexFloat>(layout: &Layout, index: usize) -> usize {
    const { assert!(size_of::<C>() == 2 * size_of::<C::Part>() && align_of::<C>() == align_of::<C::Part>()) };
    if layout.is_empty() { 0 } else { index }
}

impl<'a, C: ComplexFloat> View<'a, C> {
    /// The real parts.
    ///
    /// ```
    /// use isonum_core::{Complex64, View};
    /// let z = [Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)];
    /// assert!(View::from_slice(&z).real().iter().eq(&[1.0, 3.0]));
    /// assert!(View::from_slice(&z).imag().iter().eq(&[2.0, 4.0]));
    /// ```
    pub fn real(&self) -> View<'a, C::Part> {
        self.part(0)
    }

    /// The imaginary parts.
    pub fn imag(&self) -> View<'a, C::Part> {
        self.part(1)
    }

    fn part(&self, index: usize) -> View<'a, C::Part> {
        let first = first_part::<C>(&self.layout, index);
        // SAFETY: a complex number is two parts, real and imaginary, in C's order (`repr(C)`): both are initialised and
        // borrowed as the number is. Without elements the pointer stays where it is.
        unsafe {
            View::from_raw_parts(self.as_ptr().cast::<C::Part>().add(first), layout_of_parts(&self.layout))
        }
    }
}

impl<'a, C: ComplexFloat> ViewMut<'a, C> {
    /// The real parts, to write.
    ///
    /// ```
    /// use isonum_core::{Complex64, ViewMut};
    /// let mut z = [Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)];
    /// ViewMut::from_slice(&mut z).real().iter_mut().for_each(|re| *re = 0.0);
    /// ViewMut::from_slice(&mut z).imag().iter_mut().for_each(|im| *im *= 2.0);
    /// assert_eq!(z, [Complex64::new(0.0, 4.0), Complex64::new(0.0, 8.0)]);
    /// ```
    pub fn real(self) -> ViewMut<'a, C::Part> {
        self.part(0)
    }

    /// The imaginary parts, to write.
    pub fn imag(self) -> ViewMut<'a, C::Part> {
        self.part(1)
    }

    fn part(self, index: usize) -> ViewMut<'a, C::Part> {
        let first = first_part::<C>(&self.layout, index);
        let layout = layout_of_parts(&self.layout);
        // SAFETY: as for `View`; numbers that do not overlap have parts that do not. `self` is gone.
        unsafe { ViewMut::from_raw_parts_unchecked(self.data.as_ptr().cast::<C::Part>().add(first), layout) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Complex32, SliceItem, Storage};

    #[test]
    fn parts_of_every_arrangement() {
        let number = |i: usize| Complex32::new(i as f32, -(i as f32));
        let a = Storage::from_fn(&[2, 3], number).unwrap();
        let transposed = a.transpose();
        let backwards = [SliceItem::Range { start: None, end: None, step: -1 }; 2];
        let views = [
            a.view(),
            transposed.view(),
            a.view().slice(&backwards).unwrap(),
            a.view().slice(&[SliceItem::Index(1)]).unwrap(),
        ]
        .map(|view| (view.real(), view.imag(), view));
        for (real, imag, view) in views {
            assert_eq!((real.shape(), imag.shape()), (view.shape(), view.shape()));
            assert!(real.iter().eq(view.iter().map(|z| &z.re)));
            assert!(imag.iter().eq(view.iter().map(|z| &z.im)));
        }
        let repeated = a.view().slice(&[SliceItem::Index(0)]).unwrap();
        assert!(
            repeated.broadcast_to(&[2, 3]).unwrap().imag().iter().eq(&[0.0, -1.0, -2.0, 0.0, -1.0, -2.0])
        );
    }

    #[test]
    fn no_elements_have_no_parts() {
        for shape in [&[0][..], &[isize::MAX as usize, 0], &[0, isize::MAX as usize]] {
            let mut a = Storage::<Complex32>::zeros(shape).unwrap();
            assert_eq!((a.view().imag().len(), a.view().real().shape()), (0, shape));
            assert!(a.view_mut().unwrap().imag().is_empty());
        }
        let one = Complex32::new(1.0, 2.0);
        assert_eq!(View::from_scalar(&one).imag().at(&[]).unwrap(), &2.0);
    }
}
