//! Running sums and products, in one order on every backend.
//!
//! *Method.* Blocks of 64 bytes (8 `f64`, 16 `f32`, 8 `i64`) are scanned as a tree (Sklansky): in step `k` the
//! upper half of every group of `2k` elements takes in the last of the lower half. Then the running value of all
//! blocks before is combined with each. It depends on the block's last element alone, so only one operation is on
//! the critical path from block to block.

use crate::fold::Combine;
use crate::reg::Reg;
use crate::simd::{Lane, Simd};
use isonum_core::operand::{Filled, Out};

/// Scans one row. `R` is the number of registers that make 64 bytes. Returns the last value.
#[inline(always)]
pub fn scan<'o, T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    x: &[T],
    start: Option<T>,
    mut out: Out<'o, T>,
) -> (Filled<'o>, Option<T>) {
    const { assert!(R * S::LANES * size_of::<T>() == 64) };
    let len = out.len();
    crate::elementwise::check_fits(x.len() == len && out.rows() == 1 && out.is_rows(), 1, len);
    let to = out.pointer(0);
    let width = R * S::LANES;
    let mut carry = Reg::splat(isa, start.unwrap_or(C::IDENTITY));
    let mut i = 0;
    // SAFETY: `i + width <= len` in the loop; the tail goes through memory of its own.
    unsafe {
        while i + width <= len {
            carry = block::<T, S, C, R>(isa, x.as_ptr().add(i), carry, to.add(i));
            i += width;
        }
        if i < len {
            let n = len - i;
            let mut tail = [C::IDENTITY; 16];
            tail[..n].copy_from_slice(&x[i..]);
            let mut scanned = [C::IDENTITY; 16];
            block::<T, S, C, R>(isa, tail.as_ptr(), carry, scanned.as_mut_ptr());
            std::ptr::copy_nonoverlapping(scanned.as_ptr(), to.add(i), n);
        }
        let last = if len == 0 { start } else { Some(to.add(len - 1).read()) };
        (out.assume_filled(), last)
    }
}

#[inline(always)]
unsafe fn block<T: Lane, S: Simd<T>, C: Combine<T, S>, const R: usize>(
    isa: S,
    x: *const T,
    carry: Reg<T, S>,
    out: *mut T,
) -> Reg<T, S> {
    let identity = Reg::splat(isa, C::IDENTITY);
    let mut v = [identity; R];
    for (j, v) in v.iter_mut().enumerate() {
        // SAFETY: the caller's: 64 bytes are inside.
        *v = unsafe { Reg::load(isa, x.add(j * S::LANES)) };
    }
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
    for (j, v) in v.iter().enumerate() {
        // SAFETY: the caller's.
        unsafe { C::combine(carry, *v).store(out.add(j * S::LANES)) };
    }
    C::combine(carry, v[R - 1].splat_last())
}
