//! Reductions and scans have the same bits on every backend, any number of threads, and whatever the gaps and
//! signs of strides.

use isonum_core::backend::{Extremum, Fold};
use isonum_core::{Float, Real, SliceItem, Storage, View, s};
use isonum_runtime::place::New;
use isonum_runtime::{backend, reduce, scan, threads};

/// Numbers whose sums round: of many magnitudes and both signs.
fn rough<T: Float>(shape: &[usize]) -> Storage<T> {
    let mut state = 1u64;
    Storage::from_fn(shape, |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let unit = (state >> 11) as f64 / (1u64 << 53) as f64;
        T::from_f64((unit - 0.3) * (((state >> 5) % 9) as f64 - 4.0).exp2())
    })
    .unwrap()
}

/// Bits, in C order.
fn bits<T: Float>(x: Storage<T>) -> Vec<u64> {
    x.iter().map(|x| Real::to_f64(*x).to_bits()).collect()
}

/// The bits of every reduction and scan of `x`.
fn everything<T: Float>(x: &View<'_, T>) -> Vec<(String, Vec<u64>)> {
    let mut all = vec![];
    let one = |x: T| vec![Real::to_f64(x).to_bits()];
    all.push(("sum".into(), one(reduce::fold_all(Fold::Sum, x).unwrap())));
    all.push(("prod".into(), one(reduce::fold_all(Fold::Prod, x).unwrap())));
    all.push(("mean".into(), one(reduce::mean_all(x).unwrap())));
    all.push(("var".into(), one(reduce::var_all(x, 1.0).unwrap())));
    all.push(("std".into(), one(reduce::std_all(x, 0.0).unwrap())));
    all.push(("max".into(), one(reduce::extremum_all(Extremum::Max, x).unwrap())));
    all.push(("sum_squares".into(), one(reduce::sum_squares_all(x).unwrap())));
    all.push(("argmin".into(), vec![reduce::arg_extremum_all(Extremum::Min, x).unwrap() as u64]));
    all.push(("scan_all".into(), bits(scan::scan_all(Fold::Sum, x, New).unwrap())));
    if x.ndim() == 1 {
        let y = x.flip(()).unwrap();
        all.push(("dot".into(), one(reduce::dot(x, &y).unwrap())));
    }
    for set in 1..1usize << x.ndim() {
        let axes: Vec<usize> = (0..x.ndim()).filter(|axis| set >> axis & 1 == 1).collect();
        let mut add = |name: &str, x: Storage<T>| all.push((format!("{name} {axes:?}"), bits(x)));
        add("sum", reduce::fold(Fold::Sum, x, &axes, false, New).unwrap());
        add("mean", reduce::mean(x, &axes, false, New).unwrap());
        add("var", reduce::var(x, &axes, false, 0.0, New).unwrap());
        add("min", reduce::extremum(Extremum::Min, x, &axes, false, New).unwrap());
        add("sum_squares", reduce::sum_squares(x, &axes, true, New).unwrap());
        if let [axis] = axes[..] {
            add("cumsum", scan::scan(Fold::Sum, x, axis, New).unwrap());
            let places = reduce::arg_extremum(Extremum::Max, x, axis, false, New).unwrap();
            all.push((format!("argmax {axes:?}"), places.iter().map(|&i| i as u64).collect()));
            let count = reduce::count_nonzero(x, &axes, false, New).unwrap();
            all.push((format!("count {axes:?}"), count.iter().map(|&i| i as u64).collect()));
        }
    }
    all
}

#[track_caller]
fn compare(what: &str, a: &[(String, Vec<u64>)], b: &[(String, Vec<u64>)]) {
    for ((name, a), (_, b)) in a.iter().zip(b) {
        assert_eq!(a.len(), b.len(), "{what}: {name}");
        if let Some(i) = (0..a.len()).find(|&i| a[i] != b[i]) {
            let (a, b) = (f64::from_bits(a[i]), f64::from_bits(b[i]));
            panic!("{what}: {name}: result {i} is {a:e} and {b:e}");
        }
    }
}

/// Views with gaps, reversed and permuted axes, of about `shape`.
fn views<T: Float>(shape: &[usize]) -> Vec<Storage<T>> {
    let mut views = vec![rough(shape)];
    let axes: Vec<isize> = (0..shape.len() as isize).rev().collect();
    views.push(rough::<T>(shape).permute(&axes).unwrap());
    for axis in 0..shape.len() {
        let items = |item: SliceItem| -> Vec<SliceItem> {
            (0..shape.len()).map(|a| if a == axis { item } else { s![..][0] }).collect()
        };
        for item in [s![..;-1][0], s![..;2][0], s![1..;-3][0], s![1..-1][0]] {
            let view = rough::<T>(shape).slice(&items(item)).unwrap();
            if !view.is_empty() {
                views.push(view);
            }
        }
    }
    views
}

const SHAPES: &[&[usize]] = &[
    &[1],
    &[45],
    &[5_000],
    &[150_000],
    &[6, 33],
    &[33, 6],
    &[1500, 37],
    &[4, 70_000],
    &[70_000, 3],
    &[3, 9, 2500],
    &[40, 50, 60],
    &[7, 3000, 5],
];

fn gaps<T: Float>() {
    for shape in SHAPES {
        for view in views::<T>(shape) {
            let view = view.view();
            let copy = view.to_storage().unwrap();
            compare(&format!("{:?}", view.layout()), &everything(&view), &everything(&copy.view()));
        }
    }
}

#[test]
fn gaps_and_signs_of_strides_do_not_matter() {
    gaps::<f64>();
    gaps::<f32>();
}

fn each_backend<T: Float>() {
    for shape in SHAPES {
        for view in views::<T>(shape).iter().take(4) {
            let view = view.view();
            let scalar = backend::with(backend::by_name("scalar").unwrap(), || everything(&view));
            for name in backend::available() {
                let found = backend::with(backend::by_name(name).unwrap(), || everything(&view));
                compare(&format!("{name} {:?}", view.layout()), &scalar, &found);
            }
        }
    }
}

#[test]
fn backends_do_not_matter() {
    each_backend::<f64>();
    each_backend::<f32>();
}

fn each_number_of_threads<T: Float>() {
    let large: &[&[usize]] =
        &[&[2_000_000], &[3, 700_000], &[700_000, 3], &[1000, 1000], &[100, 101, 102], &[5, 40_000, 6]];
    for shape in large {
        let mut layouts = vec![rough::<T>(shape)];
        layouts.push(layouts[0].slice(&[s![..;2][0]]).unwrap());
        layouts.push(layouts[0].transpose());
        for view in layouts {
            let view = view.view();
            let one = threads::with(1, || everything(&view));
            // An emulator is some twenty times slower: there, one number that divides nothing evenly.
            let counts: &[usize] = if cfg!(target_arch = "aarch64") { &[7] } else { &[2, 3, 7] };
            for &n in counts {
                let before = threads::tasks();
                let found = threads::with(n, || everything(&view));
                assert_eq!(threads::tasks() > before, cfg!(feature = "rayon"));
                compare(&format!("{n} threads, {:?}", view.layout()), &one, &found);
            }
        }
    }
}

#[test]
fn threads_do_not_matter() {
    each_number_of_threads::<f64>();
    each_number_of_threads::<f32>();
}

/// Every kind of reduction of a large array is split, whichever axis it is along.
#[test]
fn large_reductions_are_split() {
    if !cfg!(feature = "rayon") {
        return;
    }
    for shape in [[4_000_000, 1], [1, 4_000_000], [2, 2_000_000], [2_000_000, 2], [2000, 2000]] {
        let x = Storage::full(&shape, 1.0f64).unwrap();
        let x = x.view();
        for axis in [0, 1] {
            let split = |name: &str, f: &dyn Fn()| {
                let before = threads::tasks();
                threads::with(3, f);
                assert!(threads::tasks() > before, "{name} of {shape:?} along {axis}");
            };
            split("sum", &|| drop(reduce::fold(Fold::Sum, &x, &[axis], false, New)));
            split("var", &|| drop(reduce::var(&x, &[axis], false, 0.0, New)));
            split("max", &|| drop(reduce::extremum(Extremum::Max, &x, &[axis], false, New)));
            split("argmax", &|| drop(reduce::arg_extremum(Extremum::Max, &x, axis, false, New)));
            split("count", &|| drop(reduce::count_nonzero(&x, &[axis], false, New)));
        }
    }
}
