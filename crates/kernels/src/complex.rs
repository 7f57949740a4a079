//! What complex numbers do not share with their parts: arithmetic, reductions, scans, comparisons, selection.

mod arithmetic;
mod pieces;

pub use arithmetic::{Product, Quotient, binary, divide, unary};

use crate::elementwise::{Kind, Memory, check_fits, constant, kind, memory};
use crate::fold::{self, Combine, Sum, Walk};
use crate::logic::{self, select_row};
use crate::ops::{Equal, LogicalNot, PredicateLanes};
use crate::pair::Pair;
use crate::plain::check_operand;
use crate::products::Products;
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Simd, SimdFloat};
use arithmetic::{product, unzip, zip};
use isonum_core::Element;
use isonum_core::backend::{block_len, lanes};
use isonum_core::operand::{Blocks, Filled, Input, Operand, Out};
use num_complex::Complex;
use pieces::{PIECE, Pieces, part_operand};
use std::mem::MaybeUninit;

/// The parts of complex numbers, one after the other.
#[inline(always)]
pub fn parts<T>(x: &[Complex<T>]) -> &[T] {
    // SAFETY: `Complex` is two neighbouring parts (`repr(C)`).
    unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), 2 * x.len()) }
}

struct Parts<'a, T>(&'a mut dyn Blocks<Complex<T>>);

impl<T: FloatLane> Blocks<T> for Parts<'_, T>
where
    Complex<T>: Element,
{
    fn next_block(&mut self) -> Option<&[T]> {
        self.0.next_block().map(parts)
    }
}

/// The sum of a chunk: real and imaginary parts in lanes of their own.
#[inline(always)]
pub fn sum<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, x: Input<'_, Complex<T>>) -> Complex<T>
where
    Complex<T>: Element,
    Sum: Combine<T, S>,
{
    let [re, im] = match x {
        Input::Slice(x) => fold::fold::<T, S, Sum, R>(isa, Input::Slice(parts(x)), 2),
        Input::Blocks(blocks) => fold::fold::<T, S, Sum, R>(isa, Input::Blocks(&mut Parts(blocks)), 2),
    };
    Complex::new(re, im)
}

/// The product of a chunk: as many products in step as fit in a virtual vector, which meet in halves. `R` is the number
/// of registers of it.
///
/// No lane ever holds a one that is not an element: `(∞ + 0i)(1 + 0i)` is NaN.
#[inline(always)]
pub fn prod<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, x: Input<'_, Complex<T>>) -> Complex<T>
where
    Complex<T>: Element,
{
    let width = lanes::<Complex<T>>();
    let mut products = [Complex::new(T::ONE, T::ZERO); MOST_LANES];
    let mut filled = 0;
    let mut walk = Walk::new(x);
    while let Some(block) = walk.next() {
        // The first of a lane is no product.
        let first = (width - filled).min(block.len());
        products[filled..filled + first].copy_from_slice(&block[..first]);
        filled += first;
        let rows = &block[first..];
        let whole = rows.len() - rows.len() % width;
        multiply_rows::<T, S, R>(isa, &mut products, &rows[..whole]);
        for (product, x) in products.iter_mut().zip(&rows[whole..]) {
            *product = *product * *x;
        }
    }
    let mut half = width / 2;
    while half > 0 {
        for j in half..filled.min(2 * half) {
            products[j - half] = products[j - half] * products[j];
        }
        half /= 2;
    }
    products[0]
}

/// Multiplies the numbers of a virtual vector by those of each row.
#[inline(always)]
fn multiply_rows<T: FloatLane, S: SimdFloat<T>, const R: usize>(
    isa: S,
    products: &mut [Complex<T>; MOST_LANES],
    rows: &[Complex<T>],
) where
    Complex<T>: Element,
{
    let width = lanes::<Complex<T>>();
    let pair = <S as Simd<T>>::LANES;
    if pair == 1 {
        for row in rows.chunks_exact(width) {
            for (product, x) in products[..width].iter_mut().zip(row) {
                *product = *product * *x;
            }
        }
        return;
    }
    // Registers of real parts and of imaginary parts; each pair of them holds as many numbers as one has lanes.
    const { assert!(R.is_multiple_of(2) && R * <S as Simd<T>>::LANES <= 2 * MOST_LANES) };
    let mut acc = [Complex { re: Reg::splat(isa, T::ZERO), im: Reg::splat(isa, T::ZERO) }; R];
    let to = products.as_mut_ptr();
    // SAFETY: `R / 2` pairs of registers are a virtual vector, which `products` and every row hold.
    unsafe {
        for (j, acc) in acc[..R / 2].iter_mut().enumerate() {
            *acc = unzip(Reg::load(Pair(isa), to.add(j * pair).cast()));
        }
        let mut i = 0;
        while i < rows.len() {
            for (j, acc) in acc[..R / 2].iter_mut().enumerate() {
                *acc = product(*acc, unzip(Reg::load(Pair(isa), rows.as_ptr().add(i + j * pair).cast())));
            }
            i += width;
        }
        for (j, acc) in acc[..R / 2].iter().enumerate() {
            zip(*acc).store(to.add(j * pair).cast());
        }
    }
}

/// The most complex numbers in a virtual vector: of `f32`.
const MOST_LANES: usize = 32;

/// The sum of products (not conjugated) of a chunk, each product of parts and its addition rounded once together.
///
/// The products of equal parts, `re·re` and `im·im`, in one virtual vector, those of unequal parts in another: the
/// same as for real numbers, with the parts of `b` exchanged in a copy.
#[inline(always)]
pub fn dot<T: FloatLane, S: SimdFloat<T>, const R: usize>(
    isa: S,
    a: &[Complex<T>],
    b: &[Complex<T>],
) -> Complex<T>
where
    Complex<T>: Element,
    Sum: Combine<T, S>,
{
    assert_eq!(a.len(), b.len(), "dot: both operands have the same number of elements");
    let (mut equal, mut unequal) = (Products::<T, S, R>::new(isa), Products::<T, S, R>::new(isa));
    let mut swapped = [Complex::new(T::ZERO, T::ZERO); MOST_IN_BLOCK];
    let step = block_len::<Complex<T>>();
    for (a, b) in a.chunks(step).zip(b.chunks(step)) {
        let swapped = &mut swapped[..b.len()];
        for (to, x) in swapped.iter_mut().zip(b) {
            *to = Complex::new(x.im, x.re);
        }
        equal.push(parts(a), parts(b));
        unequal.push(parts(a), parts(swapped));
    }
    let ([rr, ii], [ri, ir]) = (equal.finish(2), unequal.finish(2));
    Complex::new(rr - ii, ri + ir)
}

/// The most complex numbers in a block: of `f32`.
const MOST_IN_BLOCK: usize = 1024;

/// The number of elements that are not zero.
#[inline(always)]
pub fn count_nonzero<T: FloatLane>(x: &[Complex<T>]) -> usize {
    let mut count = 0;
    for x in x {
        // No branch, which would not vectorise: two `f32` as one integer without their signs, two `f64` by `|`.
        let nonzero = if size_of::<T>() == 4 {
            // SAFETY: eight bytes without padding.
            unsafe { (x as *const Complex<T>).cast::<u64>().read_unaligned() & 0x7fff_ffff_7fff_ffff != 0 }
        } else {
            (x.re != T::ZERO) | (x.im != T::ZERO)
        };
        count += nonzero as usize;
    }
    count
}

/// `out = yes` where `condition`, else `no`: piece by piece the same for the parts, with the condition twice.
#[inline(always)]
pub fn select<'o, T: FloatLane, S: SimdFloat<T>>(
    isa: S,
    condition: Operand<'_, bool>,
    yes: Operand<'_, Complex<T>>,
    no: Operand<'_, Complex<T>>,
    mut out: Out<'o, Complex<T>>,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_operand(&condition, rows, len);
    check_fits(yes.fits(rows, len) && no.fits(rows, len) && out.is_rows(), rows, len);
    let mut conditions = [[MaybeUninit::<u8>::uninit(); 2]; PIECE];
    let mut pieces = Pieces::new([&yes, &no], rows, len);
    while let Some(piece) = pieces.next(&mut out) {
        let conditions = &mut conditions[..piece.len];
        match kind(&condition) {
            Kind::Constant => conditions.fill([MaybeUninit::new(constant(&condition, piece.row) as u8); 2]),
            Kind::Memory => {
                let from =
                    memory(&condition, piece.row, std::ptr::null()).0.wrapping_add(piece.start).cast::<u8>();
                for (i, to) in conditions.iter_mut().enumerate() {
                    // SAFETY: the condition has as many elements as the output.
                    *to = [MaybeUninit::new(unsafe { *from.add(i) }); 2];
                }
            }
        }
        let condition = conditions.as_ptr().cast::<u8>();
        let to = out.pointer(piece.row).wrapping_add(piece.start).cast();
        let [yes, no] = piece.parts.map(Memory);
        // SAFETY: each has twice as many parts as the piece has numbers.
        unsafe { select_row::<T, S, _, _>(isa, (condition, 1), yes, no, to, 2 * piece.len) };
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = both(F(re), F(im))` for the parts of each number.
#[inline(always)]
pub fn predicate<'o, T: FloatLane, S: SimdFloat<T>, F: PredicateLanes<T, S> + PredicateLanes<T, Scalar>>(
    isa: S,
    x: Operand<'_, Complex<T>>,
    mut out: Out<'o, bool>,
    both: impl Fn(bool, bool) -> bool + Copy,
) -> Filled<'o>
where
    Scalar: Simd<T>,
{
    let (rows, len) = (out.rows(), out.len());
    check_operand(&x, rows, len);
    check_fits(out.is_rows(), rows, len);
    let mut truths = Truths::new();
    let mut pieces = Pieces::new([&x], rows, len);
    while let Some(piece) = pieces.next(&mut out) {
        let to = out.pointer(piece.row).wrapping_add(piece.start);
        // SAFETY: the operand has twice as many parts as the piece has numbers, and the output as many elements.
        unsafe {
            let x = part_operand(piece.parts[0], piece.len);
            let _filled = logic::predicate::<T, S, F>(isa, x, truths.parts(piece.len));
            for i in 0..piece.len {
                to.add(i).write(truths.number(i, both));
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = (a == b) == equal`: piece by piece the comparisons of the parts, then both of each together.
#[inline(always)]
pub fn compare<'o, T: FloatLane, S: SimdFloat<T>>(
    isa: S,
    a: Operand<'_, Complex<T>>,
    b: Operand<'_, Complex<T>>,
    mut out: Out<'o, bool>,
    equal: bool,
) -> Filled<'o>
where
    Scalar: Simd<T>,
{
    let (rows, len) = (out.rows(), out.len());
    check_operand(&a, rows, len);
    check_operand(&b, rows, len);
    check_fits(out.is_rows(), rows, len);
    let mut same = Truths::new();
    let mut pieces = Pieces::new([&a, &b], rows, len);
    while let Some(piece) = pieces.next(&mut out) {
        let to = out.pointer(piece.row).wrapping_add(piece.start);
        // SAFETY: each has twice as many parts as the piece has numbers, and the output as many elements.
        unsafe {
            let [a, b] = [part_operand(piece.parts[0], piece.len), part_operand(piece.parts[1], piece.len)];
            let _filled = logic::compare::<T, S, Equal>(isa, a, b, same.parts(piece.len));
            for i in 0..piece.len {
                to.add(i).write(same.number(i, |re, im| (re & im) == equal));
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = op(a is true, b is true)`: piece by piece whether the parts are zero, then all four of each together.
#[inline(always)]
pub fn logical<'o, T: FloatLane, S: SimdFloat<T>>(
    isa: S,
    a: Operand<'_, Complex<T>>,
    b: Operand<'_, Complex<T>>,
    mut out: Out<'o, bool>,
    op: impl Fn(bool, bool) -> bool + Copy,
) -> Filled<'o>
where
    Scalar: Simd<T>,
{
    let (rows, len) = (out.rows(), out.len());
    check_operand(&a, rows, len);
    check_operand(&b, rows, len);
    check_fits(out.is_rows(), rows, len);
    let mut zeros = [Truths::new(), Truths::new()];
    let mut pieces = Pieces::new([&a, &b], rows, len);
    while let Some(piece) = pieces.next(&mut out) {
        let to = out.pointer(piece.row).wrapping_add(piece.start);
        // SAFETY: each has twice as many parts as the piece has numbers, and the output as many elements.
        unsafe {
            for (parts, zeros) in piece.parts.iter().zip(&mut zeros) {
                let x = part_operand(*parts, piece.len);
                let _filled = logic::predicate::<T, S, LogicalNot>(isa, x, zeros.parts(piece.len));
            }
            let is_true = |re: bool, im: bool| !(re & im);
            for i in 0..piece.len {
                to.add(i).write(op(zeros[0].number(i, is_true), zeros[1].number(i, is_true)));
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// Truth values for the parts of a piece.
struct Truths([[MaybeUninit<bool>; 2]; PIECE]);

impl Truths {
    #[inline(always)]
    fn new() -> Truths {
        Truths([[MaybeUninit::uninit(); 2]; PIECE])
    }

    /// Those of the parts of `n` numbers, to be written.
    #[inline(always)]
    fn parts(&mut self, n: usize) -> Out<'_, bool> {
        assert!(n <= PIECE);
        // SAFETY: there are so many, and nobody else has them.
        unsafe { Out::from_raw(self.0.as_mut_ptr().cast::<bool>(), 1, 2 * n, 0) }
    }

    /// That of number `i`.
    ///
    /// # Safety
    /// Those of its parts have been written.
    #[inline(always)]
    unsafe fn number(&self, i: usize, both: impl Fn(bool, bool) -> bool) -> bool {
        let [re, im] = self.0[i];
        // SAFETY: the caller's.
        unsafe { both(re.assume_init(), im.assume_init()) }
    }
}

/// Running sums or products, in order: a tree over blocks, as [`crate::scan`] has it, takes three times as long, because
/// neighbours are pairs of lanes here.
#[inline(always)]
pub fn scan<'o, T: FloatLane>(
    x: &[Complex<T>],
    start: Option<Complex<T>>,
    mut out: Out<'o, Complex<T>>,
    op: impl Fn(Complex<T>, Complex<T>) -> Complex<T>,
) -> (Filled<'o>, Option<Complex<T>>) {
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1, 1, len);
    let mut last = start;
    for (to, x) in out.row_mut(0).iter_mut().zip(x) {
        let value = match last {
            Some(last) => op(last, *x),
            None => *x,
        };
        to.write(value);
        last = Some(value);
    }
    // SAFETY: every element has been written.
    (unsafe { out.assume_filled() }, last)
}

/// Whether all elements are not zero; stops soon after the first that is.
#[inline(always)]
pub fn all<T: FloatLane>(x: &[Complex<T>]) -> bool {
    for x in x.chunks(128) {
        if count_nonzero(x) < x.len() {
            return false;
        }
    }
    true
}
