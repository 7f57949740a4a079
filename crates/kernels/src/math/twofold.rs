//! Sums of two doubles, for what a few numbers need: 2⁻¹⁰⁰ of themselves.
//!
//! *Source*: T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18 (1971).

use super::exp_tables::{INV_STEP, POWER, POWER_LO};

/// The unevaluated sum of two numbers, the second at most some units of the last place of the first.
#[derive(Clone, Copy)]
struct Twofold(f64, f64);

/// ln 2.
const LN_2: Twofold = Twofold(std::f64::consts::LN_2, f64::from_bits(0x3c7a_bc9e_3b39_803f));

fn sum(a: f64, b: f64) -> Twofold {
    let s = a + b;
    let back = s - a;
    Twofold(s, (a - (s - back)) + (b - back))
}

/// [`sum`] where b is not larger than a.
fn ordered_sum(a: f64, b: f64) -> Twofold {
    let s = a + b;
    Twofold(s, (a - s) + b)
}

fn product(a: f64, b: f64) -> Twofold {
    let p = a * b;
    Twofold(p, a.mul_add(b, -p))
}

impl Twofold {
    fn plus(self, b: Twofold) -> Twofold {
        let high = sum(self.0, b.0);
        let low = sum(self.1, b.1);
        let high = ordered_sum(high.0, high.1 + low.0);
        ordered_sum(high.0, high.1 + low.1)
    }
    /// [`plus`](Self::plus) of a number that is not larger; the second word may be a few units large, as that of `times`.
    fn plus_smaller(self, b: Twofold) -> Twofold {
        let high = ordered_sum(self.0, b.0);
        Twofold(high.0, high.1 + (self.1 + b.1))
    }
    fn times(self, b: Twofold) -> Twofold {
        let p = product(self.0, b.0);
        Twofold(p.0, p.1 + self.0.mul_add(b.1, self.1 * b.0))
    }
    /// Times a power of two.
    fn scaled(self, by: f64) -> Twofold {
        Twofold(self.0 * by, self.1 * by)
    }
}

/// 1/2!, 1/3!, … 1/8!.
const SERIES: [Twofold; 7] = [
    Twofold(f64::from_bits(0x3fe0_0000_0000_0000), f64::from_bits(0x0000_0000_0000_0000)),
    Twofold(f64::from_bits(0x3fc5_5555_5555_5555), f64::from_bits(0x3c65_5555_5555_5555)),
    Twofold(f64::from_bits(0x3fa5_5555_5555_5555), f64::from_bits(0x3c45_5555_5555_5555)),
    Twofold(f64::from_bits(0x3f81_1111_1111_1111), f64::from_bits(0x3c01_1111_1111_1111)),
    Twofold(f64::from_bits(0x3f56_c16c_16c1_6c17), f64::from_bits(0xbbef_49f4_9f49_f49f)),
    Twofold(f64::from_bits(0x3f2a_01a0_1a01_a01a), f64::from_bits(0x3b6a_01a0_1a01_a01a)),
    Twofold(f64::from_bits(0x3efa_01a0_1a01_a01a), f64::from_bits(0x3b3a_01a0_1a01_a01a)),
];

/// eˣ of −700 < x < 1, or eˣ − 1, relative to itself next to 0.
///
/// x = n ln 2/8 + r, and the series of eʳ − 1: the terms to r⁸ in two words, those to r¹⁶ in one.
fn exp(x: Twofold, minus_one: bool) -> Twofold {
    let n = (x.0 * INV_STEP).round_ties_even();
    let r = x.plus(product(-n, LN_2.0 / 8.0)).plus(product(-n, LN_2.1 / 8.0));
    // 1 + r/9 (1 + r/10 (…
    let tail = (9..=16).rev().fold(1.0, |tail: f64, i: i32| tail.mul_add(r.0 * (1.0 / f64::from(i)), 1.0));
    let one = Twofold(1.0, 0.0);
    let [series @ .., last] = SERIES;
    let bend =
        series.iter().rev().fold(last.times(Twofold(tail, 0.0)), |bend, c| c.plus_smaller(bend.times(r)));
    let e = r.times(one.plus_smaller(bend.times(r)));
    if minus_one && n == 0.0 {
        return e;
    }
    let n = n as i64;
    let (octave, step) = (n.div_euclid(8), n.rem_euclid(8));
    let scale = f64::from_bits(((1023 + octave) as u64) << 52);
    let high = f64::from_bits((POWER[step as usize].to_bits() as i64 + (step << 49)) as u64);
    let power = ordered_sum(high, high * POWER_LO[step as usize]).times(one.plus_smaller(e)).scaled(scale);
    if minus_one { power.plus(Twofold(-1.0, 0.0)) } else { power }
}

/// ln(eᵃ + eᵇ), or log₂(2ᵃ + 2ᵇ), of a sum that is next to 1: by the series of ln(1 + δ); a ≥ b.
pub(super) fn log_of_sum(a: f64, b: f64, binary: bool) -> f64 {
    // The only sum of these powers that is 1.
    if binary && a == -1.0 && b == -1.0 {
        return 0.0;
    }
    let x = |x: f64| if binary { Twofold(x, 0.0).times(LN_2) } else { Twofold(x, 0.0) };
    let off = exp(x(a), true).plus(exp(x(b), false));
    let d = off.0;
    let series = (2..=16).rev().fold(0.0, |series: f64, i: i32| series.mul_add(-d, 1.0 / f64::from(i)));
    let log = sum(d, off.1 - d * d * series);
    if binary {
        let log = log.times(Twofold(std::f64::consts::LOG2_E, f64::from_bits(0x3c77_77d0_ffda_0d24)));
        return log.0 + log.1;
    }
    log.0
}
