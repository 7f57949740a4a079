//! The largest and the smallest: values and indices.

use crate::fold::{Walk, load_padded};
use crate::reg::Reg;
use crate::rows::{Join, join_rows};
use crate::simd::{Lane, Simd};
use isonum_core::backend::{Extremum, LANE_BYTES, block_len};
use isonum_core::operand::{Filled, Input, Out, Rows};
use std::marker::PhantomData;
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

/// The extreme of the lanes of a virtual vector, which fold in half: of equals the one in the lower half.
#[inline(always)]
fn fold_lanes<T: Lane, S: Simd<T>, E: End, const R: usize>(mut v: [Reg<T, S>; R]) -> T {
    const { assert!(R * S::LANES * size_of::<T>() == LANE_BYTES) };
    let mut registers = R;
    while registers > 1 {
        registers /= 2;
        for j in 0..registers {
            v[j] = E::further(v[j], v[j + registers]);
        }
    }
    const { assert!(S::LANES <= 64) };
    let mut a = [const { MaybeUninit::<T>::uninit() }; 64];
    let a = a.as_mut_ptr().cast::<T>();
    // SAFETY: a register has at most 64 elements, and only those are used.
    unsafe {
        v[0].store(a);
        let mut left = S::LANES;
        while left > 1 {
            left /= 2;
            for i in 0..left {
                let (here, there) = (*a.add(i), *a.add(i + left));
                *a.add(i) = if beats::<E, T>(there, here) { there } else { here };
            }
        }
        *a
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
        let pad = Reg::splat(isa, x[i]);
        for acc in acc.iter_mut() {
            if i < x.len() {
                // SAFETY: `x.len() - i` elements are left.
                let v = unsafe { load_padded(isa, x.as_ptr().add(i), x.len() - i, pad) };
                *acc = E::further(*acc, v);
                if is_float::<T>() {
                    unordered = unordered | v.ne(v);
                }
            } else {
                *acc = E::further(*acc, pad);
            }
            i += S::LANES;
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
    Some(fold_lanes::<T, S, E, R>(acc))
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
                best = fold_lanes::<T, S, E, R>(acc);
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
pub fn extremum_rows<'o, T: Lane, S: Simd<T>, E: End>(isa: S, x: Rows<'_, T>, out: Out<'o, T>) -> Filled<'o> {
    struct FurtherOrNan<E>(PhantomData<E>);
    impl<T: Lane, S: Simd<T>, E: End> Join<T, S> for FurtherOrNan<E> {
        #[inline(always)]
        fn join(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
            let further = E::further(a, b);
            if is_float::<T>() { b.ne(b).select(b, further) } else { further }
        }
    }
    join_rows::<T, S, FurtherOrNan<E>>(isa, x, out)
}
