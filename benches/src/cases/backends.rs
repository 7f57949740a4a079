//! Every row of the operation registry, for every element type of its class, at 10,000 elements; and what moves and
//! converts elements. The operations are called by their drivers, which are what backends differ in.

use crate::input::{Uniform, uniform};
use crate::work::{Work, sample_of};
use crate::{Case, Suite, short_name};
use isonum_core::backend::{Extremum, Fold};
use isonum_core::registry::{Binary, Compare, Predicate, Reduce, Row, Ternary, Unary};
use isonum_core::{
    Complex32, Complex64, DType, Element, Float, Ordered, Real, Result, Storage, View, ViewMut,
};
use isonum_runtime::place::New;
use isonum_runtime::{elementwise, reduce, scan};
use std::hint::black_box;

const LEN: usize = 10_000;
const SIDE: usize = 100;

/// A call that writes an array.
struct To<R, F> {
    out: Storage<R>,
    call: F,
}

impl<R: Element, F: FnMut(ViewMut<'_, R>) -> Result<()>> Work for To<R, F> {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            (self.call)(black_box(&mut self.out).view_mut().expect("it is ours")).expect("valid operands");
        }
    }
    fn sample(&mut self) -> Vec<f64> {
        // Another backend may have written the same array.
        elementwise::fill(self.out.view_mut().expect("it is ours"), R::ZERO).expect("memory");
        self.run(1);
        sample_of(&self.out)
    }
}

/// A call that returns something.
struct Gives<F>(F);

impl<R: Element, F: FnMut() -> Result<R>> Work for Gives<F> {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            let _ = black_box((self.0)());
        }
    }
    fn sample(&mut self) -> Vec<f64> {
        sample_of(&Storage::full(&[], (self.0)().expect("valid operands")).expect("room for one"))
    }
}

/// A case of elements of `T` with `operands` arrays and results of `R`.
fn case<T: Element, R: Element>(
    op: &str,
    variant: &str,
    operands: usize,
    written: usize,
    prepare: impl Fn() -> Box<dyn Work> + 'static,
) -> Case {
    Case {
        id: format!("{op}/{}/{LEN}/kernel{variant}", short_name(T::DTYPE)),
        suites: vec![Suite::Backends],
        inputs: Vec::new(),
        numpy: String::new(),
        numpy_out: None,
        tolerance: 0.0,
        read: operands * LEN * size_of::<T>(),
        written: written * size_of::<R>(),
        flops: 0.0,
        base: None,
        prepare: Box::new(prepare),
    }
}

/// `N` arrays of the range of a row.
fn arrays<T: Uniform, const N: usize>((low, high): (f64, f64)) -> [Storage<T>; N] {
    std::array::from_fn(|k| {
        Storage::from_fn(&[LEN], |i| uniform(k as u64 + 1, i as u64, low, high)).expect("memory")
    })
}

/// A case that writes an array of `R`.
fn to<T: Uniform, R: Element, const N: usize>(
    (op, variant): (&str, &str),
    range: (f64, f64),
    call: impl Fn(&[Storage<T>; N], ViewMut<'_, R>) -> Result<()> + Copy + 'static,
) -> Case {
    case::<T, R>(op, variant, N, LEN, move || {
        let operands = arrays::<T, N>(range);
        let out = Storage::<R>::full(&[LEN], R::ZERO).expect("memory");
        Box::new(To { out, call: move |out: ViewMut<'_, R>| call(&operands, out) })
    })
}

/// Elements whose absolute value is about one.
fn factors<T: Element>() -> (f64, f64) {
    match T::DTYPE {
        DType::C32 | DType::C64 => (0.64, 0.78),
        _ => (0.9, 1.1),
    }
}

/// A case that reduces all elements to one.
fn whole<T: Uniform, R: Element>(
    row: &'static Row<Reduce>,
    call: impl Fn(&View<'_, T>) -> Result<R> + Copy + 'static,
) -> Case {
    case::<T, R>(row.name, "", 1, 1, move || {
        // Truth values that decide at the first element would measure nothing.
        let range = if row.op == Reduce::Prod { factors::<T>() } else { row.input };
        let [mut x] = arrays::<T, 1>(range);
        if matches!(row.op, Reduce::Any | Reduce::All) {
            let value = if row.op == Reduce::Any { T::ZERO } else { T::ONE };
            x = Storage::full(&[LEN], value).expect("memory");
        }
        if row.op == Reduce::CountNonzero {
            let value = |i| if i % 3 == 0 { T::ZERO } else { T::ONE };
            x = Storage::from_fn(&[LEN], value).expect("memory");
        }
        Box::new(Gives(move || call(&x.view())))
    })
}

/// The rows of a family that are for elements of `T`.
fn rows<T: Element, Op>(rows: &'static [Row<Op>]) -> impl Iterator<Item = &'static Row<Op>> {
    rows.iter().filter(|row| row.class.contains(T::DTYPE))
}

pub(super) fn backends(cases: &mut Vec<Case>) {
    macro_rules! each {
        ($($function:ident: $($t:ty)*;)*) => {$($($function::<$t>(cases);)*)*};
    }
    each! {
        of_element: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64;
        of_ordered: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool;
        of_real: f32 f64 i8 i16 i32 i64 u8 u16 u32 u64;
        of_float: f32 f64;
    }
}

fn of_element<T: Uniform>(cases: &mut Vec<Case>) {
    for row in rows::<T, _>(Unary::ROWS) {
        cases.push(to::<T, T, 1>((row.name, ""), row.input, |[x], out| {
            elementwise::unary_to(row.op, Some(&x.view()), out)
        }));
    }
    for row in rows::<T, _>(Binary::ROWS) {
        cases.push(to::<T, T, 2>((row.name, ""), row.input, |[a, b], out| {
            elementwise::binary_to(row.op, Some(&a.view()), Some(&b.view()), out)
        }));
    }
    for row in rows::<T, _>(Ternary::ROWS) {
        cases.push(to::<T, T, 3>((row.name, ""), row.input, |[a, b, c], out| {
            elementwise::ternary_to(row.op, Some(&a.view()), Some(&b.view()), Some(&c.view()), out)
        }));
    }
    for row in rows::<T, _>(Compare::ROWS) {
        cases.push(to::<T, bool, 2>((row.name, ""), row.input, |[a, b], out| {
            elementwise::compare_to(row.op, &a.view(), &b.view(), out)
        }));
    }
    for row in rows::<T, _>(Predicate::ROWS) {
        cases.push(to::<T, bool, 1>((row.name, ""), row.input, |[x], out| {
            elementwise::predicate_to(row.op, &x.view(), out)
        }));
    }
    cases.push(case::<T, T>("select", "", 2, LEN, || {
        let [yes, no] = arrays::<T, 2>((-6.0, 6.0));
        let [condition] = arrays::<bool, 1>((-6.0, 6.0));
        let out = Storage::<T>::full(&[LEN], T::ZERO).expect("memory");
        let call = move |out: ViewMut<'_, T>| {
            elementwise::select_to(&condition.view(), Some(&yes.view()), Some(&no.view()), out)
        };
        Box::new(To { out, call })
    }));
    moves::<T>(cases);
    casts::<T>(cases);
    for row in rows::<T, _>(Reduce::ROWS) {
        cases.extend(match row.op {
            Reduce::Sum => Some(whole::<T, T::Sum>(row, |x| reduce::fold_all(Fold::Sum, x))),
            Reduce::Prod => Some(whole::<T, T::Sum>(row, |x| reduce::fold_all(Fold::Prod, x))),
            Reduce::Mean => Some(whole::<T, T::Mean>(row, reduce::mean_all)),
            Reduce::Any => Some(whole::<T, bool>(row, reduce::any_of)),
            Reduce::All => Some(whole::<T, bool>(row, reduce::all_of)),
            Reduce::CountNonzero => {
                Some(whole::<T, i64>(row, |x| reduce::count_nonzero_all(x).map(|n| n as i64)))
            }
            _ => None,
        });
    }
    cases.push(case::<T, T::Sum>("dot", "", 2, 1, || {
        let [a, b] = arrays::<T, 2>((-6.0, 6.0));
        Box::new(Gives(move || reduce::dot(&a.view(), &b.view())))
    }));
    for (name, op) in [("cumsum", Fold::Sum), ("cumprod", Fold::Prod)] {
        cases.push(case::<T, T::Sum>(name, "", 1, LEN, move || {
            let [x] = arrays::<T, 1>(factors::<T>());
            let last =
                move || scan::scan(op, &x.view(), 0, New).map(|all| all.view().as_slice().unwrap()[LEN - 1]);
            Box::new(Gives(last))
        }));
    }
}

fn of_ordered<T: Uniform + Ordered>(cases: &mut Vec<Case>) {
    for row in rows::<T, _>(Reduce::ROWS) {
        let index = |at: usize| at as i64;
        cases.extend(match row.op {
            Reduce::Max => Some(whole::<T, T>(row, |x| reduce::extremum_all(Extremum::Max, x))),
            Reduce::Min => Some(whole::<T, T>(row, |x| reduce::extremum_all(Extremum::Min, x))),
            Reduce::ArgMax => {
                Some(whole::<T, i64>(row, move |x| reduce::arg_extremum_all(Extremum::Max, x).map(index)))
            }
            Reduce::ArgMin => {
                Some(whole::<T, i64>(row, move |x| reduce::arg_extremum_all(Extremum::Min, x).map(index)))
            }
            _ => None,
        });
    }
}

fn of_real<T: Uniform + Real>(cases: &mut Vec<Case>) {
    for row in rows::<T, _>(Reduce::ROWS) {
        cases.extend(match row.op {
            Reduce::Var => Some(whole::<T, T::Mean>(row, |x| reduce::var_all(x, 0.0))),
            Reduce::Std => Some(whole::<T, T::Mean>(row, |x| reduce::std_all(x, 0.0))),
            _ => None,
        });
    }
}

fn of_float<T: Uniform + Float>(cases: &mut Vec<Case>) {
    for row in rows::<T, _>(Reduce::ROWS) {
        cases.extend(match row.op {
            Reduce::SumSquares => Some(whole::<T, T>(row, reduce::sum_squares_all)),
            _ => None,
        });
    }
}

/// What moves elements: to fill an array, and to copy it, with a step, and transposed.
fn moves<T: Uniform>(cases: &mut Vec<Case>) {
    cases.push(to::<T, T, 1>(("fill", ""), (-6.0, 6.0), |[x], out| {
        elementwise::fill(out, x.view().as_slice().unwrap()[0])
    }));
    cases.push(to::<T, T, 1>(("copy", ""), (-6.0, 6.0), |[x], out| elementwise::copy_to(&x.view(), out)));
    cases.push(case::<T, T>("copy", "-step2", 1, LEN / 2, || {
        let [x] = arrays::<T, 1>((-6.0, 6.0));
        let out = Storage::<T>::full(&[LEN / 2], T::ZERO).expect("memory");
        let half = isonum_core::s![..;2];
        let call = move |out: ViewMut<'_, T>| elementwise::copy_to(&x.view().slice(&half)?, out);
        Box::new(To { out, call })
    }));
    cases.push(case::<T, T>("copy", "-transposed", 1, LEN, || {
        let [x] = arrays::<T, 1>((-6.0, 6.0));
        let x = x.reshape(&[SIDE as isize, SIDE as isize]).expect("as many elements");
        let out = Storage::<T>::full(&[SIDE, SIDE], T::ZERO).expect("memory");
        let call = move |out: ViewMut<'_, T>| elementwise::copy_to(&x.view().transpose(), out);
        Box::new(To { out, call })
    }));
}

fn casts<T: Uniform>(cases: &mut Vec<Case>) {
    macro_rules! to_types {
        ($($u:ident)*) => {$(
            if <$u as Element>::DTYPE != T::DTYPE {
                let variant = format!("-to-{}", short_name(<$u as Element>::DTYPE));
                let call = |[x]: &[Storage<T>; 1], out: ViewMut<'_, $u>| elementwise::cast_to(&x.view(), out);
                cases.push(to::<T, $u, 1>(("cast", &variant), (0.0, 100.0), call));
            }
        )*};
    }
    to_types!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a family's rows, with each of their element types.
    fn names<Op>(rows: &'static [Row<Op>]) -> impl Iterator<Item = String> {
        rows.iter().flat_map(|row| {
            row.class.dtypes().map(|dtype| format!("{}/{}/{LEN}/kernel", row.name, short_name(dtype)))
        })
    }

    #[test]
    fn every_row_has_a_case_of_each_type() {
        let mut cases = Vec::new();
        backends(&mut cases);
        let all = names(Unary::ROWS).chain(names(Binary::ROWS)).chain(names(Ternary::ROWS));
        for id in all.chain(names(Compare::ROWS)).chain(names(Predicate::ROWS)).chain(names(Reduce::ROWS)) {
            assert_eq!(cases.iter().filter(|case| case.id == id).count(), 1, "{id}");
        }
    }
}
