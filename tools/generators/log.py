"""Constants of `log_tables.rs`: the tables of 1/c and log c, log 2 in parts, the polynomials; to the bases of e, 2 and 10."""

from mpmath import mp, mpf

from approximate import array, bits32, bits64, constant, f32, f64, grid, install, log2, rounded

ln2 = mp.log(2)
# The 16 intervals have 2^48 bit patterns each; the first is [1 - 0.7/32, 1 + 0.3/16).
WIDTH = 2**48
WIDE_DEGREE = 6
BELOW = int(0.7 * WIDTH) & ~0xFFFFFFFF
OFFSET = 0x3FF0_0000_0000_0000 - BELOW


def value(j):
    """The first number of interval j."""
    m = j * WIDTH - BELOW
    return 1 + mpf(m) / 2**53 if m < 0 else 1 + mpf(m) / 2**52


def worst(j, inv):
    return max(abs(value(j) * inv - 1), abs(value(j + 1) * inv - 1))


def smallest(j):
    """The least |ln x| of a number whose mantissa lies in interval j."""
    a, b = mp.log(value(j)), mp.log(value(j + 1))
    return min(abs(a), abs(b), abs(a - ln2), abs(b - ln2))


def short_inverse(j, precision=53, allowed=mpf("0.13")):
    """1/c with so few bits that z/c - 1 is exact, or wrong by little against ln."""
    if j == 0:
        return mpf(1)
    best = None
    for b in range(4, 10):
        inv0 = mp.nint(2**b / ((value(j) + value(j + 1)) / 2))
        for n in (inv0 - 1, inv0, inv0 + 1):
            inv = n / 2**b
            m = worst(j, inv)
            # z is a multiple of 2^(1 - precision); r is rounded to a multiple of ulp(m).
            exact = mpf(2) ** (1 - precision - b)
            unit = mpf(2) ** (mp.floor(mp.log(m, 2)) + 1 - precision)
            error = mpf(0) if exact >= unit else unit / 2
            relative = error / mpf(2) ** (mp.floor(mp.log(smallest(j), 2)) + 1 - precision)
            if relative <= allowed and (best is None or m < best[0]):
                best = (m, inv)
    return best[1]


def relative(r):
    """Errors count against r near 1, against the least logarithm elsewhere."""
    return r**2 / max(abs(r), mpf("0.02")) if abs(r) > mpf("0.021") else abs(r)


def base(name, what, log_b, grain, inv, to, spell, degree):
    """The constants of the logarithm to a base whose natural logarithm is `log_b`."""
    part = ln2 / log_b / 16
    part_high = grid(part, grain)
    full = [-mp.log(i) / log_b - j * part for j, i in enumerate(inv)]
    high = [grid(x, grain) for x in full]
    low = [to(x - h) for x, h in zip(full, high)]
    natural = log_b == 1
    unit = to(1 / log_b)
    rest = to(1 / log_b - unit)
    a = max(worst(j, inv[j]) for j in range(16))
    c, err = rounded(
        lambda r: (mp.log1p(r) / log_b - r * (unit + rest)) / r**2,
        list(range(degree + 1)),
        -a,
        a,
        weight=lambda r: relative(r) * log_b,
        to=to,
        fixed=[mpf("-0.5")] if natural and to is f64 else [],
    )
    kind = spell(0)[:3]
    rows = lambda values: "[\n" + "".join(f"        {spell(v)},\n" for v in values) + "    ]"  # noqa: E731
    return (
        f"/// {what}; on |r| ≤ {float(a):.4f}, relative error {log2(err)}; sums are multiples of {log2(grain)}.\n"
        f"pub(super) const {name}: Base<{kind}> = Base {{\n"
        f"    part_high: {spell(part_high)},\n    part_low: {spell(to(part - part_high))},\n"
        f"    high: {rows(high)},\n    low: {rows(low)},\n"
        f"    unit: {'None' if natural else f'Some([{spell(unit)}, {spell(rest)}])'},\n"
        f"    curve: &{rows(c)},\n}};\n"
    )


# n = 16 k + j, below 2^15 in size, counts parts of log 2; n part_high + high is a multiple of the grain, and exact: of
# 2^-43 below 2^10 (to the base of 2: of 2^-42 below 2^11).
inv = [short_inverse(j) for j in range(16)]

# For f32 widened: n below 2^12, sums multiples of 2^-46 below 2^7. 1/c of 28 bits, so that z/c - 1 is exact.
WIDE_GRAIN = mpf(2) ** -46
wide_part1 = grid(ln2 / 16, WIDE_GRAIN)
wide_part2 = f64(ln2 / 16 - wide_part1)


# Five inputs have logarithms so near to a tie of two floats that their nearest double is the tie. Their entries are
# chosen so that the sum with k ln 2, exact for smaller exponents, is rounded to the right side for theirs.
ASIDE = {
    3: mpf(2) ** -52 * mpf("-1.2"),
    6: mpf(2) ** -47 * mpf("1.4"),
    8: mpf(2) ** -51 * mpf("1.2"),
    11: mpf(2) ** -48 * mpf("1.02"),
    12: mpf(2) ** -49 * mpf("1.04"),
}


def lucky_inverse(j, tries=2**14):
    """1/c near the middle for which ln c - j ln 2/16 is nearly a multiple of 2^-46, or aside of one as told."""
    if j == 0:
        return mpf(1), mpf(0)
    mid = int(mp.nint(2**28 * 2 / (value(j) + value(j + 1))))
    aside = ASIDE.get(j, 0)
    best = None
    with mp.workprec(140):
        for i in range(-tries, tries):
            inv = mpf(mid + i) / 2**28
            full = -mp.log(inv) - j * ln2 / 16
            high = f64(grid(full - aside, WIDE_GRAIN) + aside)
            if best is None or abs(full - high) < best[0]:
                best = (abs(full - high), inv, high)
    return best[1], best[2]


lucky = [lucky_inverse(j) for j in range(16)]
wide_a = max(worst(j, lucky[j][0]) for j in range(16))
d, wide_err = rounded(
    lambda r: (mp.log1p(r) - r) / r**2,
    list(range(WIDE_DEGREE + 1)),
    -wide_a,
    wide_a,
    weight=relative,
    fixed=[mpf("-0.5")],
)

# In f32, n below 2^12: multiples of 2^-17 below 2^7 (to the base of 2: of 2^-16 below 2^8).
NATIVE_OFFSET = OFFSET - (1023 << 52) >> 29
native_inv = [short_inverse(j, 24, mpf("0.04")) for j in range(16)]
bases = ""
for name, what, log_b, less in [
    ("NATURAL", "The natural logarithm", mpf(1), 0),
    ("BINARY", "To the base of 2", ln2, 1),
    ("COMMON", "To the base of 10", mp.log(10), 0),
]:
    bases += base(name, what, log_b, mpf(2) ** (less - 43), inv, f64, bits64, 7)
    bases += base(f"{name}_F32", f"{what}, in `f32`", log_b, mpf(2) ** (less - 17), native_inv, f32, bits32, 3)
text = (
    f"/// The bits of the first number of the first interval, 1 − 0.7/32.\npub(super) const OFFSET: i64 = 0x{OFFSET:x};\n"
    + array("1/c, short.", "INVERSE", inv, public=True)
    + f"/// As `OFFSET`, of an `f32`.\npub(super) const OFFSET_F32: i32 = 0x{NATIVE_OFFSET + (127 << 23):x};\n"
    + array("1/c, short.", "INVERSE_F32", native_inv, bits32, public=True)
    + bases
    + constant("ln 2/16, its first bits, a multiple of 2⁻⁴⁶.", "WIDE_PART_HI", wide_part1, public=True)
    + constant("ln 2/16 − `WIDE_PART_HI`.", "WIDE_PART_LO", wide_part2, public=True)
    + array("1/c, of 28 bits.", "WIDE_INVERSE", [x[0] for x in lucky], public=True)
    + array(
        "ln c − j·ln 2/16, nearly a multiple of 2⁻⁴⁶; or aside of one (see the generator).",
        "WIDE_LOG",
        [x[1] for x in lucky],
        public=True,
    )
    + array(
        f"(ln(1 + r) − r)/r² on |r| ≤ {float(wide_a):.4f}, relative error {log2(wide_err)}.", "WIDE", d, public=True
    )
)
install("log_tables.rs", "log.py", text)
