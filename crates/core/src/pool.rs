//! The small blocks that buffers live in: a pool for each thread, before the global allocator.
//!
//! A block is [`HEADER`] bytes for the owner's header and the data behind, both aligned to 64 bytes. Small blocks
//! come in size classes, four for each power of two, so at most a quarter is lost (and what is left of a page, from
//! [`PAGED`] on); a freed one goes on the list of the thread that frees it. Nothing here locks, and every function
//! works while a thread is being torn down: then all goes through the global allocator.
//!
//! Under Miri, and with `--cfg isonum_no_pool` (for sanitizers), nothing is pooled, so that each use after free
//! is seen.

use crate::error::{Error, Result};
use crate::memory::Stats;
use std::alloc::{Layout as Block, alloc, dealloc};
use std::cell::Cell;
use std::ptr::{NonNull, null_mut};

/// The alignment of small blocks and of all data: a cache line, and a vector of AVX-512.
pub(crate) const ALIGN: usize = 64;
/// The alignment of larger blocks, which begin at the same place modulo 4096.
///
/// Processors take a load for one of what was stored shortly before when the lowest 12 bits of their addresses are the
/// same, and wait. Where operands and output begin alike and have elements of one size, an element is loaded before what
/// looks like it is stored.
pub(crate) const PAGE: usize = 4096;
/// From so many bytes of data on, a block is a larger one: below, what is left of its last page would be too much of it.
const PAGED: usize = 10 << 10;

/// The alignment of a block with so many bytes of data.
const fn align(bytes: usize) -> usize {
    if bytes < PAGED { ALIGN } else { PAGE }
}

/// The bytes in front of the data. One cache line keeps the data aligned.
pub(crate) const HEADER: usize = 64;
/// The most data that a pooled block has.
const LARGEST: usize = 64 << 10;
/// Class 0 has no data (headers of foreign memory); then 4 to 256 bytes, then 4 for each power of two.
const CLASSES: usize = 37;
/// The most free blocks of a class.
const BLOCKS_PER_CLASS: u8 = 8;
/// The most bytes in free blocks of a thread.
const BYTES_PER_THREAD: usize = 1 << 20;
/// Whether to pool at all.
const ENABLED: bool = cfg!(not(any(miri, isonum_no_pool)));

/// The bytes of data in the blocks of each class.
const BYTES: [u32; CLASSES] = {
    let mut bytes = [0; CLASSES];
    let mut c = 0;
    while c < CLASSES {
        let lines = if c <= 4 { c } else { ((c - 1) % 4 + 5) << ((c - 1) / 4 - 1) };
        bytes[c] = (lines * ALIGN) as u32;
        c += 1;
    }
    bytes
};

/// The size class of a block, or that it has none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Class(u8);

impl Class {
    /// The smallest class with `bytes` of data; `None` for more than the pool keeps.
    #[inline(always)]
    pub(crate) const fn of(bytes: usize) -> Option<Class> {
        if bytes > LARGEST {
            return None;
        }
        let lines = bytes.div_ceil(ALIGN);
        if lines <= 4 {
            return Some(Class(lines as u8));
        }
        // Between powers of two, steps of a quarter.
        let last = lines - 1;
        let step = last.ilog2() - 2;
        Some(Class((1 + 4 * step as usize + (last >> step)) as u8))
    }

    /// The bytes of data in a block of this class.
    #[inline(always)]
    pub(crate) fn bytes(self) -> usize {
        BYTES[self.0 as usize] as usize
    }

    #[inline(always)]
    fn block(self) -> Block {
        // SAFETY: the alignment is a power of two, and the size far below `isize::MAX`.
        unsafe { Block::from_size_align_unchecked(HEADER + self.bytes(), align(self.bytes())) }
    }
}

/// A thread's free blocks and counts.
pub(crate) struct Pool {
    /// For each class the first free block; each block begins with a pointer to the next.
    first: [Cell<*mut u8>; CLASSES],
    count: [Cell<u8>; CLASSES],
    bytes: Cell<usize>,
    hits: Cell<u64>,
    allocations: Cell<u64>,
    cow_copies: Cell<u64>,
}

thread_local! {
    static POOL: Pool = const {
        Pool {
            first: [const { Cell::new(null_mut()) }; CLASSES],
            count: [const { Cell::new(0) }; CLASSES],
            bytes: Cell::new(0),
            hits: Cell::new(0),
            allocations: Cell::new(0),
            cow_copies: Cell::new(0),
        }
    };
}

/// Calls `f` with this thread's pool; `None` if the thread has already destroyed it.
#[inline(always)]
pub(crate) fn with<R>(f: impl FnOnce(&Pool) -> R) -> Option<R> {
    POOL.try_with(f).ok()
}

/// A block of `class`, with content of any kind.
#[inline(always)]
pub(crate) fn take(class: Class) -> Result<NonNull<u8>> {
    match with(|pool| pool.pop(class)).flatten() {
        Some(block) => Ok(block),
        None => allocate(class.block()),
    }
}

/// Takes back a block.
///
/// # Safety
/// It came from [`take`] with the same class, and nobody uses it any more.
#[inline(always)]
pub(crate) unsafe fn give(block: NonNull<u8>, class: Class) {
    // SAFETY: the caller's promise is what `push` asks for.
    let kept = with(|pool| unsafe { pool.push(block, class) }).unwrap_or(false);
    if !kept {
        // SAFETY: `take` allocated it with this layout.
        unsafe { dealloc(block.as_ptr(), class.block()) }
    }
}

/// A block from the global allocator, counted.
#[cold]
fn allocate(block: Block) -> Result<NonNull<u8>> {
    with(|pool| pool.count_allocation());
    // SAFETY: a block has a header at least, so it is not empty.
    NonNull::new(unsafe { alloc(block) }).ok_or_else(|| Error::out_of_memory(block.size()))
}

impl Pool {
    #[inline(always)]
    fn pop(&self, class: Class) -> Option<NonNull<u8>> {
        let c = class.0 as usize;
        let block = NonNull::new(self.first[c].get())?;
        // SAFETY: blocks on a list are ours and begin with the pointer that `push` wrote.
        self.first[c].set(unsafe { block.cast::<*mut u8>().read() });
        self.count[c].set(self.count[c].get() - 1);
        self.bytes.set(self.bytes.get() - class.block().size());
        self.count_hit();
        Some(block)
    }

    /// Whether the pool kept the block.
    ///
    /// # Safety
    /// As [`give`].
    #[inline(always)]
    unsafe fn push(&self, block: NonNull<u8>, class: Class) -> bool {
        let c = class.0 as usize;
        let bytes = self.bytes.get() + class.block().size();
        if !ENABLED || self.count[c].get() >= BLOCKS_PER_CLASS || bytes > BYTES_PER_THREAD {
            return false;
        }
        // SAFETY: the block is ours now, aligned to 64 and larger than a pointer.
        unsafe { block.cast::<*mut u8>().write(self.first[c].get()) };
        self.first[c].set(block.as_ptr());
        self.count[c].set(self.count[c].get() + 1);
        self.bytes.set(bytes);
        true
    }

    pub(crate) fn trim(&self) {
        for c in 0..CLASSES {
            let class = Class(c as u8);
            let mut next = self.first[c].replace(null_mut());
            self.count[c].set(0);
            while let Some(block) = NonNull::new(next) {
                // SAFETY: blocks on a list are ours, begin with the pointer to the next, and were allocated with
                // the layout of their class.
                unsafe {
                    next = block.cast::<*mut u8>().read();
                    dealloc(block.as_ptr(), class.block());
                }
            }
        }
        self.bytes.set(0);
    }

    pub(crate) fn stats(&self) -> Stats {
        Stats {
            allocations: self.allocations.get(),
            pool_hits: self.hits.get(),
            cow_copies: self.cow_copies.get(),
            pooled_bytes: self.bytes.get(),
        }
    }

    pub(crate) fn count_allocation(&self) {
        self.allocations.set(self.allocations.get() + 1);
    }

    pub(crate) fn count_hit(&self) {
        self.hits.set(self.hits.get() + 1);
    }

    pub(crate) fn count_cow_copy(&self) {
        self.cow_copies.set(self.cow_copies.get() + 1);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.trim();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_what_they_promise_and_waste_a_quarter_at_most() {
        let mut previous = None;
        for bytes in 0..=LARGEST {
            let class = Class::of(bytes).unwrap();
            assert!(class.bytes() >= bytes);
            assert!(class.bytes() < bytes.max(1) + bytes / 4 + ALIGN);
            if previous != Some(class) {
                assert_eq!(class.0 as usize, previous.map_or(0, |p: Class| p.0 as usize + 1));
                previous = Some(class);
            }
        }
        assert_eq!(previous, Some(Class(CLASSES as u8 - 1)));
        assert_eq!(Class::of(LARGEST + 1), None);
    }

    #[test]
    #[cfg(not(any(miri, isonum_no_pool)))]
    fn keeps_up_to_its_limits() {
        let class = Class::of(1000).unwrap();
        let blocks: Vec<_> = (0..20).map(|_| take(class).unwrap()).collect();
        for block in blocks {
            // SAFETY: just taken, of this class.
            unsafe { give(block, class) };
        }
        let held = BLOCKS_PER_CLASS as usize * (HEADER + 1024);
        assert_eq!(with(|pool| pool.stats().pooled_bytes), Some(held));
        let before = crate::memory::stats();
        let block = take(class).unwrap();
        assert_eq!(crate::memory::stats().pool_hits, before.pool_hits + 1);
        // SAFETY: just taken, of this class.
        unsafe { give(block, class) };
        crate::memory::trim();
        assert_eq!(crate::memory::stats().pooled_bytes, 0);
    }
}
