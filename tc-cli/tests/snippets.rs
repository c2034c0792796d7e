//! The Rust that `tcapi example` prints compiles: it stands in `generated.rs`, which is compiled with these tests.
//!
//! `TCAPI_WRITE=1 cargo test -p tc-cli --test cli snippets` writes it anew.

use crate::support::tcapi;

const ACTIONS: [&[&str]; 12] = [
    &["cvm", "RunInstances", "--detail"],
    &["mps", "DescribePersonSamples", "--detail"],
    &["iai", "GetPersonGroupInfo"],
    &["cvm", "DescribeInstances", "--detail"],
    &["as", "DescribeAutoScalingGroups"],
    &["tke", "DescribeClusters", "--version", "2022-05-01"],
    &["mps", "DescribePersonSamples", "--site", "international"],
    &["cls", "CreateAlarm"],
    &["vpc", "CreateSecurityGroupPolicies"],
    &["tke", "CreateCluster", "--detail"],
    &["hunyuan", "ChatCompletions"],
    &["billing", "DescribeBillDetail"],
];

#[test]
fn every_snippet_is_the_one_that_is_compiled() {
    let mut file = String::from(
        "//! What `tcapi example` prints for a dozen actions. Written by `tests/snippets.rs`.\n\n\
         #![allow(dead_code, missing_docs, clippy::pedantic)]\n",
    );
    for words in ACTIONS {
        let run = tcapi(&[&["example"], words].concat());
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        let rust = run.out.split("// Rust, with tc-core\n").nth(1).unwrap();
        let name = words.join("_").replace(['-', '.'], "").to_lowercase();
        let indented: Vec<String> = rust.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
        for piece in ["\nmod ", &name, " {\n", &indented.join("\n"), "\n}\n"] {
            file.push_str(piece);
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated.rs");
    if std::env::var_os("TCAPI_WRITE").is_some() {
        std::fs::write(path, &file).unwrap();
    }
    let compiled = std::fs::read_to_string(path).unwrap();
    let (compiled, printed) = (without_values(&compiled), without_values(&file));
    let differs = compiled.lines().zip(printed.lines()).find(|(one, other)| one != other);
    assert_eq!(differs, None, "write it anew: TCAPI_WRITE=1");
    assert_eq!(compiled.lines().count(), printed.lines().count(), "write it anew: TCAPI_WRITE=1");
}

/// Texts, numbers and booleans of requests follow the limits of the catalog, and change with it: only their kinds count.
fn without_values(text: &str) -> String {
    let field = |line: &str| -> String {
        let Some((name, value)) = line.split_once(": ").filter(|_| line.ends_with(',')) else { return line.to_owned() };
        let value = value.trim_end_matches(',');
        match value.trim_matches(['[', ']']) {
            text if text.starts_with('"') => format!("{name}: text,"),
            "true" | "false" => format!("{name}: boolean,"),
            number if number.starts_with(|first: char| first.is_ascii_digit() || first == '-') => {
                format!("{name}: number,")
            }
            _ => line.to_owned(),
        }
    };
    text.lines().map(field).collect::<Vec<_>>().join("\n")
}
