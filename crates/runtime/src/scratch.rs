//! Memory on the stack for the block of an operand that is being packed.
//!
//! It belongs to one call of a leaf, so no scratch is ever borrowed while other tasks run.

use std::mem::MaybeUninit;

/// The size of one scratch in bytes. Three of them and what they are packed from fit in the first cache.
pub(crate) const SCRATCH_BYTES: usize = 8 << 10;

/// Uninitialised memory for one block of any element type.
#[repr(align(64))]
pub(crate) struct Scratch([MaybeUninit<u8>; SCRATCH_BYTES]);

impl Scratch {
    #[inline(always)]
    pub(crate) fn new() -> Scratch {
        Scratch([MaybeUninit::uninit(); SCRATCH_BYTES])
    }

    /// The number of elements that fit.
    pub(crate) const fn capacity<T>() -> usize {
        SCRATCH_BYTES / size_of::<T>()
    }

    /// Its first element.
    #[inline(always)]
    pub(crate) fn as_mut_ptr<T>(&mut self) -> *mut T {
        const { assert!(align_of::<T>() <= 64) };
        self.0.as_mut_ptr().cast()
    }
}
