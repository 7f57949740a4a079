"""Constants of `arc.rs`: centres and values of the inverse tangent on 16 intervals of half an octave, the polynomials."""

import math
import struct

from mpmath import mp, mpf

from approximate import array, bits32, constant, f32, f64, install, log2, rounded

half_pi = +mp.pi / 2
# Interval i holds the numbers with (bits >> 51) = FIRST + i, the first also all below, the last all above.
FIRST = 2038
NATIVE_FIRST = 246


def number(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def centre(i, to):
    """A number whose inverse tangent is almost a number, from which the angle to either end of an interval is the same part of
    the angle of that end."""
    if i == 0:
        return mpf(0), mpf(0)
    if i == 15:
        return mpf(0), to(half_pi)
    low, high = number((FIRST + i) << 51), number((FIRST + i + 1) << 51)
    a, b = mp.atan(low), mp.atan(high)
    middle = to(mp.tan(2 * a * b / (a + b)))
    unit = mpf(2) ** (mp.floor(mp.log(middle, 2)) - (52 if to is f64 else 23))
    candidates = [middle + k * unit for k in range(-2000, 2000)]
    with mp.workprec(140):
        best = min(candidates, key=lambda c: abs(mp.atan(c) / to(mp.atan(c)) - 1))
    return best, to(mp.atan(best))


def widest():
    """The largest tangent of a difference from a centre."""
    edges = [mpf(number((FIRST + i) << 51)) for i in range(1, 16)]
    angles = [mp.atan(e) for e in edges]
    halves = [b * (b - a) / (a + b) for a, b in zip(angles, angles[1:])]
    return max(edges[0], 1 / edges[-1], mp.tan(max(halves))) * mpf("1.0001")


def turned(values, first):
    """Entry i where the lowest 4 bits of the bits of its interval look for it."""
    out = [None] * 16
    for i, v in enumerate(values):
        out[(first + i) & 15] = v
    return out


def root_bits(bits, mantissa):
    """The number from which half the bits of z are taken for the bits of 1/(2 √z), within about 1/29."""

    def guess(magic, z):
        if mantissa == 52:
            return number(magic - (struct.unpack("<Q", struct.pack("<d", z))[0] >> 1))
        word = magic - (struct.unpack("<I", struct.pack("<f", z))[0] >> 1)
        return struct.unpack("<f", struct.pack("<I", word))[0]

    zs = [1 + 3 * i / 3000 for i in range(3000)]
    worst = lambda magic: max(abs(guess(magic, z) * 2 * math.sqrt(z) - 1) for z in zs)  # noqa: E731
    bias = (1 << (bits - mantissa - 2)) - 1
    # 3/2 of the bias, less one for the half, less what balances the errors.
    magics = [(3 * bias << mantissa) // 2 - (1 << mantissa) - (k << (mantissa - 10)) for k in range(80)]
    return min(magics, key=worst), min(worst(m) for m in magics)


edge = widest()
tangents = [centre(i, f64) for i in range(16)]
native = [centre(i, f32) for i in range(16)]
off = max(abs(mp.atan(c) / v - 1) for c, v in tangents[1:15])
native_off = max(abs(mp.atan(c) / v - 1) for c, v in native[1:15])
arctangent = lambda z: (mp.atan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z  # noqa: E731
arcsine = lambda z: (mp.asin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z  # noqa: E731
a, a_err = rounded(arctangent, list(range(6)), mpf("1e-9"), edge**2, weight=lambda z: z)
a32, a32_err = rounded(arctangent, list(range(3)), mpf("1e-9"), edge**2, weight=lambda z: z, to=f32)
b, b_err = rounded(arcsine, list(range(13)), mpf("1e-9"), mpf("0.25"), weight=lambda z: z)
b32, b32_err = rounded(arcsine, list(range(5)), mpf("1e-9"), mpf("0.25"), weight=lambda z: z, to=f32)
root, root_err = root_bits(64, 52)
root32, _ = root_bits(32, 23)
hi32 = f32(half_pi)
text = (
    constant("π/2, rounded.", "HALF_PI", f64(half_pi))
    + constant("π/2 − `HALF_PI`.", "HALF_PI_LO", f64(half_pi - f64(half_pi)))
    + constant("That over `HALF_PI`.", "HALF_PI_RATIO", f64(half_pi / f64(half_pi) - 1))
    + array(f"Centres c whose atan is a number but for {log2(off)} of it; 0 in the first interval and in the last.",
            "CENTRE", turned([c for c, _ in tangents], FIRST))
    + array("atan c; π/2 in the last interval.", "ANGLE", turned([v for _, v in tangents], FIRST))
    + array(f"(atan t − t)/t³ over t² on |t| ≤ {float(edge):.4f}, minimax, the error times t² at most {log2(a_err)}.", "ATAN", a, public=True)
    + array(f"(asin s − s)/s³ over s² on |s| ≤ 1/2, minimax, the error times s² at most {log2(b_err)}.", "ASIN", b)
    + "/// From this half of the bits of z are taken for those of 1/(2 √z), right to "
    + f"{100 * root_err:.1f} percent.\npub(super) const HALF_INVERSE_ROOT: i64 = 0x{root:016x};\n"
    + constant("π/2, rounded.", "NATIVE_HALF_PI", hi32, bits32)
    + constant("π/2 − `NATIVE_HALF_PI`.", "NATIVE_HALF_PI_LO", f32(half_pi - hi32), bits32)
    + constant("That over `NATIVE_HALF_PI`.", "NATIVE_HALF_PI_RATIO", f32(half_pi / hi32 - 1), bits32)
    + array(f"As `CENTRE`, but for {log2(native_off)}.", "NATIVE_CENTRE", turned([c for c, _ in native], NATIVE_FIRST), bits32)
    + array("As `ANGLE`.", "NATIVE_ANGLE", turned([v for _, v in native], NATIVE_FIRST), bits32)
    + array(f"As `ATAN`, at most {log2(a32_err)}.", "NATIVE_ATAN", a32, bits32, public=True)
    + array(f"As `ASIN`, at most {log2(b32_err)}.", "NATIVE_ASIN", b32, bits32)
    + f"/// As `HALF_INVERSE_ROOT`.\npub(super) const NATIVE_HALF_INVERSE_ROOT: i32 = 0x{root32:08x};\n"
)  # fmt: skip
install("arc.rs", "arc.py", text)
