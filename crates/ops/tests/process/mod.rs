//! Tests in a process of their own, for what is chosen once in the life of a process from its environment.

use std::ffi::OsStr;
use std::process::Command;

/// What test `name` of this program prints in a process with these variables besides those of this one. The test is
/// marked `#[ignore]`, so that it runs nowhere else.
pub(crate) fn run(name: &str, variables: &[(&str, &OsStr)]) -> String {
    let program = std::env::current_exe().unwrap();
    // Under an emulator a process of this one needs it too.
    let emulator = std::env::var("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER");
    let mut command = match emulator {
        Ok(emulator) if cfg!(target_arch = "aarch64") => {
            let mut command = Command::new(emulator);
            command.arg(program);
            command
        }
        _ => Command::new(program),
    };
    command.args(["--exact", name, "--ignored", "--nocapture"]).envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = String::from_utf8(output.stdout).unwrap();
    assert!(output.contains("1 passed"), "{name} did not run:\n{output}");
    output
}
