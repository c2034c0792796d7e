//! `tcapi emulator` as a program, and what its answers are made of.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tc_cli::emulator::{Maker, answer, parse_fault};
use tc_core::emulator::{SECRET_ID, SECRET_KEY};

use crate::support::finish;

/// The emulator as a separate process, which ends with the test, and by itself.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
        command.env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
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
    assert!(log.contains("fault: Code(\"InternalError\")"), "{log}");
    assert!(log.contains("refused with InvalidParameterValue"), "{log}");
    assert!(!log.contains("hidden-word1"), "{log}");
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
    ] {
        let error = parse_fault(bad).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
