//! Vectors that grow as far as there is memory, and say so where it ends.

use crate::{Error, Result};

/// The items in a vector, or the first error among them.
///
/// # Errors
/// If there is no memory for them.
pub(crate) fn try_collect<T>(items: impl IntoIterator<Item = Result<T>>) -> Result<Vec<T>> {
    let items = items.into_iter();
    let mut all = with_capacity(items.size_hint().0)?;
    for item in items {
        try_push(&mut all, item?)?;
    }
    Ok(all)
}

/// A vector with room for `n` items.
///
/// # Errors
/// If there is no memory for them.
pub(crate) fn with_capacity<T>(n: usize) -> Result<Vec<T>> {
    let mut all = Vec::new();
    all.try_reserve_exact(n).map_err(|_| Error::out_of_memory(n.saturating_mul(size_of::<T>())))?;
    Ok(all)
}

/// Adds an item.
///
/// # Errors
/// If there is no memory for it.
#[inline]
pub(crate) fn try_push<T>(all: &mut Vec<T>, item: T) -> Result<()> {
    if all.len() == all.capacity() {
        let n = all.len().max(4);
        all.try_reserve(n)
            .map_err(|_| Error::out_of_memory((all.len() + n).saturating_mul(size_of::<T>())))?;
    }
    all.push(item);
    Ok(())
}
