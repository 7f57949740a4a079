//! Sine, cosine and tangent of angles in half turns: [`double`]'s, behind an exact remainder. And what they should be where
//! the value is zero or infinite, or need not be known well: C23, Annex F.

use super::double::{self, Dd, quadrant};
use std::f64::consts;
use std::ops::{Div, Mul, Neg};

const PI: Dd = Dd(f64::from_bits(0x4009_21fb_5444_2d18), f64::from_bits(0x3ca1_a626_3314_5c07));

/// `(n, r)` with |x| = 2 m + n/2 + r, |r| ≤ 1/4, exactly; n below 4.
fn halves(x: f64) -> (u32, f64) {
    let y = x.abs() % 2.0;
    let n = (2.0 * y).round_ties_even();
    (n as u32 & 3, y - n / 2.0)
}

/// `(y, k)` with sin(π (n/2 + r)) = y 2ᵏ.
fn value(n: u32, r: f64) -> (Dd, i32) {
    if r == 0.0 {
        return (Dd([0.0, 1.0, 0.0, -1.0][n as usize & 3], 0.0), 0);
    }
    if n & 1 == 0 && r.abs() < 1e-40 {
        // π r, which has no room for two words among the smallest numbers.
        let y = PI.mul(Dd(double::scale(r, 600), 0.0));
        return (if n & 2 == 2 { y.neg() } else { y }, -600);
    }
    (quadrant(n, PI.mul(Dd(r, 0.0))), 0)
}

fn signed((y, k): (Dd, i32), x: f64) -> (Dd, i32) {
    (if x < 0.0 { y.neg() } else { y }, k)
}

/// `(y, k)` with sin(π x) = y 2ᵏ.
pub(super) fn sine(x: f64) -> (Dd, i32) {
    let (n, r) = halves(x);
    signed(value(n, r), x)
}

/// `(y, k)` with cos(π x) = y 2ᵏ.
pub(super) fn cosine(x: f64) -> (Dd, i32) {
    let (n, r) = halves(x);
    value(n + 1, r)
}

/// `(y, k)` with tan(π x) = y 2ᵏ; zero also where it is infinite.
pub(super) fn tangent(x: f64) -> (Dd, i32) {
    let (n, r) = halves(x);
    let ((sine, k), (cosine, l)) = (value(n, r), value(n + 1, r));
    if cosine.0 == 0.0 { (Dd(0.0, 0.0), 0) } else { signed((sine.div(cosine), k - l), x) }
}

/// sin(π x) as a double, zeros with the sign of x.
pub(super) fn std_sine(x: f64) -> f64 {
    let (n, r) = halves(x);
    let y = [(consts::PI * r).sin(), (consts::PI * r).cos()][n as usize & 1];
    let y = if n & 2 == 2 { -y } else { y };
    if !x.is_finite() { f64::NAN } else { (if y == 0.0 { 0.0 } else { y }) * 1f64.copysign(x) }
}

/// cos(π x) as a double, zeros +0.
pub(super) fn std_cosine(x: f64) -> f64 {
    if x.is_finite() { std_sine(0.5 - x.abs() % 2.0) + 0.0 } else { f64::NAN }
}

/// tan(π x) as a double, zeros and infinities with the signs of sine and cosine together.
pub(super) fn std_tangent(x: f64) -> f64 {
    std_sine(x) / std_cosine(x)
}
