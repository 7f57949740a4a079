//! The view operations as methods, written once for `View`, `ViewMut` and `Storage`.
//!
//! Each hands the layout's operation to the type's `unsafe fn with(offset, layout)`.

/// What the layout says of the array.
macro_rules! layout_accessors {
    () => {
        /// Shape and strides.
        #[inline(always)]
        pub fn layout(&self) -> &Layout {
            &self.layout
        }

        /// The length of each axis.
        #[inline(always)]
        pub fn shape(&self) -> &[usize] {
            self.layout.shape()
        }

        /// The distance between neighbours along each axis, in elements.
        #[inline(always)]
        pub fn strides(&self) -> &[isize] {
            self.layout.strides()
        }

        /// The number of axes.
        #[inline(always)]
        pub fn ndim(&self) -> usize {
            self.layout.ndim()
        }

        /// The number of elements.
        #[inline(always)]
        pub fn len(&self) -> usize {
            self.layout.len()
        }

        /// Whether there are no elements.
        #[inline(always)]
        pub fn is_empty(&self) -> bool {
            self.layout.is_empty()
        }
    };
}

/// Operations after which each element still has one place at most.
macro_rules! view_operations {
    ($self:ident ($($receiver:tt)+) $what:literal) => {
        /// The part that `items` name: [`Layout::slice`].
        ///
        /// # Errors
        /// If there are more items than axes, an index is out of bounds, a step is zero, or there are two ellipses.
        pub fn slice($($receiver)+, items: &[SliceItem]) -> Result<Self> {
            let (offset, layout) = $self.layout.slice(items)?;
            // SAFETY: a layout's view operations name elements of the layout, each at most once.
            Ok(unsafe { $self.with(offset, layout) })
        }

        /// Position `index` of `axis`, without that axis.
        ///
        /// # Errors
        /// If there is no such axis, or the index is out of bounds.
        pub fn index_axis($($receiver)+, axis: isize, index: isize) -> Result<Self> {
            let (offset, layout) = $self.layout.index_axis(axis, index)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(offset, layout) })
        }

        /// Positions `from..to` of `axis`.
        ///
        /// # Errors
        /// If there is no such axis, or `from..to` is not a range of it.
        pub fn narrow($($receiver)+, axis: isize, from: usize, to: usize) -> Result<Self> {
            let (offset, layout) = $self.layout.narrow(axis, from, to)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(offset, layout) })
        }

        /// The axes in the order of `axes`, each named once.
        ///
        /// # Errors
        /// If `axes` is not a permutation of the axes.
        pub fn permute($($receiver)+, axes: &[isize]) -> Result<Self> {
            let layout = $self.layout.permute(axes)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(0, layout) })
        }

        #[doc = concat!("The ", $what, " with its axes in reverse order.")]
        pub fn transpose($($receiver)+) -> Self {
            let layout = $self.layout.transpose();
            // SAFETY: as in `slice`.
            unsafe { $self.with(0, layout) }
        }

        /// Two axes exchanged.
        ///
        /// # Errors
        /// If there is no such axis.
        pub fn swap_axes($($receiver)+, a: isize, b: isize) -> Result<Self> {
            let layout = $self.layout.swap_axes(a, b)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(0, layout) })
        }

        /// Axis `from` moved to position `to`, the others in their order.
        ///
        /// # Errors
        /// If there is no such axis or position.
        pub fn move_axis($($receiver)+, from: isize, to: isize) -> Result<Self> {
            let layout = $self.layout.move_axis(from, to)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(0, layout) })
        }

        /// Without `axes`, which have length one; `()` removes all that have.
        ///
        /// # Errors
        /// If a named axis is not there or has another length.
        pub fn squeeze($($receiver)+, axes: impl IntoAxes) -> Result<Self> {
            let layout = $self.layout.squeeze(axes)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(0, layout) })
        }

        /// With new axes of length one at positions `axes` of the result; `()` adds none.
        ///
        /// # Errors
        /// If a position is not in the result, or given more than once.
        pub fn expand_dims($($receiver)+, axes: impl IntoAxes) -> Result<Self> {
            let layout = $self.layout.expand_dims(axes)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(0, layout) })
        }

        /// `axes` in the opposite direction; `()` means all.
        ///
        /// # Errors
        /// If there is no such axis, or one is given more than once.
        pub fn flip($($receiver)+, axes: impl IntoAxes) -> Result<Self> {
            let (offset, layout) = $self.layout.flip(axes)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(offset, layout) })
        }

        /// The elements whose position on axis `b` is that on axis `a` plus `shift`, as a new last axis instead
        /// of these two.
        ///
        /// # Errors
        /// If there is no such axis, or `a` and `b` are the same.
        pub fn diagonal($($receiver)+, shift: isize, a: isize, b: isize) -> Result<Self> {
            let (offset, layout) = $self.layout.diagonal(shift, a, b)?;
            // SAFETY: as in `slice`.
            Ok(unsafe { $self.with(offset, layout) })
        }

        /// The elements in C order as `shape`, if they can stay where they are: [`Layout::reshape_view`].
        pub fn reshape_view($($receiver)+, shape: &[usize]) -> Option<Self> {
            let layout = $self.layout.reshape_view(shape)?;
            // SAFETY: as in `slice`.
            Some(unsafe { $self.with(0, layout) })
        }

        /// The axes from the largest stride to the smallest, signs aside: elements in the order they have in
        /// memory.
        pub fn in_memory_order($($receiver)+) -> Self {
            let layout = $self.layout.permuted(&$self.layout.order());
            // SAFETY: as in `slice`.
            unsafe { $self.with(0, layout) }
        }
    };
}

/// Operations that may name an element many times.
macro_rules! repeating_operations {
    ($self:ident ($($receiver:tt)+) $what:literal) => {
        /// Repeats axes of length one, and the whole along new first axes, up to `shape`.
        ///
        /// # Errors
        /// If an axis is neither one nor that of `shape`, or `shape` is too large to address.
        pub fn broadcast_to($($receiver)+, shape: &[usize]) -> Result<Self> {
            let layout = $self.layout.broadcast_to(shape)?;
            // SAFETY: a layout's view operations name elements of the layout.
            Ok(unsafe { $self.with(0, layout) })
        }

        #[doc = concat!("Every window of the ", $what, ": [`Layout::windows`].")]
        ///
        /// # Errors
        /// If there are not as many lengths as axes, or one is zero or longer than its axis.
        pub fn windows($($receiver)+, window: &[usize], axes: impl IntoAxes) -> Result<Self> {
            let layout = $self.layout.windows(window, axes)?;
            // SAFETY: a layout's view operations name elements of the layout.
            Ok(unsafe { $self.with(0, layout) })
        }
    };
}

pub(crate) use {layout_accessors, repeating_operations, view_operations};
