//! Every case, by criterion: `cargo bench -p isonum-benches -- sum/f32`.

use criterion::Criterion;
use isonum_benches::cases;
use std::time::Instant;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for case in cases::all() {
        criterion.bench_function(&case.id, |bencher| {
            let mut work = (case.prepare)();
            bencher.iter_custom(|times| {
                let start = Instant::now();
                work.run(times);
                start.elapsed()
            });
        });
    }
    criterion.final_summary();
}
