//! Reductions as functions and methods, for all elements and along axes; their lines of documentation are those
//! of the registry.

use super::over::Over;
use super::table::example;
use crate::macros::{OrPanic, on_arrays};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Float, IntoAxes, Ordered, Real, Result};
use isonum_core::View;
use isonum_core::backend::{Extremum, Fold};
use isonum_runtime::reduce;

/// The type of a whole reduction's result and that of the elements along axes.
macro_rules! value {
    (sum $t:ident) => {
        $t::Sum
    };
    (prod $t:ident) => {
        $t::Sum
    };
    (mean $t:ident) => {
        $t::Mean
    };
    (var $t:ident) => {
        $t::Mean
    };
    (std $t:ident) => {
        $t::Mean
    };
    (max $t:ident) => {
        $t
    };
    (min $t:ident) => {
        $t
    };
    (argmax $t:ident) => {
        usize
    };
    (argmin $t:ident) => {
        usize
    };
    (any $t:ident) => {
        bool
    };
    (all $t:ident) => {
        bool
    };
    (count_nonzero $t:ident) => {
        usize
    };
    (sum_squares $t:ident) => {
        $t
    };
}

/// The type of the elements of a result along axes.
macro_rules! axis_value {
    (argmax $t:ident) => { i64 };
    (argmin $t:ident) => { i64 };
    (count_nonzero $t:ident) => { i64 };
    ($name:ident $t:ident) => { value!($name $t) };
}

/// A whole reduction of a view.
macro_rules! whole {
    (sum $x:expr) => {
        reduce::fold_all(Fold::Sum, $x)
    };
    (prod $x:expr) => {
        reduce::fold_all(Fold::Prod, $x)
    };
    (mean $x:expr) => {
        reduce::mean_all($x)
    };
    (var $x:expr) => {
        reduce::var_all($x, 0.0)
    };
    (std $x:expr) => {
        reduce::std_all($x, 0.0)
    };
    (max $x:expr) => {
        reduce::extremum_all(Extremum::Max, $x)
    };
    (min $x:expr) => {
        reduce::extremum_all(Extremum::Min, $x)
    };
    (argmax $x:expr) => {
        reduce::arg_extremum_all(Extremum::Max, $x)
    };
    (argmin $x:expr) => {
        reduce::arg_extremum_all(Extremum::Min, $x)
    };
    (any $x:expr) => {
        reduce::any_of($x)
    };
    (all $x:expr) => {
        reduce::all_of($x)
    };
    (count_nonzero $x:expr) => {
        reduce::count_nonzero_all($x)
    };
    (sum_squares $x:expr) => {
        reduce::sum_squares_all($x)
    };
}

/// The forms of one reduction.
macro_rules! reduction {
    ($name:ident $try:ident $axis:ident $try_axis:ident $into:ident $try_into:ident $over_into:ident
     for $class:ident, $numpy:literal, $line:literal) => {
        #[doc = $line]
        ///
        /// Of all elements. The same bits for every backend and any number of threads.
        ///
        /// # Panics
        /// If there are no elements and the reduction has no value for none.
        ///
        #[doc = example!($name function)]
        #[inline]
        #[track_caller]
        pub fn $name<T: $class>(a: impl ArrayLike<T>) -> value!($name T) {
            $try(a).or_panic()
        }

        #[doc = concat!("[`", stringify!($name), "`](fn@crate::", stringify!($name), ") with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($name), "`](fn@crate::", stringify!($name), ") panics.")]
        #[inline]
        pub fn $try<T: $class>(a: impl ArrayLike<T>) -> Result<value!($name T)> {
            let view: &View<'_, T> = &a.view();
            whole!($name view)
        }

        #[doc = $line]
        ///
        /// Along `axes`, which the result does not have: an integer, several (negative from the back), or `()`
        /// for all. To keep the axes there is [`Array::over`].
        ///
        /// # Panics
        /// If an axis is not there or named twice, or there are no elements and the reduction has no value for
        /// none.
        ///
        #[doc = example!($name function_axis)]
        #[inline]
        #[track_caller]
        pub fn $axis<T: $class>(a: impl ArrayLike<T>, axes: impl IntoAxes) -> Array<axis_value!($name T)> {
            $try_axis(a, axes).or_panic()
        }

        #[doc = concat!("[`", stringify!($axis), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($axis), "`] panics.")]
        pub fn $try_axis<T: $class>(
            a: impl ArrayLike<T>,
            axes: impl IntoAxes,
        ) -> Result<Array<axis_value!($name T)>> {
            Over::new(a.view(), axes).$try()
        }

        #[doc = concat!("[`", stringify!($axis), "`], written to `out`.")]
        ///
        /// # Panics
        #[doc = concat!("Where [`", stringify!($axis), "`] does, or if `out` has another shape than the result.")]
        ///
        #[doc = example!($name into_function)]
        #[inline]
        #[track_caller]
        pub fn $into<'o, T: $class>(
            a: impl ArrayLike<T>,
            axes: impl IntoAxes,
            out: impl Into<ArrayViewMut<'o, axis_value!($name T)>>,
        ) {
            $try_into(a, axes, out).or_panic()
        }

        #[doc = concat!("[`", stringify!($into), "`] with an error in place of the panic.")]
        ///
        /// # Errors
        #[doc = concat!("Where [`", stringify!($into), "`] panics.")]
        pub fn $try_into<'o, T: $class>(
            a: impl ArrayLike<T>,
            axes: impl IntoAxes,
            out: impl Into<ArrayViewMut<'o, axis_value!($name T)>>,
        ) -> Result<()> {
            Over::new(a.view(), axes).$over_into(out)
        }

        on_arrays! {
            #[doc = $line]
            ///
            #[doc = concat!("As the function [`", stringify!($name), "`](fn@crate::", stringify!($name), ").")]
            ///
            /// # Panics
            /// If there are no elements and the reduction has no value for none.
            ///
            #[doc = example!($name method)]
            #[inline]
            #[track_caller]
            pub fn $name(&self) -> value!($name T)
            where
                T: $class,
            {
                $name(self)
            }

            #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($name), "`](Self::", stringify!($name), ") panics.")]
            #[inline]
            pub fn $try(&self) -> Result<value!($name T)>
            where
                T: $class,
            {
                $try(self)
            }

            #[doc = $line]
            ///
            #[doc = concat!("Along `axes`, as the function [`", stringify!($axis), "`](fn@crate::", stringify!($axis), ").")]
            ///
            /// # Panics
            /// If an axis is not there or named twice, or there are no elements and the reduction has no value
            /// for none.
            ///
            #[doc = example!($name method_axis)]
            #[inline]
            #[track_caller]
            pub fn $axis(&self, axes: impl IntoAxes) -> Array<axis_value!($name T)>
            where
                T: $class,
            {
                $axis(self, axes)
            }

            #[doc = concat!("[`", stringify!($axis), "`](Self::", stringify!($axis), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($axis), "`](Self::", stringify!($axis), ") panics.")]
            #[inline]
            pub fn $try_axis(&self, axes: impl IntoAxes) -> Result<Array<axis_value!($name T)>>
            where
                T: $class,
            {
                $try_axis(self, axes)
            }

            #[doc = concat!("[`", stringify!($axis), "`](Self::", stringify!($axis), "), written to `out`.")]
            ///
            /// # Panics
            #[doc = concat!("Where [`", stringify!($axis), "`](Self::", stringify!($axis), ") does, or if `out` has another shape than the result.")]
            ///
            #[doc = example!($name into)]
            #[inline]
            #[track_caller]
            pub fn $into<'o>(
                &self,
                axes: impl IntoAxes,
                out: impl Into<ArrayViewMut<'o, axis_value!($name T)>>,
            )
            where
                T: $class,
            {
                $into(self, axes, out)
            }

            #[doc = concat!("[`", stringify!($into), "`](Self::", stringify!($into), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($into), "`](Self::", stringify!($into), ") panics.")]
            #[inline]
            pub fn $try_into<'o>(
                &self,
                axes: impl IntoAxes,
                out: impl Into<ArrayViewMut<'o, axis_value!($name T)>>,
            ) -> Result<()>
            where
                T: $class,
            {
                $try_into(self, axes, out)
            }
        }
    };
}

macro_rules! reductions {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:tt, $accuracy:ident $(($($ulp:tt)*))?,
          input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        reduction! {
            $name [<try_ $name>] [<$name _axis>] [<try_ $name _axis>]
            [<$name _axis_into>] [<try_ $name _axis_into>] [<try_ $name _into>] for $class, $numpy, $line
        }
    )*}};
}

isonum_core::reduce_operations!([reductions]);
