//! Copies between grids of all kinds, which hold most of what tiles are for: where each element goes, and that
//! nothing else is written.

use crate::copy::copy;
use crate::samples::Random;
use crate::simd::{Isa, Transpose};
use isonum_core::operand::{Grid, Out};
use isonum_core::{Complex32, Complex64, Element};

pub(super) fn check<S: Isa>(isa: S) {
    let mut random = Random(8);
    let mut small = move || (random.next() >> 40) as f32;
    let sides = [1, 2, 3, 4, 7, 8, 15, 17, 33, 63, 64, 65, 130];
    for (k, &rows) in sides.iter().enumerate() {
        for &len in sides.iter().cycle().skip(k % 2).step_by(2).take(4) {
            grids::<u8, u8, S>(isa, rows, len, &mut || small() as u32 as u8);
            grids::<u16, u16, S>(isa, rows, len, &mut || small() as u32 as u16);
            grids::<f32, u32, S>(isa, rows, len, &mut small);
            grids::<f64, u64, S>(isa, rows, len, &mut || small() as f64);
            grids::<Complex32, u64, S>(isa, rows, len, &mut || Complex32::new(small(), small()));
            grids::<Complex64, [u64; 2], S>(isa, rows, len, &mut || {
                Complex64::new(small() as f64, small() as f64)
            });
        }
    }
    // More than one block of a transposed copy.
    grids::<f32, u32, S>(isa, 600, 100, &mut small);
}

/// Distances between rows and between elements.
type Steps = (isize, isize);

/// All strides of the input with all of the output.
fn grids<E: Element, T: Copy, S: Transpose<T>>(
    isa: S,
    rows: usize,
    len: usize,
    random: &mut dyn FnMut() -> E,
) {
    let (n, m) = (rows as isize, len as isize);
    // Neighbours along the rows and along the columns, dense and not, in both directions; steps; a grid of gaps.
    let distinct = [(m, 1), (1, n), (m + 3, 1), (1, n + 3), (-m, 1), (1, -n), (-1, n), (m, -1), (-1, -n)];
    let steps =
        [(2 * m, 2), (3 * m + 1, 3), (4 * m, 4), (-5 * m, 5), (2, 2 * n), (3, -3 * n - 1), (4, 4 * n)];
    let repeated = [(0, 1), (1, 0), (0, 0), (1, 1), (1, -1), (0, 2), (2, 0)];
    let distinct = distinct.into_iter().chain(steps);
    for x in distinct.clone().chain(repeated) {
        let place = Place::new(rows, len, x);
        let from: Vec<E> = (0..place.extent).map(|_| random()).collect();
        for y in distinct.clone() {
            one::<E, T, S>(isa, &from, &place, &Place::new(rows, len, y));
        }
    }
}

/// Where a grid lies in a vector that is just large enough, but for an element on either side.
struct Place {
    rows: usize,
    len: usize,
    strides: Steps,
    start: isize,
    extent: usize,
}

impl Place {
    fn new(rows: usize, len: usize, strides: Steps) -> Place {
        let spans = [(rows as isize - 1) * strides.0, (len as isize - 1) * strides.1];
        let start = 1 - spans.iter().map(|&s| s.min(0)).sum::<isize>();
        let extent = spans.iter().map(|s| s.unsigned_abs()).sum::<usize>() + 3;
        Place { rows, len, strides, start, extent }
    }

    fn index(&self, r: usize, i: usize) -> usize {
        (self.start + r as isize * self.strides.0 + i as isize * self.strides.1) as usize
    }
}

fn one<E: Element, T: Copy, S: Transpose<T>>(isa: S, from: &[E], x: &Place, y: &Place) {
    let guard = E::default();
    let (mut to, mut want) = (vec![guard; y.extent], vec![guard; y.extent]);
    for r in 0..x.rows {
        for i in 0..x.len {
            want[y.index(r, i)] = from[x.index(r, i)];
        }
    }
    // SAFETY: both grids lie within the vectors, and the elements of the output are distinct.
    unsafe {
        let first = from.as_ptr().offset(x.start);
        let grid = Grid::from_raw(first, x.rows, x.len, x.strides.0, x.strides.1);
        let first = to.as_mut_ptr().offset(y.start);
        let out = Out::from_raw_grid(first, y.rows, y.len, y.strides.0, y.strides.1);
        let _filled = copy::<E, T, S>(isa, grid, out);
    }
    let place = to.iter().zip(&want).position(|(a, b)| a != b);
    let about = (x.rows, x.len, x.strides, y.strides);
    assert_eq!(place, None, "{} copy of {:?}: rows, length, strides: {about:?}", S::NAME, E::DTYPE);
}
