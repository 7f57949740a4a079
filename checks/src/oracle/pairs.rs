//! Functions of two arguments, as sums of two doubles.

use super::arcs;
use super::double::{self, Dd, Random};
use super::logistic::log1p_scaled;
use std::ops::{Add, Div, Mul, Neg};

/// A real function of two arguments.
pub struct PairFunction {
    /// Its name in the registry.
    pub name: &'static str,
    /// The value of finite arguments for which it has one that is not zero: `(z, k)` with f(x, y) = z · 2ᵏ; 0 elsewhere.
    pub value: fn(f64, f64) -> (Dd, i32),
    /// Where it is checked.
    pub ranges: &'static [PairRange],
}

/// Some of the arguments of a function.
pub struct PairRange {
    /// In reports.
    pub name: &'static str,
    /// Draws two.
    pub draw: fn(&mut Random) -> [f64; 2],
}

/// The function of that name.
pub fn pair_function(name: &str) -> Option<&'static PairFunction> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

const ZERO: (Dd, i32) = (Dd(0.0, 0.0), 0);

/// a b, exactly.
fn product(a: f64, b: f64) -> Dd {
    Dd(a, 0.0).mul(Dd(b, 0.0))
}

fn hypot(x: f64, y: f64) -> (Dd, i32) {
    let large = x.abs().max(y.abs());
    if large == 0.0 {
        return ZERO;
    }
    let k = double::exponent(large);
    let [x, y] = [x, y].map(|x| double::scale(x, -k));
    (product(x, x).add(product(y, y)).sqrt(), k)
}

/// Beyond this logarithm, and below its negative, every power is infinite or zero.
const FAR: f64 = 2000.0;

fn power(x: f64, y: f64) -> (Dd, i32) {
    if x == 0.0 || y == 0.0 || x < 0.0 && y.fract() != 0.0 {
        return ZERO;
    }
    let log = double::log(x.abs());
    if (log.0 * y).abs() > FAR {
        return (Dd(1.0, 0.0), if log.0 * y > 0.0 { 3000 } else { -3000 });
    }
    let t = log.mul(Dd(y, 0.0));
    let (e, k) = double::exp(t.0);
    // e^(t.1), of which the third term of the series is nothing.
    let z = e.add(e.mul(Dd(t.1, 0.0).add(Dd(t.1 * t.1 / 2.0, 0.0))));
    (if x < 0.0 && y % 2.0 != 0.0 { z.neg() } else { z }, k)
}

/// (a + b) of numbers of any sizes.
fn sum(a: f64, b: f64) -> Dd {
    Dd(a, 0.0).add(Dd(b, 0.0))
}

const LN_2: Dd = Dd(std::f64::consts::LN_2, f64::from_bits(0x3c7a_bc9e_3b39_803f));

/// The larger number and ln(1 + eᵈ)/ln b, d the difference times ln b.
fn log_add(a: f64, b: f64, base: Dd) -> (Dd, i32) {
    let d = sum(a.min(b), -a.max(b)).mul(base);
    let (e, k) = double::exp(d.0.max(-1e4));
    let (rest, k) = log1p_scaled(e.add(e.mul(Dd(d.1, 0.0))), k);
    let large = Dd(a.max(b), 0.0);
    let z = if large.0 == 0.0 { (rest.div(base), k) } else { (large.add(rest.div(base).scale(k)), 0) };
    // Where they cancel, so much is left of 2⁻¹⁰⁰ that it says nothing.
    if z.0.0.abs() < 1e-12 * large.0.abs() { ZERO } else { z }
}

/// Two numbers whose powers add to about one.
fn cancelling(r: &mut Random) -> [f64; 2] {
    let x = r.within(-6.0, 0.0);
    [x, (-x.exp()).ln_1p() * (1.0 + r.spread(-20, -2))]
}

const SUMS: &[PairRange] = &[
    PairRange { name: "[-6, 6]", draw: |r| [r.within(-6.0, 6.0), r.within(-6.0, 6.0)] },
    PairRange { name: "[-1000, 1000]", draw: |r| [r.within(-1000.0, 1000.0), r.within(-1000.0, 1000.0)] },
    PairRange { name: "nearly equal", draw: |r| neighbours(r, 1) },
    PairRange { name: "next to a result of 0", draw: cancelling },
    PairRange { name: "small and smaller", draw: |r| [r.spread(-60, 1), -r.spread(-10, 11).abs()] },
];

/// atan(a/b) of 0 < a ≤ b.
fn slope(a: f64, b: f64) -> (Dd, i32) {
    let (j, k) = (double::exponent(a), double::exponent(b));
    let q = Dd(double::scale(a, -j), 0.0).div(Dd(double::scale(b, -k), 0.0));
    // Below, the second term of the series is nothing.
    if j - k < -60 { (q, j - k) } else { (arcs::atan_near(q.scale(j - k)), 0) }
}

fn atan2(y: f64, x: f64) -> (Dd, i32) {
    let (ax, ay) = (x.abs(), y.abs());
    if ay == 0.0 {
        return ZERO;
    }
    let sign = |z: Dd| if y < 0.0 { z.neg() } else { z };
    let small = |a: f64, b: f64| {
        let (z, k) = if a == 0.0 { ZERO } else { slope(a, b) };
        if k < -900 { Dd(0.0, 0.0) } else { z.scale(k) }
    };
    let half = arcs::HALF_PI;
    let z = match (ay > ax, x.is_sign_negative()) {
        (false, false) => {
            let (z, k) = slope(ay, ax);
            return (sign(z), k);
        }
        (false, true) => half.scale(1).add(small(ay, ax).neg()),
        (true, false) => half.add(small(ax, ay).neg()),
        (true, true) => half.add(small(ax, ay)),
    };
    (sign(z), 0)
}

/// A number, and another of about its size.
fn neighbours(r: &mut Random, apart: i32) -> [f64; 2] {
    let k = (r.bits() % 2050) as i32 - 1050;
    [r.spread(k, k + 1), r.spread((k - apart).max(-1074), (k + apart).clamp(-1073, 1024))]
}

/// A base, and an exponent for which the power's logarithm is in the range.
fn with_log(r: &mut Random, x: f64, low: f64, high: f64) -> [f64; 2] {
    [x, r.within(low, high) / x.ln()]
}

static FUNCTIONS: &[PairFunction] = &[
    PairFunction { name: "logaddexp", value: |a, b| log_add(a, b, Dd(1.0, 0.0)), ranges: SUMS },
    PairFunction { name: "logaddexp2", value: |a, b| log_add(a, b, LN_2), ranges: SUMS },
    PairFunction {
        name: "hypot",
        value: hypot,
        ranges: &[
            PairRange { name: "[-6, 6]", draw: |r| [r.within(-6.0, 6.0), r.within(-6.0, 6.0)] },
            PairRange { name: "any exponents", draw: |r| neighbours(r, 60) },
            PairRange { name: "nearly equal", draw: |r| neighbours(r, 1) },
            PairRange { name: "small ones", draw: |r| [r.spread(-152, -100), r.spread(-152, -100)] },
            PairRange { name: "subnormal", draw: |r| [r.spread(-1074, -1020), r.spread(-1074, -1020)] },
        ],
    },
    PairFunction {
        name: "atan2",
        value: atan2,
        ranges: &[
            PairRange { name: "[-6, 6]", draw: |r| [r.within(-6.0, 6.0), r.within(-6.0, 6.0)] },
            PairRange { name: "any exponents", draw: |r| neighbours(r, 60) },
            PairRange { name: "nearly equal", draw: |r| neighbours(r, 1) },
            PairRange {
                name: "next to ends of intervals",
                draw: |r| {
                    let x = r.spread(-20, 20);
                    let end =
                        [2.0 / 3.0, 0.5, 0.75, 1.0 / 3.0, 0.25, 0.125, 0.09375][(r.bits() % 7) as usize];
                    [x * end * (1.0 + r.spread(-52, -20)), x]
                },
            },
            PairRange { name: "far apart", draw: |r| [r.spread(-1074, 1024), r.spread(-1074, 1024)] },
            PairRange { name: "next to underflow", draw: |r| [r.spread(-1074, -1000), r.spread(-4, 20)] },
            PairRange { name: "of single ones", draw: |r| [r.spread(-149, -90), r.spread(-4, 20)] },
            PairRange { name: "small ones", draw: |r| [r.spread(-149, -100), r.spread(-149, -100)] },
        ],
    },
    PairFunction {
        name: "power",
        value: power,
        ranges: &[
            PairRange { name: "[0.1, 6] to [-6, 6]", draw: |r| [r.within(0.1, 6.0), r.within(-6.0, 6.0)] },
            PairRange {
                name: "any bases",
                draw: |r| {
                    let x = r.spread(-1022, 1024).abs();
                    with_log(r, x, -745.0, 709.8)
                },
            },
            PairRange {
                name: "any bases, to single ones",
                draw: |r| {
                    let x = r.spread(-149, 128).abs();
                    with_log(r, x, -103.0, 88.7)
                },
            },
            PairRange {
                name: "next to 1",
                draw: |r| {
                    let x = 1.0 + r.spread(-50, -4);
                    with_log(r, x, -700.0, 700.0)
                },
            },
            PairRange {
                name: "next to 1, to single ones",
                draw: |r| {
                    let x = f64::from((1.0 + r.spread(-22, -4)) as f32);
                    with_log(r, x, -87.0, 87.0)
                },
            },
            PairRange { name: "integers", draw: |r| [r.within(-9.0, 9.0), r.within(-30.0, 30.0).round()] },
            PairRange {
                name: "subnormal results",
                draw: |r| {
                    let x = r.spread(-1022, 1024).abs();
                    with_log(r, x, -745.0, -707.0)
                },
            },
        ],
    },
];
