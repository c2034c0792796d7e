//! A known secret is looked for in everything that the program prints and writes.

use std::path::Path;

use serde_json::json;

use crate::support::Cloud;

const KEY: &str = "KnownSecretKey0123456789abcdef";
const WORD: &str = "KnownPassword1!";

fn files_with(folder: &Path, needle: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_with(&path, needle, found);
        } else if String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains(needle) {
            found.push(path.display().to_string());
        }
    }
}

#[test]
fn a_known_secret_is_in_no_output_and_in_no_other_file() {
    let cloud = Cloud::plain();
    let folder = cloud.home().join(".tccli");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(
        folder.join("work.credential"),
        json!({"secretId": "AKIDKNOWN", "secretKey": KEY, "token": KEY}).to_string(),
    )
    .unwrap();
    let password = ["cvm", "ResetInstancesPassword", "--InstanceIds", "ins-1", "--Password", WORD];
    let lines: Vec<Vec<&str>> = vec![
        vec!["cvm", "DescribeZones", "--profile", "work", "--verbose"],
        vec!["cvm", "DescribeZones", "--profile", "work", "--dry-run"],
        vec!["cvm", "DescribeZones", "--profile", "work", "--curl"],
        vec!["cvm", "DescribeZones", "--secretId", "AKIDKNOWN", "--secretKey", KEY, "--verbose"],
        vec!["cvm", "DescribeZones", "--secretKey", KEY, "--output", "nothing"],
        vec!["cvm", "DescribeZones", "--secretKey", KEY, "--Nothing"],
        vec!["cvm", "DescribeZones", "--secretId", KEY, "--secretKey", "two words"],
        [&password[..], &["--verbose"]].concat(),
        [&password[..], &["--dry-run"]].concat(),
        vec!["cvm", "help", "--secretKey", KEY],
    ];
    for words in lines {
        let run = cloud.run(&words);
        for secret in [KEY, WORD] {
            assert!(!run.out.contains(secret) && !run.err.contains(secret), "{words:?}: {}{}", run.out, run.err);
        }
    }
    let mut found = Vec::new();
    files_with(cloud.home(), KEY, &mut found);
    files_with(cloud.home(), WORD, &mut found);
    assert_eq!(found, [folder.join("work.credential").display().to_string()]);
}
