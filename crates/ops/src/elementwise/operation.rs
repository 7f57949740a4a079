//! The forms of one elementwise operation: functions and methods, panicking and fallible, to a fresh array, to
//! an output, in place.

/// What the registry says of an operation's accuracy, in words.
macro_rules! accuracy {
    (Exact) => {
        "*Accuracy*: exact, or the exact result correctly rounded; the same bits on every backend."
    };
    (EachStep) => {
        "*Accuracy*: as said above; every step is correctly rounded, in one order on every backend."
    };
    (Ulp ($f32:literal, $f64:literal)) => {
        concat!(
            "*Accuracy*: at most ",
            stringify!($f32),
            " units in the last place in `f32`, ",
            stringify!($f64),
            " in `f64`; the same bits on every backend."
        )
    };
}

/// NumPy's name for an operation, for the documentation.
macro_rules! numpy_name {
    ("") => {
        "Not in NumPy."
    };
    ($name:literal) => {
        concat!("In NumPy: `", $name, "`.")
    };
}

/// The sentence on the result's shape, by its element type and the number of operands.
macro_rules! result_shape {
    (bool;) => {
        "The result has the shape of the operand."
    };
    (T;) => {
        "The result has the shape of the operand. An array given by value gives its memory to the result if \
         nobody else holds it."
    };
    (bool; $($rest:ident)+) => {
        "The operands broadcast to one shape, that of the result."
    };
    (T; $($rest:ident)+) => {
        "The operands broadcast to one shape, that of the result. An array given by value may give its memory to \
         the result."
    };
}

/// The forms of one operation that leave the operands alone. The drivers are functions of the family's module:
/// `quick`, which does it the short way or not at all, `run` and `run_to`.
macro_rules! operation {
    ($op:expr, $name:ident $try:ident $into:ident $try_into:ident,
     ($a:ident $($b:ident)*) -> $value:ident, $class:ident, $numpy:tt, ($($accuracy:tt)*), $line:literal) => {
        #[doc = $line]
        ///
        #[doc = result_shape!($value; $($b)*)]
        #[doc = numpy_name!($numpy)]
        ///
        #[doc = accuracy!($($accuracy)*)]
        ///
        /// # Panics
        /// If shapes do not broadcast to one, or there is no memory for the result.
        ///
        /// # Examples
        #[doc = example!($name function)]
        #[inline]
        #[track_caller]
        pub fn $name<T: $class>($a: impl ArrayLike<T> $(, $b: impl ArrayLike<T>)*) -> Array<$value> {
            match quick($op, &$a $(, &$b)*) {
                Some(out) => out,
                None => run($op, $a $(, $b)*).or_panic(),
            }
        }

        #[doc = concat!("[`", stringify!($name), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($name), "`] panics.")]
        #[inline]
        pub fn $try<T: $class>($a: impl ArrayLike<T> $(, $b: impl ArrayLike<T>)*) -> Result<Array<$value>> {
            match quick($op, &$a $(, &$b)*) {
                Some(out) => Ok(out),
                None => run($op, $a $(, $b)*),
            }
        }

        #[doc = concat!("[`", stringify!($name), "`], written to `out`.")]
        ///
        /// # Panics
        /// If an operand does not broadcast to the shape of `out`.
        ///
        /// # Examples
        #[doc = example!($name into_function)]
        #[inline]
        #[track_caller]
        pub fn $into<'o, T: $class>(
            $a: impl ArrayLike<T>,
            $($b: impl ArrayLike<T>,)*
            out: impl Into<ArrayViewMut<'o, $value>>,
        ) {
            $try_into($a, $($b,)* out).or_panic()
        }

        #[doc = concat!("[`", stringify!($into), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($into), "`] panics.")]
        #[inline]
        pub fn $try_into<'o, T: $class>(
            $a: impl ArrayLike<T>,
            $($b: impl ArrayLike<T>,)*
            out: impl Into<ArrayViewMut<'o, $value>>,
        ) -> Result<()> {
            $crate::macros::in_operation(stringify!($name), move || run_to($op, $a, $($b,)* out.into()))
        }

        on_arrays! {
            #[doc = $line]
            ///
            #[doc = concat!("As the function [`", stringify!($name), "`](fn@crate::", stringify!($name), ").")]
            ///
            /// # Panics
            /// If shapes do not broadcast to one, or there is no memory for the result.
            ///
            /// # Examples
            #[doc = example!($name method)]
            #[inline]
            #[track_caller]
            pub fn $name(&self $(, $b: impl ArrayLike<T>)*) -> Array<$value>
            where
                T: $class,
            {
                $name(self $(, $b)*)
            }

            #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($name), "`](Self::", stringify!($name), ") panics.")]
            #[inline]
            pub fn $try(&self $(, $b: impl ArrayLike<T>)*) -> Result<Array<$value>>
            where
                T: $class,
            {
                $try(self $(, $b)*)
            }

            #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), "), written to `out`.")]
            ///
            /// # Panics
            /// If an operand does not broadcast to the shape of `out`.
            ///
            /// # Examples
            #[doc = example!($name into)]
            #[inline]
            #[track_caller]
            pub fn $into<'o>(
                &self,
                $($b: impl ArrayLike<T>,)*
                out: impl Into<ArrayViewMut<'o, $value>>,
            )
            where
                T: $class,
            {
                $into(self, $($b,)* out)
            }

            #[doc = concat!("[`", stringify!($into), "`](Self::", stringify!($into), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($into), "`](Self::", stringify!($into), ") panics.")]
            #[inline]
            pub fn $try_into<'o>(
                &self,
                $($b: impl ArrayLike<T>,)*
                out: impl Into<ArrayViewMut<'o, $value>>,
            ) -> Result<()>
            where
                T: $class,
            {
                $try_into(self, $($b,)* out)
            }
        }
    };
}

/// The forms of one operation that write over the first operand, by the method `$run`.
macro_rules! operation_in_place {
    ($op:expr, $run:ident, $name:ident $mut:ident $try_mut:ident, ($($b:ident)*), $class:ident) => {
        on_writable_arrays! {
            #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), "), written over these elements.")]
            ///
            /// # Panics
            /// If an operand does not broadcast to this shape, or the array shares its memory and there is none
            /// for a copy.
            ///
            /// # Examples
            #[doc = example!($name mut)]
            #[inline]
            #[track_caller]
            pub fn $mut(&mut self $(, $b: impl ArrayLike<T>)*)
            where
                T: $class,
            {
                self.$try_mut($($b),*).or_panic()
            }

            #[doc = concat!("[`", stringify!($mut), "`](Self::", stringify!($mut), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($mut), "`](Self::", stringify!($mut), ") panics.")]
            #[inline]
            pub fn $try_mut(&mut self $(, $b: impl ArrayLike<T>)*) -> Result<()>
            where
                T: $class,
            {
                $crate::macros::in_operation(stringify!($name), move || self.$run($op $(, $b)*))
            }
        }
    };
}

pub(crate) use {accuracy, numpy_name, operation, operation_in_place, result_shape};
