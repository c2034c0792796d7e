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

/// Runs the program until it ends, or for this time if it is a server. Returns the argument lists of all processes of the machine that
/// contain `needle`, and whether the arguments of the program itself were seen.
#[cfg(target_os = "linux")]
fn argument_lists_with(
    needle: &str,
    command: &mut std::process::Command,
    time: std::time::Duration,
) -> (Vec<String>, bool, crate::support::Run) {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let own = child.id().to_string();
    let (mut found, mut is_seen) = (Vec::new(), false);
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() && start.elapsed() < time {
        for process in std::fs::read_dir("/proc").unwrap() {
            let process = process.unwrap();
            // A process may end between the two calls.
            let Ok(arguments) = std::fs::read(process.path().join("cmdline")) else { continue };
            let arguments = String::from_utf8_lossy(&arguments).replace('\0', " ");
            is_seen |= *process.file_name() == *own && arguments.contains("tcapi");
            if arguments.contains(needle) && !found.contains(&arguments) {
                found.push(arguments);
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let code = output.status.code().unwrap_or(-1);
    (found, is_seen, crate::support::Run { code, out: text(output.stdout), err: text(output.stderr) })
}

#[cfg(target_os = "linux")]
#[test]
fn a_known_secret_is_in_no_argument_list_of_a_process() {
    use std::time::Duration;

    use tc_core::emulator::{Fault, Injection};

    // The other test gives its key as an argument.
    const KEY: &str = "KeyThatIsInNoArgument0123456789ab";

    let cloud = Cloud::plain();
    let folder = cloud.home().join(".tccli");
    std::fs::create_dir(&folder).unwrap();
    let file = json!({"secretId": "AKIDARGUMENTS", "secretKey": KEY}).to_string();
    std::fs::write(folder.join("work.credential"), file).unwrap();
    cloud.emulator.add_key("AKIDARGUMENTS", KEY);
    // The calls last long enough to read the argument lists.
    cloud.emulator.inject(Injection::from(Fault::Late(Duration::from_millis(300))).always());

    let url = cloud.emulator.url();
    // Whether the program ends by itself.
    let lines: [(&[&str], bool); 6] = [
        (&["cvm", "DescribeZones", "--profile", "work", "--endpoint", url], true),
        (&["mps", "DescribePersonSamples", "--all", "--profile", "work", "--endpoint", url, "--verbose"], true),
        (&["whoami", "--profile", "work", "--endpoint", url], true),
        (&["emulator", "--profile", "work", "--seconds", "0.5", "--tls"], true),
        (&["explorer", "--no-open"], false),
        (&["mcp", "--profile", "work"], false),
    ];
    for (words, ends) in lines {
        for by_environment in [false, true] {
            let mut command = cloud.command();
            command.args(words.iter().filter(|word| !by_environment || !["--profile", "work"].contains(word)));
            if by_environment {
                command.env("TENCENTCLOUD_SECRET_ID", "AKIDARGUMENTS").env("TENCENTCLOUD_SECRET_KEY", KEY);
            } else {
                command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
            }
            let time = if ends { Duration::from_mins(1) } else { Duration::from_millis(700) };
            let (found, is_seen, run) = argument_lists_with(KEY, &mut command, time);
            assert!(is_seen, "{words:?}: no argument list was read");
            assert_eq!(found, [""; 0], "{words:?}");
            assert!(!run.out.contains(KEY) && !run.err.contains(KEY), "{words:?}: {}{}", run.out, run.err);
            assert!(!ends || run.code == 0, "{words:?}: {}", run.err);
        }
    }
    let mut command = cloud.command();
    command.args(["cvm", "DescribeZones", "--endpoint", url, "--secretKey", KEY]);
    let (found, ..) = argument_lists_with(KEY, &mut command, Duration::from_mins(1));
    assert!(!found.is_empty(), "an argument list with the key is found");

    let mut files = Vec::new();
    files_with(cloud.home(), KEY, &mut files);
    assert_eq!(files, [folder.join("work.credential").display().to_string()]);
}
