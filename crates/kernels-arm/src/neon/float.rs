//! Floats: rows of intrinsic names, and the table look-ups.

use super::{Neon, cast, load_bytes, methods, pick, prefix, shared, spread, store_bytes};
use isonum_kernels::simd::{Simd, SimdFloat};
use std::arch::aarch64::*;

macro_rules! floats {
    ($(
        $t:ident $raw:ident $mask:ident $bits:ident:
        $dup:ident $dup_lane:ident $add:ident $sub:ident $mul:ident $neg:ident $abs:ident
        $eq:ident $lt:ident $le:ident $select:ident,
        $div:ident $sqrt:ident $fma:ident $fms:ident $floor:ident $ceil:ident $trunc:ident $rint:ident
        $lookup8:ident $lookup16:ident $even:ident $odd:ident $low:ident $high:ident;
    )*) => {$(
        // SAFETY: whole registers are 16 bytes, partial ones `n` elements.
        unsafe impl Simd<$t> for Neon {
            shared!($t, $raw, $mask, $dup, $dup_lane);
            methods! { $raw:
                add(a, b) -> $raw = $add(a, b);
                sub(a, b) -> $raw = $sub(a, b);
                mul(a, b) -> $raw = $mul(a, b);
                neg(a) -> $raw = $neg(a);
                abs(a) -> $raw = $abs(a);
                larger(a, b) -> $raw = $select($lt(a, b), b, a);
                smaller(a, b) -> $raw = $select($lt(b, a), b, a);
                eq(a, b) -> $mask = $eq(a, b);
                lt(a, b) -> $mask = $lt(a, b);
                le(a, b) -> $mask = $le(a, b);
            }
        }

        // SAFETY: nothing is read or written beyond the tables.
        unsafe impl SimdFloat<$t> for Neon {
            methods! { $raw:
                div(a, b) -> $raw = $div(a, b);
                sqrt(a) -> $raw = $sqrt(a);
                mul_add(a, b, c) -> $raw = $fma(c, a, b);
                neg_mul_add(a, b, c) -> $raw = $fms(c, a, b);
                floor(a) -> $raw = $floor(a);
                ceil(a) -> $raw = $ceil(a);
                trunc(a) -> $raw = $trunc(a);
                rint(a) -> $raw = $rint(a);
                unzip(a, b) -> ($raw, $raw) = ($even(a, b), $odd(a, b));
                zip(a, b) -> ($raw, $raw) = ($low(a, b), $high(a, b));
                to_bits(a) -> $bits = cast(a);
            }
            methods! { $bits:
                from_bits(a) -> $raw = cast(a);
            }
            #[inline(always)]
            fn lookup8(self, table: &[$t; 8], index: $bits) -> $raw {
                $lookup8(table, cast(index))
            }
            #[inline(always)]
            fn lookup16(self, table: &[$t; 16], index: $bits) -> $raw {
                $lookup16(table, cast(index))
            }
        }
    )*};
}

floats! {
    f32 float32x4_t uint32x4_t int32x4_t:
        vdupq_n_f32 vdupq_laneq_f32 vaddq_f32 vsubq_f32 vmulq_f32 vnegq_f32 vabsq_f32
        vceqq_f32 vcltq_f32 vcleq_f32 vbslq_f32,
        vdivq_f32 vsqrtq_f32 vfmaq_f32 vfmsq_f32 vrndmq_f32 vrndpq_f32 vrndq_f32 vrndnq_f32
        lookup8_f32 lookup16_f32 vuzp1q_f32 vuzp2q_f32 vzip1q_f32 vzip2q_f32;
    f64 float64x2_t uint64x2_t int64x2_t:
        vdupq_n_f64 vdupq_laneq_f64 vaddq_f64 vsubq_f64 vmulq_f64 vnegq_f64 vabsq_f64
        vceqq_f64 vcltq_f64 vcleq_f64 vbslq_f64,
        vdivq_f64 vsqrtq_f64 vfmaq_f64 vfmsq_f64 vrndmq_f64 vrndpq_f64 vrndq_f64 vrndnq_f64
        lookup8_f64 lookup16_f64 vuzp1q_f64 vuzp2q_f64 vzip1q_f64 vzip2q_f64;
}

// `tbl` looks bytes up in a table of up to 64, which stays in registers through a loop. The byte indices of a
// lane are its index times the size, plus 0, 1, 2, … Instructions a vector, besides the table and constants:
//
// - f32, 8 or 16 entries: 4 (`and`, `mov`, `mla`, `tbl`); lane by lane 14.
// - f64, 8 entries: 5 (`tbl`, `and`, `mov`, `sli`, `tbl`); lane by lane 7, behind moves to general registers.
// - f64, 16 entries: 7 either way, but tables would take eight registers and a slow `tbl` and `tbx`: lane by lane.

/// The byte indices of 32-bit lanes, of which the lowest bits `mask` count.
#[inline(always)]
fn bytes_of_words(index: uint32x4_t, mask: u32) -> uint8x16_t {
    // SAFETY: the callers hold the token, which proves NEON.
    unsafe {
        let index = vandq_u32(index, vdupq_n_u32(mask));
        cast(vmlaq_u32(vdupq_n_u32(0x0302_0100), index, vdupq_n_u32(0x0404_0404)))
    }
}

#[inline(always)]
fn lookup8_f32(table: &[f32; 8], index: uint32x4_t) -> float32x4_t {
    // SAFETY: the callers hold the token, which proves NEON; the table has 32 bytes.
    cast(unsafe { vqtbl2q_u8(vld1q_u8_x2(table.as_ptr().cast()), bytes_of_words(index, 7)) })
}

#[inline(always)]
fn lookup16_f32(table: &[f32; 16], index: uint32x4_t) -> float32x4_t {
    // SAFETY: the callers hold the token, which proves NEON; the table has 64 bytes.
    cast(unsafe { vqtbl4q_u8(vld1q_u8_x4(table.as_ptr().cast()), bytes_of_words(index, 15)) })
}

#[inline(always)]
fn lookup8_f64(table: &[f64; 8], index: uint64x2_t) -> float64x2_t {
    const LOWEST: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8];
    const WITHIN: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7];
    // SAFETY: the callers hold the token, which proves NEON; the table has 64 bytes.
    unsafe {
        let lowest = vqtbl1q_u8(cast(index), cast(u128::from_le_bytes(LOWEST)));
        let entry = vandq_u8(lowest, vdupq_n_u8(7));
        let bytes = vsliq_n_u8::<3>(cast(u128::from_le_bytes(WITHIN)), entry);
        cast(vqtbl4q_u8(vld1q_u8_x4(table.as_ptr().cast()), bytes))
    }
}

#[inline(always)]
fn lookup16_f64(table: &[f64; 16], index: uint64x2_t) -> float64x2_t {
    // SAFETY: the callers hold the token, which proves NEON.
    unsafe {
        let first = table[vgetq_lane_u64::<0>(index) as usize & 15];
        let second = table[vgetq_lane_u64::<1>(index) as usize & 15];
        vcombine_f64(vdup_n_f64(first), vdup_n_f64(second))
    }
}
