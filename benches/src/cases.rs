//! All cases.

mod backends;
mod draft;
mod elementwise;
mod figures;
mod grid;
mod matrices;
mod products;
mod reduce;
mod small;
mod transforms;
mod workloads;

use crate::input::Input;
use crate::{Case, Suite};
use draft::Draft;
use isonum::Element;
use std::collections::HashMap;

pub use figures::missing;

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
    small::sizes(&mut drafted);
    grid::cases(&mut drafted);
    products::cases(&mut drafted);
    transforms::cases(&mut drafted);
    workloads::cases(&mut drafted);
    figures::cases(&mut drafted);
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
                known.base = known.base.take().or(case.base);
            }
        }
    }
    cases.iter_mut().filter(|case| is_quick(&case.id)).for_each(|case| case.suites.push(Suite::Quick));
    cases.iter_mut().filter(|case| figures::is_one(case)).for_each(|case| case.suites.push(Suite::Figures));
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
fn input<T: Element>(name: &'static str, shape: &[usize]) -> Input {
    ranged::<T>(name, shape, (-6.0, 6.0))
}

fn ranged<T: Element>(name: &'static str, shape: &[usize], (low, high): (f64, f64)) -> Input {
    let seed = name.as_bytes()[0] as u64;
    Input { name, dtype: T::DTYPE, shape: shape.to_vec(), low, high, seed, view: "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use isonum::DType;
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
            let n = cases.iter().filter(|case| case.suites.contains(suite)).count();
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
