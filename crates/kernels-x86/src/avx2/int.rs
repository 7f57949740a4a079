//! The eight integers on AVX2.

use super::emulate::*;
use super::{Avx2, vectors};
use core::arch::x86_64::*;
use core::convert::identity;
use isonum_kernels::{Simd, SimdInt};

/// The two integers of a width: what they share, then for the signed and the unsigned one what they do not.
macro_rules! integers {
    ($splat:ident $load:ident $store:ident $add:ident $sub:ident $mul:ident $load_mask:ident $store_mask:ident
     $eq:ident $prefix:ident $last:ident $sllv:ident $sll:ident;
     $($t:ident: $abs:ident $max:ident $min:ident $lt:ident $le:ident $shrv:ident $shr:ident;)*) => {$(
        vectors! {
            $t __m256i identity identity: $splat $load $store $add $sub $max $min _mm256_blendv_epi8
            $load_mask $store_mask $eq $lt $le $prefix $last {
                fn mul(self, a: __m256i, b: __m256i) -> __m256i = $mul(a, b);
                fn neg(self, a: __m256i) -> __m256i = $sub(_mm256_setzero_si256(), a);
                fn abs(self, a: __m256i) -> __m256i = $abs(a);
            }
        }

        // SAFETY: nothing is read or written.
        unsafe impl SimdInt<$t> for Avx2 {
            ops! {
                // Counts are unsigned to the instructions, and those not below the width as documented.
                fn shl(self, a: __m256i, n: __m256i) -> __m256i = $sllv(a, n);
                fn shr(self, a: __m256i, n: __m256i) -> __m256i = $shrv(a, n);
                fn shl_const<const N: i32>(self, a: __m256i) -> __m256i = $sll::<N>(a);
                fn shr_const<const N: i32>(self, a: __m256i) -> __m256i = $shr::<N>(a);
            }
        }
    )*};
}

integers! {
    _mm256_set1_epi8 load_partial8 store_partial8 _mm256_add_epi8 _mm256_sub_epi8 mul_epi8 load_mask8 store_mask8
    _mm256_cmpeq_epi8 prefix_step8 splat_last8 sllv_epi8 slli_epi8;
    i8: _mm256_abs_epi8 _mm256_max_epi8 _mm256_min_epi8 lt_epi8 le_epi8 srav_epi8 srai_epi8;
    u8: identity _mm256_max_epu8 _mm256_min_epu8 lt_epu8 le_epu8 srlv_epi8 srli_epi8;
}
integers! {
    _mm256_set1_epi16 load_partial16 store_partial16 _mm256_add_epi16 _mm256_sub_epi16 _mm256_mullo_epi16
    load_mask16 store_mask16 _mm256_cmpeq_epi16 prefix_step16 splat_last16 sllv_epi16 _mm256_slli_epi16;
    i16: _mm256_abs_epi16 _mm256_max_epi16 _mm256_min_epi16 lt_epi16 le_epi16 srav_epi16 _mm256_srai_epi16;
    u16: identity _mm256_max_epu16 _mm256_min_epu16 lt_epu16 le_epu16 srlv_epi16 _mm256_srli_epi16;
}
integers! {
    _mm256_set1_epi32 load_partial32 store_partial32 _mm256_add_epi32 _mm256_sub_epi32 _mm256_mullo_epi32
    load_mask32 store_mask32 _mm256_cmpeq_epi32 prefix_step32 splat_last32 _mm256_sllv_epi32 _mm256_slli_epi32;
    i32: _mm256_abs_epi32 _mm256_max_epi32 _mm256_min_epi32 lt_epi32 le_epi32 _mm256_srav_epi32 _mm256_srai_epi32;
    u32: identity _mm256_max_epu32 _mm256_min_epu32 lt_epu32 le_epu32 _mm256_srlv_epi32 _mm256_srli_epi32;
}
integers! {
    _mm256_set1_epi64x load_partial64 store_partial64 _mm256_add_epi64 _mm256_sub_epi64 mul_epi64
    load_mask64 store_mask64 _mm256_cmpeq_epi64 prefix_step64 splat_last64 _mm256_sllv_epi64 _mm256_slli_epi64;
    i64: abs_epi64 max_epi64 min_epi64 lt_epi64 le_epi64 srav_epi64 srai_epi64;
    u64: identity max_epu64 min_epu64 lt_epu64 le_epu64 _mm256_srlv_epi64 _mm256_srli_epi64;
}
