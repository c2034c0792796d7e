//! Help at every level, from the catalog.

use std::io::{self, Write};

use tc_catalog::{Action, Service};

use super::COMMANDS;
use super::show::{Codes, page};
use crate::actions::{self, Target};
use crate::args::{CommandLine, OPTIONS, Takes};
use crate::call::written;
use crate::error::Error;
use crate::output::{Screen, pad, width};
use crate::profile::Settings;

/// `tcapi help`.
pub(crate) fn program(line: &CommandLine, out: &mut dyn Write) -> Result<(), Error> {
    let width = Screen::of_stdout().width;
    let site = actions::site(&line.options)?;
    let services = actions::catalog()?.services().filter(|service| service.versions(site).len() > 0);
    let names: Vec<&str> = services.map(Service::name).collect();
    let print = |out: &mut dyn Write| -> io::Result<()> {
        writeln!(
            out,
            "tcapi calls every action of Tencent Cloud, and checks each request before it is sent.\n\n\
             USAGE\n    tcapi [options] <service> <Action> [--Param value …]\n    tcapi <command> …\n\nCOMMANDS"
        )?;
        COMMANDS.iter().try_for_each(|command| entry(out, command.name, command.about, width))?;
        writeln!(out)?;
        options(out, width)?;
        writeln!(out, "\nSERVICES ({site})")?;
        columns(out, &names, width)?;
        writeln!(out, "\nMORE")?;
        entry(out, "tcapi <service> help", "the actions of a service", width)?;
        entry(out, "tcapi <service> <Action> help", "the parameters of an action", width)?;
        entry(out, "tcapi search <words>", "find an action", width)
    };
    written(print(out))
}

/// `tcapi <service> help`.
pub(crate) fn service(name: &str, line: &CommandLine, out: &mut dyn Write) -> Result<(), Error> {
    let width = Screen::of_stdout().width;
    let service = actions::service(name)?;
    let site = actions::site(&line.options)?;
    let settings = Settings::load(&line.options)?;
    let version = settings.version(&line.options, service.name());
    let module = actions::module(service, site, version.as_deref())?;
    let versions: Vec<&str> = service.versions(site).collect();
    let names: Vec<&str> = module.actions().map(Action::name).collect();
    let print = |out: &mut dyn Write| -> io::Result<()> {
        let name = service.name();
        writeln!(out, "{name} {}\n\nUSAGE\n    tcapi {name} <Action> [--Param value …]", module.version())?;
        if versions.len() > 1 {
            writeln!(out, "\nVERSIONS (the first is the default)\n    {}", versions.join("  "))?;
        }
        writeln!(out, "\nACTIONS ({})", names.len())?;
        columns(out, &names, width)
    };
    written(print(out))
}

/// `tcapi <service> <Action> help`.
pub(crate) fn action(target: &Target, line: &CommandLine, out: &mut dyn Write) -> Result<(), Error> {
    let width = Screen::of_stdout().width;
    let detail = line.options.has("detail");
    page(out, target, width, detail.then_some(Codes::Listed))?;
    let print = |out: &mut dyn Write| -> io::Result<()> {
        if detail {
            writeln!(out)?;
            return options(out, width);
        }
        let show = format!("tcapi show {} {}", target.folder, target.spec.name);
        writeln!(out, "\nMORE")?;
        entry(out, &show, "the answer and the error codes, too", width)?;
        entry(out, "tcapi help", "the options of every call", width)
    };
    written(print(out))
}

fn options(out: &mut dyn Write, width: usize) -> io::Result<()> {
    writeln!(out, "OPTIONS (in lower case; anywhere on the line)")?;
    for option in OPTIONS {
        let value = match option.takes {
            Takes::Nothing => String::new(),
            Takes::Value(_) if !option.values.is_empty() => format!(" {}", option.values.join("|")),
            Takes::Value(name) => format!(" {name}"),
            Takes::Maybe(default) => format!(" [{default}]"),
        };
        entry(out, &format!("--{}{value}", option.name), option.help, width)?;
    }
    Ok(())
}

/// Where the explanations of options begin.
const INDENT: usize = 34;

/// A name and what it means, wrapped at the width of the screen.
fn entry(out: &mut dyn Write, name: &str, about: &str, screen: usize) -> io::Result<()> {
    let mut text = pad(&format!("    {name}"), INDENT);
    if width(&text) > INDENT {
        text = format!("{}\n{:INDENT$}", text.trim_end(), "");
    }
    let lines = wrap(about, screen.saturating_sub(INDENT).max(30));
    writeln!(out, "{text}{}", lines.join(&format!("\n{:INDENT$}", "")))
}

/// Cuts a text at blanks so that no line is wider than `cells`, unless one word is.
pub(crate) fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && width(&lines[last]) + 1 + width(word) > cells {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}

/// Names in as many columns as fit, read from top to bottom.
fn columns(out: &mut dyn Write, names: &[&str], screen: usize) -> io::Result<()> {
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(1) + 2;
    let across = (screen.saturating_sub(4) / widest).max(1);
    let down = names.len().div_ceil(across);
    for row in 0..down {
        let cells = (0..across).filter_map(|column| names.get(column * down + row));
        let line: String = cells.map(|name| pad(name, widest)).collect();
        writeln!(out, "    {}", line.trim_end())?;
    }
    Ok(())
}
