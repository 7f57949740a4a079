//! Elementwise operations by length: every row of the registry that floats have, with a new result and with a given one.

use super::{Draft, LENGTHS, input, ranged};
use crate::input::Uniform;
use crate::{Case, Suite};
use isonum::Float;
use isonum_core::registry::{Binary, Compare, Predicate, Row, Ternary, Unary};

/// The everyday ones.
const BASICS: [&str; 7] = ["add", "multiply", "sqrt", "exp", "log", "sin", "cos"];

/// The code, unless the class has no floats.
macro_rules! of_floats {
    (Bits $code:block) => {};
    (Integer $code:block) => {};
    ($class:ident $code:block) => {
        $code
    };
}

macro_rules! rows {
    ([$cases:ident $t:ident $family:ident $result:ident $operands:tt] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        of_floats! { $class {
            rows! { @ $cases $t $result $name [<$name _into>] ($family::$op.row()) $operands }
        }}
    )*}};
    (@ $cases:ident $t:ident $result:ident $name:ident $into:ident $row:tt ($($k:literal)*)) => {
        for n in LENGTHS {
            let draft = |out| draft::<$t, _>($row, &[$($k),*], n, out);
            $cases.push(draft(false).fresh::<$t, $result>(|a| isonum::$name($(&a[$k]),*)));
            $cases.push(draft(true).variant("out").given::<$t, $result>(|a, out| isonum::$into($(&a[$k]),*, out)));
        }
    };
}

pub(super) fn cases(cases: &mut Vec<Case>) {
    cases_of::<f32>(cases);
    cases_of::<f64>(cases);
}

fn cases_of<T: Float + Uniform>(cases: &mut Vec<Case>) {
    isonum_core::unary_operations!([rows], cases T Unary T (0));
    isonum_core::binary_operations!([rows], cases T Binary T (0 1));
    isonum_core::compare_operations!([rows], cases T Compare bool (0 1));
    isonum_core::predicate_operations!([rows], cases T Predicate bool (0));
    isonum_core::ternary_operations!([rows], cases T Ternary T (0 1 2));
    let factor = T::from_f64(2.5);
    for n in LENGTHS {
        let draft = |op, statement: &str| {
            Draft::new(&[Suite::Basics, Suite::Math], op, vec![input::<T>("a", &[n])], statement)
        };
        cases.extend([
            draft("scale", "np.multiply(a, 2.5)").fresh::<T, T>(move |a| &a[0] * factor),
            draft("scale", "np.multiply(a, 2.5, out=o)")
                .variant("out")
                .given::<T, T>(move |a, out| isonum::multiply_into(&a[0], factor, out)),
            draft("round", "np.round(a, 2)").fresh::<T, T>(|a| isonum::round(&a[0], 2)),
            draft("relu", "np.maximum(a, 0.0)").fresh::<T, T>(|a| isonum::maximum(&a[0], T::zero())),
            draft("relu", "np.maximum(a, 0.0, out=o)")
                .variant("out")
                .given::<T, T>(|a, out| isonum::maximum_into(&a[0], T::zero(), out)),
        ]);
    }
}

/// The case of a row, with as many operands as there are indices.
fn draft<T: Float, Op>(row: &Row<Op>, operands: &[usize], n: usize, out: bool) -> Draft {
    let names = &["a", "b", "c"][..operands.len()];
    let inputs = names.iter().map(|&name| ranged::<T>(name, &[n], row.input)).collect();
    let arguments = names.join(", ");
    let numpy = match (row.name, out) {
        // What NumPy has no function for, or none that takes an output.
        ("mul_add", false) => "a * b + c".to_owned(),
        ("mul_add", true) => "np.add(np.multiply(a, b, out=o), c, out=o)".to_owned(),
        ("fract", false) => "np.modf(a)[0]".to_owned(),
        ("fract", true) => "np.modf(a, out=(o, None))".to_owned(),
        ("logb", false) => "np.floor(np.log2(np.abs(a)))".to_owned(),
        ("logb", true) => "np.floor(np.log2(np.abs(a, out=o), out=o), out=o)".to_owned(),
        ("scalb", false) => "np.ldexp(a, b.astype(np.int32))".to_owned(),
        ("scalb", true) => "np.ldexp(a, b.astype(np.int32), out=o)".to_owned(),
        ("rsqrt", false) => "1 / np.sqrt(a)".to_owned(),
        ("rsqrt", true) => "np.divide(1, np.sqrt(a, out=o), out=o)".to_owned(),
        ("sigmoid", false) => "1.0 / (1.0 + np.exp(-a))".to_owned(),
        ("sigmoid", true) => {
            "np.divide(1, np.add(1, np.exp(np.negative(a, out=o), out=o), out=o), out=o)".to_owned()
        }
        ("softplus", false) => "np.logaddexp(a, 0)".to_owned(),
        ("softplus", true) => "np.logaddexp(a, 0, out=o)".to_owned(),
        ("logit", false) => "np.log(a / (1 - a))".to_owned(),
        ("logit", true) => "np.log(np.divide(a, np.subtract(1, a, out=o), out=o), out=o)".to_owned(),
        ("nan_to_num", true) => "np.positive(np.nan_to_num(a), out=o)".to_owned(),
        _ if row.numpy.is_empty() && operands.len() == 1 => String::new(),
        (_, false) => format!("np.{}({arguments})", row.numpy),
        (_, true) => format!("np.{}({arguments}, out=o)", row.numpy),
    };
    let suites: &[Suite] =
        if BASICS.contains(&row.name) { &[Suite::Basics, Suite::Math] } else { &[Suite::Math] };
    Draft::new(suites, row.name, inputs, numpy)
}
