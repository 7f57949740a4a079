//! Where the results of reductions and scans go.

use crate::elementwise::copy_to;
use isonum_core::{Element, Error, Layout, Result, Storage, Uninit, View, ViewMut};

/// Where results go: to [`New`] memory, or to the elements of a mutable view of their shape.
pub trait Place<M: Element>: Sized {
    /// What the caller gets: the results, or nothing where it had given their place.
    type Filled;

    /// Has results of this layout written by `write`, which gets room for them without gaps.
    ///
    /// # Safety
    /// `write` writes every element, unless it fails.
    ///
    /// # Errors
    /// If the place has another shape, there is no memory, or `write` fails.
    unsafe fn fill(
        self,
        operation: &'static str,
        layout: &Layout,
        write: impl FnOnce(*mut M) -> Result<()>,
    ) -> Result<Self::Filled>;
}

/// New memory for results.
#[derive(Clone, Copy, Debug)]
pub struct New;

impl<M: Element> Place<M> for New {
    type Filled = Storage<M>;

    unsafe fn fill(
        self,
        _: &'static str,
        layout: &Layout,
        write: impl FnOnce(*mut M) -> Result<()>,
    ) -> Result<Storage<M>> {
        let mut out = Uninit::new(layout.clone())?;
        write(out.as_mut_ptr())?;
        // SAFETY: the caller's.
        Ok(unsafe { out.assume_init() })
    }
}

/// Written in place where the view has the layout of the results, and copied from new memory where it has another.
impl<M: Element> Place<M> for ViewMut<'_, M> {
    type Filled = ();

    unsafe fn fill(
        mut self,
        operation: &'static str,
        layout: &Layout,
        write: impl FnOnce(*mut M) -> Result<()>,
    ) -> Result<()> {
        if !self.layout().has_shape(layout.shape()) {
            return Err(Error::shape_mismatch(operation, layout.shape(), self.shape()));
        }
        if self.layout().lies_as(layout) {
            return write(self.as_mut_ptr());
        }
        // SAFETY: the caller's.
        let results = unsafe { New.fill(operation, layout, write) }?;
        let results: View<'_, M> = results.view();
        copy_to(&results, self)
    }
}
