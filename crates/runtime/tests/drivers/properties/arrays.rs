//! Random places in memory for the elements of an array. The model of an array is the list of its elements in C
//! order; which element of memory each one is comes from sums of products alone, not from layouts.

use isonum_core::{Element, SliceItem, Storage, ViewMut};
use proptest::prelude::*;

/// Where the positions of one axis lie.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    len: usize,
    /// From one position to the next; negative ones begin at the far end.
    step: isize,
    /// Positions before and after that belong to nobody.
    before: usize,
    after: usize,
    /// All positions are the same one.
    repeated: bool,
}

impl Axis {
    /// From the first position that is used to behind the last.
    fn span(&self) -> usize {
        match self.len {
            0 => 0,
            _ if self.repeated => 1,
            n => (n - 1) * self.step.unsigned_abs() + 1,
        }
    }

    fn width(&self) -> usize {
        self.before + self.span() + self.after
    }

    /// The position in memory of each one of the axis.
    fn positions(&self) -> Vec<usize> {
        let step = self.step.unsigned_abs();
        let position = |i: usize| match self.step {
            _ if self.repeated => 0,
            1.. => i * step,
            _ => (self.len - 1 - i) * step,
        };
        (0..self.len).map(|i| self.before + position(i)).collect()
    }
}

/// Where the elements of an array lie.
#[derive(Clone, Debug)]
pub(crate) struct Placement {
    axes: Vec<Axis>,
    /// The axes in the order in which memory has them.
    order: Vec<usize>,
}

/// The sums of one number of each list, the last list running fastest: offsets in C order.
pub(crate) fn sums(lists: &[Vec<usize>]) -> Vec<usize> {
    let mut all = vec![0];
    for list in lists {
        all = all.iter().flat_map(|sum| list.iter().map(move |x| sum + x)).collect();
    }
    all
}

/// The distances between neighbours along each axis in C order.
pub(crate) fn strides(shape: &[usize]) -> Vec<usize> {
    (0..shape.len()).map(|axis| shape[axis + 1..].iter().product()).collect()
}

/// For each axis of `shape`, how far into the list of elements its positions are.
pub(crate) fn steps(shape: &[usize]) -> Vec<Vec<usize>> {
    shape.iter().zip(strides(shape)).map(|(&n, stride)| (0..n).map(|i| i * stride).collect()).collect()
}

impl Placement {
    /// Without gaps, in C or in Fortran order.
    pub(crate) fn dense(shape: &[usize], fortran: bool) -> Placement {
        let axis = |&len: &usize| Axis { len, step: 1, before: 0, after: 0, repeated: false };
        let mut order: Vec<usize> = (0..shape.len()).collect();
        if fortran {
            order.reverse();
        }
        Placement { axes: shape.iter().map(axis).collect(), order }
    }

    /// With gaps: one of many, by its number.
    pub(crate) fn any(shape: &[usize], seed: u64) -> Placement {
        let mut place = Placement::dense(shape, seed % 2 == 1);
        place.order.rotate_left(seed as usize / 2 % shape.len().max(1));
        for (axis, word) in place.axes.iter_mut().zip(words(seed)).take(2) {
            (axis.step, axis.before, axis.after) =
                ([-2, -1, 1, 2][word as usize % 4], word as usize / 4 % 3, word as usize / 16 % 2);
        }
        place
    }

    pub(crate) fn shape(&self) -> Vec<usize> {
        self.axes.iter().map(|axis| axis.len).collect()
    }

    fn memory_shape(&self) -> Vec<usize> {
        self.order.iter().map(|&axis| self.axes[axis].width()).collect()
    }

    pub(crate) fn memory_len(&self) -> usize {
        self.memory_shape().iter().product()
    }

    /// The places of the elements in C order.
    pub(crate) fn places(&self) -> Vec<usize> {
        let strides = strides(&self.memory_shape());
        let mut lists: Vec<Vec<usize>> = self.axes.iter().map(Axis::positions).collect();
        for (&axis, stride) in self.order.iter().zip(strides) {
            lists[axis].iter_mut().for_each(|place| *place *= stride);
        }
        sums(&lists)
    }

    /// For `permute`: where memory has each axis.
    fn permutation(&self) -> Vec<isize> {
        let at = |axis| self.order.iter().position(|&a| a == axis).unwrap() as isize;
        (0..self.axes.len()).map(at).collect()
    }

    /// For `slice`: first what is used, then its steps.
    fn slices(&self) -> [Vec<SliceItem>; 2] {
        let end = |i: usize| Some(i as isize);
        let range = |axis: &Axis| SliceItem::Range {
            start: end(axis.before),
            end: end(axis.before + axis.span()),
            step: 1,
        };
        let steps = |axis: &Axis| SliceItem::Range {
            start: None,
            end: None,
            step: if axis.repeated { 1 } else { axis.step },
        };
        [self.axes.iter().map(range).collect(), self.axes.iter().map(steps).collect()]
    }

    /// The array of these elements of memory.
    fn storage<T: Element>(&self, memory: Vec<T>) -> Storage<T> {
        let [used, steps] = self.slices();
        let whole = Storage::from_vec(memory, &self.memory_shape()).unwrap();
        let used = whole.permute(&self.permutation()).unwrap().slice(&used).unwrap();
        used.slice(&steps).unwrap().broadcast_to(&self.shape()).unwrap()
    }

    /// The elements to write; none is repeated.
    pub(crate) fn view_mut<'a, T: Element>(&self, memory: &'a mut [T]) -> ViewMut<'a, T> {
        let [used, steps] = self.slices();
        let whole = ViewMut::from_shape(memory, &self.memory_shape()).unwrap();
        whole.permute(&self.permutation()).unwrap().slice(&used).unwrap().slice(&steps).unwrap()
    }
}

/// An array and its model.
pub(crate) struct Array<T> {
    pub(crate) storage: Storage<T>,
    pub(crate) shape: Vec<usize>,
    /// The elements in C order.
    pub(crate) cells: Vec<T>,
}

impl<T: Element> Array<T> {
    /// Elements made of random words.
    pub(crate) fn new(place: &Placement, seed: u64, element: impl Fn(u64) -> T) -> Array<T> {
        let memory: Vec<T> = words(seed).map(element).take(place.memory_len()).collect();
        let cells = place.places().iter().map(|&at| memory[at]).collect();
        Array { storage: place.storage(memory), shape: place.shape(), cells }
    }

    /// The elements that meet those of an array of `shape`, in its order.
    pub(crate) fn broadcast(&self, shape: &[usize]) -> Vec<T> {
        let missing = shape.len() - self.shape.len();
        let mut lists = steps(&self.shape);
        for (list, &n) in lists.iter_mut().zip(&shape[missing..]) {
            if list.len() != n {
                assert_eq!(list.len(), 1);
                *list = vec![0; n];
            }
        }
        let mut all: Vec<Vec<usize>> = shape[..missing].iter().map(|&n| vec![0; n]).collect();
        all.append(&mut lists);
        sums(&all).iter().map(|&at| self.cells[at]).collect()
    }
}

/// Random words.
pub(crate) fn words(seed: u64) -> impl Iterator<Item = u64> {
    // SplitMix64 (Steele, Lea, Flood 2014).
    (1u64..).map(move |i| {
        let z = seed.wrapping_add(i.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// Up to six axes of up to nine elements, and not too many elements together.
pub(crate) fn shape() -> impl Strategy<Value = Vec<usize>> {
    let len = prop_oneof![1 => Just(0usize), 3 => Just(1), 20 => 2usize..=9];
    prop::collection::vec(len, 0..=6).prop_map(|mut shape| {
        let mut elements = 1;
        for len in &mut shape {
            *len = (*len).min(1 + 2000 / elements.max(1));
            elements *= *len;
        }
        shape
    })
}

/// One long axis among short ones: enough elements that work is split.
pub(crate) fn large_shape() -> impl Strategy<Value = Vec<usize>> {
    let short = prop::collection::vec(1usize..5, 0..3);
    (short, 100_000usize..200_000, 0usize..3).prop_map(|(mut shape, elements, at)| {
        let long = elements / shape.iter().product::<usize>();
        shape.insert(at.min(shape.len()), long);
        shape
    })
}

/// Places for an array of `shape`.
pub(crate) fn placement(shape: Vec<usize>, may_repeat: bool) -> impl Strategy<Value = Placement> {
    let axis = |len: usize| {
        let step = prop_oneof![6 => Just(1isize), 2 => Just(-1), 3 => -4isize..=-2, 3 => 2isize..=4];
        (step, 0usize..3, 0usize..3, 0usize..6).prop_map(move |(step, before, after, repeated)| Axis {
            len,
            step,
            before,
            after,
            repeated: may_repeat && repeated == 0,
        })
    };
    let c_order: Vec<usize> = (0..shape.len()).collect();
    let reversed: Vec<usize> = c_order.iter().rev().copied().collect();
    let order = prop_oneof![
        2 => Just(c_order.clone()),
        1 => Just(reversed),
        3 => Just(c_order).prop_shuffle(),
    ];
    (shape.into_iter().map(axis).collect::<Vec<_>>(), order).prop_map(|(axes, order)| {
        let mut place = Placement { axes, order };
        let elements: usize = place.shape().iter().product();
        // Gaps take memory, of six axes much.
        for axis in 0..place.axes.len() {
            if place.memory_len() > 10_000.max(6 * elements) {
                let axis = &mut place.axes[axis];
                (axis.step, axis.before, axis.after) = (axis.step.signum(), 0, 0);
            }
        }
        place
    })
}
