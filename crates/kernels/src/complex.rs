//! What complex numbers do not share with their parts: reductions, scans, comparisons, selection.

use crate::elementwise::{Kind, Memory, check_fits, constant, kind, memory};
use crate::fold::{self, Combine, Sum, Walk};
use crate::logic::{self, select_row};
use crate::ops::Equal;
use crate::plain::check_operand;
use crate::products::Products;
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Simd, SimdFloat};
use isonum_core::Element;
use isonum_core::backend::{block_len, lanes};
use isonum_core::operand::{Blocks, Filled, Input, Operand, Out, Rows};
use num_complex::Complex;
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

/// The product of a chunk: as many products in step as fit in a virtual vector, which meet in halves.
///
/// No lane ever holds a one that is not an element: `(∞ + 0i)(1 + 0i)` is NaN.
#[inline(always)]
pub fn prod<T: FloatLane>(x: Input<'_, Complex<T>>) -> Complex<T>
where
    Complex<T>: Element,
{
    let width = lanes::<Complex<T>>();
    // Parts in arrays of their own, or every step would exchange them.
    let (mut re, mut im) = ([T::ONE; MOST_LANES], [T::ZERO; MOST_LANES]);
    let mut filled = 0;
    let mut walk = Walk::new(x);
    while let Some(block) = walk.next() {
        for row in block.chunks(width) {
            for ((re, im), x) in re.iter_mut().zip(&mut im).zip(row) {
                // The first of a lane is no product.
                (*re, *im) = match filled < width {
                    true => (x.re, x.im),
                    false => (*re * x.re - *im * x.im, *re * x.im + *im * x.re),
                };
            }
            filled = width.min(filled + row.len());
        }
    }
    let mut half = width / 2;
    while half > 0 {
        for j in half..filled.min(2 * half) {
            let (before, x) = (Complex::new(re[j - half], im[j - half]), Complex::new(re[j], im[j]));
            let product = before * x;
            (re[j - half], im[j - half]) = (product.re, product.im);
        }
        half /= 2;
    }
    Complex::new(re[0], im[0])
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
    const PIECE: usize = 128;
    let (rows, len) = (out.rows(), out.len());
    check_operand(&condition, rows, len);
    check_fits(yes.fits(rows, len) && no.fits(rows, len) && out.is_rows(), rows, len);
    let mut conditions = [[0_u8; 2]; PIECE];
    // Not cleared: that would cost more than a short row.
    let mut values = [[MaybeUninit::<Complex<T>>::uninit(); PIECE]; 2];
    for r in 0..rows {
        let to = out.pointer(r);
        if let Kind::Constant = kind(&condition) {
            conditions.fill([constant(&condition, r) as u8; 2]);
        }
        for (x, values) in [&yes, &no].into_iter().zip(&mut values) {
            if let Kind::Constant = kind(x) {
                values.fill(MaybeUninit::new(constant(x, r)));
            }
        }
        let mut start = 0;
        while start < len {
            let n = PIECE.min(len - start);
            if let Kind::Memory = kind(&condition) {
                let from = memory(&condition, r, std::ptr::null()).0.cast::<u8>();
                for (i, to) in conditions[..n].iter_mut().enumerate() {
                    // SAFETY: the condition has `len` elements in row `r`.
                    *to = [unsafe { *from.add(start + i) }; 2];
                }
            }
            let [x, y] = [(&yes, &values[0]), (&no, &values[1])].map(|(x, values)| match kind(x) {
                Kind::Memory => Memory(memory(x, r, to).0.wrapping_add(start).cast::<T>()),
                Kind::Constant => Memory(values.as_ptr().cast::<T>()),
            });
            let condition = conditions.as_ptr().cast::<u8>();
            // SAFETY: each has `2 * n` parts; values were written where they are read.
            unsafe { select_row::<T, S, _, _>(isa, (condition, 1), x, y, to.add(start).cast(), 2 * n) };
            start += n;
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
    const PIECE: usize = 256;
    let (rows, len) = (out.rows(), out.len());
    check_operand(&a, rows, len);
    check_operand(&b, rows, len);
    check_fits(out.is_rows(), rows, len);
    // Not cleared: that would cost more than a short row.
    let mut values = [[MaybeUninit::<Complex<T>>::uninit(); PIECE]; 2];
    let mut same = [[MaybeUninit::<bool>::uninit(); 2]; PIECE];
    for r in 0..rows {
        let to = out.pointer(r);
        for (x, values) in [&a, &b].into_iter().zip(&mut values) {
            if let Kind::Constant = kind(x) {
                values.fill(MaybeUninit::new(constant(x, r)));
            }
        }
        let mut start = 0;
        while start < len {
            let n = PIECE.min(len - start);
            let [x, y] = [(&a, &values[0]), (&b, &values[1])].map(|(x, values)| match kind(x) {
                Kind::Memory => memory(x, r, std::ptr::null()).0.wrapping_add(start).cast::<T>(),
                Kind::Constant => values.as_ptr().cast::<T>(),
            });
            // SAFETY: each has `2 * n` parts, of which as many truth values are made; the output has `len` elements in row
            // `r`.
            unsafe {
                let [x, y] = [x, y].map(|p| Operand::Slice(Rows::from_raw(p, 1, 2 * n, 0)));
                let parts = Out::from_raw(same.as_mut_ptr().cast::<bool>(), 1, 2 * n, 0);
                let _filled = logic::compare::<T, S, Equal>(isa, x, y, parts);
                for (i, [re, im]) in same[..n].iter().enumerate() {
                    to.add(start + i).write((re.assume_init() & im.assume_init()) == equal);
                }
            }
            start += n;
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
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
