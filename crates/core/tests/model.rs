//! Views against a model: an array as a shape and the list of its elements in C order, each operation as a
//! function from index to index. Random chains of operations meet axes of length zero and one, strides of zero
//! and below.

use isonum_core::{Dims, Layout, SliceItem, Storage, View, ViewMut};
use proptest::prelude::*;

/// A shape and the elements in C order.
#[derive(Clone, Debug, PartialEq)]
struct Model {
    shape: Vec<usize>,
    cells: Vec<u32>,
}

/// Every index of `shape` in C order.
fn indices(shape: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for &n in shape {
        all = all.iter().flat_map(|i| (0..n).map(|j| [&i[..], &[j]].concat())).collect();
    }
    all
}

impl Model {
    fn iota(shape: &[usize]) -> Model {
        Model { shape: shape.to_vec(), cells: (0..shape.iter().product::<usize>() as u32).collect() }
    }

    fn at(&self, index: &[usize]) -> u32 {
        let flat = index.iter().zip(&self.shape).fold(0, |flat, (&i, &n)| {
            assert!(i < n);
            flat * n + i
        });
        self.cells[flat]
    }

    /// The model of `shape` whose element at each index is this one's at `from(index)`.
    fn gather(&self, shape: Vec<usize>, from: impl Fn(&[usize]) -> Vec<usize>) -> Model {
        let cells = indices(&shape).iter().map(|index| self.at(&from(index))).collect();
        Model { shape, cells }
    }

    /// `lists[axis]` are the positions of each axis.
    fn select(&self, lists: &[Vec<usize>]) -> Model {
        let shape = lists.iter().map(Vec::len).collect();
        self.gather(shape, |index| index.iter().zip(lists).map(|(&i, list)| list[i]).collect())
    }

    fn relabel(&self, shape: Vec<usize>) -> Model {
        Model { shape, cells: self.cells.clone() }
    }
}

/// One random step. Numbers are brought into range when it is applied.
#[derive(Clone, Debug)]
struct Step {
    kind: u8,
    numbers: [i8; 6],
}

fn step() -> impl Strategy<Value = Step> {
    (0u8..13, prop::array::uniform6(-9i8..=9)).prop_map(|(kind, numbers)| Step { kind, numbers })
}

fn shape() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![1 => Just(0usize), 2 => Just(1), 6 => 2usize..=4], 0..=4)
}

/// Python's `list(range(n))[start:end:step]`.
fn walk(start: Option<isize>, end: Option<isize>, step: isize, n: usize) -> Vec<usize> {
    let len = n as isize;
    let inside = |at: isize| if at < 0 { at + len } else { at };
    let mut at = match start.map(inside) {
        Some(at) if step > 0 => at.max(0),
        Some(at) => at.min(len - 1),
        None if step > 0 => 0,
        None => len - 1,
    };
    let mut found = Vec::new();
    while (0..len).contains(&at) && end.is_none_or(|e| if step > 0 { at < inside(e) } else { at > inside(e) })
    {
        found.push(at as usize);
        at += step;
    }
    found
}

/// Applies a step to a layout and to the model: the offset, the layout, the model.
fn apply(layout: &Layout, model: &Model, step: &Step) -> (isize, Layout, Model) {
    let n = step.numbers;
    let shape = &model.shape;
    let ndim = shape.len();
    let axis = |i: usize| if ndim == 0 { 0 } else { n[i].rem_euclid(ndim as i8) as usize };
    // The same axis, named from the back where the number is odd.
    let named = |axis: usize| if n[5] % 2 == 0 { axis as isize } else { axis as isize - ndim as isize };
    let same = (0, layout.clone(), model.clone());
    let (a, b) = (axis(0), axis(1));
    let swap = |mut list: Vec<usize>| {
        list.swap(a, b);
        list
    };
    match step.kind {
        0 if ndim > 0 => {
            let layout = layout.swap_axes(named(a), b as isize).unwrap();
            (0, layout, model.gather(swap(shape.clone()), |index| swap(index.to_vec())))
        }
        1 if ndim > 0 => {
            let mut order: Vec<usize> = (0..ndim).collect();
            let moved = order.remove(a);
            order.insert(b, moved);
            let new = order.iter().map(|&axis| shape[axis]).collect();
            let model = model.gather(new, |index| {
                let mut old = vec![0; ndim];
                order.iter().zip(index).for_each(|(&axis, &i)| old[axis] = i);
                old
            });
            let permuted = layout.permute(&order.iter().map(|&a| named(a)).collect::<Vec<_>>()).unwrap();
            assert_eq!(layout.move_axis(named(a), b as isize).unwrap(), permuted);
            (0, permuted, model)
        }
        2 => {
            let reversed = |index: &[usize]| index.iter().rev().copied().collect::<Vec<_>>();
            (0, layout.transpose(), model.gather(reversed(shape), reversed))
        }
        3 if ndim > 0 => {
            let (offset, layout) = layout.flip([named(a)]).unwrap();
            let flip = |index: &[usize]| {
                let mut old = index.to_vec();
                old[a] = shape[a] - 1 - old[a];
                old
            };
            (offset, layout, model.gather(shape.clone(), flip))
        }
        4 if ndim > 0 && shape[a] > 0 => {
            let at = n[2].rem_euclid(shape[a] as i8) as usize;
            let (offset, layout) = layout.index_axis(named(a), at as isize).unwrap();
            let mut new = shape.clone();
            new.remove(a);
            let model = model.gather(new, |index| {
                let mut old = index.to_vec();
                old.insert(a, at);
                old
            });
            (offset, layout, model)
        }
        5 if ndim > 1 && a != b => {
            let shift = n[2] as isize % 4;
            let (offset, layout) = layout.diagonal(shift, named(a), b as isize).unwrap();
            let (skip_a, skip_b) = if shift < 0 { (-shift as usize, 0) } else { (0, shift as usize) };
            let count = shape[a].saturating_sub(skip_a).min(shape[b].saturating_sub(skip_b));
            let mut new: Vec<usize> = (0..ndim).filter(|&x| x != a && x != b).map(|x| shape[x]).collect();
            new.push(count);
            let model = model.gather(new, |index| {
                let (&i, rest) = index.split_last().unwrap();
                let mut rest = rest.iter().copied();
                let pick = |x| match x {
                    _ if x == a => skip_a + i,
                    _ if x == b => skip_b + i,
                    _ => rest.next().unwrap(),
                };
                (0..ndim).map(pick).collect()
            });
            (offset, layout, model)
        }
        6 => {
            let new = shape.iter().copied().filter(|&n| n != 1).collect();
            (0, layout.squeeze(()).unwrap(), model.relabel(new))
        }
        7 if ndim < 5 => {
            let at = n[0].rem_euclid(ndim as i8 + 1) as usize;
            let mut new = shape.clone();
            new.insert(at, 1);
            (0, layout.expand_dims([at]).unwrap(), model.relabel(new))
        }
        8 => {
            // Merge two axes, or cut one in two.
            let mut new = shape.clone();
            if n[1] % 2 == 0 && ndim > 1 {
                let at = a.min(ndim - 2);
                let inner = new.remove(at + 1);
                new[at] *= inner;
            } else if ndim > 0 {
                let cut = n[2].unsigned_abs() as usize % 3 + 1;
                if shape[a].is_multiple_of(cut) {
                    new[a] /= cut;
                    new.insert(a, cut);
                }
            }
            match layout.reshape_view(&new) {
                Some(layout) => (0, layout, model.relabel(new)),
                None => {
                    assert!(!can_reshape(layout, &new), "{layout:?} as {new:?}");
                    same
                }
            }
        }
        9 => {
            let mut new = shape.clone();
            for (i, n) in new.iter_mut().enumerate() {
                if *n == 1 && step.numbers[i % 6] > 0 {
                    *n = step.numbers[i % 6] as usize % 4;
                }
            }
            if n[5] > 5 {
                new.insert(0, 2);
            }
            let skip = new.len() - ndim;
            let broadcast = layout.broadcast_to(&new).unwrap();
            let model = model.gather(new, |index| {
                index[skip..].iter().zip(shape).map(|(&i, &n)| if n == 1 { 0 } else { i }).collect()
            });
            (0, broadcast, model)
        }
        10 if ndim > 0 && ndim < 5 && shape[a] > 0 => {
            let w = n[2].rem_euclid(shape[a] as i8) as usize + 1;
            let mut new = shape.clone();
            new[a] -= w - 1;
            new.push(w);
            let model = model.gather(new, |index| {
                let (&i, rest) = index.split_last().unwrap();
                let mut old = rest.to_vec();
                old[a] += i;
                old
            });
            (0, layout.windows(&[w], named(a)).unwrap(), model)
        }
        11 if ndim > 0 => {
            let (from, to) = (n[2].unsigned_abs() as usize, n[3].unsigned_abs() as usize);
            let (from, to) = (from.min(to).min(shape[a]), from.max(to).min(shape[a]));
            let (offset, layout) = layout.narrow(named(a), from, to).unwrap();
            let mut lists: Vec<Vec<usize>> = shape.iter().map(|&n| (0..n).collect()).collect();
            lists[a] = (from..to).collect();
            (offset, layout, model.select(&lists))
        }
        12 if ndim > 0 => {
            let end = |i: usize| (n[i] % 7 != 0).then_some(n[i] as isize);
            let (start, stop) = (end(1), end(2));
            let by = match n[3] % 4 {
                0 => 1,
                by => by as isize,
            };
            let range = SliceItem::Range { start, end: stop, step: by };
            // A leading ellipsis makes it the last axis; otherwise it is the first.
            let (items, a) = if n[4] % 2 == 0 {
                (vec![SliceItem::Ellipsis, range], ndim - 1)
            } else {
                (vec![range, SliceItem::NewAxis, SliceItem::Ellipsis], 0)
            };
            let (offset, sliced) = layout.slice(&items).unwrap();
            let mut lists: Vec<Vec<usize>> = shape.iter().map(|&n| (0..n).collect()).collect();
            lists[a] = walk(start, stop, by, shape[a]);
            let mut model = model.select(&lists);
            if items.len() == 3 {
                model.shape.insert(1, 1);
            }
            (offset, sliced, model)
        }
        _ => same,
    }
}

/// Whether strides exist for `shape` that visit the elements of `layout` in their order: by looking at offsets.
fn can_reshape(layout: &Layout, shape: &[usize]) -> bool {
    let offsets: Vec<isize> = layout.offsets().collect();
    let mut stride_of = vec![0; shape.len()];
    let mut step = 1;
    for axis in (0..shape.len()).rev() {
        if shape[axis] > 1 {
            stride_of[axis] = offsets[step] - offsets[0];
        }
        step *= shape[axis];
    }
    let wanted = indices(shape);
    wanted.iter().zip(&offsets).all(|(index, &offset)| {
        index.iter().zip(&stride_of).map(|(&i, &s)| i as isize * s).sum::<isize>() == offset
    })
}

/// A random chain: memory, the offset of the first element, layout, and what it must look like.
fn chain(shape: &[usize], steps: &[Step]) -> (Vec<u32>, isize, Layout, Model) {
    let mut model = Model::iota(shape);
    let mut layout = Layout::contiguous(shape).unwrap();
    let memory = model.cells.clone();
    let mut offset = 0;
    for step in steps {
        let (by, next, expected) = apply(&layout, &model, step);
        assert_eq!(next.shape(), expected.shape, "{step:?} of {layout:?}");
        assert_eq!(next.len(), expected.cells.len());
        (offset, layout, model) = (offset + by, next, expected);
        if model.cells.len() > 3000 {
            break;
        }
    }
    (memory, offset, layout, model)
}

fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: if cfg!(miri) { 20 } else { 3000 },
        failure_persistence: None,
        ..Default::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn views_are_their_model(shape in shape(), steps in prop::collection::vec(step(), 0..8)) {
        let (memory, offset, layout, model) = chain(&shape, &steps);
        // SAFETY: the model has found every element in the memory.
        let view = unsafe { View::from_raw_parts(memory.as_ptr().offset(offset), layout) };
        check_elements(&view, &model);
        check_parts(&view, &model);
        check_layout(view.layout());
        check_copies(&view, &model);
    }

    #[test]
    fn mutable_views_write_where_they_say(shape in shape(), steps in prop::collection::vec(step(), 0..8)) {
        let (mut memory, offset, layout, model) = chain(&shape, &steps);
        let overlaps = layout.overlaps_itself();
        // SAFETY: the model has found every element in the memory.
        match unsafe { ViewMut::from_raw_parts(memory.as_mut_ptr().offset(offset), layout.clone()) } {
            Err(error) => {
                prop_assert!(overlaps);
                prop_assert!(error.to_string().contains("overlap in memory and cannot be written"));
            }
            Ok(mut view) => {
                prop_assert!(!overlaps);
                let mark = |cell: u32| cell + 1000;
                view.iter_mut().for_each(|cell| *cell = mark(*cell));
                let expected: Vec<u32> = (0..memory.len() as u32)
                    .map(|cell| if model.cells.contains(&cell) { mark(cell) } else { cell })
                    .collect();
                prop_assert_eq!(&memory, &expected);
                for axis in 0..layout.ndim() as isize {
                    let mut again = memory.clone();
                    // SAFETY: as above.
                    let view = unsafe { ViewMut::from_raw_parts(again.as_mut_ptr().offset(offset), layout.clone()) };
                    let lanes = view.unwrap().lanes(axis).unwrap();
                    // All alive at once: they are distinct.
                    let mut lanes: Vec<_> = lanes.collect();
                    lanes.iter_mut().flat_map(|lane| lane.iter_mut()).for_each(|cell| *cell -= 1000);
                    drop(lanes);
                    prop_assert!(again.iter().enumerate().all(|(i, &cell)| cell == i as u32));
                }
            }
        }
    }
}

fn check_elements(view: &View<'_, u32>, model: &Model) {
    let cells = &model.cells;
    assert_eq!(view.shape(), model.shape);
    assert_eq!(view.iter().len(), cells.len());
    assert!(view.iter().eq(cells));
    assert!(view.iter().rev().eq(cells.iter().rev()));
    // `fold`, also after some from both ends, and `nth`.
    let mut folded = Vec::new();
    let mut iter = view.iter();
    let (front, back) = (iter.next(), iter.next_back());
    iter.for_each(|&cell| folded.push(cell));
    assert_eq!(front, cells.first());
    assert_eq!(back, if cells.len() > 1 { cells.last() } else { None });
    assert_eq!(folded, cells.get(1..cells.len() - back.iter().len()).unwrap_or(&[]));
    for n in [0, 1, 2, 3, 5, 7, 11] {
        let mut iter = view.iter();
        assert_eq!(iter.nth(n), cells.get(n));
        assert_eq!(iter.nth(n), cells.get(2 * n + 1));
        assert_eq!(iter.next(), cells.get(2 * n + 2));
    }
    // From both ends in turn.
    let (mut iter, mut low, mut high) = (view.iter(), 0, cells.len());
    while low < high {
        assert_eq!(iter.next(), Some(&cells[low]));
        low += 1;
        if low < high {
            high -= 1;
            assert_eq!(iter.next_back(), Some(&cells[high]));
        }
    }
    assert_eq!((iter.next(), iter.next_back()), (None, None));
    assert_eq!(view.first(), cells.first());
    for index in indices(&model.shape) {
        let from_front: Vec<isize> = index.iter().map(|&i| i as isize).collect();
        let from_back: Vec<isize> =
            index.iter().zip(&model.shape).map(|(&i, &n)| i as isize - n as isize).collect();
        assert_eq!(view.get(&from_front), Some(&model.at(&index)));
        assert_eq!(view.get(&from_back), Some(&model.at(&index)));
    }
    let beyond: Vec<isize> = model.shape.iter().map(|&n| n as isize).collect();
    assert_eq!(view.get(&beyond).is_some(), beyond.is_empty());
    match view.as_slice() {
        Some(slice) => assert_eq!(slice, cells),
        None => assert!(!cells.windows(2).all(|pair| pair[1] == pair[0] + 1)),
    }
}

fn check_parts(view: &View<'_, u32>, model: &Model) {
    for axis in 0..model.shape.len() {
        let n = model.shape[axis];
        let without = |index: &[usize], i: usize| {
            let mut full = index.to_vec();
            full.insert(axis, i);
            full
        };
        let mut others = model.shape.clone();
        others.remove(axis);
        let lanes = view.lanes(axis as isize).unwrap();
        assert_eq!(lanes.len(), others.iter().product());
        for (lane, index) in lanes.zip(indices(&others)) {
            assert_eq!(lane.shape(), [n]);
            assert!(lane.iter().copied().eq((0..n).map(|i| model.at(&without(&index, i)))));
        }
        let positions = view.axis_iter(axis as isize).unwrap();
        assert_eq!(positions.len(), n);
        for (i, position) in positions.enumerate() {
            let expected = model.gather(others.clone(), |index| without(index, i));
            assert_eq!(position.shape(), expected.shape);
            assert!(position.iter().eq(&expected.cells));
        }
        let (before, after) = view.split_at(axis as isize, n / 2).unwrap();
        assert_eq!((before.shape()[axis], after.shape()[axis]), (n / 2, n - n / 2));
        let cut = |range: std::ops::Range<usize>| {
            let mut lists: Vec<Vec<usize>> = model.shape.iter().map(|&n| (0..n).collect()).collect();
            lists[axis] = range.collect();
            model.select(&lists).cells
        };
        assert!(before.iter().eq(&cut(0..n / 2)));
        assert!(after.iter().eq(&cut(n / 2..n)));
    }
}

fn check_layout(layout: &Layout) {
    let offsets: Vec<isize> = indices(layout.shape())
        .iter()
        .map(|index| index.iter().zip(layout.strides()).map(|(&i, &s)| i as isize * s).sum())
        .collect();
    assert!(layout.offsets().eq(offsets.iter().copied()));
    let counting = |offsets: &[isize]| offsets.iter().enumerate().all(|(i, &o)| o == i as isize);
    assert_eq!(layout.is_contiguous(), counting(&offsets));
    let fortran: Vec<isize> = layout.transpose().offsets().collect();
    assert_eq!(
        layout.is_fortran(),
        layout.len() <= 1 || {
            let mut sorted = offsets.clone();
            sorted.sort_unstable();
            counting(&sorted) && layout.transpose().is_contiguous() && !fortran.is_empty()
        }
    );
    let mut sorted = offsets.clone();
    sorted.sort_unstable();
    assert_eq!(layout.is_dense(), counting(&sorted));
    let distinct = sorted.windows(2).all(|pair| pair[0] != pair[1]);
    assert_eq!(layout.overlaps_itself(), !distinct, "{layout:?}");
    if !offsets.is_empty() {
        assert_eq!(layout.extent(), (sorted[0], sorted[sorted.len() - 1]));
    }
    let coalesced = layout.coalesced();
    assert!(coalesced.offsets().eq(offsets.iter().copied()));
    assert!(coalesced.ndim() <= layout.ndim());
    // The order is a permutation, sorted by stride where there is one.
    let order = layout.order();
    let mut axes: Vec<usize> = order.to_vec();
    let strides: Vec<usize> = axes
        .iter()
        .filter(|&&axis| layout.shape()[axis] > 1 && layout.strides()[axis] != 0)
        .map(|&axis| layout.strides()[axis].unsigned_abs())
        .collect();
    assert!(strides.windows(2).all(|pair| pair[0] >= pair[1]));
    axes.sort_unstable();
    assert!(axes.iter().copied().eq(0..layout.ndim()));
    // A result like this one is dense, and one like it is the same again.
    let like = Layout::like(&[layout], layout.shape()).unwrap();
    assert!(like.is_dense());
    assert_eq!(Layout::like(&[&like], layout.shape()).unwrap(), like);
    if !layout.overlaps_itself() && layout.len() > 1 {
        let rank_of = |l: &Layout| {
            let order = l.order();
            order.iter().copied().filter(|&axis| l.shape()[axis] > 1).collect::<Dims<usize>>()
        };
        assert_eq!(rank_of(&like), rank_of(layout));
    }
}

fn check_copies(view: &View<'_, u32>, model: &Model) {
    let copy = view.to_storage().unwrap();
    assert_eq!(copy.layout(), &Layout::like(&[view.layout()], view.shape()).unwrap());
    assert!(copy.iter().eq(&model.cells));
    let contiguous = view.to_contiguous().unwrap();
    assert_eq!(contiguous.as_slice(), Some(&model.cells[..]));
    let flat = copy.reshape(&[-1]);
    if model.cells.is_empty() {
        return;
    }
    assert_eq!(flat.unwrap().into_vec().unwrap(), model.cells);
    // Writing a shared or overlapping array leaves the others as they were.
    let other = copy.clone();
    let mut written: Storage<u32> = copy;
    written.view_mut().unwrap().iter_mut().for_each(|cell| *cell += 1);
    assert!(other.iter().eq(&model.cells));
    assert!(written.iter().copied().eq(model.cells.iter().map(|cell| cell + 1)));
    assert_eq!(written.layout(), other.layout());
    assert_eq!(written.into_vec().unwrap(), model.cells.iter().map(|cell| cell + 1).collect::<Vec<_>>());
}
