//! The transforms against the definition, against NumPy, and against themselves.

use isonum_core::{Complex32, Complex64, Element, Float, Storage, View};
use isonum_fft::{FftFloat, Norm, Options, fft, ifft, irfft, rfft};
use num_complex::Complex;

/// Numbers without a pattern, in −1…1.
fn noise(i: usize) -> f64 {
    let x = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((x ^ (x >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}

fn real<T: Float>(shape: &[usize]) -> Storage<T> {
    Storage::from_fn(shape, |i| T::from_f64(noise(i))).unwrap()
}

fn complex<T: FftFloat>(shape: &[usize]) -> Storage<Complex<T>> {
    let part = |i| T::from_f64(noise(i));
    Storage::from_fn(shape, |i| Complex { re: part(2 * i), im: part(2 * i + 1) }).unwrap()
}

fn along(axis: isize) -> Options {
    Options { axis, ..Options::default() }
}

fn of(n: usize) -> Options {
    Options { n: Some(n), ..Options::default() }
}

/// The sums of the definition; `sign` −1 is forward.
fn definition(x: &[Complex64], sign: f64) -> Vec<Complex64> {
    let n = x.len();
    let root = |i: usize| Complex64::cis(sign * std::f64::consts::TAU * (i % n) as f64 / n as f64);
    (0..n).map(|k| x.iter().enumerate().map(|(j, x)| x * root(j * k)).sum()).collect()
}

/// The root of the mean squared difference, relative to the root mean square of `b`.
#[track_caller]
fn close(a: &[Complex64], b: &[Complex64], tolerance: f64, what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    let norm = b.iter().map(|b| b.norm_sqr()).sum::<f64>().sqrt().max(1e-300);
    let error = a.iter().zip(b).map(|(a, b)| (a - b).norm_sqr()).sum::<f64>().sqrt() / norm;
    assert!(error <= tolerance, "{what}: relative error {error:e}");
}

fn wide<T: FftFloat>(x: &Storage<Complex<T>>) -> Vec<Complex64> {
    x.iter().map(|x| Complex64::new(x.re.to_f64(), x.im.to_f64())).collect()
}

fn lengths() -> impl Iterator<Item = usize> {
    (1..70).chain([97, 100, 127, 128, 243, 257, 360, 509, 512, 1000, 1009, 1024])
}

fn by_definition<T: FftFloat>(tolerance: f64) {
    for n in lengths() {
        let x = complex::<T>(&[n]);
        let expected = definition(&wide(&x), -1.0);
        close(&wide(&fft(&x.view(), along(0)).unwrap()), &expected, tolerance, &format!("fft of {n}"));
        let inverse: Vec<_> = definition(&wide(&x), 1.0).iter().map(|x| x / n as f64).collect();
        close(&wide(&ifft(&x.view(), along(0)).unwrap()), &inverse, tolerance, &format!("ifft of {n}"));

        let x = real::<T>(&[n]);
        let as_complex: Vec<_> = x.iter().map(|&x| Complex64::from(x.to_f64())).collect();
        let spectrum = rfft(&x.view(), along(0)).unwrap();
        let expected = &definition(&as_complex, -1.0)[..n / 2 + 1];
        close(&wide(&spectrum), expected, tolerance, &format!("rfft of {n}"));
        let back = irfft(&spectrum.view(), of(n)).unwrap();
        let back: Vec<_> = back.iter().map(|&x| Complex64::from(x.to_f64())).collect();
        close(&back, &as_complex, tolerance, &format!("irfft of {n}"));
    }
}

#[test]
fn by_definition_f64() {
    by_definition::<f64>(2e-15);
}

#[test]
fn by_definition_f32() {
    by_definition::<f32>(1e-6);
}

/// The root mean squares that the facade's documentation states, of `fft` of `f32` beside `f64`.
#[test]
fn errors_of_f32_grow_like_the_root_of_log_n() {
    for (n, factor) in [(16, 0.6), (1024, 0.6), (100_000, 0.6), (1 << 18, 0.6), (59_049, 1.0), (65_537, 1.8)]
    {
        let x = complex::<f32>(&[n]);
        let exact = Storage::from_vec(wide(&x), &[n]).unwrap();
        let exact = fft(&exact.view(), along(0)).unwrap();
        let tolerance = factor * f64::from(f32::EPSILON) * (n as f64).log2().sqrt();
        close(&wide(&fft(&x.view(), along(0)).unwrap()), &wide(&exact), tolerance, &format!("fft of {n}"));
    }
}

#[test]
fn round_trips_and_parseval() {
    for norm in [Norm::Backward, Norm::Ortho, Norm::Forward] {
        for n in [1, 2, 9, 17, 64, 1000, 4096, 10007] {
            let options = Options { norm, n: Some(n), ..Options::default() };
            let x = complex::<f64>(&[n]);
            let spectrum = fft(&x.view(), options).unwrap();
            let back = ifft(&spectrum.view(), options).unwrap();
            close(&wide(&back), &wide(&x), 1e-15 * (n as f64).log2().max(1.0), &format!("{norm:?} {n}"));
            let energy = |x: &Storage<Complex64>| x.iter().map(|x| x.norm_sqr()).sum::<f64>();
            let factor = match norm {
                Norm::Backward => 1.0 / n as f64,
                Norm::Ortho => 1.0,
                Norm::Forward => n as f64,
            };
            let (a, b) = (energy(&x), energy(&spectrum) * factor);
            assert!((a - b).abs() <= 1e-14 * a, "{norm:?} {n}: {a} and {b}");
            let x = real::<f64>(&[n]);
            let back = irfft(&rfft(&x.view(), options).unwrap().view(), options).unwrap();
            assert!(back.iter().zip(x.iter()).all(|(a, b)| (a - b).abs() < 1e-14), "{norm:?} {n}");
        }
    }
}

#[test]
fn numpy() {
    let mut lines = include_str!("golden/fft.txt").lines().skip(1);
    let mut count = 0;
    while let Some(header) = lines.next() {
        let field: Vec<&str> = header.split(' ').collect();
        let shape: Vec<usize> = field[2].split(',').map(|n| n.parse().unwrap()).collect();
        let options = Options {
            n: field[3].parse().ok(),
            axis: field[4].parse().unwrap(),
            norm: match field[5] {
                "backward" => Norm::Backward,
                "ortho" => Norm::Ortho,
                _ => Norm::Forward,
            },
        };
        let mut numbers =
            || lines.next().unwrap().split(' ').map(|x| x.parse().unwrap()).collect::<Vec<f64>>();
        let (input, output) = (numbers(), numbers());
        let (found, tolerance) = match field[1] {
            "float32" => (numpy_case::<f32>(field[0], &shape, &input, options), 2e-7),
            _ => (numpy_case::<f64>(field[0], &shape, &input, options), 4e-16),
        };
        let pairs = |x: &[f64]| x.iter().map(|&x| Complex64::from(x)).collect::<Vec<_>>();
        close(&pairs(&found), &pairs(&output), tolerance, header);
        count += 1;
    }
    assert_eq!(count, 70);
}

fn numpy_case<T: FftFloat>(function: &str, shape: &[usize], input: &[f64], options: Options) -> Vec<f64> {
    let reals: Vec<T> = input.iter().map(|&x| T::from_f64(x)).collect();
    let parts = |x: Storage<Complex<T>>| wide(&x).iter().flat_map(|x| [x.re, x.im]).collect::<Vec<f64>>();
    if function == "rfft" {
        return parts(rfft(&View::from_shape(&reals, shape).unwrap(), options).unwrap());
    }
    let pairs: Vec<_> = reals.chunks(2).map(|x| Complex { re: x[0], im: x[1] }).collect();
    let view = View::from_shape(&pairs, shape).unwrap();
    match function {
        "fft" => parts(fft(&view, options).unwrap()),
        "ifft" => parts(ifft(&view, options).unwrap()),
        _ => irfft(&view, options).unwrap().iter().map(|&x| x.to_f64()).collect(),
    }
}

/// Every lane of the result is, to the bit, the transform of that lane alone.
fn lane_by_lane<A: Copy, B: Element>(
    a: &View<'_, A>,
    options: Options,
    transform: impl Fn(&View<'_, A>, Options) -> Storage<B>,
) {
    let all = transform(a, options);
    assert!(all.layout().is_contiguous());
    let alone = Options { axis: 0, ..options };
    for (input, output) in a.lanes(options.axis).unwrap().zip(all.view().lanes(options.axis).unwrap()) {
        let input = input.to_contiguous().unwrap();
        assert!(transform(&input.view(), alone).iter().eq(output.iter()), "{:?} {options:?}", a.layout());
    }
}

#[test]
fn every_axis_and_stride() {
    let arrangements = |ndim: usize, stepped: &dyn Fn(usize)| (0..ndim).for_each(stepped);
    for shape in [&[5, 70][..], &[70, 5], &[3, 9, 20], &[2, 33, 1, 6], &[100, 8]] {
        let x = complex::<f64>(shape);
        let views = [x.view(), x.view().transpose(), x.view().flip(()).unwrap(), x.view().flip(0).unwrap()];
        for view in views {
            arrangements(shape.len(), &|axis| {
                for n in [None, Some(4), Some(80)] {
                    let options =
                        Options { n, axis: axis as isize - shape.len() as isize, norm: Norm::Ortho };
                    lane_by_lane(&view, options, |x, o| fft(x, o).unwrap());
                    lane_by_lane(&view, options, |x, o| ifft(x, o).unwrap());
                    if view.shape()[axis] > 1 {
                        lane_by_lane(&view, options, |x, o| irfft(x, o).unwrap());
                    }
                }
            });
        }
        let x = real::<f32>(shape);
        for view in [x.view(), x.view().transpose(), x.view().flip(()).unwrap()] {
            arrangements(shape.len(), &|axis| {
                for n in [None, Some(3), Some(81)] {
                    let options = Options { n, axis: axis as isize, norm: Norm::Backward };
                    lane_by_lane(&view, options, |x, o| rfft(x, o).unwrap());
                }
            });
        }
    }
}

#[test]
fn repeated_and_overlapping_input() {
    let x = complex::<f64>(&[40]);
    let windows = x.view().windows(&[16], ()).unwrap();
    lane_by_lane(&windows, along(-1), |x, o| fft(x, o).unwrap());
    lane_by_lane(&windows, along(0), |x, o| fft(x, o).unwrap());
    let repeated = x.view().broadcast_to(&[3, 40]).unwrap();
    lane_by_lane(&repeated, along(-1), |x, o| fft(x, o).unwrap());
    lane_by_lane(&repeated, along(0), |x, o| ifft(x, o).unwrap());
}

#[test]
fn long_lanes() {
    // So long that fewer than eight are packed side by side.
    let x = complex::<f64>(&[1 << 16, 3]);
    lane_by_lane(&x.view(), along(0), |x, o| fft(x, o).unwrap());
}

#[test]
fn irfft_ignores_what_no_real_signal_has() {
    for n in [7, 8] {
        let mut spectrum = complex::<f64>(&[n / 2 + 1]);
        let expected = irfft(&spectrum.view(), of(n)).unwrap();
        let mut set = |k: isize, im: f64| spectrum.view_mut().unwrap().at_mut(&[k]).unwrap().im = im;
        set(0, f64::NAN);
        if n % 2 == 0 {
            set(-1, 1e300);
        }
        assert!(irfft(&spectrum.view(), of(n)).unwrap().iter().eq(expected.iter()));
    }
}

#[test]
fn nan_stays_in_its_lane() {
    for n in [5, 8, 30] {
        let mut x = real::<f64>(&[3, n]);
        *x.view_mut().unwrap().at_mut(&[1, 2]).unwrap() = f64::NAN;
        let spectrum = rfft(&x.view(), along(1)).unwrap();
        for (i, lane) in spectrum.view().axis_iter(0).unwrap().enumerate() {
            assert!(lane.iter().all(|x| x.re.is_nan() == (i == 1)), "{n}");
        }
    }
}

#[test]
fn nothing_in_gives_nothing_or_zeros() {
    let none = complex::<f32>(&[0, 8]);
    assert_eq!(fft(&none.view(), along(1)).unwrap().shape(), [0, 8]);
    assert_eq!(irfft(&none.view(), along(1)).unwrap().shape(), [0, 14]);
    let zeros = fft(&none.view(), Options { n: Some(3), axis: 0, norm: Norm::Backward }).unwrap();
    assert_eq!(zeros.shape(), [3, 8]);
    assert!(zeros.iter().all(|&x| x == Complex32::new(0.0, 0.0)));
}

#[test]
fn errors() {
    let x = real::<f64>(&[3, 1]);
    let spectrum = complex::<f64>(&[3, 1]);
    let message = |r: Result<Storage<f64>, isonum_core::Error>| r.unwrap_err().to_string();
    assert_eq!(message(irfft(&spectrum.view(), of(0))), "n: must be at least 1, found 0");
    assert_eq!(
        message(irfft(&spectrum.view(), along(-1))),
        "n: must be at least 1, found 0 from axis 1 of length 1"
    );
    assert_eq!(
        message(irfft(&spectrum.view(), along(2))),
        "axis 2 is out of range for an array of 2 dimensions"
    );
    assert!(rfft(&x.view(), along(-3)).is_err());
    assert!(rfft(&x.view(), of(usize::MAX)).is_err());
    assert!(fft(&View::from_scalar(&Complex64::ONE), Options::default()).is_err());
    assert!(fft(&complex::<f64>(&[0]).view(), Options::default()).is_err());
}

#[test]
fn many_lengths_on_many_threads() {
    let expected: Vec<_> = (1..200).map(|n| fft(&complex::<f64>(&[n]).view(), along(0)).unwrap()).collect();
    std::thread::scope(|scope| {
        for start in [1, 50, 100, 150] {
            let expected = &expected;
            scope.spawn(move || {
                for n in (start..200).chain(1..start) {
                    let found = fft(&complex::<f64>(&[n]).view(), along(0)).unwrap();
                    assert!(found.iter().eq(expected[n - 1].iter()), "{n}");
                }
            });
        }
    });
}
