//! All cases.

mod backends;
mod elementwise;
mod matrices;
mod reduce;
mod small;

use crate::input::Input;
use crate::work::{Value, Work, fresh, into, whole};
use crate::{Case, Suite, short_name};
use isonum::{Array, DType, Element, Float};
use std::collections::HashMap;

/// The lengths of everyday operands.
const LENGTHS: [usize; 3] = [100, 10_000, 1_000_000];

/// The sides of matrices.
const SIDES: [usize; 3] = [512, 1024, 2048];

/// Every case. Those of one name are one case of several suites.
pub fn all() -> Vec<Case> {
    let mut drafted = Vec::new();
    elementwise::cases(&mut drafted);
    reduce::cases(&mut drafted);
    matrices::matrices(&mut drafted);
    matrices::layouts(&mut drafted);
    small::small(&mut drafted);
    backends::backends(&mut drafted);
    let mut cases: Vec<Case> = Vec::new();
    let mut places = HashMap::new();
    for case in drafted {
        match places.get(&case.id) {
            None => {
                places.insert(case.id.clone(), cases.len());
                cases.push(case);
            }
            Some(&place) => {
                let known: &mut Case = &mut cases[place];
                assert_eq!(known.numpy, case.numpy, "two cases called {}", case.id);
                known.suites.extend(case.suites);
            }
        }
    }
    cases.iter_mut().filter(|case| is_quick(&case.id)).for_each(|case| case.suites.push(Suite::Quick));
    cases
}

/// A few of every kind.
fn is_quick(id: &str) -> bool {
    const OPERATIONS: [&str; 14] = [
        "add", "multiply", "exp", "log", "sin", "tanh", "sqrt", "sum", "mean", "var", "max", "argmax",
        "cumsum", "greater",
    ];
    const OTHERS: [&str; 8] = [
        "add/f64/8",
        "add_scalar/f64/8",
        "slice/f64/8",
        "mean_axis0/f32/1024",
        "mean_axis1/f64/1024",
        "broadcast_add/f32/1024",
        "add_2d/f32/512/transposed",
        "add_2d/f64/512/step2",
    ];
    let parts: Vec<&str> = id.split('/').collect();
    let plain = parts.len() == 3 && OPERATIONS.contains(&parts[0]) && ["f32", "f64"].contains(&parts[1]);
    OTHERS.contains(&id) || plain && ["10000", "1000000"].contains(&parts[2])
}

/// Elements of [−6, 6).
fn input<T: Float>(name: &'static str, shape: &[usize]) -> Input {
    ranged::<T>(name, shape, (-6.0, 6.0))
}

fn ranged<T: Float>(name: &'static str, shape: &[usize], (low, high): (f64, f64)) -> Input {
    let seed = name.as_bytes()[0] as u64;
    Input { name, dtype: T::DTYPE, shape: shape.to_vec(), low, high, seed, view: "" }
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
    op: String,
    variant: &'static str,
    suites: Vec<Suite>,
    inputs: Vec<Input>,
    numpy: String,
    base: Option<String>,
}

impl Draft {
    fn new(suites: &[Suite], op: impl Into<String>, inputs: Vec<Input>, numpy: impl Into<String>) -> Draft {
        let (op, numpy) = (op.into(), numpy.into());
        Draft { op, variant: "", suites: suites.to_vec(), inputs, numpy, base: None }
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
        let mut id = format!("{}/{}/{}", self.op, short_name(first.dtype), size_name(&first.shape));
        if !self.variant.is_empty() {
            id = format!("{id}/{}", self.variant);
        }
        let single = first.dtype == DType::F32;
        let read = |input: &Input| input.shape.iter().product::<usize>() * if single { 4 } else { 8 };
        let read = self.inputs.iter().map(read).sum::<usize>();
        let inputs = self.inputs.clone();
        Case {
            id,
            suites: self.suites,
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
    fn fresh<T: Float, R: Element>(self, f: impl Fn(&[Array<T>]) -> Array<R> + Copy + 'static) -> Case {
        let out = self.inputs[0].shape.iter().product();
        self.case::<R>(out, None, move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            fresh(move || f(&arrays))
        })
    }

    /// A new array of `out` elements.
    fn folded<T: Float, R: Element>(
        self,
        out: usize,
        f: impl Fn(&Array<T>) -> Array<R> + Copy + 'static,
    ) -> Case {
        self.case::<R>(out, None, move |inputs| {
            let array = inputs[0].array();
            fresh(move || f(&array))
        })
    }

    /// One value.
    fn whole<T: Float, R: Value>(self, f: impl Fn(&Array<T>) -> R + Copy + 'static) -> Case {
        self.case::<f64>(1, None, move |inputs| {
            let array = inputs[0].array();
            whole(move || f(&array))
        })
    }

    /// A given output of the shape of the first input.
    fn given<T: Float, R: Element>(self, f: impl Fn(&[Array<T>], &mut Array<R>) + Copy + 'static) -> Case {
        let shape = &self.inputs[0].shape;
        let numpy_out = format!("np.zeros({shape:?}, np.dtype({:?}))", R::DTYPE.name());
        let out = shape.iter().product();
        self.case::<R>(out, Some(numpy_out), move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            into(Array::full(&inputs[0].shape[..], R::ZERO), move |out| f(&arrays, out))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use isonum_core::registry::{Binary, Class, Reduce, Unary};

    #[test]
    fn names_are_distinct_and_bases_exist() {
        let cases = all();
        let mut names: Vec<_> = cases.iter().map(|case| &case.id).collect();
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
    fn every_suite_has_cases() {
        let cases = all();
        for suite in Suite::ALL {
            let n = cases.iter().filter(|case| case.suites.contains(&suite)).count();
            assert!(n >= 20, "{} has {n}", suite.name());
        }
    }

    #[test]
    fn every_row_has_cases() {
        let cases = all();
        let has = |id: String| assert!(cases.iter().any(|case| case.id == id), "no {id}");
        let float = |class: Class| class.contains(DType::F32);
        for row in Unary::ROWS.iter().filter(|row| float(row.class)) {
            has(format!("{}/f32/100", row.name));
            has(format!("{}/f64/1000000/out", row.name));
        }
        for row in Binary::ROWS.iter().filter(|row| float(row.class)) {
            has(format!("{}/f64/10000", row.name));
        }
        for row in Reduce::ROWS {
            has(format!("{}/f64/10000", row.name));
            has(format!("{}_axis0/f32/1024", row.name));
        }
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
