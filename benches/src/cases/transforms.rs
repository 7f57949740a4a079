//! Fourier transforms of a row.

use super::{Draft, input};
use crate::{Case, Suite};
use isonum::{Complex32, Complex64, Element, fft};

/// Powers of two, products of small primes, and a prime.
const LENGTHS: [usize; 8] = [100, 256, 1000, 1009, 1024, 4096, 65_536, 1 << 20];

pub(super) fn cases(cases: &mut Vec<Case>) {
    macro_rules! of_types {
        ($($real:ident $complex:ident;)*) => {$(
            for n in LENGTHS {
                let draft = |op: &str, inputs| {
                    Draft::new(&[Suite::Fft], op, inputs, format!("np.fft.{op}(a)"))
                        .of(<$real as Element>::DTYPE, n)
                };
                // By convention, whatever the algorithm.
                let flops = 5.0 * n as f64 * (n as f64).log2();
                let complex = || vec![input::<$complex>("a", &[n])];
                cases.extend([
                    draft("fft", complex()).flops(flops).fresh::<$complex, $complex>(|a| fft::fft(&a[0])),
                    draft("ifft", complex()).flops(flops).fresh::<$complex, $complex>(|a| fft::ifft(&a[0])),
                    draft("rfft", vec![input::<$real>("a", &[n])])
                        .flops(flops / 2.0)
                        .made::<$real, $complex>(n / 2 + 1, |a| fft::rfft(&a[0])),
                    draft("irfft", vec![input::<$complex>("a", &[n / 2 + 1])])
                        .of(<$real as Element>::DTYPE, n / 2 * 2)
                        .flops(flops / 2.0)
                        .made::<$complex, $real>(n / 2 * 2, |a| fft::irfft(&a[0])),
                ]);
            }
        )*};
    }
    of_types! {
        f32 Complex32;
        f64 Complex64;
    }
}
