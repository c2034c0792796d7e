//! `tcapi docs import`: the user's own copy of the official text.

use std::io::Write;
use std::path::Path;

use indicatif::ProgressBar;

use crate::args::CommandLine;
use crate::call::written;
use crate::docs::{folder, import};
use crate::error::{Error, arguments, configuration};

/// `tcapi docs import DIR`.
///
/// # Errors
/// The directory is not an unpacked package, or a file cannot be written.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    let usage = "tcapi docs import DIR\n    DIR is an unpacked tccli (Chinese) or tccli-intl-en (English) package; its text is kept in ~/.tcapi/docs,\n    and shown by `show`, help and `search`";
    if line.options.has("help") {
        return written(writeln!(out, "{usage}"));
    }
    line.only("docs", &[])?;
    let [command, from] = line.words.as_slice() else { return Err(arguments(format!("usage: {usage}"))) };
    if command != "import" {
        return Err(arguments(format!("usage: {usage}")));
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
