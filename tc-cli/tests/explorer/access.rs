//! Access: the token of the URL, the cookie, the host, and the origin of a request.

use serde_json::json;

use super::{Explorer, ROUTES, call, plain};

#[test]
fn the_token_of_the_url_works_once_and_becomes_a_cookie() {
    let explorer = Explorer::closed(|_| {});
    let (address, token) = explorer.url.split_once("/?token=").unwrap();
    assert_eq!(address, format!("http://{}", explorer.host()));
    assert_eq!(token.len(), 64, "256 bits in hexadecimal");
    let last = if token.ends_with('0') { '1' } else { '0' };
    for wrong in ["/?token=", "/?token=0", "/?other=1", &format!("/?token={}{last}", &token[..63])] {
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
