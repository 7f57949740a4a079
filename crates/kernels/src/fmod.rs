//! `fmod`: the remainder of a division cut towards zero, exact.
//!
//! *Method.* 1. `q = trunc(|a| / |b|)`; rounding can make it one too large, never too small. 2. While `q` fits the
//! significand, `r = |a| − q·|b|` is exact in one fused step, and one addition of `|b|` corrects `q`.
//! 3. The sign is that of `a`. 4. Lanes whose quotient is too large (or NaN) take Rust's `%`.
//!
//! *Accuracy.* Exact: the remainder of two floats is a float.

use crate::elementwise::BinaryLanes;
use crate::ops::Fmod;
use crate::reg::Reg;
use crate::simd::{FloatLane, Simd, SimdFloat};

impl<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>> BinaryLanes<T, S> for Fmod {
    #[inline(always)]
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        let (x, y) = (a.abs(), b.abs());
        let q = (x / y).trunc();
        // 2 to the power of the significand's width.
        let limit = a.with(T::from_f64(2.0) / <T as num_traits::Float>::epsilon());
        let easy = q.lt(limit);
        let r = q.neg_mul_add(y, x);
        let r = r.lt(a.with(T::ZERO)).select(r + y, r);
        let sign = a & a.with(-T::ZERO);
        let r = r | sign;
        if easy.all() { r } else { exact(a, b) }
    }
}

/// All lanes by Rust's `%`, which agrees wherever the fast way is exact.
#[inline(always)]
fn exact<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>>(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
    let (mut x, mut y) = ([T::ZERO; 16], [T::ZERO; 16]);
    // SAFETY: no instruction set has more than 16 lanes of a float.
    unsafe {
        a.store(x.as_mut_ptr());
        b.store(y.as_mut_ptr());
    }
    remainders(&mut x[..<S as Simd<T>>::LANES], &y);
    // SAFETY: as above.
    unsafe { Reg::load(a.isa(), x.as_ptr()) }
}

#[cold]
#[inline(never)]
fn remainders<T: FloatLane + std::ops::Rem<Output = T>>(x: &mut [T], y: &[T]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x = *x % *y);
}
