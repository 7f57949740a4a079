//! Estimates of what operations cost, for the decision to split them.
//!
//! Nanoseconds for one element on one thread of a current machine with wide vectors, from cache. They need to be
//! right within a factor of two.

use isonum_core::registry::{Accuracy, Binary, Unary};
use isonum_core::{DType, Element};
use std::io::Read;
use std::sync::OnceLock;

/// Nanoseconds to move a byte between cache and core.
const BYTE: f64 = 0.02;

/// Of an operation that moves `arrays` elements of `T` for each of its results and computes next to nothing.
pub(crate) fn moves<T>(arrays: usize) -> f64 {
    BYTE * (arrays * size_of::<T>()) as f64
}

pub(crate) fn unary<T: Element>(op: Unary) -> f64 {
    let each = match op {
        Unary::Sqrt | Unary::Reciprocal | Unary::Rsqrt => 0.05 * size_of::<T>() as f64,
        Unary::Deg2Rad | Unary::Rad2Deg => 0.0,
        // Functions with an error bound are series.
        op if op.row().accuracy != Accuracy::Exact => 0.1 * size_of::<T>() as f64,
        _ => 0.0,
    };
    each.max(moves::<T>(2))
}

pub(crate) fn binary<T: Element>(op: Binary) -> f64 {
    let integer = !matches!(T::DTYPE, DType::F32 | DType::F64 | DType::C32 | DType::C64);
    let each = match op {
        Binary::Gcd | Binary::Lcm => 10.0,
        op if op.divides() && integer => 2.0,
        Binary::Power if integer => 1.0,
        Binary::Fmod | Binary::FloorDivide | Binary::Remainder => 4.0,
        op if matches!(op.row().accuracy, Accuracy::Ulp(..)) => 0.1 * size_of::<T>() as f64,
        Binary::Divide => 0.05 * size_of::<T>() as f64,
        _ => 0.0,
    };
    each.max(moves::<T>(3))
}

/// Whether an operation that reads and writes so many bytes should write its output around the caches: it will not
/// find its way back from them to the next operation, and to write a line that is not there is to read it first.
///
/// From five eighths of the last cache on. On a Zen 4 with 32 MiB, adding two `f32` arrays took, streamed, 1.1 times as
/// long at 12 MB, 0.67 at 24 MB, and 0.7 from 50 MB on; scaling one took 1.06 at 16 MB, 0.88 at 24 MB, 0.68 at 67 MB.
#[inline]
pub(crate) fn streams(bytes: usize) -> bool {
    // Most operations are far from any cache's size.
    const LEAST: usize = 1 << 20;
    bytes > LEAST && bytes > last_cache() / 8 * 5
}

/// The bytes of the last cache.
pub(crate) fn last_cache() -> usize {
    const USUAL: usize = 32 << 20;
    static BYTES: OnceLock<usize> = OnceLock::new();
    fn ask() -> Option<usize> {
        if cfg!(not(target_os = "linux")) || cfg!(miri) {
            return None;
        }
        // Operations in place allocate nothing, nor does the first one.
        let mut text = [0; 32];
        let mut file = std::fs::File::open("/sys/devices/system/cpu/cpu0/cache/index3/size").ok()?;
        let len = file.read(&mut text).ok()?;
        let text = std::str::from_utf8(&text[..len]).ok()?;
        let text = text.trim();
        let (number, unit) = match text.strip_suffix('K') {
            Some(number) => (number, 1 << 10),
            None => (text.strip_suffix('M')?, 1 << 20),
        };
        number.parse::<usize>().ok()?.checked_mul(unit).filter(|&bytes| bytes > 0)
    }
    *BYTES.get_or_init(|| ask().unwrap_or(USUAL))
}
