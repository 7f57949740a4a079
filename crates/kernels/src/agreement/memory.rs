//! Blocks of memory for operands and outputs, with other elements around them.

use super::values::{Stream, Value};
use isonum_core::operand::{Out, Rows};

/// How a block of rows lies in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) rows: usize,
    pub(super) len: usize,
    /// From row to row, in elements.
    pub(super) stride: isize,
    /// Elements before the first, so that starts are not aligned.
    pub(super) skew: usize,
}

impl Form {
    /// One row.
    pub(super) fn row(len: usize, skew: usize) -> Form {
        Form { rows: 1, len, stride: 0, skew }
    }
}

/// One row of every length that meets another path of a loop (tails of 64-byte vectors of `T`, pieces), and some
/// of several rows.
pub(super) fn forms<T>() -> Vec<Form> {
    let lanes = 64 / size_of::<T>().min(8);
    let mut lens: Vec<usize> = (0..=9).chain([15, 16, 17, 23, 31, 32, 33, 47, 63]).collect();
    lens.extend([lanes - 1, lanes, lanes + 1, 2 * lanes - 1, 2 * lanes, 2 * lanes + 3]);
    lens.retain(|&len| len <= 2 * lanes + 3);
    lens.sort_unstable();
    lens.dedup();
    let mut forms: Vec<Form> = lens.iter().enumerate().map(|(i, &len)| Form::row(len, i % 5)).collect();
    for (i, len) in [1, 3, lanes / 2 + 1, lanes, 2 * lanes + 3].into_iter().enumerate() {
        let row = len as isize;
        let stride = [row, row + 3, -row - 1][i % 3];
        forms.push(Form { rows: 3 - i % 2, len, stride, skew: i });
    }
    forms.extend([
        Form { rows: 0, len: 5, stride: 5, skew: 0 },
        Form { rows: 2, len: 0, stride: 0, skew: 1 },
        // Longer than the pieces that rarer mixtures of operands go through.
        Form { rows: 2, len: 300, stride: -301, skew: 1 },
    ]);
    forms
}

/// Memory with a block in it.
#[derive(Clone)]
pub(super) struct Block<T> {
    data: Vec<T>,
    first: usize,
    pub(super) form: Form,
}

/// How many elements stand behind a block: a vector, and some.
const fn behind<T>() -> usize {
    64 / size_of::<T>() + 3
}

impl<T: Value> Block<T> {
    /// A block, and all around it, filled from a stream.
    pub(super) fn new(form: Form, stream: &mut Stream<T>) -> Self {
        let span = form.rows.saturating_sub(1) * form.stride.unsigned_abs();
        let first = form.skew + if form.stride < 0 { span } else { 0 };
        Block { data: stream.take(form.skew + span + form.len + behind::<T>()), first, form }
    }

    /// One row of given values, others around it.
    pub(super) fn of(values: &[T], skew: usize, stream: &mut Stream<T>) -> Self {
        let mut block = Block::new(Form::row(values.len(), skew), stream);
        block.data[skew..][..values.len()].copy_from_slice(values);
        block
    }

    fn index(&self, r: usize, i: usize) -> usize {
        (self.first as isize + r as isize * self.form.stride) as usize + i
    }

    pub(super) fn get(&self, r: usize, i: usize) -> T {
        self.data[self.index(r, i)]
    }

    pub(super) fn rows(&self) -> Rows<'_, T> {
        let Form { rows, len, stride, .. } = self.form;
        // SAFETY: the block is inside of the data, which is borrowed.
        unsafe { Rows::from_raw(self.data.as_ptr().add(self.first), rows, len, stride) }
    }

    pub(super) fn slice(&self) -> &[T] {
        assert!(self.form.rows == 1);
        &self.data[self.first..][..self.form.len]
    }

    pub(super) fn out(&mut self) -> Out<'_, T> {
        let Form { rows, len, stride, .. } = self.form;
        // SAFETY: the block is inside of the data, which is borrowed; rows of outputs do not overlap.
        unsafe { Out::from_raw(self.data.as_mut_ptr().add(self.first), rows, len, stride) }
    }

    /// The first element `(r, i)` for which `agree(self, other)` does not hold.
    pub(super) fn difference(&self, other: &Self, agree: impl Fn(T, T) -> bool) -> Option<(usize, usize)> {
        let all = (0..self.form.rows).flat_map(|r| (0..self.form.len).map(move |i| (r, i)));
        all.into_iter().find(|&(r, i)| !agree(self.get(r, i), other.get(r, i)))
    }

    /// Where memory around the block differs from what it was.
    pub(super) fn damage(&self, before: &Self) -> Option<isize> {
        let mut inside = vec![false; self.data.len()];
        for r in 0..self.form.rows {
            let start = self.index(r, 0);
            inside[start..start + self.form.len].fill(true);
        }
        let differs = |&k: &usize| !inside[k] && !self.data[k].identical(before.data[k]);
        (0..self.data.len()).find(differs).map(|k| k as isize - self.first as isize)
    }
}
