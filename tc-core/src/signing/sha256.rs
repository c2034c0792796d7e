//! SHA-256 and HMAC-SHA256 of text that arrives in pieces.
//!
//! The hashers of the crates sha2 and hmac compress one block at a time, and the two blocks of the key for every message. A
//! signature is eleven compressions long. Here several blocks are compressed together, and an HMAC starts from the state that
//! follows its key, which is cached.

use std::fmt;

use sha2::block_api::compress256;
use zeroize::Zeroizing;

use super::sink::Step;
use crate::credential::KeyState;

pub(super) type Digest = [u8; 32];

const BLOCK: usize = 64;

/// The bytes collected before they are compressed. Most canonical requests are shorter.
const COLLECTED: usize = 4 * BLOCK;

/// The initial state: section 5.3.3 of FIPS 180-4.
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// A SHA-256 in progress.
pub(super) struct Hasher {
    state: [u32; 8],
    /// The number of bytes that are in `state`.
    compressed: u64,
    /// The number of bytes in `buffer`.
    used: usize,
    /// Has room for the padding behind the collected bytes.
    buffer: [u8; COLLECTED + BLOCK],
}

impl Hasher {
    pub(super) fn new() -> Self {
        Self::resume(INITIAL, 0)
    }

    /// Continues from `state`, which is the result of `compressed` bytes: a number of whole blocks.
    fn resume(state: [u32; 8], compressed: u64) -> Self {
        Self { state, compressed, used: 0, buffer: [0; COLLECTED + BLOCK] }
    }

    #[inline]
    pub(super) fn update(&mut self, text: &[u8]) {
        let end = self.used + text.len();
        if end <= COLLECTED {
            self.buffer[self.used..end].copy_from_slice(text);
            self.used = end;
        } else {
            self.update_long(text);
        }
    }

    fn update_long(&mut self, mut text: &[u8]) {
        if self.used > 0 {
            let (first, rest) = text.split_at(COLLECTED - self.used);
            self.buffer[self.used..COLLECTED].copy_from_slice(first);
            self.compressed += COLLECTED as u64;
            compress256(&mut self.state, self.buffer[..COLLECTED].as_chunks().0);
            text = rest;
        }
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        self.compressed += (text.len() - rest.len()) as u64;
        compress256(&mut self.state, blocks);
        self.buffer[..rest.len()].copy_from_slice(rest);
        self.used = rest.len();
    }

    pub(super) fn finish(mut self) -> Digest {
        // The padding: one bit, zeros, the length in bits.
        let bits = (self.compressed + self.used as u64) * 8;
        let end = (self.used + 9).next_multiple_of(BLOCK);
        self.buffer[self.used] = 0x80;
        self.buffer[self.used + 1..end - 8].fill(0);
        self.buffer[end - 8..end].copy_from_slice(&bits.to_be_bytes());
        compress256(&mut self.state, self.buffer[..end].as_chunks().0);
        let mut digest = [0; 32];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }
}

/// The hash of `text`.
pub(super) fn digest(text: &[u8]) -> Digest {
    let mut hasher = Hasher::new();
    hasher.update(text);
    hasher.finish()
}

/// The hash of the text of `step`.
pub(super) fn digest_of(step: &impl Step) -> Digest {
    let mut hasher = Hasher::new();
    let written = step.write(&mut hasher);
    debug_assert!(written.is_ok(), "a hash takes all text");
    hasher.finish()
}

/// The HMAC of the text of `step` under the key of `state`.
pub(super) fn hmac_of(state: &KeyState, step: &impl Step) -> Digest {
    let (mut inner, mut outer) = ([0; 8], [0; 8]);
    inner.copy_from_slice(&state[..8]);
    outer.copy_from_slice(&state[8..]);
    let mut inner = Hasher::resume(inner, BLOCK as u64);
    let written = step.write(&mut inner);
    debug_assert!(written.is_ok(), "a hash takes all text");
    let mut outer = Hasher::resume(outer, BLOCK as u64);
    outer.update(&inner.finish());
    outer.finish()
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

/// A digest in lower-case hex.
#[derive(Clone, Copy)]
pub(super) struct Hex([u8; 64]);

impl Hex {
    pub(super) fn of(digest: &Digest) -> Self {
        let mut text = [[0; 2]; 32];
        for (pair, byte) in text.iter_mut().zip(digest) {
            *pair = DIGITS[usize::from(*byte)];
        }
        let mut flat = [0; 64];
        flat.copy_from_slice(text.as_flattened());
        Self(flat)
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The two digits of every byte.
const DIGITS: [[u8; 2]; 256] = {
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

    use super::super::sink::Sink;
    use super::*;

    /// A text in two pieces.
    struct Pieces<'a>(&'a str, &'a str);

    impl Step for Pieces<'_> {
        fn write(&self, sink: &mut impl Sink) -> fmt::Result {
            sink.put(self.0)?;
            sink.put(self.1)
        }
    }

    fn text() -> String {
        (0..u8::MAX).cycle().take(8 * BLOCK).map(|byte| char::from(b' ' + byte % 95)).collect()
    }

    #[test]
    fn digests_of_all_lengths_are_those_of_the_sha2_crate() {
        let text = text();
        for len in 0..=text.len() {
            assert_eq!(digest(&text.as_bytes()[..len])[..], Sha256::digest(&text[..len])[..], "{len}");
        }
    }

    #[test]
    fn digests_of_text_in_pieces_are_those_of_the_sha2_crate() {
        let text = text();
        for len in [0, 1, 55, 56, 63, 64, 65, 119, 128, 247, 248, 255, 256, 257, 311, 312, 320, 321, 511, 512] {
            for first in 0..=len {
                let pieces = Pieces(&text[..first], &text[first..len]);
                assert_eq!(digest_of(&pieces)[..], Sha256::digest(&text[..len])[..], "{first} of {len}");
            }
        }
    }

    #[test]
    fn macs_of_all_lengths_are_those_of_the_hmac_crate() {
        let text = text();
        for len in 0..=text.len() {
            let key = digest(&text.as_bytes()[len..]);
            let mut expected = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            expected.update(&text.as_bytes()[..len]);
            let mac = hmac_of(&key_state(&key), &Pieces(&text[..len / 3], &text[len / 3..len]));
            assert_eq!(mac[..], expected.finalize().into_bytes()[..], "{len}");
        }
    }

    #[test]
    fn text_is_lower_cased_in_every_sink() {
        struct Lower<'a>(&'a str);

        impl Step for Lower<'_> {
            fn write(&self, sink: &mut impl Sink) -> fmt::Result {
                sink.put_lower(self.0)
            }
        }

        impl fmt::Display for Lower<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.write(f)
            }
        }

        for text in ["", "DescribeZones", "Ünïcode ÄÖ 界", &"AbCdÉ".repeat(60)] {
            let expected = text.to_ascii_lowercase();
            let mut buffer = Vec::new();
            Lower(text).write(&mut buffer).unwrap();
            assert_eq!(buffer, expected.as_bytes());
            assert_eq!(Lower(text).to_text(), expected);
            assert_eq!(Lower(text).to_string(), expected);
            assert_eq!(digest_of(&Lower(text)), digest(expected.as_bytes()));
        }
    }
}
