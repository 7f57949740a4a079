"""Constants of `atan2.rs`: centres and their angles, on seven intervals of quotients; the polynomials are those of `arc.rs`."""

from approximate import array, bits32, bits64, constant, f32, f64, install, log2
from mpmath import mp, mpf

# The difference of the bits of numerator and denominator, in halves of an octave: −1, −2, …
ENDS = [(mpf(2) / 3, 1), (mpf(1) / 2, mpf(3) / 4), (mpf(1) / 3, mpf(1) / 2), (mpf(1) / 4, mpf(3) / 8),
        (mpf(1) / 6, mpf(1) / 4), (mpf(1) / 8, mpf(3) / 16), (mpf(3) / 32, mpf(1) / 8)]  # fmt: skip


def centre(low, high, to):
    """Between the angles of the ends, in their geometric mean; its inverse tangent is almost a number."""
    a, b = mp.atan(low), mp.atan(high)
    middle = to(mp.tan(mp.sqrt(a * b)))
    unit = mpf(2) ** (mp.floor(mp.log(middle, 2)) - (52 if to is f64 else 23))
    with mp.workprec(140):
        best = min((middle + k * unit for k in range(-2000, 2000)), key=lambda c: abs(mp.atan(c) / to(mp.atan(c)) - 1))
    return best, to(mp.atan(best))


def part(name, to, spell):
    centres = [centre(low, high, to) for low, high in ENDS]
    widest = max(
        max(abs((end - c) / (1 + end * c)) for end in ends) for ends, (c, _) in zip(ENDS, centres)
    )
    assert widest < mpf("0.1102"), widest
    off = max(abs(mp.atan(c) / angle - 1) for c, angle in centres)
    # Equal bits are a quotient of 1.
    rows = [centres[0]] + list(reversed(centres))
    pi = +mp.pi
    return (
        array(f"Centres c whose atan is a number but for {log2(off)} of it.", f"CENTRE{name}", [c for c, _ in rows], spell)
        + array("atan c.", f"ANGLE{name}", [a for _, a in rows], spell)
        + constant("π/2, rounded.", f"HALF_PI{name}", to(pi / 2), spell)
        + constant(f"π/2 − `HALF_PI{name}`.", f"HALF_PI_LO{name}", to(pi / 2 - to(pi / 2)), spell)
    )


install("atan2.rs", "atan2.py", part("", f64, bits64) + part("_F32", f32, bits32))
