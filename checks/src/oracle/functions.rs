//! The functions that are known, with the inputs at which they are hard.

use super::double::{self, Dd, Random};
use super::{arcs, turns};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2};

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
    /// The value of a finite argument for which it has one that is not zero: `(y, k)` with f(x) = y · 2ᵏ.
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

/// 6381956970095103 · 2⁷⁹⁷, of all doubles the one that is nearest to a multiple of π/2 (J.-M. Muller, Elementary Functions,
/// section 11.3), and a few of its neighbours, doubles and halves.
fn nearest_to_multiple(r: &mut Random) -> f64 {
    let pick = r.bits();
    let bits = 0x7506_AC5B_262C_A1FF_u64 + (pick >> 8 & 7) - 4 + ((pick >> 16 & 7) << 52) - (4 << 52);
    // One in four is that very number.
    f64::from_bits(if pick & 3 == 0 { 0x7506_AC5B_262C_A1FF } else { bits })
}

/// What the operation of that name should give, if it is known here.
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
    }
    FUNCTIONS.iter().find(|function| function.name == name).map(Reference::Function)
}

const EVERYWHERE: Range = Range { name: "all exponents", draw: |r| r.spread(-1074, 1024) };
const TRIGONOMETRIC: &[Range] = &[
    Range { name: "[-10, 10]", draw: |r| r.within(-10.0, 10.0) },
    Range { name: "below 2", draw: |r| r.spread(-1074, 1) },
    Range { name: "to 2^25", draw: |r| r.within(-33_554_432.0, 33_554_432.0) },
    Range { name: "around 2^25", draw: |r| r.within(33_500_000.0, 33_600_000.0) },
    Range { name: "next to multiples of pi/4", draw: |r| near_multiple(r, FRAC_PI_4, 24) },
    Range { name: "next to large multiples of pi/2", draw: |r| r.spread(20, 900).trunc() * FRAC_PI_2 },
    Range { name: "nearest of all to a multiple of pi/2", draw: |r| nearest_to_multiple(r) },
    EVERYWHERE,
];

const ARCS: &[Range] = &[
    Range { name: "[-1, 1]", draw: |r| r.within(-1.0, 1.0) },
    Range { name: "around 1/2", draw: |r| (0.5 + r.spread(-54, -4)).copysign(r.spread(0, 1)) },
    Range { name: "next to 1", draw: |r| (1.0 - r.spread(-53, -3).abs()).copysign(r.spread(0, 1)) },
    Range { name: "below 1", draw: |r| r.spread(-60, 0) },
    Range { name: "beyond 1", draw: |r| r.spread(0, 1024) },
    EVERYWHERE,
];
const TURNS: &[Range] = &[
    Range { name: "[-2, 2]", draw: |r| r.within(-2.0, 2.0) },
    Range { name: "to 1000", draw: |r| r.within(-1000.0, 1000.0) },
    Range { name: "next to multiples of 1/4", draw: |r| near_multiple(r, 0.25, 40) },
    Range { name: "next to multiples of 1/8", draw: |r| near_multiple(r, 0.125, 24) },
    Range { name: "next to zeros", draw: |r| (r.within(-8.0, 8.0).round() * 0.5) + r.spread(-60, -4) },
    Range { name: "to 2^54", draw: |r| r.spread(40, 54) },
    EVERYWHERE,
];

/// Next to an end of a half of an octave.
fn half_octave(random: &mut Random, low: i32, high: i32) -> f64 {
    let end = random.spread(low, high);
    let end = f64::from_bits(end.to_bits() & 0xfff8 << 48);
    end * (1.0 + random.spread(-53, -8))
}

/// A multiple below 2ᵇⁱᵗˢ, or one of its neighbours.
fn near_multiple(random: &mut Random, of: f64, bits: u32) -> f64 {
    let bits = 1 + random.bits() % u64::from(bits);
    let near = (random.bits() >> (64 - bits)) as f64 * of;
    match random.bits() % 3 {
        0 => near.next_up(),
        1 => near.next_down(),
        _ => near,
    }
}

static FUNCTIONS: [Function; 13] = [
    Function {
        name: "exp",
        // Beyond these bounds results are zero or infinite, of any format.
        value: |x| double::exp(x.clamp(-1e4, 1e4)),
        std: f64::exp,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-708, 709]", draw: |r| r.within(-708.0, 709.0) },
            Range { name: "near zero", draw: |r| r.spread(-60, 3) },
            Range { name: "next to overflow", draw: |r| r.within(707.5, 709.79) },
            Range { name: "subnormal results", draw: |r| r.within(-745.2, -707.0) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 16_000.0, LN_2 / 8.0) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "exp2",
        value: |x| double::exp2(x.clamp(-1e4, 1e4)),
        std: f64::exp2,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-1022, 1024]", draw: |r| r.within(-1022.0, 1024.0) },
            Range { name: "near zero", draw: |r| r.spread(-60, 3) },
            Range { name: "next to overflow", draw: |r| r.within(1020.0, 1024.0) },
            Range { name: "subnormal results", draw: |r| r.within(-1075.2, -1021.0) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 16_000.0, 0.125) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "log",
        value: |x| (double::log(x), 0),
        std: f64::ln,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "all exponents", draw: |r| r.spread(-1022, 1024).abs() },
            Range { name: "subnormal", draw: |r| r.spread(-1074, -1022).abs() },
            Range { name: "next to 1", draw: |r| 1.0 + r.spread(-53, -3) },
            Range { name: "[0.5, 2]", draw: |r| r.within(0.5, 2.0) },
            Range {
                name: "ends of the first intervals",
                draw: |r| {
                    [0.978125, 1.01875, 1.08125, 1.95625][r.bits() as usize % 4] * (1.0 + r.spread(-53, -8))
                },
            },
        ],
    },
    Function {
        name: "sin",
        value: |x| (double::sin(x), 0),
        std: f64::sin,
        parity: Parity::Odd,
        slope: Slope::Neither,
        ranges: TRIGONOMETRIC,
    },
    Function {
        name: "cos",
        value: |x| (double::cos(x), 0),
        std: f64::cos,
        parity: Parity::Even,
        slope: Slope::Neither,
        ranges: TRIGONOMETRIC,
    },
    Function {
        name: "tan",
        value: |x| (arcs::tan(x), 0),
        std: f64::tan,
        parity: Parity::Odd,
        slope: Slope::Neither,
        ranges: TRIGONOMETRIC,
    },
    Function {
        name: "asin",
        value: |x| (arcs::asin(x), 0),
        std: f64::asin,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: ARCS,
    },
    Function {
        name: "acos",
        value: |x| (arcs::acos(x), 0),
        std: f64::acos,
        parity: Parity::None,
        slope: Slope::Falls,
        ranges: ARCS,
    },
    Function {
        name: "atan",
        value: |x| (arcs::atan(x), 0),
        std: f64::atan,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-2, 2]", draw: |r| r.within(-2.0, 2.0) },
            Range { name: "[-20, 20]", draw: |r| r.within(-20.0, 20.0) },
            Range { name: "around 1", draw: |r| r.spread(-5, 5) },
            Range { name: "ends of the intervals", draw: |r| half_octave(r, -4, 4) },
            Range { name: "large", draw: |r| r.spread(3, 60) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "sinpi",
        value: turns::sine,
        std: turns::std_sine,
        parity: Parity::Odd,
        slope: Slope::Neither,
        ranges: TURNS,
    },
    Function {
        name: "cospi",
        value: turns::cosine,
        std: turns::std_cosine,
        parity: Parity::Even,
        slope: Slope::Neither,
        ranges: TURNS,
    },
    Function {
        name: "tanpi",
        value: turns::tangent,
        std: turns::std_tangent,
        parity: Parity::Odd,
        slope: Slope::Neither,
        ranges: TURNS,
    },
    Function {
        name: "tanh",
        value: |x| if x.abs() > 40.0 { (Dd(1f64.copysign(x), 0.0), 0) } else { (double::tanh(x), 0) },
        std: f64::tanh,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-20, 20]", draw: |r| r.within(-20.0, 20.0) },
            Range { name: "[-2, 2]", draw: |r| r.within(-2.0, 2.0) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 880.0, LN_2 / 16.0) },
            EVERYWHERE,
        ],
    },
];

/// Next to the middle between two multiples of `step`, of `count` of them around zero.
fn reduction_tie(random: &mut Random, count: f64, step: f64) -> f64 {
    (random.within(-count / 2.0, count / 2.0).trunc() + 0.5) * step + random.within(-1e-9, 1e-9)
}
