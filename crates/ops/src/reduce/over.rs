//! Reductions with options, as one sentence: `a.over([0, -1]).keep_dims().mean()`.

use crate::macros::{OrPanic, on_arrays};
use crate::{
    Array, ArrayLike, ArrayView, ArrayViewMut, Axes, Dims, Element, Error, Float, IntoAxes, Ordered, Real,
    Result, View,
};
use isonum_core::backend::{Extremum, Fold};
use isonum_runtime::place::{New, Place};
use isonum_runtime::reduce;

/// A reduction to be: elements, the axes to reduce, and options. Made by [`Array::over`]; every reduction is a
/// method.
///
/// An option that a reduction does not know is an error, never ignored.
///
/// # Examples
/// ```
/// use isonum::prelude::*;
/// let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]];
/// assert_eq!(a.over(1).mean(), [2.0, 6.0]);
/// assert_eq!(a.over(1).keep_dims().max(), [[3.0], [9.0]]);
/// assert_eq!(a.over(1).ddof(1).var(), [1.0, 7.0]);
/// ```
#[derive(Clone, Debug)]
#[must_use = "this only says what to reduce; call a reduction on it"]
pub struct Over<'a, T> {
    view: View<'a, T>,
    axes: Axes,
    keep_dims: bool,
    ddof: Option<f64>,
}

impl<'a, T: Element> Over<'a, T> {
    pub(super) fn new(view: View<'a, T>, axes: impl IntoAxes) -> Self {
        Over { view, axes: axes.into_axes(), keep_dims: false, ddof: None }
    }

    /// Keeps the reduced axes, with length one, so that the result broadcasts against the array.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = array![[1, 2], [3, 6]];
    /// assert_eq!(&a - a.over(1).keep_dims().min(), [[0, 1], [0, 3]]);
    /// ```
    #[doc(alias = "keepdims")]
    pub fn keep_dims(mut self) -> Self {
        self.keep_dims = true;
        self
    }

    /// The degrees of freedom that [`var`](Self::var) and [`std`](Self::std) take off the number of elements that
    /// they divide by: 0 if not said, 1 for the unbiased variance of a sample.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// assert_eq!(array![1.0, 3.0].over(()).ddof(1).var().item(), 2.0);
    /// assert_eq!(array![1.0, 3.0].over(()).var().item(), 1.0);
    /// ```
    #[doc(alias = "correction")]
    pub fn ddof(mut self, ddof: impl Into<f64>) -> Self {
        self.ddof = Some(ddof.into());
        self
    }

    /// The axes from the front. For reductions without `ddof`.
    fn plain_axes(&self) -> Result<Dims<usize>> {
        match self.ddof {
            Some(_) => Err(Error::invalid_argument("ddof", "does not apply")),
            None => self.axes.normalize(self.view.ndim()),
        }
    }

    /// The one axis from the front, or `None` for the whole array.
    fn one_axis(&self) -> Result<Option<usize>> {
        match self.plain_axes()?[..] {
            _ if self.axes.is_all() => Ok(None),
            [axis] => Ok(Some(axis)),
            ref axes => {
                let message = format!("takes one axis, or () for all, found {}", axes.len());
                Err(Error::invalid_argument("axes", message))
            }
        }
    }

    fn arg<P: Place<i64>>(&self, op: Extremum, place: P) -> Result<P::Filled>
    where
        T: Ordered,
    {
        match self.one_axis()? {
            Some(axis) => reduce::arg_extremum(op, &self.view, axis, self.keep_dims, place),
            None => {
                let ndim = if self.keep_dims { self.view.ndim() } else { 0 };
                reduce::arg_extremum_whole(op, &self.view, ndim, place)
            }
        }
    }
}

macro_rules! methods {
    ($($(#[$meta:meta])*
       $name:ident $try:ident $into:ident $try_into:ident where T: $class:path => $value:ty,
       |$self:ident, $place:ident| $reduction:expr;)*) => {
        impl<T: Element> Over<'_, T> {$(
            $(#[$meta])*
            ///
            /// # Panics
            /// If an axis is not there or named twice, or an option is set that does not apply; where the
            /// reduction has no value for no elements, if there are none.
            #[doc = super::table::example!($name over)]
            #[track_caller]
            pub fn $name($self) -> Array<$value> where T: $class {
                $self.$try().or_panic()
            }

            #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($name), "`](Self::", stringify!($name), ") panics.")]
            pub fn $try($self) -> Result<Array<$value>> where T: $class {
                let $place = New;
                crate::macros::in_operation(stringify!($name), move || $reduction.map(Array))
            }

            #[doc = concat!("[`", stringify!($name), "`](Self::", stringify!($name), "), written to `out`.")]
            ///
            /// No memory is taken for the result where `out` has no gaps and its axes lie in memory in the order of the array's.
            ///
            /// # Panics
            #[doc = concat!("Where [`", stringify!($name), "`](Self::", stringify!($name), ") does, or if `out` has another shape than the result.")]
            #[doc = super::table::example!($name over_into)]
            #[track_caller]
            pub fn $into<'o>($self, out: impl Into<ArrayViewMut<'o, $value>>) where T: $class {
                $self.$try_into(out).or_panic()
            }

            #[doc = concat!("[`", stringify!($into), "`](Self::", stringify!($into), ") with an error in place of the panic.")]
            ///
            /// # Errors
            #[doc = concat!("Where [`", stringify!($into), "`](Self::", stringify!($into), ") panics.")]
            pub fn $try_into<'o>($self, out: impl Into<ArrayViewMut<'o, $value>>) -> Result<()>
            where
                T: $class,
            {
                let $place = out.into().0;
                crate::macros::in_operation(stringify!($name), move || $reduction)
            }
        )*}
    };
}

methods! {
    /// The sums along the axes; see [`sum`](fn@crate::sum).
    sum try_sum sum_into try_sum_into where T: Element => T::Sum, |self, place|
        reduce::fold(Fold::Sum, &self.view, &self.plain_axes()?, self.keep_dims, place);
    /// The products along the axes; see [`prod`](fn@crate::prod).
    prod try_prod prod_into try_prod_into where T: Element => T::Sum, |self, place|
        reduce::fold(Fold::Prod, &self.view, &self.plain_axes()?, self.keep_dims, place);
    /// The arithmetic means along the axes; see [`mean`](fn@crate::mean).
    mean try_mean mean_into try_mean_into where T: Element => T::Mean, |self, place|
        reduce::mean(&self.view, &self.plain_axes()?, self.keep_dims, place);
    /// The variances along the axes; see [`var`](fn@crate::var) and [`ddof`](Self::ddof).
    var try_var var_into try_var_into where T: Real => T::Mean, |self, place| {
        let axes = self.axes.normalize(self.view.ndim())?;
        reduce::var(&self.view, &axes, self.keep_dims, self.ddof.unwrap_or(0.0), place)
    };
    /// The standard deviations along the axes; see [`std`](fn@crate::std) and [`ddof`](Self::ddof).
    std try_std std_into try_std_into where T: Real => T::Mean, |self, place| {
        let axes = self.axes.normalize(self.view.ndim())?;
        reduce::std(&self.view, &axes, self.keep_dims, self.ddof.unwrap_or(0.0), place)
    };
    /// The largest elements along the axes; see [`max`](fn@crate::max).
    max try_max max_into try_max_into where T: Ordered => T, |self, place|
        reduce::extremum(Extremum::Max, &self.view, &self.plain_axes()?, self.keep_dims, place);
    /// The smallest elements along the axes; see [`min`](fn@crate::min).
    min try_min min_into try_min_into where T: Ordered => T, |self, place|
        reduce::extremum(Extremum::Min, &self.view, &self.plain_axes()?, self.keep_dims, place);
    /// Whether any element along the axes is true; see [`any`](fn@crate::any).
    any try_any any_into try_any_into where T: Element => bool, |self, place|
        reduce::any(&self.view, &self.plain_axes()?, self.keep_dims, place);
    /// Whether all elements along the axes are true; see [`all`](fn@crate::all).
    all try_all all_into try_all_into where T: Element => bool, |self, place|
        reduce::all(&self.view, &self.plain_axes()?, self.keep_dims, place);
    /// How many elements along the axes are not zero; see [`count_nonzero`](fn@crate::count_nonzero).
    count_nonzero try_count_nonzero count_nonzero_into try_count_nonzero_into where T: Element => i64, |self, place|
        reduce::count_nonzero(&self.view, &self.plain_axes()?, self.keep_dims, place);
    /// The sums of the squares along the axes; see [`sum_squares`](fn@crate::sum_squares).
    sum_squares try_sum_squares sum_squares_into try_sum_squares_into where T: Float => T, |self, place|
        reduce::sum_squares(&self.view, &self.plain_axes()?, self.keep_dims, place);
    /// The indices of the largest elements along one axis, or of all (in C order) with `()`; see
    /// [`argmax`](fn@crate::argmax).
    argmax try_argmax argmax_into try_argmax_into where T: Ordered => i64, |self, place| self.arg(Extremum::Max, place);
    /// The indices of the smallest elements along one axis, or of all (in C order) with `()`; see
    /// [`argmin`](fn@crate::argmin).
    argmin try_argmin argmin_into try_argmin_into where T: Ordered => i64, |self, place| self.arg(Extremum::Min, place);
}

on_arrays! {
    /// What to reduce: `axes` (an integer, several, or `()` for all; negative from the back), to which options
    /// and a reduction are added.
    ///
    /// # Examples
    /// ```
    /// # use isonum::prelude::*;
    /// let a = Array::<f64>::ones([2, 3, 4]);
    /// assert_eq!(a.over([0, -1]).keep_dims().sum().shape(), [1, 3, 1]);
    /// ```
    pub fn over(&self, axes: impl IntoAxes) -> Over<'_, T> {
        Over::new(ArrayLike::view(self), axes)
    }
}
