//! A backend of naive loops: what every kernel means, element by element, in the plainest Rust.
//!
//! It shares nothing with the algorithms under test. Its reductions add in order, so floats agree with it where
//! every sum is exact; its functions are the standard library's.

use super::scalars::Arithmetic;
use isonum_core::backend::{Extremum, Fold};
use isonum_core::operand::{AnyOut, Filled, Grid, Input, Operand, Out, Rows};
use isonum_core::registry::{Binary, Compare, Predicate, Ternary, Unary};
use isonum_core::{Backend, Complex32, Complex64, Kernels};

/// The backend of naive loops.
#[derive(Clone, Copy, Debug)]
pub(super) struct Naive;

macro_rules! accessors {
    ($($method:ident $t:ty;)*) => {
        impl Backend for Naive {
            fn name(&self) -> &str {
                "naive"
            }
            fn base(&self) -> &dyn Backend {
                self
            }
            $(fn $method(&self) -> &dyn Kernels<$t> { self })*
        }
    };
}
accessors! {
    f32 f32; f64 f64; i8 i8; i16 i16; i32 i32; i64 i64; u8 u8; u16 u16; u32 u32; u64 u64;
    bool bool; c32 Complex32; c64 Complex64;
}

/// Element `(r, i)` of an operand; `before` is what the output held.
fn at<T: Copy>(x: &Operand<'_, T>, before: &[Vec<T>], r: usize, i: usize) -> T {
    match x {
        Operand::Slice(rows) => rows.row(r)[i],
        Operand::Column(rows) => rows.row(r)[0],
        Operand::Scalar(x) => *x,
        Operand::Out => before[r][i],
    }
}

/// What an output holds that is an operand too.
fn before<T: Copy>(operands: &[&Operand<'_, T>], out: &mut Out<'_, T>) -> Vec<Vec<T>> {
    if !operands.iter().any(|x| matches!(x, Operand::Out)) {
        return Vec::new();
    }
    // SAFETY: the output is initialised where it is an operand.
    (0..out.rows()).map(|r| out.row_mut(r).iter().map(|x| unsafe { x.assume_init() }).collect()).collect()
}

fn elements<T: isonum_core::Element>(x: Input<'_, T>) -> Vec<T> {
    match x {
        Input::Slice(x) => x.to_vec(),
        Input::Blocks(blocks) => {
            let mut all = Vec::new();
            while let Some(block) = blocks.next_block() {
                all.extend_from_slice(block);
            }
            all
        }
    }
}

/// Sum or product of two.
fn combine<T: Arithmetic>(op: Fold, a: T::Sum, b: T::Sum) -> T::Sum {
    match op {
        Fold::Sum => T::plus(a, b),
        Fold::Prod => T::times(a, b),
    }
}

/// Whether `b` goes before `a` as the extreme: the first NaN does, then what is further to the end.
fn beats<T: Arithmetic>(op: Extremum, b: T, a: T) -> bool {
    let is_nan = |x: T, same: T| x != same;
    let further = match op {
        Extremum::Max => a.below(b),
        Extremum::Min => b.below(a),
    };
    !is_nan(a, a) && (is_nan(b, b) || further)
}

impl<T: Arithmetic> Kernels<T> for Naive {
    fn base(&self) -> &dyn Kernels<T> {
        self
    }

    fn unary<'o>(&self, op: Unary, x: Operand<'_, T>, mut out: Out<'o, T>) -> Filled<'o> {
        let held = before(&[&x], &mut out);
        out.fill_with(|r, i| T::unary(op, at(&x, &held, r, i)))
    }

    fn binary<'o>(
        &self,
        op: Binary,
        a: Operand<'_, T>,
        b: Operand<'_, T>,
        mut out: Out<'o, T>,
    ) -> Filled<'o> {
        let held = before(&[&a, &b], &mut out);
        out.fill_with(|r, i| T::binary(op, at(&a, &held, r, i), at(&b, &held, r, i)))
    }

    fn ternary<'o>(
        &self,
        op: Ternary,
        a: Operand<'_, T>,
        b: Operand<'_, T>,
        c: Operand<'_, T>,
        mut out: Out<'o, T>,
    ) -> Filled<'o> {
        let held = before(&[&a, &b, &c], &mut out);
        let at = |x, r, i| at(x, &held, r, i);
        out.fill_with(|r, i| T::ternary(op, at(&a, r, i), at(&b, r, i), at(&c, r, i)))
    }

    fn compare<'o>(
        &self,
        op: Compare,
        a: Operand<'_, T>,
        b: Operand<'_, T>,
        out: Out<'o, bool>,
    ) -> Filled<'o> {
        out.fill_with(|r, i| {
            let (a, b) = (at(&a, &[], r, i), at(&b, &[], r, i));
            match op {
                Compare::Equal => a == b,
                Compare::NotEqual => a != b,
                Compare::Less => a.below(b),
                Compare::LessEqual => a.below(b) || a == b,
                Compare::Greater => b.below(a),
                Compare::GreaterEqual => b.below(a) || a == b,
                Compare::LogicalAnd => a.is_nonzero() && b.is_nonzero(),
                Compare::LogicalOr => a.is_nonzero() || b.is_nonzero(),
                Compare::LogicalXor => a.is_nonzero() != b.is_nonzero(),
                op => panic!("no naive `{}`: add it here", op.name()),
            }
        })
    }

    fn predicate<'o>(&self, op: Predicate, x: Operand<'_, T>, out: Out<'o, bool>) -> Filled<'o> {
        out.fill_with(|r, i| T::predicate(op, at(&x, &[], r, i)))
    }

    fn select<'o>(
        &self,
        condition: Operand<'_, bool>,
        yes: Operand<'_, T>,
        no: Operand<'_, T>,
        mut out: Out<'o, T>,
    ) -> Filled<'o> {
        let held = before(&[&yes, &no], &mut out);
        out.fill_with(|r, i| at(if at(&condition, &[], r, i) { &yes } else { &no }, &held, r, i))
    }

    fn fill<'o>(&self, value: T, out: Out<'o, T>) -> Filled<'o> {
        out.fill_with(|_, _| value)
    }

    fn copy<'o>(&self, x: Grid<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        out.fill_with(|r, i| *x.get(r, i))
    }

    fn cast<'o>(&self, x: Rows<'_, T>, out: AnyOut<'o>) -> Filled<'o> {
        macro_rules! arms {
            ($($variant:ident)*) => {
                match out {
                    $(AnyOut::$variant(out) => out.fill_with(|r, i| Arithmetic::of(x.row(r)[i].number())),)*
                    _ => panic!("no naive conversion to this type: add it here"),
                }
            };
        }
        arms!(F32 F64 I8 I16 I32 I64 U8 U16 U32 U64 Bool C32 C64)
    }

    fn fold(&self, op: Fold, x: Input<'_, T>) -> T::Sum {
        let widened = elements(x).into_iter().map(T::widen);
        widened.reduce(|a, b| combine::<T>(op, a, b)).unwrap_or(match op {
            Fold::Sum => isonum_core::Element::ZERO,
            Fold::Prod => isonum_core::Element::ONE,
        })
    }

    fn fold_rows<'o>(&self, op: Fold, x: Rows<'_, T>, out: Out<'o, T::Sum>) -> Filled<'o> {
        out.fill_with(|_, i| {
            let column = (0..x.rows()).map(|r| x.row(r)[i].widen());
            column.reduce(|a, b| combine::<T>(op, a, b)).expect("a row")
        })
    }

    fn squared_deviations(&self, x: Input<'_, T>, center: f64) -> f64 {
        elements(x).into_iter().map(|x| (x.real() - center).powi(2)).sum::<f64>() + 0.0
    }

    fn squared_deviations_rows<'o>(&self, x: Rows<'_, T>, centers: &[f64], out: Out<'o, f64>) -> Filled<'o> {
        out.fill_with(|_, i| {
            (0..x.rows()).map(|r| (x.row(r)[i].real() - centers[i]).powi(2)).sum::<f64>() + 0.0
        })
    }

    fn dot(&self, a: &[T], b: &[T]) -> T::Sum {
        let products = a.iter().zip(b).map(|(a, b)| T::times(a.widen(), b.widen()));
        products.fold(isonum_core::Element::ZERO, T::plus)
    }

    fn extremum(&self, op: Extremum, x: Input<'_, T>) -> Option<T> {
        elements(x).into_iter().reduce(|a, b| if beats(op, b, a) { b } else { a })
    }

    fn extremum_rows<'o>(&self, op: Extremum, x: Rows<'_, T>, out: Out<'o, T>) -> Filled<'o> {
        out.fill_with(|_, i| {
            let column = (0..x.rows()).map(|r| x.row(r)[i]);
            column.reduce(|a, b| if beats(op, b, a) { b } else { a }).expect("a row")
        })
    }

    fn arg_extremum(&self, op: Extremum, x: &[T]) -> Option<usize> {
        (0..x.len()).reduce(|a, b| if beats(op, x[b], x[a]) { b } else { a })
    }

    fn count_nonzero(&self, x: &[T]) -> usize {
        x.iter().filter(|x| x.is_nonzero()).count()
    }

    fn any(&self, x: &[T]) -> bool {
        x.iter().any(|x| x.is_nonzero())
    }

    fn all(&self, x: &[T]) -> bool {
        x.iter().all(|x| x.is_nonzero())
    }

    fn scan<'o>(
        &self,
        op: Fold,
        x: &[T],
        start: Option<T::Sum>,
        out: Out<'o, T::Sum>,
    ) -> (Filled<'o>, Option<T::Sum>) {
        let mut last = start;
        let filled = out.fill_with(|_, i| {
            let value = x[i].widen();
            let next = last.map_or(value, |last| combine::<T>(op, last, value));
            last = Some(next);
            next
        });
        (filled, last)
    }
}
