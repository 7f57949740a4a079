//! A backend that is installed for the process, in a process of its own.

use isonum_core::operand::{Filled, Operand, Out};
use isonum_core::registry::Unary;
use isonum_core::{Backend, Given, Kernels, Storage};
use isonum_runtime::{backend, elementwise};
use std::sync::atomic::{AtomicUsize, Ordering};

static CALLS: AtomicUsize = AtomicUsize::new(0);

struct Counting(&'static dyn Backend);

impl Backend for Counting {
    fn name(&self) -> &str {
        "counting"
    }
    fn base(&self) -> &dyn Backend {
        self.0
    }
    fn f64(&self) -> &dyn Kernels<f64> {
        self
    }
}

impl Kernels<f64> for Counting {
    fn base(&self) -> &dyn Kernels<f64> {
        self.0.f64()
    }
    fn unary<'o>(&self, op: Unary, x: Operand<'_, f64>, out: Out<'o, f64>) -> Filled<'o> {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Kernels::base(self).unary(op, x, out)
    }
}

#[test]
fn an_installed_backend_is_used() {
    let counting = Counting(backend::by_name("scalar").unwrap());
    backend::install(Box::leak(Box::new(counting))).unwrap();
    assert_eq!(backend::current(), "counting");
    let x = Storage::full(&[5], 4.0).unwrap();
    let root = elementwise::unary(Unary::Sqrt, Given::Shared(&x)).unwrap();
    assert_eq!(root.as_slice(), Some(&[2.0; 5][..]));
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
    let again = backend::install(backend::by_name("scalar").unwrap()).unwrap_err();
    assert_eq!(again.to_string(), "backend: counting is in use already");
}
