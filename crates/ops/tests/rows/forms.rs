//! Every row of the registry over the facade: all forms of an operation (function, method, `try_`, `_into`,
//! `_mut`) give the same bits, for every element type of its class, and the documentation has an example.
//!
//! Rows come from the registry's own macros, so a new one is tested without a change here.

use crate::shared::{Canonical, Value, bits, of_class};
use isonum::{Array, Complex32, Complex64, Element};
use isonum_core::registry::{Binary, Class, Compare, Predicate, Reduce, Ternary, Unary};
use std::collections::BTreeSet;

/// An operation on one element type, whose forms are compared with the function.
struct Forms<'a, T, V, const N: usize> {
    what: String,
    operands: &'a [Array<T>; N],
    expected: Array<V>,
}

impl<'a, T: Value, V: Value, const N: usize> Forms<'a, T, V, N> {
    fn new(name: &str, operands: &'a [Array<T>; N], function: fn(&[Array<T>; N]) -> Array<V>) -> Self {
        Forms { what: format!("{name} of {}", T::DTYPE), operands, expected: function(operands) }
    }

    fn check(&self, form: &str, result: &Array<V>) {
        assert_eq!(result.shape(), self.expected.shape(), "{}: {form}", self.what);
        assert_eq!(bits(result), bits(&self.expected), "{}: {form}", self.what);
    }

    /// A form that returns the result.
    fn same(&self, form: &str, run: fn(&[Array<T>; N]) -> Array<V>) {
        self.check(form, &run(self.operands));
    }

    /// A form that writes over its last argument.
    fn written(&self, form: &str, run: fn(&[Array<T>; N], &mut Array<V>)) {
        let mut out = isonum::zeros_like(&self.expected);
        run(self.operands, &mut out);
        self.check(form, &out);
    }
}

impl<T: Value, const N: usize> Forms<'_, T, T, N> {
    /// A form that writes over the first operand, whether its memory is shared or not.
    fn in_place(&self, form: &str, run: fn(&mut Array<T>, &[Array<T>; N])) {
        for mut first in [self.operands[0].clone(), unique(&self.operands[0])] {
            run(&mut first, self.operands);
            self.check(form, &first);
        }
    }
}

/// The operand of that name: a matrix of values of `range`.
fn operand<T: Value>(name: &str, range: (f64, f64)) -> Array<T> {
    Array::from_shape([6, 9], T::within(range, name.as_bytes()[0].into(), 54))
}

/// The same elements in memory that nobody else holds.
fn unique<T: Element>(a: &Array<T>) -> Array<T> {
    Array::from_shape(a.shape(), a.to_vec())
}

/// All forms of an elementwise operation on one type; the last names are the operands.
macro_rules! elementwise_forms {
    ($type:ty, ($range:tt $name:ident $try:ident $into:ident $try_into:ident
                $in_place:tt $a:ident $($b:ident)*)) => {
        let operands = [operand::<$type>(stringify!($a), $range) $(, operand(stringify!($b), $range))*];
        let forms = Forms::new(stringify!($name), &operands, |[$a $(, $b)*]| isonum::$name($a $(, $b)*));
        forms.same("try_ function", |[$a $(, $b)*]| isonum::$try($a $(, $b)*).unwrap());
        forms.same("of arrays given away", |[$a $(, $b)*]| isonum::$name(unique($a) $(, unique($b))*));
        forms.same("of views", |[$a $(, $b)*]| isonum::$name($a.view() $(, $b.view())*));
        forms.same("method", |[$a $(, $b)*]| $a.$name($($b),*));
        forms.same("try_ method", |[$a $(, $b)*]| $a.$try($($b),*).unwrap());
        forms.same("method of a view", |[$a $(, $b)*]| $a.view().$name($($b),*));
        forms.same("method of a mutable view", |[$a $(, $b)*]| $a.clone().view_mut().$name($($b),*));
        // No other place in a block and no other layout changes the bits.
        forms.same("of the transposes", |[$a $(, $b)*]| $a.t().$name($($b.t()),*).t());
        forms.same("of rows", |[$a $(, $b)*]| {
            isonum::stack(&[0, 1, 2, 3, 4, 5].map(|i| $a.row(i).$name($($b.row(i)),*)), 0)
        });
        forms.written("_into function", |[$a $(, $b)*], out| isonum::$into($a, $($b,)* out));
        forms.written("try_ _into function", |[$a $(, $b)*], out| isonum::$try_into($a, $($b,)* out).unwrap());
        forms.written("_into method", |[$a $(, $b)*], out| $a.$into($($b,)* out));
        forms.written("try_ _into method", |[$a $(, $b)*], out| $a.$try_into($($b,)* out.view_mut()).unwrap());
        in_place_forms! { forms $in_place $a ($($b),*) }
    };
}

/// The forms that write over the first operand, of an operation that has them.
macro_rules! in_place_forms {
    ($forms:ident [] $a:ident $operands:tt) => {};
    ($forms:ident [$mut:ident $try_mut:ident] $a:ident ($($b:ident),*)) => {
        $forms.in_place("_mut", |$a, [_ $(, $b)*]| $a.$mut($($b),*));
        $forms.in_place("try_ _mut", |$a, [_ $(, $b)*]| $a.$try_mut($($b),*).unwrap());
        $forms.in_place("_mut of a view", |$a, [_ $(, $b)*]| $a.view_mut().$mut($($b),*));
    };
}

/// A test for each row: its forms, on every element type of its class.
macro_rules! elementwise_tests {
    ([$mut:tt $operands:tt] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => {$(
        #[test]
        fn $name() {
            elementwise_tests! { @ $mut $name $class $range $operands }
        }
    )*};
    (@ in_place $name:ident $class:ident $range:tt ($($operand:ident)*)) => { pastey::paste! {
        of_class! { $class elementwise_forms
            ($range $name [<try_ $name>] [<$name _into>] [<try_ $name _into>]
             [[<$name _mut>] [<try_ $name _mut>]] $($operand)*)
        }
    }};
    (@ to_bool $name:ident $class:ident $range:tt ($($operand:ident)*)) => { pastey::paste! {
        of_class! { $class elementwise_forms
            ($range $name [<try_ $name>] [<$name _into>] [<try_ $name _into>] [] $($operand)*)
        }
    }};
}

/// All forms of a reduction on one type.
macro_rules! reduction_forms {
    ($type:ty, ($range:tt $name:ident $try:ident $axis:ident $try_axis:ident)) => {
        let operands = [operand::<$type>("a", $range)];
        let [a] = &operands;
        let whole = isonum::$name(a);
        let what = format!("{} of {}", stringify!($name), <$type>::DTYPE);
        let same = |form, value: [u64; 2]| assert_eq!(value, whole.canonical(), "{what}: {form}");
        same("try_ function", isonum::$try(a).unwrap().canonical());
        same("method", a.$name().canonical());
        same("try_ method", a.$try().unwrap().canonical());
        same("method of a view", a.view().$name().canonical());
        same("method of a mutable view", a.clone().view_mut().$name().canonical());
        same("over all", a.over(()).$name().item().canonical());
        same("along all axes", a.$axis(()).item().canonical());

        let forms = Forms::new(stringify!($axis), &operands, |[a]| isonum::$axis(a, 0));
        forms.same("try_ function", |[a]| isonum::$try_axis(a, 0).unwrap());
        forms.same("method", |[a]| a.$axis(0));
        forms.same("try_ method", |[a]| a.$try_axis(-2).unwrap());
        forms.same("method of a view", |[a]| a.view().$axis(0));
        forms.same("over", |[a]| a.over(0).$name());
        forms.same("try_ over", |[a]| a.over([0]).$try().unwrap());
        forms.same("over, axes kept", |[a]| a.over(0).keep_dims().$name().squeeze(0));
        forms.same("of the transpose", |[a]| a.t().$axis(1));
    };
}

macro_rules! reduction_tests {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        #[test]
        fn $name() {
            of_class! { $class reduction_forms
                ($range $name [<try_ $name>] [<$name _axis>] [<try_ $name _axis>])
            }
        }
    )*}};
}

/// A test for each row.
mod row {
    use super::*;
    isonum_core::unary_operations!([elementwise_tests], in_place(a));
    isonum_core::binary_operations!([elementwise_tests], in_place (a b));
    isonum_core::compare_operations!([elementwise_tests], to_bool (a b));
    isonum_core::predicate_operations!([elementwise_tests], to_bool(a));
    isonum_core::ternary_operations!([elementwise_tests], in_place (a b c));
    isonum_core::reduce_operations!([reduction_tests]);
}

/// All forms of a scan on one type. Scans have no rows: their list is here.
macro_rules! scan_forms {
    ($type:ty, ($name:ident $try:ident $axis:ident $try_axis:ident)) => {
        let operands = [operand::<$type>("a", (0.9, 1.1))];
        let forms = Forms::new(stringify!($name), &operands, |[a]| isonum::$name(a));
        forms.same("try_ function", |[a]| isonum::$try(a).unwrap());
        forms.same("method", |[a]| a.$name());
        forms.same("try_ method", |[a]| a.$try().unwrap());
        forms.same("method of a view", |[a]| a.view().$name());
        forms.same("along the only axis", |[a]| a.reshape(-1).$axis(0));

        let forms = Forms::new(stringify!($axis), &operands, |[a]| isonum::$axis(a, 1));
        forms.same("try_ function", |[a]| isonum::$try_axis(a, 1).unwrap());
        forms.same("method", |[a]| a.$axis(1));
        forms.same("try_ method", |[a]| a.$try_axis(-1).unwrap());
        forms.same("of the transpose", |[a]| a.t().$axis(0).t());
    };
}

#[test]
fn scans() {
    of_class! { Element scan_forms (cumsum try_cumsum cumsum_axis try_cumsum_axis) }
    of_class! { Element scan_forms (cumprod try_cumprod cumprod_axis try_cumprod_axis) }
}

/// `of_class!`, which the tests above go by, knows the classes as the registry does.
#[test]
fn classes_are_those_of_the_registry() {
    macro_rules! dtype {
        ($type:ty, $dtypes:ident) => {
            assert!($dtypes.insert(<$type>::DTYPE))
        };
    }
    macro_rules! check {
        ($($class:ident)*) => {$({
            let mut dtypes = BTreeSet::new();
            of_class! { $class dtype dtypes }
            assert_eq!(Class::$class.dtypes().collect::<BTreeSet<_>>(), dtypes, "{:?}", Class::$class);
        })*};
    }
    check! { Element Ordered Number Real Float Integer Bits }
}

/// The tables that examples of the documentation are made from name every row once, and nothing else. (The macros
/// there do not compile without an example, but would keep one that has lost its row.)
#[test]
fn every_row_has_an_example() {
    let named = |text: &str| -> Vec<String> {
        let table = text.split("\nexamples! {").nth(1).and_then(|rest| rest.split("\n}").next());
        let lines = table.expect("a table").lines().filter(|line| line.contains(" => "));
        lines.map(|line| line.trim().split([':', ' ']).next().unwrap_or_default().into()).collect()
    };
    fn names<Op>(rows: &[isonum_core::registry::Row<Op>]) -> impl Iterator<Item = &'static str> {
        rows.iter().map(|row| row.name)
    }
    let elementwise = names(Unary::ROWS).chain(names(Binary::ROWS));
    let elementwise = elementwise.chain(names(Compare::ROWS)).chain(names(Predicate::ROWS));
    let elementwise: Vec<_> = elementwise.chain(names(Ternary::ROWS)).collect();
    assert_eq!(named(include_str!("../../src/elementwise/examples.rs")), elementwise);
    let mut reductions = named(include_str!("../../src/reduce/table.rs"));
    let mut expected: Vec<_> = names(Reduce::ROWS).collect();
    reductions.sort();
    expected.sort();
    assert_eq!(reductions, expected);
}
