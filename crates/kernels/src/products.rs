//! Sums of products and of squared deviations: multiplied and added in one rounding, in the order of [`crate::fold`].

use crate::fold::{Combine, Lanes, Stack, Sum, first_lanes, fold_lanes, load_padded};
use crate::reg::Reg;
use crate::simd::{FloatLane, Simd, SimdFloat};
use isonum_core::backend::{LANE_BYTES, block_len};

/// The sum of products of two slices of the same length, each product and addition rounded once together.
#[inline(always)]
pub fn dot<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, a: &[T], b: &[T]) -> T
where
    Sum: Combine<T, S>,
{
    assert_eq!(a.len(), b.len(), "dot: both operands have the same number of elements");
    let mut products = Products::<T, S, R>::new(isa);
    for (a, b) in a.chunks(block_len::<T>()).zip(b.chunks(block_len::<T>())) {
        products.push(a, b);
    }
    products.finish(1)[0]
}

/// Sums of products, block by block.
pub struct Products<T: FloatLane, S: SimdFloat<T>, const R: usize> {
    isa: S,
    stack: Stack<T, S, R>,
}

impl<T: FloatLane, S: SimdFloat<T>, const R: usize> Products<T, S, R>
where
    Sum: Combine<T, S>,
{
    /// Of no elements yet.
    #[inline(always)]
    pub fn new(isa: S) -> Self {
        const { assert!(R * <S as Simd<T>>::LANES * size_of::<T>() == LANE_BYTES) };
        Products { isa, stack: Stack::new(isa) }
    }

    /// Takes in the next block of `block_len` elements each, or the last, which may be shorter.
    #[inline(always)]
    pub fn push(&mut self, a: &[T], b: &[T]) {
        self.stack.push::<Sum>(products::<T, S, R>(self.isa, a, b));
    }

    /// The sums in `keep` interleaved sequences (1 or 2).
    #[inline(always)]
    pub fn finish(&self, keep: usize) -> [T; 2] {
        match self.stack.finish::<Sum>() {
            Some(lanes) => fold_lanes::<T, S, Sum, R>(lanes, keep),
            None => [T::ZERO; 2],
        }
    }
}

/// The products of one block, in lanes.
#[inline(always)]
fn products<T: FloatLane, S: SimdFloat<T>, const R: usize>(isa: S, a: &[T], b: &[T]) -> Lanes<T, S, R> {
    // Not trusted: `push` is public.
    let b = &b[..a.len()];
    let width = R * <S as Simd<T>>::LANES;
    let mut acc = [Reg::splat(isa, -T::ZERO); R];
    let rows = a.len() / width;
    let mut row = 0;
    while row < rows {
        // SAFETY: a whole row is inside.
        unsafe { add_products(isa, &mut acc, a.as_ptr().add(row * width), b.as_ptr().add(row * width)) };
        row += 1;
    }
    let mut i = rows * width;
    if i < a.len() {
        // −0 · +0 = −0, which adds nothing, not even to −0.
        let pad = Reg::splat(isa, -T::ZERO);
        for acc in acc.iter_mut() {
            if i < a.len() {
                let n = a.len() - i;
                let lanes = if n < <S as Simd<T>>::LANES { n } else { <S as Simd<T>>::LANES };
                // SAFETY: `n` elements are left of each.
                unsafe {
                    let x = load_padded(isa, a.as_ptr().add(i), n, pad);
                    *acc = x.mul_add(Reg::load_some(isa, b.as_ptr().add(i), lanes), *acc);
                }
            }
            i += <S as Simd<T>>::LANES;
        }
    }
    acc
}

/// One row of products.
///
/// # Safety
/// `R * LANES` elements of each are valid for reads.
#[inline(always)]
unsafe fn add_products<T: FloatLane, S: SimdFloat<T>, const R: usize>(
    isa: S,
    acc: &mut Lanes<T, S, R>,
    a: *const T,
    b: *const T,
) {
    for (j, acc) in acc.iter_mut().enumerate() {
        // SAFETY: the caller's.
        unsafe {
            let x = Reg::load(isa, a.add(j * <S as Simd<T>>::LANES));
            let y = Reg::load(isa, b.add(j * <S as Simd<T>>::LANES));
            *acc = x.mul_add(y, *acc);
        }
    }
}

/// The sum of `(x − center)²` over blocks of `f64`.
pub struct Deviations<S: SimdFloat<f64>, const R: usize> {
    center: Reg<f64, S>,
    stack: Stack<f64, S, R>,
}

impl<S: SimdFloat<f64>, const R: usize> Deviations<S, R> {
    /// Of no elements yet.
    #[inline(always)]
    pub fn new(isa: S, center: f64) -> Self {
        const { assert!(R * <S as Simd<f64>>::LANES * size_of::<f64>() == LANE_BYTES) };
        Deviations { center: Reg::splat(isa, center), stack: Stack::new(isa) }
    }

    /// Takes in the next block of `block_len` elements, or the last, which may be shorter.
    #[inline(always)]
    pub fn push(&mut self, x: &[f64]) {
        self.stack.push::<Sum>(squares::<S, R>(self.center.isa(), x, self.center));
    }

    /// The sum.
    #[inline(always)]
    pub fn finish(&self) -> f64 {
        match self.stack.finish::<Sum>() {
            Some(lanes) => fold_lanes::<f64, S, Sum, R>(lanes, 1)[0],
            None => 0.0,
        }
    }
}

/// The squared deviations of one block, in lanes.
#[inline(always)]
fn squares<S: SimdFloat<f64>, const R: usize>(isa: S, x: &[f64], center: Reg<f64, S>) -> Lanes<f64, S, R> {
    let width = R * <S as Simd<f64>>::LANES;
    let mut acc = [Reg::splat(isa, -0.0); R];
    let rows = x.len() / width;
    let mut row = 0;
    while row < rows {
        // SAFETY: a whole row is inside.
        unsafe { add_squares(&mut acc, x.as_ptr().add(row * width), center) };
        row += 1;
    }
    let mut i = rows * width;
    if i < x.len() {
        // The lanes without an element keep what they have.
        for acc in acc.iter_mut() {
            if i < x.len() {
                let n = x.len() - i;
                let lanes = if n < <S as Simd<f64>>::LANES { n } else { <S as Simd<f64>>::LANES };
                // SAFETY: `n` elements are left.
                let d = unsafe { Reg::load_some(isa, x.as_ptr().add(i), lanes) } - center;
                *acc = first_lanes(isa, lanes).select(d.mul_add(d, *acc), *acc);
            }
            i += <S as Simd<f64>>::LANES;
        }
    }
    acc
}

/// One row of squared deviations.
///
/// # Safety
/// `R * LANES` elements are valid for reads.
#[inline(always)]
unsafe fn add_squares<S: SimdFloat<f64>, const R: usize>(
    acc: &mut Lanes<f64, S, R>,
    x: *const f64,
    center: Reg<f64, S>,
) {
    for (j, acc) in acc.iter_mut().enumerate() {
        // SAFETY: the caller's.
        let d = unsafe { Reg::load(center.isa(), x.add(j * <S as Simd<f64>>::LANES)) } - center;
        *acc = d.mul_add(d, *acc);
    }
}
