//! Installing Debian packages for `cargo xtask setup`.

use std::process::Command;

/// Packages, and how to see whether they are needed.
pub(crate) struct Packages<'a> {
    /// Begins the sentence that names them.
    pub(crate) what: &'a str,
    pub(crate) names: &'a [&'a str],
    /// A foreign architecture that some are for.
    pub(crate) architecture: Option<&'a str>,
    /// What does not run or is not there.
    pub(crate) missing: fn() -> Vec<String>,
}

impl Packages<'_> {
    /// Installs them unless they are there, or prints how.
    pub(crate) fn install(&self, dry_run: bool) -> Result<(), String> {
        let names = self.names.join(" ");
        if !dry_run && (self.missing)().is_empty() {
            println!("already installed: {names}");
            return Ok(());
        }
        println!("{} these Debian packages: {names}", self.what);
        let foreign = self.architecture.map(|name| format!("dpkg --add-architecture {name}"));
        let install = format!("apt-get install --yes --no-install-recommends {names}");
        let commands: Vec<String> = foreign.into_iter().chain(["apt-get update".into(), install]).collect();
        let how = commands.iter().map(|c| format!("\n  {c}")).collect::<String>();
        if dry_run {
            println!("as root:{how}");
            return Ok(());
        }
        if !succeeds("apt-get", &["--version"]) {
            let missing = (self.missing)().join(", ");
            return Err(format!("this is no Debian system; install {missing} by other means"));
        }
        if Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() != b"0") {
            return Err(format!("installing needs root; run this command as root, or these:{how}"));
        }
        for command in &commands {
            println!("$ {command}");
            let mut words = command.split_whitespace();
            let mut run = Command::new(words.next().unwrap_or_default());
            let status = run.args(words).env("DEBIAN_FRONTEND", "noninteractive").status();
            let status = status.map_err(|e| format!("{command}: {e}"))?;
            if !status.success() {
                return Err(format!("{command}: {status}"));
            }
        }
        match (self.missing)() {
            none if none.is_empty() => Ok(()),
            missing => Err(format!("installed, but still missing: {}", missing.join(", "))),
        }
    }
}

/// Whether the program runs and ends well.
pub(crate) fn succeeds(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|o| o.status.success())
}
