//! `tcapi configure`: what it asks, writes and shows.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Cloud, Run, finish};

fn configure(cloud: &Cloud, words: &[&str], input: &str) -> Run {
    let mut command = cloud.command();
    command.arg("configure").args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
}

fn file(cloud: &Cloud, name: &str) -> Value {
    let path = cloud.home().join(".tccli").join(name);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn answers_are_written_where_tccli_looks_for_them() {
    let cloud = Cloud::plain();
    let run = configure(&cloud, &[], "AKIDabcdefghijklmn\nTheSecretKey0123\nap-beijing\ntext\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        file(&cloud, "default.credential"),
        json!({"secretId": "AKIDabcdefghijklmn", "secretKey": "TheSecretKey0123"})
    );
    let settings =
        json!({"_sys_param": {"region": "ap-beijing", "output": "text", "arrayCount": 10, "warning": "off"}});
    assert_eq!(file(&cloud, "default.configure"), settings);
    // Empty answers keep what is there; what is there is not shown whole.
    let run = configure(&cloud, &[], "\n\n\n\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("secretKey[*0123]") && !run.out.contains("TheSecretKey0123"), "{}", run.out);
    assert_eq!(file(&cloud, "default.configure"), settings);
    assert_eq!(file(&cloud, "default.credential")["secretKey"], "TheSecretKey0123");
}

#[test]
fn values_are_set_and_shown_masked() {
    let cloud = Cloud::plain();
    let set = [
        "set",
        "secretId",
        "AKIDabcdefghijklmn",
        "secretKey",
        "-",
        "region",
        "ap-tokyo",
        "cvm.version",
        "2017-03-12",
        "as.endpoint",
        "as.example",
        "--profile",
        "work",
    ];
    let run = configure(&cloud, &set, "TheSecretKey0123\n");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(file(&cloud, "work.configure")["autoscaling"], json!({"endpoint": "as.example"}));
    let run =
        configure(&cloud, &["get", "secretKey", "region", "cvm.version", "cvm.endpoint", "--profile", "work"], "");
    assert_eq!(
        run.out,
        "secretKey = ****************0123\nregion = ap-tokyo\ncvm.version = 2017-03-12\ncvm.endpoint = cvm.tencentcloudapi.com\n"
    );
    let run = configure(&cloud, &["list", "--profile", "work"], "");
    assert!(run.out.starts_with("credential:\nsecretId = ****************klmn\nsecretKey = ****************0123\nconfigure:\nregion = ap-tokyo\noutput = json\n"), "{}", run.out);
    assert!(run.out.contains("\nautoscaling.endpoint = as.example\n"), "{}", run.out);
    let run = configure(&cloud, &["set-root-domain", "internal.tencentcloudapi.com", "--profile", "work"], "");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(file(&cloud, "work.configure")["autoscaling"]["endpoint"], "as.internal.tencentcloudapi.com");
    let run = configure(&cloud, &["remove", "--profile", "work"], "");
    assert_eq!((run.code, std::fs::read_dir(cloud.home().join(".tccli")).unwrap().count()), (0, 0));
    let run = configure(&cloud, &["remove", "--profile", "work"], "");
    let absent: Vec<String> = ["configure", "credential"]
        .map(|kind| {
            let path = cloud.home().join(".tccli").join(format!("work.{kind}"));
            format!("nothing to remove: {} does not exist", path.display())
        })
        .into();
    assert_eq!((run.code, run.err.lines().collect::<Vec<_>>()), (0, absent.iter().map(String::as_str).collect()));
}

#[test]
fn an_output_format_that_is_not_accepted_lists_those_that_are() {
    let cloud = Cloud::plain();
    let run = configure(&cloud, &["set", "output", "xml"], "");
    let expected = "Output format must be json, text, table, yaml or ndjson. Set as default: json\n";
    assert_eq!((run.code, run.out.as_str()), (0, expected), "{}", run.err);
    let run = configure(&cloud, &["set", "output", "yaml"], "");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    let run = configure(&cloud, &[], "\n\n\nxml\n");
    assert!(
        run.out.contains("Output format must be json, text, table, yaml or ndjson. Not changed: yaml"),
        "{}",
        run.out
    );
    assert_eq!(file(&cloud, "default.configure")["_sys_param"]["output"], "yaml");
}

#[test]
fn what_cannot_be_set_is_refused() {
    let cloud = Cloud::plain();
    for (words, expected) in [
        (vec!["set", "regoin", "x"], "did you mean `region`"),
        (vec!["set", "nosuch.version", "x"], "there is no service `nosuch`"),
        (vec!["set", "region"], "usage"),
        (vec!["get", "nosuch.version"], "there is no service `nosuch`"),
        (vec!["get", "nothing"], "profile `default` has no value for `nothing`"),
        (vec!["get", "langauge"], "no value for `langauge`; did you mean `language`"),
        (vec!["set-root-domain", "a b"], "a b"),
        (vec!["lsit"], "usage"),
        (vec!["list", "--Region", "x"], "Unknown options: --Region"),
    ] {
        let run = configure(&cloud, &words, "");
        assert_ne!(run.code, 0, "{words:?}");
        assert!(run.err.contains(expected), "{words:?}: {}", run.err);
    }
    assert!(!cloud.home().join(".tccli").exists());
}

#[test]
fn a_login_is_replaced_only_after_a_question() {
    let cloud = Cloud::plain();
    let folder = cloud.home().join(".tccli");
    std::fs::create_dir(&folder).unwrap();
    let login = json!({"type": "sso", "secretId": "a", "secretKey": "b", "token": "c"});
    std::fs::write(folder.join("default.credential"), login.to_string()).unwrap();
    let run = configure(&cloud, &[], "n\n");
    assert!(run.out.contains("No changes were saved"), "{}", run.out);
    let run = configure(&cloud, &[], "y\nAKIDabcdefghijklmn\nTheSecretKey0123\n\n\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        file(&cloud, "default.credential"),
        json!({"secretId": "AKIDabcdefghijklmn", "secretKey": "TheSecretKey0123"})
    );
}

#[test]
fn whoami_says_whose_key_it_is_without_showing_it() {
    let cloud =
        Cloud::new(1, json!({"sts.GetCallerIdentity": {"AccountId": "100000000001", "Arn": "qcs::cam::uin/1:uin/1"}}));
    let mut command = cloud.command();
    command.args(["whoami", "--endpoint", cloud.emulator.url(), "--filter", "AccountId"]);
    let run = finish(&mut command);
    assert_eq!((run.code, run.out.as_str()), (0, "\"100000000001\"\n"), "{}", run.err);
    assert!(run.err.contains("of the environment"), "{}", run.err);
    assert!(!run.err.contains(tc_core::emulator::SECRET_KEY));
}

#[test]
fn a_profile_that_does_not_exist_is_an_error_of_the_configuration() {
    let cloud = Cloud::plain();
    let run = |words: &[&str], variables: &[(&str, &str)]| {
        let mut command = cloud.command();
        command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
        finish(command.envs(variables.iter().copied()).args(words))
    };
    let expected = "there is no profile `nosuch`; no profile exists: `tcapi configure` creates one\n";
    let none = run(&["cvm", "DescribeZones", "--profile", "nosuch"], &[]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (255, "", expected));

    let key = ["secretId", "AKIDabcdefghijklmn", "secretKey", "TheSecretKey0123"];
    assert_eq!(run(&[&["configure", "set"], &key[..]].concat(), &[]).code, 0);
    let folder = cloud.home().join(".tencentcloud");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("credentials"), "[reader]\nsecret_id = AKIDreader\nsecret_key = k\n").unwrap();
    for words in [
        &["cvm", "DescribeZones"][..],
        &["cvm", "DescribeZones", "--dry-run"],
        &["cvm", "DescribeZones", "help"],
        &["whoami"],
        &["sign", "cvm", "DescribeZones"],
        &["mcp"],
        &["emulator"],
    ] {
        let mut words = words.to_vec();
        words.extend(["--profile", "nosuch"]);
        let run = run(&words, &[]);
        let expected = "there is no profile `nosuch`; there are: default, reader\n";
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (255, "", expected), "{words:?}");
    }
    let zones = ["cvm", "DescribeZones", "--endpoint", cloud.emulator.url(), "--exit-codes"];
    assert_eq!(run(&[&zones[..], &["--profile", "nosuch"]].concat(), &[]).code, 5);
    let near = run(&["cvm", "DescribeZones", "--profile", "raeder"], &[]);
    assert!(near.err.ends_with("there are: default, reader; did you mean `reader`?\n"), "{}", near.err);
    let variable = run(&zones, &[("TCCLI_PROFILE", "nosuch")]);
    assert_eq!(variable.code, 5, "{}", variable.err);
    let expected = "no profile `nosuch`, which the variable TCCLI_PROFILE names; there are: default, reader";
    assert!(variable.err.contains(expected), "{}", variable.err);

    // A section of the file of the SDKs is a profile, and a credential in the options needs none.
    let shown = run(&["cvm", "DescribeZones", "--dry-run", "--profile", "reader"], &[]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let keys = ["--secretId", tc_core::emulator::SECRET_ID, "--secretKey", tc_core::emulator::SECRET_KEY];
    let given = run(&[&zones[..], &keys, &["--profile", "nosuch"]].concat(), &[]);
    assert_eq!(given.code, 0, "{}", given.err);
}

#[test]
fn the_places_that_were_tried_are_in_the_documented_order() {
    let cloud = Cloud::plain();
    let folder = cloud.home().join(".tccli");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("work.configure"), "{}").unwrap();
    let mut command = cloud.command();
    command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
    let run = finish(command.args(["cvm", "DescribeZones", "--profile", "work"]));
    let place = |text: &str| run.err.find(text).unwrap_or_else(|| panic!("{text}: {}", run.err));
    assert!(place(".tccli/work.credential") < place(".tencentcloud/credentials"), "{}", run.err);
    assert!(run.err.contains("no credential was found; tried:\n  ") && run.code == 255, "{}", run.err);
}

/// A file of the profile `default` with this text.
fn write(cloud: &Cloud, name: &str, text: &str) -> String {
    let path = cloud.home().join(".tccli").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_file_that_cannot_be_used_is_an_error_with_its_path() {
    let advice = "correct the file, or remove the profile with `tcapi configure remove`";
    for (name, text, problem) in [
        ("default.configure", "{bad", "not valid JSON (line 1, column 2)"),
        ("default.configure", "[1]", "not a JSON object"),
        ("default.configure", r#"{"_sys_param": [1]}"#, "`_sys_param` is a list, where an object is expected"),
        (
            "default.configure",
            r#"{"_sys_param": {"region": ["a"]}}"#,
            "`_sys_param.region` is a list, where a text is expected",
        ),
        ("default.configure", r#"{"output": {}}"#, "`output` is an object, where a text is expected"),
        ("default.credential", r#"{"secretId": ["hidden"]}"#, "`secretId` is a list, where a text is expected"),
        ("default.credential", "\"hidden", "not valid JSON (line 1, column 7)"),
    ] {
        let cloud = Cloud::plain();
        let path = write(&cloud, name, text);
        let expected = format!("{path}: {problem}; {advice}\n");
        for words in [
            &["configure", "set", "region", "ap-beijing"][..],
            &["configure", "get", "region"],
            &["configure", "list"],
            &["configure"],
            &["cvm", "DescribeZones", "--dry-run"],
        ] {
            let run = finish(cloud.command().args(words).args(["--exit-codes"]));
            assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (5, "", expected.as_str()), "{words:?}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "it is not changed");
        let run = configure(&cloud, &["remove"], "");
        assert!(run.code == 0 && !std::path::Path::new(&path).exists(), "{}", run.err);
    }
    let cloud = Cloud::plain();
    let path = write(&cloud, "default.configure", r#"{"cvm": "x"}"#);
    let run = configure(&cloud, &["set", "cvm.version", "2017-03-12"], "");
    assert_eq!(run.err, format!("{path}: `cvm` is a text, where an object is expected; {advice}\n"));
    // A folder in the place of the file, and a file in the place of the folder.
    let cloud = Cloud::plain();
    std::fs::create_dir_all(cloud.home().join(".tccli/default.configure")).unwrap();
    let run = configure(&cloud, &["set", "region", "ap-beijing"], "");
    assert!(run.code == 255 && run.err.contains(".tccli/default.configure"), "{}", run.err);
    let cloud = Cloud::plain();
    std::fs::write(cloud.home().join(".tccli"), "").unwrap();
    let run = configure(&cloud, &["set", "region", "ap-beijing"], "");
    assert!(run.code == 255 && run.err.contains(".tccli/default.configure"), "{}", run.err);
}

#[test]
fn standard_input_that_ends_saves_nothing() {
    for (words, input, expected) in [
        (&[][..], "", "standard input ended at the question `TencentCloud API secretId[None]:`; nothing was saved\n"),
        (&[], "AKIDabcdefghijklmn\n", "at the question `TencentCloud API secretKey[None]:`; nothing was saved\n"),
        (&[], "AKIDabcdefghijklmn\nkey\n\n", "at the question `Default output format[json]:`; nothing was saved\n"),
        (&["set", "secretKey", "-"], "", "standard input has no line for secretKey; nothing was saved\n"),
        (&["set", "secretKey", "-"], "\n", "the line of standard input for secretKey is empty; nothing was saved\n"),
        (&["set", "secretId", "-", "secretKey", "-"], "AKIDa\n", "no line for secretKey; nothing was saved\n"),
    ] {
        let cloud = Cloud::plain();
        let run = configure(&cloud, words, input);
        assert!(run.code == 255 && run.err.ends_with(expected), "{words:?} {input:?}: {}", run.err);
        assert!(!cloud.home().join(".tccli").exists(), "{words:?} {input:?}");
    }
}

#[test]
fn a_value_that_no_call_can_use_is_reported_when_it_is_set() {
    let cloud = Cloud::plain();
    for (words, expected) in [
        (
            ["set", "region", "ap-guangzou"],
            "warning: `ap-guangzou` is not a known region; did you mean `ap-guangzhou`?\n",
        ),
        (
            ["set", "cvm.verison", "2017-03-12"],
            "warning: `cvm.verison` has no effect; calls use `cvm.version` and `cvm.endpoint`; did you mean `version`?\n",
        ),
        (
            ["set", "cvm.version", "1999-01-01"],
            "warning: cvm has no version 1999-01-01 in the catalog; available versions: 2017-03-12\n",
        ),
        (["set", "waiter.timeout", "60"], ""),
        (["set", "tke.version", "2022-05-01"], ""),
    ] {
        let run = configure(&cloud, &words, "");
        assert_eq!((run.code, run.err.as_str()), (0, expected), "{words:?}");
    }
    for (words, expected) in
        [(["set", "region", "AP x"], "invalid region"), (["set", "cvm.endpoint", "a b"], "cvm.endpoint: ")]
    {
        let run = configure(&cloud, &words, "");
        assert!(run.code == 252 && run.err.contains(expected), "{words:?}: {}", run.err);
    }
    let run = configure(&cloud, &[], "\n\nAP x\n\n");
    assert!(run.code == 0 && run.out.contains("Not changed: ap-guangzou"), "{}{}", run.out, run.err);
    // The defaults that are shown are not those of a file.
    let warning = "warning: there is no profile `nosuch`; these are the default values\n";
    for words in [&["list", "--profile", "nosuch"][..], &["get", "region", "--profile", "nosuch"]] {
        let run = configure(&cloud, words, "");
        assert_eq!((run.code, run.err.as_str()), (0, warning), "{words:?}");
    }
    assert_eq!(configure(&cloud, &["get", "output"], "").err, "");
}
