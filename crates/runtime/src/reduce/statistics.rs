//! Mean, variance and standard deviation.

use super::columns::is_narrow;
use super::drive::{Merge, Reduction, Target, reduce_all, reduce_to};
use super::parts::Parts;
use super::sum::Folding;
use crate::scratch::Scratch;
use crate::{backend, threads};
use isonum_core::backend::{CHUNK, Fold};
use isonum_core::operand::{Blocks, Filled, Input, Out, Rows};
use isonum_core::registry::Binary;
use isonum_core::{
    Backend, Buffer, Complex32, Complex64, DType, Element, Kernels, Real, Result, Storage, Uninit, View,
};
use std::any::Any;

/// The sum in `f64` of elements of any type.
struct InF64<'a, T> {
    kernels: &'a dyn Kernels<T>,
    f64: &'a dyn Kernels<f64>,
}

impl<'a, T: Element> InF64<'a, T> {
    fn new(backend: &'a dyn Backend) -> Self {
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
struct Spread<'a, T> {
    sum: InF64<'a, T>,
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

/// Reduces `axes` and puts every result through `f`.
pub(super) fn finish<T: Element, R: Reduction<T>, M: Element>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    kernels: &dyn Kernels<T>,
    reduction: &R,
    f: impl Fn(R::Partial) -> M + Sync,
) -> Result<Storage<M>> {
    finish_parts(x, &Parts::new(x.layout(), axes, keep_dims)?, kernels, reduction, f)
}

fn finish_parts<T: Element, R: Reduction<T>, M: Element>(
    x: &View<'_, T>,
    parts: &Parts,
    kernels: &dyn Kernels<T>,
    reduction: &R,
    f: impl Fn(R::Partial) -> M + Sync,
) -> Result<Storage<M>> {
    let mut out = Uninit::<M>::new(parts.out.clone())?;
    let to = Target::new(out.as_mut_ptr());
    // Where they fit, partial results use the memory of the result.
    let same = size_of::<R::Partial>() == size_of::<M>() && align_of::<R::Partial>() == align_of::<M>();
    let partials = Buffer::<R::Partial>::uninit(if same { 0 } else { parts.out.len() })?;
    let from = Target::new(if same { out.as_mut_ptr().cast() } else { partials.as_ptr() });
    // SAFETY: there is room for every output; the second loop reads what the first has written, and each place
    // before it is written again.
    unsafe {
        reduce_to(x, parts, kernels, reduction, from.at(0));
        threads::split(parts.out.len(), 64, 1.0, |range| {
            range.for_each(|i| to.at(i).write(f(from.at(i).read())));
        });
        Ok(out.assume_init())
    }
}

/// A value of a type that is known to be another.
#[inline(always)]
fn same<A: Any, B: Any>(value: A) -> B {
    let mut value = Some(value);
    let value: &mut dyn Any = &mut value;
    value.downcast_mut::<Option<B>>().and_then(Option::take).expect("the same type")
}

/// A sum divided by a count, rounded once.
#[inline(always)]
fn divide<S: Element, M: Element>(sum: S, n: f64) -> M {
    let f32 = |x: f32| (x as f64 / n) as f32;
    match S::DTYPE {
        DType::F32 => same(f32(same(sum))),
        DType::F64 => same(same::<S, f64>(sum) / n),
        DType::I64 => same(same::<S, i64>(sum) as f64 / n),
        DType::U64 => same(same::<S, u64>(sum) as f64 / n),
        DType::C32 => {
            let sum: Complex32 = same(sum);
            same(Complex32::new(f32(sum.re), f32(sum.im)))
        }
        DType::C64 => {
            let sum: Complex64 = same(sum);
            same(Complex64::new(sum.re / n, sum.im / n))
        }
        dtype => unreachable!("no sums are {dtype}"),
    }
}

/// Whether sums are taken in `f64`, because those of 64-bit integers might wrap.
fn wraps<T: Element>() -> bool {
    matches!(T::DTYPE, DType::I64 | DType::U64)
}

/// The number of elements along `axes`.
fn count(shape: &[usize], axes: &[usize]) -> f64 {
    axes.iter().map(|&axis| shape[axis]).product::<usize>() as f64
}

/// The means along `axes`: NaN for no elements.
///
/// Floats add in their type. Integers of up to 32 bits and bools add exactly, those of 64 bits in `f64`.
///
/// # Errors
/// If there is no memory for the result.
pub fn mean<T: Element>(x: &View<'_, T>, axes: &[usize], keep_dims: bool) -> Result<Storage<T::Mean>> {
    let n = count(x.shape(), axes);
    backend::try_current(|b| {
        let k = T::kernels(b);
        if wraps::<T>() {
            finish(x, axes, keep_dims, k, &InF64::new(b), |sum| divide(sum, n))
        } else {
            finish(x, axes, keep_dims, k, &Folding::new(Fold::Sum, b), |sum| divide(sum, n))
        }
    })?
}

/// The mean of all elements; see [`mean`]. Allocates nothing up to rank six.
///
/// # Errors
/// If there is no backend.
#[inline]
pub fn mean_all<T: Element>(x: &View<'_, T>) -> Result<T::Mean> {
    let n = x.len() as f64;
    backend::try_current(|b| {
        let k = T::kernels(b);
        if wraps::<T>() {
            divide(reduce_all(x, k, &InF64::new(b)), n)
        } else {
            divide(reduce_all(x, k, &Folding::new(Fold::Sum, b)), n)
        }
    })
}

/// The results of `f`, each of the sum of squared deviations from the mean.
fn deviations<T: Real>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    f: impl Fn(f64) -> f64 + Sync,
) -> Result<Storage<T::Mean>> {
    let n = count(x.shape(), axes);
    let f = |sum: f64| divide_to::<T::Mean>(f(sum));
    backend::try_current(|b| {
        let k = T::kernels(b);
        let parts = Parts::new(x.layout(), axes, keep_dims)?;
        let (lane, sum) = (&parts.reduced, InF64::new(b));
        if !parts.columns && !is_narrow(&parts) && lane.len() <= CHUNK && matches!(lane.strides(), [] | [1]) {
            return finish_parts(x, &parts, k, &Spread { sum }, f);
        }
        let means = finish_parts(x, &parts, k, &sum, |sum| sum / n)?;
        let means = means.view();
        let centers = means.as_dense_slice().expect("results have no gaps");
        finish_parts(x, &parts, k, &Deviations::new(centers, b), f)
    })?
}

/// A result in `f64` in the type of means: `f32` or `f64`.
#[inline(always)]
fn divide_to<M: Element>(x: f64) -> M {
    if M::DTYPE == DType::F32 { same(x as f32) } else { same(x) }
}

/// The sum of squared deviations of all elements from their mean.
#[inline]
fn deviations_all<T: Real>(x: &View<'_, T>) -> Result<f64> {
    backend::try_current(|b| {
        let k = T::kernels(b);
        let mean = reduce_all(x, k, &InF64::new(b)) / x.len() as f64;
        reduce_all(x, k, &Deviations::new(&[mean], b))
    })
}

/// The divisor of variances: as NumPy's, never negative.
#[inline(always)]
fn degrees(n: f64, ddof: f64) -> f64 {
    (n - ddof).max(0.0)
}

/// The variances along `axes`: the sum of squared deviations from the mean over `n − ddof`, and 0 for less.
///
/// Computed in two passes in `f64` and rounded once. NaN for no elements; ±inf or NaN where `n ≤ ddof`.
///
/// # Errors
/// If there is no memory for the result.
pub fn var<T: Real>(x: &View<'_, T>, axes: &[usize], keep_dims: bool, ddof: f64) -> Result<Storage<T::Mean>> {
    let n = degrees(count(x.shape(), axes), ddof);
    deviations(x, axes, keep_dims, |sum| sum / n)
}

/// The variance of all elements; see [`var`].
///
/// # Errors
/// If there is no backend.
#[inline]
pub fn var_all<T: Real>(x: &View<'_, T>, ddof: f64) -> Result<T::Mean> {
    Ok(divide_to(deviations_all(x)? / degrees(x.len() as f64, ddof)))
}

/// The standard deviations along `axes`: the square roots of the variances, rounded once more. See [`var`].
///
/// # Errors
/// If there is no memory for the result.
pub fn std<T: Real>(x: &View<'_, T>, axes: &[usize], keep_dims: bool, ddof: f64) -> Result<Storage<T::Mean>> {
    let n = degrees(count(x.shape(), axes), ddof);
    deviations(x, axes, keep_dims, |sum| (sum / n).sqrt())
}

/// The standard deviation of all elements; see [`std()`].
///
/// # Errors
/// If there is no backend.
#[inline]
pub fn std_all<T: Real>(x: &View<'_, T>, ddof: f64) -> Result<T::Mean> {
    Ok(divide_to((deviations_all(x)? / degrees(x.len() as f64, ddof)).sqrt()))
}
