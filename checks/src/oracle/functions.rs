//! The functions that are known.

use super::double::{self, Dd, Random};
use super::{errors, logistic, table};

/// What an operation of one argument should give.
#[derive(Clone, Copy)]
pub enum Reference {
    /// The result of `std`, bit for bit.
    Exact(Exact),
    /// A real function, rounded.
    Function(&'static Function),
}

/// An operation whose result is a float of itself, or correctly rounded by `std`.
#[derive(Clone, Copy)]
pub struct Exact {
    /// For `f32`.
    pub single: fn(f32) -> f32,
    /// For `f64`.
    pub double: fn(f64) -> f64,
}

/// A real function of one argument.
pub struct Function {
    /// Its name in the registry.
    pub name: &'static str,
    /// The value of a finite argument for which it has one that is not zero: `(y, k)` with f(x) = y · 2ᵏ; 0 at poles.
    pub value: fn(f64) -> (Dd, i32),
    /// `std`'s function: what results for infinities, NaN, and where the value is zero or does not exist; and to 2⁻⁴⁸ of
    /// itself elsewhere.
    pub std: fn(f64) -> f64,
    /// What f(−x) is.
    pub parity: Parity,
    /// Which way it goes.
    pub slope: Slope,
    /// Where it is checked in `f64`, beside the range of its row of the registry.
    pub ranges: &'static [Range],
}

/// Which way a function goes, wherever it has values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slope {
    /// It never falls.
    Rises,
    /// It never rises.
    Falls,
    /// Both.
    Neither,
}

/// What a function makes of a negative argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parity {
    /// f(−x) = f(x).
    Even,
    /// f(−x) = −f(x).
    Odd,
    /// Neither.
    None,
}

/// Some of the arguments of a function.
pub struct Range {
    /// In reports.
    pub name: &'static str,
    /// Draws one.
    pub draw: fn(&mut Random) -> f64,
}

/// What the operation of that name should give, if it is known here.
#[allow(clippy::useless_conversion)] // The same text is for both float types.
pub fn reference(name: &str) -> Option<Reference> {
    macro_rules! exact {
        ($($name:literal $function:expr;)*) => {
            match name {
                $($name => return Some(Reference::Exact(Exact { single: $function, double: $function })),)*
                _ => {}
            }
        };
    }
    exact! {
        "negative" |x| -x;
        "abs" |x| x.abs();
        "sign" |x| if x > 0.0 { 1.0 } else if x < 0.0 { -1.0 } else if x == 0.0 { 0.0 } else { x };
        "square" |x| x * x;
        "reciprocal" |x| 1.0 / x;
        "sqrt" |x| x.sqrt();
        "floor" |x| x.floor();
        "ceil" |x| x.ceil();
        "trunc" |x| x.trunc();
        "rint" |x| x.round_ties_even();
        "positive" |x| x;
        "logb" |x| if x == 0.0 { -1.0 / (x * x) } else if x.is_finite() { double::exponent(x.into()) as _ } else { x.abs() };
        "fract" |x| if x.is_infinite() { x.signum() * 0.0 } else { x.fract().copysign(x) };
        "nan_to_num" |x| if x.is_nan() { 0.0 } else if x.is_infinite() { x.abs().next_down().copysign(x) } else { x };
        "spacing" |x| if x.is_infinite() { x * 0.0 } else if x < 0.0 { x.next_down() - x } else { x.abs().next_up() - x.abs() };
    }
    functions().find(|function| function.name == name).map(Reference::Function)
}

/// All of them.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    table::FUNCTIONS.iter().chain(logistic::FUNCTIONS).chain(errors::FUNCTIONS)
}
