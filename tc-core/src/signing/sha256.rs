//! SHA-256 and HMAC-SHA256 of a text in one buffer.
//!
//! The hashers of the crates sha2 and hmac copy the text into blocks, compress one block at a time, and compress the two blocks of the
//! key again for every message. A signature is eleven compressions long. Here the padding is appended to the text, all blocks are
//! compressed together, and an HMAC starts from the cached state after its key.

use sha2::block_api::compress256;
use zeroize::Zeroizing;

use crate::credential::KeyState;

pub(super) type Digest = [u8; 32];

const BLOCK: usize = 64;

/// The initial state: section 5.3.3 of FIPS 180-4.
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The hash of `text`, which is not changed.
pub(super) fn digest(text: &[u8]) -> Digest {
    finish(INITIAL, 0, text)
}

/// The hash of the text in `buffer`. Appends the padding to it.
pub(super) fn digest_of(buffer: &mut Vec<u8>) -> Digest {
    finish_in_place(INITIAL, 0, buffer)
}

/// The HMAC of the text in `buffer` under the key of `state`. Appends the padding to it.
pub(super) fn hmac_of(state: &KeyState, buffer: &mut Vec<u8>) -> Digest {
    let (mut inner, mut outer) = ([0; 8], [0; 8]);
    inner.copy_from_slice(&state[..8]);
    outer.copy_from_slice(&state[8..]);
    finish(outer, BLOCK, &finish_in_place(inner, BLOCK, buffer))
}

/// The states of HMAC after its key: what the inner and the outer hash of every message start from.
///
/// `key` is a digest, so it is never longer than a block.
pub(super) fn key_state(key: &Digest) -> KeyState {
    let mut state = KeyState::default();
    for (half, pad) in state.chunks_exact_mut(8).zip([0x36, 0x5c]) {
        let mut block = Zeroizing::new([pad; BLOCK]);
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        let mut words = Zeroizing::new(INITIAL);
        compress256(&mut words, std::slice::from_ref(&*block));
        half.copy_from_slice(&*words);
    }
    state
}

/// Continues from `state`, which is the result of `before` bytes, to the end of `buffer`.
fn finish_in_place(mut state: [u32; 8], before: usize, buffer: &mut Vec<u8>) -> Digest {
    let bits = bits(before, buffer.len());
    let end = (buffer.len() + 9).next_multiple_of(BLOCK);
    buffer.push(0x80);
    buffer.resize(end - 8, 0);
    buffer.extend_from_slice(&bits);
    compress256(&mut state, buffer.as_chunks().0);
    bytes(state)
}

/// Continues from `state`, which is the result of `before` bytes, to the end of `text`.
fn finish(mut state: [u32; 8], before: usize, text: &[u8]) -> Digest {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    compress256(&mut state, blocks);

    // The padding: one bit, zeros, the length in bits.
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
pub(super) fn hex(digest: &Digest) -> [u8; 64] {
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(digest) {
        pair[0] = digit(byte >> 4);
        pair[1] = digit(byte & 15);
    }
    text
}

/// The digit of `value`, which is less than 16. It is calculated, because the compiler then converts sixteen bytes at once; digits from a
/// table are stored one pair at a time, and the next load waits for all of them.
fn digit(value: u8) -> u8 {
    value + if value < 10 { b'0' } else { b'a' - 10 }
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn digests_of_all_lengths_are_those_of_the_sha2_crate() {
        let text: Vec<u8> = (0..=255).cycle().take(5 * BLOCK).collect();
        for len in 0..=text.len() {
            assert_eq!(digest(&text[..len])[..], Sha256::digest(&text[..len])[..], "{len}");
            assert_eq!(digest_of(&mut text[..len].to_vec()), digest(&text[..len]), "{len}");
        }
    }

    #[test]
    fn macs_of_all_lengths_are_those_of_the_hmac_crate() {
        let text: Vec<u8> = (0..=255).cycle().take(5 * BLOCK).collect();
        for len in 0..=text.len() {
            let key = digest(&text[len..]);
            let mut expected = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            expected.update(&text[..len]);
            let mac = hmac_of(&key_state(&key), &mut text[..len].to_vec());
            assert_eq!(mac[..], expected.finalize().into_bytes()[..], "{len}");
        }
    }
}
