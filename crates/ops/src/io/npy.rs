//! Arrays in NumPy's `.npy` format: a header that is a Python literal, and the elements as they lie in memory.
//!
//! Files are not trusted. Nothing is allocated that a header merely claims: a file's size is compared first, and
//! from other readers memory grows with what has arrived.

mod header;
#[cfg(test)]
mod tests;

pub use header::NpyHeader;

use crate::{Array, ArrayLike};
use isonum_core::bytes::{FromBytes, as_bytes, reserve};
use isonum_core::{Element, Error, ErrorKind, Result, Storage, View};
use std::fs::File;
use std::io::{ErrorKind as IoKind, Read, Write};
use std::path::Path;

/// Bytes moved at once where not everything can be: enough for the system, and they stay in the cache.
const STEP: usize = 256 << 10;
/// Bytes from which the system is told of a file's size beforehand.
const LARGE: usize = 4 << 20;

/// The array in the `.npy` file at `path`.
///
/// Both byte orders and both memory orders are read; data in Fortran order keeps it, without a copy. `true` is any
/// byte but 0, as in NumPy. The element type must be `T`: look with [`npy_header`] first, or convert afterwards.
///
/// # Errors
/// If the file cannot be read, is no `.npy` file, or has another size than its header says; if its elements are
/// not of type `T` or of none that arrays can hold (structures, strings, dates, Python objects, `float16` and
/// `float128` among them); or if there is no memory for them.
///
/// # Examples
/// ```
/// use isonum::io::{load_npy, save_npy};
///
/// let path = std::env::temp_dir().join("isonum-load-npy-example.npy");
/// save_npy(&path, [[1.5, 2.0], [3.0, 4.0]])?;
/// assert_eq!(load_npy::<f64>(&path)?, [[1.5, 2.0], [3.0, 4.0]]);
/// let error = load_npy::<f32>(&path).unwrap_err();
/// assert_eq!(error.to_string(), "load_npy: expected float32, found float64");
/// # std::fs::remove_file(path)?;
/// # Ok::<_, isonum::Error>(())
/// ```
#[doc(alias = "load")]
pub fn load_npy<T: Element>(path: impl AsRef<Path>) -> Result<Array<T>> {
    let path = path.as_ref();
    let load = || {
        let mut file = File::open(path)?;
        let header = NpyHeader::read(&mut file)?;
        expect_dtype::<T>("load_npy", &header)?;
        let metadata = file.metadata()?;
        // A pipe has no size to compare.
        let trusted = metadata.is_file();
        if trusted {
            check_size(&header, metadata.len())?;
        }
        read_elements(file, &header, trusted).map(Array)
    };
    load().map_err(|error| in_file(path, error))
}

/// What the header of the `.npy` file at `path` says. The elements are not looked at.
///
/// # Errors
/// If the file cannot be read, is no `.npy` file, or its elements are of none of the types arrays can hold.
///
/// # Examples
/// ```
/// use isonum::DType;
/// use isonum::io::{npy_header, save_npy};
///
/// let path = std::env::temp_dir().join("isonum-npy-header-example.npy");
/// save_npy(&path, [[1.5f32, 2.0, 2.5]])?;
/// let header = npy_header(&path)?;
/// assert_eq!((header.dtype, &header.shape[..], header.fortran_order), (DType::F32, &[1, 3][..], false));
/// # std::fs::remove_file(path)?;
/// # Ok::<_, isonum::Error>(())
/// ```
pub fn npy_header(path: impl AsRef<Path>) -> Result<NpyHeader> {
    let path = path.as_ref();
    let header = || NpyHeader::read(File::open(path)?);
    header().map_err(|error| in_file(path, error))
}

/// The array that `reader` is about to give in `.npy` format. What comes after it is left unread.
///
/// As [`load_npy`], but a reader has no size to compare: memory at most doubles with what has arrived. A slice of
/// bytes is a reader.
///
/// # Errors
/// As [`load_npy`].
///
/// # Examples
/// ```
/// use isonum::io::{read_npy, write_npy};
///
/// let mut bytes = Vec::new();
/// write_npy(&mut bytes, [1u8, 2, 3])?;
/// write_npy(&mut bytes, [true, false])?;
///
/// let mut reader = &bytes[..];
/// assert_eq!(read_npy::<u8>(&mut reader)?, [1, 2, 3]);
/// assert_eq!(read_npy::<bool>(&mut reader)?, [true, false]);
/// # Ok::<_, isonum::Error>(())
/// ```
pub fn read_npy<T: Element>(mut reader: impl Read) -> Result<Array<T>> {
    let header = NpyHeader::read(&mut reader)?;
    expect_dtype::<T>("read_npy", &header)?;
    read_elements(reader, &header, false).map(Array)
}

/// Writes an array to a new `.npy` file at `path`, over any that is there.
///
/// The file is, byte for byte, what NumPy's `save` writes. Elements that lie in C or in Fortran order are written
/// from where they are; others are gathered in C order, a piece at a time. The path is taken as it is: no `.npy`
/// is appended.
///
/// # Errors
/// If the file cannot be written, or the array has thousands of axes.
///
/// # Examples
/// ```
/// use isonum::array;
/// use isonum::io::{load_npy, save_npy};
///
/// let path = std::env::temp_dir().join("isonum-save-npy-example.npy");
/// let a = array![[1, 2, 3], [4, 5, 6]];
/// save_npy(&path, a.t())?;
/// assert_eq!(load_npy::<i32>(&path)?, a.t());
/// # std::fs::remove_file(path)?;
/// # Ok::<_, isonum::Error>(())
/// ```
#[doc(alias = "save")]
pub fn save_npy<T: Element>(path: impl AsRef<Path>, array: impl ArrayLike<T>) -> Result<()> {
    let (path, view) = (path.as_ref(), array.view());
    let save = || {
        let file = File::create(path)?;
        let len = view.len().saturating_mul(size_of::<T>());
        if len >= LARGE {
            reserve(&file, len as u64);
        }
        write_view(file, &view)
    };
    save().map_err(|error| in_file(path, error))
}

/// Writes an array in `.npy` format, as [`save_npy`] does, in large pieces: a buffer around `writer` gains nothing.
///
/// # Errors
/// If writing fails, or the array has thousands of axes.
///
/// # Examples
/// ```
/// use isonum::io::{read_npy, write_npy};
///
/// let mut bytes = Vec::new();
/// write_npy(&mut bytes, [1u8, 2, 3])?;
/// assert_eq!(&bytes[..6], b"\x93NUMPY");
/// assert_eq!(bytes[bytes.len() - 3..], [1, 2, 3]);
/// assert_eq!(read_npy::<u8>(&bytes[..])?, [1, 2, 3]);
/// # Ok::<_, isonum::Error>(())
/// ```
pub fn write_npy<T: Element>(writer: impl Write, array: impl ArrayLike<T>) -> Result<()> {
    write_view(writer, &array.view())
}

fn write_view<T: Element>(mut writer: impl Write, view: &View<'_, T>) -> Result<()> {
    let fortran_order = !view.layout().is_contiguous() && view.layout().is_fortran();
    writer.write_all(&header::encode(T::DTYPE, view.shape(), fortran_order)?)?;
    if let Some(elements) = view.as_slice() {
        writer.write_all(as_bytes(elements))?;
    } else if let Some(elements) = view.transpose().as_slice() {
        writer.write_all(as_bytes(elements))?;
    } else {
        let step = STEP / size_of::<T>();
        let mut elements = view.iter().copied();
        let mut piece = Vec::with_capacity(step.min(view.len()));
        while elements.len() > 0 {
            piece.clear();
            piece.extend(elements.by_ref().take(step));
            writer.write_all(as_bytes(&piece))?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// The elements that follow `header`. Memory is taken for all of them at once if their number can be `trusted`.
fn read_elements<T: Element>(mut reader: impl Read, header: &NpyHeader, trusted: bool) -> Result<Storage<T>> {
    let layout = header.layout()?;
    let (len, step) = (layout.len(), STEP / size_of::<T>());
    let swap = header.big_endian != cfg!(target_endian = "big");
    let mut memory = FromBytes::new(if trusted { len } else { len.min(step) })?;
    while memory.filled() < len {
        if memory.filled() == memory.capacity() {
            memory.grow(len.min(memory.capacity().saturating_mul(2)))?;
        }
        let count = step.min(memory.capacity() - memory.filled());
        memory.fill(count, swap, |bytes| read_exact(&mut reader, bytes, "data"))?;
    }
    memory.finish(layout)
}

/// Fills `bytes`. `part` of the format is what they belong to.
fn read_exact(mut reader: impl Read, bytes: &mut [u8], part: &str) -> Result<()> {
    reader.read_exact(bytes).map_err(|error| match error.kind() {
        IoKind::UnexpectedEof => malformed(format!("the {part} ends early")),
        _ => error.into(),
    })
}

fn expect_dtype<T: Element>(operation: &'static str, header: &NpyHeader) -> Result<()> {
    match header.dtype {
        dtype if dtype == T::DTYPE => Ok(()),
        dtype => Err(Error::dtype_mismatch(operation, T::DTYPE, dtype)),
    }
}

/// Whether a file of `size` bytes holds the header and what it promises, and nothing more.
fn check_size(header: &NpyHeader, size: u64) -> Result<()> {
    let (data, expected) = (size.saturating_sub(header.data_offset), header.data_len());
    if data == expected {
        return Ok(());
    }
    let shape = isonum_core::error::Shape(&header.shape);
    Err(malformed(format!("{} of shape {shape} take {expected} bytes, found {data}", header.dtype)))
}

#[cold]
fn malformed(message: impl Into<String>) -> Error {
    Error::format("npy", message)
}

/// The error, with the file it is about.
#[cold]
fn in_file(path: &Path, error: Error) -> Error {
    let path = path.display();
    match error.into_kind() {
        ErrorKind::Io(error) => std::io::Error::new(error.kind(), format!("{path}: {error}")).into(),
        ErrorKind::Format { format, message } => Error::format(format, format!("{path}: {message}")),
        kind => kind.into(),
    }
}
