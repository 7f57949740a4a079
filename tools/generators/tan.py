"""Constants of `tan.rs`: the polynomials of the tangent, and for f32 pi/2 in three parts."""

from mpmath import mp, mpf

from approximate import array, bits32, constant, f32, grid, install, log2, rounded

half_pi = +mp.pi / 2
edge = (half_pi / 2 * mpf("1.00001")) ** 2
c, err = rounded(
    lambda z: (2 * mp.tan(mp.sqrt(z) / 2) / mp.sqrt(z) - 1) / z, list(range(9)), mpf("1e-9"), edge, weight=lambda z: z
)
d, native_err = rounded(
    lambda z: (mp.tan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, list(range(7)), mpf("1e-9"), edge,
    weight=lambda z: z * mp.sqrt(z) / mp.tan(mp.sqrt(z)), to=f32,
)  # fmt: skip
part1 = f32(half_pi)
# Of 13 bits: its products by 11 bits are exact.
rest = half_pi - part1
part2 = grid(rest, mpf(2) ** (mp.floor(mp.log(abs(rest), 2)) - 12))
text = (
    array(f"(2 tan(r/2) − r)/r³ over r² on |r| ≤ π/4, minimax, the error times r² at most {log2(err)}.", "TAN", c)
    + constant("2/π.", "NATIVE_INV_HALF_PI", f32(1 / half_pi), bits32)
    + constant("π/2, rounded.", "NATIVE_HALF_PI_1", part1, bits32)
    + constant("π/2 − `NATIVE_HALF_PI_1`, its first 13 bits: a multiple by 11 bits is exact.", "NATIVE_HALF_PI_2", part2, bits32)
    + constant("π/2 − `NATIVE_HALF_PI_1` − `NATIVE_HALF_PI_2`.", "NATIVE_HALF_PI_3", f32(half_pi - part1 - part2), bits32)
    + constant("1/3, rounded, or next to that.", "NATIVE_THIRD", d[0], bits32)
    + array(
        f"((tan r − r)/r³ − `NATIVE_THIRD`)/r² over r² on |r| ≤ π/4, minimax, relative error of tan r {log2(native_err)}.",
        "NATIVE_TAN",
        d[1:],
        bits32,
    )
)
install("tan.rs", "tan.py", text)
