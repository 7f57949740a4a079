//! Operations on matrices: reductions by axis, rows added to all others, and operands of any layout.

use super::{Draft, SIDES, input};
use crate::input::{Input, Uniform};
use crate::work::{Value, into};
use crate::{Case, Suite, short_name};
use isonum::{Array, ArrayView, Float, s};

pub(super) fn matrices(cases: &mut Vec<Case>) {
    matrices_of::<f32>(cases);
    matrices_of::<f64>(cases);
}

fn matrices_of<T: Float + Uniform + Value>(cases: &mut Vec<Case>) {
    for n in SIDES {
        let a = || input::<T>("a", &[n, n]);
        let draft = |op, inputs, statement: &str| Draft::new(&[Suite::Matrices], op, inputs, statement);
        let row = || vec![a(), input::<T>("b", &[n])];
        let factor = T::from_f64(2.5);
        cases.extend([
            draft("sum2d", vec![a()], "a.sum()").whole::<T, _>(|a| a[0].sum()),
            draft("mean2d", vec![a()], "a.mean()").whole::<T, _>(|a| a[0].mean()),
            draft("broadcast_add", row(), "np.add(a, b)").fresh::<T, T>(|a| &a[0] + &a[1]),
            draft("broadcast_add", row(), "np.add(a, b, out=o)")
                .variant("out")
                .given::<T, T>(|a, out| isonum::add_into(&a[0], &a[1], out)),
            draft("scale2d", vec![a()], "np.multiply(a, 2.5)").fresh::<T, T>(move |a| &a[0] * factor),
            draft("scale2d", vec![a()], "np.multiply(a, 2.5, out=o)")
                .variant("out")
                .given::<T, T>(move |a, out| isonum::multiply_into(&a[0], factor, out)),
        ]);
    }
}

/// The second operand of an addition: its name, shape, what is read of it in NumPy, and here.
type Operand<T> = (&'static str, fn(usize) -> Vec<usize>, &'static str, fn(&Array<T>) -> ArrayView<'_, T>);

pub(super) fn layouts(cases: &mut Vec<Case>) {
    layouts_of::<f32>(cases);
    layouts_of::<f64>(cases);
}

fn layouts_of<T: Float + Uniform>(cases: &mut Vec<Case>) {
    let operands: [Operand<T>; 8] = [
        ("", |n| vec![n, n], "", |b| b.view()),
        ("row", |n| vec![n], "", |b| b.view()),
        ("column", |n| vec![n, 1], "", |b| b.view()),
        ("scalar", |_| vec![1], "", |b| b.view()),
        ("transposed", |n| vec![n, n], "b.T", |b| ArrayView::of(b).t()),
        ("step2", |n| vec![n, 2 * n], "b[:, ::2]", |b| ArrayView::of(b).slice(s![.., ..;2])),
        ("reversed", |n| vec![n, n], "b[:, ::-1]", |b| ArrayView::of(b).slice(s![.., ..;-1])),
        ("upside_down", |n| vec![n, n], "b[::-1]", |b| ArrayView::of(b).slice(s![..;-1])),
    ];
    for n in [512, 2048] {
        let base = format!("add_2d/{}/{n}", short_name(T::DTYPE));
        for (variant, shape, view, read) in operands {
            let mut b = input::<T>("b", &shape(n));
            b.view = view;
            let inputs = vec![input::<T>("a", &[n, n]), b];
            let mut draft =
                Draft::new(&[Suite::Layouts], "add_2d", inputs, "np.add(a, b, out=o)").variant(variant);
            if !variant.is_empty() {
                draft = draft.against(&base);
            }
            let out = format!("np.zeros(({n}, {n}), np.{})", T::DTYPE);
            cases.push(draft.case::<T>(n * n, Some(out), move |inputs| {
                let [a, b] = [&inputs[0], &inputs[1]].map(Input::array::<T>);
                into(Array::zeros((n, n)), move |out| isonum::add_into(&a, read(&b), out))
            }));
        }
    }
}
