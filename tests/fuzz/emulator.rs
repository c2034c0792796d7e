//! Fuzzes the emulator with raw requests, and with signed requests whose parameters contain any bytes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::{DescribePersonSamples, DescribePersonSamplesResponse};
use tc_core::emulator::{Emulator, SECRET_ID, SECRET_KEY};
use tc_core::signing::{PayloadHash, Signature, StringToSign, Tc3};
use tc_core::{Credential, Method, SignatureMethod, Timestamp};

const NOW: i64 = 1_700_000_000;

/// The number of panics: one in a task of the server does not stop the test by itself.
static PANICS: AtomicU64 = AtomicU64::new(0);

fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            usual(panic);
        }));
        let (ready, host) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let at = chrono::DateTime::from_timestamp(NOW, 0).expect("a time");
                let emulator =
                    Emulator::builder().clock_at(at).without_recording().seed(1).start().await.expect("a port");
                emulator
                    .on::<DescribePersonSamples>(|_: DescribePersonSamples| DescribePersonSamplesResponse::new(0_u64));
                emulator.register::<GetPersonGroupInfo>();
                ready.send(emulator.host().to_owned()).expect("the fuzzer waits");
                std::future::pending::<()>().await;
            });
        });
        host.recv().expect("an emulator")
    })
}

/// The first byte selects the form of the request. The emulator must answer with HTTP and must not panic.
pub(crate) fn target(input: &[u8]) -> String {
    let before = PANICS.load(Ordering::Relaxed);
    let (how, rest) = input.split_first().unwrap_or((&b'r', &[]));
    let answer = match how {
        b'j' => tc3(Method::Post, "application/json", "", rest),
        b'm' => tc3(Method::Post, "multipart/form-data; boundary=b", "", rest),
        b'g' => tc3(Method::Get, "application/x-www-form-urlencoded", &printable(rest), b""),
        b'f' => form(&printable(rest)),
        _ => exchange(rest, true),
    };
    assert_eq!(PANICS.load(Ordering::Relaxed), before, "the emulator panicked");
    let text = String::from_utf8_lossy(&answer);
    let code = text.split("\"Code\":\"").nth(1).and_then(|rest| rest.split('"').next());
    if b"jmgf".contains(how) {
        assert!(text.starts_with("HTTP/1.1 200") && text.contains("\"RequestId\""), "{text}");
    }
    format!("{} {}", char::from(*how), code.unwrap_or(text.lines().next().unwrap_or_default()))
}

/// Percent-encodes all bytes that a request line cannot contain.
fn printable(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| match byte {
        byte if byte.is_ascii_graphic() && !b"#\"<>\\^`{|}".contains(byte) => text + &char::from(*byte).to_string(),
        byte => text + &format!("%{byte:02X}"),
    })
}

fn tc3(method: Method, content_type: &str, query: &str, body: &[u8]) -> Vec<u8> {
    let (host, action) = (host(), "DescribePersonSamples");
    let payload = PayloadHash::of(body);
    let at = Timestamp::from_unix(NOW);
    let mut authorization = Vec::new();
    Tc3 { method, query, content_type, host, action, payload, service: "mps", at }
        .authorize(&Credential::new(SECRET_ID, SECRET_KEY), &mut authorization);
    let authorization = String::from_utf8_lossy(&authorization);
    let head = format!(
        "{method} /?{query} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\nX-TC-Action: {action}\r\n\
         X-TC-Version: 2019-06-12\r\nX-TC-Timestamp: {NOW}\r\nAuthorization: {authorization}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    exchange(&[head.as_bytes(), body].concat(), false)
}

fn form(parameters: &str) -> Vec<u8> {
    let common = format!(
        "Action=DescribePersonSamples&Nonce=1&SecretId={SECRET_ID}&SignatureMethod=HmacSHA256&Timestamp={NOW}\
         &Version=2019-06-12"
    );
    let text = if parameters.is_empty() { common } else { format!("{common}&{parameters}") };
    let pairs = crate::form::parameters(&text).unwrap_or_default();
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let string = StringToSign::of_parameters(Method::Post, host(), "/", pairs);
    let signature = Signature::of_parameters(SignatureMethod::HmacSha256, SECRET_KEY, &string).to_string();
    let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let body = format!("{text}&Signature={signature}");
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        host(),
        body.len()
    );
    exchange(format!("{head}{body}").as_bytes(), false)
}

/// Sends `request` on a new connection, and reads until the server closes it.
///
/// If the request may be incomplete, the client closes its side first, because the server would wait for the rest. A
/// complete request is answered before the server sees the end of the connection.
fn exchange(request: &[u8], may_be_short: bool) -> Vec<u8> {
    let mut stream = TcpStream::connect(host()).expect("the emulator listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    // The server may close before everything is written; its response can still be read.
    let _ = stream.write_all(request);
    if may_be_short {
        let _ = stream.shutdown(std::net::Shutdown::Write);
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}
