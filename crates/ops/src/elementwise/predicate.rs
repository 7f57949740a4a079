//! Predicates, `T → bool`.

use super::{accuracy, example, numpy_name, operation, result_shape};
use crate::macros::{OrPanic, on_arrays};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Real, Result};
use isonum_core::registry::Predicate;
use isonum_runtime::elementwise::{self, small};

#[inline(always)]
fn quick<T: Element>(op: Predicate, a: &impl ArrayLike<T>) -> Option<Array<bool>> {
    small::predicate(op, &a.glance()).map(Array)
}

fn run<T: Element>(op: Predicate, a: impl ArrayLike<T>) -> Result<Array<bool>> {
    a.give(|a| elementwise::predicate(op, a)).map(Array)
}

#[inline]
fn run_to<T: Element>(op: Predicate, a: impl ArrayLike<T>, mut out: ArrayViewMut<'_, bool>) -> Result<()> {
    if small::predicate_to(op, &a.glance(), &mut out.0) {
        return Ok(());
    }
    elementwise::predicate_to(op, &a.view(), out.0)
}

macro_rules! operations {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:tt, $accuracy:ident $(($($ulp:tt)*))?,
          input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        operation! {
            Predicate::$op, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>],
            (a) -> bool, $class, $numpy, ($accuracy $(($($ulp)*))?), $line
        }
    )*}};
}

isonum_core::predicate_operations!([operations]);
