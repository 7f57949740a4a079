//! Constants of the exponential functions.

// <generated: exp.py>
/// 8/ln 2.
pub(super) const INV_STEP: f64 = f64::from_bits(0x4027_1547_652b_82fe);
/// ln 2/8, rounded.
pub(super) const STEP_HI: f64 = f64::from_bits(0x3fb6_2e42_fefa_39ef);
/// ln 2/8 − `STEP_HI`.
pub(super) const STEP_LO: f64 = f64::from_bits(0x3c4a_bc9e_3b39_803f);
/// 2^(j/8) rounded, with j·2⁴⁹ taken from its bits.
pub(super) const POWER: [f64; 8] = [
    f64::from_bits(0x3ff0_0000_0000_0000),
    f64::from_bits(0x3fef_72b8_3c7d_517b),
    f64::from_bits(0x3fef_06fe_0a31_b715),
    f64::from_bits(0x3fee_bfda_d536_2a27),
    f64::from_bits(0x3fee_a09e_667f_3bcd),
    f64::from_bits(0x3fee_ace5_422a_a0db),
    f64::from_bits(0x3fee_e89f_995a_d3ad),
    f64::from_bits(0x3fef_5818_dcfb_a487),
];
/// 2^(j/8) over the rounded value, minus 1.
pub(super) const POWER_LO: [f64; 8] = [
    f64::from_bits(0x0000_0000_0000_0000),
    f64::from_bits(0xbc80_1b15_eaa5_9348),
    f64::from_bits(0x3c83_4d75_4db0_abb6),
    f64::from_bits(0x3c76_90ce_bb7a_afb0),
    f64::from_bits(0xbc93_b3ef_bf5e_2228),
    f64::from_bits(0x3c8d_b72f_c1f0_eab4),
    f64::from_bits(0x3c8c_1a77_92cb_3387),
    f64::from_bits(0x3c74_a385_a63d_07a7),
];
/// (eʳ − 1 − r)/r² on |r| ≤ ln 2/16, minimax, the error times r² at most 2^-57.3.
pub(super) const EXP: [f64; 6] = [
    f64::from_bits(0x3fe0_0000_0000_0000),
    f64::from_bits(0x3fc5_5555_5555_5613),
    f64::from_bits(0x3fa5_5555_54e6_58c9),
    f64::from_bits(0x3f81_1111_1094_9c3d),
    f64::from_bits(0x3f56_c1b9_ffff_5032),
    f64::from_bits(0x3f2a_0200_690c_77e2),
];
/// As `EXP`, at most 2^-49.1.
pub(super) const WIDE_EXP: [f64; 5] = [
    f64::from_bits(0x3fe0_0000_0000_0000),
    f64::from_bits(0x3fc5_5555_548c_20d4),
    f64::from_bits(0x3fa5_5555_5281_622f),
    f64::from_bits(0x3f81_115b_dd32_76ab),
    f64::from_bits(0x3f56_c256_33e9_45ee),
];
/// (2ʳ − 1)/r on |r| ≤ 1/16, the error times r at most 2^-58.2.
pub(super) const EXP2: [f64; 7] = [
    f64::from_bits(0x3fe6_2e42_fefa_39ef),
    f64::from_bits(0x3fce_bfbd_ff82_c78d),
    f64::from_bits(0x3fac_6b08_d704_b547),
    f64::from_bits(0x3f83_b2ab_6ef6_a550),
    f64::from_bits(0x3f55_d87f_e2cf_f0fc),
    f64::from_bits(0x3f24_30e6_0f2c_faba),
    f64::from_bits(0x3eef_fe42_b595_c214),
];
/// 8/log₁₀ 2.
pub(super) const INV_STEP10: f64 = f64::from_bits(0x403a_934f_0979_a371);
/// log₁₀ 2/8, rounded.
pub(super) const STEP10_HI: f64 = f64::from_bits(0x3fa3_4413_509f_79ff);
/// log₁₀ 2/8 − `STEP10_HI`.
pub(super) const STEP10_LO: f64 = f64::from_bits(0xbc19_dc1d_a994_fd21);
/// ln 10, rounded.
pub(super) const LN_10_HI: f64 = f64::from_bits(0x4002_6bb1_bbb5_5516);
/// ln 10 − `LN_10_HI`.
pub(super) const LN_10_LO: f64 = f64::from_bits(0xbcaf_48ad_494e_a3e9);
/// (10ʳ − 1 − r ln 10)/r² on |r| ≤ log₁₀ 2/16, the error times r² at most 2^-58.3.
pub(super) const EXP10: [f64; 6] = [
    f64::from_bits(0x4005_3524_c73c_ebd0),
    f64::from_bits(0x4000_4705_91de_2d25),
    f64::from_bits(0x3ff2_bd76_0941_9a85),
    f64::from_bits(0x3fe1_429f_fca9_e46b),
    f64::from_bits(0x3fca_7f46_d6d6_6d09),
    f64::from_bits(0x3fb1_6e8b_c6ed_7947),
];
/// (eʳ − 1 − r)/r² on half a step, the error times r at most 2^-61.5.
pub(super) const EXPM1: [f64; 7] = [
    f64::from_bits(0x3fe0_0000_0000_0000),
    f64::from_bits(0x3fc5_5555_5555_55ce),
    f64::from_bits(0x3fa5_5555_5555_5599),
    f64::from_bits(0x3f81_1111_10b1_e73c),
    f64::from_bits(0x3f56_c16c_1665_f909),
    f64::from_bits(0x3f2a_01f5_7950_e7dc),
    f64::from_bits(0x3efa_01e9_e7ab_37d6),
];
/// (sinh r − r)/r³ over r² on half a step, the error times r² at most 2^-61.5.
pub(super) const SINH: [f64; 3] = [
    f64::from_bits(0x3fc5_5555_5555_55ce),
    f64::from_bits(0x3f81_1111_10b1_e73c),
    f64::from_bits(0x3f2a_01f5_7952_a505),
];
/// (cosh r − 1)/r² over r² on half a step, the error times r² at most 2^-57.3.
pub(super) const COSH: [f64; 3] = [
    f64::from_bits(0x3fe0_0000_0000_0000),
    f64::from_bits(0x3fa5_5555_54e6_58c5),
    f64::from_bits(0x3f56_c1ba_0000_72b7),
];
/// (eʳ − 1 − r)/r² on half a step, the error times r at most 2^-31.6.
pub(super) const EXPM1_F32: [f32; 3] =
    [f32::from_bits(0x3f00_0000), f32::from_bits(0x3e2a_ab84), f32::from_bits(0x3d2a_ab49)];
/// (sinh r − r)/r³ over r² on half a step, the error times r² at most 2^-31.6.
pub(super) const SINH_F32: [f32; 1] = [f32::from_bits(0x3e2a_ab84)];
/// (cosh r − 1)/r² over r² on half a step, the error times r² at most 2^-45.9.
pub(super) const COSH_F32: [f32; 2] = [f32::from_bits(0x3f00_0000), f32::from_bits(0x3d2a_ab47)];
/// 2^(j/16) rounded, with j·2¹⁹ taken from its bits.
pub(super) const POWER_F32: [f32; 16] = [
    f32::from_bits(0x3f80_0000),
    f32::from_bits(0x3f7d_aac3),
    f32::from_bits(0x3f7b_95c2),
    f32::from_bits(0x3f79_c3d3),
    f32::from_bits(0x3f78_37f0),
    f32::from_bits(0x3f76_f532),
    f32::from_bits(0x3f75_fed7),
    f32::from_bits(0x3f75_583f),
    f32::from_bits(0x3f75_04f3),
    f32::from_bits(0x3f75_08a4),
    f32::from_bits(0x3f75_672a),
    f32::from_bits(0x3f76_248c),
    f32::from_bits(0x3f77_44fd),
    f32::from_bits(0x3f78_ccdf),
    f32::from_bits(0x3f7a_c0c7),
    f32::from_bits(0x3f7d_257d),
];
/// 2^(j/16) over the rounded value, minus 1.
pub(super) const POWER_LO_F32: [f32; 16] = [
    f32::from_bits(0x0000_0000),
    f32::from_bits(0x3346_cb6a),
    f32::from_bits(0xb24e_0611),
    f32::from_bits(0x334b_2482),
    f32::from_bits(0x3309_2801),
    f32::from_bits(0x331b_85f2),
    f32::from_bits(0xb305_1aa8),
    f32::from_bits(0xb200_6c56),
    f32::from_bits(0x3293_02ae),
    f32::from_bits(0xb302_e5a2),
    f32::from_bits(0x31b3_d0e5),
    f32::from_bits(0x31d1_daf2),
    f32::from_bits(0xb27c_e182),
    f32::from_bits(0xb1b4_b0da),
    f32::from_bits(0xb1d2_90be),
    f32::from_bits(0x31b0_a147),
];
/// 16/ln 2.
pub(super) const INV_STEP_F32: f32 = f32::from_bits(0x41b8_aa3b);
/// ln 2/16, rounded.
pub(super) const STEP_HI_F32: f32 = f32::from_bits(0x3d31_7218);
/// ln 2/16 − `STEP_HI_F32`.
pub(super) const STEP_LO_F32: f32 = f32::from_bits(0xaf02_e308);
/// ln 2, rounded.
pub(super) const LN_2_F32: f32 = f32::from_bits(0x3f31_7218);
/// (2ʳ − 1 − r `LN_2_F32`)/r² on |r| ≤ 1/32, the error times r² at most 2^-35.3.
pub(super) const EXP2_F32: [f32; 3] =
    [f32::from_bits(0x3e75_fdf0), f32::from_bits(0x3d63_56cb), f32::from_bits(0x3c1d_94cf)];
/// 16/log₁₀ 2.
pub(super) const INV_STEP10_F32: f32 = f32::from_bits(0x4254_9a78);
/// log₁₀ 2/16, rounded.
pub(super) const STEP10_HI_F32: f32 = f32::from_bits(0x3c9a_209b);
/// log₁₀ 2/16 − `STEP10_HI_F32`.
pub(super) const STEP10_LO_F32: f32 = f32::from_bits(0xb076_0860);
/// ln 10, rounded.
pub(super) const LN_10_F32: f32 = f32::from_bits(0x4013_5d8e);
/// (10ʳ − 1 − r `LN_10_F32`)/r² on |r| ≤ log₁₀ 2/32, the error times r² at most 2^-33.2.
pub(super) const EXP10_F32: [f32; 3] =
    [f32::from_bits(0x4029_a926), f32::from_bits(0x4002_3104), f32::from_bits(0x3f96_030d)];
// </generated>
