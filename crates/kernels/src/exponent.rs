//! Exponents of floats: `logb` reads them, `scalb` adds to them.
//!
//! *Method of `logb`.* The exponent is in the bits; that of subnormal numbers after a product with a power of two. As the
//! lowest bits of a number whose unit is 1 it becomes a float by one difference.
//!
//! *Method of `scalb`.* Three products with powers of two, made as bits. Where the exponent is below that of the smallest
//! normal number, the first steps leave room for a whole significand, so that no number that does not vanish is rounded
//! twice: what becomes subnormal on the way is multiplied by less than the last half of the smallest number afterwards.
//!
//! *Accuracy.* `logb` is exact, `scalb` correctly rounded.

use crate::reg::Reg;
use crate::simd::SimdFloat;

macro_rules! exponents {
    ($($t:ident: $logb:ident $scalb:ident, $digits:literal digits, bias $bias:literal, beyond $beyond:literal;)*) => {$(
        /// The exponent of the first digit; −∞ of zeros, ∞ of infinities.
        #[inline(always)]
        pub(crate) fn $logb<S: SimdFloat<$t>>(x: Reg<$t, S>) -> Reg<$t, S> {
            // A number whose unit is 1, and a power of two beyond the significand.
            const UNIT: $t = 1.5 * (1u64 << $digits) as $t;
            const UP: $t = (1u64 << ($digits + 1)) as $t;
            let size = x.abs();
            let small = size.lt(x.with($t::MIN_POSITIVE));
            let scaled = small.select(size * x.with(UP), size);
            let exponent = scaled.to_bits().shr_const::<$digits>();
            let exponent = Reg::from_bits(exponent + x.with(UNIT).to_bits()) - x.with(UNIT);
            let below = small.select(x.with($bias as $t + ($digits + 1) as $t), x.with($bias as $t));
            let usual = size.lt(x.with($t::INFINITY));
            let y = usual.select(exponent - below, size);
            x.eq(x.with(0.0)).select(x.with($t::NEG_INFINITY), y)
        }

        /// `x` times two to the power of `n`, which is cut to an integer; NaN if either is.
        #[inline(always)]
        pub(crate) fn $scalb<S: SimdFloat<$t>>(x: Reg<$t, S>, n: Reg<$t, S>) -> Reg<$t, S> {
            let wrong = n.is_nan();
            let rest = n.smaller(n.with($beyond)).larger(n.with(-$beyond)).trunc();
            // Lowest bits that are the exponent as it stands in a float.
            const BITS: $t = 1.5 * (1u64 << $digits) as $t + $bias as $t;
            const LEAST: $t = 1.0 - $bias as $t;
            const STEP: $t = LEAST + ($digits + 1) as $t;
            #[inline(always)]
            fn power<S: SimdFloat<$t>>(n: Reg<$t, S>) -> Reg<$t, S> {
                Reg::from_bits((n + n.with(BITS)).to_bits().shl_const::<$digits>())
            }
            #[inline(always)]
            fn step<S: SimdFloat<$t>>(n: Reg<$t, S>) -> Reg<$t, S> {
                n.lt(n.with(LEAST)).select(n.with(STEP), n.smaller(n.with($bias as $t)))
            }
            let first = step(rest);
            let rest = rest - first;
            let second = step(rest);
            let third = rest - second;
            let y = x * power(first) * power(second) * power(third);
            wrong.select(n, y)
        }
    )*};
}
exponents! {
    f32: logb_f32 scalb_f32, 23 digits, bias 127, beyond 320.0;
    f64: logb_f64 scalb_f64, 52 digits, bias 1023, beyond 2200.0;
}
