//! The same bits: every operation on every backend, in every layout, at every length at which kernels change their
//! ways, and on several threads, against scalar on one thread.

mod layouts;
mod operation;

use crate::progress::Progress;
use isonum_core::{Backend, Result};
use isonum_runtime::{backend, threads};
pub use layouts::{Layout, dirty};
pub use operation::{Answer, IntoAnswer, Operation, Run};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads that long work is split among; 1 is the first.
pub const THREADS: [usize; 4] = [1, 2, 3, 7];

/// How much is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// Every length of a few vectors; longer operands in two layouts, on one and three threads.
    Quick,
    /// Everything.
    Full,
}

/// What was compared, and what differed.
#[derive(Default, Debug)]
pub struct Outcome {
    /// Pairs of answers.
    pub compared: u64,
    /// How many of them were computed by more than one thread.
    pub split: u64,
    /// The first difference of each operation and backend.
    pub differences: Vec<String>,
}

/// The lengths of short operands of elements of `size` bytes: up to four vectors of 64 bytes and three elements.
fn short(size: usize) -> impl Iterator<Item = usize> {
    0..=4 * 64 / size + 3
}

/// Lengths around the blocks that kernels and drivers work in.
fn edges(size: usize) -> impl Iterator<Item = usize> {
    let edges = [8 << 10, 16 << 10, 64 << 10].map(|bytes| bytes / size);
    edges.into_iter().chain([64 << 10]).flat_map(|n| [n - 1, n, n + 1])
}

/// A length at which every operation is split: a million, and more of small elements.
fn long(size: usize) -> usize {
    (4_000_000 / size).max(1_000_000)
}

/// Compares `operations` on every backend with scalar on one thread, on all cores.
///
/// # Errors
/// If there is no memory, or scalar is not there.
pub fn compare(
    operations: &[Operation],
    backends: &[&dyn Backend],
    extent: Extent,
    progress: &Progress,
) -> Result<Outcome> {
    let scalar = backend::by_name("scalar")?;
    let comparison = Comparison { scalar, backends, extent };
    let next = AtomicUsize::new(0);
    let work = || -> Result<Outcome> {
        let mut outcome = Outcome::default();
        while let Some(operation) = operations.get(next.fetch_add(1, Ordering::Relaxed)) {
            progress.show(&format!("{} {}", operation.name, operation.dtype));
            comparison.operation(operation, &mut outcome)?;
            progress.step();
        }
        Ok(outcome)
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut all = Outcome::default();
        for worker in workers {
            let outcome = worker.join().expect("workers do not panic")?;
            all.compared += outcome.compared;
            all.split += outcome.split;
            all.differences.extend(outcome.differences);
        }
        all.differences.sort();
        Ok(all)
    })
}

/// What is compared with what.
struct Comparison<'a> {
    scalar: &'a dyn Backend,
    backends: &'a [&'a dyn Backend],
    extent: Extent,
}

impl Comparison<'_> {
    fn operation(&self, operation: &Operation, outcome: &mut Outcome) -> Result<()> {
        let size = operation.dtype.size();
        for &layout in operation.layouts {
            let quick = self.extent == Extent::Quick;
            for n in short(size) {
                self.operands(operation, layout, n, &[1], outcome)?;
            }
            if quick && !matches!(layout, Layout::Contiguous | Layout::Transposed) {
                continue;
            }
            for n in edges(size) {
                self.operands(operation, layout, n, &[1], outcome)?;
            }
            let on = if quick { &[1, 3][..] } else { &THREADS };
            self.operands(operation, layout, long(size), on, outcome)?;
        }
        Ok(())
    }

    /// Operands of one layout and length.
    fn operands(
        &self,
        operation: &Operation,
        layout: Layout,
        n: usize,
        on: &[usize],
        outcome: &mut Outcome,
    ) -> Result<()> {
        let run = operation.prepare(layout, n)?;
        let expected = threads::with(1, || backend::with(self.scalar, &*run))?;
        for backend in self.backends {
            for &threads in on {
                if backend.name() == "scalar" && threads == 1 {
                    continue;
                }
                let before = threads::tasks();
                let found = threads::with(threads, || backend::with(*backend, &*run))?;
                let was_split = threads::tasks() > before;
                outcome.compared += 1;
                outcome.split += u64::from(was_split);
                let differs = difference(operation, &found, &expected, was_split, threads);
                let Some(differs) = differs else { continue };
                let of = format!("{} of {} on {}", operation.name, operation.dtype, backend.name());
                if !outcome.differences.iter().any(|known| known.starts_with(&of)) {
                    let layout = layout.name();
                    let what = format!("{of}: {layout}, {n} elements, {threads} threads: {differs}");
                    outcome.differences.push(what);
                }
            }
        }
        Ok(())
    }
}

/// What is wrong with the answers of one run.
fn difference(
    operation: &Operation,
    found: &[Box<dyn Answer>],
    expected: &[Box<dyn Answer>],
    was_split: bool,
    threads: usize,
) -> Option<String> {
    if found.len() != expected.len() {
        return Some(format!("{} answers instead of {}", found.len(), expected.len()));
    }
    if was_split != (threads > 1) {
        return Some(format!("was {}split", if was_split { "" } else { "not " }));
    }
    let mut pairs = found.iter().zip(expected);
    pairs.find_map(|(found, expected)| found.difference(&**expected, operation.moves))
}

#[cfg(test)]
mod tests {
    use super::*;
    use isonum_core::operand::{Filled, Operand, Out};
    use isonum_core::registry::Unary;
    use isonum_core::{Kernels, Storage};
    use isonum_kernels::agreement::values::{Draw, Stream};
    use isonum_runtime::elementwise;

    /// An overlay whose exponential of large numbers is off by a unit, as with two coefficients exchanged.
    struct Wrong(&'static dyn Backend);

    impl Backend for Wrong {
        fn name(&self) -> &str {
            "wrong"
        }
        fn base(&self) -> &dyn Backend {
            self.0
        }
        fn f32(&self) -> &dyn Kernels<f32> {
            self
        }
    }

    impl Kernels<f32> for Wrong {
        fn base(&self) -> &dyn Kernels<f32> {
            self.0.f32()
        }
        fn unary<'o>(&self, op: Unary, x: Operand<'_, f32>, mut out: Out<'o, f32>) -> Filled<'o> {
            let place = (out.rows() > 0 && out.len() == 37).then(|| out.pointer(0));
            let filled = Kernels::<f32>::base(self).unary(op, x, out);
            if let (Unary::Exp, Some(place)) = (op, place) {
                // SAFETY: the first element of the output, just written.
                unsafe { *place = (*place).next_up() };
            }
            filled
        }
    }

    fn exponential() -> Operation {
        Operation::new::<f32>("exp", |layout, n| {
            let shape = layout.shape(n);
            let x = layout.of(&shape, &mut Stream::<f32>::new(Draw::Tame, (-6.0, 6.0)))?;
            Ok(Box::new(move || {
                let mut out = dirty::<f32>(&shape)?;
                elementwise::unary_to(Unary::Exp, Some(&x.view()), out.view_mut()?)?;
                Ok(vec![out.into_answer()?])
            }))
        })
    }

    fn compare_on(backend: &dyn Backend, operation: Operation) -> Vec<String> {
        let progress = Progress::new(1);
        compare(&[operation], &[backend], Extent::Quick, &progress).unwrap().differences
    }

    #[test]
    fn a_wrong_kernel_is_found() {
        let base = backend::by_name(backend::available()[0]).unwrap();
        let found = compare_on(&Wrong(base), exponential());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .starts_with("exp of float32 on wrong: contiguous, 37 elements, 1 threads: element 0 is ")
        );
        assert_eq!(compare_on(base, exponential()), [""; 0]);
    }

    #[test]
    fn work_that_is_not_split_is_found() {
        let alone = Operation::new::<f32>("alone", |_, n| {
            Ok(Box::new(move || Ok(vec![Storage::full(&[n.min(3)], 1f32)?.into_answer()?])))
        });
        let found = compare_on(backend::by_name("scalar").unwrap(), alone);
        assert!(found.len() == 1 && found[0].ends_with("3 threads: was not split"), "{found:?}");
    }

    #[test]
    fn answers_that_differ_say_where() {
        let answer = |values: [f32; 3]| Storage::from_vec(values.to_vec(), &[3]).unwrap();
        let (a, b) = (answer([0.0, -0.0, f32::NAN]), answer([0.0, 0.0, -f32::NAN]));
        let difference = a.difference(&b, false).unwrap();
        assert_eq!(difference, "element 1 is -0.0 (0x80000000) instead of 0.0 (0x00000000)");
        assert_eq!(answer([0.0, 0.0, f32::NAN]).difference(&b, false), None);
        assert!(answer([0.0, 0.0, f32::NAN]).difference(&b, true).unwrap().starts_with("element 2 is NaN"));
    }
}
