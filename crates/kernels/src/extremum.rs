//! The largest and the smallest: values and indices.

use crate::fold::Walk;
use crate::reg::Reg;
use crate::simd::{Lane, Simd};
use isonum_core::backend::{Extremum, LANE_BYTES, block_len};
use isonum_core::operand::{Filled, Input, Out, Rows};
use std::mem::MaybeUninit;

/// Which end, at compile time.
pub trait End {
    /// The same as a value.
    const END: Extremum;
    /// `b` where it is further to this end than `a`, else `a`.
    fn further<T: Lane, S: Simd<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>;
}

/// The largest.
pub struct Max;
/// The smallest.
pub struct Min;

impl End for Max {
    const END: Extremum = Extremum::Max;
    #[inline(always)]
    fn further<T: Lane, S: Simd<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        a.larger(b)
    }
}
impl End for Min {
    const END: Extremum = Extremum::Min;
    #[inline(always)]
    fn further<T: Lane, S: Simd<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        a.smaller(b)
    }
}

/// A virtual vector in memory.
struct Row([MaybeUninit<u8>; LANE_BYTES]);

impl Row {
    /// The registers of a virtual vector.
    #[inline(always)]
    fn of<T: Lane, S: Simd<T>, const R: usize>(lanes: &[Reg<T, S>; R]) -> Self {
        const { assert!(R * S::LANES * size_of::<T>() == LANE_BYTES) };
        let mut row = Row([MaybeUninit::uninit(); LANE_BYTES]);
        for (j, lane) in lanes.iter().enumerate() {
            // SAFETY: the row has as many bytes as the registers.
            unsafe { lane.store(row.0.as_mut_ptr().cast::<T>().add(j * S::LANES)) };
        }
        row
    }

    /// Element `i`.
    /// # Safety
    /// The row has been written with elements of `T`, more than `i`.
    #[inline(always)]
    unsafe fn get<T: Lane>(&self, i: usize) -> T {
        // SAFETY: the caller's.
        unsafe { self.0.as_ptr().cast::<T>().add(i).read_unaligned() }
    }
}

/// The extreme value and whether there was a NaN, continued from `state`. `R` registers make a virtual vector.
#[inline(always)]
fn accumulate<T: Lane, S: Simd<T>, E: End, const R: usize>(
    isa: S,
    x: &[T],
    acc: &mut [Reg<T, S>; R],
    nan: &mut bool,
) {
    let width = R * S::LANES;
    let mut unordered = Reg::splat(isa, T::ZERO).lt(Reg::splat(isa, T::ZERO));
    let mut i = 0;
    while i + width <= x.len() {
        for (j, acc) in acc.iter_mut().enumerate() {
            // SAFETY: `i + width <= len`.
            let v = unsafe { Reg::load(isa, x.as_ptr().add(i + j * S::LANES)) };
            *acc = E::further(*acc, v);
            if is_float::<T>() {
                unordered = unordered | v.ne(v);
            }
        }
        i += width;
    }
    if i < x.len() {
        // The first of the last elements stands for those that are missing.
        let mut row = Row::of(&[Reg::splat(isa, x[i]); R]);
        let p = row.0.as_mut_ptr();
        let rest = std::mem::size_of_val(&x[i..]);
        // SAFETY: fewer elements than the row has.
        unsafe { std::ptr::copy_nonoverlapping(x.as_ptr().add(i).cast(), p, rest) };
        for (j, acc) in acc.iter_mut().enumerate() {
            // SAFETY: the row has as many elements as the virtual vector lanes.
            let v = unsafe { Reg::load(isa, p.cast::<T>().add(j * S::LANES)) };
            *acc = E::further(*acc, v);
            if is_float::<T>() {
                unordered = unordered | v.ne(v);
            }
        }
    }
    *nan |= is_float::<T>() && unordered.any();
}

#[inline(always)]
fn is_float<T: Lane>() -> bool {
    matches!(T::DTYPE, isonum_core::DType::F32 | isonum_core::DType::F64)
}

/// The extreme of all elements: NaN if any is, `None` of none.
#[inline(always)]
pub fn extremum<T: Lane, S: Simd<T>, E: End, const R: usize>(isa: S, x: Input<'_, T>) -> Option<T> {
    let mut walk = Walk::new(x);
    let mut block = walk.next()?;
    let mut acc = [Reg::splat(isa, block[0]); R];
    let mut nan = false;
    loop {
        accumulate::<T, S, E, R>(isa, block, &mut acc, &mut nan);
        match walk.next() {
            Some(next) => block = next,
            None => break,
        }
    }
    if nan {
        return Some(T::from_f64(f64::NAN));
    }
    let row = Row::of(&acc);
    // SAFETY: as many elements as the virtual vector has lanes.
    let mut best = unsafe { row.get::<T>(0) };
    for i in 1..R * S::LANES {
        // SAFETY: as above.
        let x = unsafe { row.get::<T>(i) };
        if beats::<E, T>(x, best) {
            best = x;
        }
    }
    Some(best)
}

#[inline(always)]
fn beats<E: End, T: Lane>(b: T, a: T) -> bool {
    match E::END {
        Extremum::Max => b > a,
        Extremum::Min => b < a,
    }
}

/// The index of the first extreme element, or of the first NaN.
///
/// Blocks are searched for a new extreme value with the vector loop above; only the block that holds it is
/// searched for its place.
#[inline(always)]
pub fn arg_extremum<T: Lane, S: Simd<T>, E: End, const R: usize>(isa: S, x: &[T]) -> Option<usize> {
    let mut best = *x.first()?;
    let mut start = 0;
    let step = block_len::<T>();
    if !best.is_nan() {
        for (k, block) in x.chunks(step).enumerate() {
            let mut acc = [Reg::splat(isa, block[0]); R];
            let mut nan = false;
            accumulate::<T, S, E, R>(isa, block, &mut acc, &mut nan);
            if nan {
                start = k * step;
                best = T::from_f64(f64::NAN);
                break;
            }
            let limit = Reg::splat(isa, best);
            let mut further = limit.lt(limit);
            for acc in acc {
                further = further
                    | match E::END {
                        Extremum::Max => acc.gt(limit),
                        Extremum::Min => acc.lt(limit),
                    };
            }
            if further.any() {
                let row = Row::of(&acc);
                for i in 0..R * S::LANES {
                    // SAFETY: as many elements as the virtual vector has lanes.
                    let lane = unsafe { row.get::<T>(i) };
                    if beats::<E, T>(lane, best) {
                        best = lane;
                    }
                }
                start = k * step;
            }
        }
    }
    let target = Reg::splat(isa, best);
    let mut i = start;
    // SAFETY: `i + LANES <= len` in the loop.
    unsafe {
        while i + S::LANES <= x.len() {
            let v = Reg::load(isa, x.as_ptr().add(i));
            let hit = if !best.is_nan() { v.eq(target) } else { v.ne(v) };
            if hit.any() {
                return Some(i + hit.first_true());
            }
            i += S::LANES;
        }
    }
    while i < x.len() {
        if if best.is_nan() { x[i].is_nan() } else { x[i] == best } {
            return Some(i);
        }
        i += 1;
    }
    None
}

/// The extremes down the columns, in order of the rows.
#[inline(always)]
pub fn extremum_rows<'o, T: Lane, S: Simd<T>, E: End>(
    isa: S,
    x: Rows<'_, T>,
    mut out: Out<'o, T>,
) -> Filled<'o> {
    let len = out.len();
    crate::elementwise::check_fits(
        x.len() == len && out.rows() == 1 && out.is_rows() && x.rows() > 0,
        1,
        len,
    );
    let to = out.pointer(0);
    // SAFETY: the output has `len` elements.
    unsafe { std::ptr::copy_nonoverlapping(x.pointer(0), to, len) };
    for r in 1..x.rows() {
        let row = x.pointer(r);
        let mut i = 0;
        // SAFETY: row and output have `len` elements.
        unsafe {
            while i < len {
                let n = S::LANES.min(len - i);
                if n == S::LANES {
                    let (a, b) = (Reg::load(isa, to.add(i)), Reg::load(isa, row.add(i)));
                    further_or_nan::<T, S, E>(a, b).store(to.add(i));
                } else {
                    let a = Reg::load_partial(isa, to.add(i), n);
                    let b = Reg::load_partial(isa, row.add(i), n);
                    further_or_nan::<T, S, E>(a, b).store_partial(to.add(i), n);
                }
                i += n;
            }
        }
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}

#[inline(always)]
fn further_or_nan<T: Lane, S: Simd<T>, E: End>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
    let further = E::further(a, b);
    if is_float::<T>() { b.ne(b).select(b, further) } else { further }
}
