//! The peers that `cargo xtask bench` compares with, and `cargo xtask setup --peers`, which installs those of Python.

use crate::step::Context;
use std::path::PathBuf;
use std::process::Command;

/// How a peer is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Python,
    Rust,
}

/// A library that cases are compared with.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// What pip installs, in the versions that figures are published for.
    packages: &'static [&'static str],
    /// What it takes on disk, where that is much.
    large: &'static str,
}

#[rustfmt::skip]
const PEERS: &[Peer] = &[
    Peer { name: "numpy", kind: Kind::Python, packages: &["numpy==2.4.6"], large: "" },
    Peer { name: "scipy", kind: Kind::Python, packages: &["scipy==1.17.1"], large: "" },
    Peer { name: "bottleneck", kind: Kind::Python, packages: &["bottleneck==1.6.0"], large: "" },
    Peer { name: "numexpr", kind: Kind::Python, packages: &["numexpr==2.14.2"], large: "" },
    Peer { name: "torch", kind: Kind::Python, packages: &["torch==2.15.0"], large: "some gigabytes, with CUDA" },
    Peer { name: "jax", kind: Kind::Python, packages: &["jax==0.10.2"], large: "300 MB" },
    Peer { name: "mkl_fft", kind: Kind::Python, packages: &["mkl_fft==2.3.2"], large: "1 GB, with MKL" },
    Peer { name: "ndarray", kind: Kind::Rust, packages: &[], large: "" },
    Peer { name: "faer", kind: Kind::Rust, packages: &[], large: "" },
    Peer { name: "matrixmultiply", kind: Kind::Rust, packages: &[], large: "" },
    Peer { name: "rustfft", kind: Kind::Rust, packages: &[], large: "" },
];

/// The peer of this name.
pub(crate) fn find(name: &str) -> Result<&'static Peer, String> {
    let names = || PEERS.iter().map(|peer| peer.name).collect::<Vec<_>>().join(", ");
    PEERS
        .iter()
        .find(|peer| peer.name == name)
        .ok_or_else(|| format!("no peer {name:?}; there are {}", names()))
}

/// The environment's Python, installed or not.
pub(crate) fn python(context: &Context) -> PathBuf {
    context.target.join("peers/bin/python")
}

/// Makes the environment under the target directory, with the peers of these names, or the small ones where there are none.
pub(crate) fn setup(context: &Context, names: &[String], dry_run: bool) -> Result<(), String> {
    let mut wanted: Vec<&Peer> = names.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
    if names.is_empty() {
        wanted = PEERS.iter().filter(|peer| peer.large.is_empty()).collect();
    }
    // All others are measured beside it, and it makes their inputs.
    if !wanted.iter().any(|peer| peer.name == "numpy") {
        wanted.insert(0, find("numpy")?);
    }
    for peer in &wanted {
        match (peer.kind, peer.large) {
            (Kind::Rust, _) => println!("{}: built by `bench` when it is asked for", peer.name),
            (_, "") => {}
            (_, large) => println!("{} takes {large}", peer.name),
        }
    }
    let folder = context.target.join("peers");
    let python = python(context);
    let make = ["python3".into(), "-m".into(), "venv".into(), folder.display().to_string()];
    let mut install = vec![python.display().to_string(), "-m".into(), "pip".into(), "install".into()];
    install.extend(wanted.iter().flat_map(|peer| peer.packages).map(|&package| package.to_owned()));
    for command in [&make[..], &install] {
        println!("{}", command.join(" "));
        if dry_run {
            continue;
        }
        // With its output: pip shows how far it is.
        let status = Command::new(&command[0]).args(&command[1..]).status();
        if !status.map_err(|error| format!("{}: {error}", command[0]))?.success() {
            return Err(format!("failed: {}", command.join(" ")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_found_and_unknown_ones_named() {
        assert_eq!(find("numpy").unwrap().kind, Kind::Python);
        let error = find("nympy").unwrap_err();
        assert!(error.starts_with("no peer \"nympy\"; there are numpy, scipy, "), "{error}");
    }

    #[test]
    fn versions_are_pinned() {
        let packages = PEERS.iter().flat_map(|peer| peer.packages);
        assert!(packages.clone().all(|package| package.contains("==")) && packages.count() >= 7);
    }
}
