//! What is timed: a call, as often as wanted, and what it computed.

use isonum::{Array, Element};
use isonum_core::{Given, Storage};
use isonum_runtime::elementwise;
use std::hint::black_box;

/// A prepared case.
pub trait Work {
    /// Does the work `times` times.
    fn run(&mut self, times: u64);

    /// Some elements of what it computes, for comparison with a peer: [`SAMPLES`] at most, evenly spaced.
    fn sample(&mut self) -> Vec<f64>;
}

/// So many elements of a result are compared.
pub const SAMPLES: usize = 256;

fn sample<T: Element>(result: &Array<T>) -> Vec<f64> {
    spaced(&result.astype::<f64>().ravel().to_vec())
}

/// Elements of an array of the runtime.
pub(crate) fn sample_of<T: Element>(result: &Storage<T>) -> Vec<f64> {
    let floats = elementwise::cast::<T, f64>(Given::Shared(result)).expect("memory");
    spaced(floats.view().as_slice().expect("contiguous"))
}

fn spaced(all: &[f64]) -> Vec<f64> {
    let n = all.len().min(SAMPLES);
    (0..n).map(|i| all[i * all.len() / n]).collect()
}

struct Fresh<F>(F);

impl<R: Element, F: FnMut() -> Array<R>> Work for Fresh<F> {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            // Where it is: passed by value, an array would be moved twice.
            black_box(&(self.0)());
        }
    }
    fn sample(&mut self) -> Vec<f64> {
        sample(&(self.0)())
    }
}

/// A call that returns a new array.
pub fn fresh<R: Element>(f: impl FnMut() -> Array<R> + 'static) -> Box<dyn Work> {
    Box::new(Fresh(f))
}

struct Whole<F>(F);

impl<R: Value, F: FnMut() -> R> Work for Whole<F> {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            black_box((self.0)());
        }
    }
    fn sample(&mut self) -> Vec<f64> {
        vec![(self.0)().real()]
    }
}

/// What whole reductions return.
pub trait Value: 'static {
    /// As a number that is compared with a peer's.
    fn real(self) -> f64;
}

macro_rules! values {
    ($($type:ty: |$x:ident| $real:expr;)*) => {$(
        impl Value for $type {
            fn real(self) -> f64 {
                let $x = self;
                $real
            }
        }
    )*};
}
values! {
    f32: |x| f64::from(x);
    f64: |x| x;
    usize: |x| x as f64;
    bool: |x| f64::from(u8::from(x));
}

/// A call that returns a value.
pub fn whole<R: Value>(f: impl FnMut() -> R + 'static) -> Box<dyn Work> {
    Box::new(Whole(f))
}

struct Into<T: Element, F>(Array<T>, F);

impl<T: Element, F: FnMut(&mut Array<T>)> Work for Into<T, F> {
    fn run(&mut self, times: u64) {
        for _ in 0..times {
            (self.1)(black_box(&mut self.0));
        }
    }
    fn sample(&mut self) -> Vec<f64> {
        (self.1)(&mut self.0);
        sample(&self.0)
    }
}

/// A call that writes to `out`.
pub fn into<T: Element>(out: Array<T>, f: impl FnMut(&mut Array<T>) + 'static) -> Box<dyn Work> {
    Box::new(Into(out, f))
}
