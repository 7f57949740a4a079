//! What is made of several operations: rounding to decimals, both results of a division, both parts of a number.

use super::owned;
use crate::macros::{OrPanic, on_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, DType, Element, Float, Given, Real, Result, View};
use isonum_core::registry::{Binary, Predicate, Unary};
use isonum_runtime::elementwise;

pub use super::unary::{
    deg2rad as radians, deg2rad_into as radians_into, rad2deg as degrees, rad2deg_into as degrees_into,
    try_deg2rad as try_radians, try_deg2rad_into as try_radians_into, try_rad2deg as try_degrees,
    try_rad2deg_into as try_degrees_into,
};

/// 10ⁿ as NumPy has it: by products, rounded from 10²³ on.
fn power_of_ten(n: u32) -> f64 {
    // Beyond, it is infinite.
    (0..n.min(400)).fold(1.0, |power, _| power * 10.0)
}

/// Multiplied by a power of ten, rounded, and divided again; the other way round for digits in front of the point.
fn round_float<T: Element>(a: Given<'_, T>, decimals: i32, power: T) -> Result<Array<T>> {
    if decimals == 0 {
        return elementwise::unary(Unary::Rint, a).map(Array);
    }
    let (there, back) =
        if decimals > 0 { (Binary::Multiply, Binary::Divide) } else { (Binary::Divide, Binary::Multiply) };
    let power = View::from_scalar(&power);
    let mut scaled = Array(elementwise::binary(there, a, Given::View(power.clone()))?);
    elementwise::unary_to(Unary::Rint, None, scaled.write()?)?;
    elementwise::binary_to(back, None, Some(&power), scaled.write()?)?;
    Ok(scaled)
}

/// `out = value` where `is` says so of `a`.
fn replace<T: Element>(out: &mut Array<T>, a: &View<'_, T>, is: Predicate, value: T) -> Result<()> {
    let found = elementwise::predicate(is, Given::View(a.clone()))?;
    elementwise::select_to(&found.view(), Some(&View::from_scalar(&value)), None, out.write()?)
}

twins! {
    /// The elements rounded to so many digits behind the point, or in front of it where `decimals` is negative. Halves
    /// go to the even digit.
    ///
    /// As in NumPy, elements are multiplied by a power of ten, rounded by [`rint`](fn@crate::rint), and divided by it
    /// again: each of the three steps is correctly rounded, but `0.15` is not a half of the last digit in binary, and
    /// elements whose product with the power is infinite become infinite or NaN. Without decimals it is `rint`.
    /// Integers stay as they are or, with negative `decimals`, go through `f64`.
    ///
    /// In NumPy: `round`.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// use isonum::round;
    /// assert_eq!(round([1.234, -2.125, 0.5], 2), [1.23, -2.12, 0.5]);
    /// assert_eq!(round([0.5, 1.5, 2.5], 0), [0.0, 2.0, 2.0]);
    /// assert_eq!(round([123, 155, -155], -1), [120, 160, -160]);
    /// ```
    #[doc(alias = "around")]
    fn round try_round [T: Real] (a: impl ArrayLike<T>, decimals: i32) -> Array<T> {
        let power = power_of_ten(decimals.unsigned_abs());
        match T::DTYPE {
            DType::F32 | DType::F64 => a.give(|a| round_float(a, decimals, T::from_f64(power))),
            _ if decimals >= 0 => a.give(owned),
            _ => {
                let wide = elementwise::cast::<T, f64>(Given::View(a.view()))?;
                let rounded = round_float(Given::Owned(wide), decimals, power)?;
                elementwise::cast(Given::Owned(rounded.0)).map(Array)
            }
        }
    }

    /// The elements with `nan` in place of NaN, `posinf` of +inf and `neginf` of −inf.
    ///
    /// [`nan_to_num`](fn@crate::nan_to_num) takes NumPy's usual values in one pass.
    ///
    /// In NumPy: `nan_to_num` with its keywords.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// let a = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.5];
    /// assert_eq!(isonum::nan_to_num_with(a, -1.0, 9.0, -9.0), [-1.0, 9.0, -9.0, 1.5]);
    /// ```
    fn nan_to_num_with try_nan_to_num_with [T: Float] (a: impl ArrayLike<T>, nan: T, posinf: T, neginf: T) -> Array<T> {
        // What a replacement puts there must not be found again.
        let a = a.view();
        let mut out = Array(elementwise::copy(&a)?);
        replace(&mut out, &a, Predicate::IsNan, nan)?;
        replace(&mut out, &a, Predicate::IsPosInf, posinf)?;
        replace(&mut out, &a, Predicate::IsNegInf, neginf)?;
        Ok(out)
    }

    /// The fractions and the integer parts, each with the sign of the element: [`fract`](fn@crate::fract) and
    /// [`trunc`](fn@crate::trunc).
    ///
    /// In NumPy: `modf`. Exact.
    ///
    /// # Panics
    /// If there is no memory for the results.
    ///
    /// # Examples
    /// ```
    /// let (fraction, whole) = isonum::modf([3.5, -0.25, f64::INFINITY]);
    /// assert_eq!(fraction, [0.5, -0.25, 0.0]);
    /// assert_eq!(whole, [3.0, 0.0, f64::INFINITY]);
    /// ```
    fn modf try_modf [T: Float] (a: impl ArrayLike<T>) -> (Array<T>, Array<T>) {
        let fraction = elementwise::unary(Unary::Fract, Given::View(a.view()))?;
        a.give(|a| elementwise::unary(Unary::Trunc, a)).map(|whole| (Array(fraction), Array(whole)))
    }

    /// Fractions and exponents of two: each element is its fraction, of at least a half and below one, times two to the
    /// power of its exponent. Zeros, infinities and NaN are their own fractions, with exponent 0.
    ///
    /// In NumPy: `frexp`. Exact.
    ///
    /// # Panics
    /// If there is no memory for the results.
    ///
    /// # Examples
    /// ```
    /// let (fraction, exponent) = isonum::frexp([1.0, -6.0, 0.0]);
    /// assert_eq!(fraction, [0.5, -0.75, 0.0]);
    /// assert_eq!(exponent, [1, 3, 0]);
    /// ```
    fn frexp try_frexp [T: Float] (a: impl ArrayLike<T>) -> (Array<T>, Array<i32>) {
        let a = a.view();
        let mut exponent = Array(elementwise::unary(Unary::Logb, Given::View(a.clone()))?);
        elementwise::binary_to(Binary::Add, None, Some(&View::from_scalar(&T::ONE)), exponent.write()?)?;
        let usual = elementwise::predicate(Predicate::IsFinite, Given::Shared(&exponent.0))?;
        elementwise::select_to(&usual.view(), None, Some(&View::from_scalar(&T::ZERO)), exponent.write()?)?;
        let whole = elementwise::cast(Given::Shared(&exponent.0))?;
        elementwise::unary_to(Unary::Negative, None, exponent.write()?)?;
        let fraction = elementwise::binary(Binary::Scalb, Given::View(a), Given::Owned(exponent.0))?;
        Ok((Array(fraction), Array(whole)))
    }

    /// `a` times two to the power of `n`, rounded once where the result is subnormal. The operands broadcast to one
    /// shape, that of the result.
    ///
    /// In NumPy: `ldexp`.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::ldexp([0.5, -0.75, 0.0], [1, 3, 0]), [1.0, -6.0, 0.0]);
    /// ```
    fn ldexp try_ldexp [T: Float] (a: impl ArrayLike<T>, n: impl ArrayLike<i32>) -> Array<T> {
        // Numbers that a float does not hold are far beyond its exponents.
        let n = n.give(|n| elementwise::cast::<i32, T>(n))?;
        a.give(|a| elementwise::binary(Binary::Scalb, a, Given::Owned(n))).map(Array)
    }

    /// The quotients rounded down, and what they leave: [`floor_divide`](fn@crate::floor_divide) and
    /// [`remainder`](fn@crate::remainder). The operands broadcast to one shape, that of the results.
    ///
    /// In NumPy: `divmod`.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, an integer is divided by zero, or there is no memory for the results.
    ///
    /// # Examples
    /// ```
    /// let (quotient, rest) = isonum::divmod([7, -7, 6], 4);
    /// assert_eq!(quotient, [1, -2, 1]);
    /// assert_eq!(rest, [3, 1, 2]);
    /// ```
    fn divmod try_divmod [T: Real] (a: impl ArrayLike<T>, b: impl ArrayLike<T>) -> (Array<T>, Array<T>) {
        let (x, y) = (Given::View(a.view()), Given::View(b.view()));
        let quotient = Array(elementwise::binary(Binary::FloorDivide, x, y)?);
        let rest = a.give(|a| b.give(|b| elementwise::binary(Binary::Remainder, a, b)))?;
        Ok((quotient, Array(rest)))
    }

    /// Sines and cosines of angles in radians: [`sin`](fn@crate::sin) and [`cos`](fn@crate::cos).
    ///
    /// Accuracy: that of the two functions.
    ///
    /// # Panics
    /// If there is no memory for the results.
    ///
    /// # Examples
    /// ```
    /// let (sin, cos) = isonum::sincos([0.0, std::f64::consts::FRAC_PI_2]);
    /// assert_eq!(sin, [0.0, 1.0]);
    /// assert!(isonum::allclose(cos, [1.0, 0.0]));
    /// ```
    fn sincos try_sincos [T: Float] (a: impl ArrayLike<T>) -> (Array<T>, Array<T>) {
        let sin = elementwise::unary(Unary::Sin, Given::View(a.view()))?;
        a.give(|a| elementwise::unary(Unary::Cos, a)).map(|cos| (Array(sin), Array(cos)))
    }

    /// The elements to the power of one integer: [`power`](fn@crate::power), with its accuracy.
    ///
    /// # Panics
    /// If there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::powi([2.0, -3.0, 0.5], 3), [8.0, -27.0, 0.125]);
    /// assert_eq!(isonum::powi([2.0, -4.0], -1), [0.5, -0.25]);
    /// ```
    fn powi try_powi [T: Float] (a: impl ArrayLike<T>, n: i32) -> Array<T> {
        let exponent = T::from_f64(n.into());
        if Real::to_f64(exponent) == f64::from(n) {
            let exponent = View::from_scalar(&exponent);
            return a.give(|a| elementwise::binary(Binary::Power, a, Given::View(exponent))).map(Array);
        }
        // As `f32` it would be another integer.
        let wide = a.give(|a| elementwise::cast::<T, f64>(a))?;
        let exponent = f64::from(n);
        let power = elementwise::binary(Binary::Power, Given::Owned(wide), Given::View(View::from_scalar(&exponent)))?;
        elementwise::cast(Given::Owned(power)).map(Array)
    }

    /// The elements to the power of others, in `f64` whatever they are, so that integers have negative powers, too. The
    /// operands broadcast to one shape, that of the result.
    ///
    /// In NumPy: `float_power`. Accuracy: that of [`power`](fn@crate::power); integers of 64 bits are rounded to `f64` first.
    ///
    /// # Panics
    /// If the shapes do not broadcast to one, or there is no memory for the result.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(isonum::float_power([2, 4, 10], [-1, -2, 3]), [0.5, 0.0625, 1000.0]);
    /// ```
    fn float_power try_float_power [T: Real, U: Real] (a: impl ArrayLike<T>, b: impl ArrayLike<U>) -> Array<f64> {
        let a = a.give(|a| elementwise::cast::<T, f64>(a))?;
        let b = b.give(|b| elementwise::cast::<U, f64>(b))?;
        elementwise::binary(Binary::Power, Given::Owned(a), Given::Owned(b)).map(Array)
    }
}

on_arrays! {
    twin_methods! { &self;
        /// The elements rounded to so many digits, as the function [`round`](fn@crate::round).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![1.234, -2.345, 0.5].round(1), [1.2, -2.3, 0.5]);
        /// ```
        #[doc(alias = "around")]
        fn round try_round [] (decimals: i32) -> Array<T> where T: Real {
            try_round(self, decimals)
        }

        /// The elements with other values in place of NaN and infinities, as the function
        /// [`nan_to_num_with`](fn@crate::nan_to_num_with).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![f64::NAN, 1.5].nan_to_num_with(-1.0, 9.0, -9.0), [-1.0, 1.5]);
        /// ```
        fn nan_to_num_with try_nan_to_num_with [] (nan: T, posinf: T, neginf: T) -> Array<T> where T: Float {
            try_nan_to_num_with(self, nan, posinf, neginf)
        }

        /// The fractions and the integer parts, as the function [`modf`](fn@crate::modf).
        ///
        /// # Panics
        /// If there is no memory for the results.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let (fraction, whole) = array![3.5, -0.25].modf();
        /// assert_eq!(fraction, [0.5, -0.25]);
        /// assert_eq!(whole, [3.0, 0.0]);
        /// ```
        fn modf try_modf [] () -> (Array<T>, Array<T>) where T: Float {
            try_modf(self)
        }

        /// Fractions and exponents of two, as the function [`frexp`](fn@crate::frexp).
        ///
        /// # Panics
        /// If there is no memory for the results.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let (fraction, exponent) = array![1.0, -6.0].frexp();
        /// assert_eq!(fraction, [0.5, -0.75]);
        /// assert_eq!(exponent, [1, 3]);
        /// ```
        fn frexp try_frexp [] () -> (Array<T>, Array<i32>) where T: Float {
            try_frexp(self)
        }

        /// The elements times two to the power of `n`, as the function [`ldexp`](fn@crate::ldexp).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one, or there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![0.5, -0.75].ldexp([1, 3]), [1.0, -6.0]);
        /// ```
        fn ldexp try_ldexp [] (n: impl ArrayLike<i32>) -> Array<T> where T: Float {
            try_ldexp(self, n)
        }

        /// The quotients rounded down, and what they leave, as the function [`divmod`](fn@crate::divmod).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one, an integer is divided by zero, or there is no memory for the results.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let (quotient, rest) = array![7.5, -7.5].divmod(2.0);
        /// assert_eq!(quotient, [3.0, -4.0]);
        /// assert_eq!(rest, [1.5, 0.5]);
        /// ```
        fn divmod try_divmod [] (b: impl ArrayLike<T>) -> (Array<T>, Array<T>) where T: Real {
            try_divmod(self, b)
        }

        /// Sines and cosines, as the function [`sincos`](fn@crate::sincos).
        ///
        /// # Panics
        /// If there is no memory for the results.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// let (sin, cos) = array![0.0].sincos();
        /// assert_eq!((sin, cos), (array![0.0], array![1.0]));
        /// ```
        fn sincos try_sincos [] () -> (Array<T>, Array<T>) where T: Float {
            try_sincos(self)
        }

        /// The elements to the power of one integer, as the function [`powi`](fn@crate::powi).
        ///
        /// # Panics
        /// If there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![2.0, -3.0].powi(3), [8.0, -27.0]);
        /// ```
        fn powi try_powi [] (n: i32) -> Array<T> where T: Float {
            try_powi(self, n)
        }

        /// The elements to the power of others in `f64`, as the function [`float_power`](fn@crate::float_power).
        ///
        /// # Panics
        /// If the shapes do not broadcast to one, or there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// # use isonum::prelude::*;
        /// assert_eq!(array![2, 4].float_power([-1, -2]), [0.5, 0.0625]);
        /// ```
        fn float_power try_float_power [U: Real] (b: impl ArrayLike<U>) -> Array<f64> where T: Real {
            try_float_power(self, b)
        }
    }
}
