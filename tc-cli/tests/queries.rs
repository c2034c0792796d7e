//! JMESPath expressions that cannot be evaluated: before a call nothing is sent, and after it the response is not lost.

use serde_json::{Value, json};

use crate::support::{Cloud, Run};

const RUN: [&str; 6] = ["cvm", "RunInstances", "--Placement.Zone", "ap-guangzhou-1", "--InstanceCount", "2"];

/// Asserts that the error says that the call was carried out, with this RequestId.
#[track_caller]
fn assert_carried_out(run: &Run, code: i32, request_id: &str) {
    assert_eq!(run.code, code, "{}", run.err);
    assert!(run.err.contains(&format!("the call was carried out (requestId {request_id})")), "{}", run.err);
}

#[test]
fn an_unknown_function_sends_nothing() {
    let cloud = Cloud::plain();
    let list = ["cvm", "DescribeZones"];
    for (words, expected) in [
        ([&RUN[..], &["--filter", "nosuch(@)"]].concat(), "argument --filter: JMESPath has no function `nosuch`"),
        ([&RUN[..], &["--filter", "length()"]].concat(), "argument --filter: the function `length` accepts 1 argument"),
        ([&RUN[..], &["--columns", "A,nosuch(@)"]].concat(), "argument --columns: JMESPath has no function `nosuch`"),
        ([&list[..], &["--until", "nosuch(@) == 1"]].concat(), "argument --until: JMESPath has no function `nosuch`"),
        ([&list[..], &["--waiter", "{'expr':'nosuch(@)','to':'B'}"]].concat(), "no function `nosuch`"),
    ] {
        let run = cloud.run(&words);
        assert_eq!((run.code, run.out.as_str()), (252, ""), "{words:?}: {}", run.err);
        assert!(run.err.contains(expected), "{words:?}: {}", run.err);
    }
    assert!(cloud.received().is_empty());
}

#[test]
fn a_query_that_fails_after_the_call_prints_the_whole_response() {
    let cloud = Cloud::new(2, json!({"RunInstances": {"InstanceIdSet": ["ins-1", "ins-2"], "RequestId": "r-1"}}));
    for option in [
        &["--filter", "sum(InstanceIdSet)"][..],
        &["--columns", "sum(@)"],
        &["--filter", "InstanceIdSet", "--columns", "sum(@)"],
        &["--filter", "sum(InstanceIdSet)", "--output", "text"],
        &["--filter", "sum(InstanceIdSet)", "--output", "ndjson"],
    ] {
        let run = cloud.run(&[&RUN[..], option].concat());
        let answer: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out));
        assert_eq!(answer["InstanceIdSet"], json!(["ins-1", "ins-2"]), "{option:?}");
        assert_carried_out(&run, 255, answer["RequestId"].as_str().unwrap());
        assert!(run.err.contains(&format!("argument {}", option[option.len() - 2]).replace("--output", "--filter")));
    }
    assert_eq!(cloud.received().len(), 5);
    let run = cloud.run(&[&RUN[..], &["--filter", "sum(InstanceIdSet)", "--exit-codes"]].concat());
    assert_eq!(run.code, 10, "{}", run.err);
}

#[test]
fn a_condition_that_fails_after_the_call_prints_the_whole_response() {
    let cloud = Cloud::plain();
    let waiter = "{'expr':'sum(ZoneSet)','to':'B'}";
    for option in [["--until", "sum(ZoneSet) == 1"], ["--waiter", waiter]] {
        let run = cloud.run(&[&["cvm", "DescribeZones"][..], &option].concat());
        let answer: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out));
        assert_carried_out(&run, 255, answer["RequestId"].as_str().unwrap());
        assert!(run.err.starts_with(&format!("argument {}: ", option[0])), "{}", run.err);
    }
    assert_eq!(cloud.received().len(), 2);
}

#[test]
fn pages_and_events_are_printed_whole_if_a_query_fails() {
    let cloud = Cloud::new(30, json!({}));
    let pages = ["mps", "DescribePersonSamples", "--all", "--Limit", "10", "--filter", "sum(PersonSet)"];
    let run = cloud.run(&pages);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["PersonSet"].as_array().unwrap().len(), 30);
    assert_carried_out(&run, 255, answer["RequestId"].as_str().unwrap());
    let run = cloud.run(&[&pages[..], &["--output", "ndjson"]].concat());
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["PersonSet"].as_array().unwrap().len(), 10);
    assert_carried_out(&run, 255, answer["RequestId"].as_str().unwrap());

    let chat = ["hunyuan", "ChatCompletions", "--Model", "hunyuan-lite", "--Messages.0.Role", "user"];
    let content = ["--Messages.0.Content", "1 + 1?", "--Stream", "true"];
    let whole = cloud.run(&[&chat[..], &content].concat());
    assert_eq!(whole.code, 0, "{}", whole.err);
    let run = cloud.run(&[&chat[..], &content, &["--filter", "sum(Choices)"]].concat());
    assert_eq!(run.out.lines().count(), whole.out.lines().count(), "{}", run.out);
    let event: Value = serde_json::from_str(run.out.lines().last().unwrap()).unwrap();
    assert!(event["Choices"].is_array(), "{event}");
    assert_eq!(run.code, 255, "{}", run.err);
    assert!(run.err.contains("the call was carried out (requestId "), "{}", run.err);
}

#[test]
fn an_action_that_may_write_is_not_repeated() {
    let cloud = Cloud::plain();
    for (option, value) in [("--until", "InstanceIdSet"), ("--waiter", "{'expr':'InstanceIdSet','to':'B'}")] {
        let run = cloud.run(&[&RUN[..], &[option, value]].concat());
        assert_eq!((run.code, run.out.as_str()), (252, ""), "{}", run.err);
        let expected = format!("argument {option}: RunInstances may write, and {option} repeats the call");
        assert!(run.err.starts_with(&expected), "{}", run.err);
    }
    assert!(cloud.received().is_empty());
}
