//! The program `tcapi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tc_cli::main()
}
