//! The token of AVX2. Integers are in `int`, floats in `float`, what no single instruction does in `emulate`.

mod emulate;
mod float;
mod int;
mod transpose;

use core::arch::x86_64::*;
use isonum_kernels::backend::Stamp;
use isonum_kernels::{Isa, Program, Token, backend};

cpufeatures::new!(features, "avx2", "fma", "bmi1", "bmi2", "popcnt");

/// Proof that the CPU has AVX2, FMA, BMI1, BMI2 and POPCNT: Intel since Haswell, AMD since Excavator and Zen.
#[derive(Clone, Copy, Debug)]
pub struct Avx2(());

impl Avx2 {
    /// The token, where the CPU and the operating system have the instructions.
    #[inline]
    pub fn detect() -> Option<Self> {
        features::get().then_some(Avx2(()))
    }

    /// Runs `program` where the instructions may be inlined.
    #[inline]
    pub fn run<P: Program>(self, program: P) -> P::Output {
        #[target_feature(enable = "avx2,fma,bmi1,bmi2,popcnt")]
        fn enabled<P: Program>(isa: Avx2, program: P) -> P::Output {
            program.run(isa)
        }
        // SAFETY: the token proves the instruction set.
        unsafe { enabled(self, program) }
    }
}

// SAFETY: `detect` alone makes one.
unsafe impl Token for Avx2 {
    const NAME: &'static str = "avx2";
    const MULTIPLIES_64: bool = false;
    const CONVERTS_64: bool = false;
}

/// [`isonum_kernels::Simd`] for one type: what differs between types, by name, and further methods. `$bits` and
/// `$lanes` cast to and from integers, which masks are for all types: every bit of a lane that is set.
macro_rules! vectors {
    ($t:ident $raw:ident $bits:ident $lanes:ident: $splat:ident $load:ident $store:ident $add:ident $sub:ident
     $max:ident $min:ident $blend:ident $load_mask:ident $store_mask:ident $eq:ident $lt:ident $le:ident
     $prefix:ident $last:ident { $($more:tt)* }) => {
        // SAFETY: one vector is read and written, or the first lanes of it.
        unsafe impl Simd<$t> for Avx2 {
            type Raw = $raw;
            type Mask = __m256i;
            const LANES: usize = 32 / size_of::<$t>();
            const STREAMS: bool = true;
            memory_ops! {
                fn load(self, p: *const $t) -> $raw = p.cast::<$raw>().read_unaligned();
                fn store(self, p: *mut $t, v: $raw) = p.cast::<$raw>().write_unaligned(v);
                fn load_partial(self, p: *const $t, n: usize) -> $raw = $lanes($load(p.cast(), n));
                fn store_partial(self, p: *mut $t, n: usize, v: $raw) = $store(p.cast(), n, $bits(v));
                fn store_streaming(self, p: *mut $t, v: $raw) = _mm256_stream_si256(p.cast(), $bits(v));
                fn load_mask(self, p: *const u8) -> __m256i = $load_mask(p);
                fn store_mask(self, p: *mut u8, m: __m256i) = $store_mask(p, m);
                fn store_masks(self, p: *mut u8, m: [__m256i; 4]) = super::emulate::store_masks(p, m, size_of::<$t>());
            }
            ops! {
                fn end_streams(self) -> () = _mm_sfence();
                fn splat(self, x: $t) -> $raw = $splat(x as _);
                fn add(self, a: $raw, b: $raw) -> $raw = $add(a, b);
                fn sub(self, a: $raw, b: $raw) -> $raw = $sub(a, b);
                // The second operand is the result where neither compares as larger.
                fn larger(self, a: $raw, b: $raw) -> $raw = $max(b, a);
                fn smaller(self, a: $raw, b: $raw) -> $raw = $min(b, a);
                fn eq(self, a: $raw, b: $raw) -> __m256i = $eq(a, b);
                fn lt(self, a: $raw, b: $raw) -> __m256i = $lt(a, b);
                fn le(self, a: $raw, b: $raw) -> __m256i = $le(a, b);
                fn and(self, a: $raw, b: $raw) -> $raw = $lanes(_mm256_and_si256($bits(a), $bits(b)));
                fn or(self, a: $raw, b: $raw) -> $raw = $lanes(_mm256_or_si256($bits(a), $bits(b)));
                fn xor(self, a: $raw, b: $raw) -> $raw = $lanes(_mm256_xor_si256($bits(a), $bits(b)));
                fn not(self, a: $raw) -> $raw = $lanes(invert($bits(a)));
                fn select(self, m: __m256i, yes: $raw, no: $raw) -> $raw = $blend(no, yes, $lanes(m));
                fn mask_and(self, a: __m256i, b: __m256i) -> __m256i = _mm256_and_si256(a, b);
                fn mask_or(self, a: __m256i, b: __m256i) -> __m256i = _mm256_or_si256(a, b);
                fn mask_not(self, a: __m256i) -> __m256i = invert(a);
                fn any(self, m: __m256i) -> bool = byte_bits(m) != 0;
                fn all(self, m: __m256i) -> bool = byte_bits(m) == !0;
                fn count_true(self, m: __m256i) -> usize = byte_bits(m).count_ones() as usize / size_of::<$t>();
                fn first_true(self, m: __m256i) -> usize = byte_bits(m).trailing_zeros() as usize / size_of::<$t>();
                fn prefix_step(self, a: $raw, step: usize, identity: $raw) -> $raw =
                    $lanes($prefix($bits(a), step, $bits(identity)));
                fn splat_last(self, a: $raw) -> $raw = $lanes($last($bits(a)));
                $($more)*
            }
        }
    };
}
use vectors;

// SAFETY: the `f64` vector has 4 lanes, as many `f32` are read and written.
unsafe impl Isa for Avx2 {
    memory_ops! {
        fn load_widen(self, p: *const f32) -> __m256d = _mm256_cvtps_pd(_mm_loadu_ps(p));
        fn load_widen_partial(self, p: *const f32, n: usize) -> __m256d =
            _mm256_cvtps_pd(_mm_maskload_ps(p, _mm256_castsi256_si128(emulate::first_lanes32(n))));
        fn store_narrow(self, p: *mut f32, v: __m256d) = _mm_storeu_ps(p, _mm256_cvtpd_ps(v));
        fn store_narrow_partial(self, p: *mut f32, n: usize, v: __m256d) =
            _mm_maskstore_ps(p, _mm256_castsi256_si128(emulate::first_lanes32(n)), _mm256_cvtpd_ps(v));
    }
    ops! {
        fn pack16(self, v: [__m256i; 2]) -> Option<__m256i> = Some(emulate::pack16(v));
        fn pack32(self, v: [__m256i; 4]) -> Option<__m256i> = Some(emulate::pack32(v));
        fn pack64(self, v: [__m256i; 8]) -> Option<__m256i> = Some(emulate::pack64(v));
    }
}

impl Stamp for Avx2 {
    type Token = Avx2;
    #[inline(always)]
    fn token(&self) -> Avx2 {
        *self
    }
}

backend!(
    #[target_feature(enable = "avx2,fma,bmi1,bmi2,popcnt")]
    Avx2,
    Avx2,
    "avx2"
);
