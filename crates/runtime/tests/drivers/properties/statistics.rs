//! Means, variances, standard deviations and sums of squares: within the error of their order of adding, and the same
//! bits for a copy.

use crate::properties::arrays::{Array, Placement};
use crate::properties::bounds::{Exact, depth, gamma};
use crate::properties::given;
use crate::properties::naive::Naive;
use crate::properties::of_dtype;
use crate::properties::reductions::Groups;
use crate::properties::totals::Totals;
use isonum_core::backend::Fold;
use isonum_core::{Complex32, Complex64, DType, Element, Float, Real, Storage, View};
use isonum_runtime::place::New;
use isonum_runtime::reduce;

pub(crate) fn check(dtype: DType, place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    of_dtype!(dtype, [i8 i16 i32 u8 u16 u32 bool], exact_means(place, axes, keep_dims, seed));
    of_dtype!(dtype, [f32 f64 i64 u64], means(place, axes, keep_dims, seed));
    of_dtype!(dtype, [Complex32 Complex64], complex_means(place, axes, keep_dims, seed));
    of_dtype!(dtype, [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64], spreads(place, axes, keep_dims, seed));
    of_dtype!(dtype, [f32 f64], squares(place, axes, keep_dims, seed));
    of_dtype!(dtype, [f32 f64], not_finite(place, axes, keep_dims, seed));
}

/// An element as `f64`.
trait Wide: Element {
    fn wide(self) -> f64;
}
macro_rules! wide {
    ($($t:ident)*) => {$(
        impl Wide for $t {
            fn wide(self) -> f64 {
                self as f64
            }
        }
    )*};
}
wide! { f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 }
impl Wide for bool {
    fn wide(self) -> f64 {
        f64::from(u8::from(self))
    }
}

/// How much one rounding changes a number of this type at most, in parts of it.
fn unit(dtype: DType) -> f64 {
    if dtype == DType::F32 || dtype == DType::C32 { f32::EPSILON as f64 / 2.0 } else { f64::EPSILON / 2.0 }
}

/// `n` such roundings, one after the other.
fn roundings(n: usize, unit: f64) -> f64 {
    n as f64 * unit / (1.0 - n as f64 * unit)
}

/// The same bits for a view and its copy.
#[track_caller]
fn same_of_copy<T: Element, A: Naive>(array: &Array<T>, reduce: impl Fn(&View<'_, T>) -> Storage<A>) {
    let (view, copy) = (array.storage.view(), array.storage.view().to_storage().unwrap());
    let (of_view, of_copy) = (reduce(&view), reduce(&copy.view()));
    assert!(of_view.iter().map(|x| x.bits()).eq(of_copy.iter().map(|x| x.bits())), "{:?}", view.layout());
}

/// Of integers whose sums `f64` holds: the quotient, rounded once.
fn exact_means<T: Totals<Mean = f64> + Wide>(place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    let array = Array::new(place, seed, T::any);
    let x = array.storage.view();
    let is_right = |group: &[T], found: f64| {
        let sum: f64 = group.iter().map(|x| x.wide()).sum();
        found == sum / group.len() as f64 || found.is_nan() && group.is_empty()
    };
    let found = reduce::mean(&x, axes, keep_dims, New).unwrap();
    Groups::new(&array, axes, keep_dims).check("mean", &found, is_right);
    assert!(is_right(&array.cells, reduce::mean_all(&x).unwrap()));
}

/// Whether `found` may be the mean of floats: as many additions as a sum has, a quotient, and two roundings of the
/// reference; one more where integers are rounded to floats first.
fn is_mean(x: impl Iterator<Item = f64> + Clone, found: f64, unit: f64) -> bool {
    let (exact, n) = (Exact::of(x.clone()), x.count());
    let allowed = (roundings(depth(n) + 2, unit) + gamma::<f64>(3)) * exact.sizes() / n as f64;
    n == 0 && found.is_nan() || (found - exact.sum() / n as f64).abs() <= allowed
}

fn means<T: Totals<Mean: Wide + Naive> + Wide>(
    place: &Placement,
    axes: &[usize],
    keep_dims: bool,
    seed: u64,
) {
    let array = Array::new(place, seed, |word| T::element(Fold::Sum, word));
    let x = array.storage.view();
    // Integers of 64 bits, to the range of exact sums.
    let scale = if T::DTYPE == DType::I64 || T::DTYPE == DType::U64 { 2f64.powi(-60) } else { 1.0 };
    let is_right = |group: &[T], found: T::Mean| {
        is_mean(group.iter().map(|x| x.wide() * scale), found.wide() * scale, unit(T::Mean::DTYPE))
    };
    let found = reduce::mean(&x, axes, keep_dims, New).unwrap();
    Groups::new(&array, axes, keep_dims).check("mean", &found, is_right);
    assert!(is_right(&array.cells, reduce::mean_all(&x).unwrap()));
    given::check("mean", &found, seed, |out| reduce::mean(&x, axes, keep_dims, out));
    same_of_copy(&array, |x| reduce::mean(x, axes, keep_dims, New).unwrap());
}

fn complex_means<T: Totals<Mean = T> + Parts>(place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    let array = Array::new(place, seed, |word| T::element(Fold::Sum, word));
    let x = array.storage.view();
    let is_right = |group: &[T], found: T| {
        let part = |i: usize| is_mean(group.iter().map(|x| x.parts()[i]), found.parts()[i], unit(T::DTYPE));
        part(0) && part(1)
    };
    let found = reduce::mean(&x, axes, keep_dims, New).unwrap();
    Groups::new(&array, axes, keep_dims).check("mean", &found, is_right);
    assert!(is_right(&array.cells, reduce::mean_all(&x).unwrap()));
    given::check("mean", &found, seed, |out| reduce::mean(&x, axes, keep_dims, out));
    same_of_copy(&array, |x| reduce::mean(x, axes, keep_dims, New).unwrap());
}

/// The parts of a complex number.
trait Parts: Element {
    fn parts(self) -> [f64; 2];
}
impl Parts for Complex32 {
    fn parts(self) -> [f64; 2] {
        [self.re.into(), self.im.into()]
    }
}
impl Parts for Complex64 {
    fn parts(self) -> [f64; 2] {
        [self.re, self.im]
    }
}

/// The variance in two plain passes, and how far it may be from the true one where sums take `additions` at most.
fn variance(x: &[f64], ddof: f64, additions: usize) -> (f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let squares = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    let (sizes, most) =
        x.iter().fold((0.0, 0.0), |(sum, most): (f64, f64), x| (sum + x.abs(), most.max(x.abs())));
    // A deviation is off by the mean's error, by the rounding of an element to `f64`, and by its own rounding, of at
    // most twice the largest element. So each square is off by 2·|d|·e + e², and Σ|d| ≤ √(n·Σd²).
    let e = 2.0 * gamma::<f64>(additions + 2) * sizes / n + 4.0 * gamma::<f64>(1) * most;
    let off = 2.0 * e * (n * squares).sqrt() + n * e * e;
    let off = off + gamma::<f64>(additions + 3) * (squares + off);
    (squares / (n - ddof), off / (n - ddof))
}

fn spreads<T: Totals<Mean: Wide + Naive> + Real + Wide>(
    place: &Placement,
    axes: &[usize],
    keep_dims: bool,
    seed: u64,
) {
    let array = Array::new(place, seed, |word| T::element(Fold::Sum, word));
    let x = array.storage.view();
    let groups = Groups::new(&array, axes, keep_dims);
    for ddof in [0.0, 1.0] {
        // The result, or its square, which has the rounding of the root twice.
        let is_right = |group: &[T], found: f64, roots: usize| {
            if group.len() as f64 <= ddof || group.is_empty() {
                return found.is_nan();
            }
            let wide: Vec<f64> = group.iter().map(|x| x.wide()).collect();
            let (expected, off) = variance(&wide, ddof, depth(wide.len()));
            let (_, off_here) = variance(&wide, ddof, wide.len());
            let rounded = roundings(1 + 3 * roots, unit(T::Mean::DTYPE)) * (expected + off);
            (found - expected).abs() <= off + off_here + rounded
        };
        let is_var = |group: &[T], found: T::Mean| is_right(group, found.wide(), 0);
        let is_std = |group: &[T], found: T::Mean| is_right(group, found.wide().powi(2), 1);
        let var = reduce::var(&x, axes, keep_dims, ddof, New).unwrap();
        groups.check("var", &var, is_var);
        given::check("var", &var, seed, |out| reduce::var(&x, axes, keep_dims, ddof, out));
        let std = reduce::std(&x, axes, keep_dims, ddof, New).unwrap();
        groups.check("std", &std, is_std);
        given::check("std", &std, seed, |out| reduce::std(&x, axes, keep_dims, ddof, out));
        assert!(is_var(&array.cells, reduce::var_all(&x, ddof).unwrap()));
        assert!(is_std(&array.cells, reduce::std_all(&x, ddof).unwrap()));
        same_of_copy(&array, |x| reduce::var(x, axes, keep_dims, ddof, New).unwrap());
    }
}

/// Accumulated in `f64`, here and there, and rounded once.
fn squares<T: Totals + Float + Wide>(place: &Placement, axes: &[usize], keep_dims: bool, seed: u64) {
    let array = Array::new(place, seed, |word| T::element(Fold::Sum, word));
    let x = array.storage.view();
    let is_right = |group: &[T], found: T| {
        let expected: f64 = group.iter().map(|x| x.wide() * x.wide()).sum();
        let additions = gamma::<f64>(depth(group.len()) + 1) + gamma::<f64>(group.len() + 1);
        (found.wide() - expected).abs() <= (additions + roundings(2, unit(T::DTYPE))) * expected
    };
    let found = reduce::sum_squares(&x, axes, keep_dims, New).unwrap();
    Groups::new(&array, axes, keep_dims).check("sum_squares", &found, is_right);
    assert!(is_right(&array.cells, reduce::sum_squares_all(&x).unwrap()));
    given::check("sum_squares", &found, seed, |out| reduce::sum_squares(&x, axes, keep_dims, out));
    same_of_copy(&array, |x| reduce::sum_squares(x, axes, keep_dims, New).unwrap());
}

/// Infinities and NaN end up where they must.
fn not_finite<T: Totals + Float<Sum = T> + Wide>(
    place: &Placement,
    axes: &[usize],
    keep_dims: bool,
    seed: u64,
) {
    let array = Array::new(place, seed, |word| match word % 400 {
        0 => T::nan(),
        1 | 2 => T::infinity(),
        3 => T::neg_infinity(),
        _ => T::element(Fold::Sum, word),
    });
    let x = array.storage.view();
    let groups = Groups::new(&array, axes, keep_dims);
    let is_right = |group: &[T], found: T| {
        let has = |which: T| group.contains(&which);
        let (plus, minus) = (has(T::infinity()), has(T::neg_infinity()));
        let found = found.wide();
        if group.iter().any(|x| x.wide().is_nan()) || plus && minus || group.is_empty() {
            found.is_nan() || group.is_empty()
        } else if plus || minus {
            found == if plus { f64::INFINITY } else { f64::NEG_INFINITY }
        } else {
            found.is_finite()
        }
    };
    groups.check("sum", &reduce::fold(Fold::Sum, &x, axes, keep_dims, New).unwrap(), is_right);
    groups.check("mean", &reduce::mean(&x, axes, keep_dims, New).unwrap(), is_right);
}
