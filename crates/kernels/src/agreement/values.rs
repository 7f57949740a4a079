//! Values of every element type: at which kernels go wrong, of a range, and small ones whose sums are exact.

pub use crate::samples::Random;
use crate::samples::Sample;
use isonum_core::{Complex32, Complex64, Element};
use num_complex::Complex;

/// An element type with its test values and comparisons.
pub trait Value: Element {
    /// Values at which kernels go wrong; of 8-bit types all.
    fn specials() -> Vec<Self>;
    /// Any bits at all.
    fn any(random: &mut Random) -> Self;
    /// A value of a range.
    fn within(random: &mut Random, range: (f64, f64)) -> Self;
    /// The bits.
    fn bits(self) -> u128;
    /// Whether the bits are the same.
    fn identical(self, other: Self) -> bool {
        self.bits() == other.bits()
    }
    /// Whether the bits are the same, or both are NaN (part by part).
    fn same(self, other: Self) -> bool {
        self.identical(other)
    }
    /// How many floats lie from one to the other; 0 if both are NaN. For floats.
    fn ulps(self, _: Self) -> u64 {
        panic!("no floats")
    }
    /// A value that is not zero.
    fn nonzero(self) -> Self {
        if self.is_nonzero() { self } else { Self::ONE }
    }
    /// An integer that is not negative.
    fn natural(self) -> Self {
        self
    }
    /// A small integer of either sign, as far as the type has them.
    fn small(random: &mut Random) -> Self;
    /// A power of two near 1, of either sign; mostly 1 itself.
    fn factor(random: &mut Random) -> Self;
}

/// A uniform number from 0 to 1.
fn unit(random: &mut Random) -> f64 {
    (random.next() >> 11) as f64 / (1_u64 << 53) as f64
}

macro_rules! integers {
    ($($t:ident $unsigned:ident;)*) => {$(
        impl Value for $t {
            #[allow(unused_comparisons)] // Of those without a sign.
            fn natural(self) -> $t {
                if self < 0 { !self } else { self }
            }
            fn specials() -> Vec<$t> {
                if $t::BITS == 8 { (0..=255_u8).map(|x| x as $t).collect() } else { Sample::specials() }
            }
            fn any(random: &mut Random) -> $t {
                Sample::random(random.next())
            }
            fn within(random: &mut Random, (low, high): (f64, f64)) -> $t {
                (low + unit(random) * (high - low)).round() as $t
            }
            fn bits(self) -> u128 {
                self as $unsigned as u128
            }
            fn small(random: &mut Random) -> $t {
                (random.next() % 17) as $t - if $t::MIN == 0 { 0 } else { 8 }
            }
            fn factor(random: &mut Random) -> $t {
                Self::any(random) | 1
            }
        }
    )*};
}
integers! { i8 u8; i16 u16; i32 u32; i64 u64; u8 u8; u16 u16; u32 u32; u64 u64; }

macro_rules! floats {
    ($($t:ident $signed:ident;)*) => {$(
        impl Value for $t {
            fn specials() -> Vec<$t> {
                let mut all: Vec<$t> = Sample::specials();
                // Results of functions overflow, underflow or turn subnormal; bounds of integers; huge arguments.
                let more = [1e-30, 1e-10, 0.7, 9.0, 20.0, 87.5, 88.72, 88.73, 103.9, 104.1, 127.0, 127.9, 128.0, 255.0,
                    255.5, 256.0, 709.5, 709.79, 745.1, 745.2, 1e5, 65535.9, 65536.0, 1e10, 1e22, 1e30, 3.4e38];
                all.extend(more.iter().flat_map(|&x| [x as $t, -(x as $t)]));
                all
            }
            fn any(random: &mut Random) -> $t {
                Sample::random(random.next())
            }
            fn within(random: &mut Random, (low, high): (f64, f64)) -> $t {
                (low + unit(random) * (high - low)) as $t
            }
            fn bits(self) -> u128 {
                Sample::bits(self) as u128
            }
            fn same(self, other: $t) -> bool {
                self.identical(other) || self.is_nan() && other.is_nan()
            }
            fn ulps(self, other: $t) -> u64 {
                // Floats in order are integers in order; zeros of both signs are one.
                let place = |x: $t| {
                    let bits = x.to_bits() as $signed;
                    (if bits < 0 { $signed::MIN - bits } else { bits }) as i128
                };
                match (self.is_nan(), other.is_nan()) {
                    (true, true) => 0,
                    (false, false) => place(self).abs_diff(place(other)) as u64,
                    _ => u64::MAX,
                }
            }
            fn small(random: &mut Random) -> $t {
                (random.next() % 17) as $t - 8.0
            }
            fn factor(random: &mut Random) -> $t {
                let bits = random.next();
                let sign = if bits & 1 == 0 { 1.0 } else { -1.0 };
                sign * match bits >> 1 & 4095 { 0 => 2.0, 1 => 0.5, _ => 1.0 }
            }
        }
    )*};
}
floats! { f32 i32; f64 i64; }

impl Value for bool {
    fn specials() -> Vec<bool> {
        vec![false, true]
    }
    fn any(random: &mut Random) -> bool {
        random.next() >> 17 & 1 == 1
    }
    fn within(random: &mut Random, _: (f64, f64)) -> bool {
        Self::any(random)
    }
    fn bits(self) -> u128 {
        // SAFETY: a `bool` is a byte. Read as one, so that a byte that is neither 0 nor 1 shows.
        unsafe { (&raw const self).cast::<u8>().read_volatile() as u128 }
    }
    fn small(random: &mut Random) -> bool {
        Self::any(random)
    }
    fn factor(random: &mut Random) -> bool {
        !random.next().is_multiple_of(100)
    }
}

macro_rules! complex {
    ($($t:ident $part:ident;)*) => {$(
        impl Value for $t {
            fn specials() -> Vec<$t> {
                let parts: Vec<$part> = Value::specials();
                // Every part with every fifth, from a different start each time.
                let pairs = parts.iter().enumerate();
                pairs.flat_map(|(i, &re)| parts.iter().skip(i % 5).step_by(5).map(move |&im| Complex { re, im })).collect()
            }
            fn any(random: &mut Random) -> $t {
                Complex { re: Value::any(random), im: Value::any(random) }
            }
            fn within(random: &mut Random, range: (f64, f64)) -> $t {
                Complex { re: Value::within(random, range), im: Value::within(random, range) }
            }
            fn bits(self) -> u128 {
                Value::bits(self.re) << 64 | Value::bits(self.im)
            }
            fn same(self, other: $t) -> bool {
                self.re.same(other.re) && self.im.same(other.im)
            }
            fn small(random: &mut Random) -> $t {
                Complex { re: Value::small(random), im: Value::small(random) }
            }
            fn factor(random: &mut Random) -> $t {
                let x = <$part as Value>::factor(random);
                if random.next() & 1 == 0 { Complex { re: x, im: 0.0 } } else { Complex { re: 0.0, im: x } }
            }
        }
    )*};
}
complex! { Complex32 f32; Complex64 f64; }

/// What a [`Stream`] draws.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Draw {
    /// Special values, any bits, values of the range.
    Wild,
    /// Values of the range.
    Tame,
    /// [`Value::small`].
    Small,
    /// [`Value::factor`].
    Factor,
    /// Few different values, so that many are equal: zeros of both signs, ones.
    Few,
}

/// Test values without end.
pub struct Stream<T> {
    random: Random,
    specials: Vec<T>,
    zeros: Vec<T>,
    range: (f64, f64),
    draw: Draw,
    each: fn(T) -> T,
}

impl<T: Value> Stream<T> {
    /// Values of a range, among others.
    pub fn new(draw: Draw, range: (f64, f64)) -> Self {
        let specials = T::specials();
        let zeros = specials.iter().copied().filter(|x| !x.is_nonzero()).collect();
        Stream { random: Random(range.1.to_bits()), specials, zeros, range, draw, each: |x| x }
    }
    /// Another stream of the same kind.
    pub fn twin(&self) -> Self {
        let random = Random(!self.random.0);
        Stream { random, specials: self.specials.clone(), zeros: self.zeros.clone(), ..*self }
    }
    /// The same with each value replaced, as by [`Value::nonzero`].
    pub fn each(mut self, each: fn(T) -> T) -> Self {
        self.each = each;
        self
    }
    /// The next value.
    pub fn draw(&mut self) -> T {
        let r = self.random.next();
        let x = match self.draw {
            Draw::Wild if r & 3 == 0 => self.specials[(r >> 8) as usize % self.specials.len()],
            Draw::Wild if r & 3 == 1 => T::any(&mut self.random),
            Draw::Wild | Draw::Tame => T::within(&mut self.random, self.range),
            Draw::Small => T::small(&mut self.random),
            Draw::Factor => T::factor(&mut self.random),
            Draw::Few if r & 7 == 0 => T::ONE,
            Draw::Few if r & 1 == 0 => T::ZERO,
            Draw::Few => self.zero(),
        };
        (self.each)(x)
    }
    /// Zero of either sign.
    pub fn zero(&mut self) -> T {
        self.zeros[self.random.next() as usize % self.zeros.len()]
    }
    /// A number below `bound`, for choices.
    pub fn below(&mut self, bound: usize) -> usize {
        self.random.next() as usize % bound
    }
    /// So many values; long sequences repeat, out of step with blocks.
    pub fn take(&mut self, n: usize) -> Vec<T> {
        const PERIOD: usize = 2039;
        let mut values = Vec::with_capacity(n);
        values.extend((0..n.min(PERIOD)).map(|_| self.draw()));
        (PERIOD..n).for_each(|i| values.push(values[i - PERIOD]));
        values
    }
    /// Every special value, and random ones.
    pub fn singles(&mut self) -> Vec<T> {
        let mut all: Vec<T> = self.specials.clone();
        all.iter_mut().for_each(|x| *x = (self.each)(*x));
        all.extend(self.take(2048));
        all
    }
    /// Up to `most` special values, evenly chosen.
    pub fn some(&self, most: usize) -> Vec<T> {
        let step = self.specials.len().div_ceil(most);
        let some = self.specials.iter().skip(step / 2).step_by(step).copied();
        some.map(self.each).collect()
    }
}
