//! `Simd::prefix_step` as data: where each lane comes from, for the permute instructions of both sets.
//!
//! `step` is a literal in every caller, so that one row remains after inlining. The tables are references in
//! constants, not statics: the contents of another crate's static are unknown to the optimiser.

/// Index vectors, the row `k` for the step `1 << k`. Elements are `width` entries wide, and indices count within
/// `modulus` entries (a permute inside of 128-bit parts sees 16 bytes).
macro_rules! sources {
    ($($name:ident $t:ident;)*) => {$(
        pub(crate) const fn $name<const N: usize, const STEPS: usize>(width: usize, modulus: usize) -> [[$t; N]; STEPS] {
            let mut table = [[0; N]; STEPS];
            let mut k = 0;
            while k < STEPS {
                let step = 1 << k;
                let mut i = 0;
                while i < N {
                    let lane = i / width;
                    let source = lane - lane % (2 * step) + step - 1;
                    table[k][i] = ((source * width + i % width) % modulus) as $t;
                    i += 1;
                }
                k += 1;
            }
            table
        }
    )*};
}
sources! { sources_i8 i8; sources_i16 i16; sources_i32 i32; sources_i64 i64; }

/// The lanes that come from elsewhere, as bits.
pub(crate) const LANE_BITS: &[u64; 6] = &[
    0xaaaa_aaaa_aaaa_aaaa,
    0xcccc_cccc_cccc_cccc,
    0xf0f0_f0f0_f0f0_f0f0,
    0xff00_ff00_ff00_ff00,
    0xffff_0000_ffff_0000,
    0xffff_ffff_0000_0000,
];

/// The lanes that come from elsewhere, as bytes that are all ones; elements are `width` bytes wide.
pub(crate) const fn lane_bytes<const STEPS: usize>(width: usize) -> [[i8; 32]; STEPS] {
    let mut table = [[0; 32]; STEPS];
    let mut k = 0;
    while k < STEPS {
        let mut i = 0;
        while i < 32 {
            table[k][i] = if (i / width) >> k & 1 == 1 { -1 } else { 0 };
            i += 1;
        }
        k += 1;
    }
    table
}
