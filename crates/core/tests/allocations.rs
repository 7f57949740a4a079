//! What allocates: counted at the global allocator.

mod counting;

use counting::allocations;
use isonum_core::{Layout, Storage, Uninit, memory, s};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// For tests that look at large blocks, which all threads share.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn view_operations_allocate_nothing() {
    let a = Storage::<f64>::zeros(&[20, 30, 40]).unwrap();
    let count = allocations(|| {
        let b = a.slice(&s![1.., ..;-2, NewAxis, 3]).unwrap().transpose();
        let c = a.broadcast_to(&[2, 20, 30, 40]).unwrap().permute(&[3, 2, 1, 0]).unwrap();
        let d = a.view().windows(&[3], 0).unwrap().diagonal(1, 1, 2).unwrap();
        let e = a.view().flip(()).unwrap().reshape_view(&[24000]).is_some();
        let rows = a.view().axis_iter(1).unwrap().map(|v| v.iter().count()).sum::<usize>();
        let lanes = a.view().lanes(0).unwrap().len();
        (b.clone(), c, d.iter().next(), e, rows, lanes, a.layout().overlaps_itself(), a.layout().is_dense())
    });
    assert_eq!(count, 0);
}

#[test]
fn no_elements_take_no_memory() {
    assert_eq!(allocations(|| Storage::<f64>::zeros(&[3, 0])), 0);
    assert_eq!(allocations(|| Storage::<f64>::from_vec(vec![], &[0]).map(|a| a.into_vec())), 0);
}

#[test]
#[cfg(not(any(miri, isonum_no_pool)))]
fn small_buffers_come_from_the_pool() {
    let _turn = turn();
    let make = || Storage::full(&[8], 1.0);
    drop(make());
    let before = memory::stats();
    assert_eq!(allocations(|| (0..100).for_each(|_| drop(make()))), 0);
    let after = memory::stats();
    assert_eq!(after.pool_hits - before.pool_hits, 100);
    assert_eq!(after.allocations, before.allocations);
    memory::trim();
    assert_eq!(allocations(make), 1);
}

#[test]
fn a_result_is_one_allocation() {
    let _turn = turn();
    // As the library counts them: large blocks are not of the global allocator.
    let allocations = |f: &dyn Fn()| {
        let before = memory::stats().allocations;
        f();
        memory::stats().allocations - before
    };
    for len in [10_000, 1_000_000] {
        let layout = Layout::contiguous(&[len]).unwrap();
        memory::trim();
        assert_eq!(allocations(&|| drop(Uninit::<f64>::new(layout.clone()))), 1);
        assert_eq!(allocations(&|| drop(Storage::<f64>::zeros(&[len]))), 1);
    }
}

#[test]
#[cfg(not(any(miri, isonum_no_pool)))]
fn large_blocks_are_used_again() {
    let _turn = turn();
    let len = 3_000_001;
    drop(Storage::full(&[len], 1u8));
    let before = memory::stats();
    assert!(before.pooled_bytes >= len);
    drop(Storage::full(&[len - 1000], 1u8));
    assert_eq!(memory::stats().pool_hits, before.pool_hits + 1);
    memory::set_limit(0);
    drop(Storage::full(&[len], 1u8));
    assert!(memory::stats().pooled_bytes < len);
    memory::set_limit(64 << 20);
}

#[test]
#[cfg(not(any(miri, isonum_no_pool)))]
fn vectors_are_taken_without_a_copy() {
    drop(Storage::from_vec(vec![0u8], &[1]));
    let vec = vec![1.0; 100];
    assert_eq!(allocations(|| Storage::from_vec(vec, &[10, 10]).map(|a| a.into_vec())), 0);
}
