//! The vector vocabulary: what an instruction set must offer so that every algorithm of this crate runs on it.
//!
//! A *token* is a zero-sized value that proves that the CPU has an instruction set. Tokens implement [`Simd<T>`]
//! for the ten machine types and [`SimdFloat`], [`SimdInt`] where these apply; [`Isa`] is all of it together.
//! Algorithms do not call these methods by hand but through [`crate::reg::Reg`], which reads as a formula.
//!
//! Every method means the same on every instruction set, to the bit: NaN, signed zeros, overflow and shift
//! counts included; only the order of [`SimdFloat::unzip`] is a set's own. What is not portable at speed is not here.
//!
//! **Every method, and every function that calls one, is `#[inline(always)]`.** Instructions of a set may only
//! be inlined into a function that has the set enabled; those functions are written by
//! [`backend!`](crate::backend!). One lost attribute costs a factor of 60 to 90 and no warning, which is why
//! `cargo xtask test` looks for intrinsics that were left as functions in the linked binary.

use isonum_core::Real;
use std::fmt::Debug;

/// The ten machine types that fill vector lanes. (`bool` travels as `u8`, complex numbers as pairs.)
pub trait Lane: Real {}
impl Lane for f32 {}
impl Lane for f64 {}
impl Lane for i8 {}
impl Lane for i16 {}
impl Lane for i32 {}
impl Lane for i64 {}
impl Lane for u8 {}
impl Lane for u16 {}
impl Lane for u32 {}
impl Lane for u64 {}

/// Floating-point lanes, with the signed integer of the same width.
pub trait FloatLane: Lane + isonum_core::Float {
    /// `i32` for `f32`, `i64` for `f64`.
    type Bits: Lane;
}
impl FloatLane for f32 {
    type Bits = i32;
}
impl FloatLane for f64 {
    type Bits = i64;
}

/// A zero-sized proof that the CPU has an instruction set.
///
/// # Safety
/// A value of the type can exist only where the CPU has the instructions that its methods use.
pub unsafe trait Token: Copy + Send + Sync + Debug + 'static {
    /// The name of the set, as `ISONUM_BACKEND` spells it.
    const NAME: &'static str;
    /// Whether an instruction multiplies integers of 64 bits.
    const MULTIPLIES_64: bool = true;
    /// Whether instructions convert between integers of 64 bits and floats.
    const CONVERTS_64: bool = true;
}

/// Vectors of `T`.
///
/// # Safety
/// `load` and `store` touch exactly [`Simd::LANES`] elements, the partial forms exactly `n`.
pub unsafe trait Simd<T: Lane>: Token {
    /// The register type.
    type Raw: Copy;
    /// A truth value for each lane.
    type Mask: Copy;
    /// The number of elements in a register, a power of two.
    const LANES: usize;

    /// Every lane `x`.
    fn splat(self, x: T) -> Self::Raw;
    /// The `LANES` elements from `p`, of any alignment.
    /// # Safety
    /// `p` is valid for reads of `LANES` elements.
    unsafe fn load(self, p: *const T) -> Self::Raw;
    /// Writes all lanes to `p`, of any alignment.
    /// # Safety
    /// `p` is valid for writes of `LANES` elements.
    unsafe fn store(self, p: *mut T, v: Self::Raw);
    /// The `n` elements from `p` in the first lanes, zeros in the others; nothing behind them is read.
    /// # Safety
    /// `p` is valid for reads of `n` elements, and `n <= LANES`.
    unsafe fn load_partial(self, p: *const T, n: usize) -> Self::Raw;
    /// Writes the first `n` lanes to `p`, and nothing else.
    /// # Safety
    /// `p` is valid for writes of `n` elements, and `n <= LANES`.
    unsafe fn store_partial(self, p: *mut T, n: usize, v: Self::Raw);

    /// Whether there are stores that go around the caches.
    const STREAMS: bool = false;
    /// [`Simd::store`] around the caches, to a `p` that is aligned to the size of a register. Nobody may touch the
    /// elements before [`Simd::end_streams`].
    /// # Safety
    /// As [`Simd::store`], and `p` is aligned to the size of a register.
    #[inline(always)]
    unsafe fn store_streaming(self, p: *mut T, v: Self::Raw) {
        // SAFETY: the caller's.
        unsafe { self.store(p, v) }
    }
    /// Waits until the elements of [`Simd::store_streaming`] are where others see them.
    #[inline(always)]
    fn end_streams(self) {}

    /// `a + b`; integers wrap.
    fn add(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// `a − b`; integers wrap.
    fn sub(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// `a × b`; integers wrap.
    fn mul(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// `−a`; integers wrap, floats flip the sign bit.
    fn neg(self, a: Self::Raw) -> Self::Raw;
    /// `|a|`; `MIN` wraps to itself, unsigned stays, floats clear the sign bit.
    fn abs(self, a: Self::Raw) -> Self::Raw;
    /// `b` where `b > a`, else `a` (also where either is NaN, and for equal zeros).
    fn larger(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// `b` where `b < a`, else `a` (also where either is NaN, and for equal zeros).
    fn smaller(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;

    /// `a == b`; false for NaN.
    fn eq(self, a: Self::Raw, b: Self::Raw) -> Self::Mask;
    /// `a < b`; false for NaN.
    fn lt(self, a: Self::Raw, b: Self::Raw) -> Self::Mask;
    /// `a <= b`; false for NaN.
    fn le(self, a: Self::Raw, b: Self::Raw) -> Self::Mask;

    /// Bitwise `and`, of floats too.
    fn and(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// Bitwise `or`, of floats too.
    fn or(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// Bitwise exclusive `or`, of floats too.
    fn xor(self, a: Self::Raw, b: Self::Raw) -> Self::Raw;
    /// Every bit inverted, of floats too.
    fn not(self, a: Self::Raw) -> Self::Raw;

    /// Lanes of `yes` where the mask is set, else of `no`; bits are kept.
    fn select(self, m: Self::Mask, yes: Self::Raw, no: Self::Raw) -> Self::Raw;
    /// `a && b`.
    fn mask_and(self, a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// `a || b`.
    fn mask_or(self, a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// `!a`.
    fn mask_not(self, a: Self::Mask) -> Self::Mask;
    /// Whether any lane is set.
    fn any(self, m: Self::Mask) -> bool;
    /// Whether every lane is set.
    fn all(self, m: Self::Mask) -> bool;
    /// The number of lanes set.
    fn count_true(self, m: Self::Mask) -> usize;
    /// The first lane set, or `LANES`.
    fn first_true(self, m: Self::Mask) -> usize;
    /// A mask from `LANES` bytes: set where the byte is not zero.
    /// # Safety
    /// `p` is valid for reads of `LANES` bytes.
    unsafe fn load_mask(self, p: *const u8) -> Self::Mask;
    /// Writes `LANES` bytes, 1 where the mask is set, else 0.
    /// # Safety
    /// `p` is valid for writes of `LANES` bytes.
    unsafe fn store_mask(self, p: *mut u8, m: Self::Mask);
    /// [`Simd::store_mask`] of four masks, one behind the other; a set whose masks are as wide as their lanes fills whole
    /// registers with them.
    /// # Safety
    /// `p` is valid for writes of `4 LANES` bytes.
    #[inline(always)]
    unsafe fn store_masks(self, p: *mut u8, [a, b, c, d]: [Self::Mask; 4]) {
        // SAFETY: the caller's.
        unsafe {
            self.store_mask(p, a);
            self.store_mask(p.add(Self::LANES), b);
            self.store_mask(p.add(2 * Self::LANES), c);
            self.store_mask(p.add(3 * Self::LANES), d);
        }
    }

    /// One step of a prefix scan in a register: with `step` a power of two below `LANES`, lane `i` becomes lane
    /// `(i − i mod 2·step) + step − 1` where `i` has the bit `step`, else lane `i` of `identity`.
    fn prefix_step(self, a: Self::Raw, step: usize, identity: Self::Raw) -> Self::Raw;
    /// Every lane the last lane of `a`.
    fn splat_last(self, a: Self::Raw) -> Self::Raw;
}

/// What integers have beyond [`Simd`].
///
/// # Safety
/// As for [`Simd`].
pub unsafe trait SimdInt<T: Lane>: Simd<T> {
    /// Lanes of `a` moved left by those of `n`; 0 for counts below zero or not below the width.
    fn shl(self, a: Self::Raw, n: Self::Raw) -> Self::Raw;
    /// Lanes of `a` moved right by those of `n`, the sign kept; 0 (or −1 for negative lanes) for counts below
    /// zero or not below the width.
    fn shr(self, a: Self::Raw, n: Self::Raw) -> Self::Raw;
    /// `a << N`, `N` below the width.
    fn shl_const<const N: i32>(self, a: Self::Raw) -> Self::Raw;
    /// `a >> N`, the sign kept, `N` below the width.
    fn shr_const<const N: i32>(self, a: Self::Raw) -> Self::Raw;
}

/// What floats have beyond [`Simd`]. Every operation is the one that IEEE 754 defines: correctly rounded.
///
/// # Safety
/// As for [`Simd`].
pub unsafe trait SimdFloat<T: FloatLane>:
    Simd<T> + SimdInt<T::Bits> + Simd<T::Bits, Mask = <Self as Simd<T>>::Mask>
{
    /// `a / b`.
    fn div(self, a: <Self as Simd<T>>::Raw, b: <Self as Simd<T>>::Raw) -> <Self as Simd<T>>::Raw;
    /// The square root.
    fn sqrt(self, a: <Self as Simd<T>>::Raw) -> <Self as Simd<T>>::Raw;
    /// `a × b + c`, rounded once.
    fn mul_add(
        self,
        a: <Self as Simd<T>>::Raw,
        b: <Self as Simd<T>>::Raw,
        c: <Self as Simd<T>>::Raw,
    ) -> <Self as Simd<T>>::Raw;
    /// `c − a × b`, rounded once.
    fn neg_mul_add(
        self,
        a: <Self as Simd<T>>::Raw,
        b: <Self as Simd<T>>::Raw,
        c: <Self as Simd<T>>::Raw,
    ) -> <Self as Simd<T>>::Raw;
    /// The largest integer not above.
    fn floor(self, a: <Self as Simd<T>>::Raw) -> <Self as Simd<T>>::Raw;
    /// The smallest integer not below.
    fn ceil(self, a: <Self as Simd<T>>::Raw) -> <Self as Simd<T>>::Raw;
    /// The integer part.
    fn trunc(self, a: <Self as Simd<T>>::Raw) -> <Self as Simd<T>>::Raw;
    /// The nearest integer, halves to even.
    fn rint(self, a: <Self as Simd<T>>::Raw) -> <Self as Simd<T>>::Raw;
    /// The same bits as integers.
    fn to_bits(self, a: <Self as Simd<T>>::Raw) -> <Self as Simd<T::Bits>>::Raw;
    /// The same bits as floats.
    #[allow(clippy::wrong_self_convention)] // `self` is the token.
    fn from_bits(self, a: <Self as Simd<T::Bits>>::Raw) -> <Self as Simd<T>>::Raw;
    /// Of the elements of two neighbouring registers, those at even places and those at odd ones: both in the same order,
    /// which is the set's own.
    fn unzip(
        self,
        a: <Self as Simd<T>>::Raw,
        b: <Self as Simd<T>>::Raw,
    ) -> (<Self as Simd<T>>::Raw, <Self as Simd<T>>::Raw);
    /// What [`SimdFloat::unzip`] was given.
    fn zip(
        self,
        even: <Self as Simd<T>>::Raw,
        odd: <Self as Simd<T>>::Raw,
    ) -> (<Self as Simd<T>>::Raw, <Self as Simd<T>>::Raw);
    /// `table[i]` for each lane, where `i` is the lowest 3 bits of the index.
    fn lookup8(self, table: &[T; 8], index: <Self as Simd<T::Bits>>::Raw) -> <Self as Simd<T>>::Raw;
    /// `table[i]` for each lane, where `i` is the lowest 4 bits of the index.
    fn lookup16(self, table: &[T; 16], index: <Self as Simd<T::Bits>>::Raw) -> <Self as Simd<T>>::Raw;
}

/// A whole instruction set: every [`Simd`] of a token, and the conversions between them.
///
/// # Safety
/// As for [`Simd`]; the widening and narrowing forms touch as many `f32` as there are `f64` lanes.
pub unsafe trait Isa:
    SimdFloat<f32>
    + SimdFloat<f64>
    + SimdInt<i8>
    + SimdInt<i16>
    + SimdInt<i32>
    + SimdInt<i64>
    + SimdInt<u8>
    + SimdInt<u16>
    + SimdInt<u32>
    + SimdInt<u64>
    + Transpose<u8>
    + Transpose<u16>
    + Transpose<u32>
    + Transpose<u64>
    + Transpose<[u64; 2]>
{
    /// As many `f32` from `p` as there are `f64` lanes, as `f64`.
    /// # Safety
    /// `p` is valid for reads of that many elements.
    unsafe fn load_widen(self, p: *const f32) -> <Self as Simd<f64>>::Raw;
    /// The `n` elements from `p` as `f64` in the first lanes, zeros in the others.
    /// # Safety
    /// `p` is valid for reads of `n` elements, and `n` is at most the number of `f64` lanes.
    unsafe fn load_widen_partial(self, p: *const f32, n: usize) -> <Self as Simd<f64>>::Raw;
    /// Writes all lanes to `p`, rounded to `f32`.
    /// # Safety
    /// `p` is valid for writes of that many elements.
    unsafe fn store_narrow(self, p: *mut f32, v: <Self as Simd<f64>>::Raw);
    /// Writes the first `n` lanes to `p`, rounded to `f32`, and nothing else.
    /// # Safety
    /// `p` is valid for writes of `n` elements, and `n` is at most the number of `f64` lanes.
    unsafe fn store_narrow_partial(self, p: *mut f32, n: usize, v: <Self as Simd<f64>>::Raw);

    /// The lanes of neighbouring registers, all below 256, as bytes of one; `None` where compilers make as much of a loop.
    #[inline(always)]
    fn pack16(self, _: [<Self as Simd<u16>>::Raw; 2]) -> Option<<Self as Simd<u8>>::Raw> {
        None
    }
    /// As [`Isa::pack16`].
    #[inline(always)]
    fn pack32(self, _: [<Self as Simd<u32>>::Raw; 4]) -> Option<<Self as Simd<u8>>::Raw> {
        None
    }
    /// As [`Isa::pack16`].
    #[inline(always)]
    fn pack64(self, _: [<Self as Simd<u64>>::Raw; 8]) -> Option<<Self as Simd<u8>>::Raw> {
        None
    }
}

/// Transposing square tiles of elements of one size.
///
/// # Safety
/// [`Transpose::transpose_tile`] reads and writes exactly `TILE × TILE` elements.
pub unsafe trait Transpose<T: Copy>: Token {
    /// The side of a tile.
    const TILE: usize;
    /// `to[k * to_row + j] = from[j * from_row + k]` for all `j, k < TILE`, of any alignment.
    /// # Safety
    /// The rows of both tiles are valid (elements of any alignment), and the tiles do not overlap.
    unsafe fn transpose_tile(self, from: *const T, from_row: isize, to: *mut T, to_row: isize);
}

/// Code that is generic over the instruction set.
///
/// Everything that [`Program::run`] calls down to the vector methods must be `#[inline(always)]`, or it is
/// compiled without the instructions of the set and runs many times slower.
pub trait Program {
    /// What it computes.
    type Output;
    /// Runs on vectors of `isa`.
    fn run<S: Isa>(self, isa: S) -> Self::Output;
}
