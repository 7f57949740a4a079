//! A backend of one's own: it computes `negative` itself, counts the calls of three families of kernels for `f64`,
//! and leaves the work to its base.
//!
//! ```console
//! $ cargo run --release --example own_backend
//! ```

use isonum::backend::{self, Backend, Binary, Filled, Fold, Input, Kernels, Operand, Out, Unary};
use isonum::prelude::*;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Counts what the operations of its scope call, on any thread.
pub(crate) struct Counting {
    base: &'static dyn Backend,
    calls: Mutex<BTreeMap<&'static str, usize>>,
}

impl Counting {
    /// Over the backend in use.
    pub(crate) fn new() -> isonum::Result<Self> {
        Ok(Counting { base: backend::by_name(&backend::current())?, calls: Mutex::default() })
    }

    /// The number of calls by kernel, since the last time.
    pub(crate) fn take(&self) -> BTreeMap<&'static str, usize> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    fn count(&self, kernel: &'static str) {
        *self.calls.lock().unwrap().entry(kernel).or_default() += 1;
    }
}

/// Every element type but `f64` has the kernels of the base.
impl Backend for Counting {
    fn name(&self) -> &str {
        "counting"
    }
    fn base(&self) -> &dyn Backend {
        self.base
    }
    fn f64(&self) -> &dyn Kernels<f64> {
        self
    }
}

/// And so has `f64` where nothing is said.
impl Kernels<f64> for Counting {
    fn base(&self) -> &dyn Kernels<f64> {
        self.base.f64()
    }

    fn unary<'o>(&self, op: Unary, x: Operand<'_, f64>, out: Out<'o, f64>) -> Filled<'o> {
        self.count(op.name());
        match (op, x) {
            // A kernel proves with `Filled` that it has written every element.
            (Unary::Negative, Operand::Slice(x)) => out.fill_with(|row, i| -x.row(row)[i]),
            _ => Kernels::base(self).unary(op, x, out),
        }
    }

    fn binary<'o>(
        &self,
        op: Binary,
        a: Operand<'_, f64>,
        b: Operand<'_, f64>,
        out: Out<'o, f64>,
    ) -> Filled<'o> {
        self.count(op.name());
        Kernels::base(self).binary(op, a, b, out)
    }

    fn fold(&self, op: Fold, x: Input<'_, f64>) -> f64 {
        self.count(if op == Fold::Sum { "sum" } else { "prod" });
        Kernels::base(self).fold(op, x)
    }
}

/// The Gaussian `exp(-x²)` and its integral.
pub(crate) fn gaussian(x: &Array<f64>) -> (Array<f64>, f64) {
    let y = (-(x * x)).exp();
    let integral = y.sum() * (x[1] - x[0]);
    (y, integral)
}

fn main() -> isonum::Result<()> {
    let counting = Counting::new()?;
    let x = isonum::linspace(-6.0, 6.0, 1_000);
    let (_, integral) = backend::with(&counting, || gaussian(&x));
    println!("the integral of exp(-x²) is {integral:.12}, √π is {:.12}\n", std::f64::consts::PI.sqrt());
    println!("kernel    calls");
    for (kernel, calls) in counting.take() {
        println!("{kernel:<9} {calls:>5}");
    }
    Ok(())
}
