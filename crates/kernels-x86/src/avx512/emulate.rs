//! What takes more than one instruction on AVX-512: most things on bytes, and masks as bytes in memory.

use crate::prefix::{LANE_BITS, sources_i8, sources_i64};
use core::arch::x86_64::*;

/// Masks as bytes in memory, one for each bit.
pub(super) trait MaskBytes {
    /// # Safety
    /// The caller has a token, and `p` is valid for reads of as many bytes as the mask has bits.
    unsafe fn load(p: *const u8) -> Self;
    /// # Safety
    /// The caller has a token, and `p` is valid for writes of as many bytes as the mask has bits.
    unsafe fn store(self, p: *mut u8);
}

macro_rules! mask_bytes {
    ($($mask:ident: $load:ident $test:ident, $store:ident $ones:ident;)*) => {$(
        impl MaskBytes for $mask {
            #[inline(always)]
            unsafe fn load(p: *const u8) -> Self {
                // SAFETY: the caller's.
                unsafe {
                    let v = $load(p.cast());
                    $test(v, v) as $mask
                }
            }
            #[inline(always)]
            unsafe fn store(self, p: *mut u8) {
                // SAFETY: the caller's.
                unsafe { $store(p.cast(), $ones(self as _, 1)) }
            }
        }
    )*};
}
mask_bytes! {
    __mmask64: _mm512_loadu_si512 _mm512_test_epi8_mask, _mm512_storeu_si512 _mm512_maskz_set1_epi8;
    __mmask32: _mm256_loadu_si256 _mm256_test_epi8_mask, _mm256_storeu_si256 _mm256_maskz_set1_epi8;
    __mmask16: _mm_loadu_si128 _mm_test_epi8_mask, _mm_storeu_si128 _mm_maskz_set1_epi8;
    __mmask8: _mm_loadl_epi64 _mm_test_epi8_mask, _mm_storel_epi64 _mm_maskz_set1_epi8;
}

functions! {
    /// A mask of the first `n` lanes.
    fn first_lanes(n: usize) -> u64 = _bzhi_u64(!0, n as u32);

    /// Even bytes of `even`, odd bytes of `odd`.
    fn bytes(even: __m512i, odd: __m512i) -> __m512i = _mm512_mask_blend_epi8(LANE_BITS[0], even, odd);
    /// The even bytes, as 16-bit numbers.
    fn even(a: __m512i) -> __m512i = _mm512_and_si512(a, _mm512_set1_epi16(0xff));
    /// The odd bytes, as 16-bit numbers times 256.
    fn odd(a: __m512i) -> __m512i = _mm512_andnot_si512(_mm512_set1_epi16(0xff), a);
    /// Products of even and of odd bytes, of 16 bits each: .020 ns an element on Zen 4, scalar (in smaller vectors) .040.
    fn mul_epi8(a: __m512i, b: __m512i) -> __m512i =
        bytes(_mm512_mullo_epi16(a, b), _mm512_mullo_epi16(odd(a), _mm512_srli_epi16::<8>(b)));
    // Counts of bytes are below 256 as unsigned numbers; a 16-bit shift by 8 and more leaves nothing of a byte.
    fn sllv_epi8(a: __m512i, n: __m512i) -> __m512i =
        bytes(_mm512_sllv_epi16(a, even(n)), _mm512_sllv_epi16(odd(a), _mm512_srli_epi16::<8>(n)));
    fn srlv_epi8(a: __m512i, n: __m512i) -> __m512i =
        bytes(_mm512_srlv_epi16(even(a), even(n)), _mm512_srlv_epi16(a, _mm512_srli_epi16::<8>(n)));
    fn srav_epi8(a: __m512i, n: __m512i) -> __m512i = bytes(
        _mm512_srli_epi16::<8>(_mm512_srav_epi16(_mm512_slli_epi16::<8>(a), even(n))),
        _mm512_srav_epi16(a, _mm512_srli_epi16::<8>(n)),
    );
    fn sll_epi8(a: __m512i, n: __m128i) -> __m512i = bytes(_mm512_sll_epi16(a, n), _mm512_sll_epi16(odd(a), n));
    fn srl_epi8(a: __m512i, n: __m128i) -> __m512i = bytes(_mm512_srl_epi16(even(a), n), _mm512_srl_epi16(a, n));
    fn sra_epi8(a: __m512i, n: __m128i) -> __m512i = bytes(
        _mm512_srli_epi16::<8>(_mm512_sra_epi16(_mm512_slli_epi16::<8>(a), n)),
        _mm512_sra_epi16(a, n),
    );

    fn splat_last_epi8(a: __m512i) -> __m512i =
        _mm512_broadcastb_epi8(_mm_srli_si128::<15>(_mm512_extracti32x4_epi32::<3>(a)));
    /// Bytes move within 128-bit parts only (their free permute is VBMI): steps from 16 on move parts first.
    fn prefix_step_epi8(a: __m512i, step: usize, identity: __m512i) -> __m512i = {
        const BYTES: &[[i8; 16]; 6] = &sources_i8(1, 16);
        const PARTS: &[[i64; 8]; 2] = &sources_i64(2, 8);
        let k = step.trailing_zeros() as usize;
        let a = if k < 4 { a } else { _mm512_permutexvar_epi64(_mm512_loadu_epi64(PARTS[k - 4].as_ptr()), a) };
        let bytes = _mm512_broadcast_i32x4(_mm_loadu_si128(BYTES[k].as_ptr().cast()));
        _mm512_mask_shuffle_epi8(identity, LANE_BITS[k], a, bytes)
    };
}
