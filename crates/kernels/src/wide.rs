//! Functions of `f32` that are evaluated in `f64` and rounded once, which makes them correctly rounded.
//!
//! As many registers of `f64` as the elements of one step fill go through the function side by side ([`Pair`]).
//! Numbers outside of the function's usual range are looked for in the `f32` registers, half as many.

use crate::elementwise::{Kind, check_fits, constant, kind, memory, ones_behind};
use crate::pair::Pair;
use crate::reg::{Mask, Reg};
use crate::scalar::Scalar;
use crate::simd::{Isa, Simd, SimdFloat};
use isonum_core::operand::{Filled, Operand, Out};

/// A function of `f32` whose value, rounded from `f64`, is the correctly rounded one.
pub trait WideLanes {
    /// Whether every number is usual.
    const TOTAL: bool;
    /// The function of usual numbers; of others anything.
    fn apply<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S>;
    /// The usual numbers.
    fn usual<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Mask<f32, S>;
    /// The function of one number that is not usual.
    fn rare(x: f64) -> f64;
}

/// `F(x)` of one number, not yet rounded to `f32`.
pub fn evaluate<F: WideLanes>(x: f32) -> f64 {
    if F::TOTAL || F::usual(Reg::splat(Scalar, x)).all() {
        F::apply(Reg::splat(Scalar, x as f64)).raw
    } else {
        F::rare(x as f64)
    }
}

/// Registers of `f64` that come from and go to `f32`.
trait Widen: SimdFloat<f64> {
    /// # Safety
    /// As [`Isa::load_widen`].
    unsafe fn load(self, p: *const f32) -> <Self as Simd<f64>>::Raw;
    /// # Safety
    /// As [`Isa::load_widen_partial`].
    unsafe fn load_partial(self, p: *const f32, n: usize) -> <Self as Simd<f64>>::Raw;
    /// # Safety
    /// As [`Isa::store_narrow`].
    unsafe fn store(self, p: *mut f32, v: <Self as Simd<f64>>::Raw);
    /// # Safety
    /// As [`Isa::store_narrow_partial`].
    unsafe fn store_partial(self, p: *mut f32, n: usize, v: <Self as Simd<f64>>::Raw);
}

impl<S: Isa> Widen for S {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> <S as Simd<f64>>::Raw {
        // SAFETY: the caller's.
        unsafe { self.load_widen(p) }
    }
    #[inline(always)]
    unsafe fn load_partial(self, p: *const f32, n: usize) -> <S as Simd<f64>>::Raw {
        // SAFETY: the caller's.
        unsafe { self.load_widen_partial(p, n) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: <S as Simd<f64>>::Raw) {
        // SAFETY: the caller's.
        unsafe { self.store_narrow(p, v) }
    }
    #[inline(always)]
    unsafe fn store_partial(self, p: *mut f32, n: usize, v: <S as Simd<f64>>::Raw) {
        // SAFETY: the caller's.
        unsafe { self.store_narrow_partial(p, n, v) }
    }
}

impl<S: Widen> Widen for Pair<S> {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> <Self as Simd<f64>>::Raw {
        // SAFETY: the caller's.
        unsafe { (Widen::load(self.0, p), Widen::load(self.0, p.add(<S as Simd<f64>>::LANES))) }
    }
    #[inline(always)]
    unsafe fn load_partial(self, p: *const f32, n: usize) -> <Self as Simd<f64>>::Raw {
        let first = n.min(<S as Simd<f64>>::LANES);
        // SAFETY: the caller's.
        unsafe {
            (Widen::load_partial(self.0, p, first), Widen::load_partial(self.0, p.add(first), n - first))
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: <Self as Simd<f64>>::Raw) {
        // SAFETY: the caller's.
        unsafe {
            Widen::store(self.0, p, v.0);
            Widen::store(self.0, p.add(<S as Simd<f64>>::LANES), v.1);
        }
    }
    #[inline(always)]
    unsafe fn store_partial(self, p: *mut f32, n: usize, v: <Self as Simd<f64>>::Raw) {
        let first = n.min(<S as Simd<f64>>::LANES);
        // SAFETY: the caller's.
        unsafe {
            Widen::store_partial(self.0, p, first, v.0);
            Widen::store_partial(self.0, p.add(first), n - first, v.1);
        }
    }
}

/// The most elements of one step.
const MOST_LANES: usize = 32;

/// `out = F(x)`.
#[inline(always)]
pub fn unary<'o, S: Isa, F: WideLanes>(isa: S, x: Operand<'_, f32>, mut out: Out<'o, f32>) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.fits(rows, len) && out.is_rows(), rows, len);
    for r in 0..rows {
        let to = out.pointer(r);
        let value;
        let (from, stride) = match kind(&x) {
            Kind::Memory => (memory(&x, r, to).0, 1),
            Kind::Constant => {
                value = [constant(&x, r); MOST_LANES];
                (value.as_ptr(), 0)
            }
        };
        // SAFETY: operand and output have `len` elements in row `r`; a constant has as many as one step.
        unsafe {
            // Of shorter registers, four chains keep a processor busy. Of 512 bits two do; where no lanes are looked
            // for that would need registers too, four are a little faster.
            match <S as Simd<f64>>::LANES {
                1 => row::<S, S, F>(isa, isa, from, stride, to, len),
                2..8 => row::<_, _, F>(Pair(isa), Pair(Pair(isa)), from, stride, to, len),
                _ if F::TOTAL => row::<_, _, F>(Pair(isa), Pair(Pair(isa)), from, stride, to, len),
                _ => row::<_, _, F>(isa, Pair(isa), from, stride, to, len),
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// One row: `stride` is 1, or 0 for one value in all places of a step.
///
/// # Safety
/// `from` is valid for reads of `len` elements, or of a step where `stride` is 0; `to` for writes of `len`, which nobody else
/// touches.
#[inline(always)]
unsafe fn row<U: SimdFloat<f32>, V: Widen, F: WideLanes>(
    narrow: U,
    wide: V,
    from: *const f32,
    stride: usize,
    to: *mut f32,
    len: usize,
) {
    let step = <U as Simd<f32>>::LANES;
    // Constants; the arms of `unary` that a set does not take would not pass.
    assert!(step == <V as Simd<f64>>::LANES && step <= MOST_LANES);
    let mut i = 0;
    // SAFETY: `i + step <= len` in the loop, `i + (len - i) = len` behind it. What is read is read before the
    // same elements are written.
    unsafe {
        while i + step <= len {
            let from = from.add(i * stride);
            // In this order: LLVM makes pieces of the larger load for the smaller ones if it comes first.
            let y = F::apply(Reg::from_raw(wide, Widen::load(wide, from)));
            let x = Reg::<f32, U>::load(narrow, from);
            Widen::store(wide, to.add(i), y.raw);
            mend::<U, F>(x, to.add(i), step);
            i += step;
        }
        if step > 1 && i < len {
            let (from, n) = (from.add(i * stride), len - i);
            let y = F::apply(Reg::from_raw(wide, Widen::load_partial(wide, from, n)));
            let x = Reg::<f32, U>::load_partial(narrow, from, n) | ones_behind(narrow, n);
            Widen::store_partial(wide, to.add(i), n, y.raw);
            mend::<U, F>(x, to.add(i), n);
        }
    }
}

/// Writes `F` of the first `n` lanes of `x` that are not usual.
///
/// # Safety
/// `to` is valid for writes of `n` elements, and `n <= LANES`.
#[inline(always)]
unsafe fn mend<S: SimdFloat<f32>, F: WideLanes>(x: Reg<f32, S>, to: *mut f32, n: usize) {
    if F::TOTAL {
        return;
    }
    let usual = F::usual(x);
    if !usual.all() {
        let (mut xs, mut flags) = ([0.0; MOST_LANES], [0; MOST_LANES]);
        // SAFETY: the arrays hold as many lanes as the register, as `row` asserts; `to` is the caller's.
        unsafe {
            x.store(xs.as_mut_ptr());
            Simd::<f32>::store_mask(x.isa(), flags.as_mut_ptr(), usual.raw);
            mend_lanes(&xs[..n], &flags[..n], to, F::rare);
        }
    }
}

/// # Safety
/// `to` is valid for writes of as many elements as `xs` has.
#[cold]
#[inline(never)]
unsafe fn mend_lanes(xs: &[f32], usual: &[u8], to: *mut f32, rare: fn(f64) -> f64) {
    for (i, (x, usual)) in xs.iter().zip(usual).enumerate() {
        if *usual == 0 {
            // SAFETY: the caller's.
            unsafe { to.add(i).write(rare(*x as f64) as f32) };
        }
    }
}
