//! Proxies in environment variables: used, excluded, refused if invalid, and never ignored.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::Receiver;

use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, TransportError, TransportErrorKind as Kind};

use crate::transport::process::send;
use crate::transport::server::post;
use crate::transport::{direct, runtime, shown, whole};

/// Starts a proxy that responds to requests with status 203 and opens no tunnel; returns its address and the request lines.
fn proxy() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let Some(first) = head.next() else { continue };
            head.take_while(|line| !line.is_empty()).for_each(drop);
            let status = if first.starts_with("CONNECT") { "502 No" } else { "203 Proxy" };
            write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").ok();
            if sender.send(first).is_err() {
                return;
            }
        }
    });
    (address, lines)
}

/// The error of a request to `url` with the proxy `proxy`, which has the password `p4ss`. It contains no password.
#[track_caller]
fn failed(url: &str, proxy: &str) -> TransportError {
    let transport = ReqwestTransport::new(&direct().proxy(Proxy::Url(proxy.to_owned()))).unwrap();
    let error = runtime().block_on(whole(&transport, post(url))).unwrap_err();
    assert!(!shown(&error).contains("p4ss") && !error.sent(), "{}", shown(&error));
    error
}

/// The address of a port that refuses connections.
fn closed() -> std::net::SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[test]
fn a_proxy_that_refuses_connections_is_named_without_its_password() {
    let address = closed();
    for scheme in ["http", "https", "socks4", "socks4a", "socks5", "socks5h"] {
        for url in ["http://127.0.0.1:81/", "https://127.0.0.1:82/"] {
            let host = url.trim_end_matches('/').rsplit('/').next().unwrap();
            let proxy = format!("{scheme}://user:p4ss@{address}");
            let error = failed(url, &proxy);
            assert_eq!(error.kind(), Kind::Connect, "{}", shown(&error));
            let expected =
                format!("proxy {scheme}://{address} (for {host}): no connection: Connection refused (os error ");
            assert!(error.to_string().starts_with(&expected), "{error}");
            assert!(error.to_string().contains("check the URL of the proxy"), "{error}");
            // The same with a variable, which is named too.
            let outcome = send(url, &[("ALL_PROXY", &proxy)]).reqwest;
            let expected = format!(
                "failed: proxy {scheme}://{address} of ALL_PROXY (for {host}): no connection: Connection refused"
            );
            assert!(outcome.starts_with(&expected) && !outcome.contains("p4ss"), "{outcome}");
        }
    }
    for (variable, url) in [("HTTP_PROXY", "http://cloud.invalid/"), ("https_proxy", "https://cloud.invalid/")] {
        let outcome = send(url, &[(variable, &format!("user:p4ss@{address}"))]).reqwest;
        let expected = format!("failed: proxy http://{address} of {variable} (for cloud.invalid): no connection");
        assert!(outcome.starts_with(&expected) && !outcome.contains("p4ss"), "{outcome}");
    }
    // A host that is called without the proxy is named alone.
    let target = closed();
    let except = [("ALL_PROXY", &*format!("http://{address}")), ("NO_PROXY", "127.0.0.1")];
    let outcome = send(&format!("http://{target}/"), &except).reqwest;
    assert!(outcome.starts_with(&format!("failed: {target}: no connection: Connection refused")), "{outcome}");
}

/// Whether the system finds out within three seconds that this name has no address.
fn is_unknown(host: &'static str) -> bool {
    let (sender, found) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(std::net::ToSocketAddrs::to_socket_addrs(&(host, 1)).is_ok()));
    found.recv_timeout(std::time::Duration::from_secs(3)) == Ok(false)
}

#[test]
fn a_proxy_whose_host_name_cannot_be_resolved_is_named() {
    for scheme in ["http", "https", "socks4a", "socks5h"] {
        // The system refuses a name with such a start without a question to a name server. TLS does not accept the name.
        let host = if scheme == "https" { "proxy.invalid" } else { "-proxy.invalid" };
        if scheme == "https" && !is_unknown(host) {
            println!("SKIPPED a proxy with https: no name server of this machine refuses {host} within three seconds");
            continue;
        }
        for url in ["http://127.0.0.1:81/", "https://127.0.0.1:82/"] {
            let error = failed(url, &format!("{scheme}://user:p4ss@{host}:3128"));
            assert_eq!(error.kind(), Kind::Dns, "{}", shown(&error));
            let start = format!("proxy {scheme}://{host}:3128 (for 127.0.0.1:8");
            assert!(error.to_string().starts_with(&start), "{error}");
            assert!(
                error.to_string().contains("): the host name cannot be resolved (check the URL of the proxy"),
                "{error}"
            );
        }
    }
    // With socks5, this machine resolves the host of the request.
    let error = failed("http://-cloud.invalid/", &format!("socks5://user:p4ss@{}", closed()));
    assert_eq!(error.kind(), Kind::Dns, "{}", shown(&error));
    assert!(error.to_string().starts_with("-cloud.invalid (through proxy socks5://127.0.0.1:"), "{error}");
    assert!(error.to_string().contains("): the host name cannot be resolved ("), "{error}");
}

#[test]
fn a_proxy_that_opens_no_tunnel_is_named() {
    let (address, lines) = proxy();
    let error = failed("https://cloud.invalid/", &format!("http://user:p4ss@{address}"));
    assert_eq!(lines.recv().unwrap(), "CONNECT cloud.invalid:443 HTTP/1.1");
    assert_eq!(error.kind(), Kind::Connect, "{}", shown(&error));
    let start = format!("proxy http://{address} (for cloud.invalid): no connection: tunnel error: unsuccessful");
    assert!(error.to_string().starts_with(&start), "{error}");
    // This server closes the connection.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || listener.incoming().for_each(drop));
    let error = failed("https://cloud.invalid/", &format!("socks5h://user:p4ss@{address}"));
    let start = format!("proxy socks5h://{address} (for cloud.invalid): no connection: SOCKS error: ");
    assert!(error.to_string().starts_with(&start), "{error}");
}

#[test]
fn an_error_behind_the_proxy_names_the_host_and_the_proxy() {
    // This proxy opens the tunnel, and then sends bytes that are not TLS.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            head.take_while(|line| !line.is_empty()).for_each(drop);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nnot TLS, but enough bytes to be read as a record").ok();
        }
    });
    let error = failed("https://cloud.invalid/", &format!("http://user:p4ss@{address}"));
    let start = format!("cloud.invalid (through proxy http://{address}): ");
    assert!(error.to_string().starts_with(&start), "{error}");
}

#[test]
fn an_invalid_variable_is_refused_like_the_option() {
    for (broken, reason) in [
        ("http://proxy:port", "its port is not a number between 1 and 65535"),
        ("ftp://proxy", "its scheme is not one of"),
        ("pro xy", "it contains a space"),
        ("http://", "its host is missing or invalid"),
    ] {
        let options = direct().proxy(Proxy::Url(broken.to_owned()));
        for error in [ReqwestTransport::new(&options).unwrap_err(), HyperTransport::new(&options).unwrap_err()] {
            assert_eq!((error.kind(), error.sent()), (Kind::Options, false));
            assert!(error.to_string().starts_with(&format!("the proxy cannot be used: {reason}")), "{error}");
        }
        for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            // It is an error also if the variable would not be used for this URL.
            let outcome = send("http://127.0.0.1:1/", &[(name, broken), ("NO_PROXY", "127.0.0.1")]);
            for outcome in [outcome.reqwest, outcome.hyper] {
                let expected = format!("refused: the proxy of {name} cannot be used: {reason}");
                assert!(outcome.starts_with(&expected), "{outcome}");
            }
        }
    }
}

#[test]
fn a_variable_that_is_not_utf_8_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let value = std::ffi::OsStr::from_bytes(b"http://proxy\xff:3128");
    let output = crate::transport::process::in_its_own_process()
        .env("TC_TESTS_TRANSPORT_URL", "http://127.0.0.1:1/")
        .env("HTTPS_PROXY", value)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        text.matches("refused: the proxy of HTTPS_PROXY cannot be used: it is not valid UTF-8").count(),
        2,
        "{text}"
    );
}

#[test]
fn the_proxy_for_the_scheme_of_the_url_is_used() {
    let (address, lines) = proxy();
    let url = &*format!("http://{address}");
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        assert_eq!(send("http://cloud.invalid/", &[(variable, url)]).reqwest, "203", "{variable}");
        assert_eq!(lines.recv().unwrap(), "POST http://cloud.invalid/ HTTP/1.1");
    }
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        // The default scheme is http.
        let outcome = send("https://cloud.invalid/", &[(variable, &address)]).reqwest;
        assert!(outcome.starts_with("failed: "), "{outcome}");
        assert_eq!(lines.recv().unwrap(), "CONNECT cloud.invalid:443 HTTP/1.1");
    }
    for variables in [
        &[("HTTPS_PROXY", url)][..],
        &[("HTTP_PROXY", ""), ("http_proxy", url)],
        &[("HTTP_PROXY", url), ("REQUEST_METHOD", "GET")],
    ] {
        let outcome = send("http://-cloud.invalid/", variables).reqwest;
        assert!(outcome.contains("the host name cannot be resolved"), "{variables:?}: {outcome}");
    }
    assert!(lines.try_recv().is_err());
}

#[test]
fn no_proxy_excludes_the_hosts_that_reqwest_documents() {
    let (address, _lines) = proxy();
    let url = &*format!("http://{address}");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (host, except, excepted) in [
        ("cloud.invalid", "cloud.invalid", true),
        ("cloud.invalid", ".cloud.invalid", true),
        ("cvm.cloud.invalid", "cloud.invalid", true),
        ("cvm.cloud.invalid", ".cloud.invalid", true),
        ("cvm.cloud.invalid", "other, cloud.invalid ,", true),
        ("cvm.cloud.invalid", "*", true),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "10.0.0.0/8,127.0.0.0/8", true),
        ("notcloud.invalid", "cloud.invalid", false),
        ("cloud.invalid", "cvm.cloud.invalid", false),
        ("cloud.invalid", "*.invalid", false),
        ("127.0.0.1", "10.0.0.0/8", false),
        ("127.0.0.1", "", false),
    ] {
        // No server listens there, so a direct connection gets no status.
        let target = format!("http://{host}:{port}/");
        for (variable, all) in [("NO_PROXY", "ALL_PROXY"), ("no_proxy", "http_proxy")] {
            let outcome = send(&target, &[(all, url), (variable, except)]).reqwest;
            assert_eq!(outcome != "203", excepted, "{host} {except}: {outcome}");
        }
    }
    let outcome =
        send(&format!("http://127.0.0.1:{port}/"), &[("ALL_PROXY", url), ("NO_PROXY", ""), ("no_proxy", "*")]).reqwest;
    assert_eq!(outcome, "203", "an empty NO_PROXY hides the one in lower case, as in the library");
}

#[test]
fn the_hyper_transport_refuses_proxies() {
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        for except in ["", "127.0.0.1"] {
            let outcome = send("http://127.0.0.1:1/", &[(name, "http://proxy:3128"), ("NO_PROXY", except)]).hyper;
            assert!(
                outcome.starts_with(&format!("refused: the proxy of {name} cannot be used: the transport")),
                "{outcome}"
            );
            assert!(outcome.contains("proxy(Proxy::None)"), "{outcome}");
        }
        let outcome = send("http://127.0.0.1:1/", &[(name, "http://proxy:3128"), ("NO_PROXY", "*")]).hyper;
        assert!(outcome.starts_with("failed: 127.0.0.1:1: no connection"), "{outcome}");
    }
    let options = direct().proxy(Proxy::Url("http://proxy:3128".to_owned()));
    let error = HyperTransport::new(&options).unwrap_err();
    assert!(error.to_string().contains("does not support proxies"), "{error}");
}
