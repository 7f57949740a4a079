//! How many threads operations use: that `ISONUM_NUM_THREADS` is obeyed, and ignored where it is no number of threads.

mod process;

use isonum::{Array, threads};
use isonum_runtime::threads::tasks;
use std::ffi::OsStr;

/// The size of the default pool in the processes here, which no value below asks for.
const POOL: usize = 5;

/// In a process of its own: how many threads there are, whether work is split, and what it gives.
#[test]
#[ignore = "for processes that the other tests start"]
fn a_child_says_how_many_threads_it_uses() {
    let count = threads::count();
    println!("uses {count} threads; {} in a scope", threads::with(2, threads::count));
    // Not a pool of very many threads for nothing.
    if count <= 2 * POOL {
        let before = tasks();
        let sum = Array::<f64>::linspace(0.0, 1.0, 1 << 20).sum();
        println!("split: {}, bits {:x}", tasks() > before, sum.to_bits());
    }
}

fn child(value: Option<&OsStr>) -> String {
    let pool = POOL.to_string();
    let mut variables = vec![("RAYON_NUM_THREADS", OsStr::new(&pool))];
    variables.extend(value.map(|value| ("ISONUM_NUM_THREADS", value)));
    process::run("a_child_says_how_many_threads_it_uses", &variables)
}

/// With a feature less there is one thread.
fn with_threads(n: usize) -> usize {
    if cfg!(feature = "rayon") { n } else { 1 }
}

#[track_caller]
fn check(value: impl AsRef<OsStr>, expected: usize) {
    let (value, expected) = (value.as_ref(), with_threads(expected));
    let output = child(Some(value));
    let line = format!("uses {expected} threads; {} in a scope", with_threads(2));
    assert!(output.contains(&line), "{value:?}: not {expected} threads:\n{output}");
    if expected <= 2 * POOL {
        let sum = Array::<f64>::linspace(0.0, 1.0, 1 << 20).sum();
        let line = format!("split: {}, bits {:x}", expected > 1, sum.to_bits());
        assert!(output.contains(&line), "{value:?}: not {line:?}:\n{output}");
    }
}

#[test]
fn the_environment_says_how_many_threads_there_are() {
    check("1", 1);
    check("3", 3);
    check(" 7 ", 7);
}

#[test]
fn very_many_threads_are_1024() {
    check("1024", 1024);
    check("1025", 1024);
    check(usize::MAX.to_string(), 1024);
}

#[test]
fn what_is_no_number_of_threads_is_ignored() {
    for value in ["", "0", "-1", "2.5", "many", "3 threads", "0x3", "18446744073709551616"] {
        check(value, POOL);
    }
    #[cfg(unix)]
    check(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"3\xff"), POOL);
}

#[test]
fn without_the_variable_threads_are_those_of_the_pool() {
    if std::env::var_os("ISONUM_NUM_THREADS").is_none() {
        assert!(child(None).contains(&format!("uses {} threads", with_threads(POOL))));
    }
}
