//! `tcapi man`: the manual page, from the same tables as help.

use std::io::{self, Write};

use super::{COMMANDS, usage};
use crate::args::{CommandLine, OPTIONS, Takes};
use crate::call::written;
use crate::error::{Error, arguments};

/// Prints the page in roff: `tcapi man > /usr/local/share/man/man1/tcapi.1`.
///
/// # Errors
/// The arguments are not accepted, or standard output cannot be written.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    line.only("man", &[])?;
    if line.options.has("help") {
        return usage::help("man", "Usage: tcapi man", out);
    }
    if let Some(word) = line.words.first() {
        return Err(arguments(format!("usage: tcapi man; unexpected argument `{word}`")));
    }
    written(page(out))
}

fn page(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ".TH TCAPI 1 \"\" \"tcapi {}\"", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, ".SH NAME\ntcapi \\- the command line of Tencent Cloud")?;
    writeln!(
        out,
        ".SH SYNOPSIS\n.B tcapi\n[options] <service> <Action> [\\-\\-Param value ...]\n.br\n.B tcapi\n<command> ..."
    )?;
    writeln!(
        out,
        ".SH DESCRIPTION\nCalls every action of Tencent Cloud API 3.0, and checks each request before it is sent. Options in \
         lower case are the program's; options that begin with an upper\\-case letter are parameters of the action."
    )?;
    writeln!(out, ".SH COMMANDS")?;
    for command in COMMANDS {
        writeln!(out, ".TP\n.B {}\n{}", escaped(command.name), escaped(command.about))?;
    }
    writeln!(out, ".SH OPTIONS")?;
    for option in OPTIONS {
        let value = match option.takes {
            Takes::Nothing => String::new(),
            Takes::Value(_) if !option.values.is_empty() => format!(" {}", option.values.join("|")),
            Takes::Value(name) => format!(" {name}"),
            Takes::Maybe(default) => format!(" [{default}]"),
        };
        writeln!(out, ".TP\n.B {}\n{}", escaped(&format!("--{}{value}", option.name)), escaped(option.help))?;
    }
    writeln!(out, ".SH EXAMPLES")?;
    for (line, _) in COMMANDS.iter().flat_map(|command| command.examples) {
        writeln!(out, ".PP\n{}", escaped(line))?;
    }
    writeln!(
        out,
        ".SH EXIT STATUS\n0 if the call succeeded, 252 for wrong arguments and broken limits, 255 for anything else;\n.B \\-\\-exit\\-codes\ngives a code for each kind of failure."
    )
}

/// Text that roff does not change.
fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-").replace('…', "...");
    if escaped.starts_with(['.', '\'']) { format!("\\&{escaped}") } else { escaped }
}
