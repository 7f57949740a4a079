//! What the four transforms can be asked for.

use isonum_core::axes::normalize_axis;
use isonum_core::{Error, Real, Result};

/// Which of the two directions is scaled: NumPy's `norm`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Norm {
    /// The inverse transform by 1/n.
    #[default]
    Backward,
    /// Both by 1/√n.
    Ortho,
    /// The forward transform by 1/n.
    Forward,
}

/// Options of a transform; `Options::default()` is NumPy's default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The number of points, along the axis: longer input is cut off, shorter input continued by zeros. `None` is
    /// the length of the axis `m`; for [`irfft`](crate::irfft), whose input is half a spectrum, 2 (m − 1).
    pub n: Option<usize>,
    /// The axis to transform, negative from the back. The last one by default.
    pub axis: isize,
    /// What is scaled.
    pub norm: Norm,
}

impl Default for Options {
    fn default() -> Self {
        Options { n: None, axis: -1, norm: Norm::default() }
    }
}

/// The two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Forward,
    Inverse,
}

impl Options {
    /// The axis, and the number of points; `of_length` says it for an axis of length `m`.
    ///
    /// # Errors
    /// If there is no such axis, or there are no points.
    pub(crate) fn resolve(
        &self,
        shape: &[usize],
        of_length: impl FnOnce(usize) -> usize,
    ) -> Result<(usize, usize)> {
        let axis = normalize_axis(self.axis, shape.len())?;
        match self.n {
            Some(0) => Err(Error::invalid_argument("n", "must be at least 1, found 0")),
            Some(n) => Ok((axis, n)),
            None => match of_length(shape[axis]) {
                0 => {
                    let m = shape[axis];
                    let message = format!("must be at least 1, found 0 from axis {axis} of length {m}");
                    Err(Error::invalid_argument("n", message))
                }
                n => Ok((axis, n)),
            },
        }
    }

    /// The factor of the results of `n` points; `None` for one.
    pub(crate) fn scale<T: Real>(&self, direction: Direction, n: usize) -> Option<T> {
        let n = n as f64;
        match (self.norm, direction) {
            (Norm::Ortho, _) => Some(T::from_f64(1.0 / n.sqrt())),
            (Norm::Backward, Direction::Inverse) | (Norm::Forward, Direction::Forward) => {
                Some(T::from_f64(1.0 / n))
            }
            (Norm::Backward, Direction::Forward) | (Norm::Forward, Direction::Inverse) => None,
        }
    }
}
