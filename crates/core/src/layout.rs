//! Where the elements of an array lie: its shape and strides.
//!
//! A [`Layout`] knows neither the memory nor the element type. Strides are signed, in elements; zero repeats an
//! element along an axis. The operations that make views (in `layout/views.rs`) are functions from layout to
//! layout and an offset; [`crate::View`] and [`crate::Storage`] apply them.

mod offsets;
#[cfg(test)]
mod tests;
mod views;

pub use offsets::Offsets;

use crate::dims::Dims;
use crate::error::{Error, Result};
use std::mem::MaybeUninit;

/// The shape of an array and the distances, in elements, between neighbours along each axis.
///
/// Copying one allocates nothing up to rank five.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    shape: Dims<usize>,
    strides: Dims<isize>,
    len: usize,
    /// See [`Layout::is_standard`].
    standard: Flag,
}

/// Whether something is so, as a whole word: a `bool` has values to spare, for which see [`Dims`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Flag(usize);

impl Flag {
    #[inline(always)]
    fn of(is: bool) -> Flag {
        Flag(is as usize)
    }

    #[inline(always)]
    fn is_set(self) -> bool {
        self.0 != 0
    }
}

impl Clone for Layout {
    #[inline(always)]
    fn clone(&self) -> Self {
        #[cold]
        #[inline(never)]
        fn by_parts(layout: &Layout, out: &mut MaybeUninit<Layout>) {
            out.write(Layout {
                shape: layout.shape.clone(),
                strides: layout.strides.clone(),
                len: layout.len,
                standard: layout.standard,
            });
        }
        // In memory, whichever way it comes there: in registers, it would be written part by part, and the next move,
        // which reads more at once, would wait.
        let mut out = MaybeUninit::uninit();
        if self.shape.is_inline() && self.strides.is_inline() {
            // SAFETY: inline shapes and strides own nothing.
            unsafe { std::ptr::copy_nonoverlapping(self, out.as_mut_ptr(), 1) };
        } else {
            by_parts(self, &mut out);
        }
        // SAFETY: written on both ways.
        unsafe { out.assume_init() }
    }
}

/// The number of elements of `shape`.
///
/// # Errors
/// If the product of the lengths, those of zero left out, exceeds `isize::MAX`.
#[inline]
pub fn checked_len(shape: &[usize]) -> Result<usize> {
    let mut product = 1usize;
    for &n in shape {
        product = match product.checked_mul(n.max(1)) {
            Some(product) if product <= isize::MAX as usize => product,
            _ => return Err(Error::size_overflow(shape)),
        };
    }
    Ok(if shape.contains(&0) { 0 } else { product })
}

impl Layout {
    /// The layout of `shape` in C order without gaps.
    ///
    /// # Errors
    /// If the number of elements, axes of length zero left out, exceeds `isize::MAX`.
    #[inline]
    pub fn contiguous(shape: &[usize]) -> Result<Layout> {
        let len = checked_len(shape)?;
        let mut strides = Dims::filled(shape.len(), 1);
        let mut stride = 1;
        for axis in (0..shape.len()).rev() {
            strides[axis] = stride;
            stride *= shape[axis].max(1) as isize;
        }
        Ok(Layout { shape: Dims::from_slice(shape), strides, len, standard: Flag::of(len > 0) })
    }

    /// The layout of `shape` in C order, for elements of `T`.
    ///
    /// # Errors
    /// If the number of bytes exceeds `isize::MAX`, or the number of elements with axes of length zero left out
    /// does.
    #[inline]
    pub fn contiguous_for<T>(shape: &[usize]) -> Result<Layout> {
        let layout = Self::contiguous(shape)?;
        match layout.len.checked_mul(size_of::<T>()) {
            Some(bytes) if bytes <= isize::MAX as usize => Ok(layout),
            _ => Err(Error::size_overflow(shape)),
        }
    }

    /// The layout of `shape` without gaps, with the axes of `order` (outermost first) in memory.
    ///
    /// # Errors
    /// If the number of elements, axes of length zero left out, exceeds `isize::MAX`.
    ///
    /// # Panics
    /// If `order` has not the length of `shape` or names an axis that is not there.
    pub fn ordered(shape: &[usize], order: &[usize]) -> Result<Layout> {
        assert_eq!(shape.len(), order.len(), "one place in the order for each axis");
        let len = checked_len(shape)?;
        let mut strides = Dims::filled(shape.len(), 1);
        let mut stride = 1;
        for &axis in order.iter().rev() {
            strides[axis] = stride;
            stride *= shape[axis].max(1) as isize;
        }
        Ok(Layout::from_parts(Dims::from_slice(shape), strides, len))
    }

    /// Any shape and strides.
    ///
    /// # Panics
    /// If they differ in length, or the number of elements overflows.
    #[inline]
    pub fn new(shape: impl Into<Dims<usize>>, strides: impl Into<Dims<isize>>) -> Layout {
        let (shape, strides) = (shape.into(), strides.into());
        assert_eq!(shape.len(), strides.len(), "one stride for each axis");
        let len = checked_len(&shape).unwrap_or_else(|error| panic!("{error}"));
        Layout::from_parts(shape, strides, len)
    }

    /// Shape, strides, and the number of elements of the shape.
    #[inline]
    fn from_parts(shape: Dims<usize>, strides: Dims<isize>, len: usize) -> Layout {
        Layout { shape, strides, len, standard: Flag::of(false) }.changed()
    }

    /// After a change of shape, strides or length.
    #[inline]
    fn changed(mut self) -> Layout {
        let mut expected = 1;
        let mut follows = self.shape.iter().zip(&self.strides).rev();
        let standard = self.len > 0
            && follows.all(|(&n, &stride)| {
                let is = stride == expected;
                expected *= n as isize;
                is
            });
        self.standard = Flag::of(standard);
        self
    }

    /// The length of each axis.
    #[inline(always)]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Whether this is the shape.
    #[inline(always)]
    pub fn has_shape(&self, shape: &[usize]) -> bool {
        // One by one: a comparison of slices would call `memcmp`.
        self.ndim() == shape.len() && self.shape.iter().zip(shape).all(|(a, b)| a == b)
    }

    /// Whether every element lies where `other` has it; strides of axes of length one do not matter.
    pub fn lies_as(&self, other: &Layout) -> bool {
        let mut strides = self.shape.iter().zip(self.strides.iter().zip(&other.strides));
        self.has_shape(&other.shape) && (self.is_empty() || strides.all(|(&n, (a, b))| n == 1 || a == b))
    }

    /// The distance between neighbours along each axis, in elements.
    #[inline(always)]
    pub fn strides(&self) -> &[isize] {
        &self.strides
    }

    /// The number of axes.
    #[inline(always)]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether elements in C order are neighbours in memory; axes of length one do not matter, and no elements
    /// are contiguous.
    #[inline]
    pub fn is_contiguous(&self) -> bool {
        self.is_standard() || self.len <= 1 || self.follows((0..self.ndim()).rev())
    }

    /// Whether elements in Fortran order are neighbours in memory.
    #[inline]
    pub fn is_fortran(&self) -> bool {
        self.len <= 1 || self.follows(0..self.ndim())
    }

    /// Whether some order of the axes makes elements neighbours in memory: no gaps, no repeats, no negative
    /// strides. The elements then are the slice of `len` elements from the first on.
    #[inline]
    pub fn is_dense(&self) -> bool {
        self.is_contiguous() || self.follows(self.order().iter().rev().copied())
    }

    /// Whether strides are those of no gaps, with `axes` from the innermost outwards.
    #[inline(always)]
    fn follows(&self, axes: impl Iterator<Item = usize>) -> bool {
        let mut stride = 1;
        for axis in axes {
            let n = self.shape[axis];
            if n != 1 {
                if self.strides[axis] != stride {
                    return false;
                }
                stride *= n as isize;
            }
        }
        true
    }

    /// The axes from the largest stride to the smallest, signs aside.
    ///
    /// A pure function of the layout, stable: equal strides keep C order. Axes of length one or stride zero have
    /// no place of their own in memory: they keep their position, and the others are sorted around them.
    pub fn order(&self) -> Dims<usize> {
        let ndim = self.ndim();
        let mut order = Dims::from_fn(ndim, |axis| axis);
        let places: Dims<usize> =
            (0..ndim).filter(|&axis| self.shape[axis] > 1 && self.strides[axis] != 0).collect();
        let mut axes = places.clone();
        // Insertion sort: stable, without allocation, and ranks are small.
        for i in 1..axes.len() {
            let axis = axes[i];
            let stride = self.strides[axis].unsigned_abs();
            let mut at = i;
            while at > 0 && self.strides[axes[at - 1]].unsigned_abs() < stride {
                axes[at] = axes[at - 1];
                at -= 1;
            }
            axes[at] = axis;
        }
        for (&place, &axis) in places.iter().zip(&axes) {
            order[place] = axis;
        }
        order
    }

    /// Whether two elements may share memory.
    ///
    /// Exact where strides are nested (as slicing and permuting leave them), where one is zero, for two axes, and
    /// for up to 4096 elements; otherwise it may say yes without need.
    #[inline]
    pub fn overlaps_itself(&self) -> bool {
        !self.is_standard() && self.may_overlap_itself()
    }

    fn may_overlap_itself(&self) -> bool {
        if self.len <= 1 || self.is_contiguous() {
            return false;
        }
        let order = self.order();
        let mut axes = Dims::<(usize, usize)>::new();
        for &axis in order.iter().rev() {
            match (self.shape[axis], self.strides[axis].unsigned_abs()) {
                (1, _) => {}
                (_, 0) => return true,
                (n, stride) => axes.push((n, stride)),
            }
        }
        // From the smallest stride on: an axis whose step is beyond all that its inner axes reach is nested.
        let mut reach = 0usize;
        let mut nested = true;
        for &(n, stride) in &axes {
            nested &= stride > reach;
            reach = reach.saturating_add(stride.saturating_mul(n - 1));
        }
        if nested {
            return false;
        }
        if let [(n, s), (m, t)] = *axes {
            // i·s = j·t for the first time at i = t/g, j = s/g.
            let g = gcd(s, t);
            return t / g < n && s / g < m;
        }
        if self.len <= 4096 && reach < isize::MAX as usize {
            let mut offsets: Vec<isize> = self.offsets().collect();
            offsets.sort_unstable();
            return offsets.windows(2).any(|pair| pair[0] == pair[1]);
        }
        true
    }

    /// The lowest and the highest offset of an element from the first; `(0, 0)` for no elements.
    pub fn extent(&self) -> (isize, isize) {
        let (mut low, mut high) = (0isize, 0isize);
        if self.len > 0 {
            for (&n, &stride) in self.shape.iter().zip(&self.strides) {
                let reach = stride.saturating_mul(n as isize - 1);
                if reach < 0 { low = low.saturating_add(reach) } else { high = high.saturating_add(reach) }
            }
        }
        (low, high)
    }

    /// The offset of the element at `index` (negative positions count from the end) from the first.
    ///
    /// # Errors
    /// If there are not as many indices as axes, or one is out of bounds.
    #[inline]
    pub fn offset_of(&self, index: &[isize]) -> Result<isize> {
        if index.len() != self.ndim() {
            return Err(Error::index_count(index.len(), self.ndim()));
        }
        let mut offset = 0;
        for (axis, &i) in index.iter().enumerate() {
            offset += resolve_index(i, axis, self.shape[axis])? as isize * self.strides[axis];
        }
        Ok(offset)
    }

    /// The offsets of all elements from the first, in C order.
    #[inline]
    pub fn offsets(&self) -> Offsets {
        Offsets::new(self)
    }

    /// A layout of the same elements in the same (C) order with as few axes as possible: without axes of length
    /// one, and with neighbouring axes joined where one steps over all of the other.
    pub fn coalesced(&self) -> Layout {
        let mut shape = Dims::new();
        let mut strides = Dims::new();
        for (&n, &stride) in self.shape.iter().zip(&self.strides) {
            if n == 1 {
                continue;
            }
            match strides.last_mut() {
                Some(outer) if self.len > 0 && *outer == stride.saturating_mul(n as isize) => {
                    *outer = stride;
                    *shape.last_mut().expect("as long as the strides") *= n;
                }
                _ => {
                    shape.push(n);
                    strides.push(stride);
                }
            }
        }
        Layout::from_parts(shape, strides, self.len)
    }

    /// The layout of a result of `shape` computed from `operands`: without gaps, with the axis order of the first
    /// operand that has this very shape and an order (a stride that is not zero), else in C order.
    ///
    /// It depends on the operands' layouts alone, never on who owns a buffer: the order of a later reduction, and
    /// with it its bits, follows from it.
    ///
    /// # Errors
    /// If the number of elements exceeds `isize::MAX`.
    #[inline]
    pub fn like(operands: &[&Layout], shape: &[usize]) -> Result<Layout> {
        for &layout in operands {
            if layout.shape() != shape || !layout.has_order() {
                continue;
            }
            if layout.is_standard() {
                return Ok(layout.clone());
            }
            if layout.len > 0 && !layout.is_contiguous() {
                return Layout::ordered(shape, &layout.order());
            }
            break;
        }
        Layout::contiguous(shape)
    }

    /// Whether any axis has a place in memory.
    #[inline]
    fn has_order(&self) -> bool {
        self.shape.iter().zip(&self.strides).any(|(&n, &stride)| n > 1 && stride != 0)
    }

    /// Whether there are elements and this is what [`Layout::contiguous`] makes, also along axes of length one.
    #[inline(always)]
    pub fn is_standard(&self) -> bool {
        self.standard.is_set()
    }
}

fn gcd(mut a: usize, mut b: usize) -> usize {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The position that `index` names on an axis of length `len`.
#[inline]
pub(crate) fn resolve_index(index: isize, axis: usize, len: usize) -> Result<usize> {
    let n = len as isize;
    match if index < 0 { index.wrapping_add(n) } else { index } {
        at if (0..n).contains(&at) => Ok(at as usize),
        _ => Err(Error::index_out_of_bounds(index as i128, axis, len)),
    }
}

/// The shape that operands of `shapes` broadcast to: aligned at the last axis, lengths equal or one.
///
/// # Errors
/// If two lengths of an axis are neither equal nor one (the error names `operation`, all shapes and the axis), or
/// the result is too large to address.
#[inline]
pub fn broadcast_shapes(operation: &'static str, shapes: &[&[usize]]) -> Result<Dims<usize>> {
    if let [first, rest @ ..] = shapes
        && rest.iter().all(|shape| shape == first)
    {
        checked_len(first)?;
        return Ok(Dims::from_slice(first));
    }
    let ndim = shapes.iter().map(|shape| shape.len()).max().unwrap_or(0);
    let mut result = Dims::filled(ndim, 1);
    for shape in shapes {
        let skip = ndim - shape.len();
        for (axis, &n) in shape.iter().enumerate() {
            let so_far = result[skip + axis];
            if so_far == 1 {
                result[skip + axis] = n;
            } else if n != 1 && n != so_far {
                return Err(Error::broadcast(operation, shapes, skip + axis, (so_far, n)));
            }
        }
    }
    checked_len(&result)?;
    Ok(result)
}

/// The shape that `shape` means for `len` elements: at most one axis may be −1, which stands for what is left.
///
/// # Errors
/// If the elements do not fit, an axis is below −1, or more than one is −1.
pub fn resolve_shape(len: usize, shape: &[isize]) -> Result<Dims<usize>> {
    resolve_shape_from(&[len], len, shape)
}

/// [`resolve_shape`] with the shape that errors name.
pub(crate) fn resolve_shape_from(from: &[usize], len: usize, shape: &[isize]) -> Result<Dims<usize>> {
    let unfit = || Error::reshape(len, from, shape);
    let mut known = 1usize;
    let mut unknown = None;
    for (axis, &n) in shape.iter().enumerate() {
        match n {
            0.. => known = if n == 0 { 0 } else { known.checked_mul(n as usize).ok_or_else(unfit)? },
            -1 if unknown.is_some() => return Err(Error::two_unknown_axes(shape)),
            -1 => unknown = Some(axis),
            _ => return Err(unfit()),
        }
    }
    let mut result = Dims::from_fn(shape.len(), |axis| shape[axis].max(0) as usize);
    match unknown {
        Some(axis) if known != 0 && len.is_multiple_of(known) => result[axis] = len / known,
        None if known == len => {}
        _ => return Err(unfit()),
    }
    checked_len(&result)?;
    Ok(result)
}
