//! Every row of the registry over the facade: all forms of an operation (function, method, `try_`, `_into`,
//! `_mut`) give the same bits, for every element type of its class, and the documentation has an example.
//!
//! Rows come from the registry's own macros, so a new one is tested without a change here.

mod shared;

use isonum::{Array, Complex32, Complex64, Element};
use isonum_core::registry::{Binary, Class, Compare, Reduce, Ternary, Unary};
use shared::{Canonical, Value, bits, of_class};
use std::collections::BTreeSet;

/// An operation on one element type, whose forms are compared with the function.
struct Forms<T> {
    what: String,
    expected: Array<T>,
}

impl<T: Element + Canonical> Forms<T> {
    fn new<U: Element>(name: &str, expected: Array<T>) -> Self {
        Forms { what: format!("{name} of {}", U::DTYPE), expected }
    }

    fn same(&self, form: &str, result: Array<T>) {
        assert_eq!(result.shape(), self.expected.shape(), "{}: {form}", self.what);
        assert_eq!(bits(&result), bits(&self.expected), "{}: {form}", self.what);
    }

    /// A form that writes over `out`.
    fn written(&self, form: &str, mut out: Array<T>, write: &dyn Fn(&mut Array<T>)) {
        write(&mut out);
        self.same(form, out);
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

/// The forms that write over the first operand, of an operation that has them.
macro_rules! in_place_forms {
    ($forms:ident [] $a:ident $operands:tt) => {};
    ($forms:ident [$mut:ident $try_mut:ident] $a:ident ($($b:ident),*)) => {
        $forms.written("_mut of a unique array", unique(&$a), &|a| a.$mut($(&$b),*));
        $forms.written("_mut of a shared array", $a.clone(), &|a| a.$mut($(&$b),*));
        $forms.written("try_ _mut", $a.clone(), &|a| a.$try_mut($(&$b),*).unwrap());
        $forms.written("_mut of a view", $a.clone(), &|a| a.view_mut().$mut($(&$b),*));
    };
}

/// All forms of an elementwise operation on one type; the last names are the operands.
macro_rules! elementwise_forms {
    ($type:ty, ($range:expr, $name:ident $try:ident $into:ident $try_into:ident
                [$($mut:ident $try_mut:ident)?] $a:ident $($b:ident)*)) => {{
        let $a: Array<$type> = operand(stringify!($a), $range);
        $(let $b: Array<$type> = operand(stringify!($b), $range);)*
        let forms = Forms::new::<$type>(stringify!($name), isonum::$name(&$a $(, &$b)*));
        forms.same("try_ function", isonum::$try(&$a $(, &$b)*).unwrap());
        forms.same("function of arrays given away", isonum::$name(unique(&$a) $(, unique(&$b))*));
        forms.same("function of views", isonum::$name($a.view() $(, $b.view())*));
        forms.same("method", $a.$name($(&$b),*));
        forms.same("try_ method", $a.$try($(&$b),*).unwrap());
        forms.same("method of a view", $a.view().$name($(&$b),*));
        forms.same("method of a mutable view", $a.clone().view_mut().$name($(&$b),*));
        // A row at a time: no position in a block, no other layout changes the bits.
        let rows: Vec<_> = (0..6).map(|i| $a.row(i).$name($($b.row(i)),*)).collect();
        forms.same("rows", isonum::stack(&rows, 0));
        forms.same("transposed", $a.t().$name($($b.t()),*).t());

        let out = || isonum::zeros_like(&forms.expected);
        forms.written("_into function", out(), &|out| isonum::$into(&$a, $(&$b,)* out));
        forms.written("try_ _into function", out(), &|out| isonum::$try_into(&$a, $(&$b,)* out).unwrap());
        forms.written("_into method", out(), &|out| $a.$into($(&$b,)* out));
        forms.written("try_ _into method", out(), &|out| $a.$try_into($(&$b,)* out.view_mut()).unwrap());
        in_place_forms! { forms [$($mut $try_mut)?] $a ($($b),*) }
    }};
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
            ($range, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>]
             [[<$name _mut>] [<try_ $name _mut>]] $($operand)*)
        }
    }};
    (@ to_bool $name:ident $class:ident $range:tt ($($operand:ident)*)) => { pastey::paste! {
        of_class! { $class elementwise_forms
            ($range, $name [<try_ $name>] [<$name _into>] [<try_ $name _into>] [] $($operand)*)
        }
    }};
}

/// All forms of a reduction on one type.
macro_rules! reduction_forms {
    ($type:ty, ($range:expr, $name:ident $try:ident $axis:ident $try_axis:ident)) => {{
        let a: Array<$type> = operand("a", $range);
        let whole = isonum::$name(&a);
        let what = format!("{} of {}", stringify!($name), <$type>::DTYPE);
        let same = |form, value: [u64; 2]| assert_eq!(value, whole.canonical(), "{what}: {form}");
        same("try_ function", isonum::$try(&a).unwrap().canonical());
        same("method", a.$name().canonical());
        same("try_ method", a.$try().unwrap().canonical());
        same("method of a view", a.view().$name().canonical());
        same("method of a mutable view", a.clone().view_mut().$name().canonical());
        same("over all", a.over(()).$name().item().canonical());
        same("along all axes", a.$axis(()).item().canonical());
        for axis in [0, 1] {
            let forms = Forms::new::<$type>(stringify!($axis), isonum::$axis(&a, axis));
            forms.same("try_ function", isonum::$try_axis(&a, axis).unwrap());
            forms.same("method", a.$axis(axis));
            forms.same("try_ method", a.$try_axis(axis - 2).unwrap());
            forms.same("method of a view", a.view().$axis(axis));
            forms.same("over", a.over(axis).$name());
            forms.same("try_ over", a.over([axis]).$try().unwrap());
            forms.same("over, axes kept", a.over(axis).keep_dims().$name().squeeze(axis));
            forms.same("of the transpose", a.t().$axis(1 - axis));
        }
    }};
}

macro_rules! reduction_tests {
    ([] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        #[test]
        fn $name() {
            of_class! { $class reduction_forms
                ($range, $name [<try_ $name>] [<$name _axis>] [<try_ $name _axis>])
            }
        }
    )*}};
}

/// A test for each row.
mod forms {
    use super::*;
    isonum_core::unary_operations!([elementwise_tests], in_place(a));
    isonum_core::binary_operations!([elementwise_tests], in_place (a b));
    isonum_core::compare_operations!([elementwise_tests], to_bool (a b));
    isonum_core::ternary_operations!([elementwise_tests], in_place (a b c));
    isonum_core::reduce_operations!([reduction_tests]);
}

/// All forms of a scan on one type. Scans have no rows: their list is here.
macro_rules! scan_forms {
    ($type:ty, ($name:ident $try:ident $axis:ident $try_axis:ident)) => {{
        let a: Array<$type> = operand("a", (0.9, 1.1));
        let forms = Forms::new::<$type>(stringify!($name), isonum::$name(&a));
        forms.same("try_ function", isonum::$try(&a).unwrap());
        forms.same("method", a.$name());
        forms.same("try_ method", a.$try().unwrap());
        forms.same("method of a view", a.view().$name());
        forms.same("along the only axis", a.reshape(-1).$axis(0));
        for axis in [0, 1] {
            let forms = Forms::new::<$type>(stringify!($axis), isonum::$axis(&a, axis));
            forms.same("try_ function", isonum::$try_axis(&a, axis).unwrap());
            forms.same("method", a.$axis(axis));
            forms.same("try_ method", a.$try_axis(axis - 2).unwrap());
            forms.same("of the transpose", a.t().$axis(1 - axis).t());
        }
    }};
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
    let elementwise: Vec<_> = elementwise.chain(names(Compare::ROWS)).chain(names(Ternary::ROWS)).collect();
    assert_eq!(named(include_str!("../src/elementwise/examples.rs")), elementwise);
    let mut reductions = named(include_str!("../src/reduce/table.rs"));
    let mut expected: Vec<_> = names(Reduce::ROWS).collect();
    reductions.sort();
    expected.sort();
    assert_eq!(reductions, expected);
}
