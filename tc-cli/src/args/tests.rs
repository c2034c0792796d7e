//! Command lines of every form, and the requests they become.

use serde_json::json;
use tc_spec::{ModelRef, ModelSpec, ParamSpec, Shape, Type};

use super::{CommandLine, Mode, ProblemKind, build, nearest, parse_literal};

const PLACEMENT: &ModelSpec = &ModelSpec::new(
    "Placement",
    &[
        ParamSpec::new("Zone", "zone", Type::String, Shape::One),
        ParamSpec::new("ProjectId", "project_id", Type::INT64, Shape::Maybe),
    ],
);
fn node() -> &'static ModelSpec {
    const NODE: &ModelSpec = &ModelSpec::new(
        "Filter",
        &[
            ParamSpec::new("Name", "name", Type::String, Shape::One),
            ParamSpec::new("Values", "values", Type::String, Shape::Many),
            ParamSpec::new("hadAutoFixVul", "had_auto_fix_vul", Type::Boolean, Shape::Maybe),
            ParamSpec::new("Filters", "filters", Type::Model(ModelRef::of(node)), Shape::Many),
        ],
    );
    NODE
}
const REQUEST: &ModelSpec = &ModelSpec::new(
    "RunInstances",
    &[
        ParamSpec::new("Limit", "limit", Type::UINT64, Shape::Maybe),
        ParamSpec::new("Offset", "offset", Type::INT64, Shape::Maybe),
        ParamSpec::new("Ratio", "ratio", Type::Float, Shape::Maybe),
        ParamSpec::new("DryRun", "dry_run", Type::Boolean, Shape::Maybe),
        ParamSpec::new("InstanceName", "instance_name", Type::String, Shape::Maybe),
        ParamSpec::new("InstanceIds", "instance_ids", Type::String, Shape::Many),
        ParamSpec::new("Ports", "ports", Type::INT64, Shape::Many),
        ParamSpec::new("Placement", "placement", Type::Model(ModelRef::of(|| PLACEMENT)), Shape::Maybe),
        ParamSpec::new("Filters", "filters", Type::Model(ModelRef::of(node)), Shape::Many),
        ParamSpec::new("Free", "free", Type::Json, Shape::Maybe),
    ],
);

fn line(words: &[&str]) -> CommandLine {
    CommandLine::parse(words.iter().map(|word| (*word).to_owned())).unwrap()
}

#[track_caller]
#[allow(clippy::needless_pass_by_value)] // Every caller builds it in place.
fn check(words: &[&str], expected: serde_json::Value) {
    let request = build(REQUEST, &line(words).params, Mode::Plain).unwrap();
    assert_eq!(serde_json::Value::Object(request), expected, "{words:?}");
}

#[track_caller]
fn refused(words: &[&str]) -> String {
    let problems = build(REQUEST, &line(words).params, Mode::Plain).unwrap_err();
    problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn options_in_lower_case_are_ours_wherever_they_stand() {
    let line = line(&[
        "--reg",
        "ap-x",
        "cvm",
        "--output=table",
        "RunInstances",
        "--Limit",
        "5",
        "--filter",
        "a",
        "--Offset=-5",
    ]);
    assert_eq!(line.words, ["cvm", "RunInstances"]);
    assert_eq!(line.options.get("region"), Some("ap-x"));
    assert_eq!(line.options.get("output"), Some("table"));
    assert_eq!(line.options.get("filter"), Some("a"));
    assert_eq!(line.params.len(), 2);
    check(&["--Limit", "5", "--region", "x", "--Offset=-5"], json!({"Limit": 5, "Offset": -5}));
}

#[test]
fn shortened_options_mean_what_they_mean_to_tccli() {
    // `--wait` could be ours, --wait-timeout, too.
    assert!(line(&["--wait", "{}"]).options.has("waiter"));
    assert!(line(&["--cli-u"]).options.has("cli-unfold-argument"));
    assert_eq!(line(&["--timeo", "7"]).options.get("timeout"), Some("7"));
    for ambiguous in ["--t", "--role", "--cli", "--re"] {
        let error = CommandLine::parse([ambiguous.to_owned(), "x".to_owned()]).unwrap_err().to_string();
        assert!(error.starts_with("ambiguous option: "), "{error}");
    }
    let error = CommandLine::parse(["--output".to_owned(), "tabel".to_owned()]).unwrap_err().to_string();
    assert!(error.contains("did you mean `table`"), "{error}");
    assert_eq!(
        CommandLine::parse(["--region".to_owned()]).unwrap_err().to_string(),
        "argument --region: expected one argument"
    );
}

#[test]
fn a_version_is_a_date_or_none() {
    assert_eq!(line(&["cvm", "--version", "2017-03-12", "A"]).options.get("version"), Some("2017-03-12"));
    assert!(line(&["--version"]).program_version);
    let error = CommandLine::parse(["--version", "cvm"].map(str::to_owned)).unwrap_err();
    assert!(error.to_string().contains("argument --version: expected a date"), "{error}");
}

#[test]
fn a_skeleton_takes_the_word_input_only() {
    let line = line(&["cvm", "--generate-cli-skeleton", "input", "A"]);
    assert_eq!((line.words.len(), line.options.get("generate-cli-skeleton")), (2, Some("input")));
    assert_eq!(self::line(&["cvm", "--generate-cli-skeleton", "A"]).words, ["cvm", "A"]);
}

#[test]
fn the_last_of_two_counts() {
    assert_eq!(line(&["--region", "a", "--region", "b"]).options.get("region"), Some("b"));
    check(&["--Limit", "1", "--Limit", "2"], json!({"Limit": 2}));
}

#[test]
fn scalars_have_the_type_of_the_action() {
    check(
        &["--InstanceName", "123", "--DryRun", "T", "--Limit", "+1_000", "--Ratio", "0.5"],
        json!({"InstanceName": "123", "DryRun": true, "Limit": 1000, "Ratio": 0.5}),
    );
    check(&["--Limit", "18446744073709551615"], json!({"Limit": u64::MAX}));
    check(&["--Ratio", "3"], json!({"Ratio": 3}));
    check(&["--InstanceName", ""], json!({"InstanceName": ""}));
    check(&["--InstanceName=--a=b c"], json!({"InstanceName": "--a=b c"}));
    check(&["--InstanceName", "--a b"], json!({"InstanceName": "--a b"}));
    assert_eq!(refused(&["--Limit", "abc"]), "argument --Limit: invalid int value: 'abc'");
    assert_eq!(refused(&["--Limit", "1.0"]), "argument --Limit: invalid int value: '1.0'");
    assert!(refused(&["--Limit", "18446744073709551616"]).contains("does not fit into 64 bits"));
    assert!(refused(&["--Ratio", "NaN"]).contains("invalid float value"));
    assert!(refused(&["--DryRun", "yes"]).contains("true/false"));
    assert_eq!(refused(&["--Limit"]), "argument --Limit: expected one argument");
}

#[test]
fn lists_are_words_or_json() {
    check(&["--InstanceIds", "a", "b"], json!({"InstanceIds": ["a", "b"]}));
    check(&["--InstanceIds", "a"], json!({"InstanceIds": ["a"]}));
    check(&["--InstanceIds", r#"["a","b"]"#], json!({"InstanceIds": ["a", "b"]}));
    check(&["--InstanceIds=[]"], json!({"InstanceIds": []}));
    check(&["--InstanceIds", "[a", "b]"], json!({"InstanceIds": ["[a", "b]"]}));
    check(&["--InstanceIds.0", "[a", "--InstanceIds.1", "b"], json!({"InstanceIds": ["[a", "b"]}));
    check(&["--Ports", "-1", "2"], json!({"Ports": [-1, 2]}));
    check(&["--Filters", r#"{"Name":"a"}"#, r#"{"Name":"b"}"#], json!({"Filters": [{"Name": "a"}, {"Name": "b"}]}));
    check(&["--Filters", r#"[{"Name":"a"}]"#], json!({"Filters": [{"Name": "a"}]}));
    assert!(refused(&["--InstanceIds", "[a"]).contains("invalid JSON"));
    assert!(refused(&["--Filters", "zone"]).contains("invalid JSON"));
    assert_eq!(refused(&["--InstanceIds"]), "argument --InstanceIds: expected at least one argument");
}

#[test]
fn unfolded_lists_take_words_as_they_are() {
    let words = ["--InstanceIds", "[a]", "--Filters.0.Values"];
    let request = build(REQUEST, &line(&words).params, Mode::Unfold).unwrap();
    assert_eq!(serde_json::Value::Object(request), json!({"InstanceIds": ["[a]"], "Filters": [{"Values": []}]}));
}

#[test]
fn dots_reach_into_objects_and_lists() {
    check(
        &["--Filters.1.Name", "b", "--Filters.0.Name", "a", "--Filters.0.Values", "1", "2", "--Placement.Zone", "z"],
        json!({"Filters": [{"Name": "a", "Values": ["1", "2"]}, {"Name": "b"}], "Placement": {"Zone": "z"}}),
    );
    check(&["--Filters.0.Filters.0.hadAutoFixVul", "1"], json!({"Filters": [{"Filters": [{"hadAutoFixVul": true}]}]}));
    check(&["--Filters.0", r#"{"Name":"a"}"#], json!({"Filters": [{"Name": "a"}]}));
    check(&["--Free.a.b", "1", "--Free.c", "x"], json!({"Free": {"a": {"b": 1}, "c": "x"}}));
    assert!(refused(&["--Filters.1.Name", "b"]).contains("must start from 0, and the step size is 1"));
    assert!(refused(&["--Filters.Name", "b"]).contains("write --Filters.0.Name"));
    assert!(refused(&["--Placement", "{}", "--Placement.Zone", "z"]).contains("as a whole and in parts"));
    assert!(refused(&["--Limit.0", "b"]).contains("has no members"));
}

#[test]
fn parameters_can_be_shortened() {
    check(&["--Lim", "7", "--Pla.Z", "z"], json!({"Limit": 7, "Placement": {"Zone": "z"}}));
    assert_eq!(refused(&["--Instance", "x"]), "ambiguous option: --Instance could match --InstanceName, --InstanceIds");
}

#[test]
fn every_problem_is_reported_with_the_words_that_belong_to_it() {
    let words = ["--Limt", "5", "--DryRun", "x", "--Nothing=1", "--InstanceName", "a", "b"];
    let problems = build(REQUEST, &line(&words).params, Mode::Plain).unwrap_err();
    let unknown: Vec<_> = problems
        .iter()
        .filter_map(|problem| match &problem.kind {
            ProblemKind::Unknown(words) => Some(words.join(", ")),
            _ => None,
        })
        .collect();
    assert_eq!(unknown, ["--Limt, 5", "--Nothing=1", "b"]);
    assert_eq!(problems.len(), 4);
    assert!(problems[0].message.contains("did you mean `Limit`?"), "{}", problems[0].message);
}

#[test]
fn files_stand_for_values() {
    let path = std::env::temp_dir().join(format!("tcapi-value-{}", std::process::id()));
    std::fs::write(&path, "[\"a\", \"b\"]").unwrap();
    let word = format!("@{}", path.display());
    check(&["--InstanceIds", &word], json!({"InstanceIds": ["a", "b"]}));
    check(&["--InstanceName", &word], json!({"InstanceName": "[\"a\", \"b\"]"}));
    std::fs::remove_file(&path).unwrap();
    check(&["--InstanceName", "@nobody"], json!({"InstanceName": "@nobody"}));
}

#[test]
fn a_waiter_is_read_and_not_evaluated() {
    let python = r"{'expr': 'S[0].\'State\'', 'to': True, 'timeout': 1_80, }";
    assert!(parse_literal(python).is_err(), "1_80 is not a number");
    assert_eq!(
        parse_literal(r"{'expr':'a\'b','to':None,'timeout':180,'interval':0.5,'x':[1,(2,)],}").unwrap(),
        json!({"expr": "a'b", "to": null, "timeout": 180, "interval": 0.5, "x": [1, [2]]})
    );
    assert_eq!(parse_literal(r#"{"a": "中\u4e2d"}"#).unwrap(), json!({"a": "中中"}));
    for refused in ["__import__('os')", "{'a': open('x')}", "{'a' 1}", "{'a': 1", "'", "{'a': 1} x", &"[".repeat(100)] {
        assert!(parse_literal(refused).is_err(), "{refused}");
    }
}

#[test]
fn near_names_are_found() {
    let names = ["InstanceIds", "Limit", "Offset", "SecurityGroupIds"];
    assert_eq!(nearest("Limt", names), ["Limit"]);
    assert_eq!(nearest("instanceids", names), ["InstanceIds"]);
    assert_eq!(nearest("SecurityGroup", names), ["SecurityGroupIds"]);
    assert!(nearest("Zone", names).is_empty());
}
