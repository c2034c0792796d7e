//! Measurements outside `cargo bench`, and the report.

use tc_benches::weigh::{compile, size};
use tc_benches::{Options, profile, report};

const USAGE: &str = "\
weigh compile [--record]               measures the compile time of structs and literals
weigh size [--record]                  measures the size of a program with one call
weigh peers [--record]                 the same, and programs with each other client
weigh tree                             checks that the feature `hyper` does not depend on reqwest
profile sign|request <times>           repeats an operation under a profiler
profile call <times> hyper|reqwest
report                                 writes the recorded figures into BENCHMARKS.md, and draws the chart";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["weigh", "compile"] => compile::weigh(Options::from_args())?,
        ["weigh", "size"] => size::weigh(Options::from_args())?,
        ["weigh", "peers"] => size::weigh_peers(Options::from_args())?,
        ["weigh", "tree"] => size::look_for_reqwest()?,
        ["report"] => report::write()?,
        ["profile", ref words @ ..] if profile::run(words)? => {}
        _ => println!("{USAGE}"),
    }
    Ok(())
}
