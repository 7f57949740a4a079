//! Polynomials.
//!
//! Horner's scheme: the fewest operations and registers. Its latency is hidden by the calls for the neighbouring
//! registers, which are independent; the kernels take two or more registers in step ([`Pair`](crate::pair::Pair)).

use crate::reg::{Mask, Reg};
use crate::simd::{FloatLane, SimdFloat};

/// `c[0] + c[1] x + … + c[n−1] xⁿ⁻¹`, one fused step for each coefficient but the last. `c` is a constant, so that the
/// compiler knows how many there are.
#[inline(always)]
pub(super) fn horner<T: FloatLane, S: SimdFloat<T>>(x: Reg<T, S>, c: &[T]) -> Reg<T, S> {
    let mut i = c.len() - 1;
    let mut sum = x.with(c[i]);
    while i > 0 {
        i -= 1;
        sum = sum.mul_add(x, x.with(c[i]));
    }
    sum
}

/// [`horner`] with the coefficients `yes` in the lanes where `m` is set, else `no`.
#[inline(always)]
pub(super) fn horner_blend<T: FloatLane, S: SimdFloat<T>, const N: usize>(
    x: Reg<T, S>,
    m: Mask<T, S>,
    yes: &[T; N],
    no: &[T; N],
) -> Reg<T, S> {
    let mut sum = m.select(x.with(yes[N - 1]), x.with(no[N - 1]));
    let mut i = N - 1;
    while i > 0 {
        i -= 1;
        sum = sum.mul_add(x, m.select(x.with(yes[i]), x.with(no[i])));
    }
    sum
}

/// [`horner`] with coefficients from tables: `tables[i]` holds `c[i]` for each of 16 intervals.
#[inline(always)]
pub(super) fn horner_table<T: FloatLane, S: SimdFloat<T>, const N: usize>(
    x: Reg<T, S>,
    interval: Reg<T::Bits, S>,
    tables: &[[T; 16]; N],
) -> Reg<T, S> {
    let mut sum = Reg::lookup16(&tables[N - 1], interval);
    let mut i = N - 1;
    while i > 0 {
        i -= 1;
        sum = sum.mul_add(x, Reg::lookup16(&tables[i], interval));
    }
    sum
}
