//! What test programs that walk the registry share: the element types of a class, values of every type, and
//! their bits. Each program uses a part of it.

#![allow(dead_code, unused_macros, unused_imports)]

use isonum::{Array, Complex32, Complex64, Element};
use std::path::PathBuf;
use std::str::FromStr;

pub(crate) use isonum_core::types_of_class as of_class;

/// The file of that name among the fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The numbers of a line of a fixture, `2,-3`; none is `()`.
pub(crate) fn numbers<N: FromStr>(text: &str) -> Vec<N> {
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"));
    if text == "()" { vec![] } else { text.split(',').map(number).collect() }
}

/// A value as bits, the parts of a complex number in turn. Every NaN has the same.
pub(crate) trait Canonical: Copy {
    fn canonical(self) -> [u64; 2];
}

/// The bits of all elements, in C order.
pub(crate) fn bits<T: Element + Canonical>(a: &Array<T>) -> Vec<[u64; 2]> {
    a.iter().map(|x| x.canonical()).collect()
}

/// An element type with values to test.
pub(crate) trait Value: Element + Canonical {
    /// Where operations go wrong: the ends of the type, zeros, what is no number.
    const SPECIAL: &[Self];

    /// The value of a real number, or a complex one; integers are rounded up, so that ranges above zero have none.
    fn of(x: f64, y: f64) -> Self;

    /// `n` values of `range`, another sequence for each `seed`.
    fn within(range: (f64, f64), seed: u64, n: usize) -> Vec<Self> {
        let mut state = seed;
        let mut draw = || {
            // SplitMix64 (Steele, Lea, Flood 2014).
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let unit = ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64;
            range.0 + unit * (range.1 - range.0)
        };
        (0..n).map(|_| Self::of(draw(), draw())).collect()
    }
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        impl Canonical for $type {
            fn canonical(self) -> [u64; 2] {
                [self as u64, 0]
            }
        }
        impl Value for $type {
            const SPECIAL: &[Self] = &[$type::MIN, $type::MAX, 0, 1, $type::MIN + 1, !0, $type::MAX / 3, 7];
            fn of(x: f64, _: f64) -> Self {
                x.ceil() as $type
            }
        }
    )*};
}
integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! floats {
    ($($type:ident $complex:ident;)*) => {$(
        impl Canonical for $type {
            fn canonical(self) -> [u64; 2] {
                [if self.is_nan() { $type::NAN } else { self }.to_bits().into(), 0]
            }
        }
        impl Value for $type {
            const SPECIAL: &[Self] = &[
                $type::NAN, $type::INFINITY, -$type::INFINITY, 0.0, -0.0, $type::MAX, -$type::MIN_POSITIVE,
                $type::MIN_POSITIVE / 3.0, 2.5, -1e5, 1e30,
            ];
            fn of(x: f64, _: f64) -> Self {
                x as $type
            }
        }
        impl Canonical for $complex {
            fn canonical(self) -> [u64; 2] {
                [self.re.canonical()[0], self.im.canonical()[0]]
            }
        }
        impl Value for $complex {
            const SPECIAL: &[Self] = &[
                $complex::new($type::NAN, 1.0), $complex::new($type::INFINITY, -2.0), $complex::new(-0.0, 0.0),
                $complex::new(0.0, -$type::INFINITY), $complex::new($type::MAX, $type::MAX),
                $complex::new(-1.5, $type::MIN_POSITIVE),
            ];
            fn of(x: f64, y: f64) -> Self {
                $complex::new(x as $type, y as $type)
            }
        }
    )*};
}
floats! { f32 Complex32; f64 Complex64; }

impl Canonical for bool {
    fn canonical(self) -> [u64; 2] {
        [self.into(), 0]
    }
}
impl Value for bool {
    const SPECIAL: &[Self] = &[false, true];
    fn of(x: f64, _: f64) -> Self {
        x.ceil() as i64 & 1 == 1
    }
}

/// Counts and positions, which whole reductions give as `usize` and those along axes as `i64`.
impl Canonical for usize {
    fn canonical(self) -> [u64; 2] {
        [self as u64, 0]
    }
}
