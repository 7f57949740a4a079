//! `cargo xtask check`: builds `isonum-check` with its arbitrary-precision oracle, and hands it the arguments.

use crate::step::{Context, Run};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Runs the checks, and ends as they do.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let program = program(&Context::new(false)?)?;
    let status = Command::new(&program).args(arguments).status();
    let status = status.map_err(|error| format!("{}: {error}", program.display()))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// What the quick part printed; the fixtures are among the tests.
pub(crate) fn quick(context: &Context) -> Result<String, String> {
    let program = program(context)?;
    context.run(&Run::new(&program.to_string_lossy(), "--quick --only special,bits,accuracy"))
}

fn program(context: &Context) -> Result<PathBuf, String> {
    context.run(&Run::cargo("build --release --package isonum-check --features oracle"))?;
    Ok(context.target.join("release/isonum-check"))
}
