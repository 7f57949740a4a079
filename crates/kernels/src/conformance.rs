//! The conformance suite of the vector vocabulary: every method of a token against [`Scalar`], lane by lane, `==`
//! on bits.
//!
//! It lives beside the traits because their docs are what it tests; the crates of the instruction sets run
//! [`check`] on their tokens in their tests. A method is one line here, for all types, so a method that is added
//! to the vocabulary costs one line more.
//!
//! NaN results of computed operations compare as NaN only (their sign and payload are unspecified); moves,
//! `select`, `abs`, `neg`, the bitwise operations, `larger` and `smaller` must keep every bit.
//!
//! The suite calls the methods outside of a function that has the instruction set enabled. That is correct but
//! slow: the intrinsics stay calls, and vectors travel through memory, as Rust's own calling convention does it.

use crate::pair::Pair;
use crate::samples::{Random, Sample};
use crate::scalar::Scalar;
use crate::simd::{FloatLane, Isa, Simd, SimdFloat, SimdInt, Token};
use isonum_core::Element;
use std::array::from_fn;
use std::fmt::Debug;

mod copy;
mod inputs;
mod random;
mod transpose;

use inputs::{PADDING, RANDOM, padded, pairs, singles, specials};

/// Compares every method of the token with [`Scalar`], and the random numbers made with them.
///
/// # Panics
/// At the first difference, with method, type, lane and inputs.
pub fn check<S: Isa>(isa: S) {
    macro_rules! integers {
        ($($t:ident: $($n:literal)*;)*) => {$(
            shared::<$t, S>(isa);
            integer::<$t, S>(isa);
            $(shift_by::<$t, S, $n>(isa);)*
        )*};
    }
    integers! {
        i8: 0 1 3 4 7; i16: 0 1 7 8 9 15; i32: 0 1 15 16 23 31; i64: 0 1 31 32 52 63;
        u8: 0 1 3 4 7; u16: 0 1 7 8 9 15; u32: 0 1 15 16 23 31; u64: 0 1 31 32 52 63;
    }
    shared::<f32, S>(isa);
    shared::<f64, S>(isa);
    float::<f32, S>(isa);
    float::<f64, S>(isa);
    conversions(isa);
    packs(isa);
    let pair = Pair(isa);
    shared::<i32, _>(pair);
    shared::<i64, _>(pair);
    integer::<i32, _>(pair);
    integer::<i64, _>(pair);
    float::<f32, _>(pair);
    float::<f64, _>(pair);
    shared::<f32, _>(pair);
    shared::<f64, _>(pair);
    transpose::check(isa);
    copy::check(isa);
    random::check(isa);
}

/// Methods of both tokens, by name: `agree!(isa, Trait, Nan::Kept, &inputs, (a b): add sub);`
macro_rules! agree {
    ($isa:ident, $trait:ident, $nan:expr, $inputs:expr, $args:tt: $($op:ident)*) => {
        $(agree!(@one $isa, $trait, $nan, $inputs, $args, $op);)*
    };
    (@one $isa:ident, $trait:ident, $nan:expr, $inputs:expr, ($($x:ident)*), $op:ident) => {
        lanes::<_, T, S>($isa, stringify!($op), $nan, $inputs,
            |[$($x),*]| <S as $trait<T>>::$op($isa, $($x),*),
            |[$($x),*]| <Scalar as $trait<T>>::$op(Scalar, $($x),*));
    };
}

/// What all ten types have.
fn shared<T: Sample, S: Simd<T>>(isa: S)
where
    Scalar: Simd<T, Raw = T, Mask = bool>,
{
    assert!(S::LANES.is_power_of_two() && S::LANES <= PADDING);
    memory::<T, S>(isa);
    masks::<T, S>(isa);
    permutes::<T, S>(isa);
    let (one, two) = (singles::<T>(), pairs::<T>());
    agree!(isa, Simd, Nan::Any, &two, (a b): add sub mul);
    agree!(isa, Simd, Nan::Kept, &two, (a b): larger smaller and or xor);
    agree!(isa, Simd, Nan::Kept, &one, (a): neg abs not);
    truths::<T, S>(isa, "eq", &two, |a, b| isa.eq(a, b), |a, b| a == b);
    truths::<T, S>(isa, "lt", &two, |a, b| isa.lt(a, b), |a, b| a < b);
    truths::<T, S>(isa, "le", &two, |a, b| isa.le(a, b), |a, b| a <= b);
}

/// Shifts by the counts of another vector.
fn integer<T: Sample, S: SimdInt<T>>(isa: S)
where
    Scalar: SimdInt<T> + Simd<T, Raw = T, Mask = bool>,
{
    let width = T::WIDTH as u64;
    let edges =
        [u64::MAX, u64::MAX - 1, 1 << 8, 1 << 16, 1 << 32, (1 << 32) + 1, 1 << 63, width << 8, 2 * width];
    let counts = (0..2 * width + 2).chain(edges).map(T::of_bits).chain(specials());
    let two: Vec<[T; 2]> = counts.flat_map(|n| specials::<T>().into_iter().map(move |a| [a, n])).collect();
    let two = padded(two);
    agree!(isa, SimdInt, Nan::Kept, &two, (a n): shl shr);
    let two = pairs();
    agree!(isa, SimdInt, Nan::Kept, &two, (a n): shl shr);
}

/// Shifts by a constant.
fn shift_by<T: Sample, S: SimdInt<T>, const N: i32>(isa: S)
where
    Scalar: SimdInt<T> + Simd<T, Raw = T, Mask = bool>,
{
    let (left, right) = (format!("shl_const::<{N}>"), format!("shr_const::<{N}>"));
    let one = singles();
    lanes::<1, T, S>(
        isa,
        &left,
        Nan::Kept,
        &one,
        |[a]| isa.shl_const::<N>(a),
        |[a]| Scalar.shl_const::<N>(a),
    );
    lanes::<1, T, S>(
        isa,
        &right,
        Nan::Kept,
        &one,
        |[a]| isa.shr_const::<N>(a),
        |[a]| Scalar.shr_const::<N>(a),
    );
}

/// What `f32` and `f64` have.
fn float<T: Sample + FloatLane, S: SimdFloat<T>>(isa: S)
where
    T::Bits: Sample,
    Scalar: SimdFloat<T> + Simd<T, Raw = T, Mask = bool> + Simd<T::Bits, Raw = T::Bits, Mask = bool>,
{
    let (one, two) = (singles::<T>(), pairs::<T>());
    agree!(isa, SimdFloat, Nan::Any, &two, (a b): div);
    agree!(isa, SimdFloat, Nan::Any, &one, (a): sqrt floor ceil trunc rint);
    let all = specials::<T>();
    let mut three: Vec<[T; 3]> = Vec::new();
    for [a, b] in pairs::<T>().into_iter().take(all.len() * all.len()) {
        three.extend(all.iter().map(|&c| [a, b, c]));
    }
    let mut random = Random(3);
    three.extend((0..RANDOM).map(|_| from_fn(|_| T::random(random.next()))));
    // Sums that cancel show whether the product was rounded.
    three.extend((0..RANDOM).map(|_| {
        let (a, b) = (T::random(random.next()), T::random(random.next()));
        [a, b, -(a * b)]
    }));
    let three = padded(three);
    agree!(isa, SimdFloat, Nan::Any, &three, (a b c): mul_add neg_mul_add);

    // Between the float and the integers of its width.
    let tables: (Vec<T>, Vec<T>) =
        ((0..8).map(|i| all[i * 3 % all.len()]).collect(), all[all.len() - 16..].to_vec());
    let (table8, table16) =
        (<&[T; 8]>::try_from(&tables.0[..]).unwrap(), <&[T; 16]>::try_from(&tables.1[..]).unwrap());
    blocks::<1, T, S>(isa, &one, |inputs, [a]| {
        let mut bits = vec![T::Bits::ZERO; inputs.len()];
        // SAFETY: there are as many integers of this width as floats.
        unsafe { <S as Simd<T::Bits>>::store(isa, bits.as_mut_ptr(), isa.to_bits(a)) };
        for (lane, (&got, &[input])) in bits.iter().zip(inputs).enumerate() {
            expect::<T::Bits, S>("to_bits", lane, &input, Nan::Kept, got, Sample::of_bits(input.bits()));
        }
    });
    blocks::<1, T::Bits, S>(isa, &singles(), |inputs, [index]| {
        let float = <S as SimdFloat<T>>::from_bits(isa, index);
        let of = |i: T::Bits, mask: u64| (i.bits() & mask) as usize;
        each::<T, S>(isa, "from_bits", float, inputs, |lane| T::of_bits(inputs[lane][0].bits()));
        each::<T, S>(isa, "lookup8", isa.lookup8(table8, index), inputs, |lane| {
            table8[of(inputs[lane][0], 7)]
        });
        each::<T, S>(isa, "lookup16", isa.lookup16(table16, index), inputs, |lane| {
            table16[of(inputs[lane][0], 15)]
        });
    });
    neighbours::<T, S>(isa);
}

/// Loads that widen and stores that narrow.
fn conversions<S: Isa>(isa: S) {
    let count = <S as Simd<f64>>::LANES;
    for block in singles::<f32>().as_flattened().chunks_exact(count) {
        let widened = |n: usize, lane: usize| if lane < n { block[lane] as f64 } else { 0.0 };
        let check = |name: &str, n: usize, v| {
            let mut got = vec![1.0; count];
            // SAFETY: `got` has `LANES` elements.
            unsafe { <S as Simd<f64>>::store(isa, got.as_mut_ptr(), v) };
            for (lane, &got) in got.iter().enumerate() {
                expect::<f64, S>(name, lane, &(n, &block), Nan::Any, got, widened(n, lane));
            }
        };
        // SAFETY: `block` has as many elements as there are `f64` lanes.
        check("load_widen", count, unsafe { isa.load_widen(block.as_ptr()) });
        for n in 0..=count {
            let exact: Box<[f32]> = block[..n].into();
            // SAFETY: `exact` has `n` elements.
            check("load_widen_partial", n, unsafe { isa.load_widen_partial(exact.as_ptr(), n) });
        }
    }
    blocks::<1, f64, S>(isa, &singles(), |inputs, [v]| {
        for n in 0..=count + 1 {
            let mut got = vec![GUARD as f32; count + 1];
            // SAFETY: `got` has more than `LANES` elements; the last round is the full store.
            unsafe {
                match n <= count {
                    true => isa.store_narrow_partial(got.as_mut_ptr(), n, v),
                    false => isa.store_narrow(got.as_mut_ptr(), v),
                }
            }
            for (lane, &got) in got.iter().enumerate() {
                let written = lane < n.min(count);
                let want = if written { inputs[lane][0] as f32 } else { GUARD as f32 };
                expect::<f32, S>("store_narrow", lane, &(n, inputs), Nan::Any, got, want);
            }
        }
    });
}

/// Stores around the caches, between guards.
fn streams<T: Sample, S: Simd<T>>(isa: S) {
    const ALIGN: usize = 64;
    let size = S::LANES * size_of::<T>();
    let mut random = Random(2);
    let values: Vec<T> = (0..S::LANES).map(|_| T::of_bits(random.next())).collect();
    let mut target = vec![GUARD; 3 * ALIGN.max(size)];
    let first = target.as_ptr().addr().wrapping_neg() % ALIGN.max(size);
    // SAFETY: a register that begins at an aligned address fits in the target.
    unsafe {
        isa.store_streaming(target.as_mut_ptr().add(first).cast(), isa.load(values.as_ptr()));
        isa.end_streams();
    }
    let expected: Vec<u8> =
        values.iter().flat_map(|x| x.bits().to_le_bytes().into_iter().take(size_of::<T>())).collect();
    assert_eq!(target[first..first + size], expected, "{} store_streaming of {:?}", S::NAME, T::DTYPE);
    let around = target[..first].iter().chain(&target[first + size..]);
    assert!(around.into_iter().all(|&byte| byte == GUARD), "{} store_streaming of {:?}", S::NAME, T::DTYPE);
}

/// `splat`, and loads and stores of every length at aligned and odd addresses, at the end of an allocation.
fn memory<T: Sample, S: Simd<T>>(isa: S) {
    for x in specials::<T>() {
        each::<T, S>(isa, "splat", isa.splat(x), &[x], |_| x);
    }
    let (size, mut random) = (size_of::<T>(), Random(1));
    streams::<T, S>(isa);
    for n in 0..=S::LANES + 1 {
        // Round `LANES + 1` is the full load and store.
        let (full, n) = (n > S::LANES, n.min(S::LANES));
        for offset in [0, 1] {
            let values: Vec<T> = (0..n).map(|_| T::of_bits(random.next() | 1)).collect();
            let mut bytes = Vec::with_capacity(offset + n * size);
            bytes.resize(offset, GUARD);
            bytes.extend(values.iter().flat_map(|x| x.bits().to_le_bytes().into_iter().take(size)));
            let mut target = vec![GUARD; offset + (S::LANES + 1) * size];
            // SAFETY: `n` elements follow the offset in `bytes`, more than `LANES` in `target`.
            let v = unsafe {
                let (from, to) = (bytes.as_ptr().add(offset).cast(), target.as_mut_ptr().add(offset).cast());
                let v = if full { isa.load(from) } else { isa.load_partial(from, n) };
                if full {
                    isa.store(to, v)
                } else {
                    isa.store_partial(to, n, v)
                };
                v
            };
            let name = if full { "load" } else { "load_partial" };
            each::<T, S>(isa, name, v, &[n, offset], |lane| *values.get(lane).unwrap_or(&T::ZERO));
            let name = if full { "store" } else { "store_partial" };
            assert_eq!(target[..bytes.len()], bytes, "{} {name}, {n} elements of {:?}", S::NAME, T::DTYPE);
            let behind = &target[bytes.len()..];
            assert!(
                behind.iter().all(|&b| b == GUARD),
                "{} {name}, {n} of {:?}: too much",
                S::NAME,
                T::DTYPE
            );
        }
    }
}

/// Everything that takes or gives a mask, comparisons aside.
fn masks<T: Sample, S: Simd<T>>(isa: S) {
    let mut random = Random(2);
    let mut patterns: Vec<Vec<u8>> = vec![vec![0; S::LANES], vec![1; S::LANES]];
    for lane in 0..S::LANES {
        patterns.push((0..S::LANES).map(|i| (i == lane) as u8).collect());
        patterns.push((0..S::LANES).map(|i| (i != lane) as u8 * 0x80).collect());
        patterns.push((0..S::LANES).map(|i| (i >= lane) as u8 * 0xff).collect());
    }
    for _ in 0..64 {
        patterns.push(
            (0..S::LANES).map(|_| [0, 0, 0, 1, 2, 0x7f, 0x80, 0xff][random.next() as usize % 8]).collect(),
        );
    }
    let last = patterns.len() - 1;
    let yes: Vec<T> = (0..S::LANES).map(|_| T::of_bits(random.next())).collect();
    let no: Vec<T> = (0..S::LANES).map(|_| T::of_bits(random.next())).collect();
    for (i, pattern) in patterns.iter().enumerate() {
        let other = &patterns[(i * 7 + 3) % last];
        let about = (S::NAME, T::DTYPE, pattern, other);
        // SAFETY: all of these have `LANES` elements.
        let (a, b, yes_raw, no_raw) = unsafe {
            let (a, b) = (isa.load_mask(pattern.as_ptr()), isa.load_mask(other.as_ptr()));
            (a, b, isa.load(yes.as_ptr()), isa.load(no.as_ptr()))
        };
        let stored = |m: S::Mask| truth_bytes::<T, S>(isa, m);
        let truth = |f: &dyn Fn(bool, bool) -> bool| -> Vec<u8> {
            pattern.iter().zip(other).map(|(&a, &b)| f(a != 0, b != 0) as u8).collect()
        };
        let set = pattern.iter().filter(|&&b| b != 0).count();
        assert_eq!(stored(a), truth(&|a, _| a), "load_mask, store_mask {about:?}");
        let mut four = vec![GUARD; 4 * S::LANES + 64];
        // SAFETY: there are more than `4 LANES` bytes.
        unsafe { isa.store_masks(four.as_mut_ptr(), [a, b, isa.mask_not(a), isa.mask_and(a, b)]) };
        let want =
            [truth(&|a, _| a), truth(&|_, b| b), truth(&|a, _| !a), truth(&|a, b| a && b), vec![GUARD; 64]];
        assert_eq!(four, want.concat(), "store_masks {about:?}");
        assert_eq!(stored(isa.mask_and(a, b)), truth(&|a, b| a && b), "mask_and {about:?}");
        assert_eq!(stored(isa.mask_or(a, b)), truth(&|a, b| a || b), "mask_or {about:?}");
        assert_eq!(stored(isa.mask_not(a)), truth(&|a, _| !a), "mask_not {about:?}");
        assert_eq!(isa.any(a), set > 0, "any {about:?}");
        assert_eq!(isa.all(a), set == S::LANES, "all {about:?}");
        assert_eq!(isa.count_true(a), set, "count_true {about:?}");
        let first = pattern.iter().position(|&b| b != 0).unwrap_or(S::LANES);
        assert_eq!(isa.first_true(a), first, "first_true {about:?}");
        // The complement has no stray bits beyond the lanes.
        let not = isa.mask_not(a);
        assert_eq!(
            (isa.any(not), isa.all(not)),
            (set < S::LANES, set == 0),
            "any, all of mask_not {about:?}"
        );
        assert_eq!(isa.count_true(not), S::LANES - set, "count_true of mask_not {about:?}");
        each::<T, S>(isa, "select", isa.select(a, yes_raw, no_raw), pattern, |lane| {
            if pattern[lane] != 0 { yes[lane] } else { no[lane] }
        });
    }
}

/// `pack16`, `pack32` and `pack64`, where the set has them.
fn packs<S: Isa>(isa: S) {
    let lanes = <S as Simd<u8>>::LANES;
    let bytes: Vec<u8> = (0..lanes).map(|i| (i * 37 + 5) as u8 | ((i & 1) << 7) as u8).collect();
    macro_rules! pack {
        ($($pack:ident $t:ty, $n:literal;)*) => {$(
            let wide: Vec<$t> = bytes.iter().map(|&byte| byte.into()).collect();
            if $n * <S as Simd<$t>>::LANES == lanes {
                // SAFETY: the registers have as many lanes as there are elements.
                let v = from_fn(|k| unsafe { Simd::<$t>::load(isa, wide.as_ptr().add(k * <S as Simd<$t>>::LANES)) });
                if let Some(packed) = isa.$pack(v) {
                    each::<u8, S>(isa, stringify!($pack), packed, &bytes, |lane| bytes[lane]);
                }
            }
        )*};
    }
    pack! { pack16 u16, 2; pack32 u32, 4; pack64 u64, 8; }
}

/// `unzip` and `zip`.
fn neighbours<T: Sample + FloatLane, S: SimdFloat<T>>(isa: S) {
    let lanes = <S as Simd<T>>::LANES;
    let places: Vec<T> = (0..2 * lanes).map(|i| T::from_f64(i as f64)).collect();
    // SAFETY: there are two registers of elements.
    let (a, b) = unsafe { (isa.load(places.as_ptr()), isa.load(places.as_ptr().add(lanes))) };
    let (even, odd) = SimdFloat::<T>::unzip(isa, a, b);
    let mut parts = [vec![T::ZERO; lanes], vec![T::ZERO; lanes]];
    // SAFETY: there is room for a register in each.
    unsafe {
        isa.store(parts[0].as_mut_ptr(), even);
        isa.store(parts[1].as_mut_ptr(), odd);
    }
    let mut seen: Vec<T> = parts[0].iter().zip(&parts[1]).flat_map(|(&even, &odd)| [even, odd]).collect();
    seen.chunks_mut(2).for_each(|pair| assert_eq!(pair[0] + T::ONE, pair[1], "{} unzip: {parts:?}", S::NAME));
    seen.sort_by(|x, y| x.partial_cmp(y).expect("no NaN"));
    assert_eq!(seen, places, "{} unzip", S::NAME);
    let (first, second) = SimdFloat::<T>::zip(isa, even, odd);
    each::<T, S>(isa, "zip", first, &places, |lane| places[lane]);
    each::<T, S>(isa, "zip", second, &places, |lane| places[lanes + lane]);
}

/// `prefix_step` and `splat_last`.
fn permutes<T: Sample, S: Simd<T>>(isa: S) {
    blocks::<2, T, S>(isa, &pairs(), |inputs, [a, identity]| {
        each::<T, S>(isa, "splat_last", isa.splat_last(a), inputs, |_| inputs[S::LANES - 1][0]);
        for step in (0..S::LANES.trailing_zeros()).map(|k| 1 << k) {
            each::<T, S>(isa, "prefix_step", isa.prefix_step(a, step, identity), &(step, inputs), |i| {
                if i & step != 0 { inputs[i - i % (2 * step) + step - 1][0] } else { inputs[i][1] }
            });
        }
    });
}

/// Calls `f` with each `LANES` inputs and their vectors.
fn blocks<const K: usize, T: Sample, S: Simd<T>>(
    isa: S,
    inputs: &[[T; K]],
    mut f: impl FnMut(&[[T; K]], [S::Raw; K]),
) {
    for block in inputs.chunks_exact(S::LANES) {
        let mut column = [T::ZERO; PADDING];
        let raw = from_fn(|k| {
            column.iter_mut().zip(block).for_each(|(x, row)| *x = row[k]);
            // SAFETY: `column` has at least `LANES` elements.
            unsafe { isa.load(column.as_ptr()) }
        });
        f(block, raw);
    }
}

/// Compares the vector operation `op` with `want`, which is its meaning for one lane.
fn lanes<const K: usize, T: Sample, S: Simd<T>>(
    isa: S,
    name: &str,
    nan: Nan,
    inputs: &[[T; K]],
    op: impl Fn([S::Raw; K]) -> S::Raw,
    want: impl Fn([T; K]) -> T,
) {
    blocks::<K, T, S>(isa, inputs, |block, raw| {
        let mut got = [T::ZERO; PADDING];
        // SAFETY: `got` has at least `LANES` elements.
        unsafe { isa.store(got.as_mut_ptr(), op(raw)) };
        for (lane, (&input, &got)) in block.iter().zip(&got).enumerate() {
            expect::<T, S>(name, lane, &input, nan, got, want(input));
        }
    });
}

/// Compares a vector comparison with its meaning for one lane.
fn truths<T: Sample, S: Simd<T>>(
    isa: S,
    name: &str,
    inputs: &[[T; 2]],
    op: impl Fn(S::Raw, S::Raw) -> S::Mask,
    want: impl Fn(T, T) -> bool,
) {
    blocks::<2, T, S>(isa, inputs, |block, [a, b]| {
        let want: Vec<u8> = block.iter().map(|&[a, b]| want(a, b) as u8).collect();
        let got = truth_bytes::<T, S>(isa, op(a, b));
        assert_eq!(got, want, "{} {name} of {:?}: {block:?}", S::NAME, T::DTYPE);
    });
}

/// The mask as `store_mask` writes it; the bytes behind must not change.
fn truth_bytes<T: Sample, S: Simd<T>>(isa: S, mask: S::Mask) -> Vec<u8> {
    let mut bytes = vec![GUARD; S::LANES + 64];
    // SAFETY: there are more than `LANES` bytes.
    unsafe { isa.store_mask(bytes.as_mut_ptr(), mask) };
    assert!(
        bytes[S::LANES..].iter().all(|&b| b == GUARD),
        "{} store_mask of {:?}: too much",
        S::NAME,
        T::DTYPE
    );
    bytes.truncate(S::LANES);
    bytes
}

/// Compares all lanes of `v` with `want`, which gives the value of a lane; bits are kept.
fn each<T: Sample, S: Simd<T>>(
    isa: S,
    name: &str,
    v: S::Raw,
    input: &(impl Debug + ?Sized),
    want: impl Fn(usize) -> T,
) {
    let mut got = [T::ZERO; PADDING];
    // SAFETY: `got` has at least `LANES` elements.
    unsafe { isa.store(got.as_mut_ptr(), v) };
    for (lane, &got) in got[..S::LANES].iter().enumerate() {
        expect::<T, S>(name, lane, input, Nan::Kept, got, want(lane));
    }
}

/// One lane.
fn expect<T: Sample, S: Token>(
    name: &str,
    lane: usize,
    input: &(impl Debug + ?Sized),
    nan: Nan,
    got: T,
    want: T,
) {
    let same = got.bits() == want.bits() || nan == Nan::Any && got.is_nan() && want.is_nan();
    assert!(
        same,
        "{} {name} of {:?}, lane {lane}: got {got:?} ({:#x}), not {want:?} ({:#x}), for {input:?}",
        S::NAME,
        T::DTYPE,
        got.bits(),
        want.bits()
    );
}

/// How NaN results compare.
#[derive(Clone, Copy, PartialEq)]
enum Nan {
    /// By their bits.
    Kept,
    /// As NaN.
    Any,
}

/// What stands behind the elements that may be written.
const GUARD: u8 = 0xa5;
