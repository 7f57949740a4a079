//! What this thread has allocated, so that copies and allocations can be seen, counted and tested, and how much
//! freed memory is kept for the next results.
//!
//! Blocks of up to 64 KiB are kept by the thread that frees them, up to 1 MiB. Larger ones are kept for the
//! process, up to [`set_limit`], until nobody has asked for them for a second. From 2 MiB on, Linux is asked for
//! huge pages, unless the environment variable `ISONUM_HUGE_PAGES` is `0`.

use crate::{large, pool};

/// Counts of the current thread since it started.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Stats {
    /// Blocks taken from the global allocator, or mapped, for buffers.
    pub allocations: u64,
    /// Blocks taken from a pool instead.
    pub pool_hits: u64,
    /// Copies made because a buffer was about to be written that another array shares, or an array that overlaps
    /// itself.
    pub cow_copies: u64,
    /// Bytes of free blocks that this thread's pool and that of the process hold now.
    pub pooled_bytes: usize,
}

/// The counts of the current thread. Counting is thread-local, so other threads neither slow it down nor show up.
///
/// All zero while the thread is ending.
pub fn stats() -> Stats {
    let mut stats = pool::with(|pool| pool.stats()).unwrap_or_default();
    stats.pooled_bytes += large::pooled_bytes();
    stats
}

/// Gives the free blocks of this thread's pool and those of the process back to the system.
pub fn trim() {
    pool::with(|pool| pool.trim());
    large::trim();
}

/// Keeps at most so many bytes in free blocks above 64 KiB for the process; 64 MiB unless set, and 0 keeps none.
///
/// Fresh memory costs page faults, which take longer than most operations: a program whose temporaries are larger
/// runs faster with a higher limit.
pub fn set_limit(bytes: usize) {
    large::set_limit(bytes);
}

/// Counts one copy-on-write.
pub(crate) fn count_cow_copy() {
    pool::with(|pool| pool.count_cow_copy());
}
