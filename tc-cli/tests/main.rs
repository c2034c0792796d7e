//! The program as its users run it, against an emulator in this process.

mod calls;
mod catalog;
mod completion;
mod configure;
mod emulated;
mod finding;
mod help;
mod property;
mod secrets;
mod signing;
mod support;
