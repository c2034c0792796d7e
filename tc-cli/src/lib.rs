//! `tcapi`: the command line of Tencent Cloud, as a library, so that tests and the explorer use the same parts.
//!
//! # What is where
//!
//! | Module | What |
//! |---|---|
//! | `cli` | the first word of a command line, and the command that it runs |
//! | [`args`] | words to a request: options (of the program in lower case), parameters (the action's), files, JSON |
//! | [`actions`] | services and actions of the catalog by name |
//! | [`profile`] | tccli's files and the environment, in their order |
//! | `call` | one call: client, checks, `--dry-run`, `--curl`, `--all`, `--until`, streams |
//! | `region` | the default region, and names that look misspelt |
//! | [`output`] | json, text, table, yaml, ndjson; JMESPath; columns |
//! | `code` | generated files on disk, and official texts as Markdown |
//! | `commands` | one file a subcommand: `configure`, `whoami`, `show`, `search`, `emulator`, … |
//! | [`docs`] | the user's own copy of the official text |
//! | [`emulator`] | a server on loopback for every action: generated responses, your own responses, faults by name |
//! | [`explorer`] | the page of `tcapi explorer` and the server behind it |
//! | [`sign`] | comparison of a signature that another program made |
//! | [`snippet`] | the code that makes a call, in six languages |
//! | `mcp` | `tcapi mcp`: the actions as tools of the Model Context Protocol |
//! | [`error`] | failures and their exit codes |
//! | `warning` | warnings on standard error |
//!
//! A subcommand is added by its file in `commands` and its line in the table of `commands/mod.rs`.
//! No code here is specific to a service; everything comes from the catalog.

pub mod actions;
pub mod args;
mod call;
mod cli;
mod code;
mod commands;
pub mod docs;
pub mod emulator;
pub mod error;
pub mod explorer;
mod mcp;
pub mod output;
pub mod profile;
mod region;
pub mod sign;
pub mod snippet;
mod warning;

pub use call::skeleton;
pub use cli::main;
