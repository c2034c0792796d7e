//! The program as its users run it, against an emulator in this process.

mod calls;
mod emulated;
mod help;
mod property;
mod secrets;
mod support;
