"""A Python library's side of `cargo xtask bench`: `python_peer.py LIBRARY`, a line of JSON in, a line out.

`prepare` takes a case as `isonum-benches` lists it, with its statement in NumPy. Each library says how it writes the same,
or that it does not have it. Inputs follow the rule of `src/input.rs`.
"""

import ast
import importlib
import json
import os
import re
import sys
from itertools import repeat
from time import perf_counter_ns

import numpy as np

SAMPLES = 256


class Unsupported(Exception):
    """A library has no such operation."""


class Library:
    """NumPy, and what others do otherwise."""

    module = "numpy"
    name = "np"

    def __init__(self):
        self.lib = importlib.import_module(self.module)

    def version(self):
        return f"{self.module} {self.lib.__version__}, Python {sys.version.split()[0]}"

    def names(self):
        return {self.name: self.lib}

    def array(self, values):
        """The library's array of a NumPy array."""
        return values

    def statement(self, numpy):
        """The library's statement for one of NumPy."""
        return numpy

    def function(self, statement, names):
        """A function of the arrays of `names` that runs the statement and waits for its result, if it is no plain code."""
        return None


class Torch(Library):
    module = "torch"
    name = "torch"
    FUNCTIONS = {
        "rint": "round", "equal": "eq", "not_equal": "ne", "invert": "bitwise_not", "power": "pow", "mod": "remainder",
        "left_shift": "bitwise_left_shift", "right_shift": "bitwise_right_shift",
    }
    STATEMENTS = {
        "a * b + c": "torch.addcmul(c, a, b)",
        "np.add(np.multiply(a, b, out=o), c, out=o)": "torch.addcmul(c, a, b, out=o)",
        "np.maximum(a, 0.0, out=o)": "torch.clamp_min(a, 0.0, out=o)",
        "np.ascontiguousarray(a.T)": "a.T.contiguous()",
    }
    EXPRESSIONS = [
        (r"np\.maximum\(a, 0\.0\)", "torch.relu(a)"),
        (r"\ba\.(max|min)\(axis=", r"a.a\1(axis="),
        (r"\ba\.(cumsum|cumprod)\(\)", r"a.\1(0)"),
        (r"np\.(cumsum|cumprod)\((.*)\)$", r"torch.\1(\2, 0)"),
        # NumPy divides by n, PyTorch by n − 1 unless told.
        (r"\.(var|std)\(", r".\1(correction=0, "),
        (r"\baxis=", "dim="),
        (r"\bkeepdims=", "keepdim="),
    ]

    def __init__(self):
        super().__init__()
        self.lib.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count()))
        self.lib.set_grad_enabled(False)

    def array(self, values):
        return self.lib.from_numpy(values)

    def statement(self, numpy):
        if numpy in self.STATEMENTS:
            return self.STATEMENTS[numpy]
        text = numpy
        for pattern, replacement in self.EXPRESSIONS:
            text = re.sub(pattern, replacement, text)
        return renamed(text, "torch", self.lib, self.FUNCTIONS)


class Jax(Library):
    module = "jax"
    name = "jnp"

    def __init__(self):
        threads = os.environ.get("OMP_NUM_THREADS")
        if threads:  # XLA makes as many as it may use
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(threads)])
        super().__init__()
        self.lib.config.update("jax_enable_x64", True)
        self.jnp = importlib.import_module("jax.numpy")

    def names(self):
        return {"jnp": self.jnp}

    def array(self, values):
        return self.jnp.asarray(values)

    def statement(self, numpy):
        if re.search(r"\bo\b", numpy):
            raise Unsupported("JAX's arrays are not written to")
        return renamed(numpy, "jnp", self.jnp, {})

    def function(self, statement, names):
        scope = dict(self.names())
        *before, last = statement.split("\n")
        lines = "".join(f"    {line}\n" for line in [*before, f"return {last}"])
        exec(f"def traced({', '.join(names)}):\n{lines}", scope)
        return self.lib.jit(scope["traced"]), ".block_until_ready()"


class NumExpr(Library):
    module = "numexpr"
    name = "ne"
    OPERATORS = {
        "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "equal": "==", "not_equal": "!=", "less": "<",
        "less_equal": "<=", "greater": ">", "greater_equal": ">=", "power": "**",
    }
    FUNCTIONS = {
        "absolute": "abs", "sqrt": "sqrt", "exp": "exp", "expm1": "expm1", "log": "log", "log10": "log10", "log1p": "log1p",
        "sin": "sin", "cos": "cos", "tan": "tan", "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan",
        "arctan2": "arctan2", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "arcsinh": "arcsinh", "arccosh": "arccosh",
        "arctanh": "arctanh", "floor": "floor", "ceil": "ceil", "where": "where",
    }

    def __init__(self):
        super().__init__()
        self.lib.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count()))

    def statement(self, numpy):
        try:
            tree = ast.parse(numpy, mode="eval").body
        except SyntaxError:
            raise Unsupported("not an expression") from None
        given = isinstance(tree, ast.Call) and any(k.arg == "out" for k in tree.keywords)
        constants = {}
        text = self.expression(tree, constants)
        arrays = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {"np", "o"})
        # A constant in the text would be of double precision.
        scope = ", ".join([f'"{x}": {x}' for x in arrays] + [f'"{k}": a.dtype.type({v})' for k, v in constants.items()])
        return f'ne.evaluate("{text}", {{{scope}}}{", out=o" if given else ""})'

    def expression(self, node, constants):
        inner = lambda node: self.expression(node, constants)
        match node:
            case ast.Name(id=name) if name != "np":
                return name
            case ast.Constant(value=value):
                name = f"k{len(constants)}"
                constants[name] = value
                return name
            case ast.UnaryOp(op=ast.USub(), operand=x):
                return f"(-{inner(x)})"
            case ast.BinOp(left=x, op=op, right=y):
                sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}[type(op)]
                return f"({inner(x)} {sign} {inner(y)})"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=name), args=args):
                args = [inner(x) for x in args]
                if name in self.OPERATORS:
                    return f"({args[0]} {self.OPERATORS[name]} {args[1]})"
                if name == "square":
                    return f"({args[0]} * {args[0]})"
                if name == "negative":
                    return f"(-{args[0]})"
                if name in self.FUNCTIONS:
                    return f"{self.FUNCTIONS[name]}({', '.join(args)})"
        raise Unsupported(ast.unparse(node))


class Bottleneck(Library):
    module = "bottleneck"
    name = "bn"
    # They skip NaN, of which there is none here.
    REDUCTIONS = {
        "sum": "nansum", "mean": "nanmean", "var": "nanvar", "std": "nanstd", "min": "nanmin", "max": "nanmax",
        "argmin": "nanargmin", "argmax": "nanargmax",
    }

    def statement(self, numpy):
        found = re.fullmatch(r"a\.(\w+)\(((?:axis=\d)?)\)", numpy)
        if found and found[1] in self.REDUCTIONS:
            return f"bn.{self.REDUCTIONS[found[1]]}(a{', ' + found[2] if found[2] else ''})"
        found = re.fullmatch(r"np\.(median|partition|argpartition)\((.*)\)", numpy)
        if found:
            return f"bn.{found[1]}({found[2]})"
        raise Unsupported(numpy)


class SciPy(Library):
    module = "scipy"
    name = "sp"
    SPECIAL = {"exp2", "exp10", "cbrt", "expm1", "log1p"}

    def names(self):
        return {name: importlib.import_module(f"scipy.{name}") for name in ("fft", "special", "linalg")} | {"np": np}

    def statement(self, numpy):
        found = re.fullmatch(r"np\.(fft|linalg)\.(\w+)\((.*)\)", numpy)
        if found and hasattr(self.names()[found[1]], found[2]):
            return f"{found[1]}.{found[2]}({found[3]})"
        found = re.fullmatch(r"np\.(\w+)\((.*)\)", numpy)
        if found and found[1] in self.SPECIAL:
            return f"special.{found[1]}({found[2]})"
        raise Unsupported(numpy)


class MklFft(Library):
    module = "mkl_fft"
    name = "mkl_fft"

    def statement(self, numpy):
        found = re.fullmatch(r"np\.fft\.(\w+)\((.*)\)", numpy)
        if not found or not hasattr(self.lib, found[1]):
            raise Unsupported(numpy)
        return f"mkl_fft.{found[1]}({found[2]})"


LIBRARIES = {
    "numpy": Library, "torch": Torch, "jax": Jax, "numexpr": NumExpr, "bottleneck": Bottleneck, "scipy": SciPy,
    "mkl_fft": MklFft,
}


def renamed(text, prefix, lib, other):
    """The statement with functions of `lib` in place of NumPy's."""

    def function(found):
        name = other.get(found[1], found[1])
        if not hasattr(lib, name):
            raise Unsupported(f"{prefix}.{name}")
        return f"{prefix}.{name}"

    return re.sub(r"\bnp\.(\w+)", function, text)


def fraction(counter):
    """SplitMix64 of counters, as fractions."""
    z = (counter + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) / 2.0**53


def uniform(of, seed, n):
    terms = 12 if len(of["shape"]) > 1 else 1
    first = np.arange(n, dtype=np.uint64) * np.uint64(terms) + np.uint64(seed << 32)
    mean = sum(fraction(first + np.uint64(k)) for k in range(terms)) / terms
    return of["low"] + (of["high"] - of["low"]) * mean


def array(of):
    n = int(np.prod(of["shape"], dtype=np.int64))
    dtype = np.dtype(of["dtype"])
    values = uniform(of, of["seed"], n)
    if dtype.kind == "c":
        values = values + 1j * uniform(of, of["seed"] + 16, n)
    elif dtype.kind in "iu":
        values = np.ceil(values)
    return values.astype(dtype).reshape(of["shape"])


def sample(result):
    if isinstance(result, (tuple, list)):
        result = result[0]
    flat = np.asarray(result).ravel()
    flat = (flat.real if flat.dtype.kind == "c" else flat).astype(np.float64)
    n = min(flat.size, SAMPLES)
    return " ".join(repr(float(flat[i * flat.size // n])) for i in range(n))


def prepare(library, case):
    """The case's result and a function that runs it a number of times and returns nanoseconds."""
    statement = library.statement(case["numpy"])
    names = library.names()
    arrays = {}
    for of in case["inputs"]:
        arrays[of["name"]] = library.array(array(of))
        if of["view"]:
            arrays[of["name"]] = eval(of["view"], names | arrays)
    if case["numpy_out"]:
        arrays["o"] = library.array(eval(case["numpy_out"], {"np": np}))
    lines, after = statement.split("\n"), ""
    special = library.function(statement, [name for name in arrays])
    if special:
        names["special"], after = special
        lines = [f"special({', '.join(arrays)})"]
    values = names | arrays
    locals_ = ", ".join(values)
    # Locals, which Python finds faster than globals.
    body = "\n        ".join(lines[:-1] + [lines[-1] + after])
    source = f"""
def loop(times, clock, repeat, {locals_}):
    calls = repeat(None, times)
    start = clock()
    for _ in calls:
        {body}
    return clock() - start
"""
    scope = {}
    exec(source, scope)
    trial = dict(values)
    if lines[:-1]:
        exec("\n".join(lines[:-1]), trial)
    try:
        result = eval(lines[-1], trial)
    except SyntaxError:  # an assignment
        exec(lines[-1], trial)
        result = trial["o"]
    return sample(result), lambda times: scope["loop"](times, perf_counter_ns, repeat, *values.values())


def answer(library, request, slots):
    match request["do"]:
        case "version":
            return {"version": library.version()}
        case "prepare":
            try:
                sampled, slots[request["slot"]] = prepare(library, request["case"])
            except (Unsupported, AttributeError, TypeError, NotImplementedError, ValueError, RuntimeError) as error:
                return {"unsupported": f"{type(error).__name__}: {error}".splitlines()[0]}
            return {"sample": sampled}
        case "time":
            return {"ns": slots[request["slot"]](request["times"])}


def main():
    np.seterr(all="ignore")
    try:
        library = LIBRARIES[sys.argv[1]]()
    except ImportError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return
    slots = [None, None]
    for line in sys.stdin:
        print(json.dumps(answer(library, json.loads(line), slots)), flush=True)


main()
