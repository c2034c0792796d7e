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
    let (mut inner, mut outer) = ([0; 8], [0; 8]);
    inner.copy_from_slice(&state[..8]);
    outer.copy_from_slice(&state[8..]);
    finish(outer, BLOCK, &finish(inner, BLOCK, text))
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
    let bits = (before as u64 + text.len() as u64) * 8;
    bytes[used - 8..used].copy_from_slice(&bits.to_be_bytes());
    compress256(&mut state, &end[..used / BLOCK]);

    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// `digest` in lower-case hex.
pub(crate) fn hex(digest: &Digest) -> [u8; 64] {
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(digest) {
        pair[0] = HEX[usize::from(byte >> 4)];
        pair[1] = HEX[usize::from(byte & 15)];
    }
    text
}

const HEX: &[u8; 16] = b"0123456789abcdef";

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
        }
    }

    #[test]
    fn every_message_up_to_five_blocks_is_keyed_as_the_library_does() {
        let text: Vec<u8> = (0..=255).cycle().take(5 * BLOCK).collect();
        for len in 0..=text.len() {
            let key = digest(&text[len..]);
            let mut theirs = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            theirs.update(&text[..len]);
            assert_eq!(hmac(&key_state(&key), &text[..len])[..], theirs.finalize().into_bytes()[..], "{len}");
        }
    }
}
