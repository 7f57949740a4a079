//! Every row of the registry on every element type, against what NumPy computed: the same bits (one NaN) where an
//! operation is exact, the sum of both errors elsewhere.

use crate::near::Near;
use crate::shared::{Value, fixture, of_class};
use isonum::io::load_npy;
use isonum::{Array, Complex32, Complex64, DType};
use isonum_core::registry::{Accuracy, Binary, Compare, Predicate, Row, Ternary, Unary};

/// How far NumPy's vector functions may be off: below 4 units in the last place of `f32`, 1 of `f64`.
const NUMPY_ULP: (f64, f64) = (4.0, 1.0);

/// What has no fixture, and why.
const WITHOUT: &[(&str, &[DType], &str)] = &[
    ("divide", INTEGERS, "NumPy gives the quotient of integers as float64"),
    ("mul_add", FLOATS, "not in NumPy"),
    ("exp10", FLOATS, "not in NumPy"),
    ("rsqrt", FLOATS, "not in NumPy"),
    ("logb", FLOATS, "one less than an exponent of NumPy's frexp"),
    ("scalb", FLOATS, "NumPy's ldexp takes integers"),
    ("fract", FLOATS, "one of the results of NumPy's modf"),
    ("erf", FLOATS, "not in NumPy"),
    ("erfc", FLOATS, "not in NumPy"),
    ("sigmoid", FLOATS, "not in NumPy"),
    ("softplus", FLOATS, "not in NumPy"),
    ("logit", FLOATS, "not in NumPy"),
    ("sinpi", FLOATS, "not in NumPy"),
    ("cospi", FLOATS, "not in NumPy"),
    ("tanpi", FLOATS, "not in NumPy"),
];
const FLOATS: &[DType] = &[DType::F32, DType::F64];
const INTEGERS: &[DType] =
    &[DType::I8, DType::I16, DType::I32, DType::I64, DType::U8, DType::U16, DType::U32, DType::U64];

/// Operations whose results may differ, and by what right.
#[derive(PartialEq)]
enum Definition {
    /// Of zeros of both signs NumPy takes one or the other; here it is the first.
    EitherZero,
    /// Products of complex numbers: NumPy fuses one multiplication of each part or none, as its instructions are.
    /// The parts are sums of two products, so either way they are within two roundings of these.
    Products,
    /// NumPy adds the larger operand and a logarithm below one, as rounded as they are, where both may cancel.
    Sums,
    Same,
}

fn definition(name: &str, dtype: DType) -> Definition {
    match (name, dtype) {
        ("maximum" | "minimum" | "fmax" | "fmin" | "clip", DType::F32 | DType::F64) => Definition::EitherZero,
        ("logaddexp" | "logaddexp2", _) => Definition::Sums,
        ("multiply" | "square", DType::C32 | DType::C64) => Definition::Products,
        _ => Definition::Same,
    }
}

/// The operands and the result of one line of the index.
struct Case<T, R> {
    operands: Vec<Array<T>>,
    expected: Array<R>,
}

fn case<T: Value, R: Value>(name: &str) -> Option<Case<T, R>> {
    let index = std::fs::read_to_string(fixture("numpy/elementwise/index.txt")).unwrap();
    let key = format!("{name} {}: ", T::DTYPE);
    let (operands, expected) =
        index.lines().find_map(|line| line.strip_prefix(&key))?.split_once(" -> ").unwrap();
    let row = |number: &str| number.parse::<usize>().unwrap();
    let given = matrix::<T>();
    let expected = expected.strip_prefix(R::DTYPE.name()).expect("the dtype of the result").trim();
    Some(Case {
        operands: operands.split(' ').map(|number| given.row(row(number))).collect(),
        expected: matrix::<R>().row(row(expected)),
    })
}

fn matrix<T: Value>() -> Array<T> {
    load_npy(fixture("numpy/elementwise").join(T::DTYPE.name()).with_extension("npy")).unwrap()
}

/// Compares one row on one type; `run` is the operation.
fn check<Op, T: Near, R: Near>(row: &Row<Op>, run: impl Fn(&[Array<T>]) -> Array<R>) {
    let what = format!("{} of {}", row.name, T::DTYPE);
    let without = WITHOUT.iter().find(|(name, dtypes, _)| *name == row.name && dtypes.contains(&T::DTYPE));
    let Some(case) = case::<T, R>(row.name) else {
        return assert!(without.is_some(), "{what} has no fixture: run tools/fixtures/elementwise.py");
    };
    assert!(without.is_none(), "{what} has a fixture, against what is said here");
    let allowed = match row.accuracy_for(T::DTYPE) {
        Accuracy::Ulp(single, _) if T::DTYPE == DType::F32 => single + NUMPY_ULP.0,
        Accuracy::Ulp(_, double) => double + NUMPY_ULP.1,
        _ => 0.0,
    };
    let definition = definition(row.name, T::DTYPE);
    let result = run(&case.operands);
    for (i, (&found, &expected)) in result.iter().zip(&case.expected).enumerate() {
        let operands: Vec<T> = case.operands.iter().map(|operand| operand[i]).collect();
        let same = found.ulps(expected) <= allowed
            || definition == Definition::EitherZero && (found, expected) == (R::ZERO, R::ZERO)
            || definition == Definition::Sums
                && found
                    .near(expected, 2.0 * R::EPSILON * operands[0].size().max(operands[1].size()).max(1.0))
            || definition == Definition::Products && {
                let size = operands[0].size() * operands[operands.len() - 1].size();
                found.near(expected, 2.0 * R::EPSILON * size)
            };
        assert!(same, "{what}: {operands:?} gives {found:?}, in NumPy {expected:?}");
    }
    assert_eq!(result.len(), case.expected.len(), "{what}");
}

macro_rules! check_row {
    ($type:ty, ($family:ident $op:ident $name:ident $($operand:ident)*)) => {
        check($family::$op.row(), |operands: &[Array<$type>]| {
            let [$($operand),*] = operands else { panic!("the number of operands") };
            isonum::$name($($operand),*)
        })
    };
}

/// A test for each row.
macro_rules! tests {
    ([$family:ident $operands:tt] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => {$(
        #[test]
        fn $name() {
            tests! { @ $family $op $name $class $operands }
        }
    )*};
    (@ $family:ident $op:ident $name:ident $class:ident ($($operand:ident)*)) => {
        of_class! { $class check_row ($family $op $name $($operand)*) }
    };
}

isonum_core::unary_operations!([tests], Unary(a));
isonum_core::binary_operations!([tests], Binary (a b));
isonum_core::compare_operations!([tests], Compare (a b));
isonum_core::predicate_operations!([tests], Predicate(a));
isonum_core::ternary_operations!([tests], Ternary (a b c));
