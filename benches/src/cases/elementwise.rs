//! Everyday operations by length.

use super::{Draft, input, ranged};
use crate::{Case, Suite};
use isonum::Float;

/// A function of one argument, in its two forms: name, NumPy's name, range of the input.
macro_rules! functions {
    ($cases:ident, $t:ty: $($name:ident $into:ident $numpy:literal ($low:literal, $high:literal);)*) => {
        $(for n in LENGTHS {
            let inputs = || vec![ranged::<$t>("a", &[n], ($low, $high))];
            let draft = |statement: &str| Draft::new(Suite::Basics, stringify!($name), inputs(), statement);
            $cases.push(
                draft(concat!("np.", $numpy, "(a, out=o)"))
                    .variant("out")
                    .given::<$t>(|a, out| isonum::$into(&a[0], out)),
            );
            $cases.push(draft(concat!("np.", $numpy, "(a)")).fresh::<$t>(|a| isonum::$name(&a[0])));
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
    functions! { cases, T:
        sqrt sqrt_into "sqrt" (0.1, 6.0);
        exp exp_into "exp" (-6.0, 6.0);
        log log_into "log" (0.1, 6.0);
        sin sin_into "sin" (-6.0, 6.0);
        cos cos_into "cos" (-6.0, 6.0);
    }
}
