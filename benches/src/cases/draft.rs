//! A case in the making: what sets it apart is said, the rest follows.

use crate::input::{Input, Uniform};
use crate::work::{Value, Work, fresh, into, whole};
use crate::{Case, Suite, short_name};
use isonum::{Array, DType, Element};

/// An operation on some inputs, and the statement that does the same in NumPy.
pub(super) struct Draft {
    op: String,
    /// The dtype and size in the name.
    of: (String, String),
    variant: String,
    suites: Vec<Suite>,
    inputs: Vec<Input>,
    numpy: String,
    base: Option<String>,
    flops: f64,
    /// How far results may be off, relative to the largest, where it is not a few units in the last place.
    tolerance: Option<f64>,
}

impl Draft {
    /// Named after the dtype and shape of the first input.
    pub(super) fn new(
        suites: &[Suite],
        op: impl Into<String>,
        inputs: Vec<Input>,
        numpy: impl Into<String>,
    ) -> Draft {
        let of = inputs.first().map(|first| (short_name(first.dtype), size_name(&first.shape)));
        Draft {
            op: op.into(),
            of: of.unwrap_or_default(),
            variant: String::new(),
            suites: suites.to_vec(),
            inputs,
            numpy: numpy.into(),
            base: None,
            flops: 0.0,
            tolerance: None,
        }
    }

    /// The dtype and size in the name, where they are not those of the first input.
    pub(super) fn of(mut self, dtype: DType, size: impl ToString) -> Draft {
        self.of = (short_name(dtype), size.to_string());
        self
    }

    pub(super) fn variant(mut self, variant: impl Into<String>) -> Draft {
        self.variant = variant.into();
        self
    }

    /// Measured against another case, too.
    pub(super) fn against(mut self, base: impl Into<String>) -> Draft {
        self.base = Some(base.into());
        self
    }

    /// So many floating-point operations.
    pub(super) fn flops(mut self, flops: f64) -> Draft {
        self.flops = flops;
        self
    }

    /// Results may be off by so many times what they may be off in one step: errors add up.
    pub(super) fn errors_add_up(mut self, times: f64) -> Draft {
        self.tolerance = Some(times * self.one_step());
        self
    }

    fn one_step(&self) -> f64 {
        let single = |input: &Input| matches!(input.dtype, DType::F32 | DType::C32);
        // A few units in the last place; sums of either side add in an order of their own.
        if self.inputs.iter().any(single) { 2e-5 } else { 1e-12 }
    }

    /// The case whose output has `out` elements of `R`.
    pub(super) fn case<R: Element>(
        self,
        out: usize,
        numpy_out: Option<String>,
        prepare: impl Fn(&[Input]) -> Box<dyn Work> + 'static,
    ) -> Case {
        let (dtype, size) = &self.of;
        let mut id = format!("{}/{dtype}/{size}", self.op);
        if !self.variant.is_empty() {
            id = format!("{id}/{}", self.variant);
        }
        let tolerance = self.tolerance.unwrap_or_else(|| self.one_step());
        let read = |input: &Input| input.shape.iter().product::<usize>() * input.dtype.size();
        let read = self.inputs.iter().map(read).sum::<usize>();
        let inputs = self.inputs.clone();
        Case {
            id,
            suites: self.suites,
            inputs: self.inputs,
            numpy: self.numpy,
            numpy_out,
            tolerance,
            read,
            written: out * size_of::<R>(),
            flops: self.flops,
            base: self.base,
            prepare: Box::new(move || prepare(&inputs)),
        }
    }

    /// A new array of the shape of the first input.
    pub(super) fn fresh<T: Uniform, R: Element>(
        self,
        f: impl Fn(&[Array<T>]) -> Array<R> + Copy + 'static,
    ) -> Case {
        let out = self.inputs[0].shape.iter().product();
        self.made(out, f)
    }

    /// A new array of `out` elements.
    pub(super) fn made<T: Uniform, R: Element>(
        self,
        out: usize,
        f: impl Fn(&[Array<T>]) -> Array<R> + Copy + 'static,
    ) -> Case {
        self.case::<R>(out, None, move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            fresh(move || f(&arrays))
        })
    }

    /// One value.
    pub(super) fn whole<T: Uniform, R: Value>(self, f: impl Fn(&[Array<T>]) -> R + Copy + 'static) -> Case {
        self.case::<f64>(1, None, move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            whole(move || f(&arrays))
        })
    }

    /// A given output of the shape of the first input.
    pub(super) fn given<T: Uniform, R: Element>(
        self,
        f: impl Fn(&[Array<T>], &mut Array<R>) + Copy + 'static,
    ) -> Case {
        let shape = &self.inputs[0].shape;
        let numpy_out = format!("np.zeros({shape:?}, np.dtype({:?}))", R::DTYPE.name());
        let out = shape.iter().product();
        self.case::<R>(out, Some(numpy_out), move |inputs| {
            let arrays: Vec<_> = inputs.iter().map(Input::array).collect();
            into(Array::full(&inputs[0].shape[..], R::ZERO), move |out| f(&arrays, out))
        })
    }
}

/// The names' form of a shape: its length, the length of a square's side, or all lengths.
fn size_name(shape: &[usize]) -> String {
    match shape {
        [n, m] if n == m => n.to_string(),
        _ => shape.iter().map(usize::to_string).collect::<Vec<_>>().join("x"),
    }
}
