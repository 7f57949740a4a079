"""Writes `checks/tests/golden/math.csv`: points, and values of functions there as sums of two doubles.

They check the sums of two doubles of `checks/src/oracle`, and through them the kernels, against mpmath.
"""

import pathlib
import random
import struct

from mpmath import mp, mpf

mp.prec = 1400
random.seed(20261121)
OUT = pathlib.Path(__file__).resolve().parents[2] / "checks/tests/golden/math.csv"


def bits(x):
    return f"{struct.unpack('<Q', struct.pack('<d', float(x)))[0]:016x}"


def random_bits(low, high):
    e = random.randint(low, high)
    return float(mpf(random.getrandbits(52) + 2**52) * mpf(2) ** (e - 52)) * random.choice([1, -1])


points = {
    "exp": [0.5, -0.5, 1.0, 709.5, -650.0] + [random.uniform(-650, 700) for _ in range(20)]
    + [random_bits(-60, 3) for _ in range(20)],
    "log": [0.5, 2.0, 1.5, 1 + 2.0**-52, 1 - 2.0**-53, 5e-324, 1.7e308]
    + [abs(random_bits(-1022, 1023)) for _ in range(20)] + [1 + random_bits(-52, -2) for _ in range(20)],
    "sin": [0.5, 1.0, 3.0, 1e22, 1.7e308, float(mp.pi), float(mp.pi / 2)]
    + [float(random.randint(1, 2**k) * mp.pi / 2) for k in range(1, 60)]
    + [random_bits(-60, 1023) for _ in range(40)] + [float.fromhex("0x1.6ac5b262ca1ffp+849")],
    "tanh": [0.1, 1.0, 18.0] + [random_bits(-60, 4) for _ in range(40)],
}  # fmt: skip
points["exp2"] = [0.5, -0.5, 1.0, 1023.5, -950.25]
points["exp2"] += [random.uniform(-950, 1020) for _ in range(20)] + [random_bits(-60, 3) for _ in range(20)]
points["cos"] = points["tan"] = points["sin"]
points["asin"] = [0.5, -0.5, 1.0, -1.0, 0.75, 1 - 2.0**-53, -1 + 2.0**-53] + [random_bits(-60, -1) for _ in range(40)]
points["acos"] = [x for x in points["asin"] if x != 1] + [1 - 2.0**-k for k in range(3, 53, 7)]
points["atan"] = [0.5, 1.0, 12.0, 1e300] + [random_bits(-60, 60) for _ in range(60)]
points["sinpi"] = [0.5, 0.25, 1e15 + 0.375] + [random_bits(-60, 10) for _ in range(40)]
points["sinpi"] += [float(random.randint(1, 1000)) / 2 + random_bits(-40, -2) for _ in range(20)]
points["cospi"] = points["tanpi"] = points["sinpi"][1:]
points["exp10"] = [0.5, -1.0, 22.0, 307.5] + [random.uniform(-290, 308) for _ in range(20)] + [random_bits(-60, 3) for _ in range(20)]
points["expm1"] = points["exp"] + [random_bits(-90, 0) for _ in range(20)]
points["log2"] = points["log10"] = points["log"]
points["log1p"] = [abs(x) for x in points["log"]] + [random_bits(-90, -1) for _ in range(20)] + [-0.5, -1 + 2.0**-53]
points["sinh"] = points["cosh"] = points["asinh"] = points["tanh"] + [random.uniform(-700, 700) for _ in range(20)]
points["acosh"] = [1 + abs(random_bits(-52, 40)) for _ in range(40)] + [1.7e308, 2.0]
points["atanh"] = [random_bits(-60, -1) for _ in range(40)] + [1 - 2.0**-53]
points["cbrt"] = [8.0, -27.0, 5e-324, 1.7e308] + [random_bits(-1022, 1023) for _ in range(30)]
points["sigmoid"] = points["softplus"] = [0.5, -0.5, 40.0] + [random.uniform(-650, 40) for _ in range(30)] + [random_bits(-60, 4) for _ in range(20)]
points["logit"] = [0.25, 0.75, 1 - 2.0**-53] + [random.uniform(0, 1) for _ in range(20)] + [0.5 + random_bits(-53, -2) for _ in range(20)]
points["logit"] += [abs(random_bits(-1022, -1)) for _ in range(20)]
points["erf"] = [0.5, -0.5, 1.0, 5.9] + [random_bits(-60, 2) for _ in range(30)] + [random.uniform(-6, 6) for _ in range(30)]
points["erfc"] = points["erf"] + [random.uniform(0.3, 25.5) for _ in range(40)]
values = {
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "logit": lambda x: mp.log(x / (1 - x)),
    "exp2": lambda x: mpf(2) ** x,
    "exp10": lambda x: mpf(10) ** x,
    "log2": lambda x: mp.log(x, 2),
    "tanpi": lambda x: mp.sinpi(x) / mp.cospi(x),
}
rows = ["# function, argument, nearest double of the value, nearest double of the rest; bits; by tools/generators/golden.py"]
for name, xs in points.items():
    for x in xs:
        exact = values.get(name, getattr(mp, name, None))(mpf(x))
        high = mpf(float(exact))
        # Where the rest of a value is no whole double, it says nothing.
        if abs(high) > mpf(2) ** -960 and high < mpf(2) ** 1023:
            rows.append(f"{name},{bits(x)},{bits(high)},{bits(exact - high)}")
OUT.write_text("\n".join(rows) + "\n")

pairs = {
    "hypot": [(3.0, -4.0), (5e-324, 5e-324), (1.2e308, 1.2e308)] + [(random_bits(-20, 20), random_bits(-20, 20)) for _ in range(40)],
    "atan2": [(1.0, 1.0), (1.0, -1.0), (-1.0, -0.0), (1e-300, -1e300), (1e-10, 1e300)]
    + [(random_bits(-20, 20), random_bits(-20, 20)) for _ in range(60)],
    "power": [(2.0, 0.5), (-3.0, 3.0), (-3.0, -4.0), (1 + 2.0**-52, 1e18)]
    + [(random.uniform(0.01, 60), random.uniform(-100, 100)) for _ in range(40)],
    "logaddexp": [(0.0, 0.0), (1e300, 1.0), (-0.5, -1.0)] + [(random.uniform(-9, 9), random.uniform(-9, 9)) for _ in range(40)],
}  # fmt: skip
pairs["logaddexp2"] = pairs["logaddexp"][1:]
pair_values = {
    "logaddexp": lambda x, y: mp.log(mp.exp(x - max(x, y)) + mp.exp(y - max(x, y))) + max(x, y),
    "logaddexp2": lambda x, y: mp.log(mpf(2) ** (x - max(x, y)) + mpf(2) ** (y - max(x, y)), 2) + max(x, y),
    "hypot": lambda x, y: mp.sqrt(x * x + y * y), "atan2": mp.atan2, "power": mp.power}
rows = ["# function, arguments, nearest double of the value, nearest double of the rest; bits; by tools/generators/golden.py"]
for name, xys in pairs.items():
    for x, y in xys:
        # The library's zeros have no sign.
        exact = -mp.pi / 2 if (name, x, y) == ("atan2", -1.0, 0.0) else pair_values[name](mpf(x), mpf(y))
        high = mpf(float(exact))
        if mpf(2) ** -960 < abs(high) < mpf(2) ** 1023:
            rows.append(f"{name},{bits(x)},{bits(y)},{bits(high)},{bits(exact - high)}")
OUT.with_name("pairs.csv").write_text("\n".join(rows) + "\n")
