//! Operations that pack a transposed operand do so in small tiles where there is no memory for large ones.

use isonum_core::registry::Binary;
use isonum_core::{Given, Storage, ViewMut};
use isonum_runtime::elementwise::{binary, binary_to};
use isonum_runtime::threads;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Refuses blocks from `LARGEST` bytes on, on the thread that says so.
struct Refusing;

thread_local! {
    static LARGEST: Cell<usize> = const { Cell::new(usize::MAX) };
    static REFUSED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator as it is, or is refused.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, block: Layout) -> *mut u8 {
        if block.size() >= LARGEST.get() {
            REFUSED.set(REFUSED.get() + 1);
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(block) }
    }
    unsafe fn dealloc(&self, data: *mut u8, block: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(data, block) }
    }
}

#[global_allocator]
static GLOBAL: Refusing = Refusing;

#[test]
fn a_transposed_operand_is_packed_without_memory_for_a_tile() {
    let number = |i: usize| (i * 7919 % 10_007) as f64;
    let (rows, columns) = (257, 301);
    let a = Storage::from_fn(&[rows, columns], number).unwrap();
    let b = Storage::from_fn(&[columns, rows], number).unwrap().transpose();
    let expected: Vec<f64> =
        (0..rows * columns).map(|i| number(i) - number(i % columns * rows + i / columns)).collect();
    let mut out = vec![0.0; rows * columns];

    threads::with(1, || {
        LARGEST.set(16 << 10);
        let to = ViewMut::from_shape(&mut out, &[rows, columns]).unwrap();
        let done = binary_to(Binary::Subtract, Some(&a.view()), Some(&b.view()), to);
        let refused = REFUSED.get();
        // A result of its own has no memory either, which is an error.
        let new = binary(Binary::Subtract, Given::Shared(&a), Given::Shared(&b));
        LARGEST.set(usize::MAX);

        done.unwrap();
        assert_eq!(refused, 1, "the tile did not ask for memory");
        let message = new.unwrap_err().to_string();
        assert!(message.starts_with("cannot allocate"), "{message}");
    });
    assert_eq!(out, expected);
}
