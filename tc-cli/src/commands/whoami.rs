//! `tcapi whoami`: the account that the credential belongs to.

use std::io::Write;

use super::usage;
use crate::actions;
use crate::args::{CommandLine, Options};
use crate::call;
use crate::error::{Error, arguments};
use crate::profile::{Keys, Settings, mask};

const USAGE: &str = "\
Usage: tcapi whoami [options]

Options:
  --profile NAME  the profile in ~/.tccli
  --quiet         do not print where the credential and the region come from
  and the options of every call: tcapi help";

/// Prints on standard error where the credential comes from, and then the response of sts `GetCallerIdentity`.
///
/// # Errors
/// There is no credential, or the cloud refuses it.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    if line.options.has("help") {
        return usage::help("whoami", USAGE, out);
    }
    line.only_options()?;
    if let Some(word) = line.words.first() {
        return Err(arguments(format!("usage: tcapi whoami [options]; unexpected argument `{word}`")));
    }
    let settings = Settings::load(&line.options)?;
    let from = credential(&settings, &line.options)?;
    if !line.options.has("quiet") {
        let (region, source) = settings.region_and_source(&line.options);
        anstream::eprintln!("credential: {from}; region: {region} ({source})");
    }
    let target = actions::find("sts", "GetCallerIdentity", &settings, &line.options)?;
    call::run(&line, &target, out)
}

/// Where the credential comes from, in words, with the key masked.
///
/// # Errors
/// Half of a key was given, or the profile does not exist.
pub(crate) fn credential(settings: &Settings, options: &Options) -> Result<String, Error> {
    Ok(match settings.keys(options)? {
        Keys::Static { secret_id, role, .. } => {
            let place = settings.source(options);
            let role = role.map_or_else(String::new, |(arn, session)| format!(", which assumes {arn} as {session}"));
            format!("the key {} of {place}{role}", mask(&secret_id))
        }
        Keys::CvmRole => "the role of this machine".to_owned(),
        Keys::TkeOidc => "the role of this pod".to_owned(),
        Keys::Profile(name) => format!("the profile {name}"),
        Keys::Chain => "the first of environment, files and role that has one".to_owned(),
    })
}
