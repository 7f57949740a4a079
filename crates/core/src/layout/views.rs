//! View operations: from layout to layout, in time that depends on the rank alone.
//!
//! Those that move the first element return its offset from the old first element. A result without elements has
//! offset zero, so that offsets never leave the memory of the layout they come from.

use super::{Layout, checked_len, resolve_index, resolve_shape_from};
use crate::axes::{IntoAxes, normalize_axis};
use crate::dims::Dims;
use crate::error::{Error, Result};
use crate::slice::{SliceItem, resolve_range};

impl Layout {
    /// Shape and strides whose number of elements is known to fit.
    #[inline]
    fn with_len(shape: Dims<usize>, strides: Dims<isize>) -> Layout {
        let len = shape.iter().product();
        Layout::from_parts(shape, strides, len)
    }

    #[inline]
    fn moved(self, offset: isize) -> (isize, Layout) {
        (if self.len == 0 { 0 } else { offset }, self.changed())
    }

    /// Repeats axes of length one, and the whole along new first axes, up to `shape`.
    ///
    /// # Errors
    /// If an axis is neither one nor that of `shape`, or `shape` is too large to address.
    pub fn broadcast_to(&self, shape: &[usize]) -> Result<Layout> {
        let from = &self.shape;
        let Some(skip) = shape.len().checked_sub(from.len()) else {
            return Err(Error::broadcast_to(from, shape, None));
        };
        let mut strides = Dims::filled(shape.len(), 0);
        for axis in skip..shape.len() {
            if from[axis - skip] == shape[axis] {
                strides[axis] = self.strides[axis - skip];
            } else if from[axis - skip] != 1 {
                return Err(Error::broadcast_to(from, shape, Some(axis)));
            }
        }
        Ok(Layout::from_parts(Dims::from_slice(shape), strides, checked_len(shape)?))
    }

    /// The axes in the order of `axes`, each named once.
    ///
    /// # Errors
    /// If `axes` is not a permutation of the axes.
    pub fn permute(&self, axes: &[isize]) -> Result<Layout> {
        if axes.len() != self.ndim() {
            return Err(Error::axis_count(self.ndim(), axes.len()));
        }
        let axes = axes.into_axes().normalize(self.ndim())?;
        Ok(self.permuted(&axes))
    }

    /// `permute` with checked axes.
    pub(crate) fn permuted(&self, axes: &[usize]) -> Layout {
        let shape = Dims::from_fn(axes.len(), |i| self.shape[axes[i]]);
        let strides = Dims::from_fn(axes.len(), |i| self.strides[axes[i]]);
        Layout::from_parts(shape, strides, self.len)
    }

    /// The axes in reverse order.
    pub fn transpose(&self) -> Layout {
        let mut layout = self.clone();
        layout.shape.reverse();
        layout.strides.reverse();
        layout.changed()
    }

    /// Two axes exchanged.
    ///
    /// # Errors
    /// If there is no such axis.
    pub fn swap_axes(&self, a: isize, b: isize) -> Result<Layout> {
        let (a, b) = (normalize_axis(a, self.ndim())?, normalize_axis(b, self.ndim())?);
        let mut layout = self.clone();
        layout.shape.swap(a, b);
        layout.strides.swap(a, b);
        Ok(layout.changed())
    }

    /// Axis `from` moved to position `to`, the others in their order.
    ///
    /// # Errors
    /// If there is no such axis or position.
    pub fn move_axis(&self, from: isize, to: isize) -> Result<Layout> {
        let (from, to) = (normalize_axis(from, self.ndim())?, normalize_axis(to, self.ndim())?);
        let mut layout = self.clone();
        let (n, stride) = (layout.shape.remove(from), layout.strides.remove(from));
        layout.shape.insert(to, n);
        layout.strides.insert(to, stride);
        Ok(layout.changed())
    }

    /// Without `axes`, which have length one; `()` removes all that have.
    ///
    /// # Errors
    /// If a named axis is not there or has another length.
    pub fn squeeze(&self, axes: impl IntoAxes) -> Result<Layout> {
        let axes = axes.into_axes();
        let mut removed = axes.normalize(self.ndim())?;
        removed.sort_unstable();
        let mut layout = self.clone();
        for &axis in removed.iter().rev() {
            match layout.shape[axis] {
                1 => {
                    layout.shape.remove(axis);
                    layout.strides.remove(axis);
                }
                _ if axes.is_all() => {}
                len => return Err(Error::not_unit_axis(axis, len)),
            }
        }
        Ok(layout.changed())
    }

    /// With new axes of length one at positions `axes` of the result; `()` adds none.
    ///
    /// # Errors
    /// If a position is not in the result, or given more than once.
    pub fn expand_dims(&self, axes: impl IntoAxes) -> Result<Layout> {
        let axes = axes.into_axes();
        let Some(given) = axes.given() else { return Ok(self.clone()) };
        let mut added = axes.normalize(self.ndim() + given.len())?;
        added.sort_unstable();
        let mut layout = self.clone();
        for &axis in &added {
            layout.insert_unit_axis(axis);
        }
        Ok(layout.changed())
    }

    /// A unit axis, with the stride that a contiguous layout would have there.
    fn insert_unit_axis(&mut self, axis: usize) {
        let stride = match self.shape.get(axis) {
            Some(&n) => self.strides[axis].wrapping_mul(n.max(1) as isize),
            None => 1,
        };
        self.shape.insert(axis, 1);
        self.strides.insert(axis, stride);
    }

    /// `axes` in the opposite direction; `()` means all.
    ///
    /// # Errors
    /// If there is no such axis, or one is given more than once.
    pub fn flip(&self, axes: impl IntoAxes) -> Result<(isize, Layout)> {
        let mut layout = self.clone();
        let mut offset = 0;
        for &axis in &axes.into_axes().normalize(self.ndim())? {
            if self.len > 0 {
                offset += self.strides[axis] * (self.shape[axis] as isize - 1);
            }
            layout.strides[axis] = -self.strides[axis];
        }
        Ok(layout.moved(offset))
    }

    /// The elements in C order as `shape`, if they can stay where they are.
    ///
    /// `None` if the strides do not allow it, or `shape` has another number of elements.
    pub fn reshape_view(&self, shape: &[usize]) -> Option<Layout> {
        if checked_len(shape).ok()? != self.len {
            return None;
        }
        if self.len == 0 {
            return Layout::contiguous(shape).ok();
        }
        // Join what can be joined, then cut each joined axis into the new ones.
        let old = self.coalesced();
        let mut strides = Dims::filled(shape.len(), 1);
        let mut axis = shape.len();
        for i in (0..old.ndim()).rev() {
            let (mut left, mut stride) = (old.shape[i], old.strides[i]);
            while left > 1 {
                axis -= 1;
                let n = shape[axis];
                if left % n != 0 {
                    return None;
                }
                strides[axis] = stride;
                left /= n;
                stride = stride.wrapping_mul(n as isize);
            }
        }
        // Leading axes are of length one.
        for axis in (0..axis).rev() {
            strides[axis] = match shape.get(axis + 1) {
                Some(&n) => strides[axis + 1].wrapping_mul(n as isize),
                None => 1,
            };
        }
        Some(Layout::from_parts(Dims::from_slice(shape), strides, self.len))
    }

    /// The shape that `shape` means for these elements: at most one axis may be −1, which stands for what is left.
    ///
    /// # Errors
    /// If the elements do not fit, an axis is below −1, or more than one is −1.
    pub fn resolve_shape(&self, shape: &[isize]) -> Result<Dims<usize>> {
        resolve_shape_from(&self.shape, self.len, shape)
    }

    /// The part that `items` name; see [`s!`](crate::s).
    ///
    /// # Errors
    /// If there are more items than axes, an index is out of bounds, a step is zero, or there are two ellipses.
    pub fn slice(&self, items: &[SliceItem]) -> Result<(isize, Layout)> {
        let ellipses = items.iter().filter(|&&item| item == SliceItem::Ellipsis).count();
        if ellipses > 1 {
            return Err(Error::ellipses(ellipses));
        }
        let named =
            items.iter().filter(|&&item| !matches!(item, SliceItem::Ellipsis | SliceItem::NewAxis)).count();
        let Some(rest) = self.ndim().checked_sub(named) else {
            return Err(Error::index_count(named, self.ndim()));
        };
        let mut shape = Dims::new();
        let mut strides = Dims::new();
        let mut offset = 0isize;
        let mut new_axes = Dims::<usize>::new();
        let mut axis = 0;
        let implied = (ellipses == 0).then_some(SliceItem::Ellipsis);
        for item in items.iter().copied().chain(implied) {
            match item {
                SliceItem::Index(index) => {
                    let at = resolve_index(index, axis, self.shape[axis])?;
                    offset = offset.wrapping_add((at as isize).wrapping_mul(self.strides[axis]));
                    axis += 1;
                }
                SliceItem::Range { step: 0, .. } => return Err(Error::zero_step(axis)),
                SliceItem::Range { start, end, step } => {
                    let (first, count) = resolve_range(start, end, step, self.shape[axis]);
                    offset = offset.wrapping_add((first as isize).wrapping_mul(self.strides[axis]));
                    shape.push(count);
                    strides.push(if count > 1 { self.strides[axis] * step } else { self.strides[axis] });
                    axis += 1;
                }
                SliceItem::NewAxis => {
                    new_axes.push(shape.len() + new_axes.len());
                }
                SliceItem::Ellipsis => {
                    for _ in 0..rest {
                        shape.push(self.shape[axis]);
                        strides.push(self.strides[axis]);
                        axis += 1;
                    }
                }
            }
        }
        let mut layout = Layout::with_len(shape, strides);
        for &axis in &new_axes {
            layout.insert_unit_axis(axis);
        }
        Ok(layout.moved(offset))
    }

    /// Position `index` of `axis`, without that axis.
    ///
    /// # Errors
    /// If there is no such axis, or the index is out of bounds.
    pub fn index_axis(&self, axis: isize, index: isize) -> Result<(isize, Layout)> {
        let axis = normalize_axis(axis, self.ndim())?;
        let at = resolve_index(index, axis, self.shape[axis])? as isize;
        let mut layout = self.clone();
        let (n, stride) = (layout.shape.remove(axis), layout.strides.remove(axis));
        layout.len = self.len / n;
        Ok(layout.moved(at.wrapping_mul(stride)))
    }

    /// Positions `from..to` of `axis`.
    ///
    /// # Errors
    /// If there is no such axis or `from..to` is not a range of it.
    pub fn narrow(&self, axis: isize, from: usize, to: usize) -> Result<(isize, Layout)> {
        let axis = normalize_axis(axis, self.ndim())?;
        let n = self.shape[axis];
        if from > to || to > n {
            let bad = if to > n { to } else { from };
            return Err(Error::index_out_of_bounds(bad as i128, axis, n));
        }
        let mut layout = self.clone();
        layout.shape[axis] = to - from;
        layout.len = layout.shape.iter().product();
        Ok(layout.moved((from as isize).wrapping_mul(self.strides[axis])))
    }

    /// The elements whose position on axis `b` is that on axis `a` plus `shift`, as a new last axis instead of
    /// these two.
    ///
    /// # Errors
    /// If there is no such axis, or `a` and `b` are the same.
    pub fn diagonal(&self, shift: isize, a: isize, b: isize) -> Result<(isize, Layout)> {
        let (a, b) = (normalize_axis(a, self.ndim())?, normalize_axis(b, self.ndim())?);
        if a == b {
            return Err(Error::repeated_axis(a));
        }
        let (n, m) = (self.shape[a], self.shape[b]);
        let (skip_a, skip_b) = if shift < 0 { (shift.unsigned_abs(), 0) } else { (0, shift.unsigned_abs()) };
        let count = n.saturating_sub(skip_a).min(m.saturating_sub(skip_b));
        let (s, t) = (self.strides[a], self.strides[b]);
        let mut layout = self.clone();
        for axis in [a.max(b), a.min(b)] {
            layout.shape.remove(axis);
            layout.strides.remove(axis);
        }
        layout.shape.push(count);
        layout.strides.push(s.wrapping_add(t));
        layout.len = layout.shape.iter().product();
        let offset = (skip_a as isize).wrapping_mul(s).wrapping_add((skip_b as isize).wrapping_mul(t));
        Ok(layout.moved(offset))
    }

    /// Every window of lengths `window` along `axes`: these axes count windows, and new last axes, one for each,
    /// the positions in a window. `()` means all axes.
    ///
    /// # Errors
    /// If there are not as many lengths as axes, or one is zero or longer than its axis.
    pub fn windows(&self, window: &[usize], axes: impl IntoAxes) -> Result<Layout> {
        let axes = axes.into_axes().normalize(self.ndim())?;
        if axes.len() != window.len() {
            return Err(Error::axis_count(axes.len(), window.len()));
        }
        let mut layout = self.clone();
        for (&axis, &w) in axes.iter().zip(window) {
            let n = self.shape[axis];
            if w == 0 || w > n {
                let message = format!("must be from 1 to {n} for axis {axis} of length {n}, found {w}");
                return Err(Error::invalid_argument("window", message));
            }
            layout.shape[axis] = n - w + 1;
            layout.shape.push(w);
            layout.strides.push(self.strides[axis]);
        }
        layout.len = checked_len(&layout.shape)?;
        Ok(layout.changed())
    }
}
