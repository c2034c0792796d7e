//! `tcapi catalog`: builds the catalog from the official metadata, and prints the limits it holds.

use std::io::Write;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tc_catalog::Site;
use tc_catalog::build::{BuildError, DumpError, Packages, Report, build_file, dump};

use super::arguments;
use crate::actions;
use crate::call::written;
use crate::error::{Error, Kind, configuration};

/// The catalog: every action of the cloud as facts.
#[derive(Debug, Parser)]
#[command(name = "tcapi catalog", no_binary_name = false)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build a catalog file from the unpacked packages of PyPI, and print what changed
    ///
    /// Each line of the output is an action that was added (+) or removed (-), a limit that changed (~), or a limit
    /// of the documentation that an official example or its own default contradicts, which is left out (!).
    Build {
        /// The unpacked package tccli: the metadata of the Chinese site
        #[arg(long, value_name = "DIR")]
        china: PathBuf,
        /// The unpacked package tccli-intl-en: the metadata of the international site
        #[arg(long, value_name = "DIR")]
        international: PathBuf,
        /// The unpacked package tencentcloud-sdk-python: the error codes
        #[arg(long, value_name = "DIR")]
        errors: PathBuf,
        /// The file to write; a catalog that is there is replaced
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Overwrite a file that is not a catalog
        #[arg(long)]
        force: bool,
        /// No progress on standard error
        #[arg(long)]
        quiet: bool,
    },
    /// Print the limits of every member that a request reaches, one JSON object a line
    Dump {
        /// china or international
        #[arg(long)]
        site: Site,
        /// The limits of both sites together, instead of what the documentation of this site alone says
        #[arg(long)]
        merged: bool,
    },
}

/// The parser of its arguments.
pub(super) fn parser() -> clap::Command {
    Arguments::command()
}

/// Builds or prints.
///
/// # Errors
/// A package or file cannot be used.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let Some(arguments) = arguments::<Arguments>("tcapi catalog", args, out)? else { return Ok(()) };
    match arguments.command {
        Command::Build { china, international, errors, out: file, force, quiet } => {
            let packages = Packages { china, international, errors };
            let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
            let bar = ProgressBar::with_draw_target(None, target);
            if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}") {
                bar.set_style(style);
            }
            let report = build_file(&packages, &file, force, &mut |step| {
                bar.set_length(step.total as u64);
                bar.set_position(step.done as u64);
                bar.set_message(step.name.to_owned());
            });
            bar.finish_and_clear();
            let report = report.map_err(|error| match error {
                BuildError::NotOurs { .. } => crate::error::arguments(error.to_string()),
                _ => configuration(error.to_string()),
            })?;
            written(print(&report, &file.display().to_string(), out))
        }
        Command::Dump { site, merged } => dump(actions::catalog()?, site, merged, out).or_else(|error| match error {
            DumpError::Catalog(error) => Err(Error::new(Kind::Other, error.to_string())),
            DumpError::Write(error) => written(Err(error)),
        }),
    }
}

fn print(report: &Report, file: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for dropped in &report.dropped {
        writeln!(out, "! {dropped}")?;
    }
    match &report.changes {
        Some(changes) if changes.is_empty() => writeln!(out, "no action and no limit changed")?,
        Some(changes) => write!(out, "{changes}")?,
        None => writeln!(out, "there was no catalog to compare with")?,
    }
    writeln!(out, "{file}: {} actions in {} modules, {} bytes", report.actions, report.modules, report.size)
}
