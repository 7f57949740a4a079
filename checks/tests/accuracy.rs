//! The errors of functions, on some inputs of every range; and that the filter is what it says.

use isonum_check::accuracy::{Setting, run, subjects, tasks};
use isonum_check::oracle::{FILTER_BITS, Reference, double, reference};
use isonum_check::progress::Progress;
use isonum_runtime::backend;

// Of one backend: that all give the same bits is tested elsewhere.
#[test]
fn errors_are_within_their_bounds() {
    let (subjects, _) = subjects();
    let setting = Setting { backend: backend::current(), workers: 2, state: None, build: String::new() };
    for (row, reference) in &subjects {
        for task in tasks(row, *reference, 1 << 16, false, 1) {
            let tally = run(&task, &setting, &Progress::new(task.parts())).unwrap();
            assert_eq!(tally.count, 1 << 16);
            let complaint = task.complaint(&tally);
            assert!(complaint.is_none(), "{}: {}", task.name(), complaint.unwrap());
        }
    }
}

#[test]
fn sums_of_two_doubles_agree_with_mpmath() {
    let word = |s: &str| f64::from_bits(u64::from_str_radix(s, 16).unwrap());
    for line in include_str!("golden/math.csv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(',').collect();
        let Some(Reference::Function(function)) = reference(fields[0]) else { panic!("{line}") };
        let (x, high, low) = (word(fields[1]), word(fields[2]), word(fields[3]));
        let (y, k) = (function.value)(x);
        let off = (y.0 - double::scale(high, -k)) + (y.1 - double::scale(low, -k));
        assert!(off.abs() / y.0.abs() <= 2f64.powi(FILTER_BITS), "{line}: {off:e}");
    }
}
