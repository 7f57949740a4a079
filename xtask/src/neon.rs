//! Whether the loops of a compiled aarch64 function move whole vectors of 16 bytes: [`crate::loops`] for NEON.
//!
//! *Method.* Instructions are words. A branch backwards closes a loop of everything from its target on. In one that has
//! no other inside it a whole register must be loaded or stored, elsewhere than on the stack, or two `f32` be widened to
//! fill one. Encodings: Arm Architecture Reference Manual (DDI 0487), C4.1.

use crate::loops::Verdict;

/// Looks at the loops of a function.
pub(crate) fn classify(code: &[u8]) -> Verdict {
    let words: Vec<u32> =
        code.chunks_exact(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
    let backwards = |(at, &word): (usize, &u32)| {
        let start = at.checked_add_signed(branch(word)? as isize)?;
        (start <= at).then_some((start, at))
    };
    let loops: Vec<(usize, usize)> = words.iter().enumerate().filter_map(backwards).collect();
    let inside = |&(start, end): &(usize, usize), &other: &(usize, usize)| {
        start <= other.0 && other.1 <= end && (start, end) != other
    };
    let innermost = |outer: &&(usize, usize)| !loops.iter().any(|other| inside(outer, other));
    let vector = |&(start, end): &(usize, usize)| {
        words[start..end].iter().any(|&word| moves_vector(word) || widens(word))
    };
    match loops.is_empty() {
        true => Verdict::NoLoop,
        false if loops.iter().filter(innermost).any(vector) => Verdict::Vector,
        false => Verdict::Scalar,
    }
}

/// How many words a branch inside of a function goes forwards.
fn branch(word: u32) -> Option<i32> {
    let signed = |low: u32, bits: u32| (word << (32 - low - bits)) as i32 >> (32 - bits);
    match word {
        // b
        w if w & 0xFC00_0000 == 0x1400_0000 => Some(signed(0, 26)),
        // b.cond; cbz, cbnz
        w if w & 0xFF00_0000 == 0x5400_0000 || w & 0x7E00_0000 == 0x3400_0000 => Some(signed(5, 19)),
        // tbz, tbnz
        w if w & 0x7E00_0000 == 0x3600_0000 => Some(signed(5, 14)),
        _ => None,
    }
}

/// Whether it loads or stores whole registers of 16 bytes, not relative to the pointers of the stack and its frame.
fn moves_vector(word: u32) -> bool {
    let one = word & 0xFC80_0000 == 0x3C80_0000; // ldr, ldur, str, stur
    let two = word & 0xFC00_0000 == 0xAC00_0000; // ldp, ldnp, stp, stnp
    let structures = word & 0xFF00_0000 == 0x4C00_0000; // ld1…ld4, st1…st4
    let base = word >> 5 & 31;
    (one || two || structures) && base != 31 && base != 29
}

/// Whether it converts two `f32` to a register of two `f64`.
fn widens(word: u32) -> bool {
    word & 0xBFFF_FC00 == 0x0E61_7800 // fcvtl, fcvtl2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify_words(words: &[u32]) -> Verdict {
        classify(&words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>())
    }

    #[test]
    fn loops_with_whole_vectors_are_told_from_others() {
        const LDR_Q0_X1_16: u32 = 0x3CC1_0420;
        const LDR_Q0_SP: u32 = 0x3DC0_03E0;
        const LDR_D0_X1_8: u32 = 0xFC40_8420;
        const LDP_Q0_Q1_X1: u32 = 0xAD40_0420;
        const LD2_V0_V1_X1: u32 = 0x4C40_8C20;
        const FCVTL_V0_V1: u32 = 0x0E61_7820;
        const FCVTN_V0_V1: u32 = 0x0E61_6820;
        const SUBS_X0_1: u32 = 0xF100_0400;
        const B_NE_BACK_2: u32 = 0x54FF_FFC1;
        const CBNZ_X0_BACK_2: u32 = 0xB5FF_FFC0;
        const RET: u32 = 0xD65F_03C0;
        let of = |load, branch| classify_words(&[load, SUBS_X0_1, branch, RET]);
        assert_eq!(of(LDR_Q0_X1_16, B_NE_BACK_2), Verdict::Vector);
        assert_eq!(of(LDP_Q0_Q1_X1, CBNZ_X0_BACK_2), Verdict::Vector);
        assert_eq!(of(LD2_V0_V1_X1, B_NE_BACK_2), Verdict::Vector);
        assert_eq!(of(FCVTL_V0_V1, B_NE_BACK_2), Verdict::Vector);
        assert_eq!(of(FCVTN_V0_V1, B_NE_BACK_2), Verdict::Scalar);
        assert_eq!(of(LDR_D0_X1_8, B_NE_BACK_2), Verdict::Scalar);
        assert_eq!(of(LDR_Q0_SP, B_NE_BACK_2), Verdict::Scalar);
        assert_eq!(classify_words(&[LDR_Q0_X1_16, RET]), Verdict::NoLoop);
        // A vector in front of an inner loop of scalars.
        const B_NE_BACK_4: u32 = 0x54FF_FF81;
        let nested = [LDR_Q0_X1_16, LDR_D0_X1_8, SUBS_X0_1, B_NE_BACK_2, B_NE_BACK_4, RET];
        assert_eq!(classify_words(&nested), Verdict::Scalar);
    }
}
