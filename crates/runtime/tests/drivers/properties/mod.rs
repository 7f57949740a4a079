//! Elementwise operations, reductions and scans of random arrays against plain loops: every element type, ranks from
//! zero to six, axes from none to nine elements, and strides of every kind. What an operation gives for a view must
//! also be what it gives for a copy of it, to the bit.

mod arrays;
mod bounds;
mod elementwise;
mod given;
mod naive;
mod reductions;
mod statistics;
mod totals;

use arrays::{large_shape, placement, shape};
use elementwise::Operands;
use isonum_core::DType;
use isonum_runtime::threads;
use proptest::prelude::*;

/// Calls a function of one element type, which is the one of that name, where it is among these.
macro_rules! of_dtype {
    ($dtype:expr, [$($type:ident)*], $function:ident $arguments:tt) => {
        $(if $dtype == <$type as isonum_core::Element>::DTYPE { $function::<$type> $arguments })*
    };
}
pub(crate) use of_dtype;

fn cases(n: u32) -> ProptestConfig {
    // An emulator is some twenty times slower.
    let cases = if cfg!(target_arch = "aarch64") { n.div_ceil(20) } else { n };
    ProptestConfig { cases, failure_persistence: None, ..Default::default() }
}

fn dtype() -> impl Strategy<Value = DType> {
    prop::sample::select(DType::ALL)
}

fn ordinary() -> impl Strategy<Value = (DType, Operands, u64)> {
    (dtype(), shape().prop_flat_map(elementwise::operands), any::<u64>())
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn elementwise_operations_are_their_loops((dtype, operands, seed) in ordinary()) {
        elementwise::check(dtype, &operands, seed);
    }

    #[test]
    fn outputs_are_written_where_they_are_and_nowhere_else((dtype, operands, seed) in ordinary()) {
        elementwise::check_outputs(dtype, &operands, seed);
    }

    #[test]
    fn reductions_are_their_loops(
        dtype in dtype(),
        place in shape().prop_flat_map(|shape| placement(shape, true)),
        set in 0usize..64,
        keep_dims in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let axes = reductions::axes(&place, set);
        reductions::check(dtype, &place, &axes, keep_dims, seed);
        statistics::check(dtype, &place, &axes, keep_dims, seed);
        totals::check(dtype, &place, &axes, keep_dims, seed);
    }

    #[test]
    fn scans_are_their_loops(
        dtype in dtype(),
        place in shape().prop_flat_map(|shape| placement(shape, true)),
        seed in any::<u64>(),
    ) {
        totals::check_scans(dtype, &place, seed);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn split_work_is_its_loops(
        dtype in dtype(),
        operands in large_shape().prop_flat_map(elementwise::operands),
        set in 0usize..8,
        seed in any::<u64>(),
        n in 2usize..5,
    ) {
        let place = operands.first();
        let axes = reductions::axes(place, set);
        let before = threads::tasks();
        threads::with(n, || {
            elementwise::check(dtype, &operands, seed);
            reductions::check(dtype, place, &axes, true, seed);
            totals::check(dtype, place, &axes, false, seed);
            totals::check_scans(dtype, place, seed);
        });
        let is_split = threads::tasks() > before;
        // A mebibyte is more than the cheapest of these does without help.
        let bytes = place.places().len() * dtype.size();
        assert!(is_split || bytes < 1 << 20 || !cfg!(feature = "rayon"), "{bytes} bytes and one task");
    }
}
