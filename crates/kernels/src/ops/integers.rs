//! Division of integers, and what is made of it: quotients, remainders, common divisors and multiples.

use super::{BinaryKernel, Divide, FloorDivide, Fmax, Fmin, Fmod, Gcd, Lcm, Power, Remainder};
use crate::elementwise::{self, BinaryLanes};
use crate::plain;
use crate::reg::Reg;
use crate::simd::{Lane, SimdInt};
use isonum_core::operand::{Filled, Operand, Out};

macro_rules! kernels {
    ($($op:ident by $module:ident;)*) => {$(
        kernels!(@ $op $module i8 i16 i32 i64 u8 u16 u32 u64);
    )*};
    (@ $op:ident $module:ident $($t:ident)*) => {$(
        impl<S> BinaryKernel<$t, S> for $op {
            #[inline(always)]
            fn run<'o>(_: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                plain::binary(a, b, out, $module::$t)
            }
        }
    )*};
}
kernels! {
    Divide by quotient;
    Fmod by rest;
    FloorDivide by floored;
    Remainder by modulus;
    Gcd by gcd;
    Lcm by lcm;
}

macro_rules! powers {
    ($($t:ident)*) => {$(
        impl<S: SimdInt<$t>> BinaryLanes<$t, S> for Power {
            const SHORT: bool = false;
            #[inline(always)]
            fn apply(a: Reg<$t, S>, n: Reg<$t, S>) -> Reg<$t, S> { power(a, n, $t::BITS, $t::MAX) }
        }
        impl<S: SimdInt<$t>> BinaryKernel<$t, S> for Power {
            #[inline(always)]
            fn run<'o>(isa: S, a: Operand<'_, $t>, b: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                elementwise::binary::<$t, S, Self>(isa, a, b, out)
            }
        }
    )*};
}
powers! { i8 i16 i32 i64 u8 u16 u32 u64 }

/// aⁿ by squares, as long as any lane has bits of n left. Nobody asks for negative exponents, drivers see to that; their bits
/// are taken as those of numbers without a sign.
#[inline(always)]
fn power<T: Lane, S: SimdInt<T>>(a: Reg<T, S>, n: Reg<T, S>, bits: u32, most: T) -> Reg<T, S> {
    let (zero, one) = (a.with(T::ZERO), a.with(T::ONE));
    let (mut power, mut square, mut n) = (one, a, n);
    for step in 0..bits {
        power = (n & one).eq(zero).select(power, power * square);
        n = n.shr_const::<1>();
        if step == 0 {
            n = n & a.with(most);
        }
        if n.eq(zero).all() {
            break;
        }
        square = square * square;
    }
    power
}

/// Never called: a backend carries them out as [`Maximum`](super::Maximum) and [`Minimum`](super::Minimum)
/// ([`Binary::same_for`](isonum_core::registry::Binary::same_for)).
macro_rules! without_nan {
    ($($t:ident)*) => {$(
        without_nan!(@ Fmax $t);
        without_nan!(@ Fmin $t);
    )*};
    (@ $op:ident $t:ident) => {
        impl<S> BinaryKernel<$t, S> for $op {
            fn run<'o>(_: S, _: Operand<'_, $t>, _: Operand<'_, $t>, _: Out<'o, $t>) -> Filled<'o> {
                unreachable!("elements without NaN")
            }
        }
    };
}
without_nan! { i8 i16 i32 i64 u8 u16 u32 u64 bool }

/// Quotients of integers by division of floats, which are vectors.
///
/// The quotient of floats that hold both integers, cut, is that of the integers: it could only differ if rounding reached
/// the next integer `n`, which is `1 / b` or more away, and that is more than half a unit in the last place of `n` where
/// `n b < 2^24` (`f32`; here at most 2^17) or `2^53` (`f64`; at most 2^33).
///
/// Nobody divides by zero, drivers see to that; who does gets 0, and as a remainder the dividend.
mod quotient {
    macro_rules! quotients {
        ($($t:ident in $float:ident via $via:ident;)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                let q = $float::from(a) / $float::from(b);
                let q = if b == 0 { 0.0 } else { q };
                // `MIN / -1` wraps.
                let q = if q > $t::MAX as $float { $t::MIN as $float } else { q };
                // SAFETY: finite, and its integer part is a value of both types.
                unsafe { q.to_int_unchecked::<$via>() as $t }
            }
        )*};
    }
    quotients! {
        i8 in f32 via i32;
        i16 in f32 via i32;
        i32 in f64 via i32;
        u8 in f32 via i32;
        u16 in f32 via i32;
        u32 in f64 via u32;
    }

    // No instruction set here divides vectors of integers, and no float holds these: 1.7 ns an element on Zen 4, on vector
    // backends and on scalar.
    #[inline(always)]
    pub(super) fn i64(a: i64, b: i64) -> i64 {
        a.wrapping_div(b)
    }
    #[inline(always)]
    pub(super) fn u64(a: u64, b: u64) -> u64 {
        a.wrapping_div(b)
    }
}

/// What the quotients leave.
mod rest {
    macro_rules! rests {
        ($($t:ident)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                a.wrapping_sub(super::quotient::$t(a, b).wrapping_mul(b))
            }
        )*};
    }
    rests!(i8 i16 i32 i64 u8 u16 u32 u64);
}

/// Quotients rounded down: one less than cut, where something is left whose sign is not that of the divisor.
mod floored {
    macro_rules! floored {
        ($($t:ident)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                let q = super::quotient::$t(a, b);
                let rest = a.wrapping_sub(q.wrapping_mul(b));
                q.wrapping_sub(((rest != 0) & ((rest ^ b) < 0)) as $t)
            }
        )*};
    }
    floored!(i8 i16 i32 i64);
    pub(super) use super::quotient::{u8, u16, u32, u64};
}

/// What the quotients rounded down leave.
mod modulus {
    macro_rules! moduli {
        ($($t:ident)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                let rest = super::rest::$t(a, b);
                let other = (rest != 0) & ((rest ^ b) < 0);
                rest.wrapping_add(if other { b } else { 0 })
            }
        )*};
    }
    moduli!(i8 i16 i32 i64);
    pub(super) use super::rest::{u8, u16, u32, u64};
}

/// The greatest common divisor, without signs, by differences in place of divisions (Stein 1967): twos are taken out, and
/// the difference of two odd numbers has some again. One element at a time, as many steps as it needs.
macro_rules! common_divisor {
    ($a:expr, $b:expr) => {{
        let (a, b) = ($a, $b);
        if a == 0 || b == 0 {
            a | b
        } else {
            let twos = (a | b).trailing_zeros();
            let (mut a, mut b) = (a >> a.trailing_zeros(), b >> b.trailing_zeros());
            while a != b {
                let difference = a.abs_diff(b);
                a = a.min(b);
                b = difference >> difference.trailing_zeros();
            }
            a << twos
        }
    }};
}

mod gcd {
    macro_rules! divisors {
        ($($t:ident by $magnitude:expr;)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                common_divisor!($magnitude(a), $magnitude(b)) as $t
            }
        )*};
    }
    divisors! {
        i8 by i8::unsigned_abs; i16 by i16::unsigned_abs; i32 by i32::unsigned_abs; i64 by i64::unsigned_abs;
        u8 by u8::from; u16 by u16::from; u32 by u32::from; u64 by u64::from;
    }
}

mod lcm {
    macro_rules! multiples {
        ($($t:ident by $magnitude:expr;)*) => {$(
            #[inline(always)]
            pub(super) fn $t(a: $t, b: $t) -> $t {
                let (a, b) = ($magnitude(a), $magnitude(b));
                let divisor = common_divisor!(a, b).max(1);
                (a / divisor).wrapping_mul(b) as $t
            }
        )*};
    }
    multiples! {
        i8 by i8::unsigned_abs; i16 by i16::unsigned_abs; i32 by i32::unsigned_abs; i64 by i64::unsigned_abs;
        u8 by u8::from; u16 by u16::from; u32 by u32::from; u64 by u64::from;
    }
}
