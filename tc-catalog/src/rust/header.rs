//! The header of a written file. Later, it tells whether the file was edited.

use std::fmt::Write;

use crate::Module;

const MODULE: &str = "// Actions of ";
const CONTENT: &str = "// Content: ";

/// The header for a file with this content: the module, the command that wrote it, and a checksum of `content`.
pub(super) fn header(module: Module<'_>, command: &str, sources: &str, content: &str) -> String {
    let (service, version, site) = (module.service().name(), module.version(), module.site());
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(text, "{MODULE}{service}, version {version}, {site} site.");
    let _ = writeln!(text, "// Written by `{command}` from {sources}.");
    let _ = writeln!(text, "{CONTENT}{:016x}", checksum(content));
    text.push('\n');
    text
}

/// The parsed header of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<'t> {
    /// The folder name of the service.
    pub service: &'t str,
    /// Whether the content was changed after it was written.
    pub is_edited: bool,
    /// Everything after the header.
    pub content: &'t str,
    sum: Option<u64>,
}

impl Written<'_> {
    /// Whether the content that was written, before any edit, is `content`.
    pub fn was_written_as(&self, content: &str) -> bool {
        self.sum == Some(checksum(content))
    }
}

/// Reads the header of a file; `None` if [`files`](super::files) did not write it.
///
/// ```
/// use tc_catalog::rust::written;
///
/// assert_eq!(written("//! Mine.\n"), None);
/// ```
pub fn written(text: &str) -> Option<Written<'_>> {
    let (head, _) = text.split_once(CONTENT)?;
    let (service, rest) = head.strip_prefix(MODULE)?.split_once(',')?;
    if rest.lines().count() != 2 {
        return None;
    }
    let (sum, content) = text[head.len() + CONTENT.len()..].split_once('\n')?;
    let content = content.strip_prefix('\n').unwrap_or(content);
    let content = content.strip_prefix("\r\n").unwrap_or(content);
    let sum = u64::from_str_radix(sum.trim(), 16).ok();
    Some(Written { service, is_edited: sum != Some(checksum(content)), content, sum })
}

/// FNV-1a over the text. Every line end is read as `\n`, because a checkout may change line ends.
fn checksum(text: &str) -> u64 {
    let bytes = text.bytes().filter(|byte| *byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalog, Site};

    #[test]
    fn a_change_of_the_content_is_detected_and_one_of_line_ends_is_ignored() {
        let module = Catalog::embedded().unwrap().module(Site::China, "iai", None).unwrap();
        let text = header(module, "tcapi code iai", "tccli 1", "mod a;\n") + "mod a;\n";
        let read = written(&text).unwrap();
        assert_eq!((read.service, read.is_edited, read.content), ("iai", false, "mod a;\n"));
        assert!(written(&text.replace("mod a", "mod b")).unwrap().is_edited);
        assert!(!written(&text.replace('\n', "\r\n")).is_none_or(|read| read.is_edited));
        for foreign in ["", "// Actions of nothing", "// Content: 1\n", &text[1..], &format!("use a;\n{text}")] {
            assert_eq!(written(foreign), None, "{foreign}");
        }
    }
}
