//! The program as its users run it, against an emulator in this process.

mod calls;
mod catalog;
mod code;
mod completion;
mod configure;
mod docs;
mod emulated;
mod explorer;
mod finding;
#[rustfmt::skip]
mod generated;
mod help;
mod languages;
mod mcp;
mod property;
mod queries;
mod requests;
mod secrets;
mod signing;
mod snippets;
mod support;
