//! Names and values as one text: strict RFC 3986, exactly as it is signed and sent.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Joins `pairs` as `A=1&B=x%20y`, in the order they come in.
pub(crate) fn join<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let room = pairs.iter().map(|(name, value)| name.as_ref().len() + value.as_ref().len() + 2).sum();
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
