//! Options that the program or a subcommand does not accept.

use super::options::OPTIONS;
use super::suggest::did_you_mean_option;
use super::{CommandLine, Options};
use crate::error::{Error, Kind, arguments};

/// Options that change nothing in what a subcommand prints, and that every subcommand accepts.
const EVERYWHERE: [&str; 4] = ["help", "quiet", "verbose", "exit-codes"];

impl CommandLine {
    /// Checks that the line has options of the program only.
    ///
    /// # Errors
    /// The line has an option that the program does not have, or a parameter of an action.
    pub(crate) fn only_options(&self) -> Result<(), Error> {
        let given: Vec<&str> = self.unknown.iter().chain(&self.params).map(|given| given.name.as_str()).collect();
        if given.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = given.iter().map(|name| format!("--{name}")).collect();
        let mut lines = vec![format!("Unknown options: {}", names.join(", "))];
        lines.extend(given.into_iter().map(no_option));
        Err(Error::new(Kind::Options, lines.join("\n")))
    }

    /// Checks that a subcommand was given only options of the program that it uses.
    ///
    /// # Errors
    /// The line has an option that the program does not have, a parameter of an action, or an option that has no effect.
    pub(crate) fn only(&self, command: &str, accepted: &[&str]) -> Result<(), Error> {
        self.only_options()?;
        self.options.only(command, accepted)
    }
}

impl Options {
    fn only(&self, command: &str, accepted: &[&str]) -> Result<(), Error> {
        let accepts = |name: &str| accepted.contains(&name) || EVERYWHERE.contains(&name);
        let Some(name) = self.names().find(|name| !accepts(name)) else { return Ok(()) };
        let accepted: Vec<String> = accepted.iter().map(|name| format!("--{name}")).collect();
        let accepted = if accepted.is_empty() { "no option".to_owned() } else { accepted.join(", ") };
        Err(arguments(format!("argument --{name}: has no effect on `tcapi {command}`, which accepts {accepted}")))
    }
}

/// The message about an option that the program does not have.
pub(crate) fn no_option(name: &str) -> String {
    let near = did_you_mean_option(name, OPTIONS.iter().map(|option| option.name));
    let rule = if name.starts_with(char::is_lowercase) {
        "parameters of actions begin with an upper-case letter"
    } else {
        "parameters of an action follow its name"
    };
    format!("tcapi has no option `--{name}`{near} ({rule})")
}
