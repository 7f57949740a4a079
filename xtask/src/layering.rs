//! The static rules of `ARCHITECTURE.md`: which crate may depend on which, who may name the machine, who may
//! name shapes, where unsafe code cannot be, how long a file may be, and words that no finished work contains.
//!
//! Every rule is a function from tokens or dependencies to findings, so that tests try it on a few words.

use crate::source::{self, File, Token};
use crate::step::{Context, Outcome};
use serde_json::Value;

/// What each crate may depend on, of the crates here. A crate missing from this table is an error.
const MAY_USE: &[(&str, &[&str])] = &[
    ("isonum-core", &[]),
    ("isonum-kernels", &["isonum-core"]),
    ("isonum-kernels-scalar", &["isonum-core", "isonum-kernels"]),
    ("isonum-kernels-x86", &["isonum-core", "isonum-kernels"]),
    ("isonum-kernels-arm", &["isonum-core", "isonum-kernels"]),
    (
        "isonum-runtime",
        &[
            "isonum-core",
            "isonum-kernels",
            "isonum-kernels-scalar",
            "isonum-kernels-x86",
            "isonum-kernels-arm",
        ],
    ),
    ("isonum-linalg", &["isonum-core", "isonum-kernels", "isonum-runtime"]),
    ("isonum-fft", &["isonum-core", "isonum-kernels", "isonum-runtime"]),
    ("isonum", &["isonum-core", "isonum-kernels", "isonum-runtime", "isonum-linalg", "isonum-fft"]),
    (
        "isonum-benches",
        &["isonum", "isonum-core", "isonum-kernels", "isonum-runtime", "isonum-linalg", "isonum-fft"],
    ),
    ("isonum-check", &["isonum", "isonum-core", "isonum-kernels", "isonum-runtime"]),
    ("xtask", &["isonum", "isonum-benches"]),
];

/// What the tests of a crate may use besides: backends are compared with the scalar one.
const TESTS_MAY_USE: &[(&str, &[&str])] = &[
    ("isonum-kernels-x86", &["isonum-kernels-scalar"]),
    ("isonum-kernels-arm", &["isonum-kernels-scalar"]),
    ("isonum-check", &["isonum-kernels-scalar"]),
];

/// The crates that may name `core::arch`.
const MACHINE: &[&str] = &["crates/kernels-x86/", "crates/kernels-arm/"];
/// The crates that may not know shapes, and the names they may not use.
const SHAPELESS: &str = "crates/kernels";
const SHAPES: &[&str] = &["Layout", "Shape", "Strides", "View", "ViewMut"];
/// The crate roots that must forbid unsafe code.
const SAFE: &[&str] = &["crates/ops/src/lib.rs", "crates/fft/src/lib.rs"];
/// Lines of a Rust file: beyond the first a remark, beyond the second a failure.
const LONG: (usize, usize) = (500, 600);
/// Code that no finished work contains, as tokens.
const UNFINISHED_CODE: &[&str] = &["dbg ! (", "todo ! (", "unimplemented ! ("];
/// Text that no finished work contains, comments and documents included. (In two parts each, or this file would
/// be its own first finding.)
const UNFINISHED_TEXT: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

pub(crate) fn check(context: &Context) -> Result<Outcome, String> {
    let files = source::files(&context.root)?;
    let mut findings = Vec::new();
    for package in context.packages() {
        findings.extend(dependencies(package));
    }
    for root in SAFE {
        if !files.iter().any(|f| f.path == *root) {
            findings.push(format!("{root}: missing"));
        }
    }
    let mut long = Vec::new();
    for file in &files {
        findings.extend(unfinished_text(file));
        if file.is_rust() {
            let code = source::code_only(&file.text);
            findings.extend(code_rules(&file.path, &source::tokens(&code)));
            let lines = file.text.lines().count();
            if lines > LONG.1 {
                findings.push(format!(
                    "{}: {lines} lines; {} is the limit, {} the aim",
                    file.path, LONG.1, LONG.0
                ));
            } else if lines > LONG.0 {
                long.push(format!("{} has {lines} lines", file.path));
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings.join("\n"));
    }
    let mut remark = format!("{} files", files.len());
    long.iter().for_each(|note| remark += &format!("; note: {note}"));
    Ok(Outcome::Passed(remark))
}

/// What is wrong with the dependencies of a package, as `cargo metadata` describes it.
fn dependencies(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some((_, allowed)) = MAY_USE.iter().find(|(n, _)| *n == name) else {
        return vec![format!("{name}: not in the table of crates in xtask/src/layering.rs")];
    };
    let in_tests = TESTS_MAY_USE.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, used)| used);
    let uses = package["dependencies"].as_array().into_iter().flatten().filter(|d| d["path"].is_string());
    uses.filter_map(|d| Some((d["name"].as_str()?, d["kind"] == "dev")))
        .filter(|(used, dev)| !(allowed.contains(used) || *dev && in_tests.contains(used)))
        .map(|(used, _)| format!("{name} depends on {used}, which is not below it"))
        .collect()
}

/// What is wrong in one Rust file.
fn code_rules(path: &str, tokens: &[Token<'_>]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut add = |line: usize, what: String| findings.push(format!("{path}:{line}: {what}"));
    if !MACHINE.iter().any(|m| path.starts_with(m)) {
        names_arch(tokens)
            .into_iter()
            .for_each(|l| add(l, "names core::arch; only kernels-x86, kernels-arm may".into()));
    }
    if path.starts_with(SHAPELESS) {
        for token in tokens.iter().filter(|t| SHAPES.contains(&t.text)) {
            add(token.line, format!("names `{}`; kernels do not know shapes", token.text));
        }
    }
    if SAFE.contains(&path) && source::find(tokens, "# ! [ forbid ( unsafe_code ) ]").is_empty() {
        add(1, "lacks #![forbid(unsafe_code)]".into());
    }
    for pattern in UNFINISHED_CODE {
        let found = source::find(tokens, pattern);
        found.into_iter().for_each(|l| add(l, format!("contains {}", pattern.replace(' ', ""))));
    }
    findings
}

/// Where `core::arch` or `std::arch` is named, alone or as one of a group, `core::{arch, mem}`.
fn names_arch(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut lines = Vec::new();
    for krate in ["core", "std"] {
        lines.extend(source::find(tokens, &format!("{krate} : : arch")));
        for (at, _) in tokens.iter().enumerate().filter(|(_, t)| t.text == krate) {
            let rest = &tokens[at..];
            if rest.get(1..4).is_some_and(|next| next.iter().map(|t| t.text).eq([":", ":", "{"])) {
                lines.extend(in_group(&rest[4..], "arch"));
            }
        }
    }
    lines
}

/// Where `name` is a first segment of the `use` group whose inside `tokens` begins with.
fn in_group(tokens: &[Token<'_>], name: &str) -> Vec<usize> {
    let (mut depth, mut starts, mut lines) = (0, true, Vec::new());
    for token in tokens {
        match token.text {
            "{" => depth += 1,
            "}" if depth == 0 => break,
            "}" => depth -= 1,
            text if starts && text == name => lines.push(token.line),
            _ => {}
        }
        starts = depth == 0 && token.text == ",";
    }
    lines
}

fn unfinished_text(file: &File) -> Vec<String> {
    let lines = file.text.lines().zip(1..);
    let hits = lines.flat_map(|(text, line)| UNFINISHED_TEXT.iter().map(move |word| (text, line, word)));
    hits.filter(|(text, _, word)| text.contains(*word))
        .map(|(_, line, word)| format!("{}:{line}: contains {word}", file.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn findings(path: &str, source: &str) -> Vec<String> {
        code_rules(path, &source::tokens(&source::code_only(source)))
    }

    #[test]
    fn only_two_crates_name_the_machine() {
        let code = "use core::arch::x86_64::__m512d;";
        assert_eq!(findings("crates/kernels-x86/src/avx512.rs", code), [""; 0]);
        assert_eq!(findings("crates/runtime/src/lib.rs", code).len(), 1);
        for code in
            ["std :: arch::asm!()", "use std::{mem, arch::aarch64};", "use core::{fmt::{self}, arch};"]
        {
            assert_eq!(findings("crates/kernels/src/lib.rs", code).len(), 1, "{code}");
        }
        for code in ["// core::arch", "\"core::arch\"", "use std::{mem::{arch}}; use arch::x;", "score::arch"]
        {
            assert_eq!(findings("crates/kernels/src/lib.rs", code), [""; 0], "{code}");
        }
    }

    #[test]
    fn kernels_do_not_know_shapes() {
        assert_eq!(findings("crates/kernels-scalar/src/lib.rs", "fn f(v: &View<f32>) {}").len(), 1);
        assert_eq!(findings("crates/kernels/src/lib.rs", "struct Overview; // a View"), [""; 0]);
        assert_eq!(findings("crates/core/src/lib.rs", "struct View;"), [""; 0]);
    }

    #[test]
    fn ops_and_fft_forbid_unsafe_code() {
        assert_eq!(findings("crates/ops/src/lib.rs", "#![forbid(unsafe_code)]"), [""; 0]);
        assert_eq!(findings("crates/ops/src/lib.rs", "// #![forbid(unsafe_code)]").len(), 1);
        assert_eq!(findings("crates/fft/src/plan.rs", ""), [""; 0]);
    }

    #[test]
    fn unfinished_work_is_found() {
        assert_eq!(
            findings("a.rs", "fn f() {\n dbg!(1); todo!() }"),
            ["a.rs:2: contains dbg!(", "a.rs:2: contains todo!("]
        );
        let text = format!("all well\n// {}: rest", UNFINISHED_TEXT[0]);
        assert_eq!(unfinished_text(&File { path: "a.md".into(), text }).len(), 1);
    }

    #[test]
    fn dependencies_point_downwards() {
        let package = |name: &str, used: &str| {
            json!({ "name": name, "dependencies": [
                { "name": used, "path": "/somewhere" }, { "name": "rayon", "path": null }
            ] })
        };
        assert_eq!(dependencies(&package("isonum-runtime", "isonum-kernels-x86")), [""; 0]);
        assert_eq!(dependencies(&package("isonum-core", "isonum-kernels")).len(), 1);
        assert_eq!(dependencies(&package("isonum-linalg", "isonum-fft")).len(), 1);
        assert_eq!(dependencies(&package("isonum-new", "isonum-core")).len(), 1);
        // The tests of a backend may use the scalar one, its code may not.
        let mut x86 = package("isonum-kernels-x86", "isonum-kernels-scalar");
        assert_eq!(dependencies(&x86).len(), 1);
        x86["dependencies"][0]["kind"] = json!("dev");
        assert_eq!(dependencies(&x86), [""; 0]);
    }
}
