//! The scalar "instruction set": vectors of one lane, in portable Rust.
//!
//! The token stands here and not in `isonum-kernels-scalar` (which stamps the backend for it) because every
//! backend sends rare lanes (huge arguments, subnormals) through the same algorithm on one lane: bits agree by
//! construction, and no vector kernel has a second algorithm inside.

use crate::simd::{Isa, Simd, SimdFloat, SimdInt, Token};

/// One lane, no instruction set beyond the target's own.
#[derive(Clone, Copy, Debug)]
pub struct Scalar;

// SAFETY: it uses no instructions beyond the target's own.
unsafe impl Token for Scalar {
    const NAME: &'static str = "scalar";
}

macro_rules! shared {
    ($t:ty) => {
        type Raw = $t;
        type Mask = bool;
        const LANES: usize = 1;
        #[inline(always)]
        fn splat(self, x: $t) -> $t {
            x
        }
        #[inline(always)]
        unsafe fn load(self, p: *const $t) -> $t {
            // SAFETY: the caller's.
            unsafe { p.read_unaligned() }
        }
        #[inline(always)]
        unsafe fn store(self, p: *mut $t, v: $t) {
            // SAFETY: the caller's.
            unsafe { p.write_unaligned(v) }
        }
        #[inline(always)]
        unsafe fn load_partial(self, p: *const $t, n: usize) -> $t {
            // SAFETY: the caller's.
            if n == 0 { 0 as $t } else { unsafe { p.read_unaligned() } }
        }
        #[inline(always)]
        unsafe fn store_partial(self, p: *mut $t, n: usize, v: $t) {
            if n != 0 {
                // SAFETY: the caller's.
                unsafe { p.write_unaligned(v) }
            }
        }
        #[inline(always)]
        fn larger(self, a: $t, b: $t) -> $t {
            if b > a { b } else { a }
        }
        #[inline(always)]
        fn smaller(self, a: $t, b: $t) -> $t {
            if b < a { b } else { a }
        }
        #[inline(always)]
        fn eq(self, a: $t, b: $t) -> bool {
            a == b
        }
        #[inline(always)]
        fn lt(self, a: $t, b: $t) -> bool {
            a < b
        }
        #[inline(always)]
        fn le(self, a: $t, b: $t) -> bool {
            a <= b
        }
        #[inline(always)]
        fn select(self, m: bool, yes: $t, no: $t) -> $t {
            if m { yes } else { no }
        }
        #[inline(always)]
        fn mask_and(self, a: bool, b: bool) -> bool {
            a & b
        }
        #[inline(always)]
        fn mask_or(self, a: bool, b: bool) -> bool {
            a | b
        }
        #[inline(always)]
        fn mask_not(self, a: bool) -> bool {
            !a
        }
        #[inline(always)]
        fn any(self, m: bool) -> bool {
            m
        }
        #[inline(always)]
        fn all(self, m: bool) -> bool {
            m
        }
        #[inline(always)]
        fn count_true(self, m: bool) -> usize {
            m as usize
        }
        #[inline(always)]
        fn first_true(self, m: bool) -> usize {
            !m as usize
        }
        #[inline(always)]
        unsafe fn load_mask(self, p: *const u8) -> bool {
            // SAFETY: the caller's.
            unsafe { *p != 0 }
        }
        #[inline(always)]
        unsafe fn store_mask(self, p: *mut u8, m: bool) {
            // SAFETY: the caller's.
            unsafe { *p = m as u8 }
        }
        #[inline(always)]
        fn prefix_step(self, _: $t, _: usize, identity: $t) -> $t {
            identity
        }
        #[inline(always)]
        fn splat_last(self, a: $t) -> $t {
            a
        }
    };
}

macro_rules! integer {
    ($($t:ident $abs:expr;)*) => {$(
        // SAFETY: one element is read and written.
        unsafe impl Simd<$t> for Scalar {
            shared!($t);
            #[inline(always)]
            fn add(self, a: $t, b: $t) -> $t { a.wrapping_add(b) }
            #[inline(always)]
            fn sub(self, a: $t, b: $t) -> $t { a.wrapping_sub(b) }
            #[inline(always)]
            fn mul(self, a: $t, b: $t) -> $t { a.wrapping_mul(b) }
            #[inline(always)]
            fn neg(self, a: $t) -> $t { a.wrapping_neg() }
            #[inline(always)]
            fn abs(self, a: $t) -> $t { $abs(a) }
            #[inline(always)]
            fn and(self, a: $t, b: $t) -> $t { a & b }
            #[inline(always)]
            fn or(self, a: $t, b: $t) -> $t { a | b }
            #[inline(always)]
            fn xor(self, a: $t, b: $t) -> $t { a ^ b }
            #[inline(always)]
            fn not(self, a: $t) -> $t { !a }
        }

        // SAFETY: nothing is read or written.
        unsafe impl SimdInt<$t> for Scalar {
            #[inline(always)]
            fn shl(self, a: $t, n: $t) -> $t {
                if (n as u64) < $t::BITS as u64 { a << (n as u32 & ($t::BITS - 1)) } else { 0 }
            }
            #[inline(always)]
            fn shr(self, a: $t, n: $t) -> $t {
                // A shift by the whole width leaves the sign, in two steps that are each below the width.
                if (n as u64) < $t::BITS as u64 { a >> (n as u32 & ($t::BITS - 1)) } else { a >> ($t::BITS - 1) >> 1 }
            }
            #[inline(always)]
            fn shl_const<const N: i32>(self, a: $t) -> $t { a << N }
            #[inline(always)]
            fn shr_const<const N: i32>(self, a: $t) -> $t { a >> N }
        }
    )*};
}

integer! {
    i8 i8::wrapping_abs; i16 i16::wrapping_abs; i32 i32::wrapping_abs; i64 i64::wrapping_abs;
    u8 std::convert::identity; u16 std::convert::identity; u32 std::convert::identity; u64 std::convert::identity;
}

macro_rules! float {
    ($($t:ident $bits:ident $unsigned:ident;)*) => {$(
        // SAFETY: one element is read and written.
        unsafe impl Simd<$t> for Scalar {
            shared!($t);
            #[inline(always)]
            fn add(self, a: $t, b: $t) -> $t { a + b }
            #[inline(always)]
            fn sub(self, a: $t, b: $t) -> $t { a - b }
            #[inline(always)]
            fn mul(self, a: $t, b: $t) -> $t { a * b }
            #[inline(always)]
            fn neg(self, a: $t) -> $t { -a }
            #[inline(always)]
            fn abs(self, a: $t) -> $t { a.abs() }
            #[inline(always)]
            fn and(self, a: $t, b: $t) -> $t { $t::from_bits(a.to_bits() & b.to_bits()) }
            #[inline(always)]
            fn or(self, a: $t, b: $t) -> $t { $t::from_bits(a.to_bits() | b.to_bits()) }
            #[inline(always)]
            fn xor(self, a: $t, b: $t) -> $t { $t::from_bits(a.to_bits() ^ b.to_bits()) }
            #[inline(always)]
            fn not(self, a: $t) -> $t { $t::from_bits(!a.to_bits()) }
        }

        // SAFETY: nothing is read or written beyond the tables.
        unsafe impl SimdFloat<$t> for Scalar {
            #[inline(always)]
            fn div(self, a: $t, b: $t) -> $t { a / b }
            #[inline(always)]
            fn sqrt(self, a: $t) -> $t { a.sqrt() }
            #[inline(always)]
            fn mul_add(self, a: $t, b: $t, c: $t) -> $t { a.mul_add(b, c) }
            #[inline(always)]
            fn neg_mul_add(self, a: $t, b: $t, c: $t) -> $t { (-a).mul_add(b, c) }
            #[inline(always)]
            fn floor(self, a: $t) -> $t { a.floor() }
            #[inline(always)]
            fn ceil(self, a: $t) -> $t { a.ceil() }
            #[inline(always)]
            fn trunc(self, a: $t) -> $t { a.trunc() }
            #[inline(always)]
            fn rint(self, a: $t) -> $t { a.round_ties_even() }
            #[inline(always)]
            fn to_bits(self, a: $t) -> $bits { a.to_bits() as $bits }
            #[inline(always)]
            fn from_bits(self, a: $bits) -> $t { $t::from_bits(a as $unsigned) }
            #[inline(always)]
            fn unzip(self, a: $t, b: $t) -> ($t, $t) { (a, b) }
            #[inline(always)]
            fn zip(self, even: $t, odd: $t) -> ($t, $t) { (even, odd) }
            #[inline(always)]
            fn lookup8(self, table: &[$t; 8], index: $bits) -> $t { table[(index & 7) as usize] }
            #[inline(always)]
            fn lookup16(self, table: &[$t; 16], index: $bits) -> $t { table[(index & 15) as usize] }
        }
    )*};
}

float! { f32 i32 u32; f64 i64 u64; }

// SAFETY: one element is read and written.
unsafe impl Isa for Scalar {
    #[inline(always)]
    unsafe fn load_widen(self, p: *const f32) -> f64 {
        // SAFETY: the caller's.
        unsafe { p.read_unaligned() as f64 }
    }
    #[inline(always)]
    unsafe fn load_widen_partial(self, p: *const f32, n: usize) -> f64 {
        // SAFETY: the caller's.
        if n == 0 { 0.0 } else { unsafe { p.read_unaligned() as f64 } }
    }
    #[inline(always)]
    unsafe fn store_narrow(self, p: *mut f32, v: f64) {
        // SAFETY: the caller's.
        unsafe { p.write_unaligned(v as f32) }
    }
    #[inline(always)]
    unsafe fn store_narrow_partial(self, p: *mut f32, n: usize, v: f64) {
        if n != 0 {
            // SAFETY: the caller's.
            unsafe { p.write_unaligned(v as f32) }
        }
    }
}
