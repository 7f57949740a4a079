//! Expressions of several operations, as programs have them: of a million elements, of a matrix as large, or of points.
//!
//! Most are those that other array libraries publish figures of. NumPy's statements are what its users would write.

use super::{Draft, input, ranged};
use crate::input::Input;
use crate::{Case, Suite};
use isonum::linalg::matmul;
use isonum::prelude::*;
use isonum::{Array, fft};

const LEN: usize = 1_000_000;
const SIDE: usize = 1000;

/// The first column is the operands, `NumPy` the last.
macro_rules! cases {
    ($cases:ident $suites:ident $($name:literal $kind:ident($($out:expr)?) $inputs:expr, $numpy:literal, $f:expr;)*) => {$(
        let draft = Draft::new($suites, $name, $inputs, $numpy).errors_add_up(steps($name));
        $cases.push(cases!(@ $kind draft, ($($out)?), $f));
    )*};
    (@ array $draft:expr, (), $f:expr) => { $draft.fresh::<T, T>($f) };
    (@ array $draft:expr, ($out:expr), $f:expr) => { $draft.made::<T, T>($out, $f) };
    (@ value $draft:expr, (), $f:expr) => { $draft.whole::<T, T>($f) };
}

/// Results of this case are off by so many times as much as those of one step.
fn steps(name: &str) -> f64 {
    match name {
        // A million factors, one by one.
        "price_path" => 1e3,
        _ => 1.0,
    }
}

pub(super) fn cases(cases: &mut Vec<Case>) {
    double(cases);
    single(cases);
    special(cases);
}

macro_rules! of_type {
    ($name:ident $t:ident) => {
        fn $name(cases: &mut Vec<Case>) {
            type T = $t;
            let suites = &[Suite::Workloads, Suite::Figures];
            rows(cases, suites);
            matrices(cases, suites);

            fn rows(cases: &mut Vec<Case>, suites: &[Suite]) {
                let named = |name| input::<T>(name, &[LEN]);
                let [a, ab, abc] = [&["a"][..], &["a", "b"], &["a", "b", "c"]]
                    .map(|names| move || names.iter().map(|name| named(name)).collect::<Vec<Input>>());
                let weights = || vec![named("a"), ranged::<T>("b", &[LEN], (0.1, 1.0))];
                let narrow = || vec![ranged::<T>("a", &[LEN], (-1.0, 1.0)), ranged::<T>("b", &[LEN], (-1.0, 1.0))];
                let points = || vec![ranged::<T>("a", &[LEN], (0.0, 1.0)), ranged::<T>("b", &[LEN], (0.0, 1.0))];
                cases! { cases suites
                    "sigmoid" array() a(), "1.0 / (1.0 + np.exp(-a))", |a| isonum::sigmoid(&a[0]);
                    "swish" array() a(), "a / (1.0 + np.exp(-a))", |a| &a[0] / (1.0 + (-&a[0]).exp());
                    "gelu" array() a(), "0.5 * a * (1.0 + np.tanh(0.7978845608028654 * (a + 0.044715 * a * a * a)))", |a| {
                        let (x, c) = (&a[0], std::$t::consts::FRAC_2_PI.sqrt());
                        0.5 * x * (1.0 + (c * (x + 0.044_715 * x * x * x)).tanh())
                    };
                    "softmax" array() a(), "e = np.exp(a - a.max())\ne / e.sum()", |a| {
                        let e = (&a[0] - a[0].max()).exp();
                        let sum = e.sum();
                        e / sum
                    };
                    "log_softmax" array() a(), "s = a - a.max()\ns - np.log(np.exp(s).sum())", |a| {
                        let s = &a[0] - a[0].max();
                        let log = s.exp().sum().ln();
                        s - log
                    };
                    "layernorm" array() abc(), "(a - a.mean()) / np.sqrt(a.var() + 1e-5) * b + c", |a| {
                        (&a[0] - a[0].mean()) / (a[0].var() + 1e-5).sqrt() * &a[1] + &a[2]
                    };
                    "zscore" array() a(), "(a - a.mean()) / a.std()", |a| (&a[0] - a[0].mean()) / a[0].std();
                    "relu_scale_bias" array() a(), "np.maximum(a, 0.0) * 0.1 + 0.5", |a| {
                        isonum::maximum(&a[0], 0.0) * 0.1 + 0.5
                    };
                    "sin_exp_add" array() narrow(), "np.sin(np.exp(a + b))", |a| (&a[0] + &a[1]).exp().sin();
                    "vecmag" array() ab(), "np.sqrt(a * a + b * b)", |a| (&a[0] * &a[0] + &a[1] * &a[1]).sqrt();
                    "sum_sq_diff" value() ab(), "d = a - b\n(d * d).sum()", |a| {
                        let d = &a[0] - &a[1];
                        (&d * &d).sum()
                    };
                    "weighted_mean" value() weights(), "(a * b).sum() / b.sum()", |a| {
                        (&a[0] * &a[1]).sum() / a[1].sum()
                    };
                    "monte_carlo_pi" array(1) points(), "4.0 * np.mean(a * a + b * b <= 1.0)", |a| {
                        let inside = (&a[0] * &a[0] + &a[1] * &a[1]).less_equal(1.0);
                        Array::from(4.0 * inside.count_nonzero() as T / LEN as T)
                    };
                    "diff" array(LEN - 1) a(), "np.diff(a)", |a| a[0].slice(s![1..]) - a[0].slice(s![..-1]);
                    "diff_diff" array(LEN - 2) a(), "np.diff(np.diff(a))", |a| {
                        let d = a[0].slice(s![1..]) - a[0].slice(s![..-1]);
                        d.slice(s![1..]) - d.slice(s![..-1])
                    };
                    "diff_cumsum" array(LEN - 1) a(), "np.diff(a).cumsum()", |a| {
                        isonum::cumsum(a[0].slice(s![1..]) - a[0].slice(s![..-1]))
                    };
                    "heat_step" array(LEN - 2) a(), "a[1:-1] + 0.1 * (a[2:] - 2.0 * a[1:-1] + a[:-2])", |a| {
                        let inner = a[0].slice(s![1..-1]);
                        &inner + 0.1 * (a[0].slice(s![2..]) - 2.0 * &inner + a[0].slice(s![..-2]))
                    };
                    "random_walk" array() a(), "np.cumsum(np.sign(a))", |a| isonum::cumsum(a[0].sign());
                    "price_path" array() a(), "np.cumprod(np.exp(a * 1e-4))", |a| {
                        isonum::cumprod((&a[0] * 1e-4).exp())
                    };
                    "where" array() ab(), "np.where(a > b, a, b)", |a| {
                        isonum::where_(a[0].greater(&a[1]), &a[0], &a[1])
                    };
                }
            }

            fn matrices(cases: &mut Vec<Case>, suites: &[Suite]) {
                let named = |name| input::<T>(name, &[SIDE, SIDE]);
                let [a, ab, abc] = [&["a"][..], &["a", "b"], &["a", "b", "c"]]
                    .map(|names| move || names.iter().map(|name| named(name)).collect::<Vec<Input>>());
                let inner = (SIDE - 2) * (SIDE - 2);
                cases! { cases suites
                    "softmax_rows" array() a(),
                    "e = np.exp(a - a.max(axis=1, keepdims=True))\ne / e.sum(axis=1, keepdims=True)", |a| {
                        let e = (&a[0] - a[0].over(1).keep_dims().max()).exp();
                        let sum = e.over(1).keep_dims().sum();
                        e / sum
                    };
                    "layernorm_rows" array() a(),
                    "(a - a.mean(axis=1, keepdims=True)) / np.sqrt(a.var(axis=1, keepdims=True) + 1e-5)", |a| {
                        let over = || a[0].over(1).keep_dims();
                        (&a[0] - over().mean()) / (over().var() + 1e-5).sqrt()
                    };
                    "zscore_rows" array() a(),
                    "(a - a.mean(axis=1, keepdims=True)) / a.std(axis=1, keepdims=True)", |a| {
                        let over = || a[0].over(1).keep_dims();
                        (&a[0] - over().mean()) / over().std()
                    };
                    "covariance" array() a(), "d = a - a.mean(axis=0)\nnp.matmul(d.T, d) / 999.0", |a| {
                        let d = &a[0] - a[0].over(0).keep_dims().mean();
                        matmul(d.t(), &d) / (SIDE - 1) as T
                    };
                    "frobenius" value() a(), "np.linalg.norm(a)", |a| a[0].sum_squares().sqrt();
                    "vecmag_2d" array() ab(), "np.sqrt(a * a + b * b)", |a| {
                        (&a[0] * &a[0] + &a[1] * &a[1]).sqrt()
                    };
                    "fourth_power" array() a(), "s = np.matmul(a, a)\nnp.matmul(s, s)", |a| {
                        let s = matmul(&a[0], &a[0]);
                        matmul(&s, &s)
                    };
                    "kalman_predict" array() abc(), "np.matmul(np.matmul(a, b), a.T) + c", |a| {
                        matmul(matmul(&a[0], &a[1]), a[0].t()) + &a[2]
                    };
                    "laplacian" array(inner) a(),
                    "a[:-2, 1:-1] + a[2:, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:] - 4.0 * a[1:-1, 1:-1]", |a| {
                        let a = &a[0];
                        a.slice(s![..-2, 1..-1]) + a.slice(s![2.., 1..-1]) + a.slice(s![1..-1, ..-2])
                            + a.slice(s![1..-1, 2..])
                            - 4.0 * a.slice(s![1..-1, 1..-1])
                    };
                    "transpose_copy" array() a(), "np.ascontiguousarray(a.T)", |a| a[0].t().to_array();
                    "add_transposed" array() a(), "a + a.T", |a| &a[0] + a[0].t();
                }
                let points = || vec![input::<T>("a", &[SIDE, 2])];
                cases! { cases suites
                    "pair_distances" array(SIDE * SIDE) points(),
                    "d = a[:, None] - a[None]\n(d * d).sum(axis=2)", |a| {
                        let d = a[0].slice(s![.., NewAxis]) - a[0].slice(s![NewAxis]);
                        (&d * &d).sum_axis(2)
                    };
                    "n_body" array() points(),
                    "d = a[None] - a[:, None]\nr = (d * d).sum(axis=2) + 0.01\n(d / (r * np.sqrt(r))[:, :, None]).sum(axis=1)",
                    |a| {
                        let d = a[0].slice(s![NewAxis]) - a[0].slice(s![.., NewAxis]);
                        let r = (&d * &d).sum_axis(2) + 0.01;
                        (d / (&r * r.sqrt()).slice(s![.., .., NewAxis])).sum_axis(1)
                    };
                }
            }
        }
    };
}
of_type!(double f64);
of_type!(single f32);

/// Those of other types.
fn special(cases: &mut Vec<Case>) {
    let suites = &[Suite::Workloads, Suite::Figures];
    let draft = |op, inputs, numpy: &str| Draft::new(suites, op, inputs, numpy);
    let integers = || vec![ranged::<i64>("a", &[LEN], (-1.0, 99.0))];
    let complex = || vec![input::<Complex64>("a", &[LEN])];
    cases.extend([
        draft("bincount", integers(), "np.bincount(a)").made::<i64, i64>(100, |a| isonum::bincount(&a[0])),
        draft("fft_ifft", complex(), "np.fft.ifft(np.fft.fft(a))")
            .fresh::<Complex64, Complex64>(|a| fft::ifft(fft::fft(&a[0]))),
        draft("low_pass", complex(), "f = np.fft.fft(a)\nf[250000:750000] = 0.0\nnp.fft.ifft(f)")
            .fresh::<Complex64, Complex64>(|a| {
                let mut f = fft::fft(&a[0]);
                f.slice_mut(s![LEN / 4..3 * LEN / 4]).fill(Complex64::new(0.0, 0.0));
                fft::ifft(&f)
            }),
        draft("power_spectrum", vec![input::<f64>("a", &[LEN])], "np.square(np.abs(np.fft.rfft(a)))")
            .made::<f64, f64>(LEN / 2 + 1, |a| fft::rfft(&a[0]).map(|z| z.norm_sqr())),
    ]);
}
