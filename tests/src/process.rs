//! One test in a process of its own, for what a whole process has only once: variables, memory, a panic hook.

use std::process::Command;

/// The command that runs the test `name` of the module that calls this (`module_path!()`) and no other test.
///
/// # Panics
/// Where this program has no path.
pub fn of_test(module: &str, name: &str) -> Command {
    // Without the name of the program, which is the first part of the module's path and no part of the test's.
    let module = module.split_once("::").map_or("", |(_, module)| module);
    let path = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.args([path.as_str(), "--exact", "--nocapture"]);
    command
}
