//! From arrays to blocks of kernels, once for all families of operations.

use crate::plan::{Packing, Plan, Tile};
use crate::scratch::Scratch;
use crate::{cost, threads};
use isonum_core::operand::{Filled, Grid, Operand, Out, Rows};
use isonum_core::{Element, Kernels, Layout};

/// One operand of an operation: an array that broadcasts to the output.
#[derive(Debug)]
pub(super) struct Source<'a, T> {
    pub(super) pointer: *const T,
    pub(super) layout: &'a Layout,
}

impl<T> Clone for Source<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Source<'_, T> {}

/// The output of an operation.
#[derive(Debug)]
pub(super) struct Target<'a, T> {
    pub(super) pointer: *mut T,
    pub(super) layout: &'a Layout,
}

impl<T> Clone for Target<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Target<'_, T> {}

// SAFETY: for the threads of one operation, which read the elements of sources and write distinct ones of targets.
unsafe impl<T: Sync> Sync for Source<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for Target<'_, T> {}

/// How an array looks from an output without gaps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The output itself.
    Same,
    /// An element for each of the output, in the same places.
    Aligned,
    /// One element for all.
    One,
    /// Anything else.
    Strided,
}

impl<T> Source<'_, T> {
    fn form(&self, out: &Layout) -> Form {
        if self.layout.len() == 1 {
            Form::One
        } else if self.layout.is_contiguous() && self.layout.has_shape(out.shape()) {
            // The output is contiguous here, and so both count elements in C order.
            Form::Aligned
        } else {
            Form::Strided
        }
    }

    /// `len` elements from `start` of an array whose form is `form`.
    ///
    /// # Safety
    /// It has that form, and the elements are initialised and nobody writes them.
    #[inline(always)]
    unsafe fn piece<'o>(&self, form: Form, start: usize, len: usize) -> Operand<'o, T>
    where
        T: Copy,
    {
        match form {
            Form::Same => Operand::Out,
            // SAFETY: the caller's.
            Form::One => Operand::Scalar(unsafe { *self.pointer }),
            // SAFETY: the caller's.
            _ => Operand::Slice(unsafe { Rows::from_raw(self.pointer.add(start), 1, len, 0) }),
        }
    }
}

/// The bytes of a row from which on it is written around the caches, where the output is: the lines at its ends are
/// written twice then.
const STREAMED_ROW: usize = 2048;

/// Kernels of one operation on operands of `T` with results of `U`: `N` operands, `M = N + 1` arrays.
pub(super) struct Operation<'k, T: Element, U: Element, const N: usize> {
    pub(super) inputs: &'k dyn Kernels<T>,
    pub(super) outputs: &'k dyn Kernels<U>,
    /// Estimated nanoseconds for an element.
    pub(super) ns: f64,
    pub(super) kernel: Kernel<'k, T, U, N>,
}

pub(super) type Kernel<'k, T, U, const N: usize> =
    &'k (dyn for<'a, 'o> Fn([Operand<'a, T>; N], Out<'o, U>) -> Filled<'o> + Sync);

impl<T: Element, U: Element, const N: usize> Operation<'_, T, U, N> {
    /// Fills `out`. An operand that is `None` is the output itself.
    ///
    /// # Safety
    /// Sources broadcast to the target; their elements are initialised, those of the target as well where an
    /// operand is `None` (then `T` is `U`); nobody else touches the target, which does not overlap itself nor a source.
    #[inline]
    pub(super) unsafe fn run<const M: usize>(&self, sources: [Option<Source<'_, T>>; N], out: Target<'_, U>) {
        const { assert!(M == N + 1) };
        if out.layout.is_contiguous() {
            let forms = sources.map(|source| source.map_or(Form::Same, |source| source.form(out.layout)));
            if !forms.contains(&Form::Strided) {
                let none = Source { pointer: std::ptr::null(), layout: out.layout };
                let sources = sources.map(|source| source.unwrap_or(none));
                // SAFETY: the caller's; all arrays have their elements in the same order without gaps.
                return unsafe { self.run_contiguous(sources, forms, out) };
            }
        }
        // SAFETY: the caller's.
        unsafe { self.run_strided::<M>(sources, out) }
    }

    /// # Safety
    /// As for `run`; each array has its elements in the order of the output without gaps, or is one element.
    #[inline]
    unsafe fn run_contiguous(&self, sources: [Source<'_, T>; N], forms: [Form; N], out: Target<'_, U>) {
        let read = forms.iter().filter(|&&form| form == Form::Aligned).count() * size_of::<T>();
        let bytes = out.layout.len() * (read + size_of::<U>());
        let streams = !forms.contains(&Form::Same) && cost::streams(bytes);
        // Closures take the arrays whole, which may cross threads, not their pointers.
        let (sources, out) = (&sources, &out);
        threads::split(out.layout.len(), 4096, self.ns, |range| {
            // SAFETY: the range is inside of all arrays, and no other call has it.
            unsafe {
                let operands = std::array::from_fn(|k| sources[k].piece(forms[k], range.start, range.len()));
                let out = Out::from_raw(out.pointer.add(range.start), 1, range.len(), 0);
                let _filled = (self.kernel)(operands, out.streaming(streams));
            }
        });
    }

    /// # Safety
    /// As for `run`.
    #[inline(never)]
    unsafe fn run_strided<const M: usize>(&self, sources: [Option<Source<'_, T>>; N], out: Target<'_, U>) {
        let layouts = std::array::from_fn(|k| {
            if k == 0 { out.layout } else { sources[k - 1].map_or(out.layout, |s| s.layout) }
        });
        let Some(plan) = Plan::<M>::new(layouts) else { return };
        let read: usize = sources.iter().flatten().map(|source| source.layout.len() * size_of::<T>()).sum();
        let bytes = read + out.layout.len() * size_of::<U>();
        let in_place = sources.iter().any(Option::is_none);
        let streams = !in_place && cost::streams(bytes);
        let packing = Some(if streams { Packing::Far } else { Packing::Near });
        let out = &out;
        plan.run(size_of::<T>().max(size_of::<U>()), packing, self.ns, &|tile, scratch| {
            let [first, rest @ ..] = &mut scratch[..] else { return };
            let mut rest = rest.iter_mut();
            // SAFETY: the plan's tiles are inside of the arrays, and no other call has this one.
            unsafe {
                let operands = std::array::from_fn(|k| {
                    let scratch = rest.next().expect("a scratch for each operand");
                    match sources[k] {
                        Some(source) => operand(self.inputs, source.pointer, tile, k + 1, scratch),
                        None => Operand::Out,
                    }
                });
                let how = Write { in_place, streams };
                with_out(self.outputs, out.pointer, tile, first, how, |out| (self.kernel)(operands, out));
            }
        });
    }
}

/// Array `k` of a tile as an operand; packed where its elements are not neighbours.
///
/// # Safety
/// Its elements are inside of the array, initialised, and nobody writes them.
pub(super) unsafe fn operand<'a, T: Element, const M: usize>(
    kernels: &dyn Kernels<T>,
    first: *const T,
    tile: &Tile<M>,
    k: usize,
    scratch: &'a mut Scratch,
) -> Operand<'a, T> {
    let p = first.wrapping_offset(tile.start[k]);
    let (rows, len, row_stride, stride) = (tile.rows, tile.len, tile.row_strides[k], tile.strides[k]);
    // SAFETY: the caller's for the array; the scratch has room for the tile, and is filled.
    unsafe {
        if stride == 0 && (row_stride == 0 || rows == 1) {
            return Operand::Scalar(*p);
        }
        if !tile.joined && stride == 1 {
            return Operand::Slice(Rows::from_raw(p, rows, len, row_stride));
        }
        if !tile.joined && stride == 0 {
            return Operand::Column(Rows::from_raw(p, rows, 1, row_stride));
        }
        if stride == 1 && (row_stride == len as isize || rows == 1) {
            return Operand::Slice(Rows::from_raw(p, 1, rows * len, 0));
        }
        let to = scratch.room::<T>(rows * len);
        // A row that is repeated is copied for the first tile only.
        if row_stride != 0 || !scratch.holds_rows(p, len, stride, rows) {
            let _filled = kernels.copy(
                Grid::from_raw(p, rows, len, row_stride, stride),
                Out::from_raw(to, rows, len, len as isize),
            );
        }
        Operand::Slice(match tile.joined {
            true => Rows::from_raw(to, 1, rows * len, 0),
            false => Rows::from_raw(to, rows, len, len as isize),
        })
    }
}

/// How a tile of the output is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Write {
    /// An operand is the output itself.
    pub(super) in_place: bool,
    /// Around the caches; see [`cost::streams`].
    pub(super) streams: bool,
}

/// Calls `f` with the output of a tile; a packed one is copied to its place afterwards, and, in place, before.
///
/// # Safety
/// Its elements are inside of the array, nobody else touches them, and they are initialised where it is in place.
pub(super) unsafe fn with_out<T: Element, const M: usize>(
    kernels: &dyn Kernels<T>,
    first: *mut T,
    tile: &Tile<M>,
    scratch: &mut Scratch,
    how: Write,
    f: impl FnOnce(Out<'_, T>) -> Filled<'_>,
) {
    let p = first.wrapping_offset(tile.start[0]);
    let (rows, len, row_stride, stride) = (tile.rows, tile.len, tile.row_strides[0], tile.strides[0]);
    let dense = rows == 1 || row_stride == len as isize;
    // SAFETY: the caller's for the array; the scratch has room for the tile.
    unsafe {
        let out = |p, row_stride| match tile.joined {
            true => Out::from_raw(p, 1, rows * len, 0),
            false => Out::from_raw(p, rows, len, row_stride),
        };
        if stride == 1 && (dense || !tile.joined) {
            let out = out(p, row_stride);
            let streams = how.streams && out.len() * size_of::<T>() >= STREAMED_ROW;
            let _filled = f(out.streaming(streams));
            return;
        }
        let packed = scratch.room::<T>(rows * len);
        if how.in_place {
            let here = Grid::from_raw(p.cast_const(), rows, len, row_stride, stride);
            let _filled = kernels.copy(here, Out::from_raw(packed, rows, len, len as isize));
        }
        let _filled = f(out(packed, len as isize));
        let _filled = kernels.copy(
            Grid::from_raw(packed.cast_const(), rows, len, len as isize, 1),
            Out::from_raw_grid(p, rows, len, row_stride, stride),
        );
    }
}
