//! Calls: pages, rows, streams, waiting, members that are not declared, and failures.

use std::process::Stdio;

use serde_json::{Value, json};
use tc_core::emulator::Fault;

use crate::support::{Cloud, finish};

#[test]
fn every_form_of_paging_is_followed_to_the_end() {
    let cloud = Cloud::new(12_345, json!({}));
    let forms: [(&[&str], &str); 3] = [
        (&["mps", "DescribePersonSamples", "--Limit", "100"], "PersonSet"),
        (&["cdn", "DescribePurgeTasks", "--Limit", "1000", "--PurgeType", "url"], "PurgeLogs"),
        (&["tdmq", "DescribeRocketMQNamespaces", "--ClusterId", "c", "--Offset", "0", "--Limit", "100"], "Namespaces"),
    ];
    for (words, items) in forms {
        let all = cloud.json(&[words, &["--all"]].concat());
        assert_eq!(all[items].as_array().map(Vec::len), Some(12_345), "{words:?}");
    }
}

#[test]
fn rows_are_streamed_as_lines() {
    let cloud = Cloud::new(250, json!({}));
    let run = cloud.run(&[
        "mps",
        "DescribePersonSamples",
        "--all",
        "--Limit",
        "100",
        "--output",
        "ndjson",
        "--columns",
        "PersonId,FaceInfoSet[0].FaceId",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 250);
    assert_eq!(lines[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["PersonId", "FaceInfoSet[0].FaceId"]);
    assert_eq!(cloud.received().len(), 3);
    // Nothing on standard error if that is not a terminal.
    assert_eq!(run.err, "");
}

#[test]
fn what_cannot_page_says_so() {
    let cloud = Cloud::plain();
    let run = cloud.run(&["cvm", "DescribeZones", "--all"]);
    assert_eq!((run.code, run.err.as_str()), (252, "--all: DescribeZones does not page\n"));
}

#[test]
fn a_wrong_key_has_the_line_that_scripts_look_for() {
    let cloud = Cloud::plain();
    let run = cloud.run(&["cvm", "DescribeZones", "--secretId", "AKIDNOBODY", "--secretKey", "k"]);
    assert_eq!(run.code, 255);
    assert!(
        run.err.starts_with("[TencentCloudSDKException] code:AuthFailure.SecretIdNotFound message:"),
        "{}",
        run.err
    );
    assert!(run.err.contains(" requestId:"), "{}", run.err);
    let fine = cloud.run(&["cvm", "DescribeZones", "--secretId", "AKIDNOBODY", "--secretKey", "k", "--exit-codes"]);
    assert_eq!(fine.code, 6);
}

#[test]
fn a_throttled_call_is_sent_again() {
    let cloud = Cloud::plain();
    cloud.emulator.inject(Fault::code("RequestLimitExceeded").times(2));
    cloud.json(&["cvm", "DescribeZones"]);
    assert_eq!(cloud.received().len(), 3);
    cloud.emulator.inject(Fault::code("RequestLimitExceeded").always());
    let run = cloud.run(&["cvm", "DescribeZones", "--retries", "0", "--exit-codes"]);
    assert_eq!((run.code, cloud.received().len()), (8, 4), "{}", run.err);
}

#[test]
fn a_stream_is_printed_event_by_event() {
    let cloud = Cloud::plain();
    let words = [
        "hunyuan",
        "ChatCompletions",
        "--Model",
        "hunyuan-lite",
        "--Messages.0.Role",
        "user",
        "--Messages.0.Content",
        "1 + 1?",
    ];
    let run = cloud.run(&[&words[..], &["--Stream", "true", "--filter", "Choices[0].Delta.Content"]].concat());
    assert_eq!((run.code, run.out.lines().count()), (0, 2), "{}{}", run.out, run.err);
    // Not streamed, it is an answer like any other.
    assert!(cloud.json(&words)["RequestId"].is_string());
}

#[test]
fn waiting_ends_when_the_answer_says_so() {
    let states = ["PENDING", "PENDING", "RUNNING"]
        .map(|state| json!({"TotalCount": 1, "InstanceSet": [{"InstanceState": state}]}));
    let cloud = Cloud::new(1, json!({"cvm.DescribeInstances": states}));
    let run = cloud.run(&[
        "cvm",
        "DescribeInstances",
        "--until",
        "InstanceSet[].InstanceState == RUNNING",
        "--interval",
        "0.01",
        "--filter",
        "InstanceSet[0].InstanceState",
    ]);
    assert_eq!((run.code, run.out.as_str(), cloud.received().len()), (0, "\"RUNNING\"\n", 3), "{}", run.err);
    let run = cloud.run(&[
        "cvm",
        "DescribeInstances",
        "--until",
        "TotalCount == 2",
        "--interval",
        "0.01",
        "--wait-timeout",
        "0.02",
        "--exit-codes",
    ]);
    assert_eq!((run.code, run.out.as_str()), (11, ""), "{}", run.err);
}

#[test]
fn a_waiter_prints_what_tccli_prints() {
    let states = ["A", "B"].map(|state| json!({"TotalCount": 1, "ZoneSet": [{"Zone": state}]}));
    let cloud = Cloud::new(1, json!({"DescribeZones": states}));
    let waiter = "{'expr':'ZoneSet[0].Zone','to':'B','timeout':5,'interval':0.01}";
    let run = cloud.run(&["cvm", "DescribeZones", "--waiter", waiter, "--filter", "TotalCount"]);
    assert_eq!((run.code, run.out.as_str()), (0, "Inquiry result is A.\n1\n"), "{}", run.err);
    let run = cloud.run(&["cvm", "DescribeZones", "--waiter", "__import__('os').system('touch pwned')"]);
    assert_eq!(run.code, 252);
    assert!(!cloud.home().join("pwned").exists());
}

#[test]
fn undeclared_members_stay_and_absent_ones_are_null() {
    let cloud = Cloud::new(
        1,
        json!({"DescribeZones": {"New": {"B": 1, "A": 2}, "ZoneSet": [{"Zone": "z"}], "RequestId": "r-1"}}),
    );
    let run = cloud.run(&["cvm", "DescribeZones", "--members", "all"]);
    let zone = r#"{"Zone":"z","ZoneName":null,"ZoneId":null,"ZoneState":null}"#;
    let compact = |text: &str| serde_json::from_str::<Value>(text).unwrap().to_string();
    assert_eq!(
        compact(&run.out),
        format!(r#"{{"TotalCount":null,"ZoneSet":[{zone}],"New":{{"B":1,"A":2}},"RequestId":"r-1"}}"#)
    );
    let run = cloud.run(&["cvm", "DescribeZones", "--members", "declared"]);
    assert_eq!(compact(&run.out), format!(r#"{{"TotalCount":null,"ZoneSet":[{zone}],"RequestId":"r-1"}}"#));
    let run = cloud.run(&["cvm", "DescribeZones", "--members", "sent"]);
    assert_eq!(compact(&run.out), r#"{"New":{"B":1,"A":2},"ZoneSet":[{"Zone":"z"}],"RequestId":"r-1"}"#);
}

#[test]
fn every_name_of_a_variable_is_read_and_half_a_credential_is_an_error() {
    use tc_core::emulator::{Emulator, SECRET_ID, SECRET_KEY};
    let runtime = tc_core::tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let emulator =
        runtime.block_on(Emulator::builder().temporary_key("AKIDTEMPORARY", "k", "token-1").start()).unwrap();
    emulator.answer("cvm", "2017-03-12", "DescribeZones", |_: Value| tc_core::emulator::Reply::json(json!({})));
    let cloud = Cloud::plain();
    let run = |variables: &[(&str, &str)]| {
        let mut command = cloud.command();
        command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
        command.envs(variables.iter().copied());
        finish(command.args(["cvm", "DescribeZones", "--endpoint", emulator.url()]))
    };
    for token in
        ["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSIONTOKEN"]
    {
        for (id, key) in
            [("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"), ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY")]
        {
            let found = run(&[(id, "AKIDTEMPORARY"), (key, "k"), (token, "token-1")]);
            assert_eq!(found.code, 0, "{token}: {}", found.err);
        }
    }
    // Another key is stored in a file, and it is not used instead.
    std::fs::create_dir(cloud.home().join(".tccli")).unwrap();
    let stored = json!({"secretId": SECRET_ID, "secretKey": SECRET_KEY}).to_string();
    std::fs::write(cloud.home().join(".tccli/default.credential"), stored).unwrap();
    let before = emulator.received().len();
    for (variables, message) in [
        (&[("TENCENTCLOUD_SECRET_ID", "AKIDX")][..], "has TENCENTCLOUD_SECRET_ID but no TENCENTCLOUD_SECRET_KEY"),
        (&[("TENCENTCLOUD_SECRETKEY", "k")], "has TENCENTCLOUD_SECRETKEY but no TENCENTCLOUD_SECRET_ID"),
        (&[("TENCENTCLOUD_SECURITY_TOKEN", "t")], "has TENCENTCLOUD_SECURITY_TOKEN but no TENCENTCLOUD_SECRET_ID"),
        (&[("TENCENTCLOUD_SECRET_ID", "AK/ID"), ("TENCENTCLOUD_SECRET_KEY", "k")], "the SecretId contains an invalid"),
        (&[("TENCENTCLOUD_ROLE_SESSION_NAME", "s")], "the session `s` of a role is named, but no role"),
    ] {
        let found = run(variables);
        assert_ne!(found.code, 0, "{variables:?}");
        assert!(found.err.contains(message), "{}", found.err);
    }
    assert_eq!(emulator.received().len(), before, "nothing was sent");
}

#[test]
fn a_zone_in_place_of_a_region_is_a_warning() {
    let cloud = Cloud::plain();
    let warning = "warning: `ap-guangzhou-3` is an availability zone, not a region: the region is `ap-guangzhou`";
    let run = cloud.run(&["cvm", "DescribeZones", "--region", "ap-guangzhou-3"]);
    assert_eq!((run.code, run.err.matches(warning).count()), (0, 1), "{}", run.err);
    let run = cloud.run(&["cvm", "DescribeZones", "--region", "ap-guangzhou"]);
    assert!(!run.err.contains("availability zone"), "{}", run.err);
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let cloud = Cloud::new(5000, json!({}));
    let mut command = cloud.command();
    command.args([
        "mps",
        "DescribePersonSamples",
        "--all",
        "--Limit",
        "100",
        "--output",
        "ndjson",
        "--endpoint",
        cloud.emulator.url(),
    ]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}

#[test]
fn a_name_that_the_response_does_not_declare_is_a_warning() {
    let cloud = Cloud::plain();
    let run = cloud.run(&["cbs", "DescribeDisks", "--columns", "DiskId,DiskSate"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let expected =
        "warning: argument --columns: `DiskSate` is not a member of Disk in the catalog; did you mean `DiskState`";
    assert!(run.err.contains(expected), "{}", run.err);
    let run = cloud.run(&["cbs", "DescribeDisks", "--filter", "DiskSt[].DiskId"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.contains("`DiskSt` is not a member of") && run.err.contains("`DiskSet`"), "{}", run.err);
    for words in [
        &["--columns", "DiskId,Placement.Zone,to_string(DiskSize)"][..],
        &["--filter", "DiskSet[].DiskId"],
        &["--filter", "length(DiskSet)"],
        &["--filter", "DiskSet[0]", "--columns", "DiskState"],
        &["--filter", "RequestId"],
    ] {
        let run = cloud.run(&[&["cbs", "DescribeDisks"], words].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{words:?}");
    }
}

#[test]
fn an_error_of_a_gateway_is_one_of_the_network() {
    let cloud = Cloud::plain();
    let words = ["cvm", "DescribeZones", "--exit-codes", "--retries", "0"];
    for (fault, code) in [
        (Fault::Status(502), 7),
        (Fault::Html(503), 7),
        (Fault::Html(504), 7),
        (Fault::Html(429), 8),
        (Fault::Html(404), 10),
        (Fault::EmptyBody, 10),
        (Fault::TruncatedJson, 10),
    ] {
        let name = format!("{fault:?}");
        cloud.emulator.inject(fault);
        let run = cloud.run(&words);
        assert_eq!(run.code, code, "{name}: {}", run.err);
    }
}

#[test]
fn a_condition_that_names_no_member_is_a_warning_before_the_first_wait() {
    let cloud = Cloud::plain();
    let short = ["--interval", "0.01", "--wait-timeout", "0.02"];
    for (condition, expected) in [
        ("DiskSt[].DiskState == UNATTACHED", "`DiskSt` is not a member of DescribeDisksResponse in the catalog"),
        ("DiskSet[].DiskSate == UNATTACHED", "`DiskSate` is not a member of Disk in the catalog; did you mean"),
        ("DiskSet[0].Placement.Zon == a", "`Zon` is not a member of Placement in the catalog; did you mean `Zone`"),
        ("DiskSet[?DiskSate=='x']", "`DiskSate` is not a member of Disk"),
        ("length(DiskSet[?DiskState=='x'].DiskIdd) == 50", "`DiskIdd` is not a member of Disk"),
    ] {
        let run = cloud.run(&[&["cbs", "DescribeDisks", "--until", condition][..], &short].concat());
        assert_eq!(run.code, 255, "{}", run.err);
        let first = run.err.lines().next().unwrap();
        assert!(first.starts_with("warning: argument --until: ") && first.contains(expected), "{condition}: {first}");
    }
    let run = cloud.run(&["cbs", "DescribeDisks", "--until", "length(DiskSet[?DiskId!='x']) == 20", "--interval", "0"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let waiter = "{'expr':'DiskSet[0].DiskSate','to':'B','timeout':0.02,'interval':0.01}";
    let run = cloud.run(&["cbs", "DescribeDisks", "--waiter", waiter]);
    assert!(run.err.starts_with("warning: argument --waiter: `DiskSate` is not a member of Disk"), "{}", run.err);
}

#[test]
fn an_end_without_the_value_shows_both_values_as_json() {
    let answer = json!({"TotalCount": 1, "InstanceSet": [{"InstanceState": "PENDING", "Tags": []}]});
    let cloud = Cloud::new(1, json!({"cvm.DescribeInstances": answer}));
    let words = ["cvm", "DescribeInstances", "--interval", "0.01", "--wait-timeout", "0.02"];
    for (condition, expected) in [
        (
            "InstanceSet[].InstanceState == RUNNING",
            "argument --until: after 0.02 s, `InstanceSet[].InstanceState` is [\"PENDING\"]; it must be \"RUNNING\", or a \
             list in which each item is \"RUNNING\". --wait-timeout SECONDS waits longer\n",
        ),
        (
            "InstanceSet[0].Placement",
            "argument --until: after 0.02 s, `InstanceSet[0].Placement` is null; it must be neither null, false nor \
             empty. --wait-timeout SECONDS waits longer\n",
        ),
    ] {
        let run = cloud.run(&[&words[..], &["--until", condition]].concat());
        assert_eq!((run.code, run.err.as_str()), (255, expected));
    }
    let waiter = "{'expr':'TotalCount','to':True,'timeout':0.02,'interval':0.01}";
    let run = cloud.run(&["cvm", "DescribeInstances", "--waiter", waiter]);
    assert_eq!(run.err, "Request timeout, wait `TotalCount` to `True` timeout, last request is 1\n");
}

#[test]
fn columns_without_rows_are_a_warning() {
    let cloud = Cloud::new(1, json!({"vpc.DescribeVpcs": {"TotalCount": 0}, "DescribeSubnets": {"SubnetSet": []}}));
    for (words, expected) in [
        (&["vpc", "DescribeVpcs", "--columns", "VpcId"][..], "the response has no list; `VpcId` is null"),
        (&["vpc", "DescribeVpcs", "--columns", "VpcId", "--output", "ndjson", "--all"], "the response has no list"),
        (
            &["cbs", "DescribeDisks", "--filter", "length(DiskSet)", "--columns", "DiskId"],
            "the result of --filter is 1, which has no members; `DiskId` is null",
        ),
        (
            &["cbs", "DescribeDisks", "--filter", "DiskSet[].DiskType", "--columns", "DiskId,DiskState"],
            "the items of the result of --filter have no members; `DiskId`, `DiskState` are null",
        ),
        (
            &["cbs", "DescribeDisks", "--filter", "DiskSet[].{Id:DiskId}", "--columns", "DiskId"],
            "no row of the result of --filter has a member `DiskId`; the members are `Id`",
        ),
        (
            &["cbs", "DescribeDisks", "--filter", "DiskSet[0].Tags[5]", "--columns", "Key"],
            "the result of --filter is null, which has no members; `Key` is null",
        ),
    ] {
        let run = cloud.run(words);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.starts_with("warning: argument --columns: "), "{words:?}: {}", run.err);
        assert!(run.err.contains(expected) && run.err.lines().count() == 1, "{words:?}: {}", run.err);
    }
    for words in [
        &["vpc", "DescribeVpcs", "--columns", "TotalCount"][..],
        &["vpc", "DescribeSubnets", "--columns", "SubnetId"],
        &["cbs", "DescribeDisks", "--filter", "DiskSet[].DiskId", "--columns", "@"],
        &["cbs", "DescribeDisks", "--filter", "DiskSet[].{Id:DiskId}", "--columns", "Id"],
        &["cbs", "DescribeDisks", "--filter", "DiskSet[?DiskId=='x']", "--columns", "DiskId"],
        &["cbs", "DescribeDisks", "--columns", "DiskId", "--all", "--output", "ndjson"],
    ] {
        let run = cloud.run(words);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{words:?}");
    }
}

#[test]
fn advice_names_the_options_of_the_program() {
    let cloud = Cloud::plain();
    cloud.emulator.inject(Fault::Silence.always());
    let words = ["cvm", "DescribeZones", "--retries", "0"];
    for (option, expected) in [
        ("--attempt-timeout", "--attempt-timeout SECONDS gives a slow response more time"),
        ("--timeout", "--timeout SECONDS gives it more time"),
    ] {
        let run = cloud.run(&[&words[..], &[option, "0.2"]].concat());
        assert!(run.code == 255 && run.err.contains(expected) && !run.err.contains("(..)"), "{}", run.err);
        let verbose = cloud.run(&[&words[..], &[option, "0.2", "--verbose"]].concat());
        assert!(!verbose.err.contains("(..)"), "{}", verbose.err);
    }
    for words in [&["--dry-run"][..], &[]] {
        let mut command = cloud.command();
        command.args(["cvm", "DescribeZones", "--endpoint", "http://127.0.0.1:1/path"]).args(words);
        let run = crate::support::finish(&mut command);
        assert!(run.code == 255 && run.err.contains("or use --connect-to URL"), "{}", run.err);
    }
}

#[test]
fn a_misspelt_region_is_a_warning_with_the_near_one() {
    let cloud = Cloud::plain();
    let warning = "warning: `ap-guangzou` is not a known region; did you mean `ap-guangzhou`?\n";
    let region = ["--region", "ap-guangzou"];
    for words in [
        &["cvm", "DescribeZones"][..],
        &["cvm", "DescribeZones", "--dry-run"],
        &["cvm", "DescribeZones", "--curl"],
        &["example", "cvm", "DescribeZones"],
        &["sign", "cvm", "DescribeZones"],
    ] {
        let run = cloud.run(&[words, &region].concat());
        assert_eq!((run.code, run.err.as_str()), (0, warning), "{words:?}");
    }
    assert_eq!(cloud.received()[0].region, "ap-guangzou", "it is sent: a new region could have this name");
    for other in ["ap-beijing", "ap-taipei", "ap-shenyang-ec", "me-saudi-arabia"] {
        let run = cloud.run(&["cvm", "DescribeZones", "--region", other]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{other}");
    }
}

#[test]
fn the_default_region_is_named_where_it_matters() {
    let note = "region: ap-guangzhou (the default: neither --region nor TENCENTCLOUD_REGION nor the profile names one; \
                `tcapi configure set region REGION` stores one)\n";
    let cloud = Cloud::new(1, json!({"vpc.DescribeVpcs": {"Error": {"Code": "ResourceNotFound", "Message": "none"}}}));
    let zones = ["cvm", "DescribeZones"];
    assert_eq!(cloud.run(&zones).err, "", "scripts may read standard error, too");
    assert!(cloud.run(&[&zones[..], &["--verbose"]].concat()).err.contains(note));
    let error = cloud.run(&["vpc", "DescribeVpcs"]).err;
    assert!(error.starts_with("[TencentCloudSDKException] code:ResourceNotFound") && error.ends_with(note), "{error}");
    // Not where something names it.
    let given = cloud.run(&["vpc", "DescribeVpcs", "--region", "ap-guangzhou", "--verbose"]).err;
    assert!(given.contains("ResourceNotFound") && !given.contains("the default"), "{given}");
    let mut command = cloud.command();
    command.env("TENCENTCLOUD_REGION", "ap-guangzhou");
    let environment = finish(command.args(["vpc", "DescribeVpcs", "--endpoint", cloud.emulator.url()])).err;
    assert!(environment.contains("ResourceNotFound") && !environment.contains("the default"), "{environment}");
    let who = cloud.run(&["whoami", "--region", "ap-beijing"]).err;
    assert!(who.contains("region: ap-beijing (option)"), "{who}");
    assert!(cloud.run(&["whoami"]).err.contains("region: ap-guangzhou (default)"));
    let help = crate::support::tcapi(&["help"]).out;
    assert!(help.split_whitespace().collect::<Vec<_>>().join(" ").contains("or else ap-guangzhou"), "{help}");

    // On a terminal, before the call.
    let line = format!("'{}' cvm DescribeZones --endpoint {}", env!("CARGO_BIN_EXE_tcapi"), cloud.emulator.url());
    let mut terminal = std::process::Command::new("script");
    terminal.args(["-qec", &format!("{line} >/dev/null"), "/dev/null"]).stdin(Stdio::null());
    terminal.envs(cloud.command().get_envs().filter_map(|(name, value)| Some((name, value?))));
    match terminal.env_remove("TENCENTCLOUD_REGION").output() {
        Ok(done) => {
            let shown = String::from_utf8_lossy(&done.stdout);
            assert!(shown.contains("region: ap-guangzhou (the default"), "{shown}");
        }
        Err(_) => eprintln!("SKIPPED: there is no script"),
    }
}

#[test]
fn an_error_after_several_attempts_says_how_many_there_were() {
    let cloud = Cloud::plain();
    cloud.emulator.inject(Fault::code("RequestLimitExceeded").always());
    let region = ["--region", "ap-guangzhou"];
    let run = cloud.run(&[&["cvm", "DescribeZones"], &region[..]].concat());
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with("[TencentCloudSDKException] code:RequestLimitExceeded "), "{}", run.err);
    assert!(lines[0].contains(" requestId:") && !lines[0].contains("attempts"), "{}", run.err);
    assert_eq!((run.code, &lines[1..], cloud.received().len()), (255, &["after 3 attempts"][..], 3), "{}", run.err);
    let once = cloud.run(&[&["cvm", "DescribeZones", "--retries", "0"], &region[..]].concat());
    assert_eq!((once.code, once.err.lines().count()), (255, 1), "{}", once.err);
    // Nothing listens there.
    let closed = ["cvm", "DescribeZones", "--endpoint", "http://127.0.0.1:1"];
    let run = finish(cloud.command().args(closed));
    assert!(run.code == 255 && run.err.contains("after 3 attempts"), "{}", run.err);
}

#[test]
fn the_events_of_a_stream_have_columns_and_no_pages() {
    let cloud = Cloud::plain();
    let words = ["hunyuan", "ChatCompletions", "--Model", "m", "--Messages.0.Role", "user", "--Stream", "true"];
    let run = cloud.run(&[&words[..], &["--columns", "Id,Choices[0].Delta.Content"]].concat());
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((run.code, lines.len(), run.err.as_str()), (0, 2, ""), "{}", run.out);
    for line in &lines {
        assert!(line["Id"].is_string() && line["Choices[0].Delta.Content"].is_string(), "{line}");
        assert_eq!(line.as_object().map(serde_json::Map::len), Some(2), "{line}");
    }
    let sent = cloud.received().len();
    let run = cloud.run(&[&words[..], &["--all"]].concat());
    assert_eq!((run.code, run.err.as_str()), (252, "--all: ChatCompletions does not page\n"));
    let run = cloud.run(&["cvm", "DescribeInstances", "--columns", ","]);
    assert!(run.code == 252 && run.err.contains("argument --columns: names of columns"), "{}", run.err);
    assert_eq!(cloud.received().len(), sent, "nothing is sent");
}
