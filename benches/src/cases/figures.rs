//! Cases of which other array libraries have published figures, and operations that are not there yet.

use super::{Draft, input};
use crate::input::Uniform;
use crate::work::Value;
use crate::{Case, Suite};
use isonum::{Array, Element, Float};

/// Operations of published figures for which there are no cases, because the library does not have them yet.
const WANTED: [&str; 40] = [
    "argpartition",
    "argsort",
    "batched_matmul",
    "cholesky",
    "clip",
    "convolve",
    "corrcoef",
    "det",
    "dot",
    "eig",
    "eigh",
    "erf",
    "fft2",
    "flip",
    "gather",
    "gradient",
    "ifft2",
    "inv",
    "kalman_update",
    "lexsort",
    "lstsq",
    "mask_assign",
    "mask_select",
    "median",
    "nanmean",
    "nansum",
    "norm",
    "partition",
    "percentile",
    "pinv",
    "qr",
    "rolling_mean",
    "searchsorted",
    "solve",
    "sort",
    "svd",
    "take",
    "top_k",
    "trace",
    "unique",
];

/// Of `WANTED`, those that no case is called.
pub fn missing(cases: &[Case]) -> Vec<&'static str> {
    let is_there = |name: &&&str| !cases.iter().any(|case| case.id.split('/').next() == Some(name));
    WANTED.iter().filter(is_there).copied().collect()
}

/// Whether a case of another suite is one of a published figure.
pub(super) fn is_one(case: &Case) -> bool {
    const OTHERS: [&str; 4] = ["sin/f64/10000", "sum/f64/10000", "matmul/f64/50", "relu/f32/1000000"];
    const SERIES: [&str; 6] = [
        "tanh/f32/100",
        "tanh/f32/10000",
        "tanh/f32/1000000",
        "relu/f32/100",
        "relu/f32/10000",
        "cumsum/f64/1000000",
    ];
    let known = case.suites.contains(&Suite::Figures);
    let one = OTHERS.contains(&&*case.id) || SERIES.contains(&&*case.id);
    !known && (one || case.suites.contains(&Suite::Matrices))
}

pub(super) fn cases(cases: &mut Vec<Case>) {
    let suites = &[Suite::Figures];
    // Lengths beside those of `math`, in whose series nothing may jump.
    for n in [1000, 100_000] {
        let a = || vec![input::<f32>("a", &[n])];
        cases.push(Draft::new(suites, "tanh", a(), "np.tanh(a)").fresh::<f32, f32>(|a| a[0].tanh()));
        cases.push(
            Draft::new(suites, "relu", a(), "np.maximum(a, 0.0)")
                .fresh::<f32, f32>(|a| isonum::maximum(&a[0], 0.0)),
        );
    }
    for n in [100, 1000, 10_000] {
        let draft = |op, numpy: String| Draft::new(suites, op, vec![], numpy).of(<f64 as Element>::DTYPE, n);
        cases.extend([
            draft("zeros", format!("np.zeros({n})")).made::<f64, f64>(n, move |_| Array::zeros(n)),
            draft("ones", format!("np.ones({n})")).made::<f64, f64>(n, move |_| Array::ones(n)),
            draft("linspace", format!("np.linspace(0.0, 1.0, {n})"))
                .made::<f64, f64>(n, move |_| isonum::linspace(0.0, 1.0, n)),
        ]);
    }
    groups::<f32>(cases);
}

/// Squares of single precision: arithmetic, activations and reductions.
fn groups<T: Float + Uniform + Value>(cases: &mut Vec<Case>) {
    for n in [100, 500, 1000] {
        let a = || vec![input::<T>("a", &[n, n])];
        let two = || vec![input::<T>("a", &[n, n]), input::<T>("b", &[n, n])];
        let draft = |op, inputs, numpy: &str| Draft::new(&[Suite::Figures], op, inputs, numpy);
        let factor = T::from_f64(2.5);
        cases.extend([
            draft("add2d", two(), "np.add(a, b)").fresh::<T, T>(|a| &a[0] + &a[1]),
            draft("subtract2d", two(), "np.subtract(a, b)").fresh::<T, T>(|a| &a[0] - &a[1]),
            draft("multiply2d", two(), "np.multiply(a, b)").fresh::<T, T>(|a| &a[0] * &a[1]),
            draft("divide2d", two(), "np.divide(a, b)").fresh::<T, T>(|a| &a[0] / &a[1]),
            draft("scale2d", a(), "np.multiply(a, 2.5)").fresh::<T, T>(move |a| &a[0] * factor),
            draft("relu2d", a(), "np.maximum(a, 0.0)").fresh::<T, T>(|a| isonum::maximum(&a[0], T::zero())),
            draft("tanh2d", a(), "np.tanh(a)").fresh::<T, T>(|a| isonum::tanh(&a[0])),
            draft("sum2d", a(), "a.sum()").whole::<T, _>(|a| a[0].sum()),
            draft("mean2d", a(), "a.mean()").whole::<T, _>(|a| a[0].mean()),
            draft("max2d", a(), "a.max()").whole::<T, _>(|a| a[0].max()),
            draft("min2d", a(), "a.min()").whole::<T, _>(|a| a[0].min()),
            draft("sum_axis0", a(), "a.sum(axis=0)").made::<T, _>(n, |a| a[0].sum_axis(0)),
            draft("sum_axis1", a(), "a.sum(axis=1)").made::<T, _>(n, |a| a[0].sum_axis(1)),
        ]);
    }
}
