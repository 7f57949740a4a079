//! Sums and products, in one order on every backend.
//!
//! *Method.* A *virtual vector* of 256 bytes (32 `f64` or 64 `f32` lanes) accumulates a block of 32 of its rows,
//! whatever number of registers it takes on an instruction set. Blocks merge pairwise by block index: a stack
//! holds at most one partial result of each power of two of blocks, like the digits of a binary counter. What is
//! left at the end of a chunk merges from the smallest up, lanes fold in half until one is left, and drivers merge
//! chunks pairwise in the same way. Elements of a row that is not full go to their lanes; lanes without an element
//! hold the identity.
//!
//! *Accuracy.* At most about 32 + 5 + log2(n / 1024) roundings meet in one result.

use crate::reg::Reg;
use crate::simd::{FloatLane, Lane, Simd, SimdFloat};
use isonum_core::backend::{CHUNK, block_len, lanes};
use isonum_core::operand::{Filled, Input, Out, Rows};
use std::mem::MaybeUninit;

/// How a reduction combines partial results, and takes in elements.
pub trait Combine<T: Lane, S: Simd<T>> {
    /// What does not change the other: −0 for sums, because +0 would change −0.
    const IDENTITY: T;
    /// The result of no elements.
    const EMPTY: T;
    /// The two together.
    fn combine(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>;
}

/// Sums.
pub struct Sum;
/// Products.
pub struct Prod;

macro_rules! combine {
    ($($t:ty: $zero:expr, $one:expr;)*) => {$(
        impl<S: Simd<$t>> Combine<$t, S> for Sum {
            const IDENTITY: $t = $zero;
            const EMPTY: $t = 0 as $t;
            #[inline(always)]
            fn combine(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$t, S> { a + b }
        }
        impl<S: Simd<$t>> Combine<$t, S> for Prod {
            const IDENTITY: $t = $one;
            const EMPTY: $t = 1 as $t;
            #[inline(always)]
            fn combine(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$t, S> { a * b }
        }
    )*};
}
combine! { f32: -0.0, 1.0; f64: -0.0, 1.0; i64: 0, 1; u64: 0, 1; }

/// The virtual vector: `R` registers.
type Lanes<T, S, const R: usize> = [Reg<T, S>; R];

/// Partial results of 1, 2, 4, … blocks, in memory. Not initialised: clearing it costs more than a short sum.
struct Stack<T: Lane, const R: usize> {
    levels: [MaybeUninit<[T; 64]>; LEVELS],
    blocks: usize,
}

/// One more than the powers of two of blocks in a chunk: elements of 8 bytes have the smallest blocks.
const LEVELS: usize = (CHUNK / 512).ilog2() as usize + 2;

impl<T: Lane, const R: usize> Stack<T, R> {
    #[inline(always)]
    fn new() -> Self {
        Stack { levels: [const { MaybeUninit::uninit() }; LEVELS], blocks: 0 }
    }

    #[inline(always)]
    fn level<S: Simd<T>>(&self, isa: S, level: usize) -> Lanes<T, S, R> {
        let p = self.levels[level].as_ptr().cast::<T>();
        // SAFETY: `R * LANES` is the virtual vector, at most 64 elements; callers read levels that were written.
        std::array::from_fn(|j| unsafe { Reg::load(isa, p.add(j * S::LANES)) })
    }

    /// Takes in the result of the next block.
    #[inline(always)]
    fn push<S: Simd<T>, C: Combine<T, S>>(&mut self, isa: S, mut block: Lanes<T, S, R>) {
        let mut level = 0;
        while self.blocks >> level & 1 == 1 {
            let before = self.level(isa, level);
            for j in 0..R {
                block[j] = C::combine(before[j], block[j]);
            }
            level += 1;
        }
        let p = self.levels[level].as_mut_ptr().cast::<T>();
        for (j, lane) in block.iter().enumerate() {
            // SAFETY: `R * LANES` is the virtual vector, at most 64 elements.
            unsafe { lane.store(p.add(j * S::LANES)) };
        }
        self.blocks += 1;
    }

    /// The result of all blocks.
    #[inline(always)]
    fn finish<S: Simd<T>, C: Combine<T, S>>(&self, isa: S) -> Option<Lanes<T, S, R>> {
        let mut result: Option<Lanes<T, S, R>> = None;
        for level in 0..LEVELS {
            if self.blocks >> level & 1 == 1 {
                let before = self.level(isa, level);
                result = Some(match result {
                    None => before,
                    Some(mut after) => {
                        for j in 0..R {
                            after[j] = C::combine(before[j], after[j]);
                        }
                        after
                    }
                });
            }
        }
        result
    }
}

/// Folds the lanes in half until `keep` are left.
#[inline(always)]
fn fold_lanes<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    v: Lanes<T, S, R>,
    keep: usize,
) -> [T; 64] {
    let mut a = [C::IDENTITY; 64];
    for (j, lane) in v.iter().enumerate() {
        // SAFETY: `R * LANES` is the virtual vector, at most 64 elements.
        unsafe { lane.store(a.as_mut_ptr().add(j * S::LANES)) };
    }
    let mut half = R * S::LANES / 2;
    while half >= keep {
        let mut i = 0;
        while i < half {
            let step = S::LANES.min(half - i);
            // SAFETY: `i + half + step <= 2 * half <= 64`.
            unsafe {
                let x = Reg::load_partial(isa, a.as_ptr().add(i), step);
                let y = Reg::load_partial(isa, a.as_ptr().add(i + half), step);
                C::combine(x, y).store_partial(a.as_mut_ptr().add(i), step);
            }
            i += step;
        }
        half /= 2;
    }
    a
}

/// One block: rows of the virtual vector, the last perhaps not full. Not empty.
#[inline(always)]
fn block<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(isa: S, x: &[T]) -> Lanes<T, S, R> {
    let width = R * S::LANES;
    let p = x.as_ptr();
    let mut acc: Lanes<T, S, R> = [Reg::splat(isa, C::IDENTITY); R];
    let mut i = 0;
    // SAFETY: `i + width <= len`.
    unsafe {
        if width <= x.len() {
            acc = std::array::from_fn(|j| Reg::load(isa, p.add(j * S::LANES)));
            i = width;
        }
        while i + width <= x.len() {
            for j in 0..R {
                acc[j] = C::combine(acc[j], Reg::load(isa, p.add(i + j * S::LANES)));
            }
            i += width;
        }
    }
    if i < x.len() {
        let row = padded(&x[i..], C::IDENTITY);
        for j in 0..R {
            // SAFETY: the padded row has 64 elements.
            acc[j] = C::combine(acc[j], unsafe { Reg::load(isa, row.as_ptr().add(j * S::LANES)) });
        }
    }
    acc
}

/// The elements, and `pad` behind them.
#[inline(always)]
fn padded<T: Lane>(x: &[T], pad: T) -> [T; 64] {
    let mut row = [pad; 64];
    row[..x.len()].copy_from_slice(x);
    row
}

/// Calls `f` with every block of `block_len` elements (the last may be shorter).
#[inline(always)]
pub fn blocks<T: isonum_core::Element>(x: Input<'_, T>, mut f: impl FnMut(&[T])) {
    match x {
        Input::Slice(x) => x.chunks(block_len::<T>()).for_each(&mut f),
        Input::Blocks(blocks) => {
            while let Some(x) = blocks.next_block() {
                x.chunks(block_len::<T>()).for_each(&mut f);
            }
        }
    }
}

/// A chunk to `keep` values (1, or 2 for the parts of complex numbers). `R` is the number of registers in a
/// virtual vector.
#[inline(always)]
pub fn fold<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    x: Input<'_, T>,
    keep: usize,
) -> [T; 2] {
    const { assert!(R * S::LANES * size_of::<T>() == isonum_core::backend::LANE_BYTES) };
    // One block needs no stack.
    let lanes = if let Input::Slice(x) = x
        && x.len() <= block_len::<T>()
    {
        if x.is_empty() {
            return [C::EMPTY; 2];
        }
        block::<T, S, C, R>(isa, x)
    } else {
        let mut stack = Stack::<T, R>::new();
        blocks(x, |x| stack.push::<S, C>(isa, block::<T, S, C, R>(isa, x)));
        match stack.finish::<S, C>(isa) {
            Some(lanes) => lanes,
            None => return [C::EMPTY; 2],
        }
    };
    let a = fold_lanes::<T, S, C, R>(isa, lanes, keep);
    [a[0], a[1]]
}

/// The sum of products of two slices of the same length, each product and addition rounded once together.
#[inline(always)]
pub fn dot<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, a: &[T], b: &[T]) -> T
where
    Sum: Combine<T, S>,
{
    assert_eq!(a.len(), b.len(), "dot: both operands have the same number of elements");
    let mut stack = Stack::<T, R>::new();
    for (a, b) in a.chunks(block_len::<T>()).zip(b.chunks(block_len::<T>())) {
        stack.push::<S, Sum>(isa, products::<T, S, R>(isa, a, b));
    }
    match stack.finish::<S, Sum>(isa) {
        Some(lanes) => fold_lanes::<T, S, Sum, R>(isa, lanes, 1)[0],
        None => T::ZERO,
    }
}

/// The products of one block, in lanes.
#[inline(always)]
fn products<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, a: &[T], b: &[T]) -> Lanes<T, S, R>
where
    Sum: Combine<T, S>,
{
    let width = R * <S as Simd<T>>::LANES;
    let mut acc = [Reg::splat(isa, -T::ZERO); R];
    let row = |acc: &mut Lanes<T, S, R>, a: *const T, b: *const T| {
        for (j, acc) in acc.iter_mut().enumerate() {
            // SAFETY: a whole row is inside.
            unsafe {
                let x = Reg::load(isa, a.add(j * <S as Simd<T>>::LANES));
                let y = Reg::load(isa, b.add(j * <S as Simd<T>>::LANES));
                *acc = x.mul_add(y, *acc);
            }
        }
    };
    let mut i = 0;
    while i + width <= a.len() {
        row(&mut acc, a[i..].as_ptr(), b[i..].as_ptr());
        i += width;
    }
    if i < a.len() {
        // −0 · +0 = −0, which adds nothing, not even to −0.
        row(&mut acc, padded(&a[i..], -T::ZERO).as_ptr(), padded(&b[i..], T::ZERO).as_ptr());
    }
    acc
}

/// The sum of `(x − center)²` of a chunk of `f64`.
#[inline(always)]
pub fn squared_deviations<S: SimdFloat<f64>, const R: usize>(isa: S, x: Input<'_, f64>, center: f64) -> f64 {
    let center = Reg::splat(isa, center);
    let mut stack = Stack::<f64, R>::new();
    blocks(x, |x| stack.push::<S, Sum>(isa, squares::<S, R>(isa, x, center)));
    match stack.finish::<S, Sum>(isa) {
        Some(lanes) => fold_lanes::<f64, S, Sum, R>(isa, lanes, 1)[0],
        None => 0.0,
    }
}

/// The squared deviations of one block, in lanes.
#[inline(always)]
fn squares<S: SimdFloat<f64>, const R: usize>(isa: S, x: &[f64], center: Reg<f64, S>) -> Lanes<f64, S, R> {
    let width = R * <S as Simd<f64>>::LANES;
    let mut acc = [Reg::splat(isa, -0.0); R];
    let row = |acc: &mut Lanes<f64, S, R>, x: *const f64| {
        for (j, acc) in acc.iter_mut().enumerate() {
            // SAFETY: a whole row is inside.
            let d = unsafe { Reg::load(isa, x.add(j * <S as Simd<f64>>::LANES)) } - center;
            *acc = d.mul_add(d, *acc);
        }
    };
    let mut i = 0;
    while i + width <= x.len() {
        row(&mut acc, x[i..].as_ptr());
        i += width;
    }
    if i < x.len() {
        // The lanes without an element keep what they have.
        let before = acc;
        row(&mut acc, padded(&x[i..], 0.0).as_ptr());
        let n = x.len() - i;
        for j in 0..R {
            let full = j * <S as Simd<f64>>::LANES;
            let here = n.saturating_sub(full).min(<S as Simd<f64>>::LANES);
            let mut mask = [0u8; 64];
            mask[..here].fill(1);
            // SAFETY: no instruction set has more than 64 lanes.
            let mask = unsafe { <S as Simd<f64>>::load_mask(isa, mask.as_ptr()) };
            acc[j] = crate::Mask::from_raw(isa, mask).select(acc[j], before[j]);
        }
    }
    acc
}

/// The columns of up to 32 rows, combined in order of the rows.
#[inline(always)]
pub fn fold_rows<'o, T: Lane, S: Simd<T>, C: Combine<T, S>>(
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
    let mut r = 1;
    while r < x.rows() {
        // Four rows at a time: few streams to prefetch, and the output is read and written once for all four.
        let four = r + 4 <= x.rows();
        let rows = [0, 1, 2, 3].map(|k| x.pointer(if four { r + k } else { r }));
        let mut i = 0;
        // SAFETY: rows and output have `len` elements.
        unsafe {
            while i < len {
                let n = S::LANES.min(len - i);
                let full = n == S::LANES;
                let load = |p: *const T| {
                    if full { Reg::load(isa, p.add(i)) } else { Reg::load_partial(isa, p.add(i), n) }
                };
                let mut acc = C::combine(load(to), load(rows[0]));
                if four {
                    acc = C::combine(acc, load(rows[1]));
                    acc = C::combine(acc, load(rows[2]));
                    acc = C::combine(acc, load(rows[3]));
                }
                if full {
                    acc.store(to.add(i))
                } else {
                    acc.store_partial(to.add(i), n)
                }
                i += n;
            }
        }
        r += if four { 4 } else { 1 };
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}

/// The number of registers of a virtual vector, for [`fold`] and its kin.
pub const fn registers<T: Lane, S: Simd<T>>() -> usize {
    lanes::<T>() / S::LANES
}
