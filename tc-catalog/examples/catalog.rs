//! `catalog build` and `catalog dump`: what `tcapi catalog` calls, as a small program.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tc_catalog::build::{Packages, build_file, dump};
use tc_catalog::{Catalog, Site};

const USAGE: &str = "usage: catalog build --china DIR --international DIR --errors DIR --out FILE [--force]
       catalog dump --site china|international [--merged]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("build") => run_build(&arguments),
        Some("dump") => run_dump(&arguments),
        _ => Err(USAGE.to_owned()),
    };
    if let Err(error) = done {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn run_build(arguments: &[String]) -> Result<(), String> {
    let directory = |flag| value(arguments, flag).map(PathBuf::from);
    let packages = Packages {
        china: directory("--china")?,
        international: directory("--international")?,
        errors: directory("--errors")?,
    };
    let out = value(arguments, "--out")?;
    let force = arguments.iter().any(|argument| argument == "--force");
    let is_terminal = std::io::stderr().is_terminal();
    let mut progress = |step: tc_catalog::build::Progress<'_>| {
        if is_terminal {
            eprint!("\r\x1b[K{}/{} {}", step.done, step.total, step.name);
        }
    };
    let report = build_file(&packages, Path::new(out), force, &mut progress)
        .map_err(|error| format!("{}{error}", if is_terminal { "\n" } else { "" }))?;
    if is_terminal {
        eprintln!();
    }
    report.dropped.iter().for_each(|dropped| println!("! {dropped}"));
    match &report.changes {
        Some(changes) if changes.is_empty() => println!("nothing changed"),
        Some(changes) => print!("{changes}"),
        None => println!("there was no catalog to compare with"),
    }
    println!("{}: {} actions in {} modules, {} bytes", out, report.actions, report.modules, report.size);
    Ok(())
}

fn run_dump(arguments: &[String]) -> Result<(), String> {
    let site: Site = value(arguments, "--site")?.parse().map_err(|error| format!("--site: {error}"))?;
    let merged = arguments.iter().any(|argument| argument == "--merged");
    let catalog = Catalog::embedded().map_err(|error| error.to_string())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    dump(catalog, site, merged, &mut out).map_err(|error| error.to_string())?;
    out.flush().map_err(|error| error.to_string())
}

fn value<'a>(arguments: &'a [String], flag: &str) -> Result<&'a str, String> {
    let position = arguments.iter().position(|argument| argument == flag);
    let value = position.and_then(|position| arguments.get(position + 1));
    value.map(String::as_str).ok_or_else(|| format!("{flag} is missing\n{USAGE}"))
}
