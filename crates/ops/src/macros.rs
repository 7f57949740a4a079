//! What the facade's functions and methods are stamped from: the same methods on all array types, and functions
//! in pairs, one that panics and its `try_` twin.

use crate::{Error, Result};

/// The value of a result, or a panic that shows the error.
pub(crate) trait OrPanic {
    type Value;

    #[track_caller]
    fn or_panic(self) -> Self::Value;
}

impl<V> OrPanic for Result<V> {
    type Value = V;

    #[inline]
    #[track_caller]
    fn or_panic(self) -> V {
        match self {
            Ok(value) => value,
            Err(error) => fail(error),
        }
    }
}

#[cold]
#[track_caller]
fn fail(error: Error) -> ! {
    panic!("{error}")
}

/// The result of `f`, whose error, if any, says that it is `operation`'s.
#[inline(always)]
pub(crate) fn in_operation<V>(operation: &'static str, f: impl FnOnce() -> Result<V>) -> Result<V> {
    // In place: moving an array costs as much as many an operation.
    let mut result = f();
    if let Err(error) = &mut result {
        error.name_operation(operation);
    }
    result
}

/// The same methods on `Array`, `ArrayView` and `ArrayViewMut`.
macro_rules! on_arrays {
    ($($methods:tt)*) => {
        impl<T: Element> Array<T> { $($methods)* }
        impl<T: Element> ArrayView<'_, T> { $($methods)* }
        impl<T: Element> ArrayViewMut<'_, T> { $($methods)* }
    };
}

/// The same methods on `Array` and `ArrayViewMut`, which write.
macro_rules! on_writable_arrays {
    ($($methods:tt)*) => {
        impl<T: Element> Array<T> { $($methods)* }
        impl<T: Element> ArrayViewMut<'_, T> { $($methods)* }
    };
}

/// Functions in pairs: `fn name try_name [generics] (arguments) -> Value { …: Result<Value> }`.
macro_rules! twins {
    ($($(#[$meta:meta])*
       fn $name:ident $try:ident [$($generics:tt)*] ($($arg:ident: $type:ty),* $(,)?) -> $value:ty $body:block)*) => {$(
        $(#[$meta])*
        #[inline]
        #[track_caller]
        pub fn $name<$($generics)*>($($arg: $type),*) -> $value {
            $try($($arg),*).or_panic()
        }

        #[doc = concat!("[`", stringify!($name), "`](fn@crate::", stringify!($name), ") with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($name), "`](fn@crate::", stringify!($name), ") panics.")]
        pub fn $try<$($generics)*>($($arg: $type),*) -> Result<$value> {
            $crate::macros::in_operation(stringify!($name), move || $body)
        }
    )*};
}

/// Methods in pairs, after the receiver: `&self;`, `&mut self;`, `self;` or, if there is none, `Self;`, then
/// `fn name try_name [generics] (arguments) -> Value where T: Bound { …: Result<Value> }`.
macro_rules! twin_methods {
    (Self; $($rest:tt)*) => { twin_methods! { @ [] [Self::] $($rest)* } };
    ($self:ident; $($rest:tt)*) => { twin_methods! { @ [$self,] [$self.] $($rest)* } };
    (&$self:ident; $($rest:tt)*) => { twin_methods! { @ [&$self,] [$self.] $($rest)* } };
    (&mut $self:ident; $($rest:tt)*) => { twin_methods! { @ [&mut $self,] [$self.] $($rest)* } };
    (@ $receiver:tt $of:tt) => {};
    (@ [$($receiver:tt)*] [$($of:tt)*] $(#[$meta:meta])*
       fn $name:ident $try:ident [$($generics:tt)*] ($($arg:ident: $type:ty),* $(,)?) -> $value:ty
       $(where $bounded:ident: $bound:path)? $body:block $($rest:tt)*) => {
        $(#[$meta])*
        #[inline]
        #[track_caller]
        pub fn $name<$($generics)*>($($receiver)* $($arg: $type),*) -> $value $(where $bounded: $bound)? {
            $($of)* $try($($arg),*).or_panic()
        }

        #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), ") with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($name), "`](Self::", stringify!($name), ") panics.")]
        pub fn $try<$($generics)*>($($receiver)* $($arg: $type),*) -> Result<$value>
        $(where $bounded: $bound)?
        {
            $crate::macros::in_operation(stringify!($name), move || $body)
        }

        twin_methods! { @ [$($receiver)*] [$($of)*] $($rest)* }
    };
}

pub(crate) use {on_arrays, on_writable_arrays, twin_methods, twins};
