"""Constants of `tanh.rs`: for f64 the exponential's table and polynomial for twice the argument; for f32 centres,
values and polynomials on 16 intervals of half an octave."""

import math
import struct

from mpmath import mp, mpf

from approximate import array, bits32, constant, f32, f64, install, log2, rounded

ln2 = mp.log(2)
STEP = ln2 / 16
half = STEP / 2 * mpf("1.00001")
power = [mpf(2) ** (mpf(j) / 8) for j in range(8)]
low = [f64((p / f64(p) - 1) / 2) for p in power]
e, e_err = rounded(
    lambda r: (mp.expm1(2 * r) / 2 - r) / r**2, list(range(7)), -half, half, weight=abs, fixed=[mpf(1)]
)  # fmt: skip

# f32: interval i holds the numbers with (bits >> 22) = FIRST + i, the first also all below.
FIRST = 245
CLAMP = f32(9.0625)


def number(bits):
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def centre(lo, hi):
    """A float near the middle whose tanh is almost a float."""
    if hi > 8.5:
        c = f32(mp.atanh(1 - mpf(2) ** -24))
        return c, f32(mp.tanh(c))
    start, count = (lo + hi) / 2, 150_000
    best = None
    for i in range(count):
        c = number(struct.unpack("<I", struct.pack("<f", start + (hi - lo) * 0.06 * (i / count - 0.5)))[0])
        t = math.tanh(c)
        near = struct.unpack("<f", struct.pack("<f", t))[0]
        miss = abs(t - near)
        if best is None or miss < best[0]:
            best = (miss, c, near)
    return mpf(best[1]), mpf(best[2])


centres, values, polynomials, worst = [mpf(0)], [mpf(0)], [], mpf(0)
for i in range(16):
    lo, hi = number((FIRST + i) << 22), number((FIRST + i + 1) << 22)
    if i == 0:
        g, err = rounded(
            lambda d: (mp.tanh(d) / d - 1) if d else mpf(0),
            list(range(7)), mpf(2) ** -20, hi, to=f32, fixed=[mpf(0), mpf(0)],
        )  # fmt: skip
        err *= 2**23
    else:
        hi = min(hi, float(CLAMP))
        c, t = centre(lo, hi)
        centres.append(c)
        values.append(t)
        unit = mpf(2) ** (mp.floor(mp.log(mp.tanh(mpf(lo)), 2)) - 23)
        g, err = rounded(
            lambda d: (mp.tanh(c + d) - t) / d if d else mpf(0),
            list(range(7)), lo - c, hi - c, weight=lambda d: d / unit, to=f32,
        )  # fmt: skip
    polynomials.append(g)
    worst = max(worst, err)
    print(i, lo, hi, float(centres[-1]), "error in ULP:", float(err))


def turned(values):
    """Entry i where the lowest 4 bits of FIRST + i look for it."""
    out = [None] * 16
    for i, v in enumerate(values):
        out[(FIRST + i) & 15] = v
    return out


body = "".join(
    "    [\n" + "".join(f"        {bits32(v)},\n" for v in turned([p[k] for p in polynomials])) + "    ],\n"
    for k in range(7)
)
text = (
    constant("16/ln 2.", "INV_STEP", f64(1 / STEP))
    + constant("ln 2/16, rounded.", "STEP_HI", f64(STEP))
    + constant("ln 2/16 − `STEP_HI`.", "STEP_LO", f64(STEP - f64(STEP)))
    + array("2^(j/8) over the rounded value, minus 1, halved.", "POWER_LO", low)
    + array(f"((e²ʳ − 1)/2 − r)/r² on |r| ≤ ln 2/32, minimax, the error times r at most {log2(e_err)}.", "EXPM1", e)
    + constant("From here on tanh rounds to 1.", "CLAMP", CLAMP, bits32)
    + array("Centres c whose tanh is almost an `f32`; 0 in the first interval.", "CENTRE", turned(centres), bits32)
    + array("tanh c.", "VALUE", turned(values), bits32)
    + f"/// (tanh(c + d) − tanh c)/d, less 1 in the first interval: at most {float(worst):.3f} ULP off.\n"
    + f"const SLOPE: [[f32; 16]; 7] = [\n{body}];\n"
)
install("tanh.rs", "tanh.py", text)
