//! Reductions, by the functions of the facade, which the rows of the registry are; and scans.

use isonum_check::bits::{IntoAnswer, Layout, Operation};
use isonum_core::backend::Fold;
use isonum_core::registry::{Reduce, Row};
use isonum_core::{Complex32, Complex64, Result, Storage};
use isonum_kernels::agreement::values::{Draw, Stream, Value};
use isonum_runtime::place::New;
use isonum_runtime::{random, reduce, scan};

/// From so many elements on, results are of values of the range only: one NaN among them would be all that is seen.
const TAME: usize = 300;

fn stream<T: Value>(row: &Row<Reduce>, n: usize) -> Stream<T> {
    let draw = match row.op {
        Reduce::Any | Reduce::All | Reduce::CountNonzero => Draw::Few,
        _ if n < TAME && n % 4 == 3 => Draw::Wild,
        _ => Draw::Tame,
    };
    Stream::new(draw, row.input)
}

/// The operand of a reduction in two dimensions: with short rows and with short columns, or with both long.
fn matrices(n: usize) -> Vec<[usize; 2]> {
    if n < 1000 { vec![[n, 5], [5, n]] } else { vec![[n.div_ceil(1000), 1000]] }
}

macro_rules! reductions {
    ([$list:ident] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        isonum_core::types_of_class! { $class reduction ($list $op [<try_ $name>] [<try_ $name _axis>]) }
    )*}};
}

macro_rules! reduction {
    ($type:ty, ($list:ident $op:ident $whole:ident $axis:ident)) => {
        $list.push(whole::<$type, _>(Reduce::$op.row(), |x| isonum::$whole(x)));
        $list.push(along_axes::<$type, _>(Reduce::$op.row(), |x, axis| isonum::$axis(x, axis)));
    };
}

/// All of them.
pub(super) fn operations(list: &mut Vec<Operation>) {
    isonum_core::reduce_operations!([reductions], list);
}

/// A reduction of all elements. Where few of them make it an error, it has no answer.
fn whole<T: Value, R: IntoAnswer + 'static>(
    row: &'static Row<Reduce>,
    run: fn(&Storage<T>) -> Result<R>,
) -> Operation {
    Operation::new::<T>(row.name, move |layout, n| {
        let x = layout.of(&layout.shape(n), &mut stream(row, n))?;
        Ok(Box::new(move || run(&x).ok().map(R::into_answer).into_iter().collect()))
    })
}

/// A reduction along either axis of matrices.
fn along_axes<T: Value, R: IntoAnswer + 'static>(
    row: &'static Row<Reduce>,
    run: fn(&Storage<T>, usize) -> Result<R>,
) -> Operation {
    Operation::new::<T>(format!("{}_axis", row.name), move |layout, n| {
        let mut operands = Vec::new();
        for shape in matrices(n) {
            operands.push(layout.of(&shape, &mut stream::<T>(row, n))?);
        }
        Ok(Box::new(move || {
            let answers = operands.iter().flat_map(|x| [run(x, 0), run(x, 1)]);
            answers.flatten().map(R::into_answer).collect()
        }))
    })
}

/// Scans along either axis, and products of vectors.
pub(super) fn of_type<T: Value>(list: &mut Vec<Operation>)
where
    T::Sum: Value,
{
    for (name, op, range) in [("cumsum", Fold::Sum, (-6.0, 6.0)), ("cumprod", Fold::Prod, (0.9, 1.1))] {
        list.push(Operation::new::<T>(name, move |layout, n| {
            let mut operands = Vec::new();
            for shape in matrices(n) {
                operands.push(layout.of(&shape, &mut Stream::<T>::new(Draw::Tame, range))?);
            }
            Ok(Box::new(move || {
                let answers =
                    operands.iter().flat_map(|x| [0, 1].map(|axis| scan::scan(op, &x.view(), axis, New)));
                answers.map(|answer| answer?.into_answer()).collect()
            }))
        }));
    }
    let vectors =
        &[Layout::Contiguous, Layout::Step2, Layout::Reversed, Layout::Repeated, Layout::Misaligned];
    let dot = Operation::new::<T>("dot", |layout, n| {
        let mut values = Stream::<T>::new(Draw::Tame, (-6.0, 6.0));
        let other = if n % 2 == 1 { Layout::Contiguous } else { layout };
        let [a, b] = [other.of(&[n], &mut values)?, layout.of(&[n], &mut values)?];
        Ok(Box::new(move || Ok(vec![Storage::full(&[], reduce::dot(&a.view(), &b.view())?)?.into_answer()?])))
    });
    list.push(dot.only(vectors));
}

/// Random numbers.
pub(super) fn random(list: &mut Vec<Operation>) {
    macro_rules! draws {
        ($($name:literal $type:ty: $draw:expr;)*) => {$(
            let draw = Operation::new::<$type>($name, |_, n| {
                let fill = move || random::fill($draw, random::Stream::new(n as u64), &[n]);
                Ok(Box::new(move || Ok(vec![fill()?.into_answer()?])))
            });
            list.push(draw.only(&[Layout::Contiguous]));
        )*};
    }
    draws! {
        "random words" u64: random::Words;
        "random uniform" f64: random::Uniform64;
        "random uniform" f32: random::Uniform32;
        "random normal" f64: random::Normal64;
        "random normal" f32: random::Normal32;
    }
}
