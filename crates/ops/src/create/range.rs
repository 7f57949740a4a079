//! Sequences: evenly spaced numbers, linear and geometric.

use crate::collect::try_collect;
use crate::macros::{OrPanic, twin_methods, twins};
use crate::{Array, Element, Error, Float, Real, Result, Storage};
use isonum_core::registry::Unary;
use isonum_core::{DType, Given};
use isonum_runtime::elementwise;
use num_traits::NumCast;

twins! {
    /// Numbers from `start` up to and without `stop`, `step` apart.
    ///
    /// There are `ceil((stop - start) / step)` of them, none if that is negative. Of floats, the `i`-th is
    /// `start + i * step` (with the step that rounding leaves of `(start + step) - start`, as in NumPy), so the
    /// last one may reach `stop`: [`linspace`] has no such surprise.
    ///
    /// # Panics
    /// If `step` is zero or, of floats, NaN, if a bound or the distance of the bounds is not finite, or if there is no
    /// memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::arange;
    /// assert_eq!(arange(0, 5, 1), [0, 1, 2, 3, 4]);
    /// assert_eq!(arange(5u8, 0, 2), [0u8; 0]);
    /// assert_eq!(arange(3, -3, -2), [3, 1, -1]);
    /// assert_eq!(arange(0.0, 1.0, 0.25), [0.0, 0.25, 0.5, 0.75]);
    /// ```
    fn arange try_arange [T: Real] (start: T, stop: T, step: T) -> Array<T> {
        if step == T::ZERO {
            return Err(Error::invalid_argument("step", "must not be zero"));
        }
        match T::DTYPE {
            DType::F32 | DType::F64 => float_range(start, stop, step),
            _ => integer_range(start, stop, step),
        }
    }

    /// `n` numbers from `start` to `stop`, both included, evenly spaced. The last one is `stop` exactly.
    ///
    /// Computed in `f64` as `start + i * ((stop - start) / (n - 1))` and rounded once.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::linspace;
    /// assert_eq!(linspace(0.0, 1.0, 5), [0.0, 0.25, 0.5, 0.75, 1.0]);
    /// assert_eq!(linspace(2.0, 3.0, 1), [2.0]);
    /// ```
    fn linspace try_linspace [T: Float] (start: T, stop: T, n: usize) -> Array<T> {
        spaced(start, stop, n, n.saturating_sub(1)).map(Array)
    }

    /// `n` numbers from `start` up to and without `stop`, evenly spaced: NumPy's `endpoint=False`.
    ///
    /// Computed in `f64` as `start + i * ((stop - start) / n)` and rounded once.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::linspace_exclusive;
    /// assert_eq!(linspace_exclusive(0.0, 1.0, 4), [0.0, 0.25, 0.5, 0.75]);
    /// ```
    fn linspace_exclusive try_linspace_exclusive [T: Float] (start: T, stop: T, n: usize) -> Array<T> {
        spaced(start, stop, n, n).map(Array)
    }

    /// `n` powers of ten whose exponents are evenly spaced from `start` to `stop`, both included.
    ///
    /// Whole exponents give the exact power, correctly rounded; others are within a few units in the last place.
    ///
    /// # Panics
    /// If there is no memory for it.
    ///
    /// # Examples
    /// ```
    /// use isonum::logspace;
    /// assert_eq!(logspace(-1.0, 2.0, 4), [0.1, 1.0, 10.0, 100.0]);
    /// ```
    fn logspace try_logspace [T: Float] (start: T, stop: T, n: usize) -> Array<T> {
        let exponents = spaced(start.to_f64(), stop.to_f64(), n, n.saturating_sub(1))?;
        let powers = powers_of_ten(exponents)?;
        elementwise::cast(Given::Owned(powers)).map(Array)
    }

    /// `n` numbers from `start` to `stop`, both included and exact, each the same multiple of the one before.
    ///
    /// Within a few units in the last place.
    ///
    /// # Panics
    /// If a bound is zero or not finite, or they differ in sign.
    ///
    /// # Examples
    /// ```
    /// use isonum::{allclose, geomspace};
    /// assert!(allclose(geomspace(1.0, 1000.0, 4), [1.0, 10.0, 100.0, 1000.0]));
    /// assert!(allclose(geomspace(-8.0, -1.0, 4), [-8.0, -4.0, -2.0, -1.0]));
    /// ```
    fn geomspace try_geomspace [T: Float] (start: T, stop: T, n: usize) -> Array<T> {
        let (a, b) = (Real::to_f64(start), Real::to_f64(stop));
        if a == 0.0 || b == 0.0 || !(a - b).is_finite() || (a < 0.0) != (b < 0.0) {
            let message = format!("must be finite, not zero and of one sign, found {a} and {b}");
            return Err(Error::invalid_argument("geomspace", message));
        }
        let logs = elementwise::unary(Unary::Log, Given::Owned(Storage::from_vec(vec![a.abs(), b.abs()], &[2])?))?;
        let (from, to) = (*logs.at(&[0])?, *logs.at(&[1])?);
        let steps = spaced(0.0, to - from, n, n.saturating_sub(1))?;
        let factors = elementwise::unary(Unary::Exp, Given::Owned(steps))?;
        let last = n.saturating_sub(1);
        let value = |i: usize, factor: f64| match i {
            0 => start,
            _ if i == last => stop,
            _ => T::from_f64(a * factor),
        };
        Storage::from_fn(&[n], |i| value(i, *factors.at(&[i as isize]).unwrap_or(&1.0))).map(Array)
    }
}

/// `n` numbers, `(stop - start) / intervals` apart; where there are `n - 1` intervals the last is `stop`.
fn spaced<T: Float>(start: T, stop: T, n: usize, intervals: usize) -> Result<Storage<T>> {
    let (a, b) = (Real::to_f64(start), Real::to_f64(stop));
    let step = (b - a) / intervals.max(1) as f64;
    let value = |i: usize| match i {
        0 => start,
        _ if i == intervals => stop,
        // Without a step that is too small to be a number, as NumPy does.
        _ if step == 0.0 => T::from_f64(a + i as f64 / intervals as f64 * (b - a)),
        _ => T::from_f64(a + i as f64 * step),
    };
    Storage::from_fn(&[n], value)
}

fn float_range<T: Real>(start: T, stop: T, step: T) -> Result<Array<T>> {
    let (first, end, by) = (Real::to_f64(start), Real::to_f64(stop), Real::to_f64(step));
    // In the type of the elements, which a distance of `f32` may be too large for.
    let distance = Real::to_f64(stop - start);
    let count = ((end - first) / by).ceil();
    let wrong = match () {
        _ if !first.is_finite() || !end.is_finite() => "the bounds must be finite",
        _ if by.is_nan() => "the step must be a number",
        _ if !distance.is_finite() => "the distance of the bounds overflows",
        _ if count > isize::MAX as f64 => "more elements than can be addressed",
        _ => "",
    };
    if !wrong.is_empty() {
        // `Debug` writes large and small numbers with an exponent.
        return Err(Error::invalid_argument("arange", format!("{start:?} to {stop:?} by {step:?}: {wrong}")));
    }
    let step = (start + step) - start;
    let value = |i: usize| if i == 0 { start } else { start + T::from_f64(i as f64) * step };
    Storage::from_fn(&[count.max(0.0) as usize], value).map(Array)
}

fn integer_range<T: Real>(start: T, stop: T, step: T) -> Result<Array<T>> {
    // Every integer type fits.
    let wide = |x: T| x.to_i128().unwrap_or_default();
    let (start, stop, step) = (wide(start), wide(stop), wide(step));
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 { 0 } else { (distance - 1) / step.abs() + 1 };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let value = |i: usize| <T as NumCast>::from(start + i as i128 * step).unwrap_or(T::ZERO);
    Storage::from_fn(&[count], value).map(Array)
}

/// Ten to the power of each exponent: read from its decimal notation if that is whole, else by the exponential of
/// the exponent times ln 10 in two parts.
fn powers_of_ten(exponents: Storage<f64>) -> Result<Storage<f64>> {
    /// ln 10 to twice the precision: the nearest `f64`, and the nearest to the rest.
    const LN_10: (f64, f64) = (std::f64::consts::LN_10, -2.1707562233822494e-16);
    let products = exponents.iter().map(|&x| Ok(x * LN_10.0));
    let products = Array::try_from_vec(try_collect(products)?)?;
    let leading = elementwise::unary(Unary::Exp, Given::Owned(products.0))?;
    let powers = exponents.iter().zip(leading.iter()).map(|(&x, &power)| {
        let rest = x.mul_add(LN_10.0, -(x * LN_10.0)) + x * LN_10.1;
        Ok(match x.fract() == 0.0 && x.abs() < 400.0 {
            true => format!("1e{}", x as i32).parse().unwrap_or(power),
            // An overflow or underflow has no rest.
            false if power.is_normal() => power.mul_add(rest, power),
            false => power,
        })
    });
    Array::try_from_vec(try_collect(powers)?).map(|powers| powers.0)
}

impl<T: Element> Array<T> {
    twin_methods! { Self;
        /// As the function [`arange`].
        ///
        /// # Panics
        /// If `step` is zero or, of floats, NaN, if a bound or the distance of the bounds is not finite, or if there is no
        /// memory for it.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(Array::arange(0, 6, 2), [0, 2, 4]);
        /// ```
        #[doc(alias = "range")]
        fn arange try_arange [] (start: T, stop: T, step: T) -> Self where T: Real {
            try_arange(start, stop, step)
        }

        /// As the function [`linspace`].
        ///
        /// # Panics
        /// If there is no memory for it.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(Array::linspace(0.0, 1.0, 3), [0.0, 0.5, 1.0]);
        /// ```
        fn linspace try_linspace [] (start: T, stop: T, n: usize) -> Self where T: Float {
            try_linspace(start, stop, n)
        }
    }
}
