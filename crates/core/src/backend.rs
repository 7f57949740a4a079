//! The interface of a backend: what a set of kernels offers to the drivers.
//!
//! A backend is a value, chosen once when the process first needs one (see `isonum::backend`). Both traits here
//! are object-safe and have a default for every method: it hands the call to the `base`. So a backend of a user
//! is an *overlay*: it implements the kernels it cares for, and the others stay those of its base.
//!
//! Kernels never see shapes, axes or threads, only blocks ([`crate::operand`]). What one returns must not depend
//! on where in a block an element stands, and built-in backends agree to the bit.

use crate::element::{Complex32, Complex64, Element};
use crate::operand::{AnyOut, Filled, Grid, Input, Operand, Out, Rows};
use crate::registry::{Binary, Compare, Predicate, Ternary, Unary};

/// The virtual vector of reductions, in bytes: the same number of partial results on every backend.
pub const LANE_BYTES: usize = 256;

/// The number of partial results of a reduction over elements of `T`.
pub const fn lanes<T>() -> usize {
    LANE_BYTES / size_of::<T>()
}

/// The number of elements in a block of a reduction: 8 KiB, 32 virtual vectors.
pub const fn block_len<T>() -> usize {
    32 * lanes::<T>()
}

/// The number of elements in a chunk of a reduction. Chunks are reduced to one value each (by any thread) and
/// these are merged pairwise by chunk index.
pub const CHUNK: usize = 1 << 16;

/// Rows that a reduction over outer axes adds in order, before blocks of them merge pairwise.
pub const ROW_BLOCK: usize = 32;

/// Whether a reduction adds or multiplies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fold {
    /// Add the elements.
    Sum,
    /// Multiply the elements.
    Prod,
}

/// Which end of the order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extremum {
    /// The largest.
    Max,
    /// The smallest.
    Min,
}

/// A set of kernels for every element type.
pub trait Backend: Send + Sync {
    /// The name, as `ISONUM_BACKEND` and [`std::fmt::Debug`] output spell it.
    fn name(&self) -> &str;

    /// The backend that serves what this one does not.
    fn base(&self) -> &dyn Backend;

    /// Kernels for `f32`.
    fn f32(&self) -> &dyn Kernels<f32> {
        self.base().f32()
    }
    /// Kernels for `f64`.
    fn f64(&self) -> &dyn Kernels<f64> {
        self.base().f64()
    }
    /// Kernels for `i8`.
    fn i8(&self) -> &dyn Kernels<i8> {
        self.base().i8()
    }
    /// Kernels for `i16`.
    fn i16(&self) -> &dyn Kernels<i16> {
        self.base().i16()
    }
    /// Kernels for `i32`.
    fn i32(&self) -> &dyn Kernels<i32> {
        self.base().i32()
    }
    /// Kernels for `i64`.
    fn i64(&self) -> &dyn Kernels<i64> {
        self.base().i64()
    }
    /// Kernels for `u8`.
    fn u8(&self) -> &dyn Kernels<u8> {
        self.base().u8()
    }
    /// Kernels for `u16`.
    fn u16(&self) -> &dyn Kernels<u16> {
        self.base().u16()
    }
    /// Kernels for `u32`.
    fn u32(&self) -> &dyn Kernels<u32> {
        self.base().u32()
    }
    /// Kernels for `u64`.
    fn u64(&self) -> &dyn Kernels<u64> {
        self.base().u64()
    }
    /// Kernels for `bool`.
    fn bool(&self) -> &dyn Kernels<bool> {
        self.base().bool()
    }
    /// Kernels for `Complex32`.
    fn c32(&self) -> &dyn Kernels<Complex32> {
        self.base().c32()
    }
    /// Kernels for `Complex64`.
    fn c64(&self) -> &dyn Kernels<Complex64> {
        self.base().c64()
    }
}

/// The kernels for one element type.
///
/// Operands must fit their output ([`Operand::fits`]), and an operation must be one that the registry has for
/// the type; a kernel panics otherwise.
pub trait Kernels<T: Element>: Send + Sync {
    /// The kernels that serve what these do not.
    fn base(&self) -> &dyn Kernels<T>;

    /// `out = op(x)`.
    fn unary<'o>(&self, op: Unary, x: Operand<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        self.base().unary(op, x, out)
    }

    /// `out = op(a, b)`.
    fn binary<'o>(&self, op: Binary, a: Operand<'_, T>, b: Operand<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        self.base().binary(op, a, b, out)
    }

    /// `out = op(a, b, c)`.
    fn ternary<'o>(
        &self,
        op: Ternary,
        a: Operand<'_, T>,
        b: Operand<'_, T>,
        c: Operand<'_, T>,
        out: Out<'o, T>,
    ) -> Filled<'o> {
        self.base().ternary(op, a, b, c, out)
    }

    /// `out = op(a, b)`, truth values. Neither operand may be [`Operand::Out`].
    fn compare<'o>(
        &self,
        op: Compare,
        a: Operand<'_, T>,
        b: Operand<'_, T>,
        out: Out<'o, bool>,
    ) -> Filled<'o> {
        self.base().compare(op, a, b, out)
    }

    /// `out = op(x)`, truth values. The operand may not be [`Operand::Out`].
    fn predicate<'o>(&self, op: Predicate, x: Operand<'_, T>, out: Out<'o, bool>) -> Filled<'o> {
        self.base().predicate(op, x, out)
    }

    /// `out = yes` where `condition`, else `no`. The condition may not be [`Operand::Out`].
    fn select<'o>(
        &self,
        condition: Operand<'_, bool>,
        yes: Operand<'_, T>,
        no: Operand<'_, T>,
        out: Out<'o, T>,
    ) -> Filled<'o> {
        self.base().select(condition, yes, no, out)
    }

    /// `out = value`.
    fn fill<'o>(&self, value: T, out: Out<'o, T>) -> Filled<'o> {
        self.base().fill(value, out)
    }

    /// Copies a grid of any strides to another: the only kernel that meets elements of a row that are not
    /// neighbours, in `x`, in `out` or in both.
    fn copy<'o>(&self, x: Grid<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        self.base().copy(x, out)
    }

    /// Converts to the type of `out`, as Rust's `as` does: floats to integers cut and saturate, NaN gives 0,
    /// anything to `bool` asks whether it differs from zero, complex to real drops the imaginary part.
    fn cast<'o>(&self, x: Rows<'_, T>, out: AnyOut<'o>) -> Filled<'o> {
        self.base().cast(x, out)
    }

    /// The sum or product of up to [`CHUNK`] elements; 0 or 1 of none.
    fn fold(&self, op: Fold, x: Input<'_, T>) -> T::Sum {
        self.base().fold(op, x)
    }

    /// The sums or products down the columns of up to [`ROW_BLOCK`] rows, in order of the rows.
    fn fold_rows<'o>(&self, op: Fold, x: Rows<'_, T>, out: Out<'o, T::Sum>) -> Filled<'o> {
        self.base().fold_rows(op, x, out)
    }

    /// The sum of `(x − center)²` over up to [`CHUNK`] elements, in `f64`. For real elements.
    fn squared_deviations(&self, x: Input<'_, T>, center: f64) -> f64 {
        self.base().squared_deviations(x, center)
    }

    /// The sums of `(x − center)²` down the columns of up to [`ROW_BLOCK`] rows, in `f64`; `centers` has one for
    /// each column. For real elements.
    fn squared_deviations_rows<'o>(&self, x: Rows<'_, T>, centers: &[f64], out: Out<'o, f64>) -> Filled<'o> {
        self.base().squared_deviations_rows(x, centers, out)
    }

    /// The sum of products of up to [`CHUNK`] pairs. Floats multiply and add in one rounding.
    fn dot(&self, a: &[T], b: &[T]) -> T::Sum {
        self.base().dot(a, b)
    }

    /// The largest or smallest of any number of elements, `None` of none. Of equal elements (zeros of both
    /// signs) which one is a function of the number of elements alone. For ordered elements.
    fn extremum(&self, op: Extremum, x: Input<'_, T>) -> Option<T> {
        self.base().extremum(op, x)
    }

    /// The largest or smallest down the columns, by `maximum` and `minimum` in order of the rows. For ordered
    /// elements; at least one row.
    fn extremum_rows<'o>(&self, op: Extremum, x: Rows<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        self.base().extremum_rows(op, x, out)
    }

    /// The index of the largest or smallest element, the first of equals; the first NaN if there is one; `None`
    /// of no elements. For ordered elements.
    fn arg_extremum(&self, op: Extremum, x: &[T]) -> Option<usize> {
        self.base().arg_extremum(op, x)
    }

    /// The number of elements that are not zero.
    fn count_nonzero(&self, x: &[T]) -> usize {
        self.base().count_nonzero(x)
    }

    /// Whether any element is not zero.
    fn any(&self, x: &[T]) -> bool {
        self.base().any(x)
    }

    /// Whether all elements are not zero.
    fn all(&self, x: &[T]) -> bool {
        self.base().all(x)
    }

    /// Running sums or products: `out[i] = start ∘ x[0] ∘ … ∘ x[i]`; returns the last. One row.
    ///
    /// `start` is `None` at the beginning of a sequence; later pieces continue with what the one before
    /// returned, and every piece but the last is a multiple of [`block_len`] long.
    fn scan<'o>(
        &self,
        op: Fold,
        x: &[T],
        start: Option<T::Sum>,
        out: Out<'o, T::Sum>,
    ) -> (Filled<'o>, Option<T::Sum>) {
        self.base().scan(op, x, start, out)
    }
}
