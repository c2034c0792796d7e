//! The client of tc-core against the emulator: every error reaches the user with its code.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::json;
use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::DescribePersonSamples;
use tc_core::emulator::{SECRET_ID, SECRET_KEY};
use tc_core::{
    AnyAction, Attempt, Call, ClientBuilder, Credential, Error, Interceptor, Method, RetryPolicy, SignatureMethod,
    Timestamp, request,
};

use crate::emulator::run;

/// Checks the error code of a call with these options (`ok` for success).
#[track_caller]
fn check<C: Call>(expected: &str, call: &C, options: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
    let result = run(async {
        let emulator = tc_core::emulator::Emulator::start().await.expect("a free port");
        emulator.register::<DescribePersonSamples>().register::<GetPersonGroupInfo>();
        let client = options(emulator.client_builder().retry(RetryPolicy::none())).build().expect("a client");
        let result = client.call(call).unchecked().send().await;
        assert_eq!(emulator.received().len(), 1);
        result.map(drop)
    });
    let code = |error: &Error| error.code().map(ToString::to_string);
    assert_eq!(result.as_ref().err().map_or(Some("ok".into()), code).as_deref(), Some(expected), "{result:?}");
    result.err().map(|error| error.to_string()).unwrap_or_default()
}

/// Changes a request after it was signed.
struct Tamper(fn(&mut http::Request<Bytes>));

impl std::fmt::Debug for Tamper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tamper")
    }
}

impl Interceptor for Tamper {
    fn after_signing(&self, _: &Attempt<'_>, request: &mut http::Request<Bytes>) {
        (self.0)(request);
    }
}

fn samples() -> DescribePersonSamples {
    DescribePersonSamples::new().person_ids(["10569"]).limit(20)
}

#[test]
fn a_valid_call_succeeds_with_every_signature_and_method() {
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
        for method in [Method::Post, Method::Get] {
            check("ok", &samples(), |builder| builder.signature(signature).method(method));
        }
    }
}

#[test]
fn an_emulator_does_not_start_with_an_invalid_key() {
    use tc_core::emulator::Emulator;
    run(async {
        for (id, key) in [("", "key"), ("AKID", ""), ("AKID ", "key"), ("AKID", "\"key\"")] {
            let error = Emulator::builder().key(id, key).start().await.expect_err("no emulator");
            assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput, "{id} {key}");
        }
        let emulator =
            Emulator::builder().temporary_key("AKIDmine", "my-key", "my-token").start().await.expect("a free port");
        emulator.register::<DescribePersonSamples>();
        emulator.client().send(&samples()).await.expect("an answer");
    });
}

#[test]
fn an_event_arrives_before_the_next_is_sent() {
    use std::time::{Duration, Instant};
    run(async {
        let emulator = tc_core::emulator::Emulator::start().await.expect("a free port");
        emulator.answer("hunyuan", "2023-09-01", "ChatCompletions", |_| {
            tc_core::emulator::Reply::events([r#"{"N":1}"#, r#"{"N":2}"#]).every(Duration::from_millis(600))
        });
        let call = AnyAction::new("hunyuan", "2023-09-01", "ChatCompletions");
        let client = emulator.client();
        let mut events = client.call(&call).events();
        let mut at = Vec::new();
        while let Some(event) = events.next().await {
            event.expect("an event");
            at.push(Instant::now());
        }
        assert!(at.len() == 2 && at[1] - at[0] >= Duration::from_millis(200), "{at:?}");
    });
}

#[test]
fn a_wrong_key_an_unknown_key_and_a_wrong_clock_have_different_codes() {
    let other_key = |builder: ClientBuilder| builder.credential(Credential::new(SECRET_ID, "another-key"));
    let nobody = |builder: ClientBuilder| builder.credential(Credential::new("AKIDnobody", SECRET_KEY));
    let token = |builder: ClientBuilder| builder.credential(Credential::new(SECRET_ID, SECRET_KEY).with_token("old"));
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
        check("AuthFailure.SignatureFailure", &samples(), |builder| other_key(builder).signature(signature));
        check("AuthFailure.SecretIdNotFound", &samples(), |builder| nobody(builder).signature(signature));
        check("AuthFailure.TokenFailure", &samples(), |builder| token(builder).signature(signature));
    }
}

#[test]
fn a_clock_ten_minutes_off_is_corrected_once() {
    run(async {
        let emulator = tc_core::emulator::Emulator::start().await.expect("a free port");
        emulator.register::<DescribePersonSamples>();
        let now = tc_core::Clock::now(&tc_core::SystemClock);
        let slow: Arc<[Timestamp]> = Arc::new([now.plus(-600), now.plus(600)]);
        for clock in slow.iter() {
            let client = emulator.client_builder().clock(*clock).build().expect("a client");
            let found = client.send(&samples()).await.expect("an answer");
            assert_eq!(found.attempts(), 2);
            let codes: Vec<_> =
                emulator.received().iter().map(|it| it.error.clone().map(|it| it.code().to_owned())).collect();
            assert_eq!(codes, [Some("AuthFailure.SignatureExpire".to_owned()), None]);
            emulator.clear_received();
        }
    });
}

#[test]
fn changes_after_signing_are_detected() {
    let tampers: [fn(&mut http::Request<Bytes>); 3] = [
        |request| *request.body_mut() = br#"{"Limit":21}"#[..].into(),
        |request| _ = request.headers_mut().insert("x-tc-action", http::HeaderValue::from_static("DescribeOthers")),
        |request| _ = request.headers_mut().insert("x-tc-timestamp", http::HeaderValue::from_static("1")),
    ];
    for (tamper, code) in tampers.into_iter().zip(["SignatureFailure", "SignatureFailure", "SignatureExpire"]) {
        check(&format!("AuthFailure.{code}"), &samples(), |builder| builder.interceptor(Tamper(tamper)));
    }
    let query = |request: &mut http::Request<Bytes>| {
        *request.uri_mut() = request.uri().to_string().replace("Limit=20", "Limit=21").parse().expect("a URI");
    };
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
        check("AuthFailure.SignatureFailure", &samples(), |builder| {
            builder.method(Method::Get).signature(signature).interceptor(Tamper(query))
        });
    }
}

#[test]
fn unknown_services_versions_and_actions_have_different_codes() {
    for (service, version, name, code) in [
        ("nope", "2019-06-12", "DescribePersonSamples", "NoSuchProduct"),
        ("mps", "2017-06-12", "DescribePersonSamples", "NoSuchVersion"),
        ("mps", "2019-06-12", "DescribePersonSample", "InvalidAction"),
    ] {
        check(code, &AnyAction::new(service, version, name), |builder| builder);
    }
}

#[test]
fn the_emulator_checks_parameters_too() {
    let any = |params| AnyAction::new("mps", "2019-06-12", "DescribePersonSamples").params(params);
    let message = check("UnknownParameter", &any(json!({ "Limt": 5 })), |builder| builder);
    assert!(message.contains("`Limt`"), "{message}");
    let message = check("InvalidParameterValue", &samples().limit(101), |builder| builder);
    assert!(message.contains("`Limit`") && message.contains("`101`") && message.contains("100"), "{message}");
    let ids: Vec<String> = (0..101).map(|id| id.to_string()).collect();
    let message = check("InvalidParameterValue", &samples().person_ids(ids), |builder| builder.method(Method::Get));
    assert!(message.contains("`PersonIds`") && message.contains("101 items"), "{message}");
    check("InvalidParameter", &any(json!({ "PersonIds": "10569" })), |builder| builder);
    let nobody = AnyAction::new("iai", "2020-03-03", "GetPersonGroupInfo");
    let message = check("MissingParameter", &nobody, |builder| builder);
    assert!(message.contains("`PersonId`"), "{message}");
    let person_id = String::from("bad id!");
    let message = check("InvalidParameterValue", &request!(GetPersonGroupInfo { person_id }), |builder| builder);
    assert!(message.contains("`bad id!`"), "{message}");
}
