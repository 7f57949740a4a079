//! Complex numbers: their parts, which are views of the same memory, and their conjugates.

use super::owned;
use crate::macros::{OrPanic, on_arrays, on_writable_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, ComplexFloat, Element, Result};
use isonum_core::registry::Unary;
use isonum_runtime::elementwise;

twins! {
    /// The real parts of complex numbers, copied. The method [`Array::real`] gives a view of them.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, real};
    /// assert_eq!(real([Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)]), [1.0, 3.0]);
    /// ```
    fn real try_real [C: ComplexFloat] (a: impl ArrayLike<C>) -> Array<C::Part> {
        elementwise::copy(&a.view().real()).map(Array)
    }

    /// The imaginary parts of complex numbers, copied. The method [`Array::imag`] gives a view of them.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, imag};
    /// assert_eq!(imag([Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)]), [2.0, 4.0]);
    /// ```
    fn imag try_imag [C: ComplexFloat] (a: impl ArrayLike<C>) -> Array<C::Part> {
        elementwise::copy(&a.view().imag()).map(Array)
    }

    /// The complex conjugates: the imaginary parts negated, which is exact; the same bits on every backend. An array
    /// given by value gives its memory to the result if nobody else holds it.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, conj};
    /// assert_eq!(conj([Complex64::new(1.0, 2.0)]), [Complex64::new(1.0, -2.0)]);
    /// ```
    #[doc(alias = "conjugate")]
    fn conj try_conj [C: ComplexFloat] (a: impl ArrayLike<C>) -> Array<C> {
        let mut result = a.give(owned)?;
        elementwise::unary_to(Unary::Negative, None, result.write()?.imag())?;
        Ok(result)
    }
}

/// The parts to read, with the lifetime `$v` of the elements.
macro_rules! parts {
    ($([$($life:lifetime)?] $type:ty, $v:lifetime;)*) => {$(
        impl<$($life,)? T: Element> $type {
            /// The real parts of complex numbers: a view of every other number in this memory.
            ///
            /// # Examples
            /// ```
            /// # use isonum::prelude::*;
            /// let z = array![Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)];
            /// assert_eq!(z.real(), [1.0, 3.0]);
            /// assert_eq!(z.real().strides(), [2]);
            /// ```
            pub fn real(&self) -> ArrayView<$v, T::Part>
            where
                T: ComplexFloat,
            {
                ArrayView(self.view().0.real())
            }

            /// The imaginary parts of complex numbers: a view of every other number in this memory.
            ///
            /// # Examples
            /// ```
            /// # use isonum::prelude::*;
            /// let z = array![Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)];
            /// assert_eq!(z.imag(), [2.0, 4.0]);
            /// ```
            pub fn imag(&self) -> ArrayView<$v, T::Part>
            where
                T: ComplexFloat,
            {
                ArrayView(self.view().0.imag())
            }
        }
    )*};
}

parts! { [] Array<T>, '_; ['a] ArrayView<'a, T>, 'a; ['a] ArrayViewMut<'a, T>, '_; }

on_arrays! {
    twin_methods! { &self;
        /// The complex conjugates, as the function [`conj`](fn@crate::conj).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let z = array![Complex64::new(1.0, 2.0)];
        /// assert_eq!(&z * z.conj(), [Complex64::new(5.0, 0.0)]);
        /// ```
        #[doc(alias = "conjugate")]
        fn conj try_conj [] () -> Array<T> where T: ComplexFloat {
            try_conj(self)
        }
    }
}

on_writable_arrays! {
    twin_methods! { &mut self;
        /// The real parts of complex numbers, to write; see [`real`](Self::real).
        ///
        /// # Panics
        /// If the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut z = array![Complex64::new(1.0, 2.0), Complex64::new(3.0, 4.0)];
        /// z.real_mut().fill(0.0);
        /// assert_eq!(z, [Complex64::new(0.0, 2.0), Complex64::new(0.0, 4.0)]);
        /// ```
        fn real_mut try_real_mut [] () -> ArrayViewMut<'_, T::Part> where T: ComplexFloat {
            Ok(ArrayViewMut(self.write()?.real()))
        }

        /// The imaginary parts of complex numbers, to write; see [`imag`](Self::imag).
        ///
        /// # Panics
        /// If the array shares its memory and there is none for a copy.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let mut z = array![1.0, 2.0].astype::<Complex64>();
        /// z.imag_mut().assign([3.0, 4.0]);
        /// assert_eq!(z, [Complex64::new(1.0, 3.0), Complex64::new(2.0, 4.0)]);
        /// ```
        fn imag_mut try_imag_mut [] () -> ArrayViewMut<'_, T::Part> where T: ComplexFloat {
            Ok(ArrayViewMut(self.write()?.imag()))
        }
    }
}
