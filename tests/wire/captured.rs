//! The calls captured from the official clients, encoded by this client: the same names and values, except for the documented
//! decisions of this project.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::DescribePersonSamples;
use tc_core::transport::Replay;
use tc_core::{
    AnyAction, Call, Client, Credential, Language, Method, Region, SignatureMethod, Timestamp, encode_json,
    encode_query,
};
use tc_tests::form::parameters;

/// A captured request.
struct Captured(Value);

impl Captured {
    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_default()
    }

    fn sent(&self, name: &str) -> &str {
        self.0["expect"][name].as_str().unwrap_or_default()
    }

    fn params(&self) -> &Value {
        &self.0["params"]
    }

    /// Removes parameters with null or an empty value inside a list, if they are sent in a query: the official clients leave a gap
    /// in the numbers of the items, and this client refuses them.
    fn without_gaps(mut self) -> Self {
        if !self.has_pairs() {
            return self;
        }
        let params = self.0["params"].as_object().expect("parameters").clone();
        let (gaps, rest): (Map<_, _>, Map<_, _>) = params.into_iter().partition(|(_, value)| has_gap(value));
        for (name, value) in &gaps {
            let alone = AnyAction::new("demo", "2020-01-01", "DescribeAll").params(serde_json::json!({ name: value }));
            let error = encode_query(&alone).expect_err("a gap").to_string();
            assert!(error.contains(name) && error.contains("null or empty inside a list"), "{error}");
        }
        self.0["params"] = Value::Object(rest);
        self.0["gaps"] = gaps.into_iter().map(|(name, _)| Value::String(name)).collect();
        self
    }

    fn is_get(&self) -> bool {
        self.text("http_method") == "GET"
    }

    fn has_pairs(&self) -> bool {
        self.is_get() || self.text("class").starts_with("v1")
    }

    /// The parameters of the action in the query or form, without the common ones.
    fn pairs(&self) -> BTreeMap<String, String> {
        let text = if self.is_get() { self.sent("query") } else { self.sent("body") };
        let mut pairs = action_pairs(text);
        let gaps = self.0["gaps"].as_array().map(Vec::as_slice).unwrap_or_default();
        pairs.retain(|name, _| !gaps.iter().any(|gap| name.split('.').next() == gap.as_str()));
        pairs
    }
}

/// Whether a list in `json` has an item that is absent from a query.
fn has_gap(json: &Value) -> bool {
    match json {
        Value::Array(items) => items.iter().any(|item| flattened(item).is_empty() || has_gap(item)),
        Value::Object(members) => members.values().any(has_gap),
        _ => false,
    }
}

fn action_pairs(text: &str) -> BTreeMap<String, String> {
    const COMMON: [&str; 11] = [
        "Action",
        "Language",
        "Nonce",
        "Region",
        "RequestClient",
        "SecretId",
        "Signature",
        "SignatureMethod",
        "Timestamp",
        "Token",
        "Version",
    ];
    let mut pairs = parameters(text).expect("a query or a form");
    pairs.retain(|name, _| !COMMON.contains(&name.as_str()));
    pairs
}

/// All captured requests with JSON or with names and values; `forms` has the others.
fn captured() -> Vec<Captured> {
    let all: Vec<Captured> = include_str!("../signing/vectors/captured.jsonl")
        .lines()
        .map(|line| Captured(serde_json::from_str(line).expect("JSON")))
        .filter(|captured: &Captured| {
            !["multipart", "octet-stream"].iter().any(|form| captured.text("class").ends_with(form))
        })
        .map(Captured::without_gaps)
        .collect();
    assert!(all.len() > 270, "{} captured requests", all.len());
    all
}

/// The request of this client for `call` with the settings of `captured`.
async fn ours(captured: &Captured, call: &AnyAction) -> http::Request<bytes::Bytes> {
    let replay = Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
    let mut builder = Client::builder()
        .credential(
            Credential::new(captured.text("secret_id"), captured.text("secret_key")).with_token(captured.text("token")),
        )
        .endpoint(captured.text("wire_host"))
        .method(if captured.is_get() { Method::Get } else { Method::Post })
        .signature(match captured.text("sign_method") {
            "HmacSHA1" => SignatureMethod::HmacSha1,
            "HmacSHA256" => SignatureMethod::HmacSha256,
            _ => SignatureMethod::Tc3,
        })
        .clock(Timestamp::from_unix(captured.0["timestamp"].as_i64().expect("a time")))
        .transport(replay.clone());
    if let Some(region) = captured.0["region"].as_str() {
        builder = builder.region(Region::new(region.to_owned()));
    }
    if captured.text("language") == "en-US" {
        builder = builder.language(Language::EnUs);
    }
    let client = builder.build().expect("a client");
    client.send(call).await.expect("a response");
    replay.requests().remove(0)
}

fn call(captured: &Captured) -> AnyAction {
    AnyAction::new(captured.text("service"), captured.text("version"), captured.text("action"))
        .params(captured.params().clone())
}

/// The expected names and values of `params` in a query, computed by separate code.
fn flattened(params: &Value) -> BTreeMap<String, String> {
    fn walk(name: &str, value: &Value, out: &mut BTreeMap<String, String>) {
        let below = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
        let text = match value {
            Value::Null => return,
            Value::Array(items) => {
                return items.iter().enumerate().for_each(|(index, item)| walk(&below(&index.to_string()), item, out));
            }
            Value::Object(members) => return members.iter().for_each(|(key, member)| walk(&below(key), member, out)),
            Value::String(text) => text.clone(),
            Value::Number(number) if number.is_f64() => plain(number.as_f64().expect("a float")),
            other => other.to_string(),
        };
        out.insert(name.to_owned(), text);
    }
    let mut out = BTreeMap::new();
    walk("", params, &mut out);
    out
}

/// A float without an exponent, from its shortest digits.
fn plain(number: f64) -> String {
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a number");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{fraction}");
    let point = 1 + exponent;
    let at = usize::try_from(point.max(0)).expect("no sign");
    if point <= 0 {
        let zeros = usize::try_from(-point).expect("no sign");
        format!("{sign}0.{}{digits}", "0".repeat(zeros))
    } else if at >= digits.len() {
        format!("{sign}{digits}{}", "0".repeat(at - digits.len()))
    } else {
        format!("{sign}{}.{}", &digits[..at], &digits[at..])
    }
}

/// Sorted by bytes, strictly encoded.
fn encoded(pairs: &BTreeMap<String, String>) -> String {
    let strict = |text: &str| {
        text.bytes().fold(String::new(), |out, byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out + &char::from(byte).to_string(),
            byte => out + &format!("%{byte:02X}"),
        })
    };
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", strict(name), strict(value))).collect();
    pairs.join("&")
}

#[tokio::test]
async fn queries_and_forms_have_the_expected_bytes() {
    for captured in captured() {
        let id = captured.text("id");
        let request = ours(&captured, &call(&captured)).await;
        let body = std::str::from_utf8(request.body()).expect("text");
        let query = request.uri().query().unwrap_or_default();
        assert_eq!(request.headers()["host"], captured.text("wire_host"), "{id}");
        let expected = flattened(captured.params());
        match (captured.is_get(), captured.text("class").starts_with("v1")) {
            (false, false) => {
                assert_eq!((query, body), ("", captured.params().to_string().as_str()), "{id}");
            }
            (true, false) => assert_eq!((query, body), (encoded(&expected).as_str(), ""), "{id}"),
            (get, true) => {
                let (text, other) = if get { (query, body) } else { (body, query) };
                assert_eq!(other, "", "{id}");
                assert_eq!(action_pairs(text), expected, "{id}");
                assert_eq!(encoded(&parameters(text).expect("pairs")), text, "{id}: sorted and strictly encoded");
            }
        }
    }
}

/// Changes `ours` as an official client changes the parameters before it sends them.
fn as_the_client_does(captured: &Captured, ours: &mut BTreeMap<String, String>) {
    let sdk = captured.text("sdk");
    if captured.text("group") == "gen-go-common-query" && sdk == "go" {
        // The CommonRequest of Go sends no parameters of the action by GET or with v1.
        ours.clear();
    }
    if sdk == "go" {
        // Go leaves out an empty text, except inside lists.
        ours.retain(|name, value| !value.is_empty() || name.ends_with(|last: char| last.is_ascii_digit()));
    }
}

/// Normalizes a value: Python writes `True`, and each client formats floats differently.
fn normalized_text(text: &str) -> String {
    match text {
        "True" => "true".into(),
        "False" => "false".into(),
        _ if text.contains(['.', 'e']) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => (number + 0.0).to_string(),
            _ => text.into(),
        },
        "-0" => "0".into(),
        _ => text.into(),
    }
}

#[test]
fn queries_and_forms_have_the_parameters_of_the_official_clients() {
    let mut compared = 0;
    for captured in captured().iter().filter(|captured| captured.has_pairs()) {
        let pairs = encode_query(&call(captured)).expect("a query");
        let mut ours: BTreeMap<String, String> = pairs.into_iter().collect();
        as_the_client_does(captured, &mut ours);
        let with_normal_values = |pairs: BTreeMap<String, String>| -> BTreeMap<String, String> {
            pairs.into_iter().map(|(name, value)| (name, normalized_text(&value))).collect()
        };
        assert_eq!(with_normal_values(ours), with_normal_values(captured.pairs()), "{}", captured.text("id"));
        compared += 1;
    }
    assert!(compared > 180, "{compared} compared");
}

/// Normalizes JSON: removes null members, and turns numbers into floats if `inexact`.
fn normalized(json: &Value, inexact: bool) -> Value {
    match json {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            Value::Object(kept.map(|(name, member)| (name.clone(), normalized(member, inexact))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| normalized(item, inexact)).collect(),
        Value::Number(number) => match number.as_f64() {
            // `2.0` and `2` are the same number; an integer stays exact.
            Some(float) if inexact || number.is_f64() => Value::String((float + 0.0).to_string()),
            _ => Value::String(number.to_string()),
        },
        other => other.clone(),
    }
}

#[test]
fn bodies_have_the_parameters_of_the_official_clients() {
    let mut compared = 0;
    for captured in captured().iter().filter(|captured| !captured.has_pairs()) {
        let ours: Value = serde_json::from_slice(&encode_json(&call(captured)).expect("a body")).expect("JSON");
        let theirs: Value = serde_json::from_str(captured.sent("body")).expect("JSON");
        // The CommonRequest of Go sends every number as a float, which loses digits beyond 2^53.
        let inexact = captured.text("sdk") == "go" && captured.text("client") == "common";
        assert_eq!(normalized(&ours, inexact), normalized(&theirs, inexact), "{}", captured.text("id"));
        compared += 1;
    }
    assert!(compared > 80, "{compared} compared");
}

/// Checks that the struct with the same parameters encodes the same, except that it leaves out empty lists.
#[track_caller]
fn typed<A: Call + serde::de::DeserializeOwned>(captured: &Captured) {
    let action: A = serde_json::from_value(captured.params().clone()).expect("the parameters of the action");
    let body: Value = serde_json::from_slice(&encode_json(&action).expect("a body")).expect("JSON");
    let mut wanted = captured.params().clone();
    if let Value::Object(members) = &mut wanted {
        members.retain(|_, member| *member != Value::Array(Vec::new()));
    }
    assert_eq!(body, wanted, "{}", captured.text("id"));
    let pairs: BTreeMap<String, String> = encode_query(&action).expect("a query").into_iter().collect();
    assert_eq!(pairs, flattened(captured.params()), "{}", captured.text("id"));
}

#[test]
fn structs_encode_the_same_calls_in_the_same_way() {
    let mut compared = 0;
    for captured in captured() {
        match (captured.text("action"), captured.text("version")) {
            ("DescribePersonSamples", "2019-06-12") => typed::<DescribePersonSamples>(&captured),
            ("GetPersonGroupInfo", "2020-03-03") => typed::<GetPersonGroupInfo>(&captured),
            _ => continue,
        }
        compared += 1;
    }
    assert!(compared > 90, "{compared} compared");
}
