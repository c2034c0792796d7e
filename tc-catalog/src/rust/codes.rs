//! The error codes of a version, as constants.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::{CatalogError, Module};

/// The source of the constants for the error codes of `module`, empty if it documents none.
///
/// ```
/// use tc_catalog::{Catalog, Site, rust};
///
/// let codes = rust::codes(Catalog::embedded()?.module(Site::China, "iai", None)?)?;
/// assert!(codes.contains("pub const FAILED_OPERATION_IMAGE_DECODE_FAILED: &str = \"FailedOperation.ImageDecodeFailed\";"));
/// # Ok::<(), tc_catalog::CatalogError>(())
/// ```
///
/// # Errors
/// The error codes are damaged in the file.
pub fn codes(module: Module<'_>) -> Result<String, CatalogError> {
    let mut text = String::new();
    let mut taken = BTreeSet::new();
    for code in module.error_codes()? {
        let mut name = constant_name(code);
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        // Writing into a String cannot fail.
        let _ = writeln!(text, "/// `{code}`.");
        let line = format!("pub const {name}: &str = {code:?};");
        let head = format!("pub const {name}:");
        // As rustfmt breaks lines of more than 100 characters.
        let _ = match (line.len(), head.len()) {
            (0..=100, _) => writeln!(text, "{line}"),
            (_, 94..=100) => writeln!(text, "{head}\n    &str = {code:?};"),
            _ => writeln!(text, "{head} &str =\n    {code:?};"),
        };
    }
    Ok(text)
}

/// `FAILED_OPERATION_IMAGE_DECODE_FAILED` for `FailedOperation.ImageDecodeFailed`.
fn constant_name(code: &str) -> String {
    let words: Vec<String> = code
        .split(|separator: char| !separator.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| tc_spec::names::field_name(word).trim_start_matches("r#").trim_matches('_').to_ascii_uppercase())
        .collect();
    let name = words.join("_");
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("_{name}") } else { name }
}
