//! What results should be.
//!
//! Operations that are exact are compared with `std`. The value of a function is known as a sum of two doubles
//! ([`double`]), to 2⁻⁹² of itself; where that does not say which of two floats is nearer, an arbitrary-precision library
//! does (`big`, feature `oracle`). For `f32`, most inputs need neither: `std`'s function of `f64` is right to 2⁻⁴⁸, and
//! says how far a result of 24 bits is off, unless it lies next to a tie.

mod arcs;
#[cfg(feature = "oracle")]
pub mod big;
pub mod double;
mod errors;
mod functions;
mod logistic;
mod pairs;
mod table;
mod turns;

pub use double::{Dd, Random};
pub use functions::{Exact, Function, Parity, Range, Reference, Slope, functions, reference};
pub use pairs::{PairFunction, PairRange, pair_function};

/// A float format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Bits of the significand.
    pub digits: i32,
    /// The exponent of the smallest subnormal number.
    pub lowest: i32,
    /// The exponent of the first power of two that is too large.
    pub top: i32,
}

/// `f32`.
pub const SINGLE: Format = Format { digits: 24, lowest: -149, top: 128 };
/// `f64`.
pub const DOUBLE: Format = Format { digits: 53, lowest: -1074, top: 1024 };

/// The relative error of sums of two doubles is at most 2 to this power.
pub const FILTER_BITS: i32 = -92;

/// How far a result is from the value, in units of the last place of the value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Distance {
    /// The units; infinite for NaN, and for infinity where it is not the rounded value.
    pub units: f64,
    /// The units may be off by so many.
    pub margin: f64,
}

impl Distance {
    /// Whether the result is not the nearest number; `None` where that cannot be told.
    pub fn is_misrounded(self) -> Option<bool> {
        if (self.units - 0.5).abs() <= self.margin { None } else { Some(self.units > 0.5) }
    }
}

impl Format {
    /// The distance of `y` from `exact` · 2ᵏ, which is not zero.
    pub fn distance(self, y: f64, exact: Dd, k: i32) -> Distance {
        let exponent = double::exponent(exact.0) + k;
        let unit = (exponent - (self.digits - 1)).max(self.lowest);
        // Where the last place is that of subnormal numbers, errors of the value weigh less.
        let margin =
            double::scale(1.0, (exponent + FILTER_BITS - unit).clamp(-1000, 1000)).max(2f64.powi(-50));
        if y.is_nan() {
            return Distance { units: f64::INFINITY, margin: 0.0 };
        }
        if y.is_infinite() {
            // Numbers from half a unit above the largest on round to infinity.
            let beyond = exponent >= self.top || {
                let limit = double::scale(2.0 - 2f64.powi(-self.digits), self.top - 1 - k);
                (exact.0.abs() - limit) + exact.1 * exact.0.signum() >= 0.0
            };
            let rounded = beyond && y.is_sign_positive() == (exact.0 > 0.0);
            return Distance { units: if rounded { 0.0 } else { f64::INFINITY }, margin: 0.0 };
        }
        // By two factors: the value may lie where doubles have no room.
        let off = (double::scale(y, -k) - exact.0) - exact.1;
        Distance { units: double::scale(off, k - unit).abs(), margin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_in_units_of_the_value() {
        let one = Dd(1.0, 0.0);
        let units = |format: Format, y: f64| format.distance(y, one, 0).units;
        assert_eq!(units(DOUBLE, 1.0), 0.0);
        assert_eq!(units(DOUBLE, 1.0 + f64::EPSILON), 1.0);
        assert_eq!(units(SINGLE, 1.0 + f64::from(f32::EPSILON)), 1.0);
        assert_eq!(units(SINGLE, f64::NAN), f64::INFINITY);
        assert_eq!(units(SINGLE, f64::INFINITY), f64::INFINITY);
        // A third of the smallest subnormal number rounds to zero.
        let third = DOUBLE.distance(0.0, Dd(1.0 / 3.0, 0.0), -1074);
        assert!((third.units - 1.0 / 3.0).abs() < 1e-15 && third.is_misrounded() == Some(false));
    }

    #[test]
    fn the_largest_numbers_end_half_a_unit_above() {
        let half =
            |more: f64| SINGLE.distance(f64::INFINITY, Dd(2.0 - 2f64.powi(-24) + more, 0.0), 127).units;
        assert_eq!(half(0.0), 0.0);
        assert_eq!(half(-1e-12), f64::INFINITY);
        assert_eq!(SINGLE.distance(f64::NEG_INFINITY, Dd(1.0, 0.0), 200).units, f64::INFINITY);
    }

    #[test]
    fn ties_are_undecided() {
        let tie = DOUBLE.distance(1.0, Dd(1.0, f64::EPSILON / 2.0), 0);
        assert_eq!(tie.is_misrounded(), None);
        let past = DOUBLE.distance(1.0, Dd(1.0, f64::EPSILON * (0.5 + 1e-9)), 0);
        assert_eq!(past.is_misrounded(), Some(true));
    }
}
