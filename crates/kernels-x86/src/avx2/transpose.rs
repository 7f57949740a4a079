//! Register transposes in AVX2. The method is in `crate::transpose`.

use super::Avx2;
use crate::transpose::{map8, transposes, zips};
use core::arch::x86_64::*;
use std::mem::MaybeUninit;

transposes! { Avx2 tile: u8 u16 u32 u64 [u64; 2] }

zips! { __m256i:
    1 => _mm256_unpacklo_epi8 _mm256_unpackhi_epi8,
    2 => _mm256_unpacklo_epi16 _mm256_unpackhi_epi16,
    4 => _mm256_unpacklo_epi32 _mm256_unpackhi_epi32,
    _ => _mm256_unpacklo_epi64 _mm256_unpackhi_epi64
}

/// The rows of a tile, one behind the other. Copied there, they are read in parts without being evicted in between:
/// on Zen 4, transposed copies of 2048² took 3.6 instead of 8.0 (1 byte) and 4.2 instead of 6.1 (2 bytes) times a
/// `memcpy`, and no size took longer.
#[repr(align(64))]
struct Packed([MaybeUninit<[__m256i; 2]>; 64]);

functions! {
    fn tile<const SIZE: i32>(from: *const u8, from_row: isize, to: *mut u8, to_row: isize) = {
        let mut packed = Packed([MaybeUninit::uninit(); 64]);
        for j in 0..64 / SIZE as usize {
            let row = from.offset(j as isize * from_row).cast::<__m256i>();
            packed.0[j].write([_mm256_loadu_si256(row), _mm256_loadu_si256(row.add(1))]);
        }
        let (packed, side) = (packed.0.as_ptr().cast::<__m128i>(), 16 / SIZE as usize);
        for column in 0..4 {
            for half in 0..2 {
                let to = to.offset((column * side) as isize * to_row).add(32 * half);
                pair_of_squares::<SIZE>(packed.add(column + 4 * 2 * side * half), to, to_row);
            }
        }
    };

    /// Two squares of 16-byte rows, one below the other, become rows of 32 bytes.
    fn pair_of_squares<const SIZE: i32>(from: *const __m128i, to: *mut u8, to_row: isize) = match SIZE {
        1 => {
            let (a, b) = (map8!(|j| rows::<SIZE>(from, j)), map8!(|j| rows::<SIZE>(from, j + 8)));
            let low = transpose16_low(a, b);
            map8!(|k| store(to, to_row, k, low[k]));
            let high = transpose16_high(a, b);
            map8!(|k| store(to, to_row, k + 8, high[k]));
        }
        2 => {
            let rows = transpose8(map8!(|j| rows::<SIZE>(from, j)));
            map8!(|k| store(to, to_row, k, rows[k]));
        }
        4 => {
            let (a, b) = (rows::<SIZE>(from, 0), rows::<SIZE>(from, 1));
            let [a, b, c, d] = transpose4([a, b, rows::<SIZE>(from, 2), rows::<SIZE>(from, 3)]);
            store(to, to_row, 0, a);
            store(to, to_row, 1, b);
            store(to, to_row, 2, c);
            store(to, to_row, 3, d);
        }
        8 => {
            let [a, b] = transpose2([rows::<SIZE>(from, 0), rows::<SIZE>(from, 1)]);
            store(to, to_row, 0, a);
            store(to, to_row, 1, b);
        }
        _ => store(to, to_row, 0, rows::<SIZE>(from, 0)),
    };

    /// Row `j` of each of the two squares.
    fn rows<const SIZE: i32>(from: *const __m128i, j: usize) -> __m256i = {
        let (upper, lower) = (from.add(4 * j), from.add(4 * (j + 16 / SIZE as usize)));
        _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(_mm_loadu_si128(upper)), _mm_loadu_si128(lower))
    };

    fn store(to: *mut u8, to_row: isize, k: usize, row: __m256i) =
        _mm256_storeu_si256(to.offset(k as isize * to_row).cast(), row);
}
