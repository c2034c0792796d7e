//! Compares the mined limits with labels made by hand.
//!
//! ```text
//! cargo run -p tc-cli -- catalog dump --site china > cn.jsonl
//! cargo run -p tc-cli -- catalog dump --site international > en.jsonl
//! cargo run -p tc-catalog --features build --example score_mining -- \
//!     [--part dev|held] [--draw 1..5] [--show] tc-catalog/labels/sample.jsonl cn.jsonl en.jsonl
//! ```
//!
//! Precision of a kind of limit: of the limits in the dump, the share that is labelled exactly so. Recall: of the
//! labelled limits, the share that is in the dump exactly so. Kinds that a label calls unsure are skipped.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::process::ExitCode;

use serde_json::Value;

const KINDS: [&str; 5] = ["range", "items", "length", "default", "values"];
const USAGE: &str = "usage: score_mining [--part dev|held] [--draw 1..5] [--show] LABELS DUMP…";

/// The arguments of the command line.
#[derive(Default)]
struct Arguments {
    part: Option<String>,
    draw: Option<u64>,
    show: bool,
    labels: String,
    dumps: Vec<String>,
}

/// The counts of one kind of limit.
#[derive(Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| score(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--part" => arguments.part = Some(words.next().ok_or(USAGE)?),
            "--draw" => arguments.draw = Some(words.next().and_then(|draw| draw.parse().ok()).ok_or(USAGE)?),
            "--show" => arguments.show = true,
            _ if arguments.labels.is_empty() => arguments.labels = word,
            _ => arguments.dumps.push(word),
        }
    }
    if arguments.dumps.is_empty() { Err(USAGE.to_owned()) } else { Ok(arguments) }
}

fn score(arguments: &Arguments) -> Result<(), String> {
    let labels = lines(&arguments.labels)?;
    let mut mined = HashMap::new();
    for dump in &arguments.dumps {
        mined.extend(lines(dump)?.into_iter().map(|line| (key(&line), line)));
    }
    let mut scores: [Score; KINDS.len()] = Default::default();
    let mut counted = 0;
    let is_counted = |label: &&Value| {
        arguments.part.as_ref().is_none_or(|part| label["part"] == part.as_str())
            && arguments.draw.is_none_or(|draw| label["draw"] == draw)
    };
    for label in labels.iter().filter(is_counted) {
        let name = key(label);
        let found = mined.get(&name).ok_or_else(|| format!("{name} is not in the dump: is it of another release?"))?;
        counted += 1;
        for (kind, score) in KINDS.iter().zip(&mut scores) {
            if label["unsure"].as_array().is_some_and(|unsure| unsure.iter().any(|unsure| unsure == *kind)) {
                continue;
            }
            let (labelled, found) = (&label[*kind], &found[*kind]);
            let agrees = agree(kind, labelled, found);
            score.right += u32::from(agrees && !found.is_null());
            score.wrong += u32::from(!agrees && !found.is_null());
            score.missed += u32::from(!agrees && !labelled.is_null());
            if arguments.show && !agrees {
                println!("{name} {kind}: labelled {labelled}, mined {found}");
            }
        }
    }
    println!("{counted} members");
    println!("{:8} {:>6} {:>6} {:>7} {:>10} {:>7}", "", "right", "wrong", "missed", "precision", "recall");
    for (kind, Score { right, wrong, missed }) in KINDS.iter().zip(&scores) {
        let (precision, recall) = (share(*right, *wrong), share(*right, *missed));
        println!("{kind:8} {right:6} {wrong:6} {missed:7} {precision:>10} {recall:>7}");
    }
    Ok(())
}

fn share(right: u32, other: u32) -> String {
    if right + other == 0 {
        return "-".to_owned();
    }
    format!("{:.1} %", 100.0 * f64::from(right) / f64::from(right + other))
}

/// Whether two limits are equal: numbers by value, lists of values in any order.
fn agree(kind: &str, one: &Value, other: &Value) -> bool {
    let values = |value: &Value| value.as_array().map(|values| values.iter().map(text).collect::<BTreeSet<_>>());
    if kind == "values" { values(one) == values(other) } else { text(one) == text(other) }
}

/// A JSON value as text, with `1` for `1.0`.
fn text(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn lines(path: &str) -> Result<Vec<Value>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))).collect()
}

fn key(line: &Value) -> String {
    let part = |name: &str| line[name].as_str().unwrap_or("?");
    format!("{} {} {} {}.{}", part("lang"), part("service"), part("version"), part("object"), part("member"))
}
