//! What kernels read and write: blocks of `rows × len` elements.
//!
//! A kernel never sees a shape. It gets rows of `len` neighbouring elements, a fixed distance apart, and writes
//! rows of the same `len`. One-dimensional work is one row. Everything else (axes, broadcasting, threads) has
//! been taken apart by the drivers before.
//!
//! Two rules make a *safe* backend of a user sound. An operand is never a second reference to the output: work
//! in place says [`Operand::Out`]. And a kernel must return the [`Filled`] that only filling its [`Out`] makes (the two
//! share a lifetime that safe code cannot give another output), so a kernel that skips elements cannot hand out
//! uninitialised memory.

use crate::element::{Complex32, Complex64, Element};
use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// Rows of neighbouring elements, all of the same length, a fixed distance apart.
///
/// The distance may be zero (one row repeated) or negative.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a, T> {
    data: *const T,
    rows: usize,
    len: usize,
    stride: isize,
    borrow: PhantomData<&'a [T]>,
}

// SAFETY: `Rows` is a set of shared slices.
unsafe impl<T: Sync> Send for Rows<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Rows<'_, T> {}

impl<'a, T> Rows<'a, T> {
    /// One row.
    #[inline(always)]
    pub fn one(data: &'a [T]) -> Self {
        Rows { data: data.as_ptr(), rows: 1, len: data.len(), stride: 0, borrow: PhantomData }
    }

    /// `rows` rows of `len` elements, each `stride` elements behind the one before.
    ///
    /// # Safety
    /// For every `r < rows`, the `len` elements from `data + r * stride` are initialised, aligned and nobody
    /// writes them for `'a`.
    #[inline(always)]
    pub unsafe fn from_raw(data: *const T, rows: usize, len: usize, stride: isize) -> Self {
        Rows { data, rows, len, stride, borrow: PhantomData }
    }

    /// The number of rows.
    #[inline(always)]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of elements in a row.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// The distance from one row to the next, in elements.
    #[inline(always)]
    pub fn stride(&self) -> isize {
        self.stride
    }

    /// The first element of row `r`, without a check.
    #[inline(always)]
    pub fn pointer(&self, r: usize) -> *const T {
        self.data.wrapping_offset(r as isize * self.stride)
    }

    /// Row `r`.
    ///
    /// # Panics
    /// If there is no such row.
    #[inline(always)]
    pub fn row(&self, r: usize) -> &'a [T] {
        assert!(r < self.rows, "row {r} of {} rows", self.rows);
        // SAFETY: the constructor's contract, and `r` is in range.
        unsafe { std::slice::from_raw_parts(self.pointer(r), self.len) }
    }
}

/// One operand of an elementwise kernel.
#[derive(Clone, Copy, Debug)]
pub enum Operand<'a, T> {
    /// Elements, one for each of the output.
    Slice(Rows<'a, T>),
    /// One value for the whole block.
    Scalar(T),
    /// One value for each row: rows of length one.
    Column(Rows<'a, T>),
    /// What the output holds: work in place. Only where the output's elements are of this type and initialised.
    Out,
}

impl<T> Operand<'_, T> {
    /// Whether the operand has the elements that a block of `rows × len` needs.
    #[inline(always)]
    pub fn fits(&self, rows: usize, len: usize) -> bool {
        match self {
            Operand::Slice(x) => x.rows == rows && x.len == len,
            Operand::Column(x) => x.rows == rows && x.len >= 1,
            Operand::Scalar(_) | Operand::Out => true,
        }
    }
}

/// Elements of a two-dimensional grid with any distances between rows and between columns.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a, T> {
    data: *const T,
    rows: usize,
    len: usize,
    row_stride: isize,
    stride: isize,
    borrow: PhantomData<&'a [T]>,
}

// SAFETY: `Grid` is a set of shared references.
unsafe impl<T: Sync> Send for Grid<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Grid<'_, T> {}

impl<'a, T> Grid<'a, T> {
    /// `rows × len` elements; element `(r, i)` is `data + r * row_stride + i * stride`.
    ///
    /// # Safety
    /// Each of those elements is initialised, aligned, and nobody writes it for `'a`.
    #[inline(always)]
    pub unsafe fn from_raw(
        data: *const T,
        rows: usize,
        len: usize,
        row_stride: isize,
        stride: isize,
    ) -> Self {
        Grid { data, rows, len, row_stride, stride, borrow: PhantomData }
    }

    /// `(rows, len)`.
    #[inline(always)]
    pub fn dim(&self) -> (usize, usize) {
        (self.rows, self.len)
    }

    /// The distance between rows and between the elements of a row, in elements.
    #[inline(always)]
    pub fn strides(&self) -> (isize, isize) {
        (self.row_stride, self.stride)
    }

    /// The first element.
    #[inline(always)]
    pub fn pointer(&self) -> *const T {
        self.data
    }

    /// Element `(r, i)`.
    ///
    /// # Panics
    /// If it is outside of the grid.
    #[inline(always)]
    pub fn get(&self, r: usize, i: usize) -> &'a T {
        assert!(r < self.rows && i < self.len, "element ({r}, {i}) of {} × {}", self.rows, self.len);
        // SAFETY: the constructor's contract, and the index is in range.
        unsafe { &*self.data.offset(r as isize * self.row_stride + i as isize * self.stride) }
    }
}

/// `'o`, neither longer nor shorter: what makes an [`Out`] and its [`Filled`] belong together.
type Brand<'o> = PhantomData<fn(&'o ()) -> &'o ()>;

/// The output of a kernel: a grid of elements that may be uninitialised.
///
/// Most kernels write rows of neighbouring elements ([`Out::is_rows`]); only `copy` meets others.
#[derive(Debug)]
pub struct Out<'o, T> {
    data: *mut T,
    rows: usize,
    len: usize,
    row_stride: isize,
    stride: isize,
    streams: bool,
    brand: Brand<'o>,
}

/// The proof that every element of the [`Out`] of the same brand has been written.
#[derive(Debug)]
#[must_use]
pub struct Filled<'o> {
    brand: Brand<'o>,
}

impl<'o, T: Copy> Out<'o, T> {
    /// An output of `rows` rows of `len` elements, `stride` elements apart.
    ///
    /// # Safety
    /// All elements are aligned, distinct (rows do not overlap), valid for writes, and nobody else touches them
    /// for `'o`. Where an operand is [`Operand::Out`], they are initialised. Where a [`Filled`] counts, no other output has
    /// the same `'o`.
    #[inline(always)]
    pub unsafe fn from_raw(data: *mut T, rows: usize, len: usize, stride: isize) -> Self {
        Out { data, rows, len, row_stride: stride, stride: 1, streams: false, brand: PhantomData }
    }

    /// An output of `rows × len` elements, element `(r, i)` at `data + r * row_stride + i * stride`.
    ///
    /// # Safety
    /// As for [`Out::from_raw`].
    #[inline(always)]
    pub unsafe fn from_raw_grid(
        data: *mut T,
        rows: usize,
        len: usize,
        row_stride: isize,
        stride: isize,
    ) -> Self {
        Out { data, rows, len, row_stride, stride, streams: false, brand: PhantomData }
    }

    /// Calls `f` with an output of one row, over memory of any content.
    ///
    /// Its brand is known to `f` alone. Were it for the caller to choose, a kernel could fill another output than the one
    /// it was given, and return the proof of that.
    #[inline(always)]
    pub fn with_uninit<R>(data: &mut [MaybeUninit<T>], f: impl for<'s> FnOnce(Out<'s, T>) -> R) -> R {
        // SAFETY: a mutable reference is to elements that nobody else touches.
        f(unsafe { Out::from_raw(data.as_mut_ptr().cast(), 1, data.len(), 0) })
    }

    /// Calls `f` with an output of one row, over initialised memory; see [`Out::with_uninit`].
    #[inline(always)]
    pub fn with_init<R>(data: &mut [T], f: impl for<'s> FnOnce(Out<'s, T>) -> R) -> R {
        // SAFETY: as above; initialised elements are overwritten by such.
        f(unsafe { Out::from_raw(data.as_mut_ptr(), 1, data.len(), 0) })
    }

    /// The same output with the hint to write it around the caches where `streams`: it is so large that it would
    /// push out what they hold, and leave them itself before anyone reads it. Not where an operand is
    /// [`Operand::Out`].
    #[inline(always)]
    pub fn streaming(self, streams: bool) -> Self {
        Out { streams, ..self }
    }

    /// The hint of [`Out::streaming`].
    #[inline(always)]
    pub fn streams(&self) -> bool {
        self.streams
    }

    /// The number of rows.
    #[inline(always)]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of elements in a row.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// The distance between rows and between the elements of a row, in elements.
    #[inline(always)]
    pub fn strides(&self) -> (isize, isize) {
        (self.row_stride, self.stride)
    }

    /// Whether the elements of a row are neighbours.
    #[inline(always)]
    pub fn is_rows(&self) -> bool {
        self.stride == 1
    }

    /// The first element of row `r`, without a check.
    #[inline(always)]
    pub fn pointer(&mut self, r: usize) -> *mut T {
        self.data.wrapping_offset(r as isize * self.row_stride)
    }

    /// Row `r`, of any content.
    ///
    /// # Panics
    /// If there is no such row, or its elements are not neighbours.
    #[inline(always)]
    pub fn row_mut(&mut self, r: usize) -> &mut [MaybeUninit<T>] {
        assert!(r < self.rows && self.stride == 1, "row {r} of {} rows, stride {}", self.rows, self.stride);
        // SAFETY: the constructor's contract; `MaybeUninit` asks nothing of the content.
        unsafe { std::slice::from_raw_parts_mut(self.pointer(r).cast(), self.len) }
    }

    /// Writes `value(r, i)` to every element `(r, i)`.
    pub fn fill_with(mut self, mut value: impl FnMut(usize, usize) -> T) -> Filled<'o> {
        for r in 0..self.rows {
            let row = self.pointer(r);
            for i in 0..self.len {
                let x = value(r, i);
                // SAFETY: the constructor's contract.
                unsafe { row.wrapping_offset(i as isize * self.stride).write(x) };
            }
        }
        Filled { brand: PhantomData }
    }

    /// Declares every element written.
    ///
    /// # Safety
    /// Every element has been written, or was initialised from the start.
    #[inline(always)]
    pub unsafe fn assume_filled(self) -> Filled<'o> {
        Filled { brand: PhantomData }
    }
}

macro_rules! any_out {
    ($($variant:ident $type:ty;)*) => {
        /// An output of any element type, for kernels that convert.
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum AnyOut<'o> {
            $(#[doc = concat!("Of `", stringify!($type), "`.")] $variant(Out<'o, $type>),)*
        }
    };
}

any_out! {
    F32 f32; F64 f64; I8 i8; I16 i16; I32 i32; I64 i64; U8 u8; U16 u16; U32 u32; U64 u64;
    Bool bool; C32 Complex32; C64 Complex64;
}

/// The elements of a reduction in order: all at once, or as a sequence of blocks.
pub enum Input<'a, T> {
    /// All of them.
    Slice(&'a [T]),
    /// One block after the other.
    Blocks(&'a mut dyn Blocks<T>),
}

/// A sequence of elements in blocks.
///
/// This is how a reduction reads elements that are not neighbours in memory, or are only now being computed.
pub trait Blocks<T: Element> {
    /// The next block, or `None` after the last. Every block but the last holds a multiple of
    /// [`block_len::<T>()`](crate::backend::block_len) elements.
    fn next_block(&mut self) -> Option<&[T]>;
}
