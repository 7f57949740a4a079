//! Threads: how many, and how work is split among them.
//!
//! Work runs in the current rayon pool, unless `ISONUM_NUM_THREADS` or [`with`] ask for a number of their own.
//! Results never depend on it: drivers split only between results, or between the fixed chunks of a reduction.
//!
//! *Cost model.* Waking a thread and waiting for it costs some 5 to 10 µs, so work below 40 µs stays on its
//! thread, and every task is to have 20 µs of work.

use std::cell::Cell;
use std::ops::Range;

thread_local! {
    /// The number of the innermost [`with`] on this thread.
    static SCOPED: Cell<Option<usize>> = const { Cell::new(None) };
    /// Tasks that this thread has handed out.
    static TASKS: Cell<u64> = const { Cell::new(0) };
}

/// The most threads that can be asked for: beyond it, the threads of a pool only cost memory.
const MOST: usize = 1024;
/// Below this estimate in nanoseconds, work is not split.
const SERIAL_NS: f64 = 40_000.0;
/// The least work of a task in nanoseconds.
const TASK_NS: f64 = 20_000.0;

/// The number of threads that an operation of this thread may use.
///
/// The number of the innermost [`with`], else of the environment variable `ISONUM_NUM_THREADS` as it was when
/// first read (ignored unless a positive number), else of the current rayon pool. Without the feature `rayon`
/// it is 1. Numbers above 1024 count as 1024.
pub fn count() -> usize {
    if cfg!(feature = "rayon") { wanted().unwrap_or_else(pool_size).clamp(1, MOST) } else { 1 }
}

fn wanted() -> Option<usize> {
    static FROM_ENVIRONMENT: std::sync::OnceLock<Option<usize>> = std::sync::OnceLock::new();
    SCOPED.get().or_else(|| {
        *FROM_ENVIRONMENT.get_or_init(|| {
            std::env::var("ISONUM_NUM_THREADS").ok()?.trim().parse().ok().filter(|&n: &usize| n > 0)
        })
    })
}

/// Runs `f` with up to `n` threads for each operation that it starts on this thread; 0 means 1. If the system does not
/// give so many, operations run on this one.
pub fn with<R>(n: usize, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<usize>);
    impl Drop for Restore {
        fn drop(&mut self) {
            SCOPED.set(self.0);
        }
    }
    let _restore = Restore(SCOPED.replace(Some(n.max(1))));
    f()
}

/// How many tasks operations of this thread have been split into so far; an operation that is not split adds
/// none. For tests of what is split.
pub fn tasks() -> u64 {
    TASKS.get()
}

/// Whether work of `ns` nanoseconds is worth splitting.
#[inline]
pub(crate) fn pays(ns: f64) -> bool {
    ns >= SERIAL_NS && count() > 1
}

/// Calls `f` with ranges that together are `0..len`, in parallel where `ns_each`, the estimated nanoseconds of
/// one of them, makes that pay. Ranges begin at multiples of `align`.
///
/// `f` must not care how its range was cut: no result may depend on it.
pub fn split(len: usize, align: usize, ns_each: f64, f: impl Fn(Range<usize>) + Sync) {
    let ns = len as f64 * ns_each;
    if ns < SERIAL_NS || len < 2 * align {
        return f(0..len);
    }
    let threads = count();
    let tasks = (ns / TASK_NS).min(4.0 * threads as f64) as usize;
    let tasks = tasks.min(len / align);
    if threads < 2 || tasks < 2 {
        return f(0..len);
    }
    TASKS.set(TASKS.get() + tasks as u64);
    let units = len.div_ceil(align);
    let cut = |task: usize| (units * task / tasks * align).min(len);
    parallel(threads, tasks, &|task| f(cut(task)..cut(task + 1)));
}

#[cfg(not(feature = "rayon"))]
fn pool_size() -> usize {
    1
}

#[cfg(not(feature = "rayon"))]
fn parallel(_threads: usize, tasks: usize, f: &(dyn Fn(usize) + Sync)) {
    (0..tasks).for_each(f);
}

#[cfg(feature = "rayon")]
fn pool_size() -> usize {
    rayon::current_num_threads()
}

#[cfg(feature = "rayon")]
fn parallel(threads: usize, tasks: usize, f: &(dyn Fn(usize) + Sync)) {
    if threads == pool_size() {
        return halve(0, tasks, f);
    }
    match pool(threads) {
        Some(pool) => pool.install(|| halve(0, tasks, f)),
        None => (0..tasks).for_each(f),
    }
}

/// Runs tasks `from..to`, halves in parallel.
#[cfg(feature = "rayon")]
fn halve(from: usize, to: usize, f: &(dyn Fn(usize) + Sync)) {
    if to - from == 1 {
        return f(from);
    }
    let middle = from + (to - from) / 2;
    rayon::join(|| halve(from, middle, f), || halve(middle, to, f));
}

/// The pool of `threads` threads; made when first needed, kept for the life of the process. `None` where the system
/// does not start so many.
#[cfg(feature = "rayon")]
fn pool(threads: usize) -> Option<std::sync::Arc<rayon::ThreadPool>> {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, OnceLock, PoisonError};
    static POOLS: OnceLock<Mutex<HashMap<usize, Option<Arc<rayon::ThreadPool>>>>> = OnceLock::new();
    let mut pools = POOLS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    pools
        .entry(threads)
        .or_insert_with(|| {
            let name = |i| format!("isonum-{i}");
            rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(name).build().ok().map(Arc::new)
        })
        .clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn ranges_cover_everything_once_and_are_aligned() {
        for threads in [1, 2, 3, 7] {
            for (len, align) in [(0, 8), (7, 8), (1000, 1), (4096, 64), (100_003, 64)] {
                let seen: Vec<AtomicUsize> = (0..len).map(|_| AtomicUsize::new(0)).collect();
                let before = tasks();
                with(threads, || {
                    split(len, align, 1e4, |range| {
                        assert_eq!(range.start % align, 0);
                        range.for_each(|i| {
                            seen[i].fetch_add(1, Ordering::Relaxed);
                        });
                    });
                });
                assert!(seen.iter().all(|n| n.load(Ordering::Relaxed) == 1), "{threads} {len} {align}");
                let was_split = tasks() > before;
                assert_eq!(was_split, cfg!(feature = "rayon") && threads > 1 && len >= 1000);
            }
        }
    }

    #[test]
    fn little_work_is_not_split() {
        let before = tasks();
        with(4, || split(1000, 1, 1.0, |range| assert_eq!(range, 0..1000)));
        assert_eq!(tasks(), before);
    }

    #[test]
    fn scopes_nest_and_end() {
        with(3, || {
            assert_eq!(with(0, count), 1);
            assert_eq!(with(usize::MAX, count), if cfg!(feature = "rayon") { MOST } else { 1 });
            assert_eq!(count(), if cfg!(feature = "rayon") { 3 } else { 1 });
        });
    }
}
