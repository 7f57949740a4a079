//! Arrays of random numbers: streams by position, filled in parallel.

use crate::level::Program;
use crate::reduce::Target;
use crate::{backend, threads};
use isonum_core::{Element, Layout, Result, Storage, Uninit};
use isonum_kernels::{Isa, random};
use std::mem::MaybeUninit;

pub use isonum_kernels::random::Stream;

/// Element types and kinds of random numbers: how a block of them is drawn.
pub trait Draw: Sync {
    /// The element type.
    type Item: Element;
    /// Nanoseconds for one, about.
    const NS: f64;
    /// Fills `out` with the numbers of `stream` from `position` on.
    fn draw<S: Isa>(&self, isa: S, stream: Stream, position: u64, out: &mut [MaybeUninit<Self::Item>]);
}

macro_rules! draws {
    ($($(#[$doc:meta])* $name:ident $item:ty, $ns:literal, $fill:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Draw for $name {
            type Item = $item;
            const NS: f64 = $ns;
            #[inline(always)]
            fn draw<S: Isa>(&self, isa: S, stream: Stream, position: u64, out: &mut [MaybeUninit<$item>]) {
                random::$fill(isa, stream, position, out)
            }
        }
    )*};
}

draws! {
    /// Numbers of 64 bits.
    Words u64, 0.9, fill_u64;
    /// Uniform numbers in [0, 1).
    Uniform64 f64, 1.0, fill_uniform_f64;
    /// Uniform numbers in [0, 1).
    Uniform32 f32, 0.5, fill_uniform_f32;
    /// Normal numbers of mean 0 and variance 1.
    Normal64 f64, 2.5, fill_normal_f64;
    /// Normal numbers of mean 0 and variance 1.
    Normal32 f32, 2.5, fill_normal_f32;
}

/// A block of a stream for a level.
struct Block<'o, D: Draw> {
    draw: &'o D,
    stream: Stream,
    position: u64,
    out: &'o mut [MaybeUninit<D::Item>],
}

impl<D: Draw> Program for Block<'_, D> {
    type Output = ();
    #[inline(always)]
    fn run<S: Isa>(self, isa: S) {
        self.draw.draw(isa, self.stream, self.position, self.out)
    }
}

/// An array of `shape`: in C order, the numbers of `stream` from position 0 on.
///
/// # Errors
/// If the shape is too large or there is no memory for it.
pub fn fill<D: Draw>(draw: D, stream: Stream, shape: &[usize]) -> Result<Storage<D::Item>> {
    let level = backend::level()?;
    let mut out = Uninit::<D::Item>::new(Layout::contiguous_for::<D::Item>(shape)?)?;
    let len = out.layout().len();
    let first = Target::new(out.as_mut_ptr());
    threads::split(len, 4096, D::NS, |range| {
        // SAFETY: the range is inside of the array, and no other call has it.
        let out = unsafe { std::slice::from_raw_parts_mut(first.at(range.start).cast(), range.len()) };
        level.run(Block { draw: &draw, stream, position: range.start as u64, out });
    });
    // SAFETY: just filled.
    Ok(unsafe { out.assume_init() })
}
