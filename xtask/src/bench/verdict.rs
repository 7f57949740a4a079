//! What several attempts say together: the same case, before and after.

use std::fmt;

/// Whether something has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// Slower, in every attempt.
    Regression,
    /// Faster, in every attempt.
    Improvement,
    /// No more than the threshold either way, in most attempts.
    Noise,
    /// Attempts contradict each other.
    Inconclusive,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Verdict::Regression => "regression",
            Verdict::Improvement => "improvement",
            Verdict::Noise => "noise",
            Verdict::Inconclusive => "inconclusive",
        })
    }
}

/// The fewest attempts that say something.
pub(super) const ATTEMPTS: usize = 3;

impl Verdict {
    /// Of the times of a case after a change over those before, one for each attempt.
    ///
    /// A change is one only where more than three quarters of the attempts lie beyond the threshold on the same side; no
    /// change where the median lies within it, and so does half of the attempts.
    pub(super) fn of(ratios: &[f64], threshold: f64) -> Verdict {
        if ratios.len() < ATTEMPTS {
            return Verdict::Inconclusive;
        }
        let part = |beyond: &dyn Fn(f64) -> bool| {
            ratios.iter().filter(|&&ratio| beyond(ratio)).count() as f64 / ratios.len() as f64
        };
        let slower = part(&|ratio| ratio > 1.0 + threshold);
        let faster = part(&|ratio| ratio < 1.0 / (1.0 + threshold));
        if slower > 0.75 {
            Verdict::Regression
        } else if faster > 0.75 {
            Verdict::Improvement
        } else if slower < 0.5 && faster < 0.5 && 1.0 - slower - faster >= 0.5 {
            Verdict::Noise
        } else {
            Verdict::Inconclusive
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_attempts_must_agree() {
        let of = |ratios: &[f64]| Verdict::of(ratios, 0.05);
        assert_eq!(of(&[1.10, 1.12, 1.09]), Verdict::Regression);
        assert_eq!(of(&[1.10, 1.12, 1.01]), Verdict::Inconclusive);
        assert_eq!(of(&[0.90, 0.80, 0.94]), Verdict::Improvement);
        assert_eq!(of(&[1.00, 1.02, 1.30]), Verdict::Noise);
        assert_eq!(of(&[1.10, 1.10, 1.10, 1.10, 1.01]), Verdict::Regression);
        assert_eq!(of(&[1.10, 1.10]), Verdict::Inconclusive);
        assert_eq!(of(&[]), Verdict::Inconclusive);
    }

    /// Attempts of a noisy machine: each off by up to 3 %, one in seven by up to 40 %.
    fn noisy(seed: u64, factor: f64) -> Vec<f64> {
        let mut state = seed;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut attempt = || {
            let wild = uniform() < 1.0 / 7.0;
            factor * (1.0 + (if wild { 0.8 } else { 0.06 }) * (uniform() - 0.5))
        };
        (0..9).map(|_| attempt()).collect()
    }

    #[test]
    fn a_tenth_is_found_and_nothing_is_noise() {
        for seed in 0..10 {
            assert_eq!(Verdict::of(&noisy(seed, 1.0), 0.05), Verdict::Noise, "{seed}");
            assert_ne!(Verdict::of(&noisy(seed, 1.1), 0.05), Verdict::Noise, "{seed}");
        }
    }
}
