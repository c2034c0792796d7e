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
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
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
