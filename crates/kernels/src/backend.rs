//! [`backend!`](crate::backend!): stamps every kernel for one token.
//!
//! `backend!(#[target_feature(enable = "…")] Token, features = Token::NAME)` implements
//! [`Backend`](isonum_core::Backend) and [`Kernels<T>`](isonum_core::Kernels) for the thirteen element types. Each
//! kernel becomes a *named* function with the features enabled, nested in its method: profilers show
//! `<Avx2 as Kernels<f64>>::unary::exp`, and the generic code it calls is inlined into it (all of it is
//! `#[inline(always)]`). Rows and operands travel as parameters.
//!
//! The element types fall in four kinds, which decide how an operation is carried out: `float` and `int` by
//! lanes, `bool` as bytes, `complex` by lanes of their parts.

use isonum_core::DType;

/// A backend whose kernels are stamped for a token.
pub trait Stamp {
    /// The token.
    type Token;
    /// The token of this backend.
    fn token(&self) -> Self::Token;
}

/// The panic of an operation that an element type does not have.
#[cold]
#[inline(never)]
pub fn unsupported(operation: &str, dtype: DType) -> ! {
    panic!("{operation} is not defined for elements of {dtype}")
}

/// `$yes` where the class of an operation holds the kind of an element type, else `$no`.
#[doc(hidden)]
#[macro_export]
macro_rules! if_supported {
    (Element $kind:ident, $yes:block, $no:block) => {
        $yes
    };
    (Ordered complex, $yes:block, $no:block) => {
        $no
    };
    (Ordered $kind:ident, $yes:block, $no:block) => {
        $yes
    };
    (Number bool, $yes:block, $no:block) => {
        $no
    };
    (Number $kind:ident, $yes:block, $no:block) => {
        $yes
    };
    (Real float, $yes:block, $no:block) => {
        $yes
    };
    (Real int, $yes:block, $no:block) => {
        $yes
    };
    (Float float, $yes:block, $no:block) => {
        $yes
    };
    (Integer int, $yes:block, $no:block) => {
        $yes
    };
    (Bits int, $yes:block, $no:block) => {
        $yes
    };
    (Bits bool, $yes:block, $no:block) => {
        $yes
    };
    ($class:ident $kind:ident, $yes:block, $no:block) => {
        $no
    };
}

/// One arm for each row of a family of elementwise operations, of elements of `$t` to such of `$u`.
#[doc(hidden)]
#[macro_export]
macro_rules! elementwise_arms {
    ([$attr:meta, $token:ty, $kind:ident $t:ty => $u:ty, $family:ident $kernel:ident, $isa:expr, $op:expr, $operands:tt, $out:expr]
        $($variant:ident $name:ident for $class:ident, numpy $numpy:literal, $accuracy:ident $(($($ulp:literal),*))?,
          input ($low:literal, $high:literal), $line:literal;)*) => {
        match $op {
            $($crate::core::registry::$family::$variant => $crate::if_supported!($class $kind, {
                $crate::elementwise_arm!($attr, $token, $t => $u, $kernel $variant $name, $isa, $operands, $out)
            }, { $crate::backend::unsupported(stringify!($name), <$t as $crate::core::Element>::DTYPE) }),)*
            #[allow(unreachable_patterns)]
            op => $crate::backend::unsupported(op.name(), <$t as $crate::core::Element>::DTYPE),
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! elementwise_arm {
    ($attr:meta, $token:ty, $t:ty => $u:ty, $kernel:ident $variant:ident $name:ident, $isa:expr, ($($operand:ident),*), $out:expr) => {{
        #[$attr]
        fn $name<'o>(
            isa: $token,
            $($operand: $crate::core::operand::Operand<'_, $t>,)*
            out: $crate::core::operand::Out<'o, $u>,
        ) -> $crate::core::operand::Filled<'o> {
            <$crate::ops::$variant as $crate::ops::$kernel<$t, $token>>::run(isa, $($operand,)* out)
        }
        // SAFETY: the token proves the instruction set.
        #[allow(unused_unsafe)]
        unsafe { $name($isa, $($operand,)* $out) }
    }};
}

/// A nested function with the features of the backend, called at once.
///
/// `enter!(attr; self; fn name<…>(isa: Token, argument: Type = value, …) -> Result { body })`
#[doc(hidden)]
#[macro_export]
macro_rules! enter {
    ($attr:meta; $self:ident; fn $name:ident<$($life:lifetime),*>($isa:ident: $token:ty $(, $arg:ident: $ty:ty = $value:expr)* $(,)?)
        $(-> $ret:ty)? $body:block) => {{
        #[$attr]
        fn $name<$($life),*>($isa: $token, $($arg: $ty),*) $(-> $ret)? $body
        // SAFETY: the token proves the instruction set.
        #[allow(unused_unsafe)]
        unsafe { $name($crate::backend::Stamp::token($self), $($value),*) }
    }};
}

/// What all kinds share.
#[doc(hidden)]
#[macro_export]
macro_rules! shared_kernels {
    ($attr:meta, $token:ty, $kind:ident $t:ty, bits $bits:ty) => {
        fn base(&self) -> &dyn Kernels<$t> {
            self
        }

        fn unary<'o>(&self, op: Unary, x: Operand<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
            $crate::core::unary_operations!(
                [$crate::elementwise_arms],
                $attr, $token, $kind $t => $t, Unary UnaryKernel, $crate::backend::Stamp::token(self), op, (x), out
            )
        }

        fn binary<'o>(
            &self,
            op: Binary,
            a: Operand<'_, $t>,
            b: Operand<'_, $t>,
            out: Out<'o, $t>,
        ) -> Filled<'o> {
            let op = op.same_for(<$t as $crate::core::Element>::DTYPE);
            $crate::core::binary_operations!(
                [$crate::elementwise_arms],
                $attr, $token, $kind $t => $t, Binary BinaryKernel, $crate::backend::Stamp::token(self), op, (a, b), out
            )
        }

        fn ternary<'o>(
            &self,
            op: Ternary,
            a: Operand<'_, $t>,
            b: Operand<'_, $t>,
            c: Operand<'_, $t>,
            out: Out<'o, $t>,
        ) -> Filled<'o> {
            $crate::core::ternary_operations!(
                [$crate::elementwise_arms],
                $attr, $token, $kind $t => $t, Ternary TernaryKernel, $crate::backend::Stamp::token(self), op, (a, b, c), out
            )
        }

        fn compare<'o>(
            &self,
            op: Compare,
            a: Operand<'_, $t>,
            b: Operand<'_, $t>,
            out: Out<'o, bool>,
        ) -> Filled<'o> {
            $crate::core::compare_operations!(
                [$crate::elementwise_arms],
                $attr, $token, $kind $t => bool, Compare CompareKernel, $crate::backend::Stamp::token(self), op, (a, b), out
            )
        }

        fn predicate<'o>(&self, op: Predicate, x: Operand<'_, $t>, out: Out<'o, bool>) -> Filled<'o> {
            $crate::core::predicate_operations!(
                [$crate::elementwise_arms],
                $attr, $token, $kind $t => bool, Predicate PredicateKernel, $crate::backend::Stamp::token(self), op, (x), out
            )
        }

        fn copy<'o>(&self, x: Grid<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
            $crate::enter!($attr; self; fn copy<'o>(isa: $token, x: Grid<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                $crate::copy::copy::<$t, $bits, $token>(isa, x, out)
            })
        }

        fn cast<'o>(&self, x: Rows<'_, $t>, out: AnyOut<'o>) -> Filled<'o> {
            $crate::enter!($attr; self; fn cast<'o>(isa: $token, x: Rows<'_, $t> = x, out: AnyOut<'o> = out) -> Filled<'o> {
                $crate::cast::cast(isa, x, out)
            })
        }
    };
}

/// What elements that are lanes share: floats, integers, and `bool` as bytes.
#[doc(hidden)]
#[macro_export]
macro_rules! lane_kernels {
    ($attr:meta, $token:ty, $t:ty) => {
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
                $crate::logic::select(isa, condition, yes, no, out)
            })
        }

        fn fill<'o>(&self, value: $t, out: Out<'o, $t>) -> Filled<'o> {
            $crate::enter!($attr; self; fn fill<'o>(isa: $token, value: $t = value, out: Out<'o, $t> = out) -> Filled<'o> {
                $crate::elementwise::fill(isa, value, out)
            })
        }

        fn extremum(&self, op: Extremum, x: Input<'_, $t>) -> Option<$t> {
            const R: usize = $crate::fold::registers::<$t, $token>();
            match op {
                Extremum::Max => $crate::enter!($attr; self; fn max<>(isa: $token, x: Input<'_, $t> = x) -> Option<$t> {
                    $crate::extremum::extremum::<$t, $token, $crate::extremum::Max, R>(isa, x)
                }),
                Extremum::Min => $crate::enter!($attr; self; fn min<>(isa: $token, x: Input<'_, $t> = x) -> Option<$t> {
                    $crate::extremum::extremum::<$t, $token, $crate::extremum::Min, R>(isa, x)
                }),
            }
        }

        fn extremum_rows<'o>(&self, op: Extremum, x: Rows<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
            match op {
                Extremum::Max => $crate::enter!($attr; self; fn max_rows<'o>(isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                    $crate::extremum::extremum_rows::<$t, $token, $crate::extremum::Max>(isa, x, out)
                }),
                Extremum::Min => $crate::enter!($attr; self; fn min_rows<'o>(isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                    $crate::extremum::extremum_rows::<$t, $token, $crate::extremum::Min>(isa, x, out)
                }),
            }
        }

        fn arg_extremum(&self, op: Extremum, x: &[$t]) -> Option<usize> {
            const R: usize = $crate::fold::registers::<$t, $token>();
            match op {
                Extremum::Max => $crate::enter!($attr; self; fn argmax<>(isa: $token, x: &[$t] = x) -> Option<usize> {
                    $crate::extremum::arg_extremum::<$t, $token, $crate::extremum::Max, R>(isa, x)
                }),
                Extremum::Min => $crate::enter!($attr; self; fn argmin<>(isa: $token, x: &[$t] = x) -> Option<usize> {
                    $crate::extremum::arg_extremum::<$t, $token, $crate::extremum::Min, R>(isa, x)
                }),
            }
        }

        fn count_nonzero(&self, x: &[$t]) -> usize {
            $crate::enter!($attr; self; fn count_nonzero<>(isa: $token, x: &[$t] = x) -> usize {
                $crate::logic::count_nonzero(isa, x)
            })
        }

        fn any(&self, x: &[$t]) -> bool {
            $crate::enter!($attr; self; fn any<>(isa: $token, x: &[$t] = x) -> bool { $crate::logic::any(isa, x) })
        }

        fn all(&self, x: &[$t]) -> bool {
            $crate::enter!($attr; self; fn all<>(isa: $token, x: &[$t] = x) -> bool { $crate::logic::all(isa, x) })
        }
    };
}

/// Sums and products whose elements are accumulated in their own type.
#[doc(hidden)]
#[macro_export]
macro_rules! float_kernels {
    ($attr:meta, $token:ty, $t:ty) => {
        fn fold(&self, op: Fold, x: Input<'_, $t>) -> $t {
            const R: usize = $crate::fold::registers::<$t, $token>();
            match op {
                Fold::Sum => $crate::enter!($attr; self; fn sum<>(isa: $token, x: Input<'_, $t> = x) -> $t {
                    $crate::fold::fold::<$t, $token, $crate::fold::Sum, R>(isa, x, 1)[0]
                }),
                Fold::Prod => $crate::enter!($attr; self; fn prod<>(isa: $token, x: Input<'_, $t> = x) -> $t {
                    $crate::fold::fold::<$t, $token, $crate::fold::Prod, R>(isa, x, 1)[0]
                }),
            }
        }

        fn fold_rows<'o>(&self, op: Fold, x: Rows<'_, $t>, out: Out<'o, $t>) -> Filled<'o> {
            match op {
                Fold::Sum => $crate::enter!($attr; self; fn sum_rows<'o>(isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                    $crate::fold::fold_rows::<$t, $token, $crate::fold::Sum>(isa, x, out)
                }),
                Fold::Prod => $crate::enter!($attr; self; fn prod_rows<'o>(isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $t> = out) -> Filled<'o> {
                    $crate::fold::fold_rows::<$t, $token, $crate::fold::Prod>(isa, x, out)
                }),
            }
        }

        fn dot(&self, a: &[$t], b: &[$t]) -> $t {
            const R: usize = $crate::fold::registers::<$t, $token>();
            $crate::enter!($attr; self; fn dot<>(isa: $token, a: &[$t] = a, b: &[$t] = b) -> $t {
                $crate::products::dot::<$t, $token, R>(isa, a, b)
            })
        }

        fn scan<'o>(&self, op: Fold, x: &[$t], start: Option<$t>, out: Out<'o, $t>) -> (Filled<'o>, Option<$t>) {
            const R: usize = 64 / size_of::<$t>() / <$token as $crate::Simd<$t>>::LANES;
            match op {
                Fold::Sum => $crate::enter!($attr; self; fn cumsum<'o>(
                    isa: $token, x: &[$t] = x, start: Option<$t> = start, out: Out<'o, $t> = out
                ) -> (Filled<'o>, Option<$t>) {
                    $crate::scan::scan::<$t, $token, $crate::fold::Sum, R>(isa, x, start, out)
                }),
                Fold::Prod => $crate::enter!($attr; self; fn cumprod<'o>(
                    isa: $token, x: &[$t] = x, start: Option<$t> = start, out: Out<'o, $t> = out
                ) -> (Filled<'o>, Option<$t>) {
                    $crate::scan::scan::<$t, $token, $crate::fold::Prod, R>(isa, x, start, out)
                }),
            }
        }
    };
}

/// Sums and products of integers and bools, widened to 64 bits. Any order gives the same bits. The sum of a block
/// and that of its products fit the types given for them.
#[doc(hidden)]
#[macro_export]
macro_rules! wide_kernels {
    ($attr:meta, $token:ty, $t:ty, $wide:ty, sums $narrow:ty, products $product:ty) => {
        fn fold(&self, op: Fold, x: Input<'_, $t>) -> $wide {
            match op {
                Fold::Sum => $crate::enter!($attr; self; fn sum<>(_isa: $token, x: Input<'_, $t> = x) -> $wide {
                    $crate::widen::sum::<$t, $narrow, $wide>(x)
                }),
                Fold::Prod => $crate::enter!($attr; self; fn prod<>(_isa: $token, x: Input<'_, $t> = x) -> $wide {
                    $crate::widen::prod::<$t, $wide>(x)
                }),
            }
        }

        fn fold_rows<'o>(&self, op: Fold, x: Rows<'_, $t>, out: Out<'o, $wide>) -> Filled<'o> {
            match op {
                Fold::Sum => $crate::enter!($attr; self; fn sum_rows<'o>(_isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $wide> = out) -> Filled<'o> {
                    $crate::widen::fold_rows(x, out, <$wide>::wrapping_add)
                }),
                Fold::Prod => $crate::enter!($attr; self; fn prod_rows<'o>(_isa: $token, x: Rows<'_, $t> = x, out: Out<'o, $wide> = out) -> Filled<'o> {
                    $crate::widen::fold_rows(x, out, <$wide>::wrapping_mul)
                }),
            }
        }

        fn dot(&self, a: &[$t], b: &[$t]) -> $wide {
            $crate::enter!($attr; self; fn dot<>(_isa: $token, a: &[$t] = a, b: &[$t] = b) -> $wide {
                $crate::widen::dot::<$t, $product, $wide>(a, b)
            })
        }

        fn scan<'o>(&self, op: Fold, x: &[$t], start: Option<$wide>, out: Out<'o, $wide>) -> (Filled<'o>, Option<$wide>) {
            const R: usize = 8 / <$token as $crate::Simd<$wide>>::LANES;
            match op {
                Fold::Sum => $crate::enter!($attr; self; fn cumsum<'o>(
                    isa: $token, x: &[$t] = x, start: Option<$wide> = start, out: Out<'o, $wide> = out
                ) -> (Filled<'o>, Option<$wide>) {
                    $crate::widen::scan::<$t, $wide, $token, $crate::fold::Sum, R>(isa, x, start, out)
                }),
                Fold::Prod => $crate::enter!($attr; self; fn cumprod<'o>(
                    isa: $token, x: &[$t] = x, start: Option<$wide> = start, out: Out<'o, $wide> = out
                ) -> (Filled<'o>, Option<$wide>) {
                    $crate::widen::scan::<$t, $wide, $token, $crate::fold::Prod, R>(isa, x, start, out)
                }),
            }
        }
    };
}

/// Squared deviations, in `f64`.
#[doc(hidden)]
#[macro_export]
macro_rules! deviation_kernels {
    ($attr:meta, $token:ty, $t:ty) => {
        fn squared_deviations(&self, x: Input<'_, $t>, center: f64) -> f64 {
            const R: usize = $crate::fold::registers::<f64, $token>();
            $crate::enter!($attr; self; fn squared_deviations<>(isa: $token, x: Input<'_, $t> = x, center: f64 = center) -> f64 {
                $crate::widen::squared_deviations::<$t, $token, R>(isa, x, center)
            })
        }

        fn squared_deviations_rows<'o>(&self, x: Rows<'_, $t>, centers: &[f64], out: Out<'o, f64>) -> Filled<'o> {
            $crate::enter!($attr; self; fn squared_deviations_rows<'o>(
                _isa: $token, x: Rows<'_, $t> = x, centers: &[f64] = centers, out: Out<'o, f64> = out
            ) -> Filled<'o> {
                $crate::widen::squared_deviations_rows(x, centers, out)
            })
        }
    };
}
