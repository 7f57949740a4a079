//! Random numbers from a seed, the same on every machine, backend and number of threads.
//!
//! A [`Generator`] counts its calls. Each call draws from a stream of its own, Philox 4×32-10 (Salmon, Moraes, Dror and
//! Shaw 2011) keyed by the seed and numbered by the call, and element `i` of the result is a function of `i` alone.
//! It is not for cryptography.
//!
//! **Until version 1.0 the numbers that a seed gives may change between versions.**
//!
//! # Examples
//! ```
//! use isonum::random::Generator;
//! let mut rng = Generator::new(42);
//! let x = rng.standard_normal::<f64>([1000, 3]);
//! assert_eq!(x.shape(), [1000, 3]);
//! assert!(x.mean().abs() < 0.1);
//! assert_eq!(Generator::new(42).standard_normal::<f64>([1000, 3]), x);
//! ```

use crate::array::lengths;
use crate::macros::{OrPanic, twin_methods};
use crate::{Array, ArrayLike, DType, Element, Error, Float, Integer, IntoShape, Result, Storage};
use isonum_runtime::random::{Draw, Normal32, Normal64, Stream, Uniform32, Uniform64, Words, fill};

/// A source of random numbers.
///
/// Clones draw the same numbers. For threads of your own, give each a generator with a seed of its own.
#[doc(alias = "default_rng")]
#[doc(alias = "manual_seed")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    next: Stream,
}

/// `fill` of a type that is `T`.
fn filled<T: Element, D: Draw>(draw: D, stream: Stream, shape: &[usize]) -> Result<Storage<T>> {
    Ok(fill(draw, stream, shape)?.same_type().expect("matched by dtype"))
}

impl Generator {
    /// The generator of a seed.
    ///
    /// # Examples
    /// ```
    /// use isonum::random::Generator;
    /// let (mut a, mut b) = (Generator::new(1), Generator::new(2));
    /// assert_ne!(a.random::<f64>(4), b.random::<f64>(4));
    /// ```
    pub fn new(seed: u64) -> Generator {
        Generator { next: Stream::new(seed) }
    }

    /// A stream that no other call has had.
    fn stream(&mut self) -> Stream {
        let stream = self.next;
        self.next.number = stream.number.wrapping_add(1);
        stream
    }

    /// The numbers of [`random`](Self::random).
    fn unit<T: Float>(&mut self, shape: impl IntoShape) -> Result<Array<T>> {
        let (stream, shape) = (self.stream(), lengths(shape)?);
        match T::DTYPE {
            DType::F32 => filled(Uniform32, stream, &shape).map(Array),
            _ => filled(Uniform64, stream, &shape).map(Array),
        }
    }

    /// The numbers of [`standard_normal`](Self::standard_normal).
    fn bell<T: Float>(&mut self, shape: impl IntoShape) -> Result<Array<T>> {
        let (stream, shape) = (self.stream(), lengths(shape)?);
        match T::DTYPE {
            DType::F32 => filled(Normal32, stream, &shape).map(Array),
            _ => filled(Normal64, stream, &shape).map(Array),
        }
    }

    twin_methods! { &mut self;
        /// Numbers in [0, 1): multiples of 2⁻⁵³ (`f32`: 2⁻²⁴), all equally likely.
        ///
        /// # Panics
        /// If the shape has a negative length or there is no memory for it.
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let u = Generator::new(0).random::<f64>(10_000);
        /// assert!(u.min() >= 0.0 && u.max() < 1.0 && (u.mean() - 0.5).abs() < 0.02);
        /// ```
        #[doc(alias = "rand")]
        fn random try_random [T: Float] (shape: impl IntoShape) -> Array<T> {
            self.unit(shape)
        }

        /// Numbers in [`low`, `high`): `low + (high - low) * u` of the numbers `u` of [`random`](Self::random), so
        /// that rounding may give `high`.
        ///
        /// # Panics
        /// As [`random`](Self::random).
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let x = Generator::new(0).uniform(-1.0, 1.0, [100, 2]);
        /// assert!(x.min() >= -1.0 && x.max() <= 1.0);
        /// ```
        fn uniform try_uniform [T: Float] (low: T, high: T, shape: impl IntoShape) -> Array<T> {
            crate::try_mul_add(self.unit(shape)?, high - low, low)
        }

        /// Normally distributed numbers of mean 0 and standard deviation 1 (Box–Muller; none beyond ±8.58).
        ///
        /// # Panics
        /// As [`random`](Self::random).
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let z = Generator::new(0).standard_normal::<f64>(10_000);
        /// assert!(z.mean().abs() < 0.05 && (z.std() - 1.0).abs() < 0.05);
        /// ```
        #[doc(alias = "randn")]
        fn standard_normal try_standard_normal [T: Float] (shape: impl IntoShape) -> Array<T> {
            self.bell(shape)
        }

        /// Normally distributed numbers of mean `mean` and standard deviation `std`.
        ///
        /// # Panics
        /// As [`random`](Self::random).
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let x = Generator::new(0).normal(10.0f64, 2.0, 10_000);
        /// assert!((x.mean() - 10.0).abs() < 0.1);
        /// ```
        fn normal try_normal [T: Float] (mean: T, std: T, shape: impl IntoShape) -> Array<T> {
            crate::try_mul_add(self.bell(shape)?, std, mean)
        }

        /// Integers from `low` up to, not including, `high`; to within 2⁻⁶⁴ all equally likely.
        ///
        /// # Panics
        /// As [`random`](Self::random), and if `low` is not below `high`.
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let dice = Generator::new(0).integers(1, 7, 1000);
        /// assert_eq!((dice.min(), dice.max()), (1, 6));
        /// ```
        #[doc(alias = "randint")]
        fn integers try_integers [I: Integer] (low: I, high: I, shape: impl IntoShape) -> Array<I> {
            if low >= high {
                return Err(Error::invalid_argument("low", format!("must be below {high}, found {low}")));
            }
            let words = fill(Words, self.stream(), &lengths(shape)?)?;
            let wide = |x: I| x.to_i128().unwrap_or_default();
            let range = (wide(high) - wide(low)) as u128;
            let pick = |word: u64| I::from(wide(low) + ((u128::from(word) * range) >> 64) as i128);
            Ok(Array(words).map(|word| pick(word).unwrap_or(low)))
        }

        /// The numbers 0 to `n` − 1 in random order.
        ///
        /// # Panics
        /// If there is no memory for them.
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let order = Generator::new(0).permutation(100);
        /// assert_eq!(order.sum(), 99 * 100 / 2);
        /// ```
        #[doc(alias = "randperm")]
        fn permutation try_permutation [] (n: usize) -> Array<i64> {
            let words = fill(Words, self.stream(), &[n])?.into_vec()?;
            let mut order = crate::try_arange::<i64>(0, n as i64, 1)?.try_into_vec()?;
            // Fisher and Yates: each position from the last on gets one of those before it, or itself.
            for i in (1..n).rev() {
                let j = ((u128::from(words[i]) * (i as u128 + 1)) >> 64) as usize;
                order.swap(i, j);
            }
            Ok(Array::from_vec(order))
        }

        /// The parts of `a` along axis 0 in random order.
        ///
        /// # Panics
        /// If `a` has no axes, or there is no memory for the result.
        ///
        /// # Examples
        /// ```
        /// use isonum::random::Generator;
        /// let rows = Generator::new(3).shuffled([[1i64, 2], [3, 4], [5, 6]]);
        /// assert_eq!(rows.sum_axis(0), [9, 12]);
        /// ```
        #[doc(alias = "shuffle")]
        fn shuffled try_shuffled [T: Element] (a: impl ArrayLike<T>) -> Array<T> {
            let view = a.view();
            let n = view.shape().first().copied().unwrap_or(0);
            crate::try_take(&view, self.try_permutation(n)?, 0)
        }
    }
}
