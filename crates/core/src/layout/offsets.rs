//! The offsets of a layout's elements, one by one in C order.
//!
//! What iteration over strided memory is made of; it reads no memory, so that it is safe code.

use super::Layout;
use crate::dims::Dims;

/// An iterator over the offsets of elements from the first, in C order, from both ends.
#[derive(Clone, Debug)]
pub struct Offsets {
    /// Coalesced: no axes of length one.
    layout: Layout,
    front: Cursor,
    /// Made by the first call from the back.
    back: Option<Cursor>,
    left: usize,
}

/// A position and its offset.
#[derive(Clone, Debug)]
struct Cursor {
    index: Dims<usize>,
    offset: isize,
}

impl Offsets {
    #[inline]
    pub(super) fn new(layout: &Layout) -> Self {
        let layout = layout.coalesced();
        let front = Cursor { index: Dims::filled(layout.ndim(), 0), offset: 0 };
        Offsets { left: layout.len(), front, back: None, layout }
    }
}

impl Cursor {
    #[inline(always)]
    fn advance(&mut self, layout: &Layout) {
        for axis in (0..layout.ndim()).rev() {
            self.index[axis] += 1;
            if self.index[axis] < layout.shape[axis] {
                self.offset += layout.strides[axis];
                return;
            }
            self.offset -= layout.strides[axis] * (layout.shape[axis] as isize - 1);
            self.index[axis] = 0;
        }
    }

    #[inline(always)]
    fn retreat(&mut self, layout: &Layout) {
        for axis in (0..layout.ndim()).rev() {
            if self.index[axis] > 0 {
                self.index[axis] -= 1;
                self.offset -= layout.strides[axis];
                return;
            }
            self.index[axis] = layout.shape[axis] - 1;
            self.offset += layout.strides[axis] * (layout.shape[axis] as isize - 1);
        }
    }

    fn last(layout: &Layout) -> Cursor {
        let index = Dims::from_fn(layout.ndim(), |axis| layout.shape[axis] - 1);
        let offset = index.iter().zip(&layout.strides).map(|(&i, &stride)| i as isize * stride).sum();
        Cursor { index, offset }
    }
}

impl Iterator for Offsets {
    type Item = isize;

    #[inline]
    fn next(&mut self) -> Option<isize> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let offset = self.front.offset;
        self.front.advance(&self.layout);
        Some(offset)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    fn nth(&mut self, n: usize) -> Option<isize> {
        if n >= self.left {
            self.left = 0;
            return None;
        }
        self.left -= n;
        // Add `n` to the position, digit by digit.
        let mut carry = n;
        for axis in (0..self.layout.ndim()).rev() {
            if carry == 0 {
                break;
            }
            let length = self.layout.shape[axis];
            let sum = self.front.index[axis] + carry % length;
            let digit = if sum >= length { sum - length } else { sum };
            carry = carry / length + usize::from(sum >= length);
            self.front.offset +=
                (digit as isize - self.front.index[axis] as isize) * self.layout.strides[axis];
            self.front.index[axis] = digit;
        }
        self.next()
    }

    // Whole rows at a time: the innermost loop is a plain one.
    fn fold<B, F: FnMut(B, isize) -> B>(mut self, init: B, mut f: F) -> B {
        let mut value = init;
        let Some(inner) = self.layout.ndim().checked_sub(1) else {
            return if self.left == 1 { f(value, self.front.offset) } else { value };
        };
        let (n, stride) = (self.layout.shape[inner], self.layout.strides[inner]);
        while self.left > 0 {
            let count = (n - self.front.index[inner]).min(self.left);
            let start = self.front.offset;
            for i in 0..count {
                value = f(value, start + i as isize * stride);
            }
            self.left -= count;
            self.front.index[inner] += count - 1;
            self.front.offset += (count - 1) as isize * stride;
            self.front.advance(&self.layout);
        }
        value
    }
}

impl DoubleEndedIterator for Offsets {
    #[inline]
    fn next_back(&mut self) -> Option<isize> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let back = self.back.get_or_insert_with(|| Cursor::last(&self.layout));
        let offset = back.offset;
        if self.left > 0 {
            back.retreat(&self.layout);
        }
        Some(offset)
    }
}

impl ExactSizeIterator for Offsets {}
impl std::iter::FusedIterator for Offsets {}
