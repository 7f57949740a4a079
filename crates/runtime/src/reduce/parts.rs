//! How an array is taken apart for a reduction: axes sorted by stride, and parted in kept and reduced ones.

use isonum_core::{Dims, Layout, Result};

/// The axes of an array from the largest stride to the smallest, as what is kept and what is reduced.
///
/// It depends on shape and axis order alone, but for where joined axes end.
pub(super) struct Parts {
    /// The layout of the result: the kept axes in their order, without gaps.
    pub(super) out: Layout,
    /// The kept axes, joined where strides allow it. An output's place in the result's memory is its place in the
    /// C order of these.
    pub(super) kept: Layout,
    /// The reduced axes, joined where strides allow it.
    pub(super) reduced: Layout,
    /// Whether the innermost axis is kept: outputs are columns.
    pub(super) columns: bool,
}

impl Parts {
    /// Takes `layout` apart. `axes` are distinct.
    pub(super) fn new(layout: &Layout, axes: &[usize], keep_dims: bool) -> Result<Parts> {
        let order = layout.order();
        let is_reduced = |axis: usize| axes.contains(&axis);
        let shape: Dims<usize> = (0..layout.ndim())
            .filter(|&axis| keep_dims || !is_reduced(axis))
            .map(|axis| if is_reduced(axis) { 1 } else { layout.shape()[axis] })
            .collect();
        let out_order: Dims<usize> = order
            .iter()
            .filter(|&&axis| keep_dims || !is_reduced(axis))
            .map(|&axis| if keep_dims { axis } else { (0..axis).filter(|&a| !is_reduced(a)).count() })
            .collect();
        let mut out = Layout::ordered(&shape, &out_order)?;
        if out.is_contiguous() {
            out = Layout::contiguous(&shape)?;
        }
        let innermost = order.iter().rev().find(|&&axis| layout.shape()[axis] != 1);
        Ok(Parts {
            out,
            kept: pick(layout, order.iter().copied().filter(|&axis| !is_reduced(axis))),
            reduced: pick(layout, order.iter().copied().filter(|&axis| is_reduced(axis))),
            columns: innermost.is_some_and(|&axis| !is_reduced(axis)),
        })
    }
}

/// Some axes of a layout, joined where strides allow it.
pub(crate) fn pick(layout: &Layout, axes: impl Iterator<Item = usize>) -> Layout {
    let (mut shape, mut strides) = (Dims::new(), Dims::new());
    for axis in axes {
        shape.push(layout.shape()[axis]);
        strides.push(layout.strides()[axis]);
    }
    Layout::new(shape, strides).coalesced()
}

/// `layout` without its last axis, and that axis' length and stride; one position of a scalar.
pub(crate) fn without_last(layout: &Layout) -> (Layout, usize, isize) {
    let Some(last) = layout.ndim().checked_sub(1) else { return (layout.clone(), 1, 1) };
    let outer = Layout::new(&layout.shape()[..last], &layout.strides()[..last]);
    (outer, layout.shape()[last], layout.strides()[last])
}

/// Of the positions of some axes in C order the offset of one, how many follow at the same distance, itself
/// included, and the distance.
#[inline]
pub(crate) fn position(shape: &[usize], strides: &[isize], at: usize) -> (isize, usize, isize) {
    match (shape, strides) {
        ([], _) => (0, 1, 0),
        (&[n], &[stride]) => (at as isize * stride, n - at, stride),
        _ => {
            let (mut offset, mut index) = (0, at);
            for (&n, &stride) in shape.iter().zip(strides).rev() {
                offset += (index % n) as isize * stride;
                index /= n;
            }
            let last = shape.len() - 1;
            (offset, shape[last] - at % shape[last], strides[last])
        }
    }
}
