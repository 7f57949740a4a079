//! A global allocator that counts, for tests of what allocates, here and in the facade.

use std::alloc::{GlobalAlloc, Layout as Block, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    let _ = COUNT.try_with(|count| count.set(count.get() + 1));
}

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, block: Block) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc(block) }
    }
    unsafe fn alloc_zeroed(&self, block: Block) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(block) }
    }
    unsafe fn dealloc(&self, data: *mut u8, block: Block) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(data, block) }
    }
}

#[global_allocator]
static GLOBAL: Counting = Counting;

/// The number of allocations that `f` makes on this thread.
pub(crate) fn allocations<R>(f: impl FnOnce() -> R) -> usize {
    let before = COUNT.get();
    std::hint::black_box(f());
    COUNT.get() - before
}
