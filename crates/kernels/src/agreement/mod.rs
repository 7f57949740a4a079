//! The agreement suite of backends: every kernel of one against those of another, `==` on bits; and against
//! naive loops, so that what is wrong in all backends alike is found too.
//!
//! It lives beside the kernels because their docs are what it tests; the crates of the backends run [`check`] and
//! [`check_naive`] in their tests. It walks the registry, so a new operation is covered as soon as it has a row
//! (and asks for its naive version in `scalars`, unless it is a function with an error bound). For every operation
//! it takes each form of each operand, one row and several, lengths around those of vectors and blocks, starts
//! that are not aligned, outputs of dirty memory, and looks whether anything beside the output has changed. Last, it hands kernels what they
//! must refuse.
//!
//! NaN results of computed operations compare as NaN only (their sign and payload are unspecified); `negative`,
//! `abs`, `select`, `fill` and `copy` must keep every bit.
//!
//! All of it is generic or `#[inline]`: it is compiled where a test calls it, not into the library.

mod copies;
mod elementwise;
mod memory;
mod naive;
mod reductions;
mod refusals;
mod scalars;
pub mod values;

use isonum_core::registry::{Class, Row};
use isonum_core::{Backend, Complex32, Complex64, Kernels};
use scalars::Arithmetic;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Compares every kernel of `candidate` with that of `reference`.
///
/// # Panics
/// At the end, if there was a difference: with the first one of each operation and element type, its operands and
/// where it is.
#[inline]
pub fn check(candidate: &dyn Backend, reference: &dyn Backend) {
    all(&Pair { candidate, reference, naive: false, differences: RefCell::default() });
}

/// Compares every kernel of `candidate` with naive loops: floats within the error bounds of functions, reductions
/// on elements whose sums are exact.
///
/// # Panics
/// As [`check`].
#[inline]
pub fn check_naive(candidate: &dyn Backend) {
    all(&Pair { candidate, reference: &naive::Naive, naive: true, differences: RefCell::default() });
}

/// Two backends.
struct Pair<'a> {
    candidate: &'a dyn Backend,
    reference: &'a dyn Backend,
    /// Whether the reference is [`naive::Naive`].
    naive: bool,
    /// What was found, by operation and type.
    differences: RefCell<BTreeMap<String, String>>,
}

impl<'a> Pair<'a> {
    /// Their kernels for one type.
    fn kernels<T: Arithmetic>(&self) -> [&'a dyn Kernels<T>; 2] {
        [T::kernels(self.candidate), T::kernels(self.reference)]
    }

    /// Notes a difference, the first one of each operation.
    fn differ<T: Arithmetic>(&self, operation: &str, what: String) {
        let key = format!("{operation} of {}", T::DTYPE);
        self.differences.borrow_mut().entry(key).or_insert(what);
    }
}

/// The rows of a family that are for elements of `T`.
fn rows<T: Arithmetic, Op>(family: &'static [Row<Op>]) -> impl Iterator<Item = &'static Row<Op>> {
    family.iter().filter(|row| row.class.contains(T::DTYPE))
}

#[inline]
fn all(pair: &Pair<'_>) {
    macro_rules! types {
        ($($t:ty)*) => {$(one::<$t>(pair);)*};
    }
    types!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64);
    let differences = pair.differences.borrow();
    let list: String = differences.iter().map(|(operation, what)| format!("\n{operation}: {what}")).collect();
    let (candidate, reference) = (pair.candidate.name(), pair.reference.name());
    assert!(list.is_empty(), "{candidate} differs from {reference} in {}:{list}", differences.len());
}

fn one<T: Arithmetic>(pair: &Pair<'_>)
where
    T::Sum: Arithmetic,
{
    elementwise::check::<T>(pair);
    copies::check::<T>(pair);
    reductions::sums::<T>(pair);
    reductions::truths::<T>(pair);
    if Class::Ordered.contains(T::DTYPE) {
        reductions::extremes::<T>(pair);
    }
    if Class::Real.contains(T::DTYPE) {
        reductions::deviations::<T>(pair);
    }
    refusals::check::<T>(pair);
}
