//! Actions with binary bodies: multipart and octet stream, compared with the requests of the official clients.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tc_core::transport::Replay;
use tc_core::{Action, Client, Credential, ErrorKind, Method, SignatureMethod, tc_action};

/// An action with a file.
#[tc_action(service = "cii", version = "2021-04-08", response = ())]
struct UploadMedicalFile {
    source_type: String,
    r#type: String,
    file_name: String,
    #[tc(binary)]
    file: Vec<u8>,
}

/// An action with only a file.
#[tc_action(service = "cii", version = "2021-04-08", response = ())]
struct DescribeQualityScore {
    #[tc(binary)]
    file: Vec<u8>,
}

/// A multipart action, called without its file.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct TextParts {
    a: String,
    b: String,
    c: String,
    #[tc(binary)]
    file: Option<Vec<u8>>,
}

/// The one action whose body is a stream of bytes.
#[tc_action(service = "cls", version = "2020-10-16", body = octet_stream, response = ())]
struct UploadLog {
    topic_id: String,
    hash_key: Option<String>,
    #[tc(binary)]
    logs: Vec<u8>,
}

fn captured(group: &str) -> Vec<Value> {
    let lines = include_str!("../signing/vectors/captured.jsonl").lines();
    let rows = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let found: Vec<Value> = rows.filter(|row| row["group"] == group).collect();
    assert!(!found.is_empty(), "{group}");
    found
}

fn bytes(encoded: &Value) -> Vec<u8> {
    STANDARD.decode(encoded["$b64"].as_str().expect("base64")).expect("base64")
}

fn text(params: &Value, name: &str) -> String {
    params[name].as_str().expect("text").to_owned()
}

async fn sent<A: Action>(action: &A) -> http::Request<bytes::Bytes> {
    let replay = Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
    let client = Client::builder().credential(Credential::new("AKID", "key")).transport(replay.clone()).build();
    client.expect("a client").send(action).await.expect("a response");
    replay.requests().remove(0)
}

/// The parts of a multipart body: name and content.
fn parts(content_type: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let boundary = content_type.split("boundary=").nth(1).expect("a boundary");
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&between.as_bytes()[2..]).expect("the first boundary");
    let mut found = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = part.windows(between.len()).position(|window| window == between.as_bytes()).expect("a boundary");
        let head = part.windows(4).position(|window| window == b"\r\n\r\n").expect("a blank line");
        let name = String::from_utf8_lossy(&part[..head]).split("name=\"").nth(1).map(|rest| rest.replace('"', "\r"));
        let name = name.and_then(|rest| rest.split('\r').next().map(str::to_owned)).expect("a name");
        found.push((name, part[head + 4..end].to_vec()));
        rest = &part[end + between.len()..];
    }
    assert_eq!(rest, b"--\r\n");
    found
}

/// Checks that `action` is sent in the same parts as by every official client, and byte for byte as by that for Python.
async fn check<A: Action>(group: &str, make: impl Fn(&Value) -> A) {
    for row in captured(group) {
        let expect = &row["expect"];
        let body = expect["body"].as_str().expect("a body");
        let theirs = match expect["body_encoding"].as_str() {
            Some("base64") => STANDARD.decode(body).expect("base64"),
            _ => body.as_bytes().to_vec(),
        };
        let their_type = row["content_type"].as_str().expect("a content type");
        let request = sent(&make(&row["params"])).await;
        let our_type = request.headers()["content-type"].to_str().expect("text").to_owned();
        assert_eq!(our_type, our_type.to_lowercase());
        assert_eq!(parts(&our_type, request.body()), parts(their_type, &theirs), "{}", row["id"]);
        if row["sdk"] == "python" {
            let boundary = |content_type: &str| content_type.split('=').nth(1).map(str::to_owned).expect("a boundary");
            let (our_body, their_body) = (String::from_utf8_lossy(request.body()), String::from_utf8_lossy(&theirs));
            assert_eq!(our_body.replace(&boundary(&our_type), "b"), their_body.replace(&boundary(their_type), "b"));
        }
    }
}

#[tokio::test]
async fn a_file_is_sent_in_the_same_parts_as_by_the_official_clients() {
    check("cii-multipart", |params| UploadMedicalFile {
        source_type: text(params, "SourceType"),
        r#type: text(params, "Type"),
        file_name: text(params, "FileName"),
        file: bytes(&params["File"]),
    })
    .await;
    check("cii-multipart-quality", |params| DescribeQualityScore { file: bytes(&params["File"]) }).await;
    check("multipart-text-only", |params| TextParts {
        a: text(params, "A"),
        b: text(params, "B"),
        c: text(params, "C"),
        file: None,
    })
    .await;
}

#[tokio::test]
async fn an_octet_stream_is_sent_as_body_and_headers() {
    for row in captured("cls-octet") {
        let headers = &row["octet_headers"];
        let logs = bytes(&row["params"]["$body"]);
        let action = UploadLog {
            topic_id: text(headers, "X-CLS-TopicId"),
            hash_key: Some(text(headers, "X-CLS-HashKey")),
            logs: logs.clone(),
        };
        let request = sent(&action).await;
        assert_eq!(request.headers()["content-type"], "application/octet-stream");
        assert_eq!(request.body()[..], STANDARD.decode(row["expect"]["body"].as_str().expect("text")).expect("base64"));
        assert_eq!(request.body()[..], logs);
        let all = row["expect"]["headers"].as_array().expect("headers").iter();
        let all = all.map(|header| (header[0].as_str().unwrap_or_default().to_lowercase(), header[1].as_str()));
        let mut theirs: Vec<_> = all.filter(|(name, _)| name.starts_with("x-cls-")).collect();
        theirs.sort();
        let all = request.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().ok()));
        let mut ours: Vec<_> = all.filter(|(name, _)| name.starts_with("x-cls-")).collect();
        ours.sort();
        assert_eq!(ours, theirs, "{}", row["id"]);
    }
}

#[tokio::test]
async fn binary_parameters_are_refused_except_by_post_with_tc3() {
    let replay = Replay::default();
    let client = Client::builder().credential(Credential::new("AKID", "key")).transport(replay.clone()).build();
    let client = client.expect("a client");
    let action = DescribeQualityScore { file: vec![1] };
    for refused in [
        client.call(&action).method(Method::Get).send().await,
        client.call(&action).signature(SignatureMethod::HmacSha256).send().await,
    ] {
        let error = refused.expect_err("no request");
        assert!(
            matches!(error.kind(), ErrorKind::Request(_)) && error.to_string().contains("POST with TC3"),
            "{error}"
        );
    }
    assert!(replay.requests().is_empty());
}

/// An action with a file that has a name and a media type.
#[tc_action(service = "cii", version = "2021-04-08", response = ())]
struct UploadReport {
    #[tc(binary)]
    file: tc_core::Upload,
    #[tc(binary)]
    second: Option<tc_core::Upload>,
}

/// The head of each part of an upload.
async fn heads(action: &UploadReport) -> Vec<String> {
    let request = sent(action).await;
    let body = String::from_utf8_lossy(request.body()).into_owned();
    body.split("\r\n\r\n")
        .filter_map(|part| part.split_once("Content-Disposition: "))
        .map(|part| part.1.to_owned())
        .collect()
}

#[tokio::test]
async fn the_file_name_and_media_type_of_an_upload_are_sent_in_its_part() {
    use tc_core::Upload;
    let named = |name: &str| Upload::new(*b"%PDF").file_name(name);
    for (upload, head) in [
        (Upload::new(*b"%PDF"), "filename=\"File\""),
        (
            Upload::from(&b"%PDF"[..]).media_type("text/plain; charset=utf-8"),
            "filename=\"File\"\r\nContent-Type: text/plain; charset=utf-8",
        ),
        (named("report.pdf").media_type("application/pdf"), "filename=\"report.pdf\"\r\nContent-Type: application/pdf"),
        (named("报告; name=x.pdf"), "filename=\"报告; name=x.pdf\""),
        (named("a\"\r\nX: y\0.pdf"), "filename=\"a%22%0D%0AX: y%00.pdf\""),
    ] {
        let action = UploadReport::new(upload.clone()).second(named("b"));
        let second = "form-data; name=\"Second\"; filename=\"b\"";
        assert_eq!(heads(&action).await, [&*format!("form-data; name=\"File\"; {head}"), second]);
        assert_eq!(action.file, upload);
    }
    let literal = tc_core::request!(UploadReport { file: b"%PDF", second: vec![1, 2] });
    assert_eq!(heads(&literal).await.len(), 2);
    assert_eq!(format!("{:?}", named("r.pdf").media_type("a/b")), "4 bytes of \"r.pdf\" (a/b)");
}

#[tokio::test]
async fn an_invalid_media_type_is_refused_before_anything_is_sent() {
    for media_type in ["", "pdf", "a/", "/b", "a/b\r\nX: y", "a b/c", "a/b; c=é", "a/b\0"] {
        let replay = Replay::new(["{}"]);
        let client = Client::builder().credential(Credential::new("AKID", "key")).transport(replay.clone()).build();
        let action = UploadReport::new(tc_core::Upload::new(*b"x").media_type(media_type));
        let error = client.expect("a client").send(&action).await.expect_err(media_type).to_string();
        assert!(error.contains("`File` has an invalid media type; use one such as application/pdf"), "{error}");
        assert_eq!(replay.requests().len(), 0);
    }
}

#[tokio::test]
async fn an_octet_stream_and_json_contain_only_the_bytes_of_an_upload() {
    #[tc_action(service = "cls", version = "2020-10-16", body = octet_stream, response = ())]
    struct UploadNamedLog {
        #[tc(binary)]
        logs: tc_core::Upload,
    }
    let upload = tc_core::Upload::new(*b"log").file_name("a.log").media_type("text/plain");
    let action = UploadNamedLog::new(upload);
    assert_eq!(sent(&action).await.body()[..], *b"log");
    assert_eq!(serde_json::to_value(&action).expect("JSON"), serde_json::json!({"Logs": "bG9n"}));
    let read: UploadNamedLog = serde_json::from_value(serde_json::json!({"Logs": "bG9n"})).expect("an action");
    assert_eq!(read.logs, tc_core::Upload::new(*b"log"));
}
