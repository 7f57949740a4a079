//! All kernels: scalar's against naive loops, those of other backends against scalar's; and the agreement suite itself: it
//! finds what a backend does wrong in a few places, and nothing else.
//!
//! Here and not beside the kernels, because the suite compiles every kernel's test for every element type, and kernels are
//! compiled with all optimisation, which takes minutes.

use isonum_core::backend::{Extremum, Fold};
use isonum_core::operand::{Filled, Input, Operand, Out};
use isonum_core::registry::{Binary, Unary};
use isonum_core::{Backend, Kernels};
use isonum_kernels::agreement;
use isonum_kernels_scalar::Baseline;
use isonum_runtime::backend;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn scalar_is_right() {
    agreement::check_naive(&Baseline);
}

// That a CPU with FMA gives the backend is tested with those of x86-64, where the CPU may be asked.
#[cfg(target_arch = "x86_64")]
#[test]
fn scalar_with_multiply_add_agrees() {
    match isonum_kernels_scalar::Fused::detect() {
        Some(fused) => agreement::check(&fused, &Baseline),
        None => println!("skipped: the CPU has no FMA"),
    }
}

// The step `backends` knows which ones the machine must have.
#[test]
fn backends_agree() {
    let scalar = backend::by_name("scalar").unwrap();
    for name in backend::available().into_iter().filter(|&name| name != "scalar") {
        agreement::check(backend::by_name(name).unwrap(), scalar);
    }
}

/// An overlay with mistakes in kernels for `f32`.
struct Wrong;

impl Backend for Wrong {
    fn name(&self) -> &str {
        "wrong"
    }
    fn base(&self) -> &dyn Backend {
        &Baseline
    }
    fn f32(&self) -> &dyn Kernels<f32> {
        self
    }
}

/// The last element of the last row.
fn last(out: &mut Out<'_, f32>) -> Option<*mut f32> {
    (out.rows() > 0 && out.len() > 2).then(|| out.pointer(out.rows() - 1).wrapping_add(out.len() - 1))
}

impl Kernels<f32> for Wrong {
    fn base(&self) -> &dyn Kernels<f32> {
        Baseline.f32()
    }

    fn unary<'o>(&self, op: Unary, x: Operand<'_, f32>, mut out: Out<'o, f32>) -> Filled<'o> {
        let place = last(&mut out);
        let filled = Kernels::<f32>::base(self).unary(op, x, out);
        // One bit of one element.
        if let (Unary::Floor, Some(place)) = (op, place) {
            // SAFETY: an element of the output, just written.
            unsafe { *place = f32::from_bits((*place).to_bits() ^ 1) };
        }
        filled
    }

    fn binary<'o>(
        &self,
        op: Binary,
        a: Operand<'_, f32>,
        b: Operand<'_, f32>,
        mut out: Out<'o, f32>,
    ) -> Filled<'o> {
        let place = last(&mut out);
        // A column taken for its first value.
        let b = match b {
            Operand::Column(rows) if op == Binary::Multiply && rows.rows() > 0 => {
                Operand::Scalar(rows.row(0)[0])
            }
            b => b,
        };
        let filled = Kernels::<f32>::base(self).binary(op, a, b, out);
        // One element too many.
        if let (Binary::Add, Some(place)) = (op, place) {
            // SAFETY: the suite has its own elements around outputs.
            unsafe { *place.add(1) = 12345.0 };
        }
        filled
    }

    fn fold(&self, op: Fold, x: Input<'_, f32>) -> f32 {
        match (op, x) {
            // Another order.
            (Fold::Sum, Input::Slice(x)) => x.iter().sum::<f32>() + 0.0,
            (op, x) => Kernels::<f32>::base(self).fold(op, x),
        }
    }

    fn arg_extremum(&self, op: Extremum, x: &[f32]) -> Option<usize> {
        let found = Kernels::<f32>::base(self).arg_extremum(op, x)?;
        // The last of equals.
        (found..x.len()).rev().find(|&i| x[i] == x[found] || x[i].is_nan())
    }

    fn count_nonzero(&self, x: &[f32]) -> usize {
        // NaN taken for nothing.
        x.iter().filter(|x| x.abs() > 0.0).count()
    }
}

#[test]
fn mistakes_are_found() {
    let panic = catch_unwind(AssertUnwindSafe(|| agreement::check(&Wrong, &Baseline))).unwrap_err();
    let message = panic.downcast_ref::<String>().expect("a message");
    let mut found: Vec<&str> = message.lines().skip(1).filter_map(|line| line.split(':').next()).collect();
    found.sort_unstable();
    let expected = ["Sum", "add", "count_nonzero", "floor", "index of Max", "index of Min", "multiply"];
    assert_eq!(found, expected.map(|operation| format!("{operation} of float32")), "{message}");
    assert!(message.contains("beside the output"), "{message}");
}
