//! The eight integers on AVX-512.

use super::emulate::*;
use super::{Avx512, vectors};
use crate::prefix::{LANE_BITS, sources_i16, sources_i32, sources_i64};
use core::arch::x86_64::*;
use core::convert::identity;
use isonum_kernels::{Simd, SimdInt};

/// The two integers of a width: what they share, then for the signed and the unsigned one what they do not.
macro_rules! integers {
    ($mask:ident $load:ident $store:ident $splat:ident $add:ident $sub:ident $mul:ident $eq:ident $blend:ident
     $sllv:ident $sll:ident $last:ident $prefix:ident;
     $($t:ident: $abs:ident $max:ident $min:ident $lt:ident $le:ident $shrv:ident $shr:ident;)*) => {$(
        vectors! {
            $t __m512i $mask identity identity:
            $splat $load $store $add $sub $max $min $blend [$eq, $lt, $le] {
                fn mul(self, a: __m512i, b: __m512i) -> __m512i = $mul(a, b);
                fn neg(self, a: __m512i) -> __m512i = $sub(_mm512_setzero_si512(), a);
                fn abs(self, a: __m512i) -> __m512i = $abs(a);
                fn prefix_step(self, a: __m512i, step: usize, identity: __m512i) -> __m512i =
                    $prefix(a, step, identity);
                fn splat_last(self, a: __m512i) -> __m512i = $last(a);
            }
        }

        // SAFETY: nothing is read or written.
        unsafe impl SimdInt<$t> for Avx512 {
            ops! {
                // Counts are unsigned to the instructions, and those not below the width as documented.
                fn shl(self, a: __m512i, n: __m512i) -> __m512i = $sllv(a, n);
                fn shr(self, a: __m512i, n: __m512i) -> __m512i = $shrv(a, n);
                fn shl_const<const N: i32>(self, a: __m512i) -> __m512i = $sll(a, _mm_cvtsi32_si128(N));
                fn shr_const<const N: i32>(self, a: __m512i) -> __m512i = $shr(a, _mm_cvtsi32_si128(N));
            }
        }
    )*};
}

integers! {
    __mmask64 _mm512_maskz_loadu_epi8 _mm512_mask_storeu_epi8 _mm512_set1_epi8 _mm512_add_epi8 _mm512_sub_epi8
    mul_epi8 _mm512_cmpeq_epi8_mask _mm512_mask_blend_epi8 sllv_epi8 sll_epi8 splat_last_epi8 prefix_step_epi8;
    i8: _mm512_abs_epi8 _mm512_max_epi8 _mm512_min_epi8 _mm512_cmplt_epi8_mask _mm512_cmple_epi8_mask
        srav_epi8 sra_epi8;
    u8: identity _mm512_max_epu8 _mm512_min_epu8 _mm512_cmplt_epu8_mask _mm512_cmple_epu8_mask
        srlv_epi8 srl_epi8;
}
integers! {
    __mmask32 _mm512_maskz_loadu_epi16 _mm512_mask_storeu_epi16 _mm512_set1_epi16 _mm512_add_epi16 _mm512_sub_epi16
    _mm512_mullo_epi16 _mm512_cmpeq_epi16_mask _mm512_mask_blend_epi16 _mm512_sllv_epi16 _mm512_sll_epi16
    splat_last_epi16 prefix_step_epi16;
    i16: _mm512_abs_epi16 _mm512_max_epi16 _mm512_min_epi16 _mm512_cmplt_epi16_mask _mm512_cmple_epi16_mask
        _mm512_srav_epi16 _mm512_sra_epi16;
    u16: identity _mm512_max_epu16 _mm512_min_epu16 _mm512_cmplt_epu16_mask _mm512_cmple_epu16_mask
        _mm512_srlv_epi16 _mm512_srl_epi16;
}
integers! {
    __mmask16 _mm512_maskz_loadu_epi32 _mm512_mask_storeu_epi32 _mm512_set1_epi32 _mm512_add_epi32 _mm512_sub_epi32
    _mm512_mullo_epi32 _mm512_cmpeq_epi32_mask _mm512_mask_blend_epi32 _mm512_sllv_epi32 _mm512_sll_epi32
    splat_last_epi32 prefix_step_epi32;
    i32: _mm512_abs_epi32 _mm512_max_epi32 _mm512_min_epi32 _mm512_cmplt_epi32_mask _mm512_cmple_epi32_mask
        _mm512_srav_epi32 _mm512_sra_epi32;
    u32: identity _mm512_max_epu32 _mm512_min_epu32 _mm512_cmplt_epu32_mask _mm512_cmple_epu32_mask
        _mm512_srlv_epi32 _mm512_srl_epi32;
}
integers! {
    __mmask8 _mm512_maskz_loadu_epi64 _mm512_mask_storeu_epi64 _mm512_set1_epi64 _mm512_add_epi64 _mm512_sub_epi64
    _mm512_mullo_epi64 _mm512_cmpeq_epi64_mask _mm512_mask_blend_epi64 _mm512_sllv_epi64 _mm512_sll_epi64
    splat_last_epi64 prefix_step_epi64;
    i64: _mm512_abs_epi64 _mm512_max_epi64 _mm512_min_epi64 _mm512_cmplt_epi64_mask _mm512_cmple_epi64_mask
        _mm512_srav_epi64 _mm512_sra_epi64;
    u64: identity _mm512_max_epu64 _mm512_min_epu64 _mm512_cmplt_epu64_mask _mm512_cmple_epu64_mask
        _mm512_srlv_epi64 _mm512_srl_epi64;
}

functions! {
    /// What compilers make of the masked permute is two instructions for each step, across 512 bits.
    fn prefix_step_epi64(a: __m512i, step: usize, identity: __m512i) -> __m512i = match step {
        1 => _mm512_unpacklo_epi64(identity, a),
        4 => {
            let last = _mm256_permute4x64_epi64::<0b11_11_11_11>(_mm512_castsi512_si256(a));
            _mm512_inserti64x4::<1>(identity, last)
        }
        _ => permute_step_epi64(a, step, identity),
    };
}

/// One masked permute each.
macro_rules! permutes {
    ($($prefix:ident $last:ident: $mask:ident $sources:ident $t:ident $lanes:literal $steps:literal
        $load:ident $splat:ident $permute:ident $mask_permute:ident;)*) => {
        functions! {$(
            fn $prefix(a: __m512i, step: usize, identity: __m512i) -> __m512i = {
                const SOURCES: &[[$t; $lanes]; $steps] = &$sources(1, $lanes);
                let k = step.trailing_zeros() as usize;
                $mask_permute(identity, LANE_BITS[k] as $mask, $load(SOURCES[k].as_ptr()), a)
            };
            fn $last(a: __m512i) -> __m512i = $permute($splat($lanes - 1), a);
        )*}
    };
}
permutes! {
    prefix_step_epi16 splat_last_epi16: __mmask32 sources_i16 i16 32 5
        _mm512_loadu_epi16 _mm512_set1_epi16 _mm512_permutexvar_epi16 _mm512_mask_permutexvar_epi16;
    prefix_step_epi32 splat_last_epi32: __mmask16 sources_i32 i32 16 4
        _mm512_loadu_epi32 _mm512_set1_epi32 _mm512_permutexvar_epi32 _mm512_mask_permutexvar_epi32;
    permute_step_epi64 splat_last_epi64: __mmask8 sources_i64 i64 8 3
        _mm512_loadu_epi64 _mm512_set1_epi64 _mm512_permutexvar_epi64 _mm512_mask_permutexvar_epi64;
}
