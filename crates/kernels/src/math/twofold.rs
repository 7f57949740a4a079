//! Sums of two doubles, for what a few numbers need: 2⁻¹⁰⁰ of themselves.
//!
//! *Source*: T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18 (1971).

/// The unevaluated sum of two numbers, the second at most half a unit of the last place of the first.
#[derive(Clone, Copy)]
struct Twofold(f64, f64);

/// ln 2 in three parts, the first two so short that products by 11 bits are exact.
const LN_2: [f64; 3] = [
    f64::from_bits(0x3fe6_2e42_fefa_3800),
    f64::from_bits(0x3d2e_f357_93c7_6000),
    f64::from_bits(0x3a8c_c01f_97b5_7a08),
];
/// ln 2.
const LN_2_TWOFOLD: Twofold = Twofold(std::f64::consts::LN_2, f64::from_bits(0x3c7a_bc9e_3b39_803f));

fn sum(a: f64, b: f64) -> Twofold {
    let s = a + b;
    let back = s - a;
    Twofold(s, (a - (s - back)) + (b - back))
}

fn product(a: f64, b: f64) -> Twofold {
    let p = a * b;
    Twofold(p, a.mul_add(b, -p))
}

impl Twofold {
    fn plus(self, b: Twofold) -> Twofold {
        let (high, low) = (sum(self.0, b.0), sum(self.1, b.1));
        let high = sum(high.0, high.1 + low.0);
        sum(high.0, high.1 + low.1)
    }
    fn times(self, b: Twofold) -> Twofold {
        let p = product(self.0, b.0);
        sum(p.0, p.1 + self.0.mul_add(b.1, self.1 * b.0))
    }
    fn over(self, n: f64) -> Twofold {
        let q = self.0 / n;
        sum(q, (q.mul_add(-n, self.0) + self.1) / n)
    }
    /// Times a power of two.
    fn scaled(self, by: f64) -> Twofold {
        Twofold(self.0 * by, self.1 * by)
    }
}

/// eˣ of −700 < x < 1, or eˣ − 1, relative to itself next to 0.
///
/// With r the remainder by ln 2: the series of e^(r/64) − 1, and (1 + e)² − 1 = 2 e + e² six times.
fn exp(x: Twofold, minus_one: bool) -> Twofold {
    let k = (x.0 * std::f64::consts::LOG2_E).round_ties_even();
    let r = x.plus(sum(-k * LN_2[0], -k * LN_2[1])).plus(product(-k, LN_2[2]));
    let r = r.scaled(1.0 / 64.0);
    let mut series = Twofold(1.0, 0.0);
    for i in (2..=13).rev() {
        series = Twofold(1.0, 0.0).plus(r.times(series).over(f64::from(i)));
    }
    let mut e = r.times(series);
    for _ in 0..6 {
        e = e.scaled(2.0).plus(e.times(e));
    }
    if minus_one && k == 0.0 {
        return e;
    }
    let power = Twofold(1.0, 0.0).plus(e).scaled(f64::from_bits(((1023 + k as i64) as u64) << 52));
    if minus_one { power.plus(Twofold(-1.0, 0.0)) } else { power }
}

/// ln(eᵃ + eᵇ), or log₂(2ᵃ + 2ᵇ), of a sum that is next to 1: by the series of ln(1 + δ); a ≥ b.
pub(super) fn log_of_sum(a: f64, b: f64, binary: bool) -> f64 {
    // The only sum of these powers that is 1.
    if binary && a == -1.0 && b == -1.0 {
        return 0.0;
    }
    let x = |x: f64| if binary { Twofold(x, 0.0).times(LN_2_TWOFOLD) } else { Twofold(x, 0.0) };
    let off = exp(x(a), true).plus(exp(x(b), false));
    let d = off.0;
    let series = (2..=16).rev().fold(0.0, |series: f64, i: i32| series.mul_add(-d, 1.0 / f64::from(i)));
    let log = sum(d, off.1 - d * d * series);
    if binary {
        let log = log.times(Twofold(std::f64::consts::LOG2_E, f64::from_bits(0x3c77_77d0_ffda_0d24)));
        return log.0;
    }
    log.0
}
