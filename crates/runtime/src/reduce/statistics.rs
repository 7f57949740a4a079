//! Mean, variance, standard deviation and sums of squares: sums, of which a result is made by one more operation.

use super::columns::{Columns, TILE, are_many, is_narrow, tiles};
use super::deviations::{Deviations, InF64, Spread};
use super::drive::{Reduction, Target, reduce_all, reduce_to};
use super::parts::Parts;
use super::sum::Folding;
use crate::place::Place;
use crate::{backend, threads};
use isonum_core::backend::{CHUNK, Fold};
use isonum_core::operand::{Operand, Out, Rows};
use isonum_core::registry::{Binary, Unary};
use isonum_core::{
    Backend, Buffer, Complex32, Complex64, DType, Element, Float, Kernels, Real, Result, Uninit, View,
};
use std::any::Any;
use std::mem::MaybeUninit;

/// What makes results of partial ones: it takes a tile of these and writes as many results.
trait Finish<P, M>: Fn(&mut [P], *mut M) + Sync {}
impl<P, M, F: Fn(&mut [P], *mut M) + Sync> Finish<P, M> for F {}

/// Reduces, and makes a result of every partial one.
///
/// # Safety
/// There is room for every result at `out`, which nobody else touches.
unsafe fn finish<T: Element, R: Reduction<T>, M: Element>(
    x: &View<'_, T>,
    parts: &Parts,
    kernels: &dyn Kernels<T>,
    reduction: &R,
    f: impl Finish<R::Partial, M>,
    out: *mut M,
) -> Result<()> {
    let to = Target::new(out);
    if are_many(parts) {
        let columns = Columns::new(parts, kernels, reduction);
        tiles(x, parts, |data, output, len| {
            let mut tile = Tile::new();
            // SAFETY: columns of `x`, and room for their results.
            let tile = unsafe {
                tile.filled(len, |tile| columns.fold(data, 0..parts.reduced.len(), output, tile, len))
            };
            f(tile, to.at(output));
        });
        return Ok(());
    }
    // Where they fit, partial results use the memory of the result.
    let same = size_of::<R::Partial>() == size_of::<M>() && align_of::<R::Partial>() == align_of::<M>();
    let partials = Buffer::<R::Partial>::uninit(if same { 0 } else { parts.out.len() })?;
    let from = Target::new(if same { out.cast() } else { partials.as_ptr() });
    // SAFETY: there is room for every output. Each tile is read before it is written.
    unsafe {
        reduce_to(x, parts, kernels, reduction, from.at(0));
        threads::split(parts.out.len(), TILE, 1.0, |range| {
            for at in range.clone().step_by(TILE) {
                let len = TILE.min(range.end - at);
                let mut tile = Tile::new();
                let tile = tile.filled(len, |tile| std::ptr::copy_nonoverlapping(from.at(at), tile, len));
                f(tile, to.at(at));
            }
        });
    }
    Ok(())
}

/// Has `write` make the results of `axes` of an array, with the current backend.
///
/// # Safety
/// `write` writes every result, unless it fails.
unsafe fn results<T: Element, M: Element, P: Place<M>>(
    operation: &'static str,
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
    write: impl FnOnce(&Parts, &dyn Backend, *mut M) -> Result<()>,
) -> Result<P::Filled> {
    let parts = Parts::new(x.layout(), axes, keep_dims)?;
    // SAFETY: the caller's.
    unsafe {
        place.fill(operation, &parts.out, |out| backend::try_current(|b| write(&parts, b, out)).flatten())
    }
}

/// Partial results of a tile of columns.
struct Tile<P>([MaybeUninit<P>; TILE]);

impl<P: Element> Tile<P> {
    #[inline(always)]
    fn new() -> Self {
        Tile([const { MaybeUninit::uninit() }; TILE])
    }

    /// The first `len`.
    ///
    /// # Safety
    /// `fill` writes them.
    #[inline(always)]
    unsafe fn filled(&mut self, len: usize, fill: impl FnOnce(*mut P)) -> &mut [P] {
        assert!(len <= TILE);
        let data = self.0.as_mut_ptr().cast::<P>();
        fill(data);
        // SAFETY: the caller's.
        unsafe { std::slice::from_raw_parts_mut(data, len) }
    }
}

/// `values` as elements of `M` at `to`.
fn cast<P: Element, M: Element>(values: &[P], to: *mut M, backend: &dyn Backend) {
    // SAFETY: finished results have room for as many.
    let out = unsafe { Out::from_raw(to, 1, values.len(), 0) };
    let _ = P::kernels(backend).cast(Rows::one(values), M::any_out(out));
}

/// Divides `values` by a number.
fn divide_all<M: Element>(values: &mut [M], n: f64, backend: &dyn Backend) {
    fn by<A: Element, M>(values: &mut [M], parts: usize, n: A, backend: &dyn Backend) {
        // SAFETY: a value is that many `A`.
        let values =
            unsafe { std::slice::from_raw_parts_mut(values.as_mut_ptr().cast::<A>(), values.len() * parts) };
        Out::with_init(values, |out| {
            let _ = A::kernels(backend).binary(Binary::Divide, Operand::Out, Operand::Scalar(n), out);
        });
    }
    // Up to here a quotient of two `f32` is the correctly rounded one.
    const EXACT: f64 = (1 << 24) as f64;
    match M::DTYPE {
        DType::F64 => by(values, 1, n, backend),
        DType::C64 => by(values, 2, n, backend),
        DType::F32 if n <= EXACT => by(values, 1, n as f32, backend),
        DType::C32 if n <= EXACT => by(values, 2, n as f32, backend),
        _ => values.iter_mut().for_each(|x| *x = divide(*x, n)),
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
/// If there is no memory for the result, or its place has another shape.
pub fn mean<T: Element, P: Place<T::Mean>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    fn of<P: Element, M: Element>(sums: &mut [P], to: *mut M, n: f64, backend: &dyn Backend) {
        cast(sums, to, backend);
        // SAFETY: just written.
        divide_all(unsafe { std::slice::from_raw_parts_mut(to, sums.len()) }, n, backend);
    }
    let n = count(x.shape(), axes);
    let write = |parts: &Parts, b: &dyn Backend, out: *mut T::Mean| {
        let k = T::kernels(b);
        // SAFETY: there is room for every result.
        unsafe {
            if wraps::<T>() {
                finish(x, parts, k, &InF64::new(b), |sums: &mut [f64], to| of(sums, to, n, b), out)
            } else {
                let sum = Folding::new(Fold::Sum, b);
                finish(x, parts, k, &sum, |sums: &mut [T::Sum], to| of(sums, to, n, b), out)
            }
        }
    };
    // SAFETY: every result is written.
    unsafe { results("mean", x, axes, keep_dims, place, write) }
}

/// The sums of squares along `axes`, accumulated in `f64` and rounded once; 0 for no elements.
///
/// # Errors
/// If there is no memory for the result, or its place has another shape.
pub fn sum_squares<T: Float, P: Place<T>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    place: P,
) -> Result<P::Filled> {
    let write = |parts: &Parts, b: &dyn Backend, out: *mut T| {
        let squares = Deviations::new(&[], b);
        // SAFETY: there is room for every result.
        unsafe { finish(x, parts, T::kernels(b), &squares, |sums: &mut [f64], to| cast(sums, to, b), out) }
    };
    // SAFETY: every result is written.
    unsafe { results("sum_squares", x, axes, keep_dims, place, write) }
}

/// The sum of the squares of all elements; see [`sum_squares`].
///
/// # Errors
/// If there is no backend.
pub fn sum_squares_all<T: Float>(x: &View<'_, T>) -> Result<T> {
    backend::try_current(|b| T::from_f64(reduce_all(x, T::kernels(b), &Deviations::new(&[], b))))
}

/// The mean of all elements; see [`mean`]. Allocates nothing up to rank five.
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

/// Writes variances, or their square roots, of `n` degrees of freedom.
///
/// # Safety
/// There is room for every result at `out`, which nobody else touches.
unsafe fn spread<T: Real>(
    x: &View<'_, T>,
    parts: &Parts,
    n: f64,
    root: bool,
    b: &dyn Backend,
    out: *mut T::Mean,
) -> Result<()> {
    let lane = &parts.reduced;
    let elements = lane.len() as f64;
    let (k, sum) = (T::kernels(b), InF64::new(b));
    let done = |sums: &mut [f64], to: *mut T::Mean| {
        divide_all(sums, n, b);
        if root {
            Out::with_init(sums, |out| {
                let _ = b.f64().unary(Unary::Sqrt, Operand::Out, out);
            });
        }
        cast(sums, to, b);
    };
    if are_many(parts) {
        // Both passes over one tile after the other.
        let (to, rows) = (Target::new(out), 0..lane.len());
        tiles(x, parts, |data, output, len| {
            let (mut means, mut sums) = (Tile::new(), Tile::new());
            // SAFETY: columns of `x`, and room for their results.
            unsafe {
                let columns = Columns::new(parts, k, &sum);
                let means = means.filled(len, |tile| columns.fold(data, rows.clone(), 0, tile, len));
                divide_all(means, elements, b);
                let deviations = Deviations::new(means, b);
                let columns = Columns::new(parts, k, &deviations);
                let sums = sums.filled(len, |tile| columns.fold(data, rows.clone(), 0, tile, len));
                done(sums, to.at(output));
            }
        });
        return Ok(());
    }
    if !parts.columns && !is_narrow(parts) && lane.len() <= CHUNK && matches!(lane.strides(), [] | [1]) {
        // SAFETY: the caller's.
        return unsafe { finish(x, parts, k, &Spread { sum }, done, out) };
    }
    let mut means = Uninit::<f64>::new(parts.out.clone())?;
    let mean = |sums: &mut [f64], to| {
        divide_all(sums, elements, b);
        cast(sums, to, b);
    };
    // SAFETY: there is room for every mean, and then every one has been written; the caller's for the results.
    unsafe {
        finish(x, parts, k, &sum, mean, means.as_mut_ptr())?;
        let means = means.assume_init();
        let means: View<'_, f64> = means.view();
        let centers = means.as_dense_slice().expect("results have no gaps");
        finish(x, parts, k, &Deviations::new(centers, b), done, out)
    }
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
/// If there is no memory for the result, or its place has another shape.
pub fn var<T: Real, P: Place<T::Mean>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    ddof: f64,
    place: P,
) -> Result<P::Filled> {
    let n = degrees(count(x.shape(), axes), ddof);
    // SAFETY: every result is written, for which there is room.
    unsafe { results("var", x, axes, keep_dims, place, |parts, b, out| spread(x, parts, n, false, b, out)) }
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
/// If there is no memory for the result, or its place has another shape.
pub fn std<T: Real, P: Place<T::Mean>>(
    x: &View<'_, T>,
    axes: &[usize],
    keep_dims: bool,
    ddof: f64,
    place: P,
) -> Result<P::Filled> {
    let n = degrees(count(x.shape(), axes), ddof);
    // SAFETY: every result is written, for which there is room.
    unsafe { results("std", x, axes, keep_dims, place, |parts, b, out| spread(x, parts, n, true, b, out)) }
}

/// The standard deviation of all elements; see [`std()`].
///
/// # Errors
/// If there is no backend.
#[inline]
pub fn std_all<T: Real>(x: &View<'_, T>, ddof: f64) -> Result<T::Mean> {
    Ok(divide_to((deviations_all(x)? / degrees(x.len() as f64, ddof)).sqrt()))
}
