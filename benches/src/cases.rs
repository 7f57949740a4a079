//! All cases.

mod backends;
mod elementwise;
mod matrices;
mod small;

use crate::input::Input;
use crate::work::{Work, fresh, into, whole};
use crate::{Case, Suite, numpy_dtype};
use isonum::{Array, DType, Element, Float};

/// Every case, in the order of the suites.
pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    elementwise::basics(&mut cases);
    matrices::matrices(&mut cases);
    matrices::layouts(&mut cases);
    small::small(&mut cases);
    backends::backends(&mut cases);
    cases
}

/// Elements of [−6, 6).
fn input<T: Float>(name: &'static str, shape: &[usize]) -> Input {
    ranged::<T>(name, shape, (-6.0, 6.0))
}

fn ranged<T: Float>(name: &'static str, shape: &[usize], (low, high): (f64, f64)) -> Input {
    let seed = name.as_bytes()[0] as u64;
    Input { name, dtype: T::DTYPE, shape: shape.to_vec(), low, high, seed, view: "" }
}

/// The ids' name of an element type.
fn dtype_name(dtype: DType) -> String {
    dtype.to_string()
}

/// The ids' name of a shape: its length, the length of a square's side, or all lengths.
fn size_name(shape: &[usize]) -> String {
    match shape {
        [n, m] if n == m => n.to_string(),
        _ => shape.iter().map(usize::to_string).collect::<Vec<_>>().join("x"),
    }
}

/// A case in the making.
struct Draft {
    op: &'static str,
    variant: &'static str,
    suite: Suite,
    inputs: Vec<Input>,
    numpy: String,
    base: Option<String>,
}

impl Draft {
    fn new(suite: Suite, op: &'static str, inputs: Vec<Input>, numpy: impl Into<String>) -> Draft {
        Draft { op, variant: "", suite, inputs, numpy: numpy.into(), base: None }
    }

    fn variant(mut self, variant: &'static str) -> Draft {
        self.variant = variant;
        self
    }

    fn against(mut self, base: &str) -> Draft {
        self.base = Some(base.into());
        self
    }

    /// The case whose output has `out` elements of `R`.
    fn case<R: Element>(
        self,
        out: usize,
        numpy_out: Option<String>,
        prepare: impl Fn(&[Input]) -> Box<dyn Work> + 'static,
    ) -> Case {
        let first = &self.inputs[0];
        let mut id = format!("{}/{}/{}", self.op, dtype_name(first.dtype), size_name(&first.shape));
        if !self.variant.is_empty() {
            id = format!("{id}/{}", self.variant);
        }
        let single = first.dtype == DType::F32;
        let read = |input: &Input| input.shape.iter().product::<usize>() * if single { 4 } else { 8 };
        let read = self.inputs.iter().map(read).sum::<usize>();
        let inputs = self.inputs.clone();
        Case {
            id,
            suite: self.suite,
            inputs: self.inputs,
            numpy: self.numpy,
            numpy_out,
            // A few units in the last place; sums of either side add in an order of their own.
            tolerance: if single { 2e-5 } else { 1e-12 },
            read,
            written: out * size_of::<R>(),
            base: self.base,
            prepare: Box::new(move || prepare(&inputs)),
        }
    }

    /// A new array of the shape of the first input.
    fn fresh<T: Float>(self, f: impl Fn(&[Array<T>]) -> Array<T> + Copy + 'static) -> Case {
        let out = self.inputs[0].shape.iter().product();
        self.case::<T>(out, None, move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            fresh(move || f(&arrays))
        })
    }

    /// A new array of `out` elements.
    fn folded<T: Float>(self, out: usize, f: impl Fn(&Array<T>) -> Array<T> + Copy + 'static) -> Case {
        self.case::<T>(out, None, move |inputs| {
            let array = inputs[0].array();
            fresh(move || f(&array))
        })
    }

    /// One element.
    fn whole<T: Float, R: Element>(self, f: impl Fn(&Array<T>) -> R + Copy + 'static) -> Case {
        self.case::<R>(1, None, move |inputs| {
            let array = inputs[0].array();
            whole(move || f(&array))
        })
    }

    /// A given output of the shape of the first input.
    fn given<T: Float>(self, f: impl Fn(&[Array<T>], &mut Array<T>) + Copy + 'static) -> Case {
        let first = &self.inputs[0];
        let numpy_out = format!("np.zeros({:?}, np.{})", first.shape, numpy_dtype(first.dtype));
        let out = first.shape.iter().product();
        self.case::<T>(out, Some(numpy_out), move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            into(Array::zeros(&inputs[0].shape[..]), move |out| f(&arrays, out))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_bases_exist() {
        let cases = all();
        let mut names: Vec<_> = cases.iter().map(|case| (case.suite.name(), &case.id)).collect();
        for case in &cases {
            let parts = case.id.split('/').count();
            assert!((3..=4).contains(&parts), "{}", case.id);
            if let Some(base) = &case.base {
                assert!(cases.iter().any(|other| other.id == *base), "{} has no base {base}", case.id);
            }
        }
        let n = names.len();
        names.sort();
        names.dedup();
        assert_eq!(n, names.len());
    }

    #[test]
    fn small_cases_compute() {
        for case in all().into_iter().filter(|case| case.read < 5_000) {
            let mut work = (case.prepare)();
            work.run(2);
            let sample = work.sample();
            assert!(!sample.is_empty() && sample.iter().all(|x| x.is_finite()), "{}: {sample:?}", case.id);
        }
    }
}
