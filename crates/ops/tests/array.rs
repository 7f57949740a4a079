//! Arrays as values: conversions, equality, copy-on-write, iteration, writing through views.

use isonum::memory;
use isonum::prelude::*;

#[test]
fn literals_and_conversions() {
    assert_eq!(array![1, 2, 3].shape(), [3]);
    assert_eq!(array![[1, 2], [3, 4]].shape(), [2, 2]);
    assert_eq!(array![[[1], [2]], [[3], [4]]].shape(), [2, 2, 1]);
    assert_eq!(array![[[[1, 2]]]].shape(), [1, 1, 1, 2]);
    assert_eq!(array![true, false].dtype().name(), "bool");
    assert_eq!(array![0.5; 3], [0.5, 0.5, 0.5]);
    let none: Array<f64> = array![];
    assert_eq!(none, Array::default());
    fn generic<T: Float>(x: T, y: T) -> Array<T> {
        array![[x, y], [y, x]]
    }
    assert_eq!(generic(1.0f32, 2.0).row(1), [2.0, 1.0]);
    assert_eq!(Array::from([[1, 2], [3, 4]]), array![[1, 2], [3, 4]]);
    assert_eq!(Array::from(vec![[1, 2], [3, 4]]), array![[1, 2], [3, 4]]);
    assert_eq!(Array::from(&[1, 2][..]), [1, 2]);
    assert_eq!((0..4).collect::<Array<i32>>(), [0, 1, 2, 3]);
    let a: Array<f64> = 1.5.into();
    assert_eq!((a.ndim(), a.item()), (0, 1.5));
    assert_eq!(a, 1.5);
    assert_eq!(isonum::asarray([[1, 2]]).shape(), [1, 2]);
}

#[test]
fn shapes_must_fit() {
    assert_eq!(Array::from_shape((2, -1), vec![1, 2, 3, 4]).shape(), [2, 2]);
    let error = Array::try_from_shape([2, 3], vec![1, 2, 3, 4]).unwrap_err();
    assert_eq!(error.to_string(), "from_shape: shape (2, 3) does not hold 4 elements");
    let error = Array::try_from_rows(&[vec![1, 2], vec![3]]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "from_rows: array 1 of shape (1,) does not fit array 0 of shape (2,): axis 0 is 1 and 2"
    );
    assert_eq!(Array::<i32>::from_rows(&[[0i32; 0]; 0]).shape(), [0, 0]);
    let error = array![1, 2].try_item().unwrap_err();
    assert_eq!(error.to_string(), "item: expected shape (), found (2,)");
    let error = isonum::try_zeros::<f64>([2, -2]).unwrap_err();
    assert_eq!(error.to_string(), "zeros: shape: axis 1 must not be negative, found -2");
    assert!(isonum::try_zeros::<f64>([usize::MAX, 2]).is_err());
    assert!(isonum::try_zeros::<f64>([1usize << 60]).is_err());
}

#[test]
fn vectors_go_in_and_out_without_a_copy() {
    let vec = vec![1.0, 2.0, 3.0, 4.0];
    let address = vec.as_ptr();
    let a = Array::from_shape([2, 2], vec);
    assert_eq!(a.as_slice().unwrap().as_ptr(), address);
    let back = a.into_vec();
    assert_eq!((back.as_ptr(), &back[..]), (address, &[1.0, 2.0, 3.0, 4.0][..]));
    assert_eq!(array![[1, 2], [3, 4]].t().into_vec(), [1, 3, 2, 4]);
    assert_eq!(array![[1, 2], [3, 4]].column(1).to_vec(), [2, 4]);
    let doubled: Vec<i32> = array![1, 2].into_iter().map(|x| 2 * x).collect();
    assert_eq!(doubled, [2, 4]);
}

#[test]
fn equality_is_of_shape_and_elements() {
    let a = array![[1.0, 2.0]];
    assert_eq!(a, array![[1.0, 2.0]]);
    assert_eq!(a, a.view());
    assert_eq!(a.view(), a);
    assert_ne!(a, array![1.0, 2.0]);
    assert_ne!(a, array![[1.0], [2.0]]);
    assert_ne!(a, array![[1.0, 3.0]]);
    assert_ne!(array![f64::NAN], array![f64::NAN]);
    assert_eq!(array![0.0], array![-0.0]);
    assert_eq!(Array::<f64>::zeros([0, 3]), Array::zeros([0, 3]));
    assert_ne!(Array::<f64>::zeros([0, 3]), Array::zeros([3, 0]));
    // Layouts do not matter, and neither does the size.
    for n in [1, 3, 255, 256, 257, 1000] {
        let square = Array::from_fn([n, 3], |[i, j]| (i * 3 + j) as f32);
        assert_eq!(square.t().t(), square);
        assert_eq!(square.t(), square.t().to_contiguous());
        let mut other = square.clone();
        other[[-1, -1]] += 1.0;
        assert_ne!(other, square);
        assert_ne!(other.t(), square.t());
    }
}

#[test]
fn clones_and_views_share_until_written() {
    let a = Array::<f64>::zeros([100, 100]);
    let before = memory::stats();
    let views = [
        a.clone(),
        a.t(),
        a.slice(s![1..;2, ..;-1]),
        a.flip(()),
        a.reshape([10, -1]),
        a.expand_dims(0),
        a.diagonal(3),
        a.windows((2, 2), ()),
        a.broadcast_to([5, 100, 100]),
        a.narrow(0, 3, 9).swapaxes(0, 1),
    ];
    let after = memory::stats();
    assert_eq!(after.allocations + after.pool_hits, before.allocations + before.pool_hits);
    assert!(!a.is_unique());
    drop(views);
    assert!(a.is_unique());
}

#[test]
fn no_write_is_visible_elsewhere() {
    let a = array![[1, 2], [3, 4]];
    let original = a.to_vec();
    let copies = || memory::stats().cow_copies;
    macro_rules! check {
        ($($name:literal: |$b:ident| $write:expr;)*) => {$({
            let (mut $b, before) = (a.clone(), copies());
            $write;
            assert_eq!(a.to_vec(), original, $name);
            assert_eq!(copies(), before + 1, $name);
            assert_ne!($b, a, $name);
            assert!($b.is_unique(), $name);
        })*};
    }
    check! {
        "index": |b| b[[0, 0]] = 9;
        "get_mut": |b| *b.get_mut((0, 0)).unwrap() = 9;
        "iter_mut": |b| b.iter_mut().for_each(|x| *x += 1);
        "view_mut": |b| b.view_mut().fill(7);
        "slice_mut": |b| b.slice_mut(s![0]).fill(7);
        "assign": |b| b.assign([5, 6]);
        "fill": |b| b.fill(0);
        "rows_mut": |b| b.rows_mut().for_each(|mut row| row.fill(0));
        "map_mut": |b| b.map_mut(|x| x + 1);
        "as_slice_mut": |b| b.as_slice_mut().unwrap()[3] = 0;
        "mask_assign": |b| b.mask_assign(true, 0);
        "diagonal_mut": |b| b.diagonal_mut(0).fill(0);
        "out": |b| isonum::add_into(1, 1, &mut b);
    }
}

#[test]
fn arrays_that_overlap_themselves_are_copied_when_written() {
    let mut a = array![1, 2, 3].broadcast_to([2, 3]);
    a[[0, 0]] = 9;
    assert_eq!(a, [[9, 2, 3], [1, 2, 3]]);
    let mut w = array![1, 2, 3].windows(2, ());
    w += 10;
    assert_eq!(w, [[11, 12], [12, 13]]);
}

#[test]
fn a_unique_array_is_written_in_place() {
    let mut a = Array::<f64>::zeros([50, 50]);
    let (address, before) = (a.as_slice().unwrap().as_ptr(), memory::stats());
    a[[1, 1]] = 2.0;
    a += 1.0;
    a.exp_mut();
    a.slice_mut(s![.., 0]).assign(3.0);
    a.map_mut(|x| x * 2.0);
    let after = memory::stats();
    assert_eq!(after.cow_copies, before.cow_copies);
    assert_eq!(after.allocations + after.pool_hits, before.allocations + before.pool_hits);
    assert_eq!(a.as_slice().unwrap().as_ptr(), address);
}

#[test]
fn iteration() {
    let a = array![[1, 2, 3], [4, 5, 6]];
    assert!(a.t().iter().eq(&[1, 4, 2, 5, 3, 6]));
    assert!(a.slice(s![.., ..;-1]).iter().rev().eq(&[4, 5, 6, 1, 2, 3]));
    assert_eq!(a.rows().len(), 2);
    assert_eq!(a.rows().rev().map(|row| row[0]).collect::<Vec<_>>(), [4, 1]);
    assert_eq!(a.axis_iter(1).map(|column| column.max()).collect::<Vec<_>>(), [4, 5, 6]);
    assert_eq!(a.lanes(0).nth(1).unwrap(), [2, 5]);
    let indexed: Vec<_> = a.indexed_iter().map(|(i, &x)| (i[0], i[1], x)).collect();
    assert_eq!(indexed[4], (1, 1, 5));
    assert_eq!(indexed.len(), 6);
    assert_eq!(Array::from(7).indexed_iter().count(), 1);
    assert_eq!(Array::<i32>::zeros([0, 2]).indexed_iter().count(), 0);
    let mut sum = 0;
    for &x in &a {
        sum += x;
    }
    assert_eq!(sum, 21);
    let mut b = a.clone();
    for x in &mut b {
        *x = -*x;
    }
    assert_eq!(b, -a);
}

#[test]
fn views_borrow_slices_and_arrays() {
    let mut data = vec![1, 2, 3, 4, 5, 6];
    {
        let mut matrix = ArrayViewMut::from_shape((2, 3), &mut data);
        matrix[[0, 0]] = 10;
        matrix.t_mut().row_mut(2).assign([7, 8]);
        let (mut left, right) = matrix.split_at_mut(1, 1);
        left += right.slice(s![.., ..1]);
    }
    assert_eq!(data, [12, 2, 7, 9, 5, 8]);
    let view = ArrayView::from(&data);
    let part = {
        let longer = view.slice(s![1..;2]);
        longer.slice(s![..;-1])
    };
    assert_eq!(part, [8, 9, 2]);
    assert!(view.reshape_view((2, 3)).t().try_reshape_view(6).is_err());
    assert_eq!(view.reshape_view((2, 3)).t().reshape(6), [12, 9, 2, 5, 7, 8]);
    let error = view.reshape_view((2, 3)).t().try_reshape_view(-1).unwrap_err().to_string();
    assert_eq!(error, "reshape_view: strides [1, 3] need a copy");
}

#[test]
fn maps() {
    let a = array![[1, 2], [3, 4]];
    assert_eq!(a.t().map(|x| x as f64 * 0.5), [[0.5, 1.5], [1.0, 2.0]]);
    assert_eq!(isonum::zip_map(&a, [10, 20], |x, y| x + y > 22), [[false, false], [false, true]]);
    assert_eq!(isonum::zip_map(a.t(), &a, |x, y| x - y), [[0, 1], [-1, 0]]);
}

#[test]
fn text() {
    assert_eq!(array![[1.0, 2.5], [3.0, 4.0]].to_string(), "[[1.  2.5]\n [3.  4. ]]");
    assert_eq!(format!("{:?}", array![1, 2].view()), "array([1, 2], dtype=int32, shape=(2,), strides=(1,))");
}

#[test]
fn iterators_have_twins() {
    let mut a = array![[1, 2, 3], [4, 5, 6]];
    assert_eq!(a.try_rows().unwrap().map(|row| row.sum()).collect::<Vec<_>>(), [6i64, 15]);
    assert_eq!(a.view().try_lanes(0).unwrap().len(), 3);
    assert_eq!(a.view_mut().try_outer_iter().unwrap().next().unwrap(), [1, 2, 3]);
    a.try_axis_iter_mut(1).unwrap().for_each(|mut column| column.add_assign([0, 1]));
    a.try_iter_mut().unwrap().for_each(|x| *x *= 10);
    a.try_t_mut().unwrap().row_mut(0).fill(7);
    assert_eq!(a, [[7, 20, 30], [7, 60, 70]]);
    let none = Array::from(1);
    let errors = [
        (a.try_lanes(2).err(), "lanes: axis 2 is out of range for an array of 2 dimensions"),
        (a.view().try_axis_iter(-3).err(), "axis_iter: axis -3 is out of range for an array of 2 dimensions"),
        (none.try_rows().err(), "rows: axis -1 is out of range for an array of 0 dimensions"),
        (none.try_outer_iter().err(), "outer_iter: axis 0 is out of range for an array of 0 dimensions"),
    ];
    for (error, message) in errors {
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(message));
    }
    let errors = [
        (a.try_lanes_mut(2).err(), "lanes_mut: axis 2 is out of range for an array of 2 dimensions"),
        (none.clone().try_rows_mut().err(), "rows_mut: axis -1 is out of range for an array of 0 dimensions"),
        (a.try_axis_iter_mut(5).err(), "axis_iter_mut: axis 5 is out of range for an array of 2 dimensions"),
    ];
    for (error, message) in errors {
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(message));
    }
}

#[test]
fn creation_and_conversion_have_twins() {
    fn error<R>(result: isonum::Result<R>) -> String {
        result.err().map_or_else(|| "no error".into(), |error| error.to_string())
    }
    let mut rng = isonum::random::Generator::new(0);
    let negative = "shape: axis 0 must not be negative, found -1";
    assert_eq!(error(rng.try_normal(0.0, 1.0, -1)), format!("normal: {negative}"));
    assert_eq!(error(rng.try_uniform(0.0, 1.0, -1)), format!("uniform: {negative}"));
    assert_eq!(error(isonum::try_eye::<u8>(-1)), format!("eye: {negative}"));
    assert_eq!(error(isonum::try_ones::<u8>(-1)), format!("ones: {negative}"));
    assert_eq!(Array::<u8>::try_zeros(2).unwrap(), [0, 0]);
    assert_eq!(Array::try_from_fn([2, 2], |[i, j]| i + 2 * j == 1).unwrap(), [[false, false], [true, false]]);
    assert_eq!(Array::try_from_vec(vec![1, 2]).unwrap().try_into_vec().unwrap(), [1, 2]);
    assert_eq!(array![[5]].try_into_scalar().unwrap(), 5);
    assert_eq!(array![1, 2].try_map(|x| x as f64 / 2.0).unwrap(), [0.5, 1.0]);
    let mut a = array![1, 2];
    a.try_map_mut(|x| x + 1).unwrap();
    assert_eq!(a, [2, 3]);
    let most = isize::MAX as usize;
    assert_eq!(error(Array::<u8>::try_ones([-1])), format!("ones: {negative}"));
    assert_eq!(
        error(Array::try_from_fn([most, 2], |_| 0u8)),
        format!("from_fn: shape ({most}, 2) is too large to address")
    );
    assert_eq!(error(Array::try_arange(0, 1, 0)), "arange: step: must not be zero");
    assert!(Array::<f64>::try_eye((1, 2, 3)).is_err() && Array::try_linspace(0.0, 1.0, most).is_err());
    assert!(Array::try_full(-1, 0).is_err());
    assert_eq!(error(a.try_into_scalar()), "into_scalar: expected shape (), found (2,)");
    assert_eq!(
        error(isonum::try_zip_map([1, 2], [1, 2, 3], |a, b| a + b)),
        "zip_map: cannot broadcast (2,) with (3,): axis 0 is 2 and 3"
    );
    let (empty, options) = (Array::<f64>::zeros([2, 0]), isonum::fft::Options::default());
    let message = "n: must be at least 1, found 0 from axis 1 of length 0";
    assert_eq!(error(isonum::fft::try_rfft(&empty)), format!("rfft: {message}"));
    assert_eq!(error(isonum::fft::try_rfft_with(&empty, options)), format!("rfft_with: {message}"));
    assert!(isonum::fft::try_fft(Complex64::ONE).is_err());
}
