//! Comparisons, `T, T → bool`, whose operands broadcast against each other.

use super::{accuracy, example, numpy_name, operation, result_shape};
use crate::macros::{OrPanic, on_arrays};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Ordered, Result};
use isonum_core::registry::Compare;
use isonum_runtime::elementwise::{self, small};

#[inline(always)]
fn quick<T: Element>(op: Compare, a: &impl ArrayLike<T>, b: &impl ArrayLike<T>) -> Option<Array<bool>> {
    small::compare(op, &a.glance(), &b.glance()).map(Array)
}

pub(super) fn run<T: Element>(
    op: Compare,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
) -> Result<Array<bool>> {
    a.give(|a| b.give(|b| elementwise::compare(op, a, b))).map(Array)
}

#[inline]
fn run_to<T: Element>(
    op: Compare,
    a: impl ArrayLike<T>,
    b: impl ArrayLike<T>,
    mut out: ArrayViewMut<'_, bool>,
) -> Result<()> {
    if small::compare_to(op, &a.glance(), &b.glance(), &mut out.0) {
        return Ok(());
    }
    elementwise::compare_to(op, &a.view(), &b.view(), out.0)
}

macro_rules! operations {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:tt, $accuracy:ident $(($($ulp:tt)*))?,
          input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        operation! {
            Compare::$op, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>],
            (a b) -> bool, $class, $numpy, ($accuracy $(($($ulp)*))?), $line
        }
    )*}};
}

isonum_core::compare_operations!([operations]);
