//! Sums in `f64` of elements of any type, and of their squared deviations: what mean, variance and sums of squares
//! are made of.

use super::drive::{Merge, Reduction};
use crate::scratch::Scratch;
use isonum_core::backend::Fold;
use isonum_core::operand::{Blocks, Filled, Input, Out, Rows};
use isonum_core::registry::Binary;
use isonum_core::{Backend, DType, Element, Kernels, Real};

/// The sum in `f64` of elements of any type.
pub(super) struct InF64<'a, T> {
    kernels: &'a dyn Kernels<T>,
    f64: &'a dyn Kernels<f64>,
}

impl<'a, T: Element> InF64<'a, T> {
    pub(super) fn new(backend: &'a dyn Backend) -> Self {
        InF64 { kernels: T::kernels(backend), f64: backend.f64() }
    }

    /// One row, converted.
    fn cast(&self, x: &[T], to: *mut f64) {
        // SAFETY: callers have room for as many elements.
        let out = unsafe { Out::from_raw(to, 1, x.len(), 0) };
        let _ = self.kernels.cast(Rows::one(x), f64::any_out(out));
    }
}

impl<T: Element> Reduction<T> for InF64<'_, T> {
    type Partial = f64;
    fn empty(&self) -> f64 {
        0.0
    }
    #[inline(always)]
    fn lane(&self, _: usize, x: Input<'_, T>) -> f64 {
        if T::DTYPE == DType::F64 {
            // SAFETY: `T` is `f64`.
            let x = unsafe { std::mem::transmute_copy::<Input<'_, T>, Input<'_, f64>>(&x) };
            return self.f64.fold(Fold::Sum, x);
        }
        let mut converted =
            Converted { to: self, from: x, block: (std::ptr::null(), 0), scratch: Scratch::new() };
        self.f64.fold(Fold::Sum, Input::Blocks(&mut converted))
    }
    fn rows<'o>(&self, _: usize, x: Rows<'_, T>, mut out: Out<'o, f64>) -> Filled<'o> {
        if T::DTYPE == DType::F64 {
            // SAFETY: `T` is `f64`.
            let x = unsafe { Rows::from_raw(x.pointer(0).cast::<f64>(), x.rows(), x.len(), x.stride()) };
            return self.f64.fold_rows(Fold::Sum, x, out);
        }
        let mut scratch = Scratch::new();
        let row = scratch.as_mut_ptr::<f64>();
        let width = Scratch::capacity::<f64>();
        for at in (0..x.len()).step_by(width) {
            let n = width.min(x.len() - at);
            // SAFETY: columns of the output.
            let to = unsafe { out.pointer(0).add(at) };
            self.cast(&x.row(0)[at..at + n], to);
            for r in 1..x.rows() {
                self.cast(&x.row(r)[at..at + n], row);
                // SAFETY: both have been written, and they do not overlap.
                let (sums, row) =
                    unsafe { (std::slice::from_raw_parts_mut(to, n), std::slice::from_raw_parts(row, n)) };
                self.merge(sums, row);
            }
        }
        // SAFETY: every column has been written.
        unsafe { out.assume_filled() }
    }
    fn merge(&self, into: &mut [f64], after: &[f64]) {
        Merge { kernels: self.f64, op: Binary::Add }.merge(into, after)
    }
}

/// Elements of any type as blocks of `f64`.
struct Converted<'a, 'x, T: Element> {
    to: &'a InF64<'a, T>,
    from: Input<'x, T>,
    /// What is left of the block of `from` that is being converted.
    block: (*const T, usize),
    scratch: Scratch,
}

impl<T: Element> Blocks<f64> for Converted<'_, '_, T> {
    fn next_block(&mut self) -> Option<&[f64]> {
        if self.block.1 == 0 {
            let block = match &mut self.from {
                Input::Slice(x) => std::mem::take(x),
                Input::Blocks(blocks) => blocks.next_block()?,
            };
            self.block = (block.as_ptr(), block.len());
        }
        let n = Scratch::capacity::<f64>().min(self.block.1);
        if n == 0 {
            return None;
        }
        // SAFETY: a part of the block, which stays until another one is asked for.
        let piece = unsafe { std::slice::from_raw_parts(self.block.0, n) };
        self.block = (piece.as_ptr_range().end, self.block.1 - n);
        let to = self.scratch.as_mut_ptr::<f64>();
        self.to.cast(piece, to);
        // SAFETY: just written.
        Some(unsafe { std::slice::from_raw_parts(to, n) })
    }
}

/// Zeros for most tiles of columns.
static ZEROS: [f64; 1024] = [0.0; 1024];

/// The sum of squared deviations from the center of each output, in `f64`.
pub(super) struct Deviations<'a, T> {
    kernels: &'a dyn Kernels<T>,
    f64: &'a dyn Kernels<f64>,
    /// One for each output; none are zeros.
    centers: &'a [f64],
}

impl<'a, T: Real> Deviations<'a, T> {
    pub(super) fn new(centers: &'a [f64], backend: &'a dyn Backend) -> Self {
        Deviations { kernels: T::kernels(backend), f64: backend.f64(), centers }
    }
}

impl<T: Real> Reduction<T> for Deviations<'_, T> {
    type Partial = f64;
    fn empty(&self) -> f64 {
        0.0
    }
    #[inline(always)]
    fn lane(&self, output: usize, x: Input<'_, T>) -> f64 {
        let center = if self.centers.is_empty() { 0.0 } else { self.centers[output] };
        self.kernels.squared_deviations(x, center)
    }
    fn rows<'o>(&self, output: usize, x: Rows<'_, T>, out: Out<'o, f64>) -> Filled<'o> {
        if !self.centers.is_empty() {
            return self.kernels.squared_deviations_rows(x, &self.centers[output..output + x.len()], out);
        }
        match ZEROS.get(..x.len()) {
            Some(zeros) => self.kernels.squared_deviations_rows(x, zeros, out),
            None => self.kernels.squared_deviations_rows(x, &vec![0.0; x.len()], out),
        }
    }
    fn merge(&self, into: &mut [f64], after: &[f64]) {
        Merge { kernels: self.f64, op: Binary::Add }.merge(into, after)
    }
}

/// The sum of squared deviations from the mean of a sequence of one chunk that is read in place: both passes while
/// it is in cache.
pub(super) struct Spread<'a, T> {
    pub(super) sum: InF64<'a, T>,
}

impl<T: Real> Reduction<T> for Spread<'_, T> {
    type Partial = f64;
    fn empty(&self) -> f64 {
        0.0
    }
    fn lane(&self, output: usize, x: Input<'_, T>) -> f64 {
        let Input::Slice(x) = x else { unreachable!("read in place") };
        let mean = self.sum.lane(output, Input::Slice(x)) / x.len() as f64;
        self.sum.kernels.squared_deviations(Input::Slice(x), mean)
    }
    fn rows<'o>(&self, _: usize, _: Rows<'_, T>, _: Out<'o, f64>) -> Filled<'o> {
        unreachable!("one chunk for each output")
    }
    fn merge(&self, _: &mut [f64], _: &[f64]) {
        unreachable!("one chunk for each output")
    }
}
