//! Operations on `bool`: on bytes that are 0 or 1.

use super::{
    Add, BinaryKernel, BitAnd, BitNot, BitOr, BitXor, Clip, Maximum, Minimum, Multiply, TernaryKernel,
    UnaryKernel,
};
use crate::elementwise;
use crate::simd::Isa;
use isonum_core::operand::{Filled, Operand, Out, Rows};

/// The same rows as bytes.
#[inline(always)]
pub fn bytes<'a>(x: Rows<'a, bool>) -> Rows<'a, u8> {
    // SAFETY: a `bool` is a byte that is 0 or 1, and the rows are the same.
    unsafe { Rows::from_raw(x.pointer(0).cast(), x.rows(), x.len(), x.stride()) }
}

/// The same operand as bytes.
#[inline(always)]
pub fn bytes_operand<'a>(x: Operand<'a, bool>) -> Operand<'a, u8> {
    match x {
        Operand::Slice(x) => Operand::Slice(bytes(x)),
        Operand::Column(x) => Operand::Column(bytes(x)),
        Operand::Scalar(x) => Operand::Scalar(x as u8),
        Operand::Out => Operand::Out,
    }
}

/// The same elements as bytes.
#[inline(always)]
pub fn byte_slice(x: &[bool]) -> &[u8] {
    // SAFETY: a `bool` is a byte that is 0 or 1.
    unsafe { std::slice::from_raw_parts(x.as_ptr().cast(), x.len()) }
}

/// The same output as bytes.
///
/// # Safety
/// Only zeros and ones are written.
#[inline(always)]
pub unsafe fn bytes_out<'o>(mut out: Out<'o, bool>) -> Out<'o, u8> {
    let (rows, len, (row_stride, stride)) = (out.rows(), out.len(), out.strides());
    // SAFETY: the same elements; the caller's for what is written.
    unsafe { Out::from_raw_grid(out.pointer(0).cast(), rows, len, row_stride, stride) }
}

macro_rules! bool_binary {
    ($($op:ident as $lanes:ident;)*) => {$(
        impl<S: Isa> BinaryKernel<bool, S> for $op {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, bool>, b: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
                // SAFETY: the operation maps zeros and ones to zeros and ones.
                let out = unsafe { bytes_out(out) };
                elementwise::binary::<u8, S, $lanes>(isa, bytes_operand(a), bytes_operand(b), out)
            }
        }
    )*};
}
bool_binary! {
    Add as BitOr;
    Multiply as BitAnd;
    Maximum as BitOr;
    Minimum as BitAnd;
    BitAnd as BitAnd;
    BitOr as BitOr;
    BitXor as BitXor;
}

impl<S: Isa> UnaryKernel<bool, S> for BitNot {
    #[inline(always)]
    fn run<'o>(isa: S, x: Operand<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
        <BitXor as BinaryKernel<bool, S>>::run(isa, x, Operand::Scalar(true), out)
    }
}

impl<S: Isa> TernaryKernel<bool, S> for Clip {
    #[inline(always)]
    fn run<'o>(
        isa: S,
        a: Operand<'_, bool>,
        b: Operand<'_, bool>,
        c: Operand<'_, bool>,
        out: Out<'o, bool>,
    ) -> Filled<'o> {
        // SAFETY: the operation returns one of its operands.
        let out = unsafe { bytes_out(out) };
        elementwise::ternary::<u8, S, Clip>(isa, bytes_operand(a), bytes_operand(b), bytes_operand(c), out)
    }
}
