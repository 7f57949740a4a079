//! Random numbers by counting: Philox 4×32-10, and what is made of its words.
//!
//! A [`Stream`] is a sequence without a state: the element at a position is a function of the stream and
//! the position alone. So a block may start anywhere and have any length, threads share a stream by positions, and
//! every instruction set gives the same bits.
//!
//! The generator turns a number of 128 bits into 4 words of 32, scrambled by a key: the position in the lower half
//! of the number, the stream's number in the upper, the seed as the key. A register holds a word of as many blocks
//! as it has lanes of 64 bits, which products of 32 bits need; a block's elements are put next to each other when
//! they are written.
//!
//! *Source*: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3"
//! (SC '11). It passes all of TestU01's BigCrush.

use crate::math::{cos_f64, log_f64, sin_f64};
use crate::reg::Reg;
use crate::simd::{Isa, Lane, Simd};
use isonum_core::Element;
use std::mem::MaybeUninit;

/// A sequence of random numbers: 2⁶⁴ elements of each kind, at positions from 0 to 2⁶⁴ − 1.
///
/// Streams of different seeds or numbers have nothing in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stream {
    /// The key.
    pub seed: u64,
    /// Which of the 2⁶⁴ streams of the seed.
    pub number: u64,
}

impl Stream {
    /// The first stream of a seed.
    #[inline]
    pub const fn new(seed: u64) -> Self {
        Stream { seed, number: 0 }
    }
}

/// No register has more lanes of 64 bits.
const MOST_LANES: usize = 32;
/// The lower half of a lane.
const LOW: u64 = 0xffff_ffff;
/// Multipliers, and what the key grows by from round to round: the golden ratio and √3 − 1.
const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
const STEPS: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const ROUNDS: usize = 10;
/// Registers of blocks computed at once: a round waits for its products, and another register's fill the time.
const TOGETHER: usize = 2;

/// The words of a block for each lane, in the lower halves of the lanes; the upper halves hold anything.
type Words<S> = [Reg<u64, S>; 4];

/// Philox 4×32-10 of counters and a key. Upper halves of the counters' lanes do not matter.
#[inline(always)]
fn philox<S: Isa, const N: usize>(mut x: [Words<S>; N], mut key: [u32; 2]) -> [Words<S>; N] {
    for _ in 0..ROUNDS {
        for x in &mut x {
            // Both factors are below 2³²: a compiler that sees it multiplies 32-bit halves.
            let low = x[0].with(LOW);
            let first = (x[0] & low) * low.with(MULTIPLIERS[0]);
            let second = (x[2] & low) * low.with(MULTIPLIERS[1]);
            *x = [
                second.shr_const::<32>() ^ x[1] ^ low.with(key[0].into()),
                second,
                first.shr_const::<32>() ^ x[3] ^ low.with(key[1].into()),
                first,
            ];
        }
        key = [key[0].wrapping_add(STEPS[0]), key[1].wrapping_add(STEPS[1])];
    }
    x
}

/// The words of as many blocks as there are lanes, from `block` on, and of the next as many, `N` times.
#[inline(always)]
fn words<S: Isa, const N: usize>(isa: S, stream: Stream, block: u64) -> [Words<S>; N] {
    const { assert!(<S as Simd<u64>>::LANES <= MOST_LANES) };
    const COUNT: [u64; MOST_LANES] = {
        let mut count = [0; MOST_LANES];
        let mut i = 0;
        while i < MOST_LANES {
            count[i] = i as u64;
            i += 1;
        }
        count
    };
    // SAFETY: a register has at most as many lanes, by the assertion.
    let lane = unsafe { Reg::load(isa, COUNT.as_ptr()) };
    let upper = [stream.number & LOW, stream.number >> 32].map(|word| lane.with(word));
    let counters = std::array::from_fn(|i| {
        let block = lane + lane.with(block.wrapping_add((i * <S as Simd<u64>>::LANES) as u64));
        [block, block.shr_const::<32>(), upper[0], upper[1]]
    });
    philox(counters, [stream.seed as u32, (stream.seed >> 32) as u32])
}

/// Two words as one number of 64 bits, the first in the lower half.
#[inline(always)]
fn join<S: Isa>(low: Reg<u64, S>, high: Reg<u64, S>) -> Reg<u64, S> {
    (low & low.with(LOW)) | high.shl_const::<32>()
}

/// Lanes of bits as numbers.
#[inline(always)]
fn float<S: Isa>(bits: Reg<u64, S>) -> Reg<f64, S> {
    let mut lanes = [0u64; MOST_LANES];
    // SAFETY: the array holds as many lanes, and has the alignment that is not needed.
    unsafe {
        bits.store(lanes.as_mut_ptr());
        Reg::load(bits.isa(), lanes.as_ptr().cast())
    }
}

/// The highest 53 bits of each lane, as a fraction.
///
/// They go into the mantissas of 2³¹ (the highest 21, in steps of 2⁻²¹) and of ½ (32 of them, in steps of 2⁻⁵³);
/// then 2³¹ and ½ are taken off. Every step is exact.
#[inline(always)]
fn fraction<S: Isa>(bits: Reg<u64, S>) -> Reg<f64, S> {
    const TOP: f64 = (1u64 << 31) as f64;
    let high = float(bits.shr_const::<43>() | bits.with(TOP.to_bits()));
    let low = float((bits.shr_const::<11>() & bits.with(LOW)) | bits.with(0.5f64.to_bits()));
    (high - high.with(TOP + 0.5)) + low
}

/// The highest 24 bits of each lane, as a fraction.
///
/// As in [`fraction`]: the highest 12 in the mantissa of 2¹¹, the others in that of ½.
#[inline(always)]
fn short_fraction<S: Isa>(bits: Reg<i32, S>) -> Reg<f32, S> {
    const TOP: f32 = (1u32 << 11) as f32;
    let part = |bits: Reg<i32, S>, of: f32| -> Reg<f32, S> {
        Reg::from_bits((bits & bits.with(0xfff)) | bits.with(of.to_bits() as i32))
    };
    let (high, low) = (part(bits.shr_const::<20>(), TOP), part(bits.shr_const::<8>(), 0.5));
    (high - high.with(TOP + 0.5)) + low
}

/// Two normal numbers for each lane, from two fractions: G. E. P. Box and M. E. Muller (1958).
///
/// 1 − u is in (0, 1] and exact. Its smallest value is 2⁻⁵³, the largest radius √(106 ln 2) = 8.572.
#[inline(always)]
fn normal<S: Isa>(x: &Words<S>) -> [Reg<f64, S>; 2] {
    let (u, v) = (fraction(join(x[0], x[1])), fraction(join(x[2], x[3])));
    let radius = (log_f64(u.with(1.0) - u) * u.with(-2.0)).sqrt();
    let angle = v * v.with(std::f64::consts::TAU);
    [radius * cos_f64(angle), radius * sin_f64(angle)]
}

/// What is made of a block's words.
trait Draw<S: Isa> {
    type Item: Lane;
    /// The elements of a block.
    const EACH: usize;
    /// Writes the elements of all lanes' blocks, those of a block next to each other.
    ///
    /// # Safety
    /// There is room for `EACH` elements for each lane.
    unsafe fn write(x: Words<S>, to: *mut Self::Item);
}

/// Writes lanes: the first of each register, then the second …
///
/// # Safety
/// There is room for all of them.
#[inline(always)]
unsafe fn weave<T: Lane, S: Simd<T>, const N: usize>(x: [Reg<T, S>; N], to: *mut T) {
    let mut lanes = [[T::ZERO; MOST_LANES]; N];
    for (x, lanes) in x.iter().zip(&mut lanes) {
        // SAFETY: the array holds as many lanes.
        unsafe { x.store(lanes.as_mut_ptr()) };
    }
    // SAFETY: the caller's.
    unsafe { weave_lanes(&lanes, S::LANES, to) };
}

/// Writes lanes rounded to `f32`: the first of each register, then the second …
///
/// # Safety
/// There is room for all of them.
#[inline(always)]
unsafe fn weave_narrow<S: Isa, const N: usize>(x: [Reg<f64, S>; N], to: *mut f32) {
    let mut lanes = [[0.0; MOST_LANES]; N];
    for (x, lanes) in x.iter().zip(&mut lanes) {
        // SAFETY: the array holds as many lanes.
        unsafe { x.isa().store_narrow(lanes.as_mut_ptr(), x.raw) };
    }
    // SAFETY: the caller's.
    unsafe { weave_lanes(&lanes, <S as Simd<f64>>::LANES, to) };
}

/// # Safety
/// There is room for `N * count` elements.
#[inline(always)]
unsafe fn weave_lanes<T: Copy, const N: usize>(lanes: &[[T; MOST_LANES]; N], count: usize, to: *mut T) {
    // With constant lengths, all this becomes a few permutes.
    for lane in 0..count {
        for (i, x) in lanes.iter().enumerate() {
            // SAFETY: the caller's.
            unsafe { to.add(lane * N + i).write(x[lane]) };
        }
    }
}

/// Writes the words of all blocks.
///
/// # Safety
/// There is room for four for each lane.
#[inline(always)]
unsafe fn weave_words<S: Isa>(x: Words<S>, to: *mut u32) {
    let mut pairs = [0u64; 2 * MOST_LANES];
    // SAFETY: the array holds two for each lane.
    unsafe { weave([join(x[0], x[1]), join(x[2], x[3])], pairs.as_mut_ptr()) };
    for (i, pair) in pairs[..2 * <S as Simd<u64>>::LANES].iter().enumerate() {
        // SAFETY: the caller's.
        unsafe {
            to.add(2 * i).write(*pair as u32);
            to.add(2 * i + 1).write((*pair >> 32) as u32);
        }
    }
}

/// Writes the fractions of all words.
///
/// # Safety
/// There is room for four for each lane.
#[inline(always)]
unsafe fn weave_fractions<S: Isa>(x: Words<S>, to: *mut f32) {
    const { assert!((4 * <S as Simd<u64>>::LANES).is_multiple_of(<S as Simd<f32>>::LANES)) };
    let mut words = [0u32; 4 * MOST_LANES];
    // SAFETY: the array holds four for each lane, and there is room for as many; whole registers by the assertion.
    unsafe {
        weave_words(x, words.as_mut_ptr());
        for i in (0..4 * <S as Simd<u64>>::LANES).step_by(<S as Simd<f32>>::LANES) {
            short_fraction(Reg::load(x[0].isa(), words.as_ptr().add(i).cast())).store(to.add(i));
        }
    }
}

macro_rules! draws {
    ($($(#[$doc:meta])* $fill:ident $draw:ident: $item:ty, $each:literal, |$x:ident| $weave:ident($values:expr);)*) => {$(
        struct $draw;

        impl<S: Isa> Draw<S> for $draw {
            type Item = $item;
            const EACH: usize = $each;
            #[inline(always)]
            unsafe fn write($x: Words<S>, to: *mut $item) {
                // SAFETY: the caller's.
                unsafe { $weave($values, to) }
            }
        }

        $(#[$doc])*
        #[inline(always)]
        pub fn $fill<S: Isa>(isa: S, stream: Stream, position: u64, out: &mut [MaybeUninit<$item>]) {
            fill::<S, $draw>(isa, stream, position, out)
        }
    )*};
}

draws! {
    /// Fills `out` with 64-bit numbers, those from `position` on.
    ///
    /// Block `i` gives numbers 2i and 2i + 1, each two words, the lower half first.
    fill_u64 Whole: u64, 2, |x| weave([join(x[0], x[1]), join(x[2], x[3])]);
    /// Fills `out` with 32-bit numbers, those from `position` on: the generator's words.
    fill_u32 Half: u32, 4, |x| weave_words(x);
    /// Fills `out` with numbers in [0, 1), those from `position` on: multiples of 2⁻⁵³, all equally likely.
    ///
    /// They are the highest 53 bits of the numbers of [`fill_u64`].
    fill_uniform_f64 Uniform: f64, 2, |x| weave([fraction(join(x[0], x[1])), fraction(join(x[2], x[3]))]);
    /// Fills `out` with numbers in [0, 1), those from `position` on: multiples of 2⁻²⁴, all equally likely.
    ///
    /// They are the highest 24 bits of the numbers of [`fill_u32`].
    fill_uniform_f32 UniformShort: f32, 4, |x| weave_fractions(x);
    /// Fills `out` with normally distributed numbers of mean 0 and variance 1, those from `position` on.
    ///
    /// Numbers 2i and 2i + 1 are made of the uniform ones in the same places: √(−2 ln(1 − u)) times the cosine and
    /// the sine of 2π v. None is larger than 8.58.
    fill_normal_f64 Normal: f64, 2, |x| weave(normal(&x));
    /// Fills `out` with the numbers of [`fill_normal_f64`] in the same places, rounded to `f32`.
    fill_normal_f32 NormalShort: f32, 2, |x| weave_narrow(normal(&x));
}

/// Fills `out` with the elements from `position` on: whole registers of blocks, and parts of them at the ends.
#[inline(always)]
fn fill<S: Isa, D: Draw<S>>(isa: S, stream: Stream, position: u64, out: &mut [MaybeUninit<D::Item>]) {
    let blocks = <S as Simd<u64>>::LANES;
    let group = blocks * D::EACH;
    let mut block = position / D::EACH as u64;
    let mut skip = (position % D::EACH as u64) as usize;
    let (mut done, len) = (0, out.len());
    while done < len {
        if skip == 0 && len - done >= TOGETHER * group {
            for x in words::<S, TOGETHER>(isa, stream, block) {
                // SAFETY: room for all groups.
                unsafe { D::write(x, out.as_mut_ptr().add(done).cast()) };
                done += group;
            }
            block = block.wrapping_add((TOGETHER * blocks) as u64);
            continue;
        }
        let [x] = words(isa, stream, block);
        if skip == 0 && len - done >= group {
            // SAFETY: room for a group.
            unsafe { D::write(x, out.as_mut_ptr().add(done).cast()) };
            done += group;
        } else {
            let mut part = [D::Item::ZERO; 4 * MOST_LANES];
            // SAFETY: room for four elements for each lane.
            unsafe { D::write(x, part.as_mut_ptr()) };
            let n = (group - skip).min(len - done);
            for (to, x) in out[done..done + n].iter_mut().zip(&part[skip..skip + n]) {
                to.write(*x);
            }
            done += n;
        }
        skip = 0;
        block = block.wrapping_add(blocks as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scalar;

    /// The known answers of the authors' library, Random123.
    #[test]
    fn known_answers() {
        let cases = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([!0; 4], [!0; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in cases {
            let counter: [u32; 4] = counter;
            for dirt in [0, 0xdead_beef_0000_0000] {
                let x = counter.map(|word| Reg::splat(Scalar, u64::from(word) | dirt));
                assert_eq!(philox([x], key)[0].map(|word| word.raw as u32), expected);
            }
        }
    }

    #[test]
    fn fractions_are_exact() {
        let one = |bits: u64| fraction(Reg::splat(Scalar, bits)).raw;
        let short = |bits: u32| short_fraction(Reg::splat(Scalar, bits as i32)).raw;
        for bits in [0, 1, 0x7ff, 0x800, 1 << 43, LOW, LOW << 32, 0x0123_4567_89ab_cdef, u64::MAX] {
            assert_eq!(one(bits), (bits >> 11) as f64 / (1u64 << 53) as f64, "{bits:x}");
            for bits in [bits as u32, (bits >> 32) as u32] {
                assert_eq!(short(bits), (bits >> 8) as f32 / (1u32 << 24) as f32, "{bits:x}");
            }
        }
    }
}
