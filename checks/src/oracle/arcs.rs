//! The tangent and the inverse functions of sine, cosine and tangent as sums of two doubles: [`double`]'s sine and cosine, and a
//! step of Newton's method from the result of `std`.

use super::double::{Dd, quadrant, remainder, two_sum};
use std::ops::{Add, Div, Mul, Neg};

const ONE: Dd = Dd(1.0, 0.0);
pub(super) const HALF_PI: Dd =
    Dd(f64::from_bits(0x3ff9_21fb_5444_2d18), f64::from_bits(0x3c91_a626_3314_5c07));
/// Below, two terms of the series are enough.
const SMALL: f64 = 1e-40;

/// tan x.
pub(super) fn tan(x: f64) -> Dd {
    if x.abs() < SMALL {
        return Dd(x, x * x * x / 3.0);
    }
    let (n, r) = remainder(x);
    let y = quadrant(n, r).div(quadrant(n + 1, r));
    if x < 0.0 { y.neg() } else { y }
}

/// `(sin y, cos y)` of y in [−π, π].
fn sine_and_cosine(y: f64) -> (Dd, Dd) {
    let (n, r) = remainder(y);
    let sine = quadrant(n, r);
    (if y < 0.0 { sine.neg() } else { sine }, quadrant(n + 1, r))
}

/// atan x.
pub(super) fn atan(x: f64) -> Dd {
    if x.abs() < SMALL {
        return Dd(x, -x * x * x / 3.0);
    }
    if x.abs() <= 1.0 {
        return atan_near(Dd(x, 0.0));
    }
    // π/2 less the inverse tangent of 1/x, which is of no account for large x.
    let inverse = if x.abs() > 1e100 { Dd(1.0 / x, 0.0) } else { ONE.div(Dd(x, 0.0)) };
    let angle = if inverse.0.abs() < SMALL { inverse } else { atan_near(inverse) };
    let half_pi = if x < 0.0 { HALF_PI.neg() } else { HALF_PI };
    half_pi.add(angle.neg())
}

/// With t = tan y for a guess y, atan x = y + atan((x − t)/(1 + x t)); that second part is as small as the error of the guess.
pub(super) fn atan_near(x: Dd) -> Dd {
    let guess = x.0.atan();
    let (sine, cosine) = sine_and_cosine(guess);
    let off = x.mul(cosine).add(sine.neg()).div(cosine.add(x.mul(sine)));
    two_sum(guess, off.0).add(Dd(off.1, 0.0))
}

/// √(1 − x²).
fn opposite(x: f64) -> Dd {
    two_sum(1.0, -x).mul(two_sum(1.0, x)).sqrt()
}

/// asin x; of |x| ≤ 1, as [`acos`]. sin(asin x − y) = x cos y − √(1 − x²) sin y.
pub(super) fn asin(x: f64) -> Dd {
    if x.abs() < SMALL {
        return Dd(x, x * x * x / 6.0);
    }
    if x.abs() == 1.0 {
        return if x < 0.0 { HALF_PI.neg() } else { HALF_PI };
    }
    let guess = x.asin();
    let (sine, cosine) = sine_and_cosine(guess);
    let off = Dd(x, 0.0).mul(cosine).add(opposite(x).mul(sine).neg());
    two_sum(guess, off.0).add(Dd(off.1, 0.0))
}

/// acos x. sin(acos x − y) = √(1 − x²) cos y − x sin y.
pub(super) fn acos(x: f64) -> Dd {
    if x.abs() == 1.0 {
        return if x < 0.0 { HALF_PI.scale(1) } else { Dd(0.0, 0.0) };
    }
    let guess = x.acos();
    let (sine, cosine) = sine_and_cosine(guess);
    let off = opposite(x).mul(cosine).add(Dd(x, 0.0).mul(sine).neg());
    two_sum(guess, off.0).add(Dd(off.1, 0.0))
}
