//! Text compared with NumPy's, character by character: `tools/fixtures/print.py` makes the cases and describes
//! their form.

use super::{debug, display};
use isonum_core::{Complex32, Complex64, Element, SliceItem, Storage, View};
use std::fmt;
use std::str::FromStr;

/// What the array types do.
struct Printed<'a, T>(View<'a, T>);

impl<T: Element> fmt::Display for Printed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(&self.0, f)
    }
}

impl<T: Element> fmt::Debug for Printed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(&self.0, f)
    }
}

/// An element type of the cases.
trait Given: Element {
    fn parse(text: &str) -> Self;
    /// `start + step i`.
    fn ranged(start: &str, step: &str, i: usize) -> Self;
}

fn parse<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("a number, not {text:?}"))
}

macro_rules! given {
    ($($type:ident $wide:ident;)*) => {$(
        impl Given for $type {
            fn parse(text: &str) -> $type { parse(text) }
            fn ranged(start: &str, step: &str, i: usize) -> $type {
                (parse::<$wide>(start) + parse::<$wide>(step) * i as $wide) as $type
            }
        }
    )*};
    (complex $($type:ident $part:ident;)*) => {$(
        impl Given for $type {
            fn parse(text: &str) -> $type {
                let (re, im) = text.split_once(',').unwrap();
                $type::new(parse(re), parse(im))
            }
            fn ranged(start: &str, step: &str, i: usize) -> $type {
                let x = f64::ranged(start, step, i) as $part;
                $type::new(x, -x)
            }
        }
    )*};
}
given! { f32 f64; f64 f64; i8 i64; i16 i64; i32 i64; i64 i64; u8 i64; u16 i64; u32 i64; u64 i64; }
given! { complex Complex32 f32; Complex64 f64; }

impl Given for bool {
    fn parse(text: &str) -> bool {
        parse(&text.to_lowercase())
    }
    fn ranged(_: &str, _: &str, _: usize) -> bool {
        unreachable!("bools are listed")
    }
}

/// The text of a case, from the words of its first line and its values.
fn text<T: Given>(mode: &str, shape: &[usize], view: &str, values: &str) -> String {
    let words: Vec<&str> = values.split_whitespace().collect();
    let array = match words[..] {
        [start, "+", step, "i"] => Storage::from_fn(shape, |i| T::ranged(start, step, i)).unwrap(),
        _ => Storage::from_vec(words.iter().map(|word| T::parse(word)).collect(), shape).unwrap(),
    };
    let mut printed = Printed(array.view());
    for change in view.chars() {
        printed.0 = match change {
            'T' => printed.0.transpose(),
            'R' => printed.0.flip(()).unwrap(),
            'S' => printed.0.slice(&vec![SliceItem::stepped(.., 2); shape.len()]).unwrap(),
            _ => printed.0,
        };
    }
    match mode.split_once('-') {
        None if mode == "str" => format!("{printed}"),
        None if mode == "full" => format!("{printed:#}"),
        None => {
            let text = format!("{printed:?}");
            let end = text.rfind("dtype=").unwrap();
            let inside = text[..end].trim_end().strip_prefix("array(").unwrap();
            inside.strip_suffix(",").unwrap().to_string()
        }
        Some((_, digits)) => format!("{printed:.0$}", parse(digits)),
    }
}

/// Compares all cases of a file, and returns how many there are.
fn compare(cases: &str) -> usize {
    let mut count = 0;
    let mut wrong = Vec::new();
    for case in cases.split("# ").skip(1) {
        let (given, expected) = case.split_once('\n').unwrap();
        let (head, values) = given.split_once(':').unwrap();
        let [mode, dtype, shape, view] = *head.split(' ').collect::<Vec<_>>() else {
            panic!("four words: {head}")
        };
        let shape: Vec<usize> = shape.split('x').filter(|&n| n != "-").map(parse).collect();
        let text = match dtype {
            "float32" => text::<f32>,
            "float64" => text::<f64>,
            "int8" => text::<i8>,
            "int16" => text::<i16>,
            "int32" => text::<i32>,
            "int64" => text::<i64>,
            "uint8" => text::<u8>,
            "uint16" => text::<u16>,
            "uint32" => text::<u32>,
            "uint64" => text::<u64>,
            "bool" => text::<bool>,
            "complex64" => text::<Complex32>,
            "complex128" => text::<Complex64>,
            _ => panic!("no such type: {dtype}"),
        }(mode, &shape, view, values);
        let text: String = text.split('\n').map(|line| format!("|{line}\n")).collect();
        if text != expected {
            wrong.push(format!("{given}\nNumPy:\n{expected}here:\n{text}"));
        }
        count += 1;
    }
    let some = wrong[..wrong.len().min(20)].join("\n");
    assert!(wrong.is_empty(), "{} of {count} cases differ\n\n{some}", wrong.len());
    count
}

#[test]
fn as_numpy_prints() {
    assert!(compare(include_str!("../../tests/fixtures/print.txt")) > 400);
}

/// `print.py --random SEED FILE` makes a file that is too large to keep.
#[test]
#[ignore = "compares the file that ISONUM_PRINT_CASES names"]
fn as_numpy_prints_random_arrays() {
    let path = std::env::var("ISONUM_PRINT_CASES").expect("the path of a file of cases");
    compare(&std::fs::read_to_string(path).unwrap());
}

#[test]
fn debug_adds_type_shape_and_strides() {
    let array = Storage::from_vec(vec![1.0, 2.0, 3.0, 4.0], &[2, 2]).unwrap();
    let text = format!("{:?}", Printed(array.view()));
    // One column too many for the last line.
    assert_eq!(text, "array([[1., 2.],\n       [3., 4.]], dtype=float64, shape=(2, 2), strides=(2, 1))");
    let text = format!("{:?}", Printed(array.view().transpose().flip(1).unwrap()));
    assert_eq!(text, "array([[3., 1.],\n       [4., 2.]], dtype=float64, shape=(2, 2), strides=(1, -2))");
    let long = Storage::from_fn(&[8], |i| i as i32 * 1000).unwrap();
    let text = format!("{:?}", Printed(long.view()));
    let lines = "array([   0, 1000, 2000, 3000, 4000, 5000, 6000, 7000],\n      dtype=int32, shape=(8,), strides=(1,))";
    assert_eq!(text, lines);
    let none = Storage::<bool>::zeros(&[0, 3]).unwrap();
    let text = format!("{:?}", Printed(none.view()));
    assert_eq!(text, "array([], dtype=bool, shape=(0, 3), strides=(3, 1))");
    let text = format!("{:?}", Printed(View::from_scalar(&1.0f32)));
    assert_eq!(text, "array(1., dtype=float32, shape=(), strides=())");
}

#[test]
fn debug_puts_on_one_line_what_fits() {
    // 75 columns, and 76.
    for (n, separator) in [(7, " "), (8, "\n      ")] {
        let array = Storage::from_fn(&[n], |_| 0u8).unwrap();
        let row = Printed(array.view().broadcast_to(&[1, n]).unwrap());
        let text = format!("{row:?}");
        let inside = vec!["0"; n].join(", ");
        let facts = format!("dtype=uint8, shape=(1, {n}), strides=(0, 1))");
        assert_eq!(text, format!("array([[{inside}]],{separator}{facts}"));
        assert!(separator != " " || text.len() <= 75, "{}", text.len());
    }
}

#[test]
fn ranks_and_precisions_without_end() {
    let view = View::from_scalar(&1u8);
    for rank in [64, 5000] {
        let text = Printed(view.broadcast_to(&vec![1; rank]).unwrap()).to_string();
        assert_eq!(text, format!("{}1{}", "[".repeat(rank), "]".repeat(rank)));
    }
    let nan = [f64::NAN, 1.0];
    let text = format!("{:.65535}", Printed(View::from_slice(&nan)));
    assert_eq!(text.lines().map(str::len).collect::<Vec<_>>(), [65538, 65539]);
}

#[test]
fn elements_that_are_left_out_are_not_looked_at() {
    // An array of as many elements as there can be.
    let zero = 0u8;
    let all = View::from_scalar(&zero).broadcast_to(&[1 << 31, 1 << 31]).unwrap();
    let row = " [0 0 0 ... 0 0 0]";
    let rows = [row; 3].join("\n");
    assert_eq!(Printed(all).to_string(), format!("[{}\n ...\n{rows}]", &rows[1..]));
}
