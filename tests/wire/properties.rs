//! Properties for random values: flattening is reversible, a query is canonical and sent as it was signed, and an envelope returns
//! the value that was put in.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tc_apis::mps::{AiSampleFaceInfo, AiSamplePerson, DescribePersonSamplesResponse};
use tc_core::transport::Replay;
use tc_core::{AnyAction, Client, Credential, Method, Response, SignatureMethod, encode_query};
use tc_tests::form::parameters;

/// JSON for a request: an object with names of letters and any values.
fn request() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // A larger one would look like a rounded whole number.
        any::<f64>().prop_filter("within 64 bits", |number| number.abs() < 9e18).prop_map(Value::from),
        "\\PC{0,12}|[ -~]{0,12}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 40, 12, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..12).prop_map(Value::from),
            proptest::collection::btree_map("[A-Z][A-Za-z_]{0,6}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    });
    proptest::collection::btree_map("[A-Z][A-Za-z_]{0,8}", value, 0..6)
        .prop_map(|members| without_gaps(Value::Object(members.into_iter().collect::<Map<_, _>>())))
}

/// The same JSON without list items that a query cannot represent, which are errors.
fn without_gaps(json: Value) -> Value {
    match json {
        Value::Array(items) => {
            items.into_iter().map(without_gaps).filter(|item| representable(item).is_some()).collect()
        }
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, without_gaps(member))).collect(),
        other => other,
    }
}

fn action(params: &Value) -> AnyAction {
    AnyAction::new("demo", "2020-01-01", "DescribeAll").params(params.clone())
}

/// The part of `json` that a query represents: scalars as text, without null and empty values. Lists become maps from index to
/// item, like the names in a query.
fn representable(json: &Value) -> Option<Value> {
    let members = |members: Vec<(String, &Value)>| {
        let members: Map<_, _> =
            members.into_iter().filter_map(|(name, member)| Some((name, representable(member)?))).collect();
        (!members.is_empty()).then_some(Value::Object(members))
    };
    match json {
        Value::Null => None,
        Value::Array(items) => {
            members(items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect())
        }
        Value::Object(object) => members(object.iter().map(|(name, member)| (name.clone(), member)).collect()),
        Value::String(text) => Some(text.clone().into()),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => Some(float.to_string().into()),
            _ => Some(number.to_string().into()),
        },
        Value::Bool(flag) => Some(flag.to_string().into()),
    }
}

/// Rebuilds the JSON from names with dots.
fn unflattened(pairs: impl IntoIterator<Item = (String, String)>) -> Option<Value> {
    let mut root = Map::new();
    for (name, value) in pairs {
        let (path, last) = name.rsplit_once('.').map_or((None, name.as_str()), |(path, last)| (Some(path), last));
        let mut place = &mut root;
        for step in path.iter().flat_map(|path| path.split('.')) {
            place = place.entry(step).or_insert_with(|| json!({})).as_object_mut().expect("no value above another");
        }
        assert!(place.insert(last.to_owned(), value.into()).is_none(), "{name} occurs twice");
    }
    (!root.is_empty()).then_some(Value::Object(root))
}

/// The text of a query or form as the client sends it.
fn sent(params: &Value, method: Method, signature: SignatureMethod) -> String {
    let replay = Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
    let client = Client::builder().credential(Credential::new("AKID", "key")).transport(replay.clone()).build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let client = client.expect("a client");
    let answer = runtime.block_on(client.call(&action(params)).method(method).signature(signature).send());
    answer.expect("a response");
    let request = replay.requests().remove(0);
    match method {
        Method::Get => request.uri().query().unwrap_or_default().to_owned(),
        Method::Post => String::from_utf8(request.body().to_vec()).expect("text"),
    }
}

fn person() -> impl Strategy<Value = AiSamplePerson> {
    let text = "\\PC{0,10}";
    (
        (text, text, text),
        proptest::collection::vec((text, text), 0..3),
        proptest::collection::vec(text, 0..3),
        proptest::option::of(0..4_102_444_800_i64),
    )
        .prop_map(|((id, name, description), faces, tags, time)| {
            let faces: Vec<_> = faces.into_iter().map(|(id, url)| AiSampleFaceInfo::new(id, url)).collect();
            let time = time.and_then(|seconds| tc_core::chrono::DateTime::from_timestamp(seconds, 0));
            AiSamplePerson::new(id, name, description).face_info_set(faces).tag_set(tags).create_time(time)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flattening_is_reversible(params in request()) {
        let pairs = encode_query(&action(&params)).expect("a query");
        prop_assert!(pairs.is_sorted(), "sorted by the bytes of the names");
        prop_assert_eq!(unflattened(pairs), representable(&params));
    }

    #[test]
    fn queries_are_sorted_strictly_encoded_and_decode_to_the_pairs(params in request()) {
        let pairs: BTreeMap<String, String> = encode_query(&action(&params)).expect("a query").into_iter().collect();
        for (method, signature) in [
            (Method::Get, SignatureMethod::Tc3),
            (Method::Get, SignatureMethod::HmacSha1),
            (Method::Post, SignatureMethod::HmacSha256),
        ] {
            let text = sent(&params, method, signature);
            let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%&=".contains(&byte);
            prop_assert!(text.bytes().all(unreserved), "{}", text);
            let escapes = text.split('%').skip(1).all(|rest| {
                rest.bytes().take(2).filter(|digit| digit.is_ascii_digit() || (b'A'..=b'F').contains(digit)).count() == 2
            });
            prop_assert!(escapes, "{}", text);
            let names: Vec<&str> = text.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
            prop_assert!(names.is_sorted(), "{}", text);
            let mut decoded = parameters(&text).expect("pairs");
            if signature != SignatureMethod::Tc3 {
                for common in ["Action", "Version", "Timestamp", "Nonce", "RequestClient", "SecretId", "SignatureMethod", "Signature"] {
                    prop_assert!(decoded.remove(common).is_some(), "{}", common);
                }
            }
            prop_assert_eq!(decoded, pairs.clone());
        }
    }

    #[test]
    fn an_envelope_returns_the_value_that_was_put_in(
        persons in proptest::collection::vec(person(), 0..4),
        total in any::<u64>(),
        id in "[a-z0-9-]{1,36}",
    ) {
        let value = DescribePersonSamplesResponse::new(total).person_set(persons);
        let mut content = serde_json::to_value(&value).expect("JSON");
        content["RequestId"] = id.clone().into();
        let found = Response::<DescribePersonSamplesResponse>::decode(200, json!({ "Response": content }).to_string().as_bytes());
        let found = found.expect("a response");
        prop_assert_eq!(&*found, &value);
        prop_assert_eq!(found.request_id(), id);
        prop_assert!(found.coercions().is_empty());
    }

    #[test]
    fn an_error_envelope_returns_its_code_and_message(
        code in "[A-Z][A-Za-z]{1,12}(\\.[A-Z][A-Za-z]{1,12}){0,2}",
        // Line separators are escaped.
        message in "[\\PC&&[^\\u{2028}\\u{2029}]]{0,40}",
        status in prop::sample::select(vec![200_u16, 400, 403, 500, 503]),
    ) {
        let body = json!({"Response": {"Error": {"Code": code, "Message": message}, "RequestId": "r-1"}}).to_string();
        let error = Response::<DescribePersonSamplesResponse>::decode(status, body.as_bytes()).expect_err("a refusal");
        prop_assert_eq!(error.code().map(ToString::to_string), Some(code));
        prop_assert_eq!(error.request_id(), Some("r-1"));
        prop_assert!(error.to_string().contains(&message));
    }
}
