//! What the loops of a compiled x86-64 function move: whole vectors, or less.
//!
//! A kernel whose intrinsics were lost, or that the compiler has taken apart, still gives the right bits, only
//! many times slower. It shows in the machine code: no loop of the function loads or stores whole vectors.
//!
//! *Method.* Decode the function, cut it into blocks at branches, and find loops as cycles of blocks: a cycle
//! without its entry block falls apart into the loops nested in it, and so on inwards. A loop counts for its own
//! blocks, not for those of the loops inside it, because a vector kernel may well have a slow path for rare
//! lanes in its hot loop, and a scalar one a vector instruction in front of its inner loop. In a loop that moves
//! vectors, most of the arithmetic must be of vectors, too, or it takes them apart. Calls count as arithmetic of lanes
//! where there is none of vectors.

use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, OpKind, Register};
use std::collections::BTreeSet;

/// What was found in a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It does not loop.
    NoLoop,
    /// A loop moves whole vectors between registers and memory other than the stack.
    Vector,
    /// It loops, and no loop does.
    Scalar,
    /// A loop that moves vectors takes them apart: more of its arithmetic is of single lanes than of vectors.
    Lanes,
}

/// Looks at the loops of the function whose `code` starts at `address`, for vectors of `width` bytes.
pub(crate) fn classify(code: &[u8], address: u64, width: usize) -> Verdict {
    let blocks = Blocks::of(code, address);
    let loops = blocks.loops(&(0..blocks.all.len()).collect());
    let vector = |l: &&Loop| l.own.iter().any(|&b| blocks.all[b].moves_vectors(width));
    let count = |part: &BTreeSet<usize>, of: fn(&Instruction) -> bool| {
        part.iter().flat_map(|&b| &blocks.all[b].code).filter(|i| of(i)).count()
    };
    // In one with others inside it, a path for rare lanes may well be longer than its own.
    let loads = |l: &Loop| l.own.iter().any(|&b| blocks.all[b].code.iter().any(|i| loads_vectors(i, width)));
    let lanes = |l: &Loop| match count(&l.own, is_of_vectors) {
        0 => {
            // Without loads it fills with what was computed before, but for the rare lanes of that.
            let calls = if loads(l) { count(&l.own, is_call) } else { 0 };
            calls + count(&l.all, is_of_one_lane) > count(&l.all, is_of_vectors)
        }
        vectors => l.innermost && count(&l.own, is_of_one_lane) > vectors,
    };
    match loops.iter().filter(vector).collect::<Vec<_>>() {
        _ if loops.is_empty() => Verdict::NoLoop,
        moving if moving.is_empty() => Verdict::Scalar,
        moving if moving.iter().any(|l| lanes(l)) => Verdict::Lanes,
        _ => Verdict::Vector,
    }
}

/// A loop.
struct Loop {
    /// Its blocks without those of the loops inside it.
    own: BTreeSet<usize>,
    /// Its blocks with those.
    all: BTreeSet<usize>,
    /// Whether there are none.
    innermost: bool,
}

/// Instructions that run one after the other, and the blocks that may follow.
struct Block {
    code: Vec<Instruction>,
    next: Vec<usize>,
}

impl Block {
    fn moves_vectors(&self, width: usize) -> bool {
        self.code.iter().any(|i| moves_vectors(i, width))
    }
}

/// Whether an instruction reads or writes a vector elsewhere than on the stack, or reads what fills one.
fn moves_vectors(i: &Instruction, width: usize) -> bool {
    let memory = (0..i.op_count()).any(|op| i.op_kind(op) == OpKind::Memory);
    let whole = i.memory_size().size() == width || widens(i) && i.op_register(0).size() == width;
    memory && whole && i.memory_base() != Register::RSP
}

/// Whether it reads one, and not a constant.
fn loads_vectors(i: &Instruction, width: usize) -> bool {
    moves_vectors(i, width) && i.op_kind(0) == OpKind::Register && i.memory_base() != Register::RIP
}

/// Whether an instruction makes wider elements of those it reads: less than a vector from memory fills one.
fn widens(i: &Instruction) -> bool {
    let name = format!("{:?}", i.mnemonic());
    ["Vpmovsx", "Vpmovzx", "Vcvt"].iter().any(|start| name.starts_with(start))
}

/// The beginnings of the names of arithmetic; what follows says of what.
const ARITHMETIC: &[&str] =
    &["Vadd", "Vsub", "Vmul", "Vdiv", "Vsqrt", "Vmin", "Vmax", "Vfm", "Vfn", "Vround", "Vrndscale", "Vcvt"];

/// Whether an instruction computes with one floating-point number, or takes one integer out of a vector.
fn is_of_one_lane(i: &Instruction) -> bool {
    let name = format!("{:?}", i.mnemonic());
    let single =
        name.ends_with("sd") || name.ends_with("ss") || name.contains("2si") || name.contains("2usi");
    single && ARITHMETIC.iter().any(|start| name.starts_with(start)) || name.starts_with("Vpextr")
}

/// Whether it calls a function.
fn is_call(i: &Instruction) -> bool {
    matches!(i.flow_control(), FlowControl::Call | FlowControl::IndirectCall)
}

/// What moves lanes about. (A broadcast is not among them: what a single number is computed for may well be all lanes.)
const MOVES: &[&str] = &[
    "Vmov", "Vextract", "Vinsert", "Vzero", "Vunpck", "Vpunpck", "Vshuf", "Vpshuf", "Vperm", "Vpinsr",
    "Vblend", "Vpblend",
];

/// Whether an instruction computes with vectors.
fn is_of_vectors(i: &Instruction) -> bool {
    let name = format!("{:?}", i.mnemonic());
    name.starts_with('V') && !is_of_one_lane(i) && !MOVES.iter().any(|start| name.starts_with(start))
}

struct Blocks {
    all: Vec<Block>,
}

impl Blocks {
    fn of(code: &[u8], address: u64) -> Blocks {
        let decoded: Vec<Instruction> =
            Decoder::with_ip(64, code, address, DecoderOptions::NONE).into_iter().collect();
        let inside = address..address + code.len() as u64;
        let mut starts = BTreeSet::from([address]);
        for i in decoded.iter().filter(|i| ends_block(i)) {
            starts.insert(i.next_ip());
            starts.extend(target(i).filter(|t| inside.contains(t)));
        }
        let mut all: Vec<Block> = Vec::new();
        for i in decoded {
            if starts.contains(&i.ip()) || all.is_empty() {
                all.push(Block { code: Vec::new(), next: Vec::new() });
            }
            if let Some(block) = all.last_mut() {
                block.code.push(i);
            }
        }
        let mut blocks = Blocks { all };
        blocks.connect();
        blocks
    }

    fn connect(&mut self) {
        let first: Vec<u64> = self.all.iter().map(|b| b.code[0].ip()).collect();
        let at = |address: u64| first.binary_search(&address).ok();
        let mut tables = Vec::new();
        for (index, block) in self.all.iter_mut().enumerate() {
            let last = block.code[block.code.len() - 1];
            block.next.extend(target(&last).and_then(at));
            match last.flow_control() {
                FlowControl::UnconditionalBranch | FlowControl::Return | FlowControl::Exception => {}
                FlowControl::IndirectBranch => tables.push(index),
                _ => block.next.extend(at(last.next_ip())),
            }
        }
        // A jump table leads to any block that nothing else leads to.
        let reached: BTreeSet<usize> = self.all.iter().flat_map(|b| b.next.iter().copied()).collect();
        let open = (1..self.all.len()).filter(|b| !reached.contains(b));
        let open: Vec<usize> = if tables.is_empty() { Vec::new() } else { open.collect() };
        tables.into_iter().for_each(|t| self.all[t].next.extend(&open));
    }

    /// The loops among `part` of the blocks.
    fn loops(&self, part: &BTreeSet<usize>) -> Vec<Loop> {
        let mut found = Vec::new();
        for cycle in self.cycles(part) {
            let Some(&lowest) = cycle.first() else { continue };
            // Where control comes in from outside; the lowest address if the function begins in the loop.
            let entered =
                |b: &&usize| part.iter().any(|p| !cycle.contains(p) && self.all[*p].next.contains(b));
            let head = *cycle.iter().find(entered).unwrap_or(&lowest);
            let mut rest = cycle.clone();
            rest.remove(&head);
            let inner = self.loops(&rest);
            let (mut own, all) = (cycle.clone(), cycle);
            for block in self.cycles(&rest).into_iter().flatten() {
                own.remove(&block);
            }
            found.push(Loop { own, all, innermost: inner.is_empty() });
            found.extend(inner);
        }
        found
    }

    /// The strongly connected sets of blocks in `part` that have an edge: all that lies on some cycle.
    fn cycles(&self, part: &BTreeSet<usize>) -> Vec<BTreeSet<usize>> {
        // Kosaraju: finish order forwards, then collect backwards. Explicit stacks, as functions can be long.
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        for &root in part {
            let mut stack = vec![(root, false)];
            while let Some((block, done)) = stack.pop() {
                if done {
                    order.push(block);
                } else if seen.insert(block) {
                    stack.push((block, true));
                    stack.extend(
                        self.all[block].next.iter().filter(|n| part.contains(n)).map(|&n| (n, false)),
                    );
                }
            }
        }
        let mut before = vec![Vec::new(); self.all.len()];
        for &block in part {
            self.all[block].next.iter().for_each(|&n| before[n].push(block));
        }
        let mut sets = Vec::new();
        let mut left = part.clone();
        for &root in order.iter().rev() {
            let mut set = BTreeSet::new();
            let mut stack = vec![root];
            while let Some(block) = stack.pop() {
                if left.remove(&block) {
                    set.insert(block);
                    stack.extend(&before[block]);
                }
            }
            if set.len() > 1 || set.contains(&root) && self.all[root].next.contains(&root) {
                sets.push(set);
            }
        }
        sets
    }
}

fn ends_block(i: &Instruction) -> bool {
    !matches!(i.flow_control(), FlowControl::Next | FlowControl::Call | FlowControl::IndirectCall)
}

/// Where a direct jump goes.
fn target(i: &Instruction) -> Option<u64> {
    let jump = matches!(i.flow_control(), FlowControl::UnconditionalBranch | FlowControl::ConditionalBranch);
    jump.then(|| i.near_branch_target())
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Lanes, NoLoop, Scalar, Vector};
    use super::*;

    const LOAD_ZMM: &[u8] = &[0x62, 0xf1, 0xfd, 0x48, 0x10, 0x07]; // vmovupd zmm0, [rdi]
    const LOAD_YMM: &[u8] = &[0xc5, 0xfd, 0x10, 0x07]; // vmovupd ymm0, [rdi]
    const STORE_YMM: &[u8] = &[0xc5, 0xfd, 0x11, 0x07]; // vmovupd [rdi], ymm0
    const SPILL_YMM: &[u8] = &[0xc5, 0xfd, 0x11, 0x04, 0x24]; // vmovupd [rsp], ymm0
    const BROADCAST: &[u8] = &[0xc4, 0xe2, 0x7d, 0x19, 0x07]; // vbroadcastsd ymm0, [rdi]
    const LOAD_XMM: &[u8] = &[0xc5, 0xfb, 0x10, 0x07]; // vmovsd xmm0, [rdi]
    const WIDEN_YMM: &[u8] = &[0xc4, 0xe2, 0x7d, 0x21, 0x07]; // vpmovsxbd ymm0, [rdi]
    const WIDEN_XMM: &[u8] = &[0xc4, 0xe2, 0x79, 0x21, 0x07]; // vpmovsxbd xmm0, [rdi]
    const ADD_YMM: &[u8] = &[0xc5, 0xfd, 0x58, 0xc1]; // vaddpd ymm0, ymm0, ymm1
    const ROOT: &[u8] = &[0xc5, 0xfb, 0x51, 0xc0]; // vsqrtsd xmm0, xmm0, xmm0
    const PAIR: &[u8] = &[0xc5, 0xf9, 0x14, 0xc1]; // vunpcklpd xmm0, xmm0, xmm1
    const CALL: &[u8] = &[0xe8, 0, 0, 0, 0]; // call
    const COUNT: &[u8] = &[0x48, 0xff, 0xc9]; // dec rcx
    const RET: &[u8] = &[0xc3];

    /// `jnz` back over `body` bytes.
    fn back(body: usize) -> [u8; 2] {
        [0x75, (-(body as i8 + 2)) as u8]
    }

    /// `body`, counted and repeated.
    fn repeat(body: &[&[u8]]) -> Vec<u8> {
        let mut code = [&body.concat(), COUNT].concat();
        code.extend(back(code.len()));
        code
    }

    fn verdict(parts: &[&[u8]], width: usize) -> Verdict {
        classify(&parts.concat(), 0x1000, width)
    }

    #[test]
    fn straight_code_has_no_loop() {
        assert_eq!(verdict(&[LOAD_YMM, RET], 32), NoLoop);
        assert_eq!(verdict(&[], 32), NoLoop);
        // A forward jump: jmp +4
        assert_eq!(verdict(&[&[0xeb, 0x04], LOAD_YMM, RET], 32), NoLoop);
    }

    #[test]
    fn a_loop_of_the_right_width_is_a_vector_loop() {
        assert_eq!(verdict(&[&repeat(&[LOAD_YMM]), RET], 32), Vector);
        assert_eq!(verdict(&[&repeat(&[ADD_YMM, STORE_YMM]), RET], 32), Vector);
        assert_eq!(verdict(&[&repeat(&[LOAD_ZMM]), RET], 64), Vector);
        assert_eq!(verdict(&[&repeat(&[LOAD_YMM]), RET], 64), Scalar);
        assert_eq!(verdict(&[&repeat(&[WIDEN_YMM]), RET], 32), Vector);
    }

    #[test]
    fn lesser_moves_are_scalar() {
        for body in [LOAD_XMM, ADD_YMM, SPILL_YMM, BROADCAST, WIDEN_XMM] {
            assert_eq!(verdict(&[&repeat(&[body]), RET], 32), Scalar, "{body:x?}");
        }
        assert_eq!(verdict(&[LOAD_YMM, &repeat(&[LOAD_XMM]), STORE_YMM, RET], 32), Scalar);
    }

    #[test]
    fn an_outer_loop_counts_for_its_own_blocks() {
        // A slow path for rare lanes inside the hot loop.
        let hot = repeat(&[LOAD_YMM, &repeat(&[LOAD_XMM]), STORE_YMM]);
        assert_eq!(verdict(&[&hot, RET], 32), Vector);
        // A scalar loop for each row, with a vector constant made in the outer one.
        let rows = repeat(&[BROADCAST, &repeat(&[LOAD_XMM])]);
        assert_eq!(verdict(&[&rows, RET], 32), Scalar);
        // A vector loop for each row.
        assert_eq!(verdict(&[&repeat(&[&repeat(&[LOAD_YMM])]), RET], 32), Vector);
    }

    #[test]
    fn vectors_taken_apart_are_lanes() {
        let roots = repeat(&[LOAD_YMM, ROOT, ROOT, PAIR, STORE_YMM]);
        assert_eq!(verdict(&[&roots, RET], 32), Lanes);
        // Lanes in a loop of their own, without arithmetic of vectors around it, and with.
        let alone = repeat(&[LOAD_YMM, &repeat(&[ROOT]), STORE_YMM]);
        assert_eq!(verdict(&[&alone, RET], 32), Lanes);
        assert_eq!(verdict(&[&repeat(&[LOAD_YMM, CALL, STORE_YMM]), RET], 32), Lanes);
        assert_eq!(verdict(&[&repeat(&[CALL, STORE_YMM]), RET], 32), Vector);
        let rare = repeat(&[LOAD_YMM, ADD_YMM, &repeat(&[ROOT, ROOT]), STORE_YMM]);
        assert_eq!(verdict(&[&rare, RET], 32), Vector);
        // One number among vectors, and numbers behind them.
        assert_eq!(verdict(&[&repeat(&[LOAD_YMM, ADD_YMM, ROOT]), &repeat(&[ROOT]), RET], 32), Vector);
    }

    #[test]
    fn a_jump_back_from_cold_code_is_no_loop() {
        // jnz cold; back: load; ret; cold: jmp back
        assert_eq!(verdict(&[&[0x75, 0x05], LOAD_YMM, RET, &[0xeb, 0xf9]], 32), NoLoop);
    }

    #[test]
    fn a_loop_that_begins_at_its_test_is_found() {
        // jmp test; body: load; test: dec rcx; jnz body; ret
        assert_eq!(verdict(&[&[0xeb, 0x04], LOAD_YMM, COUNT, &back(7), RET], 32), Vector);
        assert_eq!(verdict(&[&[0xeb, 0x04], LOAD_XMM, COUNT, &back(7), RET], 32), Scalar);
    }

    #[test]
    fn a_loop_through_a_jump_table_is_found() {
        // again: jmp rax; (case) load; jmp again
        assert_eq!(verdict(&[&[0xff, 0xe0], LOAD_YMM, &[0xeb, 0xf8]], 32), Vector);
    }
}
