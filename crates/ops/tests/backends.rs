//! The choice of the backend: what is there, what is used, and that `ISONUM_BACKEND` is obeyed.

#[path = "../examples/own_backend.rs"]
#[allow(dead_code, reason = "`main` of the example")]
mod own_backend;
mod process;

use isonum::prelude::*;
use isonum::{ErrorKind, backend};
use isonum_runtime::threads::tasks;
use std::ffi::OsStr;

/// The line that `cargo xtask test --only backends` wants as proof.
#[test]
fn the_environment_is_obeyed() {
    let (current, available) = (backend::current(), backend::available());
    println!("isonum::backend current={current} available={}", available.join(","));
    match std::env::var("ISONUM_BACKEND") {
        Ok(name) if !name.is_empty() => assert_eq!(current, name),
        _ => assert_eq!(current, available[0]),
    }
    assert_eq!(available.last(), Some(&"scalar"));
}

/// In a process of its own: what `ISONUM_BACKEND` asked for, or the error.
#[test]
#[ignore = "for processes that the other tests start"]
fn a_child_says_what_it_runs_on() {
    match isonum::try_exp([1.0]) {
        Ok(_) => println!("runs on {}", backend::current()),
        Err(error) => println!("refuses: {error}"),
    }
    // The choice is made, so it is too late for another.
    let installed = backend::install(backend::by_name("scalar").unwrap());
    assert!(installed.is_err() || std::env::var("ISONUM_BACKEND").as_deref() == Ok("none"));
}

fn child(name: &str) -> String {
    process::run("a_child_says_what_it_runs_on", &[("ISONUM_BACKEND", OsStr::new(name))])
}

#[test]
fn every_backend_can_be_chosen_by_name() {
    for name in backend::available() {
        assert!(child(name).contains(&format!("runs on {name}")));
    }
}

#[test]
fn an_unknown_name_is_an_error_that_names_the_others() {
    let message =
        format!("backend \"none\" is not available: choose from {}", backend::available().join(", "));
    assert!(child("none").contains(&format!("refuses: ISONUM_BACKEND: {message}")));
    let error = backend::by_name("none").err().unwrap();
    assert_eq!(error.to_string(), message);
    assert!(matches!(error.kind(), ErrorKind::BackendUnavailable { .. }));
}

#[test]
fn a_scope_replaces_the_backend_and_puts_it_back() {
    let before = backend::current();
    let scalar = backend::by_name("scalar").unwrap();
    assert_eq!(backend::with(scalar, backend::current), "scalar");
    let panicked = std::panic::catch_unwind(|| {
        let scalar = backend::by_name("scalar").unwrap();
        backend::with(scalar, || panic!("in the scope"))
    });
    assert!(panicked.is_err());
    assert_eq!(backend::current(), before);
}

#[test]
fn all_backends_give_the_same_bits() {
    let x = Array::<f32>::linspace(-20.0, 20.0, 10_001);
    let bits = |name: &str| {
        let backend = backend::by_name(name).unwrap();
        backend::with(backend, || {
            let y = (isonum::exp(&x) + isonum::sin(&x)) / isonum::tanh(&x);
            (y.map(f32::to_bits), x.sum().to_bits(), x.var().to_bits())
        })
    };
    let scalar = bits("scalar");
    for name in backend::available() {
        assert!(bits(name) == scalar, "{name}");
    }
}

#[test]
fn a_backend_of_ones_own_is_called_and_changes_no_bits() {
    let x = isonum::linspace(-6.0, 6.0, 1_001);
    let bits = |(y, integral): (Array<f64>, f64)| (y.map(f64::to_bits), integral.to_bits());
    let expected = bits(own_backend::gaussian(&x));
    let counting = own_backend::Counting::new().unwrap();
    assert!(backend::with(&counting, || bits(own_backend::gaussian(&x))) == expected);
    let calls = counting.take();
    assert_eq!(
        calls.into_iter().collect::<Vec<_>>(),
        [("exp", 1), ("multiply", 1), ("negative", 1), ("sum", 1)]
    );
    // Other types, and what is outside of the scope, are the base's.
    backend::with(&counting, || array![1.0f32, 2.0] * 2.0);
    own_backend::gaussian(&x);
    assert!(counting.take().is_empty());
}

#[test]
fn a_backend_of_ones_own_is_called_on_every_thread() {
    let n = 1 << 20;
    let x = Array::<f64>::linspace(0.0, 1.0, n);
    let counting = own_backend::Counting::new().unwrap();
    let run = |threads| {
        let sum = || isonum::threads::with(threads, || (-&x).exp().sum().to_bits());
        (backend::with(&counting, sum), counting.take())
    };
    let (one, calls) = run(1);
    let before = tasks();
    let (three, more_calls) = run(3);
    assert_eq!(tasks() > before, cfg!(feature = "rayon"), "is split");
    assert_eq!(one, three);
    assert_eq!(calls["sum"], more_calls["sum"], "a chunk is one call");
    assert_eq!(calls["exp"] < more_calls["exp"], cfg!(feature = "rayon"), "a task is a call");
}
