//! What operations allocate: one block for a result, which comes from the pool of the thread or of the process; nothing
//! for views, for work in place, for operands given away, and for whole reductions.

#[path = "../../core/tests/counting/mod.rs"]
mod counting;

use counting::allocations;
use isonum::prelude::*;
use isonum::{backend, memory, threads};
use std::sync::{Mutex, PoisonError};

/// The most bytes that the pool of a thread keeps in one block.
const POOLED: usize = 64 << 10;

/// Sizes on both sides of that limit, and on both sides of those that threads would share.
const SIZES: [usize; 5] = [8, 1_000, POOLED / 8, POOLED / 8 + 1, 400_000];

/// Runs `f` for matrices of each size, on one thread: a pool of threads allocates its tasks.
fn for_sizes(f: impl Fn(usize, Array<f64>, Array<f64>)) {
    // One test at a time: all share the pool of large blocks.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    // Finding the backends of the machine, once in a process, allocates.
    backend::current();
    for n in SIZES {
        let matrix =
            |low, high| Array::<f64>::linspace(low, high, n).reshape([if n % 4 == 0 { 4 } else { 1 }, -1]);
        threads::with(1, || f(n, matrix(-1.0, 1.0), matrix(0.5, 2.0)));
    }
}

/// A fresh result is one block, of a pool that has one.
#[track_caller]
fn one_block<R>(n: usize, what: &str, f: impl Fn() -> R) {
    // The block that this leaves is the one in the pool. Caches of the thread are made here, too.
    drop(f());
    let before = memory::stats();
    let count = allocations(&f);
    let after = memory::stats();
    let (hits, fresh) = (after.pool_hits - before.pool_hits, after.allocations - before.allocations);
    match cfg!(isonum_no_pool) {
        false => assert_eq!((count, hits, fresh), (0, 1, 0), "{what} of {n}"),
        true => assert_eq!((hits, fresh), (0, 1), "{what} of {n}"),
    }
}

/// No block at all, neither of the allocator nor of the pool.
#[track_caller]
fn nothing<R>(n: usize, what: &str, f: impl FnOnce() -> R) {
    let before = memory::stats();
    assert_eq!(allocations(f), 0, "{what} of {n}");
    let after = memory::stats();
    assert_eq!((after.pool_hits, after.allocations), (before.pool_hits, before.allocations), "{what} of {n}");
}

#[test]
fn a_result_is_one_block() {
    for_sizes(|n, a, b| {
        one_block(n, "a + b", || &a + &b);
        one_block(n, "a * 2", || &a * 2.0);
        one_block(n, "2 - a", || 2.0 - &a);
        one_block(n, "exp", || a.exp());
        one_block(n, "method of a view", || a.view().maximum(b.view()));
        one_block(n, "transposed", || a.t() + b.t());
        let columns = b.t().to_contiguous().t();
        one_block(n, "rows and columns", || &a + &columns);
        one_block(n, "clip", || a.clip(-0.5, 0.5));
        one_block(n, "(a + b) * c - d", || (&a + &b) * &a - 1.0);
        one_block(n, "map", || a.map(|x| x + 1.0));
    });
}

#[test]
fn large_zeros_are_fresh_memory() {
    for_sizes(|n, _, _| {
        drop(Array::<f64>::zeros(n));
        let before = memory::stats();
        drop(Array::<f64>::zeros(n));
        let after = memory::stats();
        let fresh = (n * 8 > POOLED || cfg!(isonum_no_pool)).into();
        assert_eq!(after.allocations - before.allocations, fresh, "zeros of {n}");
    });
}

#[test]
fn views_are_nothing() {
    for_sizes(|n, a, _| {
        nothing(n, "clone", || a.clone());
        nothing(n, "slice", || a.slice(s![.., ..;-2]));
        nothing(n, "slice of a view", || a.view().slice(s![0, 1..]).sum());
        nothing(n, "slice of more axes", || a.slice(s![NewAxis, Ellipsis, NewAxis, 0]));
        nothing(n, "row", || a.row(-1));
        nothing(n, "transpose", || a.t());
        nothing(n, "reshape", || a.reshape(-1).reshape((-1, 1)));
        nothing(n, "broadcast_to", || a.broadcast_to([3, a.shape()[0], a.shape()[1]]));
        nothing(n, "flip, swapaxes, squeeze", || a.flip(0).swapaxes(0, 1).expand_dims(0).squeeze(0));
        nothing(n, "to_contiguous", || a.to_contiguous());
        nothing(n, "iteration", || a.rows().map(|row| row.iter().count()).sum::<usize>());
    });
}

#[test]
fn operands_given_away_are_the_result() {
    for_sizes(|n, a, b| {
        nothing(n, "(a + b) * 2", || (a + &b) * 2.0);
        let a = isonum::ones_like(&b);
        nothing(n, "b - a", || &b - a);
        let a = isonum::ones_like(&b);
        nothing(n, "a chain", || isonum::sqrt(isonum::abs(-(a / &b)) + 1.0));
    });
}

#[test]
fn work_in_place_is_nothing() {
    for_sizes(|n, mut a, b| {
        nothing(n, "_mut", || a.exp_mut());
        nothing(n, "_mut of two", || a.maximum_mut(&b));
        nothing(n, "op-assign", || a += &b);
        nothing(n, "op-assign of a scalar", || a *= 0.5);
        nothing(n, "op-assign of a row", || a -= b.row(0));
        nothing(n, "op-assign of a slice", || a.slice_mut(s![.., ..;2]).add_assign(1.0));
        nothing(n, "op-assign of the transpose", || a.t_mut().mul_assign(b.t()));
        nothing(n, "_into", || b.sin_into(&mut a));
        nothing(n, "_into of two", || isonum::add_into(&b, 1.0, &mut a));
        nothing(n, "_into of the transpose", || isonum::add_into(b.t(), 1.0, a.t_mut()));
        nothing(n, "assign", || a.assign(&b));
        nothing(n, "fill", || a.fill(1.0));
        nothing(n, "map_mut", || a.map_mut(|x| x + 1.0));
        nothing(n, "element", || a[[0, 0]] += 1.0);
    });
}

#[test]
fn whole_reductions_are_nothing() {
    for_sizes(|n, a, b| {
        nothing(n, "sum, mean", || a.sum() + a.mean());
        nothing(n, "var, std", || a.var() + a.std());
        nothing(n, "max, min", || a.max() + a.min());
        nothing(n, "argmax, argmin", || a.argmax() + a.argmin());
        nothing(n, "any, all, count_nonzero", || (a.any(), b.all(), a.count_nonzero()));
        nothing(n, "sum of the transpose", || a.t().sum());
        nothing(n, "sum of a slice", || a.slice(s![.., ..;2]).sum());
        nothing(n, "equality", || a == b);
    });
}

#[test]
fn reductions_and_scans_in_given_places_are_nothing() {
    for_sizes(|n, a, _| {
        let mut rows = Array::zeros(a.shape()[0]);
        nothing(n, "sum of rows", || a.sum_axis_into(1, &mut rows));
        nothing(n, "mean of rows", || a.over(-1).mean_into(&mut rows));
        let mut columns = Array::zeros([1, a.shape()[1]]);
        nothing(n, "max of columns", || a.over(0).keep_dims().max_into(&mut columns));
        let mut running = isonum::zeros_like(&a);
        nothing(n, "running sums of rows", || a.cumsum_axis_into(1, &mut running));
        nothing(n, "running sums of columns", || a.t().cumsum_axis_into(0, running.t_mut()));
    });
}
