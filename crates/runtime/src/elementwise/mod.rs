//! Elementwise drivers: operations on arrays of any shapes that broadcast, of any strides, with threads.
//!
//! Each family has two forms. One returns a new array, in the memory of an operand that was given away where that
//! fits; the other, `…_to`, writes to given elements. The layout of a new array follows from the operands' layouts
//! alone ([`Layout::like`]).

mod copy;
mod run;
pub mod small;

pub use copy::{cast, cast_to, contiguous, copy, copy_to, fill};

use crate::plan::{Packing, Plan};
use crate::{backend, cost, reduce};
use isonum_core::operand::Operand;
use isonum_core::registry::{Binary, Compare, Predicate, Ternary, Unary};
use isonum_core::{
    Backend, DType, Element, Error, Given, Kernels, Layout, Result, Storage, Uninit, View, ViewMut,
    broadcast_shapes,
};
use run::{Operation, Source, Target, Write, operand, with_out};

/// `op(x)` for each element.
///
/// # Errors
/// If there is no memory for the result.
#[inline]
pub fn unary<T: Element>(op: Unary, x: Given<'_, T>) -> Result<Storage<T>> {
    // SAFETY: the kernel fills its output.
    unsafe { produce(op.name(), [x], |sources, out| run_unary(op, sources, out)) }
}

/// `out = op(x)` for each element; `x` broadcasts to `out`, and `None` stands for `out` itself.
///
/// # Errors
/// If `x` does not broadcast to `out`.
#[inline]
pub fn unary_to<T: Element>(op: Unary, x: Option<&View<'_, T>>, mut out: ViewMut<'_, T>) -> Result<()> {
    let sources = sources([x], out.layout())?;
    run_unary(op, sources, target(&mut out))
}

fn run_unary<T: Element>(op: Unary, sources: [Option<Source<'_, T>>; 1], out: Target<'_, T>) -> Result<()> {
    with_kernels(|kernels: &dyn Kernels<T>| {
        let operation = Operation {
            inputs: kernels,
            outputs: kernels,
            ns: cost::unary::<T>(op),
            kernel: &|[x], out| kernels.unary(op, x, out),
        };
        // SAFETY: callers made sources and target from arrays that broadcast and are not written meanwhile.
        unsafe { operation.run::<2>(sources, out) }
    })
}

/// `op(a, b)` for each pair of elements of arrays that broadcast.
///
/// # Errors
/// If the shapes do not broadcast, an integer is divided by zero or has a negative exponent, or there is no memory for the
/// result.
#[inline]
pub fn binary<T: Element>(op: Binary, a: Given<'_, T>, b: Given<'_, T>) -> Result<Storage<T>> {
    check_second(op, || b.view())?;
    // SAFETY: the kernel fills its output.
    unsafe { produce(op.name(), [a, b], |sources, out| run_binary(op, sources, out)) }
}

/// `out = op(a, b)`; operands broadcast to `out`, and `None` stands for `out` itself.
///
/// # Errors
/// If an operand does not broadcast to `out`, or an integer is divided by zero or has a negative exponent.
#[inline]
pub fn binary_to<T: Element>(
    op: Binary,
    a: Option<&View<'_, T>>,
    b: Option<&View<'_, T>>,
    mut out: ViewMut<'_, T>,
) -> Result<()> {
    let sources = sources([a, b], out.layout())?;
    check_second(op, || b.map_or_else(|| out.view(), View::clone))?;
    run_binary(op, sources, target(&mut out))
}

fn run_binary<T: Element>(op: Binary, sources: [Option<Source<'_, T>>; 2], out: Target<'_, T>) -> Result<()> {
    with_kernels(|kernels: &dyn Kernels<T>| {
        let operation = Operation {
            inputs: kernels,
            outputs: kernels,
            ns: cost::binary::<T>(op),
            kernel: &|[a, b], out| kernels.binary(op, a, b, out),
        };
        // SAFETY: as for unary operations.
        unsafe { operation.run::<3>(sources, out) }
    })
}

/// Whether an operation may fail for the values of its operands: integers cannot be divided by zero and have no negative
/// powers.
#[inline(always)]
pub fn may_fail<T: Element>(op: Binary) -> bool {
    let signed = matches!(T::DTYPE, DType::I8 | DType::I16 | DType::I32 | DType::I64);
    let integer = signed || matches!(T::DTYPE, DType::U8 | DType::U16 | DType::U32 | DType::U64);
    op.divides() && integer || op == Binary::Power && signed
}

/// That no element of the second operand makes the operation fail: an error before anything is written.
#[inline(always)]
fn check_second<'a, T: Element>(op: Binary, second: impl FnOnce() -> View<'a, T>) -> Result<()> {
    if may_fail::<T>(op) {
        let second = second();
        return if op == Binary::Power { exponents(op, second) } else { divisors(op, &second) };
    }
    #[cold]
    fn exponents<T: Element>(op: Binary, exponents: View<'_, T>) -> Result<()> {
        let negative = predicate(Predicate::SignBit, Given::View(exponents))?;
        if reduce::any_of(&negative.view())? { Err(Error::negative_exponent(op.name())) } else { Ok(()) }
    }
    #[cold]
    fn divisors<T: Element>(op: Binary, divisor: &View<'_, T>) -> Result<()> {
        if reduce::all_of(divisor)? { Ok(()) } else { Err(Error::division_by_zero(op.name())) }
    }
    Ok(())
}

/// `op(a, b, c)` for each three elements of arrays that broadcast.
///
/// # Errors
/// If the shapes do not broadcast, or there is no memory for the result.
#[inline]
pub fn ternary<T: Element>(
    op: Ternary,
    a: Given<'_, T>,
    b: Given<'_, T>,
    c: Given<'_, T>,
) -> Result<Storage<T>> {
    // SAFETY: the kernel fills its output.
    unsafe { produce(op.name(), [a, b, c], |sources, out| run_ternary(op, sources, out)) }
}

/// `out = op(a, b, c)`; operands broadcast to `out`, and `None` stands for `out` itself.
///
/// # Errors
/// If an operand does not broadcast to `out`.
#[inline]
pub fn ternary_to<T: Element>(
    op: Ternary,
    a: Option<&View<'_, T>>,
    b: Option<&View<'_, T>>,
    c: Option<&View<'_, T>>,
    mut out: ViewMut<'_, T>,
) -> Result<()> {
    let sources = sources([a, b, c], out.layout())?;
    run_ternary(op, sources, target(&mut out))
}

fn run_ternary<T: Element>(
    op: Ternary,
    sources: [Option<Source<'_, T>>; 3],
    out: Target<'_, T>,
) -> Result<()> {
    with_kernels(|kernels: &dyn Kernels<T>| {
        let operation = Operation {
            inputs: kernels,
            outputs: kernels,
            ns: cost::moves::<T>(4),
            kernel: &|[a, b, c], out| kernels.ternary(op, a, b, c, out),
        };
        // SAFETY: as for unary operations.
        unsafe { operation.run::<4>(sources, out) }
    })
}

/// `op(a, b)` for each pair of elements of arrays that broadcast.
///
/// # Errors
/// If the shapes do not broadcast, or there is no memory for the result.
#[inline]
pub fn compare<T: Element>(op: Compare, a: Given<'_, T>, b: Given<'_, T>) -> Result<Storage<bool>> {
    // SAFETY: the kernel fills its output.
    unsafe { produce_new(op.name(), [a, b], |sources, out| run_compare(op, sources, out)) }
}

/// `out = op(a, b)`; operands broadcast to `out`.
///
/// # Errors
/// If an operand does not broadcast to `out`.
#[inline]
pub fn compare_to<T: Element>(
    op: Compare,
    a: &View<'_, T>,
    b: &View<'_, T>,
    mut out: ViewMut<'_, bool>,
) -> Result<()> {
    let sources = sources([Some(a), Some(b)], out.layout())?;
    run_compare(op, sources, target(&mut out))
}

fn run_compare<T: Element>(
    op: Compare,
    sources: [Option<Source<'_, T>>; 2],
    out: Target<'_, bool>,
) -> Result<()> {
    backend::try_current(|backend| {
        let kernels = T::kernels(backend);
        let operation = Operation {
            inputs: kernels,
            outputs: backend.bool(),
            ns: cost::moves::<T>(2),
            kernel: &|[a, b], out| kernels.compare(op, a, b, out),
        };
        // SAFETY: as for unary operations.
        unsafe { operation.run::<3>(sources, out) }
    })
}

/// `op(x)` for each element.
///
/// # Errors
/// If there is no memory for the result.
#[inline]
pub fn predicate<T: Element>(op: Predicate, x: Given<'_, T>) -> Result<Storage<bool>> {
    // SAFETY: the kernel fills its output.
    unsafe { produce_new(op.name(), [x], |sources, out| run_predicate(op, sources, out)) }
}

/// `out = op(x)` for each element; `x` broadcasts to `out`.
///
/// # Errors
/// If `x` does not broadcast to `out`.
#[inline]
pub fn predicate_to<T: Element>(op: Predicate, x: &View<'_, T>, mut out: ViewMut<'_, bool>) -> Result<()> {
    let sources = sources([Some(x)], out.layout())?;
    run_predicate(op, sources, target(&mut out))
}

fn run_predicate<T: Element>(
    op: Predicate,
    sources: [Option<Source<'_, T>>; 1],
    out: Target<'_, bool>,
) -> Result<()> {
    backend::try_current(|backend| {
        let kernels = T::kernels(backend);
        let operation = Operation {
            inputs: kernels,
            outputs: backend.bool(),
            ns: cost::moves::<T>(1),
            kernel: &|[x], out| kernels.predicate(op, x, out),
        };
        // SAFETY: as for unary operations.
        unsafe { operation.run::<2>(sources, out) }
    })
}

/// `yes` where `condition`, else `no`, for each three elements of arrays that broadcast.
///
/// # Errors
/// If the shapes do not broadcast, or there is no memory for the result.
pub fn select<T: Element>(
    condition: Given<'_, bool>,
    yes: Given<'_, T>,
    no: Given<'_, T>,
) -> Result<Storage<T>> {
    let shape = broadcast_shapes("where", &[condition.shape(), yes.shape(), no.shape()])?;
    let layout = Layout::like(&[yes.layout(), no.layout(), condition.layout()], &shape)?;
    let mut out = Uninit::new(checked::<T>(layout)?)?;
    let pointer = out.as_mut_ptr();
    let target = Target { pointer, layout: out.layout() };
    run_select(source(&condition), [Some(source(&yes)), Some(source(&no))], target)?;
    // SAFETY: the kernel has filled it.
    Ok(unsafe { out.assume_init() })
}

/// `out = yes` where `condition`, else `no`; operands broadcast to `out`, and `None` stands for `out` itself.
///
/// # Errors
/// If an operand does not broadcast to `out`.
pub fn select_to<T: Element>(
    condition: &View<'_, bool>,
    yes: Option<&View<'_, T>>,
    no: Option<&View<'_, T>>,
    mut out: ViewMut<'_, T>,
) -> Result<()> {
    let [Some(condition)] = sources([Some(condition)], out.layout())? else { unreachable!() };
    let sources = sources([yes, no], out.layout())?;
    run_select(condition, sources, target(&mut out))
}

fn run_select<T: Element>(
    condition: Source<'_, bool>,
    [yes, no]: [Option<Source<'_, T>>; 2],
    out: Target<'_, T>,
) -> Result<()> {
    backend::try_current(|backend| {
        let (kernels, bools) = (T::kernels(backend), backend.bool());
        let [second, third] = [yes, no].map(|source| source.map_or(out.layout, |source| source.layout));
        let layouts = [out.layout, condition.layout, second, third];
        let Some(plan) = Plan::new(layouts) else { return };
        let ns = cost::moves::<T>(3);
        // The closure takes the sources whole, which may cross threads, not their pointers.
        let (condition, yes, no, out) = (&condition, &yes, &no, &out);
        plan.run(size_of::<T>(), Some(Packing::Near), ns, &|tile, [a, b, c, d]| {
            // SAFETY: the plan's tiles are inside of the arrays, and no other call has this one.
            unsafe {
                let pick = |source: &Option<Source<'_, T>>, k, scratch| match source {
                    Some(source) => operand(kernels, source.pointer, tile, k, scratch),
                    None => Operand::Out,
                };
                let condition = operand(bools, condition.pointer, tile, 1, b);
                let how = Write { in_place: yes.is_none() || no.is_none(), streams: false };
                let (yes, no) = (pick(yes, 2, c), pick(no, 3, d));
                with_out(kernels, out.pointer, tile, a, how, |out| kernels.select(condition, yes, no, out));
            }
        });
    })
}

#[inline(always)]
fn with_kernels<T: Element, R>(f: impl FnOnce(&dyn Kernels<T>) -> R) -> Result<R> {
    backend::try_current(|backend: &dyn Backend| f(T::kernels(backend)))
}

fn source<'a, T>(x: &'a Given<'_, T>) -> Source<'a, T> {
    Source { pointer: x.as_ptr(), layout: x.layout() }
}

fn target<'a, T>(out: &'a mut ViewMut<'_, T>) -> Target<'a, T> {
    Target { pointer: out.as_mut_ptr(), layout: out.layout() }
}

/// Operands that must broadcast to `out`.
fn sources<'a, T, const N: usize>(
    views: [Option<&'a View<'_, T>>; N],
    out: &Layout,
) -> Result<[Option<Source<'a, T>>; N]> {
    for view in views.iter().flatten() {
        if view.shape() != out.shape() {
            view.layout().broadcast_to(out.shape())?;
        }
    }
    Ok(views.map(|view| view.map(|view| Source { pointer: view.as_ptr(), layout: view.layout() })))
}

/// The layout of a new result.
#[inline]
fn result_layout<T>(operation: &'static str, layouts: &[&Layout]) -> Result<Layout> {
    let shapes: [&[usize]; 3] =
        std::array::from_fn(|k| layouts.get(k).map_or(&[][..], |layout| layout.shape()));
    let shape = broadcast_shapes(operation, &shapes[..layouts.len()])?;
    checked::<T>(Layout::like(layouts, &shape)?)
}

/// The layout, if its elements can be addressed.
#[inline]
fn checked<T>(layout: Layout) -> Result<Layout> {
    match layout.len().checked_mul(size_of::<T>()) {
        Some(bytes) if bytes <= isize::MAX as usize => Ok(layout),
        _ => Err(Error::size_overflow(layout.shape())),
    }
}

/// A new array for the result of an operation on `operands`, or the memory of one of them that was given away.
///
/// # Safety
/// Where `fill` succeeds, it has written every element of its target.
#[inline]
unsafe fn produce<T: Element, const N: usize>(
    operation: &'static str,
    mut operands: [Given<'_, T>; N],
    fill: impl FnOnce([Option<Source<'_, T>>; N], Target<'_, T>) -> Result<()>,
) -> Result<Storage<T>> {
    let layout = result_layout::<T>(operation, &operands.each_ref().map(Given::layout))?;
    let reused = operands.iter().position(|x| matches!(x, Given::Owned(array) if array.reuse_for(&layout)));
    if let Some(reused) = reused {
        let taken = std::mem::replace(&mut operands[reused], Given::View(View::from_slice(&[])));
        let Given::Owned(mut array) = taken else { unreachable!() };
        let sources = std::array::from_fn(|k| (k != reused).then(|| source(&operands[k])));
        let mut out = array.view_mut()?;
        fill(sources, target(&mut out))?;
        return Ok(array);
    }
    // SAFETY: the caller's.
    unsafe { fill_new(layout, &operands, fill) }
}

/// A new array for the result of an operation on `operands`, whose elements are of another type.
///
/// # Safety
/// As for [`produce`].
#[inline]
unsafe fn produce_new<T: Element, U: Element, const N: usize>(
    operation: &'static str,
    operands: [Given<'_, T>; N],
    fill: impl FnOnce([Option<Source<'_, T>>; N], Target<'_, U>) -> Result<()>,
) -> Result<Storage<U>> {
    let layout = result_layout::<U>(operation, &operands.each_ref().map(Given::layout))?;
    // SAFETY: the caller's.
    unsafe { fill_new(layout, &operands, fill) }
}

/// # Safety
/// As for [`produce`].
#[inline]
unsafe fn fill_new<T: Element, U: Element, const N: usize>(
    layout: Layout,
    operands: &[Given<'_, T>; N],
    fill: impl FnOnce([Option<Source<'_, T>>; N], Target<'_, U>) -> Result<()>,
) -> Result<Storage<U>> {
    let mut out = Uninit::new(layout)?;
    let pointer = out.as_mut_ptr();
    fill(operands.each_ref().map(|x| Some(source(x))), Target { pointer, layout: out.layout() })?;
    // SAFETY: the caller's.
    Ok(unsafe { out.assume_init() })
}
