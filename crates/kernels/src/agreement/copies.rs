//! Copies between grids of any distances, and filling.

use super::Pair;
use super::memory::{Block, forms};
use super::scalars::Arithmetic;
use super::values::{Draw, Stream, Value};
use isonum_core::operand::{Grid, Out};

pub(super) fn check<T: Arithmetic>(pair: &Pair<'_>) {
    let mut stream = Stream::<T>::new(Draw::Wild, (-6.0, 6.0));
    let few = [
        (0, 3),
        (3, 0),
        (1, 1),
        (1, 13),
        (13, 1),
        (1, 130),
        (2, 2),
        (3, 5),
        (8, 8),
        (9, 17),
        (16, 33),
        (40, 7),
        (67, 130),
    ];
    for (rows, len) in few {
        let area = (rows, len);
        for (count, (row_stride, stride)) in sources(area).into_iter().enumerate() {
            let from = Plane::new(area, (row_stride, stride), count % 4, &mut stream);
            for (other, strides) in targets(area).into_iter().enumerate() {
                let before = Plane::new(area, strides, other % 3, &mut stream);
                before.compare::<T>(
                    pair,
                    "copy",
                    |kernels, out| {
                        let _ = kernels.copy(from.grid(), out);
                    },
                    || format!("from distances {:?}", from.strides),
                );
            }
        }
        for strides in targets(area) {
            let (before, value) = (Plane::new(area, strides, 1, &mut stream), stream.draw());
            before.compare::<T>(
                pair,
                "fill",
                |kernels, out| {
                    let _ = kernels.fill(value, out);
                },
                || format!("with {value:?}"),
            );
        }
    }
    for form in forms::<T>() {
        let (before, value) = (Block::new(form, &mut stream), stream.draw());
        let mut out = before.clone();
        let _ = pair.kernels::<T>()[0].fill(value, out.out());
        let filled = (0..form.rows).all(|r| (0..form.len).all(|i| out.get(r, i).identical(value)));
        if !filled || out.damage(&before).is_some() {
            pair.differ::<T>("fill", format!("{value:?}; {form:?}"));
        }
    }
}

/// Distances between the elements of an output: none is met twice.
fn targets((rows, len): (usize, usize)) -> Vec<(isize, isize)> {
    let (r, n) = (rows as isize, len as isize);
    vec![
        (n, 1),
        (n + 3, 1),
        (-n, 1),
        (n, -1),
        (-n - 1, -1),
        (2 * n, 2),
        (3 * n + 1, 3),
        (1, r),
        (1, r + 2),
        (-1, r),
        (1, -r - 1),
        (2, 2 * r),
    ]
}

/// Distances of an input: also such that elements repeat.
fn sources(area: (usize, usize)) -> Vec<(isize, isize)> {
    let n = area.1 as isize;
    let mut all = targets(area);
    all.extend([(0, 1), (1, 0), (0, 0), (n, 0), (1, 1), (0, -1), (-1, 1), (2, 1), (1, 2), (-2, -3)]);
    all
}

/// A grid in memory with other elements around it.
#[derive(Clone)]
struct Plane<T> {
    data: Vec<T>,
    first: usize,
    area: (usize, usize),
    strides: (isize, isize),
}

impl<T: Value> Plane<T> {
    fn new(area: (usize, usize), strides: (isize, isize), skew: usize, stream: &mut Stream<T>) -> Self {
        let span = |count: usize, stride: isize| count.saturating_sub(1) as isize * stride;
        let spans = [span(area.0, strides.0), span(area.1, strides.1)];
        let before: isize = spans.iter().map(|x| -x.min(&0)).sum();
        let behind: isize = spans.iter().map(|x| *x.max(&0)).sum();
        let first = skew + before as usize;
        Plane { data: stream.take(first + behind as usize + 19), first, area, strides }
    }

    fn grid(&self) -> Grid<'_, T> {
        let ((rows, len), (row_stride, stride)) = (self.area, self.strides);
        // SAFETY: the grid is inside of the data, which is borrowed.
        unsafe { Grid::from_raw(self.data.as_ptr().add(self.first), rows, len, row_stride, stride) }
    }

    fn out(&mut self) -> Out<'_, T> {
        let ((rows, len), (row_stride, stride)) = (self.area, self.strides);
        // SAFETY: the grid is inside of the data, which is borrowed, and no element is met twice.
        unsafe { Out::from_raw_grid(self.data.as_mut_ptr().add(self.first), rows, len, row_stride, stride) }
    }

    /// Fills both backends' copies; all memory must agree.
    fn compare<A: Arithmetic>(
        &self,
        pair: &Pair<'_>,
        operation: &str,
        run: impl Fn(&dyn isonum_core::Kernels<A>, Out<'_, T>),
        what: impl Fn() -> String,
    ) {
        let [got, want] = pair.kernels::<A>().map(|kernels| {
            let mut out = self.clone();
            run(kernels, out.out());
            out
        });
        // Beside the grid, the reference is right too: it is the scalar backend, which `check_naive` tests against
        // loops that write nothing else.
        let bad = (0..got.data.len()).find(|&k| !got.data[k].identical(want.data[k]));
        if let Some(k) = bad {
            let place = k as isize - self.first as isize;
            let (x, y, what) = (got.data[k], want.data[k], what());
            let (area, strides) = (self.area, self.strides);
            pair.differ::<A>(
                operation,
                format!("{x:?}, not {y:?}, at {place}, {what}, to {strides:?}, {area:?}"),
            );
        }
    }
}
