//! New arrays, and arrays of other shapes made of old ones.

use isonum::prelude::*;
use isonum::{Indexing, Result};

fn error<R>(result: Result<R>) -> String {
    result.err().map_or_else(|| "no error".into(), |error| error.to_string())
}

#[test]
fn constants() {
    assert_eq!(isonum::zeros::<f32>((2, 1)), [[0.0f32], [0.0]]);
    assert_eq!(isonum::ones::<bool>(2), [true, true]);
    assert_eq!(isonum::full([2, 2], 1.5), [[1.5, 1.5], [1.5, 1.5]]);
    assert_eq!(isonum::full((), 3).ndim(), 0);
    let n = 4usize;
    assert_eq!(Array::<u8>::zeros([n, 2]).shape(), [4, 2]);
    assert_eq!(Array::<u8>::zeros(&[3usize, 4][..]).shape(), [3, 4]);
    assert_eq!(isonum::zeros_like(Array::<f64>::ones([2, 3]).t()).shape(), [3, 2]);
    assert_eq!(Array::from_fn([2, 2], |[i, j]| i as i32 - j as i32), [[0, -1], [1, 0]]);
    assert_eq!(isonum::fromfunction((), |index| index.len() as i32), 0);
    assert_eq!(Array::<i32>::from_fn([0, 3], |_| unreachable!()).shape(), [0, 3]);
}

/// The memory of this process that the system has had to provide, in bytes.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<usize>().unwrap() * 1024
}

/// Nobody writes them: their memory is provided when it is first used.
#[cfg(target_os = "linux")]
#[test]
fn lengths_are_reported_as_given() {
    let too_long = format!("axis 0 must be at most {}, found {}", isize::MAX, usize::MAX);
    assert_eq!(error(isonum::try_zeros::<u8>([usize::MAX, 2])), format!("zeros: shape: {too_long}"));
    assert_eq!(error(array![1].try_reshape((usize::MAX, -1))), format!("reshape: shape: {too_long}"));
    assert_eq!(error(array![1].try_broadcast_to(usize::MAX)), format!("broadcast_to: shape: {too_long}"));
    let most = isize::MAX as usize;
    assert_eq!(
        error(isonum::try_zeros::<u8>([most, 2])),
        format!("zeros: shape ({most}, 2) is too large to address")
    );
    assert_eq!(
        error(isonum::try_zeros::<u8>([2, -3])),
        "zeros: shape: axis 1 must not be negative, found -3"
    );
}

#[test]
fn zeros_are_not_written() {
    let before = resident();
    let a = isonum::zeros::<u8>([1usize << 30]);
    let grown = resident().saturating_sub(before);
    // Other tests in this process take some; a sanitizer has one byte for eight.
    assert!(grown < 1 << 29, "{grown} bytes of zeros");
    assert_eq!((a[0], a[12345], a[-1]), (0, 0, 0));
}

#[test]
fn ranges() {
    assert_eq!(isonum::arange(0, 10, 3), [0, 3, 6, 9]);
    assert_eq!(isonum::arange(10u8, 0, 3), [0u8; 0]);
    assert_eq!(isonum::arange(5, 0, -2), [5, 3, 1]);
    assert_eq!(isonum::arange(i64::MIN, i64::MAX, i64::MAX), [i64::MIN, -1, i64::MAX - 1]);
    assert_eq!(isonum::arange(250u8, 255, 3), [250, 253]);
    // NumPy 2.4: np.arange(0, 1, .1)[3] is 0.30000000000000004; np.arange(1, 1.3, .1) has four elements.
    assert_eq!(isonum::arange(0.0, 1.0, 0.1)[3], 0.30000000000000004);
    assert_eq!(isonum::arange(1.0, 1.3, 0.1).len(), 3 + 1);
    assert_eq!(isonum::arange(0.0, -1.0, 0.5), [0.0; 0]);
    assert_eq!(error(isonum::try_arange(0, 1, 0)), "arange: step: must not be zero");
    let errors = [
        (
            isonum::try_arange(0.0, 1e300, 1e-300),
            "0.0 to 1e300 by 1e-300: more elements than can be addressed",
        ),
        (isonum::try_arange(0.0, f64::INFINITY, 1.0), "0.0 to inf by 1.0: the bounds must be finite"),
        (isonum::try_arange(f64::NAN, 1.0, 1.0), "NaN to 1.0 by 1.0: the bounds must be finite"),
        (isonum::try_arange(0.0, 1.0, f64::NAN), "0.0 to 1.0 by NaN: the step must be a number"),
        (
            isonum::try_arange(-1e308, 1e308, 1e307),
            "-1e308 to 1e308 by 1e307: the distance of the bounds overflows",
        ),
    ];
    for (result, message) in errors {
        assert_eq!(error(result), format!("arange: {message}"));
    }
    // 80 elements in `f64`, of which `f32` would make infinities.
    assert!(isonum::try_arange(-3e38f32, 3e38, 1e37).is_err());
    assert_eq!(isonum::arange(0.0, 1.0, f64::INFINITY), [0.0; 0]);
    assert_eq!(
        error(isonum::try_arange(0, i64::MAX, 1)),
        "arange: shape (9223372036854775807,) is too large to address"
    );
}

#[test]
fn linear_spaces_end_exactly() {
    for n in [2, 3, 7, 10, 49, 1000] {
        let a = isonum::linspace(0.1, 0.7, n);
        assert_eq!((a.len(), a[0], a[-1]), (n, 0.1, 0.7));
        let b = isonum::linspace(-1.0f32, 1.0, n);
        assert_eq!((b[0], b[-1]), (-1.0, 1.0));
    }
    assert_eq!(isonum::linspace(1.0, 2.0, 0), [0.0; 0]);
    assert_eq!(isonum::linspace(1.0, 2.0, 1), [1.0]);
    assert_eq!(isonum::linspace_exclusive(0.0, 2.0, 4), [0.0, 0.5, 1.0, 1.5]);
    assert_eq!(isonum::linspace_exclusive(3.0, 2.0, 1), [3.0]);
    assert_eq!(isonum::linspace(5.0, 5.0, 3), [5.0, 5.0, 5.0]);
    // As NumPy: i * step + start.
    assert_eq!(isonum::linspace(0.0, 1.0, 11)[3], 3.0 * 0.1);
}

#[test]
fn geometric_spaces() {
    assert_eq!(isonum::logspace(0.0, 3.0, 4), [1.0, 10.0, 100.0, 1000.0]);
    assert_eq!(isonum::logspace(-300.0, 300.0, 3), [1e-300, 1.0, 1e300]);
    let half = isonum::logspace(-0.5, 0.5, 2);
    assert!((half[1] - 10f64.sqrt()).abs() <= 2.0 * f64::EPSILON);
    assert!((half[0] - 0.1f64.sqrt()).abs() <= f64::EPSILON);
    assert_eq!(isonum::logspace(0.0f32, 2.0, 3), [1.0f32, 10.0, 100.0]);
    assert_eq!(isonum::logspace(308.5, 400.5, 2)[1], f64::INFINITY);
    let g = isonum::geomspace(2.0, 32.0, 5);
    assert_eq!((g[0], g[-1]), (2.0, 32.0));
    assert!(g.allclose([2.0, 4.0, 8.0, 16.0, 32.0]));
    assert_eq!(isonum::geomspace(-4.0, -1.0, 2), [-4.0, -1.0]);
    assert_eq!(isonum::geomspace(3.0, 5.0, 1), [3.0]);
    assert_eq!(isonum::geomspace(3.0, 5.0, 0).len(), 0);
    assert!(isonum::try_geomspace(0.0, 5.0, 3).is_err());
    assert!(isonum::try_geomspace(-1.0, 5.0, 3).is_err());
    assert!(isonum::try_geomspace(1.0, f64::INFINITY, 3).is_err());
}

#[test]
fn matrices() {
    assert_eq!(isonum::eye::<i32>(2), [[1, 0], [0, 1]]);
    assert_eq!(isonum::eye_k::<i32>((2, 4), 2), [[0, 0, 1, 0], [0, 0, 0, 1]]);
    assert_eq!(isonum::eye_k::<i32>(2, 7), [[0, 0], [0, 0]]);
    assert_eq!(isonum::eye_k::<i32>(2, isize::MIN), [[0, 0], [0, 0]]);
    assert_eq!(isonum::diag([1, 2], 1), [[0, 1, 0], [0, 0, 2], [0, 0, 0]]);
    assert_eq!(isonum::diag([[1, 2], [3, 4]], -1), [3]);
    let n = 1usize << 63 | 1;
    assert_eq!(
        error(isonum::try_diag([1], isize::MIN)),
        format!("diag: shape ({n}, {n}) is too large to address")
    );
    assert_eq!(error(isonum::try_diag([[[1]]], 0)), "diag: must have one or two axes, found 3");
    assert_eq!(isonum::tri::<i32>(3, -1), [[0, 0, 0], [1, 0, 0], [1, 1, 0]]);
    assert_eq!(isonum::tri::<i32>((2, 0), 0).shape(), [2, 0]);
    let a = Array::<i32>::ones([2, 3, 3]);
    assert_eq!(isonum::tril(&a, 0).row(1), [[1, 0, 0], [1, 1, 0], [1, 1, 1]]);
    assert_eq!(isonum::triu(&a, 0).row(0), [[1, 1, 1], [0, 1, 1], [0, 0, 1]]);
    assert_eq!(isonum::tril([[1, 2, 3]], 1), [[1, 2, 0]]);
    assert_eq!(isonum::triu([[1, 2, 3]], isize::MAX), [[0, 0, 0]]);
    assert_eq!(isonum::tril([[1, 2, 3]], isize::MIN), [[0, 0, 0]]);
    assert_eq!(error(isonum::try_tril([1], 0)), "tril: needs two axes, found 1");
    assert_eq!(a, Array::ones([2, 3, 3]));
}

#[test]
fn grids() {
    let (x, y, z) = (array![1, 2, 3], array![10, 20], array![5]);
    let xy = isonum::meshgrid(&[&x, &y, &z], Indexing::Xy);
    assert!(xy.iter().all(|g| g.shape() == [2, 3, 1]));
    assert_eq!(xy[1].slice(s![.., 0, 0]), [10, 20]);
    let ij = isonum::meshgrid(&[&x, &y], Indexing::Ij);
    assert_eq!(ij[0], [[1, 1], [2, 2], [3, 3]]);
    assert_eq!(isonum::meshgrid(&[&x], Indexing::Xy)[0], x);
    assert_eq!(
        error(isonum::try_meshgrid(&[&x, &xy[0].row(0)], Indexing::Xy)),
        "meshgrid: coordinates: must be vectors, but array 1 has 2 axes"
    );
    assert_eq!(isonum::indices([2, 2])[1], [[0, 1], [0, 1]]);
}

#[test]
fn joins() {
    let (a, b) = (array![[1, 2], [3, 4]], array![[5, 6]]);
    assert_eq!(isonum::concatenate(&[&a, &b], 0), [[1, 2], [3, 4], [5, 6]]);
    assert_eq!(isonum::concatenate(&[a.t(), a.clone()], -1), [[1, 3, 1, 2], [2, 4, 3, 4]]);
    assert_eq!(isonum::concatenate(&vec![b.view(); 2], 0), [[5, 6], [5, 6]]);
    assert_eq!(isonum::stack(&[&a, &a], 2).shape(), [2, 2, 2]);
    assert_eq!(isonum::stack(&[1, 2, 3], 0), [1, 2, 3]);
    assert_eq!(isonum::vstack(&[&a, &b]), [[1, 2], [3, 4], [5, 6]]);
    assert_eq!(isonum::vstack(&[array![1, 2], array![3, 4]]), [[1, 2], [3, 4]]);
    assert_eq!(isonum::hstack(&[&a, &a]), [[1, 2, 1, 2], [3, 4, 3, 4]]);
    assert_eq!(isonum::hstack(&[1, 2]), [1, 2]);
    assert_eq!(
        error(isonum::try_concatenate(&[&a, &b], 1)),
        "concatenate: array 1 of shape (1, 2) does not fit array 0 of shape (2, 2): axis 0 is 1 and 2"
    );
    assert_eq!(
        error(isonum::try_concatenate(&[&a, &b, &array![[1, 2, 3]]], 0)),
        "concatenate: array 2 of shape (1, 3) does not fit array 0 of shape (2, 2): axis 1 is 3 and 2"
    );
    assert_eq!(
        error(isonum::try_concatenate(&[&a, &a.row(0)], 0)),
        "concatenate: array 1 of shape (2,) does not fit array 0 of shape (2, 2): they have 1 and 2 axes"
    );
    assert_eq!(
        error(isonum::try_stack(&[&a, &a, &b], 0)),
        "stack: array 2 of shape (1, 2) does not fit array 0 of shape (2, 2): axis 0 is 1 and 2"
    );
    assert_eq!(
        error(isonum::try_stack(&[&a.row(0), &a], 0)),
        "stack: array 1 of shape (2, 2) does not fit array 0 of shape (2,): they have 2 and 1 axes"
    );
    assert_eq!(
        error(isonum::try_vstack(&[vec![1, 2], vec![3]])),
        "vstack: array 1 of shape (1, 1) does not fit array 0 of shape (1, 2): axis 1 is 1 and 2"
    );
    assert_eq!(
        error(isonum::try_hstack(&[&a, &b])),
        "hstack: array 1 of shape (1, 2) does not fit array 0 of shape (2, 2): axis 0 is 1 and 2"
    );
    assert_eq!(
        error(Array::try_from_rows(&[vec![1], vec![2], vec![]])),
        "from_rows: array 2 of shape (0,) does not fit array 0 of shape (1,): axis 0 is 0 and 1"
    );
    let none: [Array<i32>; 0] = [];
    assert_eq!(error(isonum::try_concatenate(&none, 0)), "concatenate: needs at least one array");
    assert_eq!(error(isonum::try_stack(&none, 0)), "stack: needs at least one array");
    assert_eq!(error(isonum::try_hstack(&none)), "hstack: needs at least one array");
    assert!(isonum::try_concatenate(&[&a, &a], 2).is_err());
    assert_eq!(isonum::concatenate(&[Array::<i32>::zeros([0, 2]), b], 0), [[5, 6]]);
}

#[test]
fn repeats() {
    let a = array![[1, 2], [3, 4]];
    assert_eq!(a.repeat(2, 0), [[1, 2], [1, 2], [3, 4], [3, 4]]);
    assert_eq!(a.t().repeat(3, 1), [[1, 1, 1, 3, 3, 3], [2, 2, 2, 4, 4, 4]]);
    assert_eq!(a.repeat(0, 0).shape(), [0, 2]);
    assert_eq!(a.tile((2, 1)), [[1, 2], [3, 4], [1, 2], [3, 4]]);
    assert_eq!(a.tile(2), [[1, 2, 1, 2], [3, 4, 3, 4]]);
    assert_eq!(a.tile([2, 1, 1]).shape(), [2, 2, 2]);
    assert!(a.try_tile(-1).is_err());
    assert!(a.try_repeat(usize::MAX, 0).is_err());
    assert_eq!(a.roll(1, 1), [[2, 1], [4, 3]]);
    assert_eq!(a.roll(-3, 0), [[3, 4], [1, 2]]);
    assert_eq!(a.roll(isize::MIN, 0).shape(), [2, 2]);
    assert_eq!(Array::<i32>::zeros([0, 2]).roll(1, 0).shape(), [0, 2]);
}

#[test]
fn reshapes() {
    let a = Array::<i32>::arange(0, 6, 1);
    let b = a.reshape([2, 3]);
    assert!(!a.is_unique());
    assert_eq!(b.t().reshape(-1), [0, 3, 1, 4, 2, 5]);
    assert_eq!(isonum::reshape(b.view(), (3, 2)), [[0, 1], [2, 3], [4, 5]]);
    assert_eq!(b.t().ravel(), isonum::ravel(b.t()));
    assert_eq!(error(b.try_reshape([4, 2])), "reshape: cannot reshape 6 elements from (2, 3) to (4, 2)");
    assert_eq!(
        error(b.t().try_reshape([4, -1])),
        "reshape: cannot reshape 6 elements from (3, 2) to (4, -1)"
    );
    assert_eq!(error(b.try_reshape([-1, -1])), "reshape: cannot infer more than one axis of (-1, -1)");
    assert_eq!(error(b.try_permute_dims(0)), "permute_dims: expected 2 axes, found 1");
    assert_eq!(error(b.try_permute_dims([0, 0])), "permute_dims: axis 0 is given more than once");
    assert_eq!(error(b.try_permute_dims(())), "permute_dims: expected 2 axes, found 0");
    assert_eq!(error(b.try_squeeze(1)), "squeeze: cannot remove axis 1 of length 3");
    assert_eq!(
        error(b.try_broadcast_to([3, 3])),
        "broadcast_to: cannot broadcast (2, 3) to (3, 3): axis 0 is 2 and 3"
    );
    assert_eq!(error(b.try_flip(2)), "flip: axis 2 is out of range for an array of 2 dimensions");
}
