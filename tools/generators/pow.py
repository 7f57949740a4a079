"""Constants of `pow.rs`: the curve of ln(1 + r) behind its square."""

from approximate import array, bits32, bits64, f32, f64, install, log2, rounded
from mpmath import mp, mpf

# The intervals of `log.py`, a little wider than a half of 1/16.
WIDEST = {"": mpf("0.03126"), "_F32": mpf("0.0313")}


def part(name, to, spell, degree):
    half = WIDEST[name]
    c, worst = rounded(
        lambda r: (mp.log1p(r) - r + r**2 / 2) / r**3 if r else mpf(1) / 3,
        list(range(degree + 1)), -half, half, weight=lambda r: r**2, to=to,
    )  # fmt: skip
    return array(
        f"(ln(1 + r) − r + r²/2)/r³ on |r| ≤ {float(half)}, minimax, the error times r² at most {log2(worst)}.",
        f"CURVE{name}", c, spell,
    )  # fmt: skip


install("pow.rs", "pow.py", part("", f64, bits64, 8) + part("_F32", f32, bits32, 3))
