//! Calls: the check before a call, the confirmation of a write, the trace, and events.

use serde_json::{Value, json};

use super::{Explorer, KEY, TOKEN, call, plain, profile};
use crate::support::Cloud;

#[test]
fn a_write_to_the_cloud_needs_a_confirmation_that_works_once() {
    let cloud = Cloud::plain();
    cloud.emulator.add_temporary_key("AKIDOfTheProfile", KEY, TOKEN);
    let explorer = Explorer::new(|folder| profile(folder, cloud.emulator.url()));
    let mut stop = call("cvm", "StopInstances", &json!({"InstanceIds": ["ins-1"]}));
    stop["to"] = json!({"kind": "cloud", "profile": "test", "region": "ap-shanghai"});
    let asked = explorer.post("/send", &stop);
    assert_eq!(asked.status, 409);
    let text = asked.json()["text"].as_str().unwrap().to_owned();
    for part in ["StopInstances", "profile test", "ap-shanghai"] {
        assert!(text.contains(part), "{text}");
    }
    for made_up in [json!(true), json!("yes"), json!("")] {
        stop["confirm"] = made_up;
        assert_eq!(explorer.post("/send", &stop).status, 409);
    }
    assert!(cloud.received().is_empty());
    let confirm = asked.json()["confirm"].clone();
    let mut other = stop.clone();
    other["params"] = Value::from(json!({"InstanceIds": ["ins-2"]}).to_string());
    other["confirm"] = explorer.post("/send", &other).json()["confirm"].clone();
    stop["confirm"] = other["confirm"].clone();
    assert_eq!(explorer.post("/send", &stop).status, 409, "a confirmation of another call");
    stop["confirm"] = confirm;
    assert_eq!(explorer.send(&stop).last().unwrap()["kind"], "answer");
    assert_eq!(explorer.post("/send", &stop).status, 409, "it was used");
    assert_eq!(cloud.received().len(), 1);
    // A call that reads, or that goes to the emulator, needs no confirmation.
    let mut zones = call("cvm", "DescribeZones", &json!({}));
    zones["to"] = stop["to"].clone();
    assert_eq!(explorer.send(&zones).last().unwrap()["kind"], "answer");
    explorer.send(&call("cvm", "StopInstances", &json!({"InstanceIds": ["ins-1"]})));
    assert_eq!(cloud.received().len(), 2);
}

#[test]
fn a_call_is_checked_sent_and_traced() {
    let explorer = plain();
    let wrong = call("mps", "DescribePersonSamples", &json!({"Limit": 101, "Nmaes": ["a"], "Type": "Other"}));
    let found = explorer.post("/check", &wrong).json();
    let texts: Vec<&str> =
        found["violations"].as_array().unwrap().iter().filter_map(|one| one["text"].as_str()).collect();
    for expected in ["`Limit` is 101; at most 100 is accepted", "did you mean `Names`?", "`Type` is"] {
        assert!(texts.iter().any(|text| text.contains(expected)), "{expected}: {texts:?}");
    }
    let refused = explorer.post("/send", &wrong);
    assert_eq!((refused.status, refused.json()["violations"].as_array().map(Vec::len)), (422, Some(texts.len())));
    let missing = explorer.post("/check", &call("cvm", "StopInstances", &json!({}))).json();
    assert_eq!(missing["violations"][0]["missing"], true, "{missing}");
    let broken = json!({"service": "cvm", "action": "DescribeZones", "params": "{\"Limit\": }"});
    assert!(explorer.post("/check", &broken).json()["problem"].as_str().unwrap().contains("line 1 column 11"));

    let mut right = call("mps", "DescribePersonSamples", &json!({"Names": ["John Smith"]}));
    right["to"] = json!({"kind": "emulator", "fault": "code:InternalError x1"});
    let lines = explorer.send(&right);
    let kinds: Vec<&str> = lines.iter().filter_map(|line| line["kind"].as_str()).collect();
    assert_eq!(kinds, ["attempt", "response", "failure", "attempt", "response", "answer"], "{lines:?}");
    let end = lines.last().unwrap();
    assert_eq!((&end["attempts"], &end["broken"]), (&json!(2), &json!([])));
    assert!(end["text"].as_str().unwrap().contains("\"Name\":\"John Smith\""), "{end}");
    right["to"] = json!({"fault": "code:LimitExceeded.Quota always"});
    let end = explorer.send(&right).pop().unwrap();
    assert_eq!((end["kind"].as_str(), end["code"].as_str()), (Some("error"), Some("LimitExceeded.Quota")));
    assert!(end["advice"].as_str().unwrap().contains("quota"), "{end}");
    for bad in [json!({"fault": "nothing"}), json!({"items": "many"}), json!({"items": "100001"})] {
        right["to"] = bad;
        assert_eq!(explorer.send(&right).pop().unwrap()["kind"], "failed");
    }
    let calls = explorer.get("/history", &[]).json()["calls"].clone();
    assert_eq!((&calls[4]["outcome"], &calls[3]["outcome"]), (&json!("ok"), &json!("LimitExceeded.Quota")), "{calls}");
}

#[test]
fn the_events_of_a_stream_come_one_by_one() {
    let explorer = plain();
    let input = call(
        "hunyuan",
        "ChatCompletions",
        &json!({"Model": "hunyuan", "Stream": true, "Messages": [{"Role": "user", "Content": "hi"}]}),
    );
    let lines = explorer.send(&input);
    let events: Vec<u64> =
        lines.iter().filter(|line| line["kind"] == "event").filter_map(|line| line["ms"].as_u64()).collect();
    assert!(events.len() >= 2, "{lines:?}");
    assert!(events[1] >= events[0] + 200, "the emulator sends them with a pause: {events:?}");
    let end = lines.last().unwrap();
    assert_eq!((end["kind"].as_str(), end["events"].as_u64()), (Some("ended"), Some(events.len() as u64)));
}

#[test]
fn an_answer_that_breaks_its_schema_is_reported() {
    let answers = json!({"cvm.DescribeZones": {"TotalCount": "3", "ZoneSet": [{"Zone": 7}]}});
    let cloud = Cloud::new(1, answers);
    cloud.emulator.add_temporary_key("AKIDOfTheProfile", KEY, TOKEN);
    let explorer = Explorer::new(|folder| profile(folder, cloud.emulator.url()));
    let mut zones = call("cvm", "DescribeZones", &json!({}));
    zones["to"] = json!({"kind": "cloud", "profile": "test"});
    let end = explorer.send(&zones).pop().unwrap();
    let broken = end["broken"].to_string();
    assert!(broken.contains("`TotalCount` is documented as an integer, but is \\\"3\\\""), "{broken}");
    assert!(broken.contains("ZoneSet.0.Zone"), "{broken}");
    assert!(end["text"].as_str().unwrap().contains("\"TotalCount\":\"3\""), "shown as it arrived: {end}");
}

#[test]
fn a_profile_that_does_not_exist_is_named_with_those_that_do() {
    let cloud = Cloud::plain();
    let explorer = Explorer::new(|folder| profile(folder, cloud.emulator.url()));
    let expected = "there is no profile `nosuch`; there are: test";
    let mut zones = call("cvm", "DescribeZones", &json!({}));
    zones["to"] = json!({"kind": "cloud", "profile": "nosuch"});
    for got in [explorer.get("/identity?profile=nosuch", &[]), explorer.post("/send", &zones)] {
        assert!(got.status == 400 && got.body.contains(expected), "{got:?}");
    }
    assert!(cloud.received().is_empty());
}
