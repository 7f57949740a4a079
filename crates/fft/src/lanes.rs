//! From lanes of any stride to lanes in contiguous memory, and back.
//!
//! Transforms want a lane's elements next to each other. Along the last axis they are. Along others, elements of
//! *neighbouring* lanes are next to each other, and a cache line holds some of each: so lanes are packed a few at a
//! time, in tiles, which reads and writes whole lines.

use isonum_core::{Error, Result, View};

/// Bytes of lanes that are packed together where they are short: half of a second-level cache for both sides.
const PACK_BYTES: usize = 256 << 10;
/// Bytes that lanes packed together have next to each other, if they are not too long: two cache lines.
const LINE_BYTES: usize = 128;
/// Bytes of lanes that are packed together at most, but for single lanes.
const MOST_BYTES: usize = 4 << 20;
/// Bytes at a multiple of which memory shares its places in the first-level cache.
const ALIAS_BYTES: usize = 4096;
/// The elements of each lane that are moved at once.
const TILE: usize = 8;

/// Transforms the lanes of `axis` of `input`, cut off or continued by `zero` to `n` elements, into those of `output`:
/// `width` elements each, in C order, the other axes being the same.
///
/// `transform` reads any number of packed lanes of `n` and writes as many of `width`.
///
/// # Errors
/// If there is no memory for packed lanes.
pub(crate) fn transform<A: Copy, B: Copy>(
    input: &View<'_, A>,
    axis: usize,
    (n, zero): (usize, A),
    output: &mut [B],
    (width, fill): (usize, B),
    mut transform: impl FnMut(&[A], &mut [B]),
) -> Result<()> {
    let used = input.shape()[axis].min(n);
    let input = input.narrow(axis as isize, 0, used)?;
    let inner: usize = input.shape()[axis + 1..].iter().product();
    let copy;
    let input = match input.as_slice() {
        Some(slice) => slice,
        None => {
            copy = input.to_contiguous()?;
            copy.as_slice().expect("a contiguous copy")
        }
    };
    if inner == 1 && used == n {
        transform(input, output);
        return Ok(());
    }
    let elements = LINE_BYTES / size_of::<A>().max(size_of::<B>());
    let bytes = (n * size_of::<A>()).max(width * size_of::<B>());
    let lanes = (PACK_BYTES / bytes).clamp(elements, 8 * elements).min((MOST_BYTES / bytes).max(1));
    let mut packed = Packed::new(lanes, n, zero)?;
    if inner == 1 {
        let blocks = input.chunks(lanes * used).zip(output.chunks_mut(lanes * width));
        for (input, output) in blocks {
            let count = output.len() / width;
            let to = &mut packed.memory[..count * n];
            to.chunks_exact_mut(n)
                .zip(input.chunks_exact(used))
                .for_each(|(to, x)| to[..used].copy_from_slice(x));
            transform(to, output);
        }
        return Ok(());
    }
    let mut results = Packed::new(lanes, width, fill)?;
    for (input, output) in input.chunks_exact(used * inner).zip(output.chunks_exact_mut(width * inner)) {
        for first in (0..inner).step_by(lanes) {
            let count = lanes.min(inner - first);
            packed.gather(input, inner, first, count);
            if packed.pitch == n && results.pitch == width {
                transform(&packed.memory[..count * n], &mut results.memory[..count * width]);
            } else {
                for lane in 0..count {
                    transform(packed.lane(lane, n), results.lane(lane, width));
                }
            }
            results.scatter(output, inner, first, count);
        }
    }
    Ok(())
}

/// Lanes one after the other.
struct Packed<T> {
    memory: Vec<T>,
    /// The distance from a lane to the next: their length, or a little more if they would share places in the cache.
    pitch: usize,
}

impl<T: Copy> Packed<T> {
    fn new(lanes: usize, n: usize, value: T) -> Result<Self> {
        let aliases = (n * size_of::<T>()).is_multiple_of(ALIAS_BYTES);
        let pitch = if aliases { n + TILE } else { n };
        let bytes = lanes.saturating_mul(pitch).saturating_mul(size_of::<T>());
        let mut memory = Vec::new();
        memory.try_reserve_exact(lanes * pitch).map_err(|_| Error::out_of_memory(bytes))?;
        memory.resize(lanes * pitch, value);
        Ok(Packed { memory, pitch })
    }

    fn lane(&mut self, lane: usize, n: usize) -> &mut [T] {
        &mut self.memory[lane * self.pitch..][..n]
    }

    /// Columns `first..first + count` of a matrix of rows of `inner` elements become lanes.
    fn gather(&mut self, matrix: &[T], inner: usize, first: usize, count: usize) {
        for (tile, rows) in matrix.chunks(TILE * inner).enumerate() {
            let height = rows.len() / inner;
            let rows: [&[T]; TILE] = std::array::from_fn(|r| {
                let row = r.min(height - 1) * inner;
                &rows[row + first..][..count]
            });
            for lane in 0..count {
                let to = &mut self.memory[lane * self.pitch + tile * TILE..][..height];
                for (to, row) in to.iter_mut().zip(rows) {
                    *to = row[lane];
                }
            }
        }
    }

    /// Lanes become columns `first..first + count` of a matrix of rows of `inner` elements.
    fn scatter(&self, matrix: &mut [T], inner: usize, first: usize, count: usize) {
        for (tile, rows) in matrix.chunks_mut(TILE * inner).enumerate() {
            for (r, row) in rows.chunks_exact_mut(inner).enumerate() {
                let from = &self.memory[tile * TILE + r..];
                for (to, x) in row[first..][..count].iter_mut().zip(from.iter().step_by(self.pitch)) {
                    *to = *x;
                }
            }
        }
    }
}
