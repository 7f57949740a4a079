//! The choice of the backend: what is there, what is used, and that `ISONUM_BACKEND` is obeyed.

use isonum::prelude::*;
use isonum::{ErrorKind, backend};
use std::process::Command;

/// Set in the processes that the tests here start.
const CHILD: &str = "ISONUM_TEST_CHILD";

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
fn a_child_says_what_it_runs_on() {
    if std::env::var_os(CHILD).is_some() {
        match isonum::try_exp([1.0]) {
            Ok(_) => println!("runs on {}", backend::current()),
            Err(error) => println!("refuses: {error}"),
        }
        // The choice is made, so it is too late for another.
        let installed = backend::install(backend::by_name("scalar").unwrap());
        assert!(installed.is_err() || std::env::var("ISONUM_BACKEND").as_deref() == Ok("none"));
    }
}

fn child(name: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_child_says_what_it_runs_on", "--nocapture"])
        .env(CHILD, "1")
        .env("ISONUM_BACKEND", name)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_backend_can_be_chosen_by_name() {
    if std::env::var_os(CHILD).is_some() {
        return;
    }
    for name in backend::available() {
        assert!(child(name).contains(&format!("runs on {name}")));
    }
}

#[test]
fn an_unknown_name_is_an_error_that_names_the_others() {
    if std::env::var_os(CHILD).is_some() {
        return;
    }
    let message =
        format!("backend \"none\" is not available: choose from {}", backend::available().join(", "));
    assert!(child("none").contains(&format!("refuses: {message}")));
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
