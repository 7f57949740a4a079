//! Reductions and scans over every choice of axes, with and without elements: shapes, dtypes, what is refused, and
//! values. Those of integers, of bools and of comparisons are the same bits; float sums are within the error of any
//! order of adding.

use crate::near::Near;
use crate::shared::{Value, fixture, numbers, of_class};
use isonum::io::load_npy;
use isonum::{Array, Complex32, Complex64, Result};
use isonum_core::registry::Reduce;

/// One shape and the axes to reduce: `None` for all of them.
struct Case {
    line: String,
    shape: Vec<usize>,
    axes: Option<Vec<isize>>,
    reduced: Vec<usize>,
    kept: Vec<usize>,
    refused: Vec<String>,
}

fn index() -> String {
    std::fs::read_to_string(fixture("numpy/reductions/index.txt")).unwrap()
}

impl Case {
    fn all() -> Vec<Case> {
        index()
            .lines()
            .filter_map(|line| Some((line, line.strip_prefix("case ")?)))
            .map(Case::parse)
            .collect()
    }

    fn parse((line, fields): (&str, &str)) -> Case {
        let (given, result) = fields.split_once(" -> ").unwrap();
        let (shape, axes) = given.split_once(" / ").unwrap();
        let result: Vec<&str> = result.split(" / ").collect();
        let refused = result.get(2).and_then(|names| names.strip_prefix("refused "));
        Case {
            line: line.into(),
            shape: numbers(shape),
            axes: (axes != "all").then(|| numbers(axes)),
            reduced: numbers(result[0]),
            kept: numbers(result[1]),
            refused: refused.into_iter().flat_map(|names| names.split(' ')).map(String::from).collect(),
        }
    }

    /// The array of the case, of the elements of an input.
    fn array<T: Value>(&self, elements: &[T]) -> Array<T> {
        Array::from_shape(&self.shape[..], elements[..self.shape.iter().product()].to_vec())
    }
}

/// The elements of a file from the place that the line of that name gives.
fn elements<T: Value>(line: &str) -> Vec<T> {
    let index = index();
    let place = index.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(": "));
    let place = place.unwrap_or_else(|| panic!("no fixture of {line}: run tools/fixtures/reductions.py"));
    let start = place.strip_prefix(T::DTYPE.name()).unwrap_or(place).trim().parse::<usize>();
    let start = start.unwrap_or_else(|_| panic!("{line} has dtype {place} in NumPy, {} here", T::DTYPE));
    let file = fixture("numpy/reductions").join(T::DTYPE.name()).with_extension("npy");
    load_npy::<T>(file).unwrap().into_vec().split_off(start)
}

fn input<T: Value>((low, high): (f64, f64)) -> Vec<T> {
    elements(&format!("input {} ({low:?}, {high:?})", T::DTYPE))
}

/// The elements that a result is made of: how many, and the sums of their sizes and of the squares of these.
struct Sums {
    n: f64,
    sizes: f64,
    squares: f64,
}

/// Whether a result of `name` is right. Each of `n` roundings, in any order, is off by half an epsilon of the sum of
/// sizes at most, here and in NumPy.
fn right<R: Near>(name: &str, found: R, expected: R, sums: &Sums) -> bool {
    let &Sums { n, sizes, squares } = sums;
    let roundings = (n + 1.0) * R::EPSILON;
    // A difference from a mean, squared: its own rounding, twice, that of the square, and twice the mean's.
    let variance = |divisor: f64| 4.0 * roundings * squares / divisor;
    let squared = |allowed| (found.size().powi(2) - expected.size().powi(2)).abs() <= allowed;
    let allowed = match name {
        "sum" | "cumsum" => roundings * sizes,
        "mean" => roundings * sizes / n,
        // A complex product is off by √5 halves.
        "prod" | "cumprod" => 3.0 * roundings * expected.size(),
        "var" => variance(n),
        "var-ddof-1" => variance(n - 1.0),
        "std" if squared(variance(n)) => return true,
        "std-ddof-1" if squared(variance(n - 1.0)) => return true,
        // Zeros of both signs are equal.
        "max" | "min" if (found, expected) == (R::ZERO, R::ZERO) => return true,
        _ => 0.0,
    };
    found.near(expected, allowed)
}

/// Compares one reduction or scan of one type in all cases. `run` reduces over the axes and keeps them or not;
/// scans keep the shape.
fn check<T: Near, R: Near>(
    name: &str,
    range: (f64, f64),
    scan: bool,
    run: impl Fn(&Array<T>, Option<&[isize]>, bool) -> Result<Array<R>>,
) {
    let values = input::<T>(range);
    let expected = elements::<R>(&format!("{name} {}", T::DTYPE));
    let mut expected = expected.iter();
    for case in Case::all() {
        let what = format!("{name} of {}, {}", T::DTYPE, case.line);
        let a = case.array(&values);
        let axes = case.axes.as_deref();
        if case.refused.iter().any(|refused| Some(&**refused) == name.split('-').next()) {
            assert!(scan || run(&a, axes, false).is_err(), "{what}: is refused in NumPy");
            continue;
        }
        let result = run(&a, axes, false).unwrap_or_else(|error| panic!("{what}: {error}"));
        let all = [a.len()];
        let (shape, shape_kept) = match axes {
            _ if !scan => (&case.reduced[..], &case.kept[..]),
            Some(_) => (&case.shape[..], &case.shape[..]),
            None => (&all[..], &all[..]),
        };
        assert_eq!(result.shape(), shape, "{what}");
        let kept = run(&a, axes, true).unwrap();
        assert_eq!(kept.shape(), shape_kept, "{what}");
        let along = |f: fn(f64) -> f64| {
            let sizes = a.map(|x| f(if x.size().is_nan() { 0.0 } else { x.size() }));
            match axes {
                Some(axes) if !scan => sizes.sum_axis(axes),
                _ => Array::full(result.shape(), sizes.sum()),
            }
        };
        let (sizes, squares) = (along(|x| x).to_vec(), along(|x| x * x).to_vec());
        let n = if scan { a.len() } else { a.len() / result.len().max(1) } as f64;
        for (i, (found, kept)) in result.iter().zip(&kept).enumerate() {
            let sums = Sums { n, sizes: sizes[i], squares: squares[i] };
            let &expected = expected.next().unwrap();
            assert!(right(name, *found, expected, &sums), "{what}: {found:?}, in NumPy {expected:?}");
            assert_eq!(found.canonical(), kept.canonical(), "{what}");
        }
    }
}

macro_rules! check_reduction {
    ($type:ty, ($name:expr, $range:expr, $try:ident $(, $option:ident $value:expr)?)) => {
        check($name, $range, false, |a: &Array<$type>, axes, keep| {
            let over = axes.map_or_else(|| a.over(()), |axes| a.over(axes))$(.$option($value))?;
            if keep { over.keep_dims().$try() } else { over.$try() }
        })
    };
}

macro_rules! check_scan {
    ($type:ty, ($name:expr, $range:expr, $try:ident $try_axis:ident)) => {
        check($name, $range, true, |a: &Array<$type>, axes, _| match axes {
            Some(axes) => a.$try_axis(axes[0]),
            None => a.$try(),
        })
    };
}

/// A test for each row that NumPy has.
macro_rules! tests {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        #[test]
        fn $name() {
            if !Reduce::$op.row().numpy.is_empty() {
                of_class! { $class check_reduction (stringify!($name), $range, [<try_ $name>]) }
            }
        }
    )*}};
}
isonum_core::reduce_operations!([tests]);

#[test]
fn unbiased() {
    of_class! { Real check_reduction ("var-ddof-1", Reduce::Var.row().input, try_var, ddof 1) }
    of_class! { Real check_reduction ("std-ddof-1", Reduce::Std.row().input, try_std, ddof 1) }
}

#[test]
fn scans() {
    of_class! { Element check_scan ("cumsum", Reduce::Sum.row().input, try_cumsum try_cumsum_axis) }
    of_class! { Element check_scan ("cumprod", Reduce::Prod.row().input, try_cumprod try_cumprod_axis) }
}
