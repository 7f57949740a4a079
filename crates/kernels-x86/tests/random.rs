//! Random numbers have the same bits on every token, wherever a block starts and ends.
#![cfg(target_arch = "x86_64")]

use isonum_kernels::random::*;
use isonum_kernels::{Isa, Scalar};
use isonum_kernels_x86::{Avx2, Avx512};
use std::mem::MaybeUninit;

macro_rules! same {
    ($isa:expr; $($fill:ident: $t:ty, $bits:expr;)*) => {$({
        let stream = Stream { seed: 0x9876_5432_10fe_dcba, number: 5 };
        let bits: fn($t) -> u64 = $bits;
        let draw = |scalar: bool, position: u64, len: usize| {
            let mut out = vec![MaybeUninit::<$t>::uninit(); len];
            if scalar { $fill(Scalar, stream, position, &mut out) } else { $fill($isa, stream, position, &mut out) }
            // SAFETY: filled.
            out.iter().map(|x| bits(unsafe { x.assume_init() })).collect::<Vec<u64>>()
        };
        let start = (1 << 33) - 40;
        let expected = draw(true, start, 400);
        for (skip, len) in (0..10).flat_map(|skip| (0..100).map(move |len| (skip, len))).chain([(3, 390)]) {
            let found = draw(false, start + skip as u64, len);
            assert_eq!(found, &expected[skip..][..len], "{} {skip} {len}", stringify!($fill));
        }
    })*};
}

fn check<S: Isa>(isa: S) {
    same! { isa;
        fill_u32: u32, |x| x.into();
        fill_u64: u64, |x| x;
        fill_uniform_f32: f32, |x| x.to_bits().into();
        fill_uniform_f64: f64, f64::to_bits;
        fill_normal_f32: f32, |x| x.to_bits().into();
        fill_normal_f64: f64, f64::to_bits;
    }
}

#[test]
fn avx2() {
    match Avx2::detect() {
        Some(isa) => check(isa),
        None => println!("skipped, the CPU does not have it"),
    }
}

#[test]
fn avx512() {
    match Avx512::detect() {
        Some(isa) => check(isa),
        None => println!("skipped, the CPU does not have it"),
    }
}
