//! A test runner for tests that print results. Its output has the format of the standard test runner.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// The name of a test and its function. The returned text is printed.
pub type Check = (&'static str, fn() -> String);

/// Runs the tests whose names contain one of the words of the command line; without words, all tests.
pub fn run(checks: &[Check]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        for (name, _) in checks {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let (mut passed, mut failed, mut filtered) = (0, 0, 0);
    println!("\nrunning {} tests", checks.len());
    for (name, check) in checks {
        if !words.is_empty() && !words.iter().any(|word| name.contains(word.as_str())) {
            filtered += 1;
            continue;
        }
        if let Ok(output) = catch_unwind(AssertUnwindSafe(check)) {
            println!("{}", output.trim_end());
            println!("test {name} ... ok");
            passed += 1;
        } else {
            println!("test {name} ... FAILED");
            failed += 1;
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {filtered} filtered out\n"
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
