//! Discrete Fourier transforms, with the meaning of `numpy.fft`.
//!
//! They come from the crates `rustfft` and `realfft`, which choose their own instructions: last bits may differ
//! between machines, and [`backend`](crate::backend) has no say. Plans are kept.

use crate::macros::{OrPanic, in_operation};
use crate::{Array, ArrayLike, ComplexFloat, Element, Float, Result};
use isonum_core::{DType, View};
pub use isonum_fft::{Norm, Options};

/// What all transforms say of their accuracy.
macro_rules! accuracy {
    () => {
        "*Accuracy*: errors grow like ε log n at most, where ε is 2⁻²³ (`f32`) or 2⁻⁵² (`f64`). Of random numbers, for \
         `n` up to four million, the root mean square of the errors was measured to be at most 0.6 ε √(log₂ n) of \
         that of the result for powers of two and of ten, 1.0 of three, 1.8 for primes, and no error more than 35 ε of \
         it. An element that is small beside the others has errors as large as theirs."
    };
}

macro_rules! transforms {
    ($($(#[$meta:meta])* $name:ident $try:ident,
       $(#[$with_meta:meta])* $with:ident $try_with:ident [$t:ident: $bound:ident] -> $value:ty
       { $($variant:ident $type:ty),* };)*) => { pastey::paste! {$(
        fn [<$name _of>]<$t: $bound>(a: &View<'_, $t>, options: Options) -> Result<Array<$value>> {
            let result = match $t::DTYPE {
                $(DType::$variant => isonum_fft::$name(&same::<$t, $type>(a.clone()), options)?.same_type(),)*
                other => unreachable!("{other} is no {}", stringify!($bound)),
            };
            Ok(Array(result.expect("the type it came from")))
        }

        $(#[$meta])*
        #[track_caller]
        pub fn $name<$t: $bound>(a: impl ArrayLike<$t>) -> Array<$value> {
            $try(a).or_panic()
        }

        #[doc = concat!("[`", stringify!($name), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($name), "`] panics.")]
        pub fn $try<$t: $bound>(a: impl ArrayLike<$t>) -> Result<Array<$value>> {
            in_operation(stringify!($name), || [<$name _of>](&a.view(), Options::default()))
        }

        $(#[$with_meta])*
        #[track_caller]
        pub fn $with<$t: $bound>(a: impl ArrayLike<$t>, options: Options) -> Array<$value> {
            $try_with(a, options).or_panic()
        }

        #[doc = concat!("[`", stringify!($with), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($with), "`] panics.")]
        pub fn $try_with<$t: $bound>(a: impl ArrayLike<$t>, options: Options) -> Result<Array<$value>> {
            in_operation(stringify!($with), || [<$name _of>](&a.view(), options))
        }
    )*}};
}

fn same<T: Element, U: Element>(view: View<'_, T>) -> View<'_, U> {
    view.same_type().expect("matched by dtype")
}

transforms! {
    /// The discrete Fourier transform of complex numbers along the last axis.
    ///
    /// `X[k] = Σ x[j] exp(−2πi jk/n)`. In NumPy: `fft.fft`.
    ///
    #[doc = accuracy!()]
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
    fft try_fft,
    /// [`fft`] of `options.n` points along `options.axis`, scaled by `options.norm`.
    ///
    #[doc = accuracy!()]
    ///
    /// # Panics
    /// If there is no such axis, there are no points, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, array, fft};
    /// let x = array![[1.0, 5.0], [2.0, 7.0]].astype::<Complex64>();
    /// let columns = fft::fft_with(&x, fft::Options { axis: 0, ..fft::Options::default() });
    /// assert_eq!(columns, array![[3.0, 12.0], [-1.0, -2.0]].astype::<Complex64>());
    /// ```
    fft_with try_fft_with
        [C: ComplexFloat] -> C { C32 isonum_core::Complex32, C64 isonum_core::Complex64 };
    /// The inverse of [`fft`] along the last axis, scaled by 1/n. In NumPy: `fft.ifft`.
    ///
    #[doc = accuracy!()]
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
    ifft try_ifft,
    /// [`ifft`] of `options.n` points along `options.axis`, scaled by `options.norm`.
    ///
    #[doc = accuracy!()]
    ///
    /// # Panics
    /// If there is no such axis, there are no points, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, array, fft};
    /// let x = array![0.0, 2.0, 0.0, 2.0].astype::<Complex64>();
    /// let unscaled = fft::ifft_with(&x, fft::Options { norm: fft::Norm::Forward, ..fft::Options::default() });
    /// assert_eq!(unscaled, array![4.0, 0.0, -4.0, 0.0].astype::<Complex64>());
    /// ```
    ifft_with try_ifft_with
        [C: ComplexFloat] -> C { C32 isonum_core::Complex32, C64 isonum_core::Complex64 };
    /// The discrete Fourier transform of real numbers along the last axis: the n/2 + 1 frequencies from 0 up.
    ///
    /// The others are their conjugates. In NumPy: `fft.rfft`.
    ///
    #[doc = accuracy!()]
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
    rfft try_rfft,
    /// [`rfft`] of `options.n` points along `options.axis`, scaled by `options.norm`.
    ///
    #[doc = accuracy!()]
    ///
    /// # Panics
    /// If there is no such axis, there are no points, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{Complex64, array, fft};
    /// // Two points, continued by zeros to four.
    /// let spectrum = fft::rfft_with([1.0, 2.0], fft::Options { n: Some(4), ..fft::Options::default() });
    /// assert_eq!(spectrum, [Complex64::new(3.0, 0.0), Complex64::new(1.0, -2.0), Complex64::new(-1.0, 0.0)]);
    /// ```
    rfft_with try_rfft_with [T: Float] -> T::Complex { F32 f32, F64 f64 };
    /// The inverse of [`rfft`] along the last axis, to 2(m − 1) points of m frequencies; `n` in [`Options`] says
    /// otherwise. In NumPy: `fft.irfft`.
    ///
    #[doc = accuracy!()]
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
    irfft try_irfft,
    /// [`irfft`] to `options.n` points along `options.axis`, scaled by `options.norm`.
    ///
    #[doc = accuracy!()]
    ///
    /// # Panics
    /// If there is no such axis, there are no points, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::{allclose, array, fft};
    /// let x = array![1.0, 0.0, -4.0];
    /// let odd = fft::Options { n: Some(3), ..fft::Options::default() };
    /// assert!(allclose(fft::irfft_with(fft::rfft(&x), odd), x));
    /// ```
    irfft_with try_irfft_with [C: ComplexFloat] -> C::Part {
        C32 isonum_core::Complex32, C64 isonum_core::Complex64
    };
}
