//! Register transposes in NEON.
//!
//! A *zip* of `N` registers interleaves register `i` with register `i + N/2`: the lower halves become register
//! `2i`, the upper halves register `2i + 1`. Where a register has `N` elements, `log2 N` zips transpose.

use super::Neon;
use isonum_kernels::Transpose;
use std::arch::aarch64::*;

/// One zip of an array of registers.
macro_rules! zip {
    ($low:ident $high:ident $v:ident: $($a:literal $b:literal),*) => {
        [$($low($v[$a], $v[$b]), $high($v[$a], $v[$b])),*]
    };
}

/// A square of one register a row.
macro_rules! tile {
    ($t:ty, $vector:ident, $tile:literal rows $($row:literal)*: $rounds:literal of $low:ident $high:ident $($pairs:tt)*) => {
        // SAFETY: a register is `TILE` elements, and as many are read and written.
        unsafe impl Transpose<$t> for Neon {
            const TILE: usize = $tile;
            #[inline(always)]
            unsafe fn transpose_tile(self, from: *const $t, from_row: isize, to: *mut $t, to_row: isize) {
                // SAFETY: the token proves NEON, and the caller that the rows may be used.
                unsafe {
                    let mut v = [$(from.offset($row * from_row).cast::<$vector>().read_unaligned()),*];
                    for _ in 0..$rounds {
                        v = zip!($low $high v: $($pairs)*);
                    }
                    $(to.offset($row * to_row).cast::<$vector>().write_unaligned(v[$row]);)*
                }
            }
        }
    };
}
tile! { u64, uint64x2_t, 2 rows 0 1: 1 of vzip1q_u64 vzip2q_u64 0 1 }
tile! { u32, uint32x4_t, 4 rows 0 1 2 3: 2 of vzip1q_u32 vzip2q_u32 0 2, 1 3 }
tile! { u16, uint16x8_t, 8 rows 0 1 2 3 4 5 6 7: 3 of vzip1q_u16 vzip2q_u16 0 4, 1 5, 2 6, 3 7 }
tile! {
    u8, uint8x16_t, 16 rows 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15: 4 of vzip1q_u8 vzip2q_u8
    0 8, 1 9, 2 10, 3 11, 4 12, 5 13, 6 14, 7 15
}

// SAFETY: one element is read and written.
unsafe impl Transpose<[u64; 2]> for Neon {
    const TILE: usize = 1;
    #[inline(always)]
    unsafe fn transpose_tile(self, from: *const [u64; 2], _: isize, to: *mut [u64; 2], _: isize) {
        // SAFETY: the caller's.
        unsafe { to.write_unaligned(from.read_unaligned()) }
    }
}
