//! `tcapi mcp`: a server of the Model Context Protocol on standard input and output.
//!
//! Its tools search and describe the actions of the catalog, check requests, and call. A call takes the same way as one of the
//! command line: the same limits before anything is sent, the same rate limiter, and no value of a sensitive parameter or member in
//! a result. Standard output carries the protocol only.
//!
//! | Module | What |
//! |---|---|
//! | `server` | the protocol, by the official SDK |
//! | `lines` | standard input and output; replies to lines that are not messages |
//! | `tools` | names, descriptions and schemas of the tools |
//! | `input` | the arguments of a tool |
//! | `session` | options, clients and results that last from one tool call to the next |
//! | `search`, `describe`, `call` | the tools |
//! | `cut` | results cut to a size, and cursors to the rest |

mod call;
mod cut;
mod describe;
mod input;
mod lines;
mod search;
mod server;
mod session;
mod tools;

use std::io::Write;

use crate::args::{CommandLine, OPTIONS, did_you_mean_option};
use crate::commands::usage;
use crate::error::{Error, Kind, arguments};
use crate::profile::Settings;
use session::Session;

const USAGE: &str = "\
Usage: tcapi mcp [options]

Options:
  --allow-write    also actions that create, change or delete; without it, only actions that read can be called
  --profile NAME   the profile in ~/.tccli, unless a call names another
  --region REGION  the region, unless a call names another
  and the options of every call: tcapi help

Serves the Model Context Protocol on standard input and output, for programs such as editors and agents:

    {\"mcpServers\": {\"tencent-cloud\": {\"command\": \"tcapi\", \"args\": [\"mcp\"]}}}";

/// Serves until standard input ends.
///
/// # Errors
/// An option cannot be used, or standard input and output fail.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let (flags, rest): (Vec<String>, Vec<String>) = args.iter().cloned().partition(|arg| arg == "--allow-write");
    let line = CommandLine::parse(rest)?;
    if line.options.has("help") {
        return usage::help("mcp", USAGE, out);
    }
    if let Some(given) = line.unknown.iter().chain(&line.params).next() {
        let names = OPTIONS.iter().map(|option| option.name).chain(["allow-write"]);
        let near = did_you_mean_option(&given.name, names);
        return Err(arguments(format!(
            "`--{}` is not an option of tcapi mcp{near}\n{}",
            given.name,
            usage::refused("mcp", USAGE)
        )));
    }
    if let Some(word) = line.words.first() {
        return Err(arguments(format!("`{word}` is not an option of tcapi mcp\n{}", usage::refused("mcp", USAGE))));
    }
    Settings::load(&line.options)?;
    let session = Session::new(line.options, !flags.is_empty());
    let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(Kind::Other, format!("cannot start: {error}")))?;
    let served = runtime.block_on(server::serve(session));
    // A read of standard input that is still pending would keep the runtime waiting.
    runtime.shutdown_background();
    served
}
