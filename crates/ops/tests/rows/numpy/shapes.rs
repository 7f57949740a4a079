//! Slices given at run time, and broadcasting.

use crate::shared::{fixture, numbers};
use isonum::prelude::*;

fn lines(name: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(fixture("numpy").join(name)).unwrap();
    let split = |line: &str| line.split_once(" -> ").map(|(given, result)| (given.into(), result.into()));
    text.lines().map(|line| split(line).unwrap()).collect()
}

/// One item of a slice as Python writes it.
fn item(text: &str) -> SliceItem {
    let number = |text: &str| text.parse::<isize>().unwrap();
    let end = |text: &str| (!text.is_empty()).then(|| number(text));
    match text.split(':').collect::<Vec<_>>()[..] {
        ["..."] => SliceItem::Ellipsis,
        ["None"] => SliceItem::NewAxis,
        [index] => SliceItem::Index(number(index)),
        [start, stop] => SliceItem::Range { start: end(start), end: end(stop), step: 1 },
        [start, stop, step] => {
            SliceItem::Range { start: end(start), end: end(stop), step: end(step).unwrap_or(1) }
        }
        _ => panic!("{text:?} is no slice"),
    }
}

#[test]
fn slices() {
    let lines = lines("slices.txt");
    assert!(lines.len() >= 100);
    for (given, expected) in lines {
        let (shape, slice) = given.strip_suffix(']').unwrap().split_once(" [").unwrap();
        let shape: Vec<usize> = numbers(shape);
        let items: Vec<SliceItem> = slice.split(',').map(item).collect();
        let mut a = Array::<i64>::arange(0, shape.iter().product::<usize>() as i64, 1).reshape(&shape[..]);
        let of_view = a.view().try_slice(&items).map(|part| part.to_contiguous());
        let of_array = a.try_slice(&items);
        let Some((shape, elements)) = expected.split_once(" = ") else {
            assert_eq!(expected, "error");
            assert!(of_array.is_err() && of_view.is_err() && a.try_slice_mut(&items).is_err(), "{given}");
            continue;
        };
        let expected = Array::from_shape(&numbers::<usize>(shape)[..], numbers::<i64>(elements));
        assert_eq!(of_array.unwrap(), expected, "{given}");
        assert_eq!(of_view.unwrap(), expected, "{given}");
        // What is written through the slice is where it was read, and nothing else is.
        let before = a.clone();
        a.slice_mut(&items).add_assign(1000);
        assert_eq!(a.slice(&items), expected + 1000, "{given}");
        assert_eq!(a.not_equal(&before).count_nonzero(), a.slice(&items).len(), "{given}");
    }
}

#[test]
fn broadcasting() {
    let lines = lines("broadcasting.txt");
    assert!(lines.len() >= 100);
    for (given, expected) in lines {
        let shapes: Vec<Vec<usize>> = given.split(" & ").map(numbers).collect();
        let parts: Vec<&[usize]> = shapes.iter().map(Vec::as_slice).collect();
        let result = isonum::broadcast_shapes(&parts);
        let ones: Vec<Array<u8>> = parts.iter().map(|&shape| isonum::ones(shape)).collect();
        let sum = match &ones[..] {
            [a, b] => isonum::try_add(a, b),
            [a, b, c] => isonum::try_clip(a, b, c),
            _ => panic!("{given}: two or three shapes"),
        };
        if expected == "error" {
            assert!(result.is_err() && sum.is_err(), "{given}");
            continue;
        }
        let expected: Vec<usize> = numbers(&expected);
        assert_eq!(result.unwrap()[..], expected[..], "{given}");
        assert_eq!(sum.unwrap().shape(), expected, "{given}");
        for a in ones {
            assert_eq!(a.broadcast_to(&expected[..]).shape(), expected, "{given}");
        }
    }
}
