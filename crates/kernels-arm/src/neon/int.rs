//! Integers: rows of intrinsic names, and what 64-bit lanes lack.

use super::{Neon, cast, load_bytes, methods, pick, prefix, shared, spread, store_bytes};
use isonum_kernels::simd::{Simd, SimdInt};
use std::arch::aarch64::*;
use std::convert::identity;

macro_rules! integers {
    ($(
        $t:ident $raw:ident $unsigned:ident $signed:ident:
        $dup:ident $dup_lane:ident $add:ident $sub:ident $mul:ident $abs:ident $max:ident $min:ident
        $eq:ident $lt:ident $le:ident, $shift:ident $min_count:ident $dup_count:ident $neg:ident $dup_const:ident;
    )*) => {$(
        // SAFETY: whole registers are 16 bytes, partial ones `n` elements.
        unsafe impl Simd<$t> for Neon {
            shared!($t, $raw, $unsigned, $dup, $dup_lane);
            methods! { $raw:
                add(a, b) -> $raw = $add(a, b);
                sub(a, b) -> $raw = $sub(a, b);
                mul(a, b) -> $raw = $mul(a, b);
                neg(a) -> $raw = $sub($dup(0), a);
                abs(a) -> $raw = $abs(a);
                larger(a, b) -> $raw = $max(a, b);
                smaller(a, b) -> $raw = $min(a, b);
                eq(a, b) -> $unsigned = $eq(a, b);
                lt(a, b) -> $unsigned = $lt(a, b);
                le(a, b) -> $unsigned = $le(a, b);
            }
        }

        // SAFETY: nothing is read or written.
        unsafe impl SimdInt<$t> for Neon {
            // A shift by the width or its negative is defined: nothing is left but zeros or the sign.
            methods! { $raw:
                shl(a, n) -> $raw = $shift(a, cast($min_count(cast(n), $dup_count($t::BITS as _))));
                shr(a, n) -> $raw = $shift(a, $neg(cast($min_count(cast(n), $dup_count($t::BITS as _)))));
            }
            #[inline(always)]
            fn shl_const<const N: i32>(self, a: $raw) -> $raw {
                // SAFETY: the token proves NEON.
                unsafe { $shift(a, $dup_const(N as _)) }
            }
            // Not `vshrq_n`, which refuses N = 0; it compiles to the same instruction.
            #[inline(always)]
            fn shr_const<const N: i32>(self, a: $raw) -> $raw {
                // SAFETY: the token proves NEON.
                unsafe { $shift(a, $dup_const(-N as _)) }
            }
        }
    )*};
}

integers! {
    i8 int8x16_t uint8x16_t int8x16_t:
        vdupq_n_s8 vdupq_laneq_s8 vaddq_s8 vsubq_s8 vmulq_s8 vabsq_s8 vmaxq_s8 vminq_s8
        vceqq_s8 vcltq_s8 vcleq_s8, vshlq_s8 vminq_u8 vdupq_n_u8 vnegq_s8 vdupq_n_s8;
    i16 int16x8_t uint16x8_t int16x8_t:
        vdupq_n_s16 vdupq_laneq_s16 vaddq_s16 vsubq_s16 vmulq_s16 vabsq_s16 vmaxq_s16 vminq_s16
        vceqq_s16 vcltq_s16 vcleq_s16, vshlq_s16 vminq_u16 vdupq_n_u16 vnegq_s16 vdupq_n_s16;
    i32 int32x4_t uint32x4_t int32x4_t:
        vdupq_n_s32 vdupq_laneq_s32 vaddq_s32 vsubq_s32 vmulq_s32 vabsq_s32 vmaxq_s32 vminq_s32
        vceqq_s32 vcltq_s32 vcleq_s32, vshlq_s32 vminq_u32 vdupq_n_u32 vnegq_s32 vdupq_n_s32;
    i64 int64x2_t uint64x2_t int64x2_t:
        vdupq_n_s64 vdupq_laneq_s64 vaddq_s64 vsubq_s64 mul_s64 vabsq_s64 max_s64 min_s64
        vceqq_s64 vcltq_s64 vcleq_s64, vshlq_s64 min_u64 vdupq_n_u64 vnegq_s64 vdupq_n_s64;
    u8 uint8x16_t uint8x16_t int8x16_t:
        vdupq_n_u8 vdupq_laneq_u8 vaddq_u8 vsubq_u8 vmulq_u8 identity vmaxq_u8 vminq_u8
        vceqq_u8 vcltq_u8 vcleq_u8, vshlq_u8 vminq_u8 vdupq_n_u8 vnegq_s8 vdupq_n_s8;
    u16 uint16x8_t uint16x8_t int16x8_t:
        vdupq_n_u16 vdupq_laneq_u16 vaddq_u16 vsubq_u16 vmulq_u16 identity vmaxq_u16 vminq_u16
        vceqq_u16 vcltq_u16 vcleq_u16, vshlq_u16 vminq_u16 vdupq_n_u16 vnegq_s16 vdupq_n_s16;
    u32 uint32x4_t uint32x4_t int32x4_t:
        vdupq_n_u32 vdupq_laneq_u32 vaddq_u32 vsubq_u32 vmulq_u32 identity vmaxq_u32 vminq_u32
        vceqq_u32 vcltq_u32 vcleq_u32, vshlq_u32 vminq_u32 vdupq_n_u32 vnegq_s32 vdupq_n_s32;
    u64 uint64x2_t uint64x2_t int64x2_t:
        vdupq_n_u64 vdupq_laneq_u64 vaddq_u64 vsubq_u64 mul_u64 identity max_u64 min_u64
        vceqq_u64 vcltq_u64 vcleq_u64, vshlq_u64 min_u64 vdupq_n_u64 vnegq_s64 vdupq_n_s64;
}

macro_rules! order_64 {
    ($($max:ident $min:ident $raw:ident $lt:ident $select:ident;)*) => {$(
        #[inline(always)]
        fn $max(a: $raw, b: $raw) -> $raw {
            // SAFETY: the callers hold the token, which proves NEON.
            unsafe { $select($lt(a, b), b, a) }
        }
        #[inline(always)]
        fn $min(a: $raw, b: $raw) -> $raw {
            // SAFETY: the callers hold the token, which proves NEON.
            unsafe { $select($lt(b, a), b, a) }
        }
    )*};
}
order_64! {
    max_s64 min_s64 int64x2_t vcltq_s64 vbslq_s64;
    max_u64 min_u64 uint64x2_t vcltq_u64 vbslq_u64;
}

/// The low product in full, and both cross products to the upper halves.
#[inline(always)]
fn mul_u64(a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
    // SAFETY: the callers hold the token, which proves NEON.
    unsafe {
        let cross = vpaddlq_u32(vmulq_u32(cast(a), vrev64q_u32(cast(b))));
        vmlal_u32(vshlq_n_u64::<32>(cross), vmovn_u64(a), vmovn_u64(b))
    }
}

#[inline(always)]
fn mul_s64(a: int64x2_t, b: int64x2_t) -> int64x2_t {
    cast(mul_u64(cast(a), cast(b)))
}
