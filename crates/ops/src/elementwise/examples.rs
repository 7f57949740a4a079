//! An example for each operation of the registry: operands and result. An operation without one does not compile.

/// One line for each operation: `name: operands => result;`. Makes the macro `example!`, which writes it as the
/// call of the function or of the method, as the body of an example in the documentation.
macro_rules! examples {
    ($($name:ident: $first:literal $(, $other:literal)* => $result:literal;)*) => {
        macro_rules! example {
            $(
                ($name function) => {
                    concat!(
                        "```\nuse isonum::prelude::*;\nassert_eq!(isonum::", stringify!($name), "(", $first,
                        $(", ", $other,)* "), ", $result, ");\n```"
                    )
                };
                ($name method) => {
                    concat!(
                        "```\nuse isonum::prelude::*;\nlet a = array!", $first, ";\nassert_eq!(a.",
                        stringify!($name), "(", $($other, ", ",)* "), ", $result, ");\n```"
                    )
                };
                ($name into) => {
                    concat!(
                        "```\nuse isonum::prelude::*;\nlet a = array!", $first, ";\n",
                        "let mut out = isonum::zeros_like(&isonum::", stringify!($name), "(&a", $(", ", $other,)*
                        "));\na.", stringify!($name), "_into(", $($other, ", ",)* "&mut out);\n",
                        "assert_eq!(out, ", $result, ");\n```"
                    )
                };
                ($name into_function) => {
                    concat!(
                        "```\nuse isonum::prelude::*;\n",
                        "let mut out = isonum::zeros_like(&isonum::", stringify!($name), "(", $first,
                        $(", ", $other,)* "));\nisonum::", stringify!($name), "_into(", $first,
                        $(", ", $other,)* ", &mut out);\nassert_eq!(out, ", $result, ");\n```"
                    )
                };
                ($name mut) => {
                    concat!(
                        "```\nuse isonum::prelude::*;\nlet mut a = array!", $first, ";\na.",
                        stringify!($name), "_mut(", $($other, ", ",)* ");\nassert_eq!(a, ", $result, ");\n```"
                    )
                };
            )*
        }
    };
}

examples! {
    negative: "[1.0, -2.0, 0.5]" => "[-1.0, 2.0, -0.5]";
    abs: "[1.5, -2.0, -0.0]" => "[1.5, 2.0, 0.0]";
    sign: "[-7, 0, 3]" => "[-1, 0, 1]";
    square: "[1, -2, 3]" => "[1, 4, 9]";
    reciprocal: "[1.0, 2.0, -4.0]" => "[1.0, 0.5, -0.25]";
    sqrt: "[0.0, 1.0, 6.25]" => "[0.0, 1.0, 2.5]";
    floor: "[1.7, -1.2, 3.0]" => "[1.0, -2.0, 3.0]";
    ceil: "[1.2, -1.7, 3.0]" => "[2.0, -1.0, 3.0]";
    trunc: "[1.7, -1.7, 3.0]" => "[1.0, -1.0, 3.0]";
    rint: "[0.5, 1.5, -2.4]" => "[0.0, 2.0, -2.0]";
    positive: "[1.0, -2.0]" => "[1.0, -2.0]";
    fract: "[1.75, -1.5, 3.0]" => "[0.75, -0.5, 0.0]";
    nan_to_num: "[1.5, f64::NAN, f64::INFINITY]" => "[1.5, 0.0, f64::MAX]";
    spacing: "[1.0, -2.0, 0.0]" => "[f64::EPSILON, -2.0 * f64::EPSILON, 5e-324]";
    logb: "[1.0, 10.0, 0.3]" => "[0.0, 3.0, -2.0]";
    rsqrt: "[1.0, 4.0, 0.0625]" => "[1.0, 0.5, 4.0]";
    deg2rad: "[0.0, 90.0, -180.0]" => "[0.0, std::f64::consts::FRAC_PI_2, -std::f64::consts::PI]";
    rad2deg: "[0.0, std::f64::consts::FRAC_PI_2, -std::f64::consts::PI]" => "[0.0, 90.0, -180.0]";
    cbrt: "[8.0, -27.0, 0.0]" => "[2.0, -3.0, 0.0]";
    exp: "[0.0, 1.0, f64::NEG_INFINITY]" => "[1.0, std::f64::consts::E, 0.0]";
    exp2: "[0.0, -1.0, 10.0]" => "[1.0, 0.5, 1024.0]";
    exp10: "[0.0, -1.0, 2.0]" => "[1.0, 0.1, 100.0]";
    expm1: "[0.0, 1e-20, f64::NEG_INFINITY]" => "[0.0, 1e-20, -1.0]";
    log: "[1.0, std::f64::consts::E, 0.0]" => "[0.0, 1.0, f64::NEG_INFINITY]";
    log2: "[1.0, 1024.0, 0.0]" => "[0.0, 10.0, f64::NEG_INFINITY]";
    log10: "[1.0, 1000.0, 0.0]" => "[0.0, 3.0, f64::NEG_INFINITY]";
    log1p: "[0.0, 1e-20, -1.0]" => "[0.0, 1e-20, f64::NEG_INFINITY]";
    sin: "[0.0, std::f64::consts::FRAC_PI_2]" => "[0.0, 1.0]";
    cos: "[0.0, std::f64::consts::PI]" => "[1.0, -1.0]";
    sinh: "[0.0, 1e-20, f64::INFINITY]" => "[0.0, 1e-20, f64::INFINITY]";
    cosh: "[0.0, f64::INFINITY]" => "[1.0, f64::INFINITY]";
    tan: "[0.0, -0.0, 1e-20]" => "[0.0, -0.0, 1e-20]";
    asin: "[0.0, 1.0, -1.0]" => "[0.0, std::f64::consts::FRAC_PI_2, -std::f64::consts::FRAC_PI_2]";
    acos: "[1.0, 0.0, -1.0]" => "[0.0, std::f64::consts::FRAC_PI_2, std::f64::consts::PI]";
    atan: "[0.0, 1.0, f64::NEG_INFINITY]" => "[0.0, std::f64::consts::FRAC_PI_4, -std::f64::consts::FRAC_PI_2]";
    sinpi: "[0.5, 1.0, -1.5]" => "[1.0, 0.0, 1.0]";
    cospi: "[0.0, 0.5, 1.0]" => "[1.0, 0.0, -1.0]";
    tanpi: "[0.25, 1.0, 0.5]" => "[1.0, 0.0, f64::INFINITY]";
    tanh: "[0.0, f64::INFINITY, f64::NEG_INFINITY]" => "[0.0, 1.0, -1.0]";
    asinh: "[0.0, 1e-20, f64::INFINITY]" => "[0.0, 1e-20, f64::INFINITY]";
    acosh: "[1.0, f64::INFINITY]" => "[0.0, f64::INFINITY]";
    atanh: "[0.0, 1e-20, -1.0]" => "[0.0, 1e-20, f64::NEG_INFINITY]";
    erf: "[0.0, f64::INFINITY, f64::NEG_INFINITY]" => "[0.0, 1.0, -1.0]";
    erfc: "[0.0, f64::INFINITY, f64::NEG_INFINITY]" => "[1.0, 0.0, 2.0]";
    sigmoid: "[0.0, f64::INFINITY, f64::NEG_INFINITY]" => "[0.5, 1.0, 0.0]";
    softplus: "[0.0, 1000.0, -1000.0]" => "[std::f64::consts::LN_2, 1000.0, 0.0]";
    logit: "[0.5, 1.0, 0.0]" => "[0.0, f64::INFINITY, f64::NEG_INFINITY]";
    bitwise_not: "[0, 5, -1]" => "[-1, -6, 0]";

    add: "[[1, 2], [3, 4]]", "[10, 20]" => "[[11, 22], [13, 24]]";
    subtract: "[[1, 2], [3, 4]]", "[1, 2]" => "[[0, 0], [2, 2]]";
    multiply: "[[1, 2], [3, 4]]", "[[10], [20]]" => "[[10, 20], [60, 80]]";
    divide: "[1.0, 2.0, 3.0]", "2.0" => "[0.5, 1.0, 1.5]";
    fmod: "[7, -7, 6]", "4" => "[3, -3, 2]";
    floor_divide: "[7, -7, 6]", "4" => "[1, -2, 1]";
    remainder: "[7, -7, 6]", "4" => "[3, 1, 2]";
    maximum: "[-1.0, 0.5, 2.0]", "0.0" => "[0.0, 0.5, 2.0]";
    minimum: "[1, 5, 9]", "[4, 5, 6]" => "[1, 5, 6]";
    fmax: "[-1.0, f64::NAN, 2.0]", "0.0" => "[0.0, 0.0, 2.0]";
    fmin: "[1.0, f64::NAN, 9.0]", "[4.0, 5.0, f64::NAN]" => "[1.0, 5.0, 9.0]";
    copysign: "[1.0, -2.0, 3.0]", "[-0.0, 1.0, -5.0]" => "[-1.0, 2.0, -3.0]";
    nextafter: "[1.0, 2.0, 0.0]", "[2.0, 2.0, 1.0]" => "[1.0 + f64::EPSILON, 2.0, 5e-324]";
    scalb: "[1.5, 3.0, 1.0]", "[2.0, -1.0, 0.0]" => "[6.0, 1.5, 1.0]";
    heaviside: "[-1.5, 0.0, 2.0]", "0.5" => "[0.0, 0.5, 1.0]";
    power: "[2.0, 10.0, -3.0]", "[10.0, -1.0, 3.0]" => "[1024.0, 0.1, -27.0]";
    logaddexp: "[0.0, 1000.0, f64::NEG_INFINITY]", "[0.0, 0.0, 3.0]" => "[std::f64::consts::LN_2, 1000.0, 3.0]";
    logaddexp2: "[1.0, 1000.0, f64::NEG_INFINITY]", "[1.0, 0.0, 3.0]" => "[2.0, 1000.0, 3.0]";
    hypot: "[3.0, -5.0, 1e200]", "[4.0, 12.0, 0.0]" => "[5.0, 13.0, 1e200]";
    atan2: "[0.0, 1.0, -0.0]", "[1.0, 1.0, -1.0]" => "[0.0, std::f64::consts::FRAC_PI_4, -std::f64::consts::PI]";
    bitwise_and: "[12, 10]", "6" => "[4, 2]";
    bitwise_or: "[12, 10]", "6" => "[14, 14]";
    bitwise_xor: "[12, 10]", "6" => "[10, 12]";
    left_shift: "[1, 2, 3]", "[0, 1, 40]" => "[1, 4, 0]";
    right_shift: "[16, -16, -1]", "[2, 2, 40]" => "[4, -4, -1]";
    gcd: "[12, -18, 0]", "[8, 12, 5]" => "[4, 6, 5]";
    lcm: "[4, -6, 0]", "[6, 4, 5]" => "[12, 12, 0]";

    equal: "[1, 2, 3]", "[1, 0, 3]" => "[true, false, true]";
    not_equal: "[1, 2, 3]", "[1, 0, 3]" => "[false, true, false]";
    less: "[1.0, 2.0, f64::NAN]", "2.0" => "[true, false, false]";
    less_equal: "[1, 2, 3]", "2" => "[true, true, false]";
    greater: "[[1, 4], [2, 3]]", "[[2], [2]]" => "[[false, true], [false, true]]";
    greater_equal: "[1, 2, 3]", "2" => "[false, true, true]";
    logical_and: "[1, 0, 2]", "[1, 1, 0]" => "[true, false, false]";
    logical_or: "[1, 0, 0]", "[0, 2, 0]" => "[true, true, false]";
    logical_xor: "[1, 0, 2]", "[1, 1, 0]" => "[false, true, true]";

    isnan: "[1.0, f64::NAN, f64::INFINITY]" => "[false, true, false]";
    isinf: "[1.0, f64::NAN, f64::NEG_INFINITY]" => "[false, false, true]";
    isfinite: "[1.0, f64::NAN, f64::INFINITY]" => "[true, false, false]";
    isneginf: "[1.0, f64::INFINITY, f64::NEG_INFINITY]" => "[false, false, true]";
    isposinf: "[1.0, f64::INFINITY, f64::NEG_INFINITY]" => "[false, true, false]";
    signbit: "[1.0, -2.0, -0.0]" => "[false, true, true]";
    logical_not: "[1.0, 0.0, f64::NAN]" => "[false, true, false]";

    mul_add: "[1.0, 2.0]", "10.0", "[0.5, 0.25]" => "[10.5, 20.25]";
    clip: "[-3, 0, 3]", "-1", "2" => "[-1, 0, 2]";
}

#[allow(clippy::single_component_path_imports, reason = "a macro has no path of its own to import by")]
pub(crate) use example;
