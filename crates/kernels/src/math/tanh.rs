//! The hyperbolic tangent.
//!
//! All work is done on |x|, and the sign of x is put back at the end: tanh(−x) is −tanh(x) to the bit.

use super::exp_tables::POWER;
use super::poly::{horner, horner_table};
use super::{ROUNDER, SIGN};
use crate::reg::Reg;
use crate::simd::SimdFloat;

/// Above, tanh rounds to 1.
const LIMIT: f64 = 20.0;
/// Below, `tanh_f32` adds to x itself: the end of the first interval.
const SMALL: f32 = 0.0625;
/// The lowest number of an interval in the tables, which stand for the bits above 2²².
const FIRST: f32 = 0.046875;

// <generated: tanh.py>
/// 16/ln 2.
const INV_STEP: f64 = f64::from_bits(0x4037_1547_652b_82fe);
/// ln 2/16, rounded.
const STEP_HI: f64 = f64::from_bits(0x3fa6_2e42_fefa_39ef);
/// ln 2/16 − `STEP_HI`.
const STEP_LO: f64 = f64::from_bits(0x3c3a_bc9e_3b39_803f);
/// 2^(j/8) over the rounded value, minus 1, halved.
const POWER_LO: [f64; 8] = [
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0xbc70_1b15_eaa5_9348),
    f64::from_bits(0x3c73_4d75_4db0_abb6),
    f64::from_bits(0x3c66_90ce_bb7a_afb0),
    f64::from_bits(0xbc83_b3ef_bf5e_2228),
    f64::from_bits(0x3c7d_b72f_c1f0_eab4),
    f64::from_bits(0x3c7c_1a77_92cb_3387),
    f64::from_bits(0x3c64_a385_a63d_07a7),
];
/// ((e²ʳ − 1)/2 − r)/r² on |r| ≤ ln 2/32, minimax, the error times r at most 2^-61.5.
const EXPM1: [f64; 7] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0x3fe5_5555_5555_55ce),
    f64::from_bits(0x3fd5_5555_5555_5599),
    f64::from_bits(0x3fc1_1111_10b1_e73c),
    f64::from_bits(0x3fa6_c16c_1665_f909),
    f64::from_bits(0x3f8a_01f5_7950_e7dc),
    f64::from_bits(0x3f6a_01e9_e7ab_37d6),
];
/// From here on tanh rounds to 1.
const CLAMP: f32 = f32::from_bits(0x4111_0000);
/// Centres c whose tanh is almost an `f32`; 0 in the first interval.
const CENTRE: [f32; 16] = [
    f32::from_bits(0x4020_a887),
    f32::from_bits(0x4061_5b94),
    f32::from_bits(0x409e_9895),
    f32::from_bits(0x40df_61d3),
    f32::from_bits(0x410a_a123),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3da1_7b3e),
    f32::from_bits(0x3ddf_b1ec),
    f32::from_bits(0x3e1f_c584),
    f32::from_bits(0x3e61_5499),
    f32::from_bits(0x3ea1_e537),
    f32::from_bits(0x3ee1_5186),
    f32::from_bits(0x3f1f_549b),
    f32::from_bits(0x3f61_142a),
    f32::from_bits(0x3f9f_7df8),
    f32::from_bits(0x3fdf_c00b),
];
/// tanh c.
const VALUE: [f32; 16] = [
    f32::from_bits(0x3f7c_a480),
    f32::from_bits(0x3f7f_8d8b),
    f32::from_bits(0x3f7f_f981),
    f32::from_bits(0x3f7f_ffe3),
    f32::from_bits(0x3f7f_ffff),
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3da1_25c9),
    f32::from_bits(0x3dde_cf45),
    f32::from_bits(0x3e1e_7ccf),
    f32::from_bits(0x3e5d_c339),
    f32::from_bits(0x3e9c_b507),
    f32::from_bits(0x3ed3_d15d),
    f32::from_bits(0x3f0d_8366),
    f32::from_bits(0x3f34_be13),
    f32::from_bits(0x3f58_dff2),
    f32::from_bits(0x3f70_ef67),
];
/// (tanh(c + d) − tanh c)/d, less 1 in the first interval: at most 0.098 ULP off.
const SLOPE: [[f32; 16]; 7] = [
    [
        f32::from_bits(0x3cd5_774e),
        f32::from_bits(0x3b64_b6ce),
        f32::from_bits(0x394f_de6d),
        f32::from_bits(0x3667_ff58),
        f32::from_bits(0x33ff_ffeb),
        f32::from_bits(0x0000_0000),
        f32::from_bits(0x3f7e_6a3e),
        f32::from_bits(0x3f7c_f84f),
        f32::from_bits(0x3f79_de1b),
        f32::from_bits(0x3f73_fe56),
        f32::from_bits(0x3f68_04b8),
        f32::from_bits(0x3f54_2f4d),
        f32::from_bits(0x3f31_c5fe),
        f32::from_bits(0x3f00_6428),
        f32::from_bits(0x3e90_8aa7),
        f32::from_bits(0x3de9_f1f8),
    ],
    [
        f32::from_bits(0xbcd2_aa57),
        f32::from_bits(0xbb64_50f8),
        f32::from_bits(0xb94f_f75e),
        f32::from_bits(0xb668_252a),
        f32::from_bits(0xb3ff_feef),
        f32::from_bits(0x0000_0000),
        f32::from_bits(0xbda0_265f),
        f32::from_bits(0xbddc_2c2f),
        f32::from_bits(0xbe1a_b0e7),
        f32::from_bits(0xbe53_5ca5),
        f32::from_bits(0xbe8e_06f2),
        f32::from_bits(0xbeaf_9084),
        f32::from_bits(0xbec4_8a98),
        f32::from_bits(0xbeb5_4b80),
        f32::from_bits(0xbe74_e6de),
        f32::from_bits(0xbddc_2d9b),
    ],
    [
        f32::from_bits(0x3c88_bea0),
        f32::from_bits(0x3b17_aea0),
        f32::from_bits(0x390a_7dd4),
        f32::from_bits(0x361a_b3bd),
        f32::from_bits(0x33aa_afff),
        f32::from_bits(0xbeaa_aaab),
        f32::from_bits(0xbea6_a2c6),
        f32::from_bits(0xbea2_385e),
        f32::from_bits(0xbe9a_8d27),
        f32::from_bits(0xbe8b_da30),
        f32::from_bits(0xbe5e_6ed8),
        f32::from_bits(0xbe09_9b2e),
        f32::from_bits(0xbc9d_e0a1),
        f32::from_bits(0x3da9_a0bf),
        f32::from_bits(0x3dde_39f2),
        f32::from_bits(0x3d81_3d57),
    ],
    [
        f32::from_bits(0xbc01_8319),
        f32::from_bits(0xba96_8a39),
        f32::from_bits(0xb888_fdba),
        f32::from_bits(0xb598_e81b),
        f32::from_bits(0xb32a_c573),
        f32::from_bits(0x3597_e45e),
        f32::from_bits(0x3d54_06d0),
        f32::from_bits(0x3d93_9f84),
        f32::from_bits(0x3dc6_fa7b),
        f32::from_bits(0x3e03_4c36),
        f32::from_bits(0x3e22_c46d),
        f32::from_bits(0x3e2d_f871),
        f32::from_bits(0x3e0d_f04d),
        f32::from_bits(0x3d73_f043),
        f32::from_bits(0xbc47_e6c9),
        f32::from_bits(0xbcc0_febf),
    ],
    [
        f32::from_bits(0x3b38_b4e2),
        f32::from_bits(0x39ed_3aad),
        f32::from_bits(0x37dd_ca07),
        f32::from_bits(0x34f6_1afc),
        f32::from_bits(0x3287_5584),
        f32::from_bits(0x3e08_7cfa),
        f32::from_bits(0x402c_892a),
        f32::from_bits(0xc0da_579f),
        f32::from_bits(0xbdeb_b133),
        f32::from_bits(0x3ebe_9fe3),
        f32::from_bits(0x3d4f_a008),
        f32::from_bits(0xbcda_fdf4),
        f32::from_bits(0xbd63_1d90),
        f32::from_bits(0xbd71_f9d6),
        f32::from_bits(0xbca0_939d),
        f32::from_bits(0x3b70_bd6b),
    ],
    [
        f32::from_bits(0xba36_15a4),
        f32::from_bits(0xb91e_2d57),
        f32::from_bits(0xb727_f709),
        f32::from_bits(0xb43c_de63),
        f32::from_bits(0xb1b4_faf0),
        f32::from_bits(0x3a39_b135),
        f32::from_bits(0xbed8_c454),
        f32::from_bits(0xc0e8_39c5),
        f32::from_bits(0xbe03_9085),
        f32::from_bits(0xbeae_0e24),
        f32::from_bits(0xbd97_4b18),
        f32::from_bits(0xbd69_6f5a),
        f32::from_bits(0xbcc8_d179),
        f32::from_bits(0x3c5d_9e77),
        f32::from_bits(0x3c79_7878),
        f32::from_bits(0x3b0a_24f4),
    ],
    [
        f32::from_bits(0x3879_aa64),
        f32::from_bits(0x382f_751a),
        f32::from_bits(0x362f_7fc0),
        f32::from_bits(0x334f_770e),
        f32::from_bits(0x310c_fd12),
        f32::from_bits(0xbd6d_3c7d),
        f32::from_bits(0xc5ab_9e49),
        f32::from_bits(0x467c_63f4),
        f32::from_bits(0x4301_7657),
        f32::from_bits(0xc31e_8973),
        f32::from_bits(0xbf64_31b9),
        f32::from_bits(0x402c_a0ff),
        f32::from_bits(0x3d5b_6e4e),
        f32::from_bits(0x3cfd_ce07),
        f32::from_bits(0xbb88_071d),
        f32::from_bits(0xbb01_24fe),
    ],
];
// </generated>

/// tanh x.
///
/// *Method*: tanh|x| = m/(m + 1) with m = (e^(2|x|) − 1)/2.
/// 1. |x| = k ln 2/16 + r, and s = 2^(k/8), as in `exp`.
/// 2. m in two words, the sum of (s − 1)/2 + s r, fused, and of its error and s (r² E(r) + low word). For k = 0
///    the first summand is |x| itself.
/// 3. m + 1 in two words.
/// 4. The quotient of the first words by one reciprocal, corrected by its remainder, which holds the second ones.
///
/// |x| is held at 20, where the quotient is 1. No lane is set aside.
///
/// *Accuracy*: 0.81 ULP, the largest over 3·10⁶ points in each range of `tests/math.rs`.
///
/// *Source*: the exponential's, and the usual correction of a quotient by its remainder.
#[inline(always)]
pub fn tanh_f64<S: SimdFloat<f64>>(x: Reg<f64, S>) -> Reg<f64, S> {
    let one = x.with(1.0);
    let ax = x.abs().smaller(x.with(LIMIT));
    let shifted = ax.mul_add(x.with(INV_STEP), x.with(ROUNDER));
    let k = shifted - x.with(ROUNDER);
    let n = shifted.to_bits();
    let r = k.neg_mul_add(x.with(STEP_HI), ax);
    let r = k.neg_mul_add(x.with(STEP_LO), r);
    let s: Reg<f64, S> = Reg::from_bits(Reg::lookup8(&POWER, n).to_bits() + n.shl_const::<49>());
    let q = (r * r).mul_add(horner(r, &EXPM1), Reg::lookup8(&POWER_LO, n));
    let base = s.mul_add(x.with(0.5), x.with(-0.5));
    let head = s.mul_add(r, base);
    let rest = s.mul_add(q, s.mul_add(r, base - head));
    let m = head + rest;
    let m_low = rest - (m - head);
    // The error of a sum is had from the larger summand.
    let (more, less) = (m.larger(one), m.smaller(one));
    let d = more + less;
    let d_low = (less - (d - more)) + m_low;
    let inverse = one / d;
    let y = m * inverse;
    let rest = y.neg_mul_add(d, m) + y.neg_mul_add(d_low, m_low);
    let y = rest.mul_add(inverse, y);
    Reg::from_bits(y.to_bits() | (x.to_bits() & n.with(SIGN)))
}

/// tanh x in `f32`.
///
/// *Method*
/// 1. 16 intervals of half an octave by the bits of |x|, the first from 0, the last held at 9.06.
/// 2. d = |x| − c, exact.
/// 3. tanh c + d P(d), with c, tanh c and P of degree 6 from tables. In the first interval |x| + |x| P(|x|).
///
/// *Accuracy*: 0.64 ULP at most over all `f32`, and it never falls (exhaustive, `docs/accuracy.md`).
///
/// *Source*: S. Gal, "Computing elementary functions: a new approach for achieving high accuracy and good
/// performance" (1986): centres c whose tanh is almost a machine number need no table of low words.
#[inline(always)]
pub fn tanh_f32<S: SimdFloat<f32>>(x: Reg<f32, S>) -> Reg<f32, S> {
    let ax = x.abs().smaller(x.with(CLAMP));
    let interval = ax.larger(x.with(FIRST)).to_bits().shr_const::<22>();
    let d = ax - Reg::lookup16(&CENTRE, interval);
    let base = ax.lt(x.with(SMALL)).select(ax, Reg::lookup16(&VALUE, interval));
    let y = d.mul_add(horner_table(d, interval, &SLOPE), base);
    Reg::from_bits(y.to_bits() | (x.to_bits() & interval.with(i32::MIN)))
}
