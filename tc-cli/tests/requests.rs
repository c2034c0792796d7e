//! Requests: parameters in every form, files, violations, dry runs, and the profile.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Cloud, finish};

#[test]
fn the_documented_calls_are_sent_as_they_are_written() {
    let cloud = Cloud::plain();
    let samples = cloud.json(&[
        "mps",
        "DescribePersonSamples",
        "--PersonIds",
        "10569",
        "--Names",
        "John Smith",
        "--Tags",
        "Celebrity",
        "--Offset",
        "0",
        "--Limit",
        "20",
    ]);
    assert_eq!(samples["PersonSet"][0]["PersonId"], "10569");
    let group = cloud.json(&["iai", "GetPersonGroupInfo", "--PersonId", "12345", "--Limit=10"]);
    assert_eq!(group["GroupNum"], 42);
    let received = cloud.received();
    assert_eq!(
        received[0].params,
        json!({"PersonIds": ["10569"], "Names": ["John Smith"], "Tags": ["Celebrity"], "Offset": 0, "Limit": 20})
    );
    assert_eq!((received[0].region.as_str(), received[1].version.as_str()), ("ap-guangzhou", "2020-03-03"));
}

#[test]
fn a_nested_request_can_be_written_in_every_form() {
    let cloud = Cloud::plain();
    let expected = json!({
        "ImageId": "img-1", "InstanceCount": 2,
        "Placement": {"Zone": "ap-guangzhou-3", "ProjectId": 0},
        "DataDisks": [{"DiskSize": 50, "DiskType": "CLOUD_PREMIUM"}, {"DiskSize": 100}],
        "SecurityGroupIds": ["sg-1", "sg-2"],
    });
    let file = cloud.home().join("run.json");
    std::fs::write(&file, expected.to_string()).unwrap();
    let yaml = cloud.home().join("run.yaml");
    std::fs::write(
        &yaml,
        "ImageId: img-1\nInstanceCount: 2\nPlacement: {Zone: ap-guangzhou-3, ProjectId: 0}\nDataDisks:\n- DiskSize: 50\n  \
         DiskType: CLOUD_PREMIUM\n- DiskSize: 100\nSecurityGroupIds: [sg-1, sg-2]\n",
    )
    .unwrap();
    let forms: [&[&str]; 5] = [
        &[
            "--ImageId",
            "img-1",
            "--InstanceCount",
            "2",
            "--Placement.Zone",
            "ap-guangzhou-3",
            "--Placement.ProjectId",
            "0",
            "--DataDisks.0.DiskSize",
            "50",
            "--DataDisks.0.DiskType",
            "CLOUD_PREMIUM",
            "--DataDisks.1.DiskSize",
            "100",
            "--SecurityGroupIds",
            "sg-1",
            "sg-2",
        ],
        &[
            "--ImageId=img-1",
            "--InstanceCount=2",
            "--Placement",
            r#"{"Zone":"ap-guangzhou-3","ProjectId":0}"#,
            "--DataDisks",
            r#"[{"DiskSize":50,"DiskType":"CLOUD_PREMIUM"},{"DiskSize":100}]"#,
            "--SecurityGroupIds",
            r#"["sg-1","sg-2"]"#,
        ],
        &["--cli-input-json", &format!("file://{}", file.display())],
        &["--cli-input-json", &format!("file://{}", yaml.display())],
        &["--cli-input-json", "file://$HOME/run.json", "--ImageId", "img-1"],
    ];
    for form in forms {
        let run = cloud.run(&[&["cvm", "RunInstances"], form].concat());
        assert_eq!(run.code, 0, "{form:?}: {}", run.err);
        assert_eq!(cloud.received().pop().unwrap().params, expected, "{form:?}");
    }
}

#[test]
fn a_request_comes_from_standard_input() {
    let cloud = Cloud::plain();
    for text in [r#"{"Limit": 7}"#, "Limit: 7\n"] {
        let mut command = cloud.command();
        command.args(["cvm", "DescribeInstances", "--cli-input-json", "-", "--endpoint", cloud.emulator.url()]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(cloud.received().pop().unwrap().params, json!({"Limit": 7}));
    }
}

#[test]
fn a_dry_run_needs_no_credential_and_no_network() {
    let cloud = Cloud::plain();
    let mut command = cloud.command();
    command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
    command.args(["cvm", "ResetInstancesPassword", "--InstanceIds", "ins-1", "--Password", "hidden-word", "--dry-run"]);
    let run = finish(&mut command);
    assert_eq!(run.code, 0, "{}", run.err);
    let shown: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(shown["Parameters"], json!({"InstanceIds": ["ins-1"], "Password": "******"}));
    assert_eq!(shown["Endpoint"], "https://cvm.tencentcloudapi.com");
}

#[test]
fn the_script_for_curl_is_accepted_by_the_gateway() {
    let needed = ["curl", "perl", "sh"];
    if needed.iter().any(|program| std::process::Command::new(program).arg("--version").output().is_err()) {
        eprintln!("SKIPPED: one of {needed:?} is missing");
        return;
    }
    let cloud = Cloud::plain();
    let run = cloud.run(&["mps", "DescribePersonSamples", "--Names", "it's 中", "--curl"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains(tc_core::emulator::SECRET_KEY));
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &run.out]).env("TENCENTCLOUD_SECRET_ID", tc_core::emulator::SECRET_ID);
    shell.env("TENCENTCLOUD_SECRET_KEY", tc_core::emulator::SECRET_KEY).env("no_proxy", "127.0.0.1");
    shell.env_remove("TENCENTCLOUD_TOKEN");
    let done = finish(&mut shell);
    assert!(done.out.contains("PersonSet"), "{}{}", done.out, done.err);
    assert_eq!(cloud.received()[0].params, json!({"Names": ["it's 中"]}));
}

#[test]
fn the_profile_is_used_and_never_written_by_a_call() {
    let cloud = Cloud::plain();
    let folder = cloud.home().join(".tccli");
    std::fs::create_dir(&folder).unwrap();
    let settings =
        json!({"_sys_param": {"region": "ap-paris", "output": "text"}, "cvm": {"endpoint": cloud.emulator.url()}});
    std::fs::write(folder.join("work.configure"), settings.to_string()).unwrap();
    let key = json!({"secretId": tc_core::emulator::SECRET_ID, "secretKey": tc_core::emulator::SECRET_KEY});
    std::fs::write(folder.join("work.credential"), key.to_string()).unwrap();
    let mut command = cloud.command();
    command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
    command.args(["cvm", "DescribeZones", "--profile", "work", "--filter", "RequestId"]);
    let run = finish(&mut command);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains('"'), "text has no quotes: {}", run.out);
    assert!(run.err.contains("chmod 600"), "{}", run.err);
    assert_eq!(cloud.received()[0].region, "ap-paris");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn every_violation_is_reported_and_nothing_is_sent() {
    let cloud = Cloud::plain();
    let run = cloud.run(&["mps", "DescribePersonSamples", "--Limit", "101"]);
    assert_eq!((run.code, run.out.as_str()), (252, ""));
    assert_eq!(run.err, "DescribePersonSamples: `Limit` is 101; at most 100 is accepted\n");
    let filters = r#"[{"Name": 5, "Vales": []}, "x"]"#;
    let words = ["cvm", "DescribeInstances", "--Filters", filters, "--Limit", "1000", "--exit-codes"];
    let run = cloud.run(&words);
    assert_eq!(run.code, 4);
    for expected in [
        "DescribeInstances has 5 violations:",
        "`Filters.0.Vales` is not a member of Filter; did you mean `Values`?",
        "`Filters.0.Name` must be text, not the integer 5",
        "`Filters.0.Values` is required and missing",
        "`Filters.1` must be a struct, not the text \"x\"",
        "`Limit` is 1000; at most 100 is accepted",
    ] {
        assert!(run.err.contains(expected), "{expected}: {}", run.err);
    }
    // A value of a sensitive parameter is not shown.
    let run = cloud.run(&[
        "cvm",
        "ResetInstancesPassword",
        "--cli-input-json",
        r#"{"InstanceIds": ["ins-1"], "Password": ["hidden"]}"#,
    ]);
    assert!(run.code == 252 && !run.err.contains("hidden"), "{}", run.err);
    assert!(cloud.received().is_empty());
    // Numbers written as text pass, as the cloud takes them.
    cloud.json(&["mps", "DescribePersonSamples", "--cli-input-json", r#"{"Limit": "100", "Offset": null}"#]);
    cloud.run(&["mps", "DescribePersonSamples", "--Limit", "101", "--unchecked"]);
    assert_eq!(cloud.received().len(), 2);
}

#[test]
fn a_dry_run_shows_violations() {
    let cloud = Cloud::plain();
    let run = cloud.run(&["mps", "DescribePersonSamples", "--Limit", "101", "--dry-run"]);
    assert_eq!(run.code, 252);
    let shown: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(shown["Violations"], json!(["`Limit` is 101; at most 100 is accepted"]));
}

#[test]
fn files_are_uploaded() {
    let cloud = Cloud::plain();
    std::fs::write(cloud.home().join("report.pdf"), b"%PDF\x00\xff").unwrap();
    let run = cloud.run(&["cii", "UploadMedicalFile", "--File", "@report.pdf"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let sent = cloud.received().pop().unwrap();
    assert!(sent.header("content-type").unwrap().starts_with("multipart/form-data"), "{:?}", sent.headers);
    assert!(sent.body.windows(6).any(|window| window == b"%PDF\x00\xff"));

    let mut command = cloud.command();
    command.args(["cls", "UploadLog", "--TopicId", "t-1", "--endpoint", cloud.emulator.url()]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\x00log\xff").unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sent = cloud.received().pop().unwrap();
    assert_eq!(
        (sent.header("content-type"), sent.header("x-cls-topicid")),
        (Some("application/octet-stream"), Some("t-1"))
    );
    assert_eq!(&sent.body[..], b"\x00log\xff");
}

#[test]
fn a_client_token_is_filled_in_on_request_only() {
    let cloud = Cloud::plain();
    let words = ["cvm", "RunInstances", "--ImageId", "img-1"];
    cloud.json(&words);
    cloud.json(&[&words[..], &["--client-token"]].concat());
    let received = cloud.received();
    assert_eq!(received[0].params, json!({"ImageId": "img-1"}));
    assert_eq!(received[1].params["ClientToken"].as_str().map(str::len), Some(36));
}

#[test]
fn an_empty_list_that_was_given_is_sent() {
    let cloud = Cloud::plain();
    cloud.json(&["cvm", "DescribeInstances", "--InstanceIds", "[]", "--Limit", "1"]);
    assert_eq!(cloud.received()[0].params, json!({"InstanceIds": [], "Limit": 1}));
}

#[test]
fn a_file_can_be_sent_as_base64() {
    let cloud = Cloud::plain();
    std::fs::write(cloud.home().join("script.sh"), b"#!/bin/sh\n\xff").unwrap();
    let words = ["cvm", "RunInstances", "--ImageId", "img-1", "--UserData"];
    let run = cloud.run(&[&words[..], &["@base64:script.sh"]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(cloud.received()[0].params["UserData"], "IyEvYmluL3NoCv8=");
    let run = cloud.run(&[&words[..], &["@base64:nosuch.sh"]].concat());
    assert!(run.code == 255 && run.err.contains("argument --UserData: cannot read nosuch.sh: "), "{}", run.err);
    let run = cloud.run(&[&words[..], &["@script.sh"]].concat());
    assert!(run.code == 255 && run.err.contains("`@base64:script.sh` sends the file as base64"), "{}", run.err);
    assert_eq!(cloud.received().len(), 1);
}

#[test]
fn a_word_that_looks_like_a_file_but_names_none_is_a_warning() {
    let cloud = Cloud::plain();
    let words = ["cvm", "RunInstances", "--ImageId", "img-1", "--InstanceName"];
    for (word, file) in [("@nosuch.sh", "nosuch.sh"), ("@dir/nosuch", "dir/nosuch"), ("@~/nosuch", "~/nosuch")] {
        let run = cloud.run(&[&words[..], &[word]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let expected =
            format!("warning: argument --InstanceName: there is no file `{file}`; the word is sent unchanged\n");
        assert_eq!(run.err, expected);
        assert_eq!(cloud.received().pop().unwrap().params["InstanceName"], word);
    }
    for word in ["@nobody", "@", "@.", "a@b.example", "@team:x"] {
        let run = cloud.run(&[&words[..], &[word]].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{word}");
    }
    // A value of another type cannot begin with `@`.
    let run = cloud.run(&["cvm", "DescribeInstances", "--Filters", "@nosuch.json"]);
    assert!(run.code == 255 && run.err.contains("argument --Filters: there is no file `nosuch.json`\n"), "{}", run.err);
    // The word could be a secret.
    let words =
        ["cvm", "ResetInstancesPassword", "--InstanceIds", "ins-1", "--Password", "@hidden/word.1A", "--dry-run"];
    let run = cloud.run(&words);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        run.err,
        "warning: argument --Password: the value after `@` names no file; the word is sent unchanged\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_has_the_same_exit_code_wherever_it_is_named() {
    let cloud = Cloud::plain();
    std::fs::write(cloud.home().join("latin.sh"), b"caf\xe9").unwrap();
    std::fs::create_dir(cloud.home().join("folder")).unwrap();
    let run = |words: &[&str]| finish(cloud.command().args(words));
    let packages = ["--international", "nosuch", "--errors", "nosuch", "--out", "catalog.bin", "--quiet"];
    for (words, file) in [
        (&["cvm", "RunInstances", "--UserData", "@base64:nosuch.sh"][..], "nosuch.sh"),
        (&["cvm", "RunInstances", "--UserData", "@latin.sh"], "latin.sh"),
        (&["cvm", "DescribeInstances", "--Filters", "@nosuch.json"], "nosuch.json"),
        (&["cvm", "DescribeInstances", "--cli-input-json", "file://nosuch.json"], "nosuch.json"),
        (&["cvm", "DescribeInstances", "--cli-input-json", "@folder"], "folder"),
        (&["cvm", "DescribeInstances", "--ca-file", "nosuch.pem"], "nosuch.pem"),
        (&["cii", "UploadMedicalFile", "--File", "@nosuch.pdf"], "nosuch.pdf"),
        (&["example", "cvm", "RunInstances", "--UserData", "@base64:nosuch.sh"], "nosuch.sh"),
        (&["sign", "cvm", "RunInstances", "--UserData", "@base64:nosuch.sh"], "nosuch.sh"),
        (&["sign", "--compare", "nosuch.http"], "nosuch.http"),
        (&["emulator", "--seconds", "0", "--answer", "nosuch.json"], "nosuch.json"),
        (&["code", "cvm", "DescribeZones", "--docs", "nosuch"], "nosuch"),
        (&["docs", "import", "nosuch"], "nosuch"),
        (&[&["catalog", "build", "--china", "nosuch"], &packages[..]].concat(), "nosuch"),
    ] {
        let plain = run(words);
        assert_eq!((plain.code, plain.out.as_str()), (255, ""), "{words:?}: {}", plain.err);
        assert!(plain.err.contains(file), "{words:?}: {}", plain.err);
        let fine = run(&[words, &["--exit-codes"]].concat());
        assert_eq!((fine.code, fine.err), (5, plain.err), "{words:?}");
    }
    // The contents of a file are like a value on the command line.
    std::fs::write(cloud.home().join("text.json"), "not {json").unwrap();
    for (words, code) in [
        (&["cvm", "DescribeInstances", "--Filters", "{not"][..], 3),
        (&["cvm", "DescribeInstances", "--Filters", "@text.json"], 3),
        (&["cvm", "DescribeInstances", "--cli-input-json", "{not"], 3),
        (&["cvm", "DescribeInstances", "--cli-input-json", "@text.json"], 3),
        (&["emulator", "--seconds", "0", "--answer", "text.json"], 3),
        (&["cvm", "DescribeInstances", "--Limit", "five"], 2),
        (&["cvm", "DescribeInstances", "--Limit", "@text.json"], 2),
        // Of several problems, the one with the smallest code decides.
        (&["cvm", "DescribeInstances", "--Filters", "@nosuch.json", "--Limt", "5"], 3),
        (&["cvm", "DescribeInstances", "--Filters", "@nosuch.json", "--Limit", "five"], 2),
    ] {
        let run = run(&[words, &["--exit-codes"]].concat());
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{words:?}: {}", run.err);
    }
    assert!(cloud.received().is_empty());
}

#[test]
fn an_option_that_has_no_effect_or_excludes_another_is_an_error() {
    let cloud = Cloud::plain();
    let waiter = "{'expr':'TotalCount','to':2}";
    let mps = ["mps", "DescribePersonSamples"];
    for (words, expected) in [
        (&["--at", "5"][..], "argument --at: has no effect on a call; it is an option of `tcapi sign`\n"),
        (&["--compare", "x"], "argument --compare: has no effect on a call"),
        (&["--interval", "5"], "argument --interval: has no effect without --until\n"),
        (&["--wait-timeout", "soon", "--waiter", waiter], "argument --wait-timeout: has no effect without --until\n"),
        (&["--all", "--until", "TotalCount == 1"], "argument --until: not allowed with argument --all\n"),
        (&["--all", "--waiter", waiter], "argument --waiter: not allowed with argument --all\n"),
        (&["--until", "TotalCount == 1", "--waiter", waiter], "argument --waiter: not allowed with argument --until\n"),
        (&["--dry-run", "--curl"], "argument --curl: not allowed with argument --dry-run\n"),
        (&["--generate-cli-skeleton", "--curl"], "--generate-cli-skeleton: not allowed with argument --curl\n"),
        (&["--version"], "argument --version: expected a date, such as --version 2017-03-12\n"),
        (&["--version", "2017"], "argument --version: expected a date, such as --version 2017-03-12\n"),
        (&["--timeout", "0"], "argument --timeout: invalid time: 0; a number of seconds above 0 is accepted\n"),
        (&["--until", "TotalCount == 1", "--interval", "-1"], "argument --interval: invalid time: -1; a number of"),
        (&["--until", ""], "argument --until: the query is missing; write --until 'InstanceSet"),
        (&["--until", "== RUNNING"], "argument --until: the query is missing"),
        (&["--filter", "PersonSet["], "Expected number, ':', or '*' -- found the end\n"),
        (&["--filter", "PersonSet[].["], "-- found the end\n"),
    ] {
        let run = cloud.run(&[&mps[..], words].concat());
        assert_eq!((run.code, run.out.as_str()), (252, ""), "{words:?}: {}", run.err);
        assert!(run.err.contains(expected) && !run.err.contains(" nud "), "{words:?}: {}", run.err);
    }
    std::fs::write(cloud.home().join("request.json"), "{}").unwrap();
    for (words, code, expected) in [
        (&["--generate-cli-skeleton", "output"][..], 3, "unexpected argument `output`"),
        (&["--generate-cli-skeleton", "--Limt", "5"], 3, "did you mean `Limit`?"),
        (&["-Limit", "5"], 3, "unexpected argument `-Limit 5`; did you mean `--Limit`?"),
        (&["--cli-input-json", "request.json"], 3, "is expected; did you mean file://request.json?\n"),
        (&["--ca-file", "request.json"], 5, "--ca-file request.json contains no certificate in PEM format"),
        (&["--https-proxy", "http://127.0.0.1:1", "--retries", "0"], 7, "with its user and password; --https-proxy,"),
    ] {
        let run = cloud.run(&[&mps[..], words, &["--exit-codes"]].concat());
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{words:?}: {}", run.err);
        assert!(run.err.contains(expected), "{words:?}: {}", run.err);
    }
    assert!(cloud.received().is_empty());
    // The skeleton needs no parameter.
    assert_eq!(cloud.run(&["iai", "GetPersonGroupInfo", "--generate-cli-skeleton"]).code, 0);
}
