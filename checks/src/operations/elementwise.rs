//! Elementwise operations, conversions and moves, by their drivers.

use isonum_check::bits::{IntoAnswer, Layout, Operation, dirty};
use isonum_core::registry::{Binary, Compare, Predicate, Row, Ternary, Unary};
use isonum_core::{Complex32, Complex64, Result, Storage, View, ViewMut};
use isonum_kernels::agreement::values::{Draw, Stream, Value};
use isonum_runtime::elementwise as driver;

/// An operation of `N` operands whose result has their shape.
fn elementwise<T: Value, R: Value, const N: usize>(
    name: impl Into<String>,
    stream: impl Fn() -> Stream<T> + Send + Sync + 'static,
    run: impl Fn([View<'_, T>; N], ViewMut<'_, R>) -> Result<()> + Copy + Send + Sync + 'static,
) -> Operation {
    Operation::new::<T>(name, move |layout, n| {
        let shape = layout.shape(n);
        let mut values = stream();
        let mut operands = Vec::new();
        for k in 0..N {
            // For every other length only the last operand has the layout.
            let other = n % 2 == 1 && k + 1 < N;
            let layout = if other { Layout::Contiguous } else { layout };
            operands.push(layout.of(&shape, &mut values)?);
        }
        let operands: [Storage<T>; N] = operands.try_into().expect("as many as there are");
        Ok(Box::new(move || {
            let mut out = dirty::<R>(&shape)?;
            run(operands.each_ref().map(Storage::view), out.view_mut()?)?;
            Ok(vec![out.into_answer()?])
        }))
    })
}

/// Values of the range of a row, special ones, and any others.
fn wild<T: Value, Op: Sync>(row: &'static Row<Op>) -> impl Fn() -> Stream<T> + Send + Sync {
    || Stream::new(Draw::Wild, row.input)
}

/// The rows of a family that are for elements of `T`.
fn rows<T: Value, Op>(family: &'static [Row<Op>]) -> impl Iterator<Item = &'static Row<Op>> {
    family.iter().filter(|row| row.class.contains(T::DTYPE))
}

/// All for elements of `T`.
pub(super) fn operations<T: Value>(list: &mut Vec<Operation>) {
    for row in rows::<T, _>(Unary::ROWS) {
        let run = |[x]: [View<'_, T>; 1], out: ViewMut<'_, T>| driver::unary_to(row.op, Some(&x), out);
        list.push(elementwise(row.name, wild(row), run));
    }
    for row in rows::<T, _>(Binary::ROWS) {
        let each: fn(T) -> T = match row.op {
            op if !driver::may_fail::<T>(op) => |x| x,
            Binary::Power => T::natural,
            // Divisors of integers.
            _ => T::nonzero,
        };
        let stream = move || Stream::new(Draw::Wild, row.input).each(each);
        let run = |[a, b]: [View<'_, T>; 2], out: ViewMut<'_, T>| {
            driver::binary_to(row.op, Some(&a), Some(&b), out)
        };
        list.push(elementwise(row.name, stream, run));
    }
    for row in rows::<T, _>(Ternary::ROWS) {
        let run = |[a, b, c]: [View<'_, T>; 3], out: ViewMut<'_, T>| {
            driver::ternary_to(row.op, Some(&a), Some(&b), Some(&c), out)
        };
        list.push(elementwise(row.name, wild(row), run));
    }
    for row in rows::<T, _>(Compare::ROWS) {
        // Many equal ones.
        let stream = || Stream::new(Draw::Few, row.input);
        let run = |[a, b]: [View<'_, T>; 2], out: ViewMut<'_, bool>| driver::compare_to(row.op, &a, &b, out);
        list.push(elementwise(row.name, stream, run));
    }
    for row in rows::<T, _>(Predicate::ROWS) {
        let run = |[x]: [View<'_, T>; 1], out: ViewMut<'_, bool>| driver::predicate_to(row.op, &x, out);
        list.push(elementwise(row.name, wild(row), run));
    }
    let any = || Stream::<T>::new(Draw::Wild, (-6.0, 6.0));
    list.push(elementwise("copy", any, |[x], out: ViewMut<'_, T>| driver::copy_to(&x, out)).moving());
    list.push(
        elementwise("fill", any, |[x], out: ViewMut<'_, T>| {
            driver::fill(out, x.first().copied().unwrap_or(T::ONE))
        })
        .moving(),
    );
    list.push(select::<T>());
    macro_rules! casts {
        ($($to:ident)*) => {$(
            let name = format!("cast to {}", <$to as isonum_core::Element>::DTYPE);
            let stream = || Stream::<T>::new(Draw::Wild, (-300.0, 300.0));
            list.push(elementwise(name, stream, |[x], out: ViewMut<'_, $to>| driver::cast_to(&x, out)));
        )*};
    }
    casts!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64);
}

fn select<T: Value>() -> Operation {
    let select = Operation::new::<T>("select", |layout, n| {
        let shape = layout.shape(n);
        let mut values = Stream::<T>::new(Draw::Wild, (-6.0, 6.0));
        let condition = layout.of(&shape, &mut Stream::<bool>::new(Draw::Tame, (0.0, 1.0)))?;
        let [yes, no] = [layout.of(&shape, &mut values)?, Layout::Contiguous.of(&shape, &mut values)?];
        Ok(Box::new(move || {
            let mut out = dirty::<T>(&shape)?;
            let (yes, no) = (yes.view(), no.view());
            driver::select_to(&condition.view(), Some(&yes), Some(&no), out.view_mut()?)?;
            Ok(vec![out.into_answer()?])
        }))
    });
    select.moving()
}
