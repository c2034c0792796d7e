//! Responses of a hostile server: every call ends with a response or an error, and takes no more memory than a documented multiple
//! of the limit for responses.
//!
//! Memory is measured per process, so each response is read in a separate process, which runs this test for one case.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use tc_core::chrono::{DateTime, Utc};
use tc_core::transport::{BodyLimits, HyperTransport, Proxy, ReqwestTransport, Transport, TransportOptions};
use tc_core::{AnyAction, Client, Credential, Error, RetryPolicy, tc_action, tc_model};

use crate::client::caller::{self, BuildAs, Caller, Kind};

const LIMIT: usize = 512 << 10;

/// The multiple documented by `BodyLimits`, and the memory of a client before it receives anything.
const MOST: usize = 64 * LIMIT + (16 << 20);

/// Reads a tree.
#[tc_action(service = "demo", version = "2020-01-01", response = Tree)]
struct DescribeTree {}

/// Has a response with only a RequestId.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct DescribeNothing {}

#[tc_model]
struct Tree {
    name: String,
    count: Option<u64>,
    children: Vec<Tree>,
    large: Vec<Large>,
    texts: Vec<String>,
    times: Vec<DateTime<Utc>>,
    any: serde_json::Value,
    boxed: Option<Box<Tree>>,
}

/// A struct of 480 bytes.
#[tc_model]
struct Large {
    a: String,
    b: String,
    c: String,
    d: String,
    e: String,
    f: String,
    g: String,
    h: String,
    i: String,
    j: String,
    k: String,
    l: String,
    m: String,
    n: String,
    o: String,
    p: String,
    q: String,
    r: String,
    s: String,
    t: String,
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

/// Returns a body of the maximum length that repeats `item` between `before` and `after`.
fn repeated(before: &str, item: &str, after: &str) -> Vec<u8> {
    let times = (LIMIT - before.len() - after.len()) / (item.len() + 1);
    format!("{before}{}{after}", vec![item; times].join(",")).into_bytes()
}

fn long(text: &str) -> String {
    text.repeat((LIMIT - 1000) / text.len())
}

fn nested(open: &str, close: &str) -> String {
    let times = (LIMIT - 1000) / (open.len() + close.len());
    open.repeat(times) + &close.repeat(times)
}

/// The hostile responses: name, whether it is compressed, body.
fn responses() -> Vec<(&'static str, bool, Vec<u8>)> {
    let member = |content: String| format!(r#"{{"Response":{{{content}}}}}"#).into_bytes();
    let list = |before: &str, item: &str| repeated(&format!(r#"{{"Response":{{{before}["#), item, "]}}");
    let deep_children = nested(r#"{"Children":["#, "]}");
    vec![
        ("a coercion an item", false, list(r#""Texts":"#, "0")),
        ("unreadable items", false, list(r#""Texts":"#, "{}")),
        ("empty structs", false, list(r#""Large":"#, "{}")),
        ("empty structs, coerced", false, list(r#""Count":"1","Large":"#, "{}")),
        ("null structs", false, list(r#""Large":"#, "null")),
        ("lists of one struct", false, list(r#""Children":"#, r#"{"Large":[{}]}"#)),
        ("boxes", false, list(r#""Children":"#, r#"{"Boxed":{}}"#)),
        ("times as numbers", false, list(r#""Times":"#, "1538359200")),
        ("objects in free JSON", false, list(r#""Any":"#, r#"{"":0}"#)),
        ("lists in free JSON", false, list(r#""Any":"#, "[[],0]")),
        ("numbers beyond 64 bits", false, list(r#""Any":"#, "18446744073709551616")),
        ("a deep tree", false, member(format!(r#""Children":[{deep_children}]"#))),
        ("a deep tree, coerced", false, member(format!(r#""Count":"1","Children":[{deep_children}]"#))),
        ("a deep tree that is not read", false, member(format!(r#""Name":"x","Other":{}"#, nested("[", "]")))),
        (
            "a wide tree, coerced",
            false,
            list(r#""Count":"1","Children":"#, &format!("{}{}", r#"{"Children":["#.repeat(20), "]}".repeat(20))),
        ),
        ("unread members", false, list(r#""CHILDREN":0,"Children":"#, r#"{"x":0,"COUNT":1}"#)),
        ("half surrogate pairs", false, list(r#""Texts":"#, r#""\ud800""#)),
        (
            "bytes that are not UTF-8",
            false,
            [br#"{"Response":{"Name":""#.to_vec(), vec![0xFF; LIMIT - 100], br#""}}"#.to_vec()].concat(),
        ),
        (
            "a long error response",
            false,
            member(format!(r#""Error":{{"Code":"{0}","Message":"{0}"}}"#, r"a\u001b\n".repeat(LIMIT / 20))),
        ),
        ("an error response of another shape", false, member(format!(r#""Error":"{}""#, long(r"a\u001b\n")))),
        (
            "a deep error response",
            false,
            member(format!(r#""Error":{}"#, nested(r#"{"Code":"#, "}").replace(":}", ":0}"))),
        ),
        (
            "the old form",
            false,
            format!(r#"{{"codeDesc":"{0}","message":"{0}"}}"#, "y".repeat(LIMIT / 2 - 100)).into_bytes(),
        ),
        ("a long RequestId", false, member(format!(r#""RequestId":"{}""#, long(r"a\u001b\n")))),
        ("a long warning", false, member(format!(r#""DeprecatedWarning":"{}""#, long(r"a\u001b\n")))),
        ("a long foreign name", false, member(format!(r#""{}":0"#, long(r"a\u001b\n")))),
        ("no JSON", false, long("<html>\u{1b}[31m\r\n").into_bytes()),
        ("a bomb", true, gzip(&vec![b' '; 100 << 20])),
        ("empty members of gzip", true, gzip(b"").repeat(LIMIT / 20 - 1)),
    ]
}

/// Starts a server that sends `body` to every connection, for as long as the process runs.
fn serve(body: Vec<u8>, zipped: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = Arc::new(body);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let body = body.clone();
            std::thread::spawn(move || answer(stream.unwrap(), &body, zipped));
        }
    });
    url
}

fn answer(mut stream: TcpStream, body: &[u8], zipped: bool) -> Option<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.ends_with(b"{}") {
        let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&buffer[..read]);
    }
    let encoding = if zipped { "content-encoding: gzip\r\n" } else { "" };
    let head = format!("HTTP/1.1 200 OK\r\n{encoding}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

/// Returns the memory of this process: the maximum, and the current amount. Some systems do not report the maximum.
fn memory() -> Option<(usize, usize)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1024)
    };
    Some((of("VmHWM:")?, of("VmRSS:")?))
}

/// Returns the error as text, and checks that it has no control character.
#[track_caller]
fn printable(error: &Error) -> String {
    for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        let forged =
            text.chars().any(|character| character.is_control() && character != '\n') || text.lines().count() > 20;
        assert!(text.len() < 16_000 && !forged, "{} bytes: {text:.2000}", text.len());
    }
    assert!(!error.to_string().contains('\n'));
    format!("{error:.120}")
}

#[cfg(target_os = "linux")]
#[test]
fn one_case_in_a_separate_process() {
    let Ok(url) = std::env::var("TC_HOSTILE") else { return };
    let options = TransportOptions::default().proxy(Proxy::None);
    let transport: Arc<dyn Transport> = match std::env::var("TC_HOSTILE_TRANSPORT").as_deref() {
        Ok("hyper") => Arc::new(HyperTransport::new(&options).unwrap()),
        _ => Arc::new(ReqwestTransport::new(&options).unwrap()),
    };
    let blocking = std::env::var("TC_HOSTILE_CLIENT").is_ok_and(|kind| kind == "Blocking");
    let kind = if blocking { Kind::Blocking } else { Kind::Async };
    caller::with(kind, &async |kind| {
        let client = Client::builder()
            .credential(Credential::new("AKIDX", "key"))
            .endpoint(url.as_str())
            .transport(Arc::clone(&transport))
            .response_limits(BodyLimits { bytes: LIMIT, ratio: 200 })
            .retry(RetryPolicy::none())
            .timeout(Duration::from_mins(5))
            .attempt_timeout(Duration::from_mins(5))
            .build_as(kind);
        one_case(&client).await;
    });
}

#[cfg(target_os = "linux")]
async fn one_case(client: &Caller) {
    let before = memory();
    let tree = client.send(&DescribeTree::new()).await.map(|found| found.coercion_count());
    println!("typed: {:?}", tree.map_err(|error| printable(&error)));
    let nothing = client.send(&DescribeNothing::new()).await.map(|found| found.unread().len());
    println!("(): {:?}", nothing.map_err(|error| printable(&error)));
    let any = AnyAction::new("demo", "2020-01-01", "DescribeAny");
    let any = client.send(&any).await.map(|found| found.coercion_count());
    println!("JSON: {:?}", any.map_err(|error| printable(&error)));
    let (Some((_, before)), Some((most, _))) = (before, memory()) else {
        return println!("memory: SKIPPED, because this system does not report the maximum");
    };
    let most = most - before;
    println!("memory: {} MiB, {} times the limit", most >> 20, most / LIMIT);
    assert!(most < MOST, "{most} bytes");
}

#[cfg(target_os = "linux")]
#[test]
fn every_response_takes_limited_memory_and_time() {
    for (name, zipped, body) in responses() {
        assert!(body.len() <= LIMIT, "{name}: {}", body.len());
        let url = serve(body, zipped);
        for (transport, kind) in [("hyper", Kind::Async), ("reqwest", Kind::Async), ("hyper", Kind::Blocking)] {
            let output = tc_tests::process::of_test(module_path!(), "one_case_in_a_separate_process")
                .envs([("TC_HOSTILE", url.as_str()), ("TC_HOSTILE_TRANSPORT", transport)])
                .env("TC_HOSTILE_CLIENT", format!("{kind:?}"))
                .output()
                .unwrap();
            let stdout = String::from_utf8_lossy(&output.stdout);
            println!("{name}, {transport}, {kind:?} client\n{stdout}");
            let complained = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && stdout.contains("memory: "), "{name}: {stdout}{complained}");
        }
    }
}
