//! The functions of `f32`: samples in the usual run; all 2³² inputs with
//! `RUSTFLAGS="-C target-cpu=native" cargo test --release -p isonum-kernels --test math_f32 -- --ignored`.

mod oracle;

use isonum_kernels::math::*;
use isonum_kernels::{Reg, Scalar};
use oracle::{Dd, Random};

type Kernel = fn(f64) -> f64;
type Exact = fn(f64) -> Dd;

macro_rules! functions {
    ($($name:ident $kernel:ident $exact:expr, $libm:expr;)*) => {$(
        mod $name {
            use super::*;

            fn kernel(x: f64) -> f64 {
                $kernel(Reg::splat(Scalar, x)).raw
            }

            #[test]
            fn samples() {
                let mut random = Random(1);
                for _ in 0..300_000 {
                    one(stringify!($name), random.bits() as u32, kernel, $exact);
                }
                // 0 and the first numbers, 1 and its neighbours, infinity and NaN, the largest; of both signs.
                for start in [0, 0x3f80_0000 - 50, 0x7f80_0000 - 50, 0x42ae_0000, 0x42cf_0000] {
                    for bits in start..start + 100 {
                        one(stringify!($name), bits, kernel, $exact);
                        one(stringify!($name), bits | 0x8000_0000, kernel, $exact);
                    }
                }
            }

            #[test]
            #[ignore = "minutes"]
            fn exhaustive() {
                all(stringify!($name), kernel, $exact, $libm);
            }
        }
    )*};
}

functions! {
    exp exp_f32_wide exact_exp, f64::exp;
    log log_f32_wide exact_log, f64::ln;
    sin sin_f32_wide oracle::sin, f64::sin;
    cos cos_f32_wide oracle::cos, f64::cos;
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
    let (y, expected) = (kernel(x as f64) as f32, expected(x, exact));
    assert!(same(y, expected), "{name}({x:e}), 0x{bits:08x}, is {y:e}, expected {expected:e}");
}

/// All inputs. Results that lie within 2⁸ `f64` units of a tie of two `f32`, or in or below the subnormal
/// range, are compared with the oracle; for the others it is enough that the kernel is not far off, for which
/// the library's function, good to a few units, serves.
fn all(name: &str, kernel: Kernel, exact: Exact, libm: fn(f64) -> f64) {
    let (mut wrong, mut near, mut farthest) = (0, 0u64, 0);
    for bits in 0..=u32::MAX {
        let x = f32::from_bits(bits);
        let y = kernel(x as f64);
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

fn tanh(x: f32) -> f32 {
    tanh_f32(Reg::splat(Scalar, x)).raw
}

/// The error of `tanh_f32` in units of the last place.
fn tanh_error(x: f32, exact: f64) -> f64 {
    let unit = oracle::scale(1.0, (oracle::exponent(exact) - 23).max(-149));
    (tanh(x) as f64 - exact).abs() / unit
}

#[test]
fn tanh_samples() {
    for (x, y) in [(0.0f32, 0.0f32), (f32::INFINITY, 1.0), (10.0, 1.0), (f32::MAX, 1.0), (1e-45, 1e-45)] {
        assert_eq!(tanh(x).to_bits(), y.to_bits());
        assert_eq!(tanh(-x).to_bits(), (-y).to_bits());
    }
    assert!(tanh(f32::NAN).is_nan());
    let mut random = Random(2);
    let mut worst: f64 = 0.0;
    for _ in 0..300_000 {
        for x in [f32::from_bits(random.bits() as u32), random.within(-10.0, 10.0) as f32] {
            if !x.is_nan() && x.abs() < 20.0 {
                worst = worst.max(tanh_error(x, oracle::tanh(x as f64).0));
                assert_eq!(tanh(-x).to_bits(), (-tanh(x)).to_bits());
            }
        }
    }
    println!("tanh: {worst} ULP");
    assert!(worst <= 0.64);
}

#[test]
#[ignore = "minutes"]
fn tanh_exhaustive() {
    let (mut worst, mut at, mut last, mut falls) = (0.0, 0.0, 0.0, 0);
    for bits in 1..=0x7f80_0000 {
        let x = f32::from_bits(bits);
        let y = tanh(x);
        // The library is right to an `f64` unit, 2⁻²⁹ of an `f32` unit.
        let error = tanh_error(x, (x as f64).tanh());
        if error > worst {
            (worst, at) = (error, x);
        }
        assert_eq!(tanh(-x).to_bits(), (-y).to_bits());
        falls += (y < last) as u32;
        last = y;
    }
    assert_eq!(falls, 0);
    println!("tanh: at most {worst:.4} ULP, at {at:e} (0x{:08x})", at.to_bits());
    assert!(worst <= 0.64);
}
