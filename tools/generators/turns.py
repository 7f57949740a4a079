"""Constants of `turns.rs`: pi in two words, polynomials of sine, cosine and tangent of multiples of pi."""

from mpmath import mp, mpf

from approximate import array, constant, f64, install, log2, rounded

pi = +mp.pi
s, s_err = rounded(
    lambda z: mp.sin(pi * mp.sqrt(z)) / mp.sqrt(z), list(range(8)), mpf("1e-9"), mpf("0.25"),
    weight=lambda z: mp.sqrt(z) / mp.sin(pi * mp.sqrt(z)),
)  # fmt: skip
t, t_err = rounded(
    lambda z: 2 * mp.tan(pi * mp.sqrt(z) / 2) / mp.sqrt(z), list(range(9)), mpf("1e-9"), mpf("0.0625"),
    weight=lambda z: mp.sqrt(z) / (2 * mp.tan(pi * mp.sqrt(z) / 2)),
)  # fmt: skip
text = (
    constant("π, rounded.", "PI_HI", f64(pi))
    + constant("π − `PI_HI`.", "PI_LO", f64(pi - f64(pi)))
    + array(f"sin(π r)/r over r² on |r| ≤ 1/2, minimax, relative error {log2(s_err)}.", "WIDE_SIN", s)
    + array(f"2 tan(π r/2)/r over r² on |r| ≤ 1/4, minimax, relative error {log2(t_err)}.", "WIDE_TAN", t)
)
install("turns.rs", "turns.py", text)
