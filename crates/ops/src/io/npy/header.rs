//! The header of a `.npy` file: eight bytes, a length, and a Python dictionary padded with spaces.
//!
//! The grammar is the part of Python that NumPy writes for the element types of arrays: no nesting, so that no
//! text, however hostile, costs more than one pass over it.

use super::{malformed, read_exact};
use isonum_core::error::Shape;
use isonum_core::{DType, Error, Layout, Result};
use std::io::Read;

const MAGIC: &[u8] = b"\x93NUMPY";
/// Of the whole header, so that the data that follows is aligned in a mapped file.
const ALIGN: usize = 64;
/// The longest header that is read, as in NumPy. Ours grow by about three bytes for each axis.
const MAX_LEN: usize = 10_000;

/// What a `.npy` file says about its array.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NpyHeader {
    /// The element type.
    pub dtype: DType,
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// Whether the elements are in Fortran order: the first axis varies fastest.
    pub fortran_order: bool,
    /// Whether each element begins with its most significant byte.
    pub big_endian: bool,
    /// Where in the file the elements begin.
    pub data_offset: u64,
}

impl NpyHeader {
    /// The header that `reader` gives. What comes next are the elements.
    ///
    /// # Errors
    /// If it is none, or names an element type that arrays cannot hold, or more elements than can be addressed.
    pub(super) fn read(mut reader: impl Read) -> Result<NpyHeader> {
        let mut start = [0; 8];
        read_exact(&mut reader, &mut start, "header")?;
        let Some(&[major, minor]) = start.strip_prefix(MAGIC) else {
            return Err(malformed("the file does not begin with \\x93NUMPY"));
        };
        let mut size = [0; 4];
        let size_len = match (major, minor) {
            (1, 0) => 2,
            (2 | 3, 0) => 4,
            _ => return Err(malformed(format!("version {major}.{minor} is not known"))),
        };
        read_exact(&mut reader, &mut size[..size_len], "header")?;
        let len = u32::from_le_bytes(size) as usize;
        if len > MAX_LEN {
            return Err(malformed(format!("the header has {len} bytes, more than {MAX_LEN}")));
        }
        let mut text = vec![0; len];
        read_exact(&mut reader, &mut text, "header")?;
        parse(&text, (start.len() + size_len + len) as u64)
    }

    /// Where the elements lie in memory when they lie as in the file.
    pub(super) fn layout(&self) -> Result<Layout> {
        let axes = 0..self.shape.len();
        let order: Vec<usize> = if self.fortran_order { axes.rev().collect() } else { axes.collect() };
        Layout::ordered(&self.shape, &order)
    }

    /// The number of bytes that the elements take.
    pub(super) fn data_len(&self) -> u64 {
        // It does not overflow: see `parse`.
        self.shape.iter().product::<usize>() as u64 * self.dtype.size() as u64
    }
}

/// The header of version 1.0 for an array: byte for byte NumPy's.
///
/// # Errors
/// If it would be too long to be read again, for thousands of axes.
pub(super) fn encode(dtype: DType, shape: &[usize], fortran_order: bool) -> Result<Vec<u8>> {
    let order = if fortran_order { "True" } else { "False" };
    let mut text = format!(
        "{{'descr': '{}', 'fortran_order': {order}, 'shape': {}, }}",
        type_string(dtype),
        Shape(shape)
    );
    // NumPy leaves room for the longest axis to grow to any length.
    if let Some(n) = if fortran_order { shape.last() } else { shape.first() } {
        let digits = n.checked_ilog10().unwrap_or(0) as usize + 1;
        text.extend(std::iter::repeat_n(' ', 21 - digits));
    }
    let before = MAGIC.len() + 4;
    // NumPy adds a full line where none is needed.
    let padding = ALIGN - (before + text.len() + 1) % ALIGN;
    text.extend(std::iter::repeat_n(' ', padding));
    text.push('\n');
    if text.len() > MAX_LEN {
        return Err(malformed(format!("{} axes do not fit in a header", shape.len())));
    }
    let len = (text.len() as u16).to_le_bytes();
    Ok([MAGIC, &[1, 0], &len, text.as_bytes()].concat())
}

/// The code that NumPy gives a type: its kind and its size in bytes.
fn code(dtype: DType) -> &'static str {
    match dtype {
        DType::Bool => "b1",
        DType::I8 => "i1",
        DType::I16 => "i2",
        DType::I32 => "i4",
        DType::I64 => "i8",
        DType::U8 => "u1",
        DType::U16 => "u2",
        DType::U32 => "u4",
        DType::U64 => "u8",
        DType::F32 => "f4",
        DType::F64 => "f8",
        DType::C32 => "c8",
        DType::C64 => "c16",
        _ => unreachable!("every element type has a code"),
    }
}

/// The type in this machine's byte order, such as `<f8`.
fn type_string(dtype: DType) -> String {
    let order = match dtype.size() {
        1 => '|',
        _ if cfg!(target_endian = "big") => '>',
        _ => '<',
    };
    format!("{order}{}", code(dtype))
}

/// The type that a string such as `>f8` names, and whether it is big endian.
fn parse_type(string: &str) -> Result<(DType, bool)> {
    let unsupported = |what: &str| malformed(format!("{what} ('{string}') cannot be read"));
    let mut kind = string.chars();
    let order = kind.next();
    let kind = kind.as_str();
    let dtype = DType::ALL.iter().copied().find(|&dtype| code(dtype) == kind);
    match (dtype, order) {
        (Some(dtype), Some('>')) => Ok((dtype, true)),
        (Some(dtype), Some('<')) => Ok((dtype, false)),
        (Some(dtype), Some('|')) if dtype.size() == 1 => Ok((dtype, false)),
        _ => Err(unsupported(match kind.as_bytes().first() {
            Some(b'O') => "Python objects",
            Some(b'S' | b'a' | b'U') => "strings",
            Some(b'M' | b'm') => "dates and times",
            Some(b'V') => "structures",
            _ => "this element type",
        })),
    }
}

/// What the dictionary `text` says, of a file whose elements begin at `data_offset`.
fn parse(text: &[u8], data_offset: u64) -> Result<NpyHeader> {
    let (mut descr, mut fortran_order, mut shape) = (None, None, None);
    let mut literal = Literal { rest: text };
    literal.expect(b"{")?;
    while !literal.eat(b"}") {
        let key = literal.string()?;
        literal.expect(b":")?;
        let repeated = match key.as_str() {
            "descr" if matches!(literal.peek(), Some(b'[' | b'(')) => {
                return Err(malformed("structures cannot be read"));
            }
            "descr" => descr.replace(parse_type(&literal.string()?)?).is_some(),
            "fortran_order" => fortran_order.replace(literal.boolean()?).is_some(),
            "shape" => shape.replace(literal.shape()?).is_some(),
            _ => return Err(malformed(format!("the header has an unknown key {key:?}"))),
        };
        if repeated {
            return Err(malformed(format!("the header has {key:?} more than once")));
        }
        if !literal.eat(b",") && literal.peek() != Some(b'}') {
            return Err(literal.unexpected());
        }
    }
    if literal.peek().is_some() {
        return Err(literal.unexpected());
    }
    let missing = |key| malformed(format!("the header has no {key:?}"));
    let (dtype, big_endian) = descr.ok_or_else(|| missing("descr"))?;
    let fortran_order = fortran_order.ok_or_else(|| missing("fortran_order"))?;
    let shape = shape.ok_or_else(|| missing("shape"))?;
    let elements = Layout::contiguous(&shape)?.len();
    if elements > isize::MAX as usize / dtype.size() {
        return Err(Error::size_overflow(&shape));
    }
    Ok(NpyHeader { dtype, shape, fortran_order, big_endian, data_offset })
}

/// What is left of a Python literal. Space before each token is skipped.
struct Literal<'a> {
    rest: &'a [u8],
}

impl Literal<'_> {
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.first().copied()
    }

    fn eat(&mut self, token: &[u8]) -> bool {
        self.peek();
        let after = self.rest.strip_prefix(token);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn expect(&mut self, token: &[u8]) -> Result<()> {
        if self.eat(token) { Ok(()) } else { Err(self.unexpected()) }
    }

    #[cold]
    fn unexpected(&mut self) -> Error {
        match self.peek() {
            None => malformed("the header is not complete"),
            Some(_) => {
                let near = String::from_utf8_lossy(&self.rest[..self.rest.len().min(20)]);
                malformed(format!("the header is not what NumPy writes near {near:?}"))
            }
        }
    }

    /// The first bytes as long as `is` says, without the space before them.
    fn take_while(&mut self, is: impl Fn(u8) -> bool) -> &[u8] {
        let end = self.rest.iter().position(|&byte| !is(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// A string in either quotes. None that is understood has an escape in it.
    fn string(&mut self) -> Result<String> {
        let Some(quote @ (b'\'' | b'"')) = self.peek() else { return Err(self.unexpected()) };
        self.rest = &self.rest[1..];
        let string = String::from_utf8_lossy(self.take_while(|byte| byte != quote)).into_owned();
        self.expect(&[quote])?;
        Ok(string)
    }

    fn boolean(&mut self) -> Result<bool> {
        if self.eat(b"True") {
            return Ok(true);
        }
        self.expect(b"False")?;
        Ok(false)
    }

    /// A tuple of lengths.
    fn shape(&mut self) -> Result<Vec<usize>> {
        let mut shape = Vec::new();
        self.expect(b"(")?;
        while !self.eat(b")") {
            shape.push(self.length()?);
            // In Python, `(3)` is a number.
            if !self.eat(b",") && (shape.len() == 1 || self.peek() != Some(b')')) {
                return Err(self.unexpected());
            }
        }
        Ok(shape)
    }

    fn length(&mut self) -> Result<usize> {
        if self.eat(b"-") {
            return Err(malformed("the header has an axis of negative length"));
        }
        self.peek();
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.unexpected());
        }
        let length = std::str::from_utf8(digits).expect("digits are ASCII").parse();
        let length = length.map_err(|_| malformed("the header has an axis too long to address"))?;
        // Python 2 wrote long integers so.
        self.eat(b"L");
        Ok(length)
    }
}
