//! SHA-256 over what lies in one piece, and HMAC from a remembered state, at the cost of their compressions.
//!
//! The general hashers keep a block of their own, into which every piece is copied, and compress a key's two blocks anew
//! for each message. A signature is eleven compressions long, so that is most of what could be saved.

use sha2::block_api::compress256;
use zeroize::Zeroizing;

use crate::credential::KeyState;

pub(crate) type Digest = [u8; 32];

const BLOCK: usize = 64;

/// Section 5.3.3 of FIPS 180-4.
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The hash of `text`.
pub(crate) fn digest(text: &[u8]) -> Digest {
    finish(START, 0, text)
}

/// The hash of `text`, which is spent: what ends the last block is put behind it, so that all is compressed in one go.
pub(crate) fn digest_of(text: &mut Vec<u8>) -> Digest {
    close(START, 0, text)
}

/// The HMAC of `text`, which is spent, under the key of `state`.
pub(crate) fn hmac_of(state: &KeyState, text: &mut Vec<u8>) -> Digest {
    let (inner, outer) = halves(state);
    finish(outer, BLOCK, &close(inner, BLOCK, text))
}

fn close(mut state: [u32; 8], before: usize, text: &mut Vec<u8>) -> Digest {
    let bits = bits(before, text.len());
    let end = (text.len() + 9).next_multiple_of(BLOCK);
    text.push(0x80);
    text.resize(end - 8, 0);
    text.extend_from_slice(&bits);
    compress256(&mut state, text.as_chunks().0);
    bytes(state)
}

/// The states of HMAC after its key: what every message under the key begins and ends with.
///
/// `key` is a digest, and so never longer than a block.
pub(crate) fn key_state(key: &Digest) -> KeyState {
    let mut state = KeyState::default();
    for (half, pad) in state.chunks_exact_mut(8).zip([0x36, 0x5c]) {
        let mut block = Zeroizing::new([pad; BLOCK]);
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        let mut words = Zeroizing::new(START);
        compress256(&mut words, std::slice::from_ref(&*block));
        half.copy_from_slice(&*words);
    }
    state
}

/// The HMAC of `text` under the key of `state`.
pub(crate) fn hmac(state: &KeyState, text: &[u8]) -> Digest {
    let (inner, outer) = halves(state);
    finish(outer, BLOCK, &finish(inner, BLOCK, text))
}

fn halves(state: &KeyState) -> ([u32; 8], [u32; 8]) {
    let (mut inner, mut outer) = ([0; 8], [0; 8]);
    inner.copy_from_slice(&state[..8]);
    outer.copy_from_slice(&state[8..]);
    (inner, outer)
}

/// Goes on from `state`, which `before` bytes have led to, over `text` to the end.
fn finish(mut state: [u32; 8], before: usize, text: &[u8]) -> Digest {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    compress256(&mut state, blocks);

    // The end: one bit, zeros, the length in bits.
    let mut end = [[0; BLOCK]; 2];
    let bytes = end.as_flattened_mut();
    bytes[..rest.len()].copy_from_slice(rest);
    bytes[rest.len()] = 0x80;
    let used = if rest.len() < BLOCK - 8 { BLOCK } else { 2 * BLOCK };
    bytes[used - 8..used].copy_from_slice(&bits(before, text.len()));
    compress256(&mut state, &end[..used / BLOCK]);
    self::bytes(state)
}

fn bits(before: usize, len: usize) -> [u8; 8] {
    ((before as u64 + len as u64) * 8).to_be_bytes()
}

fn bytes(state: [u32; 8]) -> Digest {
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// `digest` in lower-case hex.
pub(crate) fn hex(digest: &Digest) -> [u8; 64] {
    let mut text = [[0; 2]; 32];
    for (pair, byte) in text.iter_mut().zip(digest) {
        *pair = HEX[usize::from(*byte)];
    }
    let mut flat = [0; 64];
    flat.copy_from_slice(text.as_flattened());
    flat
}

/// Every byte as two digits: half the steps of looking each digit up.
const HEX: [[u8; 2]; 256] = {
    let (digits, mut all, mut byte) = (b"0123456789abcdef", [[0; 2]; 256], 0);
    while byte < 256 {
        all[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    all
};

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn every_length_up_to_five_blocks_hashes_as_the_library_does() {
        let text: Vec<u8> = (0..=255).cycle().take(5 * BLOCK).collect();
        for len in 0..=text.len() {
            assert_eq!(digest(&text[..len])[..], Sha256::digest(&text[..len])[..], "{len}");
            assert_eq!(digest_of(&mut text[..len].to_vec()), digest(&text[..len]), "{len}");
        }
    }

    #[test]
    fn every_message_up_to_five_blocks_is_keyed_as_the_library_does() {
        let text: Vec<u8> = (0..=255).cycle().take(5 * BLOCK).collect();
        for len in 0..=text.len() {
            let key = digest(&text[len..]);
            let mut theirs = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            theirs.update(&text[..len]);
            let (state, theirs) = (key_state(&key), theirs.finalize().into_bytes());
            assert_eq!(hmac(&state, &text[..len])[..], theirs[..], "{len}");
            assert_eq!(hmac_of(&state, &mut text[..len].to_vec())[..], theirs[..], "{len}");
        }
    }
}
