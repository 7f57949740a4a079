//! The functions, and where they are checked: inputs at which they are hard.

use super::double::{self, Dd, Random};
use super::functions::{Function, Parity, Range, Slope};
use super::{arcs, turns};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2, LOG10_2, PI};

/// 6381956970095103 · 2⁷⁹⁷, of all doubles the one that is nearest to a multiple of π/2 (J.-M. Muller, Elementary Functions,
/// section 11.3), and a few of its neighbours, doubles and halves.
fn nearest_to_multiple(r: &mut Random) -> f64 {
    let pick = r.bits();
    let bits = 0x7506_AC5B_262C_A1FF_u64 + (pick >> 8 & 7) - 4 + ((pick >> 16 & 7) << 52) - (4 << 52);
    // One in four is that very number.
    f64::from_bits(if pick & 3 == 0 { 0x7506_AC5B_262C_A1FF } else { bits })
}

pub(super) const EVERYWHERE: Range = Range { name: "all exponents", draw: |r| r.spread(-1074, 1024) };
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

pub(super) static FUNCTIONS: &[Function] = &[
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
        name: "rsqrt",
        value: double::rsqrt,
        std: |x| 1.0 / x.sqrt(),
        parity: Parity::None,
        slope: Slope::Neither,
        ranges: &[
            Range { name: "all positive exponents", draw: |r| r.spread(-1074, 1024).abs() },
            Range { name: "[1, 4]", draw: |r| r.within(1.0, 4.0) },
            Range {
                name: "next to powers of four",
                draw: |r| {
                    let power = double::scale(1.0, 2 * (r.bits() as i32 % 500));
                    power * (1.0 + r.spread(-53, -4))
                },
            },
            Range { name: "around the scaled ones", draw: |r| r.spread(-904, -896).abs() },
            Range { name: "subnormal", draw: |r| r.spread(-1074, -1022).abs() },
        ],
    },
    Function {
        name: "deg2rad",
        value: |x| double::times(x, double::DEGREE),
        std: |x| x * (PI / 180.0),
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[Range { name: "subnormal results", draw: |r| r.spread(-1074, -1012) }, EVERYWHERE],
    },
    Function {
        name: "rad2deg",
        value: |x| double::times(x, double::RADIAN),
        std: |x| x * (180.0 / PI),
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[Range { name: "next to overflow", draw: |r| r.spread(1016, 1024) }, EVERYWHERE],
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
            Range { name: "ends of the first intervals", draw: |r| log_ends(r) },
        ],
    },
    Function {
        name: "exp10",
        value: |x| double::exp10(x.clamp(-1e4, 1e4)),
        std: exp10,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-307, 308]", draw: |r| r.within(-307.0, 308.0) },
            Range { name: "near zero", draw: |r| r.spread(-60, 2) },
            Range { name: "next to overflow", draw: |r| r.within(306.5, 308.26) },
            Range { name: "subnormal results", draw: |r| r.within(-323.7, -307.0) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 16_000.0, LOG10_2 / 8.0) },
            Range { name: "integers", draw: |r| r.within(-324.0, 309.0).round() },
            EVERYWHERE,
        ],
    },
    Function {
        name: "expm1",
        value: |x| double::expm1_scaled(x.min(1e4)),
        std: f64::exp_m1,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-40, 709]", draw: |r| r.within(-40.0, 709.0) },
            Range { name: "near zero", draw: |r| r.spread(-1074, 3) },
            Range { name: "[-1, 1]", draw: |r| r.within(-1.0, 1.0) },
            Range { name: "next to overflow", draw: |r| r.within(706.5, 709.79) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 700.0, LN_2 / 8.0) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "log2",
        value: |x| (double::log2(x), 0),
        std: f64::log2,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "all exponents", draw: |r| r.spread(-1022, 1024).abs() },
            Range { name: "subnormal", draw: |r| r.spread(-1074, -1022).abs() },
            Range { name: "next to 1", draw: |r| 1.0 + r.spread(-53, -3) },
            Range { name: "[0.5, 2]", draw: |r| r.within(0.5, 2.0) },
            Range { name: "ends of the first intervals", draw: |r| log_ends(r) },
            Range {
                name: "next to powers of two",
                draw: |r| (r.within(-1000.0, 1000.0).round()).exp2() * (1.0 + r.spread(-53, -30)),
            },
        ],
    },
    Function {
        name: "log10",
        value: |x| (double::log10(x), 0),
        std: f64::log10,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "all exponents", draw: |r| r.spread(-1022, 1024).abs() },
            Range { name: "subnormal", draw: |r| r.spread(-1074, -1022).abs() },
            Range { name: "next to 1", draw: |r| 1.0 + r.spread(-53, -3) },
            Range { name: "[0.5, 2]", draw: |r| r.within(0.5, 2.0) },
            Range { name: "ends of the first intervals", draw: |r| log_ends(r) },
            Range { name: "powers of ten", draw: |r| 10f64.powi((r.bits() % 600) as i32 - 300) },
        ],
    },
    Function {
        name: "log1p",
        value: |x| (if x == -1.0 { Dd(0.0, 0.0) } else { double::log1p(x) }, 0),
        std: f64::ln_1p,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "all exponents above 0", draw: |r| r.spread(-1074, 1024).abs() },
            Range { name: "[-1, 3]", draw: |r| r.within(-1.0, 3.0) },
            Range { name: "near zero", draw: |r| r.spread(-80, -1) },
            Range { name: "next to -1", draw: |r| -1.0 + r.spread(-53, -3).abs() },
            Range { name: "ends of the first intervals", draw: |r| log_ends(r) - 1.0 },
            Range { name: "large", draw: |r| r.spread(30, 80).abs() },
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
        name: "sinh",
        value: |x| double::sinh(x.clamp(-1e4, 1e4)),
        std: f64::sinh,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-710, 710]", draw: |r| r.within(-710.0, 710.0) },
            Range { name: "[-3, 3]", draw: |r| r.within(-3.0, 3.0) },
            Range { name: "near zero", draw: |r| r.spread(-1074, 0) },
            Range { name: "next to overflow", draw: |r| r.within(706.5, 710.48) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 700.0, LN_2 / 8.0) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "cosh",
        value: |x| double::cosh(x.clamp(-1e4, 1e4)),
        std: f64::cosh,
        parity: Parity::Even,
        slope: Slope::Neither,
        ranges: &[
            Range { name: "[-710, 710]", draw: |r| r.within(-710.0, 710.0) },
            Range { name: "[-3, 3]", draw: |r| r.within(-3.0, 3.0) },
            Range { name: "near zero", draw: |r| r.spread(-40, 0) },
            Range { name: "next to overflow", draw: |r| r.within(706.5, 710.48) },
            Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 700.0, LN_2 / 8.0) },
            EVERYWHERE,
        ],
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
    Function {
        name: "asinh",
        value: |x| (double::asinh(x), 0),
        std: asinh,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-10, 10]", draw: |r| r.within(-10.0, 10.0) },
            Range { name: "near zero", draw: |r| r.spread(-80, 1) },
            Range { name: "large", draw: |r| r.spread(1, 600) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "acosh",
        value: |x| (double::acosh(x), 0),
        std: acosh,
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[1, 10]", draw: |r| r.within(1.0, 10.0) },
            Range { name: "next to 1", draw: |r| 1.0 + r.spread(-52, 0).abs() },
            Range { name: "large", draw: |r| r.spread(1, 1024).abs() },
        ],
    },
    Function {
        name: "atanh",
        value: |x| (if x.abs() == 1.0 { Dd(0.0, 0.0) } else { double::atanh(x) }, 0),
        std: atanh,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-1, 1]", draw: |r| r.within(-1.0, 1.0) },
            Range { name: "near zero", draw: |r| r.spread(-1074, 0) },
            Range { name: "next to 1", draw: |r| 1.0 - r.spread(-53, -1).abs() },
            Range {
                name: "ends of the first intervals",
                draw: |r| (log_ends(r) - 1.0) / (log_ends(r) + 1.0),
            },
        ],
    },
];

/// Next to the middle between two multiples of `step`, of `count` of them around zero.
pub(super) fn reduction_tie(random: &mut Random, count: f64, step: f64) -> f64 {
    (random.within(-count / 2.0, count / 2.0).trunc() + 0.5) * step + random.within(-1e-9, 1e-9)
}

/// Next to where the first and last intervals of logarithms begin.
pub(super) fn log_ends(r: &mut Random) -> f64 {
    [0.978125, 1.01875, 1.08125, 1.95625][r.bits() as usize % 4] * (1.0 + r.spread(-53, -8))
}

/// 10ˣ, which `std` lacks.
fn exp10(x: f64) -> f64 {
    10f64.powf(x)
}

/// `std`'s overflows.
fn asinh(x: f64) -> f64 {
    if x.abs() > 1e15 { (x.abs().ln() + LN_2).copysign(x) } else { x.asinh() }
}

/// `std`'s is off next to 1.
fn acosh(x: f64) -> f64 {
    let t = x - 1.0;
    if t < 0.0 {
        return f64::NAN;
    }
    if x > 1e8 { x.ln() + LN_2 } else { (t + (t * (x + 1.0)).sqrt()).ln_1p() }
}

fn atanh(x: f64) -> f64 {
    let y = 0.5 * (2.0 * x.abs() / (1.0 - x.abs())).ln_1p();
    y.copysign(x)
}
