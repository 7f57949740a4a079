//! `f32` and `f64` on AVX2.

use super::emulate::*;
use super::{Avx2, vectors};
use core::arch::x86_64::*;
use isonum_kernels::{Simd, SimdFloat};

macro_rules! floats {
    ($t:ident $raw:ident $to_bits:ident $from_bits:ident: $splat:ident $load:ident $store:ident
     $add:ident $sub:ident $mul:ident $max:ident $min:ident $blend:ident $load_mask:ident $store_mask:ident
     $compare:ident $eq:ident $lt:ident $le:ident $prefix:ident $last:ident
     $xor:ident $andnot:ident $div:ident $sqrt:ident $fma:ident $fnma:ident $round:ident
     $lookup8:ident $lookup16:ident $even:ident $odd:ident $low:ident $high:ident) => {
        vectors! {
            $t $raw $to_bits $from_bits: $splat $load $store $add $sub $max $min $blend
            $load_mask $store_mask $eq $lt $le $prefix $last {
                fn mul(self, a: $raw, b: $raw) -> $raw = $mul(a, b);
                fn neg(self, a: $raw) -> $raw = $xor(a, $splat(-0.0));
                fn abs(self, a: $raw) -> $raw = $andnot($splat(-0.0), a);
            }
        }
        functions! {
            fn $eq(a: $raw, b: $raw) -> __m256i = $to_bits($compare::<_CMP_EQ_OQ>(a, b));
            fn $lt(a: $raw, b: $raw) -> __m256i = $to_bits($compare::<_CMP_LT_OQ>(a, b));
            fn $le(a: $raw, b: $raw) -> __m256i = $to_bits($compare::<_CMP_LE_OQ>(a, b));
        }

        // SAFETY: nothing is read or written beyond the tables.
        unsafe impl SimdFloat<$t> for Avx2 {
            ops! {
                fn div(self, a: $raw, b: $raw) -> $raw = $div(a, b);
                fn sqrt(self, a: $raw) -> $raw = $sqrt(a);
                fn mul_add(self, a: $raw, b: $raw, c: $raw) -> $raw = $fma(a, b, c);
                fn neg_mul_add(self, a: $raw, b: $raw, c: $raw) -> $raw = $fnma(a, b, c);
                fn floor(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC }>(a);
                fn ceil(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC }>(a);
                fn trunc(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC }>(a);
                fn rint(self, a: $raw) -> $raw = $round::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(a);
                fn to_bits(self, a: $raw) -> __m256i = $to_bits(a);
                fn from_bits(self, a: __m256i) -> $raw = $from_bits(a);
                fn lookup8(self, table: &[$t; 8], index: __m256i) -> $raw = $lookup8(table.as_ptr(), index);
                fn lookup16(self, table: &[$t; 16], index: __m256i) -> $raw = $lookup16(table.as_ptr(), index);
                fn unzip(self, a: $raw, b: $raw) -> ($raw, $raw) = ($even(a, b), $odd(a, b));
                fn zip(self, even: $raw, odd: $raw) -> ($raw, $raw) = ($low(even, odd), $high(even, odd));
            }
        }
    };
}

floats! {
    f64 __m256d _mm256_castpd_si256 _mm256_castsi256_pd: _mm256_set1_pd load_partial64 store_partial64
    _mm256_add_pd _mm256_sub_pd _mm256_mul_pd _mm256_max_pd _mm256_min_pd _mm256_blendv_pd load_mask64 store_mask64
    _mm256_cmp_pd eq_pd lt_pd le_pd prefix_step64 splat_last64
    _mm256_xor_pd _mm256_andnot_pd _mm256_div_pd _mm256_sqrt_pd _mm256_fmadd_pd _mm256_fnmadd_pd _mm256_round_pd
    lookup8_pd lookup16_pd _mm256_unpacklo_pd _mm256_unpackhi_pd _mm256_unpacklo_pd _mm256_unpackhi_pd
}
floats! {
    f32 __m256 _mm256_castps_si256 _mm256_castsi256_ps: _mm256_set1_ps load_partial32 store_partial32
    _mm256_add_ps _mm256_sub_ps _mm256_mul_ps _mm256_max_ps _mm256_min_ps _mm256_blendv_ps load_mask32 store_mask32
    _mm256_cmp_ps eq_ps lt_ps le_ps prefix_step32 splat_last32
    _mm256_xor_ps _mm256_andnot_ps _mm256_div_ps _mm256_sqrt_ps _mm256_fmadd_ps _mm256_fnmadd_ps _mm256_round_ps
    lookup8_ps lookup16_ps even_ps odd_ps _mm256_unpacklo_ps _mm256_unpackhi_ps
}

// Within 128 bits, from where the unpack instructions bring them back.
functions! {
    fn even_ps(a: __m256, b: __m256) -> __m256 = _mm256_shuffle_ps::<0b10_00_10_00>(a, b);
    fn odd_ps(a: __m256, b: __m256) -> __m256 = _mm256_shuffle_ps::<0b11_01_11_01>(a, b);
}

// Tables: a permute looks at the low three bits of the index of a 32-bit part, a blend at the highest bit of the
// lane, to which further bits of the index are moved.
functions! {
    /// The entries of `table` that the two low bits of the lanes choose, both halves by the index `2i`, `2i + 1`.
    fn lookup4_pd(table: *const f64, parts: __m256i) -> __m256d =
        _mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_loadu_ps(table.cast()), parts));
    fn part_index(index: __m256i) -> __m256i = {
        let both = _mm256_shuffle_epi32::<0b10_10_00_00>(_mm256_slli_epi64::<1>(index));
        _mm256_add_epi32(both, _mm256_setr_epi32(0, 1, 0, 1, 0, 1, 0, 1))
    };
    fn lookup8_pd(table: *const f64, index: __m256i) -> __m256d = {
        let parts = part_index(index);
        let bit2 = _mm256_castsi256_pd(_mm256_slli_epi64::<61>(index));
        _mm256_blendv_pd(lookup4_pd(table, parts), lookup4_pd(table.add(4), parts), bit2)
    };
    fn lookup16_pd(table: *const f64, index: __m256i) -> __m256d = {
        let bit3 = _mm256_castsi256_pd(_mm256_slli_epi64::<60>(index));
        _mm256_blendv_pd(lookup8_pd(table, index), lookup8_pd(table.add(8), index), bit3)
    };
    fn lookup8_ps(table: *const f32, index: __m256i) -> __m256 = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), index);
    fn lookup16_ps(table: *const f32, index: __m256i) -> __m256 = {
        let bit3 = _mm256_castsi256_ps(_mm256_slli_epi32::<28>(index));
        _mm256_blendv_ps(lookup8_ps(table, index), lookup8_ps(table.add(8), index), bit3)
    };
}
