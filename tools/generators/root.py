"""Constants of the cube root."""

from fractions import Fraction

from approximate import array, bits32, bits64, constant, f32, f64, install, log2, rounded
from mpmath import mpf


def spread(logarithm):
    """The least and the largest e = 1 − x t³ of positive x, where t has `logarithm` less a third of that of x.

    Logarithms are to the base of two, and straight between its powers, as the bits of floats are. The errors repeat every
    three octaves.
    """

    def power(bits):
        return 2.0 ** (bits // 1) * (1 + bits % 1)

    errors = [1 - power(i / 4096) * power(logarithm - i / 4096 / 3) ** 3 for i in range(3 * 4096)]
    return min(errors), max(errors)


def best():
    """The logarithm that leaves the least errors."""
    low, high = -0.1, 0.1
    for _ in range(40):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if max(map(abs, spread(a))) < max(map(abs, spread(b))) else (a, high)
    return (low + high) / 2


LOGARITHM = best()
LIMIT = max(map(abs, spread(LOGARITHM))) * 1.001


def seed(mantissa, bias, cut, p):
    """K: where a number of the binade from 2^p on has as its last bits those of x without the last `cut`, K less a third of it
    has those of the inverse cube root.

    The exponent of 2^p with its bias has to be even, as it is shifted out of the word."""
    unit = mpf(2) ** (p - cut)
    return mpf(round((mpf(2) ** p * 4 / 3 + (LOGARITHM + mpf(4 * bias) / 3) * unit) * 4)) / 4


def series(name, root, degree, to, spell):
    """Of an inverse root (1 − e)^(−root) what it has above 1, over e."""
    c, worst = rounded(
        lambda e: ((1 - e) ** -root - 1) / e if e else root, range(degree + 1), -LIMIT, LIMIT, lambda e: e, to
    )
    return array(f"((1 − e)^(−{name[1]}) − 1)/e on |e| ≤ {LIMIT:.4f}, minimax, times e right to {log2(worst)}.", name[0], c, spell)


third = mpf(1) / 3
text = constant("4/3 2^51, and what the bits of an inverse cube root have more than a third of those of x less.", "SEED", seed(52, 1023, 11, 51))
text += series(("REFINED", "1/3"), third, 2, f64, bits64)
text += constant("4/3 2^23, and what they have more.", "SEED_F32", seed(23, 127, 8, 23), bits32)
text += series(("FACTOR_F32", "2/3"), 2 * third, 4, f32, bits32)
install("root.rs", "root.py", text)
