//! `cargo xtask setup --peers`: the Python environment that `cargo xtask bench` compares with.

use crate::step::Context;
use std::path::PathBuf;
use std::process::Command;

/// The versions that figures are published for.
const PACKAGES: &[&str] = &["numpy==2.4.6"];

/// The environment's Python, installed or not.
pub(crate) fn python(context: &Context) -> PathBuf {
    context.target.join("peers/bin/python")
}

/// Makes the environment under the target directory.
pub(crate) fn setup(context: &Context, dry_run: bool) -> Result<(), String> {
    let folder = context.target.join("peers");
    let python = python(context);
    let make = ["python3".into(), "-m".into(), "venv".into(), folder.display().to_string()];
    let mut install = vec![python.display().to_string(), "-m".into(), "pip".into(), "install".into()];
    install.extend(PACKAGES.iter().map(|&package| package.to_owned()));
    for command in [&make[..], &install] {
        println!("{}", command.join(" "));
        if dry_run {
            continue;
        }
        let status = Command::new(&command[0]).args(&command[1..]).status();
        if !status.map_err(|error| format!("{}: {error}", command[0]))?.success() {
            return Err(format!("failed: {}", command.join(" ")));
        }
    }
    Ok(())
}
