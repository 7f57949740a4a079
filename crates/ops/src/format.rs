//! Arrays as text, as NumPy prints them; the formatting traits of the array types call this.
//!
//! Only elements that are printed are looked at, twice: once for the width that all of them get, once to print
//! them. Nothing here is generic but the two entry points, so that the element types share the code.

mod cell;
mod real;
#[cfg(test)]
mod tests;

use cell::{Cells, Value};
use isonum_core::error::Shape;
use isonum_core::{Dims, Element, View};
use std::fmt::{self, Write};

/// Arrays with more elements are summarised.
const THRESHOLD: usize = 1000;
/// How many positions at either end of an axis a summary shows.
const EDGE: usize = 3;
/// The length of a line.
const WIDTH: usize = 75;

/// Writes the elements as NumPy's `str` does.
///
/// Floats have the fewest digits that tell them from their neighbours, at most 8 after the point, and share an
/// exponent or have none. Arrays of more than 1000 elements show three at either end of each axis; `{:#}` shows
/// all. A precision, as in `{:.3}`, sets the number of digits after the point, exactly: NumPy's
/// `array2string(a, precision=3, floatmode='fixed')`.
pub(crate) fn display<T: Element>(view: &View<'_, T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let (0, None, Some(&scalar)) = (view.ndim(), f.precision(), view.first()) {
        return Value::from(scalar).write_scalar(f);
    }
    let threshold = if f.alternate() { usize::MAX } else { THRESHOLD };
    let at = |index: &[isize]| Value::from(element(view, index));
    Printer::new(view.shape(), &at, threshold, Style { separator: " ", indent: 0, width: WIDTH })
        .print(f.precision(), f)?;
    Ok(())
}

/// Writes the elements as NumPy's `repr` does, with element type, shape and strides (in elements) behind them:
/// `array([1., 2.], dtype=float64, shape=(2,), strides=(1,))`.
pub(crate) fn debug<T: Element>(view: &View<'_, T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const BEFORE: &str = "array(";
    f.write_str(BEFORE)?;
    let at = |index: &[isize]| Value::from(element(view, index));
    let style = Style { separator: ", ", indent: BEFORE.len(), width: WIDTH - 1 };
    let column = Printer::new(view.shape(), &at, THRESHOLD, style).print(f.precision(), f)?;
    let (dtype, shape, strides) = (T::DTYPE, Shape(view.shape()), Shape(view.strides()));
    let facts = format!("dtype={dtype}, shape={shape}, strides={strides})");
    // On the same line if they fit behind a comma and a space.
    match column + 2 + facts.len() <= WIDTH {
        true => write!(f, ", {facts}"),
        false => {
            f.write_str(",\n")?;
            fill(f, ' ', BEFORE.len())?;
            f.write_str(&facts)
        }
    }
}

fn element<T: Element>(view: &View<'_, T>, index: &[isize]) -> T {
    *view.at(index).expect("printed positions are within the shape")
}

/// Writes `n` times `c`: widths of the formatting language end at 65535.
fn fill(f: &mut dyn Write, c: char, n: usize) -> fmt::Result {
    (0..n).try_for_each(|_| f.write_char(c))
}

/// How an array is laid out on lines.
struct Style {
    /// Between elements.
    separator: &'static str,
    /// The column in which the array begins.
    indent: usize,
    /// The longest line, short of what comes after the array.
    width: usize,
}

/// The shape of an array and which of its positions are printed.
struct Printer<'a> {
    shape: &'a [usize],
    at: &'a dyn Fn(&[isize]) -> Value,
    summarised: bool,
    style: Style,
}

impl<'a> Printer<'a> {
    fn new(
        shape: &'a [usize],
        at: &'a dyn Fn(&[isize]) -> Value,
        threshold: usize,
        style: Style,
    ) -> Printer<'a> {
        let len = shape.iter().fold(1, |len: usize, &n| len.saturating_mul(n));
        Printer { shape, at, summarised: len > threshold, style }
    }

    /// The printed position of `axis` that comes after `i`.
    fn next(&self, axis: usize, i: isize) -> Option<isize> {
        let (n, edge) = (self.shape[axis] as isize, EDGE as isize);
        let next = if self.summarised && n > 2 * edge && i + 1 == edge { n - edge } else { i + 1 };
        (next < n).then_some(next)
    }

    /// Moves `index` to the next printed element in C order, of those that differ in `axes` only.
    fn advance(&self, index: &mut [isize], axes: std::ops::Range<usize>) -> bool {
        for axis in axes.rev() {
            if let Some(next) = self.next(axis, index[axis]) {
                index[axis] = next;
                return true;
            }
            index[axis] = 0;
        }
        false
    }

    /// Writes the array. Returns the column after it, counted from the start of its last line.
    fn print(&self, precision: Option<usize>, f: &mut dyn Write) -> Result<usize, fmt::Error> {
        let ndim = self.shape.len();
        if self.shape.contains(&0) {
            f.write_str("[]")?;
            return Ok(self.style.indent + 2);
        }
        let mut index = Dims::filled(ndim, 0isize);
        let cells = Cells::new(ndim == 0, precision, |visit| {
            loop {
                visit((self.at)(&index));
                if !self.advance(&mut index, 0..ndim) {
                    break;
                }
            }
        });
        let Some(last) = ndim.checked_sub(1) else {
            let mut word = String::new();
            cells.write((self.at)(&[]), &mut word);
            f.write_str(&word)?;
            return Ok(self.style.indent + word.len());
        };
        fill(f, '[', ndim)?;
        loop {
            let column = self.row(&cells, &mut index, f)?;
            // The brackets of every axis that ends here, then the next position of the first that does not.
            let mut axis = last;
            f.write_char(']')?;
            loop {
                if axis == 0 {
                    return Ok(column + ndim);
                }
                axis -= 1;
                if let Some(next) = self.next(axis, index[axis]) {
                    self.between(axis, f)?;
                    if next != index[axis] + 1 {
                        f.write_str("...")?;
                        self.between(axis, f)?;
                    }
                    index[axis] = next;
                    break;
                }
                index[axis] = 0;
                f.write_char(']')?;
            }
            fill(f, '[', last - axis)?;
        }
    }

    /// What stands between two positions of an axis that is not the last: a line end for each axis within, and
    /// the indent of the next position.
    fn between(&self, axis: usize, f: &mut dyn Write) -> fmt::Result {
        f.write_str(self.style.separator.trim_end())?;
        fill(f, '\n', self.shape.len() - 1 - axis)?;
        fill(f, ' ', self.style.indent + 1 + axis)
    }

    /// Writes the elements along the last axis, and returns the column after them.
    fn row(&self, cells: &Cells, index: &mut [isize], f: &mut dyn Write) -> Result<usize, fmt::Error> {
        let last = index.len() - 1;
        let indent = self.style.indent + index.len();
        // The closing brackets, and a separator if it is longer, must fit as well.
        let width = self.style.width.saturating_sub(last + 1.max(self.style.separator.trim_end().len()));
        let (mut line, mut word) = (String::new(), String::new());
        let mut put = |word: &str| -> Result<usize, fmt::Error> {
            if indent + line.len() + word.len() > width && !line.is_empty() {
                writeln!(f, "{}", line.trim_end())?;
                fill(f, ' ', indent)?;
                line.clear();
            }
            line.push_str(word);
            let column = indent + line.len();
            line.push_str(self.style.separator);
            Ok(column)
        };
        let column = loop {
            word.clear();
            cells.write((self.at)(index), &mut word);
            let column = put(&word)?;
            let Some(next) = self.next(last, index[last]) else { break column };
            if next != index[last] + 1 {
                put("...")?;
            }
            index[last] = next;
        };
        index[last] = 0;
        f.write_str(&line[..column - indent])?;
        Ok(column)
    }
}
