//! Every family of operations, split among threads, on every backend: the same bits.

use isonum_core::backend::{Extremum, Fold};
use isonum_core::registry::{Binary, Compare, Ternary};
use isonum_core::{Complex64, Element, Given, Number, Ordered, Storage, s};
use isonum_runtime::elementwise::{self, binary, cast, compare, copy, select, ternary};
use isonum_runtime::place::New;
use isonum_runtime::random::{self, Draw, Stream};
use isonum_runtime::{backend, reduce, scan, threads};

/// All elements in C order, as bytes.
fn bytes<T: Element>(array: &Storage<T>) -> Vec<u8> {
    let array = elementwise::contiguous(&array.view()).unwrap();
    let elements = array.as_slice().unwrap();
    // SAFETY: elements are numbers without padding.
    unsafe { std::slice::from_raw_parts(elements.as_ptr().cast(), size_of_val(elements)) }.to_vec()
}

/// The work is split, and its bytes are those of scalar on one thread.
fn check(name: &str, run: impl Fn() -> Vec<u8>) {
    let on = |backend, n| threads::with(n, || backend::with(backend::by_name(backend).unwrap(), &run));
    let expected = on("scalar", 1);
    for backend in backend::available() {
        // An emulator is slow, and what scalar does on threads is seen elsewhere.
        let emulated = cfg!(target_arch = "aarch64") && backend == "scalar";
        for &n in if emulated { &[2][..] } else { &[1, 2, 3, 7] } {
            let before = threads::tasks();
            let found = on(backend, n);
            let was_split = threads::tasks() > before;
            assert_eq!(was_split, n > 1 && cfg!(feature = "rayon"), "{name}, {backend}, {n} threads");
            assert!(found == expected, "{name}, {backend}, {n} threads: other bits");
        }
    }
}

/// Two dimensions, and enough of them that the cheapest work on so many bytes is split.
fn shape<T>() -> [usize; 2] {
    [1501, 3_000_000 / size_of::<T>() / 1501]
}

fn numbers<T: Number>(shape: &[usize], seed: usize) -> Storage<T> {
    let number = |i: usize| ((i * 7 + i / 13 + seed) % 101) as i8 - 50;
    Storage::from_fn(shape, |i| num_traits::NumCast::from(number(i).unsigned_abs()).unwrap()).unwrap()
}

fn operations<T: Number>() {
    let [n, m] = shape::<T>();
    let (a, across) = (numbers::<T>(&[n, m], 0), numbers::<T>(&[m, n], 3).transpose());
    let row = numbers::<T>(&[m], 5);
    let name = |what: &str| format!("{what} of {}", T::DTYPE);
    let shared = Given::Shared;
    check(&name("add"), || bytes(&binary(Binary::Add, shared(&a), shared(&a)).unwrap()));
    check(&name("transposed"), || bytes(&binary(Binary::Add, shared(&a), shared(&across)).unwrap()));
    check(&name("row"), || bytes(&binary(Binary::Multiply, shared(&a), shared(&row)).unwrap()));
    check(&name("equal"), || bytes(&compare(Compare::Equal, shared(&a), shared(&across)).unwrap()));
    let truth = compare(Compare::Equal, shared(&a), shared(&across)).unwrap();
    check(&name("where"), || bytes(&select(Given::Shared(&truth), shared(&a), shared(&across)).unwrap()));
    check(&name("copy"), || {
        let mut out = Storage::full(&[n, m], T::ZERO).unwrap();
        elementwise::copy_to(&across.view(), out.view_mut().unwrap()).unwrap();
        bytes(&out)
    });
    check(&name("cast"), || bytes(&cast::<T, f64>(shared(&across)).unwrap()));
    for axes in [&[0][..], &[1], &[0, 1]] {
        for (op, what) in [(Fold::Sum, "sum"), (Fold::Prod, "prod")] {
            check(&name(&format!("{what} {axes:?}")), || {
                bytes(&reduce::fold(op, &a.view(), axes, false, New).unwrap())
            });
        }
        check(&name(&format!("mean {axes:?}")), || {
            bytes(&reduce::mean(&a.view(), axes, false, New).unwrap())
        });
        check(&name(&format!("count {axes:?}")), || {
            bytes(&reduce::count_nonzero(&a.view(), axes, false, New).unwrap())
        });
    }
    check(&name("cumsum"), || bytes(&scan::scan(Fold::Sum, &a.view(), 1, New).unwrap()));
    // Steps, so that the copy has something to do.
    let steps = a.slice(&[s![..;2][0], s![..;-1][0]]).unwrap();
    let twice = numbers::<T>(&[2 * n, m], 1).slice(&s![..;2]).unwrap();
    assert_eq!(steps.shape()[1], m);
    check(&name("steps"), || bytes(&copy(&twice.view()).unwrap()));
}

fn ordered<T: Number + Ordered>() {
    let [n, m] = shape::<T>();
    let a = numbers::<T>(&[n, m], 0);
    let low = numbers::<T>(&[m], 5);
    let name = |what: &str| format!("{what} of {}", T::DTYPE);
    check(&name("clip"), || {
        let high = Given::Shared(&low);
        bytes(&ternary(Ternary::Clip, Given::Shared(&a), Given::Shared(&low), high).unwrap())
    });
    for op in [Extremum::Max, Extremum::Min] {
        for axis in [0, 1] {
            check(&name(&format!("{op:?} {axis}")), || {
                bytes(&reduce::extremum(op, &a.view(), &[axis], false, New).unwrap())
            });
            check(&name(&format!("arg {op:?} {axis}")), || {
                bytes(&reduce::arg_extremum(op, &a.view(), axis, false, New).unwrap())
            });
        }
    }
}

#[test]
fn floats() {
    operations::<f64>();
    ordered::<f64>();
    operations::<f32>();
    ordered::<f32>();
}

#[test]
fn integers() {
    operations::<i64>();
    ordered::<i64>();
    operations::<i16>();
    ordered::<i16>();
    operations::<u8>();
    ordered::<u8>();
}

#[test]
fn complex_numbers() {
    let [n, m] = shape::<Complex64>();
    let part = |i: usize| (i % 97) as f64 / 8.0 - 6.0;
    let a = Storage::from_fn(&[n, m], |i| Complex64::new(part(i), part(3 * i + 1))).unwrap();
    check("complex product", || {
        bytes(&binary(Binary::Multiply, Given::Shared(&a), Given::Shared(&a)).unwrap())
    });
    for axes in [&[0][..], &[1], &[0, 1]] {
        check(&format!("complex sum {axes:?}"), || {
            bytes(&reduce::fold(Fold::Sum, &a.view(), axes, false, New).unwrap())
        });
    }
}

#[test]
fn random_numbers() {
    fn draws<D: Draw + Copy>(name: &str, draw: D) {
        check(name, || bytes(&random::fill(draw, Stream::new(7), &[123_457]).unwrap()));
    }
    draws("words", random::Words);
    draws("uniform f64", random::Uniform64);
    draws("uniform f32", random::Uniform32);
    draws("normal f64", random::Normal64);
    draws("normal f32", random::Normal32);
}
