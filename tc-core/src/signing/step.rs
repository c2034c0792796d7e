//! The text of a step. Display, hashes and the header of a request are all made from it.

/// A step of a signature. One function writes its text, for `Display`, for a hash and for a request.
pub(super) trait Step {
    /// Appends the text, which is valid UTF-8.
    fn write(&self, out: &mut Vec<u8>);

    fn to_text(&self) -> String {
        let mut out = Vec::new();
        self.write(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// Appends `parts`. Always inlined: a constant part is then one or two stores instead of a call of `memcpy`. Those calls took 6 % of a
/// signature.
#[inline(always)]
#[allow(clippy::inline_always)]
pub(super) fn push<const N: usize>(out: &mut Vec<u8>, parts: [&[u8]; N]) {
    for part in parts {
        out.extend_from_slice(part);
    }
}

/// Appends `text` with ASCII letters in lower case.
#[inline]
pub(super) fn push_lower(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    out[start..].make_ascii_lowercase();
}
