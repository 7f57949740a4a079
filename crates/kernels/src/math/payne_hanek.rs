//! The remainder of huge numbers by π/2, for the lanes that `trig` sets aside.
//!
//! A product with 192 bits of 2/π, of which those that give multiples of 4 are never formed (M. Payne and
//! R. Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18, 1983). Integers only, until
//! the remainder is known to 128 bits.

// <generated: trig.py>
/// The bits of 2/π, behind 64 zeros, from the highest.
const INV_HALF_PI: [u64; 22] = [
    0x0000_0000_0000_0000,
    0xa2f9_836e_4e44_1529,
    0xfc27_57d1_f534_ddc0,
    0xdb62_9599_3c43_9041,
    0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0,
    0x0649_2eea_09d1_921c,
    0xfe1d_eb1c_b129_a73e,
    0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41,
    0x3991_d639_8353_39f4,
    0x9c84_5f8b_bdf9_283b,
    0x1ff8_97ff_de05_980f,
    0xef2f_118b_5a0a_6d1f,
    0x6d36_7ecf_27cb_09b7,
    0x4f46_3f66_9e5f_ea2d,
    0x7527_bac7_ebe5_f17b,
    0x3d07_39f7_8a52_92ea,
    0x6bfb_5fb1_1f8d_5d08,
    0x5603_3046_fc7b_6bab,
    0xf0cf_bc20_9af4_361d,
    0xa9e3_9161_5ee6_1b08,
];
/// π/2, rounded.
const HALF_PI: f64 = f64::from_bits(0x3ff9_21fb_5444_2d18);
/// π/2 − `HALF_PI`.
const HALF_PI_LO: f64 = f64::from_bits(0x3c91_a626_3314_5c07);
// </generated>

/// `(n, high, low)` with |x| = (4 m + n) π/2 + high + low for an integer m, and |high| at most π/4.
///
/// For finite |x| ≥ 2²⁴. No double is nearer than 2⁻⁶² or so to a multiple of π/2, 128 bits behind the point
/// leave `high + low` right to 2⁻⁷⁰ of itself.
pub(super) fn reduce(x: f64) -> (i64, f64, f64) {
    let bits = x.to_bits();
    // |x| = mantissa · 2^exponent, exponent ≥ −28.
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1075;
    let mantissa = (bits & 0x000f_ffff_ffff_ffff) | 0x0010_0000_0000_0000;
    // Bit i of 2/π (the first behind the point is 1) stands for 2^-i. With bits from `exponent − 1` on, the
    // product's highest two of 192 bits are the units 2 and 1, all above are multiples of 4.
    let first = (exponent - 1 + 63) as usize;
    let (word, shift) = (first / 64, first % 64);
    let [w0, w1, w2] = [0, 1, 2].map(|i| {
        let pair = (INV_HALF_PI[word + i] as u128) << 64 | INV_HALF_PI[word + i + 1] as u128;
        (pair << shift >> 64) as u64
    });
    // The product modulo 2¹⁹²: `high` has its first 128 bits, `low` the last 64.
    let p2 = w2 as u128 * mantissa as u128;
    let p1 = w1 as u128 * mantissa as u128;
    let p0 = w0.wrapping_mul(mantissa);
    let low = p2 as u64;
    let middle = p1 + (p2 >> 64);
    let high = ((p0 as u128) << 64).wrapping_add(middle);
    // The nearest integer, and the signed fraction in units of 2⁻¹⁹⁰.
    let n = (high.wrapping_add(1 << 125) >> 126) as i64;
    let fraction = high << 2 | (low >> 62) as u128;
    let rest = low << 2;
    let negative = fraction >> 127 == 1;
    let (fraction, rest) = if negative {
        let borrow = (rest != 0) as u128;
        ((!fraction).wrapping_add(1 - borrow), rest.wrapping_neg())
    } else {
        (fraction, rest)
    };
    // 117 significant bits as two doubles: at most 64 leading bits are zero.
    let zeros = fraction.leading_zeros().min(64);
    let fraction = fraction << zeros | if zeros == 0 { 0 } else { (rest >> (64 - zeros)) as u128 };
    let unit = f64::from_bits((1023 - zeros as u64 - 53) << 52);
    let f_high = (fraction >> 75) as f64 * unit;
    let f_low = ((fraction << 53 >> 64) as u64 as f64) * (unit * f64::from_bits((1023 - 64) << 52));
    // Times π/2.
    let r = f_high * HALF_PI;
    let r_low = f_high.mul_add(HALF_PI, -r) + f_high.mul_add(HALF_PI_LO, f_low * HALF_PI);
    let (sum, error) = (r + r_low, r_low);
    let error = (r - sum) + error;
    if negative { (n & 3, -sum, -error) } else { (n & 3, sum, error) }
}
