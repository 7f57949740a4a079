//! The logistic function, its inverse and its integral, and the cube root, as sums of two doubles.

use super::double::{self, Dd, log1p_sum, two_sum};
use super::functions::{Function, Parity, Range, Slope};
use super::table::{EVERYWHERE, log_ends, reduction_tie};
use std::f64::consts::LN_2;
use std::ops::{Add, Div, Mul, Neg};

const ONE: Dd = Dd(1.0, 0.0);

/// `(y, k)` with ∛x = y 2ᵏ: a step of Newton's after that of `std`.
fn cbrt(x: f64) -> (Dd, i32) {
    let k = double::exponent(x).div_euclid(3);
    let m = Dd(double::scale(x, -3 * k), 0.0);
    let y = Dd(m.0.cbrt(), 0.0);
    let square = y.mul(y);
    (y.add(m.add(square.mul(y).neg()).div(square.mul(Dd(3.0, 0.0)))), k)
}

/// `(y, k)` with 1/(1 + e⁻ˣ) = y 2ᵏ.
fn sigmoid(x: f64) -> (Dd, i32) {
    let (e, k) = double::exp(-x.abs().min(1e4));
    let sum = ONE.add(e.scale(k));
    if x < 0.0 { (e.div(sum), k) } else { (ONE.div(sum), 0) }
}

/// `(y, k)` with ln(1 + e 2ᵏ⁰) = y 2ᵏ.
pub(super) fn log1p_scaled(e: Dd, k: i32) -> (Dd, i32) {
    // Beyond, the second term of the series is nothing.
    if k < -110 { (e, k) } else { (log1p_sum(e.scale(k)), 0) }
}

/// `(y, k)` with ln(1 + eˣ) = y 2ᵏ.
fn softplus(x: f64) -> (Dd, i32) {
    let (e, k) = double::exp(-x.abs().min(1e4));
    let (rest, k) = log1p_scaled(e, k);
    if x < 0.0 { (rest, k) } else { (Dd(x, 0.0).add(rest.scale(k)), 0) }
}

/// ln(p/(1 − p)) of p between 0 and 1.
fn logit(p: f64) -> Dd {
    if p < 0.25 {
        return double::log(p).add(log1p_sum(Dd(-p, 0.0)).neg());
    }
    // Of the quotient what is beyond 1.
    log1p_sum(two_sum(p, -1.0).add(Dd(p, 0.0)).div(two_sum(1.0, -p)))
}

pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "cbrt",
        value: cbrt,
        std: f64::cbrt,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[1, 8]", draw: |r| r.within(1.0, 8.0) },
            Range {
                name: "next to cubes",
                draw: |r| r.within(-200.0, 200.0).round().powi(3) * (1.0 + r.spread(-53, -20)),
            },
            Range { name: "next to powers of two", draw: |r| r.spread(-1000, 1000).exp2().min(1e300) },
            Range { name: "subnormal", draw: |r| r.spread(-1074, -1022) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "sigmoid",
        value: sigmoid,
        std: |x| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) },
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: LOGISTIC,
    },
    Function {
        name: "softplus",
        value: softplus,
        std: |x| x.max(0.0) + (-x.abs()).exp().ln_1p(),
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: LOGISTIC,
    },
    Function {
        name: "logit",
        value: |p| (if p == 1.0 { Dd(0.0, 0.0) } else { logit(p) }, 0),
        std: |p| if p < 0.25 { (p / (1.0 - p)).ln() } else { ((2.0 * p - 1.0) / (1.0 - p)).ln_1p() },
        parity: Parity::None,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[0, 1]", draw: |r| r.within(0.0, 1.0) },
            Range { name: "next to 1/2", draw: |r| 0.5 + r.spread(-54, -2) },
            Range { name: "next to 1", draw: |r| 1.0 - r.spread(-53, -2).abs() },
            Range { name: "near zero", draw: |r| r.spread(-1074, -1).abs() },
            Range { name: "ends of the first intervals", draw: |r| log_ends(r) / (1.0 + log_ends(r)) },
        ],
    },
];

const LOGISTIC: &[Range] = &[
    Range { name: "[-40, 40]", draw: |r| r.within(-40.0, 40.0) },
    Range { name: "[-745, 745]", draw: |r| r.within(-745.0, 745.0) },
    Range { name: "near zero", draw: |r| r.spread(-60, 3) },
    Range { name: "subnormal results", draw: |r| r.within(-745.2, -699.0) },
    Range { name: "ties of the reduction", draw: |r| reduction_tie(r, 700.0, LN_2 / 8.0) },
    EVERYWHERE,
];
