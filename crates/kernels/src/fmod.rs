//! `fmod`: the remainder of a division cut towards zero, exact.
//!
//! *Method.* 1. `q = trunc(|a| / |b|)`; rounding can make it one too large, never too small. 2. While `q` fits the
//! significand, `r = |a| − q·|b|` is exact in one fused step, and one addition of `|b|` corrects `q`; where `q` is 0
//! (`b` infinite, too) `r` is `|a|`. 3. The sign is that of `a`. 4. If a quotient is too large, all lanes take Rust's
//! `%`. NaN quotients (of NaN, 0 / 0, ∞ / ∞) are no such case: there the remainder is NaN by itself.
//!
//! *Accuracy.* Exact: the remainder of two floats is a float.

use crate::elementwise::BinaryLanes;
use crate::ops::Fmod;
use crate::reg::Reg;
use crate::simd::{FloatLane, Simd, SimdFloat};

impl<T: FloatLane + std::ops::Rem<Output = T>, S: SimdFloat<T>> BinaryLanes<T, S> for Fmod {
    const SHORT: bool = false;
    #[inline(always)]
    fn apply(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S> {
        let (x, y) = (a.abs(), b.abs());
        let q = (x / y).trunc();
        // 2 to the power of the significand's width.
        let limit = a.with(T::from_f64(2.0) / <T as num_traits::Float>::epsilon());
        let zero = a.with(T::ZERO);
        let hard = q.ge(limit);
        let r = q.neg_mul_add(y, x);
        let r = r.lt(zero).select(r + y, r);
        let r = q.eq(zero).select(x, r);
        let sign = a & a.with(-T::ZERO);
        let r = r | sign;
        if hard.any() { exact(a, b) } else { r }
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
