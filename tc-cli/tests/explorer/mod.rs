//! `tcapi explorer`: its security rules, each as an actual request, and the responses of its routes.

mod access;
mod calls;
mod content;
mod process;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

const KEY: &str = "SecretKeyOfTheProfile0123456789a";
const TOKEN: &str = "token-of-the-profile-0123456789";

/// The program with a home directory, and a browser's cookie.
struct Explorer {
    child: Child,
    home: PathBuf,
    url: String,
    port: u16,
    cookie: String,
}

/// A response as it arrived.
#[derive(Debug)]
struct Got {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Explorer {
    /// Starts the program; `profile` writes files of the home directory first.
    fn new(profile: impl FnOnce(&Path)) -> Self {
        let mut explorer = Self::closed(profile);
        let got = explorer.get(&explorer.url.clone()[explorer.url.find("/?").unwrap()..], &[]);
        assert_eq!(got.status, 303, "{got:?}");
        got.header("set-cookie").split(';').next().unwrap().clone_into(&mut explorer.cookie);
        explorer
    }

    /// The same before the token was used.
    fn closed(profile: impl FnOnce(&Path)) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("tcapi-explorer-{}-{number}", std::process::id()));
        std::fs::create_dir_all(home.join(".tccli")).unwrap();
        profile(&home.join(".tccli"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
        command.env_clear().env("HOME", &home).args(["explorer", "--no-open"]).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        let port = url.split(['/', ':']).nth(4).and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("{url}"));
        Self { child, home, url, port, cookie: String::new() }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends the bytes of a request and reads the response to its end.
    fn raw(&self, request: &str) -> Got {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        // A server that refuses a body early may close the connection under it.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or_default();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        let is_chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        let body = if is_chunked { unchunked(body) } else { body.to_owned() };
        Got { status, headers, body }
    }

    /// A request of these headers and no others.
    fn bare(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let lines: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let (lines, length) = (lines.concat(), body.len());
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }

    /// A GET of the browser, with more headers.
    fn get(&self, path: &str, more: &[(&str, &str)]) -> Got {
        let host = self.host();
        let mut headers = vec![("Host", host.as_str()), ("Cookie", self.cookie.as_str())];
        headers.extend(more);
        self.bare("GET", path, &headers, "")
    }

    /// A POST of the page.
    fn post(&self, path: &str, body: &Value) -> Got {
        let (host, origin) = (self.host(), format!("http://{}", self.host()));
        let headers = [
            ("Host", host.as_str()),
            ("Cookie", self.cookie.as_str()),
            ("Origin", origin.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/json"),
        ];
        self.bare("POST", path, &headers, &body.to_string())
    }

    /// The lines of a call.
    #[track_caller]
    fn send(&self, body: &Value) -> Vec<Value> {
        let got = self.post("/send", body);
        assert_eq!((got.status, got.header("content-type")), (200, "application/x-ndjson"), "{got:?}");
        got.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Ends it and gives what it printed.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut text = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        whole.push_str(&rest[..size.min(rest.len())]);
        body = rest.get(size + 2..).unwrap_or_default();
    }
    whole
}

fn plain() -> Explorer {
    Explorer::new(|_| {})
}

/// A call of an action, to the emulator.
fn call(service: &str, action: &str, params: &Value) -> Value {
    json!({"service": service, "action": action, "params": params.to_string()})
}

/// Every route, with the method that it accepts.
const ROUTES: &[(&str, &str)] = &[
    ("GET", "/"),
    ("GET", "/start"),
    ("GET", "/?token=x"),
    ("GET", "/assets/app.js"),
    ("GET", "/assets/explorer.css"),
    ("GET", "/search?q=zone"),
    ("GET", "/action?service=cvm&action=DescribeZones"),
    ("GET", "/part?service=cvm&action=RunInstances&path=Placement"),
    ("GET", "/reference?service=cvm&action=DescribeZones"),
    ("GET", "/history"),
    ("GET", "/identity?profile="),
    ("GET", "/nothing"),
    ("POST", "/history"),
    ("POST", "/form"),
    ("POST", "/check"),
    ("POST", "/code"),
    ("POST", "/steps"),
    ("POST", "/compare"),
    ("POST", "/paste"),
    ("POST", "/send"),
];

/// A profile with a key, whose calls go to this URL.
fn profile(folder: &Path, url: &str) {
    let configure = json!({
        "_sys_param": {"region": "ap-beijing"},
        "cvm": {"endpoint": url, "version": "2017-03-12"},
        "mps": {"endpoint": url, "version": "2019-06-12"},
    });
    std::fs::write(folder.join("test.configure"), configure.to_string()).unwrap();
    let credential = json!({"secretId": "AKIDOfTheProfile", "secretKey": KEY, "token": TOKEN});
    std::fs::write(folder.join("test.credential"), credential.to_string()).unwrap();
}
