//! Requests made, signed and sent by hand: nothing here is shared with what signs in tc-core, nor with what verifies.

use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use tc_core::emulator::{Emulator, SECRET_ID, SECRET_KEY};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The time of the emulators in these tests: 2019-02-25T16:44:25Z.
pub(crate) const NOW: i64 = 1_551_113_065;

/// The day of [`NOW`].
pub(crate) const TODAY: &str = "2019-02-25";

/// A request, to be changed before or after it is signed.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A TC3 request in JSON, not yet signed.
    pub(crate) fn json(emulator: &Emulator, action: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut request = Self {
            method: "POST".into(),
            path: "/".into(),
            query: String::new(),
            headers: Vec::new(),
            body: body.into(),
        };
        request.set("Host", emulator.host());
        request.set("Content-Type", "application/json");
        request.set("X-TC-Action", action);
        request.set("X-TC-Version", "2019-06-12");
        request.set("X-TC-Timestamp", &NOW.to_string());
        request
    }

    /// A TC3 request by GET, not yet signed.
    pub(crate) fn get(emulator: &Emulator, action: &str, query: &str) -> Self {
        let mut request = Self::json(emulator, action, "");
        request.method = "GET".into();
        request.query = query.into();
        request.set("Content-Type", "application/x-www-form-urlencoded");
        request
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.headers.push((name.into(), value.into()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// Signs with the key of the emulator, for mps, the three headers of the current documentation.
    pub(crate) fn sign(&mut self) {
        self.sign_as(SECRET_ID, SECRET_KEY, "mps", "content-type;host;x-tc-action");
    }

    /// Signs with header values in lower case, as the documentation says.
    pub(crate) fn sign_as(&mut self, secret_id: &str, secret_key: &str, service: &str, signed_headers: &str) {
        let values: Vec<_> = signed_headers.split(';').map(|name| self.header(name).trim().to_lowercase()).collect();
        self.sign_values(secret_id, secret_key, service, signed_headers, &values);
    }

    /// Signs with unchanged header values, as the official SDKs do.
    pub(crate) fn sign_unchanged(&mut self) {
        let values = [self.header("Content-Type").to_owned(), self.header("Host").to_owned()];
        self.sign_values(SECRET_ID, SECRET_KEY, "mps", "content-type;host", &values);
    }

    fn sign_values(
        &mut self,
        secret_id: &str,
        secret_key: &str,
        service: &str,
        signed_headers: &str,
        values: &[String],
    ) {
        let headers: Vec<_> =
            signed_headers.split(';').zip(values).map(|(name, value)| format!("{name}:{value}\n")).collect();
        let headers = headers.concat();
        let payload = match self.header("X-TC-Content-SHA256") {
            "UNSIGNED-PAYLOAD" => hex(&Sha256::digest("UNSIGNED-PAYLOAD")),
            _ => hex(&Sha256::digest(&self.body)),
        };
        let canonical =
            format!("{}\n{}\n{}\n{headers}\n{signed_headers}\n{payload}", self.method, self.path, self.query);
        let timestamp = self.header("X-TC-Timestamp");
        let text =
            format!("TC3-HMAC-SHA256\n{timestamp}\n{TODAY}/{service}/tc3_request\n{}", hex(&Sha256::digest(canonical)));
        let mut key = format!("TC3{secret_key}").into_bytes();
        for step in [TODAY, service, "tc3_request", &text] {
            key = mac::<Hmac<Sha256>>(&key, step);
        }
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={secret_id}/{TODAY}/{service}/tc3_request, SignedHeaders={signed_headers}, Signature={}",
            hex(&key)
        );
        self.set("Authorization", &authorization);
    }

    /// A request with signature v1: `params` and the common parameters.
    pub(crate) fn v1(emulator: &Emulator, method: &str, hash: &str, action: &str, params: &[(&str, &str)]) -> Self {
        let now = NOW.to_string();
        let mut all = vec![
            ("Action", action),
            ("Version", "2019-06-12"),
            ("Timestamp", &now),
            ("Nonce", "11886"),
            ("SecretId", SECRET_ID),
            ("SignatureMethod", hash),
        ];
        all.extend_from_slice(params);
        let signature = signature_v1(method, emulator.host(), &all, SECRET_KEY, hash);
        all.push(("Signature", &signature));
        let pairs: Vec<String> =
            all.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let mut request = Self::get(emulator, action, "");
        request.headers.clear();
        request.set("Host", emulator.host());
        request.method = method.into();
        if method == "GET" {
            request.query = pairs.join("&");
        } else {
            request.set("Content-Type", "application/x-www-form-urlencoded");
            request.body = pairs.join("&").into_bytes();
        }
        request
    }

    /// The bytes on the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mark = if self.query.is_empty() { "" } else { "?" };
        let mut head = format!("{} {}{mark}{} HTTP/1.1\r\n", self.method, self.path, self.query);
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let end = format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len());
        [head.as_bytes(), end.as_bytes(), &self.body].concat()
    }

    /// Sends it, and reads the whole response.
    pub(crate) async fn send(&self, emulator: &Emulator) -> Answered {
        Answered::read(&exchange(emulator.host(), &self.bytes()).await)
    }
}

/// Sends `bytes` to `host` over a new connection, and returns all received bytes.
pub(crate) async fn exchange(host: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(host).await.expect("the emulator listens");
    stream.write_all(bytes).await.expect("the emulator reads");
    let mut answer = Vec::new();
    // A fault may reset the connection in the middle of the response.
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answered {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head, body: bytes[end..].to_vec() }
    }

    /// The value of a header, in lower case names.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// The `Response` object.
    pub(crate) fn response(&self) -> serde_json::Value {
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body["Response"].clone()
    }

    /// The error code, or `ok`.
    pub(crate) fn code(&self) -> String {
        let response = self.response();
        match response["Error"]["Code"].as_str() {
            Some(code) => code.into(),
            None if response.is_object() => "ok".into(),
            None => format!("no envelope, but {self:?}"),
        }
    }

    pub(crate) fn message(&self) -> String {
        self.response()["Error"]["Message"].as_str().unwrap_or_default().into()
    }
}

pub(crate) fn signature_v1(method: &str, host: &str, params: &[(&str, &str)], secret_key: &str, hash: &str) -> String {
    let mut sorted = params.to_vec();
    sorted.sort_unstable();
    let joined: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let text = format!("{method}{host}/?{}", joined.join("&"));
    let signature = match hash {
        "HmacSHA256" => mac::<Hmac<Sha256>>(secret_key.as_bytes(), &text),
        _ => mac::<Hmac<sha1::Sha1>>(secret_key.as_bytes(), &text),
    };
    base64::engine::general_purpose::STANDARD.encode(signature)
}

/// Strict percent-encoding, byte by byte.
pub(crate) fn escape(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

fn mac<M: Mac + KeyInit>(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
