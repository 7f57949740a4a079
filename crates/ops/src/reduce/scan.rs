//! Running sums and products.

use crate::macros::{OrPanic, on_arrays, on_writable_arrays, twin_methods, twins};
use crate::{Array, ArrayLike, ArrayView, ArrayViewMut, Element, Result};
use isonum_core::axes::{AxisIndex, normalize_axis};
use isonum_core::backend::Fold;
use isonum_runtime::elementwise::copy_to;
use isonum_runtime::place::{New, Place};
use isonum_runtime::scan;

/// A scan along an axis that is counted as users do.
fn along<T: Element, P: Place<T::Sum>>(
    op: Fold,
    a: impl ArrayLike<T>,
    axis: impl AxisIndex,
    place: P,
) -> Result<P::Filled> {
    let view = a.view();
    let axis = normalize_axis(axis.to_axis(), view.ndim())?;
    scan::scan(op, &view, axis, place)
}

/// All forms of a scan: of all elements and along an axis; what it makes of `[[1, 2], [3, 4]]` whole, along
/// each axis, and of `[1, 2, 3]`.
macro_rules! scans {
    ($($fold:ident $running:literal $alias:literal $name:ident $try:ident $into:ident $try_into:ident,
       $axis:ident $try_axis:ident $axis_into:ident $try_axis_into:ident $axis_mut:ident $try_axis_mut:ident:
       $whole:literal, $first:literal, $last:literal, $row:literal;)*) => {$(
        twins! {
            #[doc = concat!("The running ", $running, " of all elements in C order, in one dimension.")]
            ///
            /// Integers and bools widen to 64 bits and wrap.
            ///
            /// # Panics
            /// If there is no memory for the result.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("assert_eq!(isonum::", stringify!($name), "([[1i64, 2], [3, 4]]), ", $whole, ");")]
            /// ```
            fn $name $try [T: Element] (a: impl ArrayLike<T>) -> Array<T::Sum> {
                scan::scan_all(Fold::$fold, &a.view(), New).map(Array)
            }

            #[doc = concat!("[`", stringify!($name), "`](fn@crate::", stringify!($name), "), written to `out`.")]
            ///
            /// # Panics
            /// If `out` has not one dimension with as many elements.
            ///
            /// # Examples
            /// ```
            /// let mut out = isonum::zeros([4]);
            #[doc = concat!("isonum::", stringify!($into), "([[1i64, 2], [3, 4]], &mut out);")]
            #[doc = concat!("assert_eq!(out, ", $whole, ");")]
            /// ```
            fn $into $try_into ['o, T: Element] (
                a: impl ArrayLike<T>,
                out: impl Into<ArrayViewMut<'o, T::Sum>>,
            ) -> () {
                scan::scan_all(Fold::$fold, &a.view(), out.into().0)
            }

            #[doc = concat!("The running ", $running, " along `axis`.")]
            ///
            /// Integers and bools widen to 64 bits and wrap.
            ///
            /// # Panics
            /// If there is no such axis.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("assert_eq!(isonum::", stringify!($axis), "([[1i64, 2], [3, 4]], 0), ", $first, ");")]
            /// ```
            #[doc(alias = $alias)]
            fn $axis $try_axis [T: Element] (a: impl ArrayLike<T>, axis: impl AxisIndex) -> Array<T::Sum> {
                along(Fold::$fold, a, axis, New).map(Array)
            }

            #[doc = concat!("[`", stringify!($axis), "`](fn@crate::", stringify!($axis), "), written to `out`.")]
            ///
            /// # Panics
            /// If there is no such axis, or `out` has another shape.
            ///
            /// # Examples
            /// ```
            /// let mut out = isonum::zeros([2, 2]);
            #[doc = concat!("isonum::", stringify!($axis_into), "([[1i64, 2], [3, 4]], 0, &mut out);")]
            #[doc = concat!("assert_eq!(out, ", $first, ");")]
            /// ```
            fn $axis_into $try_axis_into ['o, T: Element] (
                a: impl ArrayLike<T>,
                axis: impl AxisIndex,
                out: impl Into<ArrayViewMut<'o, T::Sum>>,
            ) -> () {
                along(Fold::$fold, a, axis, out.into().0)
            }
        }

        on_arrays! {
            twin_methods! { &self;
                #[doc = concat!("The running ", $running, " of all elements in C order, as the function [`",
                    stringify!($name), "`](fn@crate::", stringify!($name), ").")]
                ///
                /// # Panics
                /// If there is no memory for the result.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                #[doc = concat!("assert_eq!(array![1i64, 2, 3].", stringify!($name), "(), ", $row, ");")]
                /// ```
                fn $name $try [] () -> Array<T::Sum> {
                    $try(self)
                }

                #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), "), written to `out`.")]
                ///
                /// # Panics
                /// If `out` has not one dimension with as many elements.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let mut out = isonum::zeros([3]);
                #[doc = concat!("array![1i64, 2, 3].", stringify!($into), "(&mut out);")]
                #[doc = concat!("assert_eq!(out, ", $row, ");")]
                /// ```
                fn $into $try_into ['o] (out: impl Into<ArrayViewMut<'o, T::Sum>>) -> () {
                    $try_into(self, out)
                }

                #[doc = concat!("The running ", $running, " along `axis`, as the function [`", stringify!($axis),
                    "`](fn@crate::", stringify!($axis), ").")]
                ///
                /// # Panics
                /// If there is no such axis.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                #[doc = concat!("assert_eq!(array![[1i64, 2], [3, 4]].", stringify!($axis), "(1), ", $last, ");")]
                /// ```
                fn $axis $try_axis [] (axis: impl AxisIndex) -> Array<T::Sum> {
                    $try_axis(self, axis)
                }

                #[doc = concat!("[`", stringify!($axis), "`](Self::", stringify!($axis), "), written to `out`.")]
                ///
                /// # Panics
                /// If there is no such axis, or `out` has another shape.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let mut out = isonum::zeros([2, 2]);
                #[doc = concat!("array![[1i64, 2], [3, 4]].", stringify!($axis_into), "(-1, &mut out);")]
                #[doc = concat!("assert_eq!(out, ", $last, ");")]
                /// ```
                fn $axis_into $try_axis_into ['o] (
                    axis: impl AxisIndex,
                    out: impl Into<ArrayViewMut<'o, T::Sum>>,
                ) -> () {
                    $try_axis_into(self, axis, out)
                }
            }
        }

        on_writable_arrays! {
            twin_methods! { &mut self;
                #[doc = concat!("[`", stringify!($axis), "`](Self::", stringify!($axis), "), written over these elements,")]
                /// of a type whose sums are of the same type: floats, complex numbers and 64-bit integers.
                ///
                /// Takes memory for the result until it is done.
                ///
                /// # Panics
                /// If there is no such axis, or no memory.
                ///
                /// # Examples
                /// ```
                /// # use isonum::prelude::*;
                /// let mut a = array![[1i64, 2], [3, 4]];
                #[doc = concat!("a.", stringify!($axis_mut), "(0);")]
                #[doc = concat!("assert_eq!(a, ", $first, ");")]
                /// ```
                fn $axis_mut $try_axis_mut [] (axis: impl AxisIndex) -> () where T: Element<Sum = T> {
                    let results = along(Fold::$fold, &*self, axis, New)?;
                    copy_to(&results.view(), self.write()?)
                }
            }
        }
    )*};
}

scans! {
    Sum "sums" "cumulative_sum" cumsum try_cumsum cumsum_into try_cumsum_into,
        cumsum_axis try_cumsum_axis cumsum_axis_into try_cumsum_axis_into cumsum_axis_mut try_cumsum_axis_mut:
        "[1, 3, 6, 10]", "[[1, 2], [4, 6]]", "[[1, 3], [3, 7]]", "[1, 3, 6]";
    Prod "products" "cumulative_prod" cumprod try_cumprod cumprod_into try_cumprod_into,
        cumprod_axis try_cumprod_axis cumprod_axis_into try_cumprod_axis_into cumprod_axis_mut try_cumprod_axis_mut:
        "[1, 2, 6, 24]", "[[1, 2], [3, 8]]", "[[1, 2], [3, 12]]", "[1, 2, 6]";
}
