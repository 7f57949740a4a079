//! The blocks that are too large for the pools of threads: one pool for the process.
//!
//! Fresh memory is slow: the system zeroes each page when it is first touched, at a tenth of the speed at which
//! most operations run. So freed blocks are kept for the next results, up to a limit. Those that have been idle for a
//! second go when the next one is freed. Blocks from 2 MiB on are mappings of their own that ask for huge pages, of which the system hands
//! out 2 MiB at a time and whose addresses the processor translates without misses; smaller ones come from the
//! global allocator.

use crate::error::{Error, Result};
use crate::pool::{self, PAGE};
use std::alloc::{Layout as Block, alloc, alloc_zeroed, dealloc};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The bytes of free blocks that the process keeps, unless [`set_limit`] says otherwise.
const LIMIT: usize = 64 << 20;
/// How long a block is kept that nobody asks for.
const IDLE: Duration = Duration::from_secs(1);
/// From here on, blocks are mappings. Also the size and alignment of a huge page.
const HUGE: usize = 2 << 20;
/// The alignment asked of `alloc_zeroed`: the most for which it is `calloc` everywhere (above it, std allocates
/// and writes zeros).
const CALLOC_ALIGN: usize = 8;
/// The most free blocks that the process keeps.
const BLOCKS: usize = 64;
/// Whether to pool at all; see [`pool`].
const ENABLED: bool = cfg!(not(any(miri, isonum_no_pool)));

/// A block of memory: what there is of it from [`Region::start`] on is the owner's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    base: NonNull<u8>,
    len: usize,
    source: Source,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    Global,
    Calloc,
    Mapped,
}

// SAFETY: a region is memory that has one owner.
unsafe impl Send for Region {}

impl Region {
    /// Memory of at least `bytes`, of any content or zeros.
    fn new(bytes: usize, zeros: bool) -> Result<Region> {
        let failed = || Error::out_of_memory(bytes);
        pool::with(|pool| pool.count_allocation());
        #[cfg(all(target_os = "linux", not(miri)))]
        if bytes >= HUGE {
            return mapping::map(bytes)
                .map(|base| Region { base, len: bytes, source: Source::Mapped })
                .ok_or_else(failed);
        }
        // Zeros need room to begin at an aligned address.
        let (len, source) = if zeros { (bytes + PAGE, Source::Calloc) } else { (bytes, Source::Global) };
        let block = Block::from_size_align(len, source.align()).map_err(|_| failed())?;
        // SAFETY: the block is not empty.
        let base = unsafe { if zeros { alloc_zeroed(block) } else { alloc(block) } };
        Ok(Region { base: NonNull::new(base).ok_or_else(failed)?, len, source })
    }

    /// The bytes in front of the first that is aligned as regions are.
    fn skipped(&self) -> usize {
        self.base.addr().get().wrapping_neg() % PAGE
    }

    /// The first byte, aligned to 4096 bytes.
    pub(crate) fn start(&self) -> NonNull<u8> {
        // SAFETY: regions are made with room for it.
        unsafe { self.base.add(self.skipped()) }
    }

    /// The bytes from the first on.
    fn room(&self) -> usize {
        self.len - self.skipped()
    }

    /// Gives the memory back to where it came from.
    ///
    /// # Safety
    /// Nobody uses it any more.
    unsafe fn release(self) {
        match self.source {
            #[cfg(all(target_os = "linux", not(miri)))]
            // SAFETY: the caller's; the mapping was made with this length.
            Source::Mapped => unsafe { mapping::unmap(self.base, self.len) },
            // SAFETY: the caller's; the block was allocated with this layout.
            source => unsafe {
                dealloc(self.base.as_ptr(), Block::from_size_align_unchecked(self.len, source.align()));
            },
        }
    }
}

impl Source {
    fn align(self) -> usize {
        if self == Source::Calloc { CALLOC_ALIGN } else { PAGE }
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
mod mapping {
    use super::HUGE;
    use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap_anonymous, munmap};
    use std::ptr::{NonNull, null_mut};
    use std::sync::OnceLock;

    /// A mapping of `bytes` that begins at a boundary of huge pages. It ends where it has to, so its last pages, which
    /// fill no huge one, are small.
    pub(super) fn map(bytes: usize) -> Option<NonNull<u8>> {
        let len = bytes.checked_add(HUGE)?;
        // SAFETY: a mapping where the system likes touches nothing that is there.
        let base =
            unsafe { mmap_anonymous(null_mut(), len, ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE) };
        let base = NonNull::new(base.ok()?.cast::<u8>())?;
        let front = base.addr().get().wrapping_neg() % HUGE;
        // SAFETY: the mapping is ours, and longer by a huge page; what is in front of the boundary, and whole pages
        // behind the bytes, go. The advice is only a hint and does not change the content.
        unsafe {
            let start = base.add(front);
            let used = bytes.next_multiple_of(rustix::param::page_size());
            if front > 0 {
                let _ = munmap(base.as_ptr().cast(), front);
            }
            if front + used < len {
                let _ = munmap(start.add(used).as_ptr().cast(), len - front - used);
            }
            if wanted() {
                let _ = madvise(start.as_ptr().cast(), bytes, Advice::LinuxHugepage);
            }
            Some(start)
        }
    }

    /// Whether to ask for huge pages.
    fn wanted() -> bool {
        static WANTED: OnceLock<bool> = OnceLock::new();
        *WANTED.get_or_init(|| std::env::var_os("ISONUM_HUGE_PAGES").is_none_or(|value| value != "0"))
    }

    /// # Safety
    /// A mapping of [`map`] that nobody uses any more.
    pub(super) unsafe fn unmap(base: NonNull<u8>, len: usize) {
        // SAFETY: the caller's. It cannot fail for a whole mapping.
        let _ = unsafe { munmap(base.as_ptr().cast(), len) };
    }
}

/// A region that nobody uses.
#[derive(Clone, Copy)]
struct Free {
    region: Region,
    since: Instant,
}

/// The free regions of the process. In place: who frees memory is not to allocate.
struct Pool {
    /// The first `len` are there, the latest last.
    free: [Option<Free>; BLOCKS],
    len: usize,
    bytes: usize,
}

static POOL: Mutex<Pool> = Mutex::new(Pool::EMPTY);
static LIMIT_NOW: AtomicUsize = AtomicUsize::new(LIMIT);

fn pool() -> MutexGuard<'static, Pool> {
    // Nothing here panics while the lock is held.
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A region of at least `bytes`, with any content.
pub(crate) fn take(bytes: usize) -> Result<Region> {
    if let Some(region) = pool().take(bytes) {
        pool::with(|pool| pool.count_hit());
        return Ok(region);
    }
    // Larger by a quarter at most: the next result may be a little larger than this one.
    let step = (bytes.next_power_of_two() / 8).max(1);
    Region::new(bytes.checked_next_multiple_of(step).unwrap_or(bytes), false)
}

/// A region of at least `bytes` zeros. Takes no time: the system zeroes pages on first touch.
pub(crate) fn zeroed(bytes: usize) -> Result<Region> {
    Region::new(bytes, true)
}

/// Takes back a region.
///
/// # Safety
/// Nobody uses it any more.
pub(crate) unsafe fn give(region: Region) {
    let limit = LIMIT_NOW.load(Ordering::Relaxed);
    if ENABLED && region.room() <= limit {
        let now = Instant::now();
        pool().give(Free { region, since: now }, limit);
    } else {
        // SAFETY: the caller's.
        unsafe { region.release() }
    }
}

impl Pool {
    const EMPTY: Pool = Pool { free: [None; BLOCKS], len: 0, bytes: 0 };

    fn free(&self) -> impl DoubleEndedIterator<Item = &Free> + ExactSizeIterator {
        self.free[..self.len].iter().map(|free| free.as_ref().expect("the first are there"))
    }

    /// Takes the free region at `at` out.
    fn remove(&mut self, at: usize) -> Region {
        let Free { region, .. } = self.free[at].take().expect("the first are there");
        self.free[at..self.len].rotate_left(1);
        self.len -= 1;
        self.bytes -= region.room();
        region
    }

    /// The smallest free region that has room for `bytes` and does not waste as much; of equals the latest, which
    /// may still be in cache.
    fn take(&mut self, bytes: usize) -> Option<Region> {
        let fits = |free: &Free| free.region.room() >= bytes && free.region.room() / 2 <= bytes;
        let fitting = self.free().enumerate().rev().filter(|(_, free)| fits(free));
        let (at, _) = fitting.min_by_key(|(_, free)| free.region.room())?;
        Some(self.remove(at))
    }

    fn give(&mut self, free: Free, limit: usize) {
        if self.len == BLOCKS {
            self.release_oldest();
        }
        self.bytes += free.region.room();
        self.free[self.len] = Some(free);
        self.len += 1;
        self.shrink(limit, Some(free.since));
    }

    /// Releases the oldest regions until no more than `limit` bytes are left, and those that have been idle.
    fn shrink(&mut self, limit: usize, now: Option<Instant>) {
        let idle = |free: &Free| now.is_some_and(|now| now.duration_since(free.since) > IDLE);
        while self.free().next().is_some_and(|free| self.bytes > limit || idle(free)) {
            self.release_oldest();
        }
    }

    fn release_oldest(&mut self) {
        let region = self.remove(0);
        // SAFETY: regions of the pool are nobody's.
        unsafe { region.release() }
    }
}

/// The bytes of free regions.
pub(crate) fn pooled_bytes() -> usize {
    pool().bytes
}

/// Releases all free regions.
pub(crate) fn trim() {
    pool().shrink(0, None);
}

/// Keeps at most `bytes` of free regions from now on.
pub(crate) fn set_limit(bytes: usize) {
    LIMIT_NOW.store(bytes, Ordering::Relaxed);
    pool().shrink(bytes, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(bytes: usize) -> Free {
        Free { region: Region::new(bytes, false).unwrap(), since: Instant::now() }
    }

    fn pool_of(sizes: &[usize]) -> Pool {
        let mut pool = Pool::EMPTY;
        sizes.iter().for_each(|&bytes| pool.give(region(bytes), usize::MAX));
        pool
    }

    #[test]
    fn regions_are_aligned_and_have_room() {
        for (bytes, zeros) in [(100_000, false), (100_001, true), (HUGE, false), (3 * HUGE + 5, true)] {
            let region = Region::new(bytes, zeros).unwrap();
            assert!(region.start().addr().get().is_multiple_of(PAGE) && region.room() >= bytes);
            // SAFETY: the region has as many bytes, those of a zeroed one are initialised, and it is released last.
            unsafe {
                if zeros {
                    let bytes = std::slice::from_raw_parts(region.start().as_ptr(), bytes);
                    assert!(bytes.iter().all(|&byte| byte == 0));
                }
                region.start().as_ptr().write_bytes(1, bytes);
                region.release();
            }
        }
    }

    #[test]
    fn the_smallest_that_fits_is_taken() {
        let mut pool = pool_of(&[400_000, 200_000, 1_000_000]);
        let taken = pool.take(150_000).unwrap();
        assert!((200_000..400_000).contains(&taken.room()));
        assert!(pool.take(100_000).is_none(), "both others are far larger");
        pool.give(Free { region: taken, since: Instant::now() }, usize::MAX);
        pool.shrink(0, None);
        assert_eq!((pool.len, pool.bytes), (0, 0));
    }

    #[test]
    fn the_oldest_and_the_idle_go() {
        let mut pool = pool_of(&[100_000, 200_000, 300_000]);
        pool.shrink(550_000, None);
        assert_eq!(pool.len, 2);
        assert!(pool.free().all(|free| free.region.room() >= 200_000));
        pool.shrink(usize::MAX, Some(Instant::now() + 2 * IDLE));
        assert_eq!((pool.len, pool.bytes), (0, 0));
    }

    #[test]
    fn so_many_are_kept_and_no_more() {
        let mut pool = pool_of(&[70_000; BLOCKS + 3]);
        assert_eq!(pool.len, BLOCKS);
        pool.shrink(0, None);
        assert_eq!(pool.bytes, 0);
    }
}
