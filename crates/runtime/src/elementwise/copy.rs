//! Moving elements: copies, conversions, fills.

use super::run::{Source, Target, Write, operand, with_out};
use super::{checked, source, sources, target, with_kernels};
use crate::plan::{Packing, Plan};
use crate::{backend, cost, threads};
use isonum_core::operand::{Grid, Operand, Out, Rows};
use isonum_core::{Element, Given, Layout, Result, Storage, Uninit, View, ViewMut};

/// `out = x`; `x` broadcasts to `out`.
///
/// # Errors
/// If it does not.
pub fn copy_to<T: Element>(x: &View<'_, T>, mut out: ViewMut<'_, T>) -> Result<()> {
    let [Some(x)] = sources([Some(x)], out.layout())? else { unreachable!() };
    run_copy(x, target(&mut out))
}

/// A copy without gaps that keeps the order of the axes in memory ([`Layout::like`]).
///
/// # Errors
/// If there is no memory for it.
pub fn copy<T: Element>(x: &View<'_, T>) -> Result<Storage<T>> {
    copy_as(x, Layout::like(&[x.layout()], x.shape())?)
}

/// A copy in C order.
///
/// # Errors
/// If there is no memory for it.
pub fn contiguous<T: Element>(x: &View<'_, T>) -> Result<Storage<T>> {
    copy_as(x, Layout::contiguous(x.shape())?)
}

fn copy_as<T: Element>(x: &View<'_, T>, layout: Layout) -> Result<Storage<T>> {
    let mut out = Uninit::new(checked::<T>(layout)?)?;
    let pointer = out.as_mut_ptr();
    run_copy(Source { pointer: x.as_ptr(), layout: x.layout() }, Target { pointer, layout: out.layout() })?;
    // SAFETY: just filled.
    Ok(unsafe { out.assume_init() })
}

fn run_copy<T: Element>(x: Source<'_, T>, out: Target<'_, T>) -> Result<()> {
    with_kernels(|kernels: &dyn isonum_core::Kernels<T>| {
        let Some(plan) = Plan::new([out.layout, x.layout]) else { return };
        let (x, out) = (&x, &out);
        plan.run(size_of::<T>(), None, cost::moves::<T>(2), &|tile, _| {
            // SAFETY: the plan's tiles are inside of the arrays, and no other call has this one.
            unsafe {
                let from = x.pointer.wrapping_offset(tile.start[1]);
                let to = out.pointer.wrapping_offset(tile.start[0]);
                let _filled = kernels.copy(
                    Grid::from_raw(from, tile.rows, tile.len, tile.row_strides[1], tile.strides[1]),
                    Out::from_raw_grid(to, tile.rows, tile.len, tile.row_strides[0], tile.strides[0]),
                );
            }
        });
    })
}

/// `out = value`.
///
/// # Errors
/// If `ISONUM_BACKEND` names a backend that is not there.
pub fn fill<T: Element>(out: ViewMut<'_, T>, value: T) -> Result<()> {
    match out.layout().is_dense() {
        true => {
            let slice = out.into_dense_slice().expect("just asked");
            let (first, len) = (crate::reduce::Target::new(slice.as_mut_ptr()), slice.len());
            with_kernels(|kernels: &dyn isonum_core::Kernels<T>| {
                let streams = cost::streams(len * size_of::<T>());
                threads::split(len, 4096, cost::moves::<T>(1), |range| {
                    // SAFETY: the range is inside of the slice, and no other call has it.
                    let out = unsafe { Out::from_raw(first.at(range.start), 1, range.len(), 0) };
                    let _filled = kernels.fill(value, out.streaming(streams));
                });
            })
        }
        false => copy_to(&View::from_scalar(&value), out),
    }
}

/// The elements converted to `U`, as Rust's `as` does: floats to integers cut and saturate, NaN gives 0, anything
/// to `bool` asks whether it differs from zero, complex to real drops the imaginary part.
///
/// # Errors
/// If there is no memory for the result.
pub fn cast<T: Element, U: Element>(x: Given<'_, T>) -> Result<Storage<U>> {
    let layout = Layout::like(&[x.layout()], x.shape())?;
    let mut out = Uninit::new(checked::<U>(layout)?)?;
    let pointer = out.as_mut_ptr();
    run_cast(source(&x), Target { pointer, layout: out.layout() })?;
    // SAFETY: just filled.
    Ok(unsafe { out.assume_init() })
}

/// `out = x`, converted; `x` broadcasts to `out`.
///
/// # Errors
/// If it does not.
pub fn cast_to<T: Element, U: Element>(x: &View<'_, T>, mut out: ViewMut<'_, U>) -> Result<()> {
    let [Some(x)] = sources([Some(x)], out.layout())? else { unreachable!() };
    run_cast(x, target(&mut out))
}

fn run_cast<T: Element, U: Element>(x: Source<'_, T>, out: Target<'_, U>) -> Result<()> {
    backend::try_current(|backend| {
        let (from, to) = (T::kernels(backend), U::kernels(backend));
        let Some(plan) = Plan::new([out.layout, x.layout]) else { return };
        let (x, out) = (&x, &out);
        let ns = cost::moves::<T>(1) + cost::moves::<U>(1);
        plan.run(size_of::<T>().max(size_of::<U>()), Some(Packing::Near), ns, &|tile, [a, b]| {
            // SAFETY: the plan's tiles are inside of the arrays, and no other call has this one.
            unsafe {
                let rows = match operand(from, x.pointer, tile, 1, b) {
                    Operand::Slice(rows) => rows,
                    // One value for the tile or for each row: the conversion of a row of it, repeated.
                    Operand::Column(_) | Operand::Scalar(_) | Operand::Out => {
                        return repeat(from, to, x.pointer, out.pointer, tile);
                    }
                };
                with_out(to, out.pointer, tile, a, Write::default(), |out| from.cast(rows, U::any_out(out)));
            }
        });
    })
}

/// A tile whose rows repeat one element each: converts that and copies it along the row.
///
/// # Safety
/// As for [`operand`] and [`with_out`].
unsafe fn repeat<T: Element, U: Element>(
    from: &dyn isonum_core::Kernels<T>,
    to: &dyn isonum_core::Kernels<U>,
    x: *const T,
    out: *mut U,
    tile: &crate::plan::Tile<2>,
) {
    for r in 0..tile.rows as isize {
        // SAFETY: the caller's; the value is written before it is read.
        unsafe {
            let x = x.wrapping_offset(tile.start[1] + r * tile.row_strides[1]);
            let p = out.wrapping_offset(tile.start[0] + r * tile.row_strides[0]);
            let mut value = U::ZERO;
            let _filled =
                from.cast(Rows::from_raw(x, 1, 1, 0), U::any_out(Out::from_raw(&raw mut value, 1, 1, 0)));
            let _filled = to.copy(
                Grid::from_raw(&raw const value, 1, tile.len, 0, 0),
                Out::from_raw_grid(p, 1, tile.len, 0, tile.strides[0]),
            );
        }
    }
}
