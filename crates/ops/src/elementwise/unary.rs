//! Operations of one operand, `T → T`.

use super::{accuracy, example, numpy_name, operation, operation_in_place, owned, result_shape};
use crate::macros::{OrPanic, on_arrays, on_writable_arrays};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Bits, Element, Float, Given, Number, Real, Result};
use isonum_core::registry::Unary;
use isonum_runtime::elementwise::{self, small};

#[inline(always)]
fn quick<T: Element>(op: Unary, a: &impl ArrayLike<T>) -> Option<Array<T>> {
    small::unary(op, &a.glance()).map(Array)
}

fn run<T: Element>(op: Unary, mut a: impl ArrayLike<T>) -> Result<Array<T>> {
    if let Some(out) = a.as_owned_mut()
        && out.fills_buffer()
        && small::unary_to(op, None, out)
    {
        return a.give(owned);
    }
    a.give(|a| elementwise::unary(op, a)).map(Array)
}

#[inline]
fn run_to<T: Element>(op: Unary, a: impl ArrayLike<T>, mut out: ArrayViewMut<'_, T>) -> Result<()> {
    if small::unary_to(op, Some(&a.glance()), &mut out.0) {
        return Ok(());
    }
    elementwise::unary_to(op, Some(&a.view()), out.0)
}

impl<T: Element> Array<T> {
    /// In place, or to fresh memory where writing would first copy.
    fn run_unary_mut(&mut self, op: Unary) -> Result<()> {
        if small::unary_to(op, None, &mut self.0) {
            return Ok(());
        }
        if self.0.is_writable() {
            return elementwise::unary_to(op, None, self.write()?);
        }
        self.0 = elementwise::unary(op, Given::Shared(&self.0))?;
        Ok(())
    }
}

impl<T: Element> ArrayViewMut<'_, T> {
    fn run_unary_mut(&mut self, op: Unary) -> Result<()> {
        if small::unary_to(op, None, &mut self.0) {
            return Ok(());
        }
        elementwise::unary_to(op, None, self.write()?)
    }
}

macro_rules! operations {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:tt, $accuracy:ident $(($($ulp:tt)*))?,
          input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        operation! {
            Unary::$op, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>],
            (a) -> T, $class, $numpy, ($accuracy $(($($ulp)*))?), $line
        }
        operation_in_place! { Unary::$op, run_unary_mut, $name [<$name _mut>] [<try_ $name _mut>], (), $class }
    )*}};
}

isonum_core::unary_operations!([operations]);
