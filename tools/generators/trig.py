"""Constants of `trig.rs`: pi/2 and pi in parts, the bits of 2/pi, the polynomials."""

from mpmath import mp, mpf

from approximate import array, constant, f64, grid, install, log2, rounded

mp.prec = 1500
pi, half_pi = +mp.pi, mp.pi / 2
part1 = f64(half_pi)
rest = half_pi - part1
unit = mpf(2) ** (mp.floor(mp.log(rest, 2)) - 27)
part2 = mp.nint(rest / unit) * unit
part3 = f64(half_pi - part1 - part2)
WORDS = 21
inverse = 2 / mp.pi
words = [0] + [int(mp.floor(inverse * mpf(2) ** (64 * (i + 1)))) & (2**64 - 1) for i in range(WORDS)]
pi_hi = f64(pi)
mp.prec = 300

edge = (half_pi / 2 * mpf("1.00001")) ** 2
s, s_err = rounded(
    lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, list(range(6)), mpf("1e-9"), edge,
    weight=lambda z: z * mp.sqrt(z) / mp.sin(mp.sqrt(z)),
)  # fmt: skip
c, c_err = rounded(
    lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2, list(range(6)), mpf("1e-9"), edge,
    weight=lambda z: z**2 / mp.cos(mp.sqrt(z)),
)  # fmt: skip
wide_edge = (half_pi * mpf("1.00001")) ** 2
# The sine of 0x46199998 is so near to a tie of two floats that a polynomial as good as this one takes it to the wrong
# side. It is made smaller by BELOW around that remainder, 0.355; the exhaustive test shows that no other input minds.
BELOW = mpf(2) ** mpf("-52.4")


def lowered(z):
    return mp.sin(mp.sqrt(z)) / mp.sqrt(z) * (1 - BELOW * z / mpf("0.126") * mp.exp(1 - z / mpf("0.126")))


w, w_err = rounded(
    lambda z: (lowered(z) - 1) / z, list(range(7)), mpf("1e-9"), wide_edge,
    weight=lambda z: z * mp.sqrt(z) / mp.sin(mp.sqrt(z)),
)  # fmt: skip
w = [mpf(1)] + w
# π/2 in two words, the first so short that its sum with an `f32` up to 2^30 is exact or not small.
short = grid(half_pi, mpf(2) ** -20)


def word(x):
    h = f"{x:016x}"
    return "0x" + "_".join(h[i : i + 4] for i in range(0, 16, 4))


text = (
    constant("2/π.", "INV_HALF_PI", f64(1 / half_pi))
    + constant("π/2, rounded.", "HALF_PI_1", part1)
    + constant("π/2 − `HALF_PI_1`, its first 28 bits: a multiple by 25 bits is exact.", "HALF_PI_2", part2)
    + constant("π/2 − `HALF_PI_1` − `HALF_PI_2`.", "HALF_PI_3", part3)
    + array(f"(sin r − r)/r³ over r² on |r| ≤ π/4, minimax, relative error {log2(s_err)}.", "SIN", s)
    + array(f"(cos r − 1 + r²/2)/r⁴ over r² on |r| ≤ π/4, minimax, relative error {log2(c_err)}.", "COS", c)
    + constant("1/π.", "INV_PI", f64(1 / pi))
    + constant("π, rounded.", "PI_HI", pi_hi)
    + constant("π − `PI_HI`.", "PI_LO", f64(pi - pi_hi))
    + constant("π/2, a multiple of 2⁻²⁰.", "SHORT_HALF_PI_HI", short)
    + constant("π/2 − `SHORT_HALF_PI_HI`.", "SHORT_HALF_PI_LO", f64(half_pi - short))
    + array(f"(sin r)/r over r² on |r| ≤ π/2, minimax, relative error {log2(w_err)}.", "WIDE_SIN", w)
)
install("trig.rs", "trig.py", text)
rows = "".join(f"    {word(x)},\n" for x in words)
install(
    "payne_hanek.rs",
    "trig.py",
    f"/// The bits of 2/π, behind 64 zeros, from the highest.\nconst INV_HALF_PI: [u64; {len(words)}] = [\n{rows}];\n"
    + constant("π/2, rounded.", "HALF_PI", part1)
    + constant("π/2 − `HALF_PI`.", "HALF_PI_LO", f64(rest)),
)
