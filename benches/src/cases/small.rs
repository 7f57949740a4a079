//! What a call costs.

use super::{Draft, input};
use crate::input::Uniform;
use crate::work::Value;
use crate::{Case, Suite};
use isonum::{Float, s};

pub(super) fn small(cases: &mut Vec<Case>) {
    for n in [1, 8, 100, 1000] {
        let a = || input::<f64>("a", &[n]);
        let two = || vec![a(), input::<f64>("b", &[n])];
        let draft = |op, inputs, statement: &str| Draft::new(&[Suite::Small], op, inputs, statement);
        cases.extend([
            draft("add", two(), "np.add(a, b)").fresh::<f64, f64>(|a| &a[0] + &a[1]),
            draft("add_scalar", vec![a()], "a + 1.0").fresh::<f64, f64>(|a| &a[0] + 1.0),
            draft("add_assign", two(), "o += a").given::<f64, f64>(|a, out| *out += &a[0]),
            draft("add", two(), "np.add(a, b, out=o)")
                .variant("out")
                .given::<f64, f64>(|a, out| isonum::add_into(&a[0], &a[1], out)),
            draft("fused", two(), "(a + b) * 2.0").fresh::<f64, f64>(|a| (&a[0] + &a[1]) * 2.0),
            draft("exp", vec![a()], "np.exp(a)").fresh::<f64, f64>(|a| a[0].exp()),
            draft("sum", vec![a()], "a.sum()").whole::<f64, _>(|a| a[0].sum()),
            draft("greater", two(), "np.greater(a, b)").fresh::<f64, bool>(|a| isonum::greater(&a[0], &a[1])),
            draft("slice", vec![a()], "a[0:1]").fresh::<f64, f64>(|a| a[0].slice(s![0..1])),
        ]);
    }
}

/// From what fits the first cache to what fits none.
pub(super) fn sizes(cases: &mut Vec<Case>) {
    sizes_of::<f32>(cases);
    sizes_of::<f64>(cases);
}

fn sizes_of<T: Float + Uniform + Value>(cases: &mut Vec<Case>) {
    for n in (4..=24).step_by(2).map(|log| 1 << log) {
        let a = || input::<T>("a", &[n]);
        let draft =
            |op, inputs, statement: &str| Draft::new(&[Suite::Sizes], op, inputs, statement).flops(n as f64);
        cases.extend([
            draft("add", vec![a(), input::<T>("b", &[n])], "np.add(a, b)").fresh::<T, T>(|a| &a[0] + &a[1]),
            draft("exp", vec![a()], "np.exp(a)").flops(0.0).fresh::<T, T>(|a| isonum::exp(&a[0])),
            draft("sum", vec![a()], "a.sum()").whole::<T, _>(|a| isonum::sum(&a[0])),
        ]);
    }
}
