//! `tcapi code`: actions as files of annotated structs.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};
use tc_catalog::rust::{FileOptions, Root, SourceFile, files, one_file};
use tc_catalog::{Action, Module, Site};

use super::arguments;
use crate::actions;
use crate::call::written;
use crate::code::{self, Difference, Folder};
use crate::error::{Error, Kind, configuration};

/// Write actions as Rust structs, to read, change and commit.
///
/// Without --out and --crate, the structs are printed as one file. `tc_core::import!` has the compiler write the same
/// structs, without files.
#[derive(Debug, Parser)]
#[command(name = "tcapi code", no_binary_name = false)]
struct Arguments {
    /// The service: cvm
    service: String,
    /// The actions; all of the service's version if none is named
    #[arg(value_name = "Action")]
    actions: Vec<String>,
    /// The version of the service
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
    /// china or international
    #[arg(long, default_value = "china", hide_default_value = true)]
    site: Site,
    /// Write a module: a file an action, shared models, error codes, mod.rs
    #[arg(long, value_name = "DIR", conflicts_with = "of_crate")]
    out: Option<PathBuf>,
    /// Write a crate: the same files with lib.rs in src, and a Cargo.toml if it does not exist
    #[arg(long = "crate", value_name = "DIR", id = "of_crate")]
    of_crate: Option<PathBuf>,
    /// Doc comments from your own copy of the official texts: an unpacked package tccli or tccli-intl-en
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// Write nothing; say which files were edited by hand, and for which the facts changed
    #[arg(long, conflicts_with = "force")]
    check: bool,
    /// Overwrite files that this command did not write, or that were edited since
    #[arg(long)]
    force: bool,
}

/// The parser of its arguments.
pub(super) fn parser() -> clap::Command {
    Arguments::command()
}

/// Writes, checks or prints.
///
/// # Errors
/// An action is not in the catalog, files differ, or cannot be written.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let Some(arguments) = arguments::<Arguments>("tcapi code", args, out)? else { return Ok(()) };
    let service = actions::service(&arguments.service)?;
    let module = actions::module(service, arguments.site, arguments.version.as_deref())?;
    let found = named(module, &arguments)?;
    let texts = arguments.docs.as_deref().map(|package| code::texts(package, module)).transpose()?;
    let command = command(module, &arguments);
    let sources = actions::catalog()?.sources();
    let root = if arguments.of_crate.is_some() { Root::Crate } else { Root::Module };
    let options = FileOptions { root, command: &command, sources, texts: texts.as_ref() };
    let path = match (&arguments.out, &arguments.of_crate) {
        (Some(out), _) => out.clone(),
        (_, Some(of_crate)) => of_crate.join("src"),
        _ if arguments.check => {
            return Err(crate::error::arguments("--check compares files: add --out DIR or --crate DIR"));
        }
        _ => return written(out.write_all(one_file(module, &found, options).as_bytes())),
    };
    let files = files(module, &found, options).map_err(|error| Error::new(Kind::Other, error.to_string()))?;
    let folder = Folder { path: &path, service: service.name(), files: &files };
    if arguments.check {
        return check(&folder, out);
    }
    folder.write(arguments.force)?;
    if let Some(of_crate) = &arguments.of_crate {
        manifest(of_crate, service.name())?;
    }
    written(writeln!(out, "{}: {} actions in {} files", path.display(), found.len(), files.len()))
}

/// The named actions, each once, in the order of the catalog; all if none is named.
fn named<'a>(module: Module<'a>, arguments: &Arguments) -> Result<Vec<Action<'a>>, Error> {
    if arguments.actions.is_empty() {
        return Ok(module.actions().collect());
    }
    let mut found = Vec::new();
    for name in &arguments.actions {
        found.push(module.action(name).map_err(|error| crate::error::arguments(format!("Invalid choice: {error}")))?);
    }
    found.sort_by_key(|action| action.position());
    found.dedup_by_key(|action| action.position());
    Ok(found)
}

/// The command as the headers name it: without folders, so that the same code is the same everywhere.
fn command(module: Module<'_>, arguments: &Arguments) -> String {
    let mut command = format!("tcapi code {}", module.service().name());
    for action in &arguments.actions {
        command = command + " " + action;
    }
    if arguments.version.is_some() {
        command = command + " --version " + module.version();
    }
    if arguments.site != Site::China {
        command = command + " --site " + module.site().name();
    }
    match (&arguments.out, &arguments.of_crate) {
        (Some(_), _) => command.push_str(" --out DIR"),
        (_, Some(_)) => command.push_str(" --crate DIR"),
        _ => {}
    }
    if arguments.docs.is_some() {
        command.push_str(" --docs DIR");
    }
    command
}

/// Prints each file that differs, and fails if one does.
fn check(folder: &Folder<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let differences = folder.differences()?;
    for (difference, name) in &differences {
        written(writeln!(out, "{}: {difference}", folder.path.join(name).display()))?;
    }
    if differences.is_empty() {
        return written(writeln!(
            out,
            "{}: {} files as the catalog has them",
            folder.path.display(),
            folder.files.len()
        ));
    }
    let count = |kind| differences.iter().filter(|(difference, _)| *difference == kind).count();
    let (edited, changed) = (count(Difference::Edited), count(Difference::Changed));
    let others = differences.len() - edited - changed;
    Err(configuration(format!(
        "{edited} edited by hand, {changed} with changed facts, {others} otherwise different\n\
         Write them again with the same command without --check"
    )))
}

/// Writes the `Cargo.toml` of a new crate; one that is there belongs to the user.
fn manifest(of_crate: &Path, service: &str) -> Result<(), Error> {
    if of_crate.join("Cargo.toml").exists() {
        return Ok(());
    }
    let full = std::path::absolute(of_crate).unwrap_or_else(|_| of_crate.to_owned());
    let name: String = full.file_name().and_then(|name| name.to_str()).map_or_else(String::new, |name| {
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' }).collect()
    });
    let name = if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("tc-{service}") };
    let text = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ntc-core = {{ version = \"{}\", default-features = false }}\n",
        env!("CARGO_PKG_VERSION")
    );
    code::replace(of_crate, &[SourceFile { name: "Cargo.toml".to_owned(), text }])
}
