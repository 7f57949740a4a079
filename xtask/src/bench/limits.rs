//! `bench limits`: what the machine can do at most, which cases are compared with.

use super::our_command;
use super::process::Process;
use crate::step::Context;
use serde_json::json;

/// A level of memory, and bytes that fit it with room to spare.
struct Level {
    name: String,
    bytes: usize,
}

pub(super) fn run(context: &Context) -> Result<bool, String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let levels = levels();
    let sizes: Vec<usize> = levels.iter().map(|level| level.bytes).collect();
    let mut ours = Process::start("isonum", &mut our_command(context, "1")?)?;
    let mut threads = vec![1, cores];
    threads.dedup();
    for threads in threads {
        let found = ours.ask(json!({ "do": "limits", "threads": threads, "sizes": sizes }))?;
        println!("\n{threads} thread{}", if threads == 1 { "" } else { "s" });
        for dtype in ["f32", "f64"] {
            println!("  multiply-adds of {dtype:<22} {:>7.1} GFLOP/s", found[dtype].as_f64().unwrap_or(0.0));
        }
        for (k, level) in levels.iter().enumerate() {
            let rates = [0, 1].map(|side| found["memory"][k][side].as_f64().unwrap_or(0.0));
            let size = size_name(level.bytes);
            println!(
                "  {:<6} {size:>9}: read {:>6.1} GB/s, copy {:>6.1} GB/s",
                level.name, rates[0], rates[1]
            );
        }
    }
    Ok(true)
}

/// Half of each cache, and four times the last.
fn levels() -> Vec<Level> {
    let mut levels = Vec::new();
    for index in 0..8 {
        let read = |what: &str| {
            let path = format!("/sys/devices/system/cpu/cpu0/cache/index{index}/{what}");
            std::fs::read_to_string(path).map(|text| text.trim().to_owned())
        };
        let (Ok(level), Ok(kind), Ok(size)) = (read("level"), read("type"), read("size")) else { continue };
        if let (true, Some(bytes)) = (kind != "Instruction", bytes(&size)) {
            levels.push(Level { name: format!("L{level}"), bytes: bytes / 2 });
        }
    }
    if levels.is_empty() {
        let usual = [("L1", 16 << 10), ("L2", 256 << 10), ("L3", 8 << 20)];
        levels.extend(usual.map(|(name, bytes)| Level { name: name.into(), bytes }));
    }
    let last = levels.iter().map(|level| level.bytes).max().unwrap_or(0);
    levels.push(Level { name: "memory".into(), bytes: (8 * last).max(256 << 20) });
    levels
}

/// As the system writes it: `48K`, `32M`.
fn bytes(text: &str) -> Option<usize> {
    let (digits, shift) = match text.strip_suffix('K') {
        Some(digits) => (digits, 10),
        None => (text.strip_suffix('M')?, 20),
    };
    Some(digits.parse::<usize>().ok()? << shift)
}

fn size_name(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{} KiB", bytes >> 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        assert_eq!((bytes("48K"), bytes("32M"), bytes("")), (Some(49_152), Some(32 << 20), None));
        assert_eq!((size_name(24 << 10), size_name(256 << 20)), ("24 KiB".into(), "256 MiB".into()));
    }

    #[test]
    fn memory_is_beyond_the_caches() {
        let levels = levels();
        let (last, caches) = levels.split_last().unwrap();
        assert!(caches.iter().all(|cache| 8 * cache.bytes <= last.bytes) && !caches.is_empty());
    }
}
