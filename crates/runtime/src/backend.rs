//! Which backend runs an operation.
//!
//! One is chosen for the process when the first operation needs it: the widest instruction set that the machine
//! has and the build includes, or the one that the environment variable `ISONUM_BACKEND` names. [`with`] replaces
//! it for one scope, [`install`] for the process. Drivers ask once at entry and hand the answer to their threads.

use crate::level::Level;
use isonum_core::{Backend, Error, Result};
use std::cell::Cell;
use std::ptr::NonNull;
use std::sync::OnceLock;

/// A backend, and the level for code that is no kernel.
#[derive(Clone, Copy)]
struct Choice {
    backend: &'static dyn Backend,
    level: Level,
}

static CHOSEN: OnceLock<Choice> = OnceLock::new();

thread_local! {
    /// The backend of the innermost [`with`] on this thread.
    static SCOPED: Cell<Option<NonNull<dyn Backend>>> = const { Cell::new(None) };
}

/// The built-in backends of this build that this machine can run, the preferred first.
fn built_in() -> &'static [Choice] {
    static BUILT_IN: OnceLock<Vec<Choice>> = OnceLock::new();
    BUILT_IN.get_or_init(detect)
}

#[allow(clippy::vec_init_then_push)] // which of them there are depends on the target
fn detect() -> Vec<Choice> {
    let mut found = Vec::new();
    #[cfg(all(target_arch = "x86_64", feature = "avx512"))]
    found.extend(isonum_kernels_x86::Avx512::detect().map(|isa| choice(isa, Level::Avx512(isa))));
    #[cfg(all(target_arch = "x86_64", feature = "avx2"))]
    found.extend(isonum_kernels_x86::Avx2::detect().map(|isa| choice(isa, Level::Avx2(isa))));
    #[cfg(all(target_arch = "aarch64", target_endian = "little", feature = "neon"))]
    found.extend(isonum_kernels_arm::Neon::detect().map(|isa| choice(isa, Level::Neon(isa))));
    found.push(scalar());
    found
}

/// Tokens have no size, so leaking one takes no memory.
fn choice(backend: impl Backend + 'static, level: Level) -> Choice {
    Choice { backend: Box::leak(Box::new(backend)), level }
}

fn scalar() -> Choice {
    let level = Level::Scalar(isonum_kernels::Scalar);
    #[cfg(target_arch = "x86_64")]
    if let Some(fused) = isonum_kernels_scalar::Fused::detect() {
        return choice(fused, level);
    }
    choice(isonum_kernels_scalar::Baseline, level)
}

/// The names of the built-in backends that this machine can run, the preferred first.
///
/// Of `avx512`, `avx2`, `neon` and `scalar`; the last is always there.
pub fn available() -> Vec<&'static str> {
    built_in().iter().map(|choice| choice.backend.name()).collect()
}

/// The built-in backend of that name.
///
/// # Errors
/// If there is none of that name, or this machine or build lacks it; the error names those that are there.
pub fn by_name(name: &str) -> Result<&'static dyn Backend> {
    find(name).map(|choice| choice.backend)
}

fn find(name: &str) -> Result<Choice> {
    built_in()
        .iter()
        .find(|choice| choice.backend.name() == name)
        .copied()
        .ok_or_else(|| Error::backend_unavailable(name, &available()))
}

/// The choice of the process, made now if it was not before.
fn chosen() -> Result<&'static Choice> {
    #[cold]
    fn choose() -> Result<&'static Choice> {
        let choice = match std::env::var_os("ISONUM_BACKEND") {
            Some(name) if !name.is_empty() => find(&name.to_string_lossy()).map_err(|mut error| {
                error.name_operation("ISONUM_BACKEND");
                error
            })?,
            _ => built_in()[0],
        };
        Ok(CHOSEN.get_or_init(|| choice))
    }
    match CHOSEN.get() {
        Some(choice) => Ok(choice),
        None => choose(),
    }
}

/// Calls `f` with the backend that operations of this thread use now.
///
/// # Errors
/// If `ISONUM_BACKEND` names a backend that is not there.
#[inline]
pub fn try_current<R>(f: impl FnOnce(&dyn Backend) -> R) -> Result<R> {
    match SCOPED.get() {
        // SAFETY: `with` keeps the backend borrowed until it has taken the pointer away again.
        Some(backend) => Ok(f(unsafe { backend.as_ref() })),
        None => Ok(f(chosen()?.backend)),
    }
}

/// The name of the backend that operations of this thread use now.
///
/// # Panics
/// If `ISONUM_BACKEND` names a backend that is not there.
pub fn current() -> String {
    try_current(|backend| backend.name().to_owned()).unwrap_or_else(|error| panic!("{error}"))
}

/// The level that generic code of this thread uses now: that of the scope's backend where it is built in, else
/// that of the process.
///
/// # Errors
/// If `ISONUM_BACKEND` names a backend that is not there.
pub fn level() -> Result<Level> {
    let built_in =
        |backend: &dyn Backend| built_in().iter().find(|choice| choice.backend.name() == backend.name());
    if SCOPED.get().is_some()
        && let Some(choice) = try_current(built_in)?
    {
        return Ok(choice.level);
    }
    Ok(chosen()?.level)
}

/// Makes `backend` that of the process. Possible once, before the first operation.
///
/// # Errors
/// If a backend has been chosen already.
pub fn install(backend: &'static dyn Backend) -> Result<()> {
    let level = built_in()[0].level;
    CHOSEN.set(Choice { backend, level }).map_err(|_| {
        let name = CHOSEN.get().map_or("another", |choice| choice.backend.name());
        Error::invalid_argument("backend", format!("{name} is in use already"))
    })
}

/// Runs `f` with `backend` for all operations that `f` starts on this thread, whichever threads they then use.
pub fn with<R>(backend: &dyn Backend, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<NonNull<dyn Backend>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            SCOPED.set(self.0);
        }
    }
    let pointer: NonNull<dyn Backend + '_> = NonNull::from(backend);
    // SAFETY: only the lifetime changes. The pointer is gone from `SCOPED` before `backend` can end: `Restore` puts
    // back what was there, also when `f` panics.
    let pointer: NonNull<dyn Backend> = unsafe { std::mem::transmute(pointer) };
    let _restore = Restore(SCOPED.replace(Some(pointer)));
    f()
}
