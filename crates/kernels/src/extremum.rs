//! The largest and the smallest: values and indices.

use crate::fold::blocks;
use crate::reg::Reg;
use crate::simd::{Lane, Simd};
use isonum_core::backend::{Extremum, block_len};
use isonum_core::operand::{Filled, Input, Out, Rows};

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

/// The most lanes of a virtual vector: 256 bytes.
const MOST: usize = 256;

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
        let mut row = [x[i]; MOST];
        row[..x.len() - i].copy_from_slice(&x[i..]);
        for (j, acc) in acc.iter_mut().enumerate() {
            // SAFETY: the row has as many elements as the virtual vector lanes.
            let v = unsafe { Reg::load(isa, row.as_ptr().add(j * S::LANES)) };
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
    let mut state: Option<[Reg<T, S>; R]> = None;
    let mut nan = false;
    match x {
        Input::Slice([]) => {}
        Input::Slice(x) => {
            let mut acc = [Reg::splat(isa, x[0]); R];
            accumulate::<T, S, E, R>(isa, x, &mut acc, &mut nan);
            state = Some(acc);
        }
        input => blocks(input, |x| {
            let mut acc = state.unwrap_or([Reg::splat(isa, x[0]); R]);
            accumulate::<T, S, E, R>(isa, x, &mut acc, &mut nan);
            state = Some(acc);
        }),
    }
    let acc = state?;
    if nan {
        return Some(T::from_f64(f64::NAN));
    }
    let mut lanes = [T::ZERO; MOST];
    for (j, acc) in acc.iter().enumerate() {
        // SAFETY: the array has as many elements as the virtual vector lanes.
        unsafe { acc.store(lanes.as_mut_ptr().add(j * S::LANES)) };
    }
    lanes[..R * S::LANES].iter().copied().reduce(|a, b| if beats::<E, T>(b, a) { b } else { a })
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
                let mut lanes = [T::ZERO; MOST];
                for (j, acc) in acc.iter().enumerate() {
                    // SAFETY: the array has as many elements as the virtual vector lanes.
                    unsafe { acc.store(lanes.as_mut_ptr().add(j * S::LANES)) };
                }
                for &lane in &lanes[..R * S::LANES] {
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
    (i..x.len()).find(|&i| if !best.is_nan() { x[i] == best } else { x[i].is_nan() })
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
