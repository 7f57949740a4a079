use super::*;
use crate::memory::stats;
use crate::s;
use std::sync::Arc;

fn iota(shape: &[usize]) -> Storage<i32> {
    Storage::from_fn(shape, |i| i as i32).unwrap()
}

fn add_one(a: &mut Storage<i32>) {
    a.view_mut().unwrap().iter_mut().for_each(|x| *x += 1);
}

#[test]
fn writes_are_seen_by_no_other_array() {
    let mut a = iota(&[3, 4]);
    let row = a.slice(&s![1]).unwrap();
    let t = a.transpose();
    let copies = stats().cow_copies;
    add_one(&mut a);
    assert_eq!(stats().cow_copies, copies + 1);
    assert_eq!(a.as_slice().unwrap()[..5], [1, 2, 3, 4, 5]);
    assert_eq!(row.as_slice(), Some(&[4, 5, 6, 7][..]));
    assert!(t.iter().take(3).eq(&[0, 4, 8]));
    add_one(&mut a);
    assert_eq!(stats().cow_copies, copies + 1);
}

#[test]
fn overlapping_arrays_are_copied_before_they_are_written() {
    let mut a = iota(&[3]).broadcast_to(&[2, 3]).unwrap();
    assert!(a.is_unique() && !a.is_writable());
    add_one(&mut a);
    assert!(a.iter().eq(&[1, 2, 3, 1, 2, 3]));
    let mut windows = iota(&[4]).windows(&[2], ()).unwrap();
    add_one(&mut windows);
    assert!(windows.iter().eq(&[1, 2, 2, 3, 3, 4]));
}

#[test]
fn a_slice_that_is_alone_is_written_where_it_is() {
    let a = iota(&[4, 4]);
    let mut part = a.slice(&s![1..3, ..;2]).unwrap();
    drop(a);
    let (copies, data) = (stats().cow_copies, part.as_ptr());
    add_one(&mut part);
    assert_eq!((stats().cow_copies, part.as_ptr()), (copies, data));
    assert!(part.iter().eq(&[5, 7, 9, 11]));
}

#[test]
fn copies_keep_the_order_of_axes() {
    let a = iota(&[2, 3]).transpose();
    let mut b = a.clone();
    add_one(&mut b);
    assert_eq!(b.layout(), a.layout());
    assert!(b.iter().eq(&[1, 4, 2, 5, 3, 6]));
}

#[test]
fn vectors_come_and_go_without_a_copy() {
    let vec: Vec<i32> = (0..1000).collect();
    let data = vec.as_ptr();
    let a = Storage::from_vec(vec, &[10, 100]).unwrap();
    assert_eq!(a.as_ptr(), data);
    let shared = a.clone();
    let copied = shared.into_vec().unwrap();
    assert_ne!(copied.as_ptr(), data);
    let back = a.reshape(&[-1]).map(|b| (drop(a), b.into_vec().unwrap()).1).unwrap();
    assert_eq!((back.as_ptr(), back), (data, copied));
    // A part, or another order, is copied.
    let part = Storage::from_vec(vec![1, 2, 3], &[3]).unwrap().slice(&s![1..]).unwrap();
    assert_eq!(part.into_vec().unwrap(), [2, 3]);
    let t = Storage::from_vec(vec![1, 2, 3, 4], &[2, 2]).unwrap().transpose();
    assert_eq!(t.into_vec().unwrap(), [1, 3, 2, 4]);
    assert_eq!(
        Storage::from_vec(vec![1, 2, 3], &[2, 2]).unwrap_err().to_string(),
        "shape (2, 2) does not hold 3 elements"
    );
}

#[test]
fn zeros_of_every_size_are_aligned_zeros() {
    for len in [0, 1, 7, 1000, 8192, 8193, 100_000] {
        let mut a = Storage::<f64>::zeros(&[len]).unwrap();
        assert!(a.as_ptr().addr().is_multiple_of(64));
        assert_eq!(a.len(), len);
        assert!(a.iter().all(|&x| x == 0.0));
        // A dirty block goes back to the pool.
        a.view_mut().unwrap().iter_mut().for_each(|x| *x = 7.0);
        let full = Storage::full(&[len], 3.0).unwrap();
        assert!(full.as_ptr().addr().is_multiple_of(64));
        assert!(full.iter().all(|&x| x == 3.0));
    }
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no allocation that fails")]
fn what_does_not_fit_is_an_error() {
    let huge = [1usize << 30, 1 << 30];
    assert!(Storage::<f64>::zeros(&huge).is_err());
    assert!(Storage::full(&huge, 1u8).is_err());
    assert!(Storage::<f64>::zeros(&[usize::MAX]).is_err());
    assert!(Uninit::<f64>::new(Layout::contiguous(&[isize::MAX as usize]).unwrap()).is_err());
    assert!(Uninit::<f64>::new(Layout::new(&[2][..], &[2][..])).is_err());
    let wide = iota(&[1]).broadcast_to(&[1 << 30, 1 << 30]);
    assert!(wide.and_then(|mut wide| wide.view_mut().map(|_| ())).is_err());
}

#[test]
fn foreign_memory_is_read_never_written_and_let_go() {
    #[expect(dead_code, reason = "held, not read")]
    struct Owner(Vec<i32>, Arc<()>);
    let alive = Arc::new(());
    let vec = vec![1, 2, 3];
    let data = vec.as_ptr();
    let owner = Box::new(Owner(vec, alive.clone()));
    // SAFETY: the owner holds the vector, and nobody writes it.
    let buffer = unsafe { Buffer::from_foreign(data, 3, owner) }.unwrap();
    // SAFETY: three elements.
    let mut a = unsafe { Storage::from_parts(buffer, 0, Layout::contiguous(&[3]).unwrap()) };
    assert!(!a.is_unique());
    assert_eq!(Arc::strong_count(&alive), 2);
    add_one(&mut a);
    assert_eq!(Arc::strong_count(&alive), 1);
    assert_ne!(a.as_ptr(), data);
    assert_eq!(a.into_vec().unwrap(), [2, 3, 4]);
}

#[test]
fn misaligned_foreign_memory_is_refused() {
    let bytes = [0u64; 2];
    let data = bytes.as_ptr().cast::<u8>().wrapping_add(1).cast::<u32>();
    // SAFETY: refused before it is read.
    let refused = unsafe { Buffer::from_foreign(data, 1, Box::new(())) };
    assert_eq!(refused.unwrap_err().to_string(), "data: must be aligned to 4 bytes");
}

#[test]
fn reuse_asks_for_all_conditions() {
    let a = iota(&[4, 4]);
    assert!(a.reuse_for(a.layout()));
    assert!(!a.reuse_for(a.transpose().layout()));
    let half = a.slice(&s![..2]).unwrap();
    assert!(!a.reuse_for(a.layout()));
    drop(a);
    assert!(half.reuse_for(half.layout()));
    let quarter = half.slice(&s![..1]).unwrap();
    drop(half);
    assert!(!quarter.reuse_for(quarter.layout()));
}

#[test]
fn blocks_cross_threads_and_outlive_them() {
    let a = iota(&[100]);
    let moved = a.clone();
    let b = std::thread::spawn(move || (drop(moved), iota(&[100])).1).join().unwrap();
    assert!(a.iter().eq(b.iter()));
    thread_local! {
        static LATE: std::cell::RefCell<Option<Storage<i32>>> = const { std::cell::RefCell::new(None) };
    }
    // Dropped when the thread's pool may be gone already, whichever was used first.
    for pool_first in [true, false] {
        std::thread::spawn(move || {
            if pool_first {
                drop(iota(&[10]));
            }
            LATE.with(|late| *late.borrow_mut() = Some(Storage::from_vec(vec![1, 2], &[2]).unwrap()));
            LATE.with(|late| late.borrow_mut().as_mut().map(add_one));
        })
        .join()
        .unwrap();
    }
}

#[test]
fn views_of_slices_and_nested_arrays() {
    let rows = [[1, 2, 3], [4, 5, 6]];
    assert_eq!(View::from(&rows).shape(), [2, 3]);
    assert_eq!(View::from(&rows[..1]).shape(), [1, 3]);
    assert_eq!(View::from(&[1, 2][..]).shape(), [2]);
    assert_eq!(View::from_scalar(&5).as_slice(), Some(&[5][..]));
    let mut grid = [[0; 3]; 2];
    let column = ViewMut::from(&mut grid).index_axis(1, 1).unwrap();
    column.into_iter().for_each(|x| *x = 9);
    assert_eq!(grid, [[0, 9, 0], [0, 9, 0]]);
    let (left, mut right) = ViewMut::from(&mut grid).split_at(1, 1).unwrap();
    *right.get_mut(&[0, -1]).unwrap() = 7;
    assert_eq!((left.iter().count(), right.get(&[0, 1])), (2, Some(&7)));
    for (i, row) in ViewMut::from(&mut grid).axis_iter(0).unwrap().enumerate() {
        row.into_slice().unwrap().fill(i as i32);
    }
    assert_eq!(grid, [[0; 3], [1; 3]]);
}

#[test]
fn filling_from_too_few_values_panics() {
    let uninit = Uninit::<i32>::new(Layout::contiguous(&[3]).unwrap()).unwrap();
    assert!(std::panic::catch_unwind(|| uninit.fill_from([1, 2])).is_err());
}

/// Says that it has a number of values, and has another.
struct Liar(std::ops::Range<i32>, usize);

impl Iterator for Liar {
    type Item = i32;
    fn next(&mut self) -> Option<i32> {
        self.0.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.1, Some(self.1))
    }
}

#[test]
fn values_are_all_there_whatever_an_iterator_says() {
    for values in [Liar(0..5, 5), Liar(0..5, 3), Liar(0..5, 9), Liar(0..0, 2), Liar(0..5, 0)] {
        let n = values.0.len() as i32;
        assert!(Storage::from_values(values).unwrap().iter().copied().eq(0..n));
    }
    let odd = Storage::from_values((0..9).filter(|i| i % 2 == 1)).unwrap();
    assert_eq!(odd.as_slice(), Some(&[1, 3, 5, 7][..]));
}
