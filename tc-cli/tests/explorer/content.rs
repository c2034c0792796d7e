//! The content of responses: headers that restrict the page, escaped values, assets, and no secrets.

use serde_json::{Value, json};

use super::{Explorer, Got, KEY, ROUTES, TOKEN, call, plain, profile};
use crate::support::Cloud;

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
