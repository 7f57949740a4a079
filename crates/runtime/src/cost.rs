//! Estimates of what operations cost, for the decision to split them.
//!
//! Nanoseconds for one element on one thread of a current machine with wide vectors, from cache. They need to be
//! right within a factor of two.

use isonum_core::registry::{Binary, Unary};
use isonum_core::{DType, Element};

/// Nanoseconds to move a byte between cache and core.
const BYTE: f64 = 0.02;

/// Of an operation that moves `arrays` elements of `T` for each of its results and computes next to nothing.
pub(crate) fn moves<T>(arrays: usize) -> f64 {
    BYTE * (arrays * size_of::<T>()) as f64
}

pub(crate) fn unary<T: Element>(op: Unary) -> f64 {
    let each = match op {
        Unary::Exp | Unary::Log | Unary::Sin | Unary::Cos | Unary::Tanh => 0.1 * size_of::<T>() as f64,
        Unary::Sqrt | Unary::Reciprocal => 0.05 * size_of::<T>() as f64,
        _ => 0.0,
    };
    each.max(moves::<T>(2))
}

pub(crate) fn binary<T: Element>(op: Binary) -> f64 {
    let integer = !matches!(T::DTYPE, DType::F32 | DType::F64 | DType::C32 | DType::C64);
    let each = match op {
        Binary::Divide | Binary::Fmod if integer => 2.0,
        Binary::Fmod => 4.0,
        Binary::Divide => 0.05 * size_of::<T>() as f64,
        _ => 0.0,
    };
    each.max(moves::<T>(3))
}
