//! From the words of a command line to a request.
//!
//! One rule divides the options: those in lower case are the program's, those that begin with an upper-case letter are
//! parameters of the action. [`CommandLine::parse`] divides them; [`build`] makes the request out of the parameters,
//! typed by the action's spec.

mod build;
mod command_line;
mod input;
mod literal;
mod options;
mod suggest;
mod unknown;
mod value;
mod write;

pub(crate) use build::missing_files;
pub use build::{Mode, Problem, ProblemKind, build};
pub use command_line::{CommandLine, Given};
pub(crate) use command_line::{first_word, option as is_option};
pub use input::read as read_input;
pub(crate) use input::{expand, kind};
pub use literal::parse as parse_literal;
pub use options::{OPTIONS, Opt, Options, Takes};
pub(crate) use suggest::did_you_mean_option;
pub use suggest::{did_you_mean, nearest};
pub(crate) use unknown::no_option;
pub use write::{quoted, write};

#[cfg(test)]
mod tests;
