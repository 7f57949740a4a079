//! What takes more than one instruction on AVX2: bytes and 64-bit integers, unsigned comparisons, arithmetic and
//! variable shifts, partial loads and stores of bytes and 16-bit integers, masks as bytes in memory.

use crate::prefix::{lane_bytes, sources_i8, sources_i32};
use core::arch::x86_64::*;

functions! {
    /// Every bit inverted.
    fn invert(a: __m256i) -> __m256i = _mm256_xor_si256(a, _mm256_set1_epi8(-1));
    /// The highest bit of each byte; of a mask as many bits as a lane has bytes.
    fn byte_bits(a: __m256i) -> u32 = _mm256_movemask_epi8(a) as u32;
    fn low(a: __m256i) -> __m128i = _mm256_castsi256_si128(a);
    fn high(a: __m256i) -> __m128i = _mm256_extracti128_si256::<1>(a);
}

// Partial loads and stores.
functions! {
    /// A mask of the first `n` lanes.
    fn first_lanes32(n: usize) -> __m256i =
        _mm256_cmpgt_epi32(_mm256_set1_epi32(n as i32), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    /// A mask of the first `n` lanes.
    fn first_lanes64(n: usize) -> __m256i =
        _mm256_cmpgt_epi64(_mm256_set1_epi64x(n as i64), _mm256_setr_epi64x(0, 1, 2, 3));
    fn load_partial64(p: *const i64, n: usize) -> __m256i = _mm256_maskload_epi64(p, first_lanes64(n));
    fn load_partial32(p: *const i32, n: usize) -> __m256i = _mm256_maskload_epi32(p, first_lanes32(n));
    fn load_partial16(p: *const u8, n: usize) -> __m256i = load_partial8(p, 2 * n);
    /// Two loads that overlap, or for fewer than 16 bytes one word of each length.
    fn load_partial8(p: *const u8, n: usize) -> __m256i = if n < 16 {
        _mm256_zextsi128_si256(load_below16(p, n))
    } else {
        // Index 0x80 gives zero.
        const SHIFT: &[i8; 32] = &{
            let mut index = [-128; 32];
            let mut i = 0;
            while i < 16 {
                index[i] = i as i8;
                i += 1;
            }
            index
        };
        let last16 = _mm_loadu_si128(p.add(n - 16).cast());
        let last = _mm_shuffle_epi8(last16, _mm_loadu_si128(SHIFT.as_ptr().add(32 - n).cast()));
        _mm256_setr_m128i(_mm_loadu_si128(p.cast()), last)
    };
    fn load_below16(p: *const u8, n: usize) -> __m128i = {
        // The words overlap, with the same bits where they do.
        let (low, high) = if n >= 8 {
            let last = p.add(n - 8).cast::<u64>().read_unaligned();
            // Bytes 8 to n of the data are the last n − 8 of this word.
            (p.cast::<u64>().read_unaligned(), if n == 8 { 0 } else { last >> (8 * (16 - n)) })
        } else if n >= 4 {
            let last = p.add(n - 4).cast::<u32>().read_unaligned() as u64;
            (p.cast::<u32>().read_unaligned() as u64 | last << (8 * (n - 4)), 0)
        } else if n >= 2 {
            let last = p.add(n - 2).cast::<u16>().read_unaligned() as u64;
            (p.cast::<u16>().read_unaligned() as u64 | last << (8 * (n - 2)), 0)
        } else if n == 1 {
            (p.read() as u64, 0)
        } else {
            (0, 0)
        };
        _mm_set_epi64x(high as i64, low as i64)
    };

    fn store_partial64(p: *mut i64, n: usize, v: __m256i) = _mm256_maskstore_epi64(p, first_lanes64(n), v);
    fn store_partial32(p: *mut i32, n: usize, v: __m256i) = _mm256_maskstore_epi32(p, first_lanes32(n), v);
    fn store_partial16(p: *mut u8, n: usize, v: __m256i) = store_partial8(p, 2 * n, v);
    /// One word for each bit of `n`.
    fn store_partial8(p: *mut u8, n: usize, v: __m256i) = if n == 32 {
        _mm256_storeu_si256(p.cast(), v);
    } else {
        let (mut p, mut part) = (p, low(v));
        if n & 16 != 0 {
            _mm_storeu_si128(p.cast(), part);
            (p, part) = (p.add(16), high(v));
        }
        if n & 8 != 0 {
            _mm_storel_epi64(p.cast(), part);
            (p, part) = (p.add(8), _mm_srli_si128::<8>(part));
        }
        let mut word = _mm_cvtsi128_si64(part);
        if n & 4 != 0 {
            p.cast::<u32>().write_unaligned(word as u32);
            (p, word) = (p.add(4), word >> 32);
        }
        if n & 2 != 0 {
            p.cast::<u16>().write_unaligned(word as u16);
            (p, word) = (p.add(2), word >> 16);
        }
        if n & 1 != 0 {
            p.write(word as u8);
        }
    };
}

// Masks as bytes in memory.
functions! {
    fn load_mask8(p: *const u8) -> __m256i =
        invert(_mm256_cmpeq_epi8(_mm256_loadu_si256(p.cast()), _mm256_setzero_si256()));
    fn load_mask16(p: *const u8) -> __m256i =
        _mm256_cmpgt_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(p.cast())), _mm256_setzero_si256());
    fn load_mask32(p: *const u8) -> __m256i =
        _mm256_cmpgt_epi32(_mm256_cvtepu8_epi32(_mm_loadl_epi64(p.cast())), _mm256_setzero_si256());
    fn load_mask64(p: *const u8) -> __m256i = {
        let bytes = _mm_cvtsi32_si128(p.cast::<i32>().read_unaligned());
        _mm256_cmpgt_epi64(_mm256_cvtepu8_epi64(bytes), _mm256_setzero_si256())
    };
    fn store_mask8(p: *mut u8, m: __m256i) =
        _mm256_storeu_si256(p.cast(), _mm256_and_si256(m, _mm256_set1_epi8(1)));
    fn store_mask16(p: *mut u8, m: __m256i) =
        _mm_storeu_si128(p.cast(), _mm_and_si128(_mm_packs_epi16(low(m), high(m)), _mm_set1_epi8(1)));
    fn store_mask32(p: *mut u8, m: __m256i) = {
        let words = _mm_packs_epi32(low(m), high(m));
        _mm_storel_epi64(p.cast(), _mm_and_si128(_mm_packs_epi16(words, words), _mm_set1_epi8(1)));
    };
    /// Four bits spread to four bytes by one multiplication.
    fn store_mask64(p: *mut u8, m: __m256i) = {
        let bits = _mm256_movemask_pd(_mm256_castsi256_pd(m)) as u32;
        p.cast::<u32>().write_unaligned((bits * 0x0020_4081) & 0x0101_0101);
    };
    /// Four masks of lanes of so many bytes. What is packed comes out by halves of registers, and is put in order last.
    fn store_masks(p: *mut u8, m: [__m256i; 4], size: usize) = {
        let [a, b, c, d] = m;
        match size {
            1 => {
                store_mask8(p, a);
                store_mask8(p.add(32), b);
                store_mask8(p.add(64), c);
                store_mask8(p.add(96), d);
            }
            2 => {
                store_mask8(p, _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi16(a, b)));
                store_mask8(p.add(32), _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi16(c, d)));
            }
            4 => {
                let bytes = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
                store_mask8(p, _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)));
            }
            _ => {
                let words = _mm256_packs_epi32(even_parts(a, b), even_parts(c, d));
                let bytes = _mm_packs_epi16(low(words), high(words));
                let order = _mm_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
                _mm_storeu_si128(p.cast(), _mm_and_si128(_mm_shuffle_epi8(bytes, order), _mm_set1_epi8(1)));
            }
        }
    };
    /// The even ones of the 32-bit parts of `a` and `b`, in each half.
    fn even_parts(a: __m256i, b: __m256i) -> __m256i = _mm256_castps_si256(
        _mm256_shuffle_ps::<0b10_00_10_00>(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b)));
}

// Arithmetic and order.
functions! {
    fn abs_epi64(a: __m256i) -> __m256i = {
        let sign = sign_epi64(a);
        _mm256_sub_epi64(_mm256_xor_si256(a, sign), sign)
    };
    /// −1 where `a` is negative, else 0.
    fn sign_epi64(a: __m256i) -> __m256i = _mm256_cmpgt_epi64(_mm256_setzero_si256(), a);
    /// Even bytes of `even`, odd bytes of `odd`.
    fn bytes(even: __m256i, odd: __m256i) -> __m256i = _mm256_blendv_epi8(even, odd, _mm256_set1_epi16(!0xff));
    fn even_bytes(a: __m256i) -> __m256i = _mm256_and_si256(a, _mm256_set1_epi16(0xff));
    fn odd_bytes(a: __m256i) -> __m256i = _mm256_andnot_si256(_mm256_set1_epi16(0xff), a);
    /// Products of even and of odd bytes, of 16 bits each: .025 ns an element on Zen 4, scalar (in smaller vectors) .040.
    fn mul_epi8(a: __m256i, b: __m256i) -> __m256i =
        bytes(_mm256_mullo_epi16(a, b), _mm256_mullo_epi16(odd_bytes(a), _mm256_srli_epi16::<8>(b)));
    /// The low halves' product, and the sum of the two crossed products 32 bits up: .22 ns an element on Zen 4, scalar .31.
    fn mul_epi64(a: __m256i, b: __m256i) -> __m256i = {
        let crossed = _mm256_add_epi64(
            _mm256_mul_epu32(_mm256_srli_epi64::<32>(a), b),
            _mm256_mul_epu32(a, _mm256_srli_epi64::<32>(b)),
        );
        _mm256_add_epi64(_mm256_mul_epu32(a, b), _mm256_slli_epi64::<32>(crossed))
    };
}

/// Comparisons of one width: signed by exchange, unsigned with the sign bit flipped, `<=` as not `>`.
macro_rules! order {
    ($($gt:ident $splat:ident $sign:expr; $lt:ident $le:ident; $ltu:ident $leu:ident;)*) => {
        functions! {$(
            fn $lt(a: __m256i, b: __m256i) -> __m256i = $gt(b, a);
            fn $le(a: __m256i, b: __m256i) -> __m256i = invert($gt(a, b));
            fn $ltu(a: __m256i, b: __m256i) -> __m256i =
                $gt(_mm256_xor_si256(b, $splat($sign)), _mm256_xor_si256(a, $splat($sign)));
            fn $leu(a: __m256i, b: __m256i) -> __m256i = invert($ltu(b, a));
        )*}
    };
}
order! {
    _mm256_cmpgt_epi8 _mm256_set1_epi8 i8::MIN; lt_epi8 le_epi8; lt_epu8 le_epu8;
    _mm256_cmpgt_epi16 _mm256_set1_epi16 i16::MIN; lt_epi16 le_epi16; lt_epu16 le_epu16;
    _mm256_cmpgt_epi32 _mm256_set1_epi32 i32::MIN; lt_epi32 le_epi32; lt_epu32 le_epu32;
    _mm256_cmpgt_epi64 _mm256_set1_epi64x i64::MIN; lt_epi64 le_epi64; lt_epu64 le_epu64;
}
functions! {
    fn max_epi64(a: __m256i, b: __m256i) -> __m256i = _mm256_blendv_epi8(a, b, lt_epi64(a, b));
    fn min_epi64(a: __m256i, b: __m256i) -> __m256i = _mm256_blendv_epi8(a, b, lt_epi64(b, a));
    fn max_epu64(a: __m256i, b: __m256i) -> __m256i = _mm256_blendv_epi8(a, b, lt_epu64(a, b));
    fn min_epu64(a: __m256i, b: __m256i) -> __m256i = _mm256_blendv_epi8(a, b, lt_epu64(b, a));
}

// Shifts. The sign is kept by shifting a number that is not negative: `a ^ sign`, and back.
functions! {
    fn srav_epi64(a: __m256i, n: __m256i) -> __m256i = {
        let sign = sign_epi64(a);
        _mm256_xor_si256(_mm256_srlv_epi64(_mm256_xor_si256(a, sign), n), sign)
    };
    fn srai_epi64<const N: i32>(a: __m256i) -> __m256i = {
        let sign = sign_epi64(a);
        _mm256_xor_si256(_mm256_srli_epi64::<N>(_mm256_xor_si256(a, sign)), sign)
    };
    fn slli_epi8<const N: i32>(a: __m256i) -> __m256i =
        bytes(_mm256_slli_epi16::<N>(a), _mm256_slli_epi16::<N>(odd_bytes(a)));
    fn srli_epi8<const N: i32>(a: __m256i) -> __m256i =
        bytes(_mm256_srli_epi16::<N>(even_bytes(a)), _mm256_srli_epi16::<N>(a));
    fn srai_epi8<const N: i32>(a: __m256i) -> __m256i = bytes(
        _mm256_srli_epi16::<8>(_mm256_srai_epi16::<N>(_mm256_slli_epi16::<8>(a))),
        _mm256_srai_epi16::<N>(a),
    );
    fn words(even: __m256i, odd: __m256i) -> __m256i = _mm256_blend_epi16::<0xaa>(even, odd);
    fn even_words(a: __m256i) -> __m256i = _mm256_blend_epi16::<0xaa>(a, _mm256_setzero_si256());
    fn odd_words(a: __m256i) -> __m256i = _mm256_blend_epi16::<0x55>(a, _mm256_setzero_si256());
}

/// Shifts by the counts of another vector, in two halves of lanes twice as wide. Counts are unsigned there and
/// below 2 to the narrow width; a shift by the narrow width and more leaves nothing, or the sign.
macro_rules! variable_shifts {
    ($sllv:ident $srlv:ident $srav:ident: $wide_sllv:ident $wide_srlv:ident $wide_srav:ident
     $slli:ident $srli:ident $half:literal $join:ident $even:ident $odd:ident) => {
        functions! {
            fn $sllv(a: __m256i, n: __m256i) -> __m256i =
                $join($wide_sllv(a, $even(n)), $wide_sllv($odd(a), $srli::<$half>(n)));
            fn $srlv(a: __m256i, n: __m256i) -> __m256i =
                $join($wide_srlv($even(a), $even(n)), $wide_srlv(a, $srli::<$half>(n)));
            fn $srav(a: __m256i, n: __m256i) -> __m256i = $join(
                $srli::<$half>($wide_srav($slli::<$half>(a), $even(n))),
                $wide_srav(a, $srli::<$half>(n)),
            );
        }
    };
}
variable_shifts! {
    sllv_epi16 srlv_epi16 srav_epi16: _mm256_sllv_epi32 _mm256_srlv_epi32 _mm256_srav_epi32
    _mm256_slli_epi32 _mm256_srli_epi32 16 words even_words odd_words
}
variable_shifts! {
    sllv_epi8 srlv_epi8 srav_epi8: sllv_epi16 srlv_epi16 srav_epi16
    _mm256_slli_epi16 _mm256_srli_epi16 8 bytes even_bytes odd_bytes
}

/// Bytes move within 128-bit halves only: the last step takes both halves of the vector from the low one.
macro_rules! permute_bytes {
    ($prefix:ident $last:ident: $width:literal $steps:literal $broadcast:ident) => {
        functions! {
            fn $prefix(a: __m256i, step: usize, identity: __m256i) -> __m256i = {
                const SOURCES: &[[i8; 32]; $steps] = &sources_i8($width, 16);
                const CHANGED: &[[i8; 32]; $steps] = &lane_bytes($width);
                let k = step.trailing_zeros() as usize;
                let a = if k + 1 < $steps { a } else { _mm256_permute2x128_si256::<0>(a, a) };
                let moved = _mm256_shuffle_epi8(a, _mm256_loadu_si256(SOURCES[k].as_ptr().cast()));
                _mm256_blendv_epi8(identity, moved, _mm256_loadu_si256(CHANGED[k].as_ptr().cast()))
            };
            fn $last(a: __m256i) -> __m256i = $broadcast(_mm_srli_si128::<{ 16 - $width }>(high(a)));
        }
    };
}
permute_bytes! { prefix_step8 splat_last8: 1 5 _mm256_broadcastb_epi8 }
permute_bytes! { prefix_step16 splat_last16: 2 4 _mm256_broadcastw_epi16 }

/// Any 32-bit part can move anywhere.
macro_rules! permute_parts {
    ($prefix:ident $last:ident: $width:literal $steps:literal $source:expr) => {
        functions! {
            fn $prefix(a: __m256i, step: usize, identity: __m256i) -> __m256i = {
                const SOURCES: &[[i32; 8]; $steps] = &sources_i32($width, 8);
                const CHANGED: &[[i8; 32]; $steps] = &lane_bytes(4 * $width);
                let k = step.trailing_zeros() as usize;
                let moved = _mm256_permutevar8x32_epi32(a, _mm256_loadu_si256(SOURCES[k].as_ptr().cast()));
                _mm256_blendv_epi8(identity, moved, _mm256_loadu_si256(CHANGED[k].as_ptr().cast()))
            };
            fn $last(a: __m256i) -> __m256i = $source(a);
        }
    };
}
permute_parts! { prefix_step32 splat_last32: 1 3 last_part }
permute_parts! { prefix_step64 splat_last64: 2 2 _mm256_permute4x64_epi64::<0xff> }
functions! {
    fn last_part(a: __m256i) -> __m256i = _mm256_permutevar8x32_epi32(a, _mm256_set1_epi32(7));
}

// Lanes below 256 as bytes. The instructions pack within 128 bits; what that leaves apart comes together last.
functions! {
    fn pack16(v: [__m256i; 2]) -> __m256i =
        _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi16(v[0], v[1]));
    fn pack32(v: [__m256i; 4]) -> __m256i = {
        let words = [_mm256_packus_epi32(v[0], v[1]), _mm256_packus_epi32(v[2], v[3])];
        let bytes = _mm256_packus_epi16(words[0], words[1]);
        _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7))
    };
    fn pack64(v: [__m256i; 8]) -> __m256i = {
        // Each lane is a word and zeros: packed once, every other word is one of those.
        let first = [_mm256_packus_epi32(v[0], v[1]), _mm256_packus_epi32(v[2], v[3])];
        let second = [_mm256_packus_epi32(v[4], v[5]), _mm256_packus_epi32(v[6], v[7])];
        let words = [_mm256_packus_epi32(first[0], first[1]), _mm256_packus_epi32(second[0], second[1])];
        let bytes = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi16(words[0], words[1]));
        let order = _mm_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
        _mm256_shuffle_epi8(bytes, _mm256_broadcastsi128_si256(order))
    };
}
