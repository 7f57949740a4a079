//! Operations of two operands, `T, T → T`, which broadcast against each other.

use super::{accuracy, example, numpy_name, operation, operation_in_place, owned, result_shape};
use crate::macros::{OrPanic, on_arrays, on_writable_arrays};
use crate::{
    Array, ArrayLike, ArrayView, ArrayViewMut, Bits, Element, Float, Given, Integer, Number, Ordered, Real,
    Result, View,
};
use isonum_core::registry::Binary;
use isonum_runtime::elementwise::{self, small};

#[inline(always)]
pub(super) fn quick<T: Element>(
    op: Binary,
    a: &impl ArrayLike<T>,
    b: &impl ArrayLike<T>,
) -> Option<Array<T>> {
    if elementwise::may_fail::<T>(op) {
        return None;
    }
    small::binary(op, &a.glance(), &b.glance()).map(Array)
}

pub(super) fn run<T: Element>(
    op: Binary,
    mut a: impl ArrayLike<T>,
    mut b: impl ArrayLike<T>,
) -> Result<Array<T>> {
    if let Some(out) = a.as_owned_mut()
        && out.fills_buffer()
        && small::binary_to(op, None, Some(&b.glance()), out)
    {
        return a.give(owned);
    }
    if let Some(out) = b.as_owned_mut()
        && out.fills_buffer()
        && small::binary_to(op, Some(&a.glance()), None, out)
    {
        return b.give(owned);
    }
    a.give(|a| b.give(|b| elementwise::binary(op, a, b))).map(Array)
}

#[inline]
fn run_to<T: Element>(
    op: Binary,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    mut out: ArrayViewMut<'_, T>,
) -> Result<()> {
    if small::binary_to(op, Some(&a.glance()), Some(&b.glance()), &mut out.0) {
        return Ok(());
    }
    elementwise::binary_to(op, Some(&a.view()), Some(&b.view()), out.0)
}

impl<T: Element> Array<T> {
    /// In place, or to fresh memory where writing would first copy.
    #[inline]
    pub(super) fn run_binary_mut(&mut self, op: Binary, b: impl ArrayLike<T>) -> Result<()> {
        if small::binary_to(op, None, Some(&b.glance()), &mut self.0) {
            return Ok(());
        }
        self.run_large_binary_mut(op, &b.view())
    }

    fn run_large_binary_mut(&mut self, op: Binary, b: &View<'_, T>) -> Result<()> {
        if self.0.is_writable() {
            return elementwise::binary_to(op, None, Some(b), self.write()?);
        }
        // To this shape, not to one that both broadcast to.
        let b = b.broadcast_to(self.shape())?;
        self.0 = elementwise::binary(op, Given::Shared(&self.0), Given::View(b))?;
        Ok(())
    }
}

impl<T: Element> ArrayViewMut<'_, T> {
    #[inline]
    pub(super) fn run_binary_mut(&mut self, op: Binary, b: impl ArrayLike<T>) -> Result<()> {
        if small::binary_to(op, None, Some(&b.glance()), &mut self.0) {
            return Ok(());
        }
        elementwise::binary_to(op, None, Some(&b.view()), self.write()?)
    }
}

macro_rules! operations {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:tt, $accuracy:ident $(($($ulp:tt)*))?,
          input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        operation! {
            Binary::$op, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>],
            (a b) -> T, $class, $numpy, ($accuracy $(($($ulp)*))?), $line
        }
        operation_in_place! {
            Binary::$op, run_binary_mut, $name [<$name _mut>] [<try_ $name _mut>], (b), $class
        }
    )*}};
}

isonum_core::binary_operations!([operations]);
