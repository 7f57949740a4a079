//! Discrete Fourier transforms, with the meaning of `numpy.fft`.
//!
//! They come from the crates `rustfft` and `realfft`, which choose their own instructions: last bits may differ
//! between machines, and [`backend`](crate::backend) has no say. Plans are kept.

use crate::macros::OrPanic;
use crate::{Array, ArrayLike, ComplexFloat, Element, Float, Result};
use isonum_core::{DType, View};
pub use isonum_fft::{Norm, Options};

macro_rules! transforms {
    ($($(#[$meta:meta])* $name:ident $with:ident $try:ident [$t:ident: $bound:ident] -> $value:ty
       { $($variant:ident $type:ty),* };)*) => {$(
        $(#[$meta])*
        #[track_caller]
        pub fn $name<$t: $bound>(a: impl ArrayLike<$t>) -> Array<$value> {
            $with(a, Options::default())
        }

        #[doc = concat!("[`", stringify!($name), "`] of `options.n` points along `options.axis`, scaled by `options.norm`.")]
        ///
        /// # Panics
        /// If there is no such axis, there are no points, or there is no memory for the result.
        #[track_caller]
        pub fn $with<$t: $bound>(a: impl ArrayLike<$t>, options: Options) -> Array<$value> {
            $try(a, options).or_panic()
        }

        #[doc = concat!("[`", stringify!($with), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($with), "`] panics.")]
        pub fn $try<$t: $bound>(a: impl ArrayLike<$t>, options: Options) -> Result<Array<$value>> {
            let a = a.view();
            let result = match $t::DTYPE {
                $(DType::$variant => isonum_fft::$name(&same::<$t, $type>(a), options)?.same_type(),)*
                other => unreachable!("{other} is no {}", stringify!($bound)),
            };
            Ok(Array(result.expect("the type it came from")))
        }
    )*};
}

fn same<T: Element, U: Element>(view: View<'_, T>) -> View<'_, U> {
    view.same_type().expect("matched by dtype")
}

transforms! {
    /// The discrete Fourier transform of complex numbers along the last axis.
    ///
    /// `X[k] = Σ x[j] exp(−2πi jk/n)`. In NumPy: `fft.fft`.
    ///
    /// # Panics
    /// If the axis has no elements, there is no axis, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, array, fft};
    /// let x = array![1.0, 0.0, -1.0, 0.0].astype::<Complex64>();
    /// assert_eq!(fft::fft(&x), array![0.0, 2.0, 0.0, 2.0].astype::<Complex64>());
    /// ```
    fft fft_with try_fft_with [C: ComplexFloat] -> C { C32 isonum_core::Complex32, C64 isonum_core::Complex64 };
    /// The inverse of [`fft`] along the last axis, scaled by 1/n. In NumPy: `fft.ifft`.
    ///
    /// # Panics
    /// If the axis has no elements, there is no axis, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, array, fft};
    /// let x = array![0.0, 2.0, 0.0, 2.0].astype::<Complex64>();
    /// assert_eq!(fft::ifft(&x), array![1.0, 0.0, -1.0, 0.0].astype::<Complex64>());
    /// ```
    ifft ifft_with try_ifft_with [C: ComplexFloat] -> C { C32 isonum_core::Complex32, C64 isonum_core::Complex64 };
    /// The discrete Fourier transform of real numbers along the last axis: the n/2 + 1 frequencies from 0 up.
    ///
    /// The others are their conjugates. In NumPy: `fft.rfft`.
    ///
    /// # Panics
    /// If the axis has no elements, there is no axis, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, array, fft};
    /// let spectrum = fft::rfft([1.0, 0.0, -1.0, 0.0]);
    /// assert_eq!(spectrum, array![0.0, 2.0, 0.0].astype::<Complex64>());
    /// ```
    rfft rfft_with try_rfft_with [T: Float] -> T::Complex { F32 f32, F64 f64 };
    /// The inverse of [`rfft`] along the last axis, to 2(m − 1) points of m frequencies; `n` in [`Options`] says
    /// otherwise. In NumPy: `fft.irfft`.
    ///
    /// # Panics
    /// If there are no points, there is no axis, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{array, fft};
    /// let x = array![1.0, 0.0, -1.0, 0.0];
    /// assert_eq!(fft::irfft(fft::rfft(&x)), x);
    /// ```
    irfft irfft_with try_irfft_with [C: ComplexFloat] -> C::Part {
        C32 isonum_core::Complex32, C64 isonum_core::Complex64
    };
}
