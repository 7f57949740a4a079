//! Operations of three operands, `T, T, T → T`, which broadcast against each other.

use super::{accuracy, example, numpy_name, operation, operation_in_place, result_shape};
use crate::macros::{OrPanic, on_arrays, on_writable_arrays};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Float, Given, Ordered, Result};
use isonum_core::registry::Ternary;
use isonum_runtime::elementwise::{self, small};

#[inline(always)]
fn quick<T: Element>(
    op: Ternary,
    a: &impl ArrayLike<T>,
    b: &impl ArrayLike<T>,
    c: &impl ArrayLike<T>,
) -> Option<Array<T>> {
    small::ternary(op, &a.glance(), &b.glance(), &c.glance()).map(Array)
}

fn run<T: Element>(
    op: Ternary,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    c: impl ArrayLike<T>,
) -> Result<Array<T>> {
    a.give(|a| b.give(|b| c.give(|c| elementwise::ternary(op, a, b, c)))).map(Array)
}

#[inline]
fn run_to<T: Element>(
    op: Ternary,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    c: impl ArrayLike<T>,
    out: ArrayViewMut<'_, T>,
) -> Result<()> {
    elementwise::ternary_to(op, Some(&a.view()), Some(&b.view()), Some(&c.view()), out.0)
}

impl<T: Element> Array<T> {
    /// In place, or to fresh memory where writing would first copy.
    fn run_ternary_mut(&mut self, op: Ternary, b: impl ArrayLike<T>, c: impl ArrayLike<T>) -> Result<()> {
        let (b, c) = (b.view(), c.view());
        if self.0.is_writable() {
            return elementwise::ternary_to(op, None, Some(&b), Some(&c), self.write()?);
        }
        // To this shape, not to one that all broadcast to.
        let (b, c) = (b.broadcast_to(self.shape())?, c.broadcast_to(self.shape())?);
        self.0 = elementwise::ternary(op, Given::Shared(&self.0), Given::View(b), Given::View(c))?;
        Ok(())
    }
}

impl<T: Element> ArrayViewMut<'_, T> {
    fn run_ternary_mut(&mut self, op: Ternary, b: impl ArrayLike<T>, c: impl ArrayLike<T>) -> Result<()> {
        let (b, c) = (b.view(), c.view());
        elementwise::ternary_to(op, None, Some(&b), Some(&c), self.write()?)
    }
}

/// Appends the names of the operands, which are not always `a`, `b` and `c`.
macro_rules! with_operands {
    (clip $then:ident $start:tt $end:tt) => { with_operands! { @ $then $start (a low high) $end } };
    ($name:ident $then:ident $start:tt $end:tt) => { with_operands! { @ $then $start (a b c) $end } };
    (@ operation [$($start:tt)*] ($($operand:ident)*) [$($end:tt)*]) => {
        operation! { $($start)* ($($operand)*) -> T, $($end)* }
    };
    (@ operation_in_place [$($start:tt)*] (a $($operand:ident)*) [$($end:tt)*]) => {
        operation_in_place! { $($start)* ($($operand)*), $($end)* }
    };
}

macro_rules! operations {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:tt, $accuracy:ident $(($($ulp:tt)*))?,
          input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        with_operands! { $name operation
            [Ternary::$op, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>],]
            [$class, $numpy, ($accuracy $(($($ulp)*))?), $line]
        }
        with_operands! { $name operation_in_place
            [Ternary::$op, run_ternary_mut, $name [<$name _mut>] [<try_ $name _mut>],]
            [$class]
        }
    )*}};
}

isonum_core::ternary_operations!([operations]);
