"""Constants of the cube root and of the hypotenuse."""

from approximate import array, bits32, bits64, f32, f64, install, log2, rounded
from mpmath import mpf



def part(name, to, spell, degree):
    seed, worst = rounded(
        lambda x: x ** (-mpf(1) / 3), range(degree + 1), 1, 2, lambda x: x ** (mpf(1) / 3), to
    )
    text = array(f"x^(−1/3) on [1, 2], minimax, right to {log2(worst)} of itself.", f"SEED{name}", seed, spell)
    # m = significand · 2^s, where s = exponent − 3 k is −1, 0 or 1 beside what the bias leaves.
    bias = {"": 1023, "_F32": 127}[name] % 3
    octave = [mpf(0)] * 8
    for s in (-1, 0, 1):
        octave[s % 8] = mpf(2) ** (-mpf(s - bias) / 3)
    text += array("2^(−s/3) of the octaves.", f"OCTAVE{name}", octave, spell)
    return text


text = part("", f64, bits64, 4) + part("_F32", f32, bits32, 3)
install("root.rs", "root.py", text)
