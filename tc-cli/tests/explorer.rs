//! `tcapi explorer`: its security rules, each as an actual request, and what its routes answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::Cloud;

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

#[test]
fn the_token_of_the_url_works_once_and_becomes_a_cookie() {
    let explorer = Explorer::closed(|_| {});
    let (address, token) = explorer.url.split_once("/?token=").unwrap();
    assert_eq!(address, format!("http://{}", explorer.host()));
    assert_eq!(token.len(), 64, "256 bits in hexadecimal");
    for wrong in ["/?token=", "/?token=0", "/?other=1", &format!("/?token={}0", &token[..63])] {
        let got = explorer.get(wrong, &[]);
        assert_eq!((got.status, got.header("set-cookie")), (403, ""), "{wrong}");
    }
    let got = explorer.get(&format!("/?token={token}"), &[]);
    assert_eq!((got.status, got.header("location")), (303, "/start"));
    let cookie = got.header("set-cookie").to_owned();
    let (name, rest) = cookie.split_once('=').unwrap();
    assert_eq!(name, format!("tcapi_explorer_{}", explorer.port), "cookies do not tell ports apart");
    assert!(rest.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{rest}");
    assert!(!rest.contains(token), "the cookie is another secret");
    let start = explorer.get("/start", &[]);
    assert!(start.body.contains(r#"content="0;url=/""#) && !start.body.contains(token), "{}", start.body);
    let again = explorer.get(&format!("/?token={token}"), &[]);
    assert_eq!((again.status, again.header("set-cookie")), (403, ""), "a token that was used");
    assert!(again.body.contains("This link was used"));
    let page = explorer.get("/", &[("Cookie", cookie.split(';').next().unwrap())]);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains(token) && !page.body.contains(rest.split(';').next().unwrap()));
    assert_eq!(explorer.end(), "", "the URL is the only line");
}

#[test]
fn every_route_refuses_a_host_that_is_not_this_server() {
    let explorer = plain();
    let port = explorer.port;
    let foreign = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("evil@127.0.0.1:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port.wrapping_add(1)),
        format!("[::1]:{port}"),
        format!("0.0.0.0:{port}"),
        String::new(),
    ];
    for (method, path) in ROUTES {
        for host in &foreign {
            // As a page of that host sends it, whose domain was made to point here.
            let origin = format!("http://{host}");
            let headers = [
                ("Host", host.as_str()),
                ("Cookie", explorer.cookie.as_str()),
                ("Origin", origin.as_str()),
                ("Sec-Fetch-Site", "same-origin"),
                ("Content-Type", "application/json"),
            ];
            let got = explorer.bare(method, path, &headers, "{}");
            assert!(matches!(got.status, 400 | 421), "{method} {path} for {host}: {got:?}");
            assert_eq!(got.header("set-cookie"), "", "{method} {path} for {host}");
            assert!(!got.body.contains('<'), "{method} {path} for {host}");
        }
    }
    let host = explorer.host();
    let cookie = explorer.cookie.as_str();
    let twice = explorer.bare("GET", "/", &[("Host", &host), ("Host", "evil.example"), ("Cookie", cookie)], "");
    assert_eq!(twice.status, 400);
    let absent = explorer.bare("GET", "/", &[("Cookie", cookie)], "");
    assert!(matches!(absent.status, 400 | 421), "{absent:?}");
    let absolute = explorer.bare("GET", "http://evil.example/", &[("Host", &host), ("Cookie", cookie)], "");
    assert_eq!(absolute.status, 421);
    for ours in [host.clone(), format!("localhost:{port}")] {
        assert_eq!(explorer.bare("GET", "/", &[("Host", &ours), ("Cookie", cookie)], "").status, 200, "{ours}");
    }
}

#[test]
fn nothing_is_answered_without_the_cookie() {
    let explorer = plain();
    let (host, origin) = (explorer.host(), format!("http://{}", explorer.host()));
    let (name, value) = explorer.cookie.split_once('=').unwrap();
    let other_digit = if value.ends_with('0') { '1' } else { '0' };
    let wrong = [
        String::new(),
        format!("{name}="),
        format!("{name}={}{other_digit}", &value[..63]),
        format!("{name}=0{value}"),
        format!("tcapi_explorer_{}={value}", explorer.port.wrapping_add(1)),
        format!("x{name}={value}"),
    ];
    for (method, path) in ROUTES.iter().filter(|(_, path)| !matches!(*path, "/start" | "/?token=x")) {
        for cookie in &wrong {
            let headers = [
                ("Host", host.as_str()),
                ("Cookie", cookie.as_str()),
                ("Origin", origin.as_str()),
                ("Content-Type", "application/json"),
            ];
            let got = explorer.bare(method, path, &headers, "{}");
            assert_eq!(got.status, 401, "{method} {path} with `{cookie}`: {got:?}");
        }
    }
}

#[test]
fn a_request_that_changes_something_must_come_from_the_page() {
    let explorer = plain();
    let (host, ours) = (explorer.host(), format!("http://{}", explorer.host()));
    let try_with = |origin: Option<&str>, site: Option<&str>, content_type: Option<&str>| {
        let mut headers = vec![("Host", host.as_str()), ("Cookie", explorer.cookie.as_str())];
        headers.extend(origin.map(|origin| ("Origin", origin)));
        headers.extend(site.map(|site| ("Sec-Fetch-Site", site)));
        headers.extend(content_type.map(|content_type| ("Content-Type", content_type)));
        explorer.bare("POST", "/history", &headers, r#"{"forget": true}"#).status
    };
    let json = Some("application/json");
    assert_eq!(try_with(Some(&ours), None, json), 200, "a browser without Sec-Fetch-Site");
    assert_eq!(try_with(None, Some("same-origin"), json), 200, "a browser that sends no Origin");
    assert_eq!(try_with(Some(&ours), Some("same-origin"), Some("application/json; charset=utf-8")), 200);
    assert_eq!(try_with(None, None, json), 403, "neither");
    let other_port = format!("http://127.0.0.1:{}", explorer.port.wrapping_add(1));
    let https = format!("https://{host}");
    let localhost = format!("http://localhost:{}", explorer.port);
    for foreign in ["http://evil.example", "null", "", "http://127.0.0.1", &other_port, &https, &localhost, "file://"] {
        assert_eq!(try_with(Some(foreign), None, json), 403, "Origin: {foreign}");
        assert_eq!(try_with(Some(foreign), Some("same-origin"), json), 403, "Origin: {foreign}");
    }
    for foreign in ["cross-site", "same-site", "none", "Same-Origin", ""] {
        assert_eq!(try_with(Some(&ours), Some(foreign), json), 403, "Sec-Fetch-Site: {foreign}");
        assert_eq!(try_with(None, Some(foreign), json), 403, "Sec-Fetch-Site: {foreign}");
    }
    for simple in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("text/plain; application/json"),
    ] {
        assert_eq!(try_with(Some(&ours), Some("same-origin"), simple), 415, "Content-Type: {simple:?}");
    }
    // Frames, images and scripts of another page.
    for (_, path) in
        ROUTES.iter().filter(|(method, path)| *method == "GET" && !matches!(*path, "/" | "/start" | "/?token=x"))
    {
        for foreign in ["cross-site", "same-site"] {
            assert_eq!(explorer.get(path, &[("Sec-Fetch-Site", foreign)]).status, 403, "{path} from {foreign}");
        }
    }
}

#[test]
fn a_get_changes_nothing() {
    let explorer = plain();
    explorer.send(&call("cvm", "DescribeZones", &json!({})));
    for (_, path) in ROUTES.iter().filter(|(method, path)| *method == "POST" && *path != "/history") {
        for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            let (host, origin) = (explorer.host(), format!("http://{}", explorer.host()));
            let headers = [
                ("Host", host.as_str()),
                ("Cookie", explorer.cookie.as_str()),
                ("Origin", origin.as_str()),
                ("Content-Type", "application/json"),
            ];
            let got = explorer.bare(method, &format!("{path}?forget=true"), &headers, r#"{"forget": true}"#);
            assert_eq!(got.status, 405, "{method} {path}");
            assert!(got.headers.iter().all(|(name, _)| !name.starts_with("access-control-")), "{got:?}");
        }
    }
    explorer.get("/history?forget=true", &[]);
    let history = explorer.get("/history", &[]).json();
    assert_eq!(history["calls"].as_array().map(Vec::len), Some(1), "{history}");
}

#[test]
fn every_response_forbids_frames_foreign_content_and_referrers() {
    let explorer = plain();
    let host = explorer.host();
    let mut responses: Vec<(String, Got)> = ROUTES
        .iter()
        .map(|(method, path)| {
            let got = if *method == "GET" { explorer.get(path, &[]) } else { explorer.post(path, &json!({})) };
            (format!("{method} {path}"), got)
        })
        .collect();
    responses.push(("a foreign host".to_owned(), explorer.bare("GET", "/", &[("Host", "evil.example")], "")));
    responses.push(("no cookie".to_owned(), explorer.bare("GET", "/", &[("Host", &host)], "")));
    for (what, got) in responses {
        let policy = got.header("content-security-policy");
        for directive in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(directive), "{what}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{what}: {policy}");
        for (name, value) in [
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(got.header(name), value, "{what}: {name}");
        }
        assert!(got.headers.iter().all(|(name, _)| !name.starts_with("access-control-")), "{what}: {got:?}");
    }
}

#[test]
fn scripts_in_values_and_answers_are_text() {
    let explorer = plain();
    let script = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let params =
        json!({"Names": [script], "Type": script, "Unknown<script>": script, "Limit": script, "Tags": {"a": script}});
    let mut input = call("mps", "DescribePersonSamples", &params);
    let form = explorer.post("/form", &input);
    assert_eq!(form.status, 200);
    assert!(form.body.contains("&lt;script&gt;alert(1)"), "{}", form.body);
    for html in [
        form.body,
        explorer.get("/search?q=%3Cscript%3E&site=china", &[]).body,
        explorer.get("/action?service=mps&action=DescribePersonSamples&version=2019-06-12", &[]).body,
    ] {
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    }
    for path in
        ["/action?service=%3Cscript%3E&action=x", "/part?service=mps&action=DescribePersonSamples&path=%3Cscript%3E"]
    {
        let got = explorer.get(path, &[]);
        assert_eq!((got.status, got.header("content-type")), (400, "application/json"), "{got:?}");
    }
    // What the emulator answers with: the page reads it as JSON, and the browser may not read it as HTML.
    input["params"] = Value::from(json!({"Names": [script]}).to_string());
    let lines = explorer.send(&input);
    let answer: Value = serde_json::from_str(lines.last().unwrap()["text"].as_str().unwrap()).unwrap();
    assert_eq!(answer["PersonSet"][0]["Name"], script);
}

#[test]
fn no_path_leads_out_of_the_assets() {
    let explorer = plain();
    for path in [
        "/assets/../Cargo.toml",
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/mod.rs",
        "/assets/%2e%2e%2fmod.rs",
        "/assets/..\\mod.rs",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/app.js%00",
        "/assets/",
        "/assets",
        "/etc/passwd",
        "/..",
    ] {
        let got = explorer.get(path, &[]);
        assert!(matches!(got.status, 400 | 404), "{path}: {got:?}");
        assert!(!got.body.contains("root:") && !got.body.contains("[package]"), "{path}");
    }
    for (name, kind) in [
        ("app.js", "text/javascript; charset=utf-8"),
        ("explorer.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let got = explorer.get(&format!("/assets/{name}"), &[]);
        assert_eq!((got.status, got.header("content-type")), (200, kind));
    }
    let large = "x".repeat(17 << 20);
    assert_eq!(explorer.post("/check", &json!({"params": large})).status, 413);
}

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

#[test]
fn secrets_reach_neither_the_page_nor_the_log_nor_the_history() {
    let cloud = Cloud::plain();
    cloud.emulator.add_temporary_key("AKIDOfTheProfile", KEY, TOKEN);
    let explorer = Explorer::new(|folder| profile(folder, cloud.emulator.url()));
    let to = json!({"kind": "cloud", "profile": "test"});
    let password = "hidden-word-1A";
    let mut reset = call("cvm", "ResetInstancesPassword", &json!({"InstanceIds": ["ins-1"], "Password": password}));
    reset["to"] = to.clone();
    let confirm = explorer.post("/send", &reset).json()["confirm"].clone();
    reset["confirm"] = confirm;
    let sent = explorer.send(&reset);
    assert_eq!(sent.last().unwrap()["kind"], "answer", "{sent:?}");
    let received = cloud.received();
    assert_eq!(received[0].params["Password"], password, "it was sent to the cloud");
    assert_eq!(received[0].header("x-tc-token"), Some(TOKEN));

    let link = explorer.post("/check", &reset).json()["link"].clone();
    assert_eq!(link, r#"{"InstanceIds":["ins-1"]}"#, "a sensitive parameter is in no address");
    let tabs = json!({"tabs": [reset, call("cvm", "Nothing", &json!({"Password": password}))]});
    assert_eq!(explorer.post("/history", &tabs).status, 200);
    let mut zones = call("cvm", "DescribeZones", &json!({}));
    zones["to"] = to.clone();
    let mine = json!({"to": to, "mine": format!(
        "POST / HTTP/1.1\nHost: cvm.tencentcloudapi.com\nX-TC-Timestamp: 1551113065\nContent-Type: application/json\nAuthorization: TC3-HMAC-SHA256 \
         Credential=AKIDOfTheProfile/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=00\n\n{{}}")});
    let steps = explorer.post("/steps", &zones);
    assert!(steps.json()["steps"].as_array().is_some_and(|steps| steps.len() == 5), "{steps:?}");
    let mut seen = vec![
        ("the call", format!("{sent:?}")),
        ("the page", explorer.get("/", &[]).body),
        ("the steps", steps.body),
        ("the comparison", explorer.post("/compare", &mine).body),
        ("the history", explorer.get("/history", &[]).body),
    ];
    for language in ["rust", "tcapi", "curl", "python", "go", "node"] {
        reset["language"] = Value::from(language);
        seen.push(("the code", explorer.post("/code", &reset).body));
    }
    let file = explorer.home.join(".tcapi").join("explorer.json");
    seen.push(("the file", std::fs::read_to_string(&file).unwrap()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(seen[1].1.contains("<option value=\"test\""), "the profile can be chosen");
    assert!(seen[3].1.contains("signature"), "{}", seen[3].1);
    seen.push(("the log", explorer.end()));
    for (what, text) in seen {
        for secret in [KEY, TOKEN, password] {
            assert!(!text.contains(secret), "{what} shows {secret}: {text}");
        }
    }
}

#[test]
fn a_write_to_the_cloud_needs_a_confirmation_that_works_once() {
    let cloud = Cloud::plain();
    cloud.emulator.add_temporary_key("AKIDOfTheProfile", KEY, TOKEN);
    let explorer = Explorer::new(|folder| profile(folder, cloud.emulator.url()));
    let mut stop = call("cvm", "StopInstances", &json!({"InstanceIds": ["ins-1"]}));
    stop["to"] = json!({"kind": "cloud", "profile": "test", "region": "ap-shanghai"});
    let asked = explorer.post("/send", &stop);
    assert_eq!(asked.status, 409);
    let text = asked.json()["text"].as_str().unwrap().to_owned();
    for part in ["StopInstances", "profile test", "ap-shanghai"] {
        assert!(text.contains(part), "{text}");
    }
    for made_up in [json!(true), json!("yes"), json!("")] {
        stop["confirm"] = made_up;
        assert_eq!(explorer.post("/send", &stop).status, 409);
    }
    assert!(cloud.received().is_empty());
    let confirm = asked.json()["confirm"].clone();
    let mut other = stop.clone();
    other["params"] = Value::from(json!({"InstanceIds": ["ins-2"]}).to_string());
    other["confirm"] = explorer.post("/send", &other).json()["confirm"].clone();
    stop["confirm"] = other["confirm"].clone();
    assert_eq!(explorer.post("/send", &stop).status, 409, "a confirmation of another call");
    stop["confirm"] = confirm;
    assert_eq!(explorer.send(&stop).last().unwrap()["kind"], "answer");
    assert_eq!(explorer.post("/send", &stop).status, 409, "it was used");
    assert_eq!(cloud.received().len(), 1);
    // A call that reads, or that goes to the emulator, needs no confirmation.
    let mut zones = call("cvm", "DescribeZones", &json!({}));
    zones["to"] = stop["to"].clone();
    assert_eq!(explorer.send(&zones).last().unwrap()["kind"], "answer");
    explorer.send(&call("cvm", "StopInstances", &json!({"InstanceIds": ["ins-1"]})));
    assert_eq!(cloud.received().len(), 2);
}

#[test]
fn a_call_is_checked_sent_and_traced() {
    let explorer = plain();
    let wrong = call("mps", "DescribePersonSamples", &json!({"Limit": 101, "Nmaes": ["a"], "Type": "Other"}));
    let found = explorer.post("/check", &wrong).json();
    let texts: Vec<&str> =
        found["violations"].as_array().unwrap().iter().filter_map(|one| one["text"].as_str()).collect();
    for expected in ["`Limit` is 101; at most 100 is accepted", "did you mean `Names`?", "`Type` is"] {
        assert!(texts.iter().any(|text| text.contains(expected)), "{expected}: {texts:?}");
    }
    let refused = explorer.post("/send", &wrong);
    assert_eq!((refused.status, refused.json()["violations"].as_array().map(Vec::len)), (422, Some(texts.len())));
    let missing = explorer.post("/check", &call("cvm", "StopInstances", &json!({}))).json();
    assert_eq!(missing["violations"][0]["missing"], true, "{missing}");
    let broken = json!({"service": "cvm", "action": "DescribeZones", "params": "{\"Limit\": }"});
    assert!(explorer.post("/check", &broken).json()["problem"].as_str().unwrap().contains("line 1 column 11"));

    let mut right = call("mps", "DescribePersonSamples", &json!({"Names": ["John Smith"]}));
    right["to"] = json!({"kind": "emulator", "fault": "code:InternalError x1"});
    let lines = explorer.send(&right);
    let kinds: Vec<&str> = lines.iter().filter_map(|line| line["kind"].as_str()).collect();
    assert_eq!(kinds, ["attempt", "response", "failure", "attempt", "response", "answer"], "{lines:?}");
    let end = lines.last().unwrap();
    assert_eq!((&end["attempts"], &end["broken"]), (&json!(2), &json!([])));
    assert!(end["text"].as_str().unwrap().contains("\"Name\":\"John Smith\""), "{end}");
    right["to"] = json!({"fault": "code:LimitExceeded.Quota always"});
    let end = explorer.send(&right).pop().unwrap();
    assert_eq!((end["kind"].as_str(), end["code"].as_str()), (Some("error"), Some("LimitExceeded.Quota")));
    assert!(end["advice"].as_str().unwrap().contains("quota"), "{end}");
    for bad in [json!({"fault": "nothing"}), json!({"items": "many"}), json!({"items": "100001"})] {
        right["to"] = bad;
        assert_eq!(explorer.send(&right).pop().unwrap()["kind"], "failed");
    }
    let calls = explorer.get("/history", &[]).json()["calls"].clone();
    assert_eq!((&calls[4]["outcome"], &calls[3]["outcome"]), (&json!("ok"), &json!("LimitExceeded.Quota")), "{calls}");
}

#[test]
fn the_events_of_a_stream_come_one_by_one() {
    let explorer = plain();
    let input = call(
        "hunyuan",
        "ChatCompletions",
        &json!({"Model": "hunyuan", "Stream": true, "Messages": [{"Role": "user", "Content": "hi"}]}),
    );
    let lines = explorer.send(&input);
    let events: Vec<u64> =
        lines.iter().filter(|line| line["kind"] == "event").filter_map(|line| line["ms"].as_u64()).collect();
    assert!(events.len() >= 2, "{lines:?}");
    assert!(events[1] >= events[0] + 200, "the emulator sends them with a pause: {events:?}");
    let end = lines.last().unwrap();
    assert_eq!((end["kind"].as_str(), end["events"].as_u64()), (Some("ended"), Some(events.len() as u64)));
}

#[test]
fn an_answer_that_breaks_its_schema_is_reported() {
    let answers = json!({"cvm.DescribeZones": {"TotalCount": "3", "ZoneSet": [{"Zone": 7}]}});
    let cloud = Cloud::new(1, answers);
    cloud.emulator.add_temporary_key("AKIDOfTheProfile", KEY, TOKEN);
    let explorer = Explorer::new(|folder| profile(folder, cloud.emulator.url()));
    let mut zones = call("cvm", "DescribeZones", &json!({}));
    zones["to"] = json!({"kind": "cloud", "profile": "test"});
    let end = explorer.send(&zones).pop().unwrap();
    let broken = end["broken"].to_string();
    assert!(broken.contains("`TotalCount` is documented as an integer, but is \\\"3\\\""), "{broken}");
    assert!(broken.contains("ZoneSet.0.Zone"), "{broken}");
    assert!(end["text"].as_str().unwrap().contains("\"TotalCount\":\"3\""), "shown as it arrived: {end}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_without_the_token_in_an_argument() {
    use std::os::unix::fs::PermissionsExt;

    let home = std::env::temp_dir().join(format!("tcapi-explorer-{}-browser", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let browser = home.join("xdg-open");
    std::fs::write(&browser, "#!/bin/sh\necho \"$@\" > \"$HOME/new\" && mv \"$HOME/new\" \"$HOME/arguments\"\n")
        .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", home.display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcapi"));
    command.env_clear().env("HOME", &home).env("PATH", path).arg("explorer");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut url).unwrap();
    let (start, mut arguments) = (Instant::now(), String::new());
    while arguments.is_empty() && start.elapsed() < Duration::from_secs(30) {
        arguments = std::fs::read_to_string(home.join("arguments")).unwrap_or_default();
        std::thread::sleep(Duration::from_millis(20));
    }
    let file = Path::new(arguments.trim());
    let page = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{arguments}: {error}"));
    let mode = std::fs::metadata(file).unwrap().permissions().mode();
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_dir_all(&home).unwrap();
    let token = url.trim().split_once("token=").unwrap().1;
    assert!(!arguments.contains(token), "{arguments}");
    assert!(page.contains(url.trim()), "{page}");
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn it_ends_after_an_idle_time() {
    let runtime = tc_core::tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let start = Instant::now();
        let idle = Duration::from_millis(300);
        let explorer = tc_cli::explorer::Explorer::start(0, idle).await.unwrap();
        explorer.ended().await.unwrap();
        assert!(start.elapsed() >= idle);
    });
}
