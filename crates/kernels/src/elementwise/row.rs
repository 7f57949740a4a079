//! The loops over the vectors of one row, and its tail.

use super::{BinaryLanes, Source, TernaryLanes, UnaryLanes, ones_behind};
use crate::simd::{Lane, Simd};

/// The number of elements in front of the first whose address is aligned to the size of a register.
#[inline(always)]
fn in_front<T: Lane, S: Simd<T>>(out: *const T, len: usize) -> usize {
    let register = S::LANES * size_of::<T>();
    (out.addr().wrapping_neg() % register / size_of::<T>()).min(len)
}

/// Eight registers at a time: all are loaded before the first is stored. Where input and output lie a few cache lines
/// apart modulo 4096 bytes, processors take a load for one of what was just stored, and wait: with one or four registers
/// of 512 bits, as much as a fifth of the time.
macro_rules! eight_at_a_time {
    ($i:ident, $len:ident, $S:ident, $stream:ident, $out:ident, |$at:ident| $apply:expr) => {
        // On one lane, the compiler knows better.
        while $S::LANES > 1 && $i + 8 * $S::LANES <= $len {
            // SAFETY: the elements are in the row, and aligned where they stream.
            unsafe {
                macro_rules! at {
                    ($k:literal) => {{
                        let $at = $i + $k * $S::LANES;
                        $apply
                    }};
                }
                macro_rules! store {
                    ($y:ident, $k:literal) => {{
                        let to = $out.add($i + $k * $S::LANES);
                        if $stream { $y.store_streaming(to) } else { $y.store(to) }
                    }};
                }
                let (y0, y1, y2, y3) = (at!(0), at!(1), at!(2), at!(3));
                let (y4, y5, y6, y7) = (at!(4), at!(5), at!(6), at!(7));
                store!(y0, 0);
                store!(y1, 1);
                store!(y2, 2);
                store!(y3, 3);
                store!(y4, 4);
                store!(y5, 5);
                store!(y6, 6);
                store!(y7, 7);
            }
            $i += 8 * $S::LANES;
        }
    };
}

/// One row.
///
/// # Safety
/// `a` and `out` have `len` elements; nobody else touches those of `out`, which `a` may be.
#[inline(always)]
pub(super) unsafe fn row1<T: Lane, S: Simd<T>, F: UnaryLanes<T, S>, A: Source<T, S>, const STREAM: bool>(
    isa: S,
    a: A,
    out: *mut T,
    len: usize,
) {
    let mut i = 0;
    if STREAM {
        i = in_front::<T, S>(out, len);
        // SAFETY: the elements are in the row.
        unsafe { part1::<T, S, F, A>(isa, a, out, 0, i) };
    }
    if F::SHORT {
        eight_at_a_time!(i, len, S, STREAM, out, |i| F::apply(a.full(isa, i)));
    }
    while i + S::LANES <= len {
        // SAFETY: the elements are in the row, and aligned where they stream.
        unsafe {
            let y = F::apply(a.full(isa, i));
            if STREAM { y.store_streaming(out.add(i)) } else { y.store(out.add(i)) }
        }
        i += S::LANES;
    }
    if S::LANES > 1 && i < len {
        // SAFETY: the elements are in the row.
        unsafe { part1::<T, S, F, A>(isa, a, out, i, len - i) };
    }
    if STREAM {
        isa.end_streams();
    }
}

/// `n` elements from `i` on, fewer than a register has.
///
/// # Safety
/// `a` and `out` have `i + n` elements, and `n <= LANES`; nobody else touches those of `out`.
#[inline(always)]
unsafe fn part1<T: Lane, S: Simd<T>, F: UnaryLanes<T, S>, A: Source<T, S>>(
    isa: S,
    a: A,
    out: *mut T,
    i: usize,
    n: usize,
) {
    // SAFETY: the caller's.
    unsafe {
        let x = a.part(isa, i, n);
        let x = if F::ONES_BEHIND { x | ones_behind(isa, n) } else { x };
        F::apply(x).store_partial(out.add(i), n);
    }
}

/// One row.
///
/// # Safety
/// As for [`row1`], for each operand.
#[inline(always)]
pub(super) unsafe fn row2<
    T: Lane,
    S: Simd<T>,
    F: BinaryLanes<T, S>,
    A: Source<T, S>,
    B: Source<T, S>,
    const STREAM: bool,
>(
    isa: S,
    a: A,
    b: B,
    out: *mut T,
    len: usize,
) {
    let mut i = 0;
    if STREAM {
        i = in_front::<T, S>(out, len);
        // SAFETY: the elements are in the row.
        unsafe { F::apply(a.part(isa, 0, i), b.part(isa, 0, i)).store_partial(out, i) };
    }
    if F::SHORT {
        eight_at_a_time!(i, len, S, STREAM, out, |i| F::apply(a.full(isa, i), b.full(isa, i)));
    }
    while i + S::LANES <= len {
        // SAFETY: the elements are in the row, and aligned where they stream.
        unsafe {
            let y = F::apply(a.full(isa, i), b.full(isa, i));
            if STREAM { y.store_streaming(out.add(i)) } else { y.store(out.add(i)) }
        }
        i += S::LANES;
    }
    if S::LANES > 1 && i < len {
        let n = len - i;
        // SAFETY: the elements are in the row.
        unsafe { F::apply(a.part(isa, i, n), b.part(isa, i, n)).store_partial(out.add(i), n) };
    }
    if STREAM {
        isa.end_streams();
    }
}

/// One row.
///
/// # Safety
/// As for [`row1`], for each operand.
#[inline(always)]
pub(super) unsafe fn row3<
    T: Lane,
    S: Simd<T>,
    F: TernaryLanes<T, S>,
    A: Source<T, S>,
    B: Source<T, S>,
    C: Source<T, S>,
>(
    isa: S,
    a: A,
    b: B,
    c: C,
    out: *mut T,
    len: usize,
) {
    let mut i = 0;
    // SAFETY: `i + LANES <= len` in the loop, `i + (len - i) = len` behind it.
    unsafe {
        while i + S::LANES <= len {
            F::apply(a.full(isa, i), b.full(isa, i), c.full(isa, i)).store(out.add(i));
            i += S::LANES;
        }
        if S::LANES > 1 && i < len {
            let n = len - i;
            let y = F::apply(a.part(isa, i, n), b.part(isa, i, n), c.part(isa, i, n));
            y.store_partial(out.add(i), n);
        }
    }
}
