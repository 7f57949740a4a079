//! What operations accept as indices: arrays of every integer type, and of `usize`, which arrays cannot hold.

use crate::array_like::ArrayLike;
use crate::element::Integer;
use crate::layout::Layout;
use crate::view::{View, nested};

#[cfg(target_pointer_width = "64")]
type Word = u64;
#[cfg(target_pointer_width = "32")]
type Word = u32;

/// What can be read as an array of indices: every [`ArrayLike`] of integers, and `usize`, `Vec<usize>`, `[usize]`,
/// `[usize; N]` and `[[usize; M]; N]`, which are read as unsigned integers of the same size.
///
/// Literals are `i32`, as everywhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read as an array of indices",
    label = "not an array of integers",
    note = "arrays and views of integers, integers, `Vec`s, slices and nested arrays of them can; for a choice by \
            `bool`s there are `extract` and `compress`"
)]
pub trait IndexArray<I: Integer> {
    /// The indices to read.
    fn indices(&self) -> View<'_, I>;
}

impl<I: Integer, A: ArrayLike<I> + ?Sized> IndexArray<I> for A {
    #[inline]
    fn indices(&self) -> View<'_, I> {
        self.view()
    }
}

/// `usize` under the name that elements have for it.
///
/// # Safety
/// As [`View::from_raw_parts`].
#[inline]
unsafe fn words<'a>(first: *const usize, layout: Layout) -> View<'a, Word> {
    const { assert!(size_of::<usize>() == size_of::<Word>() && align_of::<usize>() == align_of::<Word>()) };
    // SAFETY: the caller's promise; any bits of a `usize` are a `Word`.
    unsafe { View::from_raw_parts(first.cast(), layout) }
}

macro_rules! of_usize {
    ($([$($axis:ident)*] $type:ty, |$a:ident| $first:expr, $shape:expr;)*) => {$(
        impl<$(const $axis: usize),*> IndexArray<Word> for $type {
            #[inline]
            fn indices(&self) -> View<'_, Word> {
                let $a = self;
                // SAFETY: contiguous elements of that shape, borrowed as long as the view.
                unsafe { words($first, nested(&$shape)) }
            }
        }
    )*};
}

of_usize! {
    [] usize, |a| a, [];
    [] &usize, |a| *a, [];
    [] [usize], |a| a.as_ptr(), [a.len()];
    [] &[usize], |a| a.as_ptr(), [a.len()];
    [] Vec<usize>, |a| a.as_ptr(), [a.len()];
    [] &Vec<usize>, |a| a.as_ptr(), [a.len()];
    [N] [usize; N], |a| a.as_ptr(), [N];
    [N] &[usize; N], |a| a.as_ptr(), [N];
    [N M] [[usize; M]; N], |a| a.as_ptr().cast(), [N, M];
    [N M] &[[usize; M]; N], |a| a.as_ptr().cast(), [N, M];
}

#[cfg(test)]
#[allow(clippy::needless_borrows_for_generic_args)] // every spelling is a case
mod tests {
    use super::*;

    fn read<I: Integer>(a: impl IndexArray<I>) -> (Vec<usize>, Vec<i64>) {
        let view = a.indices();
        (view.shape().to_vec(), view.iter().map(|i| i.to_i64().unwrap()).collect())
    }

    #[test]
    fn every_integer_type() {
        assert_eq!(read([1, -1]), (vec![2], vec![1, -1]));
        assert_eq!(read(&[[1], [2]]), (vec![2, 1], vec![1, 2]));
        assert_eq!(read(vec![3u8]), (vec![1], vec![3]));
        assert_eq!(read(7i16), (vec![], vec![7]));
        assert_eq!(read(&vec![7u32][..]), (vec![1], vec![7]));
    }

    #[test]
    fn positions_of_the_standard_library() {
        let at = |x: char| "abc".find(x).unwrap();
        assert_eq!(read(at('b')), (vec![], vec![1]));
        assert_eq!(read(&at('b')), (vec![], vec![1]));
        let vec: Vec<usize> = ['c', 'a'].map(at).to_vec();
        assert_eq!(read(&vec), (vec![2], vec![2, 0]));
        assert_eq!(read(&vec[1..]), (vec![1], vec![0]));
        assert_eq!(read([vec[0], 1]), (vec![2], vec![2, 1]));
        assert_eq!(read(&[vec[0], 1]), (vec![2], vec![2, 1]));
        assert_eq!(read([[vec[0], 1]; 3]).0, [3, 2]);
        assert_eq!(read(&[[vec[0]; 0]; 3]), (vec![3, 0], vec![]));
        assert_eq!(read(vec), (vec![2], vec![2, 0]));
    }
}
