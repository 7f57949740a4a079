//! Running sums and products, in one order on every backend.
//!
//! *Method.* Blocks of 64 bytes (8 `f64`, 16 `f32`, 8 `i64`) are scanned as a tree (Sklansky): in step `k` the
//! upper half of every group of `2k` elements takes in the last of the lower half. Then the running value of all
//! blocks before is combined with each. It depends on the block's last element alone, so only one operation is on
//! the critical path from block to block.

use crate::fold::{Combine, load_padded};
use crate::reg::Reg;
use crate::scalar::Scalar;
use crate::simd::{Lane, Simd};
use isonum_core::operand::{Filled, Out};

/// Scans one row. `R` is the number of registers that make 64 bytes. Returns the last value.
#[inline(always)]
pub fn scan<'o, T: Lane, S: Simd<T>, C: Combine<T, S> + Combine<T, Scalar>, const R: usize>(
    isa: S,
    x: &[T],
    start: Option<T>,
    out: Out<'o, T>,
) -> (Filled<'o>, Option<T>)
where
    Scalar: Simd<T>,
{
    const { assert!(R * S::LANES * size_of::<T>() == 64) };
    if <C as Combine<T, S>>::ONE_LANE {
        return blocks::<T, Scalar, C, 8>(Scalar, x, start, out);
    }
    blocks::<T, S, C, R>(isa, x, start, out)
}

/// Scans one row in blocks of `R` registers.
#[inline(always)]
fn blocks<'o, T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    x: &[T],
    start: Option<T>,
    mut out: Out<'o, T>,
) -> (Filled<'o>, Option<T>) {
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1 && out.is_rows(), 1, len);
    let to = out.pointer(0);
    let width = R * S::LANES;
    let mut carry = Reg::splat(isa, start.unwrap_or(C::IDENTITY));
    let mut i = 0;
    // SAFETY: `i + width <= len` in the loop; the tail touches what is inside.
    unsafe {
        while i + width <= len {
            carry = block::<T, S, C, R>(isa, x.as_ptr().add(i), carry, to.add(i));
            i += width;
        }
        if i < len {
            let mut v = [Reg::splat(isa, C::IDENTITY); R];
            for (j, v) in v.iter_mut().enumerate() {
                if i + j * S::LANES < len {
                    let at = i + j * S::LANES;
                    *v = load_padded(isa, x.as_ptr().add(at), len - at, *v);
                }
            }
            for v in tree::<T, S, C, R>(isa, v) {
                if i < len {
                    let n = if len - i < S::LANES { len - i } else { S::LANES };
                    C::combine(carry, v).store_some(to.add(i), n);
                }
                i += S::LANES;
            }
        }
        let last = if len == 0 { start } else { Some(to.add(len - 1).read()) };
        (out.assume_filled(), last)
    }
}

/// One block; returns the running value behind it.
///
/// # Safety
/// 64 bytes from `x` are valid for reads, from `out` for writes.
#[inline(always)]
unsafe fn block<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    x: *const T,
    carry: Reg<T, S>,
    out: *mut T,
) -> Reg<T, S> {
    let mut v = [Reg::splat(isa, C::IDENTITY); R];
    for (j, v) in v.iter_mut().enumerate() {
        // SAFETY: the caller's.
        *v = unsafe { Reg::load(isa, x.add(j * S::LANES)) };
    }
    let v = tree::<T, S, C, R>(isa, v);
    for (j, v) in v.iter().enumerate() {
        // SAFETY: the caller's.
        unsafe { C::combine(carry, *v).store(out.add(j * S::LANES)) };
    }
    C::combine(carry, v[R - 1].splat_last())
}

/// The tree of one block.
#[inline(always)]
fn tree<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    mut v: [Reg<T, S>; R],
) -> [Reg<T, S>; R] {
    let identity = Reg::splat(isa, C::IDENTITY);
    for v in v.iter_mut() {
        let mut step = 1;
        while step < S::LANES {
            *v = C::combine(v.prefix_step(step, identity), *v);
            step *= 2;
        }
    }
    let mut step = 1;
    while step < R {
        for j in 0..R {
            if j & step != 0 {
                v[j] = C::combine(v[(j & !(2 * step - 1)) + step - 1].splat_last(), v[j]);
            }
        }
        step *= 2;
    }
    v
}
