"""Constants of `erf.rs`: the scaled complementary error function over t = (x − A)/(x + A), and the error function next to 0."""

from approximate import array, bits32, bits64, constant, f32, f64, install, log2, minimax, rounded
from mpmath import mp, mpf

LOW = mpf("0.625")


def scaled(x, a):
    """erfc(x) e^(x²) (x + a)."""
    return mp.erfc(x) * mp.exp(x * x) * (x + a)


def part(name, to, spell, a, high, degree, small_degree):
    a = mpf(a)
    t = lambda x: (x - a) / (x + a)  # noqa: E731
    x = lambda t: a * (1 + t) / (1 - t)  # noqa: E731
    low, high = t(LOW), t(mpf(high))
    g = lambda u: scaled(x(u), a)  # noqa: E731
    # The first coefficient has a second word.
    best, _ = minimax(g, list(range(degree + 1)), low, high, weight=lambda u: 1 / g(u), points=100, rounds=8)
    head = to(best[0])
    tail = to(best[0] - head)
    c, worst = rounded(g, list(range(degree + 1)), low, high, weight=lambda u: 1 / g(u), to=to, fixed=[head + tail])
    c[0] = head
    slope, off = minimax(lambda u: mp.diff(g, u), [0, 1, 2, 3], low, high, points=60, rounds=6)
    first = to(2 / mp.sqrt(mp.pi) - 1)
    rest = 2 / mp.sqrt(mp.pi) - 1 - first
    odd = lambda z: ((mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1) - first) / z  # noqa: E731
    d, worst_small = rounded(
        lambda z: odd(z) - rest / z, list(range(small_degree + 1)), mpf("1e-6"), LOW**2 * mpf("1.001"), weight=lambda z: z, to=to
    )
    return (
        constant("The middle of the map t = (x − A)/(x + A).", f"MIDDLE{name}", a, spell)
        + array(f"erfc(x) e^(x²) (x + A) over t on [5/8, {float(x(high)):.1f}], minimax, right to {log2(worst)}.", f"SCALED{name}", c, spell)
        + constant(f"What the first of `SCALED{name}` leaves.", f"SCALED_LO{name}", tail, spell)
        + array(f"Its derivative, right to {float(off):.3f}.", f"SLOPE{name}", [to(v) for v in slope], spell)
        + constant("2/√π − 1.", f"FIRST{name}", first, spell)
        + constant(f"2/√π − 1 − `FIRST{name}`.", f"FIRST_LO{name}", to(rest), spell)
        + array(f"(erf(x)/x − 2/√π)/x² over x² below (5/8)², minimax, the error times x² at most {log2(worst_small)}.", f"SMALL{name}", d, spell)
    )


install("erf.rs", "erf.py", part("", f64, bits64, 3, "27.3", 23, 11) + part("_F32", f32, bits32, 2, "10.1", 10, 5))
