//! The conformance suite against the token that it takes for its reference: tests the suite itself.

#[test]
fn scalar() {
    isonum_kernels::conformance::check(isonum_kernels::Scalar);
}
