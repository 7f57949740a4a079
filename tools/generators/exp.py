"""Constants of `exp_tables.rs`: tables of 2^(j/8) and 2^(j/16), ln 2 and log 2 in two parts, polynomials."""

from mpmath import mp, mpf

from approximate import array, bits32, bits64, constant, f32, f64, install, log2, rounded

ln2 = mp.log(2)
STEP = ln2 / 8
half = STEP / 2 * mpf("1.00001")

hi = [f64(mpf(2) ** (mpf(j) / 8)) for j in range(8)]
# Relative: 2^(j/8) = hi (1 + lo).
lo = [f64(mpf(2) ** (mpf(j) / 8) / hi[j] - 1) for j in range(8)]


def biased(x, j):
    """hi[j] less j units of 2^49 in its bits, so that adding k << 49 with k = 8 n + j gives 2^n hi[j]."""
    import struct

    word = struct.unpack("<Q", struct.pack("<d", float(x)))[0] - (j << 49)
    return struct.unpack("<d", struct.pack("<Q", word))[0]


# Both full: for k != 0 the argument is a multiple of 2^-57, so x - k STEP_HI < 2^-4 is exact.
part1 = f64(STEP)
part2 = f64(STEP - part1)
c, err = rounded(
    lambda r: (mp.expm1(r) - r) / r**2,
    [0, 1, 2, 3, 4, 5],
    -half,
    half,
    weight=lambda r: r**2,
    fixed=[mpf("0.5")],
)
# For f32 one degree less is enough. Only 0x3d1a274e, r = 0.0376, needs a smaller error than the others.
d, wide_err = rounded(
    lambda r: (mp.expm1(r) - r) / r**2,
    [0, 1, 2, 3, 4],
    -half,
    half,
    weight=lambda r: r**2 * (1.3 if abs(r - mpf("0.0376")) < mpf("0.0008") else 1),
    fixed=[mpf("0.5")],
)
# 2^r = 1 + r E(r).
e, err2 = rounded(lambda r: (mpf(2) ** r - 1) / r if r else ln2, list(range(7)), -mpf(1) / 16, mpf(1) / 16, weight=lambda r: r)
hi32 = [f32(mpf(2) ** (mpf(j) / 16)) for j in range(16)]
lo32 = [f32(mpf(2) ** (mpf(j) / 16) / hi32[j] - 1) for j in range(16)]
ln2_32 = f32(ln2)
g, err32 = rounded(
    lambda r: (mpf(2) ** r - 1 - r * ln2_32) / r**2 if r else ln2**2 / 2,
    list(range(3)),
    -mpf(1) / 32,
    mpf(1) / 32,
    weight=lambda r: r**2,
    to=f32,
)


def biased32(x, j):
    """As `biased`, for steps of 2^19."""
    import struct

    word = struct.unpack("<I", struct.pack("<f", float(x)))[0] - (j << 19)
    return struct.unpack("<f", struct.pack("<I", word))[0]


# 10^r = 1 + r ln 10 + r^2 E(r).
STEP10 = mp.log10(2) / 8
ln10 = mp.log(10)
half10 = STEP10 / 2 * mpf("1.00001")
e10, err10 = rounded(
    lambda r: (mpf(10) ** r - 1 - r * ln10) / r**2 if r else ln10**2 / 2, list(range(6)), -half10, half10, weight=lambda r: r**2
)
ln10_32 = f32(ln10)
g10, err10_32 = rounded(
    lambda r: (mpf(10) ** r - 1 - r * ln10_32) / r**2 if r else ln10**2 / 2,
    list(range(3)),
    -half10 / 2,
    half10 / 2,
    weight=lambda r: r**2,
    to=f32,
)


def curves(half, to, expm1_degree, sinh_degree, cosh_degree):
    """(e^r - 1 - r)/r^2 in r, relative to r; (sinh r - r)/r^3 and (cosh r - 1)/r^2 in r^2, relative to r and absolute."""
    return [
        rounded(
            lambda r: (mp.expm1(r) - r) / r**2 if r else mpf(1) / 2,
            list(range(expm1_degree + 1)), -half, half, weight=abs, to=to, fixed=[mpf("0.5")],
        ),
        rounded(
            lambda z: (mp.sinh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z,
            list(range(sinh_degree + 1)), half**2 / 10**6, half**2, weight=lambda z: z, to=to,
        ),
        rounded(
            lambda z: (mp.cosh(mp.sqrt(z)) - 1) / z,
            list(range(cosh_degree + 1)), half**2 / 10**6, half**2, weight=lambda z: z, to=to,
            fixed=[mpf("0.5")],
        ),
    ]  # fmt: skip


def shared(doc, name, values, spell=bits64):
    return array(doc, name, values, spell, public=True)


def alone(doc, name, x, spell=bits64):
    return constant(doc, name, x, spell, public=True)


text = (
    alone("8/ln 2.", "INV_STEP", f64(1 / STEP))
    + alone("ln 2/8, rounded.", "STEP_HI", part1)
    + alone("ln 2/8 − `STEP_HI`.", "STEP_LO", part2)
    + shared("2^(j/8) rounded, with j·2⁴⁹ taken from its bits.", "POWER", [biased(h, j) for j, h in enumerate(hi)])
    + shared("2^(j/8) over the rounded value, minus 1.", "POWER_LO", lo)
    + shared(f"(eʳ − 1 − r)/r² on |r| ≤ ln 2/16, minimax, the error times r² at most {log2(err)}.", "EXP", c)
    + shared(f"As `EXP`, at most {log2(wide_err)}.", "WIDE_EXP", d)
    + shared(f"(2ʳ − 1)/r on |r| ≤ 1/16, the error times r at most {log2(err2)}.", "EXP2", e)
    + alone("8/log₁₀ 2.", "INV_STEP10", f64(1 / STEP10))
    + alone("log₁₀ 2/8, rounded.", "STEP10_HI", f64(STEP10))
    + alone("log₁₀ 2/8 − `STEP10_HI`.", "STEP10_LO", f64(STEP10 - f64(STEP10)))
    + alone("ln 10, rounded.", "LN_10_HI", f64(ln10))
    + alone("ln 10 − `LN_10_HI`.", "LN_10_LO", f64(ln10 - f64(ln10)))
    + shared(f"(10ʳ − 1 − r ln 10)/r² on |r| ≤ log₁₀ 2/16, the error times r² at most {log2(err10)}.", "EXP10", e10)
)
for suffix, to, spell, m1, sinh, cosh in [
    ("", f64, bits64, *curves(half, f64, 6, 2, 2)),
    ("_F32", f32, bits32, *curves(half / 2, f32, 2, 0, 1)),
]:
    text += shared(f"(eʳ − 1 − r)/r² on half a step, the error times r at most {log2(m1[1])}.", f"EXPM1{suffix}", m1[0], spell)
    text += shared(f"(sinh r − r)/r³ over r² on half a step, the error times r² at most {log2(sinh[1])}.", f"SINH{suffix}", sinh[0], spell)
    text += shared(f"(cosh r − 1)/r² over r² on half a step, the error times r² at most {log2(cosh[1])}.", f"COSH{suffix}", cosh[0], spell)
text += (
    shared(
        "2^(j/16) rounded, with j·2¹⁹ taken from its bits.", "POWER_F32", [biased32(h, j) for j, h in enumerate(hi32)], bits32
    )
    + shared("2^(j/16) over the rounded value, minus 1.", "POWER_LO_F32", lo32, bits32)
    + alone("16/ln 2.", "INV_STEP_F32", f32(2 / STEP), bits32)
    + alone("ln 2/16, rounded.", "STEP_HI_F32", f32(STEP / 2), bits32)
    + alone("ln 2/16 − `STEP_HI_F32`.", "STEP_LO_F32", f32(STEP / 2 - f32(STEP / 2)), bits32)
    + alone("ln 2, rounded.", "LN_2_F32", ln2_32, bits32)
    + shared(f"(2ʳ − 1 − r `LN_2_F32`)/r² on |r| ≤ 1/32, the error times r² at most {log2(err32)}.", "EXP2_F32", g, bits32)
    + alone("16/log₁₀ 2.", "INV_STEP10_F32", f32(2 / STEP10), bits32)
    + alone("log₁₀ 2/16, rounded.", "STEP10_HI_F32", f32(STEP10 / 2), bits32)
    + alone("log₁₀ 2/16 − `STEP10_HI_F32`.", "STEP10_LO_F32", f32(STEP10 / 2 - f32(STEP10 / 2)), bits32)
    + alone("ln 10, rounded.", "LN_10_F32", ln10_32, bits32)
    + shared(
        f"(10ʳ − 1 − r `LN_10_F32`)/r² on |r| ≤ log₁₀ 2/32, the error times r² at most {log2(err10_32)}.",
        "EXP10_F32",
        g10,
        bits32,
    )
)
install("exp_tables.rs", "exp.py", text)
