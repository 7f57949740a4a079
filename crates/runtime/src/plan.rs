//! The plan of an elementwise operation: which blocks of its arrays meet.
//!
//! Axes of length one are dropped, the others sorted by the output's strides and joined where all arrays step over
//! them alike. The two innermost that are left are the `rows × len` of a kernel's block; the others are loops.
//!
//! Where the innermost elements of an array are not neighbours, blocks are cut to tiles that fit in a
//! [`Scratch`], and the array is copied there. Where rows are short, a tile becomes one row: every array that has
//! gaps between its rows is copied.

use crate::cost;
use crate::scratch::{FAR_BYTES, LARGE_BYTES, SCRATCH_BYTES, Scratch};
use crate::threads;
use isonum_core::{Dims, Layout};

/// Rows shorter than this are joined to longer ones.
const NARROW: usize = 24;

/// The arrays of an operation, the output first. Strides are zero along axes on which an array is repeated.
#[derive(Clone)]
pub(crate) struct Plan<const M: usize> {
    /// The axes, the outermost first; the strides of each array along them.
    shape: Dims<usize>,
    strides: [Dims<isize>; M],
    /// The first element of each array.
    start: [isize; M],
}

/// Two axes of the arrays: what a kernel is called for at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile<const M: usize> {
    pub(crate) rows: usize,
    pub(crate) len: usize,
    pub(crate) start: [isize; M],
    pub(crate) row_strides: [isize; M],
    pub(crate) strides: [isize; M],
    /// Rows are to be joined to one.
    pub(crate) joined: bool,
}

/// What is done with a tile.
pub(crate) type Work<'w, const M: usize> = &'w (dyn Fn(&Tile<M>, &mut [Scratch; M]) + Sync);

impl<const M: usize> Plan<M> {
    /// The plan for arrays of these layouts, which broadcast to the first. `None` if there are no elements.
    pub(crate) fn new(layouts: [&Layout; M]) -> Option<Plan<M>> {
        let shape = layouts[0].shape();
        if layouts[0].is_empty() {
            return None;
        }
        let mut plan =
            Plan { shape: Dims::new(), strides: std::array::from_fn(|_| Dims::new()), start: [0; M] };
        for (axis, &n) in shape.iter().enumerate().filter(|&(_, &n)| n != 1) {
            let mut strides = layouts.map(|layout| stride(layout, axis, shape.len()));
            if strides[0] < 0 {
                for (start, stride) in plan.start.iter_mut().zip(&mut strides) {
                    *start += *stride * (n as isize - 1);
                    *stride = -*stride;
                }
            }
            // Insertion sort by the output's stride: stable, and ranks are small.
            let mut at = plan.shape.len();
            while at > 0 && plan.strides[0][at - 1] < strides[0] {
                at -= 1;
            }
            plan.shape.insert(at, n);
            for (all, stride) in plan.strides.iter_mut().zip(strides) {
                all.insert(at, stride);
            }
        }
        plan.coalesce();
        Some(plan)
    }

    /// Joins neighbouring axes where every array steps from the end of the inner to the next of the outer.
    fn coalesce(&mut self) {
        let mut kept = 0;
        for axis in 1..self.shape.len() {
            let n = self.shape[axis];
            let joins = self.strides.iter().all(|s| s[kept] == s[axis].wrapping_mul(n as isize));
            if joins {
                self.shape[kept] *= n;
            } else {
                kept += 1;
                self.shape[kept] = n;
            }
            for strides in &mut self.strides {
                strides[kept] = strides[axis];
            }
        }
        while self.shape.len() > kept + 1 {
            self.shape.remove(kept + 1);
            for strides in &mut self.strides {
                strides.remove(kept + 1);
            }
        }
    }

    fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Calls `work` for tiles that cover all elements, in parallel where that pays at `ns_each` nanoseconds an
    /// element. `bytes` is the size of the largest element; `packing` says how `work` packs what are no rows, if it does.
    pub(crate) fn run(&self, bytes: usize, packing: Option<Packing>, ns_each: f64, work: Work<'_, M>) {
        let Some(axis) = self.axis_to_split() else {
            return self.run_serial(bytes, packing, work);
        };
        let n = self.shape[axis];
        let innermost = axis + 1 == self.shape.len();
        let align = if innermost { 4096 } else { 1 };
        threads::split(n, align, ns_each * (self.len() / n) as f64, |range| {
            if range.len() == n {
                return self.run_serial(bytes, packing, work);
            }
            let mut part = self.clone();
            part.shape[axis] = range.len();
            for (start, strides) in part.start.iter_mut().zip(&self.strides) {
                *start += strides[axis] * range.start as isize;
            }
            part.run_serial(bytes, packing, work);
        });
    }

    /// The outermost axis that is long enough for all threads, else the longest.
    fn axis_to_split(&self) -> Option<usize> {
        let enough = 4 * threads::count();
        let axes = 0..self.shape.len();
        axes.clone()
            .find(|&axis| self.shape[axis] >= enough)
            .or_else(|| axes.max_by_key(|&axis| self.shape[axis]))
    }

    fn run_serial(&self, bytes: usize, packing: Option<Packing>, work: Work<'_, M>) {
        let ndim = self.shape.len();
        let axis = |back: usize| {
            if back > ndim {
                // One element, and the output's is a row of its own.
                return (1, std::array::from_fn(|k| isize::from(k == 0)));
            }
            (self.shape[ndim - back], std::array::from_fn(|k| self.strides[k][ndim - back]))
        };
        let ((len, strides), (rows, row_strides)) = (axis(1), axis(2));
        let block = Tile { rows, len, start: self.start, row_strides, strides, joined: false };
        let outer = ndim.saturating_sub(2);
        let mut index = Dims::filled(outer, 0usize);
        let mut scratch = std::array::from_fn(|_| Scratch::new());
        let mut cut = block.cut(bytes, packing);
        if let Some(tile) = cut
            && !block.reserve(tile, bytes, &mut scratch)
        {
            scratch = std::array::from_fn(|_| Scratch::new());
            cut = block.cut(bytes, Some(Packing::Least));
        }
        let mut block = block;
        loop {
            match cut {
                None => work(&block, &mut scratch),
                Some(cut) => block.tiles(cut, |tile| work(tile, &mut scratch)),
            }
            // The next index, the last axis first.
            let mut axis = outer;
            loop {
                if axis == 0 {
                    return;
                }
                axis -= 1;
                index[axis] += 1;
                if index[axis] < self.shape[axis] {
                    for k in 0..M {
                        block.start[k] += self.strides[k][axis];
                    }
                    break;
                }
                for k in 0..M {
                    block.start[k] -= self.strides[k][axis] * (self.shape[axis] as isize - 1);
                }
                index[axis] = 0;
            }
        }
    }
}

/// The stride of `layout` along `axis` of an array of `ndim` dimensions to which it broadcasts.
fn stride(layout: &Layout, axis: usize, ndim: usize) -> isize {
    match (axis + layout.ndim()).checked_sub(ndim) {
        Some(own) if layout.shape()[own] != 1 => layout.strides()[own],
        _ => 0,
    }
}

/// How large the tiles are in which arrays are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// They stay in the first cache, or, transposed, in the second.
    Near,
    /// For work whose output is written around the caches. Stores that stop while the next tile is packed are slower
    /// than those through the caches: adding every other column of 2048² on Zen 4 took, with tiles of 16 KiB, 64 KiB and
    /// 1 MiB, 2.9, 2.7 and 2.1 ms in `f32`, 6.1, 5.6 and 4.4 in `f64`.
    Far,
    /// On the stack, for when there is no memory for more.
    Least,
}

impl Packing {
    fn bytes(self) -> usize {
        match self {
            Packing::Near | Packing::Least => SCRATCH_BYTES,
            Packing::Far => FAR_BYTES,
        }
    }

    /// Rows and elements of a tile of a transposed array: runs of several lines along both axes.
    ///
    /// On Zen 4, adding a transposed array took, with tiles of 128 × 128, 512 × 512 and 512 × 2048: 65, 80 and 80 µs for
    /// 512² `f32`, in the caches; 3.1, 3.3 and 2.6 ms for 2048² `f32`, 7.5, 5.6 and 4.4 ms for 2048² `f64`.
    fn transposed(self, bytes: usize) -> (usize, usize) {
        match self {
            Packing::Near => (128, (LARGE_BYTES / bytes / 128).min(128)),
            Packing::Least => (32, SCRATCH_BYTES / bytes / 32),
            Packing::Far => {
                (512, (cost::last_cache() / 4 / threads::count() / bytes / 512).next_multiple_of(64).max(64))
            }
        }
    }
}

/// How a block is cut: rows and elements of a tile, and whether its rows are joined.
#[derive(Clone, Copy)]
struct Cut {
    rows: usize,
    len: usize,
    joined: bool,
}

impl<const M: usize> Tile<M> {
    /// How to cut this block, `None` for not at all.
    fn cut(&self, bytes: usize, packing: Option<Packing>) -> Option<Cut> {
        let packing = packing?;
        let capacity = packing.bytes() / bytes;
        let joined = self.len < NARROW && self.rows > 1;
        // An array repeated along the rows' elements is a column, but the output needs them all.
        let rows_of_neighbours = (0..M).all(|k| self.strides[k] == 1 || (self.strides[k] == 0 && k > 0));
        if rows_of_neighbours && !joined {
            return None;
        }
        // Along which axis neighbours lie in the arrays that will be copied.
        let transposed = (0..M).any(|k| {
            let (row, element) = (self.row_strides[k].unsigned_abs(), self.strides[k].unsigned_abs());
            element > 1 && row < element && self.rows > 1
        });
        Some(if joined {
            Cut { rows: capacity / self.len, len: self.len, joined }
        } else if transposed && self.rows >= 8 {
            let (rows, len) = packing.transposed(bytes);
            Cut { rows, len, joined }
        } else if self.len >= capacity {
            Cut { rows: 1, len: capacity, joined }
        } else {
            Cut { rows: capacity / self.len, len: self.len, joined }
        })
    }

    /// Makes room for tiles of each array that will be packed; `false` if there is no memory.
    fn reserve(&self, cut: Cut, bytes: usize, scratch: &mut [Scratch; M]) -> bool {
        let tile = cut.rows.min(self.rows) * cut.len.min(self.len) * bytes;
        let packed = |k: usize| match self.strides[k] {
            // One value, or one for each row.
            0 if k > 0 => cut.joined && self.row_strides[k] != 0,
            stride => cut.joined || stride != 1,
        };
        (0..M).all(|k| !packed(k) || scratch[k].reserve(tile))
    }

    fn tiles(&self, cut: Cut, mut f: impl FnMut(&Tile<M>)) {
        let mut r = 0;
        while r < self.rows {
            let rows = cut.rows.min(self.rows - r);
            let mut i = 0;
            while i < self.len {
                let len = cut.len.min(self.len - i);
                let start = std::array::from_fn(|k| {
                    self.start[k] + r as isize * self.row_strides[k] + i as isize * self.strides[k]
                });
                f(&Tile { rows, len, start, joined: cut.joined, ..*self });
                i += len;
            }
            r += rows;
        }
    }
}
