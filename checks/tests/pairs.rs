//! Functions of two arguments: their errors on some inputs of every range, and that the values they are compared with are
//! right.

use isonum_check::accuracy::Checked;
use isonum_check::oracle::{FILTER_BITS, PairRange, Random, double, pair_function};
use isonum_core::registry::{Accuracy, Binary, Row};
use isonum_core::{DType, Given, View};
use isonum_runtime::elementwise;

/// The inputs of each range.
const POINTS: usize = 1 << 16;

/// How many inputs had a value.
fn check<T: Checked>(row: &Row<Binary>, range: &PairRange) -> usize {
    let Accuracy::Ulp(single, double) = row.accuracy else { unreachable!() };
    let bound = if T::DTYPE == DType::F32 { single } else { double };
    let function = pair_function(row.name).unwrap();
    let mut random = Random(7);
    let pairs: Vec<[T; 2]> = (0..POINTS).map(|_| (range.draw)(&mut random).map(T::of_real)).collect();
    let column = |i: usize| pairs.iter().map(|pair| pair[i]).collect::<Vec<T>>();
    let (a, b) = (column(0), column(1));
    let given = |x| Given::View(View::from_slice(x));
    let results = elementwise::binary(row.op, given(&a), given(&b)).unwrap();
    let mut count = 0;
    for ((&x, &y), &z) in a.iter().zip(&b).zip(results.iter()) {
        let (x, y) = (x.real(), y.real());
        if x.is_finite() && y.is_finite() {
            let (value, k) = (function.value)(x, y);
            if value.0 != 0.0 {
                let units = T::FORMAT.distance(z.real(), value, k).units;
                assert!(units <= bound, "{}({x:e}, {y:e}) of {} is off by {units} ULP", row.name, T::DTYPE);
                count += 1;
            }
        }
    }
    // Of a range for doubles few are numbers of `f32`.
    assert!(
        count > POINTS / 2 || T::DTYPE == DType::F32,
        "{} of {}, {}: {count}",
        row.name,
        T::DTYPE,
        range.name
    );
    count
}

#[test]
fn errors_are_within_their_bounds() {
    for row in Binary::ROWS.iter().filter(|row| matches!(row.accuracy, Accuracy::Ulp(..))) {
        let function = pair_function(row.name).unwrap_or_else(|| panic!("{}: add it to pairs.rs", row.name));
        let mut singles = 0;
        for range in function.ranges {
            singles += check::<f32>(row, range);
            check::<f64>(row, range);
        }
        assert!(singles > POINTS, "{}: {singles} of float32", row.name);
    }
}

#[test]
fn sums_of_two_doubles_agree_with_mpmath() {
    let word = |s: &str| f64::from_bits(u64::from_str_radix(s, 16).unwrap());
    for line in include_str!("golden/pairs.csv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(',').collect();
        let [x, y, high, low] = [1, 2, 3, 4].map(|i| word(fields[i]));
        let (z, k) = (pair_function(fields[0]).unwrap().value)(x, y);
        let off = (z.0 - double::scale(high, -k)) + (z.1 - double::scale(low, -k));
        assert!(off.abs() / z.0.abs() <= 2f64.powi(FILTER_BITS), "{line}: {off:e}");
    }
}

fn log_add(a: f64, b: f64, base: f64) -> f64 {
    match a.max(b) {
        _ if a.is_nan() || b.is_nan() => f64::NAN,
        large if large.is_infinite() => large,
        large => large + ((a.min(b) - large) * base).exp().ln_1p() / base,
    }
}

/// C's Annex F, and NumPy; what `std` gives is that.
#[test]
fn special_values_are_those_of_std() {
    fn check<T: Checked>() {
        let some = [0.0, 1.0, 0.5, 2.0, 3.0, 2.5, 1e10, f64::INFINITY, 5e-324, f64::MAX, f64::MIN_POSITIVE];
        let mut some: Vec<T> = some.iter().flat_map(|&x| [x, -x]).map(T::of_real).collect();
        some.extend([T::nan(), T::of_bits(1), T::max_value(), T::min_positive_value()]);
        let (a, b): (Vec<T>, Vec<T>) = some.iter().flat_map(|&x| some.iter().map(move |&y| (x, y))).unzip();
        for row in Binary::ROWS.iter().filter(|row| matches!(row.accuracy, Accuracy::Ulp(..))) {
            let expected: fn(f64, f64) -> f64 = match row.op {
                Binary::Power => f64::powf,
                Binary::Hypot => f64::hypot,
                Binary::Atan2 => f64::atan2,
                Binary::LogAddExp => |a, b| log_add(a, b, 1.0),
                Binary::LogAddExp2 => |a, b| log_add(a, b, std::f64::consts::LN_2),
                op => panic!("{op:?}: what does `std` say?"),
            };
            for name in isonum_runtime::backend::available() {
                let given = |x| Given::View(View::from_slice(x));
                let backend = isonum_runtime::backend::by_name(name).unwrap();
                let run = || elementwise::binary(row.op, given(&a), given(&b)).unwrap();
                let results = isonum_runtime::backend::with(backend, run);
                for ((&x, &y), &z) in a.iter().zip(&b).zip(results.iter()) {
                    let expected = expected(x.real(), y.real());
                    let (z, rounded) = (z.real(), T::of_real(expected).real());
                    // A logarithm of `std` may have cancelled.
                    let cancelled = if row.name.starts_with("log") { x.real().abs().max(1.0) } else { 0.0 };
                    let near = (z - rounded).abs() <= rounded.abs().max(cancelled) * T::epsilon().real();
                    let special = rounded == 0.0 || !rounded.is_finite();
                    let right = if special {
                        z.to_bits() == rounded.to_bits() || z.is_nan() && rounded.is_nan()
                    } else {
                        near
                    };
                    assert!(
                        right,
                        "{}({x}, {y}) of {} on {name}: {z:e} instead of {rounded:e}",
                        row.name,
                        T::DTYPE
                    );
                }
            }
        }
    }
    check::<f32>();
    check::<f64>();
}
