//! Names and values as one percent-encoded text: strict RFC 3986, exactly as it is signed and sent.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Joins `pairs` to `A=1&B=x%20y`, in their order. The text never grows: it may hold a session token, and growing would leave
/// copies in memory.
pub(crate) fn join<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let room = pairs.iter().map(|(name, value)| encoded(name.as_ref()) + encoded(value.as_ref()) + 2).sum();
    let mut out = String::with_capacity(room);
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.extend(utf8_percent_encode(name.as_ref(), RESERVED));
        out.push('=');
        out.extend(utf8_percent_encode(value.as_ref(), RESERVED));
    }
    out
}

/// The length of `text` after percent-encoding.
fn encoded(text: &str) -> usize {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let plain = text.as_bytes().iter().filter(|byte| plain(byte)).count();
    3 * text.len() - 2 * plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_never_grows() {
        for pairs in [&[("A", "é~+/= x")][..], &[("A", "1"), ("B.0", ""), ("", "%&'()*-._~")], &[]] {
            let text = join(pairs);
            let room: usize = pairs.iter().map(|(name, value)| encoded(name) + encoded(value) + 2).sum();
            assert_eq!(text.len(), room.saturating_sub(1), "{text}");
            assert!(text.capacity() == room, "{text}");
        }
    }
}
