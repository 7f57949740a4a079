//! An operation of one element type, and its answers.

use super::layouts::Layout;
use isonum::Array;
use isonum_core::{ArrayLike, Complex32, Complex64, DType, Result, Storage};
use isonum_kernels::agreement::values::Value;
use std::any::Any;

/// One operation of one element type.
pub struct Operation {
    /// Its name in the registry, or that of the driver.
    pub name: String,
    /// Of its operands.
    pub dtype: DType,
    /// Whether its answer keeps the bits of NaNs: it moves elements and computes nothing.
    pub moves: bool,
    /// The layouts that its operands can have.
    pub layouts: &'static [Layout],
    prepare: Box<Prepare>,
}

/// Makes operands of a layout and about so many elements.
type Prepare = dyn Fn(Layout, usize) -> Result<Box<Run>> + Send + Sync;

/// Computes on the backend and the threads of the caller.
pub type Run = dyn Fn() -> Result<Vec<Box<dyn Answer>>>;

impl Operation {
    /// An operation on operands of `T` that computes something.
    pub fn new<T: Value>(
        name: impl Into<String>,
        prepare: impl Fn(Layout, usize) -> Result<Box<Run>> + Send + Sync + 'static,
    ) -> Operation {
        let (name, prepare) = (name.into(), Box::new(prepare));
        Operation { name, dtype: T::DTYPE, moves: false, layouts: &Layout::ALL, prepare }
    }

    /// The same as one that moves elements.
    pub fn moving(self) -> Operation {
        Operation { moves: true, ..self }
    }

    /// The same with operands of these layouts only.
    pub fn only(self, layouts: &'static [Layout]) -> Operation {
        Operation { layouts, ..self }
    }

    /// The operation on operands of that layout and about `n` elements.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn prepare(&self, layout: Layout, n: usize) -> Result<Box<Run>> {
        (self.prepare)(layout, n)
    }
}

/// A result of any type.
pub trait Answer: Any {
    /// The first difference to the answer of another run of the operation: where, and what both are.
    fn difference(&self, expected: &dyn Answer, moves: bool) -> Option<String>;
}

impl<T: Value> Answer for Storage<T> {
    fn difference(&self, expected: &dyn Answer, moves: bool) -> Option<String> {
        let expected = (expected as &dyn Any).downcast_ref::<Storage<T>>().expect("answers of one operation");
        if self.layout().shape() != expected.layout().shape() {
            return Some(format!(
                "shape {:?} instead of {:?}",
                self.layout().shape(),
                expected.layout().shape()
            ));
        }
        let (Some(found), Some(wanted)) = (self.as_slice(), expected.as_slice()) else {
            let pairs = self.iter().zip(expected.iter()).enumerate();
            return first(pairs.map(|(i, (a, b))| (i, *a, *b)), moves);
        };
        // Whole chunks at first: compilers make vectors of a loop that does not stop.
        let chunks = found.chunks(4096).zip(wanted.chunks(4096)).enumerate();
        let differs = |(_, (a, b)): &(usize, (&[T], &[T]))| {
            !a.iter().zip(*b).fold(true, |same, (a, b)| same & a.identical(*b))
        };
        chunks.filter(differs).find_map(|(k, (a, b))| {
            first(a.iter().zip(b).enumerate().map(|(i, (a, b))| (4096 * k + i, *a, *b)), moves)
        })
    }
}

fn first<T: Value>(mut pairs: impl Iterator<Item = (usize, T, T)>, moves: bool) -> Option<String> {
    let differ = |&(_, a, b): &(usize, T, T)| if moves { !a.identical(b) } else { !a.same(b) };
    pairs.find(differ).map(|(i, found, wanted)| {
        let digits = 2 * size_of::<T>();
        let (a, b) = (found.bits(), wanted.bits());
        format!("element {i} is {found:?} (0x{a:0digits$x}) instead of {wanted:?} (0x{b:0digits$x})")
    })
}

/// What operations return.
pub trait IntoAnswer {
    /// As an array.
    fn into_answer(self) -> Result<Box<dyn Answer>>;
}

impl<T: Value> IntoAnswer for Storage<T> {
    fn into_answer(self) -> Result<Box<dyn Answer>> {
        Ok(Box::new(self))
    }
}

impl<T: Value> IntoAnswer for Array<T> {
    fn into_answer(self) -> Result<Box<dyn Answer>> {
        Ok(Box::new(self.as_storage().expect("an array").clone()))
    }
}

impl IntoAnswer for usize {
    fn into_answer(self) -> Result<Box<dyn Answer>> {
        (self as u64).into_answer()
    }
}

macro_rules! elements {
    ($($type:ty)*) => {$(
        impl IntoAnswer for $type {
            fn into_answer(self) -> Result<Box<dyn Answer>> {
                Storage::full(&[], self)?.into_answer()
            }
        }
    )*};
}
elements!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64);
