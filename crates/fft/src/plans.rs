//! Plans: what `rustfft` and `realfft` compute for a length before they transform, kept for the next time.
//!
//! A plan takes longer to make than to use, and its memory is proportional to the length. So each kind has a
//! store of the plans used last, bounded in number and in points. Its lock is held to look up and to put in, never
//! while planning or transforming.

use crate::options::Direction;
use isonum_core::{Element, Float, Result, Storage};
use num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftNum, FftPlanner};
use std::sync::{Arc, Mutex, PoisonError};

/// The most plans of a kind that are kept.
const MOST_PLANS: usize = 64;
/// The most points that the kept plans of a kind have together: 64 MiB of `Complex64` twiddle factors.
const MOST_POINTS: usize = 1 << 22;

/// `f32` and `f64`: real numbers whose spectra can be computed.
///
/// The spectrum of `f32` is of `Complex32`, that of `f64` of `Complex64`.
pub trait FftFloat: Float + sealed::Spectrum {}
impl<T: Float + sealed::Spectrum> FftFloat for T {}

/// Transforms packed lanes, one after the other. Holds its plan and scratch memory.
pub(crate) type Transform<A, B> = Box<dyn FnMut(&[A], &mut [B])>;

pub(crate) mod sealed {
    use super::*;

    // The bounds of `rustfft` stay in here: as supertraits they would make `x.abs()` ambiguous to users.
    pub trait Spectrum: Element {
        /// `n` complex points to as many.
        fn complex(direction: Direction, n: usize) -> Transform<Complex<Self>, Complex<Self>>;
        /// `n` real points to half a spectrum.
        fn to_complex(n: usize) -> Transform<Self, Complex<Self>>;
        /// Half a spectrum to `n` real points.
        fn to_real(n: usize) -> Transform<Complex<Self>, Self>;
        /// A spectrum of zeros.
        fn zeros(shape: &[usize]) -> Result<Storage<Complex<Self>>>;
    }

    macro_rules! spectrum {
        ($($t:ty)*) => {$(
            impl Spectrum for $t {
                fn complex(direction: Direction, n: usize) -> Transform<Complex<Self>, Complex<Self>> {
                    static PLANS: Recent<(Direction, usize), dyn Fft<$t>> = Recent::new();
                    super::complex(&PLANS, direction, n)
                }
                fn to_complex(n: usize) -> Transform<Self, Complex<Self>> {
                    static PLANS: Recent<usize, dyn RealToComplex<$t>> = Recent::new();
                    super::to_complex(&PLANS, n)
                }
                fn to_real(n: usize) -> Transform<Complex<Self>, Self> {
                    static PLANS: Recent<usize, dyn ComplexToReal<$t>> = Recent::new();
                    super::to_real(&PLANS, n)
                }
                fn zeros(shape: &[usize]) -> Result<Storage<Complex<Self>>> {
                    Storage::zeros(shape)
                }
            }
        )*};
    }
    spectrum! { f32 f64 }
}

fn complex<T: FftNum>(
    plans: &Recent<(Direction, usize), dyn Fft<T>>,
    direction: Direction,
    n: usize,
) -> Transform<Complex<T>, Complex<T>> {
    let plan = plans.get((direction, n), n, || match direction {
        Direction::Forward => FftPlanner::new().plan_fft_forward(n),
        Direction::Inverse => FftPlanner::new().plan_fft_inverse(n),
    });
    let mut scratch = vec![Complex::new(T::zero(), T::zero()); plan.get_immutable_scratch_len()];
    Box::new(move |input, output| plan.process_immutable_with_scratch(input, output, &mut scratch))
}

fn to_complex<T: FftNum>(plans: &Recent<usize, dyn RealToComplex<T>>, n: usize) -> Transform<T, Complex<T>> {
    let plan = plans.get(n, n, || RealFftPlanner::new().plan_fft_forward(n));
    // `realfft` destroys what it reads.
    let (mut lane, mut scratch) = (plan.make_input_vec(), plan.make_scratch_vec());
    Box::new(move |input, output| {
        for (input, output) in input.chunks_exact(n).zip(output.chunks_exact_mut(n / 2 + 1)) {
            lane.copy_from_slice(input);
            plan.process_with_scratch(&mut lane, output, &mut scratch)
                .expect("lengths are those of the plan");
        }
    })
}

fn to_real<T: FftNum>(plans: &Recent<usize, dyn ComplexToReal<T>>, n: usize) -> Transform<Complex<T>, T> {
    let plan = plans.get(n, n, || RealFftPlanner::new().plan_fft_inverse(n));
    let (mut lane, mut scratch) = (plan.make_input_vec(), plan.make_scratch_vec());
    Box::new(move |input, output| {
        for (input, output) in input.chunks_exact(n / 2 + 1).zip(output.chunks_exact_mut(n)) {
            lane.copy_from_slice(input);
            // What no real signal has; `realfft` would refuse it.
            lane[0].im = T::zero();
            if n.is_multiple_of(2) {
                lane[n / 2].im = T::zero();
            }
            plan.process_with_scratch(&mut lane, output, &mut scratch)
                .expect("lengths are those of the plan");
        }
    })
}

/// The things used last, the last one in front.
pub(crate) struct Recent<K, P: ?Sized>(Mutex<Vec<Entry<K, P>>>);

struct Entry<K, P: ?Sized> {
    key: K,
    points: usize,
    plan: Arc<P>,
}

impl<K: Copy + PartialEq, P: ?Sized> Recent<K, P> {
    pub(crate) const fn new() -> Self {
        Recent(Mutex::new(Vec::new()))
    }

    /// The plan of `key`, with that many points: the one kept, or a new one, which is kept if it is not too large.
    pub(crate) fn get(&self, key: K, points: usize, plan: impl FnOnce() -> Arc<P>) -> Arc<P> {
        if let Some(plan) = self.find(key) {
            return plan;
        }
        let plan = plan();
        if points <= MOST_POINTS {
            self.put(Entry { key, points, plan: plan.clone() });
        }
        plan
    }

    /// The plan of `key`, moved to the front.
    fn find(&self, key: K) -> Option<Arc<P>> {
        // A panic elsewhere leaves a list that is whole.
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = entries.iter().position(|entry| entry.key == key)?;
        entries[..=at].rotate_right(1);
        Some(entries[0].plan.clone())
    }

    /// Puts a plan in front, and drops those in the back for which there is no room.
    fn put(&self, entry: Entry<K, P>) {
        let mut dropped = Vec::new();
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have made the same plan meanwhile.
        if let Some(at) = entries.iter().position(|other| other.key == entry.key) {
            dropped.push(entries.remove(at));
        }
        entries.insert(0, entry);
        let mut points = 0;
        let within = |entry: &&Entry<K, P>| {
            points += entry.points;
            points <= MOST_POINTS
        };
        let keep = entries.iter().take(MOST_PLANS).take_while(within).count();
        dropped.extend(entries.drain(keep..));
        // Memory is given back without the lock.
        drop(entries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(recent: &Recent<usize, usize>, key: usize, points: usize) -> bool {
        let mut made = false;
        let plan = recent.get(key, points, || {
            made = true;
            Arc::new(key)
        });
        assert_eq!(*plan, key);
        made
    }

    #[test]
    fn keeps_what_was_used_last() {
        let recent = Recent::new();
        for key in 0..MOST_PLANS {
            assert!(made(&recent, key, 1));
        }
        assert!(!made(&recent, 0, 1));
        assert!(made(&recent, MOST_PLANS, 1));
        assert!(!made(&recent, 0, 1), "used after 1");
        assert!(made(&recent, 1, 1), "the oldest made room");
        assert_eq!(recent.0.lock().unwrap().len(), MOST_PLANS);
    }

    #[test]
    fn keeps_no_more_points_than_fit() {
        let recent = Recent::new();
        assert!(made(&recent, 0, MOST_POINTS + 1));
        assert!(made(&recent, 0, MOST_POINTS + 1), "too large to keep");
        assert!(made(&recent, 1, MOST_POINTS / 2));
        assert!(made(&recent, 2, MOST_POINTS / 2));
        assert!(!made(&recent, 1, MOST_POINTS / 2));
        assert!(made(&recent, 3, 1));
        assert!(made(&recent, 2, MOST_POINTS / 2), "had to go");
    }

    #[test]
    fn survives_a_panic_while_planning() {
        let recent: Recent<usize, usize> = Recent::new();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            recent.get(1, 1, || panic!("no plan"));
        }));
        assert!(panicked.is_err());
        assert!(made(&recent, 1, 1));
    }
}
