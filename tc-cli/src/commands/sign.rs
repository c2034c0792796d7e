//! `tcapi sign`: a signature step by step, or that of another program compared with it.

use std::io::Write;

use serde_json::{Value, json};
use tc_core::{Clock, SystemClock, Timestamp};

use super::usage;
use crate::actions;
use crate::args::{CommandLine, expand};
use crate::call::{self, written};
use crate::error::{Error, Kind, arguments, configuration};
use crate::output::{Screen, write};
use crate::profile::Settings;
use crate::region;
use crate::sign::{SignedRequest, compare};
use crate::warning::warn;

const USAGE: &str = "\
Usage:
  tcapi sign <service> <Action> [--Param value …] [options]  the steps of the signature of a call
  tcapi sign --compare FILE [options]                        compare that of another program

FILE has the request of another program as the text of HTTP: POST / HTTP/1.1, headers, an empty line, the body. Its
Authorization is checked with your key. The output names the step that differs and why, or another reason for which the
cloud rejects the request.

Options:
  --compare FILE   the file; - is standard input
  --at SECONDS     the time to sign for, or of the arrival, in seconds since 1970 (default: now)
  --output FORMAT  the steps as json, text, table, yaml or ndjson
  and the options of every call: tcapi help

The key is that of a call: of the options, the environment, the profile, a role or the other sources. It is not printed.";

/// `tcapi sign …`.
///
/// # Errors
/// The arguments cannot be read, there is no key, or the compared request would be rejected.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    if line.options.has("help") {
        return usage::help("sign", USAGE, out);
    }
    let settings = Settings::load(&line.options)?;
    if line.words.is_empty() {
        line.only_options()?;
    }
    if let Some(file) = line.options.get("compare") {
        if let Some(word) = line.words.first() {
            return Err(arguments(format!("unexpected argument `{word}`\n{}", usage::refused("sign", USAGE))));
        }
        return compare_with(file, &line, &settings, out);
    }
    let [service, action] = line.words.as_slice() else { return Err(usage::refused("sign", USAGE)) };
    let target = actions::find(service, action, &settings, &line.options)?;
    let request = call::request(&line, &target)?;
    let at = match line.options.number::<i64>("at")? {
        Some(seconds) => Timestamp::from_unix(seconds),
        None => SystemClock.now(),
    };
    region::warning(&settings.region(&line.options)).into_iter().for_each(warn);
    let credential = call::credential(&settings, &line.options, target.folder)?;
    let client = call::client_builder(&settings, &line.options, target.folder, Some(credential))?;
    let client = client.build().map_err(|error| call::failure(&error))?;
    let steps = client.sign(&request, at).map_err(|error| call::failure(&error))?;
    if line.options.has("output") {
        let text = |step: Option<String>| step.map_or(Value::Null, Value::from);
        let shown = json!({
            "CanonicalRequest": text(steps.canonical_request().map(ToString::to_string)),
            "StringToSign": text(steps.string_to_sign().map(ToString::to_string)),
            "Signature": text(steps.signature().map(ToString::to_string)),
            "Authorization": text(steps.authorization().map(ToString::to_string)),
        });
        return written(write(out, &shown, settings.output(&line.options)?, Screen::of_stdout()));
    }
    let service = target.spec.service;
    let date = at.date();
    written(writeln!(
        out,
        "{steps}\n\
         How they follow from each other\n  \
         CanonicalRequest  method, path, query, the signed headers and their names, SHA-256 of the body\n  \
         StringToSign      TC3-HMAC-SHA256, the timestamp, {date}/{service}/tc3_request, SHA-256 of the CanonicalRequest\n  \
         signing key       HMAC(HMAC(HMAC(\"TC3\" + SecretKey, \"{date}\"), \"{service}\"), \"tc3_request\")\n  \
         Signature         HMAC(signing key, StringToSign), in lower-case hex"
    ))
}

fn compare_with(file: &str, line: &CommandLine, settings: &Settings, out: &mut dyn Write) -> Result<(), Error> {
    let text =
        if file == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(expand(file)) };
    let text = text.map_err(|error| configuration(format!("cannot read {file}: {error}")))?;
    let request: SignedRequest = text.parse().map_err(|error| arguments(format!("{file}: {error}")))?;
    let credential = call::credential(settings, &line.options, "sts")?;
    let now = match line.options.number::<i64>("at")? {
        Some(seconds) => seconds,
        None => SystemClock.now().as_unix(),
    };
    let comparison = compare(&request, credential.secret_id(), credential.secret_key(), now);
    written(write!(out, "{comparison}"))?;
    if comparison.is_accepted() {
        return Ok(());
    }
    written(out.flush())?;
    let message = if comparison.right { "the cloud would reject the request" } else { "the signatures differ" };
    Err(Error::new(Kind::Credential, message))
}
