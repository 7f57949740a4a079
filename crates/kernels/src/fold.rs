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

use crate::reg::{Mask, Reg};
use crate::rows::{Join, join_rows};
use crate::scalar::Scalar;
use crate::simd::{Lane, Simd};
use isonum_core::backend::{CHUNK, block_len, lanes};
use isonum_core::operand::{Filled, Input, Out, Rows};
use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// How a reduction combines partial results, and takes in elements.
pub trait Combine<T: Lane, S: Simd<T>> {
    /// What does not change the other: −0 for sums, because +0 would change −0.
    const IDENTITY: T;
    /// The result of no elements.
    const EMPTY: T;
    /// Running results are made in one lane: in several, each step costs more than it saves. For elements of 8 bytes.
    const ONE_LANE: bool = false;
    /// The two together.
    fn combine(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>;
    /// Two single values together.
    fn one(a: T, b: T) -> T;
}

/// Sums.
pub struct Sum;
/// Products.
pub struct Prod;

macro_rules! combine {
    ($($t:ty: $zero:expr, $one:expr, $one_lane:expr;)*) => {$(
        impl<S: Simd<$t>> Combine<$t, S> for Sum {
            const IDENTITY: $t = $zero;
            const EMPTY: $t = 0 as $t;
            #[inline(always)]
            fn combine(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$t, S> { a + b }
            #[inline(always)]
            fn one(a: $t, b: $t) -> $t { (Reg::splat(Scalar, a) + Reg::splat(Scalar, b)).raw }
        }
        impl<S: Simd<$t>> Combine<$t, S> for Prod {
            const IDENTITY: $t = $one;
            const EMPTY: $t = 1 as $t;
            const ONE_LANE: bool = $one_lane;
            #[inline(always)]
            fn combine(a: Reg<$t, S>, b: Reg<$t, S>) -> Reg<$t, S> { a * b }
            #[inline(always)]
            fn one(a: $t, b: $t) -> $t { (Reg::splat(Scalar, a) * Reg::splat(Scalar, b)).raw }
        }
    )*};
}
combine! {
    f32: -0.0, 1.0, false;
    f64: -0.0, 1.0, false;
    i64: 0, 1, !S::MULTIPLIES_64;
    u64: 0, 1, !S::MULTIPLIES_64;
}

/// The virtual vector: `R` registers.
pub(crate) type Lanes<T, S, const R: usize> = [Reg<T, S>; R];

/// Partial results of 1, 2, 4, … blocks: that of one block in registers, which is all that two blocks need, the others
/// in memory. Not initialised: clearing it costs more than a short sum.
pub(crate) struct Stack<T: Lane, S: Simd<T>, const R: usize> {
    isa: S,
    one: Lanes<T, S, R>,
    more: [MaybeUninit<[T; 64]>; LEVELS],
    blocks: usize,
}

/// The powers of two from two blocks to those of a chunk: elements of 8 bytes have the smallest blocks.
const LEVELS: usize = (CHUNK / 512).ilog2() as usize + 1;

impl<T: Lane, S: Simd<T>, const R: usize> Stack<T, S, R> {
    #[inline(always)]
    pub(crate) fn new(isa: S) -> Self {
        let one = [Reg::splat(isa, T::ZERO); R];
        Stack { isa, one, more: [const { MaybeUninit::uninit() }; LEVELS], blocks: 0 }
    }

    /// The result of two blocks, four, and so on.
    #[inline(always)]
    fn more(&self, level: usize) -> Lanes<T, S, R> {
        let p = self.more[level].as_ptr().cast::<T>();
        // SAFETY: `R * LANES` is the virtual vector, at most 64 elements; callers read levels that were written.
        unsafe { load_row::<T, S, R>(self.isa, p) }
    }

    /// Takes in the result of the next block.
    #[inline(always)]
    pub(crate) fn push<C: Combine<T, S>>(&mut self, mut block: Lanes<T, S, R>) {
        if self.blocks & 1 == 0 {
            self.one = block;
        } else {
            block = together::<T, S, C, R>(self.one, block);
            let pairs = self.blocks >> 1;
            let mut level = 0;
            while pairs >> level & 1 == 1 {
                block = together::<T, S, C, R>(self.more(level), block);
                level += 1;
            }
            let p = self.more[level].as_mut_ptr().cast::<T>();
            for (j, lane) in block.iter().enumerate() {
                // SAFETY: `R * LANES` is the virtual vector, at most 64 elements.
                unsafe { lane.store(p.add(j * S::LANES)) };
            }
        }
        self.blocks += 1;
    }

    /// The result of all blocks.
    #[inline(always)]
    pub(crate) fn finish<C: Combine<T, S>>(&self) -> Option<Lanes<T, S, R>> {
        let mut result = if self.blocks & 1 == 1 { Some(self.one) } else { None };
        let pairs = self.blocks >> 1;
        let mut level = 0;
        while pairs >> level != 0 {
            if pairs >> level & 1 == 1 {
                let before = self.more(level);
                result = Some(match result {
                    None => before,
                    Some(after) => together::<T, S, C, R>(before, after),
                });
            }
            level += 1;
        }
        result
    }
}

/// The results of what comes before and after.
#[inline(always)]
fn together<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    before: Lanes<T, S, R>,
    mut after: Lanes<T, S, R>,
) -> Lanes<T, S, R> {
    for j in 0..R {
        after[j] = C::combine(before[j], after[j]);
    }
    after
}

/// Folds the lanes in half until `keep` (1 or 2) are left.
#[inline(always)]
pub(crate) fn fold_lanes<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    mut v: Lanes<T, S, R>,
    keep: usize,
) -> [T; 2] {
    let mut registers = R;
    while registers > 1 && registers * S::LANES > keep {
        registers /= 2;
        for j in 0..registers {
            v[j] = C::combine(v[j], v[j + registers]);
        }
    }
    // The last register, or two of one lane.
    const { assert!(S::LANES <= 64 && R * S::LANES >= 2) };
    let mut a = [const { MaybeUninit::<T>::uninit() }; 64];
    let a = a.as_mut_ptr().cast::<T>();
    let mut left = registers * S::LANES;
    // SAFETY: there is room for 64 elements, at most `left` of which are used and have been written.
    unsafe {
        for (j, lane) in v[..registers].iter().enumerate() {
            lane.store(a.add(j * S::LANES));
        }
        while left > keep {
            left /= 2;
            for i in 0..left {
                *a.add(i) = C::one(*a.add(i), *a.add(i + left));
            }
        }
        [*a, if keep > 1 { *a.add(1) } else { T::ZERO }]
    }
}

/// One block: rows of the virtual vector, the last perhaps not full. Not empty.
#[inline(always)]
fn block<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(isa: S, x: &[T]) -> Lanes<T, S, R> {
    let width = R * S::LANES;
    let p = x.as_ptr();
    let mut acc: Lanes<T, S, R> = [Reg::splat(isa, C::IDENTITY); R];
    let rows = x.len() / width;
    // SAFETY: row after row is inside.
    unsafe {
        if rows > 0 {
            acc = load_row::<T, S, R>(isa, p);
        }
        let mut row = 1;
        while row < rows {
            for (j, acc) in acc.iter_mut().enumerate() {
                *acc = C::combine(*acc, Reg::load(isa, p.add(row * width + j * S::LANES)));
            }
            row += 1;
        }
    }
    let mut i = rows * width;
    if i < x.len() {
        let pad = Reg::splat(isa, C::IDENTITY);
        for acc in acc.iter_mut() {
            if i < x.len() {
                // SAFETY: `x.len() - i` elements are left.
                *acc = C::combine(*acc, unsafe { load_padded(isa, p.add(i), x.len() - i, pad) });
            }
            i += S::LANES;
        }
    }
    acc
}

/// The next `n` elements of the last row of a block, at most a register of them, and `pad` in the other lanes.
///
/// # Safety
/// `n` elements from `p` are valid for reads; not none.
#[inline(always)]
pub(crate) unsafe fn load_padded<T: Lane, S: Simd<T>>(
    isa: S,
    p: *const T,
    n: usize,
    pad: Reg<T, S>,
) -> Reg<T, S> {
    // SAFETY: the caller's.
    unsafe {
        if n < S::LANES {
            first_lanes(isa, n).select(Reg::load_partial(isa, p, n), pad)
        } else {
            Reg::load(isa, p)
        }
    }
}

/// The first `n ≤ LANES` lanes.
#[inline(always)]
pub(crate) fn first_lanes<T: Lane, S: Simd<T>>(isa: S, n: usize) -> Mask<T, S> {
    static BYTES: [u8; 128] = {
        let mut bytes = [0; 128];
        let mut i = 0;
        while i < 64 {
            bytes[i] = 1;
            i += 1;
        }
        bytes
    };
    const { assert!(S::LANES <= 64) };
    let from = &BYTES[64 - n..];
    // SAFETY: at least 64 bytes.
    Mask::from_raw(isa, unsafe { isa.load_mask(from.as_ptr()) })
}

/// The blocks of an input, of `block_len` elements; the last may be shorter.
///
/// No iterator with closures: what a closure computes is compiled without the instruction set unless it happens to
/// be inlined.
pub struct Walk<'a, T: isonum_core::Element> {
    input: Input<'a, T>,
    /// What is left of the last piece: its place and length.
    rest: (*const T, usize),
}

impl<'a, T: isonum_core::Element> Walk<'a, T> {
    /// From the first block.
    #[inline(always)]
    pub fn new(input: Input<'a, T>) -> Self {
        Walk { input, rest: (std::ptr::null(), 0) }
    }

    /// The next block; never an empty one.
    #[inline(always)]
    #[allow(clippy::should_implement_trait)] // The block lives until the next call.
    pub fn next(&mut self) -> Option<&[T]> {
        while self.rest.1 == 0 {
            let piece: &[T] = match &mut self.input {
                Input::Slice([]) => return None,
                Input::Slice(x) => std::mem::take(x),
                Input::Blocks(blocks) => blocks.next_block()?,
            };
            self.rest = (piece.as_ptr(), piece.len());
        }
        let (start, len) = self.rest;
        let n = if len < block_len::<T>() { len } else { block_len::<T>() };
        self.rest = (start.wrapping_add(n), len - n);
        // SAFETY: `n` elements of the last piece, which lives until `next_block` is called again: not before all of
        // it has been returned, and blocks returned before are not in use, as each borrows `self`.
        Some(unsafe { std::slice::from_raw_parts(start, n) })
    }
}

/// One row of the virtual vector.
///
/// # Safety
/// `R * LANES` elements from `p` are valid for reads.
#[inline(always)]
unsafe fn load_row<T: Lane, S: Simd<T>, const R: usize>(isa: S, p: *const T) -> Lanes<T, S, R> {
    let mut row = [Reg::splat(isa, T::ZERO); R];
    for (j, lane) in row.iter_mut().enumerate() {
        // SAFETY: the caller's.
        *lane = unsafe { Reg::load(isa, p.add(j * S::LANES)) };
    }
    row
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
        let mut stack = Stack::<T, S, R>::new(isa);
        let mut walk = Walk::new(x);
        while let Some(x) = walk.next() {
            stack.push::<C>(block::<T, S, C, R>(isa, x));
        }
        match stack.finish::<C>() {
            Some(lanes) => lanes,
            None => return [C::EMPTY; 2],
        }
    };
    fold_lanes::<T, S, C, R>(lanes, keep)
}

/// The columns of up to 32 rows, combined in order of the rows.
#[inline(always)]
pub fn fold_rows<'o, T: Lane, S: Simd<T>, C: Combine<T, S>>(
    isa: S,
    x: Rows<'_, T>,
    out: Out<'o, T>,
) -> Filled<'o> {
    struct Combined<C>(PhantomData<C>);
    impl<T: Lane, S: Simd<T>, C: Combine<T, S>> Join<T, S> for Combined<C> {
        #[inline(always)]
        fn join(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
            C::combine(a, b)
        }
    }
    join_rows::<T, S, Combined<C>>(isa, x, out)
}

/// The number of registers of a virtual vector, for [`fold`] and its kin.
pub const fn registers<T: Lane, S: Simd<T>>() -> usize {
    lanes::<T>() / S::LANES
}
