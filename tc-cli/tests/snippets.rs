//! The Rust that `tcapi example` prints compiles: it is in `generated/`, which is compiled with these tests.
//!
//! `TCAPI_WRITE=1 cargo test -p tc-cli --test cli snippets` writes it again.

use crate::support::tcapi;

/// Every special character of every language: none of them may end the literal.
pub(crate) const HOSTILE: &str = "\"; exit() # ' ` \\ \\\" ${HOME} $(id) %s {0} #{x} \r\n\t\u{0b}\u{1b}[0m \u{7f}\u{85}\u{2028}\u{202e}\u{feff} é 中 \u{1f600} */ --> </script> \\u0041 \\x41";

const PROGRAMS: [(&str, &[&str]); 16] = [
    ("run_instances", &["cvm", "RunInstances", "--detail"]),
    ("describe_person_samples", &["mps", "DescribePersonSamples", "--detail"]),
    ("all_pages", &["mps", "DescribePersonSamples", "--all"]),
    ("get_person_group_info", &["iai", "GetPersonGroupInfo"]),
    ("hostile_text", &["iai", "GetPersonGroupInfo", "--PersonId", HOSTILE]),
    ("describe_instances", &["cvm", "DescribeInstances", "--detail"]),
    ("describe_auto_scaling_groups", &["as", "DescribeAutoScalingGroups"]),
    ("other_version", &["tke", "DescribeClusters", "--version", "2022-05-01"]),
    ("other_site", &["mps", "DescribePersonSamples", "--site", "international"]),
    ("create_alarm", &["cls", "CreateAlarm"]),
    ("create_security_group_policies", &["vpc", "CreateSecurityGroupPolicies"]),
    ("create_cluster", &["tke", "CreateCluster", "--detail"]),
    ("stream", &["hunyuan", "ChatCompletions", "--detail"]),
    ("describe_bill_detail", &["billing", "DescribeBillDetail"]),
    ("file", &["cii", "UploadMedicalFile", "--File", "@report.pdf"]),
    // An empty list is nothing that `request!` reads, so the action is called by its name.
    ("by_name", &["cvm", "DescribeInstances", "--InstanceIds", "[]", "--Limit", "9007199254740993"]),
];

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated");

#[test]
fn every_snippet_is_the_one_that_is_compiled() {
    let mut modules = String::from(
        "//! What `tcapi example` prints for some actions. Written by `tests/snippets.rs`.\n\n\
         #![allow(dead_code, missing_docs, clippy::pedantic)]\n\n",
    );
    let mut files = Vec::new();
    for (name, words) in PROGRAMS {
        // Some requests hold extreme values, to test how they are written.
        let run = tcapi(&[&["example", words[0], words[1], "rust"], &words[2..], &["--unchecked"]].concat());
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        modules.extend(["mod ", name, ";\n"]);
        files.push((format!("{name}.rs"), run.out));
    }
    files.push(("mod.rs".to_owned(), modules));
    for (name, printed) in files {
        let path = format!("{FOLDER}/{name}");
        if std::env::var_os("TCAPI_WRITE").is_some() {
            std::fs::create_dir_all(FOLDER).unwrap();
            std::fs::write(&path, &printed).unwrap();
        }
        let compiled = std::fs::read_to_string(&path).unwrap_or_default();
        let (compiled, printed) = (without_values(&compiled), without_values(&printed));
        let differs = compiled.lines().zip(printed.lines()).find(|(one, other)| one != other);
        assert_eq!(differs, None, "{name}: write it again with TCAPI_WRITE=1");
        assert_eq!(compiled.lines().count(), printed.lines().count(), "{name}: write it again with TCAPI_WRITE=1");
    }
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

#[test]
fn a_language_after_a_parameter_is_an_error_that_shows_its_place() {
    let expected = "the language follows the action: tcapi example cvm DescribeInstances python";
    for words in [
        &["--InstanceIds", "ins-1", "python"][..],
        &["--Limit", "5", "python"],
        &["--Filters.0.Values", "a", "b", "python"],
        &["--InstanceIds", "ins-1", "python", "--Limit", "5"],
        &["--Limt", "5", "python"],
    ] {
        let run = tcapi(&[&["example", "cvm", "DescribeInstances"], words].concat());
        assert!(run.code == 252 && run.out.is_empty(), "{words:?}: {}{}", run.out, run.err);
        assert!(run.err.contains(expected), "{words:?}: {}", run.err);
    }
    for words in [
        &["python", "--InstanceIds", "ins-1"][..],
        &["rust", "--InstanceIds", "ins-1", "python"],
        &["--InstanceIds", "python"],
        &["--InstanceIds", r#"["ins-1", "python"]"#],
        &["--InstanceIds", "python", "ins-1"],
    ] {
        let run = tcapi(&[&["example", "cvm", "DescribeInstances"], words, &["--unchecked"]].concat());
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
    }
}

#[test]
fn code_that_cannot_read_every_page_contains_a_comment() {
    let code = |language, all: &[&str]| {
        let run = tcapi(&[&["example", "mps", "DescribePersonSamples", language], all].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.out
    };
    for (language, mark) in [("curl", "# "), ("go", "// ")] {
        let comment = format!("{mark}This code reads one page only. The code for");
        let all = code(language, &["--all"]);
        assert!(all.lines().nth(1).is_some_and(|line| line.starts_with(&comment)), "{language}: {all}");
        assert!(!code(language, &[]).contains("one page only"), "{language}");
    }
    for language in ["python", "node", "rust", "tcapi"] {
        assert!(!code(language, &["--all"]).contains("one page only"), "{language}");
    }
    let run = tcapi(&["mps", "DescribePersonSamples", "--curl", "--all"]);
    assert!(run.out.contains("# This code reads one page only."), "{}{}", run.out, run.err);
}
