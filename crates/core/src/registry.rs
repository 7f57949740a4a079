//! The operation registry: one row for each operation.
//!
//! A row is what everything else is made from: the enums [`Unary`], [`Binary`], [`Ternary`], [`Compare`] and [`Predicate`]
//! here, the arms of every backend, the free functions and methods of the facade with their `_mut`, `_into` and `try_`
//! forms, and what tests, checks and benchmarks walk. Adding an operation is a row here and its kernel.
//!
//! A row reads
//!
//! ```text
//! Variant name for Class, numpy "name", Accuracy, input (low, high), "first line of its documentation";
//! ```
//!
//! where `Class` is the trait of [`crate::element`] that an element type must have, and `input` is the range that
//! benchmarks and checks draw from.

use crate::element::DType;

/// How exact an operation is, on every backend alike.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum Accuracy {
    /// The exact result, or its correct rounding; of products and quotients of complex numbers, of each step.
    Exact,
    /// Every step is correctly rounded, in one order on every backend, and those of sums and products of integers are
    /// exact; the documentation says what that adds up to.
    EachStep,
    /// At most so many units in the last place for (`f32`, `f64`).
    Ulp(f64, f64),
}

/// The element types an operation is for: the types that have the trait of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Class {
    Element,
    Ordered,
    Number,
    Real,
    Float,
    Integer,
    Bits,
}

impl Class {
    /// Whether the class holds `dtype`.
    pub fn contains(self, dtype: DType) -> bool {
        let float = matches!(dtype, DType::F32 | DType::F64);
        let complex = matches!(dtype, DType::C32 | DType::C64);
        let boolean = dtype == DType::Bool;
        match self {
            Class::Element => true,
            Class::Ordered => !complex,
            Class::Number => !boolean,
            Class::Real => !complex && !boolean,
            Class::Float => float,
            Class::Integer => !complex && !boolean && !float,
            Class::Bits => !complex && !float,
        }
    }

    /// The element types of the class.
    pub fn dtypes(self) -> impl Iterator<Item = DType> {
        DType::ALL.iter().copied().filter(move |&d| self.contains(d))
    }
}

/// One row of the registry, as a value.
#[derive(Clone, Copy, Debug)]
pub struct Row<Op: 'static> {
    /// The operation.
    pub op: Op,
    /// The name of the function and the method.
    pub name: &'static str,
    /// The element types it is for.
    pub class: Class,
    /// NumPy's name for it.
    pub numpy: &'static str,
    /// How exact it is.
    pub accuracy: Accuracy,
    /// The range that checks and benchmarks draw their input from.
    pub input: (f64, f64),
}

impl<Op> Row<Op> {
    /// How exact it is for elements of `dtype`: what has an error bound for floats is exact for integers.
    pub fn accuracy_for(&self, dtype: DType) -> Accuracy {
        match self.accuracy {
            Accuracy::Ulp(..) if !Class::Float.contains(dtype) => Accuracy::Exact,
            accuracy => accuracy,
        }
    }
}

/// Calls `$then! { $type, $rest }` for every element type of a class, by the names that the types have where it is called.
#[macro_export]
macro_rules! types_of_class {
    (Element $($then:tt)*) => {
        $crate::types_of_class! { [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64] $($then)* }
    };
    (Ordered $($then:tt)*) => {
        $crate::types_of_class! { [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool] $($then)* }
    };
    (Number $($then:tt)*) => {
        $crate::types_of_class! { [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 Complex32 Complex64] $($then)* }
    };
    (Real $($then:tt)*) => { $crate::types_of_class! { [f32 f64 i8 i16 i32 i64 u8 u16 u32 u64] $($then)* } };
    (Float $($then:tt)*) => { $crate::types_of_class! { [f32 f64] $($then)* } };
    (Integer $($then:tt)*) => { $crate::types_of_class! { [i8 i16 i32 i64 u8 u16 u32 u64] $($then)* } };
    (Bits $($then:tt)*) => { $crate::types_of_class! { [i8 i16 i32 i64 u8 u16 u32 u64 bool] $($then)* } };
    ([$($type:ty)*] $then:ident $rest:tt) => { $($then! { $type, $rest })* };
}

/// Hands the rows of elementwise operations of one operand, `T → T`, to macro `$then`.
#[macro_export]
macro_rules! unary_operations {
    ([$($then:tt)*] $(, $($context:tt)*)?) => { $($then)*! { [$($($context)*)?]
        Negative negative for Number, numpy "negative", Exact, input (-6.0, 6.0), "The negative, `-x`. Integers wrap.";
        Abs abs for Real, numpy "absolute", Exact, input (-6.0, 6.0), "The absolute value. `abs(MIN)` of an integer wraps to `MIN`.";
        Sign sign for Real, numpy "sign", Exact, input (-6.0, 6.0), "−1, 0 or 1 as the element is negative, zero or positive; NaN stays NaN, zeros give +0.";
        Square square for Number, numpy "square", Exact, input (-6.0, 6.0), "The square, `x * x`. Integers wrap; of complex numbers each step rounds.";
        Reciprocal reciprocal for Float, numpy "reciprocal", Exact, input (0.1, 6.0), "The reciprocal, `1 / x`.";
        Sqrt sqrt for Float, numpy "sqrt", Exact, input (0.1, 6.0), "The square root; NaN for negative elements.";
        Floor floor for Float, numpy "floor", Exact, input (-6.0, 6.0), "The largest integer not above the element.";
        Ceil ceil for Float, numpy "ceil", Exact, input (-6.0, 6.0), "The smallest integer not below the element.";
        Trunc trunc for Float, numpy "trunc", Exact, input (-6.0, 6.0), "The integer part: rounds towards zero.";
        Rint rint for Float, numpy "rint", Exact, input (-6.0, 6.0), "The nearest integer; halves go to the even one.";
        Positive positive for Number, numpy "positive", Exact, input (-6.0, 6.0), "The element itself, `+x`: a copy.";
        Fract fract for Float, numpy "", Exact, input (-6.0, 6.0), "The fraction, `x - trunc(x)`, the first part of NumPy's `modf`. It has the sign of the element, zeros too; ±0 for infinities.";
        NanToNum nan_to_num for Float, numpy "nan_to_num", Exact, input (-6.0, 6.0), "The element; 0 in place of NaN, and the largest finite numbers of both signs in place of infinities.";
        Spacing spacing for Float, numpy "spacing", Exact, input (-6.0, 6.0), "The distance to the next number away from zero, with the sign of the element: a unit in the last place. Of zeros the smallest subnormal number, of the largest finite one inf, of infinities NaN.";
        Logb logb for Float, numpy "", Exact, input (-6.0, 6.0), "The exponent of the first binary digit, `floor(log2(|x|))`, also of subnormal numbers; −inf for zeros, inf for infinities. NumPy's `frexp` has one more.";
        Rsqrt rsqrt for Float, numpy "", Ulp(0.501, 0.501), input (0.1, 6.0), "The reciprocal square root, `1 / sqrt(x)`; ±inf for ±0, 0 for inf, NaN for negative elements.";
        Deg2Rad deg2rad for Float, numpy "deg2rad", Ulp(0.64, 0.66), input (-180.0, 180.0), "Degrees to radians: the product with π/180.";
        Rad2Deg rad2deg for Float, numpy "rad2deg", Ulp(0.75, 0.82), input (-6.0, 6.0), "Radians to degrees: the product with 180/π.";
        Cbrt cbrt for Float, numpy "cbrt", Ulp(0.501, 0.501), input (-6.0, 6.0), "The cube root, with the sign of the element.";
        Exp exp for Float, numpy "exp", Ulp(0.5001, 0.65), input (-6.0, 6.0), "The exponential, `e` to the power of the element.";
        Exp2 exp2 for Float, numpy "exp2", Ulp(0.53, 0.6), input (-6.0, 6.0), "Two to the power of the element.";
        Exp10 exp10 for Float, numpy "", Ulp(0.54, 0.62), input (-6.0, 6.0), "Ten to the power of the element.";
        Expm1 expm1 for Float, numpy "expm1", Ulp(0.53, 0.65), input (-6.0, 6.0), "`exp(x) - 1`, precise next to 0.";
        Log log for Float, numpy "log", Ulp(0.54, 1.0), input (0.1, 6.0), "The natural logarithm; −inf for zero, NaN for negative elements.";
        Log2 log2 for Float, numpy "log2", Ulp(0.56, 0.75), input (0.1, 6.0), "The logarithm to the base of 2; exact for powers of two, −inf for zero, NaN for negative elements.";
        Log10 log10 for Float, numpy "log10", Ulp(0.54, 0.7), input (0.1, 6.0), "The logarithm to the base of 10; exact for powers of ten, −inf for zero, NaN for negative elements.";
        Log1p log1p for Float, numpy "log1p", Ulp(0.55, 0.7), input (-0.9, 6.0), "`log(1 + x)`, precise next to 0; −inf for −1, NaN below.";
        Sin sin for Float, numpy "sin", Ulp(0.5001, 0.8), input (-6.0, 6.0), "The sine of an angle in radians.";
        Cos cos for Float, numpy "cos", Ulp(0.5001, 0.8), input (-6.0, 6.0), "The cosine of an angle in radians.";
        Sinh sinh for Float, numpy "sinh", Ulp(0.52, 0.65), input (-6.0, 6.0), "The hyperbolic sine.";
        Cosh cosh for Float, numpy "cosh", Ulp(0.53, 0.65), input (-6.0, 6.0), "The hyperbolic cosine.";
        Tan tan for Float, numpy "tan", Ulp(0.95, 0.75), input (-6.0, 6.0), "The tangent of an angle in radians.";
        Asin asin for Float, numpy "arcsin", Ulp(0.75, 0.7), input (-1.0, 1.0), "The inverse sine, an angle from −π/2 to π/2; NaN beyond ±1.";
        Acos acos for Float, numpy "arccos", Ulp(0.7, 0.65), input (-1.0, 1.0), "The inverse cosine, an angle from 0 to π; NaN beyond ±1.";
        Atan atan for Float, numpy "arctan", Ulp(0.8, 0.8), input (-6.0, 6.0), "The inverse tangent, an angle from −π/2 to π/2.";
        Sinpi sinpi for Float, numpy "", Ulp(0.5001, 1.0), input (-6.0, 6.0), "The sine of an angle in half turns, `sin(π x)`; exact for multiples of 1/2.";
        Cospi cospi for Float, numpy "", Ulp(0.5001, 0.8), input (-6.0, 6.0), "The cosine of an angle in half turns, `cos(π x)`; exact for multiples of 1/2.";
        Tanpi tanpi for Float, numpy "", Ulp(0.5001, 1.0), input (-6.0, 6.0), "The tangent of an angle in half turns, `tan(π x)`; exact for multiples of 1/4, ±∞ halfway between integers.";
        Tanh tanh for Float, numpy "tanh", Ulp(0.64, 1.0), input (-6.0, 6.0), "The hyperbolic tangent.";
        Asinh asinh for Float, numpy "arcsinh", Ulp(0.55, 0.7), input (-6.0, 6.0), "The inverse hyperbolic sine.";
        Acosh acosh for Float, numpy "arccosh", Ulp(0.54, 0.7), input (1.0, 6.0), "The inverse hyperbolic cosine; NaN below 1.";
        Atanh atanh for Float, numpy "arctanh", Ulp(0.55, 0.7), input (-0.99, 0.99), "The inverse hyperbolic tangent; ±inf for ±1, NaN beyond.";
        Erf erf for Float, numpy "", Ulp(0.69, 0.7), input (-6.0, 6.0), "The error function, the integral of the normal distribution: `2/sqrt(π)` times the integral of `exp(-t²)` from 0 to the element.";
        Erfc erfc for Float, numpy "", Ulp(0.85, 0.9), input (-6.0, 6.0), "The complement of the error function, `1 - erf(x)`, precise for large elements.";
        Sigmoid sigmoid for Float, numpy "", Ulp(0.54, 0.6), input (-6.0, 6.0), "The logistic function, `1 / (1 + exp(-x))`.";
        Softplus softplus for Float, numpy "", Ulp(0.56, 0.75), input (-6.0, 6.0), "`log(1 + exp(x))`, precise for elements of any size.";
        Logit logit for Float, numpy "", Ulp(0.55, 0.7), input (0.01, 0.99), "The inverse of `sigmoid`, `log(x / (1 - x))`, precise next to 1/2; −inf for 0, inf for 1, NaN outside.";
        BitNot bitwise_not for Bits, numpy "bitwise_not", Exact, input (0.0, 100.0), "Every bit inverted; `not` for bools.";
    } };
}

/// Hands the rows of elementwise operations of two operands, `T, T → T`, to macro `$then`.
#[macro_export]
macro_rules! binary_operations {
    ([$($then:tt)*] $(, $($context:tt)*)?) => { $($then)*! { [$($($context)*)?]
        Add add for Element, numpy "add", Exact, input (-6.0, 6.0), "The sum `a + b`. Integers wrap; for bools it is `or`.";
        Subtract subtract for Number, numpy "subtract", Exact, input (-6.0, 6.0), "The difference `a - b`. Integers wrap.";
        Multiply multiply for Element, numpy "multiply", Exact, input (-6.0, 6.0), "The product `a * b`. Integers wrap; for bools it is `and`; of complex numbers each step rounds.";
        Divide divide for Number, numpy "divide", Exact, input (0.1, 6.0), "The quotient `a / b`. Integers truncate as Rust's do, where NumPy's `divide` gives floats, and panic on division by zero; `MIN / -1` wraps. Of complex numbers each step rounds.";
        Fmod fmod for Real, numpy "fmod", Exact, input (0.1, 6.0), "The remainder of `a / b` cut towards zero, with the sign of `a`: Rust's `%`. Integers panic on division by zero.";
        FloorDivide floor_divide for Real, numpy "floor_divide", EachStep, input (0.1, 6.0), "The quotient `a / b` rounded down: Python's `//`. Integers panic on division by zero; `MIN // -1` wraps. Of floats it is `(a - remainder(a, b)) / b` to the nearest integer, as NumPy has it, exact where `|a / b| < 2^51` (`f32`: `2^22`); ±inf or NaN where `b` is zero, NaN where `a` is infinite.";
        Remainder remainder for Real, numpy "remainder", Exact, input (0.1, 6.0), "What the quotient rounded down leaves of `a`, with the sign of `b`, zeros too: Python's `%`. Integers panic on division by zero. Of floats it is `fmod(a, b)`, plus `b` where the signs differ; NaN where `b` is zero or `a` infinite.";
        Maximum maximum for Ordered, numpy "maximum", Exact, input (-6.0, 6.0), "The larger of two elements. NaN if either is NaN; of two equal elements the first.";
        Minimum minimum for Ordered, numpy "minimum", Exact, input (-6.0, 6.0), "The smaller of two elements. NaN if either is NaN; of two equal elements the first.";
        Fmax fmax for Ordered, numpy "fmax", Exact, input (-6.0, 6.0), "The larger of two elements, or the one that is a number where the other is NaN; of two equal elements the first.";
        Fmin fmin for Ordered, numpy "fmin", Exact, input (-6.0, 6.0), "The smaller of two elements, or the one that is a number where the other is NaN; of two equal elements the first.";
        CopySign copysign for Float, numpy "copysign", Exact, input (-6.0, 6.0), "`a` with the sign of `b`, of zeros and NaN too.";
        NextAfter nextafter for Float, numpy "nextafter", Exact, input (-6.0, 6.0), "The next number from `a` towards `b`; `b` where they are equal, NaN if either is NaN.";
        Scalb scalb for Float, numpy "", Exact, input (-6.0, 6.0), "`a` times two to the power of `b`, rounded once where the result is subnormal; `b` is cut to an integer. NaN if either is NaN. The function `ldexp` takes integers.";
        Heaviside heaviside for Float, numpy "heaviside", Exact, input (-6.0, 6.0), "The step function of `a`: 0 below zero, 1 above, `b` at ±0; NaN stays NaN.";
        Power power for Real, numpy "power", Ulp(0.6, 0.9), input (0.1, 6.0), "`a` to the power of `b`. Exactly `a * a`, `1 / a` and `sqrt(a)` for `b` of 2, −1 and 1/2; 1 for `b` of 0 and for `a` of 1, of NaN too; of negative `a` NaN where `b` is not an integer. Of integers the product wraps; negative exponents are an error.";
        LogAddExp logaddexp for Float, numpy "logaddexp", Ulp(0.95, 0.8), input (-6.0, 6.0), "`log(exp(a) + exp(b))`, without overflow on the way, and precise next to 0.";
        LogAddExp2 logaddexp2 for Float, numpy "logaddexp2", Ulp(0.95, 0.8), input (-6.0, 6.0), "`log2(2^a + 2^b)`, without overflow on the way, and precise next to 0.";
        Hypot hypot for Float, numpy "hypot", Ulp(0.501, 0.501), input (-6.0, 6.0), "The length of the vector (`a`, `b`), `sqrt(a * a + b * b)`, without overflow on the way. Inf where either is infinite, else NaN where either is NaN.";
        Atan2 atan2 for Float, numpy "arctan2", Ulp(0.9, 0.52), input (-6.0, 6.0), "The angle from the positive x axis to the point with y of `a` and x of `b`, from −π to π; its sign is that of `a`, zeros too.";
        BitAnd bitwise_and for Bits, numpy "bitwise_and", Exact, input (0.0, 100.0), "Bitwise `and`.";
        BitOr bitwise_or for Bits, numpy "bitwise_or", Exact, input (0.0, 100.0), "Bitwise `or`.";
        BitXor bitwise_xor for Bits, numpy "bitwise_xor", Exact, input (0.0, 100.0), "Bitwise `exclusive or`.";
        ShiftLeft left_shift for Integer, numpy "left_shift", Exact, input (0.0, 7.0), "Bits moved to the left. A count below zero or not below the width gives 0.";
        ShiftRight right_shift for Integer, numpy "right_shift", Exact, input (0.0, 7.0), "Bits moved to the right, the sign kept. A count below zero or not below the width gives 0, or −1 for negative elements.";
        Gcd gcd for Integer, numpy "gcd", Exact, input (0.0, 100.0), "The greatest common divisor of `|a|` and `|b|`; of zero and `b` it is `|b|`. Where it is `-MIN` it wraps to `MIN`.";
        Lcm lcm for Integer, numpy "lcm", Exact, input (0.0, 100.0), "The least common multiple of `|a|` and `|b|`, 0 if either is 0. Wraps.";
    } };
}

/// Hands the rows of comparisons, `T, T → bool`, to macro `$then`.
#[macro_export]
macro_rules! compare_operations {
    ([$($then:tt)*] $(, $($context:tt)*)?) => { $($then)*! { [$($($context)*)?]
        Equal equal for Element, numpy "equal", Exact, input (-6.0, 6.0), "Whether `a == b`. NaN equals nothing; −0 equals +0.";
        NotEqual not_equal for Element, numpy "not_equal", Exact, input (-6.0, 6.0), "Whether `a != b`. NaN differs from everything.";
        Less less for Ordered, numpy "less", Exact, input (-6.0, 6.0), "Whether `a < b`; false where either is NaN.";
        LessEqual less_equal for Ordered, numpy "less_equal", Exact, input (-6.0, 6.0), "Whether `a <= b`; false where either is NaN.";
        Greater greater for Ordered, numpy "greater", Exact, input (-6.0, 6.0), "Whether `a > b`; false where either is NaN.";
        GreaterEqual greater_equal for Ordered, numpy "greater_equal", Exact, input (-6.0, 6.0), "Whether `a >= b`; false where either is NaN.";
        LogicalAnd logical_and for Element, numpy "logical_and", Exact, input (-1.0, 1.0), "Whether both elements are true: not zero. NaN is true.";
        LogicalOr logical_or for Element, numpy "logical_or", Exact, input (-1.0, 1.0), "Whether either element is true: not zero. NaN is true.";
        LogicalXor logical_xor for Element, numpy "logical_xor", Exact, input (-1.0, 1.0), "Whether exactly one of the elements is true: not zero. NaN is true.";
    } };
}

/// Hands the rows of predicates, `T → bool`, to macro `$then`.
#[macro_export]
macro_rules! predicate_operations {
    ([$($then:tt)*] $(, $($context:tt)*)?) => { $($then)*! { [$($($context)*)?]
        IsNan isnan for Element, numpy "isnan", Exact, input (-6.0, 6.0), "Whether the element is NaN, of a complex number either part. Integers and bools never are.";
        IsInf isinf for Element, numpy "isinf", Exact, input (-6.0, 6.0), "Whether the element is infinite, of either sign; of a complex number either part. Integers and bools never are.";
        IsFinite isfinite for Element, numpy "isfinite", Exact, input (-6.0, 6.0), "Whether the element is neither infinite nor NaN; of a complex number both parts. Integers and bools always are.";
        IsNegInf isneginf for Real, numpy "isneginf", Exact, input (-6.0, 6.0), "Whether the element is −inf. Integers never are.";
        IsPosInf isposinf for Real, numpy "isposinf", Exact, input (-6.0, 6.0), "Whether the element is +inf. Integers never are.";
        SignBit signbit for Real, numpy "signbit", Exact, input (-6.0, 6.0), "Whether the sign is set: of integers below zero, of floats −0 and NaN of that sign, too.";
        LogicalNot logical_not for Element, numpy "logical_not", Exact, input (-1.0, 1.0), "Whether the element is false: zero. NaN is true.";
    } };
}

/// Hands the rows of elementwise operations of three operands, `T, T, T → T`, to macro `$then`.
#[macro_export]
macro_rules! ternary_operations {
    ([$($then:tt)*] $(, $($context:tt)*)?) => { $($then)*! { [$($($context)*)?]
        MulAdd mul_add for Float, numpy "", Exact, input (-6.0, 6.0), "`a * b + c`, rounded once.";
        Clip clip for Ordered, numpy "clip", Exact, input (-6.0, 6.0), "`a` limited to [`low`, `high`]: `minimum(maximum(a, low), high)`. NaN stays NaN; where `low > high` the result is `high`.";
    } };
}

/// Hands the rows of reductions to macro `$then`. Their kernels have signatures of their own, so a row only
/// says what exists.
#[macro_export]
macro_rules! reduce_operations {
    ([$($then:tt)*] $(, $($context:tt)*)?) => { $($then)*! { [$($($context)*)?]
        Sum sum for Element, numpy "sum", EachStep, input (-6.0, 6.0), "The sum of the elements; 0 for none. Integers and bools widen to 64 bits and wrap. Floats add pairwise: of `n ≥ 1024` elements the error is at most about `(37 + log₂(n / 1024)) · ε/2 · Σ|x|`.";
        Prod prod for Element, numpy "prod", EachStep, input (0.9, 1.1), "The product of the elements; 1 for none. Integers and bools widen to 64 bits and wrap. Of `n` floats the relative error is at most about `n · ε/2`.";
        Mean mean for Element, numpy "mean", EachStep, input (-6.0, 6.0), "The arithmetic mean; NaN for no elements. Integers and bools give `f64`, those of 64 bits as a sum of `f64`. The error is that of the sum, divided by the number, and one rounding.";
        Var var for Real, numpy "var", EachStep, input (-6.0, 6.0), "The variance: the mean squared deviation from the mean. Computed in `f64` in two passes: of `n ≥ 1024` elements the relative error is at most about `(40 + log₂(n / 1024)) · 2⁻⁵³`, the square of the mean's error is added, and the result is rounded to `f32` for such elements. Integers of 64 bits are rounded to `f64` first.";
        Std std for Real, numpy "std", EachStep, input (-6.0, 6.0), "The standard deviation, the square root of the variance, with half its relative error and one rounding.";
        Max max for Ordered, numpy "max", Exact, input (-6.0, 6.0), "The largest element; NaN if any is NaN. No elements is an error.";
        Min min for Ordered, numpy "min", Exact, input (-6.0, 6.0), "The smallest element; NaN if any is NaN. No elements is an error.";
        ArgMax argmax for Ordered, numpy "argmax", Exact, input (-6.0, 6.0), "The index of the largest element, the first of several; a NaN counts as largest. No elements is an error.";
        ArgMin argmin for Ordered, numpy "argmin", Exact, input (-6.0, 6.0), "The index of the smallest element, the first of several; a NaN counts as smallest. No elements is an error.";
        Any any for Element, numpy "any", Exact, input (0.0, 1.0), "Whether any element is true (not zero; NaN is true); false for none.";
        All all for Element, numpy "all", Exact, input (0.0, 1.0), "Whether all elements are true (not zero; NaN is true); true for none.";
        CountNonzero count_nonzero for Element, numpy "count_nonzero", Exact, input (0.0, 1.0), "The number of elements that are not zero; NaN counts.";
        SumSquares sum_squares for Float, numpy "", EachStep, input (-6.0, 6.0), "The sum of the squares of the elements, accumulated in `f64`: of `n ≥ 1024` elements the relative error is at most about `(37 + log₂(n / 1024)) · 2⁻⁵³`, and one rounding of `f32`.";
    } };
}

macro_rules! family {
    ([$enum:ident, $doc:literal]
        $($variant:ident $name:ident for $class:ident, numpy $numpy:literal, $accuracy:ident $(($($ulp:literal),*))?,
          input ($low:literal, $high:literal), $line:literal;)*) => {
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum $enum { $(#[doc = $line] $variant,)* }

        impl $enum {
            /// The rows of the family, in order.
            pub const ROWS: &'static [Row<$enum>] = &[$(Row {
                op: $enum::$variant,
                name: stringify!($name),
                class: Class::$class,
                numpy: $numpy,
                accuracy: Accuracy::$accuracy $(($($ulp),*))?,
                input: ($low, $high),
            }),*];

            /// The row of this operation.
            pub fn row(self) -> &'static Row<$enum> {
                &Self::ROWS[self as usize]
            }

            /// The name of the function and the method.
            pub fn name(self) -> &'static str {
                self.row().name
            }
        }
    };
}

unary_operations!([family], Unary, "Elementwise operations of one operand, `T → T`.");
binary_operations!([family], Binary, "Elementwise operations of two operands, `T, T → T`.");
compare_operations!([family], Compare, "Comparisons, `T, T → bool`.");
predicate_operations!([family], Predicate, "Predicates, `T → bool`.");
ternary_operations!([family], Ternary, "Elementwise operations of three operands, `T, T, T → T`.");
reduce_operations!([family], Reduce, "Reductions.");

impl Binary {
    /// The operation that does the same to elements of `dtype`: without NaN, `fmax` is `maximum`. Kernels are compiled for
    /// that one only.
    pub fn same_for(self, dtype: DType) -> Binary {
        match self {
            Binary::Fmax if !Class::Float.contains(dtype) => Binary::Maximum,
            Binary::Fmin if !Class::Float.contains(dtype) => Binary::Minimum,
            op => op,
        }
    }

    /// Whether it divides by its second operand, which must not be zero where elements are integers.
    pub fn divides(self) -> bool {
        matches!(self, Binary::Divide | Binary::Fmod | Binary::FloorDivide | Binary::Remainder)
    }
}
