//! The logarithm of `f32` by way of `f64`, which the functions do not use: it is the correctly rounded one.

use isonum_check::oracle::{Random, Reference, SINGLE, reference};
use isonum_kernels::{ops, wide};

/// Whether the logarithm of the number of those bits is the nearest number.
fn is_nearest(bits: u32) -> bool {
    let Some(Reference::Function(log)) = reference("log") else { panic!("no log") };
    let x = f32::from_bits(bits);
    let y = wide::evaluate::<ops::Log>(x) as f32;
    let special = (f64::from(x)).ln() as f32;
    if x.is_nan() || x <= 0.0 || x.is_infinite() || x == 1.0 {
        return y.to_bits() == special.to_bits() || y.is_nan() && special.is_nan();
    }
    let (value, k) = (log.value)(f64::from(x));
    SINGLE.distance(f64::from(y), value, k).is_misrounded() == Some(false)
}

#[test]
fn logarithms_are_rounded_correctly() {
    let mut random = Random(1);
    for _ in 0..300_000 {
        let bits = random.bits() as u32;
        assert!(is_nearest(bits), "0x{bits:08x}");
    }
    // 0 and the first numbers, 1 and its neighbours, infinity and NaN; and the hardest.
    let around = |start: u32| start..start + 100;
    let ends = [0, 0x3f80_0000 - 50, 0x7f80_0000 - 50].into_iter().flat_map(around);
    for bits in ends.chain([0x4117_8feb, 0x4c5d_65a5, 0x65d8_90d3, 0x6f31_a8ec]) {
        assert!(is_nearest(bits) && is_nearest(bits | 0x8000_0000), "0x{bits:08x}");
    }
}

/// `cargo test --release -p isonum-check --test wide -- --ignored`.
#[test]
#[ignore = "half an hour"]
fn all_logarithms_are_rounded_correctly() {
    let wrong: Vec<u32> = (0..=u32::MAX).filter(|&bits| !is_nearest(bits)).collect();
    assert!(wrong.is_empty(), "{wrong:x?}");
}
