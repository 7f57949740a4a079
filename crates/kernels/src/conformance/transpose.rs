//! Transposes of tiles: where each element goes, and that nothing around them is written.

use crate::samples::Random;
use crate::simd::{Isa, Transpose};
use std::fmt::Debug;

pub(super) fn check<S: Isa>(isa: S) {
    let mut random = Random(7);
    tiles::<u8, S>(isa, || random.next() as u8);
    tiles::<u16, S>(isa, || random.next() as u16);
    tiles::<u32, S>(isa, || random.next() as u32);
    tiles::<u64, S>(isa, || random.next());
    tiles::<[u64; 2], S>(isa, || [random.next(), random.next()]);
}

/// Tiles from and to rows of several distances, both ways along memory, at an address that no vector is aligned to.
fn tiles<T: Copy + PartialEq + Debug, S: Transpose<T>>(isa: S, mut random: impl FnMut() -> T) {
    let tile = S::TILE as isize;
    assert!(S::TILE.is_power_of_two(), "{}", S::NAME);
    let distances = [tile, tile + 1, 2 * tile + 3, 4096 / size_of::<T>() as isize];
    for from_row in distances.into_iter().flat_map(|d| [d, -d]) {
        for to_row in distances.into_iter().flat_map(|d| [d, -d]) {
            // One element more on either side; rows that go backwards start at the last.
            let extent = |row: isize| ((tile - 1) * row.abs() + tile + 2) as usize;
            let start = |row: isize| 1 + if row < 0 { (1 - tile) * row } else { 0 };
            let from: Vec<T> = (0..extent(from_row)).map(|_| random()).collect();
            let guard: Vec<T> = (0..extent(to_row)).map(|_| random()).collect();
            let (mut to, mut want) = (guard.clone(), guard);
            for k in 0..tile {
                for j in 0..tile {
                    let (x, y) = (start(from_row) + j * from_row + k, start(to_row) + k * to_row + j);
                    want[y as usize] = from[x as usize];
                }
            }
            // SAFETY: all rows lie within the vectors.
            unsafe {
                let (x, y) = (from.as_ptr().offset(start(from_row)), to.as_mut_ptr().offset(start(to_row)));
                isa.transpose_tile(x, from_row, y, to_row);
            }
            let place = to.iter().zip(&want).position(|(a, b)| a != b);
            let size = size_of::<T>();
            assert_eq!(place, None, "{} tile of {size} bytes, rows {from_row} to {to_row}", S::NAME);
        }
    }
}
