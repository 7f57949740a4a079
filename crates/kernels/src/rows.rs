//! Reductions down the columns: rows are joined element by element, in their order.

use crate::reg::Reg;
use crate::simd::{Lane, Simd};
use isonum_core::operand::{Filled, Out, Rows};

/// How the elements of two rows become one.
pub(crate) trait Join<T: Lane, S: Simd<T>> {
    /// `a` stands in a row before that of `b`.
    fn join(a: Reg<T, S>, b: Reg<T, S>) -> Reg<T, S>;
}

/// The registers of a row up to which columns are joined one register after the other.
pub(crate) const NARROW: usize = 8;

/// The rows of `x` joined to one.
#[inline(always)]
pub(crate) fn join_rows<'o, T: Lane, S: Simd<T>, J: Join<T, S>>(
    isa: S,
    x: Rows<'_, T>,
    mut out: Out<'o, T>,
) -> Filled<'o> {
    let len = out.len();
    crate::elementwise::check_fits(
        x.len() == len && out.rows() == 1 && out.is_rows() && x.rows() > 0,
        1,
        len,
    );
    let to = out.pointer(0);
    if len <= NARROW * S::LANES {
        // Results stay in a register for all rows.
        let mut i = 0;
        while i < len {
            let n = if len - i < S::LANES { len - i } else { S::LANES };
            // SAFETY: rows and output have `len` elements.
            unsafe {
                let mut acc = Reg::load_some(isa, x.pointer(0).add(i), n);
                for r in 1..x.rows() {
                    acc = J::join(acc, Reg::load_some(isa, x.pointer(r).add(i), n));
                }
                acc.store_some(to.add(i), n);
            }
            i += n;
        }
        // SAFETY: every element has been written.
        return unsafe { out.assume_filled() };
    }
    // SAFETY: the output has `len` elements.
    unsafe { std::ptr::copy_nonoverlapping(x.pointer(0), to, len) };
    let mut r = 1;
    while r < x.rows() {
        // Four rows at a time: few streams to prefetch, and the output is read and written once for all four.
        let four = r + 4 <= x.rows();
        let mut rows = [x.pointer(r); 4];
        if four {
            rows = [x.pointer(r), x.pointer(r + 1), x.pointer(r + 2), x.pointer(r + 3)];
        }
        let mut i = 0;
        // SAFETY: rows and output have `len` elements.
        unsafe {
            while i < len {
                let n = if len - i < S::LANES { len - i } else { S::LANES };
                let mut acc = Reg::load_some(isa, to.add(i), n);
                acc = J::join(acc, Reg::load_some(isa, rows[0].add(i), n));
                if four {
                    acc = J::join(acc, Reg::load_some(isa, rows[1].add(i), n));
                    acc = J::join(acc, Reg::load_some(isa, rows[2].add(i), n));
                    acc = J::join(acc, Reg::load_some(isa, rows[3].add(i), n));
                }
                acc.store_some(to.add(i), n);
                i += n;
            }
        }
        r += if four { 4 } else { 1 };
    }
    // SAFETY: every element has been written.
    unsafe { out.assume_filled() }
}
