use super::*;

#[test]
fn is_one_word_and_crosses_threads() {
    fn check<T: Send + Sync + std::error::Error + 'static>() {}
    check::<Error>();
    assert_eq!(size_of::<Result<()>>(), size_of::<usize>());
}

#[test]
fn messages() {
    let cases = [
        (
            Error::broadcast("add", &[&[3, 4], &[2]], 1, (4, 2)),
            "add: cannot broadcast (3, 4) with (2,): axis 1 is 4 and 2",
        ),
        (
            Error::broadcast("clip", &[&[3, 4], &[2], &[]], 1, (4, 2)),
            "clip: cannot broadcast (3, 4) with (2,) and (): axis 1 is 4 and 2",
        ),
        (Error::broadcast_to(&[3], &[2, 4], Some(1)), "cannot broadcast (3,) to (2, 4): axis 1 is 3 and 4"),
        (Error::broadcast_to(&[1, 3], &[3], None), "cannot broadcast (1, 3) to (3,): 2 axes do not fit in 1"),
        (Error::shape_mismatch("assign", &[3, 4], &[2]), "assign: expected shape (3, 4), found (2,)"),
        (
            Error::join("concatenate", 2, &[1, 2], &[2, 2], Some(0)),
            "concatenate: array 2 of shape (1, 2) does not fit array 0 of shape (2, 2): axis 0 is 1 and 2",
        ),
        (
            Error::join("stack", 1, &[2], &[2, 2], None),
            "stack: array 1 of shape (2,) does not fit array 0 of shape (2, 2): they have 1 and 2 axes",
        ),
        (Error::matmul(&[3, 4], &[5, 2]), "matmul: (3, 4) with (5, 2): 4 columns and 5 rows differ"),
        (Error::matmul(&[1], &[7, 3, 2]), "matmul: (1,) with (7, 3, 2): 1 element and 3 rows differ"),
        (Error::matmul(&[2, 1], &[3]), "matmul: (2, 1) with (3,): 1 column and 3 elements differ"),
        (Error::matmul(&[], &[3]), "matmul: () with (3,): the first operand has no axes"),
        (Error::matmul(&[3], &[]), "matmul: (3,) with (): the second operand has no axes"),
        (Error::length_mismatch(&[3, 4], 10), "shape (3, 4) does not hold 10 elements"),
        (Error::axis_out_of_range(3, 2), "axis 3 is out of range for an array of 2 dimensions"),
        (Error::axis_out_of_range(-2, 1), "axis -2 is out of range for an array of 1 dimension"),
        (Error::repeated_axis(1), "axis 1 is given more than once"),
        (Error::axis_count(2, 3), "expected 2 axes, found 3"),
        (Error::not_unit_axis(1, 3), "cannot remove axis 1 of length 3"),
        (Error::reshape(12, &[3, 4], &[5, 2]), "cannot reshape 12 elements from (3, 4) to (5, 2)"),
        (Error::reshape(1, &[], &[-1, 2]), "cannot reshape 1 element from () to (-1, 2)"),
        (Error::two_unknown_axes(&[-1, -1]), "cannot infer more than one axis of (-1, -1)"),
        (
            Error::size_overflow(&[1 << 40, 1 << 40]),
            "shape (1099511627776, 1099511627776) is too large to address",
        ),
        (Error::index_out_of_bounds(-5, 0, 3), "index -5 is out of bounds for axis 0 of length 3"),
        (Error::index_count(4, 3), "4 indices for an array of 3 dimensions"),
        (Error::index_count(1, 0), "1 index for an array of 0 dimensions"),
        (Error::ellipses(2), "a slice can have only one ellipsis, found 2"),
        (Error::zero_step(1), "the slice step of axis 1 is zero"),
        (Error::empty_reduction("max", Some(0), &[0, 3]), "max of no elements: axis 0 of shape (0, 3)"),
        (Error::empty_reduction("max", None, &[0, 3]), "max of no elements: shape (0, 3)"),
        (
            Error::overlap(&[3, 4], &[0, 1]),
            "elements of shape (3, 4) with strides (0, 1) overlap in memory and cannot be written",
        ),
        (Error::out_of_memory(1 << 40), "cannot allocate 1099511627776 bytes"),
        (Error::dtype_mismatch("load", DType::F64, DType::F32), "load: expected float64, found float32"),
        (Error::invalid_argument("ddof", "must be below 3, found 4"), "ddof: must be below 3, found 4"),
        (Error::format("npy", "the header ends early"), "npy: the header ends early"),
        (Error::division_by_zero("fmod"), "fmod: division of an integer by zero"),
        (
            Error::negative_exponent("power"),
            "power: negative powers of integers are fractions: convert to floats first",
        ),
        (std::io::Error::other("disk full").into(), "disk full"),
        (
            Error::backend_unavailable("avx9", &["avx2", "scalar"]),
            "backend \"avx9\" is not available: choose from avx2, scalar",
        ),
    ];
    for (error, message) in cases {
        assert_eq!(error.to_string(), message);
    }
    let mut error = Error::repeated_axis(1);
    error.name_operation("sum");
    error.name_operation("outer");
    assert_eq!(
        (error.to_string().as_str(), error.operation()),
        ("sum: axis 1 is given more than once", Some("sum"))
    );
    let mut error = Error::matmul(&[1], &[2]);
    error.name_operation("try_matmul");
    assert!(error.to_string().starts_with("matmul: (1,) with (2,)"), "{error}");
    assert_eq!(format!("{:?}", Error::repeated_axis(1)), "Error(axis 1 is given more than once)");
    assert!(matches!(Error::repeated_axis(1).kind(), ErrorKind::RepeatedAxis { axis: 1 }));
}
