//! Special values: what functions give for zeros, infinities and NaN, and where they turn to them. A table for each
//! function, for both float types where nothing else is said; C's Annex F says what they should be.

use crate::accuracy::{Checked, same};
use crate::oracle::{Reference, reference};
use isonum_core::registry::Unary;
use isonum_core::{DType, Element, Given, View};
use isonum_runtime::{backend, elementwise};

/// The results of a function for some inputs.
struct Specials {
    function: &'static str,
    /// Of one float type only.
    only: Option<DType>,
    /// Inputs and results.
    pairs: &'static [(f64, f64)],
}

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
/// The smallest subnormal numbers.
const TINY: f64 = 5e-324;
const TINY_SINGLE: f64 = 1.401_298_464_324_817e-45;
const FRAC_PI_2: f64 = std::f64::consts::FRAC_PI_2;
const FRAC_PI_2_SINGLE: f64 = std::f32::consts::FRAC_PI_2 as f64;
const LARGEST_SINGLE: f64 = f32::MAX as f64;

macro_rules! table {
    ($($function:literal $of:ident: [$($x:expr => $y:expr),*];)*) => {
        &[$(Specials { function: $function, only: table!(@ $of), pairs: &[$(($x, $y)),*] },)*]
    };
    (@ Both) => { None };
    (@ $only:ident) => { Some(DType::$only) };
}

#[rustfmt::skip]
const TABLE: &[Specials] = table! {
    "exp" Both: [0.0 => 1.0, -0.0 => 1.0, INF => INF, -INF => 0.0, NAN => NAN, 1e4 => INF, -1e4 => 0.0];
    "exp" F64: [TINY => 1.0, 709.782_712_893_384 => 1.797_693_134_862_273_2e308, 709.782_712_893_384_1 => INF,
        -745.133_219_101_941_1 => TINY, -745.133_219_101_941_2 => 0.0, f64::MAX => INF, f64::MIN => 0.0];
    "exp" F32: [TINY_SINGLE => 1.0, 88.722_831_726_074_22 => f32::from_bits(0x7f7f_ff84) as f64, 88.722_839_355_468_75 => INF,
        -103.972_076_416_015_62 => TINY_SINGLE, -103.972_084_045_410_16 => 0.0, LARGEST_SINGLE => INF, -LARGEST_SINGLE => 0.0];
    "exp2" Both: [0.0 => 1.0, -0.0 => 1.0, 1.0 => 2.0, -1.0 => 0.5, 10.0 => 1024.0, INF => INF, -INF => 0.0, NAN => NAN,
        1e4 => INF, -1e4 => 0.0];
    "exp2" F64: [TINY => 1.0, 1023.0 => 8.988_465_674_311_58e307, 1024.0 => INF, 1_023.999_999_999_999_9 => 1.797_693_134_862_174_2e308,
        -1022.0 => f64::MIN_POSITIVE, -1074.0 => TINY, -1074.5 => TINY, -1075.0 => 0.0, f64::MAX => INF, f64::MIN => 0.0];
    "exp2" F32: [TINY_SINGLE => 1.0, 127.0 => 1.701_411_834_604_692_3e38, 128.0 => INF, -126.0 => f32::MIN_POSITIVE as f64,
        -149.0 => TINY_SINGLE, -149.5 => TINY_SINGLE, -150.0 => 0.0, LARGEST_SINGLE => INF];
    "exp10" Both: [0.0 => 1.0, -0.0 => 1.0, 1.0 => 10.0, 2.0 => 100.0, 10.0 => 1e10, -1.0 => 0.1, INF => INF, -INF => 0.0, NAN => NAN,
        1e4 => INF, -1e4 => 0.0];
    "exp10" F64: [TINY => 1.0, 22.0 => 1e22, 308.0 => 1e308, 308.254_715_559_916_7 => 1.797_693_134_862_092_6e308, 309.0 => INF, -300.0 => 1e-300, -323.0 => 1e-323,
        -324.0 => 0.0, f64::MAX => INF, f64::MIN => 0.0];
    "exp10" F32: [TINY_SINGLE => 1.0, 38.0 => 1e38, 39.0 => INF, -45.0 => 1e-45, -46.0 => 0.0, LARGEST_SINGLE => INF];
    "expm1" Both: [0.0 => 0.0, -0.0 => -0.0, INF => INF, -INF => -1.0, NAN => NAN, -1e4 => -1.0, 1e4 => INF];
    "expm1" F64: [TINY => TINY, -TINY => -TINY, 1e-20 => 1e-20, 709.782_712_893_384 => 1.797_693_134_862_273_2e308, 709.782_712_893_384_1 => INF,
        f64::MAX => INF, f64::MIN => -1.0];
    "expm1" F32: [TINY_SINGLE => TINY_SINGLE, 88.722_831_726_074_22 => f32::from_bits(0x7f7f_ff84) as f64, 88.722_839_355_468_75 => INF];
    "rsqrt" Both: [1.0 => 1.0, 4.0 => 0.5, 0.25 => 2.0, 0.0 => INF, -0.0 => -INF, INF => 0.0, -INF => NAN, -1.0 => NAN, NAN => NAN];
    "rsqrt" F64: [TINY => 4.498_913_794_543_196_4e161, -TINY => NAN, f64::MAX => 7.458_340_731_200_207e-155];
    "rsqrt" F32: [TINY_SINGLE => 2.671_373_844_909_537e22, -TINY_SINGLE => NAN, LARGEST_SINGLE => 5.421_010_862_427_522e-20];
    "cbrt" Both: [0.0 => 0.0, -0.0 => -0.0, 8.0 => 2.0, -27.0 => -3.0, 1e9 => 1000.0, INF => INF, -INF => -INF, NAN => NAN];
    "cbrt" F64: [TINY => 1.703_183_936_003_260_3e-108, f64::MAX => 5.643_803_094_122_362e102];
    "cbrt" F32: [TINY_SINGLE => 1.119_034_697_018_465e-15, LARGEST_SINGLE => 6_981_463_490_560.0];
    "deg2rad" Both: [0.0 => 0.0, -0.0 => -0.0, INF => INF, -INF => -INF, NAN => NAN];
    "deg2rad" F64: [180.0 => std::f64::consts::PI, -90.0 => -std::f64::consts::FRAC_PI_2, TINY => 0.0, -TINY => -0.0];
    "deg2rad" F32: [180.0 => std::f32::consts::PI as f64, TINY_SINGLE => 0.0, -TINY_SINGLE => -0.0];
    "rad2deg" Both: [0.0 => 0.0, -0.0 => -0.0, INF => INF, -INF => -INF, NAN => NAN];
    "rad2deg" F64: [std::f64::consts::PI => 180.0, TINY => 57.0 * TINY, f64::MAX => INF, f64::MIN => -INF];
    "rad2deg" F32: [TINY_SINGLE => 57.0 * TINY_SINGLE, LARGEST_SINGLE => INF];
    "log" Both: [1.0 => 0.0, 0.0 => -INF, -0.0 => -INF, -1.0 => NAN, -INF => NAN, INF => INF, NAN => NAN];
    "log" F64: [TINY => -744.440_071_921_381_2, -TINY => NAN, f64::MAX => 709.782_712_893_384];
    "log" F32: [TINY_SINGLE => -103.278_930_664_062_5, -TINY_SINGLE => NAN, LARGEST_SINGLE => 88.722_839_355_468_75];
    "log2" Both: [1.0 => 0.0, 2.0 => 1.0, 1024.0 => 10.0, 0.125 => -3.0, 0.0 => -INF, -0.0 => -INF, -1.0 => NAN, -INF => NAN, INF => INF, NAN => NAN];
    "log2" F64: [TINY => -1074.0, f64::MIN_POSITIVE => -1022.0, 8.988_465_674_311_58e307 => 1023.0, f64::MAX => 1024.0];
    "log2" F32: [TINY_SINGLE => -149.0, f32::MIN_POSITIVE as f64 => -126.0, 1.701_411_834_604_692_3e38 => 127.0, LARGEST_SINGLE => 128.0];
    "log10" Both: [1.0 => 0.0, 10.0 => 1.0, 1000.0 => 3.0, 1e10 => 10.0, 0.0 => -INF, -0.0 => -INF, -1.0 => NAN, -INF => NAN, INF => INF, NAN => NAN];
    "log10" F64: [1e22 => 22.0, TINY => -323.306_215_343_115_8, f64::MAX => 308.254_715_559_916_75];
    "log10" F32: [TINY_SINGLE => -44.853_469_848_632_81, LARGEST_SINGLE => 38.531_841_278_076_17];
    "log1p" Both: [0.0 => 0.0, -0.0 => -0.0, -1.0 => -INF, -2.0 => NAN, -INF => NAN, INF => INF, NAN => NAN, 1e-30 => 1e-30];
    "log1p" F64: [TINY => TINY, -TINY => -TINY, f64::MAX => 709.782_712_893_384, -0.999_999_999_999_999_9 => -36.736_800_569_677_1];
    "log1p" F32: [TINY_SINGLE => TINY_SINGLE, LARGEST_SINGLE => 88.722_839_355_468_75];
    "sin" Both: [0.0 => 0.0, -0.0 => -0.0, INF => NAN, -INF => NAN, NAN => NAN];
    "sin" F64: [TINY => TINY, -TINY => -TINY, f64::MIN_POSITIVE => f64::MIN_POSITIVE,
        std::f64::consts::FRAC_PI_2 => 1.0, -std::f64::consts::FRAC_PI_2 => -1.0];
    "sin" F32: [TINY_SINGLE => TINY_SINGLE, std::f32::consts::FRAC_PI_2 as f64 => 1.0];
    "cos" Both: [0.0 => 1.0, -0.0 => 1.0, INF => NAN, -INF => NAN, NAN => NAN];
    "cos" F64: [TINY => 1.0, std::f64::consts::FRAC_PI_2 => 6.123_233_995_736_766e-17, std::f64::consts::PI => -1.0];
    "cos" F32: [TINY_SINGLE => 1.0, std::f32::consts::PI as f64 => -1.0];
    "sinh" Both: [0.0 => 0.0, -0.0 => -0.0, INF => INF, -INF => -INF, NAN => NAN, 1e4 => INF, -1e4 => -INF, 1e-20 => 1e-20];
    "sinh" F64: [TINY => TINY, 710.475_860_073_943_9 => 1.797_693_134_862_174_4e308, 710.475_860_073_944 => INF];
    "sinh" F32: [TINY_SINGLE => TINY_SINGLE, 89.415_985_107_421_88 => 3.402_819_612_727_464e38, 89.415_992_736_816_4 => INF];
    "cosh" Both: [0.0 => 1.0, -0.0 => 1.0, INF => INF, -INF => INF, NAN => NAN, 1e4 => INF, -1e4 => INF, 1e-20 => 1.0];
    "cosh" F64: [TINY => 1.0, 710.475_860_073_943_9 => 1.797_693_134_862_174_4e308, -710.475_860_073_944 => INF];
    "cosh" F32: [TINY_SINGLE => 1.0, -89.415_985_107_421_88 => 3.402_819_612_727_464e38, 89.415_992_736_816_4 => INF];
    "tan" Both: [0.0 => 0.0, -0.0 => -0.0, INF => NAN, -INF => NAN, NAN => NAN];
    "tan" F64: [TINY => TINY, -TINY => -TINY, f64::MIN_POSITIVE => f64::MIN_POSITIVE,
        std::f64::consts::FRAC_PI_2 => 16_331_239_353_195_370.0, -std::f64::consts::PI => 1.224_646_799_147_353_2e-16];
    "tan" F32: [TINY_SINGLE => TINY_SINGLE, -TINY_SINGLE => -TINY_SINGLE, std::f32::consts::FRAC_PI_2 as f64 => -22_877_332.0];
    "asin" Both: [0.0 => 0.0, -0.0 => -0.0, INF => NAN, -INF => NAN, NAN => NAN, 1.5 => NAN, -1.5 => NAN];
    "asin" F64: [TINY => TINY, -TINY => -TINY, 1.0 => FRAC_PI_2, -1.0 => -FRAC_PI_2, 1.000_000_000_000_000_2 => NAN, f64::MAX => NAN];
    "asin" F32: [TINY_SINGLE => TINY_SINGLE, 1.0 => FRAC_PI_2_SINGLE, -1.0 => -FRAC_PI_2_SINGLE, 1.000_000_119_209_289_6 => NAN,
        LARGEST_SINGLE => NAN];
    "acos" Both: [1.0 => 0.0, INF => NAN, -INF => NAN, NAN => NAN, 1.5 => NAN, -1.5 => NAN];
    "acos" F64: [0.0 => FRAC_PI_2, -0.0 => FRAC_PI_2, -1.0 => std::f64::consts::PI, TINY => FRAC_PI_2, -TINY => FRAC_PI_2,
        -1.000_000_000_000_000_2 => NAN, f64::MIN => NAN];
    "acos" F32: [0.0 => FRAC_PI_2_SINGLE, -0.0 => FRAC_PI_2_SINGLE, -1.0 => std::f32::consts::PI as f64,
        -TINY_SINGLE => FRAC_PI_2_SINGLE, -1.000_000_119_209_289_6 => NAN];
    "atan" Both: [0.0 => 0.0, -0.0 => -0.0, NAN => NAN];
    "atan" F64: [TINY => TINY, -TINY => -TINY, f64::MIN_POSITIVE => f64::MIN_POSITIVE, 1.0 => FRAC_PI_2 / 2.0, INF => FRAC_PI_2,
        -INF => -FRAC_PI_2, f64::MAX => FRAC_PI_2, 1e17 => FRAC_PI_2];
    "atan" F32: [TINY_SINGLE => TINY_SINGLE, -TINY_SINGLE => -TINY_SINGLE, 1.0 => FRAC_PI_2_SINGLE / 2.0, INF => FRAC_PI_2_SINGLE,
        -INF => -FRAC_PI_2_SINGLE, LARGEST_SINGLE => FRAC_PI_2_SINGLE];
    "sinpi" Both: [0.0 => 0.0, -0.0 => -0.0, INF => NAN, -INF => NAN, NAN => NAN, 0.5 => 1.0, -0.5 => -1.0, 1.0 => 0.0, -1.0 => -0.0,
        1.5 => -1.0, 2.0 => 0.0, -2.0 => -0.0, 2.5 => 1.0, 3.0 => 0.0, -3.0 => -0.0, 8_388_607.5 => -1.0, 1e30 => 0.0, -1e30 => -0.0];
    "sinpi" F64: [TINY => 3.0 * TINY, -TINY => -3.0 * TINY, f64::MAX => 0.0, f64::MIN => -0.0, 4_503_599_627_370_495.5 => -1.0,
        9_007_199_254_740_991.0 => 0.0];
    "sinpi" F32: [TINY_SINGLE => 3.0 * TINY_SINGLE, -TINY_SINGLE => -3.0 * TINY_SINGLE, LARGEST_SINGLE => 0.0, -LARGEST_SINGLE => -0.0];
    "cospi" Both: [0.0 => 1.0, -0.0 => 1.0, INF => NAN, -INF => NAN, NAN => NAN, 0.5 => 0.0, -0.5 => 0.0, 1.0 => -1.0, -1.0 => -1.0,
        1.5 => 0.0, -1.5 => 0.0, 2.0 => 1.0, 2.5 => 0.0, 3.0 => -1.0, 8_388_607.5 => 0.0, 8_388_607.0 => -1.0, 1e30 => 1.0, -1e30 => 1.0];
    "cospi" F64: [TINY => 1.0, f64::MAX => 1.0, 4_503_599_627_370_495.5 => 0.0, 9_007_199_254_740_991.0 => -1.0];
    "cospi" F32: [TINY_SINGLE => 1.0, LARGEST_SINGLE => 1.0, 16_777_215.0 => -1.0];
    "tanpi" Both: [0.0 => 0.0, -0.0 => -0.0, INF => NAN, -INF => NAN, NAN => NAN, 0.25 => 1.0, -0.25 => -1.0, 0.75 => -1.0, 0.5 => INF,
        -0.5 => -INF, 1.0 => -0.0, -1.0 => 0.0, 1.25 => 1.0, 1.5 => -INF, -1.5 => INF, 2.0 => 0.0, -2.0 => -0.0, 2.5 => INF, 3.0 => -0.0,
        -3.0 => 0.0, 3.5 => -INF, 1e30 => 0.0, -1e30 => -0.0];
    "tanpi" F64: [TINY => 3.0 * TINY, -TINY => -3.0 * TINY, f64::MAX => 0.0, 4_503_599_627_370_495.5 => -INF,
        9_007_199_254_740_991.0 => -0.0];
    "tanpi" F32: [TINY_SINGLE => 3.0 * TINY_SINGLE, -TINY_SINGLE => -3.0 * TINY_SINGLE, LARGEST_SINGLE => 0.0, 16_777_215.0 => -0.0];
    "tanh" Both: [0.0 => 0.0, -0.0 => -0.0, INF => 1.0, -INF => -1.0, NAN => NAN, 50.0 => 1.0, -50.0 => -1.0];
    "tanh" F64: [TINY => TINY, -TINY => -TINY, f64::MIN_POSITIVE => f64::MIN_POSITIVE, 19.1 => 1.0, f64::MAX => 1.0];
    "tanh" F32: [TINY_SINGLE => TINY_SINGLE, -TINY_SINGLE => -TINY_SINGLE, 10.0 => 1.0, LARGEST_SINGLE => 1.0];
    "erf" Both: [0.0 => 0.0, -0.0 => -0.0, INF => 1.0, -INF => -1.0, NAN => NAN, 10.0 => 1.0, -10.0 => -1.0];
    "erf" F64: [TINY => TINY, -TINY => -TINY, f64::MAX => 1.0, 5.922 => 1.0];
    "erf" F32: [TINY_SINGLE => TINY_SINGLE, LARGEST_SINGLE => 1.0];
    "erfc" Both: [0.0 => 1.0, -0.0 => 1.0, INF => 0.0, -INF => 2.0, NAN => NAN, 40.0 => 0.0, -10.0 => 2.0];
    "erfc" F64: [TINY => 1.0, f64::MAX => 0.0, f64::MIN => 2.0, 27.3 => 0.0];
    "erfc" F32: [TINY_SINGLE => 1.0, LARGEST_SINGLE => 0.0, 10.1 => 0.0];
    "sigmoid" Both: [0.0 => 0.5, -0.0 => 0.5, INF => 1.0, -INF => 0.0, NAN => NAN, 40.0 => 1.0, -1e4 => 0.0];
    "sigmoid" F64: [TINY => 0.5, -745.133_219_101_941_1 => TINY, -746.0 => 0.0, f64::MAX => 1.0];
    "sigmoid" F32: [TINY_SINGLE => 0.5, -103.972_076_416_015_62 => TINY_SINGLE, -104.0 => 0.0, LARGEST_SINGLE => 1.0];
    "softplus" Both: [INF => INF, -INF => 0.0, NAN => NAN, 1e4 => 1e4, -1e4 => 0.0];
    "softplus" F64: [0.0 => std::f64::consts::LN_2, -0.0 => std::f64::consts::LN_2, -745.133_219_101_941_1 => TINY, f64::MAX => f64::MAX];
    "softplus" F32: [0.0 => std::f32::consts::LN_2 as f64, -103.972_076_416_015_62 => TINY_SINGLE, LARGEST_SINGLE => LARGEST_SINGLE];
    "logit" Both: [0.5 => 0.0, 0.0 => -INF, -0.0 => -INF, 1.0 => INF, 1.5 => NAN, -0.5 => NAN, INF => NAN, -INF => NAN, NAN => NAN];
    "logit" F64: [TINY => -744.440_071_921_381_2, 0.999_999_999_999_999_9 => 36.736_800_569_677_1];
    "logit" F32: [TINY_SINGLE => -103.278_930_664_062_5, 0.999_999_940_395_355_2 => 16.635_532_379_150_39];
    "asinh" Both: [0.0 => 0.0, -0.0 => -0.0, INF => INF, -INF => -INF, NAN => NAN, 1e-20 => 1e-20];
    "asinh" F64: [TINY => TINY, -TINY => -TINY, f64::MAX => 710.475_860_073_944, f64::MIN => -710.475_860_073_944];
    "asinh" F32: [TINY_SINGLE => TINY_SINGLE, LARGEST_SINGLE => 89.415_985_107_421_88];
    "acosh" Both: [1.0 => 0.0, 0.5 => NAN, 0.0 => NAN, -1.0 => NAN, INF => INF, -INF => NAN, NAN => NAN];
    "acosh" F64: [f64::MAX => 710.475_860_073_944, 1.000_000_000_000_000_2 => 2.107_342_425_544_701_4e-8];
    "acosh" F32: [LARGEST_SINGLE => 89.415_985_107_421_88];
    "atanh" Both: [0.0 => 0.0, -0.0 => -0.0, 1.0 => INF, -1.0 => -INF, 1.5 => NAN, -1.5 => NAN, INF => NAN, -INF => NAN, NAN => NAN, 1e-20 => 1e-20];
    "atanh" F64: [TINY => TINY, -TINY => -TINY, 0.999_999_999_999_999_9 => 18.714_973_875_118_524];
    "atanh" F32: [TINY_SINGLE => TINY_SINGLE];
};

/// Where operations that are exact may go wrong.
fn everywhere<T: Checked>() -> Vec<T> {
    let positive =
        [0.0, 0.49999999999999994, 0.5, 1.0, 1.5, 2.5, 8_388_607.5, 8_388_608.5, 4_503_599_627_370_495.5];
    let mut all: Vec<T> = positive.iter().flat_map(|&x| [x, -x]).map(T::of_real).collect();
    all.extend([T::infinity(), -T::infinity(), T::nan(), T::max_value(), T::min_value()]);
    all.extend([T::min_positive_value(), -T::min_positive_value(), T::of_bits(1), -T::of_bits(1)]);
    all
}

/// Functions that have no line in the table.
pub fn missing() -> Vec<&'static str> {
    let functions = Unary::ROWS.iter().filter(|row| row.class.contains(DType::F64));
    let functions = functions.filter(|row| matches!(reference(row.name), Some(Reference::Function(_))));
    functions.map(|row| row.name).filter(|name| TABLE.iter().all(|line| line.function != *name)).collect()
}

/// Computes all special values on every backend: how many, and what is wrong.
///
/// # Errors
/// If there is no memory.
pub fn check() -> isonum_core::Result<(u64, Vec<String>)> {
    let (mut count, mut wrong) = (0, Vec::new());
    for name in backend::available() {
        let chosen = backend::by_name(name)?;
        backend::with(chosen, || {
            one::<f32>(name, &mut count, &mut wrong)?;
            one::<f64>(name, &mut count, &mut wrong)
        })?;
    }
    Ok((count, wrong))
}

fn one<T: Checked>(backend: &str, count: &mut u64, wrong: &mut Vec<String>) -> isonum_core::Result<()> {
    for row in Unary::ROWS.iter().filter(|row| row.class.contains(T::DTYPE)) {
        let pairs: Vec<(T, T)> = match reference(row.name) {
            Some(Reference::Exact(exact)) => {
                everywhere::<T>().into_iter().map(|x| (x, T::exact(&exact, x))).collect()
            }
            Some(Reference::Function(_)) => TABLE
                .iter()
                .filter(|line| line.function == row.name && line.only.is_none_or(|only| only == T::DTYPE))
                .flat_map(|line| line.pairs)
                .map(|&(x, y)| (T::of_real(x), T::of_real(y)))
                .collect(),
            None => continue,
        };
        // Often enough that each is in a whole vector and in a tail.
        let times = 1 + 64usize.div_ceil(pairs.len().max(1));
        let inputs: Vec<T> = pairs.iter().map(|pair| pair.0).cycle().take(times * pairs.len()).collect();
        let results = elementwise::unary(row.op, Given::View(View::from_slice(&inputs)))?.into_vec()?;
        for (i, (&(x, expected), y)) in pairs.iter().cycle().zip(results).enumerate() {
            *count += 1;
            if !same(y, expected) {
                let of = <T as Element>::DTYPE;
                wrong.push(format!(
                    "{} of {of} on {backend}: {x:?} gives {y:?} instead of {expected:?}, element {i}",
                    row.name
                ));
                break;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values_are_right() {
        let (count, wrong) = check().unwrap();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(count > 1000);
    }

    #[test]
    fn every_function_has_special_values() {
        assert!(missing().is_empty(), "add to the table: {}", missing().join(", "));
    }
}
