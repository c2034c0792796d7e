//! What is measured outside `cargo bench`, and what becomes of the figures.

use tc_benches::weigh::{compile, size};
use tc_benches::{Options, profile, report};

const USAGE: &str = "\
weigh compile [--record]               what structs and literals cost the compiler
weigh size [--record]                  what a program with one call weighs
weigh peers [--record]                 the same, and programs with each of the peers
weigh tree                             that the feature `hyper` alone leaves reqwest out
profile sign|request <times>           for a profiler to watch
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
