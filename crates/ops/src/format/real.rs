//! Floating-point numbers as NumPy prints them.
//!
//! NumPy generates digits until they tell a number from its neighbours (the shortest that read back as the same
//! number), or a limit is reached, where the exact value is rounded to nearest, ties to even. Rust's `{}` and
//! `{:.n}` are these two, nearly. One rule is surprising: where more digits are asked for than the shortest form has,
//! they are those of the exact value, not zeros, so that `1e-5` of 32 bits may become `9.9999997e-06`.

use super::fill;
use std::fmt::{self, Write};

/// The most digits after the point, unless a precision is given.
const PRECISION: usize = 8;

/// A number of either precision. It decides how many digits tell it from its neighbours.
#[derive(Clone, Copy)]
pub(super) enum Real {
    Single(f32),
    Double(f64),
}

/// Hands the number to a generic expression.
macro_rules! with {
    ($real:expr, $x:ident => $value:expr) => {
        match $real {
            Real::Single($x) => $value,
            Real::Double($x) => $value,
        }
    };
}

impl Real {
    fn to_f64(self) -> f64 {
        match self {
            Real::Single(x) => x.into(),
            Real::Double(x) => x,
        }
    }

    fn is_finite(self) -> bool {
        with!(self, x => x.is_finite())
    }

    pub(super) fn is_positive_zero(self) -> bool {
        with!(self, x => x == 0.0 && x.is_sign_positive())
    }

    /// Whether it is written with a minus: NaN has none.
    pub(super) fn has_minus(self) -> bool {
        with!(self, x => x.is_sign_negative() && !x.is_nan())
    }

    /// The number alone, as NumPy's scalars print; `whole` stands behind whole numbers.
    pub(super) fn write_scalar(self, f: &mut dyn Write, whole: &str) -> fmt::Result {
        let size = self.to_f64().abs();
        let most = match self {
            Real::Single(_) => 1e6,
            Real::Double(_) => 1e16,
        };
        if !size.is_finite() {
            f.write_str(self.not_finite())
        } else if size == 0.0 || (1e-4..most).contains(&size) {
            let digits = self.shortest(false);
            f.write_str(&digits)?;
            f.write_str(if digits.contains('.') { "" } else { whole })
        } else {
            let (mantissa, exponent) = self.digits(true, None);
            write!(f, "{mantissa}e{exponent:+03}")
        }
    }

    /// The digits and the exponent (0 unless `scientific`): so many after the point, or the shortest form.
    fn digits(self, scientific: bool, decimals: Option<usize>) -> (String, i32) {
        let text = match decimals {
            Some(n) => self.exact(scientific, n),
            None => self.shortest(scientific),
        };
        match scientific {
            true => {
                let (mantissa, exponent) = split_exponent(&text);
                (mantissa.to_string(), exponent)
            }
            false => (text, 0),
        }
    }

    fn exact(self, scientific: bool, n: usize) -> String {
        with!(self, x => if scientific { format!("{x:.n$e}") } else { format!("{x:.n$}") })
    }

    /// The fewest digits that read back as this number. Of two such numbers that are equally near, Rust gives the
    /// larger, NumPy the even one: so it is for 2⁻¹², in 32 bits. Rounding the exact value gives the even one too.
    ///
    /// Without an exponent, for numbers whose digits before the point are exact.
    fn shortest(self, scientific: bool) -> String {
        let shortest = with!(self, x => if scientific { format!("{x:e}") } else { format!("{x}") });
        let digits = shortest.split('e').next().expect("a part before the exponent");
        let even = self.exact(scientific, decimals(digits));
        if even != shortest && with!(self, x => even.parse() == Ok(x)) { even } else { shortest }
    }

    fn not_finite(self) -> &'static str {
        match self.to_f64() {
            x if x.is_nan() => "nan",
            x if x > 0.0 => "inf",
            _ => "-inf",
        }
    }
}

/// The parts of what `{:e}` writes.
fn split_exponent(text: &str) -> (&str, i32) {
    let (mantissa, exponent) = text.split_once('e').expect("an exponent");
    (mantissa, exponent.parse().expect("a number"))
}

/// How many digits stand behind the point.
fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The number of digits after the point.
#[derive(Clone, Copy)]
enum Digits {
    /// Exactly so many, of the exact value.
    Fixed(usize),
    /// Those of the shortest form, but at least and at most so many.
    Shortest { least: usize, most: usize },
}

impl Digits {
    /// The digits, with a point among or behind them, and the exponent if `scientific`.
    fn write(self, x: Real, scientific: bool) -> (String, i32) {
        let (mut text, exponent) = match self {
            Digits::Fixed(n) => x.digits(scientific, Some(n)),
            Digits::Shortest { least, most } => match x.digits(scientific, None) {
                (shortest, _) if decimals(&shortest) > most => {
                    let (mut text, exponent) = x.digits(scientific, Some(most));
                    let zeros = text.len() - text.trim_end_matches('0').len();
                    text.truncate(text.len() - zeros.min(most - least));
                    (text, exponent)
                }
                (shortest, _) if decimals(&shortest) < least => x.digits(scientific, Some(least)),
                shortest => shortest,
            },
        };
        if !text.contains('.') {
            text.push('.');
        }
        (text, exponent)
    }
}

/// How the numbers of an array are written, so that their points stand below each other.
pub(super) struct RealCells {
    digits: Digits,
    scientific: bool,
    /// Whether positive numbers have a sign.
    plus: bool,
    /// Characters before the point.
    left: usize,
    /// Characters after it.
    right: usize,
    /// Digits of the exponent.
    exponent: usize,
}

impl RealCells {
    /// For the numbers that `each` visits.
    pub(super) fn new(
        precision: Option<usize>,
        plus: bool,
        mut each: impl FnMut(&mut dyn FnMut(Real)),
    ) -> RealCells {
        let scientific = is_scientific(&mut each);
        let mut digits = match precision {
            Some(n) => Digits::Fixed(n),
            None => Digits::Shortest { least: 0, most: PRECISION },
        };
        let (mut left, mut right, mut exponent_len) = (0, 0, 2);
        let (mut all_finite, mut minus_infinity) = (true, false);
        each(&mut |x| {
            if x.is_finite() {
                let (text, exponent) = digits.write(x, scientific);
                let behind = decimals(&text);
                left = left.max(text.len() - behind - 1 + usize::from(plus && !x.has_minus()));
                right = right.max(behind);
                exponent_len = exponent_len.max(exponent.unsigned_abs().to_string().len());
            } else {
                all_finite = false;
                minus_infinity |= x.has_minus();
            }
        });
        if scientific {
            if precision.is_none() {
                digits = Digits::Shortest { least: right, most: right };
            }
            // An `e` and a sign.
            right += 2 + exponent_len;
        }
        if !all_finite {
            left = left.max((3 + usize::from(plus || minus_infinity)).saturating_sub(right + 1));
        }
        RealCells { digits, scientific, plus, left, right, exponent: exponent_len }
    }

    /// Appends a number.
    pub(super) fn write(&self, x: Real, out: &mut impl Write) -> fmt::Result {
        let &RealCells { left, right, exponent: len, .. } = self;
        let plus = if self.plus && !x.has_minus() { "+" } else { "" };
        if !x.is_finite() {
            let text = x.not_finite();
            fill(out, ' ', left + 1 + right - plus.len() - text.len())?;
            return write!(out, "{plus}{text}");
        }
        let (digits, exponent) = self.digits.write(x, self.scientific);
        fill(out, ' ', left - (plus.len() + digits.len() - decimals(&digits) - 1))?;
        write!(out, "{plus}{digits}")?;
        if self.scientific {
            let sign = if exponent < 0 { '-' } else { '+' };
            write!(out, "e{sign}{:0len$}", exponent.unsigned_abs())
        } else {
            fill(out, ' ', right - decimals(&digits))
        }
    }
}

/// Whether the numbers are written with exponents: one is large or small, or they differ much in size. In the
/// arithmetic of their type, as NumPy decides it.
fn is_scientific(each: &mut impl FnMut(&mut dyn FnMut(Real))) -> bool {
    let (mut least, mut most, mut single) = (f64::INFINITY, 0.0f64, false);
    each(&mut |x| {
        single = matches!(x, Real::Single(_));
        let size = x.to_f64().abs();
        if size > 0.0 && size.is_finite() {
            least = least.min(size);
            most = most.max(size);
        }
    });
    if most == 0.0 {
        return false;
    }
    let (large, small, ratio) = match single {
        true => (1e6, 1e-4f32.into(), (most as f32 / least as f32).into()),
        false => (1e8, 1e-4, most / least),
    };
    most >= large || least < small || ratio > 1000.0
}
