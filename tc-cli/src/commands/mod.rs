//! The subcommands: one file for each.

pub(crate) mod help;
mod show;
mod words;

use std::io::Write;

use crate::error::Error;

/// A subcommand.
pub(crate) struct Command {
    /// The word that calls it.
    pub(crate) name: &'static str,
    /// What the list of subcommands says.
    pub(crate) about: &'static str,
    /// Carries it out, with the arguments after its name.
    pub(crate) run: fn(Vec<String>, &mut dyn Write) -> Result<(), Error>,
}

/// Every subcommand, in the order in which help lists them.
pub(crate) static COMMANDS: &[Command] = &[];

/// The subcommand that these arguments call, and the arguments without its name.
///
/// Options of the program may stand before the name.
pub(crate) fn find(args: &[String]) -> Option<(&'static Command, Vec<String>)> {
    let position = crate::args::first_word(args)?;
    let command = COMMANDS.iter().find(|command| command.name == args[position])?;
    let mut rest = args.to_vec();
    rest.remove(position);
    Some((command, rest))
}
