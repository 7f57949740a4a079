//! Random numbers: against the definition written out for one number, at all positions, and by their distribution.

use isonum_kernels::Scalar;
use isonum_kernels::random::*;
use std::fmt::Debug;
use std::mem::MaybeUninit;

type Fill<T> = fn(Scalar, Stream, u64, &mut [MaybeUninit<T>]);

const STREAM: Stream = Stream { seed: 0x0123_4567_89ab_cdef, number: 0xfeed_f00d_dead_beef };

fn draw<T: Copy>(fill: Fill<T>, stream: Stream, position: u64, len: usize) -> Vec<T> {
    let mut out = vec![MaybeUninit::uninit(); len];
    fill(Scalar, stream, position, &mut out);
    // SAFETY: filled.
    out.iter().map(|x| unsafe { x.assume_init() }).collect()
}

/// A block, with products of 64 bits and nothing else.
fn block(stream: Stream, i: u64) -> [u32; 4] {
    let halves = |x: u64| (x as u32, (x >> 32) as u32);
    let ((mut a, mut b), (mut c, mut d)) = (halves(i), halves(stream.number));
    let (mut k, mut l) = halves(stream.seed);
    for _ in 0..10 {
        let (first, second) = (u64::from(a) * 0xd251_1f53, u64::from(c) * 0xcd9e_8d57);
        (a, b, c, d) =
            ((second >> 32) as u32 ^ b ^ k, second as u32, (first >> 32) as u32 ^ d ^ l, first as u32);
        (k, l) = (k.wrapping_add(0x9e37_79b9), l.wrapping_add(0xbb67_ae85));
    }
    [a, b, c, d]
}

fn word(stream: Stream, i: u64) -> u32 {
    block(stream, i / 4)[(i % 4) as usize]
}

fn pair(stream: Stream, i: u64) -> u64 {
    u64::from(word(stream, 2 * i)) | u64::from(word(stream, 2 * i + 1)) << 32
}

fn uniform(stream: Stream, i: u64) -> f64 {
    (pair(stream, i) >> 11) as f64 * 0.5f64.powi(53)
}

fn normal(stream: Stream, i: u64) -> f64 {
    let (u, v) = (uniform(stream, i & !1), uniform(stream, i | 1));
    let radius = (-2.0 * (1.0 - u).ln()).sqrt();
    let angle = std::f64::consts::TAU * v;
    radius * if i.is_multiple_of(2) { angle.cos() } else { angle.sin() }
}

#[test]
fn definition() {
    for stream in [Stream::new(0), Stream::new(7), STREAM] {
        for start in [0, 1, 6, (1 << 33) - 5, (1 << 40) + 3] {
            let at = |i: usize| start + i as u64;
            let words = draw(fill_u32, stream, start, 40);
            let pairs = draw(fill_u64, stream, start, 40);
            let fractions = draw(fill_uniform_f64, stream, start, 40);
            let short = draw(fill_uniform_f32, stream, start, 40);
            let normals = draw(fill_normal_f64, stream, start, 40);
            let narrow = draw(fill_normal_f32, stream, start, 40);
            for i in 0..40 {
                assert_eq!(words[i], word(stream, at(i)));
                assert_eq!(pairs[i], pair(stream, at(i)));
                assert_eq!(fractions[i], uniform(stream, at(i)));
                assert_eq!(short[i], (word(stream, at(i)) >> 8) as f32 / 16_777_216.0);
                let expected = normal(stream, at(i));
                assert!((normals[i] - expected).abs() <= 1e-15 * expected.abs().max(0.1), "{expected}");
                assert_eq!(narrow[i], normals[i] as f32);
            }
        }
    }
}

/// The bits of this release. A change of the streams is one that users are told of.
#[test]
fn bits_are_kept() {
    assert_eq!(draw(fill_u32, Stream::new(0), 0, 4), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
    let normals =
        draw(fill_normal_f64, Stream::new(42), 0, 4).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let kept = [0xbfe3_71e0_9f80_c7dc, 0x3fee_46d1_6bfa_e949, 0xbfeb_510d_5acb_221c, 0x3fd0_20a3_f176_0d4e];
    assert_eq!(normals, kept, "{normals:#x?}");
}

fn at_all_positions<T: Copy + PartialEq + Debug>(fill: Fill<T>) {
    let whole = draw(fill, STREAM, 100, 80);
    for start in 0..20 {
        for len in 0..40 {
            assert_eq!(draw(fill, STREAM, 100 + start, len), &whole[start as usize..][..len]);
        }
    }
}

#[test]
fn an_element_depends_on_its_position_alone() {
    at_all_positions(fill_u32);
    at_all_positions(fill_u64);
    at_all_positions(fill_uniform_f32);
    at_all_positions(fill_uniform_f64);
    at_all_positions(fill_normal_f32);
    at_all_positions(fill_normal_f64);
}

#[test]
fn the_last_positions() {
    assert_eq!(draw(fill_u64, STREAM, u64::MAX, 1), [pair_at_end()]);
    fn pair_at_end() -> u64 {
        let [.., low, high] = block(STREAM, u64::MAX / 2);
        u64::from(low) | u64::from(high) << 32
    }
    assert_eq!(draw(fill_u32, STREAM, u64::MAX, 1), [block(STREAM, u64::MAX / 4)[3]]);
}

#[test]
fn streams_differ() {
    let first = |stream| draw(fill_u64, stream, 0, 2);
    let streams = [
        Stream::new(0),
        Stream::new(1),
        Stream::new(1 << 32),
        Stream { seed: 0, number: 1 },
        Stream { seed: 0, number: 1 << 32 },
    ];
    for (i, &a) in streams.iter().enumerate() {
        assert!(streams[..i].iter().all(|&b| first(a) != first(b)));
    }
}

/// Mean, variance, skewness and excess of the fourth moment.
fn moments(x: &[f64]) -> [f64; 4] {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let central = |k| x.iter().map(|x| (x - mean).powi(k)).sum::<f64>() / n;
    let variance = central(2);
    [mean, variance, central(3) / variance.powf(1.5), central(4) / (variance * variance)]
}

/// The largest distance of the distribution from `cdf`, times √n: beyond 1.95 once in a thousand.
fn kolmogorov(x: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let mut x = x.to_vec();
    x.sort_by(f64::total_cmp);
    let n = x.len() as f64;
    let distance =
        |(i, &x): (usize, &f64)| (cdf(x) - i as f64 / n).abs().max((cdf(x) - (i + 1) as f64 / n).abs());
    x.iter().enumerate().map(distance).fold(0.0, f64::max) * n.sqrt()
}

#[track_caller]
fn near(found: f64, expected: f64, deviation: f64) {
    assert!((found - expected).abs() < 4.0 * deviation, "{found}, expected {expected} ± {deviation}");
}

const N: usize = 200_000;

#[test]
fn uniform_distribution() {
    let short = draw(fill_uniform_f32, Stream::new(1), 0, N).iter().map(|&x| f64::from(x)).collect();
    for x in [draw(fill_uniform_f64, Stream::new(1), 0, N), short] {
        assert!(x.iter().all(|x| (0.0..1.0).contains(x)));
        let n = N as f64;
        let [mean, variance, skewness, fourth] = moments(&x);
        near(mean, 0.5, (1.0 / 12.0 / n).sqrt());
        near(variance, 1.0 / 12.0, (1.0 / 180.0 / n).sqrt());
        near(skewness, 0.0, (6.0 / n).sqrt());
        near(fourth, 1.8, (24.0 / n).sqrt());
        assert!(kolmogorov(&x, |x| x) < 1.95);
        let product: f64 = x.windows(2).map(|x| (x[0] - 0.5) * (x[1] - 0.5)).sum::<f64>() / n;
        near(product, 0.0, 1.0 / 12.0 / n.sqrt());
    }
}

#[test]
fn normal_distribution() {
    let x = draw(fill_normal_f64, Stream::new(1), 0, N);
    let n = N as f64;
    let [mean, variance, skewness, fourth] = moments(&x);
    near(mean, 0.0, (1.0 / n).sqrt());
    near(variance, 1.0, (2.0 / n).sqrt());
    near(skewness, 0.0, (6.0 / n).sqrt());
    near(fourth, 3.0, (24.0 / n).sqrt());
    for step in [1, 2] {
        let product: f64 = x.iter().zip(&x[step..]).map(|(a, b)| a * b).sum::<f64>() / n;
        near(product, 0.0, 1.0 / n.sqrt());
    }
    // The distribution by Simpson's rule on the density, from −9.
    let density = |x: f64| (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt();
    let h = 1.0 / 512.0;
    let mut table = vec![0.0];
    for i in 0..18 * 512 {
        let x = i as f64 * h - 9.0;
        table.push(table[i] + h / 6.0 * (density(x) + 4.0 * density(x + h / 2.0) + density(x + h)));
    }
    let cdf = |x: f64| {
        let at = (x + 9.0) / h;
        let (i, part) = (at.floor(), at.fract());
        table[i as usize] * (1.0 - part) + table[i as usize + 1] * part
    };
    assert!(kolmogorov(&x, cdf) < 1.95);
}
