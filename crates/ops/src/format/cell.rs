//! One element of any type as text, and the width that all elements of an array share.

use super::real::{Real, RealCells};
use isonum_core::{Complex32, Complex64, Element};
use std::any::Any;
use std::fmt::{self, Write};

/// An element, whatever its type.
#[derive(Clone, Copy)]
pub(super) enum Value {
    Bool(bool),
    Integer(i128),
    Real(Real),
    Complex(Real, Real),
}

impl Value {
    #[inline]
    pub(super) fn from<T: Element>(element: T) -> Value {
        let any: &dyn Any = &element;
        macro_rules! try_types {
            ($($type:ty, $x:ident => $value:expr;)*) => {
                $(if let Some(&$x) = any.downcast_ref::<$type>() { return $value; })*
            };
        }
        try_types! {
            f64, x => Value::Real(Real::Double(x));
            f32, x => Value::Real(Real::Single(x));
            bool, x => Value::Bool(x);
            Complex64, z => Value::Complex(Real::Double(z.re), Real::Double(z.im));
            Complex32, z => Value::Complex(Real::Single(z.re), Real::Single(z.im));
            i64, x => Value::Integer(x.into());
            i32, x => Value::Integer(x.into());
            i16, x => Value::Integer(x.into());
            i8, x => Value::Integer(x.into());
            u64, x => Value::Integer(x.into());
            u32, x => Value::Integer(x.into());
            u16, x => Value::Integer(x.into());
            u8, x => Value::Integer(x.into());
        }
        unreachable!("every element type is one of these")
    }

    /// The element alone, as NumPy's scalars print.
    pub(super) fn write_scalar(self, f: &mut dyn Write) -> fmt::Result {
        match self {
            Value::Bool(x) => f.write_str(if x { "True" } else { "False" }),
            Value::Integer(x) => write!(f, "{x}"),
            Value::Real(x) => x.write_scalar(f, ".0"),
            Value::Complex(re, im) if re.is_positive_zero() => {
                im.write_scalar(f, "")?;
                f.write_char('j')
            }
            Value::Complex(re, im) => {
                f.write_char('(')?;
                re.write_scalar(f, "")?;
                f.write_str(if im.has_minus() { "" } else { "+" })?;
                im.write_scalar(f, "")?;
                f.write_str("j)")
            }
        }
    }
}

/// How the elements of an array are written, so that they stand below each other.
pub(super) enum Cells {
    Bool { width: usize },
    Integer { width: usize },
    Real(RealCells),
    Complex(RealCells, RealCells),
}

impl Cells {
    /// For the elements that `each` visits, at least one. A lone one (`scalar`) needs no room beside it.
    pub(super) fn new(
        scalar: bool,
        precision: Option<usize>,
        mut each: impl FnMut(&mut dyn FnMut(Value)),
    ) -> Cells {
        let mut first = None;
        let (mut least, mut most) = (0, 0);
        each(&mut |value| {
            first.get_or_insert(value);
            if let Value::Integer(x) = value {
                (least, most) = (x.min(least), x.max(most));
            }
        });
        let mut parts = |part: fn(Value) -> Real, plus| {
            RealCells::new(precision, plus, |visit| each(&mut |value| visit(part(value))))
        };
        match first.expect("an array that is not empty") {
            Value::Bool(_) => Cells::Bool { width: if scalar { 0 } else { 5 } },
            Value::Integer(_) => {
                Cells::Integer { width: least.to_string().len().max(most.to_string().len()) }
            }
            Value::Real(_) => Cells::Real(parts(real_part, false)),
            Value::Complex(..) => Cells::Complex(parts(real_part, false), parts(imaginary_part, true)),
        }
    }

    /// Appends an element.
    pub(super) fn write(&self, value: Value, out: &mut String) {
        let written = match (self, value) {
            (Cells::Bool { width }, Value::Bool(x)) => {
                write!(out, "{:>width$}", if x { "True" } else { "False" })
            }
            (Cells::Integer { width }, Value::Integer(x)) => write!(out, "{x:width$}"),
            (Cells::Real(cells), Value::Real(x)) => cells.write(x, out),
            (Cells::Complex(re_cells, im_cells), Value::Complex(re, im)) => {
                re_cells.write(re, out).and_then(|()| im_cells.write(im, out)).map(|()| {
                    // Before the space that fills the width.
                    let end = out.trim_end().len();
                    out.insert(end, 'j');
                })
            }
            _ => unreachable!("the elements of an array are of one type"),
        };
        written.expect("a string takes what is written to it");
    }
}

fn real_part(value: Value) -> Real {
    match value {
        Value::Real(x) | Value::Complex(x, _) => x,
        _ => unreachable!("asked of real and complex numbers"),
    }
}

fn imaginary_part(value: Value) -> Real {
    match value {
        Value::Complex(_, x) => x,
        _ => unreachable!("asked of complex numbers"),
    }
}
