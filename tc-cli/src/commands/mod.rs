//! The subcommands: one file for each.

mod catalog;
mod code;
mod complete;
mod configure;
mod docs;
mod emulator;
mod example;
mod explorer;
pub(crate) mod help;
mod man;
pub(crate) mod search;
pub(crate) mod show;
mod sign;
pub(crate) mod whoami;
pub(crate) mod words;

use std::io::Write;

use crate::call::written;
use crate::error::Error;

/// A subcommand.
pub(crate) struct Command {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Its line in the list of subcommands.
    pub(crate) about: &'static str,
    /// Runs it with the arguments after its name.
    pub(crate) run: fn(&[String], &mut dyn Write) -> Result<(), Error>,
}

/// Every subcommand, in the order in which help lists them.
pub(crate) static COMMANDS: &[Command] = &[
    Command { name: "configure", about: "keys, region and output of a profile", run: configure::run },
    Command { name: "whoami", about: "the account that the credential belongs to", run: whoami::run },
    Command { name: "search", about: "find actions by words of their names, parameters and titles", run: search::run },
    Command { name: "show", about: "parameters, limits, answer and error codes of an action", run: show::run },
    Command {
        name: "example",
        about: "the code of a call: command, JSON, Rust, curl, Python, Go, Node.js",
        run: example::run,
    },
    Command { name: "sign", about: "a signature step by step, or that of another program compared", run: sign::run },
    Command { name: "emulator", about: "a cloud on this machine that answers every action", run: emulator::run },
    Command {
        name: "explorer",
        about: "a page on this machine: forms, limits, calls, signatures, code",
        run: explorer::run,
    },
    Command { name: "mcp", about: "the actions as tools for agents: Model Context Protocol", run: crate::mcp::run },
    Command { name: "code", about: "actions as files of Rust structs, to change and commit", run: code::run },
    Command { name: "catalog", about: "builds the catalog of all actions, and prints its limits", run: catalog::run },
    Command { name: "docs", about: "import your own copy of the official text", run: docs::run },
    Command { name: "man", about: "the manual page, for man(1)", run: man::run },
    Command { name: "completion", about: "the completion script of a shell", run: complete::script },
];

/// Called by the completion scripts.
static COMPLETE: Command = Command { name: "__complete", about: "", run: complete::run };

/// Reads the arguments of a subcommand. Help goes to standard output. `--exit-codes` is read before, for every command.
///
/// # Errors
/// The arguments cannot be read.
fn arguments<A: clap::Parser>(name: &str, args: &[String], out: &mut dyn Write) -> Result<Option<A>, Error> {
    let args = args.iter().map(String::as_str).filter(|arg| *arg != "--exit-codes");
    match A::try_parse_from(std::iter::once(name).chain(args)) {
        Ok(arguments) => Ok(Some(arguments)),
        Err(error) if !error.use_stderr() => written(write!(out, "{}", error.render())).map(|()| None),
        Err(error) => {
            let text = error.render().to_string();
            Err(crate::error::arguments(text.trim_end().trim_start_matches("error: ")))
        }
    }
}

/// The subcommand of this name.
pub(crate) fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// The service of this name, where a subcommand could be named, too.
///
/// # Errors
/// There is no such service; the message names similar services and subcommands.
pub(crate) fn service(name: &str) -> Result<tc_catalog::Service<'static>, Error> {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).chain(["help"]).collect();
    crate::actions::service_or_command(name, &names)
}

/// The subcommand that these arguments call, and the arguments without its name.
///
/// Options of the program may stand before the name.
pub(crate) fn find(args: &[String]) -> Option<(&'static Command, Vec<String>)> {
    let position = crate::args::first_word(args)?;
    if args[position] == "__complete" && position == 0 {
        return Some((&COMPLETE, args[1..].to_vec()));
    }
    let command = named(&args[position])?;
    let mut rest = args.to_vec();
    rest.remove(position);
    Some((command, rest))
}
