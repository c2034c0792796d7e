//! The layout of the data file: what the builder writes and the reader reads.
//!
//! ```text
//! file    magic (8 bytes) · length of the index (u32) · checksum of the index (u64) · index · frames
//! index   sources · frame of parameters · number of services · services
//!   service  folder · wire name · number of versions · versions (ascending)
//!            · for each site: number of versions, their positions (the default version first)
//!   version  date · sites (bits) · frame of each of these sites · frame of error codes · length of names · names
//!   frame    length · inflated length · checksum of the deflated bytes (u64); the offset is the sum of the lengths before
//!   names    number of actions · each: shared length << 2 | sites (bits), rest of the name; ascending
//! frame   strings · objects · actions, deflated
//!   strings  number of strings · their lengths · their bytes
//!   objects  number of objects · each: name, reach (bits), number of members, members; ascending by name
//!   member   name · type and bits · more bits · object, where the type is one · limits, where a bit says so
//!   limits   which (bits) · range · items · length · default · values
//!   actions  number of actions · each: name, request, response, bits, rate, paging, where bits say so; ascending
//! codes   the error codes, ascending, separated by line feeds, deflated
//! parameters  number of names · each: shared length, rest of the name, length of the postings, postings; deflated
//!   postings  the actions that have a parameter of this name: distances between their positions among all names of actions
//! ```
//!
//! Integers are LEB128 variable-length unless their width is given, which then is little-endian; signed ones are
//! zigzag-encoded. A reference to a string in a frame is 0 for the first string that was not referred to before, or
//! its position plus 1: most strings are named first where they are used first. `Option`s are bits.

/// The first bytes of a file. The digit changes with the layout.
pub(crate) const MAGIC: [u8; 8] = *b"TCCATLG2";
/// Magic, length and checksum of the index.
pub(crate) const HEADER: usize = 8 + 4 + 8;

/// The low bits of a member's first byte.
pub(crate) mod kind {
    pub(crate) const MASK: u8 = 0x0f;
    pub(crate) const STRING: u8 = 0;
    pub(crate) const INT64: u8 = 1;
    pub(crate) const UINT64: u8 = 2;
    pub(crate) const FLOAT: u8 = 3;
    pub(crate) const BOOL: u8 = 4;
    pub(crate) const DATE: u8 = 5;
    pub(crate) const DATETIME: u8 = 6;
    pub(crate) const DATETIME_ISO: u8 = 7;
    pub(crate) const BINARY: u8 = 8;
    pub(crate) const OBJECT: u8 = 9;
}

/// The bits of a member: those above the type in its first byte, and those of its second byte shifted by 8.
pub(crate) mod member {
    pub(crate) const LIST: u16 = 0x0010;
    pub(crate) const REQUIRED: u16 = 0x0020;
    pub(crate) const NULLABLE: u16 = 0x0040;
    pub(crate) const OUTPUT_REQUIRED: u16 = 0x0080;
    pub(crate) const DEPRECATED: u16 = 0x0100;
    pub(crate) const SENSITIVE: u16 = 0x0200;
    pub(crate) const BOXED: u16 = 0x0400;
    /// Limits, of both sites together.
    pub(crate) const LIMITS: u16 = 0x0800;
    /// What this site's own text says differs from `LIMITS` and follows them.
    pub(crate) const OWN: u16 = 0x1000;
    pub(crate) const CLEARS: u16 = 0x2000;
}

/// From where an object is reached.
pub(crate) mod reach {
    pub(crate) const REQUEST: u8 = 1;
    pub(crate) const RESPONSE: u8 = 2;
}

/// Which limits follow.
pub(crate) mod limit {
    pub(crate) const RANGE: u8 = 1;
    pub(crate) const ITEMS: u8 = 2;
    pub(crate) const LENGTH: u8 = 4;
    pub(crate) const DEFAULT: u8 = 8;
    pub(crate) const VALUES: u8 = 16;
}

/// Which ends of a range follow.
pub(crate) mod end {
    pub(crate) const MIN: u8 = 1;
    pub(crate) const MAX: u8 = 2;
    /// Each number is followed by how many of its digits stand after the point.
    pub(crate) const SCALED: u8 = 4;
}

/// What a value is.
pub(crate) mod scalar {
    pub(crate) const FALSE: u8 = 0;
    pub(crate) const TRUE: u8 = 1;
    pub(crate) const INT: u8 = 2;
    pub(crate) const DECIMAL: u8 = 3;
    pub(crate) const TEXT: u8 = 4;
}

/// The bits of an action.
pub(crate) mod action {
    pub(crate) const DEPRECATED: u8 = 0x01;
    pub(crate) const OFFLINE: u8 = 0x02;
    pub(crate) const SKIP_SIGN: u8 = 0x04;
    pub(crate) const STREAMING: u8 = 0x08;
    pub(crate) const RATE: u8 = 0x10;
    pub(crate) const PAGE: u8 = 0x20;
}

/// How an action pages: the form, then its names, each of which may be absent (0).
pub(crate) mod page {
    pub(crate) const OFFSET: u8 = 0;
    pub(crate) const NUMBER: u8 = 1;
    pub(crate) const TOKEN: u8 = 2;
}

/// The checksum of `bytes`: it changes if any single word of 8 bytes changes, and almost surely otherwise.
///
/// Each step is invertible, so two inputs that differ in one word never meet again.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut sum = FACTOR ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes([word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7]]);
        sum = (sum ^ word).wrapping_mul(FACTOR);
        sum ^= sum >> 32;
    }
    for byte in words.remainder() {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(FACTOR);
        sum ^= sum >> 32;
    }
    sum
}
