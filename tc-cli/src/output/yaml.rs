//! YAML.

use std::io::{self, Write};

use serde_json::Value;

pub(super) fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    let yaml = serde_saphyr::to_string(value).map_err(io::Error::other)?;
    out.write_all(yaml.as_bytes())?;
    if yaml.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
}
