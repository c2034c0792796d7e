//! `tcapi show`: the documentation of an action.

use std::io::{self, Write};

use tc_spec::{ModelSpec, PageForm, ParamSpec, Status};

use super::help::wrap;
use super::usage;
use super::words::{limits, type_name};
use crate::actions::{self, Target};
use crate::args::CommandLine;
use crate::call::written;
use crate::docs::Texts;
use crate::error::Error;
use crate::output::{Screen, pad, width};
use crate::profile::Settings;

const USAGE: &str = "\
Usage: tcapi show <service> [<Action>] [options]

Options:
  --version YYYY-MM-DD        the version of the service
  --site china|international  whose actions: those of the Chinese or of the international site
  --profile NAME              the profile, which may name the version
  --detail                    list the error codes";

/// The options of the program that it accepts.
pub(super) const OPTIONS: &[&str] = &["version", "site", "profile", "detail"];

/// `tcapi show <service> [<Action>]`.
///
/// # Errors
/// There is no such service or action.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    line.only("show", OPTIONS)?;
    if line.options.has("help") {
        return usage::help("show", USAGE, out);
    }
    if let [service] = line.words.as_slice() {
        return super::help::service(service, &line, out);
    }
    let target = target_of("show", USAGE, &line)?;
    let codes = if line.options.has("detail") { Codes::Listed } else { Codes::Counted };
    page(out, &target, Screen::of_stdout().width, Some(codes))
}

/// The action that the arguments of a subcommand name.
///
/// # Errors
/// There is no such action, or the words are not a service and an action.
pub(super) fn target_of(command: &str, usage: &str, line: &CommandLine) -> Result<Target, Error> {
    let [service, action] = line.words.as_slice() else { return Err(usage::refused(command, usage)) };
    let settings = Settings::load(&line.options)?;
    actions::find(service, action, &settings, &line.options)
}

/// How a page shows the error codes of the service.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codes {
    /// Their number, and how to list them.
    Counted,
    /// Every code.
    Listed,
}

/// Prints the page of an action: parameters, paging and rate; with `codes`, the answer and the error codes, too.
///
/// # Errors
/// Standard output cannot be written, or the catalog is damaged.
pub(crate) fn page(out: &mut dyn Write, target: &Target, screen: usize, codes: Option<Codes>) -> Result<(), Error> {
    let spec = target.spec;
    let status = match spec.status {
        Status::Online => "",
        Status::Deprecated => "  (deprecated)",
        Status::Offline => "  (no longer offered)",
    };
    let (whole, shown) = (codes.is_some(), codes);
    let codes = if whole { actions::error_codes(target)? } else { Vec::new() };
    let texts = Texts::load(target.folder, spec.version);
    let texts = texts.as_ref();
    let print = |out: &mut dyn Write| -> io::Result<()> {
        let (folder, version, name) = (target.folder, spec.version, spec.name);
        writeln!(out, "{folder} {version} {name}{status}\n\nUSAGE\n    tcapi {folder} {name}{}", usage(spec.request))?;
        if let Some((title, about)) = texts.and_then(|texts| texts.action(name)) {
            let lines = std::iter::once(title).chain(about.lines()).filter(|line| !line.is_empty());
            writeln!(out)?;
            for line in lines {
                writeln!(out, "    {}", wrap(line, screen.saturating_sub(4).max(20)).join("\n    "))?;
            }
        }
        writeln!(out, "\nPARAMETERS")?;
        if spec.request.params.is_empty() {
            writeln!(out, "    none")?;
        }
        members(out, spec.request, texts, (&format!("{name}Request"), "--"), screen)?;
        let mut notes = notes(target);
        if spec.page.is_some() {
            notes.push("--all follows all pages".to_owned());
        }
        if !notes.is_empty() {
            writeln!(out, "\nNOTES")?;
            for note in notes {
                writeln!(out, "    {}", wrap(&note, screen.saturating_sub(4).max(20)).join("\n      "))?;
            }
        }
        if whole {
            writeln!(out, "\nANSWER")?;
            members(out, spec.response.get(), texts, (&format!("{name}Response"), ""), screen)?;
            writeln!(out, "    RequestId")?;
        }
        if !codes.is_empty() {
            let listed = match shown {
                Some(Codes::Listed) => codes.join("\n    "),
                _ => format!("{} codes; tcapi show {folder} {name} --detail lists them", codes.len()),
            };
            writeln!(out, "\nERROR CODES of {folder} {version}\n    {listed}")?;
        }
        Ok(())
    };
    written(print(out))
}

/// What else there is to know about an action. The notes name no option of the command line: tools for agents show them, too.
pub(crate) fn notes(target: &Target) -> Vec<String> {
    let spec = target.spec;
    let mut notes = Vec::new();
    if let Some(paging) = spec.page {
        let by = match paging.form {
            PageForm::Offset { offset, limit } => format!("{offset} and {limit}"),
            PageForm::Number { number, size, .. } => format!("{number} and {size}"),
            PageForm::Token { token, .. } => token.to_owned(),
        };
        let items = target.items().map_or_else(String::new, |path| format!(", the items are in {}", path.join(".")));
        notes.push(format!("pages by {by}{items}"));
    }
    if let Some(rate) = spec.rate {
        notes.push(format!("{rate} calls per second are documented"));
    }
    if spec.streaming {
        notes.push("can answer with a stream of events".to_owned());
    }
    if spec.skip_sign {
        notes.push("is sent without a signature".to_owned());
    }
    if spec.idempotent {
        notes.push("only reads: it is sent again after an error".to_owned());
    }
    notes
}

/// The required parameters, and a hint that there are others.
fn usage(request: &ModelSpec) -> String {
    let mut usage = String::new();
    for param in request.params.iter().filter(|param| param.required) {
        usage.push_str(" --");
        usage.push_str(param.name);
        usage.push_str(&placeholder(param));
    }
    if request.params.iter().any(|param| !param.required) {
        usage.push_str(" [--Param value …]");
    }
    usage
}

fn placeholder(param: &ParamSpec) -> String {
    format!(" <{}>{}", type_name(param), if param.is_list() { " …" } else { "" })
}

/// A line for each member, those of objects below them.
fn members(
    out: &mut dyn Write,
    model: &'static ModelSpec,
    texts: Option<&Texts>,
    (object, dashes): (&str, &str),
    screen: usize,
) -> io::Result<()> {
    let mut rows = Vec::new();
    collect(model, object, dashes, texts, &mut Vec::new(), &mut rows);
    let widest = |cell: fn(&Row) -> &str, most: usize| {
        rows.iter().map(|row: &Row| width(cell(row))).max().unwrap_or_default().min(most) + 2
    };
    let (names, types) = (widest(|(name, ..)| name, 46), widest(|(_, ty, ..)| ty, 28));
    let beside = screen.saturating_sub(4 + names + types);
    for (name, ty, note, text) in &rows {
        let name = if width(name) + 2 > names { format!("{name}  ") } else { pad(name, names) };
        let line = format!("    {name}{}", pad(ty, types));
        let fits = beside >= 24 || width(note) <= beside;
        if fits {
            let note = wrap(note, beside).join(&format!("\n{:1$}", "", 4 + names + types));
            writeln!(out, "{}", format!("{line}{note}").trim_end())?;
        } else {
            let note = wrap(note, screen.saturating_sub(8).max(20)).join("\n        ");
            writeln!(out, "{}\n        {note}", line.trim_end())?;
        }
        for line in text.lines() {
            let lines = wrap(line, screen.saturating_sub(8).max(20));
            writeln!(out, "        {}", lines.join("\n        "))?;
        }
    }
    Ok(())
}

type Row = (String, String, String, String);

/// Members of objects stand below them, two blanks further in; lists of objects are numbered.
fn collect(
    model: &'static ModelSpec,
    object: &str,
    before: &str,
    texts: Option<&Texts>,
    within: &mut Vec<&'static str>,
    rows: &mut Vec<Row>,
) {
    for param in model.params {
        let dots = if matches!(param.ty, tc_spec::Type::Model(_)) && param.is_list() { ".N" } else { "" };
        let name = format!("{before}{}{dots}", param.name);
        let list = if param.is_list() { "list of " } else { "" };
        let mut notes = limits(param);
        if param.required {
            notes.insert(0, "required".to_owned());
        }
        if param.deprecated {
            notes.push("deprecated".to_owned());
        }
        let nested = match param.ty {
            tc_spec::Type::Model(nested) => Some(nested.get()),
            _ => None,
        };
        let known = nested.is_some_and(|nested| within.contains(&nested.name));
        if known {
            notes.push("its members are those above".to_owned());
        }
        let text = texts.and_then(|texts| texts.member(object, param.name)).unwrap_or_default();
        rows.push((name, format!("{list}{}", type_name(param)), notes.join("; "), text.to_owned()));
        if let Some(nested) = nested.filter(|_| !known) {
            within.push(nested.name);
            let indent = format!("  {}", before.replace("--", "").replace('.', ""));
            collect(nested, nested.name, &format!("{indent}."), texts, within, rows);
            within.pop();
        }
    }
}
