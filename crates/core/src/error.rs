//! The one error of core, runtime and the facade.
//!
//! [`Error`] is one word, so fallible operations return as cheaply as others; what went wrong is an
//! [`ErrorKind`] behind it, with the shapes, axes and indices in question.

#[cfg(test)]
mod tests;

use crate::element::DType;
use std::fmt;

/// A result whose error is [`Error`] unless said otherwise.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in one word of memory. [`Error::kind`] has the details, [`Error::operation`] says where.
pub struct Error(Box<Failure>);

struct Failure {
    /// The innermost operation that has named itself.
    operation: Option<&'static str>,
    kind: ErrorKind,
}

/// A shape, or indices with the signs they came with, as errors hold them.
pub type ErrorShape<T = usize> = Box<[T]>;

/// What went wrong, with its numbers.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The shapes of operands do not broadcast to one.
    #[error("{operation}: cannot broadcast {}: axis {axis} is {} and {}", Together(shapes), sizes.0, sizes.1)]
    Broadcast {
        /// The operation.
        operation: &'static str,
        /// The shapes of all operands.
        shapes: Vec<ErrorShape>,
        /// The first axis that does not fit, counted in the shape of the result.
        axis: usize,
        /// The two lengths that are neither equal nor one.
        sizes: (usize, usize),
    },
    /// An array does not broadcast to a given shape.
    #[error("cannot broadcast {} to {}: {}", Shape(from), Shape(to), BroadcastTo(from, to, *axis))]
    BroadcastTo {
        /// The shape of the array.
        from: ErrorShape,
        /// The shape asked for.
        to: ErrorShape,
        /// The first axis of `to` that does not fit; `None` if `to` has too few axes.
        axis: Option<usize>,
    },
    /// An output or an assigned array has another shape than needed.
    #[error("{operation}: expected shape {}, found {}", Shape(expected), Shape(found))]
    ShapeMismatch {
        /// The operation.
        operation: &'static str,
        /// The shape needed.
        expected: ErrorShape,
        /// The shape given.
        found: ErrorShape,
    },
    /// An array cannot be joined to those before it.
    #[error(
        "{operation}: array {index} of shape {} does not fit array 0 of shape {}: {}",
        Shape(shape),
        Shape(first),
        Joined(shape, first, *axis)
    )]
    Join {
        /// The operation.
        operation: &'static str,
        /// Which of the arrays it is, counted from 0.
        index: usize,
        /// Its shape.
        shape: ErrorShape,
        /// The shape of the first array.
        first: ErrorShape,
        /// The first axis whose lengths should be equal and are not; `None` if the numbers of axes differ.
        axis: Option<usize>,
    },
    /// Two arrays cannot be multiplied as matrices.
    #[error("matmul: {} with {}: {}", Shape(a), Shape(b), Matmul(a, b))]
    Matmul {
        /// The shape of the first operand.
        a: ErrorShape,
        /// The shape of the second operand.
        b: ErrorShape,
    },
    /// Data has another number of elements than its shape.
    #[error("shape {} does not hold {len} elements", Shape(shape))]
    LengthMismatch {
        /// The shape.
        shape: ErrorShape,
        /// The number of elements given.
        len: usize,
    },
    /// There is no such axis.
    #[error("axis {axis} is out of range for an array of {ndim} dimension{}", plural(*ndim))]
    AxisOutOfRange {
        /// The axis as given.
        axis: isize,
        /// The rank of the array.
        ndim: usize,
    },
    /// An axis is named more than once.
    #[error("axis {axis} is given more than once")]
    RepeatedAxis {
        /// The axis, counted from the front.
        axis: usize,
    },
    /// A list of axes has the wrong length.
    #[error("expected {expected} {}, found {found}", if *expected == 1 { "axis" } else { "axes" })]
    AxisCount {
        /// The number needed.
        expected: usize,
        /// The number given.
        found: usize,
    },
    /// An axis that must have length one has another.
    #[error("cannot remove axis {axis} of length {len}")]
    NotUnitAxis {
        /// The axis.
        axis: usize,
        /// Its length.
        len: usize,
    },
    /// The new shape has another number of elements.
    #[error("cannot reshape {len} element{} from {} to {}", plural(*len), Shape(from), Shape(to))]
    Reshape {
        /// The number of elements.
        len: usize,
        /// The shape of the array.
        from: ErrorShape,
        /// The shape asked for, −1 for an axis to be inferred.
        to: ErrorShape<isize>,
    },
    /// More than one axis of a new shape is −1.
    #[error("cannot infer more than one axis of {}", Shape(to))]
    TwoUnknownAxes {
        /// The shape asked for.
        to: ErrorShape<isize>,
    },
    /// A shape has more elements or bytes than can be addressed.
    #[error("shape {} is too large to address", Shape(shape))]
    SizeOverflow {
        /// The shape.
        shape: ErrorShape,
    },
    /// An index is outside of its axis.
    #[error("index {index} is out of bounds for axis {axis} of length {len}")]
    IndexOutOfBounds {
        /// The index as given.
        index: i128,
        /// The axis.
        axis: usize,
        /// The length of the axis.
        len: usize,
    },
    /// The number of indices is not that of dimensions.
    #[error("{given} {} for an array of {ndim} dimension{}", indices(*given), plural(*ndim))]
    IndexCount {
        /// The number of indices.
        given: usize,
        /// The rank of the array.
        ndim: usize,
    },
    /// A slice has more than one ellipsis.
    #[error("a slice can have only one ellipsis, found {found}")]
    Ellipses {
        /// The number of them.
        found: usize,
    },
    /// A slice has step zero.
    #[error("the slice step of axis {axis} is zero")]
    ZeroStep {
        /// The axis.
        axis: usize,
    },
    /// A reduction that has no value for no elements got none.
    #[error("{operation} of no elements: {}", Within(*axis, shape))]
    EmptyReduction {
        /// The reduction.
        operation: &'static str,
        /// The reduced axis without elements, if one was named.
        axis: Option<usize>,
        /// The shape of the array.
        shape: ErrorShape,
    },
    /// Elements that are to be written share memory.
    #[error(
        "elements of shape {} with strides {} overlap in memory and cannot be written",
        Shape(shape),
        Shape(strides)
    )]
    Overlap {
        /// The shape.
        shape: ErrorShape,
        /// The strides, in elements.
        strides: ErrorShape<isize>,
    },
    /// The allocator has no more memory.
    #[error("cannot allocate {bytes} bytes")]
    OutOfMemory {
        /// The number of bytes asked for.
        bytes: usize,
    },
    /// An array has another element type than needed.
    #[error("{operation}: expected {expected}, found {found}")]
    DTypeMismatch {
        /// The operation.
        operation: &'static str,
        /// The element type needed.
        expected: DType,
        /// The element type given.
        found: DType,
    },
    /// An argument has a value that the operation does not accept.
    #[error("{name}: {message}")]
    InvalidArgument {
        /// The name of the argument.
        name: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A file does not hold what its format promises.
    #[error("{format}: {message}")]
    Format {
        /// The format, such as `"npy"`.
        format: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An integer divided by zero.
    #[error("{operation}: division of an integer by zero")]
    DivisionByZero {
        /// The operation.
        operation: &'static str,
    },
    /// An integer to the power of a negative one.
    #[error("{operation}: negative powers of integers are fractions: convert to floats first")]
    NegativeExponent {
        /// The operation.
        operation: &'static str,
    },
    /// There is no backend of this name here.
    #[error("backend {name:?} is not available: choose from {}", available.join(", "))]
    BackendUnavailable {
        /// The name asked for.
        name: String,
        /// The names of those available.
        available: Vec<String>,
    },
}

impl Error {
    /// What went wrong.
    #[inline]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// What went wrong, by value.
    pub fn into_kind(self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that failed, if it is known.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.kind.operation().or(self.0.operation)
    }

    /// Says which operation failed, if that is not known yet.
    #[cold]
    pub fn name_operation(&mut self, operation: &'static str) {
        self.0.operation.get_or_insert(operation);
    }
}

impl ErrorKind {
    /// The operation, where it is part of the message.
    fn operation(&self) -> Option<&'static str> {
        match self {
            Kind::Broadcast { operation, .. }
            | Kind::ShapeMismatch { operation, .. }
            | Kind::Join { operation, .. }
            | Kind::EmptyReduction { operation, .. }
            | Kind::DTypeMismatch { operation, .. }
            | Kind::DivisionByZero { operation }
            | Kind::NegativeExponent { operation } => Some(operation),
            Kind::Matmul { .. } => Some("matmul"),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Kinds that know their operation begin with it, and so do arguments that are called like it.
        if let (None, Some(operation)) = (self.0.kind.operation(), self.0.operation)
            && !matches!(self.0.kind, Kind::InvalidArgument { name, .. } if operation.starts_with(name))
        {
            write!(f, "{operation}: ")?;
        }
        self.0.kind.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.kind.source()
    }
}

impl From<ErrorKind> for Error {
    #[cold]
    fn from(kind: ErrorKind) -> Self {
        Error(Box::new(Failure { operation: None, kind }))
    }
}

impl From<std::io::Error> for Error {
    #[cold]
    fn from(error: std::io::Error) -> Self {
        ErrorKind::Io(error).into()
    }
}

// What `unwrap` prints: the sentence, not the structure.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&format_args!("{self}")).finish()
    }
}

macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident ($($arg:ident: $type:ty),*) => $kind:expr;)*) => {
        impl Error {
            $($(#[$doc])* #[cold] pub fn $name($($arg: $type),*) -> Error { $kind.into() })*
        }
    };
}

use ErrorKind as Kind;

constructors! {
    /// [`ErrorKind::Broadcast`].
    broadcast(operation: &'static str, shapes: &[&[usize]], axis: usize, sizes: (usize, usize)) =>
        Kind::Broadcast { operation, shapes: shapes.iter().map(|&s| s.into()).collect(), axis, sizes };
    /// [`ErrorKind::BroadcastTo`].
    broadcast_to(from: &[usize], to: &[usize], axis: Option<usize>) =>
        Kind::BroadcastTo { from: from.into(), to: to.into(), axis };
    /// [`ErrorKind::ShapeMismatch`].
    shape_mismatch(operation: &'static str, expected: &[usize], found: &[usize]) =>
        Kind::ShapeMismatch { operation, expected: expected.into(), found: found.into() };
    /// [`ErrorKind::Join`].
    join(operation: &'static str, index: usize, shape: &[usize], first: &[usize], axis: Option<usize>) =>
        Kind::Join { operation, index, shape: shape.into(), first: first.into(), axis };
    /// [`ErrorKind::Matmul`].
    matmul(a: &[usize], b: &[usize]) => Kind::Matmul { a: a.into(), b: b.into() };
    /// [`ErrorKind::LengthMismatch`].
    length_mismatch(shape: &[usize], len: usize) => Kind::LengthMismatch { shape: shape.into(), len };
    /// [`ErrorKind::AxisOutOfRange`].
    axis_out_of_range(axis: isize, ndim: usize) => Kind::AxisOutOfRange { axis, ndim };
    /// [`ErrorKind::RepeatedAxis`].
    repeated_axis(axis: usize) => Kind::RepeatedAxis { axis };
    /// [`ErrorKind::AxisCount`].
    axis_count(expected: usize, found: usize) => Kind::AxisCount { expected, found };
    /// [`ErrorKind::NotUnitAxis`].
    not_unit_axis(axis: usize, len: usize) => Kind::NotUnitAxis { axis, len };
    /// [`ErrorKind::Reshape`].
    reshape(len: usize, from: &[usize], to: &[isize]) =>
        Kind::Reshape { len, from: from.into(), to: to.into() };
    /// [`ErrorKind::TwoUnknownAxes`].
    two_unknown_axes(to: &[isize]) => Kind::TwoUnknownAxes { to: to.into() };
    /// [`ErrorKind::SizeOverflow`].
    size_overflow(shape: &[usize]) => Kind::SizeOverflow { shape: shape.into() };
    /// [`ErrorKind::IndexOutOfBounds`].
    index_out_of_bounds(index: i128, axis: usize, len: usize) =>
        Kind::IndexOutOfBounds { index, axis, len };
    /// [`ErrorKind::IndexCount`].
    index_count(given: usize, ndim: usize) => Kind::IndexCount { given, ndim };
    /// [`ErrorKind::Ellipses`].
    ellipses(found: usize) => Kind::Ellipses { found };
    /// [`ErrorKind::ZeroStep`].
    zero_step(axis: usize) => Kind::ZeroStep { axis };
    /// [`ErrorKind::EmptyReduction`].
    empty_reduction(operation: &'static str, axis: Option<usize>, shape: &[usize]) =>
        Kind::EmptyReduction { operation, axis, shape: shape.into() };
    /// [`ErrorKind::Overlap`].
    overlap(shape: &[usize], strides: &[isize]) =>
        Kind::Overlap { shape: shape.into(), strides: strides.into() };
    /// [`ErrorKind::OutOfMemory`].
    out_of_memory(bytes: usize) => Kind::OutOfMemory { bytes };
    /// [`ErrorKind::DTypeMismatch`].
    dtype_mismatch(operation: &'static str, expected: DType, found: DType) =>
        Kind::DTypeMismatch { operation, expected, found };
    /// [`ErrorKind::InvalidArgument`].
    invalid_argument(name: &'static str, message: impl Into<String>) =>
        Kind::InvalidArgument { name, message: message.into() };
    /// [`ErrorKind::Format`].
    format(format: &'static str, message: impl Into<String>) =>
        Kind::Format { format, message: message.into() };
    /// [`ErrorKind::DivisionByZero`].
    division_by_zero(operation: &'static str) => Kind::DivisionByZero { operation };
    /// [`ErrorKind::NegativeExponent`].
    negative_exponent(operation: &'static str) => Kind::NegativeExponent { operation };
    /// [`ErrorKind::BackendUnavailable`].
    backend_unavailable(name: &str, available: &[&str]) => Kind::BackendUnavailable {
        name: name.into(),
        available: available.iter().map(|&name| name.into()).collect(),
    };
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn indices(n: usize) -> &'static str {
    if n == 1 { "index" } else { "indices" }
}

/// A shape as NumPy prints it: `(3, 4)`, `(2,)`, `()`.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a, T>(pub &'a [T]);

impl<T: fmt::Display> fmt::Display for Shape<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [one] = self.0 {
            return write!(f, "({one},)");
        }
        f.write_str("(")?;
        for (i, n) in self.0.iter().enumerate() {
            write!(f, "{}{n}", if i == 0 { "" } else { ", " })?;
        }
        f.write_str(")")
    }
}

/// `(3, 4) with (2,) and ()`.
struct Together<'a>(&'a [ErrorShape]);

impl fmt::Display for Together<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, shape) in self.0.iter().enumerate() {
            write!(f, "{}{}", ["", " with ", " and "][i.min(2)], Shape(shape))?;
        }
        Ok(())
    }
}

/// Why one shape does not broadcast to another.
struct BroadcastTo<'a>(&'a [usize], &'a [usize], Option<usize>);

impl fmt::Display for BroadcastTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BroadcastTo(from, to, axis) = *self;
        match axis.and_then(|axis| Some((axis, from.get((axis + from.len()).checked_sub(to.len())?)?))) {
            Some((axis, n)) => write!(f, "axis {axis} is {n} and {}", to[axis]),
            None => write!(f, "{} axes do not fit in {}", from.len(), to.len()),
        }
    }
}

/// Why two shapes are not those of arrays that can be joined.
struct Joined<'a>(&'a [usize], &'a [usize], Option<usize>);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.2.and_then(|axis| Some((axis, self.0.get(axis)?, self.1.get(axis)?))) {
            Some((axis, n, first)) => write!(f, "axis {axis} is {n} and {first}"),
            None => write!(f, "they have {} and {} axes", self.0.len(), self.1.len()),
        }
    }
}

/// Why two shapes are not those of a matrix product.
struct Matmul<'a>(&'a [usize], &'a [usize]);

impl fmt::Display for Matmul<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (columns, rows) = match (self.0, self.1) {
            ([], _) => return f.write_str("the first operand has no axes"),
            (_, []) => return f.write_str("the second operand has no axes"),
            ([.., k], [l] | [.., l, _]) => (*k, *l),
        };
        let a = if self.0.len() == 1 { "element" } else { "column" };
        let b = if self.1.len() == 1 { "element" } else { "row" };
        write!(f, "{columns} {a}{} and {rows} {b}{} differ", plural(columns), plural(rows))
    }
}

/// `axis 0 of shape (0, 3)`.
struct Within<'a>(Option<usize>, &'a [usize]);

impl fmt::Display for Within<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(axis) = self.0 {
            write!(f, "axis {axis} of ")?;
        }
        write!(f, "shape {}", Shape(self.1))
    }
}
