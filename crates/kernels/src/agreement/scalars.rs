//! What the operations of the registry mean for one element, in the plainest Rust.

use super::values::Value;
use isonum_core::registry::{Accuracy, Binary, Ternary, Unary};
use isonum_core::{Complex32, Complex64};
use num_complex::Complex;
use std::f64::consts::PI;

/// A number of any type.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Integer(i128),
    Real(f64),
    Complex(f64, f64),
}

/// An element type with naive arithmetic. Operations that it does not have panic.
pub(super) trait Arithmetic: Value {
    fn unary(op: Unary, x: Self) -> Self;
    fn binary(op: Binary, a: Self, b: Self) -> Self;
    fn ternary(op: Ternary, a: Self, b: Self, c: Self) -> Self;
    /// `a < b`.
    fn below(self, b: Self) -> bool;
    /// The value as one of the type of sums.
    fn widen(self) -> Self::Sum;
    fn plus(a: Self::Sum, b: Self::Sum) -> Self::Sum;
    fn times(a: Self::Sum, b: Self::Sum) -> Self::Sum;
    fn real(self) -> f64;
    fn number(self) -> Number;
    /// The conversion that casts promise.
    fn of(number: Number) -> Self;
}

/// x = 2 m + n/2 + r; both exact.
fn quarter_turns(x: f64) -> (f64, f64) {
    let y = x % 2.0;
    let n = (2.0 * y).round_ties_even();
    (n.rem_euclid(4.0), y - n / 2.0)
}

fn sine_of_half_turns(x: f64) -> f64 {
    let (n, r) = quarter_turns(x);
    let angle = r * PI;
    if n == 0.0 {
        angle.sin()
    } else if n == 1.0 {
        angle.cos()
    } else if n == 2.0 {
        -angle.sin()
    } else {
        -angle.cos()
    }
}

fn tangent_of_half_turns(x: f64) -> f64 {
    let (n, r) = quarter_turns(x);
    match n % 2.0 {
        1.0 if r == 0.0 => {
            if n == 1.0 {
                f64::INFINITY
            } else {
                f64::NEG_INFINITY
            }
        }
        1.0 => -1.0 / (r * PI).tan(),
        _ => (r * PI).tan(),
    }
}

/// Functions of one operand that have an error bound are tested where they are written; one that is not here
/// is compared between backends only. Exact ones must be here.
fn missing<T>(accuracy: Accuracy, name: &str, x: T) -> T {
    assert!(accuracy != Accuracy::Exact, "no naive `{name}`: add it to agreement/scalars.rs");
    x
}

/// Whether functions with an error bound have a naive version.
pub(super) fn knows(op: Unary) -> bool {
    matches!(op, Unary::Exp | Unary::Log | Unary::Sin | Unary::Cos | Unary::Tanh)
        || op.row().accuracy == Accuracy::Exact
}

macro_rules! integers {
    ($($t:ident $wide:ident $abs:expr, $sign:expr;)*) => {$(
        impl Arithmetic for $t {
            fn unary(op: Unary, x: $t) -> $t {
                match op {
                    Unary::Negative => (0 as $t).wrapping_sub(x),
                    Unary::Abs => $abs(x),
                    Unary::Sign => $sign(x),
                    Unary::Square => x.wrapping_mul(x),
                    Unary::BitNot => !x,
                    op => missing(op.row().accuracy, op.name(), x),
                }
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                let width = $t::BITS as i128;
                let inside = (0..width).contains(&(b as i128));
                match op {
                    Binary::Add => a.wrapping_add(b),
                    Binary::Subtract => a.wrapping_sub(b),
                    Binary::Multiply => a.wrapping_mul(b),
                    Binary::Divide => (a as i128 / b as i128) as $t,
                    Binary::Fmod => (a as i128 % b as i128) as $t,
                    Binary::Maximum => a.max(b),
                    Binary::Minimum => a.min(b),
                    Binary::BitAnd => a & b,
                    Binary::BitOr => a | b,
                    Binary::BitXor => a ^ b,
                    Binary::ShiftLeft => if inside { ((a as i128) << b as u32) as $t } else { 0 },
                    Binary::ShiftRight => if inside { (a as i128 >> b as u32) as $t } else { (a as i128 >> 64) as $t },
                    op => missing(op.row().accuracy, op.name(), a),
                }
            }
            fn ternary(op: Ternary, a: $t, b: $t, c: $t) -> $t {
                match op {
                    Ternary::Clip => a.max(b).min(c),
                    op => missing(op.row().accuracy, op.name(), a),
                }
            }
            fn below(self, b: $t) -> bool { self < b }
            fn widen(self) -> $wide { self as $wide }
            fn plus(a: $wide, b: $wide) -> $wide { a.wrapping_add(b) }
            fn times(a: $wide, b: $wide) -> $wide { a.wrapping_mul(b) }
            fn real(self) -> f64 { self as f64 }
            fn number(self) -> Number { Number::Integer(self as i128) }
            fn of(number: Number) -> $t {
                match number {
                    Number::Integer(x) => x as $t,
                    Number::Real(x) | Number::Complex(x, _) if x.is_nan() => 0,
                    Number::Real(x) | Number::Complex(x, _) => {
                        if x <= $t::MIN as f64 { $t::MIN } else if x >= $t::MAX as f64 { $t::MAX } else { x.trunc() as i128 as $t }
                    }
                }
            }
        }
    )*};
}
integers! {
    i8 i64 i8::wrapping_abs, i8::signum; i16 i64 i16::wrapping_abs, i16::signum;
    i32 i64 i32::wrapping_abs, i32::signum; i64 i64 i64::wrapping_abs, i64::signum;
    u8 u64 |x| x, |x| (x > 0) as u8; u16 u64 |x| x, |x| (x > 0) as u16;
    u32 u64 |x| x, |x| (x > 0) as u32; u64 u64 |x| x, |x| (x > 0) as u64;
}

macro_rules! floats {
    ($($t:ident;)*) => {$(
        impl Arithmetic for $t {
            fn unary(op: Unary, x: $t) -> $t {
                match op {
                    Unary::Negative => -x,
                    Unary::Abs => x.abs(),
                    Unary::Sign => if x > 0.0 { 1.0 } else if x < 0.0 { -1.0 } else if x == 0.0 { 0.0 } else { x },
                    Unary::Square => x * x,
                    Unary::Reciprocal => 1.0 / x,
                    Unary::Sqrt => x.sqrt(),
                    Unary::Floor => x.floor(),
                    Unary::Ceil => x.ceil(),
                    Unary::Trunc => x.trunc(),
                    Unary::Rint => x.round_ties_even(),
                    // In `f64`, so that those of `f32` are rounded once.
                    Unary::Exp => (x as f64).exp() as $t,
                    Unary::Exp2 => (x as f64).exp2() as $t,
                    Unary::Log => (x as f64).ln() as $t,
                    Unary::Sin => (x as f64).sin() as $t,
                    Unary::Cos => (x as f64).cos() as $t,
                    Unary::Tan => (x as f64).tan() as $t,
                    Unary::Asin => (x as f64).asin() as $t,
                    Unary::Acos => (x as f64).acos() as $t,
                    Unary::Atan => (x as f64).atan() as $t,
                    Unary::Sinpi => sine_of_half_turns(x as f64) as $t,
                    Unary::Cospi => sine_of_half_turns(0.5 - (x as f64 % 2.0).abs()) as $t,
                    Unary::Tanpi => tangent_of_half_turns(x as f64) as $t,
                    Unary::Tanh => (x as f64).tanh() as $t,
                    op => missing(op.row().accuracy, op.name(), x),
                }
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                match op {
                    Binary::Add => a + b,
                    Binary::Subtract => a - b,
                    Binary::Multiply => a * b,
                    Binary::Divide => a / b,
                    Binary::Fmod => a % b,
                    Binary::Maximum => if a != a || b != b { $t::NAN } else if b > a { b } else { a },
                    Binary::Minimum => if a != a || b != b { $t::NAN } else if b < a { b } else { a },
                    op => missing(op.row().accuracy, op.name(), a),
                }
            }
            fn ternary(op: Ternary, a: $t, b: $t, c: $t) -> $t {
                match op {
                    Ternary::MulAdd => a.mul_add(b, c),
                    Ternary::Clip => Self::binary(Binary::Minimum, Self::binary(Binary::Maximum, a, b), c),
                    op => missing(op.row().accuracy, op.name(), a),
                }
            }
            fn below(self, b: $t) -> bool { self < b }
            fn widen(self) -> $t { self }
            fn plus(a: $t, b: $t) -> $t { a + b }
            fn times(a: $t, b: $t) -> $t { a * b }
            fn real(self) -> f64 { self as f64 }
            fn number(self) -> Number { Number::Real(self as f64) }
            fn of(number: Number) -> $t {
                match number {
                    Number::Integer(x) => x as $t,
                    Number::Real(x) | Number::Complex(x, _) => x as $t,
                }
            }
        }
    )*};
}
floats! { f32; f64; }

impl Arithmetic for bool {
    fn unary(op: Unary, x: bool) -> bool {
        match op {
            Unary::BitNot => !x,
            op => missing(op.row().accuracy, op.name(), x),
        }
    }
    fn binary(op: Binary, a: bool, b: bool) -> bool {
        match op {
            Binary::Add | Binary::Maximum | Binary::BitOr => a || b,
            Binary::Multiply | Binary::Minimum | Binary::BitAnd => a && b,
            Binary::BitXor => a != b,
            op => missing(op.row().accuracy, op.name(), a),
        }
    }
    fn ternary(op: Ternary, a: bool, b: bool, c: bool) -> bool {
        match op {
            Ternary::Clip => (a || b) && c,
            op => missing(op.row().accuracy, op.name(), a),
        }
    }
    fn below(self, b: bool) -> bool {
        !self && b
    }
    fn widen(self) -> i64 {
        if self { 1 } else { 0 }
    }
    fn plus(a: i64, b: i64) -> i64 {
        a + b
    }
    fn times(a: i64, b: i64) -> i64 {
        a * b
    }
    fn real(self) -> f64 {
        self.widen() as f64
    }
    fn number(self) -> Number {
        Number::Integer(self.widen() as i128)
    }
    fn of(number: Number) -> bool {
        match number {
            Number::Integer(x) => x != 0,
            Number::Real(x) => x != 0.0,
            Number::Complex(re, im) => re != 0.0 || im != 0.0,
        }
    }
}

macro_rules! complex {
    ($($t:ident $part:ident;)*) => {$(
        impl Arithmetic for $t {
            fn unary(op: Unary, x: $t) -> $t {
                match op {
                    Unary::Negative => Complex { re: -x.re, im: -x.im },
                    Unary::Square => Self::times(x, x),
                    op => missing(op.row().accuracy, op.name(), x),
                }
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                match op {
                    Binary::Add => Self::plus(a, b),
                    Binary::Subtract => Complex { re: a.re - b.re, im: a.im - b.im },
                    Binary::Multiply => Self::times(a, b),
                    Binary::Divide => quotient(a, b),
                    op => missing(op.row().accuracy, op.name(), a),
                }
            }
            fn ternary(op: Ternary, a: $t, _: $t, _: $t) -> $t {
                missing(op.row().accuracy, op.name(), a)
            }
            fn below(self, _: $t) -> bool { panic!("complex numbers have no order") }
            fn widen(self) -> $t { self }
            fn plus(a: $t, b: $t) -> $t { Complex { re: a.re + b.re, im: a.im + b.im } }
            fn times(a: $t, b: $t) -> $t {
                Complex { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }
            }
            fn real(self) -> f64 { panic!("a complex number") }
            fn number(self) -> Number { Number::Complex(self.re as f64, self.im as f64) }
            fn of(number: Number) -> $t {
                match number {
                    Number::Integer(x) => Complex { re: x as $part, im: 0.0 },
                    Number::Real(x) => Complex { re: x as $part, im: 0.0 },
                    Number::Complex(re, im) => Complex { re: re as $part, im: im as $part },
                }
            }
        }
    )*};
}
complex! { Complex32 f32; Complex64 f64; }

/// The quotient as Smith (1962) and NumPy compute it.
fn quotient<T: num_traits::Float>(a: Complex<T>, b: Complex<T>) -> Complex<T> {
    if b.re.abs() < b.im.abs() || b.re.is_nan() || b.im.is_nan() {
        // i·a / (i·b), whose real part is the larger one.
        let (p, q) = (b.re / b.im, T::one());
        let scale = q / (b.im + b.re * p);
        return Complex { re: (a.re * p + a.im) * scale, im: (a.im * p - a.re) * scale };
    }
    if b.re.is_zero() {
        return Complex { re: a.re / b.re.abs(), im: a.im / b.re.abs() };
    }
    let p = b.im / b.re;
    let scale = T::one() / (b.re + b.im * p);
    Complex { re: (a.re + a.im * p) * scale, im: (a.im - a.re * p) * scale }
}
