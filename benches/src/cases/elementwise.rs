//! Everyday operations by length, and functions of one argument by backend.

use super::{Draft, input, ranged};
use crate::{Case, Suite};
use isonum::Float;

/// A function of one argument, in its two forms: name, NumPy's name, range of the input.
macro_rules! functions {
    ($cases:ident, $suite:expr, $lengths:expr, $t:ty: $($name:ident $into:ident $numpy:literal ($low:literal, $high:literal);)*) => {
        $(for n in $lengths {
            let inputs = || vec![ranged::<$t>("a", &[n], ($low, $high))];
            let draft = |statement: &str| Draft::new($suite, stringify!($name), inputs(), statement);
            $cases.push(
                draft(concat!("np.", $numpy, "(a, out=o)"))
                    .variant("out")
                    .given::<$t>(|a, out| isonum::$into(&a[0], out)),
            );
            if $suite == Suite::Basics {
                $cases.push(draft(concat!("np.", $numpy, "(a)")).fresh::<$t>(|a| isonum::$name(&a[0])));
            }
        })*
    };
}

const LENGTHS: [usize; 3] = [100, 10_000, 1_000_000];

pub(super) fn basics(cases: &mut Vec<Case>) {
    basics_of::<f32>(cases);
    basics_of::<f64>(cases);
}

fn basics_of<T: Float>(cases: &mut Vec<Case>) {
    for n in LENGTHS {
        let a = || input::<T>("a", &[n]);
        let two = || vec![a(), input::<T>("b", &[n])];
        let draft = |op, inputs, statement: &str| Draft::new(Suite::Basics, op, inputs, statement);
        let factor = T::from_f64(2.5);
        cases.extend([
            draft("add", two(), "np.add(a, b)").fresh::<T>(|a| &a[0] + &a[1]),
            draft("add", two(), "np.add(a, b, out=o)")
                .variant("out")
                .given::<T>(|a, out| isonum::add_into(&a[0], &a[1], out)),
            draft("multiply", two(), "np.multiply(a, b)").fresh::<T>(|a| &a[0] * &a[1]),
            draft("multiply", two(), "np.multiply(a, b, out=o)")
                .variant("out")
                .given::<T>(|a, out| isonum::multiply_into(&a[0], &a[1], out)),
            draft("scale", vec![a()], "np.multiply(a, 2.5)").fresh::<T>(move |a| &a[0] * factor),
            draft("scale", vec![a()], "np.multiply(a, 2.5, out=o)")
                .variant("out")
                .given::<T>(move |a, out| isonum::multiply_into(&a[0], factor, out)),
            draft("relu", vec![a()], "np.maximum(a, 0.0)").fresh::<T>(|a| isonum::maximum(&a[0], T::zero())),
            draft("relu", vec![a()], "np.maximum(a, 0.0, out=o)")
                .variant("out")
                .given::<T>(|a, out| isonum::maximum_into(&a[0], T::zero(), out)),
            draft("sum", vec![a()], "a.sum()").whole::<T, _>(|a| a.sum()),
            draft("max", vec![a()], "a.max()").whole::<T, _>(|a| a.max()),
            draft("argmax", vec![a()], "a.argmax()").whole::<T, _>(|a| a.argmax() as u64),
        ]);
    }
    functions! { cases, Suite::Basics, LENGTHS, T:
        sqrt sqrt_into "sqrt" (0.1, 6.0);
        exp exp_into "exp" (-6.0, 6.0);
        log log_into "log" (0.1, 6.0);
        sin sin_into "sin" (-6.0, 6.0);
        cos cos_into "cos" (-6.0, 6.0);
    }
}

pub(super) fn backends(cases: &mut Vec<Case>) {
    backends_of::<f32>(cases);
    backends_of::<f64>(cases);
}

fn backends_of<T: Float>(cases: &mut Vec<Case>) {
    functions! { cases, Suite::Backends, [10_000], T:
        negative negative_into "negative" (-6.0, 6.0);
        abs abs_into "abs" (-6.0, 6.0);
        square square_into "square" (-6.0, 6.0);
        sqrt sqrt_into "sqrt" (0.1, 6.0);
        reciprocal reciprocal_into "reciprocal" (0.1, 6.0);
        sign sign_into "sign" (-6.0, 6.0);
        floor floor_into "floor" (-6.0, 6.0);
        ceil ceil_into "ceil" (-6.0, 6.0);
        trunc trunc_into "trunc" (-6.0, 6.0);
        rint rint_into "rint" (-6.0, 6.0);
        exp exp_into "exp" (-6.0, 6.0);
        log log_into "log" (0.1, 6.0);
        sin sin_into "sin" (-6.0, 6.0);
        cos cos_into "cos" (-6.0, 6.0);
        tanh tanh_into "tanh" (-6.0, 6.0);
    }
    let one = || vec![input::<T>("a", &[10_000])];
    let two = || vec![input::<T>("a", &[10_000]), ranged::<T>("b", &[10_000], (0.5, 6.0))];
    let draft = |op, inputs, statement: &str| Draft::new(Suite::Backends, op, inputs, statement);
    cases.extend([
        draft("add", two(), "np.add(a, b, out=o)")
            .variant("out")
            .given::<T>(|a, out| isonum::add_into(&a[0], &a[1], out)),
        draft("divide", two(), "np.divide(a, b, out=o)")
            .variant("out")
            .given::<T>(|a, out| isonum::divide_into(&a[0], &a[1], out)),
        draft("fmod", two(), "np.fmod(a, b, out=o)")
            .variant("out")
            .given::<T>(|a, out| isonum::fmod_into(&a[0], &a[1], out)),
        draft("maximum", two(), "np.maximum(a, b, out=o)")
            .variant("out")
            .given::<T>(|a, out| isonum::maximum_into(&a[0], &a[1], out)),
        draft("sum", one(), "a.sum()").whole::<T, _>(|a| a.sum()),
        draft("prod", one(), "a.prod()").whole::<T, _>(|a| a.prod()),
        draft("var", one(), "a.var()").whole::<T, _>(|a| a.var()),
        draft("max", one(), "a.max()").whole::<T, _>(|a| a.max()),
        draft("argmax", one(), "a.argmax()").whole::<T, _>(|a| a.argmax() as u64),
        draft("cumsum", one(), "np.cumsum(a)").folded::<T>(10_000, |a| a.cumsum()),
    ]);
}
