//! [`Pair`]: two registers of an instruction set that work in step, as one of twice the lanes.
//!
//! A mathematical function is one long chain of dependent steps. A processor that could run several calls at once
//! does not get to see them: its scheduler is full of steps of the first call that wait (64 entries on Zen 4, and
//! `sin` alone has 30 steps of 4 cycles). With the same step of two registers next to each other in the program,
//! half as many wait, and nothing in the algorithms has to be written twice.

use crate::simd::{FloatLane, Lane, Simd, SimdFloat, SimdInt, Token};

/// Two registers of `S`, the second behind the first.
#[derive(Clone, Copy, Debug)]
pub struct Pair<S>(pub S);

// SAFETY: as the token inside.
unsafe impl<S: Token> Token for Pair<S> {
    const NAME: &'static str = S::NAME;
    const MULTIPLIES_64: bool = S::MULTIPLIES_64;
}

/// Each function does the same on both halves.
macro_rules! halves {
    ($trait:ident: $(fn $name:ident $(<const $n:ident: i32>)? ($($arg:ident: $how:ident),*) -> $ret:ident;)*) => {$(
        #[inline(always)]
        fn $name $(<const $n: i32>)? (self, $($arg: halves!(@type $how)),*) -> halves!(@type $ret) {
            (
                <S as $trait<T>>::$name $(::<$n>)? (self.0, $(halves!(@first $how $arg)),*),
                <S as $trait<T>>::$name $(::<$n>)? (self.0, $(halves!(@second $how $arg)),*),
            )
        }
    )*};
    (@type raw) => { <Self as Simd<T>>::Raw };
    (@type mask) => { <Self as Simd<T>>::Mask };
    (@type bits) => { <Self as Simd<T::Bits>>::Raw };
    (@type table8) => { &[T; 8] };
    (@type table16) => { &[T; 16] };
    (@type element) => { T };
    (@first element $arg:ident) => { $arg };
    (@first table8 $arg:ident) => { $arg };
    (@first table16 $arg:ident) => { $arg };
    (@first $how:ident $arg:ident) => { $arg.0 };
    (@second element $arg:ident) => { $arg };
    (@second table8 $arg:ident) => { $arg };
    (@second table16 $arg:ident) => { $arg };
    (@second $how:ident $arg:ident) => { $arg.1 };
}

// SAFETY: the halves touch `LANES` elements each, in the partial forms `n` in total.
unsafe impl<T: Lane, S: Simd<T>> Simd<T> for Pair<S> {
    type Raw = (S::Raw, S::Raw);
    type Mask = (S::Mask, S::Mask);
    const LANES: usize = 2 * S::LANES;

    #[inline(always)]
    unsafe fn load(self, p: *const T) -> Self::Raw {
        // SAFETY: the caller's.
        unsafe { (self.0.load(p), self.0.load(p.add(S::LANES))) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut T, v: Self::Raw) {
        // SAFETY: the caller's.
        unsafe {
            self.0.store(p, v.0);
            self.0.store(p.add(S::LANES), v.1);
        }
    }
    #[inline(always)]
    unsafe fn load_partial(self, p: *const T, n: usize) -> Self::Raw {
        let first = n.min(S::LANES);
        // SAFETY: the caller's.
        unsafe { (self.0.load_partial(p, first), self.0.load_partial(p.add(first), n - first)) }
    }
    #[inline(always)]
    unsafe fn store_partial(self, p: *mut T, n: usize, v: Self::Raw) {
        let first = n.min(S::LANES);
        // SAFETY: the caller's.
        unsafe {
            self.0.store_partial(p, first, v.0);
            self.0.store_partial(p.add(first), n - first, v.1);
        }
    }
    halves! { Simd:
        fn splat(x: element) -> raw;
        fn add(a: raw, b: raw) -> raw;
        fn sub(a: raw, b: raw) -> raw;
        fn mul(a: raw, b: raw) -> raw;
        fn neg(a: raw) -> raw;
        fn abs(a: raw) -> raw;
        fn larger(a: raw, b: raw) -> raw;
        fn smaller(a: raw, b: raw) -> raw;
        fn eq(a: raw, b: raw) -> mask;
        fn lt(a: raw, b: raw) -> mask;
        fn le(a: raw, b: raw) -> mask;
        fn and(a: raw, b: raw) -> raw;
        fn or(a: raw, b: raw) -> raw;
        fn xor(a: raw, b: raw) -> raw;
        fn not(a: raw) -> raw;
        fn select(m: mask, yes: raw, no: raw) -> raw;
        fn mask_and(a: mask, b: mask) -> mask;
        fn mask_or(a: mask, b: mask) -> mask;
        fn mask_not(a: mask) -> mask;
    }
    #[inline(always)]
    fn any(self, m: Self::Mask) -> bool {
        self.0.any(self.0.mask_or(m.0, m.1))
    }
    #[inline(always)]
    fn all(self, m: Self::Mask) -> bool {
        self.0.all(self.0.mask_and(m.0, m.1))
    }
    #[inline(always)]
    fn count_true(self, m: Self::Mask) -> usize {
        self.0.count_true(m.0) + self.0.count_true(m.1)
    }
    #[inline(always)]
    fn first_true(self, m: Self::Mask) -> usize {
        let first = self.0.first_true(m.0);
        if first < S::LANES { first } else { first + self.0.first_true(m.1) }
    }
    #[inline(always)]
    unsafe fn load_mask(self, p: *const u8) -> Self::Mask {
        // SAFETY: the caller's.
        unsafe { (self.0.load_mask(p), self.0.load_mask(p.add(S::LANES))) }
    }
    #[inline(always)]
    unsafe fn store_mask(self, p: *mut u8, m: Self::Mask) {
        // SAFETY: the caller's.
        unsafe {
            self.0.store_mask(p, m.0);
            self.0.store_mask(p.add(S::LANES), m.1);
        }
    }
    #[inline(always)]
    fn prefix_step(self, a: Self::Raw, step: usize, identity: Self::Raw) -> Self::Raw {
        if step == S::LANES {
            return (identity.0, self.0.splat_last(a.0));
        }
        (self.0.prefix_step(a.0, step, identity.0), self.0.prefix_step(a.1, step, identity.1))
    }
    #[inline(always)]
    fn splat_last(self, a: Self::Raw) -> Self::Raw {
        let last = self.0.splat_last(a.1);
        (last, last)
    }
}

// SAFETY: as for `Simd`.
unsafe impl<T: Lane, S: SimdInt<T>> SimdInt<T> for Pair<S> {
    halves! { SimdInt:
        fn shl(a: raw, n: raw) -> raw;
        fn shr(a: raw, n: raw) -> raw;
        fn shl_const<const N: i32>(a: raw) -> raw;
        fn shr_const<const N: i32>(a: raw) -> raw;
    }
}

// SAFETY: as for `Simd`.
unsafe impl<T: FloatLane, S: SimdFloat<T>> SimdFloat<T> for Pair<S> {
    halves! { SimdFloat:
        fn div(a: raw, b: raw) -> raw;
        fn sqrt(a: raw) -> raw;
        fn mul_add(a: raw, b: raw, c: raw) -> raw;
        fn neg_mul_add(a: raw, b: raw, c: raw) -> raw;
        fn floor(a: raw) -> raw;
        fn ceil(a: raw) -> raw;
        fn trunc(a: raw) -> raw;
        fn rint(a: raw) -> raw;
        fn to_bits(a: raw) -> bits;
        fn from_bits(a: bits) -> raw;
        fn lookup8(table: table8, index: bits) -> raw;
        fn lookup16(table: table16, index: bits) -> raw;
    }
    #[inline(always)]
    fn unzip(
        self,
        a: <Self as Simd<T>>::Raw,
        b: <Self as Simd<T>>::Raw,
    ) -> (<Self as Simd<T>>::Raw, <Self as Simd<T>>::Raw) {
        let (a, b) = (SimdFloat::<T>::unzip(self.0, a.0, a.1), SimdFloat::<T>::unzip(self.0, b.0, b.1));
        ((a.0, b.0), (a.1, b.1))
    }
    #[inline(always)]
    fn zip(
        self,
        even: <Self as Simd<T>>::Raw,
        odd: <Self as Simd<T>>::Raw,
    ) -> (<Self as Simd<T>>::Raw, <Self as Simd<T>>::Raw) {
        (SimdFloat::<T>::zip(self.0, even.0, odd.0), SimdFloat::<T>::zip(self.0, even.1, odd.1))
    }
}
