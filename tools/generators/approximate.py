"""Minimax polynomials with rounded coefficients, and the printing of constants as bits. Used by the generators here.

Each generator rewrites the part of its Rust file that stands between `// <generated: NAME>` and `// </generated>`.
They need mpmath alone: `python tools/generators/exp.py`.
"""

import pathlib
import re
import struct

from mpmath import mp, mpf

mp.prec = 300
SOURCES = pathlib.Path(__file__).resolve().parents[2] / "crates/kernels/src/math"


def f64(x):
    """The nearest double, exactly, as an mpf."""
    return mpf(float(mpf(x)))


def f32(x):
    """The nearest float, exactly, as an mpf."""
    return mpf(struct.unpack("<f", struct.pack("<f", float(mpf(x))))[0])


def grid(x, step):
    """The nearest multiple of `step`, as an mpf."""
    return mp.nint(mpf(x) / step) * step


def minimax(f, powers, lo, hi, weight=lambda x: mpf(1), points=160, rounds=12):
    """Coefficients c for which max |weight(x) (f(x) - sum c_i x^powers_i)| on [lo, hi] is nearly least.

    Lawson's iteration: least squares, each point weighed anew by its error. Unlike Remez's exchange it does not
    mind powers that vanish inside the interval.
    """
    n = len(powers)
    lo, hi = mpf(lo), mpf(hi)
    size = max(abs(lo), abs(hi))
    xs = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * points)) for i in range(points)]
    ws = [weight(x) for x in xs]
    rows = [[w * (x / size) ** p for p in powers] for x, w in zip(xs, ws)]
    target = [w * f(x) for x, w in zip(xs, ws)]
    mass = [mpf(1) / points] * points
    best = None
    for _ in range(rounds):
        a = mp.matrix(n, n)
        b = mp.matrix(n, 1)
        for i in range(n):
            b[i] = mp.fsum(m * r[i] * t for m, r, t in zip(mass, rows, target))
            for j in range(i, n):
                a[i, j] = a[j, i] = mp.fsum(m * r[i] * r[j] for m, r in zip(mass, rows))
        solution = mp.lu_solve(a, b)
        err = [abs(t - mp.fsum(solution[i] * r[i] for i in range(n))) for r, t in zip(rows, target)]
        if best is None or max(err) < best[0]:
            best = (max(err), [solution[i] / size**p for i, p in enumerate(powers)])
        mass = [m * e for m, e in zip(mass, err)]
        total = mp.fsum(mass)
        if total == 0:
            break
        mass = [m / total for m in mass]
    return best[1], best[0]


def rounded(f, powers, lo, hi, weight=lambda x: mpf(1), to=f64, fixed=()):
    """As `minimax`, each coefficient rounded in turn and the rest fitted anew; `fixed` are given first ones."""
    done = [mpf(c) for c in fixed]
    while len(done) < len(powers):
        k = len(done)
        rest = lambda x: f(x) - sum(c * x**p for c, p in zip(done, powers))  # noqa: E731
        c, _ = minimax(rest, powers[k:], lo, hi, weight)
        done.append(to(c[0]))
    lo, hi = mpf(lo), mpf(hi)
    xs = [lo + (hi - lo) * (2 * i + 1) / 1000 for i in range(500)]
    worst = max(abs(weight(x) * (f(x) - sum(c * x**p for c, p in zip(done, powers)))) for x in xs)
    return done, worst


def bits64(x):
    """The Rust spelling of a double."""
    word = struct.unpack("<Q", struct.pack("<d", float(x)))[0]
    h = f"{word:016x}"
    return "f64::from_bits(0x" + "_".join(h[i : i + 4] for i in range(0, 16, 4)) + ")"


def bits32(x):
    """The Rust spelling of a float."""
    word = struct.unpack("<I", struct.pack("<f", float(x)))[0]
    h = f"{word:08x}"
    return "f32::from_bits(0x" + "_".join(h[i : i + 4] for i in range(0, 8, 4)) + ")"


def constant(doc, name, x, spell=bits64, public=False):
    kind = spell(0)[:3]
    return f"/// {doc}\n{'pub(super) ' if public else ''}const {name}: {kind} = {spell(x)};\n"


def array(doc, name, values, spell=bits64, public=False):
    kind = spell(0)[:3]
    rows = "".join(f"    {spell(v)},\n" for v in values)
    return f"/// {doc}\n{'pub(super) ' if public else ''}const {name}: [{kind}; {len(values)}] = [\n{rows}];\n"


def log2(x):
    return "2^%.1f" % float(mp.log(abs(x), 2)) if x else "0"


def install(file, name, text):
    """Replaces the generated part of a Rust file."""
    path = SOURCES / file
    source = path.read_text()
    pattern = re.compile(rf"(// <generated: {re.escape(name)}>\n).*?(// </generated>)", re.S)
    if not pattern.search(source):
        raise SystemExit(f"{path} has no part {name}")
    path.write_text(pattern.sub(lambda m: m.group(1) + text + m.group(2), source))
    print(f"{path.name}: {name}")
