//! From lanes of any stride to lanes in contiguous memory, and back.
//!
//! Transforms want a lane's elements next to each other. Where they are not, neighbouring lanes lie side by side in
//! memory, and a cache line holds elements of several: so lanes are packed a few at a time.

use isonum_core::{Error, Result, View, ViewMut};

/// Bytes of lanes that are packed together, where they are short enough.
const PACK_BYTES: usize = 32 << 10;
/// Lanes that are packed together even if they are long, so that cache lines are used whole …
const SIDE_BY_SIDE: usize = 8;
/// … but not more bytes than these.
const MOST_BYTES: usize = 4 << 20;
/// The most lanes that are packed together.
const MOST_LANES: usize = 64;

/// The lanes of the last axis of `input`, cut off or continued by `zero` to `n` elements, through `transform` into
/// the lanes of the last axis of `output`.
///
/// `transform` reads packed lanes of `n` and writes as many packed lanes of the output's length; it may destroy what
/// it reads. The other axes of both are the same.
///
/// # Errors
/// If there is no memory for packed lanes.
pub(crate) fn transform<A: Copy, B: Copy>(
    input: View<'_, A>,
    (n, zero): (usize, A),
    output: ViewMut<'_, B>,
    fill: B,
    transform: impl FnMut(&mut [A], &mut [B]),
) -> Result<()> {
    let last = input.ndim() - 1;
    let (used, width) = (input.shape()[last].min(n), output.shape()[last]);
    let input = input.narrow(-1, 0, used)?;
    let bytes = (n * size_of::<A>()).max(width * size_of::<B>()).max(1);
    let at_least = if input.strides()[last] == 1 { 1 } else { SIDE_BY_SIDE.min(MOST_BYTES / bytes).max(1) };
    let lanes = (PACK_BYTES / bytes).clamp(at_least, MOST_LANES);
    let lanes = lanes.min(output.len() / width.max(1));
    let mut pass = Pass {
        n,
        width,
        lanes,
        zero,
        packed: buffer(lanes * n, zero)?,
        results: if output.layout().is_contiguous() { Vec::new() } else { buffer(lanes * width, fill)? },
        transform,
    };
    // All lanes in one row, if strides allow it.
    let count = output.len() / width.max(1);
    let one_row = output.layout().reshape_view(&[count, width]).is_some();
    match input.reshape_view(&[count, used]) {
        Some(input) if one_row => {
            let output = output.reshape_view(&[count, width]).expect("the layout allows it");
            pass.rows(&input, output)
        }
        _ => pass.walk(input, output),
    }
}

/// `len` times `value`.
fn buffer<T: Copy>(len: usize, value: T) -> Result<Vec<T>> {
    let mut buffer = Vec::new();
    let bytes = len.saturating_mul(size_of::<T>());
    buffer.try_reserve_exact(len).map_err(|_| Error::out_of_memory(bytes))?;
    buffer.resize(len, value);
    Ok(buffer)
}

struct Pass<A, B, F> {
    /// The elements of a lane to read.
    n: usize,
    /// Those of a lane to write.
    width: usize,
    /// The most lanes at a time.
    lanes: usize,
    zero: A,
    packed: Vec<A>,
    results: Vec<B>,
    transform: F,
}

impl<A: Copy, B: Copy, F: FnMut(&mut [A], &mut [B])> Pass<A, B, F> {
    /// All lanes, down to the two last axes.
    fn walk(&mut self, input: View<'_, A>, output: ViewMut<'_, B>) -> Result<()> {
        match input.ndim() {
            1 => self.rows(&input.expand_dims(0)?, output.expand_dims(0)?),
            2 => self.rows(&input, output),
            _ => {
                for (input, output) in input.axis_iter(0)?.zip(output.axis_iter(0)?) {
                    self.walk(input, output)?;
                }
                Ok(())
            }
        }
    }

    /// The rows of a matrix, a few at a time.
    fn rows(&mut self, input: &View<'_, A>, mut output: ViewMut<'_, B>) -> Result<()> {
        let count = input.shape()[0];
        let mut first = 0;
        while first < count {
            let lanes = self.lanes.min(count - first);
            let (here, rest) = output.split_at(0, lanes)?;
            self.some(&input.narrow(0, first, first + lanes)?, here);
            output = rest;
            first += lanes;
        }
        Ok(())
    }

    /// As many rows as there is room for.
    fn some(&mut self, input: &View<'_, A>, mut output: ViewMut<'_, B>) {
        let lanes = input.shape()[0];
        let packed = &mut self.packed[..lanes * self.n];
        pack(input, packed, self.n, self.zero);
        if let Some(results) = output.as_slice_mut() {
            (self.transform)(packed, results);
            return;
        }
        let results = &mut self.results[..lanes * self.width];
        (self.transform)(packed, results);
        unpack(results, self.width, output);
    }
}

/// The rows of `input`, each followed by zeros up to `n` elements.
fn pack<A: Copy>(input: &View<'_, A>, packed: &mut [A], n: usize, zero: A) {
    let used = input.shape()[1];
    if used < n {
        packed.chunks_exact_mut(n).for_each(|lane| lane[used..].fill(zero));
    }
    if side_by_side(input.strides()) {
        // Across the lanes, as they lie in memory.
        let (mut lane, mut at) = (0, 0);
        input.transpose().iter().for_each(|&x| {
            packed[lane * n + at] = x;
            lane += 1;
            if lane == input.shape()[0] {
                (lane, at) = (0, at + 1);
            }
        });
        return;
    }
    for (lane, packed) in input.axis_iter(0).into_iter().flatten().zip(packed.chunks_exact_mut(n)) {
        match lane.as_slice() {
            Some(lane) => packed[..used].copy_from_slice(lane),
            None => lane.iter().zip(packed).for_each(|(&x, to)| *to = x),
        }
    }
}

/// The other way round.
fn unpack<B: Copy>(results: &[B], width: usize, output: ViewMut<'_, B>) {
    if side_by_side(output.strides()) {
        let lanes = output.shape()[0];
        let (mut lane, mut at) = (0, 0);
        output.transpose().into_iter().for_each(|to| {
            *to = results[lane * width + at];
            lane += 1;
            if lane == lanes {
                (lane, at) = (0, at + 1);
            }
        });
        return;
    }
    output.into_iter().zip(results).for_each(|(to, &x)| *to = x);
}

/// Whether elements of neighbouring lanes are closer than those of a lane.
fn side_by_side(strides: &[isize]) -> bool {
    strides[0].unsigned_abs() < strides[1].unsigned_abs()
}
