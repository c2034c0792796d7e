//! One call: from a command line to what is printed.

mod advice;
mod all;
mod client;
mod curl;
mod dry_run;
mod failure;
mod missing_rows;
mod options;
mod print;
mod report;
mod skeleton;
mod stream;
mod unknown_members;
mod upload;
mod wait;

use std::io::{IsTerminal, Write};
use std::time::Instant;

use serde_json::{Map, Value};
use tc_core::{AnyAction, Client, Endpoint, PendingCall, Region};

pub use skeleton::skeleton;

pub(crate) use advice::in_options;
pub(crate) use client::builder as client_builder;
pub(crate) use client::client as client_of;
pub(crate) use client::credential;
pub(crate) use dry_run::shown;
pub(crate) use failure::failure;
pub(crate) use stream::is_streamed;
pub(crate) use unknown_members::of_query as unknown_members;

use crate::actions::Target;
use crate::args::{
    CommandLine, Given, Mode, Options, Problem, ProblemKind, build, missing_files, nearest, no_option, read_input,
};
use crate::error::{Error, Kind, arguments, configuration};
use crate::output::{Screen, write};
use crate::profile::Settings;
use crate::region::{self, RegionSource};
use crate::warning::warn;
use print::Printer;
use upload::File;
use wait::Goal;

/// Makes the call of a command line.
///
/// # Errors
/// The command line is not valid, or the call fails.
pub(crate) fn run(line: &CommandLine, target: &Target, out: &mut dyn Write) -> Result<(), Error> {
    options::check(&line.options)?;
    let settings = Settings::load(&line.options)?;
    let screen = Screen::of_stdout();
    if line.options.has("generate-cli-skeleton") {
        // Parameters have no effect on the skeleton, but a misspelt one is an error.
        example_parameters(line, target)?;
        let skeleton = skeleton(target.spec.request);
        return written(write(out, &skeleton, settings.output(&line.options)?, screen));
    }
    let (params, files) = parameters(line, target)?;
    let params = Value::Object(params);
    let action = with_files(target.action(params.clone()), files);
    let (region, source) = settings.region_and_source(&line.options);
    region::warning(&region).into_iter().for_each(warn);
    let request = Request { action: &action, params, target, settings: &settings, options: &line.options };
    if line.options.has("dry-run") {
        return dry_run::run(&request, out);
    }
    check(&action, line)?;
    if line.options.has("curl") {
        return curl::run(&request, out);
    }
    let sent = if line.options.has("all") { action.clone() } else { target.as_given(action.clone(), &request.params) };
    let printer = Printer::new(line, &settings, target, screen)?;
    let goal = Goal::of(&line.options, &settings, target)?;
    if line.options.has("all") && target.items().is_none() {
        return Err(arguments(format!("--all: {} does not page", target.spec.name)));
    }
    let streamed = is_streamed(target, &request.params);
    if let Some(goal) = goal.as_ref().filter(|_| streamed) {
        let (option, name) = (goal.option(), target.spec.name);
        return Err(arguments(format!("argument {option}: has no effect on the events of {name}, which are streamed")));
    }
    if let Some(goal) = &goal {
        unknown_members::of_query(target, &goal.filter, goal.option()).into_iter().for_each(warn);
    }
    if let Some(warning) = settings.profile.warning()
        && settings.uses_file(&line.options)
    {
        warn(warning);
    }
    let is_default = source == RegionSource::Default;
    if is_default && shows_default_region(&line.options, std::io::stderr().is_terminal()) {
        anstream::eprintln!("{}", region::default_note());
    }
    let client = client::client(&settings, &line.options, target.folder)?;
    let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(Kind::Other, format!("cannot start: {error}")))?;
    let result = runtime.block_on(async {
        let sending = Sending { client: &client, action: &sent, line };
        if streamed {
            return stream::run(&sending, &printer, out).await;
        }
        if line.options.has("all") {
            return all::run(&sending, target, &printer, out).await;
        }
        match goal {
            Some(goal) => until(&sending, &goal, &printer, out).await,
            None => {
                let answer = sending.once(&printer).await?;
                printer.print(&answer, out)
            }
        }
    });
    // A resource of another region does not exist in this one, so the reader of the error has to know it.
    result.map_err(|error| match error.kind() {
        Kind::Api if is_default => error.with_line(&region::default_note()),
        _ => error,
    })
}

/// Whether the default region is named before the call. Scripts may read standard error together with standard output, so the line
/// is for people: on a terminal, and with `--verbose`.
fn shows_default_region(options: &Options, is_terminal: bool) -> bool {
    options.has("verbose") || (is_terminal && !options.has("quiet"))
}

/// A request before it is sent.
pub(crate) struct Request<'a> {
    pub(crate) action: &'a AnyAction,
    pub(crate) params: Value,
    pub(crate) target: &'a Target,
    pub(crate) settings: &'a Settings,
    pub(crate) options: &'a Options,
}

impl Request<'_> {
    /// Scheme and host that the request is signed for.
    pub(super) fn url(&self) -> Result<String, Error> {
        let options = self.options;
        let text = self.settings.endpoint(options, self.target.folder);
        let refused = |error: tc_core::EndpointError| configuration(in_options(&error.to_string()));
        let endpoint = match (options.get("root-domain"), &text) {
            (Some(domain), _) => Endpoint::root_domain(domain).map_err(refused)?,
            (None, Some(endpoint)) => Endpoint::parse(endpoint).map_err(refused)?,
            (None, None) => Endpoint::default(),
        };
        let region = Region::new(self.settings.region(options));
        let host = endpoint.host(self.target.spec.service, Some(&region)).map_err(refused)?;
        let scheme = if text.is_some_and(|text| text.starts_with("http://")) { "http" } else { "https" };
        Ok(format!("{scheme}://{host}"))
    }
}

/// The request of a command line, checked, for subcommands that do not send it.
///
/// # Errors
/// As [`run`].
pub(crate) fn request(line: &CommandLine, target: &Target) -> Result<AnyAction, Error> {
    let (params, files) = parameters(line, target)?;
    let action = with_files(target.action(Value::Object(params)), files);
    check(&action, line)?;
    Ok(action)
}

/// The parameters that a command line gives, for code that is printed: neither required ones nor limits are checked, and files
/// keep their names.
///
/// # Errors
/// A parameter is unknown or of another type.
pub(crate) fn example_parameters(line: &CommandLine, target: &Target) -> Result<Map<String, Value>, Error> {
    let (files, given) = divided(line, target);
    let mut params = members(line, target, &given, None)?;
    params.extend(files.into_iter().map(|file| (file.name.clone(), Value::from(file.words.join(" ")))));
    Ok(params)
}

/// A call and its client.
#[derive(Clone, Copy)]
pub(super) struct Sending<'a> {
    pub(super) client: &'a Client,
    pub(super) action: &'a AnyAction,
    pub(super) line: &'a CommandLine,
}

impl Sending<'_> {
    /// The call with its options.
    pub(super) fn call(&self) -> PendingCall<'_, AnyAction> {
        let call = self.client.call(self.action);
        if self.line.options.has("unchecked") { call.unchecked() } else { call }
    }

    /// Sends the call once, and gives its answer as it is shown.
    async fn once(&self, printer: &Printer<'_>) -> Result<Value, Error> {
        let response = self.call().send().await.map_err(|error| failure(&error))?;
        Ok(printer.answer(response))
    }
}

/// Calls until the goal is reached.
async fn until(sending: &Sending<'_>, goal: &Goal, printer: &Printer<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let start = Instant::now();
    let spinner = printer.spinner();
    loop {
        let answer = sending.once(printer).await?;
        let (found, reached) = match goal.look(&answer) {
            Ok(found) => found,
            Err(error) => {
                spinner.finish_and_clear();
                return Err(printer.unfiltered(&answer, printer.format, &error, out));
            }
        };
        if reached {
            spinner.finish_and_clear();
            return printer.print(&answer, out);
        }
        if start.elapsed() >= goal.timeout {
            spinner.finish_and_clear();
            return Err(goal.too_long(&found));
        }
        if goal.is_waiter {
            written(writeln!(out, "Inquiry result is {}.", crate::output::text_of(&found)).and_then(|()| out.flush()))?;
        }
        spinner.set_message(format!("{}: waiting", goal.shown(&found)));
        tc_core::tokio::time::sleep(goal.interval).await;
    }
}

fn with_files(action: AnyAction, files: Vec<File>) -> AnyAction {
    files.into_iter().fold(action, |action, (name, upload)| action.binary(name, upload))
}

/// The parameters that the command line gives, and its files.
fn parameters(line: &CommandLine, target: &Target) -> Result<(Map<String, Value>, Vec<File>), Error> {
    let (binary, given) = divided(line, target);
    let files = upload::files(&binary, target.spec)?;
    let params = members(line, target, &given, Some(&files).filter(|_| !line.options.has("unchecked")))?;
    Ok((params, files))
}

/// The parameters that are bytes, and the others.
fn divided<'a>(line: &'a CommandLine, target: &Target) -> (Vec<&'a Given>, Vec<Given>) {
    let (binary, given): (Vec<&Given>, Vec<&Given>) =
        line.params.iter().partition(|given| upload::is_binary(target.spec.request, &given.name));
    (binary, given.into_iter().cloned().collect())
}

/// The parameters that are not bytes: those of `--cli-input-json`, and over them those of the command line. Required ones are
/// checked if there are `files`, which may be among them.
fn members(
    line: &CommandLine,
    target: &Target,
    given: &[Given],
    files: Option<&Vec<File>>,
) -> Result<Map<String, Value>, Error> {
    let mut params = match line.options.get("cli-input-json") {
        Some(source) => match read_input(source)? {
            Value::Object(members) => members,
            _ => Map::new(),
        },
        None => Map::new(),
    };
    let mode = if line.options.has("cli-unfold-argument") { Mode::Unfold } else { Mode::Plain };
    let mut problems: Vec<Problem> = line.unknown.iter().map(|given| lower_case(given, target)).collect();
    if line.words.len() > 2 {
        let words = line.words[2..].to_vec();
        let dashes =
            words.iter().find_map(|word| word.strip_prefix('-').filter(|name| name.starts_with(char::is_alphabetic)));
        let dashes = dashes.map_or_else(String::new, |name| format!("; did you mean `--{name}`?"));
        let message = format!("unexpected argument `{}`{dashes}", words.join(" "));
        problems.push(Problem { kind: ProblemKind::Unknown(words), message });
    }
    match build(target.spec.request, given, mode) {
        Ok(built) => params.extend(built),
        Err(found) => problems.extend(found),
    }
    if let Some(files) = files {
        // A parameter that has another problem is not missing.
        let given = |name: &str| {
            let mut first = line.params.iter().filter_map(|given| given.name.split('.').next());
            let names = || target.spec.request.params.iter().map(|param| param.name);
            first.any(|first| {
                !first.is_empty() && (name.starts_with(first) || nearest(first, names()).first() == Some(&name))
            })
        };
        let required = target.spec.request.params.iter().filter(|param| param.required);
        let missing = required
            .map(|param| param.name)
            .filter(|name| !params.contains_key(*name) && !given(name) && files.iter().all(|(file, _)| file != name));
        let missing: Vec<String> = missing.map(|name| format!("--{name}")).collect();
        if !missing.is_empty() {
            let message = format!("the following arguments are required: {}", missing.join(", "));
            problems.push(Problem { kind: ProblemKind::Argument, message });
        }
    }
    if !problems.is_empty() {
        return Err(refuse(&problems, target));
    }
    missing_files(target.spec.request, given).into_iter().for_each(warn);
    Ok(params)
}

/// The problem of an unknown option in lower case.
fn lower_case(given: &Given, target: &Target) -> Problem {
    let words = std::iter::once(format!("--{}", given.name)).chain(given.words.iter().cloned()).collect();
    let first = given.name.split('.').next().unwrap_or_default();
    let param = target.spec.request.params.iter().find(|param| param.name.eq_ignore_ascii_case(first));
    let message = match param {
        Some(param) => format!(
            "tcapi has no option `--{}`; did you mean the parameter `--{}{}`? (parameters of actions begin with an \
             upper-case letter)",
            given.name,
            param.name,
            &given.name[first.len()..]
        ),
        None => no_option(&given.name),
    };
    Problem { kind: ProblemKind::Unknown(words), message }
}

/// One error of all problems: the unknown options in tccli's line first, then each problem on a separate line.
fn refuse(problems: &[Problem], target: &Target) -> Error {
    let unknown: Vec<&str> = problems
        .iter()
        .filter_map(|problem| match &problem.kind {
            ProblemKind::Unknown(words) => Some(words.iter().map(String::as_str)),
            _ => None,
        })
        .flatten()
        .collect();
    let mut lines = Vec::new();
    if !unknown.is_empty() {
        lines.push(format!("Unknown options: {}", unknown.join(", ")));
    }
    lines.extend(problems.iter().map(|problem| problem.message.clone()));
    lines.push(format!("See: tcapi {} {} help", target.folder, target.spec.name));
    // In tccli, argparse checks values and required parameters and exits with 252; other problems exit with 255.
    let kind = |problem: &Problem| match problem.kind {
        ProblemKind::Argument => Kind::Arguments,
        ProblemKind::Unknown(_) | ProblemKind::Json => Kind::Options,
        ProblemKind::File => Kind::Configuration,
    };
    let kind = problems.iter().map(kind).min_by_key(|kind| kind.exit_code(true)).unwrap_or(Kind::Options);
    Error::new(kind, lines.join("\n"))
}

/// Checks the parameters of code that is printed. Missing top-level parameters are left to the reader of the code, and files are
/// not read.
///
/// # Errors
/// Parameters break limits.
pub(crate) fn check_example(target: &Target, params: &Value, options: &Options) -> Result<(), Error> {
    if options.has("unchecked") {
        return Ok(());
    }
    let mut params = params.clone();
    if let Value::Object(members) = &mut params {
        members.retain(|name, _| !upload::is_binary(target.spec.request, name));
    }
    let Err(violations) = target.action(params.clone()).validate() else { return Ok(()) };
    let is_missing = |path: &str| target.spec.request.param(path).is_some() && params.get(path).is_none();
    let broken = violations.iter().filter(|violation| !is_missing(violation.path()));
    let broken: Vec<String> = broken.map(ToString::to_string).collect();
    if broken.is_empty() {
        return Ok(());
    }
    let message = format!("{}: {}; --unchecked prints the code anyway", target.spec.name, broken.join("; "));
    Err(Error::new(Kind::Limits, message))
}

/// Checks types and limits, before a credential or the network is used.
fn check(action: &AnyAction, line: &CommandLine) -> Result<(), Error> {
    if line.options.has("unchecked") {
        return Ok(());
    }
    action.validate().map_err(|violations| Error::new(Kind::Limits, violations.to_string()))
}

/// An error of writing to standard output. If its reader closed it, this is not an error.
pub(crate) fn written(result: std::io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(Kind::Other, format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
