//! The token [`Neon`] and its 128-bit vectors.
//!
//! What all ten types share stands here: the macros that write their methods, the partial loads and stores,
//! the conversions. `int` and `float` add the arithmetic: rows of intrinsic names. A mask is an unsigned
//! vector of the width of its lanes, each of them all ones or all zeros: one mask type for each width.
//!
//! # What NEON lacks
//! | operation | here |
//! |---|---|
//! | `mul` of 64-bit integers | three 32-bit products: `rev64 mul uaddlp shl xtn xtn umlal` |
//! | `larger`, `smaller` of floats and of 64-bit integers | compare and `bsl` (`fmax` treats NaN and zeros otherwise) |
//! | `shl`, `shr` | clamp of the counts to the width, for `ushl` and `sshl` read their lowest byte alone |
//! | `any`, `all` | `umaxv`, `uminv` of the mask as 32-bit words |
//! | `count_true` | `uaddlv` of the mask as bytes of 0 and 1, divided by their number in a lane |
//! | `first_true` | `shrn` to four bits a byte, then the trailing zeros of one 64-bit word |
//! | `load_mask`, `store_mask` | one `tbl` that repeats a byte over its lane, or picks one of each lane |
//! | `load_partial`, `store_partial` | two overlapping moves of 8, 4 or 2 bytes, all of them inside |
//! | `prefix_step` | one `tbx`, whose indices out of range keep the identity |
//! | `lookup8`, `lookup16` | `tbl`; for 16 doubles two loads |

mod float;
mod int;
mod transpose;

use isonum_kernels::backend::Stamp;
use isonum_kernels::{Isa, Program, Token, backend};
use std::arch::aarch64::*;

/// The proof that the CPU has NEON.
#[derive(Clone, Copy, Debug)]
pub struct Neon(());

impl Neon {
    /// The token; always there on the usual 64-bit ARM targets, whose baseline has NEON.
    #[inline]
    pub fn detect() -> Option<Neon> {
        cfg!(target_feature = "neon").then_some(Neon(()))
    }

    /// Runs `program` where the instructions may be inlined.
    #[inline]
    pub fn run<P: Program>(self, program: P) -> P::Output {
        #[target_feature(enable = "neon")]
        fn enabled<P: Program>(isa: Neon, program: P) -> P::Output {
            program.run(isa)
        }
        // SAFETY: the token proves the instruction set.
        unsafe { enabled(self, program) }
    }
}

// SAFETY: only `detect` makes one, and only where the target has NEON.
unsafe impl Token for Neon {
    const NAME: &'static str = "neon";
    const MULTIPLIES_64: bool = false;
}

/// A register of 128 bits.
///
/// # Safety
/// The type has 16 bytes, and every pattern of bits is a value of it.
unsafe trait Vector: Copy {}

macro_rules! vector {
    ($($type:ty)*) => {$(
        // SAFETY: vectors of numbers, 16 bytes without padding.
        unsafe impl Vector for $type {}
    )*};
}
vector! {
    float32x4_t float64x2_t int8x16_t int16x8_t int32x4_t int64x2_t
    uint8x16_t uint16x8_t uint32x4_t uint64x2_t u128
}

/// The same bits as another type.
#[inline(always)]
fn cast<A: Vector, B: Vector>(a: A) -> B {
    // SAFETY: both have 16 bytes, and `B` takes all patterns.
    unsafe { std::mem::transmute_copy(&a) }
}

/// Methods whose arguments all have one type: `name(a, b) -> Result = intrinsics;`.
macro_rules! methods {
    ($arg:ty: $($name:ident($($a:ident),*) -> $out:ty = $body:expr;)*) => {$(
        #[inline(always)]
        #[allow(unused_unsafe, reason = "some rows name a safe function")]
        fn $name(self, $($a: $arg),*) -> $out {
            // SAFETY: the token proves NEON, and only registers are touched.
            unsafe { $body }
        }
    )*};
}
use methods;

/// The methods of `Simd<$t>` that hold no arithmetic.
macro_rules! shared {
    ($t:ty, $raw:ty, $mask:ty, $dup:ident, $dup_lane:ident) => {
        type Raw = $raw;
        type Mask = $mask;
        const LANES: usize = 16 / size_of::<$t>();

        #[inline(always)]
        fn splat(self, x: $t) -> $raw {
            // SAFETY: the token proves NEON.
            unsafe { $dup(x) }
        }
        #[inline(always)]
        unsafe fn load(self, p: *const $t) -> $raw {
            // SAFETY: the caller's; 16 bytes are `LANES` elements.
            unsafe { p.cast::<$raw>().read_unaligned() }
        }
        #[inline(always)]
        unsafe fn store(self, p: *mut $t, v: $raw) {
            // SAFETY: the caller's; 16 bytes are `LANES` elements.
            unsafe { p.cast::<$raw>().write_unaligned(v) }
        }
        #[inline(always)]
        unsafe fn load_partial(self, p: *const $t, n: usize) -> $raw {
            // SAFETY: the caller's.
            cast(unsafe { load_bytes::<{ size_of::<$t>() }>(p.cast(), n * size_of::<$t>()) })
        }
        #[inline(always)]
        unsafe fn store_partial(self, p: *mut $t, n: usize, v: $raw) {
            // SAFETY: the caller's.
            unsafe { store_bytes::<{ size_of::<$t>() }>(p.cast(), n * size_of::<$t>(), cast(v)) }
        }

        #[inline(always)]
        fn select(self, m: $mask, yes: $raw, no: $raw) -> $raw {
            // SAFETY: the token proves NEON.
            cast(unsafe { vbslq_u8(cast(m), cast(yes), cast(no)) })
        }
        methods! { $raw:
            and(a, b) -> $raw = cast(vandq_u8(cast(a), cast(b)));
            or(a, b) -> $raw = cast(vorrq_u8(cast(a), cast(b)));
            xor(a, b) -> $raw = cast(veorq_u8(cast(a), cast(b)));
            not(a) -> $raw = cast(vmvnq_u8(cast(a)));
            splat_last(a) -> $raw = $dup_lane::<{ 16 / size_of::<$t>() as i32 - 1 }>(a);
        }
        methods! { $mask:
            mask_and(a, b) -> $mask = cast(vandq_u8(cast(a), cast(b)));
            mask_or(a, b) -> $mask = cast(vorrq_u8(cast(a), cast(b)));
            mask_not(a) -> $mask = cast(vmvnq_u8(cast(a)));
            any(m) -> bool = vmaxvq_u32(cast(m)) != 0;
            all(m) -> bool = vminvq_u32(cast(m)) == u32::MAX;
            // The widening sum: LLVM makes a slow population count of `vaddvq_u8`.
            count_true(m) -> usize = vaddlvq_u8(vshrq_n_u8::<7>(cast(m))) as usize / size_of::<$t>();
            // Four bits for each byte; no lane set has 64 trailing zeros, which are `LANES` lanes.
            first_true(m) -> usize = {
                let nibbles = vget_lane_u64::<0>(vreinterpret_u64_u8(vshrn_n_u16::<4>(cast(m))));
                nibbles.trailing_zeros() as usize / (4 * size_of::<$t>())
            };
        }
        #[inline(always)]
        unsafe fn load_mask(self, p: *const u8) -> $mask {
            const INDEX: u128 = spread(size_of::<$t>());
            // SAFETY: the caller's; the token proves NEON.
            unsafe {
                let bytes = load_bytes::<1>(p, 16 / size_of::<$t>());
                let lanes = if size_of::<$t>() == 1 { bytes } else { vqtbl1q_u8(bytes, cast(INDEX)) };
                cast(vtstq_u8(lanes, lanes))
            }
        }
        #[inline(always)]
        unsafe fn store_mask(self, p: *mut u8, m: $mask) {
            const INDEX: u128 = pick(size_of::<$t>());
            // SAFETY: the caller's; the token proves NEON.
            unsafe {
                let ones = vshrq_n_u8::<7>(cast(m));
                let bytes = if size_of::<$t>() == 1 { ones } else { vqtbl1q_u8(ones, cast(INDEX)) };
                store_bytes::<1>(p, 16 / size_of::<$t>(), bytes)
            }
        }
        #[inline(always)]
        fn prefix_step(self, a: $raw, step: usize, identity: $raw) -> $raw {
            const INDEX: [u128; 4] = prefix(size_of::<$t>());
            // `step` is a literal in every kernel, and so the index a constant.
            let index = INDEX[step.trailing_zeros() as usize];
            // SAFETY: the token proves NEON.
            cast(unsafe { vqtbx1q_u8(cast(identity), cast(a), cast(index)) })
        }
    };
}
use shared;

/// The byte of the mask for each byte of the lanes of `size` bytes.
const fn spread(size: usize) -> u128 {
    let mut index = [0; 16];
    let mut i = 0;
    while i < 16 {
        index[i] = (i / size) as u8;
        i += 1;
    }
    u128::from_le_bytes(index)
}

/// The first byte of each lane of `size` bytes.
const fn pick(size: usize) -> u128 {
    let mut index = [255; 16];
    let mut i = 0;
    while i < 16 / size {
        index[i] = (i * size) as u8;
        i += 1;
    }
    u128::from_le_bytes(index)
}

/// For the steps 1, 2, 4 and 8: the byte that each byte takes in `prefix_step`, or 255 for that of the identity.
const fn prefix(size: usize) -> [u128; 4] {
    let mut steps = [u128::MAX; 4];
    let mut log = 0;
    while (1 << log) < 16 / size {
        let step = 1 << log;
        let mut index = [255; 16];
        let mut i = 0;
        while i < 16 {
            let lane = i / size;
            if lane & step != 0 {
                index[i] = ((lane - lane % (2 * step) + step - 1) * size + i % size) as u8;
            }
            i += 1;
        }
        steps[log] = u128::from_le_bytes(index);
        log += 1;
    }
    steps
}

/// The first `n` bytes of a register from `p`, zeros behind; `n` is a multiple of `UNIT`, at most 16.
///
/// Between two powers of two, two moves of the smaller one overlap in the middle, where both read the same.
///
/// # Safety
/// `p` is valid for reads of `n` bytes.
#[inline(always)]
unsafe fn load_bytes<const UNIT: usize>(p: *const u8, n: usize) -> uint8x16_t {
    // SAFETY: the caller's; each move starts at `p` or ends at `p + n` and is not longer than `n`.
    let bits = unsafe {
        if n >= 16 {
            return p.cast::<uint8x16_t>().read_unaligned();
        } else if n >= 8 {
            let n = if UNIT == 8 { 8 } else { n };
            let (low, last) = (p.cast::<u64>().read_unaligned(), p.add(n - 8).cast::<u64>().read_unaligned());
            // The upper `n − 8` bytes of the last 8, in two shifts that are each below 64.
            low as u128 | ((last >> 1 >> (127 - 8 * n)) as u128) << 64
        } else if UNIT < 8 && n >= 4 {
            let (first, last) = (p.cast::<u32>(), p.add(n - 4).cast::<u32>());
            (first.read_unaligned() as u64 | (last.read_unaligned() as u64) << (8 * (n - 4))) as u128
        } else if UNIT < 4 && n >= 2 {
            let (first, last) = (p.cast::<u16>(), p.add(n - 2).cast::<u16>());
            (first.read_unaligned() as u32 | (last.read_unaligned() as u32) << (8 * (n - 2))) as u128
        } else if UNIT < 2 && n == 1 {
            p.read() as u128
        } else {
            0
        }
    };
    cast(bits)
}

/// Writes the first `n` bytes of `v` to `p`, and nothing else, as [`load_bytes`] reads them.
///
/// # Safety
/// `p` is valid for writes of `n` bytes.
#[inline(always)]
unsafe fn store_bytes<const UNIT: usize>(p: *mut u8, n: usize, v: uint8x16_t) {
    let bits: u128 = cast(v);
    // SAFETY: the caller's; each move starts at `p` or ends at `p + n` and is not longer than `n`.
    unsafe {
        if n >= 16 {
            p.cast::<uint8x16_t>().write_unaligned(v);
        } else if n >= 8 {
            let n = if UNIT == 8 { 8 } else { n };
            let (low, high) = (bits as u64, (bits >> 64) as u64);
            p.cast::<u64>().write_unaligned(low);
            let last = low >> (8 * (n - 8)) | high << 1 << (127 - 8 * n);
            p.add(n - 8).cast::<u64>().write_unaligned(last);
        } else if UNIT < 8 && n >= 4 {
            p.cast::<u32>().write_unaligned(bits as u32);
            p.add(n - 4).cast::<u32>().write_unaligned((bits as u64 >> (8 * (n - 4))) as u32);
        } else if UNIT < 4 && n >= 2 {
            p.cast::<u16>().write_unaligned(bits as u16);
            p.add(n - 2).cast::<u16>().write_unaligned((bits as u32 >> (8 * (n - 2))) as u16);
        } else if UNIT < 2 && n == 1 {
            p.write(bits as u8);
        }
    }
}

// SAFETY: two `f32` are read and written, or `n`.
unsafe impl Isa for Neon {
    #[inline(always)]
    unsafe fn load_widen(self, p: *const f32) -> float64x2_t {
        // SAFETY: the caller's.
        unsafe { self.load_widen_partial(p, 2) }
    }
    #[inline(always)]
    unsafe fn load_widen_partial(self, p: *const f32, n: usize) -> float64x2_t {
        // SAFETY: the caller's; the token proves NEON.
        unsafe { vcvt_f64_f32(vget_low_f32(cast(load_bytes::<4>(p.cast(), 4 * n)))) }
    }
    #[inline(always)]
    unsafe fn store_narrow(self, p: *mut f32, v: float64x2_t) {
        // SAFETY: the caller's.
        unsafe { self.store_narrow_partial(p, 2, v) }
    }
    #[inline(always)]
    unsafe fn store_narrow_partial(self, p: *mut f32, n: usize, v: float64x2_t) {
        // SAFETY: the caller's; the token proves NEON.
        unsafe {
            let narrow = vcvt_f32_f64(v);
            store_bytes::<4>(p.cast(), 4 * n, cast(vcombine_f32(narrow, narrow)))
        }
    }
}

impl Stamp for Neon {
    type Token = Neon;
    #[inline(always)]
    fn token(&self) -> Neon {
        *self
    }
}

backend!(
    // All of aarch64 has NEON; a function for each kernel, as elsewhere, so that its code can be looked at.
    #[inline(never)]
    Neon,
    Neon,
    "neon"
);
