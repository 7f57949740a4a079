//! The loops of elementwise kernels: over rows, over vectors, and the tail.
//!
//! An operation says what happens to a register ([`UnaryLanes`] and its kin); the loops here are written once
//! for all of them. The tail of a row goes through the same operation with partial loads and stores, so a
//! result never depends on where in a row an element stands.

mod row;

use crate::pair::Pair;
use crate::reg::Reg;
use crate::simd::{Lane, Simd};
use isonum_core::operand::{Filled, Operand, Out};
use row::{row1, row2, row3};

/// An operation on one register.
pub trait UnaryLanes<T: Lane, S: Simd<T>> {
    /// Whether the lanes behind the end of a row should hold ones and not zeros, because zeros take a slow path.
    const ONES_BEHIND: bool = false;
    /// Whether it is one of few instructions, which takes several registers at a time.
    const SHORT: bool = false;
    /// The operation.
    fn apply(x: Reg<T, S>) -> Reg<T, S>;
}

/// An operation on two registers.
pub trait BinaryLanes<T: Lane, S: Simd<T>> {
    /// As [`UnaryLanes::SHORT`].
    const SHORT: bool = true;
    /// The operation.
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>;
}

/// An operation on three registers.
pub trait TernaryLanes<T: Lane, S: Simd<T>> {
    /// The operation.
    fn apply(a: Reg<T, S>, b: Reg<T, S>, c: Reg<T, S>) -> Reg<T, S>;
}

/// Where the registers of one operand of one row come from.
pub(crate) trait Source<T: Lane, S: Simd<T>>: Copy {
    /// The register at element `i`.
    /// # Safety
    /// `LANES` elements from `i` are inside of the row.
    unsafe fn full(self, isa: S, i: usize) -> Reg<T, S>;
    /// The first `n` lanes of the register at element `i`.
    /// # Safety
    /// `n` elements from `i` are inside of the row, and `n <= LANES`.
    unsafe fn part(self, isa: S, i: usize, n: usize) -> Reg<T, S>;
}

/// Elements in memory.
#[derive(Clone, Copy)]
pub(crate) struct Memory<T>(pub(crate) *const T);

/// One value.
#[derive(Clone, Copy)]
pub(crate) struct Constant<T>(pub(crate) T);

impl<T: Lane, S: Simd<T>> Source<T, S> for Memory<T> {
    #[inline(always)]
    unsafe fn full(self, isa: S, i: usize) -> Reg<T, S> {
        // SAFETY: the caller's.
        unsafe { Reg::load(isa, self.0.add(i)) }
    }
    #[inline(always)]
    unsafe fn part(self, isa: S, i: usize, n: usize) -> Reg<T, S> {
        // SAFETY: the caller's.
        unsafe { Reg::load_partial(isa, self.0.add(i), n) }
    }
}

impl<T: Lane, S: Simd<T>> Source<T, S> for Constant<T> {
    #[inline(always)]
    unsafe fn full(self, isa: S, _: usize) -> Reg<T, S> {
        Reg::splat(isa, self.0)
    }
    #[inline(always)]
    unsafe fn part(self, isa: S, _: usize, _: usize) -> Reg<T, S> {
        Reg::splat(isa, self.0)
    }
}

/// What [`Operand`] is for the loops: memory (an operand or the output itself) or one value a row.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Memory,
    Constant,
}

#[inline(always)]
pub(crate) fn kind<T>(x: &Operand<'_, T>) -> Kind {
    match x {
        Operand::Slice(_) | Operand::Out => Kind::Memory,
        Operand::Scalar(_) | Operand::Column(_) => Kind::Constant,
    }
}

/// Row `r` of an operand of [`Kind::Memory`].
#[inline(always)]
pub(crate) fn memory<T>(x: &Operand<'_, T>, r: usize, out: *const T) -> Memory<T> {
    match x {
        Operand::Slice(rows) => Memory(rows.pointer(r)),
        _ => Memory(out),
    }
}

/// The value of row `r` of an operand of [`Kind::Constant`].
#[inline(always)]
pub(crate) fn constant<T: Copy>(x: &Operand<'_, T>, r: usize) -> T {
    match x {
        Operand::Scalar(x) => *x,
        Operand::Column(rows) => rows.row(r)[0],
        _ => unreachable!("not a constant"),
    }
}

#[track_caller]
#[inline(always)]
pub(crate) fn check_fits(fits: bool, rows: usize, len: usize) {
    #[cold]
    #[inline(never)]
    #[track_caller]
    fn fail(rows: usize, len: usize) -> ! {
        panic!("an operand does not fit an output of {rows} rows of {len} neighbouring elements")
    }
    if !fits {
        fail(rows, len)
    }
}

/// Where the rows of an operand begin: the first, and how far it is from one to the next. Those of one value are that
/// value.
#[derive(Clone, Copy)]
struct Lines<T> {
    first: *const T,
    stride: isize,
}

impl<T> Lines<T> {
    /// The rows of an operand that fits an output with these rows.
    #[inline(always)]
    fn of(x: &Operand<'_, T>, out: Lines<T>) -> Lines<T> {
        match x {
            Operand::Slice(rows) | Operand::Column(rows) => {
                Lines { first: rows.pointer(0), stride: rows.stride() }
            }
            Operand::Scalar(x) => Lines { first: x, stride: 0 },
            Operand::Out => out,
        }
    }

    #[inline(always)]
    fn row(self, r: usize) -> *const T {
        self.first.wrapping_offset(r as isize * self.stride)
    }
}

/// `out = F(x)`.
#[inline(always)]
pub fn unary<'o, T: Lane, S: Simd<T>, F: UnaryLanes<T, S>>(
    isa: S,
    x: Operand<'_, T>,
    mut out: Out<'o, T>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.fits(rows, len) && out.is_rows(), rows, len);
    let streams = S::STREAMS && out.streams();
    let to = Lines { first: out.pointer(0).cast_const(), stride: out.strides().0 };
    let from = Lines::of(&x, to);
    // SAFETY: operand and output have `len` elements in row `r`, a constant one has one.
    unsafe {
        macro_rules! each_row {
            ($stream:literal, |$r:ident| $source:expr) => {
                for $r in 0..rows {
                    row1::<T, S, F, _, $stream>(isa, $source, to.row($r).cast_mut(), len);
                }
            };
        }
        match kind(&x) {
            // On one lane, work in place must be seen to be in place, or it does not vectorise.
            Kind::Memory if S::LANES == 1 && matches!(x, Operand::Out) => {
                each_row!(false, |r| Memory(to.row(r)))
            }
            Kind::Memory if streams => each_row!(true, |r| Memory(from.row(r))),
            Kind::Memory => each_row!(false, |r| Memory(from.row(r))),
            Kind::Constant if streams => each_row!(true, |r| Constant(*from.row(r))),
            Kind::Constant => each_row!(false, |r| Constant(*from.row(r))),
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// [`unary`] with two registers in step ([`Pair`]), for long operations; on one lane without.
#[inline(always)]
pub fn unary_pairs<'o, T: Lane, S: Simd<T>, F: UnaryLanes<T, S> + UnaryLanes<T, Pair<S>>>(
    isa: S,
    x: Operand<'_, T>,
    out: Out<'o, T>,
) -> Filled<'o> {
    match S::LANES {
        1 => unary::<T, S, F>(isa, x, out),
        _ => unary::<T, Pair<S>, F>(Pair(isa), x, out),
    }
}

/// Zeros in the first `n` lanes, ones behind.
#[inline(always)]
pub(crate) fn ones_behind<T: Lane, S: Simd<T>>(isa: S, n: usize) -> Reg<T, S> {
    const MOST_LANES: usize = 256;
    const { assert!(S::LANES <= MOST_LANES) };
    // SAFETY: the array has as many elements as any register.
    let first = unsafe { Reg::load_partial(isa, [T::ONE; MOST_LANES].as_ptr(), n.min(S::LANES)) };
    Reg::splat(isa, T::ONE) - first
}

/// `out = F(a, b)`.
#[inline(always)]
pub fn binary<'o, T: Lane, S: Simd<T>, F: BinaryLanes<T, S>>(
    isa: S,
    a: Operand<'_, T>,
    b: Operand<'_, T>,
    mut out: Out<'o, T>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(a.fits(rows, len) && b.fits(rows, len) && out.is_rows(), rows, len);
    let streams = S::STREAMS && out.streams();
    if let (Operand::Slice(x), Operand::Slice(y)) = (&a, &b)
        && S::LANES > 1
        && rows == 1
        && !streams
    {
        // What is left of the most frequent work on few elements should be the work.
        // SAFETY: operands and output have `len` elements.
        unsafe {
            let (x, y) = (Memory(x.pointer(0)), Memory(y.pointer(0)));
            row2::<T, S, F, _, _, false>(isa, x, y, out.pointer(0), len);
            return out.assume_filled();
        }
    }
    let to = Lines { first: out.pointer(0).cast_const(), stride: out.strides().0 };
    let (x, y) = (Lines::of(&a, to), Lines::of(&b, to));
    // On one lane, work in place must be seen to be in place, or it does not vectorise.
    let here = |x: &Operand<'_, T>| S::LANES == 1 && matches!(x, Operand::Out);
    // SAFETY: operands and output have `len` elements in row `r`, constant ones have one.
    unsafe {
        macro_rules! each_row {
            ($stream:literal, |$r:ident| $a:expr, $b:expr) => {
                for $r in 0..rows {
                    row2::<T, S, F, _, _, $stream>(isa, $a, $b, to.row($r).cast_mut(), len);
                }
            };
        }
        match (kind(&a), kind(&b)) {
            (Kind::Memory, Kind::Memory) => match streams {
                _ if here(&a) => each_row!(false, |r| Memory(to.row(r)), Memory(y.row(r))),
                _ if here(&b) => each_row!(false, |r| Memory(x.row(r)), Memory(to.row(r))),
                true => each_row!(true, |r| Memory(x.row(r)), Memory(y.row(r))),
                false => each_row!(false, |r| Memory(x.row(r)), Memory(y.row(r))),
            },
            (Kind::Memory, Kind::Constant) => match streams {
                _ if here(&a) => each_row!(false, |r| Memory(to.row(r)), Constant(*y.row(r))),
                true => each_row!(true, |r| Memory(x.row(r)), Constant(*y.row(r))),
                false => each_row!(false, |r| Memory(x.row(r)), Constant(*y.row(r))),
            },
            (Kind::Constant, Kind::Memory) => match streams {
                _ if here(&b) => each_row!(false, |r| Constant(*x.row(r)), Memory(to.row(r))),
                true => each_row!(true, |r| Constant(*x.row(r)), Memory(y.row(r))),
                false => each_row!(false, |r| Constant(*x.row(r)), Memory(y.row(r))),
            },
            (Kind::Constant, Kind::Constant) => {
                each_row!(false, |r| Constant(*x.row(r)), Constant(*y.row(r)))
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = F(a, b, c)`.
#[inline(always)]
pub fn ternary<'o, T: Lane, S: Simd<T>, F: TernaryLanes<T, S>>(
    isa: S,
    a: Operand<'_, T>,
    b: Operand<'_, T>,
    c: Operand<'_, T>,
    mut out: Out<'o, T>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(a.fits(rows, len) && b.fits(rows, len) && c.fits(rows, len) && out.is_rows(), rows, len);
    for r in 0..rows {
        let to = out.pointer(r);
        // SAFETY: operands and output have `len` elements in row `r`.
        unsafe {
            match (kind(&a), kind(&b), kind(&c)) {
                (Kind::Memory, Kind::Memory, Kind::Memory) => {
                    let (x, y, z) = (memory(&a, r, to), memory(&b, r, to), memory(&c, r, to));
                    row3::<T, S, F, _, _, _>(isa, x, y, z, to, len)
                }
                (Kind::Memory, Kind::Constant, Kind::Constant) => {
                    let (y, z) = (Constant(constant(&b, r)), Constant(constant(&c, r)));
                    row3::<T, S, F, _, _, _>(isa, memory(&a, r, to), y, z, to, len)
                }
                _ => mixed3::<T, S, F>(isa, [&a, &b, &c], r, to, len),
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// The rarer mixtures of memory and constants: constants are written out to pieces of memory.
///
/// # Safety
/// The operands fit an output of which row `r`, at `out`, has `len` elements that nobody else touches.
#[inline(always)]
unsafe fn mixed3<T: Lane, S: Simd<T>, F: TernaryLanes<T, S>>(
    isa: S,
    operands: [&Operand<'_, T>; 3],
    r: usize,
    out: *mut T,
    len: usize,
) {
    const PIECE: usize = 256;
    let mut spread = [[T::ZERO; PIECE]; 3];
    for (x, spread) in operands.iter().zip(&mut spread) {
        if let Kind::Constant = kind(x) {
            spread.fill(constant(x, r));
        }
    }
    let mut start = 0;
    while start < len {
        let n = PIECE.min(len - start);
        let at = |k: usize| match kind(operands[k]) {
            Kind::Constant => Memory(spread[k].as_ptr()),
            Kind::Memory => Memory(memory(operands[k], r, out).0.wrapping_add(start)),
        };
        // SAFETY: each has `n` elements.
        unsafe { row3::<T, S, F, _, _, _>(isa, at(0), at(1), at(2), out.add(start), n) };
        start += n;
    }
}

/// `out = value`.
#[inline(always)]
pub fn fill<'o, T: Lane, S: Simd<T>>(isa: S, value: T, out: Out<'o, T>) -> Filled<'o> {
    struct Keep;
    impl<T: Lane, S: Simd<T>> UnaryLanes<T, S> for Keep {
        const SHORT: bool = true;
        #[inline(always)]
        fn apply(x: Reg<T, S>) -> Reg<T, S> {
            x
        }
    }
    if out.is_rows() {
        return unary::<T, S, Keep>(isa, Operand::Scalar(value), out);
    }
    crate::plain::fill(value, out)
}
