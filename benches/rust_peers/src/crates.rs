//! What each crate does for a case.

use crate::rule::{IMAGINARY, unit};
use faer::Mat;
use ndarray::{Array1, ArrayD, Axis, Ix1, Ix2, LinalgScalar};
use num_complex::Complex;
use realfft::RealFftPlanner;
use rustfft::{FftNum, FftPlanner};
use serde_json::Value;
use std::hint::black_box;

/// A crate that cases are compared with.
pub struct Crate {
    pub version: String,
    /// The work of a case; `None` where the crate has no such operation.
    pub prepare: ByType,
}

type ByType = fn(&Value) -> Option<Box<dyn Work>>;

/// The crate of this name.
pub fn by_name(name: &str) -> Option<Crate> {
    let (packages, prepare): (&[&str], ByType) = match name {
        "ndarray" => (&["ndarray"], |case| by_type(case, array_work::<f32>, array_work::<f64>)),
        "faer" => (&["faer"], |case| by_type(case, faer_work::<f32>, faer_work::<f64>)),
        "matrixmultiply" => {
            (&["matrixmultiply"], |case| by_type(case, product_work::<f32>, product_work::<f64>))
        }
        "rustfft" => (&["rustfft", "realfft"], |case| by_type(case, fft_work::<f32>, fft_work::<f64>)),
        _ => return None,
    };
    let version = packages.iter().map(|name| locked(name)).collect::<Vec<_>>().join(", ");
    if std::env::var("RAYON_NUM_THREADS").is_ok_and(|threads| threads == "1") {
        faer::set_global_parallelism(faer::Par::Seq);
    }
    Some(Crate { version, prepare })
}

/// A package with its version, from the lock file.
fn locked(name: &str) -> String {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let version =
        include_str!("../Cargo.lock").split_once(&entry).and_then(|(_, rest)| rest.split('"').next());
    format!("{name} {}", version.unwrap_or("of unknown version"))
}

/// What is timed, and elements of what it computed.
pub trait Work {
    fn run(&mut self, times: u64);
    fn sample(&mut self) -> Vec<f64>;
}

/// A call, and how its result is read.
struct Call<F, S>(F, S);

impl<R, F: FnMut() -> R, S: Fn(R) -> Vec<f64>> Work for Call<F, S> {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            black_box(&(self.0)());
        }
    }
    fn sample(&mut self) -> Vec<f64> {
        let all = (self.1)((self.0)());
        let n = all.len().min(256);
        (0..n).map(|i| all[i * all.len() / n]).collect()
    }
}

type Prepare = fn(&[&str], &Value) -> Option<Box<dyn Work>>;

/// By the dtype in the name: `op/dtype/size` without a variant.
fn by_type(case: &Value, single: Prepare, double: Prepare) -> Option<Box<dyn Work>> {
    let parts: Vec<&str> = case["id"].as_str()?.split('/').collect();
    match parts[..] {
        [_, "f32", _] => single(&parts, case),
        [_, "f64", _] => double(&parts, case),
        _ => None,
    }
}

/// An element type.
trait Element:
    LinalgScalar + ndarray::ScalarOperand + num_complex::ComplexFloat<Real = Self> + PartialOrd + FftNum
{
    fn of(x: f64) -> Self;
    fn double(self) -> f64;
    /// `c` = `a` times `b`, all square of side `n`.
    fn product(n: usize, a: &[Self], b: &[Self], c: &mut [Self]);
}

macro_rules! elements {
    ($($type:ident $gemm:ident)*) => {$(
        impl Element for $type {
            fn of(x: f64) -> Self {
                x as $type
            }
            fn double(self) -> f64 {
                f64::from(self)
            }
            fn product(n: usize, a: &[Self], b: &[Self], c: &mut [Self]) {
                assert!(a.len() == n * n && b.len() == n * n && c.len() == n * n);
                let (rows, one) = (n as isize, 1);
                // SAFETY: square matrices by rows, of as many elements as asserted.
                unsafe {
                    matrixmultiply::$gemm(
                        n, n, n, 1.0, a.as_ptr(), rows, one, b.as_ptr(), rows, one, 0.0, c.as_mut_ptr(), rows, one,
                    );
                }
            }
        }
    )*};
}
elements!(f32 sgemm f64 dgemm);

/// The inputs of a case: their shape and elements by rows.
fn inputs<T>(case: &Value, of: impl Fn(f64, f64) -> T) -> Option<Vec<(Vec<usize>, Vec<T>)>> {
    let input = |input: &Value| {
        let shape: Vec<usize> =
            input["shape"].as_array()?.iter().filter_map(Value::as_u64).map(|n| n as usize).collect();
        if !input["view"].as_str()?.is_empty() {
            return None;
        }
        let (low, high, seed) = (input["low"].as_f64()?, input["high"].as_f64()?, input["seed"].as_u64()?);
        let at = |seed, i| low + (high - low) * unit(seed, i, shape.len() > 1);
        let n = shape.iter().product::<usize>() as u64;
        let elements = (0..n).map(|i| of(at(seed, i), at(seed + IMAGINARY, i))).collect();
        Some((shape, elements))
    };
    case["inputs"].as_array()?.iter().map(input).collect()
}

fn array_work<T: Element>(parts: &[&str], case: &Value) -> Option<Box<dyn Work>> {
    let arrays: Vec<ArrayD<T>> = inputs(case, |x, _| T::of(x))?
        .into_iter()
        .map(|(shape, elements)| ArrayD::from_shape_vec(shape, elements).expect("as many elements"))
        .collect();
    let a = arrays.first()?.clone();
    let b = arrays.get(1).cloned().unwrap_or_else(|| a.clone());
    macro_rules! array {
        ($f:expr) => {
            Some(Box::new(Call($f, |r: ArrayD<T>| r.iter().map(|x| x.double()).collect())))
        };
    }
    macro_rules! value {
        ($f:expr) => {
            Some(Box::new(Call($f, |r: T| vec![r.double()])))
        };
    }
    match parts[0] {
        "add" | "broadcast_add" | "add_2d" | "add2d" => array!(move || &a + &b),
        "subtract" | "subtract2d" => array!(move || &a - &b),
        "multiply" | "multiply2d" => array!(move || &a * &b),
        "divide" | "divide2d" => array!(move || &a / &b),
        "scale" | "scale2d" => array!(move || &a * T::of(2.5)),
        "relu" | "relu2d" => array!(move || a.mapv(|x| if x > T::of(0.0) { x } else { T::of(0.0) })),
        "negative" => array!(move || a.mapv(|x| -x)),
        "absolute" | "abs" => array!(move || a.mapv(|x| x.abs())),
        "sqrt" => array!(move || a.mapv(|x| x.sqrt())),
        "exp" => array!(move || a.mapv(|x| x.exp())),
        "exp2" => array!(move || a.mapv(|x| x.exp2())),
        "expm1" => array!(move || a.mapv(|x| x.exp_m1())),
        "log" => array!(move || a.mapv(|x| x.ln())),
        "log2" => array!(move || a.mapv(|x| x.log2())),
        "log10" => array!(move || a.mapv(|x| x.log10())),
        "log1p" => array!(move || a.mapv(|x| x.ln_1p())),
        "sin" => array!(move || a.mapv(|x| x.sin())),
        "cos" => array!(move || a.mapv(|x| x.cos())),
        "sinh" => array!(move || a.mapv(|x| x.sinh())),
        "cosh" => array!(move || a.mapv(|x| x.cosh())),
        "asinh" => array!(move || a.mapv(|x| x.asinh())),
        "acosh" => array!(move || a.mapv(|x| x.acosh())),
        "atanh" => array!(move || a.mapv(|x| x.atanh())),
        "tan" => array!(move || a.mapv(|x| x.tan())),
        "asin" => array!(move || a.mapv(|x| x.asin())),
        "acos" => array!(move || a.mapv(|x| x.acos())),
        "atan" => array!(move || a.mapv(|x| x.atan())),
        "tanh" | "tanh2d" => array!(move || a.mapv(|x| x.tanh())),
        "sum" | "sum2d" => value!(move || a.sum()),
        "mean" | "mean2d" => value!(move || a.sum() / T::of(a.len() as f64)),
        "prod" => value!(move || a.product()),
        "sum_axis0" => array!(move || a.sum_axis(Axis(0))),
        "sum_axis1" => array!(move || a.sum_axis(Axis(1))),
        "mean_axis0" => array!(move || a.sum_axis(Axis(0)) / T::of(a.len_of(Axis(0)) as f64)),
        "mean_axis1" => array!(move || a.sum_axis(Axis(1)) / T::of(a.len_of(Axis(1)) as f64)),
        "matmul" => {
            let (a, b) = (a.into_dimensionality::<Ix2>().ok()?, b.into_dimensionality::<Ix2>().ok()?);
            array!(move || a.dot(&b).into_dyn())
        }
        "matvec" => {
            let (a, b) = (a.into_dimensionality::<Ix2>().ok()?, b.into_dimensionality::<Ix1>().ok()?);
            let elements = |r: Array1<T>| r.iter().map(|x| x.double()).collect();
            Some(Box::new(Call(move || a.dot(&b), elements)))
        }
        _ => None,
    }
}

fn faer_work<T: Element + faer::traits::ComplexField>(parts: &[&str], case: &Value) -> Option<Box<dyn Work>> {
    if !["matmul", "matvec"].contains(&parts[0]) {
        return None;
    }
    let matrices: Vec<Mat<T>> = inputs(case, |x, _| T::of(x))?
        .into_iter()
        .map(|(shape, elements)| {
            let columns = shape.get(1).copied().unwrap_or(1);
            Mat::from_fn(shape[0], columns, |i, j| elements[i * columns + j])
        })
        .collect();
    let [a, b] = <[Mat<T>; 2]>::try_from(matrices).ok()?;
    let by_rows = |c: Mat<T>| {
        let at = |i: usize| c[(i / c.ncols(), i % c.ncols())].double();
        (0..c.nrows() * c.ncols()).map(at).collect()
    };
    Some(Box::new(Call(move || &a * &b, by_rows)))
}

fn product_work<T: Element>(parts: &[&str], case: &Value) -> Option<Box<dyn Work>> {
    let [(shape, a), (_, b)] = <[_; 2]>::try_from(inputs(case, |x, _| T::of(x))?).ok()?;
    let n = shape[0];
    let multiply = move || {
        let mut c = vec![T::of(0.0); n * n];
        T::product(n, &a, &b, &mut c);
        c
    };
    (parts[0] == "matmul").then(|| {
        Box::new(Call(multiply, |c: Vec<T>| c.into_iter().map(T::double).collect())) as Box<dyn Work>
    })
}

fn fft_work<T: Element>(parts: &[&str], case: &Value) -> Option<Box<dyn Work>> {
    let n: usize = parts[2].parse().ok()?;
    let complex = || {
        let of = |x, y| Complex::new(T::of(x), T::of(y));
        inputs(case, of).and_then(|inputs| Some(inputs.into_iter().next()?.1))
    };
    let real = |r: Vec<Complex<T>>| r.into_iter().map(|z| z.re.double()).collect::<Vec<f64>>();
    let scale = T::of(1.0 / n as f64);
    match parts[0] {
        "fft" | "ifft" => {
            let (a, back) = (complex()?, parts[0] == "ifft");
            let mut planner = FftPlanner::new();
            let plan = if back { planner.plan_fft_inverse(n) } else { planner.plan_fft_forward(n) };
            let transform = move || {
                let mut result = a.clone();
                plan.process(&mut result);
                if back {
                    result.iter_mut().for_each(|z| *z = z.scale(scale));
                }
                result
            };
            Some(Box::new(Call(transform, real)))
        }
        "rfft" => {
            let (_, a) = inputs(case, |x, _| T::of(x))?.into_iter().next()?;
            let plan = RealFftPlanner::new().plan_fft_forward(n);
            let transform = move || {
                let (mut input, mut output) = (a.clone(), plan.make_output_vec());
                plan.process(&mut input, &mut output).expect("lengths that fit");
                output
            };
            Some(Box::new(Call(transform, real)))
        }
        "irfft" => {
            let mut a = complex()?;
            // As NumPy ignores them.
            a[0].im = T::of(0.0);
            a[n / 2].im = T::of(0.0);
            let plan = RealFftPlanner::new().plan_fft_inverse(n);
            let transform = move || {
                let (mut input, mut output) = (a.clone(), plan.make_output_vec());
                plan.process(&mut input, &mut output).expect("lengths that fit");
                output.iter_mut().for_each(|x| *x = *x * scale);
                output
            };
            Some(Box::new(Call(transform, |r: Vec<T>| r.into_iter().map(T::double).collect())))
        }
        _ => None,
    }
}
