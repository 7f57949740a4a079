//! Products of matrices, and of matrices and vectors.

use super::{Draft, input};
use crate::input::Uniform;
use crate::{Case, Suite};
use isonum::Float;
use isonum::linalg::matmul;

/// From single kernels to far beyond the caches.
const SIDES: [usize; 10] = [2, 4, 8, 16, 50, 128, 256, 512, 1024, 2048];

pub(super) fn cases(cases: &mut Vec<Case>) {
    cases_of::<f32>(cases);
    cases_of::<f64>(cases);
}

fn cases_of<T: Float + Uniform>(cases: &mut Vec<Case>) {
    for n in SIDES {
        let square = |name| input::<T>(name, &[n, n]);
        let flops = 2.0 * (n * n) as f64;
        let draft = |op, inputs, statement: &str| Draft::new(&[Suite::Linalg], op, inputs, statement);
        cases.push(
            draft("matmul", vec![square("a"), square("b")], "np.matmul(a, b)")
                .flops(flops * n as f64)
                .fresh::<T, T>(|a| matmul(&a[0], &a[1])),
        );
        if n >= 50 {
            cases.push(
                draft("matvec", vec![square("a"), input::<T>("b", &[n])], "np.matmul(a, b)")
                    .flops(flops)
                    .made::<T, T>(n, |a| matmul(&a[0], &a[1])),
            );
        }
    }
}
