//! Fuzz tests of all code that reads bytes from the network or from a credentials file.
//!
//! Each target replays the inputs in its folder of `corpus/`, then mutates them for a second. `TC_FUZZ_SECONDS=600` runs
//! longer, `cargo test --test fuzz -- answers` runs one target. Inputs with a new outcome are mutated further. A failing
//! input is written to `target/fuzz/`; move it to the corpus to replay it in every run. `fuzz/run` runs the same targets
//! guided by coverage.

mod decode;
mod emulator;
#[path = "../src/form.rs"]
#[allow(unreachable_pub, reason = "a module of the library, too")]
mod form;
mod mutation;
mod targets;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutation::Dice;

/// Takes any bytes, panics on a bug, and returns the outcome in a few words.
type Target = fn(&[u8]) -> String;

fn main() -> std::process::ExitCode {
    let code = tc_tests::harness::run(&[
        ("answers_of_any_bytes_are_values_or_errors", || fuzz("answers", targets::answers)),
        ("answers_are_read_like_plain_serde_reads_them", || fuzz("differential", decode::differential)),
        ("large_and_deep_answers_are_values_or_errors", || fuzz("large", decode::large)),
        ("events_of_any_bytes_are_values_or_errors", || fuzz("events", targets::events)),
        ("bodies_of_any_bytes_stay_within_their_limits", || fuzz("bodies", targets::bodies)),
        ("profiles_of_any_bytes_are_credentials_or_errors", || fuzz("profiles", targets::profiles)),
        ("metadata_of_any_bytes_is_a_credential_or_an_error", || fuzz("metadata", targets::metadata)),
        ("endpoints_of_any_text_are_hosts_or_errors", || fuzz("endpoints", targets::endpoints)),
        ("the_emulator_does_not_panic_on_any_bytes", || fuzz("emulator", emulator::target)),
    ]);
    targets::tidy();
    code
}

fn seconds() -> u64 {
    std::env::var("TC_FUZZ_SECONDS").ok().map_or(1, |text| text.parse().expect("TC_FUZZ_SECONDS is a number"))
}

fn fuzz(name: &str, target: Target) -> String {
    let mut inputs = corpus(name);
    let (replayed, mut seen, mut executions) = (inputs.len(), HashSet::new(), 0_u64);
    for input in &inputs {
        seen.insert(attempt(name, target, input));
    }
    // The default seed makes a run of CI repeatable.
    let start = std::env::var("TC_FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(seconds());
    let (mut dice, started) = (Dice::new(start), Instant::now());
    while started.elapsed() < Duration::from_secs(seconds()) {
        let input = dice.mutated(&inputs);
        executions += 1;
        if seen.insert(attempt(name, target, &input)) && inputs.len() < 4_096 {
            inputs.push(input);
        }
    }
    format!("{name}: {replayed} inputs replayed, {executions} executions, {} outcomes", seen.len())
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths.into_iter().map(|path| std::fs::read(path).expect("a file")).collect()
}

/// The outcome of one input. If the target fails, the input is written to a file.
fn attempt(name: &str, target: Target, input: &[u8]) -> String {
    catch_unwind(AssertUnwindSafe(|| target(input))).unwrap_or_else(|failure| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz");
        let path = folder.join(format!("{name}-{}", input.len()));
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input)).expect("target/fuzz");
        println!("{name} fails on {}: {:?}", path.display(), String::from_utf8_lossy(input));
        std::panic::resume_unwind(failure)
    })
}
