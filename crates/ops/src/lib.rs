//! isonum: n-dimensional arrays with NumPy's names and rules, fast on every instruction set, and the same bits on
//! all of them.
//!
//! ```
//! use isonum::prelude::*;
//!
//! let a = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
//! let centered = &a - a.over(0).keep_dims().mean();
//! assert_eq!(centered, [[-1.5, -1.5, -1.5], [1.5, 1.5, 1.5]]);
//! assert_eq!(isonum::maximum(&centered, 0.0).sum(), 4.5);
//! assert_eq!(a.slice(s![.., ..;-1]).t().shape(), [3, 2]);
//! ```
//!
//! * **Arrays are values.** [`Array`] shares its memory with its clones and slices and copies when written, so no
//!   write is ever visible elsewhere. [`ArrayView`] and [`ArrayViewMut`] borrow.
//! * **Array-like in, array out.** Every operation is a function that takes anything that can be read as an array
//!   ([`ArrayLike`]: arrays, views, slices, vectors, nested arrays, scalars), and a method of the array types.
//!   Shapes broadcast as NumPy's. Dtypes never convert by themselves: [`Array::astype`].
//! * **Panics and errors.** `name` panics and says why, with the shapes and axes; `try_name` returns an
//!   [`Error`] in its place.
//! * **In place.** `a.exp_mut()`, `a.exp_into(&mut out)`, `a += &b`; operators on arrays given by value reuse
//!   their memory: `(a + &b) * 2.0` allocates nothing.
//! * **The same bits** from every [`backend`] and any number of [`threads`]; matrix products and Fourier transforms, which
//!   come from other crates for now, are excepted.

#![forbid(unsafe_code)]

extern crate self as isonum;

mod macros;

mod array;
mod collect;
mod create;
mod elementwise;
pub mod fft;
mod format;
pub mod io;
pub mod linalg;
pub mod random;
mod reduce;
mod shape;

pub use array::{
    Array, ArrayView, ArrayViewMut, AxisIter, AxisIterMut, IndexedIter, IntoIndex, IntoShape, Lanes,
    LanesMut, asarray, try_asarray, try_zip_map, zip_map,
};
pub use create::*;
pub use elementwise::*;
pub use reduce::*;
pub use shape::*;

pub use isonum_core::axes::AxisIndex;
pub use isonum_core::{
    ArrayLike, Axes, Bits, Complex32, Complex64, ComplexFloat, DType, Dims, Element, Ellipsis, Error,
    ErrorKind, Float, Given, Glance, IndexArray, Integer, IntoAxes, Layout, NewAxis, Number, Ordered, Real,
    Result, SliceItem, Storage, View, ViewMut, s,
};

/// The instruction sets that operations run on.
///
/// One is chosen for the process when the first operation needs it: the widest that the machine has and the build
/// includes, or the one that the environment variable `ISONUM_BACKEND` names (`avx512`, `avx2`, `neon`,
/// `scalar`). Results do not depend on it.
///
/// # Examples
/// ```
/// use isonum::backend;
/// let scalar = backend::by_name("scalar")?;
/// let (fast, slow) = (isonum::exp(0.3), backend::with(scalar, || isonum::exp(0.3)));
/// assert_eq!(fast, slow);
/// # Ok::<(), isonum::Error>(())
/// ```
///
/// A backend of your own implements [`Backend`](backend::Backend) over another; `examples/own_backend.rs` is one.
pub mod backend {
    pub use isonum_core::backend::{Backend, Extremum, Fold, Kernels};
    pub use isonum_core::operand::{AnyOut, Blocks, Filled, Grid, Input, Operand, Out, Rows};
    pub use isonum_core::registry::{Binary, Compare, Predicate, Ternary, Unary};
    pub use isonum_runtime::backend::{available, by_name, current, install, with};
}

/// How many threads operations use.
///
/// Work runs in the current rayon pool unless `ISONUM_NUM_THREADS` or [`with`](threads::with) say otherwise.
/// Results do not depend on it.
///
/// # Examples
/// ```
/// use isonum::threads;
/// assert_eq!(threads::with(1, threads::count), 1);
/// ```
pub mod threads {
    pub use isonum_runtime::threads::{count, with};
}

/// What operations allocate, and how much freed memory is kept for the next ones.
///
/// Blocks of up to 64 KiB are kept by the thread that frees them. Larger ones are kept for the process, up to
/// [`set_limit`](memory::set_limit); what nobody has asked for for a second goes when the next one is freed, or with
/// [`trim`](memory::trim). From 2 MiB on, Linux is asked for
/// huge pages, unless the environment variable `ISONUM_HUGE_PAGES` is `0`.
///
/// # Examples
/// ```
/// use isonum::{array, memory};
/// let mut a = array![1.0, 2.0];
/// let b = a.clone();
/// let before = memory::stats().cow_copies;
/// a[0] = 5.0;
/// assert_eq!(memory::stats().cow_copies, before + 1);
/// assert_eq!(b, [1.0, 2.0]);
/// ```
pub mod memory {
    pub use isonum_core::memory::{Stats, set_limit, stats, trim};
}

pub mod prelude;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
