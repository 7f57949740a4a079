//! Inputs of the test suites: values at which kernels go wrong, and random ones.

use crate::simd::Lane;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Random(pub(crate) u64);
impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// A lane type as bits, and values at which kernels go wrong.
pub(crate) trait Sample: Lane {
    const WIDTH: u32 = 8 * size_of::<Self>() as u32;
    /// From the lowest bits.
    fn of_bits(bits: u64) -> Self;
    fn bits(self) -> u64;
    fn specials() -> Vec<Self>;
    fn random(bits: u64) -> Self {
        Self::of_bits(bits)
    }
}

macro_rules! integers {
    ($($t:ident $unsigned:ident;)*) => {$(
        impl Sample for $t {
            fn of_bits(bits: u64) -> $t { bits as $t }
            fn bits(self) -> u64 { self as $unsigned as u64 }
            fn specials() -> Vec<$t> {
                let mut all = vec![0, 1, 2, 3, 7, 10, 100, $t::MAX, $t::MAX - 1, $t::MIN, $t::MIN + 1, $t::MIN + 2];
                all.extend([0x5555_5555_5555_5555_u64, 0xaaaa_aaaa_aaaa_aaaa, 0x00ff_00ff_00ff_00ff].map($t::of_bits));
                all.extend([1, 4, 7, 8, 15, 16, 31, 32, 33, 52, 63].map(|k| $t::of_bits(1 << k)));
                all.extend([7, 8, 15, 16, 31, 32, 63].map(|k| $t::of_bits((1 << k) - 1)));
                all.extend([0_u64, 1, 2, 3, 7, 8, 9, 255].map(|k| $t::of_bits(!k)));
                all
            }
        }
    )*};
}
integers! { i8 u8; i16 u16; i32 u32; i64 u64; u8 u8; u16 u16; u32 u32; u64 u64; }

macro_rules! floats {
    ($($t:ident $unsigned:ident;)*) => {$(
        impl Sample for $t {
            fn of_bits(bits: u64) -> $t { $t::from_bits(bits as $unsigned) }
            fn bits(self) -> u64 { self.to_bits() as u64 }
            fn specials() -> Vec<$t> {
                let (tiny, inf) = ($t::MIN_POSITIVE.to_bits(), $t::INFINITY.to_bits());
                let quiet = $t::NAN.to_bits();
                // Subnormals and the smallest normals; the largest number, infinity, NaNs that signal or carry a
                // payload.
                let edges = [0, 1, 2, tiny / 3, tiny - 1, tiny, tiny + 1, inf - 1, inf, inf + 1, quiet, quiet + 5];
                let mut all = edges.map($t::from_bits).to_vec();
                all.extend([0.1, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 1.0 + $t::EPSILON, 1.0 - $t::EPSILON / 2.0]);
                for k in [22, 23, 24, 31, 32, 51, 52, 53, 63, 64] {
                    let power = $t::powi(2.0, k);
                    all.extend([power, power - 0.5, $t::from_bits(power.to_bits() - 1)]);
                }
                let negative: Vec<$t> = all.iter().map(|x| -x).collect();
                all.extend(negative);
                all
            }
            /// Half of them any bits, half of a middling size with fractions.
            fn random(bits: u64) -> $t {
                if bits & 1 == 0 { $t::of_bits(bits >> 1 ^ bits << 40) } else { bits as i64 as $t / $t::powi(2.0, (bits >> 1 & 31) as i32 + 32) }
            }
        }
    )*};
}
floats! { f32 u32; f64 u64; }
