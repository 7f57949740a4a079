//! One hash for each operation and element type, the same on every backend and machine: those that the step
//! `backends` and the emulator for aarch64 run here must all reproduce `fixtures/golden.txt`.
//!
//! Where a change means to change results, `ISONUM_WRITE_GOLDEN=1 cargo test -p isonum --test rows golden` writes the
//! file again, and its difference says which. Matrix products of floats and Fourier transforms are not in it: their
//! engines choose their own instructions.

use crate::shared::{Canonical, Value, fixture, of_class};
use isonum::random::Generator;
use isonum::{Array, Complex32, Complex64, DType, Element, Result};
use isonum_core::registry::Binary;
use std::collections::BTreeMap;

/// FNV-1a, 64 bits.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn word(&mut self, word: u64) {
        for byte in word.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn value(&mut self, value: impl Canonical) {
        value.canonical().into_iter().for_each(|word| self.word(word));
    }

    /// Shape and elements.
    fn array<T: Value>(&mut self, a: &Array<T>) {
        a.shape().iter().for_each(|&n| self.word(n as u64));
        a.iter().for_each(|&x| self.value(x));
    }
}

/// The hashes by name.
#[derive(Default)]
struct Golden(BTreeMap<String, Hash>);

impl Golden {
    /// The hash of an operation and a type, which starts here or goes on.
    fn of(&mut self, operation: &str, dtype: DType) -> &mut Hash {
        self.0.entry(format!("{operation} {dtype}")).or_insert(Hash(0xcbf2_9ce4_8422_2325))
    }

    fn text(&self) -> String {
        self.0.iter().map(|(name, hash)| format!("{name} {:016x}\n", hash.0)).collect()
    }
}

/// Around vectors, tails and short cuts; several blocks.
fn lengths() -> impl Iterator<Item = usize> {
    (0..=40).chain([1_000, 10_007])
}

/// `n` values of a range, every third one special. Another `seed` puts others side by side.
fn values<T: Value>(range: (f64, f64), seed: u64, n: usize) -> Vec<T> {
    let mut values = T::within(range, seed, n);
    let special = |i: usize| T::SPECIAL[(i / 3 + (i / 40 + 1) * seed as usize) % T::SPECIAL.len()];
    values.iter_mut().enumerate().skip(2).step_by(3).for_each(|(i, x)| *x = special(i));
    values
}

/// The operand of that name. Integers are not divided by zero and have no negative exponents, which is an error.
fn operand<T: Value>(operation: &str, name: &str, range: (f64, f64)) -> Array<T> {
    let integers = T::ONE.canonical() == [1, 0];
    let seed = name.as_bytes()[0].into();
    if integers && (operation, name) == ("power", "b") {
        return Array::from(T::within(range, seed, 10_007));
    }
    let mut values = values::<T>(range, seed, 10_007);
    let divides = Binary::ROWS.iter().any(|row| row.name == operation && row.op.divides());
    if divides && integers {
        values.iter_mut().filter(|x| !x.is_nonzero()).for_each(|x| *x = T::ONE);
    }
    Array::from(values)
}

macro_rules! elementwise {
    ([$golden:ident $operands:tt] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => {$(
        elementwise! { @ $golden $name $class $range $operands }
    )*};
    (@ $golden:ident $name:ident $class:ident $range:tt ($($operand:ident)*)) => {
        of_class! { $class elementwise_row ($golden $name $range $($operand)*) }
    };
}

macro_rules! elementwise_row {
    ($type:ty, ($golden:ident $name:ident $range:tt $($operand:ident)*)) => {
        let operands = [$(operand::<$type>(stringify!($name), stringify!($operand), $range)),*];
        elementwise_hash($golden.of(stringify!($name), <$type>::DTYPE), &operands, |operands| {
            let [$($operand),*] = operands else { panic!("the number of operands") };
            isonum::$name($($operand),*)
        });
    };
}

fn elementwise_hash<T: Value, V: Value>(
    hash: &mut Hash,
    operands: &[Array<T>],
    run: fn(&[Array<T>]) -> Array<V>,
) {
    for n in lengths() {
        let operands: Vec<_> = operands.iter().map(|x| x.narrow(0, 0, n)).collect();
        hash.array(&run(&operands));
    }
}

macro_rules! reductions {
    ([$golden:ident] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        of_class! { $class reductions_row ($golden $name [<try_ $name>] [<$name _axis>] $range) }
    )*}};
}

macro_rules! reductions_row {
    ($type:ty, ($golden:ident $name:ident $try:ident $axis:ident $range:tt)) => {
        let matrix = Array::from_shape([130, 521], <$type>::within($range, 1, 130 * 521));
        let hash = $golden.of(stringify!($name), <$type>::DTYPE);
        whole_hash(hash, &matrix, |a| a.$try());
        // With special values, too, among few.
        hash.value(isonum::$name(values::<$type>($range, 1, 30)));
        axes_hash($golden.of(stringify!($axis), <$type>::DTYPE), &matrix, |a, axis| a.$axis(axis));
    };
}

/// More elements than a chunk of a reduction has, in rows that are no whole number of vectors.
fn whole_hash<T: Value, V: Canonical>(hash: &mut Hash, matrix: &Array<T>, run: fn(&Array<T>) -> Result<V>) {
    let row = matrix.reshape(-1);
    for n in lengths() {
        if let Ok(value) = run(&row.narrow(0, 0, n)) {
            hash.value(value);
        }
    }
    hash.value(run(matrix).unwrap());
}

fn axes_hash<T: Value, V: Value>(hash: &mut Hash, matrix: &Array<T>, run: fn(&Array<T>, isize) -> Array<V>) {
    hash.array(&run(matrix, 0));
    hash.array(&run(matrix, 1));
    hash.array(&run(&matrix.reshape([10, 13, 521]), 1));
}

macro_rules! scans {
    ($type:ty, ($golden:ident $($name:ident $axis:ident $range:tt)*)) => { $(
        let matrix = Array::from_shape([130, 521], <$type>::within($range, 1, 130 * 521));
        let operand = [matrix.reshape(-1)];
        let hash = $golden.of(stringify!($name), <$type>::DTYPE);
        elementwise_hash(hash, &operand, |a| a[0].$name());
        axes_hash(hash, &matrix, |a, axis| a.$axis(axis));
    )* };
}

/// Conversions from one type to all, and choices.
macro_rules! conversions {
    ($type:ty, ($golden:ident)) => {{
        let (a, b) =
            (Array::from(values::<$type>((-300.0, 300.0), 1, 1_000)), values::<$type>((-6.0, 6.0), 2, 1_000));
        of_class! { Element conversion ($golden a) }
        let condition = bool::within((-6.0, 6.0), 3, 1_000);
        $golden.of("where", <$type>::DTYPE).array(&isonum::where_(condition, &a, b));
    }};
}

macro_rules! conversion {
    ($type:ty, ($golden:ident $a:ident)) => {
        $golden.of(&format!("astype {}", $a.dtype()), <$type>::DTYPE).array(&$a.astype::<$type>())
    };
}

/// Three calls of a generator are three streams.
macro_rules! floats_drawn {
    ($type:ty, ($golden:ident)) => {
        for n in lengths() {
            let mut rng = Generator::new(n as u64);
            $golden.of("random", <$type>::DTYPE).array(&rng.random::<$type>(n));
            $golden.of("uniform", <$type>::DTYPE).array(&rng.uniform::<$type>(-2.0, 3.0, n));
            $golden.of("normal", <$type>::DTYPE).array(&rng.normal::<$type>(1.0, 2.0, n));
        }
    };
}

macro_rules! integers_drawn {
    ($type:ty, ($golden:ident)) => {
        for n in lengths() {
            let mut rng = Generator::new(n as u64);
            $golden.of("integers", <$type>::DTYPE).array(&rng.integers::<$type>(3, 100, n));
            $golden.of("shuffled", <$type>::DTYPE).array(&rng.shuffled(<$type>::within((0.0, 100.0), 1, n)));
        }
    };
}

/// Gathers by indices from both ends, from arrays in C order and transposed ones.
macro_rules! gathers {
    ($type:ty, ($golden:ident)) => {{
        let matrix = Array::from_shape([70, 9], values::<$type>((-6.0, 6.0), 1, 70 * 9));
        let hash = $golden.of("take", <$type>::DTYPE);
        for n in lengths() {
            let indices = Array::from(i32::within((-70.0, 68.0), n as u64, n));
            hash.array(&isonum::take(&matrix, &indices, 0));
            hash.array(&isonum::take(matrix.t(), indices, 1));
        }
    }};
}

macro_rules! counts {
    ($type:ty, ($golden:ident)) => {
        for n in lengths() {
            let bins = Array::from(<$type>::within((0.0, 100.0), 1, n));
            $golden.of("bincount", <$type>::DTYPE).array(&isonum::bincount(&bins));
            let hash = $golden.of("bincount_weighted", <$type>::DTYPE);
            hash.array(&isonum::bincount_weighted(&bins, f32::within((-6.0, 6.0), 2, n), 3));
            hash.array(&isonum::bincount_weighted(&bins, f64::within((-6.0, 6.0), 2, n), 3));
        }
    };
}

/// Spaces of numbers, and which are close to each other.
macro_rules! spaces {
    ($type:ty, ($golden:ident)) => {
        for n in lengths() {
            let hash = $golden.of("logspace", <$type>::DTYPE);
            for (start, stop) in [(-3.0, 4.5), (-37.0, 38.0), (0.1, 0.3), (2.0, -2.0)] {
                hash.array(&isonum::logspace::<$type>(start, stop, n));
            }
            let hash = $golden.of("geomspace", <$type>::DTYPE);
            for (start, stop) in [(1.0, 1000.0), (-3e30, -1e-30), (0.1, 0.3), (7.0, 5.0)] {
                hash.array(&isonum::geomspace::<$type>(start, stop, n));
            }
            let a = Array::from(values::<$type>((-6.0, 6.0), 1, n));
            // Off by up to twice the tolerance.
            let off = 1.0 + Array::from(<$type>::within((-2e-5, 2e-5), 3, n));
            let hash = $golden.of("isclose", <$type>::DTYPE);
            hash.array(&isonum::isclose(&a, &a * off));
            hash.array(&isonum::isclose(&a, values::<$type>((-6.0, 6.0), 2, n)));
        }
    };
}

/// Closeness of integers, in which most differ.
macro_rules! close_integers {
    ($type:ty, ($golden:ident)) => {
        for n in lengths() {
            let (a, b) = (values::<$type>((0.0, 100.0), 1, n), values::<$type>((0.0, 100.0), 2, n));
            $golden.of("isclose", <$type>::DTYPE).array(&isonum::isclose(a, b));
        }
    };
}

/// What complex numbers have of their own, and their closeness, off by up to twice the tolerance.
macro_rules! complex {
    ($type:ty, ($golden:ident)) => {
        for n in lengths() {
            let a = Array::from(values::<$type>((-6.0, 6.0), 1, n));
            let off = Array::from(<$type>::within((-2e-5, 2e-5), 3, n));
            $golden.of("isclose", <$type>::DTYPE).array(&isonum::isclose(&a, &a + &a * off));
            $golden.of("conj", <$type>::DTYPE).array(&isonum::conj(&a));
        }
    };
}

/// Products of matrices and vectors, of sizes around vectors and tails.
macro_rules! products {
    ($type:ty, ($golden:ident)) => {{
        let hash = $golden.of("matmul", <$type>::DTYPE);
        let sizes = [(1, 1, 1), (3, 0, 2), (5, 7, 9), (16, 33, 17), (40, 1, 70), (65, 130, 67)];
        for (m, k, n) in sizes {
            let a = Array::from_shape([m, k], values::<$type>((0.0, 100.0), 1, m * k));
            let b = Array::from_shape([k, n], values::<$type>((0.0, 100.0), 2, k * n));
            hash.array(&isonum::linalg::matmul(&a, &b));
            hash.array(&isonum::linalg::matmul(b.t(), a.t()));
            hash.array(&isonum::linalg::matmul(&a, b.index_axis(1, 0)));
        }
    }};
}

fn elementwise(golden: &mut Golden) {
    isonum_core::unary_operations!([elementwise], golden(a));
    isonum_core::binary_operations!([elementwise], golden (a b));
    isonum_core::compare_operations!([elementwise], golden (a b));
    isonum_core::predicate_operations!([elementwise], golden(a));
    isonum_core::ternary_operations!([elementwise], golden (a b c));
}

fn reductions(golden: &mut Golden) {
    isonum_core::reduce_operations!([reductions], golden);
    of_class! { Element scans (golden cumsum cumsum_axis (-6.0, 6.0) cumprod cumprod_axis (0.9, 1.1)) }
}

fn conversions(golden: &mut Golden) {
    of_class! { Element conversions (golden) }
}

fn drawn(golden: &mut Golden) {
    of_class! { Float floats_drawn (golden) }
    of_class! { Integer integers_drawn (golden) }
}

fn others(golden: &mut Golden) {
    of_class! { Element gathers (golden) }
    of_class! { Integer counts (golden) }
    of_class! { Float spaces (golden) }
    of_class! { Integer close_integers (golden) }
    of_class! { [Complex32 Complex64] complex (golden) }
    of_class! { Bits products (golden) }
}

fn computed() -> Golden {
    let mut golden = Golden::default();
    elementwise(&mut golden);
    reductions(&mut golden);
    conversions(&mut golden);
    drawn(&mut golden);
    others(&mut golden);
    golden
}

#[test]
fn results_are_those_of_every_other_machine() {
    let (path, text) = (fixture("golden.txt"), computed().text());
    if std::env::var_os("ISONUM_WRITE_GOLDEN").is_some() {
        std::fs::write(path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap();
    let without = |lines: &str, others: &str| -> Vec<String> {
        let others: Vec<&str> = others.lines().collect();
        lines.lines().filter(|line| !others.contains(line)).map(String::from).collect()
    };
    let (missing, found) = (without(&expected, &text), without(&text, &expected));
    assert!(
        missing.is_empty() && found.is_empty(),
        "on {}:\nexpected\n  {}\nfound\n  {}",
        isonum::backend::current(),
        missing.join("\n  "),
        found.join("\n  ")
    );
}
