//! `tcapi docs import`: the user's own copy of the official text.

use std::io::Write;
use std::path::Path;

use indicatif::ProgressBar;

use super::usage;
use crate::args::CommandLine;
use crate::call::written;
use crate::docs::{folder, import};
use crate::error::{Error, configuration};

const USAGE: &str = "\
Usage: tcapi docs import DIR

DIR is an unpacked package of PyPI: tccli (Chinese) or tccli-intl-en (English). Its text is copied to ~/.tcapi/docs, and
shown by `show`, help and `search`.";

/// `tcapi docs import DIR`.
///
/// # Errors
/// The directory is not an unpacked package, or a file cannot be written.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    if line.options.has("help") {
        return usage::help("docs", USAGE, out);
    }
    line.only("docs", &[])?;
    let [command, from] = line.words.as_slice() else { return Err(usage::refused("docs", USAGE)) };
    if command != "import" {
        return Err(usage::refused("docs", USAGE));
    }
    let to = folder().ok_or_else(|| configuration("there is no home directory: set HOME"))?;
    let bar = ProgressBar::new(1);
    let imported = import(Path::new(from), &to, &mut |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let imported = imported.map_err(|error| configuration(error.to_string()))?;
    written(writeln!(out, "{}: {} actions in {} modules", to.display(), imported.actions, imported.modules))
}
