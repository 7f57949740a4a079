//! The x86-64 instruction sets: the tokens [`Avx2`] and [`Avx512`], and the vector vocabulary of
//! `isonum-kernels` in their instructions.
//!
//! Only here does the workspace name x86 intrinsics. What each set lacks and how it is made up for stands in
//! `avx2/emulate.rs` and `avx512/emulate.rs`. On other architectures the crate is empty.
#![cfg(target_arch = "x86_64")]

/// Methods of a token around intrinsics.
macro_rules! ops {
    ($(fn $name:ident $(<const $n:ident: i32>)? ($self:ident $(, $arg:ident: $ty:ty)*) -> $ret:ty = $body:expr;)*) => {$(
        #[inline(always)]
        #[allow(unused_unsafe)] // Masks of AVX-512 are integers, some methods are no instruction at all.
        fn $name $(<const $n: i32>)? ($self $(, $arg: $ty)*) -> $ret {
            // SAFETY: the token proves the instruction set.
            unsafe { $body }
        }
    )*};
}

/// Methods of a token around intrinsics that read or write memory.
macro_rules! memory_ops {
    ($(fn $name:ident ($self:ident $(, $arg:ident: $ty:ty)*) $(-> $ret:ty)? = $body:expr;)*) => {$(
        #[inline(always)]
        unsafe fn $name($self $(, $arg: $ty)*) $(-> $ret)? {
            // SAFETY: the token proves the instruction set, and the caller that the memory may be used.
            unsafe { $body }
        }
    )*};
}

/// Functions around intrinsics that methods use; whoever calls them has a token.
macro_rules! functions {
    ($($(#[$meta:meta])* fn $name:ident $(<const $n:ident: i32>)? ($($arg:ident: $ty:ty),*) $(-> $ret:ty)? = $body:expr;)*) => {$(
        $(#[$meta])*
        #[inline(always)]
        pub(super) unsafe fn $name $(<const $n: i32>)? ($($arg: $ty),*) $(-> $ret)? {
            // SAFETY: the caller has a token, which proves the instruction set, and may use the memory.
            unsafe { $body }
        }
    )*};
}

mod avx2;
mod avx512;
mod prefix;
mod transpose;

pub use avx2::Avx2;
pub use avx512::Avx512;
