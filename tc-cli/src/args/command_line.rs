//! A command line divided into words, the program's options, and parameters of the action.

use super::options::{Opt, Options, Takes};
use crate::error::{Error, arguments};

/// A parameter as it was given: `--PersonIds a b` or `--Limit=20`.
#[derive(Clone, PartialEq, Eq)]
pub struct Given {
    /// The name without dashes, or a path: `Filters.0.Name`.
    pub name: String,
    /// The words that follow it, or the text after `=`.
    pub words: Vec<String>,
    /// Whether the value follows `=`.
    pub inline: bool,
}

/// Shows the name only: a value may be a secret.
impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "--{} ({} words)", self.name, self.words.len())
    }
}

/// A command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// Service, action, and other words that belong to no option.
    pub words: Vec<String>,
    /// The action's parameters, in the order given.
    pub params: Vec<Given>,
    /// The program's own options.
    pub options: Options,
    /// Options in lower case that the program does not have.
    pub unknown: Vec<Given>,
    /// Whether `--version` was given without a version.
    pub program_version: bool,
}

impl CommandLine {
    /// Divides the words of a command line; the program's name is not among them.
    ///
    /// # Errors
    /// An option of the program lacks its value, is ambiguous, or has one it does not accept.
    pub fn parse(args: impl IntoIterator<Item = String>) -> Result<Self, Error> {
        let mut line = Self::default();
        let mut args = args.into_iter().peekable();
        while let Some(word) = args.next() {
            if word == "-h" {
                line.option("help", None, &mut args)?;
            } else if let Some((name, inline)) = option(&word) {
                let (name, inline) = (name.to_owned(), inline.map(str::to_owned));
                if is_ours(&name) {
                    line.option(&name, inline, &mut args)?;
                } else {
                    line.params.push(given(name, inline, &mut args));
                }
            } else {
                line.words.push(word);
            }
        }
        if line.program_version && !line.words.is_empty() {
            return Err(arguments("argument --version: expected a date, such as --version 2017-03-12"));
        }
        Ok(line)
    }

    fn option(
        &mut self,
        name: &str,
        inline: Option<String>,
        args: &mut std::iter::Peekable<impl Iterator<Item = String>>,
    ) -> Result<(), Error> {
        let Some(option) = Opt::find(name)? else {
            self.unknown.push(given(name.to_owned(), inline, args));
            return Ok(());
        };
        if option.name == "version" && inline.is_none() && !args.peek().is_some_and(|next| is_date(next)) {
            self.program_version = true;
            return Ok(());
        }
        let value = match (option.takes, inline) {
            (Takes::Nothing, Some(_)) => {
                return Err(arguments(format!("argument --{}: takes no value", option.name)));
            }
            (Takes::Nothing, None) => String::new(),
            (_, Some(value)) => value,
            (Takes::Maybe(default), None) => {
                args.next_if(|next| option.values.contains(&next.as_str())).unwrap_or_else(|| default.to_owned())
            }
            (Takes::Value(_), None) => args
                .next_if(|next| self::option(next).is_none())
                .ok_or_else(|| arguments(format!("argument --{}: expected one argument", option.name)))?,
        };
        self.options.insert(option, value)
    }
}

fn given(name: String, inline: Option<String>, args: &mut std::iter::Peekable<impl Iterator<Item = String>>) -> Given {
    if let Some(value) = inline {
        return Given { name, words: vec![value], inline: true };
    }
    let mut words = Vec::new();
    while let Some(word) = args.next_if(|next| option(next).is_none() && next != "-h") {
        words.push(word);
    }
    Given { name, words, inline: false }
}

/// The name and the value after `=` of a word that is an option: `--` and a letter, without a blank in the name.
pub(crate) fn option(word: &str) -> Option<(&str, Option<&str>)> {
    let rest = word.strip_prefix("--")?;
    let (name, value) = match rest.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (rest, None),
    };
    let is_name = name.starts_with(|first: char| first.is_alphabetic()) && !name.contains(char::is_whitespace);
    is_name.then_some((name, value))
}

fn is_ours(name: &str) -> bool {
    name.starts_with(char::is_lowercase)
}

/// Whether a text is a date like `2017-03-12`.
pub(crate) fn is_date(text: &str) -> bool {
    let pieces: Vec<&str> = text.split('-').collect();
    let [year, month, day] = pieces.as_slice() else { return false };
    let digits =
        |piece: &str, most: usize| (1..=most).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_digit());
    digits(year, 4) && year.len() == 4 && digits(month, 2) && digits(day, 2)
}

/// The position of the first word that is neither an option nor the value of one.
pub(crate) fn first_word(args: &[String]) -> Option<usize> {
    let mut position = 0;
    while let Some(word) = args.get(position) {
        match option(word) {
            None if word != "-h" => return Some(position),
            Some((name, None)) if is_ours(name) => match Opt::find(name) {
                Ok(Some(option)) if option.name == "version" => {
                    position += usize::from(args.get(position + 1).is_some_and(|next| is_date(next)));
                }
                Ok(Some(Opt { takes: Takes::Value(_), .. })) => position += 1,
                _ => {}
            },
            _ => {}
        }
        position += 1;
    }
    None
}
