//! An example for each reduction: the elements, then all of them reduced, then each row. A reduction without one
//! does not compile.

/// One line for each reduction: `name: elements => whole, along axis 1, kept;`. Makes the macro `example!`.
macro_rules! examples {
    ($($name:ident $axis:ident: $elements:literal => $whole:literal, $rows:literal, $kept:literal;)*) => {
        macro_rules! example {
            $(
                ($name function) => {
                    concat!("# Examples\n```\nassert_eq!(isonum::", stringify!($name), "(", $elements, "), ", $whole, ");\n```")
                };
                ($name function_axis) => {
                    concat!(
                        "# Examples\n```\nassert_eq!(isonum::", stringify!($axis), "(", $elements, ", 1), ", $rows, ");\n```"
                    )
                };
                ($name method) => {
                    concat!(
                        "# Examples\n```\nuse isonum::prelude::*;\nassert_eq!(array!", $elements, ".",
                        stringify!($name), "(), ", $whole, ");\n```"
                    )
                };
                ($name method_axis) => {
                    concat!(
                        "# Examples\n```\nuse isonum::prelude::*;\nassert_eq!(array!", $elements, ".",
                        stringify!($axis), "(-1), ", $rows, ");\n```"
                    )
                };
                ($name into) => {
                    concat!(
                        "# Examples\n```\nuse isonum::prelude::*;\nlet a = array!", $elements,
                        ";\nlet mut out = a.", stringify!($axis), "(0);\na.", stringify!($axis),
                        "_into(1, &mut out);\nassert_eq!(out, ", $rows, ");\n```"
                    )
                };
                ($name into_function) => {
                    concat!(
                        "# Examples\n```\nlet mut out = isonum::", stringify!($axis), "(", $elements,
                        ", 0);\nisonum::", stringify!($axis), "_into(", $elements,
                        ", 1, &mut out);\nassert_eq!(out, ", $rows, ");\n```"
                    )
                };
                ($name over_into) => {
                    concat!(
                        "\n# Examples\n```\nuse isonum::prelude::*;\nlet a = array!", $elements,
                        ";\nlet mut out = a.over(0).", stringify!($name), "();\na.over(1).", stringify!($name),
                        "_into(&mut out);\nassert_eq!(out, ", $rows, ");\n```"
                    )
                };
                ($name over) => {
                    concat!(
                        "\n# Examples\n```\nuse isonum::prelude::*;\nlet a = array!", $elements, ";\nassert_eq!(a.over(1).",
                        stringify!($name), "(), ", $rows, ");\nassert_eq!(a.over(1).keep_dims().",
                        stringify!($name), "(), ", $kept, ");\n```"
                    )
                };
            )*
        }
    };
}

examples! {
    sum sum_axis: "[[1.0, 2.0], [3.0, 4.0]]" => "10.0", "[3.0, 7.0]", "[[3.0], [7.0]]";
    prod prod_axis: "[[1u8, 2], [3, 4]]" => "24", "[2, 12]", "[[2], [12]]";
    mean mean_axis: "[[1.0, 2.0], [3.0, 4.0]]" => "2.5", "[1.5, 3.5]", "[[1.5], [3.5]]";
    var var_axis: "[[1.0, 3.0], [5.0, 7.0]]" => "5.0", "[1.0, 1.0]", "[[1.0], [1.0]]";
    std std_axis: "[[1.0, 5.0], [3.0, 7.0]]" => "5f64.sqrt()", "[2.0, 2.0]", "[[2.0], [2.0]]";
    max max_axis: "[[1, 2], [4, 3]]" => "4", "[2, 4]", "[[2], [4]]";
    min min_axis: "[[1, 2], [4, 3]]" => "1", "[1, 3]", "[[1], [3]]";
    argmax argmax_axis: "[[1, 2], [4, 3]]" => "2", "[1, 0]", "[[1], [0]]";
    argmin argmin_axis: "[[1, 2], [4, 3]]" => "0", "[0, 1]", "[[0], [1]]";
    any any_axis: "[[0, 2], [0, 0]]" => "true", "[true, false]", "[[true], [false]]";
    all all_axis: "[[1, 2], [0, 3]]" => "false", "[true, false]", "[[true], [false]]";
    count_nonzero count_nonzero_axis: "[[1, 2], [0, 3]]" => "3", "[2, 1]", "[[2], [1]]";
    sum_squares sum_squares_axis: "[[1.0, 2.0], [0.0, 3.0]]" => "14.0", "[5.0, 9.0]", "[[5.0], [9.0]]";
}

#[allow(clippy::single_component_path_imports, reason = "a macro has no path of its own to import by")]
pub(super) use example;
