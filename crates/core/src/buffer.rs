//! The memory of arrays: reference-counted and aligned to 64 bytes.
//!
//! One pointer to a header; the header and the elements are one allocation, except where the elements came from
//! outside (a `Vec`, a file mapping). The count is one relaxed increment to share and one decrement to let go.
//! Small blocks come from the pool of the thread, the others from that of the process; large zeros are fresh memory,
//! whose pages the system hands out zeroed and only when they are touched.
//!
//! A buffer neither knows which elements are initialised nor reads any: that is the duty of
//! [`Storage`](crate::Storage).

use crate::element::Element;
use crate::error::{Error, Result};
use crate::large::{self, Region};
use crate::pool::{self, ALIGN, Class, HEADER};
use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering, fence};

/// Reference-counted storage for elements of `T`, which may be uninitialised.
///
/// Cloning shares it. No elements take no memory.
pub struct Buffer<T> {
    /// `None` for no elements.
    head: Option<NonNull<Header>>,
    elements: PhantomData<T>,
}

#[repr(align(64))]
struct Header {
    refs: AtomicUsize,
    /// The first element, with the provenance of all.
    data: NonNull<u8>,
    /// The number of elements.
    len: usize,
    origin: Origin,
}

/// Where the elements came from, and so how they go.
enum Origin {
    /// A block of the pool: header and data.
    Pool(Class),
    /// A large block: header and data.
    Large(Region),
    /// A `Vec` of this capacity. The header is a block of the pool.
    Vec(usize),
    /// Memory of the owner here. The header is a block of the pool.
    Foreign(Box<dyn Send + Sync>),
}

const _: () = assert!(size_of::<Header>() == HEADER && align_of::<Header>() == ALIGN);
/// The class of headers without data.
const BARE: Class = match Class::of(0) {
    Some(class) => class,
    None => unreachable!(),
};

// SAFETY: a buffer is shared ownership of elements and gives no access to them by itself; the count is atomic.
unsafe impl<T: Send + Sync> Send for Buffer<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for Buffer<T> {}
impl<T> std::panic::UnwindSafe for Buffer<T> {}
impl<T> std::panic::RefUnwindSafe for Buffer<T> {}

impl<T: Copy> Buffer<T> {
    /// Uninitialised storage for `len` elements.
    ///
    /// # Errors
    /// If there is no memory for them.
    #[inline]
    pub fn uninit(len: usize) -> Result<Buffer<T>> {
        if len == 0 {
            return Ok(Self::empty());
        }
        let bytes = Self::bytes(len)?;
        match Class::of(bytes) {
            Some(class) => {
                let block = pool::take(class)?;
                // SAFETY: `block` has room for the header and `len` elements behind it, and is ours.
                Ok(unsafe { Self::with_header(block, block.add(HEADER), len, Origin::Pool(class)) })
            }
            None => Ok(Self::in_region(large::take(HEADER + bytes)?, len)),
        }
    }

    /// Storage of `len` zeros. Large ones take no time: their pages are zeroed by the system on first touch.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn zeroed(len: usize) -> Result<Buffer<T>>
    where
        T: Element,
    {
        if len == 0 {
            return Ok(Self::empty());
        }
        let bytes = Self::bytes(len)?;
        if Class::of(bytes).is_some() {
            let buffer = Self::uninit(len)?;
            // SAFETY: the buffer has room for `bytes`; for every element type zero bytes are a value.
            unsafe { buffer.as_ptr().cast::<u8>().write_bytes(0, bytes) };
            return Ok(buffer);
        }
        Ok(Self::in_region(large::zeroed(HEADER + bytes)?, len))
    }

    /// The elements behind a header at the start of `region`, which has room for them.
    #[inline(never)]
    fn in_region(region: Region, len: usize) -> Buffer<T> {
        let block = region.start();
        // SAFETY: the region has room for the header and `len` elements behind it, and is ours.
        unsafe { Self::with_header(block, block.add(HEADER), len, Origin::Large(region)) }
    }

    /// The elements of `vec`, where they are.
    ///
    /// # Errors
    /// If there is no memory for the header.
    pub fn from_vec(vec: Vec<T>) -> Result<Buffer<T>> {
        if vec.is_empty() {
            return Ok(Self::empty());
        }
        Self::check_type();
        let head = pool::take(BARE)?;
        let mut vec = ManuallyDrop::new(vec);
        // SAFETY: a `Vec` never has a null pointer.
        let data = unsafe { NonNull::new_unchecked(vec.as_mut_ptr()) };
        // SAFETY: `head` is a block with room for a header, and the elements are ours now.
        Ok(unsafe { Self::with_header(head, data.cast(), vec.len(), Origin::Vec(vec.capacity())) })
    }

    /// The elements of another owner, which is dropped with the last clone of the buffer.
    ///
    /// The buffer is never written: [`Buffer::is_unique`] says no.
    ///
    /// # Errors
    /// If there is no memory for the header, or `data` is not aligned for `T`.
    ///
    /// # Safety
    /// The `len` elements from `data` on are initialised, valid values of `T` that can be read, and nobody writes
    /// them, until `owner` is dropped (on any thread).
    pub unsafe fn from_foreign(data: *const T, len: usize, owner: Box<dyn Send + Sync>) -> Result<Buffer<T>> {
        if len == 0 {
            return Ok(Self::empty());
        }
        Self::check_type();
        let data = match NonNull::new(data.cast_mut()) {
            Some(data) if data.is_aligned() => data,
            _ => {
                let message = format!("must be aligned to {} bytes", align_of::<T>());
                return Err(Error::invalid_argument("data", message));
            }
        };
        let head = pool::take(BARE)?;
        // SAFETY: `head` is a block with room for a header; the caller vouches for the elements.
        Ok(unsafe { Self::with_header(head, data.cast(), len, Origin::Foreign(owner)) })
    }

    /// The elements as a `Vec`, without a copy, if the buffer came from one and is not shared.
    ///
    /// # Errors
    /// Gives the buffer back otherwise.
    pub fn try_into_vec(self) -> Result<Vec<T>, Buffer<T>> {
        let Some(head) = self.head else { return Ok(Vec::new()) };
        let &Header { data, len, origin: Origin::Vec(capacity), .. } = self.header() else {
            return Err(self);
        };
        if !self.is_unique() {
            return Err(self);
        }
        std::mem::forget(self);
        // SAFETY: nobody else holds the buffer. Header and elements go separate ways: the header has nothing to
        // drop and came from the pool; the elements were those of a `Vec<T>` with this length and capacity, and
        // what was written since is initialised, as `Buffer::as_ptr` asks.
        unsafe {
            pool::give(head.cast(), BARE);
            Ok(Vec::from_raw_parts(data.cast().as_ptr(), len, capacity))
        }
    }
}

impl<T> Buffer<T> {
    /// No elements.
    #[inline]
    pub const fn empty() -> Buffer<T> {
        Buffer { head: None, elements: PhantomData }
    }

    /// The first element; for none, a dangling pointer aligned to 64 bytes.
    ///
    /// It may be written through where [`Buffer::is_unique`] and no reference to the element exists; elements
    /// that were initialised must stay so.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut T {
        match self.head {
            // SAFETY: a buffer holds its header.
            Some(head) => unsafe { (*head.as_ptr()).data.cast().as_ptr() },
            None => std::ptr::without_provenance_mut(ALIGN),
        }
    }

    /// The number of elements there is room for.
    #[inline(always)]
    pub fn len(&self) -> usize {
        if self.head.is_some() { self.header().len } else { 0 }
    }

    /// Whether there is no room for elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.head.is_none()
    }

    /// Whether this is the only reference, to memory that may be written.
    #[inline(always)]
    pub fn is_unique(&self) -> bool {
        if self.head.is_none() {
            return true;
        }
        let header = self.header();
        // Acquire: what others did with the elements before they let go happened before what comes now.
        header.refs.load(Ordering::Acquire) == 1 && !matches!(header.origin, Origin::Foreign(_))
    }

    /// Whether two buffers are the same memory.
    #[inline]
    pub fn same(&self, other: &Buffer<T>) -> bool {
        self.head == other.head
    }

    /// The header of a buffer that has one.
    #[inline(always)]
    fn header(&self) -> &Header {
        let head = self.head.expect("a buffer with elements");
        // SAFETY: a buffer holds its header, and nobody has a mutable reference to it while there are buffers.
        unsafe { head.as_ref() }
    }

    /// # Safety
    /// `block` is ours, aligned, with room for a header, and goes with its elements as `origin` says.
    #[inline(always)]
    unsafe fn with_header(block: NonNull<u8>, data: NonNull<u8>, len: usize, origin: Origin) -> Self {
        let head = block.cast::<Header>();
        let to = head.as_ptr();
        // Part by part: what is put together elsewhere and moved here at once waits for its parts.
        // SAFETY: the caller's promise.
        unsafe {
            (&raw mut (*to).refs).write(AtomicUsize::new(1));
            (&raw mut (*to).data).write(data);
            (&raw mut (*to).len).write(len);
            (&raw mut (*to).origin).write(origin);
        }
        Buffer { head: Some(head), elements: PhantomData }
    }

    #[inline(always)]
    fn check_type() {
        const { assert!(size_of::<T>() > 0 && align_of::<T>() <= ALIGN, "elements have a size") }
    }

    #[inline(always)]
    fn bytes(len: usize) -> Result<usize> {
        Self::check_type();
        len.checked_mul(size_of::<T>())
            .filter(|&b| b <= isize::MAX as usize - 4 * ALIGN)
            .ok_or_else(|| Error::out_of_memory(len.saturating_mul(size_of::<T>())))
    }
}

impl<T> Clone for Buffer<T> {
    #[inline]
    fn clone(&self) -> Self {
        if self.head.is_some() {
            // Relaxed: who clones holds a reference, which keeps the count above zero.
            let before = self.header().refs.fetch_add(1, Ordering::Relaxed);
            if before > isize::MAX as usize {
                self.too_many_clones();
            }
        }
        Buffer { head: self.head, elements: PhantomData }
    }
}

impl<T> Buffer<T> {
    /// Only reached by forgetting clones without end; the count has half its range left for other threads.
    #[cold]
    fn too_many_clones(&self) -> ! {
        self.header().refs.fetch_sub(1, Ordering::Relaxed);
        panic!("a buffer has too many clones");
    }
}

impl<T> Drop for Buffer<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(head) = self.head else { return };
        let refs = &self.header().refs;
        // Who holds the only reference need not tell others that it goes: nobody can make another one.
        if refs.load(Ordering::Acquire) != 1 {
            // Release: what this thread did with the elements happened before anyone frees or reuses them.
            if refs.fetch_sub(1, Ordering::Release) != 1 {
                return;
            }
            fence(Ordering::Acquire);
        }
        if let Origin::Pool(class) = self.header().origin {
            // SAFETY: the last reference is gone, the block came from the pool, a pooled header has no drop.
            unsafe { pool::give(head.cast(), class) };
        } else {
            // SAFETY: the last reference is gone.
            unsafe { free_unpooled::<T>(head) };
        }
    }
}

/// Frees a buffer that is not one block of the pool.
///
/// # Safety
/// Nobody else has or will use it.
#[cold]
unsafe fn free_unpooled<T>(head: NonNull<Header>) {
    // SAFETY: the header is initialised and read for the last time; each arm frees what its origin says was
    // allocated, with the layout it was allocated with.
    unsafe {
        let Header { data, len, origin, .. } = head.read();
        match origin {
            Origin::Pool(class) => pool::give(head.cast(), class),
            Origin::Large(region) => large::give(region),
            Origin::Vec(capacity) => {
                pool::give(head.cast(), BARE);
                drop(Vec::from_raw_parts(data.cast::<T>().as_ptr(), len, capacity));
            }
            Origin::Foreign(owner) => {
                pool::give(head.cast(), BARE);
                drop(owner);
            }
        }
    }
}

impl<T> fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("data", &self.as_ptr()).field("len", &self.len()).finish()
    }
}
