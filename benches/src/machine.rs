//! What the machine can do at most: fused multiply-adds a second, and bytes read and copied a second, for operands of any
//! size and on any number of threads.

use isonum_core::Result;
use isonum_kernels::simd::{Isa, Simd};
use isonum_kernels::{Program, Reg};
use isonum_runtime::backend;
use isonum_runtime::level::Level;
use std::hint::black_box;
use std::sync::Barrier;
use std::time::Instant;

/// Chains of multiply-adds that do not wait for each other: as many as the latency of two such units takes, and as fit
/// the registers of every instruction set.
const CHAINS: usize = 12;

/// Multiply-adds, so many on every chain.
struct MultiplyAdd<T> {
    times: u64,
    factor: T,
}

/// All words of some memory, combined by `or`.
struct Read<'a>(&'a [u64]);

macro_rules! multiply_add {
    ($($type:ident)*) => {$(
        impl Program for MultiplyAdd<$type> {
            /// Operations, two for each multiply-add.
            type Output = f64;
            #[inline(always)]
            fn run<S: Isa>(self, isa: S) -> f64 {
                let factor = Reg::<$type, S>::splat(isa, self.factor);
                let mut sums = [factor; CHAINS];
                for _ in 0..self.times {
                    for sum in &mut sums {
                        *sum = sum.mul_add(factor, factor);
                    }
                }
                black_box(sums.map(|sum| sum.raw));
                2.0 * (CHAINS * <S as Simd<$type>>::LANES) as f64 * self.times as f64
            }
        }
    )*};
}
multiply_add!(f32 f64);

impl Program for Read<'_> {
    type Output = u64;
    #[inline(always)]
    fn run<S: Isa>(self, isa: S) -> u64 {
        let lanes = <S as Simd<u64>>::LANES;
        let mut any = [Reg::<u64, S>::splat(isa, 0); 8];
        let blocks = self.0.chunks_exact(8 * lanes);
        let rest = blocks.remainder().iter().fold(0, |any, word| any | word);
        for block in blocks {
            for (k, any) in any.iter_mut().enumerate() {
                // SAFETY: a block has eight registers of words.
                *any = *any | unsafe { Reg::load(isa, block.as_ptr().add(k * lanes)) };
            }
        }
        let mut words = vec![0; lanes];
        let any = any.into_iter().fold(Reg::splat(isa, rest), |all, any| all | any);
        // SAFETY: as many words as a register has.
        unsafe { any.store(words.as_mut_ptr()) };
        words.into_iter().fold(0, |all, word| all | word)
    }
}

/// Every bit that is set in any of the words: the least that can be made of them.
pub(crate) fn read(level: Level, words: &[u64]) -> u64 {
    level.run(Read(words))
}

/// What was measured, in 10⁹ a second.
#[derive(Debug)]
pub struct Limits {
    /// Operations on `f32`, two for each multiply-add.
    pub single: f64,
    /// On `f64`.
    pub double: f64,
    /// For each size: bytes read, and bytes read and written by a copy.
    pub memory: Vec<(f64, f64)>,
}

/// A measurement lasts about so long.
const NS: f64 = 30e6;
/// The best of so many counts: a limit is what the machine can do undisturbed.
const REPEATS: usize = 7;

/// Measures the machine on `threads` threads at once, each with operands of so many bytes.
///
/// # Errors
/// If the backend is not there.
pub fn limits(threads: usize, sizes: &[usize]) -> Result<Limits> {
    let level = backend::level()?;
    let single = rate(threads, || {
        move |times| level.run(MultiplyAdd { times: 1000 * times, factor: black_box(0.5f32) })
    });
    let double = rate(threads, || {
        move |times| level.run(MultiplyAdd { times: 1000 * times, factor: black_box(0.5f64) })
    });
    let memory = sizes.iter().map(|&bytes| {
        let words = bytes / 8;
        let reads = rate(threads, || {
            let from = vec![1u64; words];
            move |times| {
                (0..times).for_each(|_| {
                    black_box(read(level, black_box(&from)));
                });
                times as f64 * bytes as f64
            }
        });
        // The two sides of a copy share the size.
        let copies = rate(threads, || {
            let (from, mut to) = (vec![1u64; words / 2], vec![0u64; words / 2]);
            move |times| {
                (0..times).for_each(|_| black_box(&mut to).copy_from_slice(black_box(&from)));
                times as f64 * bytes as f64
            }
        });
        (reads, copies)
    });
    Ok(Limits { single, double, memory: memory.collect() })
}

/// The units of work a nanosecond that `threads` threads do at once. `make` prepares a thread's work, which is then done a
/// number of times, and says how much that was.
fn rate<W: FnMut(u64) -> f64>(threads: usize, make: impl Fn() -> W + Sync) -> f64 {
    let barrier = Barrier::new(threads);
    let one = || {
        let mut work = make();
        let mut times = 1;
        loop {
            let start = Instant::now();
            work(times);
            let ns = start.elapsed().as_nanos() as f64;
            if ns > NS / 8.0 {
                times = (times as f64 * NS / ns).ceil() as u64;
                break;
            }
            times *= 2;
        }
        let mut best = 0.0f64;
        for _ in 0..REPEATS {
            barrier.wait();
            let start = Instant::now();
            let done = work(times);
            best = best.max(done / start.elapsed().as_nanos() as f64);
        }
        best
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        workers.into_iter().map(|worker| worker.join().expect("no panic")).sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read() {
        let level = backend::level().unwrap();
        assert_eq!(read(level, &[1; 33]), 1);
        for n in [1, 7, 64, 65, 200] {
            for place in 0..n {
                let mut words = vec![0; n];
                words[place] = 1 << (place % 64);
                assert_eq!(read(level, &words), 1 << (place % 64), "{place} of {n}");
            }
        }
    }

    #[test]
    fn rates_count_all_threads() {
        let rate = rate(2, || {
            |times| {
                std::thread::sleep(std::time::Duration::from_millis(times));
                times as f64 * 1e6
            }
        });
        // A unit a nanosecond on each, less what sleeping takes too long.
        assert!((0.5..=2.0).contains(&rate), "{rate}");
    }
}
