//! `tcapi sign`, and requests of others compared.

use tc_core::emulator::{SECRET_ID, SECRET_KEY};

use crate::support::{Cloud, finish};

#[test]
fn the_steps_are_shown_without_the_key() {
    let cloud = Cloud::plain();
    let mut command = cloud.command();
    command.args(["sign", "cvm", "DescribeZones", "--at", "1551113065"]);
    let run = finish(&mut command);
    assert_eq!(run.code, 0, "{}", run.err);
    for expected in [
        "CanonicalRequest\n  POST\n  /\n",
        "host:cvm.tencentcloudapi.com",
        "StringToSign\n  TC3-HMAC-SHA256\n  1551113065\n  2019-02-25/cvm/tc3_request",
        "Signature\n",
        "signing key",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    assert!(!run.out.contains(SECRET_KEY));
    let mut command = cloud.command();
    command.args(["sign", "cvm", "DescribeZones", "--at", "1551113065", "--output", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&finish(&mut command).out).unwrap();
    assert!(run.out.contains(shown["Authorization"].as_str().unwrap()));
}

#[test]
fn the_key_comes_from_the_sources_of_a_call() {
    let cloud = Cloud::plain();
    let folder = cloud.home().join(".tencentcloud");
    std::fs::create_dir(&folder).unwrap();
    let file = format!("[default]\nsecret_id = {SECRET_ID}\nsecret_key = {SECRET_KEY}\n");
    std::fs::write(folder.join("credentials"), file).unwrap();
    let words = ["sign", "cvm", "DescribeZones", "--at", "1551113065"];
    let of_environment = finish(cloud.command().args(words));
    let of_file =
        finish(cloud.command().env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY").args(words));
    assert_eq!((of_file.code, &of_file.out), (0, &of_environment.out), "{}", of_file.err);

    let request = cloud.home().join("request.http");
    let text = "POST / HTTP/1.1\nHost: cvm.tencentcloudapi.com\nContent-Type: application/json\n\
        X-TC-Timestamp: 1551113065\nAuthorization: TC3-HMAC-SHA256 Credential=AKIDother/2019-02-25/cvm/tc3_request, \
        SignedHeaders=content-type;host, Signature=00\n\n{}";
    std::fs::write(&request, text).unwrap();
    let mut command = cloud.command();
    command.env_remove("TENCENTCLOUD_SECRET_ID").env_remove("TENCENTCLOUD_SECRET_KEY");
    let compared = finish(command.args(["sign", "--compare", request.to_str().unwrap(), "--at", "1551113065"]));
    assert!(compared.out.contains("AKIDother"), "{}{}", compared.out, compared.err);
}

#[test]
fn a_request_that_was_sent_compares_as_right_until_it_is_changed() {
    let cloud = Cloud::plain();
    cloud.json(&["mps", "DescribePersonSamples", "--Names", "中"]);
    let sent = cloud.received().pop().unwrap();
    let headers: String = sent.headers.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
    let text =
        format!("{} {} HTTP/1.1\r\n{headers}\r\n{}\n", sent.method, sent.target, String::from_utf8_lossy(&sent.body));
    let content_type = sent.header("content-type").unwrap();
    let at = sent.header("x-tc-timestamp").unwrap().to_owned();
    let file = cloud.home().join("request.http");
    let compare = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let mut command = cloud.command();
        command.args(["sign", "--compare", file.to_str().unwrap(), "--at", &at]);
        finish(&mut command)
    };
    let run = compare(&text);
    assert_eq!((run.code, run.out.as_str()), (0, "the signature is right\n"), "{}", run.err);
    for (from, to, step, reason) in [
        ("127.0.0.1:", "127.0.0.2:", "signature is wrong", "no single mistake"),
        (content_type, "text/plain", "CanonicalRequest", content_type),
        ("{\"Names\":[\"中\"]}", "{}", "signature is wrong", "no single mistake"),
        ("{\"Names\":[\"中\"]}", "{\"Names\": [\"中\"]}", "CanonicalRequest", "without blanks"),
        (SECRET_ID, "AKIDSOMEBODYELSE", "the signing key", "AKIDSOMEBODYELSE"),
    ] {
        let run = compare(&text.replace(from, to));
        assert_eq!(run.code, 255);
        assert!(run.out.contains(step) && run.out.contains(reason), "{from}: {}", run.out);
        assert!(!run.out.contains(SECRET_KEY));
    }
}

#[test]
fn a_request_that_is_rejected_for_another_reason_is_not_right() {
    let cloud = Cloud::plain();
    cloud.json(&["mps", "DescribePersonSamples"]);
    let sent = cloud.received().pop().unwrap();
    let at: i64 = sent.header("x-tc-timestamp").unwrap().parse().unwrap();
    let text = |without: &str, action: &str| {
        let headers = sent.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case(without));
        let headers: String = headers.flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
        let text = format!("POST / HTTP/1.1\r\n{headers}\r\n{}\n", String::from_utf8_lossy(&sent.body));
        text.replace("DescribePersonSamples", action)
    };
    let file = cloud.home().join("request.http");
    let compare = |text: &str, at: i64| {
        std::fs::write(&file, text).unwrap();
        finish(cloud.command().args(["sign", "--compare", file.to_str().unwrap(), "--at", &at.to_string()]))
    };
    let action = "DescribePersonSamples";
    assert_eq!(compare(&text("-", action), at).code, 0);
    for (text, at, reason) in [
        (text("x-tc-version", action), at, "there is no header X-TC-Version"),
        (text("-", action), at + 4_000, "the signature has expired"),
    ] {
        let run = compare(&text, at);
        assert_eq!(run.code, 255, "{reason}: {}", run.out);
        assert!(run.out.starts_with("the request will be rejected: ") && run.out.contains(reason), "{}", run.out);
        assert!(run.out.contains("the HMAC itself is correct"), "{}", run.out);
    }
    let run = compare(&text("-", "DescribePersonSample"), at);
    let expected = "mps 2019-06-12 has no action `DescribePersonSample`, which X-TC-Action names; \
        did you mean `DescribePersonSamples`";
    assert!(run.code == 255 && run.out.contains(expected), "{}", run.out);
}
