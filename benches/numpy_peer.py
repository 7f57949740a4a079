"""NumPy's side of `cargo xtask bench`: a line of JSON in, a line out, as `src/main.rs` has it.

`prepare` takes a case as that program lists it. Inputs follow the rule of `src/input.rs`.
"""

import json
import sys
from itertools import repeat
from time import perf_counter_ns

import numpy as np

SAMPLES = 256


def fraction(counter):
    """SplitMix64 of counters, as fractions."""
    z = (counter + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) / 2.0**53


def array(of):
    n = int(np.prod(of["shape"], dtype=np.int64))
    terms = 12 if len(of["shape"]) > 1 else 1
    first = np.arange(n, dtype=np.uint64) * np.uint64(terms) + np.uint64(of["seed"] << 32)
    mean = sum(fraction(first + np.uint64(k)) for k in range(terms)) / terms
    values = of["low"] + (of["high"] - of["low"]) * mean
    return values.astype(of["dtype"]).reshape(of["shape"])


def sample(result):
    flat = np.asarray(result).astype(np.float64).ravel()
    n = min(flat.size, SAMPLES)
    return " ".join(repr(float(flat[i * flat.size // n])) for i in range(n))


def prepare(case):
    """The case's result and a function that runs it a number of times and returns nanoseconds."""
    names = {"np": np}
    for of in case["inputs"]:
        names[of["name"]] = array(of)
        if of["view"]:
            names[of["name"]] = eval(of["view"], names)
    if case["numpy_out"]:
        names["o"] = eval(case["numpy_out"], names)
    # Locals, which Python finds faster than globals.
    locals_ = ", ".join(name for name in names if not name.startswith("__"))
    source = f"""
def loop(times, clock, repeat, {locals_}):
    calls = repeat(None, times)
    start = clock()
    for _ in calls:
        {case["numpy"]}
    return clock() - start
"""
    scope = {}
    exec(source, scope)
    values = [names[name] for name in locals_.split(", ")]
    try:
        result = eval(case["numpy"], dict(names))
    except SyntaxError:  # an assignment
        exec(case["numpy"], names)
        result = names["o"]
    return sample(result), lambda times: scope["loop"](times, perf_counter_ns, repeat, *values)


def main():
    np.seterr(all="ignore")
    slots = [None, None]
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "version":
            answer = {"version": f"NumPy {np.__version__}, Python {sys.version.split()[0]}"}
        elif request["do"] == "prepare":
            sampled, slots[request["slot"]] = prepare(request["case"])
            answer = {"sample": sampled}
        else:
            answer = {"ns": slots[request["slot"]](request["times"])}
        print(json.dumps(answer), flush=True)


main()
