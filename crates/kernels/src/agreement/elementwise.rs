//! Elementwise operations, comparisons, selection, conversions.

use super::memory::{Block, Form, forms};
use super::scalars::{Arithmetic, knows};
use super::values::{Draw, Stream, Value};
use super::{Pair, rows};
use isonum_core::operand::{Operand, Out};
use isonum_core::registry::{Accuracy, Binary, Class, Compare, Predicate, Ternary, Unary};
use isonum_core::{Complex32, Complex64, DType, Kernels};
use std::array::from_fn;

pub(super) fn check<T: Arithmetic>(pair: &Pair<'_>) {
    for row in rows::<T, _>(Unary::ROWS) {
        if pair.naive && !knows(row.op) {
            continue;
        }
        let task = Task {
            name: row.name.to_owned(),
            pair,
            forms: &[Kind::Slice, Kind::Scalar, Kind::Column, Kind::Out],
            agree: agreement::<T>(
                pair,
                row.accuracy,
                matches!(row.op, Unary::Negative | Unary::Abs | Unary::Positive | Unary::BitNot),
            ),
            run: |k: &dyn Kernels<T>, [x]: [Operand<'_, T>; 1], out: Out<'_, T>| {
                let _ = k.unary(row.op, x, out);
            },
        };
        let mut stream = Stream::new(Draw::Wild, row.input);
        let all = stream.singles();
        task.values([all], &mut stream);
        task.sweep(&mut stream.twin(), &mut stream);
    }
    for row in rows::<T, _>(Binary::ROWS) {
        // The accuracy of functions is tested by `isonum-check`.
        let accuracy = row.accuracy_for(T::DTYPE);
        if pair.naive && matches!(accuracy, Accuracy::Ulp(..)) {
            continue;
        }
        let task = Task {
            name: row.name.to_owned(),
            pair,
            forms: &[Kind::Slice, Kind::Scalar, Kind::Column, Kind::Out],
            agree: agreement::<T>(pair, accuracy, row.op == Binary::CopySign),
            run: |k: &dyn Kernels<T>, [a, b]: [Operand<'_, T>; 2], out: Out<'_, T>| {
                let _ = k.binary(row.op, a, b, out);
            },
        };
        // Division of integers by zero is the caller's to refuse.
        let divides = row.op.divides() && Class::Integer.contains(T::DTYPE);
        let mut stream = Stream::new(Draw::Wild, row.input).each(if divides { T::nonzero } else { |x| x });
        task.values(pairs(&mut stream), &mut stream);
        task.sweep(&mut stream.twin(), &mut stream);
    }
    for row in rows::<T, _>(Ternary::ROWS) {
        let task = Task {
            name: row.name.to_owned(),
            pair,
            forms: &[Kind::Slice, Kind::Scalar, Kind::Column, Kind::Out],
            agree: agreement::<T>(pair, row.accuracy, false),
            run: |k: &dyn Kernels<T>, [a, b, c]: [Operand<'_, T>; 3], out: Out<'_, T>| {
                let _ = k.ternary(row.op, a, b, c, out);
            },
        };
        let mut stream = Stream::new(Draw::Wild, row.input);
        task.values(triples(&mut stream), &mut stream);
        task.sweep(&mut stream.twin(), &mut stream);
    }
    for row in rows::<T, _>(Compare::ROWS) {
        let task = Task {
            name: row.name.to_owned(),
            pair,
            forms: &[Kind::Slice, Kind::Scalar, Kind::Column],
            agree: bool::identical,
            run: |k: &dyn Kernels<T>, [a, b]: [Operand<'_, T>; 2], out: Out<'_, bool>| {
                let _ = k.compare(row.op, a, b, out);
            },
        };
        let (mut stream, mut dirt) =
            (Stream::new(Draw::Wild, row.input), Stream::new(Draw::Wild, (0.0, 1.0)));
        task.values(pairs(&mut stream), &mut dirt);
        task.sweep(&mut stream, &mut dirt);
    }
    for row in rows::<T, _>(Predicate::ROWS) {
        let task = Task {
            name: row.name.to_owned(),
            pair,
            forms: &[Kind::Slice, Kind::Scalar, Kind::Column],
            agree: bool::identical,
            run: |k: &dyn Kernels<T>, [x]: [Operand<'_, T>; 1], out: Out<'_, bool>| {
                let _ = k.predicate(row.op, x, out);
            },
        };
        let (mut stream, mut dirt) =
            (Stream::new(Draw::Wild, row.input), Stream::new(Draw::Wild, (0.0, 1.0)));
        let all = stream.singles();
        task.values([all], &mut dirt);
        task.sweep(&mut stream, &mut dirt);
    }
    select::<T>(pair);
    macro_rules! casts {
        ($($u:ty)*) => {$(cast::<T, $u>(pair);)*};
    }
    casts!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64);
}

fn select<T: Arithmetic>(pair: &Pair<'_>) {
    for kind in [Kind::Slice, Kind::Scalar, Kind::Column] {
        let task = Task {
            name: format!("select by {kind:?}"),
            pair,
            forms: &[Kind::Slice, Kind::Scalar, Kind::Column, Kind::Out],
            agree: T::identical,
            run: |k: &dyn Kernels<T>, [yes, no]: [Operand<'_, T>; 2], out: Out<'_, T>| {
                let (rows, len) = (out.rows(), out.len());
                let form = Form { rows, len, stride: -(len as isize) - 2, skew: len % 3 };
                let condition = Source::new(form, &mut Stream::new(Draw::Wild, (len as f64, 1.0)));
                let _ = k.select(condition.operand(kind), yes, no, out);
            },
        };
        let mut stream = Stream::new(Draw::Wild, (-6.0, 6.0));
        task.sweep(&mut stream.twin(), &mut stream);
    }
}

fn cast<T: Arithmetic, U: Arithmetic>(pair: &Pair<'_>) {
    let task = Task {
        name: format!("cast to {}", U::DTYPE),
        pair,
        forms: &[Kind::Slice],
        agree: U::same,
        run: |k: &dyn Kernels<T>, [x]: [Operand<'_, T>; 1], out: Out<'_, U>| {
            let Operand::Slice(x) = x else { unreachable!("the only form") };
            let _ = k.cast(x, U::any_out(out));
        },
    };
    let mut stream = Stream::new(Draw::Wild, (-300.0, 300.0));
    let mut dirt = Stream::new(Draw::Wild, (-6.0, 6.0));
    let mut all = stream.singles();
    // Halves, and the neighbourhood of the bounds of integers.
    all.extend((-600..600).map(|i| T::of(super::scalars::Number::Real(i as f64 / 2.0))));
    for bound in [7, 8, 15, 16, 24, 31, 32, 53, 63, 64].map(|k| 2_f64.powi(k)) {
        for x in [bound, bound.next_down(), bound.next_up(), bound - 1.0, bound - 0.5, bound + 0.5] {
            all.extend([x, -x].map(|x| T::of(super::scalars::Number::Real(x))));
        }
    }
    task.values([all], &mut dirt);
    task.sweep(&mut stream, &mut dirt);
}

/// Every special value with every other (of types with many, some with all), and random ones.
fn pairs<T: Value>(stream: &mut Stream<T>) -> [Vec<T>; 2] {
    let (some, all) = (stream.some(256), stream.some(512));
    let mut pairs = [Vec::new(), Vec::new()];
    for &x in &all {
        pairs[0].extend(some.iter().map(|_| x));
        pairs[1].extend_from_slice(&some);
    }
    pairs.iter_mut().for_each(|side| side.extend(stream.take(4096)));
    pairs
}

/// Some special values with each other, and random ones.
fn triples<T: Value>(stream: &mut Stream<T>) -> [Vec<T>; 3] {
    let some = stream.some(24);
    let mut triples = [Vec::new(), Vec::new(), Vec::new()];
    for &a in &some {
        for &b in &some {
            triples[0].extend(some.iter().map(|_| a));
            triples[1].extend(some.iter().map(|_| b));
            triples[2].extend_from_slice(&some);
        }
    }
    triples.iter_mut().for_each(|side| side.extend(stream.take(4096)));
    triples
}

/// When results agree: `kept` says that NaN keeps its bits.
fn agreement<T: Value>(pair: &Pair<'_>, accuracy: Accuracy, kept: bool) -> impl Fn(T, T) -> bool {
    let bound = match accuracy {
        // The standard library's functions of `f64` have errors too.
        Accuracy::Ulp(_, ulp) if T::DTYPE == DType::F64 => ulp.ceil() as u64 + 1,
        Accuracy::Ulp(ulp, _) => ulp.ceil() as u64,
        _ => 0,
    };
    let close = pair.naive && bound > 0;
    move |a: T, b: T| match (close, kept) {
        (true, _) => a.ulps(b) <= bound,
        (_, true) => a.identical(b),
        _ => a.same(b),
    }
}

/// The forms of an operand.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Slice,
    Scalar,
    Column,
    Out,
}

/// What an operand of any form refers to.
struct Source<T> {
    block: Block<T>,
    column: Block<T>,
    scalar: T,
}

impl<T: Value> Source<T> {
    fn new(form: Form, stream: &mut Stream<T>) -> Self {
        let column = Form { len: 1 + form.skew % 2, stride: 2 - 5 * (form.skew as isize % 2), ..form };
        Source { block: Block::new(form, stream), column: Block::new(column, stream), scalar: stream.draw() }
    }

    fn operand(&self, kind: Kind) -> Operand<'_, T> {
        match kind {
            Kind::Slice => Operand::Slice(self.block.rows()),
            Kind::Scalar => Operand::Scalar(self.scalar),
            Kind::Column => Operand::Column(self.column.rows()),
            Kind::Out => Operand::Out,
        }
    }

    fn get(&self, kind: Kind, r: usize, i: usize) -> Option<T> {
        match kind {
            Kind::Slice => Some(self.block.get(r, i)),
            Kind::Scalar => Some(self.scalar),
            Kind::Column => Some(self.column.get(r, 0)),
            Kind::Out => None,
        }
    }
}

/// One operation, `N` operands of `T` to `U`.
struct Task<'a, A, R> {
    name: String,
    pair: &'a Pair<'a>,
    forms: &'static [Kind],
    agree: A,
    run: R,
}

impl<A, R> Task<'_, A, R> {
    /// Every combination of operand forms on every form of output.
    fn sweep<T: Arithmetic, U: Value, const N: usize>(&self, inputs: &mut Stream<T>, dirt: &mut Stream<U>)
    where
        A: Fn(U, U) -> bool,
        R: Fn(&dyn Kernels<T>, [Operand<'_, T>; N], Out<'_, U>),
    {
        for (count, form) in forms::<T>().into_iter().enumerate() {
            let sources: [Source<T>; N] = from_fn(|k| {
                let row = form.len as isize;
                // Other distances than the output's: backwards, apart, the same row again.
                let stride = [-row - 1, row + 2, 0, row][(k + count) % 4];
                Source::new(Form { stride, skew: (form.skew + 2 * k + 1) % 5, ..form }, inputs)
            });
            let before = Block::new(form, dirt);
            for choice in 0..self.forms.len().pow(N as u32) {
                let kinds: [Kind; N] =
                    from_fn(|k| self.forms[choice / self.forms.len().pow(k as u32) % self.forms.len()]);
                self.compare(&sources, kinds, &before, false);
                // Elsewhere the hint changes nothing.
                if cfg!(target_arch = "x86_64") && !kinds.contains(&Kind::Out) {
                    self.compare(&sources, kinds, &before, true);
                }
            }
        }
    }

    /// These values, in one row.
    fn values<T: Arithmetic, U: Value, const N: usize>(&self, values: [Vec<T>; N], dirt: &mut Stream<U>)
    where
        A: Fn(U, U) -> bool,
        R: Fn(&dyn Kernels<T>, [Operand<'_, T>; N], Out<'_, U>),
    {
        let before = Block::new(Form::row(values[0].len(), 1), dirt);
        let mut around = Stream::new(Draw::Wild, (1.0, 2.0));
        let sources = values.map(|values| Source {
            block: Block::of(&values, 0, &mut around),
            column: Block::of(&values[..1], 0, &mut around),
            scalar: values[0],
        });
        self.compare(&sources, [Kind::Slice; N], &before, false);
    }

    /// One call.
    fn compare<T: Arithmetic, U: Value, const N: usize>(
        &self,
        sources: &[Source<T>; N],
        kinds: [Kind; N],
        before: &Block<U>,
        streams: bool,
    ) where
        A: Fn(U, U) -> bool,
        R: Fn(&dyn Kernels<T>, [Operand<'_, T>; N], Out<'_, U>),
    {
        let [got, want] = self.pair.kernels::<T>().map(|kernels| {
            let mut out = before.clone();
            (self.run)(kernels, from_fn(|k| sources[k].operand(kinds[k])), out.out().streaming(streams));
            out
        });
        let form = before.form;
        if let Some((r, i)) = got.difference(&want, &self.agree) {
            let operands: [Option<T>; N] = from_fn(|k| sources[k].get(kinds[k], r, i));
            let (x, y) = (got.get(r, i), want.get(r, i));
            let (bits, right, held) = (x.bits(), y.bits(), before.get(r, i));
            let what = format!(
                "{x:?} ({bits:#x}), not {y:?} ({right:#x}), at ({r}, {i}) from {kinds:?} {operands:?}, where the \
                 output held {held:?}; {form:?}, streaming {streams}"
            );
            self.pair.differ::<T>(&self.name, what);
        }
        if let Some(place) = got.damage(before) {
            let what = format!("element {place} beside the output was written; {kinds:?}, {form:?}");
            self.pair.differ::<T>(&self.name, what);
        }
    }
}
