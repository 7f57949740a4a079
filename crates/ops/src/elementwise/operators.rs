//! `+ - * / % & | ^ << >> !` on arrays, views and scalars, and their assigning forms.
//!
//! The right operand is anything that can be read as an array. On the left may be an array, a view, references to
//! these, or a scalar of a concrete type; a scalar of a generic type on the left cannot be in Rust. An array on
//! either side that is given by value lends its memory to the result: `(a + &b) * 2.0` allocates nothing.

use super::{binary, unary};
use crate::macros::{OrPanic, in_operation, twin_methods};
use crate::{
    Array, ArrayLike, ArrayView, ArrayViewMut, Bits, Complex32, Complex64, Element, Integer, Number, Real,
    Result,
};
use isonum_core::registry::Binary;
use std::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign, Mul,
    MulAssign, Neg, Not, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign,
};

macro_rules! left_operand {
    ($trait:ident $method:ident $op:ident $class:ident: $([$($life:lifetime)*] $type:ty;)*) => {$(
        impl<$($life,)* T: $class, B: ArrayLike<T>> $trait<B> for $type {
            type Output = Array<T>;

            #[inline]
            #[track_caller]
            fn $method(self, b: B) -> Array<T> {
                match binary::quick(Binary::$op, &self, &b) {
                    Some(out) => out,
                    None => binary::run(Binary::$op, self, b).or_panic(),
                }
            }
        }
    )*};
}

macro_rules! left_scalar {
    ($trait:ident $method:ident $op:ident $scalar:ty: $([$($life:lifetime)*] $type:ty;)*) => {$(
        impl<$($life),*> $trait<$type> for $scalar {
            type Output = Array<$scalar>;

            #[inline]
            #[track_caller]
            fn $method(self, b: $type) -> Array<$scalar> {
                match binary::quick(Binary::$op, &self, &b) {
                    Some(out) => out,
                    None => binary::run(Binary::$op, self, b).or_panic(),
                }
            }
        }
    )*};
}

macro_rules! assigning {
    ($trait:ident $method:ident $op:ident $class:ident: $([$($life:lifetime)?] $type:ty;)*) => {$(
        impl<$($life,)? T: $class, B: ArrayLike<T>> $trait<B> for $type {
            #[inline]
            #[track_caller]
            fn $method(&mut self, b: B) {
                in_operation(stringify!($method), || self.run_binary_mut(Binary::$op, b)).or_panic()
            }
        }
    )*};
}

/// An example of an assigning operator and its method, whatever it computes.
macro_rules! example {
    ($method:ident view) => {
        concat!(
            "```\nuse isonum::prelude::*;\nlet (mut a, mut b) = (array![[5u8, 9], [6, 3]], array![6u8, 3]);\n",
            "a.slice_mut(s![1]).", stringify!($method), "(2);\nb.", stringify!($method),
            "(2);\nassert_eq!(a.row(1), b);\nassert_eq!(a.row(0), [5, 9]);\n```"
        )
    };
    ($method:ident $symbol:literal) => {
        concat!(
            "```\nuse isonum::prelude::*;\nlet mut a = array![5u8, 6, 7];\nlet mut b = a.clone();\na.",
            stringify!($method), "([1, 2, 3]);\nb ", $symbol, " [1, 2, 3];\nassert_eq!(a, b);\n```"
        )
    };
}

macro_rules! operators {
    ($($trait:ident $method:ident $assign:ident $assign_method:ident $op:ident $class:ident
       [$($scalar:ty)*] $symbol:literal;)*) => { pastey::paste! {$(
        left_operand! { $trait $method $op $class:
            [] Array<T>; ['b] &'b Array<T>;
            ['v] ArrayView<'v, T>; ['b 'v] &'b ArrayView<'v, T>;
            ['v] ArrayViewMut<'v, T>; ['b 'v] &'b ArrayViewMut<'v, T>;
        }
        $(left_scalar! { $trait $method $op $scalar:
            [] Array<$scalar>; ['b] &'b Array<$scalar>;
            ['v] ArrayView<'v, $scalar>; ['b 'v] &'b ArrayView<'v, $scalar>;
            ['v] ArrayViewMut<'v, $scalar>; ['b 'v] &'b ArrayViewMut<'v, $scalar>;
        })*
        assigning! { $assign $assign_method $op $class: [] Array<T>; ['v] ArrayViewMut<'v, T>; }

        impl<T: Element> Array<T> {
            twin_methods! { &mut self;
                #[doc = concat!("`a ", $symbol, " b` as a method, `b` broadcast to this shape.")]
                ///
                /// # Panics
                /// If `b` does not broadcast to this shape.
                ///
                /// # Examples
                #[doc = example!($assign_method $symbol)]
                fn $assign_method [<try_ $assign_method>] [] (b: impl ArrayLike<T>) -> () where T: $class {
                    self.run_binary_mut(Binary::$op, b)
                }
            }
        }

        impl<T: Element> ArrayViewMut<'_, T> {
            twin_methods! { &mut self;
                #[doc = concat!("`a ", $symbol, " b` as a method, which a part of an array needs: ")]
                #[doc = concat!("`a.slice_mut(s![0]).", stringify!($assign_method), "(b)`.")]
                ///
                /// # Panics
                /// If `b` does not broadcast to this shape.
                ///
                /// # Examples
                #[doc = example!($assign_method view)]
                fn $assign_method [<try_ $assign_method>] [] (b: impl ArrayLike<T>) -> () where T: $class {
                    self.run_binary_mut(Binary::$op, b)
                }
            }
        }
    )*}};
}

operators! {
    Add add AddAssign add_assign Add Element
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64] "+=";
    Sub sub SubAssign sub_assign Subtract Number
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 Complex32 Complex64] "-=";
    Mul mul MulAssign mul_assign Multiply Element
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64] "*=";
    Div div DivAssign div_assign Divide Number
        [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 Complex32 Complex64] "/=";
    Rem rem RemAssign rem_assign Fmod Real [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64] "%=";
    BitAnd bitand BitAndAssign bitand_assign BitAnd Bits [i8 i16 i32 i64 u8 u16 u32 u64 bool] "&=";
    BitOr bitor BitOrAssign bitor_assign BitOr Bits [i8 i16 i32 i64 u8 u16 u32 u64 bool] "|=";
    BitXor bitxor BitXorAssign bitxor_assign BitXor Bits [i8 i16 i32 i64 u8 u16 u32 u64 bool] "^=";
    Shl shl ShlAssign shl_assign ShiftLeft Integer [i8 i16 i32 i64 u8 u16 u32 u64] "<<=";
    Shr shr ShrAssign shr_assign ShiftRight Integer [i8 i16 i32 i64 u8 u16 u32 u64] ">>=";
}

macro_rules! prefix {
    ($($trait:ident $method:ident $function:ident $class:ident: $([$($life:lifetime)*] $type:ty;)*)*) => {$($(
        impl<$($life,)* T: $class> $trait for $type {
            type Output = Array<T>;

            #[inline]
            #[track_caller]
            fn $method(self) -> Array<T> {
                unary::$function(self)
            }
        }
    )*)*};
}

prefix! {
    Neg neg negative Number:
        [] Array<T>; ['b] &'b Array<T>;
        ['v] ArrayView<'v, T>; ['b 'v] &'b ArrayView<'v, T>;
        ['v] ArrayViewMut<'v, T>; ['b 'v] &'b ArrayViewMut<'v, T>;
    Not not bitwise_not Bits:
        [] Array<T>; ['b] &'b Array<T>;
        ['v] ArrayView<'v, T>; ['b 'v] &'b ArrayView<'v, T>;
        ['v] ArrayViewMut<'v, T>; ['b 'v] &'b ArrayViewMut<'v, T>;
}
