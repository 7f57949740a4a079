//! Partial loads and stores, and tiles, that end where the next page may not be touched: one byte too many is a fault.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

mod expected;

use isonum_kernels::{Isa, Lane, Simd, Transpose};
use std::ffi::{c_int, c_void};

const PAGE: usize = 4096;
const SIGBUS: i32 = 7;
const SIGSEGV: i32 = 11;

unsafe extern "C" {
    fn mmap(
        at: *mut c_void,
        length: usize,
        protection: c_int,
        flags: c_int,
        file: c_int,
        offset: i64,
    ) -> *mut c_void;
    fn mprotect(at: *mut c_void, length: usize, protection: c_int) -> c_int;
}

/// The middle one of three pages, the others forbidden. Never given back.
fn page() -> *mut u8 {
    let (none, read_write, private_anonymous) = (0, 1 | 2, 0x02 | 0x20);
    // SAFETY: fresh pages.
    unsafe {
        let at = mmap(std::ptr::null_mut(), 3 * PAGE, none, private_anonymous, -1, 0).cast::<u8>();
        assert_ne!(at as isize, -1, "no memory");
        let middle = at.add(PAGE);
        assert_eq!(mprotect(middle.cast(), PAGE, read_write), 0);
        middle
    }
}

fn partial<T: Lane, S: Simd<T>>(isa: S, page: *mut u8) {
    let size = size_of::<T>();
    for n in 0..=S::LANES {
        let end = PAGE - n * size;
        for offset in [0, end] {
            // SAFETY: `n` elements lie within the page.
            unsafe {
                let p = page.add(offset).cast::<T>();
                isa.store_partial(p, n, isa.splat(T::ONE));
                let loaded = isa.load_partial(p, n);
                assert_eq!(
                    isa.count_true(isa.eq(loaded, isa.splat(T::ONE))),
                    n,
                    "{} {:?}",
                    S::NAME,
                    T::DTYPE
                );
            }
        }
    }
}

/// Tiles whose last row, or first, ends where the page does.
fn tile<T: Copy, S: Transpose<T>>(isa: S, page: *mut u8, other: *mut u8) {
    let tile = S::TILE as isize;
    let ends = PAGE / size_of::<T>();
    for first in [0, ends - S::TILE * S::TILE] {
        let last = first + S::TILE * (S::TILE - 1);
        // SAFETY: the rows are neighbours and lie within the pages.
        unsafe {
            let (x, y) = (page.cast::<T>(), other.cast::<T>());
            isa.transpose_tile(x.add(first), tile, y.add(first), tile);
            isa.transpose_tile(x.add(last), -tile, y.add(last), -tile);
        }
    }
}

fn full<S: Isa>(isa: S, page: *mut u8) {
    macro_rules! all {
        ($($t:ident)*) => {$(
            partial::<$t, S>(isa, page);
            let lanes = <S as Simd<$t>>::LANES;
            // SAFETY: `LANES` bytes end with the page.
            unsafe {
                let p = page.add(PAGE - lanes);
                <S as Simd<$t>>::store_mask(isa, p, <S as Simd<$t>>::load_mask(isa, p));
            }
        )*};
    }
    all! { i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 }
    let other = self::page();
    tile::<u8, S>(isa, page, other);
    tile::<u16, S>(isa, page, other);
    tile::<u32, S>(isa, page, other);
    tile::<u64, S>(isa, page, other);
    tile::<[u64; 2], S>(isa, page, other);
    for n in 0..=<S as Simd<f64>>::LANES {
        // SAFETY: `n` elements end with the page.
        unsafe {
            let p = page.add(PAGE - 4 * n).cast::<f32>();
            isa.store_narrow_partial(p, n, isa.load_widen_partial(p, n));
        }
    }
}

#[test]
fn avx2_does_not_touch_the_next_page() {
    expected::avx2().into_iter().for_each(|isa| full(isa, page()));
}

#[test]
fn avx512_does_not_touch_the_next_page() {
    expected::avx512().into_iter().for_each(|isa| full(isa, page()));
}

/// Set in the process that is to die.
const CHILD: &str = "ISONUM_TEST_GUARD";

/// The guard is there: a process that reads one byte behind the page dies of it.
#[test]
fn one_byte_too_many_is_a_fault() {
    if std::env::var_os(CHILD).is_some() {
        // SAFETY: none; the process must not survive it.
        unsafe { page().add(PAGE).read_volatile() };
        return;
    }
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "one_byte_too_many_is_a_fault"]).env(CHILD, "1");
    let status = child.output().unwrap().status;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    assert!(signal.is_some_and(|signal| signal == SIGSEGV || signal == SIGBUS), "{status}");
}
