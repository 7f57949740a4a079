//! Reductions and scans.

use super::Pair;
use super::memory::{Block, Form};
use super::scalars::Arithmetic;
use super::values::{Draw, Stream, Value};
use isonum_core::backend::{CHUNK, Extremum, Fold, ROW_BLOCK, block_len, lanes};
use isonum_core::operand::{Blocks, Input};
use isonum_core::{DType, Kernels};
use std::fmt::Debug;

/// Lengths around those of vectors, virtual vectors, blocks and a chunk.
fn lengths<T>() -> Vec<usize> {
    let (vector, row, block) = (64 / size_of::<T>(), lanes::<T>(), block_len::<T>());
    let mut lens: Vec<usize> = (0..=9).chain([15, 16, 17, 31, 33]).collect();
    lens.extend([vector - 1, vector + 1, row - 1, row, row + 1, 2 * row + 3, 5 * row + vector / 2 + 1]);
    lens.extend([block - 1, block, block + 1, 2 * block - 1, 2 * block, 3 * block + row + 3, 5 * block + 1]);
    lens.extend([CHUNK - block - 1, CHUNK - 1, CHUNK].into_iter().filter(|&n| n > 0));
    lens.sort_unstable();
    lens.dedup();
    lens
}

/// A sequence in pieces of whole blocks.
struct Pieces<'a, T> {
    rest: &'a [T],
    /// Blocks in the next piece.
    count: usize,
}

impl<T: Value> Blocks<T> for Pieces<'_, T> {
    fn next_block(&mut self) -> Option<&[T]> {
        if self.rest.is_empty() {
            return None;
        }
        let (piece, rest) = self.rest.split_at((self.count * block_len::<T>()).min(self.rest.len()));
        (self.rest, self.count) = (rest, self.count % 3 + 1);
        Some(piece)
    }
}

/// What elements are drawn from: where the reference adds in another order, only such whose sums are exact.
fn draws<T: Arithmetic>(pair: &Pair<'_>, exact: Draw) -> Vec<Draw> {
    if pair.naive { vec![exact] } else { vec![exact, Draw::Tame, Draw::Wild] }
}

/// One test of an operation.
struct Case<'a> {
    pair: &'a Pair<'a>,
    operation: String,
    what: String,
}

impl Case<'_> {
    fn differ<T: Arithmetic>(&self, found: String) {
        self.pair.differ::<T>(&self.operation, format!("{found}; {}", self.what));
    }

    /// One value of both backends; returns the candidate's.
    fn value<T: Arithmetic, R: Copy + Debug>(
        &self,
        run: impl Fn(&dyn Kernels<T>) -> R,
        same: impl Fn(R, R) -> bool,
    ) -> R {
        let [got, want] = self.pair.kernels::<T>().map(run);
        if !same(got, want) {
            self.differ::<T>(format!("{got:?}, not {want:?}"));
        }
        got
    }

    /// One row of both backends.
    fn row<T: Arithmetic, U: Value>(
        &self,
        len: usize,
        run: impl Fn(&dyn Kernels<T>, &mut Block<U>),
        same: impl Fn(U, U) -> bool,
    ) {
        let before = Block::new(Form::row(len, len % 3), &mut Stream::new(Draw::Wild, (len as f64, 1.0)));
        let [got, want] = self.pair.kernels::<T>().map(|kernels| {
            let mut out = before.clone();
            run(kernels, &mut out);
            out
        });
        if let Some((_, i)) = got.difference(&want, same) {
            self.differ::<T>(format!("{:?}, not {:?}, at {i}", got.get(0, i), want.get(0, i)));
        }
        if let Some(place) = got.damage(&before) {
            self.differ::<T>(format!("element {place} beside the output was written"));
        }
    }

    /// Elements in pieces give what they give at once.
    fn pieces<T: Arithmetic, R: Copy + Debug>(&self, whole: R, pieces: R, same: impl Fn(R, R) -> bool) {
        if !same(whole, pieces) {
            self.differ::<T>(format!("{pieces:?} in pieces, {whole:?} at once"));
        }
    }
}

/// Rows for reductions over outer axes.
fn for_columns<T: Value>(draw: Draw, range: (f64, f64), mut f: impl FnMut(&Block<T>)) {
    let lanes = 64 / size_of::<T>();
    for (count, rows) in [1, 2, 3, 5, 6, 9, ROW_BLOCK].into_iter().enumerate() {
        for (other, len) in
            [0, 1, 3, lanes - 1, lanes, lanes + 1, 2 * lanes + 3, 5 * lanes].into_iter().enumerate()
        {
            let row = len as isize;
            let stride = [row, -row - 3, 0, row + 1][(count + other) % 4];
            f(&Block::new(Form { rows, len, stride, skew: other % 4 }, &mut Stream::new(draw, range)));
        }
    }
}

/// Whether two sums or products are the same. Complex products are `re·re − im·im`, whose zero has a sign that depends on
/// the order, and naive loops have another.
fn same_sum<T: Arithmetic>(pair: &Pair<'_>, op: Fold) -> impl Fn(T::Sum, T::Sum) -> bool + Copy
where
    T::Sum: Arithmetic,
{
    let any_zero = pair.naive && op == Fold::Prod && matches!(T::DTYPE, DType::C32 | DType::C64);
    move |a, b| a.same(b) || any_zero && a == b
}

pub(super) fn sums<T: Arithmetic>(pair: &Pair<'_>)
where
    T::Sum: Arithmetic,
{
    let case = |operation: String, what: String| Case { pair, operation, what };
    for (op, exact, range) in [(Fold::Sum, Draw::Small, (-6.0, 6.0)), (Fold::Prod, Draw::Factor, (0.9, 1.1))]
    {
        let same = same_sum::<T>(pair, op);
        for draw in draws::<T>(pair, exact) {
            for len in lengths::<T>() {
                let mut stream = Stream::<T>::new(draw, range);
                let x = Block::of(&stream.take(len), len % 4, &mut stream);
                let x = x.slice();
                let case = case(format!("{op:?}"), format!("{len} {draw:?}"));
                let whole = case.value(|k: &dyn Kernels<T>| k.fold(op, Input::Slice(x)), same);
                let mut blocks = Pieces { rest: x, count: 1 };
                let pieces = pair.kernels::<T>()[0].fold(op, Input::Blocks(&mut blocks));
                case.pieces::<T, _>(whole, pieces, T::Sum::same);
                if len <= 2 * block_len::<T>() + 1 {
                    scan::<T>(pair, op, x, draw);
                }
            }
            for_columns(draw, range, |x: &Block<T>| {
                let case = case(format!("{op:?} of rows"), format!("{draw:?} {:?}", x.form));
                let run = |k: &dyn Kernels<T>, out: &mut Block<T::Sum>| {
                    let _ = k.fold_rows(op, x.rows(), out.out());
                };
                case.row(x.form.len, run, T::Sum::same);
            });
        }
    }
    for draw in draws::<T>(pair, Draw::Small) {
        for len in lengths::<T>() {
            let mut stream = Stream::<T>::new(draw, (-6.0, 6.0));
            let a = Block::of(&stream.take(len), len % 4, &mut stream);
            let b = Block::of(&stream.take(len), len % 3, &mut stream);
            let case = case("dot".into(), format!("{len} {draw:?}"));
            // Which zero the sum of products that are −0 is, only backends agree on.
            let same = |a: T::Sum, b: T::Sum| a.same(b) || pair.naive && a == b;
            case.value(|k: &dyn Kernels<T>| k.dot(a.slice(), b.slice()), same);
        }
    }
}

fn scan<T: Arithmetic>(pair: &Pair<'_>, op: Fold, x: &[T], draw: Draw)
where
    T::Sum: Arithmetic,
{
    let row = |len: usize| Block::<T::Sum>::new(Form::row(len, 1), &mut Stream::new(Draw::Wild, (1.0, 2.0)));
    let same = |a: Option<T::Sum>, b: Option<T::Sum>| match (a, b) {
        (Some(a), Some(b)) => a.same(b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let mut stream = Stream::<T>::new(if op == Fold::Sum { Draw::Small } else { Draw::Factor }, (1.0, 2.0));
    for start in [None, Some(stream.draw().widen())] {
        let what = format!("{} {draw:?}, start {start:?}", x.len());
        let case = Case { pair, operation: format!("running {op:?}"), what };
        let run = |k: &dyn Kernels<T>, out: &mut Block<T::Sum>| {
            let _ = k.scan(op, x, start, out.out());
        };
        case.row(x.len(), run, T::Sum::same);
        let mut whole = row(x.len());
        let last = case.value(|k: &dyn Kernels<T>| k.scan(op, x, start, whole.clone().out()).1, same);
        let kernels = pair.kernels::<T>()[0];
        let _ = kernels.scan(op, x, start, whole.out());
        let written = if x.is_empty() { start } else { Some(whole.get(0, x.len() - 1)) };
        if !same(last, written) {
            case.differ::<T>(format!("{last:?} returned, {written:?} written"));
        }
        // In two pieces, the second continuing with what the first returned.
        let cut = block_len::<T>().min(x.len());
        let mut parts = [row(cut), row(x.len() - cut)];
        let (_, middle) = kernels.scan(op, &x[..cut], start, parts[0].out());
        let (_, end) = kernels.scan(op, &x[cut..], middle, parts[1].out());
        case.pieces::<T, _>(last, end, same);
        let joined = parts[0].slice().iter().chain(parts[1].slice());
        if !joined.zip(whole.slice()).all(|(&a, &b)| a.same(b)) {
            case.differ::<T>("not so in two pieces".into());
        }
    }
}

pub(super) fn deviations<T: Arithmetic>(pair: &Pair<'_>) {
    for draw in draws::<T>(pair, Draw::Small) {
        for len in lengths::<T>() {
            let mut stream = Stream::<T>::new(draw, (-6.0, 6.0));
            let x = Block::of(&stream.take(len), len % 4, &mut stream);
            let x = x.slice();
            for center in [0.0, 1.5] {
                let what = format!("{len} {draw:?} around {center}");
                let case = Case { pair, operation: "squared deviations".into(), what };
                let run = |k: &dyn Kernels<T>| k.squared_deviations(Input::Slice(x), center);
                let whole = case.value(run, f64::same);
                let mut blocks = Pieces { rest: x, count: 1 };
                let pieces = pair.kernels::<T>()[0].squared_deviations(Input::Blocks(&mut blocks), center);
                case.pieces::<T, _>(whole, pieces, f64::same);
            }
        }
        for_columns(draw, (-6.0, 6.0), |x: &Block<T>| {
            let what = format!("{draw:?} {:?}", x.form);
            let case = Case { pair, operation: "squared deviations of rows".into(), what };
            let centers = Stream::<f64>::new(draw, (-6.0, 6.0)).take(x.form.len);
            let run = |k: &dyn Kernels<T>, out: &mut Block<f64>| {
                let _ = k.squared_deviations_rows(x.rows(), &centers, out.out());
            };
            case.row(x.form.len, run, f64::same);
        });
    }
}

pub(super) fn extremes<T: Arithmetic>(pair: &Pair<'_>) {
    let identical = |a: Option<T>, b: Option<T>| match (a, b) {
        (Some(a), Some(b)) => a.same(b),
        (a, b) => a.is_none() && b.is_none(),
    };
    // Naive loops take the first of equal zeros, kernels any.
    let same = |a: Option<T>, b: Option<T>| identical(a, b) || pair.naive && a == b;
    for op in [Extremum::Max, Extremum::Min] {
        for draw in [Draw::Small, Draw::Tame, Draw::Few, Draw::Wild] {
            for len in lengths::<T>() {
                let mut stream = Stream::<T>::new(draw, (-6.0, 6.0));
                let mut values = stream.take(len);
                let end = if draw == Draw::Few { vec![T::ONE, T::ZERO] } else { T::specials() };
                for round in 0..4 {
                    // Somewhere a value beyond the others, and somewhere else once more.
                    if round > 0 && len > 0 {
                        let (place, again) = (stream.below(len), stream.below(len));
                        values[place] = end[stream.below(end.len())];
                        values[again] = values[place];
                    }
                    let x = Block::of(&values, len % 4, &mut stream);
                    let x = x.slice();
                    let case = |operation| Case { pair, operation, what: format!("{len} {draw:?}") };
                    let value = case(format!("{op:?}"));
                    let whole = value.value(|k: &dyn Kernels<T>| k.extremum(op, Input::Slice(x)), same);
                    let mut blocks = Pieces { rest: x, count: 1 };
                    let pieces = pair.kernels::<T>()[0].extremum(op, Input::Blocks(&mut blocks));
                    value.pieces::<T, _>(whole, pieces, identical);
                    let index = case(format!("index of {op:?}"));
                    index.value(|k: &dyn Kernels<T>| k.arg_extremum(op, x), |a, b| a == b);
                }
            }
            for_columns(draw, (-6.0, 6.0), |x: &Block<T>| {
                let what = format!("{draw:?} {:?}", x.form);
                let case = Case { pair, operation: format!("{op:?} of rows"), what };
                let run = |k: &dyn Kernels<T>, out: &mut Block<T>| {
                    let _ = k.extremum_rows(op, x.rows(), out.out());
                };
                case.row(x.form.len, run, T::same);
            });
        }
    }
}

pub(super) fn truths<T: Arithmetic>(pair: &Pair<'_>) {
    let mut stream = Stream::<T>::new(Draw::Few, (-6.0, 6.0));
    let specials = T::specials();
    for len in lengths::<T>() {
        let (zeros, ones) = (vec![T::ZERO; len], vec![T::ONE; len]);
        let mut all = vec![stream.take(len), zeros.clone(), ones.clone()];
        all.push(Stream::new(Draw::Wild, (0.0, 1.0)).take(len));
        // One that differs, at any place; NaN is not zero, −0 is.
        for _ in 0..if len > 0 { 4 } else { 0 } {
            let (place, mut one, mut zero) = (stream.below(len), zeros.clone(), ones.clone());
            one[place] = specials[stream.below(specials.len())];
            zero[place] = stream.zero();
            all.extend([one, zero]);
        }
        for values in all {
            let x = Block::of(&values, len % 4, &mut stream);
            let x = x.slice();
            let case = |operation: &str| Case { pair, operation: operation.into(), what: format!("{len}") };
            case("count_nonzero").value(|k: &dyn Kernels<T>| k.count_nonzero(x), |a, b| a == b);
            case("any").value(|k: &dyn Kernels<T>| k.any(x), |a, b| a == b);
            case("all").value(|k: &dyn Kernels<T>| k.all(x), |a, b| a == b);
        }
    }
}
