//! A parser for queries and forms that shares no code with the project.

use std::collections::BTreeMap;

/// The names and values of a query or form.
///
/// # Errors
/// A name occurs twice, or a text is not valid percent-encoded UTF-8.
pub fn parameters(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if found.insert(decode(name)?, decode(value)?).is_some() {
            return Err(format!("{name} occurs twice"));
        }
    }
    Ok(found)
}

fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let digits = std::str::from_utf8(&digits).map_err(|error| error.to_string())?;
                u8::from_str_radix(digits, 16).map_err(|error| format!("%{digits}: {error}"))?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
