//! The functions of `f32`: samples in the usual run; all 2³² inputs with
//! `RUSTFLAGS="-C target-cpu=native" cargo test --release -p isonum-kernels --test math_f32 -- --ignored`.

mod oracle;

use isonum_kernels::math::*;
use isonum_kernels::wide::evaluate;
use isonum_kernels::{Reg, Scalar, ops};
use oracle::{Dd, Random};

/// The function before it is rounded to `f32`.
type Kernel = fn(f32) -> f64;
type Exact = fn(f64) -> Dd;

macro_rules! functions {
    ($($name:ident $op:ident $exact:expr, $libm:expr;)*) => {$(
        mod $name {
            use super::*;

            const KERNEL: Kernel = evaluate::<ops::$op>;

            #[test]
            fn samples() {
                let mut random = Random(1);
                for _ in 0..300_000 {
                    one(stringify!($name), random.bits() as u32, KERNEL, $exact);
                }
                // 0 and the first numbers, 1 and its neighbours, infinity and NaN, the largest; of both signs.
                for start in [0, 0x3f80_0000 - 50, 0x7f80_0000 - 50, 0x42ae_0000, 0x42cf_0000] {
                    for bits in start..start + 100 {
                        one(stringify!($name), bits, KERNEL, $exact);
                        one(stringify!($name), bits | 0x8000_0000, KERNEL, $exact);
                    }
                }
            }

            #[test]
            #[ignore = "minutes"]
            fn exhaustive() {
                all(stringify!($name), KERNEL, $exact, $libm);
            }
        }
    )*};
}

functions! {
    exp Exp exact_exp, f64::exp;
    log Log exact_log, f64::ln;
    sin Sin oracle::sin, f64::sin;
    cos Cos oracle::cos, f64::cos;
}

fn exact_exp(x: f64) -> Dd {
    let (y, k) = oracle::exp(x.clamp(-200.0, 200.0));
    y.scale(k)
}

fn exact_log(x: f64) -> Dd {
    if x > 0.0 { oracle::log(x) } else { Dd(if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN }, 0.0) }
}

/// The correctly rounded value.
fn expected(x: f32, exact: Exact) -> f32 {
    let x = x as f64;
    if x.is_nan() {
        return f32::NAN;
    }
    if x.is_infinite() {
        let [a, b] = [1.0, 2.0].map(|s| exact(x.signum() * s * 1e30).0);
        // A function that grows or is held there takes its limit; the others are NaN.
        return if b > a && b > 1.0 || a == f64::INFINITY {
            f32::INFINITY
        } else if a == b {
            a as f32
        } else {
            f32::NAN
        };
    }
    let y = exact(x);
    // Where f(±0) is a zero it is the argument's.
    if x == 0.0 { if y.0 == 0.0 { x as f32 } else { y.0 as f32 } } else { oracle::to_f32(y) }
}

fn same(a: f32, b: f32) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

fn one(name: &str, bits: u32, kernel: Kernel, exact: Exact) {
    let x = f32::from_bits(bits);
    let (y, expected) = (kernel(x) as f32, expected(x, exact));
    assert!(same(y, expected), "{name}({x:e}), 0x{bits:08x}, is {y:e}, expected {expected:e}");
}

/// All inputs. Results that lie within 2⁸ `f64` units of a tie of two `f32`, or in or below the subnormal
/// range, are compared with the oracle; for the others it is enough that the kernel is not far off, for which
/// the library's function, good to a few units, serves.
fn all(name: &str, kernel: Kernel, exact: Exact, libm: fn(f64) -> f64) {
    let (mut wrong, mut near, mut farthest) = (0, 0u64, 0);
    for bits in 0..=u32::MAX {
        let x = f32::from_bits(bits);
        let y = kernel(x);
        let from_tie = (y.to_bits() & 0x1fff_ffff) as i64 - 0x1000_0000;
        let rounded = y as f32;
        let plain = rounded.is_finite() && y.abs() >= f32::MIN_POSITIVE as f64;
        // Far beyond the range of `f32` on both sides.
        if x.is_finite() && (rounded.is_infinite() && y > 3.41e38 || y.abs() < 3e-46 && x.abs() > 1.0) {
            assert!(same(libm(x as f64) as f32, rounded), "{name}({x:e}), 0x{bits:08x}");
            continue;
        }
        if plain && from_tie.abs() > 256 {
            let off = (y.to_bits() as i64 - libm(x as f64).to_bits() as i64).abs();
            farthest = farthest.max(off);
            assert!(off < 200, "{name}({x:e}), 0x{bits:08x}: {off} f64 units from the library");
            continue;
        }
        if plain {
            near += 1;
        }
        let expected = expected(x, exact);
        if !same(rounded, expected) {
            wrong += 1;
            if wrong < 40 {
                let e = exact(x as f64);
                let off = oracle::ulps(y, e, 0).copysign((y - e.0) - e.1);
                println!(
                    "{name}: 0x{bits:08x} ({x:e}) misrounded, {off:.3} f64 units off, {from_tie} from the tie"
                );
            }
        }
    }
    println!("{name}: {wrong} misrounded, {near} near a tie, at most {farthest} f64 units from the library");
    assert_eq!(wrong, 0);
}

/// Functions that work in `f32`: the largest error in units of the last place, and that they never fall.
macro_rules! native_functions {
    ($($name:ident $kernel:ident $exact:expr, $libm:expr, at most $bound:literal, from $first:expr;)*) => {$(
        mod $name {
            use super::*;

            fn kernel(x: f32) -> f32 {
                $kernel(Reg::splat(Scalar, x)).raw
            }

            #[test]
            fn samples() {
                let mut random = Random(2);
                let mut worst: f64 = 0.0;
                for _ in 0..300_000 {
                    let bits = random.bits() as u32 & 0x7fff_ffff;
                    for x in [f32::from_bits(bits), random.within(0.0, 10.0) as f32] {
                        if x.is_finite() && x != 0.0 {
                            worst = worst.max(units(kernel(x), $exact(x as f64).0));
                        }
                    }
                }
                println!("{}: {worst} ULP", stringify!($name));
                assert!(worst <= $bound);
            }

            #[test]
            #[ignore = "minutes"]
            fn exhaustive() {
                let (mut worst, mut at, mut last, mut falls) = (0.0, 0.0, $first, 0);
                for bits in 1..0x7f80_0000 {
                    let x = f32::from_bits(bits);
                    let y = kernel(x);
                    // The library is right to an `f64` unit, 2⁻²⁹ of an `f32` unit.
                    let error = units(y, $libm(x as f64));
                    if error > worst {
                        (worst, at) = (error, x);
                    }
                    falls += (y < last) as u32;
                    last = y;
                }
                println!(
                    "{}: at most {worst:.4} ULP, at {at:e} (0x{:08x}); falls {falls} times",
                    stringify!($name),
                    at.to_bits()
                );
                assert!(worst <= $bound);
                assert_eq!(falls, 0);
            }
        }
    )*};
}

native_functions! {
    native_tanh tanh_f32 exact_tanh, f64::tanh, at most 0.64, from 0.0;
    native_log log_f32 oracle::log, f64::ln, at most 0.54, from f32::NEG_INFINITY;
}

fn exact_tanh(x: f64) -> Dd {
    if x < 20.0 { oracle::tanh(x) } else { Dd(1.0, 0.0) }
}

/// The error of `y` in units of the last place of the exact value.
fn units(y: f32, exact: f64) -> f64 {
    if exact == 0.0 {
        return y.abs() as f64 / f32::MIN_POSITIVE as f64;
    }
    (y as f64 - exact).abs() / oracle::scale(1.0, (oracle::exponent(exact) - 23).max(-149))
}

#[test]
fn special_values_of_native_functions() {
    let tanh = |x| tanh_f32(Reg::splat(Scalar, x)).raw;
    for (x, y) in [(0.0f32, 0.0f32), (f32::INFINITY, 1.0), (10.0, 1.0), (f32::MAX, 1.0), (1e-45, 1e-45)] {
        assert_eq!(tanh(x).to_bits(), y.to_bits());
        assert_eq!(tanh(-x).to_bits(), (-y).to_bits());
    }
    assert!(tanh(f32::NAN).is_nan());
    let log = |x| log_f32(Reg::splat(Scalar, x)).raw;
    assert_eq!(log(1.0).to_bits(), 0);
    assert_eq!(log(f32::INFINITY), f32::INFINITY);
    for zero in [0.0, -0.0] {
        assert_eq!(log(zero), f32::NEG_INFINITY);
    }
    for x in [-1e-45, -1.0, f32::NEG_INFINITY, f32::NAN] {
        assert!(log(x).is_nan());
    }
}

#[test]
fn native_tanh_is_odd() {
    let tanh = |x| tanh_f32(Reg::splat(Scalar, x)).raw;
    let mut random = Random(3);
    for _ in 0..300_000 {
        for x in [f32::from_bits(random.bits() as u32), random.within(0.0, 10.0) as f32] {
            assert!(same(tanh(-x), -tanh(x)), "{x:e}");
        }
    }
}
