//! Register transposes: what AVX2 and AVX-512 share.
//!
//! # Method
//! A *zip* of `N` registers interleaves register `i` with register `i + N/2`: the lower halves become register
//! `2i`, the upper halves register `2i + 1`. Where a register has `N` elements, `log2 N` zips transpose. The
//! unpack instructions of x86 zip each 128-bit part of a register on its own, so `N` is 16 bytes of elements, and
//! each part of a wide register transposes a square of its own: which squares is for the loads to say.
//!
//! A tile is a square of 64-byte rows. Rows that are a power of two apart fall into one or two sets of the first
//! cache, which hold 8 lines each, fewer than the rows of most tiles: so every line of either tile is read or
//! written once, through a buffer where the registers do not suffice, and lines that tiles share do not come back.

/// The zips of a register type, from the unpack instructions for elements of 1, 2, 4 and 8 bytes.
macro_rules! zips {
    ($vector:ident: $($size:pat => $low:ident $high:ident),*) => {
        functions! {
            /// The lower halves of each 128-bit part, elements of `SIZE` bytes in turns.
            fn low<const SIZE: i32>(a: $vector, b: $vector) -> $vector = match SIZE { $($size => $low(a, b)),* };
            /// The upper halves.
            fn high<const SIZE: i32>(a: $vector, b: $vector) -> $vector = match SIZE { $($size => $high(a, b)),* };
            fn zip2<const SIZE: i32>(a: [$vector; 2]) -> [$vector; 2] = [low::<SIZE>(a[0], a[1]), high::<SIZE>(a[0], a[1])];
            fn zip4<const SIZE: i32>(a: [$vector; 4]) -> [$vector; 4] = {
                let ([e, f], [g, h]) = (zip2::<SIZE>([a[0], a[2]]), zip2::<SIZE>([a[1], a[3]]));
                [e, f, g, h]
            };
            fn zip8<const SIZE: i32>(a: [$vector; 8]) -> [$vector; 8] = {
                let ([i, j], [k, l]) = (zip2::<SIZE>([a[0], a[4]]), zip2::<SIZE>([a[1], a[5]]));
                let ([m, n], [o, p]) = (zip2::<SIZE>([a[2], a[6]]), zip2::<SIZE>([a[3], a[7]]));
                [i, j, k, l, m, n, o, p]
            };
            fn transpose2(a: [$vector; 2]) -> [$vector; 2] = zip2::<8>(a);
            fn transpose4(a: [$vector; 4]) -> [$vector; 4] = zip4::<4>(zip4::<4>(a));
            fn transpose8(a: [$vector; 8]) -> [$vector; 8] = zip8::<2>(zip8::<2>(zip8::<2>(a)));
            /// The first 8 of 16 rows of bytes, transposed: their first zip is of lower halves alone, and what
            /// follows never pairs them with upper ones.
            fn transpose16_low(a: [$vector; 8], b: [$vector; 8]) -> [$vector; 8] =
                zip8::<1>(zip8::<1>(zip8::<1>(map8!(|i| low::<1>(a[i], b[i])))));
            /// The last 8.
            fn transpose16_high(a: [$vector; 8], b: [$vector; 8]) -> [$vector; 8] =
                zip8::<1>(zip8::<1>(zip8::<1>(map8!(|i| high::<1>(a[i], b[i])))));
        }
    };
}
pub(crate) use zips;

/// An array of 8 values. (A closure for `array::from_fn` would not be inlined for certain.)
macro_rules! map8 {
    (|$i:ident| $value:expr) => {
        [
            map8!(@ $i 0 $value), map8!(@ $i 1 $value), map8!(@ $i 2 $value), map8!(@ $i 3 $value),
            map8!(@ $i 4 $value), map8!(@ $i 5 $value), map8!(@ $i 6 $value), map8!(@ $i 7 $value),
        ]
    };
    (@ $i:ident $index:literal $value:expr) => {{
        let $i = $index;
        $value
    }};
}
pub(crate) use map8;

/// Implements `Transpose` for a token by a function of pointers to bytes, distances in bytes and the size of an
/// element.
macro_rules! transposes {
    ($token:ident $tile:ident: $($t:ty)*) => {$(
        // SAFETY: 64 bytes are `TILE` elements, and the function reads and writes as many rows of as many bytes.
        unsafe impl isonum_kernels::Transpose<$t> for $token {
            const TILE: usize = 64 / size_of::<$t>();
            #[inline(always)]
            unsafe fn transpose_tile(self, from: *const $t, from_row: isize, to: *mut $t, to_row: isize) {
                const SIZE: isize = size_of::<$t>() as isize;
                // SAFETY: the token proves the instruction set, and the caller that the memory may be used.
                unsafe { $tile::<{ SIZE as i32 }>(from.cast(), SIZE * from_row, to.cast(), SIZE * to_row) }
            }
        }
    )*};
}
pub(crate) use transposes;
