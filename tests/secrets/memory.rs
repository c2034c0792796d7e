//! After a call, the memory of a process contains no copy of the session token or the key, not even freed memory. A
//! separate process reads all its memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use bytes::Bytes;
use tc_core::provider::{
    CvmRole, Environment, HostEnvironment, Network, Profile, ProvideCredential, TccliProfile, TkeOidc,
};
use tc_core::transport::{
    Body, BoxFuture, HyperTransport, Proxy, ReqwestTransport, Transport, TransportError, TransportOptions,
};
use tc_core::{AnyAction, Client, Credential, Method, SignatureMethod};

const CASE: &str = "TC_TESTS_MEMORY";
const GATEWAY: &str = "TC_TESTS_MEMORY_GATEWAY";
const FILES: &str = "TC_TESTS_MEMORY_FILES";

/// The characters of a secret, one by one, so that the test itself does not hold the whole secret in memory.
fn secret(kind: u8) -> impl Iterator<Item = u8> {
    (0..160_u32).map(move |at| {
        let mixed = (at + 17).wrapping_mul(2_654_435_761).rotate_left(at % 13) ^ (u32::from(kind) * 40_503);
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[(mixed >> 9) as usize % 64]
    })
}

/// The secret as text, in memory that does not grow.
fn text(kind: u8) -> String {
    let mut text = String::with_capacity(160);
    secret(kind).for_each(|byte| text.push(char::from(byte)));
    text
}

/// The number of copies of the middle of the secret in the memory of this process. The allocator overwrites the first
/// bytes of freed memory, so they are not searched.
fn found(kind: u8) -> usize {
    const PART: std::ops::Range<usize> = 64..104;
    // This buffer is part of the memory that is searched, so it holds one piece at a time and is cleared.
    let mut piece = vec![0_u8; 1 << 16];
    let is_here = |bytes: &[u8]| secret(kind).skip(PART.start).zip(bytes).all(|(expected, byte)| expected == *byte);
    let first = secret(kind).nth(PART.start).unwrap();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = File::open("/proc/self/mem").unwrap();
    let mut count = 0;
    for line in maps.lines().filter(|line| line.split_whitespace().nth(1).is_some_and(|way| way.starts_with("rw"))) {
        let (start, end) = line.split_whitespace().next().unwrap().split_once('-').unwrap();
        let (mut at, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        let own = piece.as_ptr() as u64..piece.as_ptr() as u64 + piece.len() as u64;
        while at < end {
            let size = usize::try_from((end - at).min(1 << 16)).unwrap();
            let read = &mut piece[..size];
            let overlap = PART.len() as u64 - 1;
            if memory.seek(SeekFrom::Start(at)).is_err() || memory.read_exact(read).is_err() {
                break;
            }
            let last = size.saturating_sub(PART.len());
            let hits = (0..=last).filter(|offset| read[*offset] == first && is_here(&read[*offset..]));
            count += hits.filter(|offset| !own.contains(&(at + *offset as u64))).count();
            read.fill(0);
            at += if size < 1 << 16 { size as u64 } else { size as u64 - overlap };
        }
    }
    count
}

/// Drops every request at once.
#[derive(Debug)]
struct DropRequests;

impl Transport for DropRequests {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let host = request.headers()["host"].to_str().unwrap().to_owned();
        let text = format!("{} {:?}", request.uri(), request.headers().get("x-tc-token").map(http::HeaderValue::len));
        assert!(request.uri().query().is_some() || !request.body().is_empty() || text.contains("160"), "{host}");
        zeroize(text);
        Box::pin(std::future::ready(Ok(http::Response::new(Body::from(r#"{"Response":{"RequestId":"r"}}"#)))))
    }
}

/// Overwrites the text of a test.
fn zeroize(text: String) {
    let mut bytes = text.into_bytes();
    bytes.fill(0);
    std::hint::black_box(&bytes);
}

fn call(transport: impl Transport, method: Method, signature: SignatureMethod) {
    let credential = Credential::new("AKIDEXAMPLE", text(1)).with_token(text(2));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::builder().credential(credential).method(method).signature(signature).transport(transport);
    let client = match std::env::var(GATEWAY) {
        Ok(gateway) => client.connect_to(gateway).build().unwrap(),
        Err(_) => client.build().unwrap(),
    };
    let action = AnyAction::new("cvm", "2017-03-12", "DescribeZones").params(serde_json::json!({"Limit": 1}));
    for _ in 0..5 {
        runtime.block_on(client.send(&action)).unwrap();
    }
    // The steps of a signature hold the token too.
    drop(client.sign(&crate::reset(), 1_700_000_000).unwrap());
}

/// The work of the other process before it searches its memory. The control case leaves a copy behind.
fn act(case: &str) {
    let ways = [
        ("tc3 post", Method::Post, SignatureMethod::Tc3),
        ("tc3 get", Method::Get, SignatureMethod::Tc3),
        ("v1 post", Method::Post, SignatureMethod::HmacSha1),
        ("v1 get", Method::Get, SignatureMethod::HmacSha256),
    ];
    if let Some((_, method, signature)) = ways.into_iter().find(|(way, ..)| case.ends_with(way)) {
        let options = TransportOptions::default().proxy(Proxy::None);
        return match case.split_once(": ") {
            Some(("reqwest", _)) => call(ReqwestTransport::new(&options).unwrap(), method, signature),
            Some(_) => call(HyperTransport::new(&options).unwrap(), method, signature),
            None => call(DropRequests, method, signature),
        };
    }
    let read = |provider: &dyn ProvideCredential| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let found = runtime.block_on(provider.credential()).unwrap();
        assert_eq!(found.token().map(str::len), Some(160));
    };
    let home = || HostEnvironment::empty().home(std::env::var(FILES).unwrap());
    match case {
        "control" => drop(std::hint::black_box(text(2))),
        "profile" => read(&Profile::of(home())),
        "tccli" => read(&TccliProfile::of(home())),
        "environment" => {
            let environment = HostEnvironment::empty().var("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE");
            let environment = environment.var("TENCENTCLOUD_SECRET_KEY", text(1)).var("TENCENTCLOUD_TOKEN", text(2));
            let provider = Environment::of(environment);
            read(&provider);
        }
        "role" => {
            let granted = [
                r#"{"TmpSecretId":"AKIDX","ExpiredTime":4000000000,"Code":"Success","TmpSecretKey":""#.to_owned(),
                text(1),
                r#"","Token":""#.to_owned(),
                text(2),
                r#""}"#.to_owned(),
            ];
            let body = granted.concat();
            granted.into_iter().for_each(zeroize);
            read(&CvmRole::new().transport(Metadata(std::sync::Mutex::new(vec![body, "a-role".to_owned()]))));
        }
        "oidc" => {
            let environment = HostEnvironment::empty()
                .var("TKE_REGION", "ap-guangzhou")
                .var("TKE_PROVIDER_ID", "OIDC")
                .var("TKE_ROLE_ARN", "qcs::cam::uin/1:roleName/r")
                .var("TKE_WEB_IDENTITY_TOKEN_FILE", std::env::var(FILES).unwrap() + "/web-token");
            read(&TkeOidc::of(environment).transport(granted_by_sts(false)));
        }
        "oidc, invalid text" => {
            let environment = HostEnvironment::empty()
                .var("TKE_REGION", "ap-guangzhou")
                .var("TKE_PROVIDER_ID", "OIDC")
                .var("TKE_ROLE_ARN", "qcs::cam::uin/1:roleName/r")
                .var("TKE_WEB_IDENTITY_TOKEN_FILE", std::env::var(FILES).unwrap() + "/web-token");
            read(&TkeOidc::of(environment).transport(granted_by_sts(true)));
        }
        "role of a profile" => {
            let provider = Profile::of(home()).named("reader");
            provider.network(&Network::new(granted_by_sts(false)));
            read(&provider);
        }
        "assume role" => {
            let granted = [
                r#"{"Response":{"Credentials":{"TmpSecretId":"AKIDX","TmpSecretKey":""#.to_owned(),
                text(1),
                r#"","Token":""#.to_owned(),
                text(2),
                r#""},"ExpiredTime":4000000000,"RequestId":"r"}}"#.to_owned(),
            ];
            let body = granted.concat();
            granted.into_iter().for_each(zeroize);
            let client = Client::builder().credential(Credential::new("AKIDX", "key"));
            let client = client.transport(Metadata(std::sync::Mutex::new(vec![body]))).build().unwrap();
            read(&tc_apis::sts::AssumeRoleProvider::new(client, "qcs::cam::uin/1:roleName/r"));
        }
        _ => panic!("{case}"),
    }
}

/// A token service that grants the secrets, beside an invalid text.
fn granted_by_sts(invalid: bool) -> Metadata {
    let granted = [
        r#"{"Response":{"Credentials":{"TmpSecretId":"AKIDX","TmpSecretKey":""#.to_owned(),
        text(1),
        r#"","Token":""#.to_owned(),
        text(2),
        format!(r#""}},"ExpiredTime":4000000000,"RequestId":"{}"}}}}"#, if invalid { r"\ud800" } else { "r" }),
    ];
    let body = granted.concat();
    granted.into_iter().for_each(zeroize);
    Metadata(std::sync::Mutex::new(vec![body]))
}

/// Returns the responses of the metadata service.
#[derive(Debug)]
struct Metadata(std::sync::Mutex<Vec<String>>);

impl Transport for Metadata {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let next = self.0.lock().unwrap().pop().unwrap();
        Box::pin(std::future::ready(Ok(http::Response::new(Body::from(next)))))
    }
}

/// The number of copies of key and token in a process that ran a case and dropped all values.
fn left(case: &str, variables: &[(&str, &str)]) -> (usize, usize) {
    let files = std::env::temp_dir().join(format!("tc-memory-{}-{}", std::process::id(), case.replace(' ', "-")));
    std::fs::create_dir_all(files.join(".tencentcloud")).unwrap();
    std::fs::create_dir_all(files.join(".tccli")).unwrap();
    let (key, token) = (text(1), text(2));
    let profile = format!(
        "# {}\n[default]\nsecret_id = AKIDX\nsecret_key = {key}\ntoken = {token}\n[reader]\nrole_arn = \
         qcs::cam::uin/1:roleName/r\nsource_profile = default\n",
        "x".repeat(100)
    );
    std::fs::write(files.join(".tencentcloud/credentials"), profile).unwrap();
    let login = format!(r#"{{"secretId":"AKIDX","secretKey":"{key}","token":"{token}","type":"default"}}"#);
    std::fs::write(files.join(".tccli/default.credential"), login).unwrap();
    std::fs::write(files.join("web-token"), &token).unwrap();
    let output = tc_tests::process::of_test(module_path!(), "in_a_separate_process")
        .arg("--test-threads=1")
        .env(CASE, case)
        .env(FILES, &files)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    std::fs::remove_dir_all(&files).ok();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let counts =
        output.lines().find_map(|line| line.split_once("copies: ")).unwrap_or_else(|| panic!("{case}: {output}")).1;
    let (key, token) = counts.split_once(' ').unwrap();
    (key.trim().parse().unwrap(), token.trim().parse().unwrap())
}

/// The part of the separate process. Does nothing in a normal test run.
#[test]
fn in_a_separate_process() {
    let Ok(case) = std::env::var(CASE) else { return };
    act(&case);
    println!("\ncopies: {} {}", found(1), found(2));
}

#[test]
fn a_copy_in_freed_memory_is_found() {
    let (key, token) = left("control", &[]);
    assert_eq!((key, token > 0), (0, true), "{token}");
}

#[test]
fn no_request_leaves_a_copy_of_key_or_token() {
    for case in ["tc3 post", "tc3 get", "v1 post", "v1 get"] {
        assert_eq!(left(case, &[]), (0, 0), "{case}");
    }
}

#[test]
fn no_provider_leaves_a_copy_of_key_or_token() {
    for case in
        ["profile", "tccli", "environment", "role", "oidc", "oidc, invalid text", "role of a profile", "assume role"]
    {
        assert_eq!(left(case, &[]), (0, 0), "{case}");
    }
}

/// hyper keeps the bytes that it wrote to a connection, reqwest the URL of a response; see the documentation of `Credential`.
#[test]
fn the_built_in_transports_keep_no_key_and_a_few_copies_of_the_token() {
    let gateway = tc_tests::server::keep_alive(|| {
        let body = r#"{"Response":{"RequestId":"r"}}"#;
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    }) + "/";
    for transport in ["reqwest", "hyper"] {
        for way in ["tc3 post", "tc3 get", "v1 post", "v1 get"] {
            let (key, token) = left(&format!("{transport}: {way}"), &[(GATEWAY, &gateway)]);
            println!("{transport}, {way}: {token} copies of the token after five requests");
            // reqwest copies the URL several times for each request, and once more for its response; how many copies stay
            // depends on what the allocator uses again. Fifteen are usual, sixteen were seen.
            let most = if (transport, way) == ("reqwest", "v1 get") { 20 } else { 4 };
            assert!(key == 0 && token <= most, "{transport}, {way}: {key} of the key, {token} of the token");
        }
    }
}
