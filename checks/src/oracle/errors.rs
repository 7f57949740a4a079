//! The error function and its complement as sums of two doubles: a series of positive terms, and a continued fraction.

use super::double::{self, Dd};
use super::functions::{Function, Parity, Range, Slope};
use super::table::EVERYWHERE;
use std::ops::{Add, Div, Mul, Neg};

const ONE: Dd = Dd(1.0, 0.0);
/// 1/√π.
const INVERSE_ROOT_PI: Dd = Dd(f64::from_bits(0x3fe2_0dd7_5042_9b6d), f64::from_bits(0x3c61_ae3a_914f_ed80));

/// `(y, k)` with e^−x² = y 2ᵏ.
fn power(x: f64) -> (Dd, i32) {
    let square = Dd(x, 0.0).mul(Dd(x, 0.0));
    let (e, k) = double::exp(-square.0);
    (e.add(e.mul(Dd(-square.1, square.1 * square.1 / 2.0))), k)
}

/// erf x of |x| below 6.5: 2/√π e^−x² x (1 + 2x²/3 (1 + 2x²/5 (…))).
fn series(x: f64) -> Dd {
    let square = Dd(x, 0.0).mul(Dd(x, 0.0)).scale(1);
    let terms = 40 + (4.0 * x * x) as i32;
    let sum =
        (1..terms).rev().fold(ONE, |sum, i| ONE.add(square.mul(sum).div(Dd(f64::from(2 * i + 1), 0.0))));
    let (e, k) = power(x);
    INVERSE_ROOT_PI.scale(1).mul(Dd(x, 0.0)).mul(e).mul(sum).scale(k)
}

/// `(y, k)` with erfc x = y 2ᵏ of x from 3/2 on: e^−x²/√π / (x + (1/2)/(x + (2/2)/(x + (3/2)/…))).
fn fraction(x: f64) -> (Dd, i32) {
    let terms = 30 + (800.0 / (x * x)) as i32;
    let x = Dd(x, 0.0);
    let below = (1..terms).rev().fold(x, |below, i| x.add(Dd(f64::from(i) / 2.0, 0.0).div(below)));
    let (e, k) = power(x.0);
    (INVERSE_ROOT_PI.mul(e).div(below), k)
}

fn erf(x: f64) -> (Dd, i32) {
    match x.abs() {
        // Two terms of the series.
        a if a < 1e-40 => (INVERSE_ROOT_PI.scale(1).mul(Dd(double::scale(x, 200), 0.0)), -200),
        a if a < 1.5 => (series(x), 0),
        a => {
            let (y, k) = if a < 30.0 { fraction(a) } else { (Dd(0.0, 0.0), 0) };
            let y = ONE.add(y.scale(k).neg());
            (if x < 0.0 { y.neg() } else { y }, 0)
        }
    }
}

fn erfc(x: f64) -> (Dd, i32) {
    match x {
        x if x > 40.0 => (ONE, -3000),
        x if x >= 1.5 => fraction(x),
        x if x > -1.5 => (ONE.add(series(x).neg()), 0),
        x if x > -30.0 => {
            let (y, k) = fraction(-x);
            (Dd(2.0, 0.0).add(y.scale(k).neg()), 0)
        }
        _ => (Dd(2.0, 0.0), 0),
    }
}

pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "erf",
        value: erf,
        std: libm::erf,
        parity: Parity::Odd,
        slope: Slope::Rises,
        ranges: &[
            Range { name: "[-1, 1]", draw: |r| r.within(-1.0, 1.0) },
            Range { name: "around the border", draw: |r| 0.625 + r.spread(-50, -4) },
            Range { name: "near zero", draw: |r| r.spread(-1074, 0) },
            EVERYWHERE,
        ],
    },
    Function {
        name: "erfc",
        value: erfc,
        std: libm::erfc,
        parity: Parity::None,
        slope: Slope::Falls,
        ranges: &[
            Range { name: "[0, 27]", draw: |r| r.within(0.0, 27.0) },
            Range { name: "around the border", draw: |r| 0.625 + r.spread(-50, -4) },
            Range { name: "around the middle", draw: |r| 3.0 + r.spread(-50, -4) },
            Range { name: "subnormal results", draw: |r| r.within(26.0, 27.3) },
            Range { name: "near zero", draw: |r| r.spread(-60, 0) },
            EVERYWHERE,
        ],
    },
];
