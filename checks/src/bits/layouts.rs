//! Operands in every layout.

use isonum_core::{Element, Result, SliceItem, Storage, s};
use isonum_kernels::agreement::values::{Stream, Value};

/// How the elements of an operand lie in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// One behind the other.
    Contiguous,
    /// Every other element.
    Step2,
    /// From the last to the first.
    Reversed,
    /// The rows of a matrix as its columns.
    Transposed,
    /// One row for all rows.
    Row,
    /// One element for all.
    Repeated,
    /// One behind the other, from the second element of the buffer on: no vector is aligned.
    Misaligned,
}

impl Layout {
    /// All of them.
    pub const ALL: [Layout; 7] = [
        Layout::Contiguous,
        Layout::Step2,
        Layout::Reversed,
        Layout::Transposed,
        Layout::Row,
        Layout::Repeated,
        Layout::Misaligned,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Contiguous => "contiguous",
            Layout::Step2 => "step 2",
            Layout::Reversed => "reversed",
            Layout::Transposed => "transposed",
            Layout::Row => "a row for all",
            Layout::Repeated => "one element for all",
            Layout::Misaligned => "misaligned",
        }
    }

    /// The shape of operands of `n` elements in this layout, in two dimensions where it needs them. The shape may have a
    /// few elements more or fewer.
    pub fn shape(self, n: usize) -> Vec<usize> {
        let matrix = |short: usize| if n < 1000 { [n, short] } else { [n.div_ceil(1000), 1000] };
        match self {
            Layout::Transposed => matrix(3).to_vec(),
            Layout::Row if n < 1000 => vec![3, n],
            Layout::Row => vec![1000, n.div_ceil(1000)],
            _ => vec![n],
        }
    }

    /// An operand of that shape and layout, of the next values of a stream.
    ///
    /// # Errors
    /// If there is no memory.
    pub fn of<T: Value>(self, shape: &[usize], values: &mut Stream<T>) -> Result<Storage<T>> {
        let mut make = |shape: &[usize]| {
            let n = shape.iter().product();
            Storage::from_vec(values.take(n), shape)
        };
        let last = shape.len() - 1;
        // All axes as they are but the last.
        let inner = |item: SliceItem| {
            let mut items = vec![s![..][0]; last];
            items.push(item);
            items
        };
        let longer = |length: usize| {
            let mut longer = shape.to_vec();
            longer[last] = length;
            longer
        };
        match self {
            Layout::Contiguous => make(shape),
            Layout::Step2 => make(&longer(2 * shape[last]))?.slice(&inner(s![..;2][0])),
            Layout::Reversed => make(shape)?.slice(&inner(s![..;-1][0])),
            Layout::Transposed => {
                let turned: Vec<usize> = shape.iter().rev().copied().collect();
                Ok(make(&turned)?.transpose())
            }
            Layout::Row => make(&shape[last..])?.broadcast_to(shape),
            Layout::Repeated => make(&[1])?.broadcast_to(shape),
            Layout::Misaligned => {
                let n = shape.iter().product::<usize>();
                let shape: Vec<isize> = shape.iter().map(|&n| n as isize).collect();
                make(&[n + 1])?.slice(&s![1..])?.reshape(&shape)
            }
        }
    }
}

/// An output of that shape in C order, of ones: what is not written shows.
///
/// # Errors
/// If there is no memory.
pub fn dirty<T: Element>(shape: &[usize]) -> Result<Storage<T>> {
    Storage::full(shape, T::ONE)
}
