//! Compares results with what they should be.

use super::PART;
use super::tally::Tally;
use crate::oracle::{DOUBLE, Distance, Exact, Format, Function, Parity, Reference, SINGLE, Slope};
use isonum_core::registry::Unary;
use isonum_core::{Element, Float, Given, Result, View};
use isonum_runtime::elementwise;

/// A float type.
pub trait Checked: Float {
    /// Its format.
    const FORMAT: Format;
    /// The number of those bits.
    fn of_bits(bits: u64) -> Self;
    /// Its bits.
    fn bits(self) -> u64;
    /// As `f64`.
    fn real(self) -> f64;
    /// The nearest number.
    fn of_real(x: f64) -> Self;
    /// `std`'s result.
    fn exact(of: &Exact, x: Self) -> Self;
}

macro_rules! floats {
    ($($type:ident $bits:ident $format:ident $field:ident;)*) => {$(
        impl Checked for $type {
            const FORMAT: Format = $format;
            fn of_bits(bits: u64) -> $type {
                $type::from_bits(bits as $bits)
            }
            fn bits(self) -> u64 {
                u64::from(self.to_bits())
            }
            fn real(self) -> f64 {
                self.into()
            }
            fn of_real(x: f64) -> $type {
                x as $type
            }
            fn exact(of: &Exact, x: $type) -> $type {
                (of.$field)(x)
            }
        }
    )*};
}
floats! { f32 u32 SINGLE single; f64 u64 DOUBLE double; }

/// The same bits, or both NaN.
pub fn same<T: Checked>(a: T, b: T) -> bool {
    a.bits() == b.bits() || a.real().is_nan() && b.real().is_nan()
}

/// Judges results of one operation. One for each thread.
pub struct Judge {
    #[cfg(feature = "oracle")]
    oracle: crate::oracle::big::Oracle,
}

impl Judge {
    /// A judge, with the arbitrary-precision library where that is built in.
    ///
    /// # Errors
    /// If there is no memory.
    pub fn new() -> std::result::Result<Judge, String> {
        Ok(Judge {
            #[cfg(feature = "oracle")]
            oracle: crate::oracle::big::Oracle::new()?,
        })
    }

    /// The results of `op` for the inputs of a part, on the backend of the caller. An input beyond those of a part is
    /// only a neighbour.
    ///
    /// # Errors
    /// If there is no memory.
    pub fn inputs<T: Checked>(&mut self, op: Unary, reference: &Reference, inputs: &[T]) -> Result<Tally> {
        let results = results(op, inputs)?;
        let mut tally = Tally::default();
        for (&x, &y) in inputs.iter().zip(&results).take(PART as usize) {
            match reference {
                Reference::Exact(exact) => {
                    let right = same(y, T::exact(exact, x));
                    tally.error(if right { 0.0 } else { f64::INFINITY }, x.bits());
                    if !right {
                        tally.misrounds(x.bits());
                    }
                }
                Reference::Function(function) => self.result(function, x, y, &mut tally),
            }
        }
        if let Reference::Function(function) = reference {
            symmetry(op, function, inputs, &results, &mut tally)?;
        }
        Ok(tally)
    }

    fn result<T: Checked>(&mut self, function: &Function, x: T, y: T, tally: &mut Tally) {
        let (number, bits) = (x.real(), x.bits());
        let estimate = (function.std)(number);
        let decided = |units: f64, misrounded: bool, tally: &mut Tally| {
            tally.error(units, bits);
            if misrounded {
                tally.misrounds(bits);
            }
        };
        let without_value = !number.is_finite() || number == 0.0 || estimate.is_nan();
        if !without_value {
            if let Some(units) = quick(T::FORMAT, y.real(), estimate) {
                return decided(units, units > 0.5, tally);
            }
            tally.filtered += 1;
            let (value, k) = (function.value)(number);
            if value.0 != 0.0 {
                let distance = T::FORMAT.distance(y.real(), value, k);
                let misrounded = distance.is_misrounded().unwrap_or_else(|| {
                    tally.ties += 1;
                    self.tie(function, T::FORMAT, number, y.real(), distance, tally)
                });
                return decided(distance.units, misrounded, tally);
            }
        }
        let right = same(y, T::of_real(estimate));
        decided(if right { 0.0 } else { f64::INFINITY }, !right, tally);
    }

    #[cfg(feature = "oracle")]
    fn tie(
        &mut self,
        function: &Function,
        format: Format,
        x: f64,
        y: f64,
        distance: Distance,
        tally: &mut Tally,
    ) -> bool {
        self.oracle.is_misrounded(function, format, x, y).unwrap_or_else(|| {
            tally.undecided += 1;
            distance.units > 0.5
        })
    }

    #[cfg(not(feature = "oracle"))]
    fn tie(
        &mut self,
        _: &Function,
        _: Format,
        _: f64,
        _: f64,
        distance: Distance,
        tally: &mut Tally,
    ) -> bool {
        tally.undecided += 1;
        distance.units > 0.5
    }
}

/// The error of `y`, of 24 bits, where an estimate of the value to 2⁻⁴⁸ says on which side of a tie it is.
fn quick(format: Format, y: f64, estimate: f64) -> Option<f64> {
    if format.digits != SINGLE.digits || y.is_nan() {
        return None;
    }
    if estimate.abs() > 3.41e38 {
        // Far beyond the largest number.
        let right = y.is_infinite() && y.is_sign_positive() == (estimate > 0.0);
        return Some(if right { 0.0 } else { f64::INFINITY });
    }
    // The estimate's power of two, 23 places down, but not below the smallest subnormal number.
    let exponent = (estimate.to_bits() >> 52 & 0x7ff).max(1023 - 126);
    let unit = f64::from_bits((exponent - 23) << 52);
    let units = (y - estimate).abs() / unit;
    // 2⁻⁴⁸ of the value is 2⁻²⁴ units at most. That of numbers around the largest one is left to others.
    (y.is_finite() && (units - 0.5).abs() > 2f64.powi(-23)).then_some(units)
}

/// The results of `op` for `inputs`.
pub(super) fn results<T: Element>(op: Unary, inputs: &[T]) -> Result<Vec<T>> {
    elementwise::unary(op, Given::View(View::from_slice(inputs)))?.into_vec()
}

/// Counts where neighbours go the wrong way, and where negative arguments have other results.
fn symmetry<T: Checked>(
    op: Unary,
    function: &Function,
    inputs: &[T],
    results_of: &[T],
    tally: &mut Tally,
) -> Result<()> {
    if function.slope != Slope::Neither {
        let next = |x: T| T::of_bits(x.bits() + 1);
        for (x, y) in inputs.windows(2).zip(results_of.windows(2)) {
            // Of negative arguments the one with the larger bits is smaller.
            let [low, high] = if x[0].real() < x[1].real() { [y[0], y[1]] } else { [y[1], y[0]] };
            let neighbours = x[1].bits() == next(x[0]).bits();
            let (low, high) = (low.real(), high.real());
            let wrong = if function.slope == Slope::Rises { high < low } else { high > low };
            tally.falls += u64::from(neighbours && wrong);
        }
    }
    if function.parity != Parity::None {
        let negative: Vec<T> = inputs.iter().map(|&x| -x).collect();
        for (&y, &z) in results_of.iter().zip(&results(op, &negative)?) {
            let mirrored = if function.parity == Parity::Odd { -y } else { y };
            tally.asymmetric += u64::from(!same(z, mirrored));
        }
    }
    Ok(())
}
