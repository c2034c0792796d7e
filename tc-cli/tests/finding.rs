//! `search`, `show` and `example`.

use serde_json::Value;

use crate::support::{Cloud, finish, tcapi};

#[test]
fn a_search_finds_what_has_all_words() {
    let run = tcapi(&["search", "person", "sample"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.lines().any(|line| line == "mps  DescribePersonSamples"), "{}", run.out);
    let run = tcapi(&["search", "mps personsamples", "--output", "json"]);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(found[0]["Action"], "DescribePersonSamples");
    let run = tcapi(&["search", "describe"]);
    assert_eq!(run.out.lines().count(), 30);
    assert!(run.err.contains("more: add a word, or --all"), "{}", run.err);
    assert_ne!(tcapi(&["search", "nosuchword"]).code, 0);
    assert_ne!(tcapi(&["search"]).code, 0);
}

#[test]
fn a_search_finds_the_names_of_parameters_after_those_of_actions() {
    let run = tcapi(&["search", "cvm", "UserData"]);
    assert!(run.out.lines().any(|line| line == "cvm  RunInstances  parameter UserData"), "{}", run.out);
    let run = tcapi(&["search", "cvm", "userdata", "--output", "json"]);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    let rows = found.as_array().unwrap();
    assert!(rows.iter().any(|row| row["Action"] == "RunInstances" && row["Parameter"] == "UserData"), "{found}");
    let run = tcapi(&["search", "snapshot", "--all", "--output", "json"]);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    let by_parameter: Vec<bool> = found.as_array().unwrap().iter().map(|row| row["Parameter"].is_string()).collect();
    assert!(by_parameter.is_sorted() && by_parameter.contains(&true) && by_parameter.contains(&false), "{found}");
}

#[test]
fn a_search_for_words_of_titles_without_titles_says_where_they_come_from() {
    for words in [&["search", "云服务器"][..], &["search", "cvm", "实例"], &["search", "größe"]] {
        let run = tcapi(words);
        assert!(run.code != 0 && run.err.contains("`tcapi docs import DIR` imports the titles"), "{}", run.err);
    }
    assert!(!tcapi(&["search", "nosuchword"]).err.contains("docs import"));
}

#[test]
fn a_page_shows_limits_paging_answer_and_codes() {
    let run = tcapi(&["show", "mps", "DescribePersonSamples"]);
    for expected in [
        "--PersonIds  list of text",
        "at most 100 items",
        "UserDefine",
        "default 100",
        "--all follows",
        "PersonSet.N",
        "FaceInfoSet.N",
        "RequestId",
        "ERROR CODES of mps 2019-06-12",
        " codes; tcapi show mps DescribePersonSamples --detail lists them",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    assert!(!run.out.contains("FailedOperation"), "{}", run.out);
    let run = tcapi(&["show", "mps", "DescribePersonSamples", "--detail"]);
    assert!(run.out.contains("\n    FailedOperation"), "{}", run.out);
    assert!(tcapi(&["show", "mps"]).out.contains("ACTIONS"));
    assert!(tcapi(&["show", "mps", "Nothing"]).err.contains("no action `Nothing`"));
}

#[test]
fn the_example_of_an_action_is_accepted_as_it_is_printed() {
    let cloud = Cloud::plain();
    let site = tc_catalog::Site::China;
    let catalog = tc_cli::actions::catalog().unwrap();
    let mut actions: Vec<(String, String)> = Vec::new();
    for service in catalog.services().filter(|service| service.versions(site).len() > 0) {
        let module = service.module(site, None).unwrap();
        actions.extend(module.actions().map(|action| (service.name().to_owned(), action.name().to_owned())));
    }
    for (service, action) in actions.iter().step_by(411) {
        let example = tcapi(&["example", service, action]);
        let command = example.out.split("# Request").next().unwrap();
        let command = command.lines().skip(1).collect::<Vec<_>>().join("\n");
        let path = std::path::Path::new(env!("CARGO_BIN_EXE_tcapi")).parent().unwrap();
        let mut shell = std::process::Command::new("sh");
        shell.env_clear().envs(cloud.command().get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.env("PATH", format!("{}:/usr/bin:/bin", path.display()));
        shell.args(["-c", &format!("{} --endpoint {}", command.trim_end(), cloud.emulator.url())]);
        let run = finish(&mut shell);
        assert_eq!(run.code, 0, "{command}: {}", run.err);
    }
    assert!(cloud.received().len() > 30);
    assert!(cloud.received().iter().all(|received| received.error.is_none()));
}

#[test]
fn an_action_without_its_service_and_a_misspelt_word_are_explained() {
    let run = tcapi(&["show", "DescribeDisks"]);
    assert!(run.code == 252 && run.err.contains("DescribeDisks is in bdrc, cbs, lighthouse"), "{}", run.err);
    let run = tcapi(&["search", "dns", "recrod"]);
    assert!(run.code != 0 && run.err.contains("no name contains `recrod`; did you mean `record`"), "{}", run.err);
}

#[test]
fn actions_that_read_come_first_among_equal_matches() {
    let run = tcapi(&["search", "person", "sample"]);
    let first = run.out.lines().next().unwrap_or_default();
    assert!(first.contains("DescribePersonSamples"), "{}", run.out);
}

#[test]
fn code_that_breaks_limits_is_printed_only_unchecked() {
    let words = ["example", "cbs", "DescribeDisks", "python", "--Limit", "500", "--Offset", "-1"];
    let run = tcapi(&words);
    assert_eq!((run.code, run.out.as_str()), (252, ""), "{}", run.err);
    assert!(run.err.contains("`Limit`") && run.err.contains("`Offset`"), "{}", run.err);
    let run = tcapi(&[&words[..], &["--unchecked"]].concat());
    assert!(run.code == 0 && run.out.contains("\"Limit\": 500"), "{} {}", run.out, run.err);
    // What is required may be filled in later.
    assert_eq!(tcapi(&["example", "cvm", "RunInstances", "python", "--InstanceCount", "1"]).code, 0);
}

#[test]
fn given_parameters_replace_those_of_the_example_and_the_other_required_ones_stay() {
    let required = ["Domain", "RecordType", "RecordLine", "Value"];
    for words in [&["--RecordType", "MX"][..], &["--cli-input-json", r#"{"RecordType": "MX"}"#]] {
        for language in ["tcapi", "rust", "curl", "python", "go", "node"] {
            let run = tcapi(&[&["example", "dnspod", "CreateRecord", language], words].concat());
            assert_eq!(run.code, 0, "{}", run.err);
            let names =
                if language == "rust" { ["domain: ", "record_type: ", "record_line: ", "value: "] } else { required };
            for name in names {
                assert!(run.out.contains(name), "{language} lacks {name}: {}", run.out);
            }
            assert!(run.out.contains("MX"), "{language}: {}", run.out);
        }
    }
    // Also inside an object that was given, and the printed command runs unchanged.
    for (words, expected) in [
        (&["cvm", "DescribeInstances", "tcapi", "--Filters.0.Name", "zone"][..], "--Filters.0.Values"),
        (&["dnspod", "CreateRecord", "tcapi", "--RecordType", "A"], "--Domain"),
        (&["dnspod", "CreateRecord", "tcapi", "--TTL", "600", "--detail"], "--MX"),
    ] {
        let run = tcapi(&[&["example"], words].concat());
        assert!(run.code == 0 && run.out.contains(expected), "{words:?}: {}{}", run.out, run.err);
        let command = run.out.replace("\\\n", " ");
        let printed: Vec<&str> = command.split_whitespace().skip(1).chain(["--dry-run"]).collect();
        let checked = tcapi(&printed);
        assert_eq!(checked.code, 0, "{printed:?}: {}", checked.err);
    }
    // No parameter of this action is required, so nothing is added.
    let run = tcapi(&["example", "cvm", "DescribeZones", "tcapi"]);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
}

#[test]
fn an_action_of_the_same_service_is_suggested_before_other_services() {
    let run = tcapi(&["cvm", "DescribeInstance"]);
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(
        lines[0].starts_with("Invalid choice: cvm has no action `DescribeInstance`; did you mean `DescribeInstances`")
    );
    assert!(lines[1].starts_with("Other services have DescribeInstance: "), "{}", run.err);
    assert_eq!((run.code, &lines[2..]), (252, &["All actions: tcapi cvm help"][..]));
}

#[test]
fn a_name_that_differs_only_in_case_is_the_only_suggestion() {
    for (words, expected) in [
        (&["CVM", "DescribeZones"][..], "there is no service or command `CVM`; did you mean `cvm`?\n"),
        (&["Mps", "DescribePersonSamples"], "did you mean `mps`?\n"),
        (&["AS", "DescribeAutoScalingGroups"], "did you mean `as`?\n"),
        (&["cvm", "describeinstances"], "did you mean `DescribeInstances`?\n"),
        (&["cvm", "DescribeInstances", "--LIMIT", "1"], "did you mean `Limit`?\n"),
    ] {
        let run = tcapi(words);
        assert!(run.code != 0 && run.err.contains(expected), "{words:?}: {}", run.err);
    }
}

#[test]
fn an_object_that_is_not_json_is_explained_by_its_parts() {
    for (words, expected) in [
        (&["cvm", "DescribeInstances", "--Filters", "zone"][..], "; write --Filters.0.Name VALUE …, or JSON"),
        (&["cvm", "DescribeInstances", "--Filters", "[5"], "; write --Filters.0.Name VALUE …, or JSON"),
        (&["cvm", "DescribeInstances", "--Filters", "5"], "; write --Filters.0.Name VALUE …, or JSON"),
        (&["cvm", "RunInstances", "--Placement", "ap-x"], "; write --Placement.Zone VALUE …, or JSON"),
        (&["cvm", "RunInstances", "--DataDisks.0", "x"], "argument --DataDisks.0: invalid JSON"),
        (&["cvm", "RunInstances", "--DataDisks.0", "x"], "; write --DataDisks.0."),
    ] {
        let run = tcapi(words);
        assert!(run.code != 0 && run.err.contains(expected), "{words:?}: {}", run.err);
    }
}

#[test]
fn suggestions_read_well() {
    let run = tcapi(&["example", "cvm", "DescribeZones", "pyton"]);
    assert!(run.err.contains("did you mean `python`?") && !run.err.contains("?;"), "{}", run.err);
    let run = tcapi(&["cvm", "DescribeZones", "--fliter", "x"]);
    assert!(run.err.contains("did you mean `--filter`?"), "{}", run.err);
    let run = tcapi(&["dnspod", "CreateRecord", "--Domain", "a.cn", "--RecrodType", "A"]);
    assert!(
        run.err.contains("did you mean `RecordType`") && !run.err.contains("required: --RecordType"),
        "{}",
        run.err
    );
    assert!(run.err.contains("required: --RecordLine, --Value"), "{}", run.err);
}

#[test]
fn code_reads_the_documented_variable_of_the_token_first() {
    for language in ["curl", "python", "go", "node"] {
        let code = tcapi(&["example", "cbs", "DescribeDisks", language]).out;
        let (first, second) = (code.find("TENCENTCLOUD_SESSION_TOKEN"), code.rfind("TENCENTCLOUD_TOKEN"));
        assert!(first.is_some() && first < second, "{code}");
    }
}
