//! [`Reg`], a register that carries its token, so that kernels read as the formulas they implement.

use crate::simd::{FloatLane, Lane, Simd, SimdFloat, SimdInt};
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

/// A register of `T` on the instruction set `S`.
pub struct Reg<T: Lane, S: Simd<T>> {
    /// The machine's register.
    pub raw: S::Raw,
    isa: S,
}

/// A truth value for each lane of a [`Reg`].
pub struct Mask<T: Lane, S: Simd<T>> {
    /// The machine's mask.
    pub raw: S::Mask,
    isa: S,
}

impl<T: Lane, S: Simd<T>> Clone for Reg<T, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Lane, S: Simd<T>> Copy for Reg<T, S> {}
impl<T: Lane, S: Simd<T>> Clone for Mask<T, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Lane, S: Simd<T>> Copy for Mask<T, S> {}

impl<T: Lane, S: Simd<T>> Reg<T, S> {
    /// The number of lanes.
    pub const LANES: usize = S::LANES;

    /// The machine's register as a `Reg`.
    #[inline(always)]
    pub fn from_raw(isa: S, raw: S::Raw) -> Self {
        Reg { raw, isa }
    }
    /// The token.
    #[inline(always)]
    pub fn isa(self) -> S {
        self.isa
    }
    /// Every lane `x`.
    #[inline(always)]
    pub fn splat(isa: S, x: T) -> Self {
        Reg { raw: isa.splat(x), isa }
    }
    /// Every lane `x`, on the instruction set of `self`.
    #[inline(always)]
    pub fn with(self, x: T) -> Self {
        Reg::splat(self.isa, x)
    }
    /// The `LANES` elements from `p`.
    /// # Safety
    /// `p` is valid for reads of `LANES` elements.
    #[inline(always)]
    pub unsafe fn load(isa: S, p: *const T) -> Self {
        // SAFETY: the caller's.
        Reg { raw: unsafe { isa.load(p) }, isa }
    }
    /// Writes all lanes to `p`.
    /// # Safety
    /// `p` is valid for writes of `LANES` elements.
    #[inline(always)]
    pub unsafe fn store(self, p: *mut T) {
        // SAFETY: the caller's.
        unsafe { self.isa.store(p, self.raw) }
    }
    /// Writes all lanes to `p`, around the caches; see [`Simd::store_streaming`].
    /// # Safety
    /// As [`Reg::store`], and `p` is aligned to the size of a register.
    #[inline(always)]
    pub unsafe fn store_streaming(self, p: *mut T) {
        // SAFETY: the caller's.
        unsafe { self.isa.store_streaming(p, self.raw) }
    }
    /// The `n` elements from `p`, zeros behind.
    /// # Safety
    /// `p` is valid for reads of `n` elements, and `n <= LANES`.
    #[inline(always)]
    pub unsafe fn load_partial(isa: S, p: *const T, n: usize) -> Self {
        // SAFETY: the caller's.
        Reg { raw: unsafe { isa.load_partial(p, n) }, isa }
    }
    /// Writes the first `n` lanes to `p`.
    /// # Safety
    /// `p` is valid for writes of `n` elements, and `n <= LANES`.
    #[inline(always)]
    pub unsafe fn store_partial(self, p: *mut T, n: usize) {
        // SAFETY: the caller's.
        unsafe { self.isa.store_partial(p, n, self.raw) }
    }
    /// [`Reg::load_partial`], or [`Reg::load`] where `n` is `LANES`, which is faster.
    /// # Safety
    /// `p` is valid for reads of `n` elements, and `n <= LANES`.
    #[inline(always)]
    pub(crate) unsafe fn load_some(isa: S, p: *const T, n: usize) -> Self {
        // SAFETY: the caller's.
        unsafe { if n == S::LANES { Self::load(isa, p) } else { Self::load_partial(isa, p, n) } }
    }
    /// [`Reg::store_partial`], or [`Reg::store`] where `n` is `LANES`, which is faster.
    /// # Safety
    /// `p` is valid for writes of `n` elements, and `n <= LANES`.
    #[inline(always)]
    pub(crate) unsafe fn store_some(self, p: *mut T, n: usize) {
        // SAFETY: the caller's.
        unsafe { if n == S::LANES { self.store(p) } else { self.store_partial(p, n) } }
    }
    /// `|self|`.
    #[inline(always)]
    pub fn abs(self) -> Self {
        Reg { raw: self.isa.abs(self.raw), isa: self.isa }
    }
    /// `other` where it is larger than `self`, else `self`.
    #[inline(always)]
    pub fn larger(self, other: Self) -> Self {
        Reg { raw: self.isa.larger(self.raw, other.raw), isa: self.isa }
    }
    /// `other` where it is smaller than `self`, else `self`.
    #[inline(always)]
    pub fn smaller(self, other: Self) -> Self {
        Reg { raw: self.isa.smaller(self.raw, other.raw), isa: self.isa }
    }
    /// `self == other`.
    #[inline(always)]
    pub fn eq(self, other: Self) -> Mask<T, S> {
        Mask { raw: self.isa.eq(self.raw, other.raw), isa: self.isa }
    }
    /// `self != other`; true for NaN.
    #[inline(always)]
    pub fn ne(self, other: Self) -> Mask<T, S> {
        !self.eq(other)
    }
    /// `self < other`.
    #[inline(always)]
    pub fn lt(self, other: Self) -> Mask<T, S> {
        Mask { raw: self.isa.lt(self.raw, other.raw), isa: self.isa }
    }
    /// `self <= other`.
    #[inline(always)]
    pub fn le(self, other: Self) -> Mask<T, S> {
        Mask { raw: self.isa.le(self.raw, other.raw), isa: self.isa }
    }
    /// `self > other`.
    #[inline(always)]
    pub fn gt(self, other: Self) -> Mask<T, S> {
        other.lt(self)
    }
    /// `self >= other`.
    #[inline(always)]
    pub fn ge(self, other: Self) -> Mask<T, S> {
        other.le(self)
    }
    /// One step of a prefix scan; see [`Simd::prefix_step`].
    #[inline(always)]
    pub fn prefix_step(self, step: usize, identity: Self) -> Self {
        Reg { raw: self.isa.prefix_step(self.raw, step, identity.raw), isa: self.isa }
    }
    /// Every lane the last lane.
    #[inline(always)]
    pub fn splat_last(self) -> Self {
        Reg { raw: self.isa.splat_last(self.raw), isa: self.isa }
    }
}

impl<T: Lane, S: SimdInt<T>> Reg<T, S> {
    /// `self << n`, lane by lane.
    #[inline(always)]
    #[allow(clippy::should_implement_trait)] // The operator's panics are not the meaning here.
    pub fn shl(self, n: Self) -> Self {
        Reg { raw: self.isa.shl(self.raw, n.raw), isa: self.isa }
    }
    /// `self >> n`, lane by lane.
    #[inline(always)]
    #[allow(clippy::should_implement_trait)] // The operator's panics are not the meaning here.
    pub fn shr(self, n: Self) -> Self {
        Reg { raw: self.isa.shr(self.raw, n.raw), isa: self.isa }
    }
    /// `self << N`.
    #[inline(always)]
    pub fn shl_const<const N: i32>(self) -> Self {
        Reg { raw: self.isa.shl_const::<N>(self.raw), isa: self.isa }
    }
    /// `self >> N`, the sign kept.
    #[inline(always)]
    pub fn shr_const<const N: i32>(self) -> Self {
        Reg { raw: self.isa.shr_const::<N>(self.raw), isa: self.isa }
    }
}

impl<T: FloatLane, S: SimdFloat<T>> Reg<T, S> {
    /// `self × b + c`, rounded once.
    #[inline(always)]
    pub fn mul_add(self, b: Self, c: Self) -> Self {
        Reg { raw: self.isa.mul_add(self.raw, b.raw, c.raw), isa: self.isa }
    }
    /// `c − self × b`, rounded once.
    #[inline(always)]
    pub fn neg_mul_add(self, b: Self, c: Self) -> Self {
        Reg { raw: self.isa.neg_mul_add(self.raw, b.raw, c.raw), isa: self.isa }
    }
    /// The square root.
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        Reg { raw: self.isa.sqrt(self.raw), isa: self.isa }
    }
    /// The largest integer not above.
    #[inline(always)]
    pub fn floor(self) -> Self {
        Reg { raw: self.isa.floor(self.raw), isa: self.isa }
    }
    /// The smallest integer not below.
    #[inline(always)]
    pub fn ceil(self) -> Self {
        Reg { raw: self.isa.ceil(self.raw), isa: self.isa }
    }
    /// The integer part.
    #[inline(always)]
    pub fn trunc(self) -> Self {
        Reg { raw: self.isa.trunc(self.raw), isa: self.isa }
    }
    /// The nearest integer, halves to even.
    #[inline(always)]
    pub fn rint(self) -> Self {
        Reg { raw: self.isa.rint(self.raw), isa: self.isa }
    }
    /// The same bits as integers.
    #[inline(always)]
    pub fn to_bits(self) -> Reg<T::Bits, S> {
        Reg { raw: self.isa.to_bits(self.raw), isa: self.isa }
    }
    /// The same bits as floats.
    #[inline(always)]
    pub fn from_bits(bits: Reg<T::Bits, S>) -> Self {
        Reg { raw: <S as SimdFloat<T>>::from_bits(bits.isa, bits.raw), isa: bits.isa }
    }
    /// `table[i]`, where `i` is the lowest 3 bits of the index.
    #[inline(always)]
    pub fn lookup8(table: &[T; 8], index: Reg<T::Bits, S>) -> Self {
        Reg { raw: <S as SimdFloat<T>>::lookup8(index.isa, table, index.raw), isa: index.isa }
    }
    /// `table[i]`, where `i` is the lowest 4 bits of the index.
    #[inline(always)]
    pub fn lookup16(table: &[T; 16], index: Reg<T::Bits, S>) -> Self {
        Reg { raw: <S as SimdFloat<T>>::lookup16(index.isa, table, index.raw), isa: index.isa }
    }
    /// NaN lanes.
    #[inline(always)]
    pub fn is_nan(self) -> Mask<T, S> {
        self.ne(self)
    }
}

impl<T: Lane, S: Simd<T>> Mask<T, S> {
    /// The machine's mask as a `Mask`.
    #[inline(always)]
    pub fn from_raw(isa: S, raw: S::Mask) -> Self {
        Mask { raw, isa }
    }
    /// Lanes of `yes` where set, else of `no`.
    #[inline(always)]
    pub fn select(self, yes: Reg<T, S>, no: Reg<T, S>) -> Reg<T, S> {
        Reg { raw: self.isa.select(self.raw, yes.raw, no.raw), isa: self.isa }
    }
    /// Whether any lane is set.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.isa.any(self.raw)
    }
    /// Whether every lane is set.
    #[inline(always)]
    pub fn all(self) -> bool {
        self.isa.all(self.raw)
    }
    /// The number of lanes set.
    #[inline(always)]
    pub fn count_true(self) -> usize {
        self.isa.count_true(self.raw)
    }
    /// The first lane set, or `LANES`.
    #[inline(always)]
    pub fn first_true(self) -> usize {
        self.isa.first_true(self.raw)
    }
}

macro_rules! operator {
    ($($trait:ident $method:ident;)*) => {$(
        impl<T: Lane, S: Simd<T>> $trait for Reg<T, S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Reg { raw: Simd::$method(self.isa, self.raw, other.raw), isa: self.isa }
            }
        }
    )*};
}
operator! { Add add; Sub sub; Mul mul; }

macro_rules! bit_operator {
    ($($trait:ident $method:ident $name:ident;)*) => {$(
        impl<T: Lane, S: Simd<T>> $trait for Reg<T, S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Reg { raw: Simd::$name(self.isa, self.raw, other.raw), isa: self.isa }
            }
        }
    )*};
}
bit_operator! { BitAnd bitand and; BitOr bitor or; BitXor bitxor xor; }

impl<T: FloatLane, S: SimdFloat<T>> Div for Reg<T, S> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Reg { raw: SimdFloat::<T>::div(self.isa, self.raw, other.raw), isa: self.isa }
    }
}
impl<T: Lane, S: Simd<T>> Neg for Reg<T, S> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Reg { raw: Simd::neg(self.isa, self.raw), isa: self.isa }
    }
}
impl<T: Lane, S: Simd<T>> Not for Reg<T, S> {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        Reg { raw: Simd::not(self.isa, self.raw), isa: self.isa }
    }
}
impl<T: Lane, S: Simd<T>> BitAnd for Mask<T, S> {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Mask { raw: self.isa.mask_and(self.raw, other.raw), isa: self.isa }
    }
}
impl<T: Lane, S: Simd<T>> BitOr for Mask<T, S> {
    type Output = Self;
    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Mask { raw: self.isa.mask_or(self.raw, other.raw), isa: self.isa }
    }
}
impl<T: Lane, S: Simd<T>> Not for Mask<T, S> {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        Mask { raw: self.isa.mask_not(self.raw), isa: self.isa }
    }
}
