//! Discrete Fourier transforms on [`View`](isonum_core::View)s, with the meaning of `numpy.fft`: what the facade's
//! `fft` is made of.
//!
//! - [`fft`], [`ifft`]: complex to complex.
//! - [`rfft`], [`irfft`]: real to complex and back, where half of the spectrum says all.
//!
//! The crates `rustfft` and `realfft` transform; here are NumPy's rules (`transform`), the way of lanes of any stride
//! into contiguous memory and back (`lanes`), and the plans that are kept (`plans`). Since `rustfft` chooses
//! instructions by itself, last bits may differ between machines, and `ISONUM_BACKEND` has no say. They do not
//! depend on the layout of the input, nor on threads.

#![forbid(unsafe_code)]

mod lanes;
mod options;
mod plans;
mod transform;

pub use options::{Norm, Options};
pub use plans::FftFloat;
pub use transform::{fft, ifft, irfft, rfft};
