//! `tcapi example`: the code of a call: a command, JSON, Rust, and other languages.

use std::io::{self, Write};

use super::{show, usage};
use crate::args::CommandLine;
use crate::call::{self, written};
use crate::emulator::{completed, request};
use crate::error::{Error, arguments};
use crate::profile::Settings;
use crate::region;
use crate::snippet::{Language, Snippet};
use crate::warning::warn;

const USAGE: &str = "\
Usage: tcapi example <service> <Action> [<language>] [--Param value …] [options]

Languages: rust, tcapi, curl, python, go, node; without one: the command, the request as JSON, and Rust

Options:
  --detail                    all parameters, not only the required ones
  --all                       read all pages
  --unchecked                 print the code although parameters break limits
  --cli-input-json FILE       parameters from a file
  --region, --endpoint        those of the code
  --version YYYY-MM-DD        the version of the service
  --site china|international  whose actions: those of the Chinese or of the international site";

/// The options of the program that have an effect on it.
pub(super) const OPTIONS: &[&str] =
    &["detail", "all", "unchecked", "cli-input-json", "region", "endpoint", "version", "site", "profile"];

/// `tcapi example <service> <Action> [<language>]`: the code of a call with the required parameters; with `--detail`, with all
/// of them. Parameters that are given replace those.
///
/// # Errors
/// There is no such action or language, or the parameters cannot be read or break limits (`--unchecked` allows that).
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let mut line = CommandLine::parse(args.iter().cloned())?;
    if line.words.len() < 2 {
        line.only_options()?;
    }
    if line.options.has("help") {
        return usage::help("example", USAGE, out);
    }
    let language: Option<Language> = match line.words.as_slice() {
        [_, _, language] => Some(language.parse()?),
        [_, _] | [_] | [] => None,
        _ => return Err(usage::refused("example", USAGE)),
    };
    if language.is_none()
        && let [service, action, ..] = line.words.as_slice()
    {
        check_place_of_language(&line, service, action)?;
    }
    line.words.truncate(2);
    let target = show::target_of("example", USAGE, &line)?;
    let whole = line.options.has("detail");
    let params = if line.params.is_empty() && line.unknown.is_empty() && !line.options.has("cli-input-json") {
        request(target.spec, whole)
    } else {
        let params = completed(target.spec, call::example_parameters(&line, &target)?, whole);
        call::check_example(&target, &params, &line.options)?;
        params
    };
    let settings = Settings::load(&line.options)?;
    let region = settings.region(&line.options);
    region::warning(&region).into_iter().for_each(warn);
    let endpoint = settings.endpoint(&line.options, target.folder);
    let snippet =
        Snippet::new(&target, &params).region(&region).endpoint(endpoint.as_deref()).all_pages(line.options.has("all"));
    if let Some(language) = language {
        return written(out.write_all(snippet.code(language)?.as_bytes()));
    }
    let (command, rust) = (snippet.code(Language::CommandLine)?, snippet.code(Language::Rust));
    let print = |out: &mut dyn Write| -> io::Result<()> {
        writeln!(out, "# Command line\n{command}")?;
        writeln!(
            out,
            "# Request as JSON: tcapi {} {} --cli-input-json file://request.json",
            target.folder, target.spec.name
        )?;
        writeln!(out, "{}", serde_json::to_string_pretty(&params)?)?;
        match &rust {
            Ok(rust) => write!(out, "\n// Rust, with tc-core\n{rust}"),
            Err(error) => writeln!(out, "\n// {error}"),
        }
    };
    written(print(out))
}

/// The words after a parameter belong to it, so a language there would be a value.
///
/// # Errors
/// The last of several words after a parameter is a language.
fn check_place_of_language(line: &CommandLine, service: &str, action: &str) -> Result<(), Error> {
    for given in line.params.iter().chain(&line.unknown) {
        let [_, .., last] = given.words.as_slice() else { continue };
        if last.parse::<Language>().is_err() {
            continue;
        }
        let name = &given.name;
        return Err(arguments(format!(
            "`{last}` after --{name} belongs to that parameter; the language follows the action: tcapi example {service} \
             {action} {last} --{name} …\nIf `{last}` is a value, write a language after the action, too, or write the values as JSON."
        )));
    }
    Ok(())
}
