//! The logs of the client: names, sizes and codes, and never a secret.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use tc_core::emulator::{Emulator, ErrorResponse, Fault};
use tc_core::provider::{Environment, HostEnvironment};
use tc_core::transport::{Body, BoxFuture, Replay, Transport, TransportError};
use tc_core::{AnyAction, Client, Credential, Method, RetryPolicy, SignatureMethod};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::client::actions::{self, CreateThing, DescribeThing, Thing};
use crate::client::caller::{BuildAs, both};

const KEY: &str = "KEYKEYKEYSECRET";
const TOKEN: &str = "TOKENTOKENSECRET";
const PASSWORD: &str = "PASSWORDSECRET";
const ANSWERED: &str = "ANSWEREDSECRET";

/// The log since it was created.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// Records all events of all crates.
fn record() -> (Log, impl Sized) {
    record_at(LevelFilter::TRACE)
}

/// A second subscriber, which stays for the whole process and records nothing.
///
/// If a process has only one subscriber, and it belongs to one thread, `tracing` remembers for all threads that the events which
/// another thread reaches first are not recorded.
static SECOND: LazyLock<tracing::Dispatch> = LazyLock::new(|| tracing::Dispatch::new(tracing_subscriber::registry()));

fn record_at(level: LevelFilter) -> (Log, impl Sized) {
    LazyLock::force(&SECOND);
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    (log, tracing_subscriber::util::SubscriberInitExt::set_default(subscriber))
}

#[track_caller]
fn clean(what: &str, text: &str) {
    for secret in [KEY, TOKEN, PASSWORD, ANSWERED] {
        assert!(!text.contains(secret), "{what} shows {secret}:\n{text}");
    }
}

/// The text of an error and its sources.
fn shown(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut next = error.source();
    while let Some(cause) = next {
        text += &[cause.to_string(), format!("{cause:?}")].join("\n");
        next = cause.source();
    }
    text
}

async fn cloud() -> Emulator {
    let emulator = Emulator::builder().temporary_key("AKIDX", KEY, TOKEN).start().await.unwrap();
    actions::register(&emulator);
    emulator.on::<CreateThing>(|request: CreateThing| Thing::new(request.name).secret(ANSWERED));
    emulator
}

#[test]
fn logs_and_errors_show_no_secret() {
    both(async |kind| {
        let (log, _listening) = record();
        let faults = [
            None,
            Some(Fault::code("RequestLimitExceeded").times(2)),
            Some(Fault::code("InternalError").always()),
            Some(Fault::code("AuthFailure.TokenFailure").always()),
            Some(Fault::code("AuthFailure.SignatureExpire").always()),
            Some(Fault::ResetOnConnect.always()),
            Some(Fault::ResetInRequest.always()),
            Some(Fault::ResetAfterRequest.always()),
            Some(Fault::CloseInBody.always()),
            Some(Fault::CloseInChunks.always()),
            Some(Fault::Silence.always()),
            Some(Fault::Drip { every: Duration::from_millis(30) }.always()),
            Some(Fault::Html(502).always()),
            Some(Fault::EmptyBody.always()),
            Some(Fault::TruncatedJson.always()),
            Some(Fault::NoResponse.always()),
            Some(Fault::ErrorAndData("InternalError".into()).always()),
            Some(Fault::ErrorWithoutRequestId("InternalError".into()).always()),
            Some(Fault::Redirect("http://127.0.0.1:1/".into()).always()),
            Some(Fault::Gzip.always()),
            Some(Fault::GzipBomb(100 << 20).always()),
            Some(Fault::ManyHeaders.always()),
        ];
        for fault in faults {
            for (method, signature) in [
                (Method::Post, SignatureMethod::Tc3),
                (Method::Get, SignatureMethod::Tc3),
                (Method::Get, SignatureMethod::HmacSha256),
                (Method::Post, SignatureMethod::HmacSha1),
            ] {
                let emulator = cloud().await;
                if let Some(fault) = fault.clone() {
                    emulator.inject(fault);
                }
                let client = emulator
                    .client_builder()
                    .method(method)
                    .signature(signature)
                    .attempt_timeout(Duration::from_millis(60))
                    .retry(RetryPolicy::default().backoff(Duration::ZERO, Duration::ZERO))
                    .build_as(kind);
                clean("the client", &format!("{client:?} {client:#?}"));
                let action = CreateThing::new("x").password(PASSWORD);
                clean("the action", &format!("{action:?} {action:#?}"));
                let pending = client.call(&action).timeout(Duration::from_millis(500));
                clean("the call", &format!("{pending:?}"));
                match pending.send().await {
                    Ok(answer) => clean("the answer", &format!("{answer:?} {answer:#?}")),
                    Err(error) => clean("the error", &shown(&error)),
                }
                clean("the record", &format!("{:?}", emulator.received()));
                let any = AnyAction::new("demo", "2020-01-01", "CreateThing")
                    .params(serde_json::json!({"Name": "x", "Password": PASSWORD}));
                clean("any action", &format!("{any:?}"));
                if let Err(error) = client.send(&any).await {
                    clean("the error of any action", &shown(&error));
                }
            }
        }
        // A message of the server may repeat a value that was sent; it is in the error, but not in the log.
        let emulator = cloud().await;
        emulator.on::<DescribeThing>(|_: DescribeThing| -> Result<Thing, ErrorResponse> {
            Err(ErrorResponse::new("InvalidParameter", format!("{PASSWORD} is not a password")))
        });
        let error = emulator.build_as(kind).send(&DescribeThing::new("x")).await.unwrap_err();
        assert!(error.to_string().contains(PASSWORD));
        let text = log.text();
        assert!(text.contains("tencentcloud.call") && text.contains("another attempt follows"), "{text}");
        clean("the log", &text);
    });
}

#[test]
fn panics_show_no_secret() {
    both(async |kind| {
        #[derive(Debug)]
        struct Panics;
        impl Transport for Panics {
            fn send(
                &self,
                request: http::Request<bytes::Bytes>,
            ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
                Box::pin(
                    async move { panic!("a transport of somebody's: {:?} {:?}", request.uri(), request.headers()) },
                )
            }
        }
        let (log, _listening) = record();
        let client = Client::builder()
            .credential(Credential::new("AKIDX", KEY).with_token(TOKEN))
            .transport(Panics)
            .build_as(kind);
        let call = client.send(&CreateThing::new("x").password(PASSWORD));
        let panic = tokio::spawn(call).await.unwrap_err();
        let text = panic.into_panic().downcast::<String>().unwrap();
        assert!(text.contains("Sensitive"), "{text}");
        clean("the panic", &text);
        clean("the log", &log.text());
    });
}

#[test]
fn errors_about_a_credential_do_not_show_it() {
    both(async |kind| {
        let (log, _listening) = record();
        for broken in [format!("\"{KEY}\""), format!("{KEY} "), format!("{KEY}\u{7}"), format!("é{KEY}")] {
            let error = Client::builder().credential(Credential::new("AKIDX", &broken)).build().unwrap_err();
            clean("the error", &shown(&error));
            let environment =
                HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDX").var("TENCENTCLOUD_SECRET_KEY", broken);
            let client = Client::builder().provider(Environment::of(environment)).build_as(kind);
            let error = client.send(&DescribeThing::new("x")).await.unwrap_err();
            clean("the error", &shown(&error));
            clean("the client", &format!("{client:?}"));
        }
        clean("the log", &log.text());
    });
}

#[test]
fn a_zone_in_place_of_a_region_logs_a_warning_with_the_region() {
    both(async |kind| {
        let action = DescribeThing::new("x");
        for (zone, region) in [
            ("ap-guangzhou-3", "ap-guangzhou"),
            ("ap-shanghai-fsi-1", "ap-shanghai-fsi"),
            ("na-siliconvalley-2", "na-siliconvalley"),
            ("ap-hangzhou-ec-12", "ap-hangzhou-ec"),
        ] {
            let (log, _listening) = record();
            let client = Client::builder().region(zone).build_as(kind);
            let expected = format!("`{zone}` is an availability zone, not a region: the region is `{region}`");
            assert_eq!(log.text().matches(&expected).count(), 1, "{}", log.text());
            drop(client.call(&action).region(zone));
            assert_eq!(log.text().matches(&expected).count(), 2, "{}", log.text());
        }
        let (log, _listening) = record();
        for region in [
            "ap-guangzhou",
            "ap-shanghai-fsi",
            "ap-beijing-fsi",
            "na-siliconvalley",
            "ap-shanghai-adc",
            "ap-guangzhou-open",
            "sa-saopaulo",
            "me-saudi-arabia",
            "100003",
        ] {
            let client = Client::builder().region(region).build_as(kind);
            drop(client.call(&action).region(region));
        }
        assert!(!log.text().contains("availability zone"), "{}", log.text());
    });
}

#[test]
fn a_call_is_a_span_with_names_of_opentelemetry() {
    both(async |kind| {
        let (log, _listening) = record();
        let emulator = cloud().await;
        emulator.inject(Fault::code("InternalError"));
        let client = emulator.client_builder().region("ap-guangzhou").build_as(kind);
        let answer = client.send(&DescribeThing::new("x")).await.unwrap();
        let text = log.text();
        for word in [
            "otel.name=demo/DescribeThing",
            "rpc.system.name=\"tencentcloud\"",
            "rpc.method=demo/DescribeThing",
            "cloud.region=\"ap-guangzhou\"",
            "http.request.method=\"POST\"",
            "server.address=\"127.0.0.1\"",
            "http.request.body.size=12",
            "http.response.status_code=200",
            "error.type=\"InternalError\"",
            "http.request.resend_count=1",
            &format!("tencentcloud.request_id=\"{}\"", answer.request_id()),
        ] {
            assert!(text.contains(word), "{word} is not in:\n{text}");
        }
    });
}

#[test]
fn the_span_of_a_call_that_succeeds_after_a_retry_has_no_error() {
    both(async |kind| {
        for level in [LevelFilter::INFO, LevelFilter::DEBUG, LevelFilter::TRACE] {
            let (log, listening) = record_at(level);
            let emulator = cloud().await;
            emulator.inject(Fault::code("InternalError"));
            emulator.build_as(kind).send(&DescribeThing::new("x")).await.unwrap();
            drop(listening);
            let text = log.text();
            let closed =
                text.lines().filter(|line| line.contains(": close") && !line.contains("tencentcloud.attempt{"));
            let closed: Vec<&str> = closed.filter(|line| line.contains("tencentcloud.call{")).collect();
            assert!(!closed.is_empty(), "{text}");
            for line in closed {
                assert!(line.contains("otel.status_code=\"OK\"") && !line.contains("error.type"), "{level}: {line}");
            }
        }
    });
}

#[test]
fn the_span_of_the_caller_is_not_changed() {
    both(async |kind| {
        let (log, listening) = record_at(LevelFilter::WARN);
        let emulator = cloud().await;
        emulator.inject(Fault::code("InternalError"));
        let own =
            tracing::warn_span!("own", error.type = tracing::field::Empty, http.request.method = tracing::field::Empty);
        tracing::Instrument::instrument(emulator.build_as(kind).send(&DescribeThing::new("x")), own).await.unwrap();
        drop(listening);
        assert!(log.text().contains("own") && !log.text().contains("own{"), "{}", log.text());
    });
}

#[test]
fn fields_without_a_value_are_not_logged() {
    both(async |kind| {
        let (log, listening) = record_at(LevelFilter::DEBUG);
        let emulator = cloud().await;
        emulator.build_as(kind).send(&DescribeThing::new("x")).await.unwrap();
        let answers = [r#"{"Response":{"Name":"x"}}"#, r#"{"Response":{"Error":{"Code":"InvalidParameter"}}}"#];
        let replay = tc_core::transport::Replay::new(answers);
        let client = Client::builder().credential(Credential::new("AKIDX", KEY)).transport(replay).build_as(kind);
        client.send(&DescribeThing::new("x")).await.unwrap();
        client.send(&DescribeThing::new("x")).await.unwrap_err();
        drop(listening);
        let text = log.text();
        for line in text.lines().filter(|line| line.contains("tencentcloud")) {
            assert!(!line.contains("=\"\"") && !line.contains("= ") && !line.contains("=}"), "{line}");
        }
        assert!(text.contains("tencentcloud.call") && !text.contains("cloud.region"), "{text}");
    });
}

#[test]
fn text_of_a_server_cannot_forge_a_line_of_the_log() {
    both(async |kind| {
        let forged = r"a\u001b[2J\nINFO all is well\r\u009b".repeat(1000);
        let long = |members: &str| format!(r#"{{"Response":{{{members}}}}}"#).replace("TEXT", &forged);
        let (written, _listening) = record();
        let mut shown = Vec::new();
        for body in [
            long(r#""Error":{"Code":"TEXT","Message":"TEXT"},"RequestId":"TEXT""#),
            long(r#""Error":"TEXT","RequestId":"TEXT""#),
            long(r#""Error":{"TEXT":"TEXT"}"#),
            long(r#""TEXT":1,"RequestId":"TEXT""#),
            long(r#""Name":{"TEXT":"TEXT"}"#),
            long(r#""Name":1,"RequestId":"TEXT","DeprecatedWarning":"TEXT","NAME":"TEXT","TEXT":"TEXT""#),
            forged.replace(r"\u001b", "\u{1b}").replace(r"\n", "\n"),
        ] {
            let client = Client::builder().credential(Credential::new("AKIDX", KEY)).transport(Replay::new([body]));
            match client.retry(RetryPolicy::none()).build_as(kind).send(&DescribeThing::new("x")).await {
                Ok(found) => {
                    let all = (found.deprecated_warning(), found.request_id(), found.coercions(), found.unread());
                    shown.push(format!("{all:?}"));
                    shown.extend(found.coercions().iter().map(ToString::to_string));
                }
                Err(error) => shown.push(format!("{error}\n{error:?}\n{:?}\n{error:#?}", error.request_id())),
            }
        }
        for text in [&shown.join("\n"), &written.text()] {
            let forged = |line: &&str| line.contains(['\u{1b}', '\u{9b}', '\r']) || line.starts_with("INFO");
            assert_eq!(text.lines().find(forged), None);
            let longest = text.lines().map(str::len).max().unwrap();
            assert!((100..16_000).contains(&longest), "{longest}");
        }
    });
}

#[test]
fn differing_members_are_logged_once_and_only_by_name() {
    both(async |kind| {
        let (log, _listening) = record_at(LevelFilter::DEBUG);
        let body = r#"{"Response":{"NAME":"ANSWEREDSECRET","Other":1,"Secret":"ANSWEREDSECRET","RequestId":"r-1"}}"#;
        let client =
            Client::builder().credential(Credential::new("AKIDX", KEY)).transport(Replay::new([body])).build_as(kind);
        client.send(&DescribeThing::new("x")).await.unwrap();
        let text = log.text();
        clean("the log", &text);
        let lines: Vec<&str> =
            text.lines().filter(|line| line.contains("the response differs from its struct")).collect();
        assert_eq!(lines.len(), 1, "{text}");
        for word in ["Thing", r#"missing=["Name"]"#, r#"unread=["NAME", "Other"]"#, "`name` reads `Name`"] {
            assert!(lines[0].contains(word), "{word}: {}", lines[0]);
        }
    });
}
