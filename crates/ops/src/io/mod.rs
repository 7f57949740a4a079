//! Reading and writing arrays: NumPy's `.npy` files.

mod npy;

pub use npy::{NpyHeader, load_npy, npy_header, read_npy, save_npy, write_npy};
