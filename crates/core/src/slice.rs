//! Slices as data: what [`s!`](crate::s) writes and [`Layout::slice`](crate::Layout::slice) reads.
//!
//! NumPy's semantics throughout: negative positions count from the end, ranges are cut to the axis, and with a
//! negative step the first position is the larger one.

/// One item of a slice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum SliceItem {
    /// One position of an axis, which the result no longer has.
    Index(isize),
    /// Positions of an axis from `start` up to and without `end`, every `step`-th.
    Range {
        /// The first position; `None` is the first in the direction of `step`.
        start: Option<isize>,
        /// The position before which to stop; `None` is behind the last in the direction of `step`.
        end: Option<isize>,
        /// The distance between positions; negative goes backwards, zero is an error.
        step: isize,
    },
    /// A new axis of length one.
    NewAxis,
    /// All axes that no other item names, as they are. At most one; the end of a slice is an implied one.
    Ellipsis,
}

/// A new axis of length one, in [`s!`](crate::s).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewAxis;

/// All axes that no other item of a slice names, in [`s!`](crate::s).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ellipsis;

impl SliceItem {
    /// The whole axis.
    pub const FULL: SliceItem = SliceItem::Range { start: None, end: None, step: 1 };

    /// A range with a step, `range;step` in [`s!`](crate::s).
    pub fn stepped(range: impl SliceRange, step: isize) -> SliceItem {
        range.with_step(step)
    }
}

/// The first position and the number of positions of a range of an axis of length `len`; `step` is not zero.
pub(crate) fn resolve_range(
    start: Option<isize>,
    end: Option<isize>,
    step: isize,
    len: usize,
) -> (usize, usize) {
    let n = len as isize;
    // Positions a walk can start at or stop before: 0..=n forwards, n-1..=-1 backwards.
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let cut = |at: isize| (if at < 0 { at.saturating_add(n) } else { at }).clamp(low, high);
    let (first, stop) = if step > 0 { (low, high) } else { (high, low) };
    let (first, stop) = (start.map_or(first, cut), end.map_or(stop, cut));
    let distance = if step > 0 { stop - first } else { first - stop };
    if distance <= 0 {
        return (0, 0);
    }
    let count = match step.unsigned_abs() {
        1 => distance as usize, // A division takes longer than all the rest.
        step => (distance as usize - 1) / step + 1,
    };
    (first as usize, count)
}

/// The range types of the standard library over `i32`, `i64`, `isize` and `usize`.
pub trait SliceRange {
    /// The range with a step.
    fn with_step(self, step: isize) -> SliceItem;
}

impl SliceRange for std::ops::RangeFull {
    fn with_step(self, step: isize) -> SliceItem {
        SliceItem::Range { start: None, end: None, step }
    }
}

impl From<std::ops::RangeFull> for SliceItem {
    fn from(_: std::ops::RangeFull) -> Self {
        SliceItem::FULL
    }
}

impl From<NewAxis> for SliceItem {
    fn from(_: NewAxis) -> Self {
        SliceItem::NewAxis
    }
}

impl From<Ellipsis> for SliceItem {
    fn from(_: Ellipsis) -> Self {
        SliceItem::Ellipsis
    }
}

/// The position behind an inclusive end, in the direction of `step`; `None` where that is off the axis.
fn behind(end: isize, step: isize) -> Option<isize> {
    if step < 0 { if end == 0 { None } else { Some(end.saturating_sub(1)) } } else { end_of(end) }
}

fn end_of(end: isize) -> Option<isize> {
    if end == -1 { None } else { Some(end.saturating_add(1)) }
}

macro_rules! positions {
    ($($type:ty)*) => {$(
        impl From<$type> for SliceItem {
            #[inline]
            fn from(index: $type) -> Self {
                SliceItem::Index(index.to_axis())
            }
        }
        positions!(@range $type, std::ops::Range<$type>,
            |r, step| (Some(r.start.to_axis()), Some(r.end.to_axis())));
        positions!(@range $type, std::ops::RangeFrom<$type>, |r, step| (Some(r.start.to_axis()), None));
        positions!(@range $type, std::ops::RangeTo<$type>, |r, step| (None, Some(r.end.to_axis())));
        positions!(@range $type, std::ops::RangeInclusive<$type>,
            |r, step| (Some(r.start().to_axis()), behind(r.end().to_axis(), step)));
        positions!(@range $type, std::ops::RangeToInclusive<$type>,
            |r, step| (None, behind(r.end.to_axis(), step)));
    )*};
    (@range $type:ty, $range:ty, |$r:ident, $step:ident| $ends:expr) => {
        impl SliceRange for $range {
            #[inline]
            fn with_step(self, $step: isize) -> SliceItem {
                let $r = self;
                let (start, end) = $ends;
                SliceItem::Range { start, end, step: $step }
            }
        }
        impl From<$range> for SliceItem {
            #[inline]
            fn from(range: $range) -> Self {
                range.with_step(1)
            }
        }
    };
}

use crate::axes::AxisIndex;
positions! { i32 i64 isize usize }

/// A slice, as an array of [`SliceItem`]: indices, ranges (`range;step` for a step), `NewAxis` and `Ellipsis`.
///
/// ```
/// use isonum_core::{s, SliceItem};
/// let slice: [SliceItem; 5] = s![1.., -1, ..;-2, NewAxis, Ellipsis];
/// assert_eq!(slice[1], SliceItem::Index(-1));
/// assert_eq!(slice[2], SliceItem::Range { start: None, end: None, step: -2 });
/// ```
#[macro_export]
macro_rules! s {
    (@items [$($done:expr,)*]) => {{
        // `1..-1` is not empty here.
        #[allow(clippy::reversed_empty_ranges)]
        let items = [$($done,)*];
        items
    }};
    (@items [$($done:expr,)*] NewAxis $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($done,)* $crate::SliceItem::NewAxis,] $($($rest)*)?)
    };
    (@items [$($done:expr,)*] Ellipsis $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($done,)* $crate::SliceItem::Ellipsis,] $($($rest)*)?)
    };
    (@items [$($done:expr,)*] $range:expr ; $step:expr $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($done,)* $crate::SliceItem::stepped($range, $step),] $($($rest)*)?)
    };
    (@items [$($done:expr,)*] $item:expr $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($done,)* $crate::SliceItem::from($item),] $($($rest)*)?)
    };
    () => { [$crate::SliceItem::Ellipsis; 0] };
    ($($items:tt)+) => { $crate::s!(@items [] $($items)+) };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: Option<isize>, end: Option<isize>, step: isize) -> SliceItem {
        SliceItem::Range { start, end, step }
    }

    #[test]
    fn the_macro() {
        let i = 3usize;
        assert_eq!(
            s![1.., -1, ..;-2, NewAxis, Ellipsis, i, i..i + 2, ..=4],
            [
                range(Some(1), None, 1),
                SliceItem::Index(-1),
                range(None, None, -2),
                SliceItem::NewAxis,
                SliceItem::Ellipsis,
                SliceItem::Index(3),
                range(Some(3), Some(5), 1),
                range(None, Some(5), 1),
            ]
        );
        assert_eq!(s![].len(), 0);
        assert_eq!(s![..,], [SliceItem::FULL]);
        assert_eq!(s![Ellipsis, NewAxis,], [SliceItem::Ellipsis, SliceItem::NewAxis]);
    }

    #[test]
    fn inclusive_ends() {
        assert_eq!(s![0..=-1], [range(Some(0), None, 1)]);
        assert_eq!(s![0..=-2], [range(Some(0), Some(-1), 1)]);
        assert_eq!(s![5..=0;-1], [range(Some(5), None, -1)]);
        assert_eq!(s![5..=2;-1], [range(Some(5), Some(1), -1)]);
        assert_eq!(s![0..=usize::MAX], [range(Some(0), Some(isize::MAX), 1)]);
    }

    /// Python's `range(len)[start:end:step]`, by walking.
    fn walk(start: Option<isize>, end: Option<isize>, step: isize, len: usize) -> Vec<usize> {
        let n = len as isize;
        let inside = |at: isize| if at < 0 { at + n } else { at };
        let mut at = start.map_or(if step > 0 { 0 } else { n - 1 }, inside);
        // A start beyond the axis is cut to its edge.
        at = if step > 0 { at.max(0) } else { at.min(n - 1) };
        let mut found = Vec::new();
        while (0..n).contains(&at)
            && end.is_none_or(|e| if step > 0 { at < inside(e) } else { at > inside(e) })
        {
            found.push(at as usize);
            at += step;
        }
        found
    }

    #[test]
    fn ranges_are_those_of_python() {
        let ends = || std::iter::once(None).chain((-7..=7).map(Some));
        for len in 0..5 {
            for start in ends() {
                for end in ends() {
                    for step in (-4..=4).filter(|&s| s != 0) {
                        let (first, count) = resolve_range(start, end, step, len);
                        let found: Vec<_> =
                            (0..count as isize).map(|i| (first as isize + i * step) as usize).collect();
                        assert_eq!(found, walk(start, end, step, len), "{start:?}..{end:?};{step} of {len}");
                    }
                }
            }
        }
        assert_eq!(resolve_range(Some(isize::MIN), Some(isize::MAX), isize::MAX, 4), (0, 1));
        assert_eq!(resolve_range(None, None, isize::MIN, 4), (3, 1));
    }
}
