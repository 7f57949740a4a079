//! The values of functions to 256 bits, by `astro-float`, whose results are correctly rounded: for what [`super::double`]
//! cannot tell, and to show that it keeps its bound.

use super::{Format, Function, double};
use astro_float::{BigFloat, Consts, RoundingMode, Sign};

const BITS: usize = 256;
/// Where 1 is added to a double, or taken from a number next to 1.
const LONG: usize = 1408;
const ROUNDING: RoundingMode = RoundingMode::ToEven;

/// The library's constants, computed once for a thread.
pub struct Oracle(Consts);

impl Oracle {
    /// An oracle for one thread.
    ///
    /// # Errors
    /// If there is no memory for its constants.
    pub fn new() -> Result<Oracle, String> {
        Consts::new().map(Oracle).map_err(|error| format!("the oracle's constants: {error:?}"))
    }

    /// The value at `x`; `None` for functions that the library does not have.
    fn value(&mut self, function: &Function, x: f64) -> Option<BigFloat> {
        let (given, x, constants) = (x, number(x), &mut self.0);
        Some(match function.name {
            "exp" => x.exp(BITS, ROUNDING, constants),
            "exp2" => number(2.0).pow(&x, BITS, ROUNDING, constants),
            "exp10" => number(10.0).pow(&x, BITS, ROUNDING, constants),
            "expm1" => {
                let e = x.exp(LONG, ROUNDING, constants);
                e.sub(&number(1.0), BITS, ROUNDING)
            }
            "cbrt" => x.cbrt(BITS, ROUNDING),
            "sigmoid" => {
                let one = number(1.0);
                one.div(&one.add(&x.neg().exp(LONG, ROUNDING, constants), LONG, ROUNDING), BITS, ROUNDING)
            }
            "softplus" => {
                let sum = number(1.0).add(&x.exp(LONG, ROUNDING, constants), LONG, ROUNDING);
                sum.ln(BITS, ROUNDING, constants)
            }
            "logit" => {
                let rest = number(1.0).sub(&x, LONG, ROUNDING);
                x.div(&rest, LONG, ROUNDING).ln(BITS, ROUNDING, constants)
            }
            "rsqrt" => number(1.0).div(&x.sqrt(BITS, ROUNDING), BITS, ROUNDING),
            "deg2rad" => {
                x.mul(&constants.pi(BITS, ROUNDING), BITS, ROUNDING).div(&number(180.0), BITS, ROUNDING)
            }
            "rad2deg" => {
                x.mul(&number(180.0), BITS, ROUNDING).div(&constants.pi(BITS, ROUNDING), BITS, ROUNDING)
            }
            "log" => x.ln(BITS, ROUNDING, constants),
            "log2" => x.log2(BITS, ROUNDING, constants),
            "log10" => x.log10(BITS, ROUNDING, constants),
            "log1p" => number(1.0).add(&x, LONG, ROUNDING).ln(BITS, ROUNDING, constants),
            "sin" => x.sin(BITS, ROUNDING, constants),
            "cos" => x.cos(BITS, ROUNDING, constants),
            "sinh" => x.sinh(BITS, ROUNDING, constants),
            "cosh" => x.cosh(BITS, ROUNDING, constants),
            "tan" => x.tan(BITS, ROUNDING, constants),
            "asin" => x.asin(BITS, ROUNDING, constants),
            "acos" => x.acos(BITS, ROUNDING, constants),
            "atan" => x.atan(BITS, ROUNDING, constants),
            "sinpi" => half_turns(given, constants).sin(BITS, ROUNDING, constants),
            "cospi" => half_turns(given, constants).cos(BITS, ROUNDING, constants),
            "tanpi" => half_turns(given, constants).tan(BITS, ROUNDING, constants),
            "tanh" => x.tanh(BITS, ROUNDING, constants),
            "asinh" => x.asinh(BITS, ROUNDING, constants),
            "acosh" => x.acosh(BITS, ROUNDING, constants),
            "atanh" => x.atanh(BITS, ROUNDING, constants),
            _ => return None,
        })
    }

    /// Whether another number of the format is nearer to the value at `x` than `y` is.
    pub fn is_misrounded(&mut self, function: &Function, format: Format, x: f64, y: f64) -> Option<bool> {
        let value = self.value(function, x)?;
        // The library's significands are below one.
        let unit = (value.exponent()? - 1 - (format.digits - 1)).max(format.lowest);
        let off = value.sub(&number(y), BITS, ROUNDING).abs();
        let half = scaled(1.0, unit - 1);
        Some(off.cmp(&half)? > 0)
    }

    /// The relative error of the sum of two doubles at `x`, as a power of two; `None` where it has none.
    pub fn filter_error(&mut self, function: &Function, x: f64) -> Option<i32> {
        let value = self.value(function, x)?;
        let (sum, k) = (function.value)(x);
        let sum = scaled(sum.0, k).add(&scaled(sum.1, k), BITS, ROUNDING);
        let off = value.sub(&sum, BITS, ROUNDING);
        if off.is_zero() { None } else { Some(off.exponent()? - value.exponent()? + 1) }
    }
}

/// π times the remainder of x by 2. 600 bits, so that the result has 256 next to a zero as well.
fn half_turns(x: f64, constants: &mut Consts) -> BigFloat {
    const MORE: usize = 640;
    number(x % 2.0).mul(&constants.pi(MORE, ROUNDING), MORE, ROUNDING)
}

fn number(x: f64) -> BigFloat {
    BigFloat::from_f64(x, BITS)
}

/// x · 2ᵏ.
fn scaled(x: f64, k: i32) -> BigFloat {
    let mut y = number(x);
    let mut rest = k;
    while rest != 0 {
        let step = rest.clamp(-1000, 1000);
        y = y.mul(&number(double::scale(1.0, step)), BITS, ROUNDING);
        rest -= step;
    }
    debug_assert_eq!(y.sign().unwrap_or(Sign::Pos), if x < 0.0 { Sign::Neg } else { Sign::Pos });
    y
}

#[cfg(test)]
mod tests {
    use super::super::{DOUBLE, FILTER_BITS, Random, Reference, SINGLE, functions, reference};
    use super::*;

    #[test]
    fn sums_of_two_doubles_keep_their_bound() {
        let mut oracle = Oracle::new().unwrap();
        for function in functions() {
            let name = function.name;
            let mut random = Random(1);
            for range in function.ranges {
                for _ in 0..20 {
                    let x = (range.draw)(&mut random);
                    let y = (function.std)(x);
                    if y.is_normal() && !(function.value)(x).0.0.is_subnormal() {
                        let error = oracle.filter_error(function, x).unwrap_or(i32::MIN);
                        assert!(error <= FILTER_BITS, "{name}({x:e}), {}: 2^{error}", range.name);
                    }
                }
            }
        }
    }

    #[test]
    fn hard_cases_are_decided() {
        // Single-precision logarithms that lie next to a tie: the value rounded to `f64` first is rounded wrongly.
        let Some(Reference::Function(log)) = reference("log") else { panic!("no log") };
        let mut oracle = Oracle::new().unwrap();
        let x = f64::from(f32::from_bits(0x4117_8feb));
        let near = x.ln() as f32;
        let right: Vec<f32> = [near.next_down(), near, near.next_up()]
            .into_iter()
            .filter(|&y| oracle.is_misrounded(log, SINGLE, x, f64::from(y)) == Some(false))
            .collect();
        assert_eq!(right.len(), 1);
        assert_eq!(oracle.is_misrounded(log, DOUBLE, 2.0, std::f64::consts::LN_2), Some(false));
        assert_eq!(oracle.is_misrounded(log, DOUBLE, 2.0, std::f64::consts::LN_2.next_up()), Some(true));
    }
}
