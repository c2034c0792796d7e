//! The signatures of the official documentation, sent as requests: accepted if they are correct, refused if the documentation is
//! wrong.

use chrono::DateTime;
use serde_json::{Value, json};
use tc_core::emulator::Emulator;

use crate::emulator::hand::{Request, escape};
use crate::emulator::run;

fn documented(chapter: &str) -> Vec<Value> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("signing/vectors/documented.json");
    let text = std::fs::read_to_string(path).expect("the documented signatures");
    let all: Value = serde_json::from_str(&text).expect("JSON");
    all[chapter].as_array().expect("a list").clone()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_default()
}

/// Sends `request` with the time, the key and the service of the vector.
async fn check(vector: &Value, secret_id: &str, at: i64, service: &str, mut make: impl FnMut(&Emulator) -> Request) {
    let emulator = Emulator::start().await.expect("a free port");
    emulator.freeze_clock(DateTime::from_timestamp(at, 0));
    emulator.add_key(secret_id, text(vector, "secret_key"));
    for action in ["DescribeInstances", "GetTagValues"] {
        for version in ["2017-03-12", "2018-08-13"] {
            emulator.answer(service, version, action, |_| json!({}));
        }
    }
    let answer = make(&emulator).send(&emulator).await;
    let expected = if vector["reproduces"] == true { "ok" } else { "AuthFailure.SignatureFailure" };
    assert_eq!(answer.code(), expected, "{}: {}", text(vector, "name"), answer.message());
}

#[test]
fn documented_tc3_signatures_are_verified() {
    run(async {
        let vectors = documented("tc3");
        assert_eq!(vectors.len(), 10);
        for vector in vectors {
            let (secret_id, service) = (text(&vector, "secret_id"), text(&vector, "service"));
            let at = vector["timestamp"].as_i64().expect("an instant");
            check(&vector, secret_id, at, service, |emulator| {
                let mut request = Request::json(emulator, "DescribeInstances", text(&vector, "payload"));
                text(&vector, "method").clone_into(&mut request.method);
                text(&vector, "query").clone_into(&mut request.query);
                request.set("X-TC-Version", "2017-03-12");
                request.set("X-TC-Timestamp", &at.to_string());
                let mut names = Vec::new();
                for header in vector["signed_headers"].as_array().into_iter().flatten() {
                    let [name, value] = [&header[0], &header[1]].map(|it| it.as_str().unwrap_or_default());
                    names.push(name);
                    // The action is signed in lower case, and sent in its usual spelling.
                    if name != "x-tc-action" {
                        request.set(name, value);
                    }
                }
                let date = DateTime::from_timestamp(at, 0).expect("an instant").format("%Y-%m-%d");
                let signature = text(&vector["documented"], "signature");
                let authorization = format!(
                    "TC3-HMAC-SHA256 Credential={secret_id}/{date}/{service}/tc3_request, SignedHeaders={}, Signature={signature}",
                    names.join(";")
                );
                request.set("Authorization", &authorization);
                request
            })
            .await;
        }
    });
}

#[test]
fn documented_v1_signatures_are_verified() {
    run(async {
        // API 2.0 has other paths and no versions.
        let vectors = documented("v1").into_iter().filter(|vector| vector["params"]["Version"].is_string());
        let vectors: Vec<Value> = vectors.collect();
        assert_eq!(vectors.len(), 7);
        for vector in vectors {
            let params = &vector["params"];
            let at = text(params, "Timestamp").parse().expect("an instant");
            let service = text(&vector, "host").split('.').next().unwrap_or_default();
            check(&vector, text(params, "SecretId"), at, service, |emulator| {
                let mut request = Request::get(emulator, "", "");
                request.headers.clear();
                request.set("Host", text(&vector, "host"));
                let pair =
                    |(name, value): (&String, &Value)| format!("{name}={}", escape(value.as_str().unwrap_or_default()));
                let mut pairs: Vec<String> = params.as_object().into_iter().flatten().map(pair).collect();
                pairs.push(format!("Signature={}", escape(text(&vector["documented"], "signature"))));
                if text(&vector, "method") == "GET" {
                    request.query = pairs.join("&");
                } else {
                    request.method = "POST".into();
                    request.set("Content-Type", "application/x-www-form-urlencoded");
                    request.body = pairs.join("&").into_bytes();
                }
                request
            })
            .await;
        }
    });
}
