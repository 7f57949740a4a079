//! Shapes that are not multiples of anything, narrow matrices, three and four dimensions, each against as many elements in a row:
//! where a shape takes much longer, there is a cliff.

use super::{Draft, input};
use crate::input::Uniform;
use crate::work::Value;
use crate::{Case, Suite};
use isonum::{Array, ArrayView, Float, s};

const SHAPES: [&[usize]; 11] = [
    &[513, 513],
    &[1000, 37],
    &[37, 1000],
    &[100_000, 2],
    &[2, 100_000],
    &[100_000, 3],
    &[64, 64, 64],
    &[300, 300, 3],
    &[1_000_000, 2],
    &[1000, 1000, 3],
    &[32, 32, 32, 32],
];

pub(super) fn cases(cases: &mut Vec<Case>) {
    cases_of::<f32>(cases);
    cases_of::<f64>(cases);
}

fn cases_of<T: Float + Uniform + Value>(cases: &mut Vec<Case>) {
    for shape in SHAPES {
        elementwise::<T>(shape, cases);
        layouts::<T>(shape, cases);
        reductions::<T>(shape, cases);
    }
}

fn product(shape: &[usize]) -> usize {
    shape.iter().product()
}

fn name(shape: &[usize]) -> String {
    shape.iter().map(usize::to_string).collect::<Vec<_>>().join("x")
}

/// A case of this shape; its base is called the same with the number of elements.
fn draft<T: Float>(op: &str, shape: &[usize], inputs: Vec<crate::input::Input>, numpy: &str) -> Draft {
    let base = format!("{op}/{}/{}", crate::short_name(T::DTYPE), product(shape));
    Draft::new(&[Suite::Grid], op, inputs, numpy).of(T::DTYPE, name(shape)).against(base)
}

/// The same of a row of elements.
fn base<T: Float>(op: &str, shape: &[usize], operands: &[&'static str], numpy: &str) -> Draft {
    let inputs = operands.iter().map(|name| input::<T>(name, &[product(shape)])).collect();
    Draft::new(&[Suite::Grid], op, inputs, numpy)
}

fn elementwise<T: Float + Uniform>(shape: &'static [usize], cases: &mut Vec<Case>) {
    let a = || input::<T>("a", shape);
    let two = || vec![a(), input::<T>("b", shape)];
    cases.extend([
        base::<T>("add", shape, &["a", "b"], "np.add(a, b)").fresh::<T, T>(|a| &a[0] + &a[1]),
        draft::<T>("add", shape, two(), "np.add(a, b)").fresh::<T, T>(|a| &a[0] + &a[1]),
        base::<T>("exp", shape, &["a"], "np.exp(a)").fresh::<T, T>(|a| isonum::exp(&a[0])),
        draft::<T>("exp", shape, vec![a()], "np.exp(a)").fresh::<T, T>(|a| isonum::exp(&a[0])),
    ]);
    // As many elements in a row that starts inside of a vector.
    let mut b = input::<T>("b", &[product(shape) + 1]);
    b.view = "b[1:]";
    let misaligned = vec![input::<T>("a", &[product(shape)]), b];
    let shifted = Draft::new(&[Suite::Grid], "add", misaligned, "np.add(a, b)").variant("misaligned");
    let aligned = format!("add/{}/{}", crate::short_name(T::DTYPE), product(shape));
    cases.push(shifted.against(aligned).fresh::<T, T>(|a| &a[0] + ArrayView::of(&a[1]).slice(s![1..])));
    // The last axis, and the first one.
    let row = vec![a(), input::<T>("b", &shape[shape.len() - 1..])];
    let mut lengths = vec![1; shape.len()];
    lengths[0] = shape[0];
    let column = vec![a(), input::<T>("b", &lengths)];
    for (variant, inputs) in [("row", row), ("column", column)] {
        let draft = draft::<T>("add", shape, inputs, "np.add(a, b)").variant(variant);
        cases.push(draft.fresh::<T, T>(|a| &a[0] + &a[1]));
    }
}

/// How a second operand lies in memory: its shape there, what is read of it in NumPy, and here.
type Lying<T> = (&'static str, fn(&[usize]) -> Vec<usize>, &'static str, fn(&Array<T>) -> ArrayView<'_, T>);

fn layouts<T: Float + Uniform>(shape: &'static [usize], cases: &mut Vec<Case>) {
    fn widened(shape: &[usize], by: impl Fn(usize) -> usize) -> Vec<usize> {
        let mut shape = shape.to_vec();
        if let Some(last) = shape.last_mut() {
            *last = by(*last);
        }
        shape
    }
    let all: [Lying<T>; 4] = [
        ("transposed", |shape| shape.iter().rev().copied().collect(), "b.T", |b| ArrayView::of(b).t()),
        (
            "step2",
            |shape| widened(shape, |n| 2 * n),
            "b[..., ::2]",
            |b| ArrayView::of(b).slice(s![Ellipsis, ..;2]),
        ),
        ("reversed", |shape| shape.to_vec(), "b[..., ::-1]", |b| ArrayView::of(b).slice(s![Ellipsis, ..;-1])),
        (
            "cropped",
            |shape| widened(shape, |n| n + 1),
            "b[..., 1:]",
            |b| ArrayView::of(b).slice(s![Ellipsis, 1..]),
        ),
    ];
    for (variant, lies, view, read) in all {
        let mut b = input::<T>("b", &lies(shape));
        b.view = view;
        let draft =
            draft::<T>("add", shape, vec![input::<T>("a", shape), b], "np.add(a, b)").variant(variant);
        cases.push(draft.fresh::<T, T>(move |a| &a[0] + read(&a[1])));
    }
    let copied = draft::<T>("copy", shape, vec![input::<T>("a", shape)], "np.ascontiguousarray(a.T)");
    cases.extend([
        base::<T>("copy", shape, &["a"], "a.copy()").fresh::<T, T>(|a| a[0].view().to_array()),
        copied.variant("transposed").fresh::<T, T>(|a| a[0].t().to_array()),
    ]);
}

fn reductions<T: Float + Uniform + Value>(shape: &'static [usize], cases: &mut Vec<Case>) {
    let a = || vec![input::<T>("a", shape)];
    cases.extend([
        base::<T>("sum", shape, &["a"], "a.sum()").whole::<T, _>(|a| a[0].sum()),
        base::<T>("argmax", shape, &["a"], "a.argmax()").whole::<T, _>(|a| a[0].argmax()),
        base::<T>("cumsum", shape, &["a"], "a.cumsum()").fresh::<T, T>(|a| isonum::cumsum(&a[0])),
    ]);
    for axis in 0..shape.len() {
        let out = product(shape) / shape[axis];
        let variant = format!("axis{axis}");
        let draft = |op: &str| draft::<T>(op, shape, a(), &format!("a.{op}(axis={axis})")).variant(&variant);
        cases.extend([
            draft("sum").made::<T, _>(out, move |a| a[0].sum_axis(axis)),
            draft("argmax").made::<T, _>(out, move |a| a[0].argmax_axis(axis)),
            draft("cumsum").fresh::<T, _>(move |a| isonum::cumsum_axis(&a[0], axis)),
        ]);
    }
    if shape.len() > 2 {
        let draft = draft::<T>("sum", shape, a(), "a.sum(axis=(0, 2))").variant("axis02");
        let left = shape[1] * shape[3..].iter().product::<usize>();
        cases.push(draft.made::<T, _>(left, |a| a[0].sum_axis([0, 2])));
    }
}
