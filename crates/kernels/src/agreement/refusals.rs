//! What kernels must refuse, because they would touch memory that is not theirs or have no meaning: operands that
//! do not fit, and operations that an element type does not have.

use super::Pair;
use super::scalars::Arithmetic;
use super::values::{Draw, Stream};
use isonum_core::backend::{Extremum, Fold};
use isonum_core::operand::{Filled, Grid, Input, Operand, Out, Rows};
use isonum_core::registry::{Binary, Class, Compare, Predicate, Ternary, Unary};
use isonum_core::{Element, Kernels};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The block that outputs have.
const ROWS: usize = 2;
const LEN: usize = 11;

/// Memory for outputs, more than any of them asks for: a kernel that refuses nothing does no harm here.
struct Memory<T>(Vec<T>);

impl<T: Element> Memory<T> {
    fn new() -> Self {
        Memory(vec![T::ONE; 8 * ROWS * LEN])
    }
    fn out(&mut self, rows: usize, len: usize, stride: isize) -> Out<'_, T> {
        // SAFETY: the data has eight times as many elements.
        unsafe { Out::from_raw_grid(self.0.as_mut_ptr(), rows, len, 2 * LEN as isize, stride) }
    }
    fn rows(&self, rows: usize, len: usize) -> Rows<'_, T> {
        // SAFETY: the data has eight times as many elements.
        unsafe { Rows::from_raw(self.0.as_ptr(), rows, len, LEN as isize) }
    }
    fn grid(&self, rows: usize, len: usize) -> Grid<'_, T> {
        // SAFETY: the data has eight times as many elements.
        unsafe { Grid::from_raw(self.0.as_ptr(), rows, len, LEN as isize, 1) }
    }
}

/// Notes a call that returns.
fn refuse<T: Arithmetic, R>(pair: &Pair<'_>, operation: &str, what: &str, call: impl FnOnce() -> R) {
    if catch_unwind(AssertUnwindSafe(|| drop(call()))).is_ok() {
        pair.differ::<T>(operation, format!("not refused: {what}"));
    }
}

/// An elementwise operation of operands `x` in all places but one.
fn elementwise<T: Arithmetic, U: Element>(
    pair: &Pair<'_>,
    operation: &str,
    supported: bool,
    places: usize,
    call: impl for<'o> Fn(&dyn Kernels<T>, &[Operand<'_, T>], Out<'o, U>) -> Filled<'o>,
) {
    let (kernels, memory) = (pair.kernels::<T>()[0], Memory::<T>::new());
    let good = Operand::Slice(memory.rows(ROWS, LEN));
    let mut to = Memory::<U>::new();
    if !supported {
        let operands = vec![good; places];
        refuse::<T, _>(pair, operation, "not an operation of the type", || {
            let _ = call(kernels, &operands, to.out(ROWS, LEN, 1));
        });
        return;
    }
    refuse::<T, _>(pair, operation, "an output with gaps", || {
        let _ = call(kernels, &vec![good; places], to.out(ROWS, LEN, 2));
    });
    let bad = [
        (Operand::Slice(memory.rows(ROWS, LEN - 1)), "a short operand"),
        (Operand::Slice(memory.rows(ROWS - 1, LEN)), "an operand of fewer rows"),
        (Operand::Column(memory.rows(ROWS - 1, 1)), "a column of fewer rows"),
        (Operand::Column(memory.rows(ROWS, 0)), "a column of nothing"),
    ];
    for (bad, what) in bad {
        for place in 0..places {
            let mut operands = vec![good; places];
            operands[place] = bad;
            refuse::<T, _>(pair, operation, what, || {
                let _ = call(kernels, &operands, to.out(ROWS, LEN, 1));
            });
        }
    }
}

pub(super) fn check<T: Arithmetic>(pair: &Pair<'_>)
where
    T::Sum: Arithmetic,
{
    for row in Unary::ROWS {
        let supported = row.class.contains(T::DTYPE);
        elementwise::<T, T>(pair, row.name, supported, 1, |k, x, out| k.unary(row.op, x[0], out));
    }
    for row in Binary::ROWS {
        let supported = row.class.contains(T::DTYPE);
        elementwise::<T, T>(pair, row.name, supported, 2, |k, x, out| k.binary(row.op, x[0], x[1], out));
    }
    for row in Ternary::ROWS {
        let supported = row.class.contains(T::DTYPE);
        elementwise::<T, T>(pair, row.name, supported, 3, |k, x, out| {
            k.ternary(row.op, x[0], x[1], x[2], out)
        });
    }
    for row in Compare::ROWS {
        let supported = row.class.contains(T::DTYPE);
        elementwise::<T, bool>(pair, row.name, supported, 2, |k, x, out| k.compare(row.op, x[0], x[1], out));
        refuse::<T, _>(pair, row.name, "its output as an operand", || {
            let (one, mut to) = (Operand::Scalar(T::ONE), Memory::<bool>::new());
            let _ = pair.kernels::<T>()[0].compare(row.op, one, Operand::Out, to.out(ROWS, LEN, 1));
        });
    }
    for row in Predicate::ROWS {
        let supported = row.class.contains(T::DTYPE);
        elementwise::<T, bool>(pair, row.name, supported, 1, |k, x, out| k.predicate(row.op, x[0], out));
        refuse::<T, _>(pair, row.name, "its output as an operand", || {
            let mut to = Memory::<bool>::new();
            let _ = pair.kernels::<T>()[0].predicate(row.op, Operand::Out, to.out(ROWS, LEN, 1));
        });
    }
    moves::<T>(pair);
    reductions::<T>(pair);
}

fn moves<T: Arithmetic>(pair: &Pair<'_>) {
    let (kernels, memory, mut to) = (pair.kernels::<T>()[0], Memory::<T>::new(), Memory::<T>::new());
    elementwise::<T, T>(pair, "select", true, 2, |k, x, out| {
        k.select(Operand::Scalar(true), x[0], x[1], out)
    });
    let one = Operand::Scalar(T::ONE);
    let conditions = Memory::<bool>::new();
    for bad in [Operand::Slice(conditions.rows(ROWS, LEN - 1)), Operand::Out] {
        refuse::<T, _>(pair, "select", "a condition that does not fit", || {
            let _ = kernels.select(bad, one, one, to.out(ROWS, LEN, 1));
        });
    }
    for (rows, len) in [(ROWS, LEN - 1), (ROWS - 1, LEN)] {
        refuse::<T, _>(pair, "copy", "grids of two sizes", || {
            let _ = kernels.copy(memory.grid(rows, len), to.out(ROWS, LEN, 1));
        });
        refuse::<T, _>(pair, "cast", "rows of two sizes", || {
            let _ = kernels.cast(memory.rows(rows, len), T::any_out(to.out(ROWS, LEN, 1)));
        });
    }
    refuse::<T, _>(pair, "cast", "an output with gaps", || {
        let _ = kernels.cast(memory.rows(ROWS, LEN), T::any_out(to.out(ROWS, LEN, 2)));
    });
}

fn reductions<T: Arithmetic>(pair: &Pair<'_>)
where
    T::Sum: Arithmetic,
{
    let (kernels, memory) = (pair.kernels::<T>()[0], Memory::<T>::new());
    let x = &Stream::<T>::new(Draw::Small, (0.0, 1.0)).take(LEN)[..];
    refuse::<T, _>(pair, "dot", "two lengths", || kernels.dot(x, &x[1..]));
    let (ordered, real) = (Class::Ordered.contains(T::DTYPE), Class::Real.contains(T::DTYPE));
    let (mut sums, mut to, mut squares) = (Memory::<T::Sum>::new(), Memory::<T>::new(), Memory::<f64>::new());
    // (Rows and length of the input; rows, length and stride of the output.)
    let bad = [(0, LEN, 1, LEN, 1), (2, LEN - 1, 1, LEN, 1), (2, LEN, 2, LEN, 1), (2, LEN, 1, LEN, 2)];
    for (rows, len, to_rows, to_len, stride) in bad {
        let x = memory.rows(rows, len);
        let what = format!("{rows} rows of {len} to {to_rows} of {to_len} by {stride}");
        for op in [Fold::Sum, Fold::Prod] {
            refuse::<T, _>(pair, "Fold of rows", &what, || {
                let _ = kernels.fold_rows(op, x, sums.out(to_rows, to_len, stride));
            });
        }
        for op in [Extremum::Max, Extremum::Min] {
            refuse::<T, _>(pair, "Extremum of rows", &what, || {
                let _ = kernels.extremum_rows(op, x, to.out(to_rows, to_len, stride));
            });
        }
        refuse::<T, _>(pair, "squared deviations of rows", &what, || {
            let _ = kernels.squared_deviations_rows(x, &[0.0; LEN], squares.out(to_rows, to_len, stride));
        });
    }
    refuse::<T, _>(pair, "squared deviations of rows", "too few centers", || {
        let out = squares.out(1, LEN, 1);
        let _ = kernels.squared_deviations_rows(memory.rows(2, LEN), &[0.0; LEN - 1], out);
    });
    for op in [Fold::Sum, Fold::Prod] {
        for (rows, len, stride) in [(1, LEN - 1, 1), (2, LEN, 1), (1, LEN, 2)] {
            refuse::<T, _>(pair, "running Fold", "an output that does not fit", || {
                let _ = kernels.scan(op, x, None, sums.out(rows, len, stride));
            });
        }
    }
    if !ordered {
        for op in [Extremum::Max, Extremum::Min] {
            let what = "not an operation of the type";
            refuse::<T, _>(pair, "Extremum", what, || kernels.extremum(op, Input::Slice(x)));
            refuse::<T, _>(pair, "index of Extremum", what, || kernels.arg_extremum(op, x));
        }
    }
    if !real {
        let what = "not an operation of the type";
        refuse::<T, _>(pair, "squared deviations", what, || kernels.squared_deviations(Input::Slice(x), 0.0));
    }
}
