//! Runs a task on all cores, and goes on where an earlier run was stopped.

use super::judge::{Checked, Judge, results, same};
use super::tally::Tally;
use super::{Inputs, PART, Task};
use crate::progress::Progress;
use isonum_core::DType;
use isonum_runtime::{backend, threads};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How tasks run.
pub struct Setting {
    /// The backend.
    pub backend: String,
    /// Cores.
    pub workers: usize,
    /// Where the state of runs is kept, if it is.
    pub state: Option<PathBuf>,
    /// What built this program: a run does not go on with the tallies of other code.
    pub build: String,
}

/// The state is written so often.
const SAVE: Duration = Duration::from_secs(5);

/// The parts that are done, from the first on, and those behind a gap.
#[derive(Default)]
struct Done {
    parts: u64,
    tally: Tally,
    ahead: BTreeMap<u64, Tally>,
}

impl Done {
    fn add(&mut self, part: u64, tally: Tally) {
        self.ahead.insert(part, tally);
        while let Some(next) = self.ahead.remove(&self.parts) {
            self.tally.join(&next);
            self.parts += 1;
        }
    }
}

/// The tally of a task.
///
/// # Errors
/// If the backend is not there, or there is no memory, or the state cannot be written.
pub fn run(task: &Task, setting: &Setting, progress: &Progress) -> Result<Tally, String> {
    match task.dtype {
        DType::F32 => run_of::<f32>(task, setting, progress),
        _ => run_of::<f64>(task, setting, progress),
    }
}

fn run_of<T: Checked>(task: &Task, setting: &Setting, progress: &Progress) -> Result<Tally, String> {
    let state = setting.state.as_ref().map(|folder| State::of(folder, task, setting));
    let done = Mutex::new(state.as_ref().and_then(State::load).unwrap_or_default());
    let begun = done.lock().expect("not poisoned").parts;
    let (next, stop) = (AtomicU64::new(begun), AtomicBool::new(false));
    let work = || -> Result<(), String> {
        let chosen = backend::by_name(&setting.backend).map_err(|error| error.to_string())?;
        let mut judge = Judge::new()?;
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= task.parts() || stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            let inputs = task.part::<T>(part);
            let compute = || threads::with(1, || judge.inputs(task.row.op, &task.reference, &inputs));
            let tally = backend::with(chosen, compute).map_err(|error| error.to_string())?;
            done.lock().expect("not poisoned").add(part, tally);
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..setting.workers.max(1)).map(|_| scope.spawn(work)).collect();
        let mut saved = Instant::now();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(20));
            let done = done.lock().expect("not poisoned");
            progress.to(done.parts);
            if saved.elapsed() > SAVE {
                if let Some(Err(error)) = state.as_ref().map(|state| state.save(&done)) {
                    stop.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                saved = Instant::now();
            }
        }
        workers.into_iter().try_for_each(|worker| worker.join().expect("workers do not panic"))
    })?;
    let done = done.into_inner().expect("not poisoned");
    if let Some(state) = state {
        state.save(&done)?;
    }
    Ok(done.tally)
}

/// The file of a task's state.
struct State {
    path: PathBuf,
    /// A state of another key is none.
    key: Value,
}

impl State {
    fn of(folder: &Path, task: &Task, setting: &Setting) -> State {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        let file = format!("{}-{}.json", task.name(), setting.backend).replace(|c: char| plain(c) != c, "-");
        let (build, parts) = (&setting.build, task.parts());
        State { path: folder.join(file), key: json!([task.name(), task.seed, parts, build, setting.backend]) }
    }

    fn load(&self) -> Option<Done> {
        let value: Value = serde_json::from_str(&std::fs::read_to_string(&self.path).ok()?).ok()?;
        let tally = Tally::from_json(&value["tally"])?;
        let parts = value["parts"].as_u64()?;
        (value["key"] == self.key).then_some(Done { parts, tally, ahead: BTreeMap::new() })
    }

    /// Writes another file and puts it in the place of the old one: a run that is stopped in between leaves either.
    fn save(&self, done: &Done) -> Result<(), String> {
        let text = json!({ "key": self.key, "parts": done.parts, "tally": done.tally.to_json() }).to_string();
        let fresh = self.path.with_extension("new");
        let write = || {
            std::fs::create_dir_all(self.path.parent().expect("in a folder"))?;
            std::fs::write(&fresh, text)?;
            std::fs::rename(&fresh, &self.path)
        };
        write().map_err(|error| format!("{}: {error}", self.path.display()))
    }
}

/// The stride of the numbers on which backends are compared after all have run on one: some twenty million.
const STRIDE: u64 = 211;

/// How many results of other backends differ from those of this one, on every 211th number of `f32`; and how many were
/// compared.
///
/// # Errors
/// As [`run`].
pub fn others(task: &Task, setting: &Setting) -> Result<(u64, u64), String> {
    assert!(matches!(task.inputs, Inputs::All), "of all numbers");
    let on = |name: &str, inputs: &[f32]| {
        let chosen = backend::by_name(name).map_err(|error| error.to_string())?;
        let compute = || threads::with(1, || results(task.row.op, inputs));
        backend::with(chosen, compute).map_err(|error| error.to_string())
    };
    let (mut compared, mut differ) = (0, 0);
    let numbers: Vec<u64> = (0..1u64 << 32).step_by(STRIDE as usize).collect();
    for part in numbers.chunks(PART as usize) {
        let inputs: Vec<f32> = part.iter().map(|&bits| f32::of_bits(bits)).collect();
        let expected = on(&setting.backend, &inputs)?;
        for name in backend::available().into_iter().filter(|&name| name != setting.backend) {
            let found = on(name, &inputs)?;
            differ += found.iter().zip(&expected).filter(|(a, b)| !same(**a, **b)).count() as u64;
        }
        compared += inputs.len() as u64;
    }
    Ok((compared, differ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accuracy::{subjects, tasks};

    fn setting(state: Option<PathBuf>) -> Setting {
        Setting { backend: "scalar".into(), workers: 2, state, build: "test".into() }
    }

    #[test]
    fn a_run_goes_on_where_it_was_stopped() {
        let (known, _) = subjects();
        let (row, reference) = known.iter().find(|(row, _)| row.name == "sqrt").unwrap();
        let task = &tasks(row, *reference, 4 * PART, false, 1)[0];
        let folder = std::env::temp_dir().join(format!("isonum-check-{}", std::process::id()));
        let setting = setting(Some(folder.clone()));
        let whole = run(task, &setting, &Progress::new(4)).unwrap();
        assert_eq!(whole.count, 4 * PART);

        // As if it had been stopped after a part in which something was found.
        let mut found = Tally { count: PART, ..Tally::default() };
        found.misrounds(3);
        let state = State::of(&folder, task, &setting);
        state.save(&Done { parts: 1, tally: found, ahead: BTreeMap::new() }).unwrap();
        let rest = run(task, &setting, &Progress::new(4)).unwrap();
        assert_eq!((rest.count, rest.misrounded, rest.first_misrounded), (4 * PART, 1, Some(3)));
        // What another build has begun is not gone on with.
        let other = Setting { build: "other".into(), ..setting };
        assert_eq!(run(task, &other, &Progress::new(4)).unwrap(), whole);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
