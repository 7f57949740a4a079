//! The mathematical functions on the scalar token: special values, exact results, errors against an oracle.
//!
//! Bounds are what was measured on 3·10⁶ points per range, rounded up; the errors of a run are printed with
//! `--nocapture`. `ISONUM_TEST_POINTS` sets the points per range.

mod oracle;

use isonum_kernels::math::*;
use isonum_kernels::{Reg, Scalar};
use oracle::{Dd, Random};

type Kernel = fn(f64) -> f64;
type Exact = fn(f64) -> (Dd, i32);

macro_rules! on_scalar {
    ($($name:ident = $kernel:ident;)*) => {$(
        fn $name(x: f64) -> f64 {
            $kernel(Reg::splat(Scalar, x)).raw
        }
    )*};
}
on_scalar! {
    exp = exp_f64; log = log_f64; sin = sin_f64; cos = cos_f64; tanh = tanh_f64;
}

macro_rules! wide {
    ($($name:ident = $op:ident;)*) => {$(
        fn $name(x: f64) -> f64 {
            isonum_kernels::wide::evaluate::<isonum_kernels::ops::$op>(x as f32) as f32 as f64
        }
    )*};
}
wide! { exp_wide = Exp; log_wide = Log; sin_wide = Sin; cos_wide = Cos; }

fn points() -> usize {
    std::env::var("ISONUM_TEST_POINTS").map_or(200_000, |n| n.parse().unwrap())
}

fn exact_log(x: f64) -> (Dd, i32) {
    (oracle::log(x), 0)
}
fn exact_sin(x: f64) -> (Dd, i32) {
    (oracle::sin(x), 0)
}
fn exact_cos(x: f64) -> (Dd, i32) {
    (oracle::cos(x), 0)
}
fn exact_tanh(x: f64) -> (Dd, i32) {
    (oracle::tanh(x), 0)
}

/// The largest error over points made by `make` is at most `bound` ULP.
fn check(
    name: &str,
    kernel: Kernel,
    exact: Exact,
    bound: f64,
    mut make: impl FnMut(&mut Random, usize) -> f64,
) {
    let mut random = Random(name.bytes().map(u64::from).sum());
    let (mut worst, mut at) = (0.0, 0.0);
    for i in 0..points() {
        let x = make(&mut random, i);
        let (y, k) = exact(x);
        let error = oracle::ulps(kernel(x), y, k);
        if error > worst || error.is_nan() {
            (worst, at) = (error, x);
        }
    }
    println!("{name}: {worst:.4} ULP at {at:e} (0x{:016x})", at.to_bits());
    assert!(
        worst <= bound,
        "{name}: {worst} ULP at {at:e} (0x{:016x}), expected at most {bound}",
        at.to_bits()
    );
}

#[test]
fn oracle_agrees_with_mpmath() {
    let word = |s: &str| f64::from_bits(u64::from_str_radix(s, 16).unwrap());
    for line in include_str!("golden/math.csv").lines().filter(|l| !l.starts_with('#')) {
        let f: Vec<&str> = line.split(',').collect();
        let (x, high, low) = (word(f[1]), word(f[2]), word(f[3]));
        let (y, k) = match f[0] {
            "exp" => oracle::exp(x),
            "log" => exact_log(x),
            "sin" => exact_sin(x),
            "cos" => exact_cos(x),
            "tanh" => exact_tanh(x),
            other => panic!("unknown function {other}"),
        };
        let error = ((y.0 - oracle::scale(high, -k)) + (y.1 - oracle::scale(low, -k))).abs() / y.0.abs();
        assert!(error < f64::from_bits((1023 - 92) << 52), "{line}: {error:e}");
    }
}

#[test]
fn special_values() {
    const INF: f64 = f64::INFINITY;
    const NAN: f64 = f64::NAN;
    let half_pi = std::f64::consts::FRAC_PI_2;
    let table: &[(&str, Kernel, f64, f64)] = &[
        ("exp", exp, 0.0, 1.0),
        ("exp", exp, -0.0, 1.0),
        ("exp", exp, 5e-324, 1.0),
        ("exp", exp, INF, INF),
        ("exp", exp, -INF, 0.0),
        ("exp", exp, NAN, NAN),
        ("exp", exp, 709.782712893384, 1.7976931348622732e308),
        ("exp", exp, 709.7827128933841, INF),
        ("exp", exp, -745.1332191019411, 5e-324),
        ("exp", exp, -745.1332191019412, 0.0),
        ("exp", exp, f64::MAX, INF),
        ("exp", exp, f64::MIN, 0.0),
        ("exp wide", exp_wide, 0.0, 1.0),
        ("exp wide", exp_wide, NAN, NAN),
        ("log", log, 1.0, 0.0),
        ("log", log, 0.0, -INF),
        ("log", log, -0.0, -INF),
        ("log", log, -1.0, NAN),
        ("log", log, -5e-324, NAN),
        ("log", log, -INF, NAN),
        ("log", log, INF, INF),
        ("log", log, NAN, NAN),
        ("log", log, 5e-324, -744.4400719213812),
        ("log", log, f64::MAX, 709.782712893384),
        ("log wide", log_wide, 1.0, 0.0),
        ("log wide", log_wide, -0.0, -INF),
        ("log wide", log_wide, -1.0, NAN),
        ("log wide", log_wide, INF, INF),
        ("log wide", log_wide, NAN, NAN),
        ("sin", sin, 0.0, 0.0),
        ("sin", sin, -0.0, -0.0),
        ("sin", sin, 5e-324, 5e-324),
        ("sin", sin, half_pi, 1.0),
        ("sin", sin, -half_pi, -1.0),
        ("sin", sin, INF, NAN),
        ("sin", sin, -INF, NAN),
        ("sin", sin, NAN, NAN),
        ("sin wide", sin_wide, -0.0, -0.0),
        ("sin wide", sin_wide, INF, NAN),
        ("sin wide", sin_wide, NAN, NAN),
        ("cos", cos, 0.0, 1.0),
        ("cos", cos, -0.0, 1.0),
        ("cos", cos, half_pi, 6.123233995736766e-17),
        ("cos", cos, INF, NAN),
        ("cos", cos, NAN, NAN),
        ("cos wide", cos_wide, 0.0, 1.0),
        ("cos wide", cos_wide, -INF, NAN),
        ("cos wide", cos_wide, NAN, NAN),
        ("tanh", tanh, 0.0, 0.0),
        ("tanh", tanh, -0.0, -0.0),
        ("tanh", tanh, 5e-324, 5e-324),
        ("tanh", tanh, -5e-324, -5e-324),
        ("tanh", tanh, f64::MIN_POSITIVE, f64::MIN_POSITIVE),
        ("tanh", tanh, 19.1, 1.0),
        ("tanh", tanh, f64::MAX, 1.0),
        ("tanh", tanh, INF, 1.0),
        ("tanh", tanh, -INF, -1.0),
        ("tanh", tanh, NAN, NAN),
    ];
    for (name, kernel, x, expected) in table {
        let y = kernel(*x);
        let same = y.to_bits() == expected.to_bits() || y.is_nan() && expected.is_nan();
        assert!(same, "{name}({x:e}) is {y:e}, expected {expected:e}");
    }
}

#[test]
fn exp_errors() {
    check("exp, working range", exp, oracle::exp, 0.65, |r, _| r.within(-708.0, 709.0));
    check("exp, near zero", exp, oracle::exp, 0.65, |r, _| r.spread(-60, 3));
    check("exp, large", exp, oracle::exp, 0.65, |r, _| r.within(707.5, 709.782));
    check("exp, subnormal results", exp, oracle::exp, 0.65, |r, _| r.within(-745.1, -707.0));
    check("exp, ties of the reduction", exp, oracle::exp, 0.65, |r, i| {
        (i as f64 % 16_000.0 - 8_000.0 + 0.5) * std::f64::consts::LN_2 / 8.0 + r.within(-1e-9, 1e-9)
    });
}

#[test]
fn log_errors() {
    check("log, all exponents", log, exact_log, 0.70, |r, _| r.spread(-1022, 1024).abs());
    check("log, subnormal", log, exact_log, 0.70, |r, _| r.spread(-1074, -1022).abs());
    check("log, next to 1", log, exact_log, 0.70, |r, _| 1.0 + r.spread(-53, -3));
    check("log, around 1", log, exact_log, 0.70, |r, _| r.within(0.5, 2.0));
    check("log, first interval's ends", log, exact_log, 0.70, |r, i| {
        [0.978125, 1.01875, 1.08125, 1.95625][i % 4] * (1.0 + r.spread(-53, -8))
    });
}

/// Runs both sine and cosine.
fn check_trig(name: &str, make: impl Fn(&mut Random, usize) -> f64) {
    check(&format!("sin, {name}"), sin, exact_sin, 0.80, &make);
    check(&format!("cos, {name}"), cos, exact_cos, 0.80, &make);
}

#[test]
fn trigonometric_errors_small() {
    check_trig("[-10, 10]", |r, _| r.within(-10.0, 10.0));
    check_trig("small", |r, _| r.spread(-1074, 1));
    check_trig("up to 2^25", |r, _| r.within(-33_554_432.0, 33_554_432.0));
    check_trig("multiples of pi/2", |_, i| (5 * i + 1) as f64 * std::f64::consts::FRAC_PI_2);
    check_trig("multiples of pi/4", |_, i| (2 * i + 1) as f64 * std::f64::consts::FRAC_PI_4);
}

#[test]
fn trigonometric_errors_large() {
    check_trig("around 2^25", |r, _| r.within(33_500_000.0, 33_600_000.0));
    check_trig("all exponents", |r, _| r.spread(-10, 1024));
    check_trig("large multiples of pi/2", |r, _| {
        let k = r.spread(20, 900).abs().trunc();
        k * std::f64::consts::FRAC_PI_2
    });
    // The nearest of all doubles to a multiple of π/2.
    let x = f64::from_bits(0x7506_ac5b_262c_a1ff);
    assert!(oracle::ulps(cos(x), oracle::cos(x), 0) < 0.8);
    assert_eq!(oracle::cos(x).0.abs().to_bits() >> 52, 1023 - 61);
}

#[test]
fn tanh_errors() {
    check("tanh, [-20, 20]", tanh, exact_tanh, 0.85, |r, _| r.within(-20.0, 20.0));
    check("tanh, all exponents", tanh, exact_tanh, 0.85, |r, _| r.spread(-1074, 5));
    check("tanh, [-2, 2]", tanh, exact_tanh, 0.85, |r, _| r.within(-2.0, 2.0));
    check("tanh, ties of the reduction", tanh, exact_tanh, 0.85, |r, i| {
        ((i % 440) as f64 + 0.5) * std::f64::consts::LN_2 / 16.0 + r.within(-1e-9, 1e-9)
    });
}

#[test]
fn odd_functions_are_odd() {
    let mut random = Random(1);
    for _ in 0..points() {
        let x = random.spread(-1074, 1024);
        for kernel in [sin, tanh] {
            assert_eq!(kernel(-x).to_bits(), (-kernel(x)).to_bits(), "{x:e}");
        }
        assert_eq!(cos(-x).to_bits(), cos(x).to_bits(), "{x:e}");
    }
}

#[test]
fn tanh_rises_to_one() {
    let mut last = 0.0;
    for i in 0..=points() {
        let y = tanh(20.0 * i as f64 / points() as f64);
        assert!((last..=1.0).contains(&y), "{i}");
        last = y;
    }
    assert_eq!(last, 1.0);
    // Neighbours, where the tables change.
    for start in [0.02166, 0.5, 1.0, 18.5, 19.0] {
        let mut x: f64 = start;
        for _ in 0..points() / 10 {
            assert!(tanh(x.next_up()) >= tanh(x), "{x:e}");
            x = x.next_up();
        }
    }
}
