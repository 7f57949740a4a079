//! What elementwise operations mean for one element of each type: integers by way of `i128`, which holds every
//! result, floats by the operators of Rust.

use isonum_core::registry::{Accuracy, Binary, Compare, Predicate, Ternary, Unary};
use isonum_core::{Complex32, Complex64, DType, Element, Float, Real};
use std::f64::consts::{LN_2, PI};

/// An element type with elements to test and naive arithmetic. Operations that it does not have panic.
pub(crate) trait Naive: Element {
    /// Every value, those at the ends more often.
    fn any(word: u64) -> Self;
    /// The operation, or `None` for a function that has an error bound.
    fn unary(op: Unary, x: Self) -> Option<Self>;
    /// Whether the function of `x` may be `found`.
    fn is_function(op: Unary, x: Self, found: Self) -> bool {
        panic!("{} of {x}: {found}", op.name())
    }
    fn binary(op: Binary, a: Self, b: Self) -> Self;
    /// Whether the function of `a` and `b`, which has an error bound, may be `found`.
    fn is_function_of_two(op: Binary, a: Self, b: Self, found: Self) -> bool {
        panic!("{} of {a} and {b}: {found}", op.name())
    }
    fn ternary(op: Ternary, a: Self, b: Self, c: Self) -> Self;
    fn compare(op: Compare, a: Self, b: Self) -> bool;
    fn predicate(op: Predicate, x: Self) -> bool;
    /// The bits; every NaN has the same.
    fn bits(self) -> u128;
}

/// x = 2 m + n/2 + r; both exact.
fn quarter_turns(x: f64) -> (f64, f64) {
    let y = x % 2.0;
    let n = (2.0 * y).round_ties_even();
    (n.rem_euclid(4.0), y - n / 2.0)
}

/// `std`'s overflows before its argument does.
fn inverse_sinh(x: f64) -> f64 {
    if x.abs() > 1e15 { (x.abs().ln() + std::f64::consts::LN_2).copysign(x) } else { x.asinh() }
}

/// `std`'s is off next to 1, and overflows.
fn inverse_cosh(x: f64) -> f64 {
    let t = x - 1.0;
    if t < 0.0 {
        f64::NAN
    } else if x > 1e8 {
        x.ln() + std::f64::consts::LN_2
    } else {
        (t + (t * (x + 1.0)).sqrt()).ln_1p()
    }
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

/// Comparisons by the operators.
fn compare<T: Element + PartialOrd>(op: Compare, a: T, b: T) -> bool {
    match op {
        Compare::Equal => a == b,
        Compare::NotEqual => a != b,
        Compare::Less => a < b,
        Compare::LessEqual => a <= b,
        Compare::Greater => a > b,
        Compare::GreaterEqual => a >= b,
        op => logical(op, a, b),
    }
}

/// Whether both, either or one of them is true.
fn logical<T: Element>(op: Compare, a: T, b: T) -> bool {
    match (op, [a, b].map(|x| x != T::ZERO)) {
        (Compare::LogicalAnd, [a, b]) => a && b,
        (Compare::LogicalOr, [a, b]) => a || b,
        (Compare::LogicalXor, [a, b]) => a != b,
        (op, _) => panic!("no naive {op:?}"),
    }
}

/// Predicates of what is always finite: whether it is zero or below.
fn finite(op: Predicate, zero: bool, negative: bool) -> bool {
    match op {
        Predicate::IsNan | Predicate::IsInf | Predicate::IsNegInf | Predicate::IsPosInf => false,
        Predicate::IsFinite => true,
        Predicate::SignBit => negative,
        Predicate::LogicalNot => zero,
        op => panic!("no naive {op:?}"),
    }
}

/// The greatest common divisor: the largest number that leaves nothing, by differences.
fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

macro_rules! integers {
    ($($t:ident)*) => {$(
        impl Naive for $t {
            fn any(word: u64) -> $t {
                let special = [$t::MIN, $t::MAX, 0, 1, !0, $t::MIN.wrapping_add(1), $t::MAX / 2, 2];
                match word >> 62 {
                    0 => special[word as usize % special.len()],
                    1 => (word % 17) as $t,
                    _ => (word >> 7) as $t,
                }
            }
            fn unary(op: Unary, x: $t) -> Option<$t> {
                let wide = x as i128;
                Some(match op {
                    Unary::Negative => -wide,
                    Unary::Abs => wide.abs(),
                    Unary::Sign => wide.signum(),
                    Unary::Square => wide.wrapping_mul(wide),
                    Unary::Positive => wide,
                    Unary::BitNot => !wide,
                    op => panic!("no naive {op:?}"),
                } as $t)
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                let (a, b) = (a as i128, b as i128);
                let count = (0..$t::BITS as i128).contains(&b).then_some(b);
                (match op {
                    Binary::Add => a + b,
                    Binary::Subtract => a - b,
                    Binary::Multiply => a.wrapping_mul(b),
                    Binary::Divide => a / b,
                    Binary::Fmod => a % b,
                    // Rounded down with a divisor above zero.
                    Binary::FloorDivide => (a * b.signum()).div_euclid(b.abs()),
                    Binary::Remainder => (a * b.signum()).rem_euclid(b.abs()) * b.signum(),
                    // By as many products as the exponent has bits.
                    Binary::Power => (0..$t::BITS).rev().fold(1, |power: i128, i| {
                        let square = power.wrapping_mul(power) as $t as i128;
                        if b >> i & 1 == 1 { square.wrapping_mul(a) as $t as i128 } else { square }
                    }),
                    Binary::Gcd => divisor(a, b),
                    Binary::Lcm => (a.abs() / divisor(a, b).max(1)).wrapping_mul(b.abs()),
                    Binary::Maximum | Binary::Fmax => a.max(b),
                    Binary::Minimum | Binary::Fmin => a.min(b),
                    Binary::BitAnd => a & b,
                    Binary::BitOr => a | b,
                    Binary::BitXor => a ^ b,
                    Binary::ShiftLeft => count.map_or(0, |n| a << n),
                    Binary::ShiftRight => count.map_or(if a < 0 { -1 } else { 0 }, |n| a >> n),
                    op => panic!("no naive {op:?}"),
                }) as $t
            }
            fn ternary(op: Ternary, a: $t, b: $t, c: $t) -> $t {
                assert_eq!(op, Ternary::Clip);
                a.max(b).min(c)
            }
            fn compare(op: Compare, a: $t, b: $t) -> bool {
                compare(op, a, b)
            }
            fn predicate(op: Predicate, x: $t) -> bool {
                finite(op, x == 0, i128::from(x) < 0)
            }
            fn bits(self) -> u128 {
                self as u128
            }
        }
    )*};
}
integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

impl Naive for bool {
    fn any(word: u64) -> bool {
        word >> 40 & 1 == 1
    }
    fn unary(op: Unary, x: bool) -> Option<bool> {
        assert_eq!(op, Unary::BitNot);
        Some(!x)
    }
    fn binary(op: Binary, a: bool, b: bool) -> bool {
        match op {
            Binary::Add | Binary::Maximum | Binary::Fmax | Binary::BitOr => a || b,
            Binary::Multiply | Binary::Minimum | Binary::Fmin | Binary::BitAnd => a && b,
            Binary::BitXor => a != b,
            op => panic!("no naive {op:?}"),
        }
    }
    fn ternary(op: Ternary, a: bool, b: bool, c: bool) -> bool {
        assert_eq!(op, Ternary::Clip);
        (a || b) && c
    }
    fn compare(op: Compare, a: bool, b: bool) -> bool {
        compare(op, a, b)
    }
    fn predicate(op: Predicate, x: bool) -> bool {
        finite(op, !x, false)
    }
    fn bits(self) -> u128 {
        self.into()
    }
}

/// A number of sizes from 2⁻⁸ to 2⁸ with all its digits, or now and then a zero.
pub(crate) fn rough(word: u64) -> f64 {
    let sign = word >> 63 << 63;
    if word.is_multiple_of(23) {
        return f64::from_bits(sign);
    }
    let exponent = 1023 - 8 + (word >> 55) % 16;
    f64::from_bits(sign | exponent << 52 | word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 12)
}

/// `x · 2ⁿ` by products of which only the last one rounds.
fn scaled(mut x: f64, mut n: i32) -> f64 {
    while n > 1023 {
        (x, n) = (x * 2_f64.powi(1023), n - 1023);
    }
    while n < -1022 {
        (x, n) = (x * 2_f64.powi(-969), n + 969);
    }
    x * 2_f64.powi(n)
}

/// How many units of `f64` what is taken for the value of a function may be off. Formulas of several steps round several times;
/// of the C libraries' functions some are up to five units off (Zimmermann and others, "Accuracy of Mathematical Functions in
/// Single, Double, Extended Double and Quadruple Precision"). Accuracy is proved elsewhere.
fn units_off(op: Unary) -> f64 {
    match op {
        Unary::Erfc => 6.0,
        Unary::Sigmoid | Unary::Softplus | Unary::Logit => 4.0,
        Unary::Sinh | Unary::Cosh | Unary::Tanh | Unary::Asinh | Unary::Acosh | Unary::Atanh => 3.0,
        Unary::Sinpi | Unary::Cospi | Unary::Tanpi | Unary::Log10 | Unary::Exp10 | Unary::Erf => 3.0,
        _ => 1.0,
    }
}

/// Whether `found` is within the accuracy of a row of what `std` says, which may be so many units of `f64` off.
fn is_near<T: Float>(accuracy: Accuracy, found: T, exact: f64, off: f64) -> bool {
    let Accuracy::Ulp(f32, f64) = accuracy else { panic!("no error bound") };
    let (rounded, found) = (Real::to_f64(T::from_f64(exact)), Real::to_f64(found));
    if exact.is_nan() || rounded.is_infinite() {
        return if exact.is_nan() { found.is_nan() } else { found == rounded };
    }
    let unit = |x: f64, smallest: f64, epsilon: f64| (x.abs() * epsilon).max(smallest);
    let (ulps, epsilon, smallest) = match T::DTYPE {
        DType::F32 => (f32, f32::EPSILON as f64, f32::from_bits(1) as f64),
        _ => (f64, f64::EPSILON, f64::from_bits(1)),
    };
    let allowed = ulps * unit(exact, smallest, epsilon) + off * unit(exact, f64::from_bits(1), f64::EPSILON);
    (found - exact).abs() <= allowed
}

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl Naive for $t {
            fn any(word: u64) -> $t {
                const SPECIAL: &[$t] = &[
                    $t::NAN, $t::INFINITY, -$t::INFINITY, 0.0, -0.0, $t::MAX, -$t::MIN_POSITIVE,
                    $t::MIN_POSITIVE / 3.0, 2.5, -0.5, 1e5, 1.0, -1.0,
                ];
                match word >> 61 {
                    0 => SPECIAL[word as usize % SPECIAL.len()],
                    _ => rough(word) as $t,
                }
            }
            fn unary(op: Unary, x: $t) -> Option<$t> {
                Some(match op {
                    Unary::Negative => -x,
                    Unary::Abs => x.abs(),
                    Unary::Sign if x == 0.0 => 0.0,
                    Unary::Sign => x.signum(),
                    Unary::Square => x * x,
                    Unary::Reciprocal => 1.0 / x,
                    Unary::Sqrt => x.sqrt(),
                    Unary::Floor => x.floor(),
                    Unary::Ceil => x.ceil(),
                    Unary::Trunc => x.trunc(),
                    Unary::Rint => x.round_ties_even(),
                    Unary::Positive => x,
                    Unary::Logb if x == 0.0 => $t::NEG_INFINITY,
                    Unary::Logb if !x.is_finite() => x.abs(),
                    // Exact in `f64`, but for numbers next to powers of two.
                    Unary::Logb => {
                        let guess = (x.abs() as f64).log2().round();
                        guess as $t - if scaled(1.0, guess as i32) > x.abs() as f64 { 1.0 } else { 0.0 }
                    }
                    Unary::Fract if x.is_infinite() => (0.0 as $t).copysign(x),
                    Unary::Fract => x.fract().copysign(x),
                    Unary::NanToNum if x.is_nan() => 0.0,
                    Unary::NanToNum => x.clamp($t::MIN, $t::MAX),
                    Unary::Spacing if x == 0.0 => $t::from_bits(1),
                    Unary::Spacing => $t::from_bits(x.to_bits().wrapping_add(1)) - x,
                    _ => return None,
                })
            }
            fn is_function(op: Unary, x: $t, found: $t) -> bool {
                let x = x as f64;
                let exact = match op {
                    Unary::Cbrt => libm::cbrt(x),
                    Unary::Erf => libm::erf(x),
                    Unary::Erfc => libm::erfc(x),
                    Unary::Sigmoid if x < 0.0 => x.exp() / (1.0 + x.exp()),
                    Unary::Sigmoid => 1.0 / (1.0 + (-x).exp()),
                    Unary::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
                    // Of both halves the smaller part is known well.
                    Unary::Logit if x < 0.25 => (x / (1.0 - x)).ln(),
                    Unary::Logit => ((2.0 * x - 1.0) / (1.0 - x)).ln_1p(),
                    Unary::Exp => x.exp(),
                    Unary::Exp2 => x.exp2(),
                    Unary::Exp10 => 10f64.powf(x),
                    Unary::Expm1 => x.exp_m1(),
                    Unary::Log => x.ln(),
                    Unary::Log2 => x.log2(),
                    Unary::Log10 => x.log10(),
                    Unary::Log1p => x.ln_1p(),
                    Unary::Sin => x.sin(),
                    Unary::Cos => x.cos(),
                    Unary::Sinh => x.sinh(),
                    Unary::Cosh => x.cosh(),
                    Unary::Tan => x.tan(),
                    Unary::Asin => x.asin(),
                    Unary::Acos => x.acos(),
                    Unary::Atan => x.atan(),
                    Unary::Sinpi => sine_of_half_turns(x),
                    Unary::Cospi => sine_of_half_turns(0.5 - (x % 2.0).abs()),
                    Unary::Tanpi => tangent_of_half_turns(x),
                    Unary::Tanh => x.tanh(),
                    Unary::Asinh => inverse_sinh(x),
                    Unary::Acosh => inverse_cosh(x),
                    Unary::Atanh => (0.5 * (2.0 * x.abs() / (1.0 - x.abs())).ln_1p()).copysign(x),
                    Unary::Rsqrt => 1.0 / x.sqrt(),
                    Unary::Deg2Rad => x.to_radians(),
                    Unary::Rad2Deg => x.to_degrees(),
                    op => panic!("no naive {op:?}"),
                };
                is_near(op.row().accuracy, found, exact, units_off(op))
            }
            fn is_function_of_two(op: Binary, a: $t, b: $t, found: $t) -> bool {
                let (a, b) = (a as f64, b as f64);
                let exact = match op {
                    Binary::Power => a.powf(b),
                    Binary::Hypot => a.hypot(b),
                    // Next to 0 the reference is not better than its summands.
                    Binary::LogAddExp | Binary::LogAddExp2 if a == b => a + if op == Binary::LogAddExp { LN_2 } else { 1.0 },
                    Binary::LogAddExp | Binary::LogAddExp2 => {
                        let ln = if op == Binary::LogAddExp { 1.0 } else { LN_2 };
                        let sum = a.max(b) + ((a.min(b) - a.max(b)) * ln).exp().ln_1p() / ln + (a - a) + (b - b);
                        let ends = if a.is_nan() || b.is_nan() { $t::NAN as f64 } else { a.max(b) };
                        if !sum.is_finite() { ends } else if (found as f64 - sum).abs() < 4e-16 { found as f64 } else { sum }
                    }
                    Binary::Atan2 => a.atan2(b),
                    op => panic!("no naive {op:?}"),
                };
                is_near(op.row().accuracy, found, exact, 1.0)
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                match op {
                    Binary::Add => a + b,
                    Binary::Subtract => a - b,
                    Binary::Multiply => a * b,
                    Binary::Divide => a / b,
                    Binary::Fmod => a % b,
                    Binary::Remainder => match a % b {
                        0.0 => (0.0 as $t).copysign(b),
                        rest if rest.is_sign_negative() == b.is_sign_negative() => rest,
                        rest => rest + b,
                    },
                    Binary::FloorDivide if b == 0.0 => a / b,
                    Binary::FloorDivide => {
                        let rest = a % b;
                        let up = (rest != 0.0 && rest.is_sign_negative() != b.is_sign_negative()) as u8;
                        match (a - rest) / b - up as $t {
                            0.0 => (0.0 as $t).copysign(a / b),
                            quotient => quotient.floor() + (quotient - quotient.floor() > 0.5) as u8 as $t,
                        }
                    }
                    Binary::Fmax => if a.is_nan() || b > a { b } else { a },
                    Binary::Fmin => if a.is_nan() || b < a { b } else { a },
                    Binary::Scalb if a.is_nan() || b.is_nan() => $t::NAN,
                    Binary::Scalb => scaled(a as f64, b.clamp(-3000.0, 3000.0) as i32) as $t,
                    Binary::CopySign => a.copysign(b),
                    Binary::Heaviside if a == 0.0 => b,
                    Binary::Heaviside if a.is_nan() => a,
                    Binary::Heaviside => if a > 0.0 { 1.0 } else { 0.0 },
                    _ if a.is_nan() || b.is_nan() => $t::NAN,
                    Binary::NextAfter if a == b => b,
                    Binary::NextAfter => if a < b { a.next_up() } else { a.next_down() },
                    Binary::Maximum => if b > a { b } else { a },
                    Binary::Minimum => if b < a { b } else { a },
                    op => panic!("no naive {op:?}"),
                }
            }
            fn ternary(op: Ternary, a: $t, b: $t, c: $t) -> $t {
                match op {
                    Ternary::MulAdd => a.mul_add(b, c),
                    Ternary::Clip => Self::binary(Binary::Minimum, Self::binary(Binary::Maximum, a, b), c),
                    op => panic!("no naive {op:?}"),
                }
            }
            fn compare(op: Compare, a: $t, b: $t) -> bool {
                compare(op, a, b)
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
                    op => panic!("no naive {op:?}"),
                }
            }
            fn bits(self) -> u128 {
                if self.is_nan() { $t::NAN.to_bits().into() } else { self.to_bits().into() }
            }
        }
    )*};
}
floats! { f32 f64 }

/// The quotient of `a + ib` and `c + id` by Smith's method (1962), as NumPy has it: the larger part of the divisor is
/// divided out.
fn quotient<T: num_traits::Float>([a, b]: [T; 2], [c, d]: [T; 2]) -> [T; 2] {
    if c.abs() >= d.abs() {
        if c == T::zero() {
            return [a / c.abs(), b / c.abs()];
        }
        let ratio = d / c;
        let scale = T::one() / (c + d * ratio);
        return [(a + b * ratio) * scale, (b - a * ratio) * scale];
    }
    let ratio = c / d;
    let scale = T::one() / (d + c * ratio);
    [(a * ratio + b) * scale, (b * ratio - a) * scale]
}

macro_rules! complex {
    ($($t:ident $part:ident;)*) => {$(
        impl Naive for $t {
            fn any(word: u64) -> $t {
                <$t>::new($part::any(word), $part::any(word.rotate_left(29)))
            }
            fn unary(op: Unary, x: $t) -> Option<$t> {
                match op {
                    Unary::Negative => Some(<$t>::new(-x.re, -x.im)),
                    Unary::Positive => Some(x),
                    Unary::Square => Some(Self::binary(Binary::Multiply, x, x)),
                    op => panic!("no naive {op:?}"),
                }
            }
            fn binary(op: Binary, a: $t, b: $t) -> $t {
                match op {
                    Binary::Add => <$t>::new(a.re + b.re, a.im + b.im),
                    Binary::Subtract => <$t>::new(a.re - b.re, a.im - b.im),
                    Binary::Multiply => <$t>::new(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re),
                    Binary::Divide => {
                        let [re, im] = quotient([a.re, a.im], [b.re, b.im]);
                        <$t>::new(re, im)
                    }
                    op => panic!("no naive {op:?}"),
                }
            }
            fn ternary(op: Ternary, _: $t, _: $t, _: $t) -> $t {
                panic!("no naive {op:?}")
            }
            fn compare(op: Compare, a: $t, b: $t) -> bool {
                match op {
                    Compare::Equal => a.re == b.re && a.im == b.im,
                    Compare::NotEqual => a.re != b.re || a.im != b.im,
                    op => logical(op, a, b),
                }
            }
            fn predicate(op: Predicate, x: $t) -> bool {
                let parts = [x.re, x.im];
                match op {
                    Predicate::IsNan => parts.iter().any(|x| x.is_nan()),
                    Predicate::IsInf => parts.iter().any(|x| x.is_infinite()),
                    Predicate::IsFinite => parts.iter().all(|x| x.is_finite()),
                    Predicate::LogicalNot => parts == [0.0; 2],
                    op => panic!("no naive {op:?}"),
                }
            }
            fn bits(self) -> u128 {
                self.re.bits() << 64 | self.im.bits()
            }
        }
    )*};
}
complex! { Complex32 f32; Complex64 f64; }
