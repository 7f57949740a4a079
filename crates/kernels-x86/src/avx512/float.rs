//! `f32` and `f64` on AVX-512.

use super::emulate::*;
use super::{Avx512, vectors};
use core::arch::x86_64::*;
use isonum_kernels::{Simd, SimdFloat};

macro_rules! floats {
    ($t:ident $bits:ident $raw:ident $mask:ident $to_bits:ident $from_bits:ident: $splat:ident $load:ident $store:ident
     $add:ident $sub:ident $mul:ident $max:ident $min:ident $blend:ident $compare:ident
     $xor:ident $andnot:ident $div:ident $sqrt:ident $fma:ident $fnma:ident $round:ident
     $lookup8:ident $lookup16:ident $even:ident $odd:ident $low:ident $high:ident)  => {
        vectors! {
            $t $raw $mask $to_bits $from_bits: $splat $load $store $add $sub $max $min $blend
            [$compare::<_CMP_EQ_OQ>, $compare::<_CMP_LT_OQ>, $compare::<_CMP_LE_OQ>] {
                fn mul(self, a: $raw, b: $raw) -> $raw = $mul(a, b);
                fn neg(self, a: $raw) -> $raw = $xor(a, $splat(-0.0));
                fn abs(self, a: $raw) -> $raw = $andnot($splat(-0.0), a);
                fn prefix_step(self, a: $raw, step: usize, identity: $raw) -> $raw =
                    $from_bits(Simd::<$bits>::prefix_step(self, $to_bits(a), step, $to_bits(identity)));
                fn splat_last(self, a: $raw) -> $raw =
                    $from_bits(Simd::<$bits>::splat_last(self, $to_bits(a)));
            }
        }

        // SAFETY: nothing is read or written beyond the tables.
        unsafe impl SimdFloat<$t> for Avx512 {
            ops! {
                fn div(self, a: $raw, b: $raw) -> $raw = $div(a, b);
                fn sqrt(self, a: $raw) -> $raw = $sqrt(a);
                fn mul_add(self, a: $raw, b: $raw, c: $raw) -> $raw = $fma(a, b, c);
                fn neg_mul_add(self, a: $raw, b: $raw, c: $raw) -> $raw = $fnma(a, b, c);
                fn floor(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC }>(a);
                fn ceil(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC }>(a);
                fn trunc(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC }>(a);
                fn rint(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(a);
                fn to_bits(self, a: $raw) -> __m512i = $to_bits(a);
                fn from_bits(self, a: __m512i) -> $raw = $from_bits(a);
                // The permutes look at as many low bits of the index as there are entries.
                fn lookup8(self, table: &[$t; 8], index: __m512i) -> $raw = $lookup8(table.as_ptr(), index);
                fn lookup16(self, table: &[$t; 16], index: __m512i) -> $raw = $lookup16(table.as_ptr(), index);
                fn unzip(self, a: $raw, b: $raw) -> ($raw, $raw) = ($even(a, b), $odd(a, b));
                fn zip(self, even: $raw, odd: $raw) -> ($raw, $raw) = ($low(even, odd), $high(even, odd));
            }
        }
    };
}

floats! {
    f64 i64 __m512d __mmask8 _mm512_castpd_si512 _mm512_castsi512_pd:
    _mm512_set1_pd _mm512_maskz_loadu_pd _mm512_mask_storeu_pd _mm512_add_pd _mm512_sub_pd _mm512_mul_pd
    _mm512_max_pd _mm512_min_pd _mm512_mask_blend_pd _mm512_cmp_pd_mask _mm512_xor_pd _mm512_andnot_pd
    _mm512_div_pd _mm512_sqrt_pd _mm512_fmadd_pd _mm512_fnmadd_pd _mm512_roundscale_pd
    lookup8_pd lookup16_pd _mm512_unpacklo_pd _mm512_unpackhi_pd _mm512_unpacklo_pd _mm512_unpackhi_pd
}
floats! {
    f32 i32 __m512 __mmask16 _mm512_castps_si512 _mm512_castsi512_ps:
    _mm512_set1_ps _mm512_maskz_loadu_ps _mm512_mask_storeu_ps _mm512_add_ps _mm512_sub_ps _mm512_mul_ps
    _mm512_max_ps _mm512_min_ps _mm512_mask_blend_ps _mm512_cmp_ps_mask _mm512_xor_ps _mm512_andnot_ps
    _mm512_div_ps _mm512_sqrt_ps _mm512_fmadd_ps _mm512_fnmadd_ps _mm512_roundscale_ps
    lookup8_ps lookup16_ps even_ps odd_ps _mm512_unpacklo_ps _mm512_unpackhi_ps
}

// Within 128 bits, from where the unpack instructions bring them back.
functions! {
    fn even_ps(a: __m512, b: __m512) -> __m512 = _mm512_shuffle_ps::<0b10_00_10_00>(a, b);
    fn odd_ps(a: __m512, b: __m512) -> __m512 = _mm512_shuffle_ps::<0b11_01_11_01>(a, b);
}

functions! {
    fn lookup8_pd(table: *const f64, index: __m512i) -> __m512d = _mm512_permutexvar_pd(index, _mm512_loadu_pd(table));
    fn lookup16_pd(table: *const f64, index: __m512i) -> __m512d =
        _mm512_permutex2var_pd(_mm512_loadu_pd(table), index, _mm512_loadu_pd(table.add(8)));
    fn lookup8_ps(table: *const f32, index: __m512i) -> __m512 =
        _mm512_permutexvar_ps(index, _mm512_broadcast_f32x8(_mm256_loadu_ps(table)));
    fn lookup16_ps(table: *const f32, index: __m512i) -> __m512 =
        _mm512_permutexvar_ps(index, _mm512_loadu_ps(table));
}
