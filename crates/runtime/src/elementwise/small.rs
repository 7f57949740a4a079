//! The short way of operations on a few elements.
//!
//! What an operation does besides its kernel (views, broadcasting, a plan) takes longer than a kernel for a hundred
//! elements. So callers try these functions first. They take scalars and arrays in C order without gaps of one
//! shape, and say no to everything else: also to what would be an error, which the long way then finds.

use super::{may_fail, with_kernels};
use crate::backend;
use isonum_core::operand::{Operand, Out};
use isonum_core::registry::{Binary, Compare, Predicate, Ternary, Unary};
use isonum_core::{Buffer, Element, Glance, Layout, Storage, ViewMut};

/// The most elements that take the short way: so few are never split.
const MOST: usize = 1024;

/// Whether the elements of a result are few.
#[inline(always)]
fn is_small(layout: &Layout) -> bool {
    layout.is_standard() && layout.len() <= MOST
}

/// The layout of the result: that of the first operand that is no scalar.
#[inline(always)]
fn result<'a, T: Element, const N: usize>(operands: [&Glance<'a, T>; N]) -> Option<&'a Layout> {
    operands.into_iter().find_map(Glance::layout).filter(|layout| is_small(layout))
}

/// The array is made where it is to be, of a buffer that a function of its own fills: moving one costs as much as a
/// small kernel.
macro_rules! new_array {
    ($(#[$doc:meta])* $name:ident, $filled:ident, $method:ident: $op:ty, ($($x:ident)*), $T:ident -> $U:ty) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name<$T: Element>(op: $op, $($x: &Glance<'_, $T>),*) -> Option<Storage<$U>> {
            let layout = result([$($x),*])?;
            let buffer = $filled(op, layout, $($x),*)?;
            // SAFETY: the buffer has the elements of the layout, which a kernel has filled.
            Some(unsafe { Storage::from_parts(buffer, 0, layout.clone()) })
        }

        #[inline(never)]
        fn $filled<$T: Element>(op: $op, layout: &Layout, $($x: &Glance<'_, $T>),*) -> Option<Buffer<$U>> {
            $(let $x = $x.operand(layout)?;)*
            let buffer = Buffer::uninit(layout.len()).ok()?;
            // SAFETY: the buffer has as many elements, and is ours.
            let out = unsafe { Out::from_raw(buffer.as_ptr(), 1, layout.len(), 0) };
            let _filled = backend::try_current(|backend| $T::kernels(backend).$method(op, $($x,)* out)).ok()?;
            Some(buffer)
        }
    };
}

new_array! {
    /// `op(x)`.
    unary, unary_filled, unary: Unary, (x), T -> T
}
new_array! {
    /// `op(a, b)`, which cannot fail: see [`may_fail`].
    binary, binary_filled, binary: Binary, (a b), T -> T
}
new_array! {
    /// `op(a, b)`.
    compare, compare_filled, compare: Compare, (a b), T -> bool
}
new_array! {
    /// `op(x)`.
    predicate, predicate_filled, predicate: Predicate, (x), T -> bool
}
new_array! {
    /// `op(a, b, c)`.
    ternary, ternary_filled, ternary: Ternary, (a b c), T -> T
}

/// An output that is written in place: an array or a mutable view.
pub trait Place<T> {
    /// Its layout.
    fn layout(&self) -> &Layout;
    /// Its elements, where they may be written as they are, in C order without gaps.
    fn elements(&mut self) -> Option<&mut [T]>;
}

impl<T: Copy> Place<T> for Storage<T> {
    #[inline(always)]
    fn layout(&self) -> &Layout {
        self.layout()
    }
    #[inline(always)]
    fn elements(&mut self) -> Option<&mut [T]> {
        self.as_standard_mut()
    }
}

impl<T: Copy> Place<T> for ViewMut<'_, T> {
    #[inline(always)]
    fn layout(&self) -> &Layout {
        self.layout()
    }
    #[inline(always)]
    fn elements(&mut self) -> Option<&mut [T]> {
        self.as_standard_mut()
    }
}

/// `out = op(x)`; `None` stands for `out` itself. Whether it is done.
#[inline]
pub fn unary_to<T: Element>(op: Unary, x: Option<&Glance<'_, T>>, out: &mut impl Place<T>) -> bool {
    let mut done = || {
        if !is_small(out.layout()) {
            return None;
        }
        let x = operand(x, out.layout())?;
        Out::with_init(out.elements()?, |out| {
            with_kernels(|kernels| {
                let _filled = kernels.unary(op, x, out);
            })
        })
        .ok()
    };
    done().is_some()
}

/// `out = op(a, b)`; `None` stands for `out` itself. Whether it is done.
#[inline]
pub fn binary_to<T: Element>(
    op: Binary,
    a: Option<&Glance<'_, T>>,
    b: Option<&Glance<'_, T>>,
    out: &mut impl Place<T>,
) -> bool {
    let mut done = || {
        if !is_small(out.layout()) || may_fail::<T>(op) {
            return None;
        }
        let (a, b) = (operand(a, out.layout())?, operand(b, out.layout())?);
        Out::with_init(out.elements()?, |out| {
            with_kernels(|kernels| {
                let _filled = kernels.binary(op, a, b, out);
            })
        })
        .ok()
    };
    done().is_some()
}

macro_rules! truth_values_to {
    ($(#[$doc:meta])* $name:ident, $method:ident: $op:ty, ($($x:ident)*)) => {
        $(#[$doc])*
        #[inline]
        pub fn $name<T: Element>(op: $op, $($x: &Glance<'_, T>,)* out: &mut impl Place<bool>) -> bool {
            let mut done = || {
                if !is_small(out.layout()) {
                    return None;
                }
                $(let $x = $x.operand(out.layout())?;)*
                Out::with_init(out.elements()?, |out| {
                    backend::try_current(|backend| {
                        let _filled = T::kernels(backend).$method(op, $($x,)* out);
                    })
                })
                .ok()
            };
            done().is_some()
        }
    };
}

truth_values_to! {
    /// `out = op(a, b)`. Whether it is done.
    compare_to, compare: Compare, (a b)
}
truth_values_to! {
    /// `out = op(x)`. Whether it is done.
    predicate_to, predicate: Predicate, (x)
}

/// An operand for all elements of an output; none is the output itself.
#[inline(always)]
fn operand<'a, T: Element>(x: Option<&Glance<'a, T>>, layout: &Layout) -> Option<Operand<'a, T>> {
    x.map_or(Some(Operand::Out), |x| x.operand(layout))
}
