//! Elements as the bytes of memory, for reading and writing files.
//!
//! This is the one place where arrays and bytes are taken for each other, so that file formats need no `unsafe`
//! and still move their data in bulk. No element type has padding, so all may be written as they are; each but
//! `bool` takes any bytes as a value, so they may be read as they are.

use crate::buffer::Buffer;
use crate::element::{DType, Element};
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::storage::Storage;
use std::fmt;
use std::fs::File;

/// The bytes of `elements` in memory, in the byte order of this machine.
#[inline]
pub fn as_bytes<T: Element>(elements: &[T]) -> &[u8] {
    // SAFETY: the same memory; no element type has padding, so every byte is initialised.
    unsafe { std::slice::from_raw_parts(elements.as_ptr().cast(), size_of_val(elements)) }
}

/// Tells the system that `len` bytes are about to be written to a new file, so that it finds a place for all of
/// them at once. The length of the file does not change. Where the system cannot do so, nothing happens.
///
/// Without this, ext4 writes the file to disk within `close` if another was there before: 80 MB took 50 ms and
/// take 17.
pub fn reserve(file: &File, len: u64) {
    #[cfg(all(target_os = "linux", not(miri)))]
    {
        use rustix::fs::{FallocateFlags, fallocate};
        // It gives an error where there is no room, or no support. The first the writes will meet as well.
        let _ = fallocate(file, FallocateFlags::KEEP_SIZE, 0, len);
    }
    #[cfg(not(all(target_os = "linux", not(miri))))]
    let _ = (file, len);
}

/// Memory for an array whose elements arrive as bytes, from the first to the last.
///
/// It may begin small and [grow](FromBytes::grow) as they arrive, where nobody vouches for their number.
///
/// ```
/// use isonum_core::{Layout, bytes::FromBytes};
///
/// let mut memory = FromBytes::<u16>::new(2)?;
/// memory.fill(2, cfg!(target_endian = "little"), |bytes| {
///     bytes.copy_from_slice(&[1, 0, 0, 2]); // big endian
///     Ok(())
/// })?;
/// assert_eq!(memory.finish(Layout::contiguous(&[2])?)?.as_slice(), Some(&[256, 2][..]));
/// # Ok::<_, isonum_core::Error>(())
/// ```
pub struct FromBytes<T> {
    /// All bytes are initialised; the elements before `filled` are values of `T`.
    buffer: Buffer<T>,
    filled: usize,
}

impl<T: Element> FromBytes<T> {
    /// Memory for `len` elements.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn new(len: usize) -> Result<FromBytes<T>> {
        // Zeroed: large ones come so from the system at no cost, and safe code may then be lent the bytes.
        Ok(FromBytes { buffer: Buffer::zeroed(len)?, filled: 0 })
    }

    /// The number of elements there is room for.
    pub fn capacity(&self) -> usize {
        self.buffer.len()
    }

    /// The number of elements that have arrived.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// Makes room for `len` elements in all, if there is less.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn grow(&mut self, len: usize) -> Result<()> {
        if len > self.capacity() {
            let buffer = Buffer::zeroed(len)?;
            // SAFETY: both have room for `filled` elements and are this value's alone, so they do not overlap.
            unsafe { std::ptr::copy_nonoverlapping(self.buffer.as_ptr(), buffer.as_ptr(), self.filled) };
            self.buffer = buffer;
        }
        Ok(())
    }

    /// Has `read` write the bytes of the next `count` elements, whose bytes are in reverse order if `swap` is set
    /// (those of each part, of a complex number). For `bool`, any byte but 0 is `true`, as NumPy takes it.
    ///
    /// # Errors
    /// Those of `read`; the elements then have not arrived.
    ///
    /// # Panics
    /// If there is no room for so many.
    pub fn fill(
        &mut self,
        count: usize,
        swap: bool,
        read: impl FnOnce(&mut [u8]) -> Result<()>,
    ) -> Result<()> {
        assert!(count <= self.capacity() - self.filled, "room for {count} elements");
        // SAFETY: these elements are in the buffer, which is this value's alone, and their bytes are initialised.
        // They need not be values of `T` before they count as filled.
        let bytes = unsafe {
            let first = self.buffer.as_ptr().add(self.filled).cast::<u8>();
            std::slice::from_raw_parts_mut(first, count * size_of::<T>())
        };
        read(bytes)?;
        match T::DTYPE {
            DType::Bool => bytes.iter_mut().for_each(|byte| *byte = u8::from(*byte != 0)),
            dtype if swap => swap_bytes(bytes, part_size(dtype)),
            _ => {}
        }
        self.filled += count;
        Ok(())
    }

    /// The elements, in the order in which they arrived, as those of `layout` in the order of memory.
    ///
    /// # Errors
    /// If the layout has gaps, repeats or negative strides, or another number of elements than have arrived.
    pub fn finish(self, layout: Layout) -> Result<Storage<T>> {
        if !layout.is_dense() {
            return Err(Error::invalid_argument("layout", "must be dense"));
        }
        if layout.len() != self.filled {
            return Err(Error::length_mismatch(layout.shape(), self.filled));
        }
        // SAFETY: a dense layout names the first `filled` elements, which are in the buffer and values of `T`.
        Ok(unsafe { Storage::from_parts(self.buffer, 0, layout) })
    }
}

impl<T> fmt::Debug for FromBytes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromBytes").field("buffer", &self.buffer).field("filled", &self.filled).finish()
    }
}

/// The size of what has a byte order: the element, or a part of a complex number.
fn part_size(dtype: DType) -> usize {
    match dtype {
        DType::C32 | DType::C64 => dtype.size() / 2,
        _ => dtype.size(),
    }
}

/// Reverses the bytes of each `size` neighbours.
fn swap_bytes(bytes: &mut [u8], size: usize) {
    fn each<const N: usize>(bytes: &mut [u8]) {
        bytes.as_chunks_mut::<N>().0.iter_mut().for_each(|part| part.reverse());
    }
    match size {
        1 => {}
        2 => each::<2>(bytes),
        4 => each::<4>(bytes),
        8 => each::<8>(bytes),
        _ => bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::{Complex32, Complex64};

    fn from(bytes: &[u8]) -> impl FnOnce(&mut [u8]) -> Result<()> {
        |to| {
            to.copy_from_slice(bytes);
            Ok(())
        }
    }

    fn round_trip<T: Element>(values: &[T]) {
        let bytes = as_bytes(values);
        assert_eq!(bytes.len(), values.len() * T::DTYPE.size());
        for swap in [false, true] {
            let mut memory = FromBytes::<T>::new(1).unwrap();
            let mut bytes = bytes.to_vec();
            if swap {
                bytes.chunks_exact_mut(part_size(T::DTYPE)).for_each(<[u8]>::reverse);
            }
            for (i, element) in bytes.chunks_exact(size_of::<T>()).enumerate() {
                memory.grow(i + 1).unwrap();
                memory.fill(1, swap, from(element)).unwrap();
            }
            let array = memory.finish(Layout::contiguous(&[values.len()]).unwrap()).unwrap();
            assert_eq!(array.as_slice(), Some(values));
        }
    }

    #[test]
    fn elements_survive_either_byte_order() {
        round_trip(&[1.5f32, -0.0, f32::INFINITY]);
        round_trip(&[1.5f64, 5e-324, f64::MIN]);
        round_trip(&[i8::MIN, 1, 0]);
        round_trip(&[i16::MIN, 1, 258]);
        round_trip(&[i32::MIN, 1, 258]);
        round_trip(&[i64::MIN, 1, 258]);
        round_trip(&[u8::MAX, 1]);
        round_trip(&[u16::MAX, 1]);
        round_trip(&[u32::MAX, 1]);
        round_trip(&[u64::MAX, 1]);
        round_trip(&[true, false]);
        round_trip(&[Complex32::new(1.5, -2.0)]);
        round_trip(&[Complex64::new(1.5, -2.0), Complex64::new(0.0, 1e300)]);
        round_trip::<f64>(&[]);
    }

    #[test]
    fn any_byte_but_zero_is_true() {
        let mut memory = FromBytes::<bool>::new(3).unwrap();
        memory.fill(3, true, from(&[0, 2, 255])).unwrap();
        let array = memory.finish(Layout::contiguous(&[3]).unwrap()).unwrap();
        assert_eq!(array.as_slice(), Some(&[false, true, true][..]));
    }

    #[test]
    fn what_has_not_arrived_is_not_handed_out() {
        let layout = |n| Layout::contiguous(&[n]).unwrap();
        let mut memory = FromBytes::<bool>::new(4).unwrap();
        let failed = memory.fill(2, false, |to| {
            to.fill(7);
            Err(Error::format("test", "half way"))
        });
        assert!(failed.is_err());
        assert_eq!((memory.filled(), memory.capacity()), (0, 4));
        memory.fill(1, false, |_| Ok(())).unwrap();
        let message = "shape (4,) does not hold 1 element";
        assert!(FromBytes::<u8>::new(4).unwrap().finish(layout(4)).is_err());
        assert!(memory.finish(layout(4)).unwrap_err().to_string().starts_with(message));

        let gaps = Layout::new(&[2usize][..], &[2isize][..]);
        let mut memory = FromBytes::<u8>::new(3).unwrap();
        memory.fill(2, false, |_| Ok(())).unwrap();
        assert!(memory.finish(gaps).is_err());
    }
}
