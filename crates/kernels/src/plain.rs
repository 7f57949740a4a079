//! Loops over single elements, for what is not made of lanes: conversions, integer division, and complex numbers on one
//! lane.
//!
//! They are stamped inside of functions that have an instruction set enabled, so the compiler vectorises those
//! that can be (all but division of 64-bit integers and the data-dependent scaling of complex division).

use crate::elementwise::{Kind, check_fits, constant, kind, memory};
use isonum_core::Element;
use isonum_core::operand::{Filled, Operand, Out, Rows};

/// `out = f(x)`.
#[inline(always)]
pub fn unary<'o, T: Element, F: Fn(T) -> T + Copy>(
    x: Operand<'_, T>,
    mut out: Out<'o, T>,
    f: F,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.fits(rows, len) && out.is_rows(), rows, len);
    for r in 0..rows {
        let to = out.pointer(r);
        // SAFETY: operand and output have `len` elements in row `r`.
        unsafe {
            match (kind(&x), &x) {
                (Kind::Constant, _) => {
                    let y = f(constant(&x, r));
                    for i in 0..len {
                        to.add(i).write(y);
                    }
                }
                (_, Operand::Out) => {
                    for i in 0..len {
                        to.add(i).write(f(to.add(i).read()));
                    }
                }
                _ => {
                    let from = memory(&x, r, to).0;
                    for i in 0..len {
                        to.add(i).write(f(from.add(i).read()));
                    }
                }
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = f(a, b)`.
#[inline(always)]
pub fn binary<'o, T: Element, F: Fn(T, T) -> T + Copy>(
    a: Operand<'_, T>,
    b: Operand<'_, T>,
    mut out: Out<'o, T>,
    f: F,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(a.fits(rows, len) && b.fits(rows, len) && out.is_rows(), rows, len);
    for r in 0..rows {
        let to = out.pointer(r);
        // SAFETY: operands and output have `len` elements in row `r`.
        unsafe {
            match (kind(&a), kind(&b)) {
                (Kind::Constant, Kind::Constant) => {
                    let y = f(constant(&a, r), constant(&b, r));
                    for i in 0..len {
                        to.add(i).write(y);
                    }
                }
                (Kind::Constant, _) => {
                    let (x, y) = (constant(&a, r), memory(&b, r, to).0);
                    for i in 0..len {
                        to.add(i).write(f(x, y.add(i).read()));
                    }
                }
                (_, Kind::Constant) => {
                    let (x, y) = (memory(&a, r, to).0, constant(&b, r));
                    for i in 0..len {
                        to.add(i).write(f(x.add(i).read(), y));
                    }
                }
                _ => {
                    let (x, y) = (memory(&a, r, to).0, memory(&b, r, to).0);
                    for i in 0..len {
                        to.add(i).write(f(x.add(i).read(), y.add(i).read()));
                    }
                }
            }
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = value`, any distance between elements.
#[inline(always)]
pub fn fill<'o, T: Element>(value: T, mut out: Out<'o, T>) -> Filled<'o> {
    let (rows, len, (_, stride)) = (out.rows(), out.len(), out.strides());
    for r in 0..rows {
        let to = out.pointer(r);
        for i in 0..len {
            // SAFETY: element `(r, i)` of the output.
            unsafe {
                to.wrapping_offset(if stride == 1 { i as isize } else { i as isize * stride }).write(value)
            };
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// `out = f(x)` into another type.
#[inline(always)]
pub fn convert<'o, T: Element, U: Element, F: Fn(T) -> U + Copy>(
    x: Rows<'_, T>,
    mut out: Out<'o, U>,
    f: F,
) -> Filled<'o> {
    let (rows, len) = (out.rows(), out.len());
    check_fits(x.rows() == rows && x.len() == len && out.is_rows(), rows, len);
    for r in 0..rows {
        for (to, x) in out.row_mut(r).iter_mut().zip(x.row(r)) {
            to.write(f(*x));
        }
    }
    // SAFETY: every element of every row has been written.
    unsafe { out.assume_filled() }
}

/// Whether an operand of a kernel that writes another type fits.
#[track_caller]
#[inline(always)]
pub(crate) fn check_operand<T>(x: &Operand<'_, T>, rows: usize, len: usize) {
    check_fits(x.fits(rows, len) && !matches!(x, Operand::Out), rows, len);
}
