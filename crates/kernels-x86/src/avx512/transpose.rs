//! Register transposes in AVX-512. The method is in `crate::transpose`.

use super::Avx512;
use crate::transpose::{map8, transposes, zips};
use core::arch::x86_64::*;
use std::mem::MaybeUninit;

transposes! { Avx512 tile: u8 u16 u32 u64 [u64; 2] }

zips! { __m512i:
    1 => _mm512_unpacklo_epi8 _mm512_unpackhi_epi8,
    2 => _mm512_unpacklo_epi16 _mm512_unpackhi_epi16,
    4 => _mm512_unpacklo_epi32 _mm512_unpackhi_epi32,
    _ => _mm512_unpacklo_epi64 _mm512_unpackhi_epi64
}

functions! {
    fn tile<const SIZE: i32>(from: *const u8, from_row: isize, to: *mut u8, to_row: isize) = {
        let side = 16 / SIZE as usize;
        // From 4 bytes on all rows fit the registers, and this array is never in memory.
        let mut squares = MaybeUninit::<[[__m512i; 16]; 4]>::uninit();
        let squares = squares.as_mut_ptr().cast::<__m512i>();
        for j in 0..side {
            let [a, b, c, d] = rows::<SIZE>(from, from_row, j);
            squares.add(j).write(a);
            squares.add(side + j).write(b);
            squares.add(2 * side + j).write(c);
            squares.add(3 * side + j).write(d);
        }
        for column in 0..4 {
            let square = squares.add(side * column);
            let to = to.offset((column * side) as isize * to_row);
            match SIZE {
                1 => {
                    let (a, b) = (map8!(|j| square.add(j).read()), map8!(|j| square.add(j + 8).read()));
                    let low = transpose16_low(a, b);
                    map8!(|k| store(to, to_row, k, low[k]));
                    let high = transpose16_high(a, b);
                    map8!(|k| store(to, to_row, k + 8, high[k]));
                }
                2 => {
                    let rows = transpose8(map8!(|j| square.add(j).read()));
                    map8!(|k| store(to, to_row, k, rows[k]));
                }
                4 => {
                    let (a, b) = (square.add(0).read(), square.add(1).read());
                    let [a, b, c, d] = transpose4([a, b, square.add(2).read(), square.add(3).read()]);
                    store(to, to_row, 0, a);
                    store(to, to_row, 1, b);
                    store(to, to_row, 2, c);
                    store(to, to_row, 3, d);
                }
                8 => {
                    let [a, b] = transpose2([square.add(0).read(), square.add(1).read()]);
                    store(to, to_row, 0, a);
                    store(to, to_row, 1, b);
                }
                _ => store(to, to_row, 0, square.add(0).read()),
            }
        }
    };

    /// Row `j` of each square: a vector for each column of squares, a part for each row of them.
    fn rows<const SIZE: i32>(from: *const u8, from_row: isize, j: usize) -> [__m512i; 4] = {
        let side = 16 / SIZE as usize;
        let (a, b) = (load(from, from_row, j), load(from, from_row, j + side));
        let (c, d) = (load(from, from_row, j + 2 * side), load(from, from_row, j + 3 * side));
        // Selectors of 128-bit parts, two of either operand.
        const FIRST: i32 = 0b01_00_01_00;
        const LAST: i32 = 0b11_10_11_10;
        const EVEN: i32 = 0b10_00_10_00;
        const ODD: i32 = 0b11_01_11_01;
        let (ab, cd) = (_mm512_shuffle_i64x2::<FIRST>(a, b), _mm512_shuffle_i64x2::<FIRST>(c, d));
        let (ef, gh) = (_mm512_shuffle_i64x2::<LAST>(a, b), _mm512_shuffle_i64x2::<LAST>(c, d));
        [
            _mm512_shuffle_i64x2::<EVEN>(ab, cd),
            _mm512_shuffle_i64x2::<ODD>(ab, cd),
            _mm512_shuffle_i64x2::<EVEN>(ef, gh),
            _mm512_shuffle_i64x2::<ODD>(ef, gh),
        ]
    };

    fn load(from: *const u8, from_row: isize, j: usize) -> __m512i =
        _mm512_loadu_si512(from.offset(j as isize * from_row).cast());
    fn store(to: *mut u8, to_row: isize, k: usize, row: __m512i) =
        _mm512_storeu_si512(to.offset(k as isize * to_row).cast(), row);
}
