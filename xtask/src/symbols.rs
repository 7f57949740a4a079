//! What the compiler made of the kernels: names and machine code of the functions in the linked program.
//!
//! Two steps look at it. `intrinsics`: a lost `#[inline(always)]` leaves an intrinsic as a function of its own
//! and costs a factor of 60 to 90, silently. `vectors`: loops of vector kernels must move whole vectors
//! ([`crate::loops`]). Both read the release build of one example of the facade that uses everything, and fail
//! where it has no kernels of some instruction set.

use crate::loops::{self, Verdict};
use crate::neon;
use crate::step::{ALIKE, Context, Outcome, Run};
use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction};
use object::{Object, ObjectSection, ObjectSymbol, SymbolKind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The example of the facade that links every kernel.
const EXAMPLE: &str = "workloads";

/// A vector instruction set: the module that has its kernels, and its vectors in bytes.
struct Set {
    module: &'static str,
    width: usize,
}
const SETS: &[Set] = &[
    Set { module: "isonum_kernels_x86::avx2", width: 32 },
    Set { module: "isonum_kernels_x86::avx512", width: 64 },
];

/// Where kernels are instantiated: functions nested in methods of the traits of this module.
const KERNEL_TRAITS: &str = "isonum_core::backend::";

/// Crates whose kernels are their own business.
const OUTSIDE: &[&str] =
    &["rustfft::", "realfft::", "matrixmultiply::", "memchr::", "crc32fast::", "fdeflate::"];

/// Intrinsics that may stay functions: by the last segment of the path, or its beginning with `*`.
const NOT_HOT: &[&str] = &["_xgetbv", "__cpuid*"];

/// Kernels whose loops need not move vectors: all of `parts` are in the path. Each has its reason.
#[derive(Clone, Copy)]
struct Exempt {
    parts: &'static [&'static str],
    #[allow(dead_code)] // For the reader.
    reason: &'static str,
}
const NO_DIVISION: &str = "there is no vector instruction for division of 64-bit integers";
const EACH_ITS_STEPS: &str = "each element takes steps of its own, as many as it needs";
const NO_PRODUCT: &str = "without a vector product of 64 bits, one lane is faster";
const NO_CONVERSION: &str = "AVX2 converts no 64-bit integers, their lanes go one by one";
const IN_ORDER: &str = "each result needs the one before";
const HALVES: &str = "the compiler multiplies bytes in smaller vectors (vpmaddwd)";
const SCALAR_KERNELS: &[Exempt] = &[
    Exempt { parts: &["Kernels<i64>", "::divide"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<u64>", "::divide"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<i64>", "::fmod"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<u64>", "::fmod"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<i64>", "::floor_divide"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<u64>", "::floor_divide"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<i64>", "::remainder"], reason: NO_DIVISION },
    Exempt { parts: &["Kernels<u64>", "::remainder"], reason: NO_DIVISION },
    Exempt { parts: &["::gcd"], reason: EACH_ITS_STEPS },
    Exempt { parts: &["::lcm"], reason: EACH_ITS_STEPS },
    Exempt { parts: &["Kernels<i8>", "::dot"], reason: HALVES },
    Exempt { parts: &["Kernels<u8>", "::dot"], reason: HALVES },
    Exempt { parts: &["Kernels<bool>", "::dot"], reason: HALVES },
    Exempt { parts: &["avx2::Avx2", "Kernels<i64>", "::cumprod"], reason: NO_PRODUCT },
    Exempt { parts: &["avx2::Avx2", "Kernels<u64>", "::cumprod"], reason: NO_PRODUCT },
    Exempt { parts: &["avx2::Avx2", "Kernels<i64>", "::cast"], reason: NO_CONVERSION },
    Exempt { parts: &["avx2::Avx2", "Kernels<i64>", "::squared_deviations"], reason: NO_CONVERSION },
    Exempt { parts: &["Complex<", "::cumsum"], reason: IN_ORDER },
    Exempt { parts: &["Complex<", "::cumprod"], reason: IN_ORDER },
    Exempt {
        parts: &["Complex<f64>", "::copy"],
        reason: "elements of 16 bytes move one by one, whole rows by memcpy",
    },
    Exempt { parts: &["::fmod"], reason: "exact remainders take as many steps as the quotient has bits" },
];

const TWO_LANES: &str = "two lanes of 64 bits, by the compiler's account no faster than two scalars";
const BITS_OF_EXPONENTS: &str =
    "whole vectors move in a loop that has that over the bits of exponents inside it";
/// The same, on NEON alone.
const SCALAR_ON_NEON: &[Exempt] = &[
    Exempt { parts: &["Kernels<i64>", "::cumprod"], reason: NO_PRODUCT },
    Exempt { parts: &["Kernels<u64>", "::cumprod"], reason: NO_PRODUCT },
    Exempt { parts: &["Kernels<i", "::fold::prod"], reason: NO_PRODUCT },
    Exempt { parts: &["Kernels<u", "::fold::prod"], reason: NO_PRODUCT },
    Exempt { parts: &["Kernels<bool>", "::fold::prod"], reason: NO_PRODUCT },
    Exempt {
        parts: &["::copy::copy"],
        reason: "with the checks of a test build, the loop over tiles has others inside it",
    },
    Exempt { parts: &["Kernels<i", "::binary::power"], reason: BITS_OF_EXPONENTS },
    Exempt { parts: &["Kernels<u", "::binary::power"], reason: BITS_OF_EXPONENTS },
    Exempt { parts: &["Kernels<i64>", "::dot"], reason: NO_PRODUCT },
    Exempt { parts: &["Kernels<u64>", "::dot"], reason: NO_PRODUCT },
    Exempt { parts: &["Complex<", "::count_nonzero"], reason: TWO_LANES },
    Exempt { parts: &["Complex<", "::all"], reason: TWO_LANES },
];

/// The step `intrinsics`.
pub(crate) fn intrinsics(context: &Context) -> Result<Outcome, String> {
    let Some(program) = Program::build(context)? else { return Ok(elsewhere()) };
    for set in SETS {
        program.kernels(set)?;
    }
    let left: Vec<&Function> = program.functions.iter().filter(|f| is_lost_intrinsic(&f.name)).collect();
    if left.is_empty() {
        return Ok(Outcome::Passed(format!("{} functions", program.functions.len())));
    }
    let mut names: BTreeSet<&str> = left.iter().map(|f| f.name.as_str()).collect();
    let calls = program.calls(&left);
    names.retain(|&name| {
        let mut callers = calls.iter().filter(|c| c.0 == name).peekable();
        callers.peek().is_none() || callers.any(|c| !is_outside(c.1))
    });
    if names.is_empty() {
        let (all, own) = (program.functions.len(), left.len());
        return Ok(Outcome::Passed(format!("{all} functions; {own} lost in outside engines")));
    }
    let mut message = format!("{} intrinsics were not inlined:", names.len());
    for name in names {
        message += &format!("\n  {name}");
        calls.iter().filter(|c| c.0 == name).for_each(|c| message += &format!("\n    called by {}", c.1));
    }
    Err(message + "\nSome function on the way to each lacks #[inline(always)].")
}

/// The step `vectors`.
pub(crate) fn vectors(context: &Context) -> Result<Outcome, String> {
    let Some(program) = Program::build(context)? else { return Ok(elsewhere()) };
    let mut remarks = Vec::new();
    for set in SETS {
        let classify = |kernel: &Function| loops::classify(&kernel.code, kernel.address, set.width);
        remarks.push(program.check(set, SCALAR_KERNELS, classify)?);
    }
    Ok(Outcome::Passed(remarks.join("; ")))
}

/// The same for NEON, in a program for aarch64 that cargo has built: the test of all kernels.
pub(crate) fn neon_vectors(messages: &str, test: &str) -> Result<String, String> {
    let program = Program::read(messages, test)?;
    let set = Set { module: "isonum_kernels_arm::neon", width: 16 };
    let exempt: Vec<Exempt> = SCALAR_KERNELS.iter().chain(SCALAR_ON_NEON).copied().collect();
    program.check(&set, &exempt, |kernel| neon::classify(&kernel.code))
}

fn elsewhere() -> Outcome {
    Outcome::Skipped("reads x86-64 Linux programs only".into())
}

/// Whether this is a function of `core::arch` that should be part of another.
fn is_lost_intrinsic(name: &str) -> bool {
    let last = name.rsplit("::").next().unwrap_or(name);
    let allowed = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => last.starts_with(start),
        None => last == *pattern,
    };
    name.contains("core_arch") && !NOT_HOT.iter().any(allowed)
}

/// Whether a function belongs to a crate of [`OUTSIDE`].
fn is_outside(name: &str) -> bool {
    let name = name.trim_start_matches('<');
    OUTSIDE.iter().any(|path| name.starts_with(path))
}

/// Whether this is a kernel of the set: `<…::avx2::Avx2 as …::backend::Kernels<f64>>::binary::add`, that is, a
/// function nested in a method of an implementation of a kernel trait for a type of that module. (The compiler
/// also writes the implementation as `…::avx2::<impl …::backend::Kernels<f64> for …::avx2::Avx2>`.)
fn is_kernel(name: &str, module: &str) -> bool {
    let Some((implementation, path)) = split_implementation(name) else { return false };
    let home = format!("{module}::");
    implementation.contains(&home) && implementation.contains(KERNEL_TRAITS) && path.contains("::")
}

/// The implementation that a path goes through, with what is in front of it, and the path inside it.
fn split_implementation(name: &str) -> Option<(&str, &str)> {
    let start = name.find('<')?;
    let mut depth = 0;
    for (at, c) in name.char_indices().skip_while(|&(at, _)| at < start) {
        match c {
            '<' => depth += 1,
            // Not the arrow of a function type.
            '>' if !name[..at].ends_with('-') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&name[..=at], name[at + 1..].strip_prefix("::")?));
        }
    }
    None
}

fn is_exempt(name: &str, exempt: &[Exempt]) -> bool {
    exempt.iter().any(|e| e.parts.iter().all(|part| name.contains(part)))
}

/// A function with its demangled name, without the compiler's hashes.
struct Function {
    name: String,
    address: u64,
    code: Vec<u8>,
}

/// The functions of the linked example.
struct Program {
    path: PathBuf,
    functions: Vec<Function>,
}

impl Program {
    /// Builds and reads it; `None` on machines whose programs this module does not read.
    fn build(context: &Context) -> Result<Option<Self>, String> {
        if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
            return Ok(None);
        }
        let build = format!(
            "build --release --message-format=json-render-diagnostics -p isonum {ALIKE} --example {EXAMPLE}"
        );
        Self::read(&context.stdout(&Run::cargo(&build))?, EXAMPLE).map(Some)
    }

    /// Reads what cargo's messages name for the target.
    fn read(messages: &str, target: &str) -> Result<Self, String> {
        let path = artifact(messages, target).ok_or(format!("cargo built no {target}"))?;
        let functions = read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Program { path, functions })
    }

    /// Fails if a kernel of the set loops without whole vectors, and is not exempt; else says how many do what.
    fn check(
        &self,
        set: &Set,
        exempt: &[Exempt],
        classify: impl Fn(&Function) -> Verdict,
    ) -> Result<String, String> {
        let kernels = self.kernels(set)?;
        let (mut vector, mut scalar, mut failures) = (0, 0, Vec::new());
        for kernel in &kernels {
            match classify(kernel) {
                Verdict::NoLoop => {}
                Verdict::Vector => vector += 1,
                Verdict::Scalar | Verdict::Lanes if is_exempt(&kernel.name, exempt) => scalar += 1,
                Verdict::Scalar => {
                    failures.push(format!("no {}-byte vectors in a loop: {}", set.width, kernel.name))
                }
                Verdict::Lanes => failures.push(format!("vectors taken apart in a loop: {}", kernel.name)),
            }
        }
        let (module, all) = (set.module.rsplit("::").next().unwrap_or_default(), kernels.len());
        if vector == 0 {
            failures.push(format!("{module}: {all} kernels, none with a vector loop"));
        }
        match failures.is_empty() {
            true => Ok(format!("{module} {vector} of {all} with vector loops, {scalar} exempt")),
            false => Err(failures.join("\n")),
        }
    }

    /// The kernels of a set, of which there must be some.
    fn kernels(&self, set: &Set) -> Result<Vec<&Function>, String> {
        let kernels: Vec<_> = self.functions.iter().filter(|f| is_kernel(&f.name, set.module)).collect();
        match kernels.is_empty() {
            true => Err(format!("{}: no kernels of {}; is it stripped?", self.path.display(), set.module)),
            false => Ok(kernels),
        }
    }

    /// Which of these functions is called by which function.
    fn calls<'a>(&'a self, called: &[&'a Function]) -> BTreeSet<(&'a str, &'a str)> {
        let mut calls = BTreeSet::new();
        for caller in &self.functions {
            let decoder = Decoder::with_ip(64, &caller.code, caller.address, DecoderOptions::NONE);
            let jumps = |i: &Instruction| {
                matches!(i.flow_control(), FlowControl::Call | FlowControl::UnconditionalBranch)
            };
            for i in decoder.into_iter().filter(jumps) {
                let callee = called.iter().find(|c| c.address == i.near_branch_target());
                calls.extend(
                    callee.filter(|c| c.name != caller.name).map(|c| (c.name.as_str(), caller.name.as_str())),
                );
            }
        }
        calls
    }
}

/// The program that cargo's messages name for the target.
fn artifact(messages: &str, target: &str) -> Option<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut ours = messages.filter(|m| m["reason"] == "compiler-artifact" && m["target"]["name"] == target);
    ours.find_map(|m| m["executable"].as_str().map(PathBuf::from))
}

/// The functions of a program.
fn read(path: &Path) -> Result<Vec<Function>, Box<dyn std::error::Error>> {
    let data = std::fs::read(path)?;
    let file = object::File::parse(&*data)?;
    let mut functions = Vec::new();
    for symbol in file.symbols().filter(|s| s.kind() == SymbolKind::Text && s.size() > 0) {
        let Some(section) = symbol.section_index() else { continue };
        let code = file.section_by_index(section)?.data_range(symbol.address(), symbol.size())?;
        let name = format!("{:#}", rustc_demangle::demangle(symbol.name()?));
        functions.push(Function { name, address: symbol.address(), code: code.unwrap_or_default().to_vec() });
    }
    Ok(functions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_intrinsics_are_told_from_others() {
        assert!(is_lost_intrinsic("core::core_arch::x86::avx512f::_mm512_add_pd"));
        assert!(is_lost_intrinsic("core::ptr::read::<core::core_arch::x86::__m512d>"));
        assert!(!is_lost_intrinsic("core::core_arch::x86::xsave::_xgetbv"));
        assert!(!is_lost_intrinsic("core::core_arch::x86::cpuid::__cpuid_count"));
        assert!(!is_lost_intrinsic("isonum_core::search"));
    }

    #[test]
    fn kernels_are_functions_nested_in_methods_of_kernel_traits() {
        let kernel = "<isonum_kernels_x86::avx2::Avx2 as isonum_core::backend::Kernels<f64>>::binary::add";
        assert!(
            is_kernel(kernel, "isonum_kernels_x86::avx2") && !is_kernel(kernel, "isonum_kernels_x86::avx512")
        );
        let other = "isonum_kernels_x86::avx2::<impl isonum_core::backend::Kernels<f64> for isonum_kernels_x86::avx2::Avx2>::binary::add";
        assert!(is_kernel(other, "isonum_kernels_x86::avx2"));
        for name in [
            "<isonum_kernels_x86::avx2::Avx2 as isonum_core::backend::Kernels<f64>>::binary",
            "<isonum_kernels_x86::avx2::Avx2 as isonum_kernels::simd::Simd<f64>>::load::inner",
            "isonum_kernels_x86::avx2::detect::once",
        ] {
            assert!(!is_kernel(name, "isonum_kernels_x86::avx2"), "{name}");
        }
    }

    #[test]
    fn the_implementation_ends_at_its_own_bracket() {
        assert_eq!(
            split_implementation("<A<fn() -> B> as C<D>>::e::f"),
            Some(("<A<fn() -> B> as C<D>>", "e::f"))
        );
        assert_eq!(split_implementation("a::b"), None);
    }

    #[test]
    fn division_of_long_integers_is_exempt_and_its_kin_not() {
        let exempt = |t: &str, f: &str| {
            let name = format!("<x::Avx2 as isonum_core::backend::Kernels<{t}>>::binary::{f}");
            is_exempt(&name, SCALAR_KERNELS)
        };
        assert!(exempt("i64", "divide") && exempt("u64", "fmod"));
        assert!(!exempt("i32", "divide") && !exempt("f64", "divide") && !exempt("i64", "add"));
    }

    #[test]
    fn artifacts_are_found_by_target() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"k"},"filenames":["/k.rlib"],"executable":null}
not json
{"reason":"compiler-artifact","target":{"name":"e"},"filenames":["/e"],"executable":"/e"}"#;
        assert_eq!(artifact(messages, "e"), Some(PathBuf::from("/e")));
        assert_eq!(artifact(messages, "k"), None);
        assert_eq!(artifact(messages, "x"), None);
    }

    #[test]
    fn a_program_without_kernels_is_a_failure() {
        let name = |module: &str| {
            format!("<isonum_kernels_x86::{module}::S as isonum_core::backend::Kernels<f64>>::binary::add")
        };
        let function = |module| Function { name: name(module), address: 0, code: vec![] };
        let program = Program { path: "p".into(), functions: vec![function("avx2")] };
        assert!(program.kernels(&SETS[0]).is_ok());
        let error = program.kernels(&SETS[1]).err().unwrap();
        assert_eq!(error, "p: no kernels of isonum_kernels_x86::avx512; is it stripped?");
    }

    /// A function that is one of its own in any build.
    #[inline(never)]
    fn landmark(x: u32) -> u32 {
        std::hint::black_box(x) + 1
    }

    #[test]
    fn this_very_program_can_be_read() {
        if cfg!(all(target_arch = "x86_64", target_os = "linux")) {
            assert_eq!(landmark(1), 2);
            let functions = read(&std::env::current_exe().unwrap()).unwrap();
            assert!(functions.iter().any(|f| f.name.ends_with("tests::landmark")));
        }
    }
}
