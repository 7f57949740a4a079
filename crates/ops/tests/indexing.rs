//! Elements, slices and picked elements: what is there, and the words for what is not.

use isonum::prelude::*;
use isonum::{Result, SliceItem};
use std::panic::{UnwindSafe, catch_unwind};

fn message<R>(f: impl FnOnce() -> R + UnwindSafe) -> String {
    match catch_unwind(f) {
        Ok(_) => "no panic".into(),
        Err(payload) => *payload.downcast::<String>().unwrap_or_default(),
    }
}

fn error<R>(result: Result<R>) -> String {
    result.err().map_or_else(|| "no error".into(), |error| error.to_string())
}

fn table() -> Array<i32> {
    Array::arange(0, 12, 1).reshape([3, 4])
}

#[test]
fn elements_by_every_spelling() {
    let a = table();
    let (i, j) = (1usize, -1isize);
    assert_eq!(a[[1, 2]], 6);
    assert_eq!(a[(1, 2)], 6);
    assert_eq!(a[(i, j)], 7);
    assert_eq!(a[[-1, -4]], 8);
    assert_eq!(a[[i, 3]], 7);
    assert_eq!(a[&[1, 2][..]], 6);
    assert_eq!(a[vec![1, 2]], 6);
    assert_eq!(a.row(0)[3], 3);
    assert_eq!(a.row(0)[-1], 3);
    assert_eq!(Array::from(5)[()], 5);
    assert_eq!(a.get((2, 3)), Some(&11));
    assert_eq!(a.get((3, 0)), None);
    assert_eq!(a.get(0), None);
    let mut b = a.clone();
    b[(0, 0)] += 100;
    b.view_mut()[[-1, -1]] = -1;
    *b.get_mut((1, 1)).unwrap() = 55;
    assert_eq!(b, [[100, 1, 2, 3], [4, 55, 6, 7], [8, 9, 10, -1]]);
}

#[test]
fn indices_out_of_bounds_are_named() {
    let a = table();
    let b = a.clone();
    assert_eq!(message(move || b[[3, 0]]), "index 3 is out of bounds for axis 0 of length 3");
    let b = a.clone();
    assert_eq!(message(move || b[(0, -5)]), "index -5 is out of bounds for axis 1 of length 4");
    let b = a.clone();
    assert_eq!(message(move || b[0]), "1 index for an array of 2 dimensions");
    let mut b = a.clone();
    assert_eq!(message(move || b[[0, 4]] = 1), "index 4 is out of bounds for axis 1 of length 4");
    let b = a.clone();
    assert_eq!(
        message(move || b[(usize::MAX, 0)]),
        format!("index {} is out of bounds for axis 0 of length 3", isize::MAX)
    );
    assert_eq!(error(a.try_row(7)), "row: index 7 is out of bounds for axis 0 of length 3");
    assert_eq!(
        error(a.try_index_axis(2, 0)),
        "index_axis: axis 2 is out of range for an array of 2 dimensions"
    );
}

#[test]
fn slices() {
    let a = table();
    assert_eq!(a.slice(s![1]), [4, 5, 6, 7]);
    assert_eq!(a.slice(s![.., -1]), [3, 7, 11]);
    assert_eq!(a.slice(s![..;-2, 1..3]), [[9, 10], [1, 2]]);
    assert_eq!(a.slice(s![5.., ..]).shape(), [0, 4]);
    assert_eq!(a.slice(s![1, 2]), 6);
    assert_eq!(a.slice(s![Ellipsis, 0]), [0, 4, 8]);
    assert_eq!(a.slice(s![NewAxis, 0, ..2]), [[0, 1]]);
    assert_eq!(a.slice(s![]), a);
    let items = vec![SliceItem::Index(-1), SliceItem::Range { start: None, end: Some(2), step: 1 }];
    assert_eq!(a.slice(&items), [8, 9]);
    assert_eq!(a.view().slice(&items[..1]), [8, 9, 10, 11]);
    let mut b = a.clone();
    b.slice_mut(s![.., ..;2]).assign([[1], [2], [3]]);
    assert_eq!(b, [[1, 1, 1, 3], [2, 5, 2, 7], [3, 9, 3, 11]]);
    assert_eq!(error(a.try_slice(s![0, 0, 0])), "slice: 3 indices for an array of 2 dimensions");
    assert_eq!(error(a.try_slice(s![3])), "slice: index 3 is out of bounds for axis 0 of length 3");
    assert_eq!(error(a.try_slice(s![..;0])), "slice: the slice step of axis 0 is zero");
    let error = error(b.try_slice_mut(s![0]).unwrap().try_assign([1, 2]));
    assert_eq!(error, "assign: cannot broadcast (2,) to (4,): axis 0 is 2 and 4");
}

#[test]
fn taking() {
    let a = table();
    assert_eq!(a.take([2, 0], 0), [[8, 9, 10, 11], [0, 1, 2, 3]]);
    assert_eq!(a.take([-1, -1], 1), [[3, 3], [7, 7], [11, 11]]);
    assert_eq!(a.take(1, 0), [4, 5, 6, 7]);
    assert_eq!(a.take([[0, 1], [2, 3]], -1).shape(), [3, 2, 2]);
    assert_eq!(a.t().take(vec![3u8, 0], 0), [[3, 7, 11], [0, 4, 8]]);
    assert_eq!(isonum::take(&a, array![0i64], 0), [[0, 1, 2, 3]]);
    assert_eq!(a.take([0i64; 0], 1).shape(), [3, 0]);
    assert_eq!(error(a.try_take([3], 0)), "take: index 3 is out of bounds for axis 0 of length 3");
    assert_eq!(error(a.try_take([0, -5], 1)), "take: index -5 is out of bounds for axis 1 of length 4");
    assert!(a.try_take([u64::MAX], 0).is_err());
    // Positions as the standard library gives them, and literals beside them.
    let last: usize = a.iter().position(|&x| x == 2).unwrap();
    let positions = vec![last, 0];
    assert_eq!(a.take(last, 0), [8, 9, 10, 11]);
    assert_eq!(a.take(&positions, 0), [[8, 9, 10, 11], [0, 1, 2, 3]]);
    assert_eq!(a.take(&positions[1..], -1), [[0], [4], [8]]);
    assert_eq!(isonum::take(&a, [last, 1], 0), a.take([2u8, 1], 0));
    assert_eq!(isonum::take(&a, [[last, 1]], 0).shape(), [1, 2, 4]);
    assert_eq!(a.take(array![1u16, 1], 0), a.take([1i8, 1], 0));
    assert_eq!(error(a.try_take([3usize], 0)), "take: index 3 is out of bounds for axis 0 of length 3");
    assert!(a.try_take([usize::MAX], 0).is_err());
    assert!(a.try_take([0], 2).is_err());
    assert!(Array::<i32>::zeros([0, 2]).try_take([0], 0).is_err());
    assert_eq!(Array::<i32>::zeros([0, 2]).take([0, 1, 1], 1).shape(), [0, 3]);
}

#[test]
fn taking_along_an_axis() {
    let a = array![[3, 1, 2], [9, 8, 7]];
    let order = array![[1i64, 2, 0], [2, 1, 0]];
    assert_eq!(a.take_along_axis(&order, 1), [[1, 2, 3], [7, 8, 9]]);
    assert_eq!(a.take_along_axis([[-1]], 1), [[2], [7]]);
    assert_eq!(a.take_along_axis([[1, 0, 1]], 0), [[9, 1, 7]]);
    assert_eq!(a.take_along_axis([[1usize], [0]], 1), [[1], [9]]);
    assert_eq!(a.t().take_along_axis([[1, 0]], 0), [[1, 9]]);
    let largest = a.over(1).keep_dims().argmax();
    assert_eq!(a.take_along_axis(largest, 1), a.over(1).keep_dims().max());
    assert_eq!(error(a.try_take_along_axis([0], 1)), "take_along_axis: expected 2 axes, found 1");
    assert_eq!(
        error(a.try_take_along_axis([[3]], 1)),
        "take_along_axis: index 3 is out of bounds for axis 1 of length 3"
    );
}

#[test]
fn masks() {
    let a = table();
    assert_eq!(a.extract(a.greater(8)), [9, 10, 11]);
    assert_eq!(a.extract([true, false, false, false]), [0, 4, 8]);
    assert_eq!(a.t().extract(a.t().less(2)), [0, 1]);
    assert_eq!(a.compress([true, false, true], 0), [[0, 1, 2, 3], [8, 9, 10, 11]]);
    assert_eq!(error(a.try_compress([true], 0)), "compress: expected shape (3,), found (1,)");
    let mut b = a.clone();
    b.mask_assign(a.less(4), -1);
    b.row_mut(1).mask_assign([true, false, true, false], [10, 20, 30, 40]);
    assert_eq!(b, [[-1, -1, -1, -1], [10, 5, 30, 7], [8, 9, 10, 11]]);
    assert!(b.try_mask_assign([true, false], 0).is_err());
}

#[test]
fn places_and_counts() {
    let a = array![[0, 5], [7, 0]];
    assert_eq!(isonum::nonzero(&a)[0], [0, 1]);
    assert_eq!(isonum::nonzero(&a)[1], [1, 0]);
    assert_eq!(isonum::argwhere(a.t()), [[0, 1], [1, 0]]);
    assert_eq!(isonum::flatnonzero([0.0, f64::NAN, -0.0]), [1]);
    assert_eq!(isonum::argwhere(1).shape(), [1, 0]);
    assert_eq!(isonum::bincount(vec![2u8, 0, 2]), [1, 0, 2]);
    assert_eq!(isonum::bincount([0i64; 0]), [0i64; 0]);
    assert_eq!(isonum::bincount_min([0i64; 0], 2), [0, 0]);
    assert_eq!(error(isonum::try_bincount([1, -1])), "bincount: must not be negative, found -1");
    assert_eq!(error(isonum::try_bincount([[1]])), "bincount: needs one axis, found 2");
    assert!(isonum::try_bincount([u64::MAX]).is_err());
    assert_eq!(isonum::bincount(vec![3usize, 1]), [0, 1, 0, 1]);
    assert_eq!(isonum::bincount_weighted([1usize, 1], [0.5, 0.25], 3), [0.0, 0.75, 0.0]);
}

#[test]
fn places_and_counts_as_methods() {
    let a = array![[0, 5], [7, 0]];
    assert_eq!(a.t().argwhere(), isonum::argwhere(a.t()));
    assert_eq!(a.view().flatnonzero(), [1, 2]);
    assert_eq!(a.clone().view_mut().flatnonzero(), [1, 2]);
    assert_eq!(a.row(1).bincount(), isonum::bincount([7, 0]));
    assert_eq!(array![1u8].view().bincount_min(3), [0, 1, 0]);
    assert_eq!(array![1u8, 1].bincount_weighted([0.5f32, 0.5], 0), [0.0f32, 1.0]);
    assert_eq!(error(array![1, -1].try_bincount()), "bincount: must not be negative, found -1");
    assert_eq!(error(a.try_bincount_min(2)), "bincount_min: needs one axis, found 2");
}

#[test]
fn choices_as_methods() {
    let mut a = array![[true, false], [false, true]];
    assert_eq!(a.where_(1, [[5, 6], [7, 8]]), [[1, 6], [7, 1]]);
    assert_eq!(a.view().where_([1.5, 2.5], 0.0), [[1.5, 0.0], [0.0, 2.5]]);
    assert_eq!(a.row_mut(0).where_(true, array![[true], [false]]), [[true, true], [true, false]]);
    assert_eq!(
        error(a.try_where([1, 2, 3], 0)),
        "where: cannot broadcast (2, 2) with (3,) and (): axis 1 is 2 and 3"
    );
}
