//! Reductions and scans: every row of the registry, of all elements by length, and along either axis of matrices.

use super::{Draft, LENGTHS, SIDES, ranged};
use crate::input::Uniform;
use crate::work::Value;
use crate::{Case, Suite};
use isonum::Float;
use isonum_core::registry::Reduce;

macro_rules! rows {
    ([$cases:ident $t:ident] $($op:ident $name:ident for $class:ident, numpy $numpy:literal,
      $accuracy:ident $(($($ulp:literal),*))?, input $range:tt, $line:literal;)*) => { pastey::paste! {$(
        for n in LENGTHS {
            $cases.push(draft::<$t>(Reduce::$op, "", &[n], "").whole::<$t, _>(|a| isonum::$name(&a[0])));
        }
        for n in SIDES {
            let draft = |axis| draft::<$t>(Reduce::$op, axis, &[n, n], &format!("axis={}", &axis[5..]));
            $cases.push(draft("_axis0").made::<$t, _>(n, |a| isonum::[<$name _axis>](&a[0], 0)));
            $cases.push(draft("_axis1").made::<$t, _>(n, |a| isonum::[<$name _axis>](&a[0], 1)));
        }
    )*}};
}

pub(super) fn cases(cases: &mut Vec<Case>) {
    cases_of::<f32>(cases);
    cases_of::<f64>(cases);
}

fn cases_of<T: Float + Uniform + Value>(cases: &mut Vec<Case>) {
    isonum_core::reduce_operations!([rows], cases T);
    macro_rules! scans {
        ($($name:ident $along:ident $range:expr;)*) => {$(
            let draft = |suffix: &str, shape: &[usize], arguments: &str| {
                let numpy = format!("a.{}({arguments})", stringify!($name));
                let op = format!("{}{suffix}", stringify!($name));
                // NumPy adds one by one.
                let steps = shape.iter().product::<usize>() as f64;
                Draft::new(&[Suite::Reduce], op, vec![ranged::<T>("a", shape, $range)], numpy)
                    .errors_add_up(1.0 + steps / 1e5)
            };
            for n in LENGTHS {
                cases.push(draft("", &[n], "").fresh::<T, _>(|a| isonum::$name(&a[0])));
            }
            for n in SIDES {
                let draft = |suffix, arguments| draft(suffix, &[n, n], arguments);
                cases.push(draft("_axis0", "axis=0").fresh::<T, _>(|a| isonum::$along(&a[0], 0)));
                cases.push(draft("_axis1", "axis=1").fresh::<T, _>(|a| isonum::$along(&a[0], 1)));
            }
        )*};
    }
    scans! {
        cumsum cumsum_axis (-6.0, 6.0);
        cumprod cumprod_axis FACTORS;
    }
}

/// Factors of which a million neither overflow nor vanish.
const FACTORS: (f64, f64) = (0.999, 1.001);

fn draft<T: Float>(op: Reduce, suffix: &str, shape: &[usize], arguments: &str) -> Draft {
    let row = op.row();
    let range = match op {
        Reduce::Prod => FACTORS,
        // Elements that decide nothing before the last one.
        Reduce::Any => (0.0, 0.0),
        Reduce::All => (1.0, 1.0),
        _ => row.input,
    };
    let numpy = match op {
        Reduce::SumSquares => match arguments {
            "" => "np.dot(a, a)".to_owned(),
            axis => format!("np.square(a).sum({axis})"),
        },
        Reduce::CountNonzero if arguments.is_empty() => "np.count_nonzero(a)".to_owned(),
        Reduce::CountNonzero => format!("np.count_nonzero(a, {arguments})"),
        _ => format!("a.{}({arguments})", row.numpy),
    };
    let mut suites = vec![Suite::Reduce];
    if suffix.is_empty() && matches!(op, Reduce::Sum | Reduce::Max | Reduce::ArgMax) {
        suites.push(Suite::Basics);
    }
    if !suffix.is_empty() && op == Reduce::Mean {
        suites.push(Suite::Matrices);
    }
    Draft::new(&suites, format!("{}{suffix}", row.name), vec![ranged::<T>("a", shape, range)], numpy)
}
