//! `tcapi example`: a call that is ready to be changed: a command, JSON, and Rust.

use std::io::{self, Write};

use serde_json::Value;

use super::{rust, show};
use crate::actions::Target;
use crate::args::{quoted, write};
use crate::call::written;
use crate::emulator::request;
use crate::error::Error;

/// `tcapi example <service> <Action>`: with the required parameters; with `--detail`, all of them.
///
/// # Errors
/// There is no such action.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let Some((line, target)) = show::target("example", args, out)? else { return Ok(()) };
    let request = request(target.spec, line.options.has("detail"));
    let print = |out: &mut dyn Write| -> io::Result<()> {
        writeln!(out, "# Command line")?;
        writeln!(out, "{}", command(&target, &request))?;
        writeln!(
            out,
            "\n# Request as JSON: tcapi {} {} --cli-input-json file://request.json",
            target.folder, target.spec.name
        )?;
        writeln!(out, "{}", serde_json::to_string_pretty(&request)?)?;
        writeln!(out, "\n// Rust, with tc-core")?;
        write!(out, "{}", rust::program(&target, &request))
    };
    written(print(out))
}

/// The call as one command, an option on each line where there are several.
pub(crate) fn command(target: &Target, request: &Value) -> String {
    let mut lines = vec![format!("tcapi {} {}", target.folder, target.spec.name)];
    let words = request.as_object().map(write).unwrap_or_default();
    for word in words {
        if word.starts_with("--") {
            lines.push(format!("  {}", quoted(&word)));
        } else if let Some(last) = lines.last_mut() {
            last.push(' ');
            last.push_str(&quoted(&word));
        }
    }
    lines.join(" \\\n")
}
