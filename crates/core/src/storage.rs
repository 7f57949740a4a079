//! The owned array value: shared memory, a first element and a layout, copied when written.
//!
//! Cloning and view operations share the memory. Writing first makes sure that no other array sees it and that
//! no element is written twice: it copies if the memory is shared or the layout overlaps itself. What a copy looks
//! like follows from the layout alone ([`Layout::like`]), never from who else holds the memory.

use crate::axes::IntoAxes;
use crate::buffer::Buffer;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::memory;
use crate::slice::SliceItem;
use crate::view::{Iter, View, ViewMut, layout_accessors, repeating_operations, view_operations};
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::NonNull;

#[cfg(test)]
mod tests;

/// An owned array of `T`, copied on write.
///
/// `clone` shares the memory, as do the view operations; no write is ever visible through another value.
pub struct Storage<T> {
    buffer: Buffer<T>,
    /// The first element, in `buffer`; dangling where there are none.
    data: NonNull<T>,
    layout: Layout,
}

// SAFETY: elements are reached through references of `&self` and `&mut self` only.
unsafe impl<T: Send + Sync> Send for Storage<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for Storage<T> {}
impl<T> std::panic::UnwindSafe for Storage<T> {}
impl<T> std::panic::RefUnwindSafe for Storage<T> {}

impl<T> Clone for Storage<T> {
    #[inline]
    fn clone(&self) -> Self {
        Storage { buffer: self.buffer.clone(), data: self.data, layout: self.layout.clone() }
    }
}

/// Memory for a result that has not been computed: the elements of a layout without gaps.
#[derive(Debug)]
pub struct Uninit<T> {
    buffer: Buffer<T>,
    layout: Layout,
}

impl<T: Copy> Uninit<T> {
    /// Memory for `layout`.
    ///
    /// # Errors
    /// If the layout has gaps, repeats or negative strides, or there is no memory for it.
    #[inline]
    pub fn new(layout: Layout) -> Result<Uninit<T>> {
        if !layout.is_standard() && !layout.is_dense() {
            return Err(Error::invalid_argument("layout", "must be dense"));
        }
        Ok(Uninit { buffer: Buffer::uninit(layout.len())?, layout })
    }

    /// Shape and strides.
    #[inline(always)]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The first element.
    #[inline(always)]
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.buffer.as_ptr()
    }

    /// All elements, in the order they have in memory.
    #[inline]
    pub fn as_uninit_slice(&mut self) -> &mut [MaybeUninit<T>] {
        // SAFETY: the buffer has `len` elements, of which this is the only owner.
        unsafe { std::slice::from_raw_parts_mut(self.as_mut_ptr().cast(), self.layout.len()) }
    }

    /// The array.
    ///
    /// # Safety
    /// Every element has been written.
    #[inline(always)]
    pub unsafe fn assume_init(self) -> Storage<T> {
        // SAFETY: the buffer has room for the layout, and the caller vouches for the elements.
        unsafe { Storage::from_parts(self.buffer, 0, self.layout) }
    }

    /// The array whose elements in memory order are those of `values`.
    ///
    /// # Panics
    /// If there are fewer values than elements.
    pub fn fill_from(mut self, values: impl IntoIterator<Item = T>) -> Storage<T> {
        let slots = self.as_uninit_slice();
        let mut values = values.into_iter();
        let mut filled = 0;
        // A slot at a time, so that `values` may panic, and may lie about its length.
        for (slot, value) in slots.iter_mut().zip(&mut values) {
            slot.write(value);
            filled += 1;
        }
        assert_eq!(filled, slots.len(), "a value for each element");
        // SAFETY: just checked.
        unsafe { self.assume_init() }
    }
}

impl<T: Copy> Storage<T> {
    /// The elements of `vec` in C order, without a copy.
    ///
    /// # Errors
    /// If `shape` does not hold that many elements.
    pub fn from_vec(vec: Vec<T>, shape: &[usize]) -> Result<Storage<T>> {
        let layout = Layout::contiguous(shape)?;
        if layout.len() != vec.len() {
            return Err(Error::length_mismatch(shape, vec.len()));
        }
        // SAFETY: the buffer has as many initialised elements.
        Ok(unsafe { Self::from_parts(Buffer::from_vec(vec)?, 0, layout) })
    }

    /// The values, in one dimension.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn from_values(values: impl IntoIterator<Item = T>) -> Result<Storage<T>> {
        let mut values = values.into_iter();
        let vec = match values.size_hint() {
            (n, Some(most)) if n == most => {
                let mut out = Uninit::new(Layout::contiguous_for::<T>(&[n])?)?;
                let slots = out.as_uninit_slice();
                let mut filled = 0;
                for (slot, value) in slots.iter_mut().zip(&mut values) {
                    slot.write(value);
                    filled += 1;
                }
                let next = values.next();
                if filled == n && next.is_none() {
                    // SAFETY: every element has been written.
                    return Ok(unsafe { out.assume_init() });
                }
                // The iterator did not keep its word.
                // SAFETY: just written.
                let written = slots[..filled].iter().map(|slot| unsafe { slot.assume_init() });
                written.chain(next).chain(values).collect()
            }
            _ => values.collect::<Vec<T>>(),
        };
        let n = vec.len();
        Self::from_vec(vec, &[n])
    }

    /// An array of `shape`, every element `value`.
    ///
    /// # Errors
    /// If the shape is too large or there is no memory for it.
    pub fn full(shape: &[usize], value: T) -> Result<Storage<T>> {
        let mut out = Uninit::new(Layout::contiguous_for::<T>(shape)?)?;
        out.as_uninit_slice().fill(MaybeUninit::new(value));
        // SAFETY: just filled.
        Ok(unsafe { out.assume_init() })
    }

    /// An array of zeros (`false`) of `shape`. A large one takes no time: the system zeroes pages on first touch.
    ///
    /// # Errors
    /// If the shape is too large or there is no memory for it.
    pub fn zeros(shape: &[usize]) -> Result<Storage<T>>
    where
        T: Element,
    {
        let layout = Layout::contiguous_for::<T>(shape)?;
        // SAFETY: the buffer has as many elements, all initialised.
        Ok(unsafe { Self::from_parts(Buffer::zeroed(layout.len())?, 0, layout) })
    }

    /// An array of `shape` whose `i`-th element in C order is `value(i)`.
    ///
    /// # Errors
    /// If the shape is too large or there is no memory for it.
    pub fn from_fn(shape: &[usize], value: impl FnMut(usize) -> T) -> Result<Storage<T>> {
        let out = Uninit::new(Layout::contiguous_for::<T>(shape)?)?;
        let len = out.layout.len();
        Ok(out.fill_from((0..len).map(value)))
    }

    /// The elements in C order as a `Vec`, without a copy if they came from one, all of them in their order, and
    /// the memory is not shared.
    ///
    /// # Errors
    /// If there is no memory for a copy.
    pub fn into_vec(self) -> Result<Vec<T>> {
        let Storage { mut buffer, data, layout } = self;
        if layout.is_contiguous() && buffer.len() == layout.len() {
            buffer = match buffer.try_into_vec() {
                Ok(vec) => return Ok(vec),
                Err(buffer) => buffer,
            };
        }
        let mut vec = Vec::new();
        let bytes = layout.len().saturating_mul(size_of::<T>());
        vec.try_reserve_exact(layout.len()).map_err(|_| Error::out_of_memory(bytes))?;
        // SAFETY: the storage's promises; `buffer` outlives the view.
        let view = unsafe { View::from_raw_parts(data.as_ptr(), layout) };
        match view.as_slice() {
            Some(slice) => vec.extend_from_slice(slice),
            None => view.iter().for_each(|&x| vec.push(x)),
        }
        drop(buffer);
        Ok(vec)
    }

    /// The elements to write: first copied if the memory is shared or the layout overlaps itself.
    ///
    /// # Errors
    /// If there is no memory for the copy.
    #[inline]
    pub fn view_mut(&mut self) -> Result<ViewMut<'_, T>> {
        if !self.is_writable() {
            self.make_writable(|view| view.to_storage())?;
        }
        // SAFETY: the storage's promises; nobody else holds the memory, and no element has two places.
        Ok(unsafe { ViewMut::from_raw_parts_unchecked(self.data.as_ptr(), self.layout.clone()) })
    }

    /// The element at `index` to write, negative positions counted from the end; copies first, as
    /// [`Storage::view_mut`] does, by `copy`.
    ///
    /// # Errors
    /// If there are not as many indices as axes, one is out of bounds, or `copy` fails.
    #[inline]
    pub fn at_mut(
        &mut self,
        index: &[isize],
        copy: impl FnOnce(&View<'_, T>) -> Result<Storage<T>>,
    ) -> Result<&mut T> {
        self.make_writable(copy)?;
        let offset = self.layout.offset_of(index)?;
        // SAFETY: the index is in bounds, so this is an element, and nobody else holds the memory.
        Ok(unsafe { self.data.offset(offset).as_mut() })
    }

    /// Copies, by `copy`, if the memory is shared or the layout overlaps itself. After this [`Storage::view_mut`]
    /// copies nothing.
    ///
    /// The layout of the copy is to be [`Layout::like`] that of the view.
    ///
    /// # Errors
    /// Those of `copy`.
    ///
    /// # Panics
    /// If `copy` returns another shape, or what cannot be written either.
    #[inline]
    pub fn make_writable(&mut self, copy: impl FnOnce(&View<'_, T>) -> Result<Storage<T>>) -> Result<()> {
        if !self.is_writable() {
            memory::count_cow_copy();
            let fresh = copy(&self.view())?;
            assert!(
                fresh.shape() == self.shape() && fresh.is_writable(),
                "a copy has the shape of its source"
            );
            *self = fresh;
        }
        Ok(())
    }

    /// The elements in C order as `shape`, one axis of which may be −1: shared if strides allow it, else copied.
    ///
    /// # Errors
    /// If the elements do not fit, or there is no memory for a copy.
    pub fn reshape(&self, shape: &[isize]) -> Result<Storage<T>> {
        let shape = self.layout.resolve_shape(shape)?;
        match self.reshape_view(&shape) {
            Some(view) => Ok(view),
            None => {
                let mut out = Uninit::new(Layout::contiguous(self.shape())?)?;
                copy(&self.view(), &mut out);
                out.layout = Layout::contiguous(&shape)?;
                // SAFETY: `copy` writes every element, and both layouts are contiguous with as many.
                Ok(unsafe { out.assume_init() })
            }
        }
    }
}

impl<T> Storage<T> {
    /// The elements of `layout` in `buffer`, the first at `offset`.
    ///
    /// # Safety
    /// Every element of the layout is in the buffer and initialised.
    #[inline(always)]
    pub unsafe fn from_parts(buffer: Buffer<T>, offset: usize, layout: Layout) -> Storage<T> {
        // SAFETY: the pointer of a buffer is not null, and the offset is in it.
        let data = unsafe { NonNull::new_unchecked(buffer.as_ptr()).add(offset) };
        Storage { buffer, data, layout }
    }

    /// An array with another layout on the same memory.
    ///
    /// # Safety
    /// Every element of `layout`, `offset` from the first, is an element of this array.
    #[inline(always)]
    unsafe fn with(&self, offset: isize, layout: Layout) -> Self {
        // SAFETY: the caller's promise; without elements, offsets are zero.
        Storage { buffer: self.buffer.clone(), data: unsafe { self.data.offset(offset) }, layout }
    }

    /// The first element; dangling, but aligned, where there are none.
    #[inline(always)]
    pub fn as_ptr(&self) -> *const T {
        self.data.as_ptr()
    }

    /// The memory.
    #[inline(always)]
    pub fn buffer(&self) -> &Buffer<T> {
        &self.buffer
    }

    layout_accessors! {}

    /// The elements to read.
    #[inline]
    pub fn view(&self) -> View<'_, T> {
        // SAFETY: the storage's promises; while it is borrowed nobody writes, through it or a clone.
        unsafe { View::from_raw_parts(self.as_ptr(), self.layout.clone()) }
    }

    /// The elements in C order, if they are neighbours in that order.
    #[inline]
    pub fn as_slice(&self) -> Option<&[T]> {
        // SAFETY: contiguous and initialised; nobody writes while this is borrowed.
        self.layout.is_contiguous().then(|| unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) })
    }

    /// The element at `index`, negative positions counted from the end.
    ///
    /// # Errors
    /// If there are not as many indices as axes, or one is out of bounds.
    #[inline]
    pub fn at(&self, index: &[isize]) -> Result<&T> {
        let offset = self.layout.offset_of(index)?;
        // SAFETY: the index is in bounds, so this is an element, and nobody writes while this is borrowed.
        Ok(unsafe { self.data.offset(offset).as_ref() })
    }

    /// The elements in C order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.view().into_iter()
    }

    /// Whether no other array shares the memory, and it is not that of a foreign owner.
    #[inline(always)]
    pub fn is_unique(&self) -> bool {
        self.buffer.is_unique()
    }

    /// Whether writing copies nothing: the memory is unique and no element has two places.
    #[inline]
    pub fn is_writable(&self) -> bool {
        self.buffer.is_unique() && !self.layout.overlaps_itself()
    }

    /// The elements to write, where writing copies nothing and they are in C order without gaps.
    #[inline(always)]
    pub fn as_standard_mut(&mut self) -> Option<&mut [T]> {
        if !self.layout.is_standard() || !self.buffer.is_unique() {
            return None;
        }
        // SAFETY: the elements are neighbours and initialised; nobody else holds the memory.
        Some(unsafe { std::slice::from_raw_parts_mut(self.data.as_ptr(), self.layout.len()) })
    }

    /// Whether at least half of the memory is used.
    #[inline(always)]
    pub fn fills_buffer(&self) -> bool {
        self.len() >= self.buffer.len() - self.len()
    }

    /// Whether a result of `layout` may be written over these elements: nobody else needs them, each is in the
    /// place that a fresh result's would be in, and at least half of the memory is used.
    #[inline]
    pub fn reuse_for(&self, layout: &Layout) -> bool {
        self.layout == *layout && self.layout.is_dense() && self.fills_buffer() && self.is_unique()
    }

    view_operations! { self (&self) "array" }
    repeating_operations! { self (&self) "array" }
}

impl<T: Copy> View<'_, T> {
    /// A copy without gaps that keeps the order of the axes in memory: [`Layout::like`] this one.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn to_storage(&self) -> Result<Storage<T>> {
        let mut out = Uninit::new(Layout::like(&[self.layout()], self.shape())?)?;
        copy(self, &mut out);
        // SAFETY: `copy` writes every element.
        Ok(unsafe { out.assume_init() })
    }

    /// A copy in C order.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn to_contiguous(&self) -> Result<Storage<T>> {
        let mut out = Uninit::new(Layout::contiguous(self.shape())?)?;
        copy(self, &mut out);
        // SAFETY: `copy` writes every element.
        Ok(unsafe { out.assume_init() })
    }
}

/// Writes every element of `out` from the same place of `view`, which has its shape.
fn copy<T: Copy>(view: &View<'_, T>, out: &mut Uninit<T>) {
    assert_eq!(view.shape(), out.layout.shape());
    // Both in the order of the output's memory, so that it is written from front to back.
    let order = out.layout.order();
    let axes: crate::Dims<isize> = order.iter().map(|&axis| axis as isize).collect();
    let view = view.permute(&axes).expect("an order is a permutation");
    let slots = out.as_uninit_slice();
    match view.as_slice() {
        // SAFETY: `T` is initialised, so it is a `MaybeUninit<T>`.
        Some(slice) => slots.copy_from_slice(unsafe {
            std::slice::from_raw_parts(slice.as_ptr().cast::<MaybeUninit<T>>(), slice.len())
        }),
        None => {
            let mut slots = slots.iter_mut();
            view.iter().for_each(|&x| {
                slots.next().expect("as many slots as elements").write(x);
            });
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Storage<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storage").field("layout", &self.layout).field("buffer", &self.buffer).finish()
    }
}
