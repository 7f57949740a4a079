//! The four transforms, as NumPy defines them.

use crate::lanes;
use crate::options::{Direction, Options};
use crate::plans::FftFloat;
use isonum_core::{Dims, Result, Storage, View};
use num_complex::Complex;

/// The discrete Fourier transform along an axis: `X[k] = Σⱼ x[j] exp(−2πi jk/n)`.
///
/// The result has the shape of `a` with the axis of length `n`, and is in C order: `Complex64` for `Complex64`,
/// `Complex32` for `Complex32`. Input longer than `n` is cut off, shorter input continued by zeros. A NaN or an
/// infinity reaches every element of its lane.
///
/// # Errors
/// If there is no such axis, `n` (given, or the length of the axis) is zero, or there is no memory. Other axes may
/// be empty, and so is the result then.
///
/// # Accuracy
/// The root mean square of the errors is about ε √(log₂ n) relative to that of the result.
///
/// # Complexity
/// O(n log n) for each lane, for every `n`, primes included. The plan of a length is kept for the next call.
///
/// # Examples
/// ```
/// use isonum_core::{Complex64, View};
/// use isonum_fft::{Options, fft, ifft};
/// let x = [1.0, 2.0, 3.0, 4.0].map(Complex64::from);
/// let spectrum = fft(&View::from(&x), Options::default())?;
/// let expected = [(10.0, 0.0), (-2.0, 2.0), (-2.0, 0.0), (-2.0, -2.0)];
/// assert!(spectrum.iter().zip(expected).all(|(x, (re, im))| (x - Complex64::new(re, im)).norm() < 1e-14));
/// let back = ifft(&spectrum.view(), Options::default())?;
/// assert!(back.iter().zip(x).all(|(a, b)| (a - b).norm() < 1e-14));
/// # Ok::<(), isonum_core::Error>(())
/// ```
pub fn fft<T: FftFloat>(a: &View<'_, Complex<T>>, options: Options) -> Result<Storage<Complex<T>>> {
    complex(a, options, Direction::Forward)
}

/// The inverse of [`fft`]: `x[j] = 1/n Σₖ X[k] exp(2πi jk/n)`.
///
/// Shapes, types, errors and accuracy are those of [`fft`].
///
/// # Examples
/// ```
/// use isonum_core::{Complex32, View};
/// use isonum_fft::{Norm, Options, ifft};
/// let spectrum = [Complex32::new(4.0, 0.0); 2];
/// let impulse = ifft(&View::from(&spectrum), Options::default())?;
/// assert_eq!(impulse.as_slice().unwrap(), [Complex32::new(4.0, 0.0), Complex32::new(0.0, 0.0)]);
/// let sum = ifft(&View::from(&spectrum), Options { norm: Norm::Forward, ..Options::default() })?;
/// assert_eq!(sum.as_slice().unwrap()[0].re, 8.0);
/// # Ok::<(), isonum_core::Error>(())
/// ```
pub fn ifft<T: FftFloat>(a: &View<'_, Complex<T>>, options: Options) -> Result<Storage<Complex<T>>> {
    complex(a, options, Direction::Inverse)
}

/// [`fft`] of real input: the first `n / 2 + 1` elements, of which the others are the conjugates.
///
/// The result has the shape of `a` with the axis of length `n / 2 + 1`, and is in C order: `Complex64` for `f64`,
/// `Complex32` for `f32`. Input longer than `n` is cut off, shorter input continued by zeros. A NaN or an infinity
/// reaches every element of its lane.
///
/// # Errors
/// As for [`fft`].
///
/// # Accuracy
/// As for [`fft`].
///
/// # Complexity
/// About half of that of [`fft`] for even `n`, the same for odd.
///
/// # Examples
/// ```
/// use isonum_core::View;
/// use isonum_fft::{Options, rfft};
/// let spectrum = rfft(&View::from(&[[1.0f64, 2.0, 3.0], [0.0, 0.0, 0.0]]), Options { axis: 0, ..Options::default() })?;
/// assert_eq!(spectrum.shape(), [2, 3]);
/// assert!(spectrum.iter().zip([1.0f64, 2.0, 3.0, 1.0, 2.0, 3.0]).all(|(x, re)| (x.re - re).abs() < 1e-15));
/// # Ok::<(), isonum_core::Error>(())
/// ```
pub fn rfft<T: FftFloat>(a: &View<'_, T>, options: Options) -> Result<Storage<Complex<T>>> {
    let (axis, n) = options.resolve(a.shape(), |m| m)?;
    let mut out = T::zeros(&resized(a.shape(), axis, n / 2 + 1))?;
    if a.shape()[axis] == 0 || out.is_empty() {
        return Ok(out);
    }
    let mut transform = T::to_complex(n);
    let scale = options.scale(Direction::Forward, n);
    let output = out.view_mut()?.into_slice().expect("a result is contiguous");
    lanes::transform(a, axis, (n, T::ZERO), output, (n / 2 + 1, zero()), |input, output| {
        transform(input, output);
        scale_complex(output, scale);
    })?;
    Ok(out)
}

/// The inverse of [`rfft`]: real output of `n` points from the first `n / 2 + 1` of their spectrum.
///
/// The result has the shape of `a` with the axis of length `n`, by default 2 (m − 1) for a length `m`, and is in C
/// order: `f64` for `Complex64`, `f32` for `Complex32`. **An odd number of points has to be given.** Input longer
/// than `n / 2 + 1` is cut off, shorter input continued by zeros. The imaginary part of the first element, and for
/// even `n` of the last, is ignored: no real signal has one.
///
/// # Errors
/// As for [`fft`]; an axis of length 1 has no default for `n`.
///
/// # Accuracy
/// As for [`fft`].
///
/// # Examples
/// ```
/// use isonum_core::View;
/// use isonum_fft::{Options, irfft, rfft};
/// let x = [1.0f32, 5.0, 2.0];
/// let spectrum = rfft(&View::from(&x), Options::default())?;
/// let back = irfft(&spectrum.view(), Options { n: Some(3), ..Options::default() })?;
/// assert!(back.iter().zip(x).all(|(a, b)| (a - b).abs() < 1e-6));
/// # Ok::<(), isonum_core::Error>(())
/// ```
pub fn irfft<T: FftFloat>(a: &View<'_, Complex<T>>, options: Options) -> Result<Storage<T>> {
    let (axis, n) = options.resolve(a.shape(), |m| 2 * m.saturating_sub(1))?;
    let mut out = Storage::zeros(&resized(a.shape(), axis, n))?;
    if a.shape()[axis] == 0 || out.is_empty() {
        return Ok(out);
    }
    let mut transform = T::to_real(n);
    let scale = options.scale(Direction::Inverse, n);
    let output = out.view_mut()?.into_slice().expect("a result is contiguous");
    lanes::transform(a, axis, (n / 2 + 1, zero()), output, (n, T::ZERO), |input, output| {
        transform(input, output);
        if let Some(scale) = scale {
            output.iter_mut().for_each(|x| *x = *x * scale);
        }
    })?;
    Ok(out)
}

fn complex<T: FftFloat>(
    a: &View<'_, Complex<T>>,
    options: Options,
    direction: Direction,
) -> Result<Storage<Complex<T>>> {
    let (axis, n) = options.resolve(a.shape(), |m| m)?;
    let mut out = T::zeros(&resized(a.shape(), axis, n))?;
    if a.shape()[axis] == 0 || out.is_empty() {
        return Ok(out);
    }
    let mut transform = T::complex(direction, n);
    let scale = options.scale(direction, n);
    let output = out.view_mut()?.into_slice().expect("a result is contiguous");
    lanes::transform(a, axis, (n, zero()), output, (n, zero()), |input, output| {
        transform(input, output);
        scale_complex(output, scale);
    })?;
    Ok(out)
}

fn zero<T: FftFloat>() -> Complex<T> {
    Complex { re: T::ZERO, im: T::ZERO }
}

/// `shape` with `n` at `axis`.
fn resized(shape: &[usize], axis: usize, n: usize) -> Dims<usize> {
    let mut shape = Dims::from_slice(shape);
    shape[axis] = n;
    shape
}

fn scale_complex<T: FftFloat>(values: &mut [Complex<T>], scale: Option<T>) {
    if let Some(scale) = scale {
        values.iter_mut().for_each(|x| *x = Complex { re: x.re * scale, im: x.im * scale });
    }
}
