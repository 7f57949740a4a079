//! Memory for the block of an operand that is being packed: on the stack, large tiles in a pooled buffer.
//!
//! It belongs to one call of a leaf, so no scratch is ever borrowed while other tasks run.

use isonum_core::Buffer;
use std::mem::MaybeUninit;

/// The size of one scratch in bytes. Three of them and what they are packed from fit in the first cache.
pub(crate) const SCRATCH_BYTES: usize = 8 << 10;

/// The size in bytes of a tile that is more than that: what the pools of threads still keep.
pub(crate) const LARGE_BYTES: usize = 64 << 10;

/// The size in bytes of a tile of arrays beyond all caches: what the second, or a core's share of the last, holds.
pub(crate) const FAR_BYTES: usize = 1 << 20;

/// Uninitialised memory for one block of any element type.
#[repr(align(64))]
pub(crate) struct Scratch {
    bytes: [MaybeUninit<u8>; SCRATCH_BYTES],
    large: Option<Buffer<u8>>,
    /// One row, repeated, that it holds: where the row is, its length and stride, and how often.
    holds: Option<(usize, usize, isize, usize)>,
}

impl Scratch {
    #[inline(always)]
    pub(crate) fn new() -> Scratch {
        Scratch { bytes: [MaybeUninit::uninit(); SCRATCH_BYTES], large: None, holds: None }
    }

    /// The number of elements that fit.
    pub(crate) const fn capacity<T>() -> usize {
        SCRATCH_BYTES / size_of::<T>()
    }

    /// Whether it holds the row of `len` elements at `row`, `stride` apart, `rows` times already. If not, the caller
    /// is about to copy it there.
    #[inline]
    pub(crate) fn holds_rows<T>(&mut self, row: *const T, len: usize, stride: isize, rows: usize) -> bool {
        let wanted = (row.addr(), len, stride, rows);
        let holds = self
            .holds
            .is_some_and(|(at, n, step, times)| (at, n, step) == (wanted.0, len, stride) && times >= rows);
        if !holds {
            self.holds = Some(wanted);
        }
        holds
    }

    /// Its first element.
    #[inline(always)]
    pub(crate) fn as_mut_ptr<T>(&mut self) -> *mut T {
        const { assert!(align_of::<T>() <= 64) };
        self.bytes.as_mut_ptr().cast()
    }

    /// Makes room for `bytes` bytes; `false` if there is no memory.
    pub(crate) fn reserve(&mut self, bytes: usize) -> bool {
        if bytes > SCRATCH_BYTES {
            self.large = Buffer::uninit(bytes.max(LARGE_BYTES)).ok();
        }
        bytes <= SCRATCH_BYTES || self.large.is_some()
    }

    /// Room for `len` elements.
    ///
    /// # Panics
    /// If they are more than fit on the stack, and were not reserved.
    #[inline(always)]
    pub(crate) fn room<T>(&mut self, len: usize) -> *mut T {
        if let Some(large) = &self.large {
            assert!(len * size_of::<T>() <= large.len(), "a tile is larger than its scratch");
            return large.as_ptr().cast();
        }
        assert!(len <= Self::capacity::<T>(), "a tile is larger than its scratch");
        self.as_mut_ptr()
    }
}
