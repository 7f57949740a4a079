//! What this thread has allocated, so that copies and allocations can be seen, counted and tested.

use crate::pool;

/// Counts of the current thread since it started.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Stats {
    /// Blocks taken from the global allocator for buffers.
    pub allocations: u64,
    /// Blocks taken from this thread's pool instead.
    pub pool_hits: u64,
    /// Copies made because a buffer was about to be written that another array shares, or an array that overlaps
    /// itself.
    pub cow_copies: u64,
    /// Bytes of free blocks that the pool holds now.
    pub pooled_bytes: usize,
}

/// The counts of the current thread. Counting is thread-local, so other threads neither slow it down nor show up.
///
/// All zero while the thread is ending.
pub fn stats() -> Stats {
    pool::with(|pool| pool.stats()).unwrap_or_default()
}

/// Gives the free blocks of this thread's pool back to the global allocator.
pub fn trim() {
    pool::with(|pool| pool.trim());
}

/// Counts one copy-on-write.
pub(crate) fn count_cow_copy() {
    pool::with(|pool| pool.count_cow_copy());
}
