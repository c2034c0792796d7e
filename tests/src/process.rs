//! Runs one test in a separate process, for state that a process has only once: variables, memory, the panic hook.

use std::process::Command;

/// The command that runs the test `name` of the module that calls this (`module_path!()`) and no other test.
///
/// # Panics
/// If the path of this program is unknown.
pub fn of_test(module: &str, name: &str) -> Command {
    // The first part of the module's path is the name of the program, which the path of a test does not have.
    let module = module.split_once("::").map_or("", |(_, module)| module);
    let path = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.args([path.as_str(), "--exact", "--nocapture"]);
    command
}
