"""Constants of `exp.rs`: tables of 2^(j/8) and 2^(j/16), ln 2 in two parts, polynomials."""

from mpmath import mp, mpf

from approximate import array, bits32, constant, f32, f64, install, log2, rounded

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


text = (
    constant("8/ln 2.", "INV_STEP", f64(1 / STEP))
    + constant("ln 2/8, rounded.", "STEP_HI", part1)
    + constant("ln 2/8 − `STEP_HI`.", "STEP_LO", part2)
    + array("2^(j/8) rounded, with j·2⁴⁹ taken from its bits.", "POWER", [biased(h, j) for j, h in enumerate(hi)], public=True)
    + array("2^(j/8) over the rounded value, minus 1.", "POWER_LO", lo)
    + array(
        f"(eʳ − 1 − r)/r² on |r| ≤ ln 2/16, minimax, the error times r² at most {log2(err)}.", "EXP", c
    )
    + array(f"As `EXP`, at most {log2(wide_err)}.", "WIDE_EXP", d)
    + array(f"(2ʳ − 1)/r on |r| ≤ 1/16, the error times r at most {log2(err2)}.", "EXP2", e)
    + array(
        "2^(j/16) rounded, with j·2¹⁹ taken from its bits.",
        "NATIVE_POWER",
        [biased32(h, j) for j, h in enumerate(hi32)],
        bits32,
    )
    + array("2^(j/16) over the rounded value, minus 1.", "NATIVE_POWER_LO", lo32, bits32)
    + constant("ln 2, rounded.", "NATIVE_LN_2", ln2_32, bits32)
    + array(
        f"(2ʳ − 1 − r `NATIVE_LN_2`)/r² on |r| ≤ 1/32, the error times r² at most {log2(err32)}.",
        "NATIVE_EXP2",
        g,
        bits32,
    )
)
install("exp.rs", "exp.py", text)
