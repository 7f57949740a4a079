//! Results of reductions and scans in given places: those of new memory, and nothing else is written.

use crate::properties::arrays::{Placement, words};
use isonum_core::{Element, Result, Storage, ViewMut};

/// Has `write` put results in places of their shape: in C order, in Fortran order, and with gaps.
#[track_caller]
pub(crate) fn check<M: Element>(
    what: &str,
    results: &Storage<M>,
    seed: u64,
    write: impl Fn(ViewMut<'_, M>) -> Result<()>,
) {
    #[allow(clippy::eq_op, reason = "only NaN differs from itself")]
    let same = |a: M, b: M| a == b || (a != a && b != b);
    let shape = results.shape();
    for place in [Placement::dense(shape, false), Placement::dense(shape, true), Placement::any(shape, seed)]
    {
        let mut memory: Vec<M> =
            words(seed).map(|x| if x % 2 == 0 { M::ONE } else { M::ZERO }).take(place.memory_len()).collect();
        let mut expected = memory.clone();
        place.places().iter().zip(results.iter()).for_each(|(&at, &x)| expected[at] = x);
        write(place.view_mut(&mut memory)).unwrap();
        let differ = memory.iter().zip(&expected).position(|(&a, &b)| !same(a, b));
        assert_eq!(differ, None, "{what} of shape {shape:?} in {place:?}");
    }
    let mut memory = vec![M::ONE; results.len() + 1];
    let other = ViewMut::from_slice(&mut memory);
    let error = write(other).unwrap_err().to_string();
    assert!(error.contains(": expected shape ") && error.contains("found ("), "{what}: {error}");
    assert!(memory.iter().all(|&x| x == M::ONE), "{what}: written in spite of the error");
}
