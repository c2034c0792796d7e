//! Encodings of requests: every content type, both signature versions, the absolute form for proxies.

use serde_json::json;
use tc_core::emulator::{Received, SECRET_KEY};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::emulator::hand::{Answered, Request, exchange, signature_v1};
use crate::emulator::{emulator, run};

/// Sends a request unchanged.
fn send(make: impl FnOnce(&tc_core::emulator::Emulator) -> Request) -> (Answered, Received) {
    run(async {
        let emulator = emulator().await;
        let request = make(&emulator);
        let answer = request.send(&emulator).await;
        (answer, emulator.received().pop().expect("one request"))
    })
}

#[track_caller]
fn check(expected: &str, make: impl FnOnce(&tc_core::emulator::Emulator) -> Request) -> Received {
    let (answer, received) = send(make);
    assert_eq!(answer.code(), expected, "{}", answer.message());
    received
}

fn multipart(emulator: &tc_core::emulator::Emulator, body: &[u8]) -> Request {
    let mut request = Request::json(emulator, "Upload", body);
    request.set("Content-Type", "multipart/form-data; boundary=xyz");
    request.sign();
    request
}

#[test]
fn multipart_as_python_sends_it_is_read() {
    let body = [
        b"--xyz\r\nContent-Disposition: form-data; name=\"Size\"\r\n\r\n3\r\n".as_slice(),
        b"--xyz\r\nContent-Disposition: form-data; name=\"File\"; filename=\"File\"\r\n\r\n\x00\xff\r\n--xy\r\n",
        b"--xyz\r\nContent-Disposition: form-data; name=\"Tags\"\r\nContent-Type: application/json\r\n\r\n[\"a\",\"b\"]\r\n--xyz--\r\n",
    ]
    .concat();
    let received = check("ok", |emulator| multipart(emulator, &body));
    // base64 of 00 ff 0d 0a 2d 2d 78 79
    assert_eq!(received.params, json!({ "File": "AP8NCi0teHk=", "Size": 3, "Tags": ["a", "b"] }));
}

#[test]
fn multipart_as_node_sends_it_is_read() {
    let body = b"--xyz\r\nContent-Disposition: form-data; name=\"File\"\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n--xyz\r\nContent-Disposition: form-data; name=\"Tags.0\"\r\n\r\n\r\n--xyz--\r\n";
    let received = check("ok", |emulator| multipart(emulator, body));
    assert_eq!(received.params, json!({ "File": "YWJj", "Tags": [""] }));
}

#[test]
fn a_malformed_multipart_body_is_an_invalid_request() {
    for body in [
        b"".as_slice(),
        b"no boundary",
        b"--xyz",
        b"--xyz\r\n",
        b"--xyz\r\nContent-Disposition: form-data; name=\"File\"\r\n\r\nabc",
        b"--xyz\r\nContent-Disposition: form-data; name=\"File\"\r\n--xyz--",
        b"--xyz\r\nContent-Type: text/plain\r\n\r\nabc\r\n--xyz--",
        b"--xyz\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--xyz--",
        b"--xyz\r\nContent-Disposition: form-data; name=\"Tags\"\r\nContent-Type: application/json\r\n\r\n[\r\n--xyz--",
    ] {
        println!("{}", String::from_utf8_lossy(body));
        check("InvalidRequest", |emulator| multipart(emulator, body));
    }
    check("MissingParameter", |emulator| multipart(emulator, b"--xyz--\r\n"));
    check("InvalidRequest", |emulator| {
        let mut request = multipart(emulator, b"--xyz--\r\n");
        request.set("Content-Type", "multipart/form-data");
        request.sign();
        request
    });
}

#[test]
fn a_boundary_in_upper_case_may_be_signed_in_either_case() {
    let body = b"--XyZ\r\nContent-Disposition: form-data; name=\"File\"\r\n\r\n\r\n--XyZ--";
    for sign in [Request::sign, Request::sign_unchanged] {
        check("ok", |emulator| {
            let mut request = multipart(emulator, body);
            request.set("Content-Type", "multipart/form-data; boundary=XyZ");
            sign(&mut request);
            request
        });
    }
}

#[test]
fn an_octet_stream_is_the_binary_parameter_and_headers_are_the_others() {
    let received = check("ok", |emulator| {
        let mut request = Request::json(emulator, "UploadLog", b"\x00\x01\xff");
        request.set("Content-Type", "application/octet-stream");
        request.set("X-CLS-TopicId", "topic-1");
        request.sign_as(tc_core::emulator::SECRET_ID, SECRET_KEY, "cls", "content-type;host");
        request
    });
    assert_eq!(received.params, json!({ "TopicId": "topic-1", "Log": "AAH/" }));
    check("MissingParameter", |emulator| {
        let mut request = Request::json(emulator, "UploadLog", b"");
        request.set("Content-Type", "application/octet-stream");
        request.sign_as(tc_core::emulator::SECRET_ID, SECRET_KEY, "cls", "content-type;host");
        request
    });
}

#[test]
fn an_unsigned_payload_may_be_anything() {
    let received = check("ok", |emulator| {
        let mut request = Request::json(emulator, "Search", "{}");
        request.set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
        request.sign();
        request.body = br#"{"Limit":7}"#.to_vec();
        request
    });
    assert_eq!(received.params, json!({ "Limit": 7 }));
}

#[test]
fn signature_v1_is_verified_by_get_and_form_with_either_hash() {
    let params =
        [("Limit", "20"), ("Filters.0.Name", "a b+c&d=你好"), ("Region", "ap-guangzhou"), ("Language", "zh-CN")];
    for method in ["GET", "POST"] {
        for hash in ["HmacSHA1", "HmacSHA256"] {
            let received = check("ok", |emulator| Request::v1(emulator, method, hash, "Search", &params));
            assert_eq!(received.params, json!({ "Limit": 20, "Filters": [{ "Name": "a b+c&d=你好" }] }));
            assert_eq!((received.service.as_str(), received.region.as_str()), ("mps", "ap-guangzhou"));
        }
    }
}

#[test]
fn every_problem_of_a_v1_request_has_its_code() {
    let changed = |method: &'static str, from: &'static str, to: &'static str| {
        move |emulator: &tc_core::emulator::Emulator| {
            let mut request = Request::v1(emulator, method, "HmacSHA256", "Search", &[("Limit", "20")]);
            let text = String::from_utf8_lossy(&request.body).replace(from, to);
            request.body = text.into_bytes();
            request.query = request.query.replace(from, to);
            request
        }
    };
    for method in ["GET", "POST"] {
        for (expected, from, to) in [
            ("AuthFailure.SignatureFailure", "Limit=20", "Limit=21"),
            ("AuthFailure.SignatureFailure", "Signature=", "Signature=x"),
            ("AuthFailure.SignatureFailure", "Action=Search", "Action=Person"),
            ("AuthFailure.SignatureFailure", "Limit=20", "Limit=20&Token=x"),
            ("AuthFailure.SecretIdNotFound", "SecretId=", "SecretId=x"),
            ("AuthFailure.SignatureExpire", "Timestamp=15511", "Timestamp=15512"),
            ("InvalidParameter", "Timestamp=", "Timestamp=x"),
            ("InvalidParameter", "Nonce=", "Nonce=x"),
            ("InvalidParameterValue", "HmacSHA256", "HmacMD5"),
            ("MissingParameter", "Nonce=", "Nonse="),
            ("MissingParameter", "Action=", "Axtion="),
            ("MissingParameter", "Version=", "Version=&V="),
            ("MissingParameter", "Signature=", "Sig="),
        ] {
            println!("{method} {from} {to}");
            check(expected, changed(method, from, to));
        }
    }
}

#[test]
fn a_v1_request_without_a_method_is_signed_with_sha1() {
    check("ok", |emulator| {
        let mut request = Request::v1(emulator, "GET", "HmacSHA1", "Search", &[]);
        let now = crate::emulator::hand::NOW.to_string();
        let params = [
            ("Action", "Search"),
            ("Version", "2019-06-12"),
            ("Timestamp", &now),
            ("Nonce", "1"),
            ("SecretId", tc_core::emulator::SECRET_ID),
        ];
        let signature = signature_v1("GET", emulator.host(), &params, SECRET_KEY, "HmacSHA1");
        let pairs: Vec<String> = params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.query = format!("{}&Signature={}", pairs.join("&"), crate::emulator::hand::escape(&signature));
        request
    });
}

#[test]
fn a_v1_form_over_one_megabyte_has_the_misleading_message_of_the_gateway() {
    let text = "x".repeat(1024 * 1024);
    let (answer, _) = send(|emulator| Request::v1(emulator, "POST", "HmacSHA1", "Person", &[("PersonId", &text)]));
    assert_eq!(answer.code(), "AuthFailure.SignatureFailure");
    assert!(answer.message().contains("exceeding request size limit"), "{}", answer.message());
    let text = "x".repeat(1024 * 1024 - 300);
    check("ok", |emulator| Request::v1(emulator, "POST", "HmacSHA1", "Person", &[("PersonId", &text)]));
}

#[test]
fn a_chunked_body_is_hashed_as_a_whole() {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", r#"{"Limit":20}"#);
        request.sign();
        request.body = b"5\r\n{\"Lim\r\n7\r\nit\":20}\r\n0\r\n\r\n".to_vec();
        let text = String::from_utf8(request.bytes()).expect("text");
        let text = text.replace(&format!("Content-Length: {}", request.body.len()), "Transfer-Encoding: chunked");
        let answer = Answered::read(&exchange(emulator.host(), text.as_bytes()).await);
        assert_eq!(answer.code(), "ok", "{}", answer.message());
        assert_eq!(emulator.received()[0].params, json!({ "Limit": 20 }));
    });
}

#[test]
fn the_absolute_form_for_proxies_is_accepted() {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", "{}");
        request.set("Host", "mps.tencentcloudapi.com");
        request.sign();
        request.path = "http://mps.tencentcloudapi.com/".into();
        assert_eq!(request.send(&emulator).await.code(), "ok");
    });
}

#[test]
fn a_connect_tunnel_leads_to_the_emulator() {
    run(async {
        let emulator = emulator().await;
        let mut request = Request::json(&emulator, "Search", "{}");
        request.set("Host", "mps.tencentcloudapi.com");
        request.sign();
        let mut stream = tokio::net::TcpStream::connect(emulator.host()).await.expect("the emulator listens");
        stream
            .write_all(b"CONNECT mps.tencentcloudapi.com:80 HTTP/1.1\r\nHost: mps.tencentcloudapi.com:80\r\n\r\n")
            .await
            .expect("written");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("a head"));
        }
        assert!(head.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&head));
        stream.write_all(&request.bytes()).await.expect("written");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        assert_eq!(Answered::read(&answer).code(), "ok");
    });
}

#[test]
fn bytes_that_are_not_http_get_an_error() {
    run(async {
        let emulator = emulator().await;
        for bytes in
            [b"\x16\x03\x01\x02\x00\x01\x00".as_slice(), b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n"]
        {
            let answer = Answered::read(&exchange(emulator.host(), bytes).await);
            assert_eq!(answer.status, 400, "{answer:?}");
        }
        let mut request = Request::json(&emulator, "Search", "{}");
        request.sign();
        assert_eq!(request.send(&emulator).await.code(), "ok");
    });
}
