//! Comparisons and predicates, selection by truth values, and counting.

use crate::elementwise::{self, Constant, Kind, Source, check_fits, constant, kind, memory};
use crate::ops::{CompareLanes, PredicateLanes, bytes_out};
use crate::plain::check_operand;
use crate::reg::{Mask, Reg};
use crate::simd::{Lane, Simd};
use isonum_core::Element;
use isonum_core::operand::{Filled, Operand, Out};
use std::marker::PhantomData;

/// The most lanes that any set has.
const MOST_LANES: usize = 64;

/// `out = F(a, b)`.
#[inline(always)]
pub fn compare<'o, T: Lane, S: Simd<T>, F: CompareLanes<T, S>>(
    isa: S,
    a: Operand<'_, T>,
    b: Operand<'_, T>,
    mut out: Out<'o, bool>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_operand(&a, rows, len);
    check_operand(&b, rows, len);
    check_fits(out.is_rows(), rows, len);
    for r in 0..rows {
        let to = out.pointer(r).cast::<u8>();
        let none = std::ptr::null();
        // SAFETY: operands and output have `len` elements in row `r`; masks are written as 0 and 1.
        unsafe {
            match (kind(&a), kind(&b)) {
                (Kind::Memory, Kind::Memory) => {
                    row::<T, S, F, _, _>(isa, memory(&a, r, none), memory(&b, r, none), to, len)
                }
                (Kind::Memory, Kind::Constant) => {
                    row::<T, S, F, _, _>(isa, memory(&a, r, none), Constant(constant(&b, r)), to, len)
                }
                (Kind::Constant, Kind::Memory) => {
                    row::<T, S, F, _, _>(isa, Constant(constant(&a, r)), memory(&b, r, none), to, len)
                }
                (Kind::Constant, Kind::Constant) => {
                    let (x, y) = (Constant(constant(&a, r)), Constant(constant(&b, r)));
                    row::<T, S, F, _, _>(isa, x, y, to, len)
                }
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = F(x)`.
#[inline(always)]
pub fn predicate<'o, T: Lane, S: Simd<T>, F: PredicateLanes<T, S>>(
    isa: S,
    x: Operand<'_, T>,
    out: Out<'o, bool>,
) -> Filled<'o> {
    compare::<T, S, OfFirst<F>>(isa, x, Operand::Scalar(T::ZERO), out)
}

/// A predicate as a comparison that does not look at its second operand.
struct OfFirst<F>(PhantomData<F>);

impl<T: Lane, S: Simd<T>, F: PredicateLanes<T, S>> CompareLanes<T, S> for OfFirst<F> {
    #[inline(always)]
    fn apply(x: Reg<T, S>, _: Reg<T, S>) -> Mask<T, S> {
        F::apply(x)
    }
}

/// `out = value`, whatever `x` is.
#[inline(always)]
pub fn always<'o, T: Element, S: Simd<u8>>(
    isa: S,
    value: bool,
    x: Operand<'_, T>,
    out: Out<'o, bool>,
) -> Filled<'o> {
    check_operand(&x, out.rows(), out.len());
    check_fits(out.is_rows(), out.rows(), out.len());
    // SAFETY: zeros or ones are written.
    elementwise::fill::<u8, S>(isa, value.into(), unsafe { bytes_out(out) })
}

/// Writes the masks of one row.
///
/// # Safety
/// `a`, `b` and `out` have `len` elements; nobody else touches those of `out`.
#[inline(always)]
unsafe fn row<T: Lane, S: Simd<T>, F: CompareLanes<T, S>, A: Source<T, S>, B: Source<T, S>>(
    isa: S,
    a: A,
    b: B,
    to: *mut u8,
    len: usize,
) {
    let mut i = 0;
    // SAFETY: `i + LANES <= len` in the loop; the tail goes through memory of its own.
    unsafe {
        while S::LANES > 1 && i + 4 * S::LANES <= len {
            // Written out: a closure may not be inlined, nor what it calls.
            let (j, k, l) = (i + S::LANES, i + 2 * S::LANES, i + 3 * S::LANES);
            let [first, second] =
                [F::apply(a.full(isa, i), b.full(isa, i)), F::apply(a.full(isa, j), b.full(isa, j))];
            let [third, fourth] =
                [F::apply(a.full(isa, k), b.full(isa, k)), F::apply(a.full(isa, l), b.full(isa, l))];
            let masks = [first.raw, second.raw, third.raw, fourth.raw];
            isa.store_masks(to.add(i), masks);
            i += 4 * S::LANES;
        }
        while i + S::LANES <= len {
            isa.store_mask(to.add(i), F::apply(a.full(isa, i), b.full(isa, i)).raw);
            i += S::LANES;
        }
        if S::LANES > 1 && i < len {
            let n = len - i;
            let mut tail = [0u8; MOST_LANES];
            isa.store_mask(tail.as_mut_ptr(), F::apply(a.part(isa, i, n), b.part(isa, i, n)).raw);
            std::ptr::copy_nonoverlapping(tail.as_ptr(), to.add(i), n);
        }
    }
}

/// `out = yes` where `condition`, else `no`.
#[inline(always)]
pub fn select<'o, T: Lane, S: Simd<T>>(
    isa: S,
    condition: Operand<'_, bool>,
    yes: Operand<'_, T>,
    no: Operand<'_, T>,
    mut out: Out<'o, T>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_operand(&condition, rows, len);
    check_fits(yes.fits(rows, len) && no.fits(rows, len) && out.is_rows(), rows, len);
    for r in 0..rows {
        let to = out.pointer(r);
        let spread;
        let (c, dc) = match kind(&condition) {
            Kind::Memory => (memory(&condition, r, std::ptr::null()).0.cast::<u8>(), 1),
            Kind::Constant => {
                spread = [constant(&condition, r) as u8; MOST_LANES];
                (spread.as_ptr(), 0)
            }
        };
        // SAFETY: operands and output have `len` elements in row `r`; a constant has as many as any set has lanes.
        unsafe {
            match (kind(&yes), kind(&no)) {
                (Kind::Memory, Kind::Memory) => {
                    select_row::<T, S, _, _>(isa, (c, dc), memory(&yes, r, to), memory(&no, r, to), to, len)
                }
                (Kind::Memory, Kind::Constant) => {
                    let y = Constant(constant(&no, r));
                    select_row::<T, S, _, _>(isa, (c, dc), memory(&yes, r, to), y, to, len)
                }
                (Kind::Constant, Kind::Memory) => {
                    let x = Constant(constant(&yes, r));
                    select_row::<T, S, _, _>(isa, (c, dc), x, memory(&no, r, to), to, len)
                }
                (Kind::Constant, Kind::Constant) => {
                    let (x, y) = (Constant(constant(&yes, r)), Constant(constant(&no, r)));
                    select_row::<T, S, _, _>(isa, (c, dc), x, y, to, len)
                }
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// Selects one row; the condition advances by `step` bytes an element.
///
/// # Safety
/// The condition, `yes`, `no` and `out` have `len` elements; nobody else touches those of `out`.
#[inline(always)]
pub(crate) unsafe fn select_row<T: Lane, S: Simd<T>, A: Source<T, S>, B: Source<T, S>>(
    isa: S,
    (condition, step): (*const u8, usize),
    yes: A,
    no: B,
    to: *mut T,
    len: usize,
) {
    let mut i = 0;
    // SAFETY: `i + LANES <= len` in the loop; the condition's tail goes through memory of its own.
    unsafe {
        while i + S::LANES <= len {
            let mask = Mask::from_raw(isa, isa.load_mask(condition.add(i * step)));
            mask.select(yes.full(isa, i), no.full(isa, i)).store(to.add(i));
            i += S::LANES;
        }
        if S::LANES > 1 && i < len {
            let n = len - i;
            let mut tail = [0u8; MOST_LANES];
            std::ptr::copy_nonoverlapping(condition.add(i * step), tail.as_mut_ptr(), n);
            let mask = Mask::from_raw(isa, isa.load_mask(tail.as_ptr()));
            mask.select(yes.part(isa, i, n), no.part(isa, i, n)).store_partial(to.add(i), n);
        }
    }
}

/// The number of elements that are not zero.
#[inline(always)]
pub fn count_nonzero<T: Lane, S: Simd<T>>(isa: S, x: &[T]) -> usize {
    if size_of::<T>() == 8 && S::LANES == 4 {
        // For four lanes, adding masks, as the compiler does, is faster than counting bits: .086 and .139 ns an element.
        let mut zeros = 0;
        for &x in x {
            zeros += usize::from(x == T::ZERO);
        }
        return x.len() - zeros;
    }
    let zero = Reg::splat(isa, T::ZERO);
    let (mut i, mut zeros) = (0, 0);
    // SAFETY: `i + LANES <= len` in the loop; lanes behind the tail are zeros and not counted as elements.
    unsafe {
        while i + S::LANES <= x.len() {
            zeros += Reg::load(isa, x.as_ptr().add(i)).eq(zero).count_true();
            i += S::LANES;
        }
        if S::LANES > 1 && i < x.len() {
            let n = x.len() - i;
            let tail = Reg::load_partial(isa, x.as_ptr().add(i), n);
            zeros += tail.eq(zero).count_true() - (S::LANES - n);
        }
    }
    x.len() - zeros
}

/// Whether any element is not zero; stops at the first.
#[inline(always)]
pub fn any<T: Lane, S: Simd<T>>(isa: S, x: &[T]) -> bool {
    let zero = Reg::splat(isa, T::ZERO);
    let mut i = 0;
    // SAFETY: `i + LANES <= len` in the loop; lanes behind the tail are zeros.
    unsafe {
        while i + S::LANES <= x.len() {
            if !Reg::load(isa, x.as_ptr().add(i)).eq(zero).all() {
                return true;
            }
            i += S::LANES;
        }
        S::LANES > 1 && i < x.len() && !Reg::load_partial(isa, x.as_ptr().add(i), x.len() - i).eq(zero).all()
    }
}

/// Whether all elements are not zero; stops at the first that is.
#[inline(always)]
pub fn all<T: Lane, S: Simd<T>>(isa: S, x: &[T]) -> bool {
    let zero = Reg::splat(isa, T::ZERO);
    let mut i = 0;
    // SAFETY: `i + LANES <= len` in the loop; of the tail's zeros, those behind it are taken off.
    unsafe {
        while i + S::LANES <= x.len() {
            if Reg::load(isa, x.as_ptr().add(i)).eq(zero).any() {
                return false;
            }
            i += S::LANES;
        }
        if S::LANES > 1 && i < x.len() {
            let n = x.len() - i;
            return Reg::load_partial(isa, x.as_ptr().add(i), n).eq(zero).count_true() == S::LANES - n;
        }
    }
    true
}
