//! The second half of [`crate::backend`]: all kernels of one element type together, and the macro itself.

/// All kernels for one element type.
#[doc(hidden)]
#[macro_export]
macro_rules! kernels {
    ($attr:meta, $backend:ty, $token:ty, float $t:ty, $bits:ty) => {
        impl Kernels<$t> for $backend {
            $crate::shared_kernels!($attr, $token, float $t, bits $bits);
            $crate::lane_kernels!($attr, $token, $t);
            $crate::float_kernels!($attr, $token, $t);
            $crate::deviation_kernels!($attr, $token, $t);
        }
    };
    ($attr:meta, $backend:ty, $token:ty, int $t:ty, $bits:ty, $wide:ty, $narrow:ty, $product:ty) => {
        impl Kernels<$t> for $backend {
            $crate::shared_kernels!($attr, $token, int $t, bits $bits);
            $crate::lane_kernels!($attr, $token, $t);
            $crate::wide_kernels!($attr, $token, $t, $wide, sums $narrow, products $product);
            $crate::deviation_kernels!($attr, $token, $t);
        }
    };
    ($attr:meta, $backend:ty, $token:ty, bool) => {
        impl Kernels<bool> for $backend {
            $crate::shared_kernels!($attr, $token, bool bool, bits u8);
            $crate::wide_kernels!($attr, $token, bool, i64, sums i32, products i32);

            fn select<'o>(
                &self,
                condition: Operand<'_, bool>,
                yes: Operand<'_, bool>,
                no: Operand<'_, bool>,
                out: Out<'o, bool>,
            ) -> Filled<'o> {
                // SAFETY: the kernel returns one of its operands.
                let out = unsafe { $crate::ops::bytes_out(out) };
                Kernels::<u8>::select(self, condition, $crate::ops::bytes_operand(yes), $crate::ops::bytes_operand(no), out)
            }

            fn fill<'o>(&self, value: bool, out: Out<'o, bool>) -> Filled<'o> {
                // SAFETY: zeros or ones are written.
                let out = unsafe { $crate::ops::bytes_out(out) };
                Kernels::<u8>::fill(self, value as u8, out)
            }

            fn extremum(&self, op: Extremum, x: Input<'_, bool>) -> Option<bool> {
                let mut found = None;
                let mut walk = $crate::fold::Walk::new(x);
                while let Some(x) = walk.next() {
                    let here = match op {
                        Extremum::Max => self.any(x),
                        Extremum::Min => self.all(x),
                    };
                    found = Some(match (found, op) {
                        (None, _) => here,
                        (Some(before), Extremum::Max) => before | here,
                        (Some(before), Extremum::Min) => before & here,
                    });
                }
                found
            }

            fn extremum_rows<'o>(&self, op: Extremum, x: Rows<'_, bool>, out: Out<'o, bool>) -> Filled<'o> {
                // SAFETY: the kernel returns one of the elements.
                let out = unsafe { $crate::ops::bytes_out(out) };
                Kernels::<u8>::extremum_rows(self, op, $crate::ops::bytes(x), out)
            }

            fn arg_extremum(&self, op: Extremum, x: &[bool]) -> Option<usize> {
                Kernels::<u8>::arg_extremum(self, op, $crate::ops::byte_slice(x))
            }

            fn count_nonzero(&self, x: &[bool]) -> usize {
                Kernels::<u8>::count_nonzero(self, $crate::ops::byte_slice(x))
            }

            fn any(&self, x: &[bool]) -> bool {
                Kernels::<u8>::any(self, $crate::ops::byte_slice(x))
            }

            fn all(&self, x: &[bool]) -> bool {
                Kernels::<u8>::all(self, $crate::ops::byte_slice(x))
            }

            fn squared_deviations(&self, _: Input<'_, bool>, _: f64) -> f64 {
                $crate::backend::unsupported("var", $crate::core::DType::Bool)
            }

            fn squared_deviations_rows<'o>(&self, _: Rows<'_, bool>, _: &[f64], _: Out<'o, f64>) -> Filled<'o> {
                $crate::backend::unsupported("var", $crate::core::DType::Bool)
            }
        }
    };
    ($attr:meta, $backend:ty, $token:ty, complex $t:ty, $bits:ty, $part:ty) => {
        impl Kernels<$t> for $backend {
            $crate::shared_kernels!($attr, $token, complex $t, bits $bits);

            fn select<'o>(
                &self,
                condition: Operand<'_, bool>,
                yes: Operand<'_, $t>,
                no: Operand<'_, $t>,
                out: Out<'o, $t>,
            ) -> Filled<'o> {
                $crate::enter!($attr; self; fn select<'o>(
                    isa: $token,
                    condition: Operand<'_, bool> = condition,
                    yes: Operand<'_, $t> = yes,
                    no: Operand<'_, $t> = no,
                    out: Out<'o, $t> = out,
                ) -> Filled<'o> {
                    $crate::complex::select::<$part, $token>(isa, condition, yes, no, out)
                })
            }

            fn fill<'o>(&self, value: $t, out: Out<'o, $t>) -> Filled<'o> {
                $crate::enter!($attr; self; fn fill<'o>(_isa: $token, value: $t = value, out: Out<'o, $t> = out) -> Filled<'o> {
                    $crate::plain::fill(value, out)
                })
            }

            fn fold(&self, op: Fold, x: Input<'_, $t>) -> $t {
                const R: usize = $crate::fold::registers::<$part, $token>();
                match op {
                    Fold::Sum => $crate::enter!($attr; self; fn sum<>(isa: $token, x: Input<'_, $t> = x) -> $t {
                        $crate::complex::sum::<$part, $token, R>(isa, x)
                    }),
                    Fold::Prod => $crate::enter!($attr; self; fn prod<>(isa: $token, x: Input<'_, $t> = x) -> $t {
                        $crate::complex::prod::<$part, $token, R>(isa, x)
                    }),
                }
            }

            fn fold_rows<'o>(&self, op: Fold, x: Rows<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
                match op {
                    Fold::Sum => $crate::enter!($attr; self; fn sum_rows<'o>(_isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                        $crate::widen::fold_rows(x, out, |a: $t, b: $t| a + b)
                    }),
                    Fold::Prod => $crate::enter!($attr; self; fn prod_rows<'o>(_isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                        $crate::widen::fold_rows(x, out, |a: $t, b: $t| a * b)
                    }),
                }
            }

            fn dot(&self, a: &[$t], b: &[$t]) -> $t {
                const R: usize = $crate::fold::registers::<$part, $token>();
                $crate::enter!($attr; self; fn dot<>(isa: $token, a: &[$t] = a, b: &[$t] = b) -> $t {
                    $crate::complex::dot::<$part, $token, R>(isa, a, b)
                })
            }

            fn scan<'o>(&self, op: Fold, x: &[$t], start: Option<$t>, out: Out<'o, $t>) -> (Filled<'o>, Option<$t>) {
                match op {
                    Fold::Sum => $crate::enter!($attr; self; fn cumsum<'o>(
                        _isa: $token, x: &[$t] = x, start: Option<$t> = start, out: Out<'o, $t> = out
                    ) -> (Filled<'o>, Option<$t>) {
                        $crate::complex::scan(x, start, out, |a, b| a + b)
                    }),
                    Fold::Prod => $crate::enter!($attr; self; fn cumprod<'o>(
                        _isa: $token, x: &[$t] = x, start: Option<$t> = start, out: Out<'o, $t> = out
                    ) -> (Filled<'o>, Option<$t>) {
                        $crate::complex::scan(x, start, out, |a, b| a * b)
                    }),
                }
            }

            fn count_nonzero(&self, x: &[$t]) -> usize {
                $crate::enter!($attr; self; fn count_nonzero<>(_isa: $token, x: &[$t] = x) -> usize {
                    $crate::complex::count_nonzero(x)
                })
            }

            fn any(&self, x: &[$t]) -> bool {
                Kernels::<$part>::any(self, $crate::complex::parts(x))
            }

            fn all(&self, x: &[$t]) -> bool {
                $crate::enter!($attr; self; fn all<>(_isa: $token, x: &[$t] = x) -> bool {
                    $crate::complex::all(x)
                })
            }

            fn squared_deviations(&self, _: Input<'_, $t>, _: f64) -> f64 {
                $crate::backend::unsupported("var", <$t as $crate::core::Element>::DTYPE)
            }

            fn squared_deviations_rows<'o>(&self, _: Rows<'_, $t>, _: &[f64], _: Out<'o, f64>) -> Filled<'o> {
                $crate::backend::unsupported("var", <$t as $crate::core::Element>::DTYPE)
            }

            fn extremum(&self, _: Extremum, _: Input<'_, $t>) -> Option<$t> {
                $crate::backend::unsupported("max", <$t as $crate::core::Element>::DTYPE)
            }

            fn extremum_rows<'o>(&self, _: Extremum, _: Rows<'_, $t>, _: Out<'o, $t>) -> Filled<'o> {
                $crate::backend::unsupported("max", <$t as $crate::core::Element>::DTYPE)
            }

            fn arg_extremum(&self, _: Extremum, _: &[$t]) -> Option<usize> {
                $crate::backend::unsupported("argmax", <$t as $crate::core::Element>::DTYPE)
            }
        }
    };
}

/// Implements [`Backend`](isonum_core::Backend) and all kernels for a token.
///
/// The attribute enables the token's instruction set on every kernel; a token without one of its own passes an
/// attribute that does nothing, such as `#[inline(never)]`.
#[macro_export]
macro_rules! backend {
    (#[$attr:meta] $backend:ty, $token:ty, $name:expr) => {
        const _: () = {
            use $crate::core::backend::{Extremum, Fold};
            use $crate::core::operand::{AnyOut, Filled, Grid, Input, Operand, Out, Rows};
            use $crate::core::registry::{Binary, Compare, Predicate, Ternary, Unary};
            use $crate::core::{Backend, Complex32, Complex64, Kernels};

            impl Backend for $backend {
                fn name(&self) -> &str {
                    $name
                }
                fn base(&self) -> &dyn Backend {
                    self
                }
                $crate::backend!(@accessors f32 f32, f64 f64, i8 i8, i16 i16, i32 i32, i64 i64,
                    u8 u8, u16 u16, u32 u32, u64 u64, bool bool, c32 Complex32, c64 Complex64);
            }

            $crate::kernels!($attr, $backend, $token, float f32, u32);
            $crate::kernels!($attr, $backend, $token, float f64, u64);
            $crate::kernels!($attr, $backend, $token, int i8, u8, i64, i32, i32);
            $crate::kernels!($attr, $backend, $token, int i16, u16, i64, i32, i64);
            $crate::kernels!($attr, $backend, $token, int i32, u32, i64, i64, i64);
            $crate::kernels!($attr, $backend, $token, int i64, u64, i64, i64, i64);
            $crate::kernels!($attr, $backend, $token, int u8, u8, u64, u32, u32);
            $crate::kernels!($attr, $backend, $token, int u16, u16, u64, u32, u64);
            $crate::kernels!($attr, $backend, $token, int u32, u32, u64, u64, u64);
            $crate::kernels!($attr, $backend, $token, int u64, u64, u64, u64, u64);
            $crate::kernels!($attr, $backend, $token, bool);
            $crate::kernels!($attr, $backend, $token, complex Complex32, u64, f32);
            $crate::kernels!($attr, $backend, $token, complex Complex64, [u64; 2], f64);
        };
    };
    (@accessors $($method:ident $t:ty),*) => {
        $(fn $method(&self) -> &dyn Kernels<$t> { self })*
    };
}
