//! Clock and credentials: how the client corrects them after an error response.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tc_core::emulator::{Emulator, Fault, SECRET_ID, SECRET_KEY};
use tc_core::provider::{Chain, Environment, HostEnvironment, ProvideCredential, ProviderError};
use tc_core::transport::{BoxFuture, Proxy, Replay, Transport};
use tc_core::{Client, ClientBuilder, Credential, Error, ErrorKind, RetryPolicy, Timestamp};

use crate::client::actions::{CreateThing, DescribeThing};
use crate::client::caller::{BuildAs, Caller, Kind, both};
use crate::client::{actions, emulator, quick};

/// Returns these credentials, one per call.
#[derive(Debug, Clone)]
struct Rotating(Arc<Mutex<VecDeque<Credential>>>);

impl ProvideCredential for Rotating {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        let next = self.0.lock().unwrap().pop_front();
        Box::pin(async { next.ok_or_else(|| ProviderError::absent("the test", "has no credential left")) })
    }
}

/// Builds a client of the emulator without its key, and without the proxy of the environment.
fn direct(emulator: &Emulator) -> ClientBuilder {
    Client::builder().endpoint(emulator.url()).proxy(Proxy::None)
}

fn of(kind: Kind, emulator: &Emulator, credentials: impl IntoIterator<Item = Credential>) -> Caller {
    let provider = Rotating(Arc::new(Mutex::new(credentials.into_iter().collect())));
    direct(emulator).provider(provider).build_as(kind)
}

#[test]
fn a_wrong_clock_is_corrected_once_for_all_calls() {
    both(async |kind| {
        for ahead in [-7200, -600, 600, 86_400] {
            let emulator = emulator().await;
            emulator.shift_clock(ahead);
            let client = quick(&emulator).build_as(kind);
            assert_eq!(client.send(&CreateThing::new("x")).await.unwrap().attempts(), 2, "{ahead} s");
            assert_eq!(client.send(&CreateThing::new("x")).await.unwrap().attempts(), 1, "{ahead} s");
            assert_eq!(
                client.clone().send(&CreateThing::new("x")).await.unwrap().attempts(),
                1,
                "clones share the correction"
            );
        }
    });
}

#[test]
fn concurrent_calls_with_a_wrong_clock_are_all_signed_again() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.shift_clock(3600);
        let client = quick(&emulator).build_as(kind);
        let mut calls = tokio::task::JoinSet::new();
        for number in 0..100 {
            calls.spawn(client.send(&CreateThing::new(number.to_string())));
        }
        assert!(calls.join_all().await.iter().all(|answer| answer.as_ref().is_ok_and(|answer| answer.attempts() <= 2)));
    });
}

#[test]
fn the_clock_is_corrected_only_once_per_call() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("AuthFailure.SignatureExpire").always());
        let error = quick(&emulator).build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
        assert_eq!((error.code().unwrap().as_str(), error.attempts()), ("AuthFailure.SignatureExpire", 1));
    });
}

#[test]
fn an_expired_token_is_renewed_and_the_call_is_retried_once() {
    both(async |kind| {
        let emulator = Emulator::start().await.unwrap();
        actions::register(&emulator);
        emulator.add_temporary_key("AKIDold", "old-key", "old-token").add_temporary_key(
            "AKIDnew",
            "new-key",
            "new-token",
        );
        let [old, new] = ["old", "new"]
            .map(|age| Credential::new(format!("AKID{age}"), format!("{age}-key")).with_token(format!("{age}-token")));
        let client = of(kind, &emulator, [old, new]);
        assert_eq!(client.send(&CreateThing::new("x")).await.unwrap().attempts(), 1);
        emulator.expire_key("AKIDold");
        assert_eq!(client.send(&CreateThing::new("x")).await.unwrap().attempts(), 2);
        assert_eq!(client.send(&CreateThing::new("x")).await.unwrap().attempts(), 1);
        emulator.expire_key("AKIDnew");
        let error = client.send(&CreateThing::new("x")).await.unwrap_err();
        assert_eq!(
            (error.code().unwrap().as_str(), error.attempts()),
            ("AuthFailure.TokenFailure", 1),
            "there is no other"
        );
    });
}

#[test]
fn a_rotated_key_is_read_again() {
    both(async |kind| {
        let emulator = emulator().await;
        let client =
            of(kind, &emulator, [Credential::new("AKIDgone", "x-key"), Credential::new(SECRET_ID, SECRET_KEY)]);
        assert_eq!(client.send(&DescribeThing::new("x")).await.unwrap().attempts(), 2);
    });
}

#[test]
fn an_error_for_a_fixed_credential_is_not_retried() {
    both(async |kind| {
        let emulator = emulator().await;
        let client = quick(&emulator).credential(Credential::new("AKIDgone", "x-key")).build_as(kind);
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        assert_eq!((error.code().unwrap().as_str(), error.attempts()), ("AuthFailure.SecretIdNotFound", 1));
        assert!(error.is_auth());
    });
}

#[test]
fn a_missing_credential_is_an_error_that_lists_the_sources_and_nothing_is_sent() {
    both(async |kind| {
        let emulator = emulator().await;
        let chain = Chain::new().link(Environment::of(HostEnvironment::empty()));
        let client = direct(&emulator).provider(chain).build_as(kind);
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error:?}");
        assert!(error.to_string().contains("environment has no TENCENTCLOUD_SECRET_ID"), "{error}");
        assert_eq!((error.attempts(), emulator.received().len()), (0, 0));
    });
}

#[test]
fn a_thousand_calls_share_one_fetch() {
    both(async |kind| {
        // Without sockets: a process may have only a thousand of them.
        let provider = Rotating(Arc::new(Mutex::new([Credential::new(SECRET_ID, SECRET_KEY)].into())));
        let client = Client::builder().provider(provider).transport(Replay::new([ANSWER; 1000])).build_as(kind);
        let mut calls = tokio::task::JoinSet::new();
        for number in 0..1000 {
            calls.spawn(client.send(&DescribeThing::new(number.to_string())));
        }
        // A second fetch would find nothing.
        let failed: Vec<Error> = calls.join_all().await.into_iter().filter_map(Result::err).collect();
        assert!(failed.is_empty(), "{} failed: {}", failed.len(), failed[0]);
    });
}

#[test]
fn a_role_is_assumed_once_and_its_credential_is_used() {
    both(async |kind| {
        use tc_apis::sts::{AssumeRole, AssumeRoleProvider, AssumeRoleResponse, Credentials};
        let emulator = emulator().await;
        emulator.on::<AssumeRole>(|request: AssumeRole| {
            assert_eq!(request.role_session_name, "nightly");
            assert_eq!(request.policy.as_deref(), Some("%7B%22version%22%3A%222%2E0%22%7D"));
            let expired = tc_core::Clock::now(&tc_core::SystemClock).as_unix() + 3600;
            AssumeRoleResponse::new(Credentials::new("role-token", "AKIDrole", "role-key"), expired)
        });
        emulator.add_temporary_key("AKIDrole", "role-key", "role-token");
        let role = AssumeRoleProvider::new(emulator.client(), "qcs::cam::uin/1:roleName/r")
            .session_name("nightly")
            .external_id("TOPSECRET")
            .policy(r#"{"version":"2.0"}"#);
        let client = direct(&emulator).provider(role.clone()).build_as(kind);
        assert!(!format!("{role:?} {client:?}").contains("TOPSECRET"));
        for _ in 0..3 {
            client.send(&DescribeThing::new("x")).await.unwrap();
        }
        let received = emulator.received();
        let called: Vec<(&str, &str)> =
            received.iter().map(|one| (one.action.as_str(), one.secret_id.as_str())).collect();
        let as_role = ("DescribeThing", "AKIDrole");
        assert_eq!(called, [("AssumeRole", SECRET_ID), as_role, as_role, as_role]);
    });
}

#[test]
fn an_error_of_assume_role_contains_the_message_of_the_cloud() {
    both(async |kind| {
        use tc_apis::sts::{AssumeRole, AssumeRoleProvider};
        let emulator = emulator().await;
        emulator.register::<AssumeRole>().inject(Fault::code("UnauthorizedOperation"));
        let role = AssumeRoleProvider::new(emulator.client(), "qcs::cam::uin/1:roleName/r");
        let client = direct(&emulator).provider(role).build_as(kind);
        let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("role qcs::cam::uin/1:roleName/r cannot be assumed: UnauthorizedOperation"), "{text}");
        assert!(matches!(error.kind(), ErrorKind::Credential(_)));
    });
}

#[test]
fn an_incomplete_response_to_assume_role_is_an_error() {
    both(async |kind| {
        use serde_json::{Value, json};
        use tc_apis::sts::AssumeRoleProvider;
        use tc_core::emulator::Reply;
        let whole = json!({
            "Credentials": {"Token": "t", "TmpSecretId": "AKIDrole", "TmpSecretKey": "k"}, "ExpiredTime": 4_000_000_000_i64,
        });
        for (path, message) in [
            ("/Credentials/Token", "the response has no `Token`"),
            ("/ExpiredTime", "the response has no `ExpiredTime`"),
            ("/Credentials/TmpSecretKey", "the SecretKey is empty"),
            ("/Credentials/TmpSecretId", "the SecretId is empty"),
        ] {
            let (parent, name) = path.rsplit_once('/').unwrap();
            let mut response = whole.clone();
            response.pointer_mut(parent).and_then(Value::as_object_mut).unwrap().remove(name);
            let emulator = emulator().await;
            emulator.answer("sts", "2018-08-13", "AssumeRole", move |_: Value| Reply::json(response.clone()));
            let role = AssumeRoleProvider::new(emulator.client(), "qcs::cam::uin/1:roleName/r");
            let client = direct(&emulator).provider(role).build_as(kind);
            let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
            assert!(error.to_string().contains(message), "{path}: {error}");
            assert!(matches!(error.kind(), ErrorKind::Credential(_)));
            assert_eq!(emulator.received().len(), 1, "{path}");
        }
    });
}

#[test]
fn a_refused_connection_of_assume_role_is_recognised() {
    both(async |kind| {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let inner = Client::builder().credential(Credential::new("AKIDX", "key")).proxy(Proxy::None);
        let inner = inner.endpoint(format!("http://{closed}").as_str()).retry(RetryPolicy::none()).build().unwrap();
        let role = tc_apis::sts::AssumeRoleProvider::new(inner, "qcs::cam::uin/1:roleName/r");
        let error = Client::builder().provider(role).build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
        assert!(error.is_connect() && !error.is_timeout() && error.is_unsent(), "{error}");
    });
}

/// An error response for an expired signature, with `date` as the time of the server.
fn refusal(date: &str) -> http::Response<&'static str> {
    let body = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"m"},"RequestId":"r"}}"#;
    http::Response::builder().header("date", date).body(body).unwrap()
}

const ANSWER: &str = r#"{"Response":{"Name":"x","RequestId":"r"}}"#;
const TODAY: &str = "Tue, 14 Nov 2023 22:13:20 GMT";
const TOMORROW: &str = "Wed, 15 Nov 2023 22:13:20 GMT";

#[test]
fn corrections_of_the_clock_use_the_retry_budget() {
    both(async |kind| {
        // The clock of the server is different at each request, so each call is corrected once, until the budget is used up.
        let replay = Replay::default();
        let policy = RetryPolicy::default().budget(3);
        let client =
            Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone()).retry(policy);
        let client = client.clock(Timestamp::from_unix(1_700_000_000)).build_as(kind);
        let mut attempts = Vec::new();
        for call in 0..10 {
            let date = if call % 2 == 0 { TOMORROW } else { TODAY };
            replay.push(refusal(date));
            let before = replay.requests().len();
            replay.push(refusal(if call % 2 == 0 { TODAY } else { TOMORROW }));
            client.send(&DescribeThing::new("x")).await.unwrap_err();
            attempts.push(replay.requests().len() - before);
            if attempts[call] == 1 {
                // The response that was not requested.
                let request = http::Request::post("http://x/").body(bytes::Bytes::new()).unwrap();
                replay.send(request).await.ok();
            }
        }
        assert_eq!(attempts.iter().filter(|attempts| **attempts == 2).count(), 3, "{attempts:?}");
    });
}

#[test]
fn renewed_credentials_use_the_retry_budget() {
    both(async |kind| {
        let emulator = emulator().await;
        emulator.inject(Fault::code("AuthFailure.TokenFailure").always());
        let credentials = (0..20).map(|number| Credential::new(format!("AKID{number}"), "key"));
        let provider = Rotating(Arc::new(Mutex::new(credentials.collect())));
        let client = direct(&emulator).provider(provider).retry(RetryPolicy::default().budget(3));
        let client = client.build_as(kind);
        let mut attempts = Vec::new();
        for _ in 0..6 {
            attempts.push(client.send(&DescribeThing::new("x")).await.unwrap_err().attempts());
        }
        assert_eq!(attempts, [2, 2, 2, 1, 1, 1]);
    });
}

/// Returns temporary credentials of two hours, and counts them.
#[derive(Debug, Clone, Default)]
struct TwoHours(Arc<AtomicUsize>);

const NOW: i64 = 1_700_000_000;

impl ProvideCredential for TwoHours {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let credential = Credential::new("AKIDX", "key").with_token("token");
        Box::pin(async { Ok(credential.with_expiry(Timestamp::from_unix(NOW + 7200).into())) })
    }
}

#[test]
fn a_wrong_date_of_the_server_does_not_make_every_call_fetch_a_credential() {
    both(async |kind| {
        for date in [
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 31 Dec 2099 23:59:59 GMT",
            "Sun, 14 Nov 2038 22:13:20 GMT",
            TOMORROW,
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Tue, 14 Nov 2017 22:13:20 GMT",
        ] {
            for flips in [false, true] {
                let (replay, provider) = (Replay::default(), TwoHours::default());
                let client = Client::builder().provider(provider.clone()).clock(Timestamp::from_unix(NOW));
                let client = client.transport(replay.clone()).build_as(kind);
                for call in 0..20 {
                    replay.push(refusal(if flips && call % 2 == 1 { TODAY } else { date }));
                    replay.push(ANSWER);
                    client.send(&DescribeThing::new("x")).await.ok();
                }
                let fetched = provider.0.load(Ordering::SeqCst);
                assert!(fetched <= 3, "{date}: {fetched} fetches for 20 calls");
            }
        }
    });
}

#[test]
fn an_implausible_date_of_the_server_is_ignored() {
    both(async |kind| {
        for date in ["Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
            let replay = Replay::new([refusal(date)]);
            replay.push(ANSWER);
            let client = Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone());
            let client = client.clock(Timestamp::from_unix(NOW)).build_as(kind);
            let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
            assert_eq!((error.code().unwrap().as_str(), error.attempts()), ("AuthFailure.SignatureExpire", 1));
            client.send(&DescribeThing::new("x")).await.unwrap();
            assert!(replay.requests().iter().all(|request| request.headers()["x-tc-timestamp"] == NOW.to_string()));
        }
    });
}

/// Serves the date of today and of tomorrow in turns, on a socket, with an error response for an expired signature. Returns its
/// URL and the number of its requests.
fn clock_that_jumps() -> (String, Arc<AtomicUsize>) {
    let requests = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&requests);
    let url = tc_tests::server::keep_alive(move || {
        let date = if counted.fetch_add(1, Ordering::SeqCst) % 2 == 0 { TOMORROW } else { TODAY };
        let body = refusal(date).into_body();
        format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    });
    (url, requests)
}

#[test]
fn a_server_whose_date_jumps_does_not_double_the_calls() {
    both(async |kind| {
        use tc_core::transport::{HyperTransport, ReqwestTransport, TransportOptions};
        let options = TransportOptions::default().proxy(Proxy::None);
        let both: [Arc<dyn Transport>; 2] =
            [Arc::new(ReqwestTransport::new(&options).unwrap()), Arc::new(HyperTransport::new(&options).unwrap())];
        for transport in both {
            for provider in [false, true] {
                let (url, requests) = clock_that_jumps();
                let (two_hours, policy) = (TwoHours::default(), RetryPolicy::default().budget(3));
                let client = Client::builder().endpoint(&url).transport(transport.clone()).retry(policy);
                let client = client.clock(Timestamp::from_unix(NOW));
                let client = if provider {
                    client.provider(two_hours.clone())
                } else {
                    client.credential(Credential::new("AKIDX", "key"))
                };
                let client = client.build_as(kind);
                for _ in 0..40 {
                    let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
                    assert_eq!(error.code().unwrap().as_str(), "AuthFailure.SignatureExpire");
                }
                assert_eq!(requests.load(Ordering::SeqCst), 43, "40 calls, and 3 corrections");
                assert!(two_hours.0.load(Ordering::SeqCst) <= 3);
            }
        }
    });
}
