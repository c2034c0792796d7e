//! The subcommands: one file for each.

mod catalog;
mod code;
mod complete;
mod configure;
mod docs;
mod emulator;
mod example;
mod explorer;
pub(crate) mod help;
mod man;
pub(crate) mod search;
pub(crate) mod show;
mod sign;
pub(crate) mod usage;
pub(crate) mod whoami;
pub(crate) mod words;

use std::io::Write;

use crate::call::written;
use crate::error::Error;

/// A subcommand.
pub(crate) struct Command {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Its line in the list of subcommands.
    pub(crate) about: &'static str,
    /// Command lines that help shows, each with an explanation, which may be empty.
    pub(crate) examples: &'static [(&'static str, &'static str)],
    /// The options that it accepts, for completion.
    pub(crate) accepts: Accepts,
    /// Runs it with the arguments after its name.
    pub(crate) run: fn(&[String], &mut dyn Write) -> Result<(), Error>,
}

/// The options of a subcommand.
#[derive(Clone, Copy)]
pub(crate) enum Accepts {
    /// These options of the program.
    These(&'static [&'static str]),
    /// The options of every call, and these.
    Calls(&'static [&'static str]),
    /// Those of its parser.
    Parser(fn() -> clap::Command),
}

/// Every subcommand, in the order in which help lists them.
pub(crate) static COMMANDS: &[Command] = &[
    Command {
        name: "configure",
        about: "keys, region and output of a profile",
        examples: &[
            ("tcapi configure", "asks for the key, region and output"),
            ("tcapi configure set region ap-beijing output yaml", ""),
            ("tcapi configure set secretKey - --profile work < key.txt", ""),
            ("tcapi configure get region cvm.version", ""),
        ],
        accepts: Accepts::These(&["profile"]),
        run: configure::run,
    },
    Command {
        name: "whoami",
        about: "the account that the credential belongs to",
        examples: &[("tcapi whoami", ""), ("tcapi whoami --profile work --filter AccountId", "")],
        accepts: Accepts::Calls(&[]),
        run: whoami::run,
    },
    Command {
        name: "search",
        about: "find actions by words of their names, parameters and titles",
        examples: &[
            ("tcapi search person sample", "names with both words"),
            ("tcapi search cvm UserData", "also names of parameters"),
            ("tcapi search snapshot --all --output ndjson", ""),
        ],
        accepts: Accepts::These(search::OPTIONS),
        run: search::run,
    },
    Command {
        name: "show",
        about: "parameters, limits, answer and error codes of an action",
        examples: &[
            ("tcapi show mps DescribePersonSamples", ""),
            ("tcapi show tke DescribeClusters --version 2022-05-01 --detail", "with the error codes"),
            ("tcapi show cvm", "the actions of a service"),
        ],
        accepts: Accepts::These(show::OPTIONS),
        run: show::run,
    },
    Command {
        name: "example",
        about: "the code of a call: command, JSON, Rust, curl, Python, Go, Node.js",
        examples: &[
            ("tcapi example cvm RunInstances", "command, JSON and Rust"),
            ("tcapi example dnspod CreateRecord python --RecordType MX", "with your own parameters"),
            ("tcapi example mps DescribePersonSamples node --all", "reads every page"),
        ],
        accepts: Accepts::These(example::OPTIONS),
        run: example::run,
    },
    Command {
        name: "sign",
        about: "a signature step by step, or that of another program compared",
        examples: &[
            ("tcapi sign cvm DescribeZones --region ap-guangzhou", ""),
            ("tcapi sign cvm DescribeInstances --Limit 5 --at 1700000000", ""),
            ("tcapi sign --compare request.http", "finds the step that differs"),
        ],
        accepts: Accepts::Calls(&["at", "compare"]),
        run: sign::run,
    },
    Command {
        name: "emulator",
        about: "a cloud on this machine that answers every action",
        examples: &[
            ("tcapi emulator --port 8080", ""),
            ("tcapi emulator --fault 'code:RequestLimitExceeded x2' --items 500", ""),
            ("tcapi emulator --answer answers.json --tls --ca-file ca.pem", ""),
        ],
        accepts: Accepts::Parser(emulator::parser),
        run: emulator::run,
    },
    Command {
        name: "explorer",
        about: "a page on this machine: forms, limits, calls, signatures, code",
        examples: &[("tcapi explorer", ""), ("tcapi explorer --port 8090 --no-open", "prints the URL only")],
        accepts: Accepts::Parser(explorer::parser),
        run: explorer::run,
    },
    Command {
        name: "mcp",
        about: "the actions as tools for agents: Model Context Protocol",
        examples: &[("tcapi mcp --profile work", ""), ("tcapi mcp --allow-write --region ap-beijing", "")],
        accepts: Accepts::Calls(&["allow-write"]),
        run: crate::mcp::run,
    },
    Command {
        name: "code",
        about: "actions as files of Rust structs, to change and commit",
        examples: &[
            ("tcapi code cvm DescribeInstances RunInstances", "prints one file"),
            ("tcapi code cvm DescribeInstances --out src/cvm", "a module"),
            ("tcapi code cvm DescribeInstances --out src/cvm --check", "compares it with the catalog"),
            ("tcapi code mps --crate tc-mps", "a crate with every action"),
        ],
        accepts: Accepts::Parser(code::parser),
        run: code::run,
    },
    Command {
        name: "catalog",
        about: "builds the catalog of all actions, and prints its limits",
        examples: &[
            ("tcapi catalog build --china tccli --international tccli-intl-en --errors sdk --out new.bin", ""),
            ("tcapi catalog dump --site china", ""),
            ("tcapi catalog dump --site international --merged", "limits of both sites"),
        ],
        accepts: Accepts::Parser(catalog::parser),
        run: catalog::run,
    },
    Command {
        name: "docs",
        about: "import your own copy of the official text",
        examples: &[("tcapi docs import ./tccli", "Chinese"), ("tcapi docs import ./tccli-intl-en", "English")],
        accepts: Accepts::These(&[]),
        run: docs::run,
    },
    Command {
        name: "man",
        about: "the manual page, for man(1)",
        examples: &[("tcapi man > /usr/local/share/man/man1/tcapi.1", "")],
        accepts: Accepts::These(&[]),
        run: man::run,
    },
    Command {
        name: "completion",
        about: "the completion script of a shell",
        examples: &[
            ("source <(tcapi completion bash)", "bash; the same with zsh"),
            ("tcapi completion fish | source", "fish"),
            ("tcapi completion powershell | Out-String | Invoke-Expression", "PowerShell"),
        ],
        accepts: Accepts::These(&[]),
        run: complete::script,
    },
];

/// Called by the completion scripts.
static COMPLETE: Command =
    Command { name: "__complete", about: "", examples: &[], accepts: Accepts::These(&[]), run: complete::run };

/// Reads the arguments of a subcommand. Help goes to standard output. `--exit-codes` is read before, for every command.
///
/// # Errors
/// The arguments cannot be read.
fn arguments<A: clap::Parser>(name: &str, args: &[String], out: &mut dyn Write) -> Result<Option<A>, Error> {
    let args = args.iter().map(String::as_str).filter(|arg| *arg != "--exit-codes");
    let command = with_examples(A::command(), name);
    let matches = command.try_get_matches_from(std::iter::once(name).chain(args));
    match matches.and_then(|matches| A::from_arg_matches(&matches)) {
        Ok(arguments) => Ok(Some(arguments)),
        Err(error) if !error.use_stderr() => written(write!(out, "{}", error.render())).map(|()| None),
        Err(error) => {
            let text = error.render().to_string();
            Err(crate::error::arguments(text.trim_end().trim_start_matches("error: ")))
        }
    }
}

/// The command with its examples after its help, and after that of its subcommands.
fn with_examples(command: clap::Command, full_name: &str) -> clap::Command {
    let name = full_name.trim_start_matches("tcapi ");
    let examples = match command.get_after_help() {
        Some(before) => format!("{before}\n\n{}", usage::examples(name, "")),
        None => usage::examples(name, ""),
    };
    command.after_help(examples).mut_subcommands(|inner| {
        let examples = usage::examples(name, inner.get_name());
        inner.after_help(examples)
    })
}

/// The subcommand of this name.
pub(crate) fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// The service of this name, where a subcommand could be named, too.
///
/// # Errors
/// There is no such service; the message names similar services and subcommands.
pub(crate) fn service(name: &str) -> Result<tc_catalog::Service<'static>, Error> {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).chain(["help"]).collect();
    crate::actions::service_or_command(name, &names)
}

/// The subcommand that these arguments call, and the arguments without its name.
///
/// Options of the program may stand before the name.
pub(crate) fn find(args: &[String]) -> Option<(&'static Command, Vec<String>)> {
    let position = crate::args::first_word(args)?;
    if args[position] == "__complete" && position == 0 {
        return Some((&COMPLETE, args[1..].to_vec()));
    }
    let command = named(&args[position])?;
    let mut rest = args.to_vec();
    rest.remove(position);
    Some((command, rest))
}
