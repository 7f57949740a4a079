//! Random numbers: the same bits as on the scalar token, wherever a block starts and ends.

use crate::random::*;
use crate::{Isa, Scalar};
use std::fmt::Debug;
use std::mem::MaybeUninit;

const STREAM: Stream = Stream { seed: 0x9876_5432_10fe_dcba, number: 5 };

fn draw<T: Copy>(position: u64, len: usize, fill: impl Fn(u64, &mut [MaybeUninit<T>])) -> Vec<T> {
    let mut out = vec![MaybeUninit::uninit(); len];
    fill(position, &mut out);
    // SAFETY: filled.
    out.iter().map(|x| unsafe { x.assume_init() }).collect()
}

fn same<T: Copy + PartialEq + Debug>(
    name: &str,
    fill: impl Fn(u64, &mut [MaybeUninit<T>]),
    scalar: impl Fn(u64, &mut [MaybeUninit<T>]),
) {
    // Across the end of the lower word of the counter.
    let start = (1 << 33) - 40;
    let expected = draw(start, 400, scalar);
    for (skip, len) in (0..10).flat_map(|skip| (0..100).map(move |len| (skip, len))).chain([(3, 390)]) {
        let found = draw(start + skip as u64, len, &fill);
        assert_eq!(found, &expected[skip..][..len], "{name}, {len} from {skip}");
    }
}

pub(super) fn check<S: Isa>(isa: S) {
    macro_rules! fills {
        ($($fill:ident)*) => {$(
            same(
                stringify!($fill),
                |position, out| $fill(isa, STREAM, position, out),
                |position, out| $fill(Scalar, STREAM, position, out),
            );
        )*};
    }
    // No NaN and no zero is among them: `==` compares bits.
    fills! { fill_u32 fill_u64 fill_uniform_f32 fill_uniform_f64 fill_normal_f32 fill_normal_f64 }
}
