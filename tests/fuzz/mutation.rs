//! Mutations of known inputs: parts are cut, replaced and repeated, and words of the formats are inserted.

/// Words of the formats, and extreme values.
const WORDS: [&[u8]; 40] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"null",
    b"true",
    b"-1",
    b"0",
    b"1e400",
    b"18446744073709551616",
    b"\\u0000",
    b"\\ud800",
    b"\"Response\":",
    b"\"Error\":",
    b"\"Code\":",
    b"\"RequestId\":",
    b"\xEF\xBB\xBF",
    b"data:",
    b"event:",
    b"id:",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\0",
    b"\xFF\xFE",
    b"%",
    b"%00",
    b"&",
    b"=",
    b"+",
    b"@",
    b"/",
    b"//",
    b"[default]",
    b"secret_id",
    b"; filename=",
    b"\xF0\x9F\x98\x80",
];

/// A random number generator that gives the same numbers for the same seed (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if `end` is 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// A random range of a text of `len` bytes.
    fn range(&mut self, len: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        let most = if self.below(4) == 0 { len - start } else { (len - start).min(16) };
        start..start + self.below(most + 1)
    }

    /// One of `inputs`, changed in a few places.
    pub(crate) fn mutated(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.below(inputs.len())].clone();
        for _ in 0..=self.below(5) {
            let at = self.below(bytes.len() + 1);
            match self.below(8) {
                0 if !bytes.is_empty() => {
                    let at = self.below(bytes.len());
                    bytes[at] ^= 1 << self.below(8);
                }
                1 if !bytes.is_empty() => {
                    let at = self.below(bytes.len());
                    bytes[at] = self.next().to_le_bytes()[0];
                }
                2 => {
                    let range = self.range(bytes.len());
                    bytes.drain(range);
                }
                3 => {
                    let twice = bytes[self.range(bytes.len())].to_vec();
                    bytes.splice(at..at, twice);
                }
                4 => {
                    let other = &inputs[self.below(inputs.len())];
                    let piece = other[self.range(other.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
                5 => {
                    let over = self.range(bytes.len());
                    bytes.splice(over, WORDS[self.below(WORDS.len())].iter().copied());
                }
                6 => bytes.truncate(at),
                _ => {
                    let word = WORDS[self.below(WORDS.len())];
                    bytes.splice(at..at, word.iter().copied());
                }
            }
        }
        bytes.truncate(1 << 14);
        bytes
    }
}
