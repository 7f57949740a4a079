//! A European call by simulation, against the closed form of Black and Scholes.

use crate::report::Outcome;
use isonum::prelude::*;
use isonum::{maximum, random::Generator};
use std::error::Error;
use std::path::Path;

const SPOT: f64 = 100.0;
const STRIKE: f64 = 105.0;
/// A year's interest, continuously compounded.
const RATE: f64 = 0.03;
/// Volatility a year.
const SIGMA: f64 = 0.2;
const YEARS: f64 = 1.0;
const PATHS: usize = 1 << 22;
/// Steps of a path: quarters.
const STEPS: usize = 4;

pub(crate) fn run(_: &Path, _: Option<&Path>) -> Result<Outcome, Box<dyn Error>> {
    let (price, error) = simulate(7, PATHS);
    let exact = closed_form();
    let mut outcome = Outcome { numbers: vec![price, error], ..Outcome::default() };
    outcome.summary.push(format!(
        "{PATHS} paths: {price:.4} ± {error:.4}, closed form {exact:.4}: {:+.2} standard errors",
        (price - exact) / error
    ));
    if (price - exact).abs() > 3.0 * error {
        return Err(format!("{price} is more than 3 standard errors ({error}) from {exact}").into());
    }
    Ok(outcome)
}

/// How many of 20 seeds are within 3 standard errors. One in 370 should not be.
pub(crate) fn twenty_seeds() -> Result<Vec<String>, Box<dyn Error>> {
    let exact = closed_form();
    let outside = (0..20)
        .map(|seed| simulate(seed, PATHS))
        .filter(|(price, error)| (price - exact).abs() > 3.0 * error)
        .count();
    if outside > 1 {
        return Err(format!("{outside} of 20 seeds are more than 3 standard errors off").into());
    }
    Ok(vec![format!("{} of 20 seeds within 3 standard errors", 20 - outside)])
}

/// The discounted mean payoff and its standard error.
fn simulate(seed: u64, paths: usize) -> (f64, f64) {
    let mut rng = Generator::new(seed);
    let dt = YEARS / STEPS as f64;
    let mut log_price = Array::full(paths, SPOT.ln());
    for _ in 0..STEPS {
        log_price += rng.normal((RATE - SIGMA * SIGMA / 2.0) * dt, SIGMA * dt.sqrt(), paths);
    }
    let payoff = maximum(log_price.exp() - STRIKE, 0.0) * (-RATE * YEARS).exp();
    (payoff.mean(), payoff.over(()).ddof(1).std().into_scalar() / (paths as f64).sqrt())
}

fn closed_form() -> f64 {
    let d1 = ((SPOT / STRIKE).ln() + (RATE + SIGMA * SIGMA / 2.0) * YEARS) / (SIGMA * YEARS.sqrt());
    let d2 = d1 - SIGMA * YEARS.sqrt();
    SPOT * normal_cdf(d1) - STRIKE * (-RATE * YEARS).exp() * normal_cdf(d2)
}

/// The normal distribution function, by its series around 0 (Abramowitz and Stegun 26.2.11).
fn normal_cdf(x: f64) -> f64 {
    let (mut term, mut sum, mut k) = (x, x, 1.0);
    while term.abs() > 1e-17 {
        k += 2.0;
        term *= x * x / k;
        sum += term;
    }
    0.5 + sum * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}
