//! Requests of the official Python, Node, Go and command-line clients, sent to the emulator byte for byte.

use base64::Engine;
use chrono::DateTime;
use serde_json::{Value, json};
use tc_core::emulator::Emulator;

use crate::emulator::hand::{Answered, exchange};
use crate::emulator::run;

/// A captured request: the line of the file, and its bytes from the head to the end of the body.
struct Captured {
    line: Value,
    head: String,
    body: Vec<u8>,
}

fn captured() -> Vec<Captured> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("signing/vectors/captured.jsonl");
    let text = std::fs::read_to_string(path).expect("the captured requests");
    text.lines().map(|line| read(serde_json::from_str(line).expect("JSON"))).collect()
}

fn read(line: Value) -> Captured {
    let text = |name: &str| line["expect"][name].as_str().unwrap_or_default();
    let body = match text("body_encoding") {
        "utf-8" => text("body").as_bytes().to_vec(),
        _ => base64::engine::general_purpose::STANDARD.decode(text("body")).expect("base64"),
    };
    let mark = if text("query").is_empty() { "" } else { "?" };
    let method = line["http_method"].as_str().unwrap_or_default();
    let mut head = format!("{method} {}{mark}{} HTTP/1.1\r\n", text("path"), text("query"));
    for header in line["expect"]["headers"].as_array().into_iter().flatten() {
        let [name, value] = [&header[0], &header[1]].map(|it| it.as_str().unwrap_or_default());
        // The Connection header is not signed; close the connection after the response.
        if !["connection", "content-length", "transfer-encoding"].contains(&name.to_lowercase().as_str()) {
            head.extend([name, ": ", value, "\r\n"]);
        }
    }
    let head = format!("{head}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    Captured { line, head, body }
}

impl Captured {
    fn text(&self, name: &str) -> &str {
        self.line[name].as_str().unwrap_or_default()
    }

    /// Registers the key and the action of the request, and sets the clock.
    fn prepare(&self, emulator: &Emulator) {
        emulator.freeze_clock(DateTime::from_timestamp(self.line["timestamp"].as_i64().unwrap_or_default(), 0));
        match self.line["token"].as_str() {
            Some(token) => emulator.add_temporary_key(self.text("secret_id"), self.text("secret_key"), token),
            None => emulator.add_key(self.text("secret_id"), self.text("secret_key")),
        };
        // The Python client always writes the first letter of an action in upper case.
        let named = |header: &&Value| header[0].as_str().is_some_and(|name| name.eq_ignore_ascii_case("x-tc-action"));
        let header = self.line["expect"]["headers"].as_array().into_iter().flatten().find(named);
        let sent = header.and_then(|header| header[1].as_str()).unwrap_or(self.text("action"));
        emulator.answer(self.text("service"), self.text("version"), sent, |_| json!({}));
    }

    async fn send(&self, emulator: &Emulator) -> Answered {
        let bytes = [self.head.as_bytes(), &self.body].concat();
        Answered::read(&exchange(emulator.host(), &bytes).await)
    }
}

#[test]
fn requests_of_the_official_clients_are_accepted_except_for_their_known_mistakes() {
    run(async {
        let emulator = Emulator::start().await.expect("a free port");
        let (mut accepted, mut refused) = (0, 0);
        for captured in captured() {
            captured.prepare(&emulator);
            let answer = captured.send(&emulator).await;
            let noted = captured.line["notes"].as_array().is_some_and(|notes| !notes.is_empty());
            let expected = if noted { "AuthFailure.SignatureFailure" } else { "ok" };
            let canonical = emulator.received().pop().and_then(|received| received.canonical);
            assert_eq!(answer.code(), expected, "{}: {}\n{canonical:?}", captured.text("id"), answer.message());
            *(if noted { &mut refused } else { &mut accepted }) += 1;
        }
        println!("{accepted} captured requests accepted, {refused} refused as noted");
        assert!(accepted >= 284, "{accepted}");
    });
}

#[test]
fn one_changed_byte_of_a_signed_request_is_an_error() {
    run(async {
        let emulator = Emulator::start().await.expect("a free port");
        let mut changed = 0;
        for mut captured in captured() {
            let class = captured.text("class");
            if class.contains("skipsign") || class.contains("unsigned") {
                continue;
            }
            captured.prepare(&emulator);
            if let Some(byte) = captured.body.last_mut() {
                *byte ^= 1;
            } else if let Some(at) = captured.head.find(" HTTP/1.1\r\n").filter(|_| captured.head.contains("/?")) {
                captured.head.insert(at, 'x');
            } else {
                continue;
            }
            let code = captured.send(&emulator).await.code();
            assert!(code.starts_with("AuthFailure.") || code == "InvalidParameter", "{}: {code}", captured.text("id"));
            changed += 1;
        }
        println!("{changed} changed requests refused");
        assert!(changed >= 260, "{changed}");
    });
}
