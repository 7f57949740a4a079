//! Functions as sums of two doubles: Taylor series, and a remainder by π/2 from bits of 2/π that are computed here, from
//! Machin's formula. Relative errors are below 2⁻⁹², which a test shows on values of mpmath, and the command on those of
//! an arbitrary-precision library.
//!
//! It shares nothing with the kernels. `std`'s functions only give first guesses to [`log`] and to inverse functions.

use std::ops::{Add, Div, Mul, Neg};
use std::sync::OnceLock;

/// The unevaluated sum of two doubles, the second at most half a unit of the first.
#[derive(Clone, Copy, Debug)]
pub struct Dd(pub f64, pub f64);

pub(super) fn two_sum(a: f64, b: f64) -> Dd {
    let s = a + b;
    let t = s - a;
    Dd(s, (a - (s - t)) + (b - t))
}

fn two_product(a: f64, b: f64) -> Dd {
    let p = a * b;
    Dd(p, a.mul_add(b, -p))
}

impl Add for Dd {
    type Output = Dd;
    fn add(self, b: Dd) -> Dd {
        let s = two_sum(self.0, b.0);
        let t = two_sum(self.1, b.1);
        let u = two_sum(s.0, s.1 + t.0);
        two_sum(u.0, u.1 + t.1)
    }
}

impl Mul for Dd {
    type Output = Dd;
    fn mul(self, b: Dd) -> Dd {
        let p = two_product(self.0, b.0);
        two_sum(p.0, p.1 + self.0.mul_add(b.1, self.1 * b.0))
    }
}

impl Div for Dd {
    type Output = Dd;
    fn div(self, b: Dd) -> Dd {
        let q = self.0 / b.0;
        let r = self.add(b.mul(Dd(-q, 0.0)));
        let q2 = r.0 / b.0;
        let r = r.add(b.mul(Dd(-q2, 0.0)));
        two_sum(q, q2).add(Dd(r.0 / b.0, 0.0))
    }
}

impl Neg for Dd {
    type Output = Dd;
    fn neg(self) -> Dd {
        Dd(-self.0, -self.1)
    }
}

impl Dd {
    /// The square root, of a positive number.
    pub fn sqrt(self) -> Dd {
        let s = self.0.sqrt();
        let rest = self.add(two_product(s, s).neg());
        two_sum(s, 0.0).add(Dd(rest.0 / (2.0 * s), 0.0))
    }

    /// This times 2ⁿ.
    pub fn scale(self, n: i32) -> Dd {
        Dd(scale(self.0, n), scale(self.1, n))
    }
}

/// x 2ⁿ, exact unless the result leaves the range.
pub fn scale(mut x: f64, mut n: i32) -> f64 {
    while n != 0 {
        let step = n.clamp(-1000, 1000);
        x *= f64::from_bits(((1023 + step) as u64) << 52);
        n -= step;
    }
    x
}

/// The exponent of the first bit of a number that is not zero.
pub fn exponent(x: f64) -> i32 {
    assert!(x != 0.0);
    let e = ((x.to_bits() >> 52) & 0x7ff) as i32;
    if e == 0 { exponent(x * 18_014_398_509_481_984.0) - 54 } else { e - 1023 }
}

/// Σ rⁱ/i! for the given i, the last first, all with step `by`; `signed` alternates.
fn taylor(r: Dd, from: u32, last: u32, by: u32, signed: bool) -> Dd {
    // Horner: 1 + p/((i−1) i) (1 + …), the first term rᶠʳᵒᵐ/from! left to the caller.
    let p = if by == 1 { r } else { r.mul(r) };
    let p = if signed { p.neg() } else { p };
    let mut sum = Dd(1.0, 0.0);
    let mut i = last;
    while i > from {
        let divisor = if by == 1 { i as f64 } else { (i * (i - 1)) as f64 };
        sum = Dd(1.0, 0.0).add(p.mul(sum).div(Dd(divisor, 0.0)));
        i -= by;
    }
    sum
}

/// eʳ − 1 for |r| < 0.4.
fn expm1(r: Dd) -> Dd {
    let small = r.scale(-6);
    let mut e = small.mul(taylor(small, 1, 12, 1, false));
    for _ in 0..6 {
        e = e.scale(1).add(e.mul(e));
    }
    e
}

/// ln 2 in three parts, the first two so short that multiples by 12 bits are exact.
const LN2: [f64; 3] = [
    f64::from_bits(0x3fe6_2e42_fefa_3800),
    f64::from_bits(0x3d2e_f357_93c7_6000),
    f64::from_bits(0x3a8c_c01f_97b5_7a08),
];

fn ln2_times(k: f64) -> Dd {
    two_sum(k * LN2[0], k * LN2[1]).add(two_product(k, LN2[2]))
}

/// `(e, k)` with e^(x) = (1 + e) 2ᵏ.
fn exp_parts(x: Dd) -> (Dd, i32) {
    let k = (x.0 * std::f64::consts::LOG2_E).round_ties_even();
    (expm1(x.add(ln2_times(k).neg())), k as i32)
}

/// `(y, k)` with eˣ = y 2ᵏ.
pub fn exp(x: f64) -> (Dd, i32) {
    let (e, k) = exp_parts(Dd(x, 0.0));
    (Dd(1.0, 0.0).add(e), k)
}

/// `(y, k)` with 2ˣ = y 2ᵏ.
pub fn exp2(x: f64) -> (Dd, i32) {
    let whole = x.round_ties_even();
    let ln2 = Dd(std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17);
    let (e, k) = exp_parts(Dd(x - whole, 0.0).mul(ln2));
    (Dd(1.0, 0.0).add(e), k + whole as i32)
}

/// π/180.
pub const DEGREE: Dd = Dd(f64::from_bits(0x3f91_df46_a252_9d39), f64::from_bits(0x3c15_c1d8_becd_d291));
/// 180/π.
pub const RADIAN: Dd = Dd(f64::from_bits(0x404c_a5dc_1a63_c1f8), f64::from_bits(0xbce1_e7ab_4564_05f9));

/// `(y, k)` with x c = y 2ᵏ, of an x that is not zero.
pub fn times(x: f64, c: Dd) -> (Dd, i32) {
    let k = exponent(x);
    (Dd(scale(x, -k), 0.0).mul(c), k)
}

/// `(y, k)` with 1/√x = y 2ᵏ, of positive x: a step of Newton's after that of doubles.
pub fn rsqrt(x: f64) -> (Dd, i32) {
    let k = exponent(x).div_euclid(2);
    let x = Dd(scale(x, -2 * k), 0.0);
    let y = Dd(1.0 / x.0.sqrt(), 0.0);
    let rest = Dd(1.0, 0.0).add(x.mul(y).mul(y).neg());
    // The next term of the series, too.
    let series = rest.scale(-1).add(rest.mul(rest).mul(Dd(0.375, 0.0)));
    (y.add(y.mul(series)), -k)
}

/// ln x of positive finite x.
pub fn log(x: f64) -> Dd {
    if x < f64::MIN_POSITIVE {
        return log(x * 18_014_398_509_481_984.0).add(ln2_times(-54.0));
    }
    let guess = x.ln();
    let (e, k) = exp_parts(Dd(-guess, 0.0));
    // t = x e^(−guess) − 1.
    let x = scale(x, k);
    let t = two_sum(x, -1.0).add(e.mul(Dd(x, 0.0)));
    two_sum(guess, 0.0).add(t).add(t.mul(t).scale(-1).neg())
}

/// ln(1 + t), relative to itself next to 0.
pub(super) fn log1p_sum(t: Dd) -> Dd {
    if t.0.abs() < SMALL {
        return t.add(t.mul(t).scale(-1).neg());
    }
    let guess = t.0.ln_1p();
    // u = (1 + t) e^(−guess) − 1.
    let (e, k) = exp_parts(Dd(-guess, 0.0));
    let u = if k == 0 {
        t.add(e).add(t.mul(e))
    } else {
        Dd(1.0, 0.0).add(t).scale(k).mul(Dd(1.0, 0.0).add(e)).add(Dd(-1.0, 0.0))
    };
    two_sum(guess, 0.0).add(u).add(u.mul(u).scale(-1).neg())
}

/// Below, two terms of a series are exact to twice a double.
const SMALL: f64 = 1e-20;
const LN_2: Dd = Dd(std::f64::consts::LN_2, f64::from_bits(0x3c7a_bc9e_3b39_803f));
const LN_10: Dd = Dd(std::f64::consts::LN_10, f64::from_bits(0xbcaf_48ad_494e_a3e9));

/// log₂ x of positive finite x.
pub fn log2(x: f64) -> Dd {
    log(x).div(LN_2)
}

/// log₁₀ x of positive finite x.
pub fn log10(x: f64) -> Dd {
    log(x).div(LN_10)
}

/// ln(1 + x) of finite x above −1.
pub fn log1p(x: f64) -> Dd {
    log1p_sum(Dd(x, 0.0))
}

/// `(y, k)` with 10ˣ = y 2ᵏ.
pub fn exp10(x: f64) -> (Dd, i32) {
    let (e, k) = exp_parts(Dd(x, 0.0).mul(LN_10));
    (Dd(1.0, 0.0).add(e), k)
}

/// `(y, k)` with eˣ − 1 = y 2ᵏ.
pub fn expm1_scaled(x: f64) -> (Dd, i32) {
    if x.abs() < SMALL {
        return (Dd(x, x * x / 2.0), 0);
    }
    if x < -200.0 {
        return (Dd(-1.0, 0.0), 0);
    }
    let (e, k) = exp_parts(Dd(x, 0.0));
    if k == 0 { (e, 0) } else { (Dd(1.0, 0.0).add(e).add(Dd(scale(-1.0, -k), 0.0)), k) }
}

/// `(y, k)` with sinh x = y 2ᵏ.
pub fn sinh(x: f64) -> (Dd, i32) {
    if x.abs() < SMALL {
        return (Dd(x, x * x * x / 6.0), 0);
    }
    let (e, k) = exp_parts(Dd(x.abs(), 0.0));
    let m = Dd(1.0, 0.0).add(e);
    let twice = if k == 0 { e.add(e.div(m)) } else { m.add(Dd(1.0, 0.0).div(m).scale(-2 * k).neg()) };
    (if x < 0.0 { twice.neg() } else { twice }, k - 1)
}

/// `(y, k)` with cosh x = y 2ᵏ.
pub fn cosh(x: f64) -> (Dd, i32) {
    let (e, k) = exp_parts(Dd(x.abs(), 0.0));
    let m = Dd(1.0, 0.0).add(e);
    (m.add(Dd(1.0, 0.0).div(m).scale(-2 * k)), k - 1)
}

/// √a of a sum that is not negative.
fn root(a: Dd) -> Dd {
    if a.0 == 0.0 {
        return a;
    }
    let s = Dd(a.0.sqrt(), 0.0);
    let s = s.add(a.add(s.mul(s).neg()).div(s.scale(1)));
    s.add(a.add(s.mul(s).neg()).div(s.scale(1)))
}

/// arsinh x.
pub fn asinh(x: f64) -> Dd {
    let a = x.abs();
    let y = if a > 1e100 {
        log(a).add(LN_2)
    } else if a < SMALL {
        Dd(a, -a * a * a / 6.0)
    } else {
        let square = two_product(a, a);
        let s = root(Dd(1.0, 0.0).add(square));
        log1p_sum(Dd(a, 0.0).add(square.div(Dd(1.0, 0.0).add(s))))
    };
    if x < 0.0 { y.neg() } else { y }
}

/// arcosh x of finite x above 1.
pub fn acosh(x: f64) -> Dd {
    if x > 1e100 {
        return log(x).add(LN_2);
    }
    let t = two_sum(x, -1.0);
    log1p_sum(t.add(root(t.mul(two_sum(x, 1.0)))))
}

/// artanh x of x between −1 and 1.
pub fn atanh(x: f64) -> Dd {
    let a = x.abs();
    if a < SMALL {
        return Dd(x, x * x * x / 3.0);
    }
    let y = log1p_sum(Dd(2.0 * a, 0.0).div(two_sum(1.0, -a))).scale(-1);
    if x < 0.0 { y.neg() } else { y }
}

/// tanh x.
pub fn tanh(x: f64) -> Dd {
    if x.abs() < 1e-40 {
        return Dd(x, -x * x * x / 3.0);
    }
    let (e, k) = exp_parts(Dd(2.0 * x.abs(), 0.0));
    let e = if k == 0 { e } else { Dd(1.0, 0.0).add(e).scale(k).add(Dd(-1.0, 0.0)) };
    let t = e.div(e.add(Dd(2.0, 0.0)));
    if x < 0.0 { t.neg() } else { t }
}

/// The number of words of [`inverse_half_pi`].
const WORDS: usize = 24;

/// The bits of 2/π behind the point, behind 128 zeros.
fn inverse_half_pi() -> &'static [u64; WORDS] {
    static BITS: OnceLock<[u64; WORDS]> = OnceLock::new();
    BITS.get_or_init(|| {
        // Fixed point with N words of 32 bits, the first the integer; the highest first.
        const N: usize = 2 * WORDS + 4;
        type Fixed = [u32; N];
        fn divide(a: &Fixed, by: u32) -> Fixed {
            let (mut q, mut rest) = ([0; N], 0u64);
            for (q, a) in q.iter_mut().zip(a) {
                let n = rest << 32 | *a as u64;
                (*q, rest) = ((n / by as u64) as u32, n % by as u64);
            }
            q
        }
        fn accumulate(a: &mut Fixed, b: &Fixed, negative: bool) {
            let mut carry = negative as u64;
            for (a, b) in a.iter_mut().zip(b).rev() {
                let b = if negative { !*b } else { *b };
                let sum = *a as u64 + b as u64 + carry;
                (*a, carry) = (sum as u32, sum >> 32);
            }
        }
        fn arctangent(times: u32, inverse: u32) -> Fixed {
            let mut power: Fixed = [0; N];
            power[0] = times;
            power = divide(&power, inverse);
            let (mut sum, mut i) = (power, 1);
            while power.iter().any(|w| *w != 0) {
                power = divide(&divide(&power, inverse), inverse);
                i += 2;
                accumulate(&mut sum, &divide(&power, i), i % 4 == 3);
            }
            sum
        }
        // π/2 = 8 arctan(1/5) − 2 arctan(1/239), then 1/(π/2) bit by bit: rest ← 2 rest − π/2 while it can.
        let mut half_pi = arctangent(8, 5);
        accumulate(&mut half_pi, &arctangent(2, 239), true);
        let mut rest: Fixed = [0; N];
        rest[0] = 1;
        let mut out = [0u64; WORDS];
        for bit in 128..64 * WORDS {
            let copy = rest;
            accumulate(&mut rest, &copy, false);
            if rest >= half_pi {
                accumulate(&mut rest, &half_pi, true);
                out[bit / 64] |= 1 << (63 - bit % 64);
            }
        }
        out
    })
}

/// `(n, r)` with |x| = (4 m + n) π/2 + r, |r| ≤ π/4.
pub(super) fn remainder(x: f64) -> (u32, Dd) {
    if x.abs() < 0.5 {
        return (0, Dd(x.abs(), 0.0));
    }
    let e = exponent(x) - 52;
    let mantissa = (x.to_bits() & 0x000f_ffff_ffff_ffff) | 0x0010_0000_0000_0000;
    let first = (e - 1 + 127) as usize;
    let table = inverse_half_pi();
    // The product modulo 2²⁵⁶ of the mantissa and 256 bits, the lowest word first.
    let (mut p, mut carry) = ([0u64; 4], 0u128);
    for (i, p) in p.iter_mut().enumerate() {
        let (word, shift) = ((first + 64 * (3 - i)) / 64, first % 64);
        let pair = (table[word] as u128) << 64 | table[word + 1] as u128;
        let sum = (pair << shift >> 64) as u64 as u128 * mantissa as u128 + carry;
        (*p, carry) = (sum as u64, sum >> 64);
    }
    // The two highest bits count quarter turns.
    let half = p[3] >> 61 & 1;
    let n = ((p[3] >> 62) + half) as u32 & 3;
    p[3] &= (1 << 62) - 1;
    let mut f = Dd(0.0, 0.0);
    if half == 1 {
        // 2²⁵⁴ − p.
        let mut borrow = false;
        for (i, w) in p.iter_mut().enumerate() {
            let top = if i == 3 { 1u64 << 62 } else { 0 };
            let (a, b) = top.overflowing_sub(*w);
            let (c, d) = a.overflowing_sub(borrow as u64);
            (*w, borrow) = (c, b | d);
        }
    }
    for (i, w) in p.iter().enumerate() {
        for (part, at) in [(*w & 0xffff_ffff, 0), (*w >> 32, 32)] {
            f = f.add(Dd(scale(part as f64, 64 * i as i32 + at - 254), 0.0));
        }
    }
    let half_pi = Dd(f64::from_bits(0x3ff9_21fb_5444_2d18), f64::from_bits(0x3c91_a626_3314_5c07));
    let r = f.mul(half_pi).add(Dd(f.0 * f64::from_bits(0xb91f_1976_b7ed_8fbc), 0.0));
    (n, if half == 1 { r.neg() } else { r })
}

/// sin(n π/2 + r) for |r| ≤ π/4.
pub(super) fn quadrant(n: u32, r: Dd) -> Dd {
    let y = if n & 1 == 0 { r.mul(taylor(r, 1, 29, 2, true)) } else { taylor(r, 0, 30, 2, true) };
    if n & 2 == 2 { y.neg() } else { y }
}

/// sin x.
pub fn sin(x: f64) -> Dd {
    let (n, r) = remainder(x);
    let y = quadrant(n, r);
    if x < 0.0 { y.neg() } else { y }
}

/// cos x.
pub fn cos(x: f64) -> Dd {
    let (n, r) = remainder(x);
    quadrant(n + 1, r)
}

/// A deterministic stream of words (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next word.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// Evenly in [a, b).
    pub fn within(&mut self, a: f64, b: f64) -> f64 {
        a + (b - a) * ((self.bits() >> 11) as f64 / 9_007_199_254_740_992.0)
    }
    /// With an exponent evenly in the range and any mantissa and sign.
    pub fn spread(&mut self, low: i32, high: i32) -> f64 {
        let bits = self.bits();
        let e = low + (self.bits() % (high - low) as u64) as i32;
        scale(f64::from_bits(bits & 0x800f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000), e)
    }
}
