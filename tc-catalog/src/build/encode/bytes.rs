//! Writes numbers and texts.

pub(super) fn size(bytes: &mut Vec<u8>, value: usize) {
    varint(bytes, value as u128);
}

pub(super) fn varint(bytes: &mut Vec<u8>, mut value: u128) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

pub(super) fn signed(bytes: &mut Vec<u8>, value: i128) {
    // Zigzag: small numbers of either sign are short.
    varint(bytes, ((value << 1) ^ (value >> 127)).cast_unsigned());
}

pub(super) fn text(bytes: &mut Vec<u8>, text: &str) {
    size(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}
