//! Reads the first words of a command line and runs the command.

use std::io::Write;
use std::process::ExitCode;

use crate::actions;
use crate::args::CommandLine;
use crate::error::{Error, Kind, arguments};
use crate::profile::Settings;
use crate::{call, commands};

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let mut args = Vec::new();
    for arg in std::env::args_os().skip(1) {
        match arg.into_string() {
            Ok(arg) => args.push(arg),
            Err(arg) => {
                return fail(&Error::new(Kind::Arguments, format!("{} is not valid UTF-8", arg.display())), false);
            }
        }
    }
    let fine = args.iter().any(|arg| arg == "--exit-codes");
    // Not locked: `tcapi mcp` writes from other threads.
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let result = run(args, &mut out);
    let flushed = call::written(out.flush());
    match result.and(flushed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, fine),
    }
}

fn fail(error: &Error, fine: bool) -> ExitCode {
    anstream::eprintln!("{error}");
    ExitCode::from(error.kind().exit_code(fine))
}

fn run(args: Vec<String>, out: &mut dyn Write) -> Result<(), Error> {
    // A subcommand reads its own arguments.
    if let Some((command, rest)) = commands::find(&args) {
        return (command.run)(&rest, out);
    }
    let line = CommandLine::parse(args)?;
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    if line.program_version && words.is_empty() {
        return call::written(writeln!(out, "{}", env!("CARGO_PKG_VERSION")));
    }
    // The words after an unknown option belong to it, so that service and action may be among them.
    if words.len() < 2 || words[0] == "help" || words[1] == "help" {
        line.only_options()?;
    }
    let help = line.options.has("help");
    match words.as_slice() {
        [] | ["help"] | ["help", "help"] => commands::help::program(&line, out),
        ["help", topic, rest @ ..] => match (commands::named(topic), rest) {
            (Some(command), []) => (command.run)(&["--help".to_owned()], out),
            (None, []) => {
                let service = commands::service(topic)?;
                commands::help::service(service.name(), &line, out)
            }
            (None, [action]) => {
                let settings = Settings::load(&line.options)?;
                let target = actions::find(commands::service(topic)?.name(), action, &settings, &line.options)?;
                commands::help::action(&target, &line, out)
            }
            _ => Err(arguments("usage: tcapi help [<command> | <service> [<Action>]]")),
        },
        [service, "help"] => commands::help::service(service, &line, out),
        [service] if help => commands::help::service(service, &line, out),
        [service] => {
            let service = commands::service(service)?;
            Err(Error::new(
                Kind::Arguments,
                format!("the following arguments are required: operation\nAll actions: tcapi {} help", service.name()),
            ))
        }
        [service, action, rest @ ..] => {
            commands::service(service)?;
            let settings = Settings::load(&line.options)?;
            let target = actions::find(service, action, &settings, &line.options)?;
            if help || rest == ["help"] {
                return commands::help::action(&target, &line, out);
            }
            call::run(&line, &target, out)
        }
    }
}
