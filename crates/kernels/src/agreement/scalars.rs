//! What the operations of the registry mean for one element, in the plainest Rust.

use super::values::Value;
use isonum_core::registry::{Accuracy, Binary, Predicate, Ternary, Unary};
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
    fn predicate(op: Predicate, x: Self) -> bool;
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

/// A predicate must be here.
fn unknown(op: Predicate) -> ! {
    panic!("no naive `{}`: add it to agreement/scalars.rs", op.name())
}

/// Euclid's algorithm.
fn greatest_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

/// The exponent of a number that is not zero, by its size.
fn exponent(x: f64) -> i32 {
    let (mut x, mut exponent) = (x.abs(), 0);
    while x >= 2.0 {
        (x, exponent) = (x / 2.0, exponent + 1);
    }
    while x < 1.0 {
        (x, exponent) = (x * 2.0, exponent - 1);
    }
    exponent
}

/// `x · 2ⁿ`, by integers.
fn scaled(x: f64, n: i32) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let first = exponent(x);
    // 53 digits, the last of which stands for 2 to the power of `unit`.
    let up = (52 - first).min(1000);
    let digits = (x.abs() * 2_f64.powi(up) * 2_f64.powi(52 - first - up)) as u64;
    let unit = first - 52 + n;
    if unit > 971 {
        return f64::INFINITY.copysign(x);
    }
    let lost = (-1074 - unit).clamp(0, 60);
    let half = (1_u64 << lost) / 2;
    let (kept, rest) = (digits >> lost, digits & ((1 << lost) - 1));
    let up = rest > half || lost > 0 && rest == half && kept & 1 == 1;
    let kept = kept + u64::from(up);
    // As many units of the smallest number, or exact.
    let y = if lost > 0 {
        f64::from_bits(kept)
    } else {
        f64::from_bits(kept & ((1 << 52) - 1) | ((unit + 1075) as u64) << 52)
    };
    let y = if lost == 0 && kept >> 52 == 0 { f64::from_bits(kept) } else { y };
    y.copysign(x)
}

/// Whether functions with an error bound have a naive version.
pub(super) fn knows(op: Unary) -> bool {
    let functions =
        matches!(op, Unary::Exp | Unary::Exp2 | Unary::Log | Unary::Sin | Unary::Cos | Unary::Tanh);
    let products = matches!(op, Unary::Rsqrt | Unary::Deg2Rad | Unary::Rad2Deg);
    functions || products || op.row().accuracy == Accuracy::Exact
}

/// The product of `n` times x and 1, by squares.
fn power<T: Copy + num_traits::One>(x: T, n: u64, times: fn(T, T) -> T) -> T {
    let root = if n > 1 { power(x, n / 2, times) } else { T::one() };
    let square = times(root, root);
    if n % 2 == 1 { times(square, x) } else { square }
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
                    Unary::Positive => x,
                    Unary::BitNot => !x,
                    op => missing(op.row().accuracy, op.name(), x),
                }
            }
            #[allow(unused_comparisons)] // Of those without a sign.
            fn predicate(op: Predicate, x: $t) -> bool {
                match op {
                    Predicate::IsNan | Predicate::IsInf | Predicate::IsNegInf | Predicate::IsPosInf => false,
                    Predicate::IsFinite => true,
                    Predicate::SignBit => x < 0,
                    Predicate::LogicalNot => x == 0,
                    op => unknown(op),
                }
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                let divisor = greatest_divisor((a as i128).unsigned_abs() as u64, (b as i128).unsigned_abs() as u64) as i128;
                let width = $t::BITS as i128;
                let inside = (0..width).contains(&(b as i128));
                match op {
                    Binary::Add => a.wrapping_add(b),
                    Binary::Subtract => a.wrapping_sub(b),
                    Binary::Multiply => a.wrapping_mul(b),
                    Binary::Divide => (a as i128 / b as i128) as $t,
                    Binary::Fmod => (a as i128 % b as i128) as $t,
                    Binary::FloorDivide => (a as i128 - Self::binary(Binary::Remainder, a, b) as i128).checked_div(b as i128).unwrap() as $t,
                    Binary::Remainder => ((a as i128 % b as i128 + b as i128) % b as i128) as $t,
                    Binary::Maximum | Binary::Fmax => a.max(b),
                    Binary::Minimum | Binary::Fmin => a.min(b),
                    Binary::Power => power(a, (b as u64) & (u64::MAX >> (64 - $t::BITS)), $t::wrapping_mul),
                    Binary::Gcd => divisor as $t,
                    Binary::Lcm if divisor == 0 => 0,
                    Binary::Lcm => ((a as i128).abs() / divisor).wrapping_mul((b as i128).abs()) as $t,
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
                    Unary::Positive => x,
                    Unary::Fract => if x.is_infinite() { 0.0 } else { x.fract() }.copysign(x),
                    Unary::NanToNum => if x.is_nan() { 0.0 } else { x.clamp($t::MIN, $t::MAX) },
                    Unary::Spacing if x.is_infinite() => $t::NAN,
                    Unary::Spacing if x < 0.0 => x.next_down() - x,
                    Unary::Spacing => if x == 0.0 { 0.0 } else { x }.next_up() - x,
                    Unary::Logb if x == 0.0 => $t::NEG_INFINITY,
                    Unary::Logb if x.is_infinite() => $t::INFINITY,
                    Unary::Logb if x.is_nan() => x,
                    Unary::Logb => exponent(x as f64) as $t,
                    Unary::Rsqrt => (1.0 / (x as f64).sqrt()) as $t,
                    Unary::Deg2Rad => (x as f64 * (std::f64::consts::PI / 180.0)) as $t,
                    Unary::Rad2Deg => (x as f64 * (180.0 / std::f64::consts::PI)) as $t,
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
            fn predicate(op: Predicate, x: $t) -> bool {
                match op {
                    Predicate::IsNan => x.is_nan(),
                    Predicate::IsInf => x.is_infinite(),
                    Predicate::IsFinite => x.is_finite(),
                    Predicate::IsNegInf => x == $t::NEG_INFINITY,
                    Predicate::IsPosInf => x == $t::INFINITY,
                    Predicate::SignBit => x.is_sign_negative(),
                    Predicate::LogicalNot => x == 0.0,
                    op => unknown(op),
                }
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                match op {
                    Binary::Add => a + b,
                    Binary::Subtract => a - b,
                    Binary::Multiply => a * b,
                    Binary::Divide => a / b,
                    Binary::Fmod => a % b,
                    Binary::Remainder => {
                        let rest = a % b;
                        if rest == 0.0 {
                            rest.copysign(b)
                        } else if (rest < 0.0) != (b < 0.0) {
                            rest + b
                        } else {
                            rest
                        }
                    }
                    Binary::FloorDivide if b == 0.0 => a / b,
                    Binary::FloorDivide => {
                        let rest = a % b;
                        let down = rest != 0.0 && (rest < 0.0) != (b < 0.0);
                        let quotient = (a - rest) / b - if down { 1.0 } else { 0.0 };
                        let floor = quotient.floor();
                        if quotient == 0.0 {
                            (0.0 as $t).copysign(a / b)
                        } else if quotient - floor > 0.5 {
                            floor + 1.0
                        } else {
                            floor
                        }
                    }
                    Binary::Fmax => if a != a || b > a { b } else { a },
                    Binary::Fmin => if a != a || b < a { b } else { a },
                    Binary::Scalb if a != a || b != b => $t::NAN,
                    // Of `f32` the product is exact before it is rounded.
                    Binary::Scalb if size_of::<$t>() == 4 => (a as f64 * 2_f64.powi(b.clamp(-400.0, 400.0) as i32)) as $t,
                    Binary::Scalb => scaled(a as f64, b.clamp(-4000.0, 4000.0) as i32) as $t,
                    Binary::CopySign => a.copysign(b),
                    Binary::NextAfter if a != a || b != b => $t::NAN,
                    Binary::NextAfter => if b > a { a.next_up() } else if b < a { a.next_down() } else { b },
                    Binary::Heaviside => if a != a { a } else if a == 0.0 { b } else if a > 0.0 { 1.0 } else { 0.0 },
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
            Binary::Add | Binary::Maximum | Binary::Fmax | Binary::BitOr => a || b,
            Binary::Multiply | Binary::Minimum | Binary::Fmin | Binary::BitAnd => a && b,
            Binary::BitXor => a != b,
            op => missing(op.row().accuracy, op.name(), a),
        }
    }
    fn predicate(op: Predicate, x: bool) -> bool {
        match op {
            Predicate::IsNan | Predicate::IsInf => false,
            Predicate::IsFinite => true,
            Predicate::LogicalNot => !x,
            op => unknown(op),
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
                    Unary::Positive => x,
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
            fn predicate(op: Predicate, x: $t) -> bool {
                match op {
                    Predicate::IsNan => x.re.is_nan() || x.im.is_nan(),
                    Predicate::IsInf => x.re.is_infinite() || x.im.is_infinite(),
                    Predicate::IsFinite => x.re.is_finite() && x.im.is_finite(),
                    Predicate::LogicalNot => x.re == 0.0 && x.im == 0.0,
                    op => unknown(op),
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
