//! The mathematical functions on the tokens of the crate, as kernels: the same bits as on one lane, at every length
//! up to four registers and a bit, usual and rare numbers mixed, in place or not.
#![cfg(target_arch = "x86_64")]

use isonum_core::operand::{Operand, Out, Rows};
use isonum_core::{Element, Float};
use isonum_kernels::ops::{Cos, Exp, Log, Sin, Tanh, UnaryKernel};
use isonum_kernels::{Isa, Scalar};
use isonum_kernels_x86::{Avx2, Avx512};

/// Numbers of every kind; the rare ones stand alone, in rows and not at all.
fn numbers<T: Float>(from_f64: fn(f64) -> T) -> Vec<T> {
    let specials = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        1e-40,
        -1e-310,
        1e5,
        3e9,
        -1e30,
        88.8,
        -103.9,
        -104.1,
        709.9,
        1e300,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut all: Vec<T> = (0..500).map(|_| from_f64(20.0 * random() - 10.0)).collect();
    for i in 0..2000 {
        let x = match i % 8 {
            0 => specials[i / 8 % specials.len()],
            1 => (random() * 200.0 - 100.0).exp(),
            2 => random() * 1e9,
            _ => random() * 12.0 - 6.0,
        };
        all.push(from_f64(x));
    }
    all
}

fn bits<T: Float + Into<f64>>(x: &[T]) -> Vec<u64> {
    x.iter().map(|&x| x.into()).map(|x: f64| if x.is_nan() { u64::MAX } else { x.to_bits() }).collect()
}

fn run<T: Element, S: Copy, K: UnaryKernel<T, S>>(isa: S, x: &[T], out: &mut [T]) {
    let _ = K::run(isa, Operand::Slice(Rows::one(x)), Out::init(out));
}

fn check<T, S, K>(isa: S, name: &str, from_f64: fn(f64) -> T)
where
    T: Float + Into<f64>,
    S: Isa,
    K: UnaryKernel<T, S> + UnaryKernel<T, Scalar>,
{
    let x = numbers(from_f64);
    let mut expected = x.clone();
    run::<T, Scalar, K>(Scalar, &x, &mut expected);
    let expected = bits(&expected);
    let mut whole = x.clone();
    run::<T, S, K>(isa, &x, &mut whole);
    assert_eq!(bits(&whole), expected, "{name} on {}", S::NAME);
    for len in 0..=67 {
        for start in [0, 490, 503] {
            let mut out = vec![from_f64(7.0); len + 1];
            run::<T, S, K>(isa, &x[start..start + len], &mut out[..len]);
            assert_eq!(bits(&out[..len]), expected[start..start + len], "{name} of {len} on {}", S::NAME);
            assert_eq!(bits(&out[len..]), bits(&[from_f64(7.0)]), "{name} of {len} on {}: too far", S::NAME);
            out[..len].copy_from_slice(&x[start..start + len]);
            let _ = K::run(isa, Operand::Out, Out::init(&mut out[..len]));
            assert_eq!(bits(&out[..len]), expected[start..start + len], "{name} in place on {}", S::NAME);
        }
    }
    let mut out = vec![from_f64(7.0); 37];
    let _ = <K as UnaryKernel<T, S>>::run(isa, Operand::Scalar(x[501]), Out::init(&mut out));
    assert!(bits(&out).iter().all(|&y| y == expected[501]), "{name} of one value on {}", S::NAME);
}

fn check_all<S: Isa>(isa: Option<S>) {
    let Some(isa) = isa else {
        return println!("{}: skipped, the CPU does not have it", S::NAME);
    };
    macro_rules! functions {
        ($($op:ident)*) => {$(
            check::<f32, S, $op>(isa, stringify!($op), |x| x as f32);
            check::<f64, S, $op>(isa, stringify!($op), |x| x);
        )*};
    }
    functions!(Exp Log Sin Cos Tanh);
}

#[test]
fn avx2() {
    check_all(Avx2::detect());
}

#[test]
fn avx512() {
    check_all(Avx512::detect());
}
