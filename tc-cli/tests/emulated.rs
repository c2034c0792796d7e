//! `tcapi emulator` as a program, and what its answers are made of.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tc_cli::emulator::{Maker, answer, fault_names, parse_fault};
use tc_core::emulator::{SECRET_ID, SECRET_KEY};

use crate::support::{Cloud, finish};

/// The emulator as a separate process, which ends with the test, and by itself.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(words: &[&str]) -> Self {
        Self::start_in(Path::new("/nonexistent"), words)
    }

    fn start_in(home: &Path, words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
        command.env_clear().env("HOME", home).stdin(Stdio::null());
        command.args(["emulator", "--seconds", "60"]).args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned() }
    }

    fn call(&self, words: &[&str]) -> crate::support::Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
        command.env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
        command.env("TENCENTCLOUD_SECRET_ID", SECRET_ID).env("TENCENTCLOUD_SECRET_KEY", SECRET_KEY);
        finish(command.args(words).args(["--endpoint", &self.url]))
    }

    /// Ends it and gives what it printed on standard error.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut log = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut log).unwrap();
        self.child.wait().unwrap();
        log
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_answers_fails_and_prints_as_told() {
    let file = std::env::temp_dir().join(format!("tcapi-answers-{}.json", std::process::id()));
    std::fs::write(
        &file,
        json!({"vpc.DescribeVpcs": {"Error": {"Code": "ResourceNotFound", "Message": "none"}}}).to_string(),
    )
    .unwrap();
    let emulator = Process::start(&[
        "--fault",
        "code:InternalError @DescribeZones",
        "--answer",
        file.to_str().unwrap(),
        "--items",
        "3",
    ]);
    let zones = emulator.call(&["cvm", "DescribeZones"]);
    assert_eq!(zones.code, 0, "the one failure is followed by another attempt: {}", zones.err);
    assert!(emulator.call(&["vpc", "DescribeVpcs"]).err.contains("code:ResourceNotFound message:none"));
    let samples = emulator.call(&["mps", "DescribePersonSamples", "--filter", "length(PersonSet)"]);
    assert_eq!(samples.out, "3\n", "{}", samples.err);
    emulator.call(&["cvm", "ResetInstancesPassword", "--InstanceIds", "ins-1", "--Password", "hidden-word1"]);
    emulator.call(&["iai", "GetPersonGroupInfo", "--PersonId", "1", "--Limit", "101", "--unchecked"]);
    let log = emulator.end();
    std::fs::remove_file(file).unwrap();
    assert!(log.contains("POST cvm 2017-03-12 DescribeZones ap-guangzhou {}"), "{log}");
    assert!(log.contains("\n  injected fault: code:InternalError\n"), "{log}");
    assert!(log.contains("error response: InvalidParameterValue"), "{log}");
    assert!(!log.contains("hidden-word1"), "{log}");
}

#[test]
fn a_request_cannot_forge_a_line_of_the_log() {
    use std::io::{Read, Write};
    let emulator = Process::start(&[]);
    let body = format!("Action=%0Aforged%1B%5B31m{}&Version=%0D%0Aforged&Region=%07", "x".repeat(5000));
    let host = emulator.url.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let head = format!("POST / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    write!(stream, "{head}{form}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    stream.read_to_string(&mut String::new()).unwrap();
    let log = emulator.end();
    assert!(log.contains(r"\nforged\u{1b}[31m"), "{log}");
    assert!(!log.lines().any(|line| line.starts_with("forged")) && !log.contains(['\u{1b}', '\u{7}']), "{log}");
    assert!(log.len() < 2000, "{} bytes", log.len());
}

#[test]
fn calls_arrive_over_tls_if_the_authority_is_trusted() {
    let file = std::env::temp_dir().join(format!("tcapi-authority-{}.pem", std::process::id()));
    let path = file.to_str().unwrap();
    let emulator = Process::start(&["--tls", "--ca-file", path, "--fault", "reset-in-body @DescribeVpcs"]);
    assert!(emulator.url.starts_with("https://127.0.0.1:"), "{}", emulator.url);
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("BEGIN CERTIFICATE") && !written.contains("PRIVATE"), "{written}");

    let trusted = emulator.call(&["mps", "DescribePersonSamples", "--ca-file", path, "--filter", "TotalCount"]);
    assert_eq!((trusted.code, trusted.out.as_str()), (0, "42\n"), "{}", trusted.err);
    let again = emulator.call(&["vpc", "DescribeVpcs", "--ca-file", path]);
    assert_eq!(again.code, 0, "the reset connection is followed by another attempt: {}", again.err);
    let refused = emulator.call(&["cvm", "DescribeRegions", "--retries", "0", "--exit-codes"]);
    assert_eq!(refused.code, 7, "{}", refused.err);
    assert!(refused.err.contains("certificate") && refused.err.contains("--ca-file FILE"), "{}", refused.err);
    assert!(!refused.err.contains("root_certificate"), "{}", refused.err);

    let localhost = emulator.url.replace("127.0.0.1", "localhost");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
    command.env_clear().env("HOME", "/nonexistent").env("SSL_CERT_FILE", &file).stdin(Stdio::null());
    command.env("TENCENTCLOUD_SECRET_ID", SECRET_ID).env("TENCENTCLOUD_SECRET_KEY", SECRET_KEY);
    let by_variable = finish(command.args(["cbs", "DescribeDisks", "--endpoint", &localhost]));
    assert_eq!(by_variable.code, 0, "{}", by_variable.err);

    let log = emulator.end();
    std::fs::remove_file(&file).unwrap();
    for expected in [&format!("--ca-file {path}"), "SSL_CERT_FILE=", "NODE_EXTRA_CA_CERTS=", "certifi"] {
        assert!(log.contains(expected), "{log}");
    }
    assert!(log.contains("POST mps 2019-06-12 DescribePersonSamples") && !log.contains("DescribeRegions"), "{log}");
    assert!(!log.contains("PRIVATE"), "{log}");
}

#[cfg(unix)]
#[test]
fn the_default_file_of_the_authority_is_removed_at_the_end() {
    let home = std::env::temp_dir().join(format!("tcapi-authority-home-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let mut emulator = Process::start_in(&home, &["--tls", "--quiet"]);
    let port = emulator.url.rsplit(':').next().unwrap().to_owned();
    let file = home.join(".tcapi").join(format!("emulator-{port}.pem"));
    let call = emulator.call(&["cvm", "DescribeZones", "--ca-file", file.to_str().unwrap()]);
    assert_eq!(call.code, 0, "{}", call.err);
    let sent = Command::new("kill").args(["-INT", &emulator.child.id().to_string()]).status().unwrap();
    assert!(sent.success() && emulator.child.wait().unwrap().success());
    assert!(!file.exists());
    std::fs::remove_dir_all(home).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_of_the_authority_that_cannot_be_written_is_an_error() {
    let home = std::env::temp_dir().join(format!("tcapi-authority-none-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join(".tcapi"), "a file in the place of the folder").unwrap();
    for (words, expected) in [
        (vec!["--tls"], ".tcapi/emulator-"),
        (vec!["--tls", "--ca-file", "/dev/null/ca.pem"], "--ca-file FILE sets another file"),
        (vec!["--ca-file", "ca.pem"], "--tls"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
        command.env_clear().env("HOME", &home).stdin(Stdio::null());
        let run = finish(command.args(["emulator", "--seconds", "5"]).args(&words));
        assert_ne!(run.code, 0, "{words:?}");
        assert!(run.err.contains(expected) && run.out.is_empty(), "{words:?}: {}{}", run.out, run.err);
    }
    std::fs::remove_dir_all(home).unwrap();
}

#[test]
fn made_answers_are_the_same_for_the_same_seed() {
    let service = tc_cli::actions::service("cvm").unwrap();
    let module = tc_cli::actions::module(service, tc_catalog::Site::China, None).unwrap();
    let target =
        tc_cli::actions::target(service, tc_catalog::Site::China, module.action("DescribeInstances").unwrap()).unwrap();
    let made = |seed, offset| answer(target.spec, &json!({"Offset": offset, "Limit": 2}), Maker { seed, items: 5 });
    assert_eq!(made(1, 0), made(1, 0));
    assert_ne!(made(1, 0), made(2, 0));
    let item = |offset: u64, at: usize| made(1, offset)["InstanceSet"][at].clone();
    assert_eq!(item(0, 1), item(1, 0), "an item is the same on whatever page it is");
    assert_eq!(made(1, 4)["InstanceSet"].as_array().map(Vec::len), Some(1));
    assert_eq!(made(1, 9)["InstanceSet"], json!([]));
    assert_eq!(made(1, 0)["TotalCount"], 5);
}

#[test]
fn every_answer_of_the_catalog_can_be_made_and_has_the_declared_members() {
    let catalog = tc_cli::actions::catalog().unwrap();
    let site = tc_catalog::Site::China;
    for service in catalog.services() {
        for version in service.versions(site) {
            for action in service.module(site, Some(version)).unwrap().actions() {
                let spec = tc_cli::actions::target(service, site, action).unwrap().spec;
                let made = answer(spec, &Value::Null, Maker { seed: 0, items: 1 });
                let members = made.as_object().unwrap();
                for param in spec.response.get().params {
                    let value = &members[param.name];
                    assert!(
                        param.name == "Error" || value.is_array() == param.is_list(),
                        "{} {}",
                        spec.name,
                        param.name
                    );
                }
            }
        }
    }
}

#[test]
fn faults_are_read_by_name() {
    for good in
        ["code:InternalError", "late:0.5 x3", "status:502 10%", "silence always @DescribeZones", "drip:0.01s", "gzip"]
    {
        parse_fault(good).unwrap();
    }
    for (bad, expected) in [
        ("", "there is no fault"),
        ("late:soon", "number of seconds"),
        ("status", "needs a value"),
        ("gzip often", "is not valid"),
        ("huge:many", "number of bytes"),
    ] {
        let error = parse_fault(bad).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    for name in fault_names() {
        let text = match name.split_once(':') {
            None => name.to_owned(),
            Some((name, "NUMBER" | "BYTES" | "SECONDS")) => format!("{name}:200"),
            Some((name, _)) => format!("{name}:text"),
        };
        let variant = format!("{:?}", parse_fault(&text).unwrap());
        let words = name.split(':').next().unwrap().replace('-', "");
        assert!(variant.to_lowercase().contains(&words), "{name}: {variant}");
    }
}

#[test]
fn the_log_names_a_fault_as_the_option_does_and_help_lists_all() {
    use tc_cli::emulator::fault_text;
    use tc_core::emulator::Fault;
    for (fault, expected) in [
        (Fault::Code("InternalError".to_owned()), "code:InternalError"),
        (Fault::Late(std::time::Duration::from_millis(1500)), "late:1.5"),
        (Fault::Drip { every: std::time::Duration::from_secs(2) }, "drip:2"),
        (Fault::Status(502), "status:502"),
        (Fault::GzipBomb(1000), "gzip-bomb:1000"),
        (Fault::SilenceInBody, "silence-in-body"),
        (Fault::ContentType("text/html".to_owned()), "content-type:text/html"),
    ] {
        assert_eq!(fault_text(&fault), expected);
        parse_fault(expected).unwrap();
    }
    let help = crate::support::tcapi(&["emulator", "--help"]).out;
    for name in fault_names() {
        assert!(help.contains(name), "{name}: {help}");
    }
}

#[test]
fn answers_are_checked_against_the_catalog_at_the_start() {
    let cloud = Cloud::plain();
    let file = cloud.home().join("answers.json");
    let start = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let mut command = cloud.command();
        finish(command.args(["emulator", "--quiet", "--seconds", "0", "--answer", file.to_str().unwrap()]))
    };
    for (text, expected) in [
        (r#"{"cvm.DescribeZone": {}}"#, "cvm has no action `DescribeZone`; did you mean `DescribeZones`"),
        (r#"{"cvmm.DescribeZones": {}}"#, "there is no service `cvmm`; did you mean `cvm`"),
        (r#"{"RunInstance": {}}"#, "no service has an action `RunInstance`; did you mean `RunInstances`"),
    ] {
        let run = start(text);
        assert!(run.code == 255 && run.out.is_empty() && run.err.contains(expected), "{}", run.err);
    }
    let run =
        start(r#"{"cvm.DescribeZones": {"TotalCount": 1, "ZoneSett": [], "ZoneSet": [{"Zone": "a", "Zome": "b"}]}}"#);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.lines().all(|line| line.starts_with("warning: --answer: ")), "{}", run.err);
    assert!(run.err.contains("declares no member `ZoneSett`; did you mean `ZoneSet`"), "{}", run.err);
    assert!(run.err.contains("declares no member `ZoneSet.Zome`; did you mean `Zone`"), "{}", run.err);
    let good =
        r#"{"RunInstances": [{"Error": {"Code": "A"}}, {"InstanceIdSet": []}], "cvm.DescribeZones": {"ZoneSet": []}}"#;
    let run = start(good);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn a_fault_that_could_never_apply_is_an_error() {
    for (bad, expected) in [
        ("gzip @DescribeZone", "no service has an action `DescribeZone`; did you mean `DescribeZones`"),
        ("gzip @cvm.DescribeZones", "write `@DescribeZones`"),
        ("gzip @", "the name of an action must follow `@`"),
        ("gzip x0", "`x0`: the number of calls must be at least 1"),
        ("gzip x99999999999", "`x99999999999`: the number of calls must be at least 1 and at most 4294967295"),
        ("gzip 0%", "`0%`: the chance must be above 0 % and at most 100 %"),
        ("gzip 100.5%", "at most 100 %"),
        ("gzip -5%", "above 0 %"),
        ("gzip NaN%", "above 0 %"),
        ("gzip inf%", "above 0 %"),
        ("gzip:5", "`gzip` takes no value"),
        ("reset-on-connect @DescribeZones", "is not known"),
    ] {
        let error = parse_fault(bad).unwrap_err();
        assert!(error.contains(expected), "{bad}: {error}");
        let cloud = Cloud::plain();
        let run = finish(cloud.command().args(["emulator", "--seconds", "0", "--fault", bad]));
        assert!(run.code == 252 && run.out.is_empty() && run.err.contains(&error), "{bad}: {}", run.err);
    }
    for good in ["gzip 100%", "gzip 0.5% @DescribePersonSamples", "gzip x1 @RunInstances"] {
        parse_fault(good).unwrap();
    }
}

#[test]
fn an_error_without_a_message_has_a_default_message() {
    let errors = [json!({"Code": "A.B"}), json!({"Code": "A.B", "Message": ""}), json!({"Code": "A.B", "Message": 5})];
    for error in errors {
        let cloud = Cloud::new(1, json!({"DescribeZones": {"Error": error}}));
        let run = cloud.run(&["cvm", "DescribeZones"]);
        let expected = "code:A.B message:This error was set with --answer, without a message. requestId:";
        assert!(run.err.contains(expected), "{}", run.err);
    }
}
