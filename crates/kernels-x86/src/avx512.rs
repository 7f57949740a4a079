//! The token of AVX-512. Integers are in `int`, floats in `float`, what no single instruction does in `emulate`.

mod emulate;
mod float;
mod int;
mod transpose;

use core::arch::x86_64::*;
use isonum_kernels::backend::Stamp;
use isonum_kernels::{Isa, Program, Token, backend};

cpufeatures::new!(
    features, "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd", "avx2", "fma", "bmi1", "bmi2",
    "popcnt"
);

/// Proof that the CPU has AVX-512 F, BW, DQ, VL and CD, AVX2, FMA, BMI1, BMI2 and POPCNT: Intel since Skylake-X,
/// AMD since Zen 4.
#[derive(Clone, Copy, Debug)]
pub struct Avx512(());

impl Avx512 {
    /// The token, where the CPU and the operating system have the instructions.
    #[inline]
    pub fn detect() -> Option<Self> {
        features::get().then_some(Avx512(()))
    }

    /// Runs `program` where the instructions may be inlined.
    #[inline]
    pub fn run<P: Program>(self, program: P) -> P::Output {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,bmi1,bmi2,popcnt")]
        fn enabled<P: Program>(isa: Avx512, program: P) -> P::Output {
            program.run(isa)
        }
        // SAFETY: the token proves the instruction set.
        unsafe { enabled(self, program) }
    }
}

// SAFETY: `detect` alone makes one.
unsafe impl Token for Avx512 {
    const NAME: &'static str = "avx512";
}

/// [`isonum_kernels::Simd`] for one type: the intrinsics that differ between types, by name, and further methods.
/// `$bits` and `$lanes` cast to and from integers.
macro_rules! vectors {
    ($t:ident $raw:ident $mask:ident $bits:ident $lanes:ident: $splat:ident $load:ident $store:ident
     $add:ident $sub:ident $max:ident $min:ident $blend:ident [$eq:expr, $lt:expr, $le:expr] { $($more:tt)* }) => {
        // SAFETY: one vector is read and written, or as many lanes as the mask has bits.
        unsafe impl Simd<$t> for Avx512 {
            type Raw = $raw;
            type Mask = $mask;
            const LANES: usize = 64 / size_of::<$t>();
            const STREAMS: bool = true;
            memory_ops! {
                fn load(self, p: *const $t) -> $raw = p.cast::<$raw>().read_unaligned();
                fn store(self, p: *mut $t, v: $raw) = p.cast::<$raw>().write_unaligned(v);
                fn load_partial(self, p: *const $t, n: usize) -> $raw = $load(first_lanes(n) as $mask, p.cast());
                fn store_partial(self, p: *mut $t, n: usize, v: $raw) = $store(p.cast(), first_lanes(n) as $mask, v);
                fn store_streaming(self, p: *mut $t, v: $raw) = _mm512_stream_si512(p.cast(), $bits(v));
                fn load_mask(self, p: *const u8) -> $mask = MaskBytes::load(p);
                fn store_mask(self, p: *mut u8, m: $mask) = MaskBytes::store(m, p);
            }
            ops! {
                fn end_streams(self) -> () = _mm_sfence();
                fn splat(self, x: $t) -> $raw = $splat(x as _);
                fn add(self, a: $raw, b: $raw) -> $raw = $add(a, b);
                fn sub(self, a: $raw, b: $raw) -> $raw = $sub(a, b);
                // The second operand is the result where neither compares as larger.
                fn larger(self, a: $raw, b: $raw) -> $raw = $max(b, a);
                fn smaller(self, a: $raw, b: $raw) -> $raw = $min(b, a);
                fn eq(self, a: $raw, b: $raw) -> $mask = $eq(a, b);
                fn lt(self, a: $raw, b: $raw) -> $mask = $lt(a, b);
                fn le(self, a: $raw, b: $raw) -> $mask = $le(a, b);
                fn and(self, a: $raw, b: $raw) -> $raw = $lanes(_mm512_and_si512($bits(a), $bits(b)));
                fn or(self, a: $raw, b: $raw) -> $raw = $lanes(_mm512_or_si512($bits(a), $bits(b)));
                fn xor(self, a: $raw, b: $raw) -> $raw = $lanes(_mm512_xor_si512($bits(a), $bits(b)));
                fn not(self, a: $raw) -> $raw = $lanes(_mm512_xor_si512($bits(a), _mm512_set1_epi64(-1)));
                fn select(self, m: $mask, yes: $raw, no: $raw) -> $raw = $blend(m, no, yes);
                fn mask_and(self, a: $mask, b: $mask) -> $mask = a & b;
                fn mask_or(self, a: $mask, b: $mask) -> $mask = a | b;
                fn mask_not(self, a: $mask) -> $mask = !a;
                fn any(self, m: $mask) -> bool = m != 0;
                fn all(self, m: $mask) -> bool = m == !0;
                fn count_true(self, m: $mask) -> usize = m.count_ones() as usize;
                fn first_true(self, m: $mask) -> usize = m.trailing_zeros() as usize;
                $($more)*
            }
        }
    };
}
use vectors;

// SAFETY: the `f64` vector and mask have 8 lanes, as many `f32` are read and written.
unsafe impl Isa for Avx512 {
    memory_ops! {
        fn load_widen(self, p: *const f32) -> __m512d = _mm512_cvtps_pd(_mm256_loadu_ps(p));
        fn load_widen_partial(self, p: *const f32, n: usize) -> __m512d =
            _mm512_cvtps_pd(_mm256_maskz_loadu_ps(emulate::first_lanes(n) as __mmask8, p));
        fn store_narrow(self, p: *mut f32, v: __m512d) = _mm256_storeu_ps(p, _mm512_cvtpd_ps(v));
        fn store_narrow_partial(self, p: *mut f32, n: usize, v: __m512d) =
            _mm256_mask_storeu_ps(p, emulate::first_lanes(n) as __mmask8, _mm512_cvtpd_ps(v));
    }
}

impl Stamp for Avx512 {
    type Token = Avx512;
    #[inline(always)]
    fn token(&self) -> Avx512 {
        *self
    }
}

backend!(
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,bmi1,bmi2,popcnt")]
    Avx512,
    Avx512,
    "avx512"
);
