//! `bench --compile`: what the facade costs its users before anything runs: time to build, crates, and bytes.

use crate::step::{Context, Run};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

/// As small a program as uses the library.
const PROGRAM: &str =
    "use isonum::prelude::*;\n\nfn main() {\n    println!(\"{}\", array![1.0, 2.0] + 1.0);\n}\n";

pub(super) fn run(context: &Context) -> Result<bool, String> {
    let folder = context.target.join("bench/hello");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("src")).map_err(failed)?;
    let facade = context.root.join("crates/ops");
    let manifest = format!(
        "[package]\nname = \"hello\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nisonum = {{ path = {:?} }}\n",
        facade.display().to_string()
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
    // The versions that the workspace has.
    std::fs::copy(context.root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(failed)?;
    let main = folder.join("src/main.rs");
    std::fs::write(&main, PROGRAM).map_err(failed)?;
    let tree = context.stdout(&cargo("tree --edges normal --prefix none --format {p}", &folder))?;
    println!("crates: {}", tree.lines().filter_map(crate_name).collect::<BTreeSet<_>>().len() - 1);
    for (profile, option, output) in [("debug", "", "debug"), ("release", "--release", "release")] {
        let build = || -> Result<f64, String> {
            let start = Instant::now();
            context.run(&cargo(&format!("build {option}"), &folder))?;
            Ok(start.elapsed().as_secs_f64())
        };
        let cold = build()?;
        std::fs::write(&main, format!("{PROGRAM}// changed\n")).map_err(failed)?;
        let changed = build()?;
        let size = std::fs::metadata(folder.join("target").join(output).join("hello")).map_err(failed)?.len();
        println!(
            "{profile:<8} from nothing {cold:6.1} s, after a change {changed:5.1} s, {:.1} MB",
            size as f64 / 1e6
        );
    }
    Ok(true)
}

fn cargo(line: &str, folder: &Path) -> Run {
    let manifest = folder.join("Cargo.toml");
    Run::cargo(line)
        .arg("--manifest-path")
        .arg(manifest.to_string_lossy())
        .env("CARGO_TARGET_DIR", folder.join("target").to_string_lossy())
}

/// Of `name v1.2.3 (path)`.
fn crate_name(line: &str) -> Option<&str> {
    line.split_whitespace().next()
}
