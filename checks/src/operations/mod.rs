//! Every operation of every element type, as the checks of bits run them. Here and not in the library, because all of them
//! take a while to compile, and only the command needs them.

mod elementwise;
mod reductions;

use isonum_check::bits::Operation;
use isonum_core::{Complex32, Complex64};

/// All of them.
pub(crate) fn all() -> Vec<Operation> {
    let mut list = Vec::new();
    macro_rules! types {
        ($($type:ty)*) => {$(
            elementwise::operations::<$type>(&mut list);
            reductions::of_type::<$type>(&mut list);
        )*};
    }
    types!(f32 f64 i8 i16 i32 i64 u8 u16 u32 u64 bool Complex32 Complex64);
    reductions::operations(&mut list);
    reductions::random(&mut list);
    list
}
