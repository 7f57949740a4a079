use super::*;
use crate::s;

fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().to_string()
}

fn c(shape: &[usize]) -> Layout {
    Layout::contiguous(shape).unwrap()
}

#[test]
fn refusals_name_the_numbers() {
    let a = c(&[3, 4]);
    assert_eq!(
        message(broadcast_shapes("add", &[&[3, 4], &[2]])),
        "add: cannot broadcast (3, 4) with (2,): axis 1 is 4 and 2"
    );
    assert_eq!(
        message(a.broadcast_to(&[2, 5, 4])),
        "cannot broadcast (3, 4) to (2, 5, 4): axis 1 is 3 and 5"
    );
    assert_eq!(message(a.broadcast_to(&[4])), "cannot broadcast (3, 4) to (4,): 2 axes do not fit in 1");
    assert_eq!(message(a.permute(&[0])), "expected 2 axes, found 1");
    assert_eq!(message(a.permute(&[0, -2])), "axis 0 is given more than once");
    assert_eq!(message(a.index_axis(-3, 0)), "axis -3 is out of range for an array of 2 dimensions");
    assert_eq!(message(a.index_axis(1, -5)), "index -5 is out of bounds for axis 1 of length 4");
    assert_eq!(message(a.squeeze(0)), "cannot remove axis 0 of length 3");
    assert_eq!(message(a.slice(&s![0, 0, 0])), "3 indices for an array of 2 dimensions");
    assert_eq!(message(a.slice(&s![.., 1..3;0])), "the slice step of axis 1 is zero");
    assert_eq!(message(a.slice(&s![Ellipsis, Ellipsis])), "a slice can have only one ellipsis, found 2");
    assert_eq!(message(a.slice(&s![3])), "index 3 is out of bounds for axis 0 of length 3");
    assert_eq!(message(a.offset_of(&[0])), "1 index for an array of 2 dimensions");
    assert_eq!(message(a.diagonal(0, 1, -1)), "axis 1 is given more than once");
    assert_eq!(message(a.narrow(0, 1, 9)), "index 9 is out of bounds for axis 0 of length 3");
    assert_eq!(message(a.windows(&[5], 1)), "window: must be from 1 to 4 for axis 1 of length 4, found 5");
    assert_eq!(message(a.resolve_shape(&[5, 2])), "cannot reshape 12 elements from (3, 4) to (5, 2)");
    assert_eq!(message(a.resolve_shape(&[5, -1])), "cannot reshape 12 elements from (3, 4) to (5, -1)");
    assert_eq!(message(resolve_shape(12, &[-1, -1])), "cannot infer more than one axis of (-1, -1)");
    assert_eq!(message(resolve_shape(0, &[0, -1])), "cannot reshape 0 elements from (0,) to (0, -1)");
    assert!(a.resolve_shape(&[-2, -6]).is_err());
}

#[test]
fn sizes_are_checked() {
    let big = 1usize << 40;
    assert_eq!(
        message(Layout::contiguous(&[big, big])),
        "shape (1099511627776, 1099511627776) is too large to address"
    );
    assert!(Layout::contiguous(&[0, big, big]).is_err());
    assert!(Layout::contiguous(&[big, 0, 3]).is_ok());
    assert!(Layout::contiguous_for::<u8>(&[1 << 61]).is_ok());
    assert!(Layout::contiguous_for::<f64>(&[1 << 61]).is_err());
    assert!(c(&[1]).broadcast_to(&[big, big]).is_err());
    assert!(broadcast_shapes("add", &[&[big, 1], &[1, big]]).is_err());
    assert!(resolve_shape(4, &[isize::MAX, isize::MAX]).is_err());
    // A window of a window multiplies lengths.
    let ones = c(&[1]).broadcast_to(&[1 << 30]).unwrap();
    assert!(ones.windows(&[1 << 29], ()).and_then(|w| w.windows(&[1 << 28], 0)).is_err());
}

#[test]
fn broadcasting_follows_numpy() {
    let shape = |shapes: &[&[usize]]| broadcast_shapes("add", shapes).unwrap().to_vec();
    assert_eq!(shape(&[&[3, 1], &[4]]), [3, 4]);
    assert_eq!(shape(&[&[1], &[0]]), [0]);
    assert_eq!(shape(&[&[2, 0], &[1]]), [2, 0]);
    assert_eq!(shape(&[&[], &[5, 1], &[1, 6]]), [5, 6]);
    assert!(shape(&[]).is_empty());
    assert!(broadcast_shapes("add", &[&[0], &[2]]).is_err());
}

#[test]
fn results_keep_the_order_of_the_first_operand_that_has_one() {
    let f = c(&[4, 3]).transpose();
    let like = |operands: &[&Layout]| Layout::like(operands, &[3, 4]).unwrap().strides().to_vec();
    assert_eq!(like(&[&c(&[3, 4]), &f]), [4, 1]);
    assert_eq!(like(&[&f, &c(&[3, 4])]), [1, 3]);
    // Neither a row, nor a scalar that fills the shape, has an order.
    let scalar = c(&[]).broadcast_to(&[3, 4]).unwrap();
    assert_eq!(like(&[&c(&[4]), &scalar, &f]), [1, 3]);
    assert_eq!(like(&[&c(&[4]), &scalar]), [4, 1]);
    // Signs and gaps do not matter.
    let (_, flipped) = f.flip(()).unwrap();
    assert_eq!(like(&[&flipped]), [1, 3]);
    let (_, gaps) = c(&[8, 6]).transpose().slice(&s![..;2, ..;2]).unwrap();
    assert_eq!(like(&[&gaps]), [1, 3]);
    // Repeated axes stay where they are, the others are sorted around them.
    let layout = Layout::new(&[2, 3, 4][..], &[1, 0, 2][..]);
    assert_eq!(*layout.order(), [2, 1, 0]);
    let empty = Layout::like(&[&c(&[0, 3]).transpose()], &[3, 0]).unwrap();
    assert_eq!(empty, c(&[3, 0]));
}

#[test]
fn high_ranks_work() {
    let shape = [2, 1, 2, 1, 2, 1, 2, 1, 2, 1];
    let layout = c(&shape);
    assert_eq!(layout.transpose().transpose(), layout);
    assert_eq!(layout.squeeze(()).unwrap(), c(&[2; 5]));
    assert_eq!(layout.reshape_view(&[32]).unwrap(), c(&[32]));
    assert_eq!(layout.offsets().count(), 32);
}

#[test]
fn overlap_is_found_beyond_enumeration() {
    assert!(c(&[100_000]).windows(&[3], 0).unwrap().overlaps_itself());
    let patches = c(&[100_000]).windows(&[3], 0).unwrap().slice(&s![..;3]).unwrap().1;
    assert!(!patches.overlaps_itself());
    assert!(!Layout::new(&[50_000, 3][..], &[2, 100_001][..]).overlaps_itself());
    assert!(!Layout::new(&[3, 50_000][..], &[3, 6][..]).slice(&s![..2]).unwrap().1.overlaps_itself());
}
