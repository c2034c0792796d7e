//! The clock, temporary credentials that expire, and the metadata service they come from.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tc_core::provider::{CvmRole, ProvideCredential, ProviderError};
use tc_core::transport::BoxFuture;
use tc_core::{Client, Credential};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::faults::row::{Case, Outcome, emulator, staged};

staged! { ROWS:
    a_clock_ten_minutes_off "the clock is ten minutes slow" => slow_clock,
    a_clock_that_was_learned "the same, next call" => learned_clock,
    an_expired_token "the token has expired; the provider has a new one (only in the first two columns)" => expired_token,
}

staged! { METADATA:
    a_metadata_service_that_hangs "no response" => hanging,
    a_metadata_service_that_answers_html "HTML" => html,
    a_metadata_service_that_denies "status 403" => denying,
    a_metadata_service_whose_credential_has_expired "an expired credential" => outdated,
}

async fn slow_clock(case: Case) -> Outcome {
    let emulator = emulator().await;
    emulator.shift_clock(600);
    case.outcome(&case.client(&emulator).build().expect("a client")).await
}

async fn learned_clock(case: Case) -> Outcome {
    let emulator = emulator().await;
    emulator.shift_clock(600);
    let client = case.client(&emulator).build().expect("a client");
    assert_eq!(case.outcome(&client).await, Outcome { attempts: 2, error: None });
    case.outcome(&client).await
}

/// Returns one temporary credential after the other.
#[derive(Debug, Default)]
struct Temporary(AtomicUsize);

const KEYS: [&str; 3] = ["AKIDfirst", "AKIDsecond", "AKIDthird"];

impl ProvideCredential for Temporary {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, ProviderError>> {
        let id = KEYS[self.0.fetch_add(1, Ordering::Relaxed) % KEYS.len()];
        Box::pin(async move { Ok(Credential::new(id, "temporary-key").with_token("temporary-token")) })
    }
}

async fn expired_token(case: Case) -> Outcome {
    let emulator = emulator().await;
    for id in KEYS {
        emulator.add_temporary_key(id, "temporary-key", "temporary-token");
    }
    let expired = if case.again { 3 } else { 1 };
    KEYS[..expired].iter().for_each(|id| emulator.expire_key(id));
    let builder = Client::builder().endpoint(emulator.url()).provider(Temporary::default());
    case.outcome(&case.own(builder).build().expect("a client")).await
}

/// Returns status and body for a path.
type Respond = fn(&str) -> (u16, &'static str);

/// A metadata service that responds with `answer`, or not at all.
async fn metadata(answer: Option<Respond>) -> (String, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        let mut held = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => asked.push(byte),
                    Err(_) => break,
                }
            }
            if let Some(answer) = answer {
                let asked = String::from_utf8_lossy(&asked).into_owned();
                let (status, body) = answer(asked.split(' ').nth(1).unwrap_or_default());
                let text =
                    format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
                stream.write_all(text.as_bytes()).await.ok();
            } else {
                held.push(stream);
            }
        }
    });
    (url, serving)
}

/// A call whose credential comes from such a service.
async fn by_role(case: Case, answer: Option<Respond>) -> Outcome {
    let emulator = emulator().await;
    emulator.add_temporary_key("AKIDold", "old-key", "old-token").expire_key("AKIDold");
    let (url, _serving) = metadata(answer).await;
    let role = CvmRole::new().base_url(url).transport((case.transport)(case.options.clone()));
    let builder = Client::builder().endpoint(emulator.url()).provider(role);
    let client = case.own(builder).build().expect("a client");
    let outcome = tokio::time::timeout(Duration::from_mins(1), case.outcome(&client)).await.expect("an end");
    assert!(emulator.received().len() <= outcome.attempts as usize);
    outcome
}

async fn hanging(case: Case) -> Outcome {
    by_role(case, None).await
}

async fn html(case: Case) -> Outcome {
    by_role(case, Some(|_| (200, "<html><body>Welcome to the hotel</body></html>"))).await
}

async fn denying(case: Case) -> Outcome {
    by_role(case, Some(|_| (403, "denied"))).await
}

async fn outdated(case: Case) -> Outcome {
    const OLD: &str = r#"{"TmpSecretId":"AKIDold","TmpSecretKey":"old-key","ExpiredTime":1700007200,"Token":"old-token","Code":"Success"}"#;
    by_role(case, Some(|path| if path.ends_with('/') { (200, "a-role") } else { (200, OLD) })).await
}
