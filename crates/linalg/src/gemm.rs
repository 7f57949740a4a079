//! One product of two matrices: the description of where they lie, and who computes it for which type.
//!
//! `f32`, `f64` and complex matrices go to the crate `matrixmultiply`; integers and `bool`, vectors, and matrices
//! too small to be worth its preparations go to [`plain`].

use crate::plain::{self, Arithmetic};
use isonum_core::{Complex32, Complex64};
use matrixmultiply::CGemmOption::Standard;

/// `C = A B`: A is `m × k`, B is `k × n`, C is `m × n`.
///
/// Strides are distances between rows, then between columns, in elements.
#[derive(Clone, Copy, Debug)]
pub struct Product<T> {
    pub(crate) m: usize,
    pub(crate) k: usize,
    pub(crate) n: usize,
    pub(crate) a: *const T,
    pub(crate) a_strides: [isize; 2],
    pub(crate) b: *const T,
    pub(crate) b_strides: [isize; 2],
    pub(crate) c: *mut T,
    pub(crate) c_strides: [isize; 2],
}

impl<T> Product<T> {
    /// The same product as `Cᵀ = Bᵀ Aᵀ`.
    pub(crate) fn transposed(self) -> Self {
        let turn = |[rows, columns]: [isize; 2]| [columns, rows];
        Product {
            m: self.n,
            k: self.k,
            n: self.m,
            a: self.b,
            a_strides: turn(self.b_strides),
            b: self.a,
            b_strides: turn(self.a_strides),
            c: self.c,
            c_strides: turn(self.c_strides),
        }
    }
}

/// Types with a matrix product.
pub trait Gemm: Arithmetic {
    /// Computes the product. C may be uninitialised.
    ///
    /// # Safety
    /// All elements of A and B may be read and are initialised, those of C may be written, are distinct, and are
    /// none of A's or B's.
    unsafe fn product(product: Product<Self>);
}

/// Below this many multiplications, packing costs more than it saves.
const TINY: usize = 200;

macro_rules! engine {
    ($($t:ty, $part:ty, |$p:ident| $call:expr;)*) => {$(
        impl Gemm for $t {
            #[inline]
            unsafe fn product(p: Product<Self>) {
                if p.m == 1 || p.n == 1 || p.m.saturating_mul(p.n).saturating_mul(p.k) <= TINY {
                    // SAFETY: the caller's.
                    return unsafe { plain::product(p) };
                }
                let $p = p;
                // SAFETY: the caller's; with β = 0, C is not read. A complex number is an array of its parts.
                unsafe { $call }
            }
        }
    )*};
}

/// Calls `$gemm` with the dimensions, then pointers as `$part`.
macro_rules! call {
    ($gemm:ident($($option:expr),*) $p:ident $part:ty, $one:expr, $zero:expr) => {{
        let Product { m, k, n, a, a_strides, b, b_strides, c, c_strides } = $p;
        matrixmultiply::$gemm(
            $($option,)* m, k, n, $one,
            a.cast::<$part>(), a_strides[0], a_strides[1],
            b.cast::<$part>(), b_strides[0], b_strides[1],
            $zero,
            c.cast::<$part>(), c_strides[0], c_strides[1],
        )
    }};
}

engine! {
    f32, f32, |p| call!(sgemm() p f32, 1.0, 0.0);
    f64, f64, |p| call!(dgemm() p f64, 1.0, 0.0);
    Complex32, [f32; 2], |p| call!(cgemm(Standard, Standard) p [f32; 2], [1.0, 0.0], [0.0, 0.0]);
    Complex64, [f64; 2], |p| call!(zgemm(Standard, Standard) p [f64; 2], [1.0, 0.0], [0.0, 0.0]);
}

macro_rules! plain {
    ($($t:ty)*) => {$(
        impl Gemm for $t {
            #[inline]
            unsafe fn product(product: Product<Self>) {
                // SAFETY: the caller's.
                unsafe { plain::product(product) }
            }
        }
    )*};
}

plain! { i8 i16 i32 i64 u8 u16 u32 u64 bool }
